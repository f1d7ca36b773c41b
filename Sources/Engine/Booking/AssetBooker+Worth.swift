import Amounts
import Ledger

/// What the sides of an event are worth, by the fee rule.
extension AssetBooker {
  /// A bought lot costs quantity x price under `separate`, gross + fee value under `capitalized`.
  func buyCost(_ index: Int) throws(DecimalError) -> Figure<Money> {
    guard let currency = money.currency(index) else { return .unknown(.unknownBasis) }
    switch money.feeRule(index) {
    case .separate:
      guard let value = try money.unitValue(index) else { return .unknown(.unknownBasis) }
      if events.quantities[index] != nil, events.prices[index] != nil { return .known(Money(value, currency)) }
      return .known(Money(try value.subtracting(try money.accruedInGross(index)), currency))
    case .capitalized:
      guard let gross = try money.gross(index)?.subtracting(try money.accruedInGross(index)) else { return .unknown(.unknownBasis) }
      return try money.feeValue(index).map { (fee) throws(DecimalError) in Money(try gross.adding(fee), currency) }
    }
  }

  /// A sale yields gross, less the fee value under `capitalized`.
  func saleProceeds(_ index: Int) throws(DecimalError) -> Figure<Money> {
    let paid = try money.book.navPaid(at: index)
    var stated = paid?.amount
    if stated == nil { stated = try money.gross(index)?.subtracting(try money.accruedInGross(index)) }
    guard let currency = paid?.currency ?? money.currency(index), let gross = stated else {
      return .unknown(.notStated)
    }
    if money.feeRule(index) == .separate { return .known(Money(gross, currency)) }
    return try money.feeValue(index).map { (fee) throws(DecimalError) in Money(try gross.subtracting(fee), currency) }
  }

  /// The value a row states, as gross or as price; unknown when it states none.
  func statedCost(_ index: Int) throws(DecimalError) -> Figure<Money> {
    guard let currency = money.currency(index), let value = try money.gross(index) else { return .unknown(.unknownBasis) }
    return .known(Money(value, currency))
  }

  /// The same for what leaves or comes as income: what is not stated is no cost.
  func statedProceeds(_ index: Int) throws(DecimalError) -> Figure<Money> {
    let stated = try statedCost(index)
    return stated.isKnown ? stated : .unknown(.notStated)
  }

  /// What units that leave without a price are worth: as stated, else at the market price of the day.
  func chargeValue(_ index: Int, _ units: Decimal) throws(DecimalError) -> Figure<Money> {
    let stated = try statedCost(index)
    return stated.isKnown ? stated : try money.fairValue(units, of: AssetID(events.assets[index]), on: money.day(index))
  }

  /// What leaves at a stated value is worth less the fee under `capitalized`.
  func lessFee(_ value: Figure<Money>, _ index: Int) throws(DecimalError) -> Figure<Money> {
    guard money.feeRule(index) == .capitalized, case .known(let amount) = value else { return value }
    return try money.feeValue(index).map { (fee) throws(DecimalError) in Money(try amount.amount.subtracting(fee), amount.currency) }
  }

  /// What arrives in a swap or a delivery bears the fee under `capitalized`.
  func withFee(_ value: Figure<Money>, _ index: Int) throws(DecimalError) -> Figure<Money> {
    guard money.feeRule(index) == .capitalized, case .known(let amount) = value, let fee = events.fees[index], !fee.isZero else {
      return value
    }
    if let own = money.currency(index), own == amount.currency {
      return try money.feeValue(index).map { (f) throws(DecimalError) in Money(try amount.amount.adding(f), own) }
    }
    return try money.worth(fee, of: AssetID(events.feeAssets[index]), in: amount.currency, on: money.day(index))
      .map { (f) throws(DecimalError) in Money(try amount.amount.adding(f), amount.currency) }
  }
}
