import CLI
import TestSupport
import Testing

/// What exchanges export: the books move what the rows say, to the last digit.
struct ExchangeImportTests {
  /// `asset account quantity` of what is held.
  private func held(_ rig: Rig) -> [String] {
    let lines = rig.run("holdings --by account --format csv").output.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    guard let header = lines.first else { return [] }
    let places = ["asset", "account", "quantity"].compactMap { header.firstIndex(of: $0) }
    return lines.dropFirst().map { line in places.map { line[$0] }.joined(separator: " ") }.sorted()
  }

  private func imported(_ rig: Rig, _ name: String, _ text: String) throws -> Rig.Answer { rig.run("import \(try rig.file(name, text))") }

  private let binance = "User ID,Time,Account,Operation,Coin,Change,Remark\n"

  /// 30 DOT in, 20 locked, 20.07 back: 0.07 was earned. A second product that gives back as much as went in earns nothing.
  @Test func whatALockGivesBackBeyondWhatWentInIsEarned() throws {
    let rig = Rig("binance")
    let answer = try imported(
      rig, "a.csv",
      binance + """
        7,24-03-01 08:00:00,Spot,Deposit,DOT,30,
        7,24-03-02 09:00:00,Earn,Simple Earn Locked Subscription,DOT,-20,
        7,24-03-02 10:00:00,Earn,Simple Earn Flexible Subscription,DOT,-5,
        7,24-03-09 09:00:00,Earn,Simple Earn Locked Redemption,DOT,20.07,
        7,24-03-10 09:00:00,Earn,Simple Earn Flexible Redemption,DOT,5,

        """)
    #expect(answer.code == .ok, "\(answer.errors)")
    #expect(held(rig) == ["DOT Binance 30.07"])
  }

  /// What went in before the file began comes back without being income: the statement says nothing about it.
  @Test func aRedemptionWithoutASubscriptionIsNoIncome() throws {
    let rig = Rig("binance")
    _ = try imported(
      rig, "a.csv", binance + "7,24-03-01 08:00:00,Spot,Deposit,DOT,30,\n7,24-03-02 09:00:00,Earn,Staking Redemption,DOT,9,\n")
    #expect(held(rig) == ["DOT Binance 30"])
    #expect(rig.run("income --format csv").output.split(separator: "\n").count == 1)
  }

  /// New names are read by their words: 10 + 0.4 + 0.1 + 2 - 1 = 11.5 DOT, 300 - 100 EUR, 108 USDT.
  @Test func newNamesOfOperationsAreReadByTheirWords() throws {
    let rig = Rig("binance")
    let answer = try imported(
      rig, "a.csv",
      binance + """
        7,24-03-01 08:00:00,Spot,Deposit,DOT,10,
        7,24-03-01 08:00:00,Spot,Deposit,EUR,300,
        7,24-03-02 09:00:00,Earn,Super Earn Locked - Yield Income,DOT,0.4,
        7,24-03-03 09:00:00,Earn,Megavault Staking Bonus Rewards,DOT,0.1,
        7,24-03-04 09:00:00,Earn,DOT Slot Auction Staking,DOT,-5,
        7,24-03-05 09:00:00,Earn,DOT Slot Auction Redemption,DOT,5,
        7,24-03-06 09:00:00,Spot,Some Airdrop - Summer Distribution,DOT,2,
        7,24-03-07 09:00:00,Spot,Convert Fiat to Stablecoin Quickpay,EUR,-100,
        7,24-03-07 09:00:00,Spot,Convert Fiat to Stablecoin Quickpay,USDT,108,
        7,24-03-08 09:00:00,Earn,Simple Earn Flexible - Internal Transfer,USDT,-50,
        7,24-03-08 09:00:00,Spot,Simple Earn Flexible - Internal Transfer,USDT,50,
        7,24-03-09 09:00:00,Spot,Crypto Box,DOT,-2,
        7,24-03-09 10:00:00,Spot,Crypto Box Refund,DOT,1,

        """)
    #expect(answer.code == .ok, "\(answer.errors)")
    #expect(held(rig) == ["DOT Binance 11.5", "EUR Binance 200", "USDT Binance 108"])
  }

  private let coinbase =
    "ID,Timestamp,Transaction Type,Asset,Quantity Transacted,Price Currency,Price at Transaction,Subtotal,Total (inclusive of fees and/or spread),Fees and/or Spread,Notes\n"

  /// 90 in, 90 paid in all: nothing is left, whatever price x quantity and the printed subtotal make.
  @Test func theTotalIsWhatWasPaid() throws {
    let rig = Rig("coinbase")
    let answer = try imported(
      rig, "a.csv",
      coinbase + """
        c1,2024-03-24 06:45:27 UTC,Deposit,EUR,90,EUR,€1.00,€90.00,€90.00,€0.00,Deposit
        c2,2024-03-25 06:45:27 UTC,Buy,BTC,0.00214443,EUR,€39999.331136545,€85.77577,€90.00,€4.22422951378161,Bought
        c3,2024-03-26 06:45:27 UTC,Sell,BTC,-0.001,EUR,€40000.10,€40.0001,€39.50,€0.500098,Sold

        """)
    #expect(answer.code == .ok, "\(answer.errors)")
    #expect(held(rig) == ["BTC Coinbase 0.00114443", "EUR Coinbase 39.5"])
  }

