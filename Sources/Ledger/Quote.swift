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
  public private(set) var currencies = CurrencyColumn()
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
    let currency = quote.price.currency.id
    if position == 0 || currencies[position - 1] != currency { quotedIn.insert(currency) }
    currencies.append(currency)
    if quote.isAdjusted { adjusted.insert(position) }
    if let nav = quote.nav { navs[position] = nav }
    if !quote.source.isEmpty { sources[position] = quote.source }
  }

  /// Makes room.
  public mutating func reserveCapacity(_ capacity: Int) {
    days.reserveCapacity(capacity)
    prices.reserveCapacity(capacity)
  }

  /// The last quotes, at most so many.
  public func suffix(_ most: Int) -> QuoteSeries {
    if count <= most { return self }
    var series = QuoteSeries()
    for position in (count - most)..<count { series.append(self[position]) }
    return series
  }

  /// The same with no more room than it needs: half a million quotes are most of what a book holds.
  public func compact() -> QuoteSeries {
    var series = self
    series.days = days.withUnsafeBufferPointer(Array.init)
    series.prices = prices.compact()
    return series
  }

  /// Takes all quotes out and keeps the room, for the next series.
  public mutating func removeAll() {
    days.removeAll(keepingCapacity: true)
    prices.removeAll()
    currencies = CurrencyColumn()
    quotedIn = []
    adjusted = []
    navs = [:]
    sources = [:]
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
      isAdjusted: !adjusted.isEmpty && adjusted.contains(position), source: sources.isEmpty ? "" : sources[position] ?? "",
      nav: navs.isEmpty ? nil : navs[position])
  }
}

/// The currencies of a series: hardly ever more than one.
public struct CurrencyColumn: Hashable, Sendable {
  private var common: Int32 = 0
  // One a position as soon as a second currency occurs; empty before.
  private var mixed: [Int32] = []
  private var count = 0

  /// The currency at a position, which must have been added.
  public subscript(position: Int) -> Int32 { mixed.isEmpty ? common : mixed[position] }

  mutating func append(_ currency: Int32) {
    if count == 0 { common = currency }
    if mixed.isEmpty && currency != common { mixed = [Int32](repeating: common, count: count) }
    if !mixed.isEmpty { mixed.append(currency) }
    count += 1
  }
}
