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
  /// By currency id; empty where there is none.
  private var columns: [[Decimal?]] = []
  private var currencies: Set<Int32> = []

  /// A table for the given currencies, inclusive of both days.
  public init(_ quotes: QuoteBook, base: Currency, currencies: some Sequence<Currency>, from: Day, to: Day) {
    self.base = base
    firstDay = from.ordinal
    days = max(0, to - from + 1)
    let wanted = Set(currencies).subtracting([base]).sorted { $0.id < $1.id }
    self.currencies = Set(wanted.map(\.id))
    guard let top = wanted.last?.id, days > 0 else { return }
    let walk = RateWalk(quotes, base: base, days: firstDay..<firstDay + Int32(days))
    columns = Array(repeating: [], count: Int(top) + 1)
    for (currency, rates) in zip(wanted, inParallel(wanted.count) { walk.rates(of: wanted[$0]) }) { columns[Int(currency.id)] = rates }
  }

  /// Makes the table reach a day, with the quotes it was made from.
  public mutating func reach(_ day: Day, _ quotes: QuoteBook) {
    let (first, end) = (firstDay, firstDay + Int32(days))
    if day.ordinal >= first && day.ordinal < end { return }
    let isBefore = day.ordinal < first
    let missing = isBefore ? day.ordinal..<first : end..<day.ordinal + 1
    let walk = RateWalk(quotes, base: base, days: missing)
    if let top = currencies.max(), columns.isEmpty { columns = Array(repeating: [], count: Int(top) + 1) }
    for id in currencies {
      columns[Int(id)].insert(contentsOf: walk.rates(of: Currency(id: id)), at: isBefore ? 0 : days)
    }
    firstDay = min(first, day.ordinal)
    days += missing.count
  }

  /// Units of base for one unit of a currency on a day; nil when there is no rate.
  @inline(__always)
  public func rate(_ currency: Currency, _ day: Day) -> Decimal? {
    if currency == base { return .one }
    let (id, index) = (Int(currency.id), Int(day.ordinal - firstDay))
    guard id >= 0, id < columns.count, index >= 0, index < columns[id].count else { return nil }
    return columns[id][index]
  }

  /// Whether a currency has no rate on some day of the table.
  func hasGaps(_ currency: Currency) -> Bool {
    if currency == base { return false }
    if !currencies.contains(currency.id) { return true }
    return Int(currency.id) < columns.count && columns[Int(currency.id)].contains { $0 == nil }
  }

  /// Whether the rates of these currencies from a day on are all looked up.
  func covers(_ currencies: Set<Int32>, from day: Day) -> Bool {
    day.ordinal >= firstDay && currencies.allSatisfy { $0 == base.id || self.currencies.contains($0) }
  }
}
