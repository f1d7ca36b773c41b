import Amounts
import Ledger

/// What an event's numbers are worth: gross, fee value and their base twins, following FORMATS 1.
///
/// Everything that books asks it, so it is one object that all of them hold: copies of a whole book took a tenth of the time.
final class EventMoney: Sendable {
  let book: Book
  let rates: RateTable
  /// Which rule holds where and when.
  let rules: RulePlan
  /// Closed years.
  let frozen: FrozenYears
  /// How selectors call lots.
  let lotNames: LotNames
  /// State currencies by code.
  private let currencies: [String: Currency]
  private let isUTC: Bool

  init(book: Book, rates: RateTable) {
    self.book = book
    self.rates = rates
    isUTC = book.settings.zone == .utc
    rules = RulePlan(book)
    frozen = FrozenYears(book, rules)
    lotNames = LotNames(book, rules)
    var found: [String: Currency] = [:]
    for asset in book.assets.values.sorted(by: { $0.id > $1.id }) where asset.assetClass == .cash {
      found[asset.symbol] = asset.id.asCurrency
    }
    currencies = found
  }

  /// The UTC-shifted day of an event in the book's zone.
  @inline(__always)
  func day(_ index: Int) -> Day {
    let instant = Instant(microseconds: book.events.times[index])
    return isUTC ? instant.dayUTC : book.settings.zone.day(of: instant)
  }

  /// Whether the event's trading fee is part of cost and proceeds.
  @inline(__always)
  func feeRule(_ index: Int) -> FeeRule {
    rules.everywhere?.feeRule ?? rules.span(for: book.events.accounts[index], at: book.events.times[index]).feeRule
  }

  /// The currency of the event's amounts.
  @inline(__always)
  func currency(_ index: Int) -> Currency? {
    let id = book.events.currencies[index]
    return id == 0 ? nil : Currency(id: id)
  }

  /// The cash without fee and tax: as given, else quantity x price.
  @inline(__always)
  func gross(_ index: Int) throws(DecimalError) -> Decimal? {
    if let gross = book.events.grosses[index] { return gross }
    guard let quantity = book.events.quantities[index], let price = book.events.prices[index] else { return nil }
    return try quantity.multiplied(by: price)
  }

  /// Quantity x price, else gross: what a lot costs before fees.
  @inline(__always)
  func unitValue(_ index: Int) throws(DecimalError) -> Decimal? {
    if let quantity = book.events.quantities[index], let price = book.events.prices[index] { return try quantity.multiplied(by: price) }
    return book.events.grosses[index]
  }

  /// Of gross, the accrued interest that is no part of a bond's price.
  @inline(__always)
  func accruedInGross(_ index: Int) throws(DecimalError) -> Decimal {
    guard let accrued = try book.events.accrued(at: index), !accrued.isOnTop else { return .zero }
    return accrued.amount
  }

  /// The money that moves when an event pays: its currency, or the settle currency at the event's own rate.
  @inline(__always)
  func paid(_ amount: Decimal, _ index: Int) throws(DecimalError) -> Money? {
    if let extra = book.events.extra(at: index), let settle = extra.settleCurrency, let rate = extra.fxRate {
      return Money(try amount.multiplied(by: rate), settle)
    }
    return currency(index).map { Money(amount, $0) }
  }

  /// The fee's worth in the event's currency: as given, else the fee itself when it is in that currency, else at the row's own price
  /// when it is in the row's asset, else at the market price of the day. Zero when there is no fee; unknown when it cannot be told.
  func feeValue(_ index: Int) throws(DecimalError) -> Figure<Decimal> {
    if let value = book.events.feeValues[index] { return .known(value) }
    guard let fee = book.events.fees[index], !fee.isZero else { return .known(.zero) }
    let asset = book.events.feeAssets[index]
    guard let currency = currency(index) else { return .unknown(.noPrice) }
    if asset == currency.id || asset == 0 { return .known(fee) }
    if asset == book.events.assets[index], let price = book.events.prices[index] { return .known(try fee.multiplied(by: price)) }
    return try worth(fee, of: AssetID(asset), in: currency, on: day(index))
  }

