import Amounts
import Engine
import Ledger
import TestSupport
import Testing

/// Hand-worked cases of rules that begin on a day or belong to a portfolio.
struct LotRuleTests {
  /// 10 at 100, 10 at 130, 10 at 110 on January 2nd to 4th; 5 are sold at 120 on the 5th, and 10 on the 8th.
  private func twoSales() -> BookMaker {
    var maker = BookMaker()
    for (day, price) in [("2024-01-02", "100"), ("2024-01-03", "130"), ("2024-01-04", "110")] {
      maker.event(.buy, day, "Wallet", "ABC", "10", price: price, "USD")
    }
    maker.event(.sell, "2024-01-05", "Wallet", "ABC", "5", price: "120", "USD")
    maker.event(.sell, "2024-01-08", "Wallet", "ABC", "10", price: "120", "USD")
    return maker
  }

  private func gains(_ maker: BookMaker) -> [Decimal?] { maker.book.booked(pieces: true).pieces.map { $0.gain.value?.amount } }
  private func numbers(_ texts: String...) -> [Decimal?] { texts.map { number($0) } }
  private func costs(_ maker: BookMaker) -> [Decimal?] { maker.book.booked().lots.map { $0.cost.value?.amount } }

  @Test(arguments: [
    // 5 x (120 - 100), FIFO until the 8th. Left: 5 at 100, 10 at 130, 10 at 110.
    (LotMethod.lifo, ["100", "100"], ["500", "1300"]),  // 10 x (120 - 110)
    (.hifo, ["100", "-100"], ["500", "1100"]),  // 10 x (120 - 130)
    (.lofo, ["100", "100", "50"], ["1300", "550"]),  // 5 x (120 - 100), 5 x (120 - 110)
  ]) func disposalsFromTheDayOnFollowTheNewOrder(_ method: LotMethod, _ wanted: [String], _ left: [String]) {
    var maker = twoSales()
    maker.rule(from: "2024-01-08", method)
    #expect(gains(maker) == wanted.map { number($0) })
    #expect(costs(maker) == left.map { number($0) })
  }

  @Test func theDayItselfBelongsToTheNewRuleAndTheDayBeforeToTheOld() {
    var (late, early) = (twoSales(), twoSales())
    late.rule(from: "2024-01-09", .lifo)
    early.rule(from: "2024-01-05", .lifo)
    #expect(gains(late) == gains(twoSales()))
    // 5 x (120 - 110); then 5 x (120 - 110) and 5 x (120 - 130).
    #expect(gains(early) == numbers("50", "50", "-50"))
  }

  @Test func intoAverageWhatIsOpenIsPooled() {
    var maker = twoSales()
    maker.rule(from: "2024-01-08", .average)
    // 500 + 1300 + 1100 = 2900 for 25 units, 116 each: two parts of 5, each 5 x (120 - 116).
    #expect(gains(maker) == numbers("100", "20", "20"))
    // 15 at 116: 5 of January 3rd, 10 of January 4th.
    #expect(costs(maker) == numbers("580", "1160"))
  }

  @Test func onTheDayOfTheSwitchLotsAlreadyCostTheAverageThoughNothingHappened() {
    var maker = twoSales()
    maker.rule(from: "2024-01-06", .average)
    let before = maker.book.booked(asOf: day("2024-01-05")).lots.map(\.cost.value?.amount)
    let after = maker.book.booked(asOf: day("2024-01-06")).lots.map(\.cost.value?.amount)
    #expect(before == numbers("500", "1300", "1100"))
    #expect(after == numbers("580", "1160", "1160"))
  }

  @Test func outOfAverageEveryLotCostsItsShareOfItAndKeepsItsDate() {
    var maker = twoSales()
    maker.settings { $0.method = .average }
    maker.rule(from: "2024-01-08", .lifo)
    maker.event(.buy, "2024-01-09", "Wallet", "ABC", "5", price: "150", "USD")
    maker.event(.sell, "2024-01-10", "Wallet", "ABC", "10", price: "120", "USD")
    // 3400 for 30, 113.333... each. 5 x 6.666...; the 10 of January 4th x 6.666...; then 5 x (120 - 150) and 5 of January 3rd x 6.666...
    let pieces = maker.book.booked(pieces: true).pieces
    #expect(pieces.map { $0.acquired?.dayUTC } == ["2024-01-02", "2024-01-04", "2024-01-09", "2024-01-03"].map { day($0) })
    #expect(pieces.map { $0.gain.value?.amount.rounded(to: 6) } == numbers("33.333333", "66.666667", "-150", "33.333333"))
  }

  @Test func intoThePoolTheLotsOfAllAccountsComeTogether() {
    var maker = BookMaker()
    maker.rule(from: "2024-02-01", .fifo, .global)
    maker.event(.buy, "2024-01-02", "First", "ABC", "10", price: "10", "USD")
    maker.event(.buy, "2024-01-03", "Second", "ABC", "10", price: "50", "USD")
    maker.event(.sell, "2024-01-04", "Second", "ABC", "2", price: "60", "USD")
    maker.event(.sell, "2024-02-01", "Second", "ABC", "4", price: "60", "USD")
    // In its own account 2 x (60 - 50); from the pool the earliest, 4 x (60 - 10).
    #expect(gains(maker) == numbers("20", "200"))
    let booking = maker.book.booked()
    #expect(booking.positions.filter { $0.asset == maker.id("ABC") }.map(\.quantity) == numbers("10", "4"))
    // 6 at 10 stay with the first; 8 at 50 are dealt to both: 4 to the second, where they were bought, 4 to the first.
    #expect(booking.lots.map(\.cost.value?.amount) == numbers("60", "200", "200"))
  }

