import Amounts
import Engine
import Ledger
import TestSupport
import Testing

/// What is expected in the twelve months after 2026-11-20: by policy, by the terms of a debt, by what repeated itself.
struct EstimateTests {
  private static let today = "2026-11-20"

  private func maker(_ units: String = "1000", attributes: [AssetAttribute: String] = [:]) -> BookMaker {
    var maker = BookMaker()
    maker.asset("T", .security, currency: "USD", attributes)
    maker.event(.buy, "2026-01-05", "A", "T", units, gross: units, "USD")
    return maker
  }

  private func expected(_ maker: BookMaker) -> [Decimal] {
    let book = maker.book
    let ledger = IncomeLedger(book, book.booked(asOf: day(EstimateTests.today)), asOf: day(EstimateTests.today))
    return ledger.payments.filter { $0.status == .estimated }.compactMap { $0.expected.value?.amount }
  }

  private func sum(_ amounts: [Decimal]) throws -> Decimal { try amounts.reduce(.zero) { try $0.adding($1) } }

  @Test(arguments: [
    // frequency, day, basis, amount, units; payments and their sum by hand
    ("monthly", "3", "daily", "0.00012", "25000", 12, "1095"),  // 25,000 x 0.00012 x 365 days
    ("weekly", "1", "record", "0.158", "10", 52, "82.16"),  // Mondays 2026-11-23 ... 2027-11-15: 52 x 1.58
    ("biweekly", "5", "record", "1", "10", 26, "260"),
    ("monthly", "31", "record", "0.01", "1000", 12, "120"),
    ("quarterly", "1", "record", "0.03", "1000", 4, "120"),
    ("semiannual", "1", "record", "0.5", "10", 2, "10"),
    ("yearly", "1", "record", "1", "7", 1, "7"),
    ("daily", "1", "record", "0.001", "1000", 365, "365"),
  ]) func aPolicyIsFollowedForAYear(
    _ frequency: String, _ on: String, _ basis: String, _ amount: String, _ units: String, _ count: Int, _ whole: String
  ) throws {
    var maker = maker(units)
    maker.plan(
      .policy, "T",
      ["frequency": frequency, "day": on, "basis": basis, "amount_per_token": amount, "currency": "USD", "from": "2026-01-05"])
    let found = expected(maker)
    #expect(found.count == count)
    #expect(try sum(found) == number(whole))
  }

  @Test func eachPolicyHoldsUntilTheNext() throws {
    var maker = maker()
    let cells = ["frequency": "monthly", "day": "1", "currency": "USD"]
    maker.plan(.policy, "T", cells.merging(["amount_per_token": "0.02", "from": "2027-03-01"]) { $1 })
    maker.plan(.policy, "T", cells.merging(["amount_per_token": "0.01", "from": "2026-01-31"]) { $1 })
    maker.plan(.policy, "T", cells.merging(["amount_per_token": "0.05", "from": "2027-08-15"]) { $1 })
    // December to February 3 x 10, March to August 6 x 20, September to November 3 x 50.
    #expect(try sum(expected(maker)) == 300)
  }

  @Test func anAmountIsInUnitsOfThePolicysDay() throws {
    var maker = maker("100")
    maker.plan(
      .policy, "T", ["frequency": "monthly", "day": "1", "amount_per_token": "0.10", "currency": "USD", "from": "2026-01-10"])
    maker.event(.split, "2026-02-01", nil, "T", edit: extra { $0.ratio = Ratio("2:1") })
    maker.split("2026-02-01", "T", "2:1")
    // 100 tokens of then are 200 of now, each at half: 100 x 0.10 x 12.
    #expect(try sum(expected(maker)) == 120)
  }

  @Test func nothingIsPaidAfterMaturity() {
    var maker = maker(attributes: [.maturity: "2027-02-15"])
    maker.plan(.policy, "T", ["frequency": "monthly", "day": "1", "amount_per_token": "0.01", "currency": "USD", "from": "2026-01-10"])
    #expect(expected(maker) == [10, 10, 10])  // December, January, February
  }

  @Test func aShareOfWhatIsNotStatedIsNamed() {
    var maker = maker()
    maker.plan(.policy, "T", ["frequency": "monthly", "share_of_income": "0.9", "currency": "USD"])
    let book = maker.book
    let ledger = IncomeLedger(book, book.booked(asOf: day(EstimateTests.today)), asOf: day(EstimateTests.today))
    #expect(ledger.payments.isEmpty && ledger.unstated.count == 1)
  }

  @Test func aDebtPaysItsCouponsUpToMaturity() throws {
    let terms: [AssetAttribute: String] = [.face: "100", .coupon: "0.065", .maturity: "2027-09-15", .distributionPolicy: "semiannual"]
    // 100 x 6.5 % / 2 = 3.25 a token on 2027-03-15 and 2027-09-15, 10 tokens.
    #expect(expected(maker("10", attributes: terms)) == [number("32.5"), number("32.5")])
    #expect(try sum(expected(maker("10", attributes: terms.merging([.coupon: "6.5%"]) { $1 }))) == 65)
  }

  @Test(arguments: [
    (["2026-06-01", "2026-07-01", "2026-08-01", "2026-09-01", "2026-10-01", "2026-11-01"], 12),
    (["2026-05-15", "2026-08-15", "2026-11-15"], 4),
    (["2026-11-02", "2026-11-09", "2026-11-16"], 52),
    // Two are no habit; and what stopped in spring is not expected any more.
    (["2026-10-01", "2026-11-01"], 0), (["2026-02-01", "2026-03-01", "2026-04-01"], 0),
    // Irregular days keep to no step.
    (["2026-06-01", "2026-07-20", "2026-11-01"], 0),
  ]) func receiptsThatRepeatedThemselvesGoOn(_ days: [String], _ count: Int) {
    var maker = maker()
    for pay in days { maker.event(.dividend, pay, "A", "T", gross: "10", "USD") }
    #expect(expected(maker) == Array(repeating: 10, count: count))
  }

  @Test func receiptsOfSeveralAccountsAreOnePayment() {
    var maker = maker("600")
    maker.event(.buy, "2026-01-05", "B", "T", "400", gross: "400", "USD")
    for pay in ["2026-09-01", "2026-10-01", "2026-11-01"] {
      maker.event(.dividend, pay, "A", "T", gross: "6", "USD")
      maker.event(.dividend, pay, "B", "T", gross: "4", "USD")
    }
    #expect(expected(maker) == Array(repeating: 10, count: 12))
  }
}
