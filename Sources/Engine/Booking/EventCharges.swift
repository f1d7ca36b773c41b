import Amounts
import Ledger

extension EventMoney {
  /// Whose charge it is: the row's asset, else its money.
  @inline(__always)
  func chargedAsset(_ index: Int) -> Int32 {
    let events = book.events
    return events.assets[index] != 0 ? events.assets[index] : events.currencies[index]
  }

  /// Whether an event can bear a charge at all: most cannot, and are told by a glance.
  @inline(__always)
  func mayCharge(_ index: Int) -> Bool {
    let events = book.events
    switch events.kind(at: index) {
    case .fee, .tax, .interestCharge, .feeRefund, .taxRefund: return true
    default: return events.fees[index] != nil || events.taxes[index] != nil || events.extra(at: index)?.legs.isEmpty == false
    }
  }

  /// What an event charges that is in no cost, no proceeds and no income, in base; negative is a refund. Nil when it charges nothing.
  ///
  /// A trade's fee is in its cost or proceeds unless fees are kept apart; fees and taxes of income are in the income. What is left are
  /// rows of their own, fees of transfers and corrections, and taxes of trades.
  func openCharge(_ index: Int) throws(DecimalError) -> Figure<Decimal>? {
    guard mayCharge(index) else { return nil }
    var sum: Figure<Decimal>?
    for part in try chargeParts(index) where !part.isCounted {
      sum = sum.map { $0.with(part.amount) { (a, b) throws(DecimalError) in try a.adding(b) } } ?? part.amount
    }
    return sum
  }

  /// A fee, tax or interest of an event, in base; negative is a refund.
  struct ChargePart {
    let kind: Charge.Kind
    let amount: Figure<Decimal>
    /// Whether a cost, proceeds or income contain it.
    let isCounted: Bool
  }

  /// Every charge of an event.
  func chargeParts(_ index: Int) throws(DecimalError) -> [ChargePart] {
    let events = book.events
    if let legs = events.extra(at: index)?.legs, !legs.isEmpty { return try chargeParts(of: legs, index) }
    var parts: [ChargePart] = []
    let kind = events.kind(at: index)
    switch kind {
    case .fee: parts.append(ChargePart(kind: .fee, amount: try principal(index), isCounted: false))
    case .interestCharge: parts.append(ChargePart(kind: .interest, amount: try principal(index), isCounted: false))
    case .tax: parts.append(ChargePart(kind: .tax, amount: try principal(index), isCounted: isIncomeTax(index)))
    case .feeRefund, .taxRefund:
      let back = try principal(index).map { (all) throws(DecimalError) in -all }
      parts.append(
        ChargePart(kind: kind == .feeRefund ? .fee : .tax, amount: back, isCounted: kind == .taxRefund && isIncomeTax(index)))
    default: break
    }
    if let fee = events.fees[index], !fee.isZero {
      parts.append(ChargePart(kind: .fee, amount: try inBase(try feeMoney(index), index), isCounted: isFeeCounted(index)))
    }
    // A row of a tax names its amount as gross; its own column repeats it.
    if let tax = events.taxes[index], !tax.isZero, kind != .tax {
      parts.append(ChargePart(kind: .tax, amount: try inBase(try taxMoney(index), index), isCounted: isTaxCounted(kind)))
    }
    return parts
  }

  /// A tax or its refund booked as a row of its own for an asset is a part of that asset's income.
  func isIncomeTax(_ index: Int) -> Bool {
    let events = book.events
    return events.quantities[index] == nil && events.grosses[index] != nil
      && book.assets[AssetID(events.assets[index])]?.hasLots == true
  }

  /// The fee as money: its stated worth, else what its units are worth on the day.
  func feeMoney(_ index: Int) throws(DecimalError) -> Figure<Money> {
    let events = book.events
    if case .known(let amount) = try feeValue(index), let currency = feeCurrency(index) { return .known(Money(amount, currency)) }
    guard let fee = events.fees[index] else { return .unknown(.nothing) }
    let asset = events.feeAssets[index] == 0 ? events.currencies[index] : events.feeAssets[index]
    return try fairValue(fee, of: AssetID(asset), on: day(index))
  }

