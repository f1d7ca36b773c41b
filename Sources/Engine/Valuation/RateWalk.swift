import Amounts
import Ledger

/// Rates of a span of days, found by walking along the series of quotes instead of searching them for every day.
///
/// What it finds is what ``QuoteBook/rate(from:to:on:)`` says of each day.
struct RateWalk: Sendable {
  private let quotes: QuoteBook
  private let base: Currency
  /// Ordinals of days.
  private let days: Range<Int32>
  /// The currencies that rates may go over, with their rates into base.
  private let bridges: [(currency: Currency, rates: [Decimal?])]

  init(_ quotes: QuoteBook, base: Currency, days: Range<Int32>) {
    self.quotes = quotes
    self.base = base
    self.days = days
    let middles = quotes.bridges.filter { $0 != base }
    bridges = middles.map { ($0, RateWalk.direct($0, base, quotes, days)) }
  }

  /// The rates of a currency into base, one a day.
  func rates(of currency: Currency) -> [Decimal?] {
    var found = RateWalk.direct(currency, base, quotes, days)
    for (middle, seconds) in bridges where middle != currency && found.contains(where: { $0 == nil }) {
      let firsts = RateWalk.direct(currency, middle, quotes, days)
      for place in found.indices where found[place] == nil {
        guard let first = firsts[place], let second = seconds[place], let product = try? first.multiplied(by: second, places: 24) else {
          continue
        }
        found[place] = product.rounded(to: Decimal.moneyScale)
      }
    }
    if quotes.pegs[AssetID(currency)] == nil && quotes.pegs[AssetID(base)] == nil { return found }
    let middles = quotes.bridges
    for place in found.indices where found[place] == nil {
      found[place] = quotes.rate(from: currency, to: base, on: Day(ordinal: days.lowerBound + Int32(place)), through: middles).value
    }
    return found
  }

  /// The rates that one quote says: an exchange rate, its inverse, or the market price of what is used as money.
  private static func direct(_ from: Currency, _ to: Currency, _ quotes: QuoteBook, _ days: Range<Int32>) -> [Decimal?] {
    var found = [Decimal?](repeating: nil, count: days.count)
    fill(&found, quotes.fx[AssetID(from)], in: to, isInverse: false, days)
    fill(&found, quotes.fx[AssetID(to)], in: from, isInverse: true, days)
    fill(&found, quotes.market[AssetID(from)], in: to, isInverse: false, days)
    fill(&found, quotes.market[AssetID(to)], in: from, isInverse: true, days)
    return found
  }

  /// Fills the days that have no rate yet with the youngest of a series in a currency, unless it is too old.
  private static func fill(
    _ found: inout [Decimal?], _ series: QuoteSeries?, in currency: Currency, isInverse: Bool, _ days: Range<Int32>
  ) {
    guard let series, series.quotedIn.contains(currency.id) else { return }
    let oldest = Int32(QuoteBook.oldestRate)
    var next = series.days.firstPlace { $0 >= days.lowerBound - oldest }
    var day = Int32.min
    var rate: Decimal?
    for place in found.indices {
      let today = days.lowerBound + Int32(place)
      while next < series.days.count, series.days[next] <= today {
        if series.currencies[next] == currency.id {
          day = series.days[next]
          rate = series.prices[next]
          if isInverse { rate = rate.flatMap { try? Decimal.one.divided(by: $0, places: 24) } }
        }
        next += 1
      }
      if found[place] == nil, day != .min, today - day <= oldest { found[place] = rate }
    }
  }
}
