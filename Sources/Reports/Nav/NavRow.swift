public import Amounts
public import Engine

/// The net asset value of a held asset beside its market price.
public struct NavRow: Hashable, ReportRow {
  /// The asset.
  public var asset: AssetLabel
  /// NAV per token.
  public var nav: Figure<Price>
  /// The code of its currency.
  public var navCurrency: String?
  /// The day it holds for.
  public var navDate: Day?
  /// When it was published.
  public var published: Day?
  /// Appraisal, audited, issuer estimate ...
  public var method: String?
  /// Who says so: the appraiser, else the source of the row.
  public var source: String?
  /// Days since the NAV's day.
  public var ageDays: Int?
  /// Whether it is older than one and a half times the expected cadence; nil without a NAV.
  public var isStale: Bool?
  /// Market price per token.
  public var market: Figure<Price>
  /// Its day.
  public var marketDate: Day?
  /// Market / NAV - 1, a fraction.
  public var premium: Figure<Decimal>
  /// The series the value is taken from.
  public var mode: ValueSource?
  /// Worth of the holding in base.
  public var value: Figure<Decimal>
  /// Quantity / supply, a fraction.
  public var ownership: Figure<Decimal>
  /// Ownership x the underlying's value, in the NAV's currency.
  public var impliedUnderlying: Figure<Money>
  /// Ownership x the debt.
  public var impliedDebt: Figure<Money>
  /// Units held.
  public var quantity: Decimal
  /// A reference to the document behind the NAV.
  public var document: String?

  /// The columns, in the order of FORMATS 2.
  public static let columns = [
    Column("asset", "Asset", .text), Column("nav", "NAV", .price), Column("navCurrency", "Cur", .text), Column("navDate", "As of", .day),
    Column("published", "Published", .day, quiet: true), Column("method", "Method", .text), Column("source", "Source", .text, quiet: true),
    Column("ageDays", "Age", .integer), Column("stale", "Stale", .flag), Column("market", "Market", .price),
    Column("marketDate", "Traded", .day, quiet: true), Column("premium", "Premium", .ratio), Column("mode", "By", .text),
    Column("value", "Value", .money), Column("ownership", "Ownership", .ratio), Column("impliedUnderlying", "Underlying", .money),
    Column("impliedDebt", "Debt", .money), Column("quantity", "Quantity", .quantity, quiet: true),
  ]

  /// The values, one for each column.
  public var cells: [Cell] {
    [
      .text(asset.text), Cell(nav), Cell(navCurrency), Cell(navDate), Cell(published), Cell(method), Cell(source),
      ageDays.map { .integer($0) } ?? .unknown(.noNav), isStale.map { .flag($0) } ?? .unknown(.noNav), Cell(market), Cell(marketDate),
      .ratio(premium), Cell(mode?.rawValue), Cell(value), .ratio(ownership), Cell(impliedUnderlying), Cell(impliedDebt),
      .decimal(quantity),
    ]
  }
}

/// The NAV desk: held assets that have a NAV, or should have one. Rows by asset.
public struct NavReport: Hashable, Sendable {
  /// The last day that counts.
  public var asOf: Day
  /// The base currency's code.
  public var currency: String
  /// The rows.
  public var rows: [NavRow]
  /// How many NAVs are stale.
  public var stale: Int
  /// Held security tokens without any NAV.
  public var missing: Int
}
