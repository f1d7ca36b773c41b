import Amounts
import Engine
import Ledger
import TestSupport
import Testing

/// Borrowed coins: what is owed, and what giving it back gains or loses.
struct LoanTests {
  /// 5 borrowed when a coin is worth 20.
  private func borrowed(scope: LotScope = .account) -> (maker: BookMaker, loan: AccountID, wallet: AccountID) {
    var maker = BookMaker()
    let (loan, wallet) = (maker.account("Loan", kind: "loan"), maker.account("Wallet"))
    maker.settings { $0.scope = scope }
    maker.quote(.close, "2024-01-02", "ABC", "20")
    maker.event(.borrow, "2024-01-02", "Loan", "ABC", "5") { $0.toAccount = wallet }
    return (maker, loan, wallet)
  }

  private func gains(_ maker: inout BookMaker, _ symbol: String = "ABC") -> [String] {
    maker.pieces(symbol).map { "\($0.kind.rawValue) \($0.gainBase.value.map { "\($0)" } ?? "?")" }
  }

  /// Sold at 22 and bought back at 21: 110 - 105 = 5 are left in cash, which is +10 when sold and -5 when given back.
  @Test(arguments: LotScope.allCases)
  func coinsThatWereSoldAndBoughtBackGainWhatIsLeftInCash(_ scope: LotScope) {
    var (maker, loan, _) = borrowed(scope: scope)
    maker.event(.sell, "2024-01-03", "Wallet", "ABC", "5", price: "22", "USD")
    maker.event(.buy, "2024-01-10", "Wallet", "ABC", "5", price: "21", "USD")
    maker.event(.repay, "2024-01-20", "Wallet", "ABC", "5") { $0.toAccount = loan }
    #expect(gains(&maker) == ["sell 10", "repay -5"])
    #expect(maker.position("USD")?.quantity == number("5"))
    #expect(maker.lots("ABC").isEmpty)
    #expect(maker.issues.isEmpty)
  }

  @Test func whatIsOwedIsOpenAtWhatItWasWorth() {
    var (maker, loan, _) = borrowed()
    maker.event(.buy, "2024-01-03", "Wallet", "ABC", "10", price: "10", "USD")
    let lots = maker.lots("ABC")
    #expect(lots.map(\.quantity) == [number("-5"), number("5"), number("10")])
    #expect(amounts(lots.map(\.cost)) == numbers("-100", "100", "100"))
    #expect(maker.position("ABC", "Loan")?.unknownBasisUnits == .zero)
    #expect(maker.position("ABC", "Loan")?.costBase == number("-100"))
    // 2 of the 5 given back: the earliest cost 2 x 20, as much as is owed for them.
    maker.event(.repay, "2024-01-20", "Wallet", "ABC", "2") { $0.toAccount = loan }
    #expect(gains(&maker) == ["repay 0"])
    #expect(amounts(maker.lots("ABC").map(\.cost)) == numbers("-60", "60", "100"))
  }

  @Test func anotherPriceOfCoinsGivenBackAndWhatIsTooMuchStaysOnesOwn() {
    var (maker, loan, _) = borrowed()
    maker.event(.sell, "2024-01-03", "Wallet", "ABC", "5", price: "20", "USD")
    maker.event(.buy, "2024-01-10", "Wallet", "ABC", "8", price: "25", "USD")
    maker.event(.repay, "2024-01-20", "Wallet", "ABC", "7") { $0.toAccount = loan }
    // 5 x 20 owed, 5 x 25 given; 2 more lie in the loan account at cost.
    #expect(gains(&maker) == ["sell 0", "repay -25"])
    #expect(maker.position("ABC", "Loan")?.quantity == number("2"))
    #expect(amounts(maker.lots("ABC").map(\.cost)) == numbers("50", "25"))
  }

  /// A file of one account tells both sides in it.
  @Test func aLoanWithoutAnAccountOfItsOwn() {
    var maker = BookMaker()
    maker.quote(.close, "2024-01-02", "ABC", "20")
    maker.event(.borrow, "2024-01-02", "Exchange", "ABC", "5")
    maker.event(.sell, "2024-01-03", "Exchange", "ABC", "5", price: "22", "USD")
    maker.event(.buy, "2024-01-10", "Exchange", "ABC", "6", price: "21", "USD")
    maker.event(.repay, "2024-01-20", "Exchange", "ABC", "5")
    #expect(gains(&maker) == ["sell 10", "repay -5"])
    // Nothing is owed any more: the rest leaves at cost.
    maker.event(.repay, "2024-01-21", "Exchange", "ABC", "1")
    #expect(gains(&maker) == ["sell 10", "repay -5"])
    #expect(maker.position("ABC", "Exchange")?.quantity == .zero)
  }

  /// Sold out of the loan itself: what it brought is owed for it; what it is covered with costs 18.
  @Test func aShortSaleOnALoanAccountGainsWhenItIsCovered() {
    var maker = BookMaker()
    maker.account("Margin", kind: "loan")
    maker.event(.sell, "2024-01-03", "Margin", "ABC", "4", price: "22", "USD")
    #expect(gains(&maker) == [])
    #expect(amounts(maker.lots("ABC").map(\.cost)) == numbers("-88"))
    maker.event(.buy, "2024-01-10", "Margin", "ABC", "1", price: "18", "USD")
    #expect(gains(&maker) == ["repay 4"])
    maker.event(.buy, "2024-01-11", "Margin", "ABC", "4", price: "25", "USD")
    // 3 x 22 - 3 x 25; one is its own at 25.
    #expect(gains(&maker) == ["repay 4", "repay -9"])
    #expect(amounts(maker.lots("ABC").map(\.cost)) == numbers("25"))
  }

