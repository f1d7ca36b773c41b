// Every operation here is exact, or rounds to a scale the caller names, or throws.

extension Decimal {
  /// The exact sum. Its scale is the larger of the two.
  @inline(__always)
  public func adding(_ other: Decimal) throws(DecimalError) -> Decimal {
    if scale == other.scale {
      let (sum, overflow) = mantissa.addingReportingOverflow(other.mantissa)
      if !overflow { return Decimal(mantissa: sum, scale: scale) }
    }
    return try addingSlowly(other)
  }

  private func addingSlowly(_ other: Decimal) throws(DecimalError) -> Decimal {
    let (coarse, fine) = scale < other.scale ? (self, other) : (other, self)
    let factor = Int128(powerOfTen(Int(fine.scale - coarse.scale)))
    let (aligned, overflow1) = coarse.mantissa.multipliedReportingOverflow(by: factor)
    let (sum, overflow2) = aligned.addingReportingOverflow(fine.mantissa)
    if !overflow1 && !overflow2 { return Decimal(mantissa: sum, scale: fine.scale) }
    // Trailing zeros may be all that does not fit.
    let (a, b) = (normalized, other.normalized)
    if a.scale == scale && b.scale == other.scale { throw .overflow }
    return try a.addingSlowly(b)
  }

  /// The exact difference.
  @inline(__always)
  public func subtracting(_ other: Decimal) throws(DecimalError) -> Decimal {
    try adding(-other)
  }

  /// The value with its sign turned.
  public static prefix func - (value: Decimal) -> Decimal {
    Decimal(mantissa: 0 &- value.mantissa, scale: value.scale)
  }

  /// The product, exact where it has at most `places` fractional digits, else rounded to that many.
  public func multiplied(by other: Decimal, places: Int = moneyScale, _ rounding: Rounding = .halfEven) throws(DecimalError) -> Decimal {
    let negative = (mantissa < 0) != (other.mantissa < 0)
    let sum = Int(scale) + Int(other.scale)
    let wide = mantissa.magnitude.multipliedFullWidth(by: other.mantissa.magnitude)
    if sum <= places {
      if wide.high != 0 || wide.low > UInt128(Int128.max) { return try normalizedProduct(other, places, rounding) }
      return try Decimal.signed(negative, wide.low, scale: sum)
    }
    return try Decimal.rounding(wide, dropping: sum - places, negative: negative, places: places, rounding)
  }

  private func normalizedProduct(_ other: Decimal, _ places: Int, _ rounding: Rounding) throws(DecimalError) -> Decimal {
    let (a, b) = (normalized, other.normalized)
    if a.scale == scale && b.scale == other.scale { throw .overflow }
    return try a.multiplied(by: b, places: places, rounding)
  }

  /// The quotient rounded to `places` fractional digits.
  public func divided(by other: Decimal, places: Int = moneyScale, _ rounding: Rounding = .halfEven) throws(DecimalError) -> Decimal {
    if other.mantissa == 0 { throw .divisionByZero }
    if mantissa == 0 { return .zero }
    let negative = (mantissa < 0) != (other.mantissa < 0)
    let shift = places + Int(other.scale) - Int(scale)
    let divisor = other.mantissa.magnitude
    if shift < 0 {
      let (scaled, overflow) = divisor.multipliedReportingOverflow(by: powerOfTen(-shift))
      if overflow { return try divided(normalizing: other, places, rounding) }
      let (q, r) = mantissa.magnitude.quotientAndRemainder(dividingBy: scaled)
      return try Decimal.finish(negative, q, r, scaled, places, rounding)
    }
    if shift <= 38 {
      let wide = mantissa.magnitude.multipliedFullWidth(by: powerOfTen(shift))
      guard let (q, r) = divisor.dividing(high: wide.high, low: wide.low) else { throw .overflow }
      return try Decimal.finish(negative, q, r, divisor, places, rounding)
    }
    var wide = Wide384(mantissa.magnitude)
    wide.multiply(by: powerOfTen(38))
    wide.multiply(by: powerOfTen(shift - 38))
    guard let (q, r) = wide.divided(by: divisor) else { throw .overflow }
    return try Decimal.finish(negative, q, r, divisor, places, rounding)
  }

  private func divided(normalizing other: Decimal, _ places: Int, _ rounding: Rounding) throws(DecimalError) -> Decimal {
    let (a, b) = (normalized, other.normalized)
    if a.scale == scale && b.scale == other.scale { throw .overflow }
    return try a.divided(by: b, places: places, rounding)
  }

