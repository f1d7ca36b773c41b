import Amounts
import Engine
import Ledger
import TestSupport
import Testing

/// DESIGN 7, worked by hand.
struct PerformanceTests {
  /// Cash only, so that value is what flows say, and an asset whose price moves it.
  private func answer(
    _ values: [(day: String, value: String)], _ flows: [String: String] = [:], edit: (inout Performance.Question) -> Void = { _ in }
  ) -> Performance {
    var maker = BookMaker()
    for (on, amount) in flows.sorted(by: { $0.key < $1.key }) {
      let isOut = amount.hasPrefix("-")
      maker.event(isOut ? .withdraw : .deposit, on, "A", "USD", isOut ? String(amount.dropFirst()) : amount)
    }
    let points = values.map { HistoryPoint(day: day($0.day), value: number($0.value), unpriced: 0) }
    var question = Performance.Question(to: day(values.last?.day ?? "2024-01-01"))
    edit(&question)
    return Performance(question, points, ExternalFlows(maker.book, upTo: question.to))
  }

  private func near(_ figure: Figure<Double>, _ value: Double) -> Bool { figure.value.map { abs($0 - value) < 1e-12 } ?? false }

  @Test func aDayWithoutFlowsReturnsItsGrowth() {
    let found = answer([("2024-01-01", "100"), ("2024-01-02", "110"), ("2024-01-03", "99")], ["2024-01-01": "100"])
    #expect(near(found.twr, -0.01))  // 1.1 x 0.9 - 1
    #expect(found.gain == -1)
    #expect(found.twrAnnual == .unknown(.tooShort))
    #expect(found.drawdown.map { abs($0.depth - 0.1) < 1e-12 } ?? false)
    #expect(found.drawdown?.peak == day("2024-01-02"))
    #expect(found.drawdown?.trough == day("2024-01-03"))
    #expect(found.drawdown?.recovered == nil)
  }

  @Test(
    arguments: [
      // 100 before; 50 in, 20 out, 143 at the end.
      (FlowTiming.split, 163.0 / 150 - 1 as Double), (.start, 143.0 / 130 - 1), (.end, 113.0 / 100 - 1),
    ] as [(FlowTiming, Double)]) func timing(_ timing: FlowTiming, _ expected: Double)
  {
    var maker = BookMaker()
    maker.event(.deposit, "2024-01-02", "A", "USD", "50")
    maker.event(.withdraw, "2024-01-02", "A", "USD", "20")
    var question = Performance.Question(from: day("2024-01-02"), to: day("2024-01-02"))
    question.timing = timing
    let points = [
      HistoryPoint(day: day("2024-01-01"), value: 100, unpriced: 0), HistoryPoint(day: day("2024-01-02"), value: 143, unpriced: 0),
    ]
    let found = Performance(question, points, ExternalFlows(maker.book, upTo: day("2024-01-02")))
    #expect(near(found.twr, expected))
    #expect(found.startValue == 100)
    #expect(found.netFlows == 30)
    #expect(found.gain == 13)
  }

  @Test func moneyWeightedOverAYearIsTheYearsRate() {
    // 100 in, 110 after exactly 365 days: 10 %.
    let found = answer(
      (0...365).map { ((day("2023-01-01") + $0).description, $0 == 365 ? "110" : "100") }, ["2023-01-01": "100"])
    #expect(found.xirr.value.map { abs($0 - 0.1) < 1e-9 } ?? false)
    #expect(found.xirrRoots.count == 1)
    #expect(found.twrAnnual.value.map { abs($0 - (1.1 as Double).toThe(365.0 / 366) + 1) < 1e-9 } ?? false)
  }

  @Test func allRootsAreListedAndTheNearestZeroCounts() {
    // -100, +230 after a year, -132 after two: (1 - 1.1 v)(1 - 1.2 v) = 0 at v = 1/1.1 and 1/1.2: 10 % and 20 %.
    var values = (0...730).map { ((day("2022-01-01") + $0).description, "0") }
    values[0].1 = "100"
    for index in 1..<365 { values[index].1 = "100" }
    for index in 365..<730 { values[index].1 = "-132" }
    let found = answer(values, ["2022-01-01": "100", "2023-01-01": "-230", "2024-01-01": "132"])
    #expect(found.xirrRoots.map { ($0 * 1e6).rounded() / 1e6 } == [0.1, 0.2])
    #expect(found.xirr.value.map { abs($0 - 0.1) < 1e-9 } ?? false)
  }

