import Amounts
public import Ledger

extension EventTable {
  /// Calls `emit` for every movement of the event at a position: where, what, how much (signed), and in which role.
  ///
  /// Nothing moves in a void event. Splits, migrations and mergers by ratio move what is held, which an event alone does not know:
  /// they emit only what their row states.
  ///
  /// - Source: FORMATS 1.
  @inline(__always)
  func eachMovement(at index: Int, _ emit: (_ account: Int32, _ asset: Int32, _ quantity: Decimal, _ role: LegRole) -> Void) {
    if flags[index] & 3 == EventStatus.void.rawValue { return }
    let extra = extra(at: index)
    if let legs = extra?.legs, !legs.isEmpty {
      for leg in legs { emit(leg.account.raw, leg.asset.raw, leg.quantity, leg.role) }
      return
    }
    let account = accounts[index]
    let asset = assets[index]
    let quantity = quantities[index]
    let kind = kind(at: index)
    func units(_ sign: Int) {
      if let quantity { emit(account, asset, sign < 0 ? -quantity : quantity, .principal) }
    }
    switch kind {
    case .deposit, .deliveryIn, .giftIn, .reward, .airdrop, .mining, .borrow, .adjust: units(1)
    case .withdraw, .deliveryOut, .giftOut, .donateOut, .writeoff, .slash, .repay: units(-1)
    case .buy:
      units(1)
      emitCash(at: index, extra, sign: -1, .principal, emit)
    case .sell, .redemption, .liquidation:
      units(-1)
      emitCash(at: index, extra, sign: 1, .principal, emit)
    case .convert, .swap:
      if let toAsset = extra?.toAsset {
        units(-1)
        if let arrives = extra?.toQuantity { emit(account, toAsset.raw, arrives, .principal) }
      } else {
        units(kind == .convert ? 1 : -1)
        emitCash(at: index, extra, sign: kind == .convert ? -1 : 1, .principal, emit)
      }
    case .transfer:
      if let quantity {
        let sameFee = feeAssets[index] == asset ? fees[index] ?? .zero : .zero
        let moved = (try? quantity.subtracting(sameFee)) ?? quantity
        emit(account, asset, -moved, .principal)
        emit(toAccounts[index], asset, moved, .principal)
      }
    case .dividend, .interest, .returnOfCapital:
      if let toAsset = extra?.toAsset, let arrives = extra?.toQuantity {
        emit(account, toAsset.raw, arrives, .principal)
        return  // tax and fee never arrived as cash
      }
      emitCash(at: index, extra, sign: 1, .principal, emit)
    case .spinoff, .merger, .migration:
      if let toAsset = extra?.toAsset, let arrives = extra?.toQuantity {
        if kind != .spinoff { units(-1) }
        emit(account, toAsset.raw, arrives, .principal)
      }
      if kind == .merger { emitCash(at: index, extra, sign: 1, .principal, emit) }
    case .fee, .tax, .interestCharge: chargeOrRefund(at: index, -1, kind == .tax ? .tax : .fee, emit)
    case .feeRefund, .taxRefund: chargeOrRefund(at: index, 1, kind == .taxRefund ? .tax : .fee, emit)
    case .split, .stake, .unstake, .wrap, .unwrap: break
    }
    if let fee = fees[index], !fee.isZero {
      emit(account, feeAssets[index] == 0 ? currencies[index] : feeAssets[index], -fee, .fee)
    }
    if let tax = taxes[index], !tax.isZero, kind != .tax {
      let rate = extra?.settleCurrency == nil ? nil : extra?.fxRate
      let settled = rate.flatMap { try? tax.multiplied(by: $0) } ?? tax
      emit(account, extra?.settleCurrency?.id ?? currencies[index], -settled, .tax)
    }
  }

  /// The cash leg: gross, else quantity x price, in the settle currency when there is one.
  @inline(__always)
  private func emitCash(
    at index: Int, _ extra: EventExtra?, sign: Int, _ role: LegRole,
    _ emit: (_ account: Int32, _ asset: Int32, _ quantity: Decimal, _ role: LegRole) -> Void
  ) {
    guard var amount = grosses[index] ?? product(at: index) else { return }
    var currency = currencies[index] == 0 ? assets[index] : currencies[index]
    if let settle = extra?.settleCurrency, let rate = extra?.fxRate {
      amount = (try? amount.multiplied(by: rate)) ?? amount
      currency = settle.id
    }
    emit(accounts[index], currency, sign < 0 ? -amount : amount, role)
  }

  private func product(at index: Int) -> Decimal? {
    guard let quantity = quantities[index] else { return nil }
    if prices[index] == nil && (currencies[index] == 0 || currencies[index] == assets[index]) { return quantity }
    guard let price = prices[index] else { return nil }
    return try? quantity.multiplied(by: price)
  }

  /// A charge or refund moves units of its asset, or cash where only an amount is given.
  @inline(__always)
  private func chargeOrRefund(
    at index: Int, _ sign: Int, _ role: LegRole,
    _ emit: (_ account: Int32, _ asset: Int32, _ quantity: Decimal, _ role: LegRole) -> Void
  ) {
    if let quantity = quantities[index] {
      emit(accounts[index], assets[index], sign < 0 ? -quantity : quantity, role)
    } else if let gross = grosses[index] {
      emit(accounts[index], currencies[index] == 0 ? assets[index] : currencies[index], sign < 0 ? -gross : gross, role)
    }
  }

  /// All movements of the event at a position; see ``eachMovement(at:_:)``.
  public func movements(at index: Int) -> [Leg] {
    var legs: [Leg] = []
    eachMovement(at: index) { account, asset, quantity, role in
      legs.append(Leg(account: AccountID(account), asset: AssetID(asset), quantity: quantity, role: role))
    }
    return legs
  }
}
