import Amounts
import Engine
import Ledger
import TestSupport
import Testing

/// DESIGN 5: who is entitled, when a payment is short, over or overdue, and what is still expected.
struct IncomeLedgerTests {
  /// A payer held since 2024-01-01 with 100 units, 150 from 2024-03-10 on.
  private func maker(_ assetClass: AssetClass = .security) -> BookMaker {
    var maker = BookMaker()
    maker.asset("X", assetClass, currency: "USD")
    maker.event(.buy, "2024-01-01", "A", "X", "100", gross: "100", "USD")
    maker.event(.buy, "2024-03-10", "A", "X", "50", gross: "50", "USD")
    return maker
  }

  private func receipt(_ book: Book, _ pay: String, _ gross: String, kind: EventKind = .dividend, account: Int32 = 1) -> Receipt {
    Receipt(
      asset: AssetID(2), account: AccountID(account), kind: kind, subtype: nil, time: Instant(day: day(pay), second: 3600), entitled: nil,
      gross: .known(Money(number(gross), book.settings.base)), tax: .zero, fee: .zero, grossBase: .known(number(gross)),
      taxBase: .known(.zero), feeBase: .known(.zero), event: EventID(9))
  }

  private func ledger(_ book: Book, _ receipts: [Receipt] = [], asOf: String) -> IncomeLedger {
    var booking = Booking(base: book.settings.base)
    booking.receipts = Receipts(receipts)
    return IncomeLedger(book, booking, asOf: day(asOf))
  }

  @Test(arguments: [
    ("2024-03-09", nil, AssetClass.security, "100"), ("2024-03-10", nil, .security, "150"),
    // A token settles at once, so the record day counts; a stock is bought too late on the ex-date.
    ("2024-03-12", "2024-03-10", .security, "150"), ("2024-03-12", "2024-03-10", .stock, "100"),
    ("2024-03-12", "2024-03-11", .stock, "150"),
    ("2024-03-12", "2024-03-10", .fund, "100"),
  ]) func entitlement(_ record: String, _ ex: String?, _ assetClass: AssetClass, _ units: String) {
    var maker = maker(assetClass)
    maker.distribution("X", "dividend", record: record, pay: "2024-03-20", "0.5") { $0.ex = ex.flatMap { Day($0) } }
    let payment = ledger(maker.book, asOf: "2024-03-21").payments.first
    #expect(payment?.entitled == .known(number(units)))
    #expect(payment?.status == .declared)
  }

  // MARK: Portfolios

  /// 100 in one portfolio and 40 in another, of which 10 are traded before the record day and settle after it.
  private func twoPortfolios(_ assetClass: AssetClass) -> BookMaker {
    var maker = BookMaker()
    maker.asset("X", assetClass, currency: "USD")
    maker.assign("Here", to: "Own")
    maker.assign("There", to: "Child")
    maker.event(.buy, "2024-01-01", "Here", "X", "100", gross: "100", "USD")
    maker.event(.buy, "2024-01-01", "There", "X", "30", gross: "30", "USD")
    maker.event(.buy, "2024-02-28", "There", "X", "10", gross: "10", "USD", edit: extra { $0.settleDate = day("2024-03-03") })
    maker.distribution("X", "dividend", record: "2024-02-29", pay: "2024-03-10", "1")
    return maker
  }

  private func payments(_ book: Book, _ portfolios: [String], asOf: String) -> [IncomeLedger.Payment] {
    let book = portfolios.isEmpty ? book : book.viewing(portfolios)
    return IncomeLedger(book, book.booked(asOf: day(asOf)), asOf: day(asOf)).payments
  }

  @Test(arguments: [
    (AssetClass.security, ["Own"], "100"), (.security, ["Child"], "40"), (.security, ["Child", "Own"], "140"), (.security, [], "140"),
    (.stock, ["Own"], "100"), (.stock, ["Child"], "30"), (.stock, [], "130"),
  ]) func aPortfolioIsEntitledToWhatItHoldsAtTheRecordDay(_ assetClass: AssetClass, _ view: [String], _ units: String) {
    let found = payments(twoPortfolios(assetClass).book, view, asOf: "2024-03-05")
    #expect(found.map(\.entitled) == [.known(number(units))])
  }

  @Test func whatAnotherPortfolioHasReceivedIsNotOverdueHere() {
    var maker = twoPortfolios(.security)
    let there = maker.account("There")
    maker.event(.transfer, "2024-03-05", "Here", "X", "100") { $0.toAccount = there }
    func statuses(_ view: [String], _ book: Book) -> [IncomeStatus] { payments(book, view, asOf: "2024-04-01").map(\.status) }
    #expect(statuses(["Own"], maker.book) == [.overdue] && statuses(["Child"], maker.book) == [.overdue])
    // All 140 are paid where the tokens are by then: nothing is missing, and nothing is too much.
    maker.event(.dividend, "2024-03-10", "There", "X", gross: "140", "USD")
    #expect(statuses([], maker.book) == [.received])
    #expect(statuses(["Own"], maker.book) == [.received] && statuses(["Child"], maker.book) == [.received])
  }

  @Test func dailyAccrualAddsUpTheDays() {
    var maker = maker()
    maker.distribution("X", "interest", record: nil, pay: "2024-03-20", "0.01") {
      ($0.isDaily, $0.from, $0.to) = (true, day("2024-03-08"), day("2024-03-12"))
    }
    let payment = ledger(maker.book, asOf: "2024-03-21").payments.first
    #expect(payment?.entitled == .known(650))  // 100 + 100 + 150 + 150 + 150
    #expect(payment?.expected.value?.amount == number("6.5"))
  }