  @Test func noSignChangeIsNoSolution() {
    let found = answer([("2024-01-01", "100"), ("2024-01-02", "0")], ["2024-01-01": "100"])
    #expect(found.xirr == .unknown(.oneWay))
    #expect(found.xirrRoots.isEmpty)
  }

  @Test func riskIsOfTheDailyReturns() {
    // Returns 0, 0.1, -0.1, 0: mean 0, squares 0.01 + 0.01, / 3.
    let found = answer(
      [("2024-01-01", "100"), ("2024-01-02", "110"), ("2024-01-03", "99"), ("2024-01-04", "99")], ["2024-01-01": "100"])
    let spread = (0.02 / 3 as Double).squareRoot()
    #expect(found.volatility.value.map { abs($0 - spread * (365 as Double).squareRoot()) < 1e-12 } ?? false)
    #expect(found.sharpe.value.map { abs($0) < 1e-9 } ?? false)
    // Downside over all four days: sqrt(0.01 / 4) = 0.05.
    let risky = answer(
      [("2024-01-01", "100"), ("2024-01-02", "120"), ("2024-01-03", "108"), ("2024-01-04", "108")], ["2024-01-01": "100"])
    #expect(risky.sortino.value.map { abs($0 - (0.1 / 4) / 0.05 * (365 as Double).squareRoot()) < 1e-9 } ?? false)
  }

  @Test func downsideIsOverAllReturnsAndSortinoIsMeanOverIt() {
    // Returns 0, 0.1, -0.2: squares below zero 0.04, / 3; mean -0.1 / 3.
    let found = answer([("2024-01-01", "100"), ("2024-01-02", "110"), ("2024-01-03", "88")], ["2024-01-01": "100"])
    let downside = (0.04 / 3 as Double).squareRoot()
    #expect(found.downsideDeviation.value.map { abs($0 - downside * (365 as Double).squareRoot()) < 1e-12 } ?? false)
    #expect(found.sortino.value.map { abs($0 - -0.1 / 3 / downside * (365 as Double).squareRoot()) < 1e-12 } ?? false)
  }

  @Test func whatFellIsMadeGoodAtTheSameHeightWhateverTheRounding() {
    // 100, 110, 33.33, 70, 110: 33.33 / 110 falls by 0.697, and the chained returns end a hair beside 1.1.
    let prices = ["100", "110", "33.33", "70", "110", "33.33", "110"]
    let found = answer(prices.enumerated().map { ((day("2024-01-01") + $0.offset).description, $0.element) }, ["2024-01-01": "100"])
    #expect(found.drawdown.map { abs($0.depth - 0.697) < 1e-12 } ?? false)
    // Of falls as deep the first counts.
    #expect(found.drawdown?.peak == day("2024-01-02"))
    #expect(found.drawdown?.trough == day("2024-01-03"))
    #expect(found.drawdown?.recovered == day("2024-01-05"))
    // Whatever the prices on the way, the height is reached again.
    for low in ["90", "87.3", "33.33", "71.9", "12.345", "99.99"] {
      let found = answer(
        [("2024-01-01", "110"), ("2024-01-02", low), ("2024-01-03", "95.17"), ("2024-01-04", "110")], ["2024-01-01": "110"])
      #expect(found.drawdown?.recovered == day("2024-01-04"), "\(low)")
    }
  }

  @Test func aPlateauPeaksOnItsLastDay() {
    let found = answer(
      [("2024-01-01", "100"), ("2024-01-02", "110"), ("2024-01-03", "110"), ("2024-01-04", "99"), ("2024-01-05", "99")],
      ["2024-01-01": "100"])
    #expect(found.drawdown?.peak == day("2024-01-03"))
    #expect(found.drawdown?.trough == day("2024-01-04"))
  }

  @Test func riskOfRoundingSizeIsNoRisk() {
    // A fall of 1e-12 of the value, as a rate turned round gives: a Sortino of thousands of millions would be said otherwise.
    let found = answer(
      [("2024-01-01", "100"), ("2024-01-02", "101"), ("2024-01-03", "100.9999999999"), ("2024-01-04", "103")], ["2024-01-01": "100"])
    #expect(found.sortino == .unknown(.onlyRounding))
    let still = answer(
      [("2024-01-01", "100"), ("2024-01-02", "100.0000000001"), ("2024-01-03", "100")], ["2024-01-01": "100"])
    #expect(still.sharpe == .unknown(.onlyRounding))
    let never = answer([("2024-01-01", "100"), ("2024-01-02", "100"), ("2024-01-03", "100")], ["2024-01-01": "100"])
    #expect(never.sharpe == .unknown(.noVariation))
    #expect(never.sortino == .unknown(.noLoss))
  }

