import Amounts
import Ledger

/// What is known of an asset's worth at the end of a day.
enum WorthState: UInt8, Sendable {
  /// Nothing is held.
  case none
  /// At a quote.
  case quoted
  /// At its last trade, for want of a quote.
  case atTrade
  /// Held, and nobody knows.
  case unknown
}

/// The worth of one asset day by day, in base.
struct WorthColumn: Sendable {
  /// Zero where nothing is held or the worth is unknown.
  var values: [Decimal]
  var states: [WorthState]

  init(count: Int) {
    values = [Decimal](repeating: .zero, count: count)
    states = [WorthState](repeating: .none, count: count)
  }

  /// Adds another asset's days; what one of the two does not know, both do not know.
  mutating func add(_ other: WorthColumn) {
    for offset in values.indices where other.states[offset] != .none {
      values[offset] = (try? values[offset].adding(other.values[offset])) ?? values[offset]
      states[offset] = WorthState(rawValue: max(states[offset].rawValue, other.states[offset].rawValue)) ?? .unknown
    }
  }
}

/// One asset's way through the days: what is held and which quote counts.
struct ValueWalk {
  private let asset: Asset
  private let steps: QuantitySteps.List
  private let market: QuoteSeries
  private let nav: QuoteSeries
  private let trades: QuoteSeries
  private let peg: Currency?
  private let splits: [QuoteBook.SplitPoint]
  private let marketUnits: QuoteUnits
  private let navUnits: QuoteUnits
  private let tradeUnits: QuoteUnits
  private let limit: Int32  // a quote older than this many half days is stale
  private let mode: ValuationMode

  init(_ asset: Asset, _ prices: UnitPrices, _ steps: QuantitySteps.List) {
    self.asset = asset
    self.steps = steps
    market = prices.quotes.market[asset.id] ?? QuoteSeries()
    nav = prices.quotes.nav[asset.id] ?? QuoteSeries()
    trades = prices.trades[asset.id] ?? QuoteSeries()
    peg = prices.quotes.pegs[asset.id]
    splits = prices.quotes.splits[asset.id] ?? []
    (marketUnits, navUnits, tradeUnits) = (QuoteUnits(market, splits), QuoteUnits(nav, splits), QuoteUnits(trades, splits))
    limit = Int32(asset.expectedCadence.days * 3)
    mode = asset.valuationMode
  }

  /// The currencies the asset is priced in.
  static func currencies(of asset: Asset, _ prices: UnitPrices) -> Set<Int32> {
    if asset.assetClass == .cash { return [asset.id.raw] }
    var found = prices.quotes.market[asset.id]?.quotedIn ?? []
    found.formUnion(prices.quotes.nav[asset.id]?.quotedIn ?? [])
    found.formUnion(prices.trades[asset.id]?.quotedIn ?? [])
    if let peg = prices.quotes.pegs[asset.id] { found.insert(peg.id) }
    return found
  }

  /// The days from `first` on.
  func column(from first: Day, count: Int, _ rates: RateTable) -> WorthColumn {
    var column = WorthColumn(count: count)
    var step = -1
    var (marketPlace, navPlace, tradePlace) = (-1, -1, -1)
    var held = Decimal.zero
    var last: Basis?
    var worth: Money?
    let isCash = asset.assetClass == .cash
    for offset in 0..<count {
      let day = first.ordinal + Int32(offset)
      while step + 1 < steps.days.count && steps.days[step + 1] <= day {
        step += 1
        held = steps.quantities[step] ?? .zero
      }
      if held.isZero { continue }
      while marketPlace + 1 < market.count && market.days[marketPlace + 1] <= day { marketPlace += 1 }
      while navPlace + 1 < nav.count && nav.days[navPlace + 1] <= day { navPlace += 1 }
      while tradePlace + 1 < trades.count && trades.days[tradePlace + 1] <= day { tradePlace += 1 }
      let source = isCash ? Source.cash : source(marketPlace, navPlace, tradePlace, day)
      let passed = splits.isEmpty ? 0 : splits.reduce(0) { $0 + ($1.day.ordinal <= day ? 1 : 0) }
      let place =
        switch source {
        case .market: marketPlace
        case .nav: navPlace
        case .trade: tradePlace
        default: 0
        }
      let basis = Basis(step: step, source: source, place: place, splits: passed)
      if basis != last {
        last = basis
        worth = money(held, basis, Day(ordinal: day))
      }
      column.states[offset] = .unknown
      guard let worth, let value = inBase(worth, Day(ordinal: day), rates) else { continue }
      column.values[offset] = value
      column.states[offset] = source == .trade ? .atTrade : .quoted
    }
    return column
  }

  private enum Source { case cash, market, nav, peg, trade, nothing }

  /// What the worth of a day depends on, beside the rate.
  private struct Basis: Equatable {
    let step: Int
    let source: Source
    let place: Int
    let splits: Int
  }

  private func source(_ market: Int, _ nav: Int, _ trade: Int, _ day: Int32) -> Source {
    if let isNav = usesNav(market, nav, day) { return isNav ? .nav : .market }
    return peg != nil ? .peg : trade >= 0 ? .trade : .nothing
  }

  private func usesNav(_ market: Int, _ nav: Int, _ day: Int32) -> Bool? {
    switch mode {
    case .market: return market < 0 ? nil : false
    case .nav: return nav < 0 ? nil : true
    case .cost: return nil  // what lots cost is not followed day by day; their last trade is
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

  private func money(_ held: Decimal, _ basis: Basis, _ day: Day) -> Money? {
    switch basis.source {
    case .cash: Money(held, asset.id.asCurrency)
    case .peg: peg.map { Money(held, $0) }
    case .nothing: nil
    case .market: money(held, market, marketUnits, basis.place, day)
    case .nav: money(held, nav, navUnits, basis.place, day)
    case .trade: money(held, trades, tradeUnits, basis.place, day)
    }
  }

  private func money(_ held: Decimal, _ series: QuoteSeries, _ units: QuoteUnits, _ place: Int, _ day: Day) -> Money? {
    guard var amount = series.prices[place] else { return nil }
    if !units.isPlain {
      let quoted = Day(ordinal: series.days[place])
      amount = units.amount(amount, quotedOn: quoted, isAdjusted: series.adjusted.contains(place), on: day)
    }
    return (try? held.multiplied(by: amount)).map { Money($0, Currency(id: series.currencies[place])) }
  }

  @inline(__always)
  private func inBase(_ money: Money, _ day: Day, _ rates: RateTable) -> Decimal? {
    if money.currency == rates.base { return money.amount }
    guard let rate = rates.rate(money.currency, day) else { return nil }
    return try? money.amount.multiplied(by: rate)
  }
}
