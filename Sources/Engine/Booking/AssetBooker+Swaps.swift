import Amounts
import Ledger

/// One asset given for another.
extension AssetBooker {
  /// - Parameter kind: what the disposal is: collateral of a loan is liquidated for what was owed.
  mutating func bookSwap(_ index: Int, _ extra: EventExtra?, as kind: DisposalKind = .swap) throws(DecimalError) {
    let asset = events.assets[index]
    guard let target = extra?.toAsset, let given = events.quantities[index], let received = extra?.toQuantity else { return }
    let value = try money.swapValue(index, given: (AssetID(asset), given), received: (target, received))
    if members.contains(asset) { try dispose(asset, events.accounts[index], given, kind, value, index) }
    if members.contains(target.raw) {
      let account = events.toAccounts[index] == 0 ? events.accounts[index] : events.toAccounts[index]
      try acquire(target.raw, account, received, try withFee(value, index), index, leg: 1)
    }
  }
}
