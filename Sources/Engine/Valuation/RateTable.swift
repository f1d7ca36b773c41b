public import Amounts
import Ledger

/// Rates of many currencies into one, day by day, looked up without a search.
///
/// Booking a million events converts each of them; the rates of a few currencies over a few thousand days are made once.
public struct RateTable: Sendable {
  /// The currency of the results.
  public let base: Currency
  private var firstDay: Int32
  private var days: Int
  private var columns: [Int32: [Decimal?]] = [:]

  /// A table for the given currencies, inclusive of both days.
  public init(_ quotes: QuoteBook, base: Currency, currencies: some Sequence<Currency>, from: Day, to: Day) {
    self.base = base
    firstDay = from.ordinal
    days = max(0, to - from + 1)
    let wanted = Set(currencies).subtracting([base]).sorted { $0.id < $1.id }
    let span = firstDay..<firstDay + Int32(days)
    let made = inParallel(wanted.count) { RateTable.rates(quotes, wanted[$0], base, span) }
    columns = Dictionary(uniqueKeysWithValues: zip(wanted.map(\.id), made))
  }

  private static func rates(_ quotes: QuoteBook, _ currency: Currency, _ base: Currency, _ days: Range<Int32>) -> [Decimal?] {
    let bridges = quotes.bridges
    return days.map { quotes.rate(from: currency, to: base, on: Day(ordinal: $0), through: bridges).value }
  }

  /// Makes the table reach a day, with the quotes it was made from.
  public mutating func reach(_ day: Day, _ quotes: QuoteBook) {
    let (first, end) = (firstDay, firstDay + Int32(days))
    if day.ordinal >= first && day.ordinal < end { return }
    let isBefore = day.ordinal < first
    let missing = isBefore ? day.ordinal..<first : end..<day.ordinal + 1
    for id in columns.keys {
      let more = RateTable.rates(quotes, Currency(id: id), base, missing)
      columns[id]?.insert(contentsOf: more, at: isBefore ? 0 : days)
    }
    firstDay = min(first, day.ordinal)
    days += missing.count
  }

  /// Units of base for one unit of a currency on a day; nil when there is no rate.
  @inline(__always)
  public func rate(_ currency: Currency, _ day: Day) -> Decimal? {
    if currency == base { return .one }
    guard let column = columns[currency.id] else { return nil }
    let index = Int(day.ordinal - firstDay)
    return index >= 0 && index < column.count ? column[index] : nil
  }

  /// Whether a currency has no rate on some day of the table.
  func hasGaps(_ currency: Currency) -> Bool {
    if currency == base { return false }
    guard let column = columns[currency.id] else { return true }
    return column.contains { $0 == nil }
  }

  /// Whether the rates of these currencies from a day on are all looked up.
  func covers(_ currencies: Set<Int32>, from day: Day) -> Bool {
    day.ordinal >= firstDay && currencies.allSatisfy { $0 == base.id || columns[$0] != nil }
  }
}
