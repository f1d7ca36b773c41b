import Amounts
import Engine
import Ledger
import TestSupport
import Testing

/// Gifts, fees, taxes, write-offs, slashing, loans and adjustments.
struct GiftAndChargeTests {
  @Test func aGiftKeepsTheDonorsCostAndDate() {
    var maker = BookMaker()
    maker.event(.giftIn, "2024-06-02", "Wallet", "ABC", "10", gross: "100", "USD", edit: extra { $0.acquired = day("2020-03-01") })
    maker.event(.sell, "2024-07-02", "Wallet", "ABC", "10", price: "30", "USD")
    #expect(maker.pieces("ABC").map(\.gainBase) == [.known(number("200"))])
    #expect(maker.pieces("ABC").first?.acquired == Instant("2020-03-01T00:00:00Z"))
  }

  @Test func theDonorsCostIsConvertedAtTheRateOfTheDonorsDate() {
    var maker = BookMaker()
    maker.asset("EUR", .cash)
    maker.quote(.fx, "2020-03-01", "EUR", "1.10")
    maker.quote(.fx, "2024-06-02", "EUR", "1.20")
    maker.event(.giftIn, "2024-06-02", "Wallet", "ABC", "10", gross: "100", "EUR", edit: extra { $0.acquired = day("2020-03-01") })
    #expect(maker.lots("ABC").map(\.costBase) == [.known(number("110"))])
  }

