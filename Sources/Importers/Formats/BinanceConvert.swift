import Amounts
import Ledger

// Binance, Orders > Convert History > Export. Both amounts carry their coin.
extension ExportFormat {
  static let binanceConvert = ExportFormat(
    id: "binance.convert.v1", title: "Binance convert history", account: "Binance",
    tables: [
      TableHeader(["Date", "Pair", "Type", "Sell", "Buy", "Price", "Inverse Price", "Status"], optional: ["Wallet", "Date Updated"])
    ],
    decoding: .eachRow(BinanceConvert.row))

  /// ETH staked for BETH before the merge.
  static let binanceBeth = ExportFormat(
    id: "binance.beth.v1", title: "Binance ETH 2.0 staking history", account: "Binance",
    tables: [TableHeader(["Date(UTC)", "Coin", "Token", "Amount", "Status"])],
    decoding: .eachRow(BinanceConvert.beth))

  /// Recurring purchases.
  static let binanceAutoInvest = ExportFormat(
    id: "binance.autoinvest.v1", title: "Binance auto-invest history", account: "Binance",
    tables: [TableHeader(["Auto-Invest Date(UTC)", "Holding Coin", "Amount per period", "Trading Fee", "Units", "From", "Status"])],
    decoding: .eachRow(BinanceConvert.autoInvest))
}

enum BinanceConvert {
  static let done: Set<String> = ["successful", "success", "completed", "filled", "succeeded"]
  static let undone: Set<String> = ["failed", "failure", "expired", "canceled", "cancelled", "rejected", "pending", "processing"]

  /// Whether the status says that it happened.
  static func happened(_ row: Row) throws(RowProblem) -> Bool {
    let status = try row.text("Status").lowercased()
    if done.contains(status) { return true }
    if undone.contains(status) { return false }
    throw row.unknown("Status", known: done.union(undone).sorted())
  }

  static func row(_ row: Row, _ file: FileContext) throws(RowProblem) -> RowOutcome {
    guard try happened(row) else { return .ignored("the conversion did not happen") }
    let moment = try row.moment("Date", BinanceStatement.times)
    let gave = try BinancePairs.amount(row, "Sell", try row.text("Sell"), expected: coins(row))
    let got = try BinancePairs.amount(row, "Buy", try row.text("Buy"), expected: coins(row))
    return .event(swap(moment, gave, got))
  }

  private static func coins(_ row: Row) -> [String] {
    BinancePairs.split(row.raw("Pair")).map { [$0.base, $0.quote] } ?? []
  }

  private static func swap(_ moment: Moment, _ gave: StatementLeg, _ got: StatementLeg) -> EventDraft {
    var event = EventDraft.trade(
      at: moment, gave: (KnownMoney.asset(gave.coin), gave.quantity), got: (KnownMoney.asset(got.coin), got.quantity))
    event.detail { $0.tradeKey = BinanceEvents.tradeKey(moment.instant, gave: gave, got: got) }
    return event
  }

  static func beth(_ row: Row, _ file: FileContext) throws(RowProblem) -> RowOutcome {
    guard try happened(row) else { return .ignored("the staking did not happen") }
    let moment = try row.moment("Date(UTC)", BinanceStatement.times, zone: .utc)
    let amount = try row.decimal("Amount")
    return .event(
      swap(moment, StatementLeg(coin: try row.text("Coin"), quantity: amount), StatementLeg(coin: try row.text("Token"), quantity: amount)))
  }

  static func autoInvest(_ row: Row, _ file: FileContext) throws(RowProblem) -> RowOutcome {
    guard try happened(row) else { return .ignored("the purchase did not happen") }
    let moment = try row.moment("Auto-Invest Date(UTC)", BinanceStatement.times, zone: .utc)
    let coin = try row.text("Holding Coin")
    let paid = try BinancePairs.amount(row, "Amount per period", try row.text("Amount per period"), expected: [])
    let got = try BinancePairs.amount(row, "Units", try row.text("Units"), expected: [coin])
    guard !paid.coin.isEmpty else { throw row.problem("Amount per period", .inconsistent("has no coin")) }
    var event = swap(moment, paid, StatementLeg(coin: coin, quantity: got.quantity))
    if let text = row.optionalText("Trading Fee"), text.first?.isNumber ?? false {
      let fee = try BinancePairs.amount(row, "Trading Fee", text, expected: [coin, paid.coin])
      event.charge(fee.quantity, KnownMoney.asset(fee.coin.isEmpty ? paid.coin : fee.coin))
    }
    return .event(event)
  }
}
