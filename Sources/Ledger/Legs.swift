public import Amounts

extension EventTable {
  /// Calls `body` with every movement of the event at a position: what arrives is positive.
  ///
  /// A split moves nothing here: how much it adds depends on what is held. Cash in and out is gross (else quantity x price,
  /// rounded half-even to 18 places); fee and tax are legs of their own.
  @inline(__always)
  public func forEachLeg(
    at index: Int, _ body: (_ account: Int32, _ asset: Int32, _ quantity: Decimal, _ role: LegRole) throws(DecimalError) -> Void
  ) throws(DecimalError) {
    let extra = extra(at: index)
    if let legs = extra?.legs, !legs.isEmpty {
      for leg in legs { try body(leg.account.raw, leg.asset.raw, leg.quantity, leg.role) }
      return
    }
    let account = accounts[index]
    let asset = assets[index]
    let currency = currencies[index]
    let quantity = quantities[index] ?? .zero
    func cash(_ sign: Int) throws(DecimalError) {
      guard currency != 0 else { return }
      var amount: Decimal
      if let gross = grosses[index] {
        amount = gross
      } else if let price = prices[index] {
        amount = try quantity.multiplied(by: price)
      } else {
        return
      }
      var money = currency
      if let settle = extra?.settleCurrency, let rate = extra?.fxRate {
        amount = try amount.multiplied(by: rate)
        money = settle.id
      }
      if !amount.isZero { try body(account, money, sign < 0 ? -amount : amount, .principal) }
    }
    var ownFeeTaken = false
    switch kind(at: index) {
    case .deposit, .deliveryIn, .reward, .airdrop, .mining, .giftIn, .feeRefund, .taxRefund:
      try body(account, asset, quantity, .principal)
    case .withdraw, .deliveryOut, .writeoff, .giftOut, .donateOut, .slash:
      try body(account, asset, -quantity, .principal)
    case .fee, .interestCharge: try body(account, asset, -quantity, .fee)
    case .tax: try body(account, asset, -quantity, .tax)
    case .adjust: try body(account, asset, quantity, .principal)
    case .buy:
      try body(account, asset, quantity, .principal)
      try cash(-1)
    case .sell, .redemption, .liquidation:
      try body(account, asset, -quantity, .principal)
      try cash(1)
    case .convert where extra?.toAsset == nil:
      try body(account, asset, quantity, .principal)
      try cash(-1)
    case .swap, .convert, .wrap, .unwrap, .migration:
      if !quantity.isZero { try body(account, asset, -quantity, .principal) }
      if let target = extra?.toAsset, let units = extra?.toQuantity {
        try body(toAccounts[index] == 0 ? account : toAccounts[index], target.raw, units, .principal)
      }
    case .merger:
      if !quantity.isZero { try body(account, asset, -quantity, .principal) }
      if let target = extra?.toAsset, let units = extra?.toQuantity { try body(account, target.raw, units, .principal) }
      try cash(1)
    case .spinoff:
      if let target = extra?.toAsset, let units = extra?.toQuantity { try body(account, target.raw, units, .principal) }
    case .transfer:
      let fee = feeAssets[index] == asset ? fees[index] ?? .zero : .zero
      let arriving = try quantity.subtracting(fee)
      try body(account, asset, -arriving, .principal)
      try body(toAccounts[index], asset, arriving, .principal)
      if !fee.isZero { try body(account, asset, -fee, .fee) }
      ownFeeTaken = true
    case .stake, .unstake:
      if toAccounts[index] != 0 {
        try body(account, asset, -quantity, .principal)
        try body(toAccounts[index], asset, quantity, .principal)
      }
    case .borrow:
      try body(toAccounts[index] == 0 ? account : toAccounts[index], asset, quantity, .principal)
      if toAccounts[index] != 0 { try body(account, asset, -quantity, .principal) }
    case .repay:
      try body(account, asset, -quantity, .principal)
      if toAccounts[index] != 0 { try body(toAccounts[index], asset, quantity, .principal) }
    case .dividend, .interest, .returnOfCapital:
      if let target = extra?.toAsset, let units = extra?.toQuantity {
        try body(account, target.raw, units, .principal)
        return
      }
      try cash(1)
    case .split: break
    }
    if let fee = fees[index], !fee.isZero, feeAssets[index] != 0, !(ownFeeTaken && feeAssets[index] == asset) {
      try body(account, feeAssets[index], -fee, .fee)
    }
    if let tax = taxes[index], !tax.isZero, currency != 0 { try body(account, currency, -tax, .tax) }
  }

  /// The movements of the event at a position.
  public func legs(at index: Int) -> [Leg] {
    var found: [Leg] = []
    // A movement that does not fit 38 digits is left out here; booking reports it as an issue.
    try? forEachLeg(at: index) { (account, asset, quantity, role) throws(DecimalError) in
      found.append(Leg(account: AccountID(account), asset: AssetID(asset), quantity: quantity, role: role))
    }
    return found
  }
}
