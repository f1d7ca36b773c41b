import CLI
import TestSupport
import Testing

/// Closing and reopening years through the command line.
struct CloseTests {
  private static let events = """
    id,timestamp,type,account,asset,quantity,price,currency
    b1,2023-01-02T12:00:00Z,BUY,Desk,ABC,10,100,USD
    b2,2023-02-02T12:00:00Z,BUY,Desk,ABC,10,150,USD
    s1,2023-05-02T12:00:00Z,SELL,Desk,ABC,2,200,USD
    s2,2024-02-02T12:00:00Z,SELL,Desk,ABC,2,200,USD
    """

  private func rig(_ name: String) throws -> Rig {
    let rig = Rig(name)
    #expect(rig.run("import \(try rig.file("events.csv", CloseTests.events + "\n"))").code == .ok)
    return rig
  }

  private func lines(_ rig: Rig, _ command: String) -> [String] {
    rig.run(command).output.split(separator: "\n").dropFirst().map(String.init)
  }

  @Test func aClosedYearKeepsItsGainAndTheDifferenceIsShown() throws {
    let rig = try rig("close")
    #expect(rig.run("close 2023").output == "2023 is closed: 1 parts of disposals are frozen\n")
    #expect(lines(rig, "close --list --format csv") == ["2023,default,2024-05-15,1,200,0,0"])
    #expect(rig.run("set method lifo").code == .ok)
    // 2023 stays 2 x (200 - 100); 2024 is 2 x (200 - 150).
    #expect(lines(rig, "gains --by year --format csv") == ["2023,USD,200,200,0,200,0,true", "2024,USD,100,100,0,100,0,false"])
    #expect(
      lines(rig, "close --differences --format csv") == ["2023,default,ABC,Desk,2023-05-02,sell,2,2,200,100,other lots are matched,3"])
    #expect(lines(rig, "close --format csv") == ["2023,default,2024-05-15,1,200,0,1"])
    let issue = "closed year 2023: sell of ABC, event 3: gain 200.00 then, 100.00 now: other lots are matched"
    #expect(rig.run("issues --format csv --filter kind:closedYearDiffers").output.contains(issue))
    // What is asked for on the command line looks behind closed years.
    #expect(
      lines(rig, "gains --by year --format csv --method lifo") == ["2023,USD,100,100,0,100,0,false", "2024,USD,100,100,0,100,0,false"])
    #expect(rig.run("check").code == .ok)
  }

  @Test func closingAndReopeningAreUndoneAndDoneAgain() throws {
    let rig = try rig("reopen")
    _ = rig.run("close 2023")
    _ = rig.run("set method lifo")
    #expect(rig.run("reopen 2023").output == "2023 is open again\n")
    #expect(lines(rig, "gains --by year --format csv").first == "2023,USD,100,100,0,100,0,false")
    #expect(rig.run("undo").output == "undone: reopen 2023\n")
    #expect(lines(rig, "gains --by year --format csv").first == "2023,USD,200,200,0,200,0,true")
    _ = rig.run("undo")
    #expect(rig.run("undo").output == "undone: close 2023\n")
    #expect(lines(rig, "close --format csv") == [])
    #expect(rig.run("redo").output == "redone: close 2023\n")
    _ = rig.run("redo")
    #expect(lines(rig, "gains --by year --format csv").first == "2023,USD,200,200,0,200,0,true")
  }

  @Test func aYearIsClosedOnceAndWhenItIsOver() throws {
    let rig = try rig("close-errors")
    #expect(rig.run("close 2024").errors == "florin: not over: 2024: a year can be closed from its next 1 January on\n")
    #expect(rig.run("reopen 2023").errors == "florin: not closed: 2023: see florin close --list\n")
    _ = rig.run("close 2023")
    let again = rig.run("close 2023")
    #expect(again.code == .failed)
    #expect(again.errors == "florin: closed already: 2023: florin reopen 2023 opens it\n")
    #expect(rig.run("close 20x3").code == .usage)
    #expect(rig.run("close 2022 --portfolio Elsewhere").code == .failed)
  }

  @Test func anImportThatIsTakenBackLeavesTheClosedYear() throws {
    let rig = try rig("close-import")
    _ = rig.run("close 2023")
    _ = rig.run("undo --batch 1")
    // Not a word of it is left but what is frozen.
    #expect(lines(rig, "gains --by year --format csv").map { $0.hasSuffix(",200,200,0,200,0,true") } == [true])
    #expect(lines(rig, "close --differences --format csv").count == 1)
  }
}