  /// `self x part / whole` in one step, rounded once to ``moneyScale`` places: the cost that leaves with part of a lot.
  ///
  /// - Parameters:
  ///   - part: how much is taken, in the unit of `whole`.
  ///   - whole: what the value belongs to; not zero.
  public func share(_ part: Decimal, of whole: Decimal) throws(DecimalError) -> Decimal {
    if whole.mantissa == 0 { throw .divisionByZero }
    if part == whole { return self }
    if mantissa == 0 || part.mantissa == 0 { return .zero }
    let negative = ((mantissa < 0) != (part.mantissa < 0)) != (whole.mantissa < 0)
    // self.m * part.m * 10^shift / whole.m, shift = places + whole.s - self.s - part.s
    let shift = Decimal.moneyScale + Int(whole.scale) - Int(scale) - Int(part.scale)
    let divisor = whole.mantissa.magnitude
    let product = mantissa.magnitude.multipliedFullWidth(by: part.mantissa.magnitude)
    if shift == 0, let (q, r) = divisor.dividing(high: product.high, low: product.low) {
      return try Decimal.finish(negative, q, r, divisor, Decimal.moneyScale, .halfEven)
    }
    if shift > 0 && shift <= 38 && product.high == 0 {
      let wide = product.low.multipliedFullWidth(by: powerOfTen(shift))
      if let (q, r) = divisor.dividing(high: wide.high, low: wide.low) {
        return try Decimal.finish(negative, q, r, divisor, Decimal.moneyScale, .halfEven)
      }
    }
    if shift < 0 {
      let (scaled, overflow) = divisor.multipliedReportingOverflow(by: powerOfTen(min(38, -shift)))
      if !overflow && shift >= -38, let (q, r) = scaled.dividing(high: product.high, low: product.low) {
        return try Decimal.finish(negative, q, r, scaled, Decimal.moneyScale, .halfEven)
      }
    }
    return try shareSlowly(part, of: whole, negative)
  }

  /// The share where the fast intermediate does not hold it: trailing zeros are dropped and 384 bits are used.
  private func shareSlowly(_ part: Decimal, of whole: Decimal, _ negative: Bool) throws(DecimalError) -> Decimal {
    let (a, b, c) = (normalized, part.normalized, whole.normalized)
    let shift = Decimal.moneyScale + Int(c.scale) - Int(a.scale) - Int(b.scale)
    var wide = Wide384(a.mantissa.magnitude)
    wide.multiply(by: b.mantissa.magnitude)
    var divisor = c.mantissa.magnitude
    if shift >= 0 {
      wide.multiply(by: powerOfTen(min(38, shift)))
    } else {
      let (scaled, overflow) = divisor.multipliedReportingOverflow(by: powerOfTen(min(38, -shift)))
      if overflow { throw .overflow }
      divisor = scaled
    }
    guard abs(shift) <= 38, let (q, r) = wide.divided(by: divisor) else { throw .overflow }
    return try Decimal.finish(negative, q, r, divisor, Decimal.moneyScale, .halfEven)
  }

  /// The value with at most `places` fractional digits.
  public func rounded(to places: Int, _ rounding: Rounding = .halfEven) -> Decimal {
    if Int(scale) <= places { return self }
    let divisor = powerOfTen(Int(scale) - places)
    let (q, r) = mantissa.magnitude.quotientAndRemainder(dividingBy: divisor)
    let odd = q & 1 == 1
    let grown = rounding.growsMagnitude(negative: mantissa < 0, odd: odd, remainder: r, divisor: divisor) ? q + 1 : q
    // A magnitude that lost a digit and grew by one always fits.
    let value = Int128(grown)
    return Decimal(mantissa: mantissa < 0 ? -value : value, scale: UInt8(places))
  }

  private static func rounding(
    _ wide: (high: UInt128, low: UInt128), dropping: Int, negative: Bool, places: Int, _ rounding: Rounding
  ) throws(DecimalError) -> Decimal {
    if dropping <= 38 {
      let divisor = powerOfTen(dropping)
      guard let (q, r) = divisor.dividing(high: wide.high, low: wide.low) else { throw .overflow }
      return try finish(negative, q, r, divisor, places, rounding)
    }
    // Two steps: the remainder of the first only matters as "not zero", kept as a sticky digit.
    guard let (q1, r1) = powerOfTen(38).dividing(high: wide.high, low: wide.low) else { throw .overflow }
    let divisor = powerOfTen(dropping - 38)
    let (q, r) = q1.quotientAndRemainder(dividingBy: divisor)
    if r1 == 0 { return try finish(negative, q, r, divisor, places, rounding) }
    return try finish(negative, q, r * 2 + 1, divisor * 2, places, rounding)
  }

  @inline(__always)
  private static func finish(
    _ negative: Bool, _ quotient: UInt128, _ remainder: UInt128, _ divisor: UInt128, _ places: Int, _ rounding: Rounding
  ) throws(DecimalError) -> Decimal {
    let grows = rounding.growsMagnitude(negative: negative, odd: quotient & 1 == 1, remainder: remainder, divisor: divisor)
    return try signed(negative, quotient &+ (grows ? 1 : 0), scale: places)
  }

  @inline(__always)
  private static func signed(_ negative: Bool, _ magnitude: UInt128, scale: Int) throws(DecimalError) -> Decimal {
    if magnitude > UInt128(Int128.max) || scale > 38 { throw .overflow }
    let value = Int128(truncatingIfNeeded: magnitude)
    return Decimal(mantissa: negative ? -value : value, scale: UInt8(scale))
  }
}
