import Amounts
import Ledger

// Coinbase's report of purchases, sales, deposits and withdrawals, until 2018. The column of the coin's amount is named after the coin.
// Subtotal is without fees, Total with them; deposits and withdrawals are of the currency.
extension ExportFormat {
  static let coinbaseTransfers = ExportFormat(
    id: "coinbase.transfers.v1", title: "Coinbase buys, sells, deposits and withdrawals", account: "Coinbase",
    tables: [
      .init(["Timestamp", "Type", "Subtotal", "Fees", "Total", "Currency", "Price Per Coin", "Payment Method", "ID", "Share"])
    ],
    idsAreUnique: true, decoding: .eachRow(CoinbaseTransfers.decode))
}

enum CoinbaseTransfers {
  private static let others: Set<String> = [
    "timestamp", "type", "subtotal", "fees", "total", "currency", "price per coin", "payment method", "id", "share",
  ]

  static func decode(_ row: Row, _ file: FileContext) throws(RowProblem) -> RowOutcome {
    let moment = try row.moment(
      "Timestamp", row.raw("Timestamp").contains("/") ? ["M/d/yyyy H:mm[:ss]", "M/d/yy H:mm[:ss]", "M/d/yyyy"] : [])
    let money = KnownMoney.asset(try row.text("Currency"))
    var event: EventDraft
    switch try row.text("Type").lowercased() {
    case "buy": event = try trade(row, moment, money, buys: true)
    case "sell": event = try trade(row, moment, money, buys: false)
    case "deposit": event = .deposit(at: moment, money, try row.decimal("Subtotal"))
    case "withdrawal": event = .withdrawal(at: moment, money, try row.decimal("Subtotal"))
    default: throw row.unknown("Type", known: ["Buy", "Sell", "Deposit", "Withdrawal"])
    }
    event.charge(try row.nonZeroDecimal("Fees")?.magnitude, money)
    event.externalID = row.optionalText("ID")
    return .event(event)
  }

  private static func trade(_ row: Row, _ moment: Moment, _ money: AssetRef, buys: Bool) throws(RowProblem) -> EventDraft {
    guard let name = row.header.names.first(where: { !others.contains($0.lowercased()) && !$0.isEmpty }) else {
      throw row.problem("BTC", .missing)
    }
    let (coin, cash) = (KnownMoney.asset(name.uppercased()), try row.decimal("Subtotal"))
    let amount = try row.decimal(name)
    return .trade(at: moment, gave: buys ? (money, cash) : (coin, amount), got: buys ? (coin, amount) : (money, cash))
  }
}