  @Test(arguments: [("60", -0.4), ("140", 0.4), ("100", 0), ("1", -0.99), ("100.01", 0.0001)])
  func underAYearTheRateIsWhatTheMoneyMadeFromItsDayOn(_ value: String, _ rate: Double) {
    // 100 paid in, a week later it is worth something else; per year that may be beyond every bound.
    let found = answer(
      (0...7).map { ((day("2024-01-01") + $0).description, $0 == 7 ? value : "100") }, ["2024-01-01": "100"])
    #expect(found.xirr.value.map { abs($0 - rate) < 1e-9 } ?? false, "\(found.xirr)")
  }

  @Test func weekendsFoldIntoMonday() {
    // Friday 5 January 2024 to Tuesday: Saturday 1.1, Sunday 1.1, Monday 1: one return of 0.21.
    let found = answer(
      [("2024-01-05", "100"), ("2024-01-06", "110"), ("2024-01-07", "121"), ("2024-01-08", "121"), ("2024-01-09", "121")],
      ["2024-01-05": "100"]
    ) { $0.calendar = .business }
    // Returns 0, 0.21, 0: mean 0.07, squares 0.0049 + 0.0196 + 0.0049 = 0.0294, / 2.
    #expect(found.volatility.value.map { abs($0 - (0.0147 * 252 as Double).squareRoot()) < 1e-12 } ?? false)
  }

  @Test func aFallBelowTheStartPeaksTheDayBefore() {
    let found = answer(
      [("2024-01-01", "90"), ("2024-01-02", "81"), ("2024-01-03", "100")], ["2024-01-01": "100"])
    #expect(found.drawdown?.peak == day("2023-12-31"))
    #expect(found.drawdown?.trough == day("2024-01-02"))
    #expect(found.drawdown?.recovered == day("2024-01-03"))
  }

  @Test func whatIsAFlowAndWhatIsReturn() {
    var maker = BookMaker()
    maker.asset("X", .crypto, cadence: .monthly)
    maker.quote(.close, "2024-01-01", "X", "10")
    maker.event(.deposit, "2024-01-02", "A", "X", "3")  // 30 at market
    maker.event(.deliveryIn, "2024-01-02", "A", "X", "1", gross: "12", "USD")  // 12 as stated
    maker.event(.giftOut, "2024-01-03", "A", "X", "2")  // 20
    maker.event(.adjust, "2024-01-03", "A", "X", "-1")  // 10 out
    maker.event(.reward, "2024-01-03", "A", "X", "5")  // return
    maker.event(.fee, "2024-01-03", "A", "USD", "7")  // return
    maker.event(.deposit, "2024-01-03", "A", "NOPE", "1")
    let flows = ExternalFlows(maker.book, upTo: day("2024-01-31"))
    #expect(flows.days[day("2024-01-02")]?.inflow == 42)
    #expect(flows.days[day("2024-01-03")]?.outflow == 30)
    #expect(flows.days[day("2024-01-03")]?.inflow == 0)
    #expect(flows.unknown == 1)
  }

  /// 1,000 tokens at 1.00; on the day of a NAV of 1.10 another 1,100 come in and buy at it: 10 % were made before, nothing after.
  @Test func aSubscriptionAtNavEarnsNothingOfTheNavsChange() {
    var maker = BookMaker()
    maker.asset("TKN", .security, currency: "USD")
    for (on, price) in [("2024-01-01", "1"), ("2024-03-31", "1.1")] { maker.quote(.nav, on, "TKN", price) }
    maker.event(.deposit, "2024-01-01", "V", "USD", "1000")
    maker.event(.buy, "2024-01-01", "V", "TKN", "1000", price: "1", "USD")
    maker.event(.deposit, "2024-03-31", "V", "USD", "1100")
    maker.event(.buy, "2024-03-31", "V", "TKN", "1000", price: "1.1", "USD")
    let found = Performance(maker.book, Performance.Question(to: day("2024-06-30")))
    #expect(abs((found.twr.value ?? 0) - 0.10) < 1e-12)
    #expect(found.gain == 100)
  }

}

extension Double {
  fileprivate func toThe(_ power: Double) -> Double {
    // Only for exponents near one: the binomial series converges at once.
    var (term, sum) = (1.0, 1.0)
    for step in 1..<60 {
      term *= (power - Double(step - 1)) / Double(step) * (self - 1)
      sum += term
    }
    return sum
  }
}
