import Amounts
import Ledger

/// What the lots of a parent cost before the spin-offs of one instant.
///
/// In a pool each account has a row of its own and all rows take from the same lots; each takes its share of what was there before the
/// first of them.
struct SpinOffBasis {
  let time: Int64
  let parent: Int32
  let child: Int32
  var costs: [Key: (cost: Decimal, base: Decimal)] = [:]

  struct Key: Hashable {
    let event: Int64
    let leg: Int16
    let path: Int32
    let quantity: Decimal
  }

  /// Whether another row belongs to the same spin-off.
  func isOf(_ time: Int64, _ parent: Int32, _ child: Int32) -> Bool { self.time == time && self.parent == parent && self.child == child }
}

extension AssetBooker {
  /// A spin-off takes its share of every lot's cost and keeps its dates.
  mutating func spinOff(_ index: Int, _ extra: EventExtra?) throws(DecimalError) {
    guard let target = extra?.toAsset?.raw, var unitsLeft = extra?.toQuantity else { return }
    let asset = events.assets[index]
    let account = events.accounts[index]
    let place = place(asset, account)
    let together = shelf.quantityTogether(at: place)
    // In a pool only as much of each lot has a part in it as the account has of the pool.
    let own = min(shelf.quantity(at: place), together)
    // Nothing is held here, as far as anybody knows: what arrives has a cost, which is not known.
    guard own.isPositive else { return try acquire(target, account, unitsLeft, .unknown(.unknownBasis), index, leg: 1) }
    if beforeSpinOff?.isOf(events.times[index], asset, target) != true {
      beforeSpinOff = SpinOffBasis(time: events.times[index], parent: asset, child: target)
    }
    var basis = beforeSpinOff ?? SpinOffBasis(time: 0, parent: asset, child: target)
    var held = together
    var born: [Lot] = []
    let share = extra?.basisShare
    if share == nil { report(.basisShareUnknown, index, AssetID(asset), account, nil) }
    try shelf.updateEach(at: place) { (lot) throws(DecimalError) in
      lot.isRanked = false
      var child = lot
      child.account = account
      child.quantity = try unitsLeft.share(lot.quantity, of: held).normalized
      unitsLeft = try unitsLeft.subtracting(child.quantity)
      held = try held.subtracting(lot.quantity)
      child.path += 1
      if let share {
        let key = SpinOffBasis.Key(event: lot.event, leg: lot.leg, path: lot.path, quantity: lot.quantity)
        let before = basis.costs[key] ?? (lot.cost, lot.costBase)
        basis.costs[key] = before
        if lot.costKnown {
          child.cost = min(lot.cost, try before.cost.share(own, of: together).multiplied(by: share))
          lot.cost = try lot.cost.subtracting(child.cost)
        }
        if lot.baseKnown {
          child.costBase = min(lot.costBase, try before.base.share(own, of: together).multiplied(by: share))
          lot.costBase = try lot.costBase.subtracting(child.costBase)
        }
      } else {
        (child.costKnown, child.baseKnown, lot.costKnown, lot.baseKnown) = (false, false, false, false)
      }
      born.append(child)
    }
    beforeSpinOff = basis
    for lot in born { try insert(lot, target, account) }
  }
}
