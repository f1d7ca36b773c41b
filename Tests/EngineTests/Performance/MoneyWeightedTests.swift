import Amounts
import Ledger
import TestSupport
import Testing

@testable import Engine

/// Rates that make dated flows worth nothing, worked by hand with v = 1 / (1 + rate) on whole years.
struct MoneyWeightedTests {
  private func near(_ found: [Double], _ wanted: [Double], _ limit: Double = 1e-9) -> Bool {
    found.count == wanted.count && zip(found, wanted).allSatisfy { abs($0 - $1) < limit }
  }

  @Test(
    arguments: [
      // -100 (1 - 1.25 v)
      ([(0, -100), (365, 125)], [0.25]),
      // -100 (1 - 0.05 v): nearly all is lost.
      ([(0, -100), (365, 5)], [-0.95]),
      // -1 (1 - 500 v): 49,900 %.
      ([(0, -1), (365, 500)], [499]),
      // -100 (1 - 1.1 v)(1 - 1.12 v) = -100 + 222 v - 123.2 v^2: two that are close.
      ([(0, -100), (365, 222), (730, -123.2)], [0.1, 0.12]),
      // -100 (1 - 1.1 v)(1 - 1.102 v) = -100 + 220.2 v - 121.22 v^2: closer than the scan's steps.
      ([(0, -100), (365, 220.2), (730, -121.22)], [0.1, 0.102]),
      // -1000 (1 - 1.1 v)(1 - 1.2 v)(1 - 1.3 v) = -1000 + 3600 v - 4310 v^2 + 1716 v^3
      ([(0, -1000), (365, 3600), (730, -4310), (1095, 1716)], [0.1, 0.2, 0.3]),
    ] as [([(days: Double, amount: Double)], [Double])])
  func everyRootIsFound(_ flows: [(days: Double, amount: Double)], _ wanted: [Double]) {
    #expect(near(MoneyWeighted.roots(of: flows), wanted), "\(MoneyWeighted.roots(of: flows))")
  }

  @Test(arguments: [
    // 110 / 1.1 - 100
    (0.1, 0.0),
    // 110 / 0.05 - 100: at a loss of 95 % a year what comes in a year is worth twenty times as much now.
    (-0.95, 2100.0),
  ]) func flowsAreWorthTheirSumDiscountedToTheFirst(_ rate: Double, _ worth: Double) {
    #expect(abs(PresentValue.of([(0, -100), (365, 110)], at: rate) - worth) < 1e-9)
  }

  @Test func nearlyEverythingLostIsStillARate() {
    // -100 (1 - 0.0000001 v): 0.00001 comes back for 100.
    #expect(near(MoneyWeighted.roots(of: [(0, -100), (365, 0.00001)]), [-0.9999999], 1e-12))
  }

  @Test func aRateIsFoundAsCloseToNothingLeftAsADoubleTells() {
    // -100 (1 - v^0.1 / 10): a tenth after a tenth of a year, 1 - 1e-10 in a whole one.
    #expect(near(MoneyWeighted.roots(of: [(0, -100), (36.5, 10)]), [-1 + 1e-10], 1e-14))
  }

  @Test func aRateThatIsOnlyTouchedIsOneRoot() {
    // -100 (1 - 1.1 v)^2 = -100 + 220 v - 121 v^2; a touched zero is as sharp as the square root of a double's precision.
    #expect(near(MoneyWeighted.roots(of: [(0, -100), (365, 220), (730, -121)]), [0.1], 1e-6))
  }

  @Test func aWorthThatComesNearZeroAndTurnsIsNoRoot() {
    // -100 + 220 v - 121.5 v^2 has no real root: 220^2 - 4 x 100 x 121.5 = -200.
    #expect(MoneyWeighted.roots(of: [(0, -100), (365, 220), (730, -121.5)]).isEmpty)
  }

