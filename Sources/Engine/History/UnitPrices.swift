import Amounts
import Ledger

/// What a unit of an asset counts as, day by day: its quote, else the money it promises, else its last trade.
///
/// An asset that has no quote of the kind its mode asks for, not yet or at all, counts at the price of the newest priced acquisition
/// at or before the day, in that trade's currency. Where not even that is there its worth is unknown.
final class UnitPrices: Sendable {
  let assets: [AssetID: Asset]
  let quotes: QuoteBook
  let base: Currency
  /// Prices of acquisitions, one a day, of assets that are held before they are quoted.
  let trades: [AssetID: QuoteSeries]

  init(_ book: Book, trades: [AssetID: QuoteSeries]) {
    assets = book.assets
    quotes = book.quotes
    base = book.settings.base
    self.trades = trades
  }

  /// Prices of a book, with the trades of the assets that were moved before their first quote.
  convenience init(_ book: Book, _ steps: [QuantitySteps], upTo last: Day) {
    self.init(book, trades: TradePrices(book, of: UnitPrices.unquoted(book.assets, book.quotes, steps), upTo: last).series)
  }

  /// Assets that are held on a day before their first quote.
  static func unquoted(_ assets: [AssetID: Asset], _ quotes: QuoteBook, _ steps: [QuantitySteps]) -> Set<AssetID> {
    var found: Set<AssetID> = []
    for part in steps {
      for (id, list) in part.lists {
        guard let asset = assets[id], asset.assetClass != .cash, let held = list.days.first else { continue }
        if UnitPrices.firstQuote(of: asset, quotes).map({ $0 > held }) ?? true { found.insert(id) }
      }
    }
    return found
  }

  /// The first day on which a quote of the kind that the mode asks for is there.
  private static func firstQuote(of asset: Asset, _ quotes: QuoteBook) -> Int32? {
    let (market, nav) = (quotes.market[asset.id]?.days.first, quotes.nav[asset.id]?.days.first)
    switch asset.valuationMode {
    case .market: return market
    case .nav: return nav
    case .cost: return nil
    case .navElseMarket, .marketElseNav: return [market, nav].compactMap { $0 }.min()
    }
  }

  /// What a unit counts as at the end of a day, in the currency of its price.
  func price(of id: AssetID, on day: Day) -> Figure<Price> {
    guard let asset = assets[id] else { return .unknown(.noPrice) }
    let unit = Valuer.unit(of: asset, in: quotes, on: day, mode: asset.valuationMode).price
    if unit.isKnown { return unit }
    if let peg = quotes.pegs[id] { return .known(Price(.one, peg)) }
    guard let series = trades[id], let place = series.position(atOrBefore: day) else { return unit }
    let quote = series[place]
    return .known(
      Price(UnitPrices.adjusted(quote.price.perUnit, quotes.splits[id] ?? [], after: quote.day, upTo: day), quote.price.currency))
  }

  /// What units are worth at the end of a day, in base.
  func worth(of units: Decimal, _ id: AssetID, on day: Day) -> Figure<Decimal> {
    switch price(of: id, on: day) {
    case .unknown(let why): return .unknown(why)
    case .known(let price):
      guard let own = try? units.multiplied(by: price.perUnit) else { return .unknown(.overflow) }
      return inBase(own, price.currency, on: day)
    }
  }

  /// An amount of money in base at the rate of a day.
  func inBase(_ amount: Decimal, _ currency: Currency, on day: Day) -> Figure<Decimal> {
    if currency == base { return .known(amount) }
    return quotes.rate(from: currency, to: base, on: day).map { (rate) throws(DecimalError) in try amount.multiplied(by: rate) }
  }

  /// A per-unit amount of one day in units of a later one.
  static func adjusted(_ amount: Decimal, _ splits: [QuoteBook.SplitPoint], after: Day, upTo day: Day) -> Decimal {
    var amount = amount
    for point in splits where point.day > after && point.day <= day {
      amount = (try? amount.share(Decimal(Int(point.ratio.old)), of: Decimal(Int(point.ratio.new)))) ?? amount
    }
    return amount
  }
}
