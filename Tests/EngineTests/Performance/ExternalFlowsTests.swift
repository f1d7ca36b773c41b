import Amounts
import Engine
import Ledger
import TestSupport
import Testing

/// What crosses the border of some accounts is a flow of theirs.
struct ExternalFlowsTests {
  private func book() -> BookMaker {
    var maker = BookMaker()
    maker.asset("COIN", .crypto, cadence: .yearly)
    maker.asset("GAS", .crypto, cadence: .yearly)
    maker.quote(.close, "2024-01-01", "COIN", "10")
    maker.quote(.close, "2024-01-01", "GAS", "3")
    maker.event(.deposit, "2024-01-01", "A", "USD", "500")
    maker.event(.buy, "2024-01-02", "A", "COIN", "20", price: "9", gross: "180", "USD")
    // 5 leave A, 4.5 arrive at B, half of one is burnt; a fee of 2 gas is paid by A.
    maker.event(.transfer, "2024-01-03", "A", "COIN", "5") {
      $0.toAccount = AccountID(2)
      $0.fee = number("0.5")
      $0.feeAsset = AssetID(2)
    }
    maker.account("B")
    return maker
  }

  @Test func insideAllAccountsNothingCrosses() {
    let flows = ExternalFlows(book().book, upTo: day("2024-01-31"))
    #expect(flows.days.keys.sorted() == [day("2024-01-01")])
    #expect(flows.days[day("2024-01-01")]?.inflow == 500)
  }

  @Test func ofOneAccountATransferIsAFlowAtMarketValue() {
    let sender = ExternalFlows(book().book, accounts: [AccountID(1)], upTo: day("2024-01-31"))
    #expect(sender.days[day("2024-01-02")] == nil)  // a purchase stays inside
    #expect(sender.days[day("2024-01-03")]?.outflow == 45)  // 4.5 x 10; what was burnt is a loss
    #expect(sender.days[day("2024-01-03")]?.inflow == 0)
    let receiver = ExternalFlows(book().book, accounts: [AccountID(2)], upTo: day("2024-01-31"))
    #expect(receiver.days.count == 1)
    #expect(receiver.days[day("2024-01-03")]?.inflow == 45)
  }

  @Test func borrowedMoneyIsNoGain() {
    var maker = BookMaker()
    maker.event(.deposit, "2024-01-01", "A", "USD", "100")
    maker.event(.borrow, "2024-01-02", "A", "USD", "50")
    maker.event(.repay, "2024-01-03", "A", "USD", "20")
    let flows = ExternalFlows(maker.book, upTo: day("2024-01-31"))
    #expect(flows.days[day("2024-01-02")]?.inflow == 50)
    #expect(flows.days[day("2024-01-03")]?.outflow == 20)
  }
}
