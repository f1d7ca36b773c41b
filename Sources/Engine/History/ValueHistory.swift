public import Amounts
public import Ledger

/// The worth of everything held at each day's end.
///
/// Values of one currency are added exactly and converted once a day; an asset without a price, or without a rate, is left out and
/// counted.
public struct ValueHistory: Sendable {
  /// One point a day, oldest first, from the first event's day on.
  public let points: [HistoryPoint]

  /// Follows a book up to the end of a day, every asset at its own mode.
  ///
  /// - Parameter from: the first day wanted; nil means the day of the first event.
  /// - Complexity: one pass over the events, then assets x days.
  public init(_ book: Book, from: Day? = nil, upTo last: Day, only: Set<AssetID>? = nil) {
    let steps = QuantitySteps(book, upTo: last, only: only)
    let assets = steps.assets
    guard let start = assets.compactMap({ steps.steps(of: $0).first?.day }).min() else {
      points = []
      return
    }
    let first = max(start, from ?? start)
    guard first <= last else {
      points = []
      return
    }
    let count = last - first + 1
    var sums: [(currency: Currency, first: Int, days: [Decimal])] = []
    var unpriced = [Int](repeating: 0, count: count)
    for id in assets {
      guard let asset = book.assets[id] else { continue }
      var walk = ValueWalk(asset, book.quotes, steps.steps(of: id))
      walk.run(first, count) { span, money in
        guard let money else {
          for offset in span { unpriced[offset] += 1 }
          return
        }
        let row = sums.firstIndex { $0.currency == money.currency } ?? sums.count
        if row == sums.count { sums.append((money.currency, count, [Decimal](repeating: .zero, count: count))) }
        sums[row].first = min(sums[row].first, span.lowerBound)
        sums[row].days.withUnsafeMutableBufferPointer { days in
          for offset in span { days[offset] = (try? days[offset].adding(money.amount)) ?? days[offset] }
        }
      }
    }
    var totals = [Decimal](repeating: .zero, count: count)
    for (currency, start, days) in sums {
      for offset in start..<count where !days[offset].isZero {
        guard let rate = book.quotes.rate(from: currency, to: book.settings.base, on: first + offset).value else {
          unpriced[offset] += 1
          continue
        }
        let converted = currency == book.settings.base ? days[offset] : try? days[offset].multiplied(by: rate)
        totals[offset] = converted.flatMap { try? totals[offset].adding($0) } ?? totals[offset]
      }
    }
    points = (0..<count).map { HistoryPoint(day: first + $0, value: totals[$0], unpriced: unpriced[$0]) }
  }
}

/// One asset's way through the days: what is held and which quote counts.
private struct ValueWalk {
  private let asset: Asset
  private let steps: [QuantitySteps.Step]
  private let market: QuoteSeries
  private let nav: QuoteSeries
  private let splits: [QuoteBook.SplitPoint]
  private let limit: Int32  // a quote older than this many half days is stale
  private let mode: ValuationMode

  init(_ asset: Asset, _ quotes: QuoteBook, _ steps: [QuantitySteps.Step]) {
    self.asset = asset
    self.steps = steps
    market = quotes.market[asset.id] ?? QuoteSeries()
    nav = quotes.nav[asset.id] ?? QuoteSeries()
    splits = quotes.splits[asset.id] ?? []
    limit = Int32(asset.expectedCadence.days * 3)
    mode = asset.valuationMode
  }

  /// Calls `emit` for every run of days on which the same is held at the same worth; nil is an unknown worth.
  mutating func run(_ first: Day, _ count: Int, _ emit: (Range<Int>, Money?) -> Void) {
    var step = -1
    var marketPlace = -1
    var navPlace = -1
    var held = Decimal.zero
    var start = 0
    var open: State?  // nil while nothing is held
    var worth: Money?
    func close(at end: Int) {
      if open != nil && end > start { emit(start..<end, worth) }
    }
    let isCash = asset.assetClass == .cash
    for offset in 0..<count {
      let day = first.ordinal + Int32(offset)
      while step + 1 < steps.count && steps[step + 1].day.ordinal <= day {
        step += 1
        held = steps[step].quantity
      }
      while marketPlace + 1 < market.count && market.days[marketPlace + 1] <= day { marketPlace += 1 }
      while navPlace + 1 < nav.count && nav.days[navPlace + 1] <= day { navPlace += 1 }
      let isNav = isCash || held.isZero ? nil : usesNav(marketPlace, navPlace, day)
      let passed = splits.isEmpty ? 0 : splits.reduce(0) { $0 + ($1.day.ordinal <= day ? 1 : 0) }
      let now = held.isZero ? nil : State(step: step, isNav: isNav, place: isNav.map { $0 ? navPlace : marketPlace } ?? -1, splits: passed)
      if now == open { continue }
      close(at: offset)
      (open, start) = (now, offset)
      guard let now else { continue }
      if isCash {
        worth = Money(held, asset.id.asCurrency)
      } else {
        worth = now.isNav.flatMap { value(held, $0 ? nav : market, now.place, Day(ordinal: day)) }
      }
    }
    close(at: count)
  }

  /// What the worth of a run depends on.
  private struct State: Equatable {
    let step: Int
    let isNav: Bool?
    let place: Int
    let splits: Int
  }

  private func usesNav(_ market: Int, _ nav: Int, _ day: Int32) -> Bool? {
    switch mode {
    case .market: return market < 0 ? nil : false
    case .nav: return nav < 0 ? nil : true
    case .cost: return nil  // what lots cost is not followed day by day
    case .navElseMarket, .marketElseNav:
      if market < 0 { return nav < 0 ? nil : true }
      if nav < 0 { return false }
      let (marketDay, navDay) = (self.market.days[market], self.nav.days[nav])
      let (marketStale, navStale) = (2 * (day - marketDay) > limit, 2 * (day - navDay) > limit)
      let prefersNav = mode == .navElseMarket
      if !(prefersNav ? navStale : marketStale) { return prefersNav }
      if !(prefersNav ? marketStale : navStale) { return !prefersNav }
      return marketDay == navDay ? prefersNav : navDay > marketDay
    }
  }

  private func value(_ held: Decimal, _ series: QuoteSeries, _ place: Int, _ day: Day) -> Money? {
    guard var amount = series.prices[place] else { return nil }
    if !splits.isEmpty && !series.adjusted.contains(place) {
      for point in splits where point.day.ordinal > series.days[place] && point.day <= day {
        amount = (try? amount.share(Decimal(Int(point.ratio.old)), of: Decimal(Int(point.ratio.new)))) ?? amount
      }
    }
    guard let worth = try? held.multiplied(by: amount) else { return nil }
    return Money(worth, Currency(id: series.currencies[place]))
  }
}
