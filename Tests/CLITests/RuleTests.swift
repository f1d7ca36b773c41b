import TestSupport
import Testing

@testable import CLI

/// The questions that other programs' test suites ask, put to the command line with made-up numbers worked by hand.
struct RuleTests {
  private func rig(_ name: String, _ events: String, prices: String? = nil) throws -> Rig {
    let rig = Rig(name)
    let assets = try rig.file(
      "assets.csv", "symbol,class,name,currency,decimals,pricing\nOAK,stock,Oak,EUR,,daily\nEUR,cash,EUR,EUR,,\nUSD,cash,USD,USD,,\n")
    #expect(rig.run("import \(assets)").code == .ok)
    let head = "id,timestamp,type,account,to_account,asset,quantity,price,currency,gross,fee,fee_asset,fee_value,tax,ratio\n"
    let file = try rig.file("events.csv", head + events)
    #expect(rig.run("import \(file)").code == .ok)
    if let prices {
      let file = try rig.file("prices.csv", "date,asset,currency,price,kind\n" + prices)
      #expect(rig.run("import \(file)").code == .ok)
    }
    return rig
  }

  private func json(_ rig: Rig, _ command: String) -> String { rig.run(command + " --format json --currency EUR").output }

  @Test func aMovingAverageIsKeptThroughEveryPurchaseAndSale() throws {
    // 4 for 40; sell 2 at 15: cost 20, gain 10. 2 more for 60: 4 for 80. Sell 3 at 10: cost 60, gain -30; 1 for 20 is left.
    let rig = try rig(
      "average",
      """
      1,2024-01-02T10:00:00Z,BUY,A,,OAK,4,10,EUR,,,,,,
      2,2024-01-02T10:00:01Z,SELL,A,,OAK,2,15,EUR,,,,,,
      3,2024-01-02T10:00:02Z,BUY,A,,OAK,2,30,EUR,,,,,,
      4,2024-01-02T10:00:03Z,SELL,A,,OAK,3,10,EUR,,,,,,
      """)
    #expect(json(rig, "gains --method average --by year").contains(#""gain":"-20""#))
    #expect(json(rig, "lots --method average").contains(#""unitCost":"20""#))
  }

  @Test func aCostOfACentIsSplitOverThreeSalesAndNothingIsLost() throws {
    // 0.01 over 3 + 3 + 4 of 10 units, each sold for a cent: 0.03 - 0.01.
    let rig = try rig(
      "cent",
      """
      1,2024-01-02,BUY,A,,OAK,10,,EUR,0.01,,,,,
      2,2024-02-01,SELL,A,,OAK,3,,EUR,0.01,,,,,
      3,2024-03-01,SELL,A,,OAK,3,,EUR,0.01,,,,,
      4,2024-03-02,SELL,A,,OAK,4,,EUR,0.01,,,,,
      """)
    #expect(json(rig, "gains --by year").contains(#""gain":"0.02""#))
    #expect(json(rig, "lots").contains(#""rows":[]"#))
  }

  @Test func aTradeHasItsDaysItsReturnAndTheRateOfItsLots() throws {
    // 6 for 60 and 4 for 60; sold after 365 and 335 days: 8 of them for 15 each. 60 + 2 x 15 = 90 in, 120 out.
    let rig = try rig(
      "trades",
      """
      1,2023-01-01,BUY,A,,OAK,6,10,EUR,,,,,,
      2,2023-01-31,BUY,A,,OAK,4,15,EUR,,,,,,
      3,2024-01-01,SELL,A,,OAK,8,15,EUR,,,,,3,
      """, prices: "2024-02-01,OAK,EUR,20,close\n")
    let answer = json(rig, "trades --as-of 2024-02-01")
    #expect(
      answer.contains(
        #""start":"2023-01-01","end":"2024-01-01","days":365,"quantity":"8","cost":"90","proceeds":"120","gain":"30","tax":"3""#))
    // 2 of the second lot are left, at 20: 40 for 30, after 366 days.
    #expect(
      answer.contains(#""kind":"open","start":"2023-01-31","end":null,"days":366,"quantity":"2","cost":"30","proceeds":"40","gain":"10""#))
    #expect(answer.contains(#""totals":{"closed":"30","open":"10"}"#))
  }

  @Test func howOftenAnAssetPaysIsInTheIncome() throws {
    let rig = try rig(
      "often",
      """
      1,2023-01-10,BUY,A,,OAK,10,10,EUR,,,,,,
      2,2023-02-15,DIVIDEND,A,,OAK,10,,EUR,2,,,,,
      3,2023-08-15,DIVIDEND,A,,OAK,10,,EUR,2,,,,,
      4,2024-02-15,DIVIDEND,A,,OAK,10,,EUR,2,,,,,
      """)
    let answer = json(rig, "income --as-of 2024-02-20")
    #expect(answer.contains(#""frequency":"semiannual""#))
    // 4 in twelve months on a cost of 100.
    #expect(answer.contains(#""yieldOnCost":"0.04""#))
    #expect(json(rig, "income --as-of 2023-03-01").contains(#""frequency":null,"frequencyWhy":"too little history""#))
  }

  @Test func flowsOnAnAccountThatEndsAtNothingHaveTheirRate() throws {
    // 1,000 paid in, 1,100 back a year of 365 days later: 10 %. Bought long before computers count time.
    let rig = try rig(
      "flows",
      """
      1,1951-03-01,DEPOSIT,A,,EUR,1000,,EUR,1000,,,,,
      2,1952-02-29,WITHDRAW,A,,EUR,1100,,EUR,1100,,,,,
      3,1952-02-29T13:00:00Z,INTEREST,A,,EUR,100,,EUR,100,,,,,
      """)
    let answer = json(rig, "performance --to 1952-02-29")
    #expect(answer.contains(#""xirrRoots":["0.1"]"#) || answer.contains(#""xirrRoots":["0.0999999"#))
    #expect(answer.contains(#""startValue":"0","endValue":"0","netFlows":"-100","gain":"100""#))
  }

  @Test func moreSoldThanHeldIsAnErrorThatNamesAssetDateAndUnits() throws {
    let rig = try rig(
      "oversold",
      """
      1,2024-01-02,BUY,A,,OAK,5,10,EUR,,,,,,
      2,2024-02-03,SELL,A,,OAK,8,12,EUR,,,,,,
      """)
    let issues = json(rig, "issues")
    #expect(issues.contains(#""kind":"oversold","severity":"error","subject":"OAK","since":"2024-02-03","amount":"3""#))
  }
}
