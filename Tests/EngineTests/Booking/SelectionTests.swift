import Amounts
import Engine
import Ledger
import TestSupport
import Testing

/// What selectors mean where lots are alike in one thing and differ in another.
struct SelectionTests {
  /// 6 at 50 USD, 4 at 50 USD a day later, 5 at 70 EUR the same day; then some are sold for 90 USD each.
  private func sold(_ units: String, _ selector: String) -> Booking {
    var maker = BookMaker()
    maker.asset("EUR", .cash)
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "6", price: "50", "USD")
    maker.event(.buy, "2024-01-03", "Wallet", "ABC", "4", price: "50", "USD")
    maker.event(.buy, "2024-01-03", "Wallet", "ABC", "5", price: "70", "EUR")
    maker.event(.sell, "2024-02-01", "Wallet", "ABC", units, price: "90", "USD") { event in
      var extra = event.extra ?? EventExtra()
      extra.lotSelector = selector
      event.extra = extra
    }
    maker.settings { $0.method = .specific }
    return maker.book.booked(pieces: true)
  }

  private func costs(_ booking: Booking) -> [Decimal?] { booking.pieces.map(\.cost.value?.amount) }
  private func missed(_ booking: Booking) -> [Decimal?] { booking.issues.filter { $0.kind == .lotNotFound }.map(\.amount) }

  @Test func aCurrencyMeansTheLotsThatWerePaidInIt() {
    // 2 of the 5 at 70 EUR.
    let booking = sold("2", #"{"currency":"EUR"}"#)
    #expect(costs(booking) == [number("140")])
    #expect(missed(booking).isEmpty)
  }

  @Test func aUnitCostOfSeveralLotsMeansAllOfThemEarliestFirst() {
    // 6 x 50, then 3 x 50.
    #expect(costs(sold("9", #"{"unit_cost":"50","currency":"USD"}"#)) == [number("300"), number("150")])
  }

  @Test func aUnitCostInAnotherCurrencyIsNotFound() {
    // Nothing cost 50 EUR: the earliest is taken, and the event is named.
    let booking = sold("1", #"{"unit_cost":"50","currency":"EUR"}"#)
    #expect(costs(booking) == [number("50")])
    #expect(missed(booking) == [number("1")])
  }

  @Test func aDateAndCostTogetherMeanOneLot() {
    #expect(costs(sold("4", #"{"date":"2024-01-03","unit_cost":"50"}"#)) == [number("200")])
  }

  @Test func moreThanTheSelectedLotsHoldIsNamedAndTakenFromTheEarliest() {
    // 4 of the second of January's third; 1 more than it holds comes from the first lot.
    let booking = sold("5", #"{"date":"2024-01-03","unit_cost":"50"}"#)
    #expect(costs(booking) == [number("200"), number("50")])
    #expect(missed(booking) == [number("1")])
  }
}
