import CLI
import TestSupport
import Testing

/// Writing off what is worth nothing, and dust.
struct WriteOffTests {
  /// 10 BAD for 100 in two accounts, 1 ABC worth 0.40, 5 DEF without a price, 2 GOOD worth 20 each.
  private func rig() throws -> Rig {
    let rig = Rig("writeoff")
    let events = """
      timestamp,type,account,asset,quantity,price,currency
      2024-01-02,DEPOSIT,Cold,USD,500,,
      2024-01-02,DEPOSIT,Hot,USD,500,,
      2024-01-03,BUY,Cold,BAD,6,10,USD
      2024-01-03,BUY,Hot,BAD,4,10,USD
      2024-01-03,BUY,Hot,ABC,1,3,USD
      2024-01-03,BUY,Hot,DEF,5,1,USD
      2024-01-03,BUY,Hot,GOOD,2,10,USD

      """
    let prices = "date,asset,currency,price,kind\n2024-05-14,ABC,USD,0.4,close\n2024-05-14,GOOD,USD,20,close\n"
    for (name, text) in [("events.csv", events), ("prices.csv", prices)] {
      #expect(rig.run("import \(try rig.file(name, text))").code == .ok)
    }
    return rig
  }

  private func gains(_ rig: Rig) -> [String] {
    rig.run("gains --format csv").output.split(separator: "\n").dropFirst().map { row in
      let cells = row.split(separator: ",", omittingEmptySubsequences: false)
      return [0, 1, 2, 4, 5, 8].map { String(cells[$0]) }.joined(separator: " ")
    }
  }

  @Test func allThatIsHeldGoesInOneStepAndItsCostIsALoss() throws {
    let rig = try rig()
    let answer = rig.run("writeoff BAD")
    #expect(answer.output == "done: writeoff of 6 BAD on 2024-05-15; writeoff of 4 BAD on 2024-05-15\n")
    #expect(gains(rig) == ["BAD Cold writeoff 2024-05-15 6 -60", "BAD Hot writeoff 2024-05-15 4 -40"])
    #expect(!rig.run("holdings --format csv").output.contains("BAD"))
    #expect(rig.run("undo").code == .ok)
    #expect(gains(rig).isEmpty)
    #expect(rig.run("holdings --format csv").output.contains("BAD"))
  }

  @Test func oneAccountAndAnotherDay() throws {
    let rig = try rig()
    #expect(rig.run("writeoff BAD --account Hot --date 2024-03-31").code == .ok)
    #expect(gains(rig) == ["BAD Hot writeoff 2024-03-31 4 -40"])
    #expect(rig.run("writeoff BAD --account Hot").errors.contains("asset: \"BAD\" is not held on 2024-05-15"))
  }

  @Test func dustIsWhatIsWorthLessAndWhatHasNoPriceStays() throws {
    let rig = try rig()
    #expect(rig.run("writeoff --below 0.4").code == .failed)
    #expect(rig.run("writeoff --below 0.5").output == "done: writeoff of 1 ABC on 2024-05-15\n")
    #expect(gains(rig) == ["ABC Hot writeoff 2024-05-15 1 -3"])
    let held = rig.run("holdings --format csv").output
    #expect(held.contains("DEF,") && held.contains("GOOD,") && held.contains("BAD,"))
  }

  @Test func whatIsNotUnderstoodIsSaid() throws {
    let rig = try rig()
    #expect(rig.run("writeoff").code == .usage)
    #expect(rig.run("writeoff --below nothing").code == .usage)
    #expect(rig.run("writeoff BAD --below 1").code == .usage)
    #expect(rig.run("writeoff BADD").errors.contains("did you mean BAD?"))
    #expect(rig.run("writeoff BAD --account Warm").code == .failed)
    #expect(rig.run("writeoff USD").code == .failed)
  }
}
