import Amounts
import Ledger

/// What each kind of event does to the lots of the group.
extension AssetBooker {
  mutating func bookPrincipal(_ index: Int) throws(DecimalError) {
    let asset = events.assets[index]
    let account = events.accounts[index]
    let extra = events.extra(at: index)
    let mine = members.contains(asset)
    let quantity = events.quantities[index]
    switch events.kind(at: index) {
    case .buy:
      if mine, let quantity { try acquire(asset, account, quantity, try buyCost(index), index) }
      if mine, extra?.accrued != nil { try accrue(index) }
    case .convert where extra?.toAsset == nil:
      if mine, let quantity { try acquire(asset, account, quantity, try buyCost(index), index) }
    case .swap, .convert:
      try bookSwap(index, extra)
    case .liquidation where extra?.toAsset != nil && extra?.toQuantity != nil:
      try bookSwap(index, extra, as: .liquidation)
    case .sell, .redemption, .liquidation:
      if mine, let quantity {
        let kind: DisposalKind =
          events.kind(at: index) == .sell ? .sell : events.kind(at: index) == .redemption ? .redemption : .liquidation
        try dispose(asset, account, quantity, kind, try saleProceeds(index), index)
        if extra?.accrued != nil, kind == .sell { try accrue(index) }
      }
    case .borrow, .repay:
      guard mine, let quantity else { return }
      if events.kind(at: index) == .borrow {
        try borrow(asset, from: account, to: events.toAccounts[index], quantity, index)
      } else if events.toAccounts[index] != 0 {
        try move(asset, from: account, to: events.toAccounts[index], quantity, index)
      } else {
        try repay(asset, account, quantity, index)
      }
    case .deliveryIn:
      if mine, let quantity {
        try acquire(asset, account, quantity, try withFee(try statedCost(index), index), index, since: extra?.acquired)
      }
    case .deposit, .giftIn, .feeRefund, .taxRefund:
      if mine, let quantity {
        let cost = try statedCost(index)
        try acquire(asset, account, quantity, cost, index, since: extra?.acquired)
        if events.kind(at: index) == .deposit || events.kind(at: index) == .giftIn { try carryIn(quantity, cost, asset, account, index) }
      }
      if mine, events.kind(at: index) == .taxRefund { try bookIncomeTax(index) }
    case .giftOut, .donateOut:
      if mine, let quantity { try give(asset, account, quantity, index) }
    case .withdraw:
      if mine, let quantity { try release(asset, account, quantity, index) }
    case .deliveryOut:
      if mine, let quantity { try dispose(asset, account, quantity, .delivery, try lessFee(try statedProceeds(index), index), index) }
    case .fee, .tax, .interestCharge:
      if mine, let quantity { try charge(asset, account, quantity, index) }
      if mine, events.kind(at: index) == .tax { try bookIncomeTax(index) }
    case .writeoff, .slash:
      if mine, let quantity {
        let nothing = Money(.zero, money.currency(index) ?? money.rates.base)
        try dispose(asset, account, quantity, events.kind(at: index) == .slash ? .slash : .writeoff, .known(nothing), index)
      }
    case .adjust:
      guard mine, let quantity else { return }
      if quantity.isNegative {
        try release(asset, account, -quantity, index)
      } else {
        let cost = try statedCost(index)
        try acquire(asset, account, quantity, cost, index)
        try carryIn(quantity, cost, asset, account, index)
      }
    case .transfer:
      guard mine, let quantity else { return }
      let ownFee = events.feeAssets[index] == asset ? events.fees[index] ?? .zero : .zero
      try move(asset, from: account, to: events.toAccounts[index], try quantity.subtracting(ownFee), index)
    case .stake, .unstake:
      if mine, let quantity, events.toAccounts[index] != 0 { try move(asset, from: account, to: events.toAccounts[index], quantity, index) }
    case .reward, .airdrop, .mining:
      if mine, let quantity { try reward(index, quantity) }
    case .dividend, .interest:
      try income(index, extra)
    case .returnOfCapital:
      if mine { try returnCapital(index) }
    case .split:
      if mine, let ratio = extra?.ratio { try split(index, ratio) }
    case .migration, .merger, .wrap, .unwrap:
      if mine { try carry(index, extra) }
    case .spinoff:
      if mine { try spinOff(index, extra) }
    }
  }

