public import Amounts
public import Ledger

/// A holding from its first purchase to the disposal that took it, or to today: what went in, what came out, and the rate of it.
/// Amounts are in the report's base currency.
public struct TradeRow: Hashable, ReportRow {
  /// The asset.
  public var asset: AssetLabel
  /// Where it left, or is held.
  public var account: AccountLabel
  /// What kind of disposal; nil while it is held.
  public var kind: DisposalKind?
  /// The day the earliest lot was acquired; nil when one is not known.
  public var start: Day?
  /// The day of the disposal; nil while it is held.
  public var end: Day?
  /// Days from start to end, or to the report's day.
  public var days: Int?
  /// Units.
  public var quantity: Decimal
  /// What the lots cost, at the rates of their acquisition.
  public var cost: Figure<Decimal>
  /// What the disposal yielded, at its rate; while held, what the units are worth.
  public var proceeds: Figure<Decimal>
  /// Proceeds - cost, tax not deducted.
  public var gain: Figure<Decimal>
  /// Tax of the disposal, at its rate.
  public var tax: Figure<Decimal>
  /// Gain / cost, a fraction.
  public var rate: Figure<Decimal>
  /// Money-weighted return of the lots: a year's, or the span's when it is under 365 days.
  public var irr: Figure<Double>
  /// All yearly solutions, ascending.
  public var irrRoots: [Double]
  /// The event that disposed; nil while it is held.
  public var event: EventID?

  /// The columns.
  public static let columns = [
    Column("asset", "Asset", .text), Column("account", "Account", .text), Column("kind", "Kind", .text), Column("start", "Start", .day),
    Column("end", "End", .day), Column("days", "Days", .integer), Column("quantity", "Quantity", .quantity),
    Column("cost", "Cost", .money), Column("proceeds", "Proceeds", .money), Column("gain", "Gain", .money),
    Column("tax", "Tax", .money, quiet: true), Column("return", "Return", .ratio), Column("irr", "IRR", .ratio),
    Column("irrRoots", "IRR roots", .nested, quiet: true), Column("event", "Event", .integer, quiet: true),
  ]

  /// The values, one for each column.
  public var cells: [Cell] {
    let irrCell: Cell = irr.value.map { .statistic($0) } ?? .unknown(irr.why)
    return [
      .text(asset.text), .text(account.text), .text(kind?.rawValue ?? "open"), start.map { .day($0) } ?? .unknown(.unknownDate), Cell(end),
      days.map { .integer($0) } ?? .unknown(.unknownDate), .decimal(quantity), Cell(cost), Cell(proceeds), Cell(gain), Cell(tax),
      .ratio(rate), irrCell, .list(irrRoots.map { .statistic($0) }), event.map { .integer(Int($0.raw)) } ?? .none,
    ]
  }
}

/// Closed and open trades, by end (open ones last), asset, account.
public struct TradesReport: Hashable, Sendable {
  /// The last day that counts.
  public var asOf: Day
  /// The base currency's code.
  public var currency: String
  /// The trades.
  public var rows: [TradeRow]
  /// The gain of closed trades, of what is known.
  public var closed: Decimal
  /// The gain of open trades, of what is known.
  public var open: Decimal
  /// What the sums leave out.
  public var excluded: [Exclusion]

  /// The report as plain data.
  public var document: Document {
    Document(
      "trades", asOf: asOf, currency: currency, rows: rows, totals: [.init("closed", .decimal(closed)), .init("open", .decimal(open))],
      excluded: excluded)
  }
}
