import Amounts
import Engine
import Ledger
import TestSupport
import Testing

/// What is held before anybody quotes it does not look like a fall or a gain.
struct UnquotedTests {
  private func found(_ book: Book, until: String) -> Performance { Performance(book, .init(to: day(until))) }

  private func near(_ figure: Figure<Double>, _ value: Double) -> Bool { figure.value.map { abs($0 - value) < 1e-12 } ?? false }

  @Test func untilTheFirstQuoteThePurchaseCounts() {
    var maker = BookMaker()
    maker.asset("TOKN", .security)
    maker.event(.deposit, "2024-01-01", "A", "USD", "1000")
    maker.event(.buy, "2024-01-02", "A", "TOKN", "100", price: "4", gross: "400", "USD")
    maker.event(.buy, "2024-01-03", "A", "TOKN", "50", price: "6", gross: "300", "USD")
    maker.quote(.nav, "2024-01-05", "TOKN", "5")
    let history = ValueHistory(maker.book, upTo: day("2024-01-05"))
    // 1000; 600 + 100 x 4; 300 + 150 x 6; the same; 300 + 150 x 5.
    #expect(history.points.map(\.value) == [1000, 1000, 1200, 1200, 1050])
    #expect(history.points.map(\.atTrade) == [0, 1, 1, 1, 0])
    #expect(history.points.allSatisfy { $0.unpriced == 0 && $0.appeared.isZero && $0.vanished.isZero })
    #expect(history.atTrade == [maker.id("TOKN")])
    #expect(near(found(maker.book, until: "2024-01-05").twr, 0.05))
  }

  @Test func whatNobodyEverPricedIsNeutralUntilItIsPriced() {
    var maker = BookMaker()
    let drop = maker.asset("DROP", .crypto)
    maker.event(.deposit, "2024-01-01", "A", "USD", "1000")
    maker.event(.airdrop, "2024-01-02", "A", "DROP", "100")
    maker.quote(.close, "2024-01-04", "DROP", "2")
    maker.quote(.close, "2024-01-05", "DROP", "3")
    let history = ValueHistory(maker.book, upTo: day("2024-01-05"))
    #expect(history.points.map(\.value) == [1000, 1000, 1000, 1200, 1300])
    #expect(history.points.map(\.unpriced) == [0, 1, 1, 0, 0])
    #expect(history.points.map(\.appeared) == [0, 0, 0, 200, 0])
    #expect(history.unknown == [drop])
    // Only the last day returns anything: 1300 / 1200 - 1; the 200 are a flow.
    let figures = found(maker.book, until: "2024-01-05")
    #expect(near(figures.twr, 100.0 / 1200))
    #expect(figures.netFlows == 1200)
    #expect(figures.gain == 100)
    #expect(figures.drawdown == nil)
  }

  @Test func whatIsSoldBeforeAnybodyPricedItCameFromNowhere() {
    // 100 units from an airdrop, 40 of them sold for 80 while nobody quotes them: the 80 are the value that was not known before.
    var maker = BookMaker()
    maker.asset("DROP", .crypto)
    maker.event(.deposit, "2024-01-01", "A", "USD", "1000")
    maker.event(.airdrop, "2024-01-02", "A", "DROP", "100")
    maker.event(.sell, "2024-01-03", "A", "DROP", "40", price: "2", gross: "80", "USD")
    maker.event(.sell, "2024-01-04", "A", "DROP", "60", price: "1", gross: "60", "USD")
    let history = ValueHistory(maker.book, upTo: day("2024-01-05"))
    #expect(history.points.map(\.value) == [1000, 1000, 1080, 1140, 1140])
    #expect(history.points.map(\.appeared) == [0, 0, 80, 60, 0])
    #expect(near(found(maker.book, until: "2024-01-05").twr, 0))
  }

  @Test func whatLosesItsRateLeavesAndComesBack() {
    var maker = BookMaker()
    maker.asset("EUR", .cash)
    maker.event(.deposit, "2024-01-01", "A", "USD", "100")
    maker.event(.deposit, "2024-01-01", "A", "EUR", "100")
    maker.quote(.fx, "2024-01-01", "EUR", "1.10")
    maker.quote(.fx, "2024-01-11", "EUR", "1.20")
    let history = ValueHistory(maker.book, upTo: day("2024-01-11"))
    // A rate counts for seven days: 100 + 110 to 8 January, then 100, then 100 + 120.
    #expect(history.points.map(\.value) == [210, 210, 210, 210, 210, 210, 210, 210, 100, 100, 220])
    #expect(history.points[8].vanished == 110)
    #expect(history.points[10].appeared == 120)
    #expect(near(found(maker.book, until: "2024-01-11").twr, 0))
  }

  @Test func aMigrationCarriesTheWorthOver() {
    var maker = BookMaker()
    maker.asset("OLD", .crypto, cadence: .yearly)
    maker.asset("NEW", .crypto)
    maker.quote(.close, "2024-01-01", "OLD", "6")
    maker.event(.deposit, "2024-01-01", "A", "OLD", "10")
    maker.event(.migration, "2024-01-03", nil, "OLD") {
      var extra = EventExtra()
      extra.toAsset = AssetID(3)
      extra.ratio = Ratio("2:1")
      $0.extra = extra
    }
    let history = ValueHistory(maker.book, upTo: day("2024-01-04"))
    // 10 at 6, then 20 at 3, which is what two of them took the place of.
    #expect(history.points.map(\.value) == [60, 60, 60, 60])
    #expect(near(found(maker.book, until: "2024-01-04").twr, 0))
  }

  @Test func aSplitOfOneAccountChangesItsUnitsOnly() {
    var maker = BookMaker()
    let coin = maker.id("COIN")
    maker.event(.deposit, "2024-01-01", "A", "COIN", "10")
    maker.event(.deposit, "2024-01-01", "B", "COIN", "7")
    maker.event(.split, "2024-01-02", "A", "COIN") {
      var extra = EventExtra()
      extra.ratio = Ratio("3:1")
      $0.extra = extra
    }
    #expect(QuantitySteps(maker.book, upTo: day("2024-01-02")).quantity(of: coin, at: day("2024-01-02")) == 37)
    #expect(
      QuantitySteps(maker.book, upTo: day("2024-01-02"), accounts: [AccountID(2)]).quantity(of: coin, at: day("2024-01-02")) == 7)
  }
}
