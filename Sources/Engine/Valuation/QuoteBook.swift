public import Amounts
public import Ledger

/// All quotes: market prices and NAVs by asset, exchange rates by currency, and the splits that quotes must follow.
public struct QuoteBook: Sendable {
  /// Market prices.
  public var market: [AssetID: QuoteSeries] = [:]
  /// Net asset values.
  public var nav: [AssetID: QuoteSeries] = [:]
  /// Prices of currencies in other currencies.
  public var fx: [AssetID: QuoteSeries] = [:]
  /// Splits by asset, ascending by day.
  public var splits: [AssetID: [SplitPoint]] = [:]
  /// The money a stablecoin promises: what it counts as where no quote says otherwise.
  public var pegs: [AssetID: Currency] = [:]

  /// No quotes.
  public init() {}

  /// A change of the unit of an asset.
  public struct SplitPoint: Hashable, Sendable {
    /// The first day in new units.
    public let day: Day
    /// New:old.
    public let ratio: Ratio

    /// A split.
    public init(day: Day, ratio: Ratio) {
      self.day = day
      self.ratio = ratio
    }
  }

  /// The last quote of a series at or before a day, in units of that day.
  ///
  /// A quote from before a split is divided by the ratio (rounded half-even to 18 places); one that is adjusted for a later split is
  /// multiplied by its ratio on days before it.
  public func quote(_ kind: QuoteDraft.Kind, of asset: AssetID, on day: Day) -> Quote? {
    let series =
      switch kind {
      case .close: market[asset]
      case .nav: nav[asset]
      case .fx: fx[asset]
      }
    guard let series, let position = series.position(atOrBefore: day) else { return nil }
    var quote = series[position]
    if let points = splits[asset], !points.isEmpty {
      let amount = QuoteUnits(series, points).amount(quote.price.perUnit, quotedOn: quote.day, isAdjusted: quote.isAdjusted, on: day)
      quote.price = Price(amount, quote.price.currency)
    }
    return quote
  }

  /// A series with its quotes in units of `day`, for charts.
  public func adjustedPrices(_ kind: QuoteDraft.Kind, of asset: AssetID, from: Day, to: Day) -> [(day: Day, price: Price)] {
    let series = kind == .nav ? nav[asset] : kind == .fx ? fx[asset] : market[asset]
    guard let series, series.count > 0 else { return [] }
    let start = series.position(atOrBefore: from - 1).map { $0 + 1 } ?? 0
    guard let end = series.position(atOrBefore: to), end >= start else { return [] }
    let units = QuoteUnits(series, splits[asset] ?? [])
    return (start...end).map { position in
      let quote = series[position]
      let amount = units.amount(quote.price.perUnit, quotedOn: quote.day, isAdjusted: quote.isAdjusted, on: to)
      return (quote.day, Price(amount, quote.price.currency))
    }
  }

  /// The rate that turns one unit of a currency into another: the last at or before the day, at most 7 days old.
  ///
  /// Direct, else the inverse (18 places), else through one common currency, else through the money a stablecoin promises.
  public func rate(from: Currency, to: Currency, on day: Day) -> Figure<Decimal> { rate(from: from, to: to, on: day, through: bridges) }

  /// The same with the common currencies at hand: whoever asks for many days gathers them once.
  func rate(from: Currency, to: Currency, on day: Day, through bridges: @autoclosure () -> [Currency]) -> Figure<Decimal> {
    if from == to { return .known(.one) }
    if let found = direct(from, to, day) { return .known(found) }
    for middle in bridges() where middle != from && middle != to {
      if let first = direct(from, middle, day), let second = direct(middle, to, day),
        let product = try? first.multiplied(by: second, places: 24)
      {
        return .known(product.rounded(to: Decimal.moneyScale))
      }
    }
    if let peg = pegs[AssetID(from)] { return rate(from: peg, to: to, on: day, through: bridges()) }
    if let peg = pegs[AssetID(to)] { return rate(from: from, to: peg, on: day, through: bridges()) }
    return .unknown(.noRate)
  }

  /// Currencies that rates are quoted in or for, in id order.
  var bridges: [Currency] {
    var ids = Set(fx.keys.map(\.raw))
    for series in fx.values { ids.formUnion(series.quotedIn) }
    return ids.sorted().map { Currency(id: $0) }
  }

  /// The age beyond which an exchange rate no longer counts.
  static let oldestRate = 7

  private func direct(_ from: Currency, _ to: Currency, _ day: Day) -> Decimal? {
    if let rate = fresh(fx[AssetID(from)], in: to, day) { return rate }
    if let rate = fresh(fx[AssetID(to)], in: from, day), let inverse = try? Decimal.one.divided(by: rate, places: 24) {
      return inverse
    }
    // A stablecoin or coin used as money has a market price instead of an exchange rate.
    if let rate = fresh(market[AssetID(from)], in: to, day) { return rate }
    if let rate = fresh(market[AssetID(to)], in: from, day), let inverse = try? Decimal.one.divided(by: rate, places: 24) {
      return inverse
    }
    return nil
  }

  /// The youngest rate of a series in a currency, unless it is too old. Series may mix currencies, hence the walk back.
  private func fresh(_ series: QuoteSeries?, in currency: Currency, _ day: Day) -> Decimal? {
    guard let series, var position = series.position(atOrBefore: day) else { return nil }
    while day.ordinal - series.days[position] <= Int32(QuoteBook.oldestRate) {
      if series.currencies[position] == currency.id { return series.prices[position] }
      if position == 0 { return nil }
      position -= 1
    }
    return nil
  }
}