  @Test func outOfThePoolLotsStayWhereTheirUnitsAre() {
    var maker = BookMaker()
    maker.settings { $0.scope = .global }
    maker.rule(from: "2024-02-01", .fifo, .account)
    let second = maker.account("Second")
    maker.event(.buy, "2024-01-02", "First", "ABC", "10", price: "10", "USD")
    maker.event(.buy, "2024-01-03", "Second", "ABC", "10", price: "50", "USD")
    maker.event(.transfer, "2024-01-04", "First", "ABC", "4", "USD") { $0.toAccount = second }
    maker.event(.sell, "2024-02-02", "Second", "ABC", "14", price: "60", "USD")
    // The second has 14 units: its own 10 at 50 and 4 of the first's at 10. 4 x (60 - 10), then 10 x (60 - 50).
    #expect(gains(maker) == numbers("200", "100"))
    #expect(costs(maker) == numbers("60"))
  }

  @Test func feesFollowTheRuleOfTheirDay() {
    var maker = BookMaker()
    maker.rule(from: "2024-02-01", .fifo, .account, .separate)
    for (kind, day, price) in [(EventKind.buy, "2024-01-02", "100"), (.buy, "2024-02-02", "100"), (.sell, "2024-03-01", "150")] {
      maker.event(kind, day, "Wallet", "ABC", kind == .sell ? "2" : "1", price: price, "USD") { event in
        (event.fee, event.feeAsset) = (number("3"), event.currency.map { AssetID($0) })
      }
    }
    // 103 with its fee, 100 without; the sale yields 150 each without its fee.
    #expect(gains(maker) == numbers("47", "50"))
  }

  @Test func eachPortfolioHasItsOwnRuleAndItsOwnPool() {
    var maker = BookMaker()
    maker.rule(from: nil, .lifo, .global, of: "Trading")
    for account in ["A", "B"] { maker.assign(account, to: "Trading") }
    for (account, shift) in [("A", "1"), ("B", "2"), ("Own", "3")] {
      maker.event(.buy, "2024-01-0\(shift)", account, "ABC", "1", price: shift, "USD")
      maker.event(.buy, "2024-01-1\(shift)", account, "ABC", "1", price: "1\(shift)", "USD")
    }
    maker.event(.sell, "2024-02-01", "A", "ABC", "1", price: "20", "USD")
    maker.event(.sell, "2024-02-02", "Own", "ABC", "1", price: "20", "USD")
    // The latest of the pool of A and B is B's at 12; FIFO in the other portfolio takes its own at 3.
    #expect(gains(maker) == numbers("8", "17"))
  }

  @Test func aTransferBetweenPortfoliosCarriesTheLotsOfThePool() {
    var maker = BookMaker()
    maker.settings { $0.scope = .global }
    maker.assign("Saving", to: "Long term")
    let saving = maker.account("Saving")
    maker.event(.buy, "2024-01-02", "First", "ABC", "1", price: "10", "USD")
    maker.event(.buy, "2024-01-03", "Second", "ABC", "1", price: "20", "USD")
    maker.event(.transfer, "2024-01-04", "Second", "ABC", "1", "USD") { $0.toAccount = saving }
    maker.event(.sell, "2024-01-05", "Saving", "ABC", "1", price: "50", "USD")
    let booking = maker.book.booked(pieces: true)
    // The pool gives its earliest lot, whichever account the units left.
    #expect(booking.pieces.map(\.gain.value?.amount) == numbers("40"))
    #expect(booking.pieces.map { $0.acquired?.dayUTC } == [day("2024-01-02")])
    #expect(booking.lots.map(\.cost.value?.amount) == numbers("20"))
    #expect(booking.issues.isEmpty == false || booking.lots.count == 1)
  }

  @Test func aPortfolioWithoutItsOwnRuleFollowsTheDefaultOnes() {
    var settings = BookSettings(base: Currency(id: 1))
    settings.rules = [
      LotRule(from: day("2024-01-01"), method: .lifo, scope: .account, feeRule: .capitalized),
      LotRule(portfolio: "Own", from: day("2025-01-01"), method: .hifo, scope: .global, feeRule: .separate),
    ]
    #expect(settings.rule(of: "Own", on: day("2023-12-31")).method == .fifo)
    #expect(settings.rule(of: "Own", on: day("2024-01-01")).method == .lifo)
    #expect(settings.rule(of: "Own", on: day("2025-01-01")).method == .hifo)
    #expect(settings.rule(of: "Other", on: day("2026-01-01")).method == .lifo)
  }

  @Test func aRuleThatSaysWhatHoldsAnywayChangesNothing() throws {
    try withSeeds(200) { random in
      var maker = twoSales()
      let (method, scope) = (random.pick(LotMethod.allCases), random.pick(LotScope.allCases))
      maker.settings { ($0.method, $0.scope) = (method, scope) }
      let plain = maker.book.booked(pieces: true)
      maker.rule(from: "2024-01-08", method, scope)
      // Another portfolio's rule makes the book ruled, without anything in that portfolio.
      maker.assign("Empty", to: "Empty")
      maker.rule(from: "2024-01-01", .lofo, of: "Empty")
      let ruled = maker.book.booked(pieces: true)
      try law(plain.pieces == ruled.pieces && plain.lots == ruled.lots && plain.positions == ruled.positions, "\(method) \(scope) differ")
    }
  }
}
