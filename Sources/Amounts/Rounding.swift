/// What becomes of the digits a result has no room for.
public enum Rounding: CaseIterable, Sendable {
  /// To the nearest; a tie goes to the even digit. The rule for money everywhere in Florin.
  case halfEven
  /// To the nearest; a tie goes away from zero.
  case halfUp
  /// Towards zero.
  case down
  /// Away from zero.
  case up
  /// Towards minus infinity.
  case floor
  /// Towards plus infinity.
  case ceiling

  /// Whether a truncated quotient's magnitude must grow by one.
  ///
  /// - Parameters:
  ///   - remainder: what truncation left, `0 <= remainder < divisor`.
  ///   - odd: whether the truncated quotient is odd.
  @inline(__always)
  func growsMagnitude(negative: Bool, odd: Bool, remainder: UInt128, divisor: UInt128) -> Bool {
    if remainder == 0 { return false }
    switch self {
    case .down: return false
    case .up: return true
    case .floor: return negative
    case .ceiling: return !negative
    case .halfEven, .halfUp:
      let rest = divisor - remainder
      return remainder > rest || (remainder == rest && (self == .halfUp || odd))
    }
  }

  /// A truncated quotient rounded by its remainder. A quotient no ``Decimal`` holds stays as it is.
  @inline(__always)
  func round(_ quotient: UInt128, _ remainder: UInt128, _ divisor: UInt128, _ negative: Bool) -> UInt128 {
    if quotient > UInt128(Int128.max) { return quotient }
    return growsMagnitude(negative: negative, odd: quotient & 1 == 1, remainder: remainder, divisor: divisor) ? quotient + 1 : quotient
  }
}
