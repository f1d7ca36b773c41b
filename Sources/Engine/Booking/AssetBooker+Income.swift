import Amounts
import Ledger

/// Rewards, dividends, interest and return of capital.
extension AssetBooker {
  mutating func reward(_ index: Int, _ quantity: Decimal) throws(DecimalError) {
    let asset = events.assets[index]
    let account = events.accounts[index]
    let tax = events.taxes[index] ?? .zero
    let rule = money.book.settings.incomePolicy.rule(for: events.kind(at: index))
    if rule == .zero {
      let nothing = Figure.known(Money(.zero, money.currency(index) ?? money.rates.base))
      try acquire(asset, account, quantity, nothing, index)
      return try receive(index, asset, gross: nothing, tax: tax, fee: .zero)
    }
    // The lot costs quantity x price; the income is what the row says arrived, which may be rounded to cents.
    let stated = try money.unitValue(index).flatMap { amount in money.currency(index).map { Money(amount, $0) } }
    if let stated {
      try acquire(asset, account, quantity, .known(stated), index)
      return try receive(index, asset, gross: try statedCost(index), tax: tax, fee: .zero)
    }
    let worth: Figure<Money> =
      rule == .market ? try money.fairValue(quantity, of: AssetID(asset), on: money.day(index)) : .unknown(.unknownBasis)
    try acquire(asset, account, quantity, worth, index)
    try receive(index, asset, gross: worth, tax: tax, fee: .zero)
  }

  /// Whether income came as units bought with it, so that no money moved.
  func isReinvested(_ index: Int) -> Bool {
    guard let extra = events.extra(at: index), extra.toAsset != nil, extra.toQuantity != nil else { return false }
    return [.dividend, .interest, .returnOfCapital].contains(events.kind(at: index))
  }

  mutating func income(_ index: Int, _ extra: EventExtra?) throws(DecimalError) {
    let asset = events.assets[index]
    let account = events.accounts[index]
    let tax = events.taxes[index] ?? .zero
    let day = money.day(index)
    if let target = extra?.toAsset, let units = extra?.toQuantity {
      // Units bought with the income cost what was left of it; where no amount is stated it is what they are worth.
      let fee = try money.feeValue(index).value ?? .zero
      let stated = try statedCost(index)
      let gross = stated.isKnown ? stated : try money.fairValue(units, of: target, on: day)
      if members.contains(asset) { try receive(index, asset, gross: gross, tax: tax, fee: fee) }
      if members.contains(target.raw) {
        let net = gross.map { (g) throws(DecimalError) in Money(try g.amount.subtracting(tax).subtracting(fee), g.currency) }
        try acquire(target.raw, account, units, net, index, leg: 1)
      }
      return
    }
    guard members.contains(asset) else { return }
    if let units = events.unitsInKind(at: index) {
      let net = try units.subtracting(tax)
      let gross = try money.fairValue(units, of: AssetID(asset), on: day)
      let part = gross.map { (g) throws(DecimalError) in Money(try g.amount.share(net, of: units), g.currency) }
      let withheld = gross.map { (g) throws(DecimalError) in try g.amount.share(tax, of: units) }.value ?? .zero
      if net.isNegative { try dispose(asset, account, -net, .fee, part, index) } else { try acquire(asset, account, net, part, index) }
      return try receive(index, asset, gross: gross, tax: withheld, fee: .zero)
    }
    try receive(index, asset, gross: try statedProceeds(index), tax: tax, fee: try money.feeValue(index).value ?? .zero)
  }

  /// Accrued interest paid with a purchase is what the next coupon in its currency gives back.
  struct AccruedInterest {
    let asset: Int32
    var amount: Money
    var base: Figure<Decimal>
  }

  /// Notes what a purchase paid for the coupon that was running, or books what a sale was paid for it as income.
  mutating func accrue(_ index: Int) throws(DecimalError) {
    guard let accrued = try events.accrued(at: index)?.amount, let currency = money.currency(index) else { return }
    let asset = events.assets[index]
    let paid = Figure.known(Money(accrued, currency))
    if events.kinds[index] == EventKind.sell.rawValue {
      return try receive(index, asset, gross: paid, tax: .zero, fee: .zero, as: .interest)
    }
    let base = try inBase(Money(accrued, currency), asset, events.accounts[index], index)
    accruals.append(AccruedInterest(asset: asset, amount: Money(accrued, currency), base: base))
  }

  /// Takes what a coupon gives back off the accrued interest that was paid.
  private mutating func giveBack(_ receipt: inout Receipt) throws(DecimalError) {
    guard receipt.kind == .interest || receipt.kind == .dividend, case .known(let gross) = receipt.gross else { return }
    for place in accruals.indices where accruals[place].asset == receipt.asset.raw && accruals[place].amount.currency == gross.currency {
      let accrual = accruals[place]
      let part = min(accrual.amount.amount, try gross.amount.subtracting(receipt.accrued))
      if !part.isPositive { continue }
      let base = accrual.base.map { (all) throws(DecimalError) in try all.share(part, of: accrual.amount.amount) }
      receipt.accrued = try receipt.accrued.adding(part)
      receipt.accruedBase = receipt.accruedBase.with(base) { (a, b) throws(DecimalError) in try a.adding(b) }
      accruals[place].amount = Money(try accrual.amount.amount.subtracting(part), gross.currency)
      accruals[place].base = accrual.base.with(base) { (a, b) throws(DecimalError) in try a.subtracting(b) }
    }
    accruals.removeAll { $0.amount.amount.isZero }
  }

  mutating func receive(
    _ index: Int, _ asset: Int32, gross: Figure<Money>, tax: Decimal, fee: Decimal, as kind: EventKind? = nil
  ) throws(DecimalError) {
    let account = events.accounts[index]
    if case .unknown(.notStated) = gross { report(.unknownIncome, index, AssetID(asset), account, nil) }
    let currency = gross.value?.currency ?? money.currency(index) ?? money.rates.base
    let taxBase: Figure<Decimal> = tax.isZero ? .known(.zero) : try inBase(Money(tax, currency), asset, account, index)
    let feeBase: Figure<Decimal> = fee.isZero ? .known(.zero) : try inBase(Money(fee, currency), asset, account, index)
    var grossBase: Figure<Decimal> = .unknown(gross.why ?? .noPrice)
    if case .known(let amount) = gross { grossBase = try inBase(amount, asset, account, index) }
    var receipt = Receipt(
      asset: AssetID(asset), account: AccountID(account), kind: kind ?? events.kind(at: index), subtype: events.extra(at: index)?.subtype,
      time: Instant(microseconds: events.times[index]), entitled: events.quantities[index], gross: gross, tax: tax, fee: fee,
      grossBase: grossBase, taxBase: taxBase, feeBase: feeBase, event: EventID(events.ids[index]))
    if !accruals.isEmpty, kind == nil { try giveBack(&receipt) }
    receipts.append(receipt)
    if receipt.kind == .returnOfCapital { return }
    let place = place(asset, account)
    let income = receipt.netBase
    if case .known(let net) = income {
      earned[place].incomeBase = try earned[place].incomeBase.adding(net)
    } else {
      earned[place].unknownReceipts += 1
      earned[place].receiptsWhy = Why.graver(earned[place].receiptsWhy, income.why)
    }
    earned[place].isAny = true
  }
}
