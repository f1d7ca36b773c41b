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
    case .convert where extra?.toAsset == nil:
      if mine, let quantity { try acquire(asset, account, quantity, try buyCost(index), index) }
    case .swap, .convert:
      try bookSwap(index, extra)
    case .sell, .redemption, .liquidation:
      if mine, let quantity {
        let kind: DisposalKind =
          events.kind(at: index) == .sell ? .sell : events.kind(at: index) == .redemption ? .redemption : .liquidation
        try dispose(asset, account, quantity, kind, try saleProceeds(index), index)
      }
    case .borrow, .repay:
      guard mine, let quantity else { return }
      if events.toAccounts[index] != 0 {
        try move(asset, from: account, to: events.toAccounts[index], quantity, index)
      } else if events.kind(at: index) == .borrow {
        try acquire(asset, account, quantity, try statedCost(index), index)
      } else {
        try release(asset, account, quantity, index)
      }
    case .deposit, .deliveryIn, .giftIn, .feeRefund, .taxRefund:
      if mine, let quantity { try acquire(asset, account, quantity, try statedCost(index), index, since: extra?.acquired) }
    case .withdraw, .giftOut, .donateOut:
      if mine, let quantity { try release(asset, account, quantity, index) }
    case .deliveryOut:
      if mine, let quantity { try dispose(asset, account, quantity, .delivery, try statedCost(index), index) }
    case .fee, .tax, .interestCharge:
      if mine, let quantity { try dispose(asset, account, quantity, .fee, try statedCost(index), index) }
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
        try acquire(asset, account, quantity, try statedCost(index), index)
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
      if mine, let ratio = extra?.ratio { try split(asset, account, ratio) }
    case .migration, .merger, .wrap, .unwrap:
      if mine { try carry(index, extra) }
    case .spinoff:
      if mine { try spinOff(index, extra) }
    }
  }

  /// The other side of a trade, when the money of the trade is itself an asset with lots: a stablecoin or a coin.
  mutating func bookCurrency(_ index: Int) throws(DecimalError) {
    let currency = events.currencies[index]
    guard currency != 0, members.contains(currency), let gross = try money.gross(index) else { return }
    let own = Currency(id: currency)
    switch events.kind(at: index) {
    case .buy:
      try dispose(currency, events.accounts[index], gross, .swap, .known(Money(gross, own)), index)
    case .convert where events.extra(at: index)?.toAsset == nil:
      try dispose(currency, events.accounts[index], gross, .swap, .known(Money(gross, own)), index)
    case .sell, .redemption, .liquidation, .merger:
      try acquire(currency, events.accounts[index], gross, .known(Money(gross, own)), index, leg: 1)
    case .dividend, .interest, .returnOfCapital:
      if events.extra(at: index)?.toQuantity == nil {
        let net = try gross.subtracting(events.taxes[index] ?? .zero)
        if net.isNegative {
          try dispose(currency, events.accounts[index], -net, .fee, .known(Money(-net, own)), index)
        } else {
          try acquire(currency, events.accounts[index], net, .known(Money(net, own)), index, leg: 1)
        }
      }
    default: break
    }
    if let tax = events.taxes[index], tax.isPositive {
      switch events.kind(at: index) {
      // Income arrives net of its tax.
      case .dividend, .interest, .returnOfCapital, .tax: break
      default: try dispose(currency, events.accounts[index], tax, .fee, .known(Money(tax, own)), index)
      }
    }
  }

  /// A fee paid in an asset with lots is a disposal of those units at the fee's value.
  mutating func bookFee(_ index: Int) throws(DecimalError) {
    let stated = events.feeAssets[index]
    let asset = stated == 0 ? events.currencies[index] : stated
    guard asset != 0, members.contains(asset), let fee = events.fees[index], fee.isPositive else { return }
    let value = try money.feeValue(index)
    let proceeds: Figure<Money>
    switch (value, money.feeCurrency(index)) {
    case (.known(let amount), .some(let currency)): proceeds = .known(Money(amount, currency))
    case (.unknown(let why), _): proceeds = .unknown(why)
    case (.known, .none): proceeds = .unknown(.noPrice)
    }
    if case .unknown = proceeds { report(.feeValueUnknown, index, AssetID(asset), events.accounts[index], fee) }
    try dispose(asset, events.accounts[index], fee, .fee, proceeds, index)
  }
}
