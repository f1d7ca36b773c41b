/// A number that may be unknown. Unknown is a state with a reason; it is never zero.
public enum Figure<Value: Sendable>: Sendable {
  /// The value.
  case known(Value)
  /// No value, and why.
  case unknown(Why)

  /// The value, or nil when it is unknown.
  @inlinable @inline(__always)
  public var value: Value? {
    if case .known(let value) = self { return value }
    return nil
  }

  /// The reason, or nil when the value is known.
  @inlinable public var why: Why? {
    if case .unknown(let why) = self { return why }
    return nil
  }

  /// Whether there is a value.
  @inlinable public var isKnown: Bool { value != nil }

  /// The figure of a value made from this one; unknown stays unknown for the same reason.
  @inlinable
  public func map<Other>(_ transform: (Value) throws(DecimalError) -> Other) -> Figure<Other> {
    switch self {
    case .unknown(let why): return .unknown(why)
    case .known(let value):
      do throws(DecimalError) { return .known(try transform(value)) } catch { return .unknown(.overflow) }
    }
  }

  /// The figure made from two; the first unknown decides.
  @inlinable
  public func with<Second, Other>(_ second: Figure<Second>, _ combine: (Value, Second) throws(DecimalError) -> Other) -> Figure<Other> {
    switch (self, second) {
    case (.unknown(let why), _), (_, .unknown(let why)): return .unknown(why)
    case (.known(let a), .known(let b)):
      do throws(DecimalError) { return .known(try combine(a, b)) } catch { return .unknown(.overflow) }
    }
  }
}

extension Figure {
  /// As `with(_:_:)`, but where both are unknown the graver reason is told.
  @inlinable
  public func and<Second, Other>(_ second: Figure<Second>, _ combine: (Value, Second) throws(DecimalError) -> Other) -> Figure<Other> {
    if case .unknown(let why) = self, case .unknown(let other) = second { return .unknown(Why.graver(why, other) ?? why) }
    return with(second, combine)
  }
}

extension Figure where Value == Decimal {
  /// The sum; when both are unknown, for the graver reason, so that a total does not depend on the order in which it was added up.
  public func adding(_ other: Figure) -> Figure { and(other) { (a, b) throws(DecimalError) in try a.adding(b) } }
}

extension Figure: Equatable where Value: Equatable {}
extension Figure: Hashable where Value: Hashable {}

/// Why a figure is unknown.
public enum Why: Hashable, CaseIterable, Sendable {
  /// The asset has no market price at or before the date.
  case noPrice
  /// The asset has no net asset value at or before the date.
  case noNav
  /// No exchange rate at most 7 days old.
  case noRate
  /// What the units cost is not known.
  case unknownBasis
  /// When it happened is not known.
  case unknownDate
  /// Cash has a balance, not lots.
  case cash
  /// The parts are in different currencies.
  case mixedCurrencies
  /// The result has more digits than Florin keeps.
  case overflow
  /// The divisor is zero.
  case zeroBase
  /// Too little history for the figure.
  case tooShort
  /// There is nothing the figure could speak of.
  case nothing
  /// No rate solves the equation.
  case noSolution
  /// On some days there is neither a quote nor an exchange rate.
  case noRateOrQuote
  /// Money only came, or only went.
  case oneWay
  /// All returns are the same.
  case noVariation
  /// It never fell.
  case noLoss
  /// What moved is no more than rounding.
  case onlyRounding
  /// Nobody said: no target, no debt, no record of it.
  case notStated

  /// A short reason for people: `no price`.
  public var text: String {
    switch self {
    case .noPrice: "no price"
    case .noNav: "no NAV"
    case .noRate: "no exchange rate"
    case .unknownBasis: "unknown basis"
    case .unknownDate: "unknown date"
    case .cash: "cash"
    case .mixedCurrencies: "mixed currencies"
    case .overflow: "too many digits"
    case .zeroBase: "division by zero"
    case .tooShort: "too little history"
    case .nothing: "nothing held"
    case .noSolution: "no solution"
    case .noRateOrQuote: "no quote or exchange rate on some days"
    case .oneWay: "money only went one way"
    case .noVariation: "returns never vary"
    case .noLoss: "it never fell"
    case .onlyRounding: "nothing moved but rounding"
    case .notStated: "not stated"
    }
  }

  /// Of two reasons for one gap the one that has to be mended first: without a cost or a price no exchange rate helps. The order in
  /// which they are met does not matter.
  public static func graver(_ a: Why?, _ b: Why?) -> Why? {
    guard let a, let b else { return a ?? b }
    return (a.weight, a.text) >= (b.weight, b.text) ? a : b
  }

  private var weight: Int {
    switch self {
    case .unknownBasis: 5
    case .notStated: 4
    case .noPrice, .noNav: 3
    case .noRate: 2
    case .unknownDate: 1
    default: 0
    }
  }

  /// The reason with this text.
  public init?(text: String) {
    guard let why = Why.allCases.first(where: { $0.text == text }) else { return nil }
    self = why
  }
}
