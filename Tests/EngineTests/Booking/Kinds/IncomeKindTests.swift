import Amounts
import Engine
import Ledger
import TestSupport
import Testing

/// Rewards, interest and dividends in kind: income at fair value, and a lot that costs the same.
struct IncomeKindTests {
  @Test(arguments: [EventKind.reward, .airdrop, .mining])
  func unitsThatArriveAreIncomeAndCostTheSame(_ kind: EventKind) {
    var maker = BookMaker()
    maker.event(kind, "2024-01-02", "Wallet", "ABC", "4", price: "2.5", "USD")
    maker.event(.sell, "2024-02-02", "Wallet", "ABC", "4", price: "3", "USD")
    // Income 4 x 2.5 = 10; gain 4 x 3 - 10 = 2.
    #expect(maker.position("ABC")?.incomeBase == number("10"))
    #expect(maker.pieces("ABC").map(\.gainBase) == [.known(number("2"))])
  }

  @Test func aPolicyOfZeroMakesNoIncomeAndAllOfTheSaleGain() {
    var maker = BookMaker()
    maker.event(.airdrop, "2024-01-02", "Wallet", "ABC", "4", price: "2.5", "USD")
    maker.event(.reward, "2024-01-03", "Wallet", "ABC", "1", price: "2", "USD")
    maker.event(.sell, "2024-02-02", "Wallet", "ABC", "5", price: "3", "USD")
    maker.settings { $0.incomePolicy = IncomePolicy("airdrop=zero") ?? .stated }
    // The airdrop costs 0: 4 x 3 = 12. The reward keeps its own rule: 3 - 2 = 1, income 2.
    #expect(maker.pieces("ABC").map(\.gainBase) == [.known(number("12")), .known(number("1"))])
    #expect(maker.position("ABC")?.incomeBase == number("2"))
  }

  @Test func aPolicyOfMarketValuesARewardWithoutAPriceAtTheDaysQuote() {
    var maker = BookMaker()
    maker.quote(.close, "2024-01-01", "ABC", "7")
    maker.event(.reward, "2024-01-02", "Wallet", "ABC", "3")
    #expect(maker.position("ABC")?.unknownReceipts == 1)
    maker.settings { $0.incomePolicy = IncomePolicy("market") ?? .stated }
    // 3 x 7.
    #expect(maker.position("ABC")?.incomeBase == number("21"))
    #expect(maker.lots("ABC").map(\.costBase) == [.known(number("21"))])
  }

