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
}
