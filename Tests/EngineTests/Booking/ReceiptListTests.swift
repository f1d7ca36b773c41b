import Amounts
import Ledger
import TestSupport
import Testing

@testable import Engine

/// Receipts are kept packed, and come out as they went in.
struct ReceiptListTests {
  private func amount(_ random: inout SplitMix64) -> Decimal {
    random.int(0...2) == 0 ? .zero : Decimal(mantissa: Int128(random.int(-99_999...99_999)), scale: UInt8(random.int(0...18)))
  }

  private func receipt(_ random: inout SplitMix64, event: Int64) -> Receipt {
    func base(_ own: Decimal) -> Figure<Decimal> {
      switch random.int(0...9) {
      case 0: .unknown(random.pick(Why.allCases))
      case 1...4: .known(own)
      default: .known(amount(&random))
      }
    }
    let (gross, tax, fee) = (amount(&random), amount(&random), amount(&random))
    var receipt = Receipt(
      asset: AssetID(Int32(random.int(1...9))), account: AccountID(Int32(random.int(0...3))), kind: random.pick(EventKind.allCases),
      subtype: random.pick([nil, "rent", "staking", ""]), time: Instant(microseconds: Int64(random.int(-3...3)) * 1_000_000_000_000),
      entitled: random.int(0...1) == 0 ? nil : amount(&random),
      gross: random.int(0...9) == 0 ? .unknown(.noPrice) : .known(Money(gross, Currency(id: Int32(random.int(1...3))))), tax: tax, fee: fee,
      grossBase: base(gross), taxBase: base(tax), feeBase: base(fee), event: EventID(event))
    receipt.accrued = amount(&random)
    receipt.accruedBase = base(receipt.accrued)
    return receipt
  }

  @Test func whatIsPackedComesOutAsItWas() throws {
    try withSeeds(300) { random in
      let receipts = (0..<random.int(0...20)).map { receipt(&random, event: Int64($0)) }
      let packed = Receipts(receipts)
      try law(Array(packed) == receipts, "\(Array(packed)) is not \(receipts)")
    }
  }

  @Test func whatIsCutOffCanBePutBack() throws {
    try withSeeds(300) { random in
      let receipts = (0..<random.int(0...20)).map { receipt(&random, event: Int64($0)) }
      var list = ReceiptList(receipts)
      let count = random.int(0...receipts.count)
      list.cut(to: count)
      try law((0..<list.count).map { list[$0] } == Array(receipts[..<count]), "cut to \(count)")
      for receipt in receipts[count...] { list.append(receipt) }
      try law((0..<list.count).map { list[$0] } == receipts, "put back from \(count)")
    }
  }

  @Test func moreFinerKindsThanAByteCountsAreKept() {
    var random = SplitMix64(seed: 1)
    let receipts = (0..<600).map { number in
      var receipt = receipt(&random, event: Int64(number))
      receipt.subtype = "kind \(number % 300)"
      return receipt
    }
    #expect(Array(Receipts(receipts)) == receipts)
  }

  @Test func partsAreMergedByTimeThenEvent() throws {
    try withSeeds(300) { random in
      var event = Int64(0)
      let parts = (0..<random.int(1...5)).map { _ in
        (0..<random.int(0...20)).map { _ in
          event += 1
          return receipt(&random, event: event)
        }.sorted { ($0.time, $0.event) < ($1.time, $1.event) }
      }
      let wanted = parts.joined().sorted { ($0.time, $0.event) < ($1.time, $1.event) }
      let merged = Receipts(merging: parts.map { Receipts($0) })
      try law(Array(merged) == wanted, "\(merged.map(\.event)) is not \(wanted.map(\.event))")
    }
  }
}
