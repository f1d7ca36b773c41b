import Amounts
import Ledger

/// Splits, migrations, mergers and spin-offs: the total cost of what is held stays as it is.
extension AssetBooker {
  mutating func split(_ asset: Int32, _ account: Int32, _ ratio: Ratio) throws(DecimalError) {
    try shelf.split(slot(asset), in: holders(asset, account), ratio)
  }

  /// Migration, merger, wrapping: lots go over into another asset with cost and dates.
  mutating func carry(_ index: Int, _ extra: EventExtra?) throws(DecimalError) {
    guard let target = extra?.toAsset?.raw else { return }
    let asset = events.assets[index]
    let wanted = events.accounts[index]
    let cash = events.kind(at: index) == .merger ? try mergerCash(index, target: AssetID(target), extra) : nil
    for account in holders(asset, wanted) {
      let held = shelf.quantity(at: place(asset, account))
      let leaving = wanted == 0 ? held : min(events.quantities[index] ?? held, held)
      if !leaving.isPositive { continue }
      var lots: [Lot] = []
      let missing = try take(asset, account, leaving, &lots, index)
      if missing.isPositive { lots.append(unknown(missing, account, index)) }
      var unitsLeft = try unitsArriving(extra, for: leaving)
      var old = leaving
      for lot in lots {
        var lot = lot
        if let cash { lot = try payOut(lot, cash, of: leaving, asset, account, index) }
        let units = try unitsLeft.share(lot.quantity, of: old).normalized
        unitsLeft = try unitsLeft.subtracting(units)
        old = try old.subtracting(lot.quantity)
        lot.quantity = units
        lot.path += 1
        lot.account = account
        lot.isRanked = false
        try insert(lot, target, account)
      }
    }
  }

  /// What arrives for units that go over: as stated, else by the ratio, else one for one.
  private func unitsArriving(_ extra: EventExtra?, for leaving: Decimal) throws(DecimalError) -> Decimal {
    if let stated = extra?.toQuantity { return stated }
    guard let ratio = extra?.ratio else { return leaving }
    return try Self.scaled(leaving, by: ratio)
  }

  /// The cash of a merger as a share of everything received; nil when it pays none.
  private func mergerCash(
    _ index: Int, target: AssetID, _ extra: EventExtra?
  ) throws(DecimalError) -> (amount: Money, share: Figure<Decimal>)? {
    guard let gross = events.grosses[index], gross.isPositive, let currency = money.currency(index) else { return nil }
    let held = events.quantities[index] ?? .zero
    let units = try unitsArriving(extra, for: held)
    let share = try money.worth(units, of: target, in: currency, on: money.day(index))
      .map { (stock) throws(DecimalError) in try gross.divided(by: try gross.adding(stock)) }
    return (Money(gross, currency), share)
  }

  /// Disposes of the part of a lot that the cash of a merger pays for; the units all go over.
  private mutating func payOut(
    _ lot: Lot, _ cash: (amount: Money, share: Figure<Decimal>), of total: Decimal, _ asset: Int32, _ account: Int32, _ index: Int
  ) throws(DecimalError) -> Lot {
    var kept = lot
    let proceeds = try cash.amount.amount.share(lot.quantity, of: total)
    var cost: Figure<Money> = .unknown(.unknownBasis)
    var costBase: Figure<Decimal> = .unknown(.unknownBasis)
    if case .known(let share) = cash.share, lot.costKnown {
      let leaving = try lot.cost.multiplied(by: share)
      kept.cost = try lot.cost.subtracting(leaving)
      cost = .known(Money(leaving, Currency(id: lot.currency)))
      if lot.baseKnown {
        let base = try lot.costBase.multiplied(by: share)
        kept.costBase = try lot.costBase.subtracting(base)
        costBase = .known(base)
      }
    } else {
      kept.costKnown = false
      kept.baseKnown = false
    }
    let inBase = try money.base(proceeds, cash.amount.currency, index)
    try realize(
      GainPiece(
        asset: AssetID(asset), account: AccountID(account), kind: .sell, acquired: lot.instant,
        disposed: Instant(microseconds: events.times[index]),
        quantity: .zero, proceeds: .known(Money(proceeds, cash.amount.currency)), cost: cost,
        proceedsBase: inBase.map { .known($0) } ?? .unknown(.noRate), costBase: costBase, event: EventID(events.ids[index]),
        lotEvent: EventID(lot.event)))
    return kept
  }

  /// A spin-off takes its share of every lot's cost and keeps its dates.
  mutating func spinOff(_ index: Int, _ extra: EventExtra?) throws(DecimalError) {
    guard let target = extra?.toAsset?.raw, var unitsLeft = extra?.toQuantity else { return }
    let asset = events.assets[index]
    let account = events.accounts[index]
    let together = shelf.quantityTogether(at: place(asset, account))
    // In a pool only as much of each lot has a part in it as the account has of the pool.
    let own = min(shelf.quantity(at: place(asset, account)), together)
    guard own.isPositive else { return }
    var held = together
    var born: [Lot] = []
    let share = extra?.basisShare
    try shelf.updateEach(at: place(asset, account)) { (lot) throws(DecimalError) in
      lot.isRanked = false
      var child = lot
      child.account = account
      child.quantity = try unitsLeft.share(lot.quantity, of: held).normalized
      unitsLeft = try unitsLeft.subtracting(child.quantity)
      held = try held.subtracting(lot.quantity)
      child.path += 1
      if let share {
        if lot.costKnown {
          child.cost = try lot.cost.share(own, of: together).multiplied(by: share)
          lot.cost = try lot.cost.subtracting(child.cost)
        }
        if lot.baseKnown {
          child.costBase = try lot.costBase.share(own, of: together).multiplied(by: share)
          lot.costBase = try lot.costBase.subtracting(child.costBase)
        }
      } else {
        (child.costKnown, child.baseKnown, lot.costKnown, lot.baseKnown) = (false, false, false, false)
      }
      born.append(child)
    }
    for lot in born { try insert(lot, target, account) }
  }
}