  /// Cells that slipped: a subtotal of nothing, and all of the amount as fee.
  @Test func aTradeWhoseCellsSlippedIsAProblem() throws {
    let rig = Rig("coinbase")
    let answer = try imported(
      rig, "a.csv",
      coinbase
        + "c1,2024-03-24 06:45:27 UTC,Sell,BTC,8,USD,342.11,0 USD,2700 USD,,\nc2,2024-03-25 06:45:27 UTC,Deposit,EUR,5,EUR,1,5,5,0,\n")
    #expect(answer.code == .doneWithProblems)
    #expect(answer.errors.contains("is zero in a trade"))
  }

  /// 2 of 5 earned are taken back.
  @Test func aRewardBelowZeroIsTakenBack() throws {
    let rig = Rig("coinbase")
    _ = try imported(
      rig, "a.csv",
      coinbase
        + "c1,2024-03-24 06:45:27 UTC,Staking Income,ADA,5,EUR,1,5,5,0,\nc2,2024-03-25 06:45:27 UTC,Staking Income,ADA,-2,EUR,1,-2,-2,0,\n")
    #expect(held(rig) == ["ADA Coinbase 3"])
  }

  private let kraken = "\"txid\",\"refid\",\"time\",\"type\",\"subtype\",\"aclass\",\"asset\",\"wallet\",\"amount\",\"fee\",\"balance\"\n"

  /// 500 - 200 to futures + 260 back - 50 moved out = 510; the token is renamed with its cost of 80.
  @Test func moneyThatLeavesAndComesIsWhatTheLedgerStates() throws {
    let rig = Rig("kraken")
    _ = rig.run("set base EUR")
    let answer = try imported(
      rig, "a.csv",
      kraken + """
        "L1","R1","2024-01-01 10:00:00","deposit","","currency","ZEUR","spot / main",580,0,580
        "L2","R2","2024-01-02 10:00:00","trade","","currency","ZEUR","spot / main",-80,0,500
        "L3","R2","2024-01-02 10:00:00","trade","","currency","XICN","spot / main",40,0,40
        "L4","R4","2024-01-03 10:00:00","transfer","spottofutures","currency","ZEUR","spot / main",-200,0,300
        "L5","R5","2024-02-03 10:00:00","transfer","spotfromfutures","currency","ZEUR","spot / main",260,0,560
        "L6","R6","2024-02-04 10:00:00","adjustment","","currency","XICN","spot / main",-40,0,0
        "L7","R6","2024-02-04 10:00:00","adjustment","","currency","XETH","spot / main",0.25,0,0.25
        "L8","R8","2024-02-05 10:00:00","transfer","","currency","ZEUR","spot / main",-50,0,510

        """)
    #expect(answer.code == .ok && !answer.errors.contains("note"), "\(answer.errors)")
    #expect(held(rig) == ["ETH Kraken 0.25", "EUR Kraken 510"])
    #expect(rig.run("lots --format csv").output.contains("80"))
  }

  /// A balance that does not follow from the row before is told, once for each ledger; rows may run backwards.
  @Test(arguments: [false, true]) func aBalanceThatDoesNotFollowIsTold(_ backwards: Bool) throws {
    let rows = [
      "\"L1\",\"R1\",\"2024-01-01 10:00:00\",\"deposit\",\"\",\"currency\",\"ZEUR\",\"spot / main\",100,0,100",
      "\"L2\",\"R2\",\"2024-01-02 10:00:00\",\"withdrawal\",\"\",\"currency\",\"ZEUR\",\"spot / main\",-20,1,79",
      "\"L3\",\"R3\",\"2024-01-03 10:00:00\",\"deposit\",\"\",\"currency\",\"ZEUR\",\"spot / main\",10,0,89",
    ]
    func told(_ rows: [String]) throws -> Bool {
      let rig = Rig("kraken")
      let text = kraken + (backwards ? rows.reversed() : rows).joined(separator: "\n") + "\n"
      return try imported(rig, "a.csv", text).errors.contains("states a balance")
    }
    #expect(try !told(rows))
    #expect(try told([rows[0], rows[2]]))
    #expect(try told([rows[0], rows[1].split(separator: "-20").joined(separator: "-21"), rows[2]]))
  }

  /// 0.02 BTC for 1,500 EUR: without any quote the unit counts at 75,000, marked as the price of a trade; 0.02 x 75,000 = 1,500. A second
  /// look, from what was kept ready, says the same; a quote takes its place; and it can be switched off.
  @Test func whatWasPaidIsAPriceUntilThereIsAQuote() throws {
    let rig = Rig("trades")
    _ = rig.run("set base EUR")
    _ = try imported(
      rig, "a.csv",
      "id,timestamp,type,account,asset,quantity,price,currency,gross\n"
        + "1,2024-03-01,DEPOSIT,K,EUR,2000,,,\n2,2024-03-02,BUY,K,BTC,0.02,,EUR,1500\n")
    func said() -> String { rig.run("holdings --format json --filter asset:BTC").output }
    for _ in 0..<2 {
      let answer = said()
      #expect(answer.contains("\"value\":\"1500\"") && answer.contains("\"priceSource\":\"trade\""), "\(answer)")
      #expect(answer.contains("\"unpriced\":0,\"tradePriced\":1,\"tradeValue\":\"1500\""), "\(answer)")
      #expect(rig.run("performance --format json").output.contains("\"endValue\":\"2000\""))
    }
    _ = rig.run("set trade_prices off")
    #expect(said().contains("\"value\":null"))
    _ = rig.run("set trade_prices on")
    _ = rig.run("add price asset=BTC date=2024-03-05 price=80000 currency=EUR")
    #expect(said().contains("\"value\":\"1600\"") && said().contains("\"priceSource\":\"quote\""))
    #expect(rig.run("check").code == .ok)
  }
}
