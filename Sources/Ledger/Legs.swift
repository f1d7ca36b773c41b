public import Amounts

extension EventTable {
  /// Calls `body` with every movement of the event at a position: what arrives is positive.
  ///
  /// Nothing moves in a void event. A split moves no units here, nor does a migration that states none: how much depends on what is
  /// held. Cash in and out is gross (else quantity x price, rounded half-even to 18 places; else, where income is paid in the asset
  /// itself, the quantity) with the accrued interest that comes on top of it, in the settle currency where there is one. Fee and tax
  /// are legs of their own.
  ///
  /// - Source: FORMATS 1.
  @inline(__always)
  public func forEachLeg(
    at index: Int, _ body: (_ account: Int32, _ asset: Int32, _ quantity: Decimal, _ role: LegRole) throws(DecimalError) -> Void
  ) throws(DecimalError) {
    if status(at: index) == .void { return }
    let extra = extra(at: index)
    if let legs = extra?.legs, !legs.isEmpty {
      for leg in legs { try body(leg.account.raw, leg.asset.raw, leg.quantity, leg.role) }
      return
    }
    let account = accounts[index]
    let asset = assets[index]
    let currency = currencies[index]
    let quantity = quantities[index] ?? .zero
    /// Money of the event, turned into the settle currency.
    func pay(_ amount: Decimal, _ role: LegRole) throws(DecimalError) {
      let money = currency == 0 ? asset : currency
      if amount.isZero { return }
      if let settle = extra?.settleCurrency, let rate = extra?.fxRate {
        try body(account, settle.id, try amount.multiplied(by: rate), role)
      } else {
        try body(account, money, amount, role)
      }
    }
    func cash(_ sign: Int) throws(DecimalError) {
      var stated = grosses[index]
      if stated == nil, let price = prices[index] { stated = try quantity.multiplied(by: price) }
      guard currency != 0, var amount = stated else { return }
      if let accrued = try accrued(at: index), accrued.isOnTop { amount = try amount.adding(accrued.amount) }
      try pay(sign < 0 ? -amount : amount, .principal)
    }
    /// What arrives in a change of the unit: as stated, else by the ratio, else one for one.
    func arriving() throws(DecimalError) -> Decimal? {
      if let stated = extra?.toQuantity { return stated }
      guard !quantity.isZero else { return nil }
      guard let ratio = extra?.ratio else { return quantity }
      return try quantity.scaled(by: ratio)
    }
    /// A charge or refund: units of its asset, or money where only an amount is given.
    func charge(_ sign: Int, _ role: LegRole) throws(DecimalError) {
      if quantities[index] != nil {
        try body(account, asset, sign < 0 ? -quantity : quantity, role)
      } else if let gross = grosses[index] {
        try pay(sign < 0 ? -gross : gross, role)
      }
    }
    var ownFeeTaken = false
    switch kind(at: index) {
    case .feeRefund: try charge(1, .fee)
    case .taxRefund: try charge(1, .tax)
    case .fee, .interestCharge: try charge(-1, .fee)
    case .tax: try charge(-1, .tax)
    case .deposit, .deliveryIn, .reward, .airdrop, .mining, .giftIn:
      try body(account, asset, quantity, .principal)
    case .withdraw, .deliveryOut, .writeoff, .giftOut, .donateOut, .slash:
      try body(account, asset, -quantity, .principal)
    case .adjust: try body(account, asset, quantity, .principal)
    case .buy:
      try body(account, asset, quantity, .principal)
      try cash(-1)
    case .liquidation where extra?.toAsset != nil && extra?.toQuantity != nil:
      // Collateral goes for what was owed; an amount is its worth, no money moves.
      try body(account, asset, -quantity, .principal)
      if let target = extra?.toAsset, let units = extra?.toQuantity {
        try body(toAccounts[index] == 0 ? account : toAccounts[index], target.raw, units, .principal)
      }
    case .sell, .redemption, .liquidation:
      try body(account, asset, -quantity, .principal)
      try cash(1)
    case .convert where extra?.toAsset == nil:
      try body(account, asset, quantity, .principal)
      try cash(-1)
    case .swap, .convert:
      if !quantity.isZero { try body(account, asset, -quantity, .principal) }
      if let target = extra?.toAsset, let units = extra?.toQuantity {
        try body(toAccounts[index] == 0 ? account : toAccounts[index], target.raw, units, .principal)
      }
    case .wrap, .unwrap, .migration, .merger:
      if let target = extra?.toAsset {
        if !quantity.isZero { try body(account, asset, -quantity, .principal) }
        if let units = try arriving() { try body(account, target.raw, units, .principal) }
      } else if kind(at: index) == .merger, !quantity.isZero {
        try body(account, asset, -quantity, .principal)
      }
      if grosses[index] != nil { try cash(1) }
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
      if let units = unitsInKind(at: index) { try body(account, asset, units, .principal) } else { try cash(1) }
    case .split: if grosses[index] != nil { try cash(1) }
    }
    if let fee = fees[index], !fee.isZero, !(ownFeeTaken && feeAssets[index] == asset) {
      try body(account, feeAssets[index] == 0 ? currency : feeAssets[index], -fee, .fee)
    }
    if let tax = taxes[index], !tax.isZero, kind(at: index) != .tax { try pay(-tax, .tax) }
  }

  /// Units of the paying asset itself that income brings: the row names no other money. The quantity of a dividend is what is
  /// entitled; that of interest is what arrives.
  @inline(__always)
  public func unitsInKind(at index: Int) -> Decimal? {
    guard currencies[index] == 0 || currencies[index] == assets[index] else { return nil }
    return grosses[index] ?? (kinds[index] == EventKind.interest.rawValue ? quantities[index] : nil)
  }

  /// Accrued interest that a bond's price does not contain.
  ///
  /// `gross` is the cash that moves and contains it; where gross is empty or nearer to quantity x price without it, it comes on top.
  ///
  /// - Returns: the amount, and whether the cash that moves is gross plus the amount; nil when there is none.
  public func accrued(at index: Int) throws(DecimalError) -> (amount: Decimal, isOnTop: Bool)? {
    guard let amount = extra(at: index)?.accrued, !amount.isZero else { return nil }
    guard let gross = grosses[index] else { return (amount, true) }
    guard let quantity = quantities[index], let price = prices[index] else { return (amount, false) }
    let apart = try gross.subtracting(try quantity.multiplied(by: price))
    return (amount, apart.magnitude < (try apart.subtracting(amount)).magnitude)
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
