public import Amounts

/// The worth of everything at the end of a day.
public struct HistoryPoint: Hashable, Sendable {
  /// The day.
  public var day: Day
  /// In base, at default modes; assets without a price are left out.
  public var value: Decimal
  /// How many held assets are left out.
  public var unpriced: Int

  /// The worth on a day.
  public init(day: Day, value: Decimal, unpriced: Int) {
    self.day = day
    self.value = value
    self.unpriced = unpriced
  }
}
