import Amounts
import Ledger

/// Splits, migrations, mergers and spin-offs: the total cost of what is held stays as it is.
extension AssetBooker {
  /// A split multiplies units. Where the row states what an account has after it, the fraction beyond that was paid in cash.
  mutating func split(_ index: Int, _ ratio: Ratio) throws(DecimalError) {
    let asset = events.assets[index]
    let account = events.accounts[index]
    if !debts.isEmpty { try splitDebts(asset, in: account, ratio) }
    try shelf.split(slot(asset), in: holders(asset, account), ratio)
    try splitEntitled(asset, ratio)
    guard account != 0, let after = events.extra(at: index)?.toQuantity else { return }
    let fraction = try shelf.quantity(at: place(asset, account)).subtracting(after)
    if fraction.isPositive { try dispose(asset, account, fraction, .sell, try statedProceeds(index), index) }
  }

  /// Migration, merger, wrapping: lots go over into another asset with cost and dates.
  mutating func carry(_ index: Int, _ extra: EventExtra?) throws(DecimalError) {
    let asset = events.assets[index]
    let wanted = events.accounts[index]
    guard let target = extra?.toAsset?.raw else { return try cashOut(index) }
    var leavings: [(account: Int32, units: Decimal)] = []
    var total = Decimal.zero
    for account in holders(asset, wanted) {
      let held = shelf.quantity(at: place(asset, account))
      let leaving = wanted == 0 ? held : events.quantities[index] ?? held
      if !leaving.isPositive { continue }
      leavings.append((account, leaving))
      total = try total.adding(leaving)
    }
    let arriving = try unitsArriving(extra, for: total)
    // Where a ratio gives more than is said to arrive, the fraction was paid in cash.
    let fraction = events.grosses[index] == nil ? .zero : try fractionPaid(extra, for: total)
    let cash = events.kind(at: index) == .merger && fraction.isZero ? try mergerCash(index, target: AssetID(target), arriving) : nil
    var (oldLeft, newLeft, cashLeft) = (total, try arriving.adding(fraction), cash?.amount.amount ?? .zero)
    for (account, leaving) in leavings {
      var lots: [Lot] = []
      let missing = try take(asset, account, leaving, &lots, index)
      if missing.isPositive { lots.append(unknown(missing, account, index)) }
      for lot in lots {
        var lot = lot
        if let cash {
          let part = try cashLeft.share(lot.quantity, of: oldLeft)
          cashLeft = try cashLeft.subtracting(part)
          lot = try payOut(lot, Money(part, cash.amount.currency), cash.share, asset, account, index)
        }
        let units = try newLeft.share(lot.quantity, of: oldLeft).normalized
        newLeft = try newLeft.subtracting(units)
        oldLeft = try oldLeft.subtracting(lot.quantity)
        lot.quantity = units
        lot.path += 1
        lot.account = account
        lot.isRanked = false
        try insert(lot, target, account)
      }
    }
    if fraction.isPositive, let first = leavings.first {
      try dispose(target, wanted == 0 ? first.account : wanted, fraction, .sell, try statedProceeds(index), index)
    }
  }

  /// A merger for cash alone is a sale.
  private mutating func cashOut(_ index: Int) throws(DecimalError) {
    guard events.kind(at: index) == .merger else { return }
    let held = shelf.quantity(at: place(events.assets[index], events.accounts[index]))
    try dispose(events.assets[index], events.accounts[index], events.quantities[index] ?? held, .sell, try saleProceeds(index), index)
  }

  /// What arrives for units that go over: as stated, else by the ratio, else one for one.
  private func unitsArriving(_ extra: EventExtra?, for leaving: Decimal) throws(DecimalError) -> Decimal {
    if let stated = extra?.toQuantity { return stated }
    guard let ratio = extra?.ratio else { return leaving }
    return try leaving.scaled(by: ratio)
  }

  /// Units that the ratio gives beyond what is said to arrive.
  private func fractionPaid(_ extra: EventExtra?, for leaving: Decimal) throws(DecimalError) -> Decimal {
    guard let ratio = extra?.ratio, let stated = extra?.toQuantity else { return .zero }
    return max(.zero, try leaving.scaled(by: ratio).subtracting(stated))
  }

  /// The cash of a merger and its share of everything received; nil when it pays none.
  private func mergerCash(
    _ index: Int, target: AssetID, _ units: Decimal
  ) throws(DecimalError) -> (amount: Money, share: Figure<Decimal>)? {
    guard let gross = events.grosses[index], gross.isPositive, let currency = money.currency(index) else { return nil }
    let share = try money.fairValue(units, of: target, on: money.day(index))
      .with(.known(gross)) { (stock, gross) throws(DecimalError) in (stock, gross) }
    guard case .known(let (stock, _)) = share else { return (Money(gross, currency), .unknown(.noPrice)) }
    let rate = money.book.quotes.rate(from: stock.currency, to: currency, on: money.day(index))
    return (
      Money(gross, currency),
      rate.map { (rate) throws(DecimalError) in try gross.divided(by: try gross.adding(try stock.amount.multiplied(by: rate))) }
    )
  }

  /// Disposes of the part of a lot that the cash of a merger pays for; the units all go over.
  private mutating func payOut(
    _ lot: Lot, _ paid: Money, _ share: Figure<Decimal>, _ asset: Int32, _ account: Int32, _ index: Int
  ) throws(DecimalError) -> Lot {
    var kept = lot
    var cost: Figure<Money> = .unknown(.unknownBasis)
    var costBase: Figure<Decimal> = .unknown(.unknownBasis)
    if case .known(let share) = share, lot.costKnown {
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
    let inBase = try inBase(paid, asset, account, index)
    try realize(
      GainPiece(
        asset: AssetID(asset), account: AccountID(account), kind: .sell, acquired: lot.instant,
        disposed: Instant(microseconds: events.times[index]),
        quantity: .zero, proceeds: .known(paid), cost: cost,
        proceedsBase: inBase, costBase: costBase, event: EventID(events.ids[index]),
        lotEvent: EventID(lot.event)))
    return kept
  }
}
