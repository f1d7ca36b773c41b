import Amounts
import Ledger
import TestSupport
import Testing

@testable import Importers

@Suite struct StatementTests {
  private static func row(
    _ line: Int, _ coin: String, _ change: Decimal, second: Int = 0, _ operation: StatementOperation = .trade(.spot),
    wallet: StatementWallet = .spot
  ) -> StatementRow {
    StatementRow(
      line: line, time: Instant(microseconds: 1_700_000_000_000_000 + Int64(second) * 1_000_000), wallet: wallet, operation: operation,
      name: "Buy",
      coin: coin, change: change, remark: "")
  }

  @Test func noLegIsLostHoweverFillsAreMixed() throws {
    for seed in 0..<500 {
      var random = SplitMix64(seed: UInt64(seed))
      var rows: [StatementRow] = []
      for line in 1...(2 + Int.random(in: 0..<14, using: &random)) {
        let amount = Decimal(mantissa: Int128(1 + Int.random(in: 0..<1_000_000, using: &random)), scale: 6)
        let operation: StatementOperation = Int.random(in: 0..<4, using: &random) == 0 ? .fee : .trade(.spot)
        let coin = ["EUR", "BTC", "ETH", "BNB"][Int.random(in: 0..<4, using: &random)]
        let change = operation == .fee || Int.random(in: 0..<2, using: &random) == 0 ? -amount : amount
        rows.append(Self.row(line, coin, change, second: Int.random(in: 0..<6, using: &random), operation))
      }
      let ledger = StatementLedger(rows)
      var lines = ledger.problems.map(\.line) + ledger.ignored.map(\.line)
      for (_, own) in ledger.events { lines += own }
      #expect(lines.sorted() == rows.map(\.line), "seed \(seed)")
      var left: [String: Decimal] = [:]
      let failed = Set(ledger.problems.map(\.line) + ledger.ignored.map(\.line))
      for row in rows where !failed.contains(row.line) { left[row.coin] = try left[row.coin, default: .zero].adding(row.change) }
      for (event, _) in ledger.events {
        for (coin, quantity) in Self.legs(event) { left[coin] = try left[coin, default: .zero].subtracting(quantity) }
      }
      let missing = left.filter { !$0.value.isZero }
      #expect(missing.isEmpty, "seed \(seed): \(missing)")
    }
  }

  private static func legs(_ event: EventDraft) -> [(String, Decimal)] {
    if let legs = event.details?.legs, !legs.isEmpty { return legs.map { ($0.asset.symbol, $0.quantity) } }
    var out: [(String, Decimal)] = []
    func add(_ asset: AssetRef?, _ quantity: Decimal?, _ sign: Int) {
      if let asset, let quantity { out.append((asset.symbol, sign < 0 ? -quantity : quantity)) }
    }
    switch event.kind {
    case .buy, .convert:
      add(event.asset, event.quantity, 1)
      add(event.currency, event.gross, -1)
    case .sell:
      add(event.asset, event.quantity, -1)
      add(event.currency, event.gross, 1)
    case .swap:
      add(event.asset, event.quantity, -1)
      add(event.details?.toAsset, event.details?.toQuantity, 1)
    case .fee, .withdraw: add(event.asset, event.quantity, -1)
    default: add(event.asset, event.quantity, 1)
    }
    add(event.feeAsset, event.fee, -1)
    return out
  }

  @Test func fillsOfOnePairAreMatchedBySize() {
    let rows = [Self.row(1, "EUR", -100), Self.row(2, "BTC", 1), Self.row(3, "BTC", 3), Self.row(4, "EUR", -305)]
    let trades = StatementTrades.match(rows, fees: [])
    #expect(trades.map(\.lines) == [[3, 4], [1, 2]])
  }

  @Test func mixedCoinsAreMatchedSoThatPricesAgree() {
    let rows = [
      Self.row(1, "EUR", -10), Self.row(2, "EUR", -20), Self.row(3, "EUR", -10), Self.row(4, "ETH", 1), Self.row(5, "BTC", 1),
      Self.row(6, "ETH", 1),
    ]
    let trades = StatementTrades.match(rows, fees: [])
    #expect(trades.count == 3)
    #expect(trades.contains { $0.lines == [2, 5] })
  }

  @Test func whatCannotBeToldApartIsOneTrade() {
    let rows = [Self.row(1, "EUR", -10), Self.row(2, "EUR", -20), Self.row(3, "ETH", 1), Self.row(4, "BTC", 1)]
    #expect(StatementTrades.match(rows, fees: []).map(\.lines) == [[1, 2, 3, 4]])
  }

  @Test func aLegThatComesASecondLaterStillBelongs() {
    let ledger = StatementLedger([
      Self.row(1, "EUR", -10, second: 0), Self.row(2, "BTC", 1, second: 2), Self.row(3, "ETH", -1, second: 60),
      Self.row(4, "BTC", 1, second: 90),
    ])
    #expect(ledger.events.map(\.lines) == [[1, 2]])
    #expect(ledger.problems.map(\.line) == [3, 4])
  }

  @Test(arguments: [
    ("LTCBTC", "LTC", "BTC"), ("1INCHUSDT", "1INCH", "USDT"), ("LUNAEUR", "LUNA", "EUR"), ("BTCTUSD", "BTC", "TUSD"),
    ("ETHBUSD", "ETH", "BUSD"),
    ("ADAEUR", "ADA", "EUR"), ("TUSDUSDT", "TUSD", "USDT"), ("SOL/USDT", "SOL", "USDT"), ("BTC-USD", "BTC", "USD"),
    ("MADEUPFDUSD", "MADEUP", "FDUSD"),
  ])
  func pairsComeApart(_ pair: String, _ base: String, _ quote: String) {
    let found = BinancePairs.split(pair)
    #expect(found?.base == base)
    #expect(found?.quote == quote)
  }

  @Test(
    arguments: [
      ("LDUSDT", "USDT"), ("LDBTC", "BTC"), ("LDLDO", "LDO"), ("LDO", nil), ("BTC", nil),
    ] as [(String, String?)])
  func receiptsOfSavingsAreTold(_ coin: String, _ meant: String?) {
    #expect(BinanceEvents.receipt(coin) == meant)
  }

  @Test(arguments: [
    ("Transfer Between Main and Funding Wallet", StatementWallet.spot, StatementWallet.funding),
    ("Transfer Between Spot Account and UM Futures Account", .spot, .usdFutures),
    ("Transfer Between Main Account/Futures and Margin Account", .spot, .crossMargin),
  ])
  func transfersNameTheirWallets(_ name: String, _ from: StatementWallet, _ to: StatementWallet) {
    #expect(StatementOperation.named(name) == .transfer(from, to))
  }
}
