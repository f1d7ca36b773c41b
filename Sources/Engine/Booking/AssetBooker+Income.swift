import Amounts
import Ledger

/// Rewards, dividends, interest and return of capital.
extension AssetBooker {
  mutating func reward(_ index: Int, _ quantity: Decimal) throws(DecimalError) {
    let asset = events.assets[index]
    let account = events.accounts[index]
    let rule = money.book.settings.incomePolicy.rule(for: events.kind(at: index))
    if rule == .zero {
      let nothing = Figure.known(Money(.zero, money.currency(index) ?? money.rates.base))
      try acquire(asset, account, quantity, nothing, index)
      return try receiveReward(index, asset, gross: nothing)
    }
    // The lot costs quantity x price; the income is what the row says arrived, which may be rounded to cents.
    let stated = try money.unitValue(index).flatMap { amount in money.currency(index).map { Money(amount, $0) } }
    if let stated {
      try acquire(asset, account, quantity, .known(stated), index)
      return try receiveReward(index, asset, gross: try statedCost(index))
    }
    let worth: Figure<Money> =
      rule == .market ? try money.fairValue(quantity, of: AssetID(asset), on: money.day(index)) : .unknown(.unknownBasis)
    try acquire(asset, account, quantity, worth, index)
    try receiveReward(index, asset, gross: worth)
  }

  /// A reward's income is what arrives after its own fee and tax.
  private mutating func receiveReward(_ index: Int, _ asset: Int32, gross: Figure<Money>) throws(DecimalError) {
    let fee = events.fees[index] == nil ? .zero : try charged(try money.feeMoney(index), on: gross, index)
    let tax = events.taxes[index] == nil ? .zero : try charged(try money.taxMoney(index), on: gross, index)
    try receive(index, asset, gross: gross, tax: tax, fee: fee)
  }

  /// Counts what an event charges beside its trade.
  mutating func bear(_ charge: Figure<Decimal>, _ index: Int) throws(DecimalError) {
    let place = place(money.chargedAsset(index), events.accounts[index])
    if case .known(let amount) = charge {
      earned[place].chargesBase = try earned[place].chargesBase.adding(amount)
    } else {
      earned[place].unknownCharges += 1
      earned[place].chargesWhy = Why.graver(earned[place].chargesWhy, charge.why)
    }
    earned[place].isAny = true
  }

  /// Counts the gain that units bring along or take away with them.
  mutating func carry(_ gain: Decimal, _ asset: Int32, _ account: Int32) throws(DecimalError) {
    if gain.isZero { return }
    let place = place(asset, account)
    earned[place].carriedBase = try earned[place].carriedBase.adding(gain)
    earned[place].isAny = true
  }

  /// Takes off what units that came from outside were worth beyond their cost.
  mutating func carryIn(_ units: Decimal, _ cost: Figure<Money>, _ asset: Int32, _ account: Int32, _ index: Int) throws(DecimalError) {
    guard case .known(let cost) = cost, case .known(let worth) = try money.flowWorth(units, of: AssetID(asset), index) else { return }
    let since = events.extra(at: index)?.acquired
    let base =
      if let since { try money.base(cost.amount, cost.currency, on: since) } else { try money.base(cost.amount, cost.currency, index) }
    if let base { try carry(try base.subtracting(worth), asset, account) }
  }

  /// A tax on an asset's income that was booked as a row of its own, or its refund.
  mutating func bookIncomeTax(_ index: Int) throws(DecimalError) {
    guard money.isIncomeTax(index), let gross = events.grosses[index], let currency = money.currency(index) else { return }
    let tax = events.kind(at: index) == .tax ? gross : -gross
    try receive(index, events.assets[index], gross: .known(Money(.zero, currency)), tax: tax, fee: .zero)
  }

  /// What was charged on a reward, in the currency of its worth; zero where that is not known.
  private func charged(_ figure: Figure<Money>, on gross: Figure<Money>, _ index: Int) throws(DecimalError) -> Decimal {
    guard case .known(let amount) = figure, let target = gross.value?.currency else { return .zero }
    if amount.currency == target { return amount.amount }
    let rate = money.book.quotes.rate(from: amount.currency, to: target, on: money.day(index))
    return try rate.value.map { (rate) throws(DecimalError) in try amount.amount.multiplied(by: rate) } ?? .zero
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
    if case .known(let paid) = base { try carry(-paid, asset, events.accounts[index]) }
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
      if case .known(let back) = base { try carry(back, receipt.asset.raw, receipt.account.raw) }
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
