public import Amounts
public import Ledger

/// The worth of every asset on one day, in its own currency and in base.
///
/// Which series counts is the asset's mode, or one mode for all. "Else" modes take the preferred series if it is not stale, else the
/// other if that is not stale, else the younger of the two, marked stale.
///
/// - Source: DESIGN 4.
public struct Valuer: Sendable {
  /// The day that is valued; all of it counts.
  public let day: Day
  /// The base currency.
  public let base: Currency
  private let units: [AssetID: UnitValue]
  private let rates: [Currency: Figure<Decimal>]

  /// How the mode of an asset is chosen.
  public enum Modes: Hashable, Sendable {
    /// The asset's own choice, else its class's default.
    case chosen
    /// Its class's default, whatever was chosen.
    case defaults
    /// This mode for every asset.
    case all(ValuationMode)
  }

  /// Values all assets of a book on a day.
  public init(book: Book, on day: Day, modes: Modes = .chosen) {
    self.day = day
    base = book.settings.base
    var rates: [Currency: Figure<Decimal>] = [:]
    func rate(_ currency: Currency) -> Figure<Decimal> {
      if let known = rates[currency] { return known }
      let found = book.quotes.rate(from: currency, to: book.settings.base, on: day)
      rates[currency] = found
      return found
    }
    var units: [AssetID: UnitValue] = [:]
    units.reserveCapacity(book.assets.count)
    var made: [(asset: Asset, value: UnitValue)] = []
    made.reserveCapacity(book.assets.count)
    var unpriced: Set<AssetID> = []
    for asset in book.assets.values {
      let value = Valuer.unit(of: asset, in: book.quotes, on: day, mode: Valuer.mode(of: asset, modes))
      if value.source == nil { unpriced.insert(asset.id) }
      made.append((asset, value))
    }
    let trades = TradePrices.last(book, of: unpriced, on: day)
    for (asset, quoted) in made {
      var value = quoted
      if let quote = trades[asset.id] { value.use(quote, .trade, stale: false, else: .noPrice, day) }
      if let price = value.price.value {
        value.rate = rate(price.currency)
        value.priceBase = value.rate.map { (rate) throws(DecimalError) in try price.perUnit.multiplied(by: rate) }
      }
      units[asset.id] = value
    }
    self.units = units
    self.rates = rates
  }

  /// What a unit of an asset is worth.
  public func unit(_ asset: AssetID) -> UnitValue { units[asset] ?? UnitValue.nothing(.noPrice) }

  /// What a quantity of an asset is worth in base: quantity x price (18 places) x rate (18 places).
  ///
  /// - Parameter costBase: what the units cost, for assets valued at cost.
  public func value(of quantity: Decimal, _ asset: AssetID, costBase: Figure<Decimal> = .unknown(.unknownBasis)) -> Figure<Decimal> {
    let unit = unit(asset)
    if unit.source == .cost { return costBase }
    return unit.price.map { (price) throws(DecimalError) in try quantity.multiplied(by: price.perUnit) }
      .with(unit.rate) { (own, rate) throws(DecimalError) in try own.multiplied(by: rate) }
  }

  /// An amount in base at this day's rate.
  public func inBase(_ money: Money, _ quotes: QuoteBook) -> Figure<Decimal> {
    let rate = rates[money.currency] ?? quotes.rate(from: money.currency, to: base, on: day)
    return rate.map { (rate) throws(DecimalError) in try money.amount.multiplied(by: rate) }
  }

  private static func mode(of asset: Asset, _ modes: Modes) -> ValuationMode {
    switch modes {
    case .chosen: return asset.valuationMode
    case .all(let mode): return mode
    case .defaults:
      var plain = asset
      plain.mode = nil
      return plain.valuationMode
    }
  }

