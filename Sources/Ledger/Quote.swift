public import Amounts

/// What stands behind a stored NAV.
public typealias NavRecord = NavFacts

/// A quote of an asset: market price, net asset value or exchange rate.
public struct Quote: Hashable, Sendable {
  /// The day it holds for.
  public var day: Day
  /// Per unit, as quoted.
  public var price: Price
  /// Whether it is already adjusted for splits.
  public var isAdjusted: Bool
  /// Where it comes from; empty when unknown.
  public var source: String
  /// What stands behind it, for a NAV.
  public var nav: NavRecord?

  /// A quote.
  public init(day: Day, price: Price, isAdjusted: Bool = false, source: String = "", nav: NavRecord? = nil) {
    self.day = day
    self.price = price
    self.isAdjusted = isAdjusted
    self.source = source
    self.nav = nav
  }
}

/// One series of quotes of one asset, ascending by day; one quote a day and currency.
public struct QuoteSeries: Sendable {
  /// Days, ascending.
  public private(set) var days: [Int32] = []
  /// Prices per unit.
  public private(set) var prices = DecimalColumn()
  /// The currency of each price.
  public private(set) var currencies: [Int32] = []
  /// The currencies that occur.
  public private(set) var quotedIn: Set<Int32> = []
  /// Positions already adjusted for splits.
  public private(set) var adjusted: Set<Int> = []
  /// Facts by position, for NAVs.
  public private(set) var navs: [Int: NavRecord] = [:]
  /// Sources by position, where one is known.
  public private(set) var sources: [Int: String] = [:]

  /// An empty series.
  public init() {}

  /// How many quotes there are.
  public var count: Int { days.count }

  /// Adds a quote, which must not be earlier than those before.
  public mutating func append(_ quote: Quote) {
    let position = days.count
    days.append(quote.day.ordinal)
    prices.append(quote.price.perUnit)
    currencies.append(quote.price.currency.id)
    quotedIn.insert(quote.price.currency.id)
    if quote.isAdjusted { adjusted.insert(position) }
    if let nav = quote.nav { navs[position] = nav }
    if !quote.source.isEmpty { sources[position] = quote.source }
  }

  /// The position of the last quote at or before a day.
  public func position(atOrBefore day: Day) -> Int? {
    var low = 0
    var high = days.count
    while low < high {
      let middle = (low + high) / 2
      if days[middle] <= day.ordinal { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : low - 1
  }

  /// The quote at a position.
  public subscript(position: Int) -> Quote {
    Quote(
      day: Day(ordinal: days[position]), price: Price(prices[position] ?? .zero, Currency(id: currencies[position])),
      isAdjusted: adjusted.contains(position), source: sources[position] ?? "", nav: navs[position])
  }
}