  @Test func interestOwedInCoinsIsADebtOfItsWorth() {
    var (maker, loan, _) = borrowed()
    maker.quote(.close, "2024-02-02", "ABC", "30")
    maker.event(.interestCharge, "2024-02-02", "Loan", "ABC", "1")
    maker.event(.buy, "2024-02-03", "Wallet", "ABC", "1", price: "40", "USD")
    maker.event(.repay, "2024-02-04", "Wallet", "ABC", "6") { $0.toAccount = loan }
    // The 5 borrowed go back as they came; the interest, 30 when it fell due, is paid with a coin of 40.
    #expect(gains(&maker) == ["repay 0", "repay -10"])
    #expect(maker.lots("ABC").isEmpty)
  }

  @Test func aSplitMultipliesWhatIsOwed() {
    var (maker, loan, _) = borrowed()
    maker.event(.split, "2024-02-02", nil, "ABC", edit: extra { $0.ratio = Ratio("2:1") })
    #expect(maker.position("ABC", "Loan")?.quantity == number("-10"))
    #expect(amounts(maker.lots("ABC").map(\.cost)) == numbers("-100", "100"))
    maker.event(.repay, "2024-02-04", "Wallet", "ABC", "10") { $0.toAccount = loan }
    #expect(gains(&maker) == ["repay 0"])
  }

  @Test func aDebtOfUnknownWorthIsNotZero() {
    var maker = BookMaker()
    let (loan, wallet) = (maker.account("Loan", kind: "loan"), maker.account("Wallet"))
    maker.event(.borrow, "2024-01-02", "Loan", "ABC", "5") { $0.toAccount = wallet }
    maker.event(.repay, "2024-01-20", "Wallet", "ABC", "5") { $0.toAccount = loan }
    #expect(gains(&maker) == ["repay ?"])
    #expect(maker.issues.map(\.kind) == [.unknownBasis])
  }

  @Test func collateralOfALoanThatIsOwedIsNotFree() {
    var maker = BookMaker()
    let (loan, wallet) = (maker.account("Loan", kind: "loan"), maker.account("Wallet"))
    let abc = maker.id("ABC")
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "10", price: "10", "USD")
    maker.event(.transfer, "2024-01-03", "Wallet", "ABC", "4") { $0.toAccount = loan }
    func state(_ account: AccountID) -> Restrictions.State {
      Restrictions(maker.book, maker.book.booked()).state(of: abc, in: account, on: day("2024-02-01"))
    }
    #expect(state(loan).free == number("4"))
    maker.event(.borrow, "2024-01-04", "Loan", "USD", "60") { $0.toAccount = wallet }
    #expect(state(loan).free == .zero && state(loan).reasons == ["collateral"])
    #expect(state(wallet).free == number("6"))
    maker.event(.repay, "2024-01-05", "Wallet", "USD", "60") { $0.toAccount = loan }
    #expect(state(loan).free == number("4"))
  }

  /// In a pool, what is pledged keeps its own lots: a sale takes the wallet's.
  @Test func collateralStandsOutsideThePool() {
    var maker = BookMaker()
    let loan = maker.account("Loan", kind: "loan")
    maker.settings { $0.scope = .global }
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "1", price: "10", "USD")
    maker.event(.transfer, "2024-01-03", "Wallet", "ABC", "1") { $0.toAccount = loan }
    maker.event(.buy, "2024-01-04", "Wallet", "ABC", "1", price: "30", "USD")
    maker.event(.sell, "2024-01-05", "Wallet", "ABC", "1", price: "35", "USD")
    #expect(gains(&maker) == ["sell 5"])
    #expect(amounts(maker.lots("ABC").map(\.cost)) == numbers("10"))
  }

  /// 10 of collateral at 1; 5 coins borrowed and carried off; 6 of the collateral go for the 5 that are owed: they bring 5, nothing is owed.
  @Test func collateralThatIsLiquidatedForCoinsPaysWhatIsOwed() {
    var maker = BookMaker()
    maker.asset("TOK", .security, currency: "USD")
    let coin = maker.asset("USDX", .stablecoin, currency: "USD")
    maker.peg(coin, to: "USD")
    let loan = maker.account("Loan", kind: "loan")
    let wallet = maker.account("Wallet")
    maker.event(.deposit, "2024-01-01", "Loan", "TOK", "10", gross: "10", "USD")
    maker.event(.borrow, "2024-01-02", "Loan", "USDX", "5") { $0.toAccount = wallet }
    maker.event(.liquidation, "2024-01-03", "Loan", "TOK", "6", edit: extra { ($0.toAsset, $0.toQuantity) = (coin, number("5")) })
    let positions = maker.book.booked().positions
    func held(_ asset: AssetID, _ account: AccountID) -> Decimal? {
      positions.first { $0.asset == asset && $0.account == account }?.quantity
    }
    #expect(held(coin, loan) == .zero && held(coin, wallet) == 5 && held(maker.id("TOK"), loan) == 4)
    #expect(maker.pieces("TOK").map(\.kind) == [.liquidation])
    #expect(QuantitySteps(maker.book, upTo: day("2024-02-01")).quantity(of: coin, at: day("2024-02-01")) == 5)
  }

  @Test func unitsBorrowedWithoutALoanAccountAreAnIssue() {
    var maker = BookMaker()
    let event = maker.event(.borrow, "2024-01-02", "Wallet", "ABC", "5")
    #expect(maker.issues.filter { $0.kind == .debtOutside }.map(\.event) == [event])
  }
}
