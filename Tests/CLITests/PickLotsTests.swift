import CLI
import TestSupport
import Testing

/// Lots of a recorded sale, chosen through the command line.
struct PickLotsTests {
  /// 10 at 100 and 10 at 150; 4 sold at 200 in 2023, 2 in 2024.
  private static let events = """
    id,timestamp,type,account,asset,quantity,price,currency
    b1,2022-01-02T12:00:00Z,BUY,Desk,ABC,10,100,USD
    b2,2023-02-02T12:00:00Z,BUY,Desk,ABC,10,150,USD
    s1,2023-05-02T12:00:00Z,SELL,Desk,ABC,4,200,USD
    s2,2024-02-02T12:00:00Z,SELL,Desk,ABC,2,200,USD
    """

  private func rig(_ name: String) throws -> Rig {
    let rig = Rig(name)
    #expect(rig.run("import \(try rig.file("events.csv", PickLotsTests.events + "\n"))").code == .ok)
    return rig
  }

  /// Gain by year, in base.
  private func gains(_ rig: Rig) -> [String] {
    rig.run("gains --by year --format csv").output.split(separator: "\n").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false)[3].description
    }
  }

  @Test func aChoiceIsStoredWithTheMethodAndUndoneInOneStep() throws {
    let rig = try rig("pick")
    #expect(gains(rig) == ["400", "200"])
    let done = rig.run("edit event s1 --lots 2:3,1")
    #expect(done.output == "done: pick lots for sell of 4 ABC on 2023-05-02 (method specific)\n")
    // 3 x (200 - 150) + 1 x (200 - 100); the sale of 2024 goes on as with fifo.
    #expect(gains(rig) == ["250", "200"])
    #expect(rig.run("events --format csv --filter id:3").code == .ok)
    #expect(rig.run("undo").output == "undone: pick lots for sell of 4 ABC on 2023-05-02 (method specific)\n")
    #expect(gains(rig) == ["400", "200"])
    #expect(rig.run("set --format csv").output.contains("method,fifo,true"))
    #expect(rig.run("redo").code == .ok)
    #expect(gains(rig) == ["250", "200"])
    #expect(rig.run("edit event s1 --lots 2:3,1").output.hasPrefix("nothing to change: "))
    #expect(rig.run("edit event s1 --lots none").output == "done: forget the lots picked for sell of 4 ABC on 2023-05-02\n")
    #expect(gains(rig) == ["400", "200"])
  }

  @Test func anotherMethodHoldsAgainFromTheNextDayOn() throws {
    let rig = try rig("pick-day")
    #expect(rig.run("set method hifo").code == .ok)
    #expect(gains(rig) == ["200", "100"])
    #expect(rig.run("edit event 3 --lots 1").output == "done: pick lots for sell of 4 ABC on 2023-05-02 (method specific on 2023-05-02)\n")
    // 4 x (200 - 100); the sale of 2024 still takes the dearest: 2 x (200 - 150).
    #expect(gains(rig) == ["400", "100"])
    let rules = rig.run("rules --format csv").output
    #expect(rules.contains("2023-05-02,specific") && rules.contains("2023-05-03,hifo"))
  }

  @Test func theLotsSurviveAnExport() throws {
    let rig = try rig("pick-export")
    _ = rig.run("edit event s1 --lots 2")
    #expect(rig.run("export \(rig.folder)/out").code == .ok)
    // The source's own id: Florin's would be another one in another database.
    #expect(try readBytes(rig.folder + "/out/events.csv").contains(Array(#"{""event"":""b2"",""quantity"":""4""}"#.utf8)))
  }

  @Test func whatCannotBePickedIsRefusedWithTheReason() throws {
    let rig = try rig("pick-refused")
    func said(_ lots: String, _ event: String = "s1") -> String { rig.run("edit event \(event) --lots \(lots)").errors }
    #expect(said("9").contains("lots: \"9\" is no lot that was open then: there are 1 (10), 2 (10)"))
    #expect(said("1:11").contains("has 10, less than 11"))
    #expect(said("1:3").contains("leave 1 of 4 without a lot"))
    #expect(said("1:3,2:3").contains("is more than is left of 4"))
    #expect(said("1", "b1").contains("takes no lots that can be picked"))
    #expect(said("1", "nope").contains("is no event"))
    #expect(rig.run("edit event s1 --lots 1:x").code == .usage)
    #expect(rig.run("edit asset ABC --lots 1").code == .usage)
    #expect(rig.run("edit event s1 lot_selector=oops").errors.contains("lot_selector: \"oops\" cannot be read"))
    #expect(gains(rig) == ["400", "200"])
  }

  @Test func aSaleOfAClosedYearKeepsItsLots() throws {
    let rig = try rig("pick-closed")
    _ = rig.run("close 2023")
    let refused = rig.run("edit event s1 --lots 2")
    #expect(refused.code == .failed)
    #expect(refused.errors == "florin: event: \"s1\" is in 2023, which is closed: florin reopen 2023\n")
    let cell = rig.run(#"edit event s1 'lot_selector={"event":"b2"}'"#)
    #expect(cell.errors.contains("is for 2023, which is closed: florin reopen 2023"))
    // The open year may be changed.
    #expect(rig.run("edit event s2 --lots 2").code == .ok)
    #expect(gains(rig) == ["400", "100"])
  }

  @Test func whatIfOfARecordedSaleListsMethodsAndLots() throws {
    let rig = try rig("whatif-event")
    let json = rig.run("whatif event 3 --format json").output
    #expect(json.contains(#""method":"hifo","current":false,"cheapest":true,"quantity":"4","costBase":"600""#))
    #expect(json.contains(#""gainBase":"400","closedYear":null"#) || json.contains(#""gainBase":"400""#))
    #expect(json.contains(#"{"lot":1,"account":"Desk","acquired":"2022-01-02","quantity":"10","cost":"1000""#))
    #expect(rig.run("whatif event 1").errors.contains("takes no lots that can be picked"))
    #expect(rig.run("whatif event").code == .usage)
  }
}

extension Array where Element: Equatable {
  /// Whether a run of elements stands somewhere in it.
  fileprivate func contains(_ other: [Element]) -> Bool {
    indices.contains { self[$0...].starts(with: other) }
  }
}
