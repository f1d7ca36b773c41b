public import Amounts
public import Engine

/// A part of the portfolio's value. Amounts in base.
public struct AllocationRow: Hashable, ReportRow {
  /// What the part has in common: a class, an issuer, a chain; `unknown` when it is not stated.
  public var key: String
  /// Worth.
  public var value: Decimal
  /// Value / total value, a fraction.
  public var weight: Figure<Decimal>
  /// The wanted weight.
  public var target: Figure<Decimal>
  /// Weight - target.
  public var drift: Figure<Decimal>
  /// What to buy (+) or sell (-) to meet the target; never more than may be sold today.
  public var trade: Figure<Decimal>
  /// The trade in units, for a part that is one asset.
  public var tradeQuantity: Figure<Decimal>
  /// Why less is proposed than the target asks for; nil when it is met.
  public var limit: String?

  /// The columns, in the order of FORMATS 2.
  public static let columns = [
    Column("key", "Key", .text), Column("value", "Value", .money), Column("weight", "Weight", .ratio), Column("target", "Target", .ratio),
    Column("drift", "Drift", .ratio), Column("trade", "Trade", .money), Column("tradeQuantity", "Units", .quantity),
    Column("limit", "Limit", .text, quiet: true),
  ]

  /// The values, one for each column.
  public var cells: [Cell] {
    [.text(key), .decimal(value), .ratio(weight), .ratio(target), .ratio(drift), Cell(trade), Cell(tradeQuantity), Cell(limit)]
  }
}

/// How the portfolio is spread. Rows by value descending, then key.
public struct AllocationReport: Hashable, Sendable {
  /// The last day that counts.
  public var asOf: Day
  /// The base currency's code.
  public var currency: String
  /// What the parts are.
  public var dimension: Dimension
  /// The parts.
  public var rows: [AllocationRow]
  /// Total value, each holding once.
  public var value: Decimal
  /// Sum of squared weights: 1 is everything in one part.
  public var hhi: Figure<Decimal>
  /// The weight of the five largest parts.
  public var top5: Figure<Decimal>
  /// Whether a holding may be in several parts, as with tags.
  public var isOverlapping: Bool
  /// What the total leaves out.
  public var excluded: [Exclusion]
}