  @Test(arguments: [
    ("50", IncomeStatus.received), ("49.75", .received), ("49.74", .shortPaid), ("50.25", .received), ("50.26", .overPaid),
  ]) func toleranceIsHalfAPercentOrACent(_ gross: String, _ status: IncomeStatus) {
    var maker = maker()
    maker.distribution("X", "dividend", record: "2024-02-29", pay: "2024-03-01", "0.5")  // 100 x 0.5 = 50; 0.5 % = 0.25
    let book = maker.book
    #expect(ledger(book, [receipt(book, "2024-03-02", gross)], asOf: "2024-03-21").payments.first?.status == status)
  }

  @Test func aCentIsToleratedOnSmallPayments() {
    var maker = maker()
    maker.distribution("X", "dividend", record: "2024-02-29", pay: "2024-03-01", "0.001")  // 0.10
    let book = maker.book
    #expect(ledger(book, [receipt(book, "2024-03-01", "0.09")], asOf: "2024-03-21").payments.first?.status == .received)
    #expect(ledger(book, [receipt(book, "2024-03-01", "0.08")], asOf: "2024-03-21").payments.first?.status == .shortPaid)
  }

  @Test func paymentsOfSeveralAccountsAreOne() {
    var maker = maker()
    maker.distribution("X", "dividend", record: "2024-02-29", pay: "2024-03-01", "0.5")
    let book = maker.book
    let payment = ledger(book, [receipt(book, "2024-03-01", "30"), receipt(book, "2024-03-04", "20", account: 2)], asOf: "2024-03-21")
      .payments.first
    #expect(payment?.receipts == [0, 1])
    #expect(payment?.received.value?.amount == 50)
    #expect(payment?.status == .received)
  }

  @Test func aReceiptGoesToTheLatestPaymentBeforeIt() {
    var maker = maker()
    maker.distribution("X", "dividend", record: "2024-01-31", pay: "2024-02-01", "0.5")
    maker.distribution("X", "dividend", record: "2024-02-29", pay: "2024-03-01", "0.5")
    let book = maker.book
    let found = ledger(
      book, [receipt(book, "2024-02-03", "50"), receipt(book, "2024-02-28", "50"), receipt(book, "2023-12-01", "1")], asOf: "2024-03-21")
    #expect(found.payments.prefix(2).map(\.receipts) == [[0], [1]])  // two days early is still this one
    #expect(found.others == [2])
  }

  @Test func whatIsNotYetDeclaredIsNotKnown() {
    var maker = maker()
    maker.distribution("X", "dividend", record: "2024-04-30", pay: "2024-05-01", "0.5") { $0.declared = day("2024-04-02") }
    #expect(ledger(maker.book, asOf: "2024-04-01").payments.isEmpty)
    #expect(ledger(maker.book, asOf: "2024-04-02").payments.count == 1)
  }

  @Test func returnedCapitalIsMatchedThoughItIsNoIncome() {
    var maker = maker()
    maker.distribution("X", "return of capital", record: "2024-02-29", pay: "2024-03-01", "0.5")
    maker.event(.returnOfCapital, "2024-03-11", "A", "X", "100", gross: "50", "USD")
    let book = maker.book
    let found = IncomeLedger(book, book.booked(asOf: day("2024-03-21")), asOf: day("2024-03-21"))
    #expect(found.payments.first?.status == .received)
    #expect(found.others.isEmpty)  // and it is not listed a second time
  }

  @Test func threeEqualStepsAreExpectedAgain() {
    var maker = maker()
    for month in ["2024-01", "2024-02", "2024-03"] {
      maker.distribution("X", "rent", record: month + "-01", pay: month + "-05", "0.5")
    }
    let estimates = ledger(maker.book, asOf: "2024-03-21").payments.filter { $0.status == .estimated }
    #expect(estimates.count == 12)
    #expect(estimates.first?.distribution.pay == day("2024-04-05"))
    #expect(estimates.last?.distribution.pay == day("2025-03-05"))
    #expect(estimates.first?.expected.value?.amount == 75)  // 150 x 0.5
  }

  @Test func aDeclarationReplacesTheEstimateOfItsMonth() {
    var maker = maker()
    maker.plan(.policy, "X", ["frequency": "quarterly", "day": "15", "amount_per_token": "0.2", "currency": "USD", "from": "2024-01-15"])
    maker.distribution("X", "dividend", record: "2024-04-10", pay: "2024-04-18", "0.25")
    let payments = ledger(maker.book, asOf: "2024-03-21").payments
    #expect(payments.map(\.status) == [.declared, .estimated, .estimated, .estimated])
    #expect(payments.map { $0.distribution.pay?.description ?? "" } == ["2024-04-18", "2024-07-15", "2024-10-15", "2025-01-15"])
  }

  @Test func nothingIsExpectedOfWhatIsSold() {
    var maker = maker()
    maker.plan(.policy, "X", ["frequency": "monthly", "amount_per_token": "0.2", "currency": "USD"])
    maker.event(.sell, "2024-03-15", "A", "X", "150", gross: "150", "USD")
    #expect(ledger(maker.book, asOf: "2024-03-21").payments.isEmpty)
  }
}
