import Amounts
import Engine
import Ledger
import Reports

/// Quotes on a grid of days, so that series of different rhythm share one time axis.
enum DaySeries {
  /// A price and its day.
  typealias Quoted = (day: Day, price: Price)

  /// The points of a report.
  static func points(_ points: [AssetReport.Point]) -> [Quoted] { points.map { ($0.day, $0.price) } }

  /// A series out of the book, oldest first; all of it, unless it is wanted from a day on.
  static func points(_ kind: QuoteDraft.Kind, _ asset: AssetID, in book: Book, from: Day = Day(ordinal: -700_000), to: Day) -> [Quoted] {
    book.quotes.adjustedPrices(kind, of: asset, from: from, to: to)
  }

  /// The last price at or before each day; nil before the first.
  ///
  /// - Parameter points: oldest first.
  static func values(_ points: [Quoted], from: Day, to: Day) -> [Double?] {
    guard from <= to else { return [] }
    var result: [Double?] = []
    result.reserveCapacity(to - from + 1)
    // Of the points before the first day only the last counts.
    var next = max(0, (points.firstIndex { $0.day > from } ?? points.count) - 1)
    var last: Double?
    var day = from
    while day <= to {
      while next < points.count, points[next].day <= day {
        last = points[next].price.perUnit.approximate
        next += 1
      }
      result.append(last)
      day = day + 1
    }
    return result
  }

  /// Market over NAV less one, by day; nil where either is missing.
  static func premiums(_ market: [Double?], _ nav: [Double?]) -> [Double?] {
    zip(market, nav).map { market, nav in
      guard let market, let nav, nav > 0 else { return nil }
      return market / nav - 1
    }
  }

  /// The first day of a chart's range, not before the first quote.
  static func start(_ range: Int, _ series: [Quoted]..., asOf: Day) -> Day {
    let first = series.compactMap { $0.first?.day }.min() ?? asOf
    guard let days = OverviewScreen.ranges[range].days else { return first }
    return max(first, asOf - days)
  }

  /// First, middle and last day of an axis.
  static func labels(from: Day, to: Day) -> [(part: Double, text: String)] {
    [(0, "\(from)"), (0.5, "\(from + (to - from) / 2)"), (1, "\(to)")]
  }
}

/// A bar that grows to the left for a discount and to the right for a premium.
enum DivergingBar {
  /// The bar as text of exactly `width` cells, the zero line in the middle.
  static func text(_ value: Double, of most: Double, width: Int, isAscii: Bool) -> String {
    let half = max(1, (width - 1) / 2)
    let part = most > 0 ? min(1, value.magnitude / most) : 0
    let cells = value == 0 ? 0 : max(1, Int((part * Double(half)).rounded()))
    let full = String(repeating: isAscii ? "#" : "█", count: cells)
    let blank = String(repeating: " ", count: half - cells)
    let none = String(repeating: " ", count: half)
    let zero = isAscii ? "|" : "│"
    return value < 0 ? blank + full + zero + none : none + zero + full + blank
  }
}