  /// What a unit of one asset is worth in its own currency, before conversion to base.
  static func unit(of asset: Asset, in quotes: QuoteBook, on day: Day, mode: ValuationMode) -> UnitValue {
    var value = UnitValue.nothing(.noPrice)
    if asset.assetClass == .cash {
      value.price = .known(Price(.one, asset.id.asCurrency))
      value.source = .cash
      value.rate = .unknown(.noRate)
      return value
    }
    let cadence = asset.expectedCadence
    value.market = quotes.quote(.close, of: asset.id, on: day)
    value.nav = quotes.quote(.nav, of: asset.id, on: day)
    if value.market == nil, value.nav == nil, mode != .cost, let peg = quotes.pegs[asset.id] {
      value.price = .known(Price(.one, peg))
      value.source = .peg
      return value
    }
    if let market = value.market, market.source == TradePrices.source, value.nav == nil {
      // Kept ready from the last opening: the trades themselves are not read yet.
      value.market = nil
      if mode != .cost { value.use(market, .trade, stale: false, else: .noPrice, day) }
      return value
    }
    value.isMarketStale = value.market.map { cadence.isStale(ageDays: day - $0.day) } ?? false
    value.isNavStale = value.nav.map { cadence.isStale(ageDays: day - $0.day) } ?? false
    value.premium = premium(of: value.market, over: value.nav, quotes, day)
    switch mode {
    case .market: value.use(value.market, .market, stale: value.isMarketStale, else: .noPrice, day)
    case .nav: value.use(value.nav, .nav, stale: value.isNavStale, else: .noNav, day)
    case .cost:
      value.source = .cost
      value.price = .unknown(.nothing)
    case .navElseMarket, .marketElseNav:
      switch Valuer.choice(value, preferringNav: mode == .navElseMarket) {
      case .nav?: value.use(value.nav, .nav, stale: value.isNavStale, else: .noNav, day)
      case .market?: value.use(value.market, .market, stale: value.isMarketStale, else: .noPrice, day)
      default: value.price = .unknown(mode == .navElseMarket ? .noNav : .noPrice)
      }
    }
    return value
  }

  private static func choice(_ value: UnitValue, preferringNav: Bool) -> ValueSource? {
    guard let market = value.market else { return value.nav == nil ? nil : .nav }
    guard let nav = value.nav else { return .market }
    let preferred: ValueSource = preferringNav ? .nav : .market
    let other: ValueSource = preferringNav ? .market : .nav
    if !(preferringNav ? value.isNavStale : value.isMarketStale) { return preferred }
    if !(preferringNav ? value.isMarketStale : value.isNavStale) { return other }
    if market.day == nav.day { return preferred }
    return market.day > nav.day ? .market : .nav
  }

  private static func premium(of market: Quote?, over nav: Quote?, _ quotes: QuoteBook, _ day: Day) -> Figure<Decimal> {
    guard let nav else { return .unknown(.noNav) }
    guard let market else { return .unknown(.noPrice) }
    if nav.price.perUnit.isZero { return .unknown(.zeroBase) }
    let rate = quotes.rate(from: market.price.currency, to: nav.price.currency, on: day)
    return rate.map { (rate) throws(DecimalError) in
      try market.price.perUnit.multiplied(by: rate).divided(by: nav.price.perUnit).subtracting(.one)
    }
  }
}

extension UnitValue {
  /// Nothing known.
  static func nothing(_ why: Why) -> UnitValue {
    UnitValue(
      market: nil, nav: nil, isMarketStale: false, isNavStale: false, price: .unknown(why), source: nil, day: nil, ageDays: nil,
      isStale: false, premium: .unknown(.noNav), priceBase: .unknown(why), rate: .unknown(why))
  }

  fileprivate mutating func use(_ quote: Quote?, _ source: ValueSource, stale: Bool, else why: Why, _ on: Day) {
    guard let quote else {
      price = .unknown(why)
      priceBase = .unknown(why)
      rate = .unknown(why)
      return
    }
    price = .known(quote.price)
    self.source = source
    day = quote.day
    ageDays = on - quote.day
    isStale = stale
  }
}
