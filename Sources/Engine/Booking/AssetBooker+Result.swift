import Amounts
import Ledger

extension Lot {
  /// When it was acquired; nil when unknown.
  var instant: Instant? { acquired == .min ? nil : Instant(microseconds: acquired) }
}

extension Position {
  /// Adds up what the open lots cost; unknown and mixed currencies stay visible.
  mutating func summarize(_ queue: LotQueue) {
    cost = .unknown(.nothing)
    for lot in queue.open {
      lots += 1
      let own: Figure<Money> = lot.costKnown ? .known(Money(lot.cost, Currency(id: lot.currency))) : .unknown(.unknownBasis)
      switch (cost, own) {
      case (.unknown(.nothing), _): cost = own
      case (.known(let sum), .known(let more)): cost = sum.adding(more)
      case (.known, .unknown(let why)): cost = .unknown(why)
      case (.unknown, _): break
      }
      if lot.baseKnown, let sum = try? costBase.adding(lot.costBase) {
        costBase = sum
      } else {
        unknownBasisUnits = (try? unknownBasisUnits.adding(lot.quantity)) ?? unknownBasisUnits
      }
    }
    if queue.short.isPositive {
      lots += 1
      cost = .unknown(.unknownBasis)
      unknownBasisUnits = (try? unknownBasisUnits.subtracting(queue.short)) ?? unknownBasisUnits
    }
  }
}

extension LotQueue {
  /// The open lots as values, the short part last as a lot of negative quantity and unknown cost.
  func openLots(asset: AssetID, account: AccountID) -> [OpenLot] {
    var found = open.map { lot in
      OpenLot(
        asset: asset, account: account, acquired: lot.instant, quantity: lot.quantity,
        cost: lot.costKnown ? .known(Money(lot.cost, Currency(id: lot.currency))) : .unknown(.unknownBasis),
        costBase: lot.baseKnown ? .known(lot.costBase) : .unknown(lot.costKnown ? .noRate : .unknownBasis), event: EventID(lot.event),
        leg: Int(lot.leg),
        path: Int(lot.path))
    }
    if short.isPositive {
      found.append(
        OpenLot(
          asset: asset, account: account, acquired: nil, quantity: -short, cost: .unknown(.unknownBasis), costBase: .unknown(.unknownBasis),
          event: EventID(0), leg: 0, path: 0))
    }
    return found
  }
}
