import Amounts
import CLI
import TestSupport
import Testing

/// Fees and taxes, wherever they are counted.
struct ChargesTests {
  /// A purchase with a fee of 3 (in its cost), a fee of 5 and its refund of 1 on their own, a transfer with a fee of 0.1 units at 10, a
  /// dividend with 4 withheld, and a sale with 2 of tax.
  private func rig() throws -> Rig {
    let rig = Rig("charges")
    _ = rig.run(
      "import "
        + (try rig.file(
          "a.csv",
          """
          id,timestamp,type,account,to_account,asset,quantity,price,currency,gross,fee,fee_asset,tax
          1,2023-01-01,DEPOSIT,I,,USD,1000,,,,,,
          2,2023-01-02,BUY,I,,ABC,10,10,USD,100,3,USD,
          3,2023-02-01,FEE,I,,USD,5,,,,,,
          4,2023-02-02,FEE_REFUND,I,,USD,1,,,,,,
          5,2023-03-01,TRANSFER,I,J,ABC,2,,,,0.1,ABC,
          6,2024-01-05,DIVIDEND,I,,ABC,,,USD,20,,,4
          7,2024-02-05,SELL,I,,ABC,1,10,USD,10,,,2

          """)))
    let start = day("2023-01-01")
    let days = (0..<500).map { (step: Int) -> String in "\(start + step),ABC,USD,10,close\n" }.joined()
    _ = rig.run("import " + (try rig.file("p.csv", "date,asset,currency,price,kind\n" + days)))
    return rig
  }

  @Test func whatIsCountedAndWhatIsNot() throws {
    let rig = try rig()
    // By kind: fees 3 in cost, 5 - 1 + 1 outside; taxes 4 in income, 2 outside.
    let rows = rig.run("charges --by kind --format csv").output.split(separator: "\n").dropFirst().map(String.init)
    #expect(rows == ["fee,8,0,0,8,3,5,0", "tax,0,6,0,6,4,2,0"])
    let years = rig.run("charges --by year --format csv").output.split(separator: "\n").dropFirst().map(String.init)
    #expect(years == ["2023,8,0,0,8,3,5,0", "2024,0,6,0,6,4,2,0"])
    let assets = rig.run("charges --format csv").output.split(separator: "\n").dropFirst().map(String.init)
    #expect(assets == ["ABC,4,6,0,10,7,3,0", "cash,4,0,0,4,0,4,0"])
  }

  /// What is outside is what the holdings leave out, and the books still agree with themselves.
  @Test func whatIsOutsideIsWhatTheReturnLoses() throws {
    let rig = try rig()
    #expect(rig.run("holdings --format json --section summary").output.contains("\"charges\":\"7\""))
    let check = rig.run("check")
    #expect(check.code == .ok)
    #expect(!check.output.contains("not compared"))
    // 20 - 4 of income, -3 by the purchase's fee, -7 outside; nothing else moved.
    #expect(rig.run("holdings --format json --section summary").output.contains("\"totalReturn\":\"6\""))
  }
}
