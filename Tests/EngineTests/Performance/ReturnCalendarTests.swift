import Amounts
import TestSupport
import Testing

@testable import Engine

/// Which returns are counted on which calendar, and what deviates from them.
struct ReturnCalendarTests {
  /// A day with a return and nothing else.
  private func days(from first: String, _ rates: [Double?]) -> [ReturnDay] {
    rates.enumerated().map { place, rate in
      ReturnDay(day: day(first) + place, value: .zero, inflow: .zero, outflow: .zero, rate: rate, unpriced: 0, atTrade: 0)
    }
  }

  private func near(_ found: [Double], _ wanted: [Double]) -> Bool {
    found.count == wanted.count && zip(found, wanted).allSatisfy { abs($0 - $1) < 1e-12 }
  }

  @Test func weeksEndOnSundayAndOnlyWholeOnesCount() {
    // Saturday 6 January 2024 on: the rest of a week is left out, then 1.1 x 1.2 - 1, then four days that are no week.
    let found = ReturnCalendar.weekly.rates(of: days(from: "2024-01-06", [0.5, 0.5, 0.1, 0, 0, 0, 0, 0, 0.2, 0.9, 0, 0, 0]))
    #expect(near(found, [0.32]))
  }

  @Test func aSpanThatBeginsOnMondayBeginsWithAWholeWeek() {
    let found = ReturnCalendar.weekly.rates(of: days(from: "2024-01-08", [0.1, nil, 0, 0, 0, 0, -0.5, 0, 0, 0, 0, 0, 0, 0.25]))
    // 1.1 x 0.5 - 1; a day without a return counts as none.
    #expect(near(found, [-0.45, 0.25]))
  }

  @Test func monthsAreThoseOfTheCalendar() {
    // 31 January to 31 March 2024: the one day of January is no month; February has 29 days.
    var rates = [Double?](repeating: 0, count: 61)
    (rates[0], rates[1], rates[29], rates[30], rates[60]) = (0.9, 0.1, 0.1, 0.2, 0.5)
    // 1.1 x 1.1 - 1, then 1.2 x 1.5 - 1.
    #expect(near(ReturnCalendar.monthly.rates(of: days(from: "2024-01-31", rates)), [0.21, 0.8]))
  }

  @Test func aYearHasSoManyPeriods() {
    #expect(ReturnCalendar.allCases.map(\.periods) == [365, 252, 52, 12])
  }
}
