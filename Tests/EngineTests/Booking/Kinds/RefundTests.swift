import Amounts
import Engine
import Ledger
import TestSupport
import Testing

/// Fees and taxes that come back: in money, and in coins.
struct RefundTests {
  /// 100 - 10 + 4 - 30 + 12 = 76, whether the row gives units of money or an amount.
  @Test func moneyThatComesBackIsABalanceAndNeitherIncomeNorGainNorAFlow() {
    var maker = BookMaker()
    let bank = maker.account("Bank")
    maker.event(.deposit, "2024-01-01", "Bank", "USD", "100")
    maker.event(.fee, "2024-01-02", "Bank", "USD", "10")
    maker.event(.feeRefund, "2024-01-03", "Bank", "USD", "4")
    maker.event(.tax, "2024-01-04", "Bank", "USD", gross: "30", "USD")
    maker.event(.taxRefund, "2024-01-05", "Bank", "USD", gross: "12", "USD")
    let position = maker.position("USD", "Bank")
    #expect(position?.quantity == number("76"))
    #expect(position?.incomeBase == .zero && position?.realizedBase == .zero)
    let booking = maker.book.booked(pieces: true)
    #expect(booking.pieces.isEmpty && booking.receipts.isEmpty && booking.issues.isEmpty)
    let flows = ExternalFlows(maker.book, accounts: [bank], upTo: day("2024-12-31")).days
    #expect(flows.count == 1 && flows[day("2024-01-01")]?.inflow == number("100"))
  }

  /// A broker charges for a share: the money goes and comes back, the share's units stay.
  @Test func aRefundNamedAfterAnAssetMovesMoneyAlone() {
    var maker = BookMaker()
    maker.event(.deposit, "2024-01-01", "Broker", "USD", "100")
    maker.event(.buy, "2024-01-02", "Broker", "ABC", "5", price: "10", "USD")
    maker.event(.fee, "2024-01-03", "Broker", "ABC", gross: "3", "USD")
    maker.event(.feeRefund, "2024-01-04", "Broker", "ABC", gross: "2", "USD")
    maker.event(.taxRefund, "2024-01-05", "Broker", "ABC", gross: "1", "USD")
    #expect(maker.position("USD", "Broker")?.quantity == number("50"))
    #expect(amounts(maker.lots("ABC").map(\.cost)) == numbers("50"))
    #expect(maker.pieces("ABC").isEmpty)
  }

  @Test(arguments: [EventKind.feeRefund, .taxRefund])
  func coinsThatComeBackAreALotOfTheirStatedWorth(_ kind: EventKind) {
    var maker = BookMaker()
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "10", price: "10", "USD")
    maker.event(.fee, "2024-01-03", "Wallet", "ABC", "2", gross: "24", "USD")
    maker.event(kind, "2024-01-04", "Wallet", "ABC", "1", gross: "11", "USD")
    // Charged 2 that cost 20 at 24; one of them comes back at 11.
    #expect(maker.pieces("ABC").map(\.gainBase) == [.known(number("4"))])
    #expect(amounts(maker.lots("ABC").map(\.cost)) == numbers("80", "11"))
    #expect(maker.position("ABC")?.incomeBase == .zero)
    #expect(maker.issues.isEmpty)
    let refund = maker.event(kind, "2024-01-05", "Wallet", "ABC", "1")
    #expect(maker.issues.map(\.kind) == [.unknownBasis] && maker.issues.first?.event == refund)
  }

  @Test func theLegOfARefundIsAChargeThatArrives() {
    var maker = BookMaker()
    maker.event(.feeRefund, "2024-01-04", "Wallet", "ABC", "1", gross: "11", "USD")
    maker.event(.taxRefund, "2024-01-05", "Wallet", "USD", gross: "12", "USD")
    let legs = maker.book.events.indices.map { maker.book.events.legs(at: $0) }
    #expect(legs.map { $0.map(\.quantity) } == [[number("1")], [number("12")]])
    #expect(legs.map { $0.map(\.role) } == [[.fee], [.tax]])
  }
}
