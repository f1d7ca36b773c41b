public import Amounts

/// The worth of everything at the end of a day.
public struct HistoryPoint: Hashable, Sendable {
  /// The day.
  public var day: Day
  /// In base, every asset at its own mode; assets whose worth is unknown are left out.
  public var value: Decimal
  /// How many held assets are left out.
  public var unpriced: Int
  /// How many held assets count at their last trade, for want of a quote.
  public var atTrade: Int
  /// Value that was there before but not known: assets left out on the day before, less what was paid for them. It is no return.
  public var appeared: Decimal
  /// Value that is no longer known, a positive amount. It is no loss.
  public var vanished: Decimal

  /// The worth on a day.
  public init(
    day: Day, value: Decimal, unpriced: Int, atTrade: Int = 0, appeared: Decimal = .zero, vanished: Decimal = .zero
  ) {
    self.day = day
    self.value = value
    self.unpriced = unpriced
    self.atTrade = atTrade
    self.appeared = appeared
    self.vanished = vanished
  }
}
