public import Amounts
public import Ledger

/// A holder's part of an issue and of what the issue owns.
public struct Ownership: Hashable, Sendable {
  /// Tokens outstanding, in units of the day.
  public var supply: Figure<Decimal>
  /// Quantity / supply, a fraction.
  public var share: Figure<Decimal>
  /// Share x the underlying's value.
  public var impliedUnderlying: Figure<Money>
  /// Share x the issue's debt.
  public var impliedDebt: Figure<Money>
}

extension Book {
  /// The part of an issue that a quantity of its tokens is.
  ///
  /// Supply, underlying value and debt are the last NAV row's at or before the day that states them, else the asset's own attributes.
  /// A supply is in units of the day that states it (an attribute: of the issue), and follows every split since.
  ///
  /// - Source: DESIGN 4.
  public func ownership(of quantity: Decimal, _ asset: AssetID, on day: Day) -> Ownership {
    let facts = navFacts(of: asset, on: day)
    let attributes = assets[asset]?.attributes ?? [:]
    func attribute(_ key: AssetAttribute) -> Decimal? { attributes[key].flatMap { Decimal($0) } }
    let issued = attributes[.issueDate].flatMap { Day($0) } ?? Day(ordinal: .min)
    let supply = facts.supply ?? attribute(.totalSupply).map { units($0, of: asset, since: issued, on: day) }
    let currency = facts.currency ?? quoteCurrency(of: asset)
    let share: Figure<Decimal> =
      supply.map { supply in
        Figure.known(quantity).map { (quantity) throws(DecimalError) in try quantity.divided(by: supply) }
      } ?? .unknown(.notStated)
    func part(_ whole: Decimal?) -> Figure<Money> {
      guard let whole, let currency, let supply, !supply.isZero else { return .unknown(.notStated) }
      return Figure.known(whole).map { (whole) throws(DecimalError) in Money(try whole.share(quantity, of: supply), currency) }
    }
    return Ownership(
      supply: supply.map { .known($0) } ?? .unknown(.notStated), share: supply == .zero ? .unknown(.zeroBase) : share,
      impliedUnderlying: part(facts.underlying ?? attribute(.underlyingValue)), impliedDebt: part(facts.debt ?? attribute(.underlyingDebt)))
  }

  /// The currency an asset's quotes are expected in.
  public func quoteCurrency(of asset: AssetID) -> Currency? {
    guard let code = assets[asset]?.currency, !code.isEmpty else { return nil }
    return assets.values.filter { $0.symbol == code }.min {
      ($0.assetClass == .cash ? 0 : 1, $0.id) < ($1.assetClass == .cash ? 0 : 1, $1.id)
    }?
    .id.asCurrency
  }

  private func navFacts(of asset: AssetID, on day: Day) -> (supply: Decimal?, underlying: Decimal?, debt: Decimal?, currency: Currency?) {
    var found: (supply: Decimal?, underlying: Decimal?, debt: Decimal?, currency: Currency?) = (nil, nil, nil, nil)
    guard let series = quotes.nav[asset], let last = series.position(atOrBefore: day) else { return found }
    for position in series.navs.keys.filter({ $0 <= last }).sorted(by: >) {
      guard let facts = series.navs[position] else { continue }
      if found.supply == nil, let supply = facts.supply {
        found.supply = units(supply, of: asset, since: Day(ordinal: series.days[position]), on: day)
      }
      found.underlying = found.underlying ?? facts.underlyingValue
      found.debt = found.debt ?? facts.debt
      if found.supply != nil && found.underlying != nil && found.debt != nil { break }
    }
    found.currency = Currency(id: series.currencies[last])
    return found
  }

  /// A number of units of an earlier day in units of a later one: every split between multiplies it.
  public func units(_ quantity: Decimal, of asset: AssetID, since: Day, on day: Day) -> Decimal {
    var quantity = quantity
    for point in quotes.splits[asset] ?? [] where point.day > since && point.day <= day {
      quantity = (try? quantity.scaled(by: point.ratio)) ?? quantity
    }
    return quantity
  }
}
