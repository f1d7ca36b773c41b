import Amounts
import Ledger

/// Events in which several assets change hands.
extension AssetBooker {
  mutating func bookSwap(_ index: Int, _ extra: EventExtra?) throws(DecimalError) {
    let asset = events.assets[index]
    guard let target = extra?.toAsset, let given = events.quantities[index], let received = extra?.toQuantity else { return }
    let value = try money.swapValue(index, given: (AssetID(asset), given), received: (target, received))
    if members.contains(asset) { try dispose(asset, events.accounts[index], given, .swap, value, index) }
    if members.contains(target.raw) {
      let account = events.toAccounts[index] == 0 ? events.accounts[index] : events.toAccounts[index]
      try acquire(target.raw, account, received, try withFee(value, index), index, leg: 1)
    }
  }

  /// An event of more than the usual movements: what leaves pays for what arrives.
  mutating func bookLegs(_ index: Int, _ legs: [Leg]) throws(DecimalError) {
    let principal = legs.filter { $0.role == .principal }
    let outgoing = principal.filter { $0.quantity.isNegative }
    let incoming = principal.filter { $0.quantity.isPositive }
    func single(_ side: [Leg]) -> (AssetID, Decimal)? { side.count == 1 ? (side[0].asset, side[0].quantity.magnitude) : nil }
    let total = try money.swapValue(index, given: single(outgoing), received: single(incoming))
    func value(of leg: Leg, among side: [Leg]) throws(DecimalError) -> Figure<Money> {
      side.count == 1 ? total : try money.swapValue(index, given: (leg.asset, leg.quantity.magnitude), received: nil)
    }
    let disposal: DisposalKind = incoming.isEmpty ? .fee : .swap
    for (ordinal, leg) in legs.enumerated() where members.contains(leg.asset.raw) {
      if leg.quantity.isNegative {
        let isPrincipal = leg.role == .principal
        let worth =
          isPrincipal
          ? try value(of: leg, among: outgoing) : try money.swapValue(index, given: (leg.asset, leg.quantity.magnitude), received: nil)
        try dispose(leg.asset.raw, leg.account.raw, leg.quantity.magnitude, isPrincipal ? disposal : .fee, worth, index)
      } else {
        try acquire(leg.asset.raw, leg.account.raw, leg.quantity, try value(of: leg, among: incoming), index, leg: ordinal)
      }
    }
  }
}
