import Amounts
import Engine
import Ledger
import TestSupport
import Testing

/// Return of capital against the lots that were held at entitlement.
struct ReturnOfCapitalTests {
  /// 10 at 9 on 2 January, 10 at 9 on 20 January; record on the 15th, paid on 2 February.
  private func book(sell: String? = nil, declared: Bool = true) -> BookMaker {
    var maker = BookMaker()
    maker.asset("TOK", .security, currency: "USD")
    if declared { maker.distribution("TOK", "return of capital", record: "2024-01-15", pay: "2024-02-02", "3") }
    maker.event(.buy, "2024-01-02", "Wallet", "TOK", "10", price: "9", "USD")
    if let sell { maker.event(.sell, "2024-01-18", "Wallet", "TOK", sell, price: "9", "USD") }
    maker.event(.buy, "2024-01-20", "Wallet", "TOK", "10", price: "9", "USD")
    maker.event(.returnOfCapital, "2024-02-02", "Wallet", "TOK", "10", gross: "30", "USD")
    return maker
  }

  @Test func lotsBoughtAfterTheRecordDayKeepTheirCost() {
    var maker = book()
    // 30 over the 10 units held on the 15th: 90 - 30 = 60. The later lot stays at 90.
    #expect(amounts(maker.lots("TOK").map(\.cost)) == numbers("60", "90"))
    #expect(maker.pieces("TOK").isEmpty)
  }

  @Test func onUnitsSoldSinceAllOfItIsGain() {
    var maker = book(sell: "4")
    // 4 of the 10 entitled units are gone: 4 x 3 = 12 is gain; 6 x 9 - 6 x 3 = 36 is left of the first lot.
    #expect(amounts(maker.lots("TOK").map(\.cost)) == numbers("36", "90"))
    let gains = maker.pieces("TOK").filter { $0.kind == .rocExcess }
    #expect(gains.map(\.gainBase) == [.known(number("12"))])
    #expect(gains.map(\.quantity) == [number("4")])
    #expect(gains.first?.acquired == Instant("2024-01-02T12:00:00Z"))
  }

  @Test func withoutADeclaredRecordDayUnitsEntitledBeyondThoseHeldWereSold() {
    var maker = BookMaker()
    maker.event(.buy, "2024-01-02", "Wallet", "TOK", "10", price: "9", "USD")
    maker.event(.sell, "2024-01-18", "Wallet", "TOK", "4", price: "9", "USD")
    maker.event(.returnOfCapital, "2024-02-02", "Wallet", "TOK", "10", gross: "30", "USD")
    // 6 of 10 entitled units are there: 6 x 9 - 18 = 36; 12 is gain.
    #expect(amounts(maker.lots("TOK").map(\.cost)) == numbers("36"))
    #expect(maker.pieces("TOK").filter { $0.kind == .rocExcess }.map(\.gainBase) == [.known(number("12"))])
  }

  @Test func unitsMovedBetweenOwnAccountsKeepTheirShare() {
    var maker = BookMaker()
    maker.asset("TOK", .security, currency: "USD")
    maker.distribution("TOK", "return of capital", record: "2024-01-15", pay: "2024-02-02", "3")
    maker.event(.buy, "2024-01-02", "Wallet", "TOK", "10", price: "9", "USD")
    let vault = maker.account("Vault")
    maker.event(.transfer, "2024-01-20", "Wallet", "TOK", "4") { $0.toAccount = vault }
    maker.event(.returnOfCapital, "2024-02-02", "Wallet", "TOK", "10", gross: "30", "USD")
    // 6 and 4 units at 9 - 3 = 6 each.
    #expect(amounts(maker.lots("TOK").map(\.cost)) == numbers("36", "24"))
    #expect(maker.pieces("TOK").isEmpty)
  }

  @Test func aSplitBetweenRecordAndPaymentDoesNotMakeOtherLots() {
    var maker = BookMaker()
    maker.asset("TOK", .security, currency: "USD")
    maker.distribution("TOK", "return of capital", record: "2024-01-15", pay: "2024-02-02", "3")
    maker.event(.buy, "2024-01-02", "Wallet", "TOK", "10", price: "9", "USD")
    maker.event(.split, "2024-01-20", nil, "TOK", edit: extra { $0.ratio = Ratio("2:1") })
    maker.event(.sell, "2024-01-25", "Wallet", "TOK", "5", price: "5", "USD")
    maker.event(.returnOfCapital, "2024-02-02", "Wallet", "TOK", gross: "30", "USD")
    // 20 units were entitled, 15 are left: cost 90 x 15/20 = 67.5, less 22.5; 7.5 is gain.
    #expect(amounts(maker.lots("TOK").map(\.cost)) == numbers("45"))
    #expect(maker.pieces("TOK").filter { $0.kind == .rocExcess }.map(\.gainBase) == [.known(number("7.5"))])
  }

  @Test func capitalInAnotherCurrencyLowersTheCostAtTheDaysRate() {
    var maker = BookMaker()
    maker.asset("EUR", .cash)
    maker.quote(.fx, "2024-01-02", "EUR", "1.10")
    maker.quote(.fx, "2024-02-02", "EUR", "1.20")
    maker.event(.buy, "2024-01-02", "Wallet", "TOK", "10", price: "10", "EUR")
    maker.event(.returnOfCapital, "2024-02-02", "Wallet", "TOK", "10", gross: "24", "USD")
    // 24 dollars are 20 euro: 100 - 20 = 80 euro; in dollars 110 x 80/100 = 88.
    let lot = maker.lots("TOK").first
    // 1/1.2 has no end: the rate is kept to 24 places, the amount to 18.
    #expect(lot?.cost.value?.amount.rounded(to: 12) == number("80"))
    #expect(lot?.costBase.value?.rounded(to: 12) == number("88"))
  }

  @Test(arguments: ["50", "20"]) func anotherCurrencyKeepsItsGain(_ amount: String) throws {
    var maker = BookMaker()
    maker.asset("TOK", .security, currency: "EUR")
    maker.quote(.fx, "2024-01-02", "EUR", "1.2")
    maker.quote(.fx, "2024-02-02", "EUR", "1.1")
    maker.event(.buy, "2024-01-02", "Wallet", "TOK", "100", price: "1", "EUR")
    maker.event(.returnOfCapital, "2024-02-02", "Wallet", "TOK", "100", gross: amount, "EUR")
    // Every euro of the part returned cost 1.2 and came back at 1.1; what is left keeps 1.2 a euro.
    let given = number(amount)
    #expect(maker.pieces("TOK").map(\.gainBase) == [.known(try given.multiplied(by: number("-0.1")))])
    let lot = maker.lots("TOK").first
    #expect(lot?.cost.value?.amount == (try number("100").subtracting(given)))
    #expect(lot?.costBase == .known(try number("100").subtracting(given).multiplied(by: number("1.2"))))
  }
}
