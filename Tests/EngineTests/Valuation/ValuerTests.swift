import Amounts
import Engine
import Ledger
import TestSupport
import Testing

/// DESIGN 4: which series counts, and when it is stale.
struct ValuerTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    var assetClass = AssetClass.security
    var mode: ValuationMode?
    var cadence: Cadence?
    var market: String?
    var nav: String?
    let expect: (source: ValueSource?, stale: Bool)
    var testDescription: String { name }
  }

  /// As of 2024-06-30. Market is worth 2, NAV 3. Monthly is stale from day 47 on (2 x 47 > 3 x 31), daily from day 2 on.
  static let cases: [Case] = [
    Case(name: "a security is worth its NAV", market: "2024-06-30", nav: "2024-06-01", expect: (.nav, false)),
    Case(name: "46 days are not stale for a monthly NAV", market: "2024-06-30", nav: "2024-05-15", expect: (.nav, false)),
    Case(name: "47 days are: the market is fresh", market: "2024-06-30", nav: "2024-05-14", expect: (.market, false)),
    Case(name: "both stale: the younger, marked", market: "2024-04-30", nav: "2024-05-01", expect: (.nav, true)),
    Case(name: "both stale: the younger is the market", market: "2024-05-01", nav: "2024-04-30", expect: (.market, true)),
    Case(name: "both stale and equally old: the preferred", market: "2024-05-01", nav: "2024-05-01", expect: (.nav, true)),
    Case(name: "a stale NAV alone still counts", nav: "2023-01-01", expect: (.nav, true)),
    Case(name: "a security without NAV is worth its market price", market: "2024-06-29", expect: (.market, false)),
    Case(name: "a coin is worth its market price", assetClass: .crypto, market: "2024-06-29", nav: "2024-06-30", expect: (.market, false)),
    Case(
      name: "a coin's price is stale on the second day", assetClass: .crypto, market: "2024-06-28", nav: "2024-06-30", expect: (.nav, false)
    ),
    Case(
      name: "weekly cadence: ten days are fresh", assetClass: .utility, cadence: .weekly, market: "2024-06-20", expect: (.market, false)),
    Case(
      name: "weekly cadence: eleven days are stale", assetClass: .utility, cadence: .weekly, market: "2024-06-19", expect: (.market, true)),
    Case(name: "mode market ignores the NAV", mode: .market, market: "2024-01-01", nav: "2024-06-30", expect: (.market, true)),
    Case(name: "mode nav ignores the market", mode: .nav, market: "2024-06-30", nav: "2024-01-01", expect: (.nav, true)),
    Case(name: "mode nav without a NAV is unpriced", mode: .nav, market: "2024-06-30", expect: (nil, false)),
    Case(name: "a quote of tomorrow does not count", market: "2024-07-01", nav: "2024-07-01", expect: (nil, false)),
    Case(name: "mode cost", mode: .cost, market: "2024-06-30", expect: (.cost, false)),
    Case(name: "cash is worth itself", assetClass: .cash, expect: (.cash, false)),
  ]

  @Test(arguments: cases) func choice(_ item: Case) {
    var maker = BookMaker()
    let id = maker.asset("X", item.assetClass, cadence: item.cadence, mode: item.mode)
    if let market = item.market { maker.quote(.close, market, "X", "2") }
    if let nav = item.nav { maker.quote(.nav, nav, "X", "3") }
    let unit = Valuer(book: maker.book, on: day("2024-06-30")).unit(id)
    #expect(unit.source == item.expect.source)
    #expect(unit.isStale == item.expect.stale)
    if item.expect.source == .market { #expect(unit.price.value?.perUnit == 2) }
    if item.expect.source == .nav { #expect(unit.price.value?.perUnit == 3) }
  }

  @Test func valueIsQuantityTimesPriceTimesRate() {
    var maker = BookMaker()
    let id = maker.asset("X", .crypto)
    maker.asset("EUR", .cash)
    maker.quote(.close, "2024-06-30", "X", "0.1", "EUR")
    maker.quote(.fx, "2024-06-28", "EUR", "1.0723")
    let valuer = Valuer(book: maker.book, on: day("2024-06-30"))
    // 3 x 0.1 = 0.3 EUR; x 1.0723 = 0.32169 USD
    #expect(valuer.value(of: 3, id) == .known(number("0.32169")))
  }

  @Test func aRateOlderThanSevenDaysIsNoRate() {
    var maker = BookMaker()
    let id = maker.asset("X", .crypto, cadence: .weekly)
    maker.asset("EUR", .cash)
    maker.quote(.close, "2024-06-28", "X", "1", "EUR")
    maker.quote(.fx, "2024-06-23", "EUR", "1.1")
    #expect(Valuer(book: maker.book, on: day("2024-06-30")).value(of: 1, id) == .known(number("1.1")))
    #expect(Valuer(book: maker.book, on: day("2024-07-01")).value(of: 1, id) == .unknown(.noRate))
  }

  @Test func aQuoteFromBeforeASplitIsDividedAfterIt() {
    var maker = BookMaker()
    let id = maker.asset("X", .crypto, cadence: .monthly)
    maker.quote(.close, "2024-06-01", "X", "90")
    maker.split("2024-06-10", "X", "3:1")
    let book = maker.book
    #expect(Valuer(book: book, on: day("2024-06-09")).unit(id).price.value?.perUnit == 90)
    #expect(Valuer(book: book, on: day("2024-06-10")).unit(id).price.value?.perUnit == 30)
    let unit = Valuer(book: book, on: day("2024-06-20")).unit(id)
    #expect(book.change(of: unit, id, over: 15, upTo: day("2024-06-20")) == .known(.zero))  // 90 then is 30 now
  }

  @Test func premiumConvertsTheMarketToTheNavsCurrency() {
    var maker = BookMaker()
    let id = maker.asset("X", .security)
    maker.asset("EUR", .cash)
    maker.quote(.nav, "2024-06-30", "X", "2.2", "USD")
    maker.quote(.close, "2024-06-30", "X", "1", "EUR")
    maker.quote(.fx, "2024-06-30", "EUR", "1.1")
    // 1 EUR = 1.1 USD; 1.1 / 2.2 - 1 = -0.5
    #expect(Valuer(book: maker.book, on: day("2024-06-30")).unit(id).premium == .known(number("-0.5")))
  }

  @Test func oneModeForAllAndTheDefaults() {
    var maker = BookMaker()
    let id = maker.asset("X", .security, mode: .market)
    maker.quote(.nav, "2024-06-30", "X", "3")
    maker.quote(.close, "2024-06-30", "X", "2")
    let on = day("2024-06-30")
    #expect(Valuer(book: maker.book, on: on).unit(id).source == .market)
    #expect(Valuer(book: maker.book, on: on, modes: .defaults).unit(id).source == .nav)
    #expect(Valuer(book: maker.book, on: on, modes: .all(.cost)).unit(id).source == .cost)
  }

  @Test func ownershipTakesTheNavRowsSupplyElseTheAssets() {
    var maker = BookMaker()
    let id = maker.asset("X", .security, currency: "USD", [.totalSupply: "1000", .underlyingDebt: "400"])
    var facts = NavFacts()
    facts.supply = number("2000")
    facts.underlyingValue = number("9000")
    maker.quote(.nav, "2024-06-30", "X", "3", facts: facts)
    let book = maker.book
    let before = book.ownership(of: 10, id, on: day("2024-06-29"))
    #expect(before.share == .known(number("0.01")))
    #expect(before.impliedUnderlying == .unknown(.notStated))
    let after = book.ownership(of: 10, id, on: day("2024-06-30"))
    #expect(after.share == .known(number("0.005")))
    #expect(after.impliedUnderlying.value?.amount == 45)  // 9000 x 10 / 2000
    #expect(after.impliedDebt.value?.amount == 2)  // 400 x 10 / 2000
  }

  /// A unit bought at 1,000 before a split 10:1; the series says 100, 110, 120, 125, divided by ten before it. In March the unit is worth
  /// 1,100; after the split ten are worth 1,250.
  @Test func whatWasDividedForASplitIsMultipliedBeforeIt() {
    var maker = BookMaker()
    let id = maker.asset("NVX", .stock, currency: "USD")
    var series = QuoteSeries()
    for (on, price) in [("2024-01-02", "100"), ("2024-03-01", "110"), ("2024-06-10", "120"), ("2024-07-01", "125")] {
      series.append(Quote(day: day(on), price: Price(number(price), maker.id("USD").asCurrency), isAdjusted: true))
    }
    maker.replace(.close, id, series)
    maker.split("2024-06-10", "NVX", "10:1")
    // A split after the last adjusted quote is not in the series.
    maker.split("2024-09-01", "NVX", "5:1")
    func price(_ on: String) -> Decimal? { maker.book.quotes.quote(.close, of: id, on: day(on))?.price.perUnit }
    #expect(price("2024-01-02") == 1000 && price("2024-03-01") == 1100 && price("2024-06-09") == 1100)
    #expect(price("2024-06-10") == 120 && price("2024-08-31") == 125 && price("2024-09-01") == 25)
    maker.event(.deposit, "2024-01-02", "A", "USD", "1000")
    maker.event(.buy, "2024-01-02", "A", "NVX", "1", price: "1000", "USD")
    let values = ValueHistory(maker.book, upTo: day("2024-03-01")).points
    #expect(values.first?.value == 1000 && values.last?.value == 1100)
  }
}
