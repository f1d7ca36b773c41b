import Amounts
import Engine
import Ledger
import TestSupport
import Testing

/// Which receipt belongs to which distribution: amounts decide before days.
struct MatchingTests {
  /// 1,000 tokens; 0.01 per token declared on each pay date, unless another amount is given.
  private func maker(_ pays: [(pay: String, perToken: String)], currency: String = "USD") -> BookMaker {
    var maker = BookMaker()
    maker.asset("T", .security, currency: "USD")
    maker.event(.buy, "2026-01-05", "A", "T", "1000", gross: "1000", "USD")
    for (pay, perToken) in pays { maker.distribution("T", "rent", record: (day(pay) - 1).description, pay: pay, perToken, currency) }
    return maker
  }

  private func payments(_ maker: BookMaker, asOf: String = "2026-11-20") -> [IncomeLedger.Payment] {
    let book = maker.book
    return IncomeLedger(book, book.booked(asOf: day(asOf)), asOf: day(asOf)).payments.filter { $0.status != .estimated }
  }

  private let autumn = [("2026-09-01", "0.01"), ("2026-10-01", "0.01"), ("2026-11-01", "0.01")]

  @Test func aPaymentMonthsLateIsStillThatPayment() {
    var maker = maker(autumn)
    for pay in ["2026-10-01", "2026-11-01", "2026-11-15"] { maker.event(.dividend, pay, "A", "T", gross: "10", "USD") }
    #expect(payments(maker).map(\.status) == [.received, .received, .received])
    #expect(payments(maker).map(\.receipts) == [[2], [0], [1]])  // September came on 15 November
  }

  @Test func anEarlyPaymentIsNotTheLastMonths() {
    var maker = maker([("2026-09-01", "0.01"), ("2026-10-01", "0.02")])
    maker.event(.dividend, "2026-09-25", "A", "T", gross: "20", "USD")
    #expect(payments(maker).map(\.status) == [.overdue, .received])
  }

  @Test func amountsTellTwoPaymentsOfOneDayApart() {
    var maker = maker([("2026-09-01", "0.01"), ("2026-09-01", "0.25")])
    maker.event(.dividend, "2026-09-02", "A", "T", gross: "250", "USD")
    maker.event(.dividend, "2026-09-02", "A", "T", gross: "10", "USD")
    #expect(payments(maker).map(\.receipts) == [[1], [0]])
    #expect(payments(maker).map(\.status) == [.received, .received])
  }

  @Test func severalReceiptsMayPayOne() {
    var maker = maker([("2026-09-01", "0.01"), ("2026-10-01", "0.01")])
    for (pay, gross) in [("2026-09-01", "7"), ("2026-09-20", "3"), ("2026-10-01", "10")] {
      maker.event(.dividend, pay, "A", "T", gross: gross, "USD")
    }
    #expect(payments(maker).map(\.receipts) == [[0, 1], [2]])
    #expect(payments(maker).map(\.status) == [.received, .received])
  }

  @Test func oneReceiptMayPaySeveral() {
    var maker = maker([("2026-08-01", "0.01"), ("2026-09-01", "0.02"), ("2026-10-01", "0.01")])
    maker.event(.dividend, "2026-08-01", "A", "T", gross: "10", "USD")
    maker.event(.dividend, "2026-10-02", "A", "T", gross: "30", "USD")
    let found = payments(maker)
    #expect(found.map(\.status) == [.received, .received, .received])
    #expect(found.map(\.received.value?.amount) == [10, 20, 10])  // 30 is 20 for September and 10 for October
  }

  @Test func lessThanDeclaredIsShortAndNotALatePaymentOfAnother() {
    var maker = maker([("2026-04-01", "0.01"), ("2026-08-01", "0.02")])
    maker.event(.dividend, "2026-08-01", "A", "T", gross: "10", "USD")
    #expect(payments(maker).map(\.status) == [.overdue, .shortPaid])
  }

  @Test(arguments: [("16.5", IncomeStatus.received), ("16.4", .received), ("12", .shortPaid), ("20", .overPaid)])
  func anotherCurrencyCountsAtTheRateOfItsDay(_ gross: String, _ status: IncomeStatus) {
    var maker = maker([("2026-05-01", "0.015")], currency: "EUR")
    maker.quote(.fx, "2026-05-01", "EUR", "1.1")
    maker.event(.dividend, "2026-05-01", "A", "T", gross: gross, "USD")  // 15 EUR are 16.50 USD
    #expect(payments(maker).map(\.status) == [status])
  }

  @Test func aStablecoinCountsAsItsPeg() {
    var maker = maker([("2026-05-01", "0.01")])
    let coin = maker.asset("USDX", .stablecoin, currency: "USD")
    maker.peg(coin, to: "USD")
    maker.event(.dividend, "2026-05-02", "A", "T", gross: "10", "USDX")
    #expect(payments(maker).map(\.status) == [.received])
  }

  @Test func aPlainReceiptOfTheInterestsAmountIsTheInterest() {
    var maker = maker([("2026-05-01", "0.3")])
    maker.distribution("T", "interest", record: "2026-04-30", pay: "2026-05-01", "0.5")
    maker.event(.dividend, "2026-05-02", "A", "T", gross: "500", "USD")
    #expect(payments(maker).map { "\($0.distribution.kind) \($0.status)" } == ["rent overdue", "interest received"])
  }

  @Test func whatIsFarFromEverythingDeclaredStaysApart() {
    var maker = maker([("2026-03-01", "0.01")])
    maker.event(.dividend, "2026-10-20", "A", "T", gross: "10", "USD")
    #expect(payments(maker).map(\.status) == [.overdue])
  }
}
