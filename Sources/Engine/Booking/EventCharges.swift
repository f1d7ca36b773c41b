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
    let events = book.events
    if let legs = events.extra(at: index)?.legs, !legs.isEmpty { return try openCharge(of: legs, index) }
    var sum: Figure<Decimal>?
    func add(_ more: Figure<Decimal>) throws(DecimalError) {
      sum = sum.map { $0.with(more) { (a, b) throws(DecimalError) in try a.adding(b) } } ?? more
    }
    let kind = events.kind(at: index)
    switch kind {
    case .fee, .interestCharge: try add(try principal(index))
    case .tax where !isIncomeTax(index): try add(try principal(index))
    case .feeRefund: try add(try principal(index).map { (all) throws(DecimalError) in -all })
    case .taxRefund where !isIncomeTax(index): try add(try principal(index).map { (all) throws(DecimalError) in -all })
    default: break
    }
    if let fee = events.fees[index], !fee.isZero, !isFeeCounted(index) { try add(try inBase(try feeMoney(index), index)) }
    if let tax = events.taxes[index], !tax.isZero, !isTaxCounted(kind) { try add(try inBase(try taxMoney(index), index)) }
    return sum
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
    // `tax` names its amount as gross; its own column repeats it.
    case .dividend, .interest, .reward, .airdrop, .mining, .tax: true
    default: false
    }
  }

  private func openCharge(of legs: [Leg], _ index: Int) throws(DecimalError) -> Figure<Decimal>? {
    var sum: Figure<Decimal>?
    for leg in legs where leg.role != .principal {
      if leg.role == .fee, isTrade(index), feeRule(index) == .capitalized { continue }
      let worth = try inBase(try fairValue(leg.quantity.magnitude, of: leg.asset, on: day(index)), index)
      let signed = leg.quantity.isNegative ? worth : worth.map { (all) throws(DecimalError) in -all }
      sum = sum.map { $0.with(signed) { (a, b) throws(DecimalError) in try a.adding(b) } } ?? signed
    }
    return sum
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
