import Amounts
import Ledger

// Kraken, History > Export > Trades. Times are UTC; `vol` is the base, `cost` the quote, both without sign and without the fee, which is
// in the quote. The ledgers export carries the same trades, joined by the trade id.
extension ExportFormat {
  static let krakenTrades = ExportFormat(
    id: "kraken.trades.v1", title: "Kraken trades", account: "Kraken",
    tables: [
      .init(
        ["txid", "ordertxid", "pair", "time", "type", "ordertype", "price", "cost", "fee", "vol"],
        optional: ["margin", "misc", "ledgers", "posttxid", "posstatuscode"])
    ],
    identity: .columns(["txid", "ordertxid", "pair", "time", "type", "price", "cost", "fee", "vol"]),
    idsAreUnique: true, decoding: .eachRow(KrakenTrades.decode))
}

enum KrakenTrades {
  static func decode(_ row: Row, _ file: FileContext) throws(RowProblem) -> RowOutcome {
    let moment = try row.moment("time", zone: .utc)
    guard let (base, quote) = KrakenAssets.pair(try row.text("pair")) else {
      throw row.problem("pair", .inconsistent("does not end in a currency Kraken quotes in"))
    }
    let buys: Bool
    switch try row.text("type").lowercased() {
    case "buy": buys = true
    case "sell": buys = false
    default: throw row.unknown("type", known: ["buy", "sell"])
    }
    if try row.nonZeroDecimal("margin") != nil {
      return .ignored("a margin trade moves no coins; its profit, loss and fees are in the ledgers export")
    }
    let (volume, cost) = (try row.decimal("vol"), try row.decimal("cost"))
    guard
      var event = EventDraft.trade(
        at: moment,
        PairFill(buys: buys, base: base.ref, quantity: volume, quote: quote.ref, total: cost, price: try row.optionalDecimal("price")))
    else { throw row.problem("cost", .missing) }
    event.charge(try row.nonZeroDecimal("fee"), quote.ref)
    let id = try row.text("txid")
    event.externalID = id
    event.detail { $0.tradeKey = "kraken " + id }
    return .event(event)
  }
}
