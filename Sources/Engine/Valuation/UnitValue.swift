public import Amounts
public import Ledger

/// Which series a value was taken from. The raw value is the `mode` of the reports.
public enum ValueSource: String, CaseIterable, Hashable, Sendable {
  /// The market price.
  case market
  /// The net asset value per token.
  case nav
  /// What the open lots cost.
  case cost
  /// Money is worth itself.
  case cash
  /// What a unit was last traded at, where nothing is quoted.
  case trade
  /// A stablecoin that nobody quotes is worth the money it promises.
  case peg
}

/// What one unit of an asset is worth on a day, and how that is known.
public struct UnitValue: Hashable, Sendable {
  /// The last market price at or before the day, in units of the day.
  public var market: Quote?
  /// The last NAV at or before the day, in units of the day.
  public var nav: Quote?
  /// Whether the market price is older than one and a half times the expected cadence.
  public var isMarketStale: Bool
  /// Whether the NAV is older than one and a half times the expected cadence.
  public var isNavStale: Bool
  /// The price that counts; unknown under ``ValueSource/cost``, where a position has a value but a unit has none.
  public var price: Figure<Price>
  /// The series the price comes from; nil when there is no price.
  public var source: ValueSource?
  /// The day the price holds for.
  public var day: Day?
  /// Days from the price's day to the day asked for.
  public var ageDays: Int?
  /// Whether the price that counts is stale.
  public var isStale: Bool
  /// Market / NAV - 1, 18 places; the market price is converted to the NAV's currency first.
  public var premium: Figure<Decimal>
  /// The price that counts, in the base currency at the day's rate.
  public var priceBase: Figure<Decimal>
  /// Units of base currency for one unit of the price's currency.
  public var rate: Figure<Decimal>

  /// What a sale would bring, and where that is from: the market price, as nobody pays a NAV; without a market what the unit counts as.
  public var sale: (price: Figure<Price>, source: ValueSource?) {
    market.map { (.known($0.price), .market) } ?? (price, source)
  }
}