  /// The other side of a trade, when the money of the trade is itself an asset with lots: a stablecoin or a coin.
  mutating func bookCurrency(_ index: Int) throws(DecimalError) {
    let extra = events.extra(at: index)
    let currency = extra?.fxRate == nil ? events.currencies[index] : extra?.settleCurrency?.id ?? events.currencies[index]
    guard currency != 0, members.contains(currency) else { return try bookTaxInKind(index) }
    let account = events.accounts[index]
    func amount(_ own: Decimal) throws(DecimalError) -> Decimal {
      guard let paid = try money.paid(own, index) else { return own }
      return paid.amount
    }
    var stated = try money.gross(index)
    if stated == nil { stated = try money.book.navPaid(at: index)?.amount }
    if var gross = stated {
      if let accrued = try events.accrued(at: index), accrued.isOnTop { gross = try gross.adding(accrued.amount) }
      try bookPayment(index, of: try amount(gross), in: currency, extra)
    }
    if let tax = events.taxes[index], tax.isPositive {
      let units = try amount(tax)
      switch events.kind(at: index) {
      // Income arrives net of its tax.
      case .dividend, .interest, .returnOfCapital, .tax: return
      default: break
      }
      try dispose(currency, account, units, .fee, .known(Money(units, Currency(id: currency))), index)
    }
  }

  /// Units of money with lots that go out or come in as the other side of an event.
  private mutating func bookPayment(_ index: Int, of gross: Decimal, in currency: Int32, _ extra: EventExtra?) throws(DecimalError) {
    let account = events.accounts[index]
    let own = Currency(id: currency)
    switch events.kind(at: index) {
    case .buy:
      try dispose(currency, account, gross, .swap, .known(Money(gross, own)), index)
    case .convert where extra?.toAsset == nil:
      try dispose(currency, account, gross, .swap, .known(Money(gross, own)), index)
    case .liquidation where extra?.toAsset != nil: return
    case .sell, .redemption, .liquidation:
      try acquire(currency, account, gross, .known(Money(gross, own)), index, leg: 1)
    case .merger, .migration, .wrap, .unwrap, .split:
      if events.grosses[index] != nil { try acquire(currency, account, gross, .known(Money(gross, own)), index, leg: 1) }
    case .dividend, .interest, .returnOfCapital:
      if extra?.toQuantity != nil || events.unitsInKind(at: index) != nil { return }
      var net = gross
      if let tax = events.taxes[index], let withheld = try money.paid(tax, index) { net = try net.subtracting(withheld.amount) }
      if net.isNegative {
        try dispose(currency, account, -net, .fee, .known(Money(-net, own)), index)
      } else {
        try acquire(currency, account, net, .known(Money(net, own)), index, leg: 1)
      }
    default: break
    }
  }

  /// A tax without a currency is in units of the asset itself.
  private mutating func bookTaxInKind(_ index: Int) throws(DecimalError) {
    let asset = events.assets[index]
    guard events.currencies[index] == 0, members.contains(asset), let tax = events.taxes[index], tax.isPositive else { return }
    switch events.kind(at: index) {
    // Income arrives net of its tax.
    case .dividend, .interest, .returnOfCapital, .tax: return
    default: break
    }
    try dispose(asset, events.accounts[index], tax, .fee, try money.fairValue(tax, of: AssetID(asset), on: money.day(index)), index)
  }

  /// A fee paid in an asset with lots is a disposal of those units at the fee's value.
  mutating func bookFee(_ index: Int) throws(DecimalError) {
    let stated = events.feeAssets[index]
    let asset = stated == 0 ? events.currencies[index] : stated
    guard asset != 0, members.contains(asset), let fee = events.fees[index], fee.isPositive, !isReinvested(index) else { return }
    let value = try money.feeValue(index)
    let proceeds: Figure<Money>
    switch (value, money.feeCurrency(index)) {
    case (.known(let amount), .some(let currency)): proceeds = .known(Money(amount, currency))
    // A row without a currency says nothing about money; the market does.
    default: proceeds = try money.fairValue(fee, of: AssetID(asset), on: money.day(index))
    }
    try dispose(asset, events.accounts[index], fee, .fee, proceeds, index)
  }
}
