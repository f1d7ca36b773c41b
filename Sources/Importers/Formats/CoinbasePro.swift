import Amounts
import Ledger

// Coinbase Pro (GDAX, Exchange). Fills: one row per fill, size without sign, fee and total in the quote, total = size x price with the
// fee. Account statement: one signed row per leg; a fill's two matches and its fee share trade id and time. Both carry the same trades.
extension ExportFormat {
  static let coinbaseProFills = ExportFormat(
    id: "coinbasepro.fills.v1", title: "Coinbase Pro fills", account: "Coinbase Pro",
    tables: [
      .init(
        ["trade id", "product", "side", "created at", "size", "size unit", "price", "fee", "total", "price/fee/total unit"],
        optional: ["portfolio"])
    ],
    idsAreUnique: true, decoding: .eachRow(CoinbasePro.fill))

  static let coinbaseProAccount = ExportFormat(
    id: "coinbasepro.account.v1", title: "Coinbase Pro account statement", account: "Coinbase Pro",
    tables: [
      .init(["type", "time", "amount", "balance", "amount/balance unit", "transfer id", "trade id", "order id"], optional: ["portfolio"]),
      .init(
        ["type", "timestamp", "amount", "balance", "amount/balance unit", "transfer id", "trade id", "order id"], optional: ["portfolio"]),
    ],
    idsAreUnique: true, decoding: .grouped(by: CoinbasePro.key, decode: CoinbasePro.statement))
}

enum CoinbasePro {
  static func fill(_ row: Row, _ file: FileContext) throws(RowProblem) -> RowOutcome {
    let moment = try row.moment("created at", zone: .utc)
    let sides = try row.text("product").split(separator: "-").map(String.init)
    guard sides.count == 2 else { throw row.problem("product", .inconsistent("is not a pair such as BTC-EUR")) }
    if try row.text("size unit") != sides[0] { throw row.problem("size unit", .inconsistent("is not the base of \(row.raw("product"))")) }
    if try row.text("price/fee/total unit") != sides[1] {
      throw row.problem("price/fee/total unit", .inconsistent("is not the quote of \(row.raw("product"))"))
    }
    let buys: Bool
    switch try row.text("side").uppercased() {
    case "BUY": buys = true
    case "SELL": buys = false
    default: throw row.unknown("side", known: ["BUY", "SELL"])
    }
    let (base, quote) = (KnownMoney.asset(sides[0]), KnownMoney.asset(sides[1]))
    let fee = try row.nonZeroDecimal("fee")
    // The total is what was paid or received; size x price is rounded.
    let gross = try row.optionalDecimal("total").flatMap { total in try? total.magnitude.adding(buys ? -(fee ?? .zero) : fee ?? .zero) }
    guard
      var event = EventDraft.trade(
        at: moment,
        PairFill(buys: buys, base: base, quantity: try row.decimal("size"), quote: quote, total: gross, price: try row.decimal("price")))
    else { throw row.problem("price", .numberOutOfRange) }
    event.charge(fee, quote)
    event.externalID = try row.text("trade id")
    event.detail { $0.tradeKey = tradeKey(row.raw("trade id"), [sides[0], sides[1]]) }
    return .event(event)
  }

  /// Trade ids are counted per product, so the assets belong to the key.
  private static func tradeKey(_ id: String, _ assets: [String]) -> String { "coinbasepro \(id) \(assets.sorted().joined(separator: "/"))" }

  static func key(_ row: Row, _ file: FileContext) throws(RowProblem) -> String? {
    let time = row.raw(row.has("time") ? "time" : "timestamp")
    if let trade = row.optionalText("trade id") { return "trade \(trade) \(time)" }
    return row.raw("type").lowercased() == "conversion" ? "conversion \(time)" : nil
  }

  static func statement(_ group: inout RowGroup, _ file: FileContext) throws(RowProblem) {
    var legs: [(row: Row, asset: AssetRef, amount: Decimal)] = []
    var fees: [(row: Row, asset: AssetRef, amount: Decimal)] = []
    var moment = Moment(Instant(microseconds: 0))
    for row in group.rows {
      moment = try row.moment(row.has("time") ? "time" : "timestamp", zone: .utc)
      let amount = try row.decimal("amount")
      let asset = KnownMoney.asset(try row.text("amount/balance unit"))
      switch try row.text("type").lowercased() {
      case "deposit": group.add(movement(.deposit, moment, row, asset, amount), from: [row])
      case "withdrawal": group.add(movement(.withdraw, moment, row, asset, amount), from: [row])
      case "match", "conversion": legs.append((row, asset, amount))
      case "fee" where amount.isNegative: fees.append((row, asset, amount.magnitude))
      case "fee", "rebate":
        // A fee that comes in is given back, a rebate that goes out is taken back.
        var event = EventDraft(amount.isNegative ? .fee : .feeRefund, at: moment, asset: asset, quantity: amount.magnitude)
        if KnownMoney.isFiat(asset.symbol) { (event.currency, event.gross) = (asset, amount.magnitude) }
        group.add(event, from: [row])
      default: throw row.unknown("type", known: ["deposit", "withdrawal", "match", "fee", "conversion", "rebate"])
      }
    }
    if legs.isEmpty {
      for fee in fees { throw fee.row.problem("trade id", .unpaired) }
      return
    }
    guard legs.count == 2, let out = legs.first(where: \.amount.isNegative), let into = legs.first(where: { !$0.amount.isNegative }) else {
      throw legs[0].row.problem("trade id", .unpaired)
    }
    var event = EventDraft.trade(at: moment, gave: (out.asset, out.amount), got: (into.asset, into.amount))
    if let first = fees.first {
      var sum = Decimal.zero
      for fee in fees {
        guard fee.asset == first.asset, let next = try? sum.adding(fee.amount) else {
          throw fee.row.problem("amount", .inconsistent("is a fee in a second asset"))
        }
        sum = next
      }
      event.charge(sum, first.asset)
    }
    let id = out.row.raw("trade id")
    if !id.isEmpty {
      event.externalID = id
      event.detail { $0.tradeKey = tradeKey(id, [out.asset.symbol, into.asset.symbol]) }
    }
    group.add(event, from: legs.map(\.row) + fees.map(\.row))
  }

  private static func movement(_ kind: EventKind, _ moment: Moment, _ row: Row, _ asset: AssetRef, _ amount: Decimal) -> EventDraft {
    var event: EventDraft = kind == .deposit ? .deposit(at: moment, asset, amount) : .withdrawal(at: moment, asset, amount)
    event.externalID = row.optionalText("transfer id")
    return event
  }
}