  /// Whatever the flows: what is found solves the equation, and where the worth changes its sign something is found.
  @Test func rootsSolveTheEquationAndNoneIsMissing() throws {
    try withSeeds(300) { random in
      var day = 0
      let flows = (0..<random.int(2...12)).map { _ in
        defer { day += random.int(1...400) }
        return (days: Double(day), amount: Double(random.int(-1000...1000)))
      }
      let found = MoneyWeighted.roots(of: flows)
      for root in found {
        let size = flows.reduce(0) { $0 + abs(PresentValue.of([$1], at: root)) }
        // Beside -1 doubles stand far apart, measured by what is left: there the solution lies between the neighbours of the rate.
        let isBetween = (PresentValue.of(flows, at: root.nextDown) < 0) != (PresentValue.of(flows, at: root.nextUp) < 0)
        try law(abs(PresentValue.of(flows, at: root)) <= size * 1e-9 || isBetween, "\(root) does not solve \(flows)")
      }
      // From -99.9 % to 99,900 % in steps of 2 % of what is left.
      var low = 0.001
      while low < 1000 {
        let high = low * 1.02
        let changes = (PresentValue.of(flows, at: low - 1) < 0) != (PresentValue.of(flows, at: high - 1) < 0)
        if changes, !found.contains(where: { $0 + 1 >= low * 0.999999 && $0 + 1 <= high * 1.000001 }) {
          throw LawBroken("no root between \(low - 1) and \(high - 1) of \(flows): \(found)")
        }
        low = high
      }
    }
  }

  @Test func aGainAndALossOfOneInvestmentAreBothFound() {
    // -100 (1 - 1.5 v)(1 - 0.8 v) = -100 + 230 v - 120 v^2: one rate above zero, one below.
    #expect(near(MoneyWeighted.roots(of: [(0, -100), (365, 230), (730, -120)]), [-0.2, 0.5]))
  }

  @Test func flowsOfOneDayAreNetted() {
    // Any rate would do, so none is the answer.
    #expect(MoneyWeighted.roots(of: [(0, -100), (0, 100)]).isEmpty)
    #expect(MoneyWeighted.roots(of: [(0, -100), (0, 130)]).isEmpty)
    // -100, and after a year -50 and +160 at once: 10 %.
    #expect(near(MoneyWeighted.roots(of: [(0, -100), (365, -50), (365, 160)]), [0.1]))
  }

  @Test func moneyOfTheSameDayHasNoRate() {
    var maker = BookMaker()
    maker.event(.deposit, "2024-01-01", "A", "USD", "100")
    let question = Performance.Question(to: day("2024-01-01"))
    let found = Performance(
      question, [HistoryPoint(day: day("2024-01-01"), value: 100, unpriced: 0)], ExternalFlows(maker.book, upTo: question.to))
    #expect(found.xirrRoots.isEmpty)
    #expect(found.xirr == .unknown(.oneWay))
  }

  // MARK: A year's rate

  private func longer(_ values: (Int) -> Decimal) -> Performance {
    var maker = BookMaker()
    maker.event(.deposit, "2022-01-01", "A", "USD", "100")
    let points = (0..<400).map { HistoryPoint(day: day("2022-01-01") + $0, value: values($0), unpriced: 0) }
    let question = Performance.Question(to: day("2022-01-01") + 399)
    return Performance(question, points, ExternalFlows(maker.book, upTo: question.to))
  }

  @Test func whoOwesMoreThanHeHasHasNoYearlyRateAndNotForWantOfHistory() {
    // 100 in, 50 owed from the second day on: -50 / 100 - 1 = -150 %, and no real 365 / 400th power of -0.5.
    let found = longer { $0 == 0 ? 100 : -50 }
    #expect(found.twr == .known(-1.5))
    #expect(found.twrAnnual == .unknown(.noSolution))
    #expect(found.calmar == .unknown(.noSolution))
  }

  @Test func whoLosesEverythingLosesItInAYearToo() {
    // (1 - 1)^(365 / 400) - 1 = -100 %, and the deepest fall is all of it.
    let found = longer { $0 < 10 ? 100 : 0 }
    #expect(found.twr == .known(-1))
    #expect(found.twrAnnual == .known(-1))
    #expect(found.calmar == .known(-1))
  }

  @Test func whatNeverFallsHasNoCalmar() {
    let found = longer { _ in 100 }
    #expect(found.twrAnnual == .known(0))
    #expect(found.calmar == .unknown(.noLoss))
  }
}