  /// The currency a fee's worth is in: the event's own. A transfer moves no money, its currency only prices what moves; a fee in
  /// a third asset is then worth its amount in the currency that asset is quoted in, where that is known.
  func feeCurrency(_ index: Int) -> Currency? {
    let own = currency(index)
    guard book.events.kind(at: index) == .transfer, book.events.feeAssets[index] != book.events.assets[index],
      let code = book.assets[AssetID(book.events.feeAssets[index])]?.currency, !code.isEmpty
    else { return own }
    if let own, book.assets[AssetID(own)]?.symbol == code { return own }
    return currencies[code] ?? own
  }

  /// Units at the market price of a day, in a currency.
  func worth(_ units: Decimal, of asset: AssetID, in currency: Currency, on day: Day) throws(DecimalError) -> Figure<Decimal> {
    let own = asset.asCurrency
    if own == currency { return .known(units) }
    if let quote = book.quotes.quote(.close, of: asset, on: day), day - quote.day <= EventMoney.oldestPrice {
      let value = try units.multiplied(by: quote.price.perUnit)
      return book.quotes.rate(from: quote.price.currency, to: currency, on: day).map { (rate) throws(DecimalError) in
        try value.multiplied(by: rate)
      }
    }
    return book.quotes.rate(from: own, to: currency, on: day).map { (rate) throws(DecimalError) in try units.multiplied(by: rate) }
  }

  /// A price older than this says nothing about what an event was worth.
  static let oldestPrice = 7

  /// An amount of the event's currency in base, at the event's own rate where it names one, else at the day's.
  @inline(__always)
  func base(_ amount: Decimal, _ currency: Currency, _ index: Int) throws(DecimalError) -> Decimal? {
    if currency == rates.base { return amount }
    if let extra = book.events.extra(at: index), let own = extra.fxRate {
      if extra.settleCurrency == nil || extra.settleCurrency == rates.base { return try amount.multiplied(by: own) }
    }
    guard let rate = rates.rate(currency, day(index)) else { return nil }
    return try amount.multiplied(by: rate)
  }

  /// An amount in base at the rate of a day that need not lie within the book's events, such as the day a donor bought.
  func base(_ amount: Decimal, _ currency: Currency, on day: Day) throws(DecimalError) -> Decimal? {
    if currency == rates.base { return amount }
    guard let rate = book.quotes.rate(from: currency, to: rates.base, on: day).value else { return nil }
    return try amount.multiplied(by: rate)
  }

  /// What units are worth on a day: money and stablecoins their own amount, else the market price, else the NAV.
  func fairValue(_ units: Decimal, of asset: AssetID, on day: Day) throws(DecimalError) -> Figure<Money> {
    if let known = book.assets[asset], known.assetClass == .cash || known.assetClass == .stablecoin {
      return .known(Money(units, asset.asCurrency))
    }
    if let quote = book.quotes.quote(.close, of: asset, on: day), day - quote.day <= EventMoney.oldestPrice {
      return .known(Money(try units.multiplied(by: quote.price.perUnit), quote.price.currency))
    }
    if let nav = book.quotes.quote(.nav, of: asset, on: day), book.assets[asset]?.expectedCadence.isStale(ageDays: day - nav.day) == false {
      return .known(Money(try units.multiplied(by: nav.price.perUnit), nav.price.currency))
    }
    return .unknown(.noPrice)
  }

  /// What a swap or a movement of several legs is worth: the row's own value, else its stablecoin's, else the market price of
  /// what was given, else of what was received.
  func swapValue(_ index: Int, given: (AssetID, Decimal)?, received: (AssetID, Decimal)?) throws(DecimalError) -> Figure<Money> {
    if let currency = currency(index), let gross = try gross(index) { return .known(Money(gross, currency)) }
    for side in [given, received] {
      if let (asset, units) = side, let known = book.assets[asset], known.assetClass == .cash || known.assetClass == .stablecoin {
        return .known(Money(units, asset.asCurrency))
      }
    }
    for side in [given, received] {
      if let (asset, units) = side, case .known(let worth) = try fairValue(units, of: asset, on: day(index)) { return .known(worth) }
    }
    return .unknown(.noPrice)
  }
}