  /// The tax as money; without a currency it is in units of the asset.
  func taxMoney(_ index: Int) throws(DecimalError) -> Figure<Money> {
    let events = book.events
    guard let tax = events.taxes[index] else { return .unknown(.nothing) }
    if let currency = currency(index) { return .known(Money(tax, currency)) }
    return try fairValue(tax, of: AssetID(events.assets[index]), on: day(index))
  }

  private func inBase(_ figure: Figure<Money>, _ index: Int) throws(DecimalError) -> Figure<Decimal> {
    guard case .known(let money) = figure else { return .unknown(figure.why ?? .noPrice) }
    return try base(money.amount, money.currency, index).map { .known($0) } ?? .unknown(.noRate)
  }

  /// What a row of charges says was charged: units at their stated worth, else at the day's, or money.
  private func principal(_ index: Int) throws(DecimalError) -> Figure<Decimal> {
    let events = book.events
    let asset = AssetID(events.assets[index])
    guard let units = events.quantities[index] else {
      guard let gross = events.grosses[index] else { return .unknown(.notStated) }
      return try inBase(.known(Money(gross, currency(index) ?? asset.asCurrency)), index)
    }
    let isRefund = events.kind(at: index) == .feeRefund || events.kind(at: index) == .taxRefund
    guard book.assets[asset]?.hasLots == true else { return try inBase(.known(Money(units, asset.asCurrency)), index) }
    if let currency = currency(index), let value = try gross(index) { return try inBase(.known(Money(value, currency)), index) }
    // What comes back without a cost has none that is known.
    return isRefund ? .unknown(.unknownBasis) : try inBase(try fairValue(units, of: asset, on: day(index)), index)
  }

  /// Whether a fee is in a cost, in proceeds or in income already.
  private func isFeeCounted(_ index: Int) -> Bool {
    let events = book.events
    // Cash has no cost that could bear a fee.
    let hasLots = book.assets[AssetID(events.assets[index])]?.hasLots == true
    switch events.kind(at: index) {
    case .dividend, .interest, .reward, .airdrop, .mining: return true
    case .buy, .sell, .redemption, .liquidation, .deliveryIn, .deliveryOut: return hasLots && feeRule(index) == .capitalized
    case .swap, .convert:
      guard let target = events.extra(at: index)?.toAsset else { return hasLots && feeRule(index) == .capitalized }
      return feeRule(index) == .capitalized && book.assets[target]?.hasLots == true
    default: return false
    }
  }

  private func isTaxCounted(_ kind: EventKind) -> Bool {
    switch kind {
    case .dividend, .interest, .reward, .airdrop, .mining: true
    default: false
    }
  }

  private func chargeParts(of legs: [Leg], _ index: Int) throws(DecimalError) -> [ChargePart] {
    var parts: [ChargePart] = []
    for leg in legs where leg.role != .principal {
      let worth = try inBase(try fairValue(leg.quantity.magnitude, of: leg.asset, on: day(index)), index)
      let signed = leg.quantity.isNegative ? worth : worth.map { (all) throws(DecimalError) in -all }
      let isCounted = leg.role == .fee && isTrade(index) && feeRule(index) == .capitalized
      parts.append(ChargePart(kind: leg.role == .fee ? .fee : .tax, amount: signed, isCounted: isCounted))
    }
    return parts
  }

  private func isTrade(_ index: Int) -> Bool {
    switch book.events.kind(at: index) {
    case .buy, .sell, .swap, .convert, .redemption, .liquidation, .merger, .migration, .wrap, .unwrap: true
    default: false
    }
  }

  /// What units are worth that cross the border of the books, in base: what performance counts as their flow.
  func flowWorth(_ units: Decimal, of asset: AssetID, _ index: Int) throws(DecimalError) -> Figure<Decimal> {
    guard let known = book.assets[asset] else { return .unknown(.noPrice) }
    let day = day(index)
    let unit = Valuer.unit(of: known, in: book.quotes, on: day, mode: known.valuationMode).price
    let price = unit.value ?? book.quotes.pegs[asset].map { Price(.one, $0) }
    guard let price else { return .unknown(unit.why ?? .noPrice) }
    let own = try units.multiplied(by: price.perUnit)
    if price.currency == rates.base { return .known(own) }
    return book.quotes.rate(from: price.currency, to: rates.base, on: day).map { (rate) throws(DecimalError) in try own.multiplied(by: rate)
    }
  }
}
