import Amounts
import Engine
import Ledger
import Reports
import TestSupport
import Testing

/// One disposal with the lots it took.
struct DisposalReportTests {
  private func maker() -> BookMaker {
    var maker = BookMaker()
    maker.event(.buy, "2022-01-03", "Desk", "ABC", "10", price: "100", "USD")
    maker.event(.buy, "2023-01-03", "Desk", "ABC", "10", price: "150", "USD")
    maker.event(.sell, "2023-06-01", "Desk", "ABC", "12", price: "200", "USD")
    return maker
  }

  @Test func itNamesTheLotsWithTheDaysTheyWereHeld() throws {
    let report = try #require(DisposalReport(maker().book, of: EventID(3), asOf: day("2023-12-31")))
    #expect(report.rows.map(\.lotEvent) == [EventID(1), EventID(2)])
    // From 3 January 2022 to 1 June 2023: 365 + 149 days.
    #expect(report.rows.map(\.daysHeld) == [514, 149])
    #expect(report.rows.map(\.quantity) == [10, 2])
    #expect(report.figures.gain == 1100)
    #expect(report.figures.long == 1000)
    #expect(report.rule.method == .fifo)
    #expect(report.closedYear == nil)
  }

  @Test func whatDisposesOfNothingHasNone() {
    #expect(DisposalReport(maker().book, of: EventID(1), asOf: day("2023-12-31"))?.rows == nil)
    // The sale had not come yet.
    #expect(DisposalReport(maker().book, of: EventID(3), asOf: day("2023-05-31"))?.rows == nil)
  }
}
