import Amounts
import Ledger

/// Rewards, dividends, interest and return of capital.
extension AssetBooker {
  mutating func reward(_ index: Int, _ quantity: Decimal) throws(DecimalError) {
    // The lot costs quantity x price; the income is what the row says arrived, which may be rounded to cents.
    let cost = try money.unitValue(index).flatMap { amount in money.currency(index).map { Money(amount, $0) } }
    try acquire(events.assets[index], events.accounts[index], quantity, cost.map { .known($0) } ?? .unknown(.unknownBasis), index)
    try receive(index, gross: try statedCost(index), tax: events.taxes[index] ?? .zero, fee: .zero)
  }

  mutating func income(_ index: Int, _ extra: EventExtra?) throws(DecimalError) {
    let tax = events.taxes[index] ?? .zero
    let fee = try money.feeValue(index).value ?? .zero
    let gross = try statedCost(index)
    if members.contains(events.assets[index]) { try receive(index, gross: gross, tax: tax, fee: fee) }
    if let target = extra?.toAsset, let units = extra?.toQuantity, members.contains(target.raw) {
      let net = gross.map { (g) throws(DecimalError) in Money(try g.amount.subtracting(tax).subtracting(fee), g.currency) }
      try acquire(target.raw, events.accounts[index], units, net, index, leg: 1)
    }
  }

  mutating func receive(_ index: Int, gross: Figure<Money>, tax: Decimal, fee: Decimal) throws(DecimalError) {
    let asset = events.assets[index]
    let account = events.accounts[index]
    func inBase(_ amount: Figure<Money>) throws(DecimalError) -> Figure<Decimal> {
      guard case .known(let value) = amount else { return .unknown(amount.why ?? .noPrice) }
      return try money.base(value.amount, value.currency, index).map { .known($0) } ?? .unknown(.noRate)
    }
    let currency = gross.value?.currency ?? money.currency(index) ?? money.rates.base
    let receipt = Receipt(
      asset: AssetID(asset), account: AccountID(account), kind: events.kind(at: index), subtype: events.extra(at: index)?.subtype,
      time: Instant(microseconds: events.times[index]), entitled: events.quantities[index], gross: gross, tax: tax, fee: fee,
      grossBase: try inBase(gross), taxBase: tax.isZero ? .known(.zero) : try inBase(.known(Money(tax, currency))),
      feeBase: fee.isZero ? .known(.zero) : try inBase(.known(Money(fee, currency))), event: EventID(events.ids[index]))
    receipts.append(receipt)
    if receipt.kind == .returnOfCapital { return }
    try change(asset, account) { (position) throws(DecimalError) in
      if case .known(let net) = receipt.netBase {
        position.incomeBase = try position.incomeBase.adding(net)
      } else {
        position.unknownReceipts += 1
      }
    }
  }

  /// Return of capital lowers the cost of the lots held, by units; what exceeds a lot's cost is gain.
  mutating func returnCapital(_ index: Int) throws(DecimalError) {
    let asset = events.assets[index]
    let account = events.accounts[index]
    let gross = try statedCost(index)
    try receive(index, gross: gross, tax: events.taxes[index] ?? .zero, fee: .zero)
    guard case .known(let paid) = gross else { return }
    // In a pool it is spread over all lots, whose units it cannot tell apart.
    var units = shelf.quantityTogether(at: place(asset, account))
    guard units.isPositive else { return }
    var rest = paid.amount
    var excesses: [(Lot, Decimal)] = []
    let rate = try money.base(.one, paid.currency, index)
    try shelf.updateEach(at: place(asset, account)) { (lot) throws(DecimalError) in
      lot.isRanked = false
      let part = try rest.share(lot.quantity, of: units)
      rest = try rest.subtracting(part)
      units = try units.subtracting(lot.quantity)
      guard lot.costKnown, lot.currency == paid.currency.id else {
        lot.costKnown = false
        lot.baseKnown = false
        return
      }
      let lowered = min(part, lot.cost)
      if part > lot.cost { excesses.append((lot, try part.subtracting(lot.cost))) }
      if lot.baseKnown, !lot.cost.isZero {
        lot.costBase = try lot.costBase.subtracting(try lot.costBase.share(lowered, of: lot.cost))
      }
      lot.cost = try lot.cost.subtracting(lowered)
    }
    for (lot, excess) in excesses {
      let inBase = (rate.map { Figure.known($0) } ?? .unknown(.noRate)).map { (r) throws(DecimalError) in try excess.multiplied(by: r) }
      try realize(
        GainPiece(
          asset: AssetID(asset), account: AccountID(account), kind: .rocExcess, acquired: lot.instant,
          disposed: Instant(microseconds: events.times[index]),
          quantity: lot.quantity, proceeds: .known(Money(excess, paid.currency)), cost: .known(Money(.zero, paid.currency)),
          proceedsBase: inBase,
          costBase: .known(.zero), event: EventID(events.ids[index]), lotEvent: EventID(lot.event)))
    }
  }
}