  @Test func aGiftOfUnknownDateHasNoDateAndStillItsPlaceInTheQueue() {
    var maker = BookMaker()
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "1", price: "5", "USD")
    maker.event(.giftIn, "2024-06-02", "Wallet", "ABC", "1", gross: "1", "USD")
    maker.event(.sell, "2024-07-02", "Wallet", "ABC", "1", price: "9", "USD")
    // First in, first out by arrival: the bought one leaves, 9 - 5.
    #expect(maker.pieces("ABC").map(\.gainBase) == [.known(number("4"))])
    #expect(maker.lots("ABC").map(\.acquired) == [nil])
  }

  @Test(arguments: [EventKind.giftOut, .donateOut])
  func givingAwayIsNoDisposalUnlessSet(_ kind: EventKind) {
    var maker = BookMaker()
    maker.quote(.close, "2024-06-01", "ABC", "8")
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "10", price: "5", "USD")
    maker.event(kind, "2024-06-02", "Wallet", "ABC", "4")
    #expect(maker.pieces("ABC").isEmpty)
    #expect(amounts(maker.lots("ABC").map(\.cost)) == numbers("30"))
    maker.settings { $0.gifts = .disposal }
    // 4 x 8 - 4 x 5.
    #expect(maker.pieces("ABC").map(\.gainBase) == [.known(number("12"))])
    #expect(maker.pieces("ABC").first?.kind == .gift)
  }

  @Test func aFeeInCoinsIsADisposalAtItsMarketValue() {
    var maker = BookMaker()
    maker.quote(.close, "2024-06-01", "ABC", "8")
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "10", price: "5", "USD")
    maker.event(.fee, "2024-06-02", "Wallet", "ABC", "2")
    maker.event(.tax, "2024-06-03", "Wallet", "ABC", "1", gross: "9", "USD")
    // 2 x 8 - 10 = 6; a stated worth counts before the market: 9 - 5 = 4.
    #expect(maker.pieces("ABC").map(\.gainBase) == [.known(number("6")), .known(number("4"))])
    #expect(maker.issues.isEmpty)
  }

  @Test func aFeeOfUnknownWorthSaysSo() {
    var maker = BookMaker()
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "10", price: "5", "USD")
    let fee = maker.event(.fee, "2024-06-02", "Wallet", "ABC", "2")
    #expect(maker.pieces("ABC").map(\.gainBase) == [.unknown(.noPrice)])
    #expect(maker.issues.map(\.event) == [fee])
  }

  @Test func aTaxWithheldInTheCoinOfAReward() {
    var maker = BookMaker()
    maker.quote(.close, "2024-06-01", "ABC", "8")
    maker.event(.reward, "2024-06-02", "Wallet", "ABC", "10", price: "8", "USD") { event in
      event.fee = number("1")
      event.feeAsset = event.asset
      event.feeValue = number("8")
    }
    // 10 arrive at 80, one of them leaves again at cost: income 80 - 8, no gain.
    #expect(maker.position("ABC")?.quantity == number("9"))
    #expect(maker.position("ABC")?.incomeBase == number("72"))
    #expect(maker.position("ABC")?.chargesBase == .zero)
    #expect(maker.pieces("ABC").map(\.gainBase) == [.known(.zero)])
  }

  @Test(arguments: [EventKind.writeoff, .slash])
  func unitsThatAreLostAreADisposalForNothing(_ kind: EventKind) {
    var maker = BookMaker()
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "10", price: "5", "USD")
    maker.event(kind, "2024-06-02", "Wallet", "ABC", "4")
    #expect(maker.pieces("ABC").map(\.gainBase) == [.known(number("-20"))])
    #expect(maker.position("ABC")?.quantity == number("6"))
  }

  @Test func anAdjustmentUpCostsWhatIsStatedAndDownLeavesAtCost() {
    var maker = BookMaker()
    maker.event(.adjust, "2024-01-02", "Wallet", "ABC", "10", gross: "70", "USD")
    maker.event(.adjust, "2024-01-03", "Wallet", "ABC", "-4")
    maker.event(.adjust, "2024-01-04", "Wallet", "ABC", "1")
    #expect(amounts(maker.lots("ABC").map(\.cost)) == [number("42"), nil])
    #expect(maker.pieces("ABC").isEmpty)
  }

  @Test func deliveriesCarryTheirStatedValue() {
    var maker = BookMaker()
    maker.event(.deliveryIn, "2024-01-02", "Wallet", "ABC", "10", gross: "70", "USD")
    maker.event(.deliveryOut, "2024-02-02", "Wallet", "ABC", "4", gross: "36", "USD")
    // 36 - 28 = 8; no cash.
    #expect(maker.pieces("ABC").map(\.gainBase) == [.known(number("8"))])
    #expect(maker.pieces("ABC").first?.kind == .delivery)
    #expect(maker.position("USD") == nil)
  }

  @Test func theFeeOfADeliveryIsPartOfCostAndProceedsUnlessApart() {
    var maker = BookMaker()
    func fee(_ amount: String) -> (inout Event) -> Void {
      { event in
        event.fee = number(amount)
        event.feeValue = number(amount)
      }
    }
    maker.event(.deliveryIn, "2024-01-02", "Wallet", "ABC", "10", gross: "70", "USD", edit: fee("2"))
    maker.event(.deliveryOut, "2024-02-02", "Wallet", "ABC", "10", gross: "90", "USD", edit: fee("3"))
    // 90 - 3 - (70 + 2) = 15; apart 90 - 70 = 20.
    #expect(maker.pieces("ABC").map(\.gainBase) == [.known(number("15"))])
    maker.settings { $0.feeRule = .separate }
    #expect(maker.pieces("ABC").map(\.gainBase) == [.known(number("20"))])
  }

  @Test func aPurchaseSettledInAStablecoinTakesItsUnitsAtTheEventsOwnRate() {
    var maker = BookMaker()
    let coin = maker.asset("USDX", .stablecoin, currency: "USD")
    maker.peg(coin, to: "USD")
    maker.asset("EUR", .cash)
    maker.event(.deposit, "2024-01-01", "Wallet", "USDX", "500", gross: "500", "USD")
    maker.event(
      .buy, "2024-01-02", "Wallet", "ABC", "2", price: "100", gross: "200", "EUR",
      edit: extra {
        $0.settleCurrency = coin.asCurrency
        $0.fxRate = number("1.1")
      })
    // 200 EUR are 220 USDX.
    #expect(maker.position("USDX")?.quantity == number("280"))
    #expect(maker.position("EUR") == nil)
    #expect(maker.pieces("USDX").map(\.gainBase) == [.known(.zero)])
  }

  // MARK: Loans

  @Test func aLoanAccountMayOweWithoutAnIssueAndBorrowedUnitsCostWhatTheyWereWorth() {
    var maker = BookMaker()
    let loan = maker.account("Loan", kind: "loan")
    let wallet = maker.account("Wallet")
    maker.quote(.close, "2024-01-02", "ABC", "20")
    maker.event(.borrow, "2024-01-02", "Loan", "ABC", "5") { $0.toAccount = wallet }
    maker.event(.sell, "2024-01-03", "Wallet", "ABC", "5", price: "22", "USD")
    // Borrowed at 5 x 20 = 100, sold for 110.
    #expect(maker.pieces("ABC").map(\.gainBase) == [.known(number("10"))])
    #expect(maker.position("ABC", "Loan")?.quantity == number("-5"))
    #expect(maker.issues.isEmpty)
    maker.event(.buy, "2024-01-04", "Wallet", "ABC", "5", price: "21", "USD")
    maker.event(.repay, "2024-01-05", "Wallet", "ABC", "5") { $0.toAccount = loan }
    #expect(maker.position("ABC", "Loan")?.quantity == .zero)
    #expect(maker.position("ABC", "Wallet")?.quantity == .zero)
    // 5 x 20 were owed, and what was given back cost 5 x 21.
    #expect(maker.pieces("ABC").map(\.gainBase) == [.known(number("10")), .known(number("-5"))])
  }

  @Test func collateralKeepsItsLotsAndALiquidationDisposesOfThemAndRepays() {
    var maker = BookMaker()
    let loan = maker.account("Loan", kind: "loan")
    let wallet = maker.account("Wallet")
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "10", price: "10", "USD")
    maker.event(.transfer, "2024-01-03", "Wallet", "ABC", "10") { $0.toAccount = loan }
    maker.event(.borrow, "2024-01-04", "Loan", "USD", "60") { $0.toAccount = wallet }
    #expect(maker.lots("ABC").first?.acquired == Instant("2024-01-02T12:00:00Z"))
    #expect(amounts(maker.lots("ABC").map(\.cost)) == numbers("100"))
    maker.event(.interest, "2024-01-05", "Loan", "ABC", "10", gross: "1", "USD")
    maker.event(.liquidation, "2024-01-06", "Loan", "ABC", "7", gross: "59", "USD")
    // 59 - 70 = -11. The loan owed 60, got 1 of income and 59: nothing is left to pay, 3 ABC remain.
    #expect(maker.pieces("ABC").map(\.gainBase) == [.known(number("-11"))])
    #expect(maker.pieces("ABC").first?.kind == .liquidation)
    #expect(maker.position("USD", "Loan")?.quantity == .zero)
    #expect(maker.position("ABC", "Loan")?.quantity == number("3"))
    #expect(maker.position("USD")?.quantity == number("-40"))
    #expect(maker.book.booked().issues.allSatisfy { $0.account == wallet })  // the purchase's cash, not the loan
  }

  @Test func aShortPositionIsReportedOnceByTheEventThatBeganIt() {
    var maker = BookMaker()
    let first = maker.event(.sell, "2024-01-02", "Wallet", "ABC", "3", price: "9", "USD")
    maker.event(.sell, "2024-01-03", "Wallet", "ABC", "2", price: "9", "USD")
    let issues = maker.book.booked().issues
    #expect(issues.map(\.event) == [first])
    #expect(issues.first?.amount == number("3"))
  }
}
