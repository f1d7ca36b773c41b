/// The money something is measured in: the run-time id of the asset that is that money (an asset of class cash, a stablecoin, a coin).
public struct Currency: Hashable, Sendable {
  /// The asset's id.
  public let id: Int32
  /// The currency that is this asset.
  @inline(__always) public init(id: Int32) { self.id = id }
}

/// Units of an asset.
public struct Quantity: Hashable, Comparable, Sendable {
  /// How many units; negative is a short position or an outgoing leg.
  public let units: Decimal
  /// This many units.
  @inline(__always) public init(_ units: Decimal) { self.units = units }
  /// No units.
  public static let zero = Quantity(.zero)
  /// Order by units.
  public static func < (a: Quantity, b: Quantity) -> Bool { a.units < b.units }
  /// Adds quantities of one asset.
  public func adding(_ other: Quantity) throws(DecimalError) -> Quantity { Quantity(try units.adding(other.units)) }
  /// Subtracts a quantity of the same asset.
  public func subtracting(_ other: Quantity) throws(DecimalError) -> Quantity { Quantity(try units.subtracting(other.units)) }
  /// What the units are worth at a price, rounded half-even to 18 places.
  public func times(_ price: Price) throws(DecimalError) -> Money {
    Money(try units.multiplied(by: price.perUnit), price.currency)
  }
}

/// Money per unit of an asset.
public struct Price: Hashable, Sendable {
  /// The amount for one unit.
  public let perUnit: Decimal
  /// What the amount is measured in.
  public let currency: Currency
  /// This much for one unit.
  @inline(__always)
  public init(_ perUnit: Decimal, _ currency: Currency) {
    self.perUnit = perUnit
    self.currency = currency
  }
}

/// An amount of one currency. Two amounts add only when their currencies agree; anything else is refused at run time.
public struct Money: Hashable, Sendable {
  /// The amount; negative is an outflow or a loss.
  public let amount: Decimal
  /// What it is measured in.
  public let currency: Currency
  /// This much of a currency.
  @inline(__always)
  public init(_ amount: Decimal, _ currency: Currency) {
    self.amount = amount
    self.currency = currency
  }

  /// The sum, or unknown when the currencies differ or the digits do not fit.
  public func adding(_ other: Money) -> Figure<Money> {
    if currency != other.currency { return .unknown(.mixedCurrencies) }
    return Figure.known(amount).map { (a) throws(DecimalError) in Money(try a.adding(other.amount), currency) }
  }

  /// The amount in another currency at a rate (units of `currency` for one of this), rounded half-even to 18 places.
  public func converted(at rate: Decimal, to currency: Currency) throws(DecimalError) -> Money {
    Money(try amount.multiplied(by: rate), currency)
  }
}
