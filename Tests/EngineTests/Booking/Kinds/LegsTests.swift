import Amounts
import Engine
import Ledger
import TestSupport
import Testing

/// Events whose movements are listed one by one.
struct LegsTests {
  private func legs(_ maker: inout BookMaker, _ rows: [(String, String, String, LegRole)]) -> [Leg] {
    rows.map { Leg(account: maker.account($0.0), asset: maker.id($0.1), quantity: number($0.2), role: $0.3) }
  }

  private func trade(_ maker: inout BookMaker, gross: String? = nil, _ rows: [(String, String, String, LegRole)]) {
    let moved = legs(&maker, rows)
    maker.event(.swap, "2024-06-02", "Wallet", rows[0].1, gross: gross, gross == nil ? nil : "USD", edit: extra { $0.legs = moved })
  }

  @Test func oneGivenForTwoIsDealtOutByWhatTheyAreWorth() {
    var maker = BookMaker()
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "10", price: "10", "USD")
    maker.quote(.close, "2024-06-01", "ONE", "30")
    maker.quote(.close, "2024-06-01", "TWO", "10")
    trade(
      &maker, gross: "200", [("Wallet", "ABC", "-10", .principal), ("Wallet", "ONE", "4", .principal), ("Wallet", "TWO", "4", .principal)])
    // 200 for what cost 100. 120 : 40 of the market makes 150 and 50 of the 200.
    #expect(maker.pieces("ABC").map(\.gainBase) == [.known(number("100"))])
    #expect(amounts(maker.lots("ONE").map(\.cost)) == numbers("150"))
    #expect(amounts(maker.lots("TWO").map(\.cost)) == numbers("50"))
  }

  @Test func moneyTakesItsOwnAmountAndTheRestIsTheOthers() {
    var maker = BookMaker()
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "10", price: "10", "USD")
    trade(
      &maker, gross: "200", [("Wallet", "ABC", "-10", .principal), ("Wallet", "ONE", "4", .principal), ("Wallet", "USD", "80", .principal)])
    #expect(amounts(maker.lots("ONE").map(\.cost)) == numbers("120"))
    #expect(maker.position("USD")?.quantity == number("-20"))
  }

  @Test func aFeeLegIsPartOfTheCostOrApartAsTheRuleSays() {
    var maker = BookMaker()
    trade(&maker, [("Wallet", "ABC", "2", .principal), ("Wallet", "USD", "-100", .principal), ("Wallet", "USD", "-3", .fee)])
    #expect(amounts(maker.lots("ABC").map(\.cost)) == numbers("103"))
    maker.settings { $0.feeRule = .separate }
    #expect(amounts(maker.lots("ABC").map(\.cost)) == numbers("100"))
  }

  @Test func aFeeLegIsOffTheProceedsWhenMoneyArrives() {
    var maker = BookMaker()
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "2", price: "10", "USD")
    trade(&maker, [("Wallet", "ABC", "-2", .principal), ("Wallet", "USD", "100", .principal), ("Wallet", "USD", "-3", .fee)])
    // 97 - 20.
    #expect(maker.pieces("ABC").map(\.gainBase) == [.known(number("77"))])
  }

  @Test func aTransferOfSeveralAssetsMovesTheirLots() {
    var maker = BookMaker()
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "2", price: "10", "USD")
    maker.event(.buy, "2024-01-03", "Wallet", "DEF", "3", price: "20", "USD")
    let moved = legs(
      &maker,
      [
        ("Wallet", "ABC", "-2", .principal), ("Vault", "ABC", "2", .principal), ("Wallet", "DEF", "-3", .principal),
        ("Vault", "DEF", "3", .principal),
      ])
    maker.event(.transfer, "2024-06-02", "Wallet", "ABC", edit: extra { $0.legs = moved })
    #expect(amounts(maker.lots("ABC").map(\.cost)) == numbers("20"))
    #expect(maker.lots("DEF").first?.acquired == Instant("2024-01-03T12:00:00Z"))
    #expect(maker.position("DEF", "Vault")?.quantity == number("3"))
    #expect(maker.book.booked(pieces: true).pieces.isEmpty)
  }

  @Test func rewardsInSeveralCoinsAreIncomeOfEach() {
    var maker = BookMaker()
    maker.quote(.close, "2024-06-01", "ABC", "30")
    maker.quote(.close, "2024-06-01", "DEF", "10")
    let moved = legs(&maker, [("Wallet", "ABC", "1", .principal), ("Wallet", "DEF", "2", .principal)])
    maker.event(.reward, "2024-06-02", "Wallet", "ABC", edit: extra { $0.legs = moved })
    #expect(maker.position("ABC")?.incomeBase == number("30"))
    #expect(maker.position("DEF")?.incomeBase == number("20"))
  }
}
