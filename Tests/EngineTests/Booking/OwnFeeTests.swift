import Amounts
import Engine
import Ledger
import TestSupport
import Testing

/// Fees paid in units of the asset that moves: they are sold at what they are worth, which the row's price says when the row does not.
struct OwnFeeTests {
  private func inKind(_ units: String) -> (inout Event) -> Void {
    { event in
      event.fee = number(units)
      event.feeAsset = event.asset
    }
  }

  @Test func aSaleAndItsFeeUnitsTogetherGainProceedsLessCostOfAllThatLeft() {
    var maker = BookMaker()
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "10", price: "100", "USD")
    maker.event(.sell, "2024-03-02", "Wallet", "ABC", "4", price: "150", "USD", edit: inKind("0.5"))
    let booking = maker.book.booked(pieces: true)
    // Sold: 4 x 150 - 0.5 x 150 = 525, cost 400. Fee units: 75, cost 50. Together 600 - 450.
    #expect(booking.pieces.map(\.gain.value?.amount) == [number("125"), number("25")])
    #expect(booking.pieces.map(\.kind) == [.sell, .fee])
    #expect(booking.positions.first { $0.asset == maker.book.assets.values.first { $0.symbol == "ABC" }?.id }?.quantity == number("5.5"))
  }

  @Test func aPurchaseBearsTheFeeAndSellsItsUnitsAtOnce() {
    var maker = BookMaker()
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "10", price: "100", "USD", edit: inKind("1"))
    let booking = maker.book.booked(pieces: true)
    // The lot costs 1,000 + 100 for 10; the fee unit costs 110 of it and is worth 100.
    #expect(booking.pieces.map(\.gain.value?.amount) == [number("-10")])
    #expect(booking.lots.map(\.cost.value?.amount) == [number("990")])
  }

  @Test func aTransfersFeeIsWorthThePriceOfTheRow() {
    var maker = BookMaker()
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "10", price: "100", "USD")
    let vault = maker.account("Vault")
    maker.event(.transfer, "2024-02-02", "Wallet", "ABC", "3", price: "120", "USD") { event in
      event.toAccount = vault
      self.inKind("0.25")(&event)
    }
    let booking = maker.book.booked(pieces: true)
    // 0.25 x 120 - 0.25 x 100; 2.75 arrive.
    #expect(booking.pieces.map(\.gain.value?.amount) == [number("5")])
    #expect(booking.lots.first { $0.account == vault }?.quantity == number("2.75"))
  }
}
