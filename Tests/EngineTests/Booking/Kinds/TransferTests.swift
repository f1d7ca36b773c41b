import Amounts
import Engine
import Ledger
import TestSupport
import Testing

/// What is found to be the other side of units that left, and what follows from linking the two.
struct TransferTests {
  /// 2 ABC bought for 100 on Coinbase; one leaves on 1 March.
  private func book(sent: String = "1", edit: (inout Event) -> Void = { _ in }) -> BookMaker {
    var maker = BookMaker()
    maker.event(.buy, "2024-01-02T10:00:00Z", "Coinbase", "ABC", "2", price: "50", "USD")
    maker.event(.withdraw, "2024-03-01T12:00:00Z", "Coinbase", "ABC", sent, edit: edit)
    return maker
  }

  private func candidates(_ maker: BookMaker) -> [TransferCandidate] {
    let matcher = TransferMatcher(maker.book, asOf: day("2024-12-31"))
    return matcher.sides.first { $0.isOut }.map { matcher.candidates(for: $0) } ?? []
  }

  @Test func anArrivalLessTheNetworksFeeShortlyAfterIsACandidateWithReasons() {
    var maker = book()
    maker.event(.deposit, "2024-03-01T12:20:00Z", "Wallet", "ABC", "0.999")
    let found = candidates(maker)
    #expect(found.map(\.difference) == [number("0.001")])
    #expect(found.first?.reasons == ["0.001 less arrived, as after a network fee", "arrived 20 min later"])
  }

  @Test func theSameHashGoesBeforeTheSameAmount() {
    var maker = book(edit: extra { $0.txHash = "0xaa" })
    let near = maker.event(.deposit, "2024-03-01T12:01:00Z", "Vault", "ABC", "1")
    let hashed = maker.event(.deposit, "2024-03-03T12:00:00Z", "Wallet", "ABC", "0.9", edit: extra { $0.txHash = "0xaa" })
    #expect(candidates(maker).map(\.deposit.event) == [hashed, near])
    #expect(candidates(maker).first?.reasons.first == "same transaction hash")
  }

  @Test(arguments: [
    ("2024-03-01T12:20:00Z", "Wallet", "1.01"), ("2024-03-01T12:20:00Z", "Wallet", "0.9"), ("2024-03-09T12:00:00Z", "Wallet", "1"),
    ("2024-03-01T09:00:00Z", "Wallet", "1"), ("2024-03-01T11:59:00Z", "Wallet", "1"), ("2024-03-01T12:20:00Z", "Coinbase", "1"),
  ])
  func moreLessLaterEarlierOrTheSameAccountIsNone(_ time: String, _ account: String, _ units: String) {
    var maker = book()
    maker.event(.deposit, time, account, "ABC", units)
    #expect(candidates(maker).isEmpty)
  }

  @Test(arguments: [("0xAbC1", "abc1"), ("ABC1", "0xabc1"), ("0XABC1", "0xabc1")])
  func aHashIsTheSameInAnyCaseAndWithout0x(_ sent: String, _ received: String) {
    var maker = book(edit: extra { $0.txHash = sent })
    maker.event(.deposit, "2024-03-01T12:01:00Z", "Wallet", "ABC", "1", edit: extra { $0.txHash = received })
    #expect(candidates(maker).first?.reasons.first == "same transaction hash")
  }

  /// What arrived a minute before cannot be what left; the later one is.
  @Test func whatArrivedBeforeItLeftIsNoCandidate() {
    var maker = book()
    maker.event(.deposit, "2024-03-01T11:59:00Z", "Vault", "ABC", "1")
    let after = maker.event(.deposit, "2024-03-01T15:00:00Z", "Wallet", "ABC", "1")
    #expect(candidates(maker).map(\.deposit.event) == [after])
  }

  @Test func twoHashesThatDifferAreTwoTransactions() {
    var maker = book(edit: extra { $0.txHash = "0xaa" })
    maker.event(.deposit, "2024-03-01T12:01:00Z", "Wallet", "ABC", "1", edit: extra { $0.txHash = "0xbb" })
    #expect(candidates(maker).isEmpty)
  }

  /// One leaves for 50 and 0.99 arrives: 0.01 is the fee, a disposal at its market worth.
  @Test func linkedTheLotsKeepDateAndCostAndTheDifferenceIsADisposal() throws {
    var maker = book()
    maker.event(.deposit, "2024-03-01T12:20:00Z", "Wallet", "ABC", "0.99")
    maker.quote(.close, "2024-03-01", "ABC", "80")
    let (out, arrival) = (maker.book.events[1], maker.book.events[2])
    let transfer = try #require(try Event.transfer(from: out, to: arrival, batch: BatchID(2)))
    maker.replaceEvents([maker.book.events[0], transfer])
    // 0.01 cost 0.5 and is worth 0.8; 0.99 cost 49.5.
    #expect(maker.pieces("ABC").map(\.gainBase) == [.known(number("0.3"))])
    #expect(maker.pieces("ABC").first?.kind == .fee)
    let moved = maker.lots("ABC").filter { $0.path == 1 }
    #expect(amounts(moved.map(\.cost)) == numbers("49.5"))
    #expect(moved.first?.acquired == Instant("2024-01-02T10:00:00Z"))
    #expect(maker.position("ABC", "Wallet")?.quantity == number("0.99"))
    #expect(maker.position("ABC", "Coinbase")?.quantity == number("1"))
  }

  @Test func aFeeOfItsOwnAndOneInAnotherCoinAreBothKept() throws {
    var maker = BookMaker()
    maker.event(.buy, "2024-01-02", "Coinbase", "ABC", "2", price: "50", "USD")
    maker.event(.buy, "2024-01-02", "Coinbase", "GAS", "5", price: "1", "USD")
    let gas = maker.id("GAS")
    maker.event(.withdraw, "2024-03-01T12:00:00Z", "Coinbase", "ABC", "1") { event in
      event.fee = number("2")
      event.feeAsset = gas
    }
    maker.event(.deposit, "2024-03-01T12:20:00Z", "Wallet", "ABC", "0.9")
    let transfer = try #require(try Event.transfer(from: maker.book.events[2], to: maker.book.events[3], batch: BatchID(2)))
    maker.replaceEvents([maker.book.events[0], maker.book.events[1], transfer])
    #expect(maker.position("ABC", "Wallet")?.quantity == number("0.9"))
    #expect(maker.position("ABC", "Coinbase")?.quantity == number("1"))
    #expect(maker.position("GAS", "Coinbase")?.quantity == number("3"))
    #expect(maker.pieces("ABC").map(\.quantity) == [number("0.1")])
  }

  @Test func theWithdrawalsOwnFeeIsPartOfWhatLeft() throws {
    var maker = book { event in
      event.fee = number("0.01")
      event.feeAsset = event.asset
      event.feeValue = number("0.7")
      event.currency = Currency(id: 1)
    }
    maker.event(.deposit, "2024-03-01T12:20:00Z", "Wallet", "ABC", "1")
    #expect(candidates(maker).first?.reasons.first == "the amount less its fee")
    let transfer = try #require(try Event.transfer(from: maker.book.events[1], to: maker.book.events[2], batch: BatchID(2)))
    maker.replaceEvents([maker.book.events[0], transfer])
    // 1.01 left, 1 arrived; the fee cost 0.5 and is worth 0.7 as stated.
    #expect(maker.position("ABC", "Coinbase")?.quantity == number("0.99"))
    #expect(maker.pieces("ABC").map(\.gainBase) == [.known(number("0.2"))])
  }
}