  @Test func policiesAreReadAndWrittenAlike() {
    #expect(IncomePolicy("stated") == .stated)
    #expect(IncomePolicy("AIRDROP=zero, mining=market")?.rule(for: .airdrop) == .zero)
    #expect(IncomePolicy("airdrop=zero,mining=market").map { IncomePolicy($0.text) } == IncomePolicy("airdrop=zero,mining=market"))
    for bad in ["", "free", "buy=zero", "airdrop=", "airdrop=zero=market"] { #expect(IncomePolicy(bad) == nil, "\(bad)") }
  }

  @Test func interestInTheCoinItselfIsIncomeAndALotAtTheDaysPrice() {
    var maker = BookMaker()
    maker.quote(.close, "2024-01-02", "ABC", "50")
    maker.event(.interest, "2024-01-02", "Wallet", "ABC", "0.2")
    // 0.2 x 50 = 10.
    #expect(maker.position("ABC")?.quantity == number("0.2"))
    #expect(maker.position("ABC")?.incomeBase == number("10"))
    #expect(maker.lots("ABC").map(\.costBase) == [.known(number("10"))])
  }

  @Test func interestOnAStablecoinIsWorthItsPeg() {
    var maker = BookMaker()
    let coin = maker.asset("USDX", .stablecoin, currency: "USD")
    maker.peg(coin, to: "USD")
    maker.event(.interest, "2024-01-02", "Wallet", "USDX", "12", "USDX") { $0.tax = number("2") }
    // 12 arrive less 2 withheld; 12 are income before tax.
    #expect(maker.position("USDX")?.quantity == number("10"))
    #expect(maker.position("USDX")?.incomeBase == number("10"))
    #expect(maker.lots("USDX").map(\.costBase) == [.known(number("10"))])
  }

  @Test func aReinvestedDividendIsIncomeAndALotCostingWhatWasLeftOfIt() {
    var maker = BookMaker()
    maker.event(.buy, "2024-01-02", "Wallet", "FUND", "100", price: "10", "USD")
    let fund = maker.id("FUND")
    maker.event(.dividend, "2024-02-02", "Wallet", "FUND", "100", gross: "50", "USD") { event in
      event.tax = number("7.5")
      event.fee = number("0.5")
      extra {
        $0.toAsset = fund
        $0.toQuantity = number("4")
      }(&event)
    }
    // 4 units cost 50 - 7.5 - 0.5 = 42; income net is 42; no cash moved but the 1,000 of the purchase.
    #expect(amounts(maker.lots("FUND").map(\.cost)) == numbers("1000", "42"))
    #expect(maker.position("FUND")?.incomeBase == number("42"))
    #expect(maker.position("USD")?.quantity == number("-1000"))
  }

  @Test func aDividendInKindWithoutAnAmountIsWorthTheUnitsOfTheDay() {
    var maker = BookMaker()
    maker.quote(.close, "2024-02-01", "SPUN", "3")
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "10", price: "10", "USD")
    let spun = maker.id("SPUN")
    maker.event(
      .dividend, "2024-02-02", "Wallet", "ABC",
      edit: extra {
        $0.toAsset = spun
        $0.toQuantity = number("5")
      })
    // 5 x 3.
    #expect(amounts(maker.lots("SPUN").map(\.cost)) == numbers("15"))
    #expect(maker.position("ABC")?.incomeBase == number("15"))
  }

  /// A bond of 10,000 face bought at 98 % with 120 of accrued interest; the next coupon is 300.
  @Test(arguments: [(nil, "-9920"), ("9800", "-9920"), ("9920", "-9920")] as [(String?, String)])
  func accruedInterestIsNoCostAndLessensTheNextCoupon(_ gross: String?, _ cash: String) {
    var maker = BookMaker()
    maker.event(
      .buy, "2024-01-02", "Wallet", "BOND", "10000", price: "0.98", gross: gross, "USD", edit: extra { $0.accrued = number("120") })
    #expect(maker.position("USD")?.quantity == number(cash))
    maker.event(.interest, "2024-03-02", "Wallet", "BOND", "10000", gross: "300", "USD")
    maker.event(.interest, "2024-09-02", "Wallet", "BOND", "10000", gross: "300", "USD")
    // 10,000 x 0.98 = 9,800 is the cost; 300 - 120 = 180 and 300 are the income.
    #expect(amounts(maker.lots("BOND").map(\.cost)) == numbers("9800"))
    #expect(maker.book.booked().receipts.map(\.netBase) == [.known(number("180")), .known(number("300"))])
    #expect(maker.position("BOND")?.incomeBase == number("480"))
  }

  @Test func accruedInterestReceivedOnASaleIsIncomeAndNoProceeds() {
    var maker = BookMaker()
    maker.event(.buy, "2024-01-02", "Wallet", "BOND", "100", price: "1", "USD")
    maker.event(.sell, "2024-03-02", "Wallet", "BOND", "100", price: "1.1", gross: "112", "USD", edit: extra { $0.accrued = number("2") })
    // 112 move: 110 are proceeds, 2 are interest.
    #expect(maker.pieces("BOND").map(\.gainBase) == [.known(number("10"))])
    #expect(maker.position("BOND")?.incomeBase == number("2"))
    #expect(maker.position("USD")?.quantity == number("12"))
  }
}
