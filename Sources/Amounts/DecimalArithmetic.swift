// Every operation here is exact, or rounds to a scale the caller names, or throws.

extension Decimal {
  /// The exact sum. Its scale is the larger of the two.
  @inlinable @inline(__always)
  public func adding(_ other: Decimal) throws(DecimalError) -> Decimal {
    if scale == other.scale {
      let (sum, overflow) = mantissa.addingReportingOverflow(other.mantissa)
      // The range is symmetric, so that every value has its negative.
      if !overflow && sum != .min { return Decimal(mantissa: sum, scale: scale) }
    }
    return try addingSlowly(other)
  }

  /// The sum by way of 256 bits: operands of different scales, and sums whose trailing zeros are all that does not fit.
  @usableFromInline func addingSlowly(_ other: Decimal) throws(DecimalError) -> Decimal {
    let (coarse, fine) = scale < other.scale ? (self, other) : (other, self)
    let factor = powerOfTen(Int(fine.scale - coarse.scale))
    if factor.high64 == 0, coarse.high == Int64(bitPattern: coarse.low) >> 63, let small = Int64(exactly: factor.low64) {
      // Nearly every number fits 64 bits, and so does 10^18: their product always fits, and needs no check.
      let product = Int64(bitPattern: coarse.low).multipliedFullWidth(by: small)
      let (sum, overflow) = (Int128(product.high) << 64 | Int128(product.low)).addingReportingOverflow(fine.mantissa)
      if !overflow && sum != .min { return Decimal(mantissa: sum, scale: fine.scale) }
    }
    let (aligned, overflow1) = coarse.mantissa.multipliedReportingOverflow(by: Int128(factor))
    let (sum, overflow2) = aligned.addingReportingOverflow(fine.mantissa)
    if !overflow1 && !overflow2 && sum != .min { return Decimal(mantissa: sum, scale: fine.scale) }
    let wide = coarse.mantissa.magnitude.multipliedFullWidth(by: factor)
    let small = fine.mantissa.magnitude
    if (coarse.mantissa < 0) == (fine.mantissa < 0) {
      let (low, carry) = wide.low.addingReportingOverflow(small)
      return try Decimal.fitting(Wide512(high: wide.high &+ (carry ? 1 : 0), low: low), coarse.isNegative, Int(fine.scale))
    }
    if wide.high == 0 && wide.low < small { return Decimal(mantissa: Int128(small - wide.low), scale: fine.scale).negated(fine.isNegative) }
    let (low, borrow) = wide.low.subtractingReportingOverflow(small)
    return try Decimal.fitting(Wide512(high: wide.high &- (borrow ? 1 : 0), low: low), coarse.isNegative, Int(fine.scale))
  }

  private func negated(_ condition: Bool) -> Decimal { condition ? -self : self }

  /// The exact difference.
  @inlinable @inline(__always)
  public func subtracting(_ other: Decimal) throws(DecimalError) -> Decimal {
    try adding(-other)
  }

  /// The value with its sign turned.
  @inlinable
  public static prefix func - (value: Decimal) -> Decimal {
    Decimal(mantissa: 0 &- value.mantissa, scale: value.scale)
  }

  /// The product, exact where it has at most `places` fractional digits, else rounded to that many.
  ///
  /// - Parameter places: 0...38.
  public func multiplied(by other: Decimal, places: Int = moneyScale, _ rounding: Rounding = .halfEven) throws(DecimalError) -> Decimal {
    let negative = (mantissa < 0) != (other.mantissa < 0)
    let excess = Int(scale) + Int(other.scale) - places
    let wide = mantissa.magnitude.multipliedFullWidth(by: other.mantissa.magnitude)
    if excess <= 0 {
      if wide.high == 0 && wide.low <= UInt128(Int128.max) { return Decimal(negative, wide.low, places + excess) }
    } else if excess <= 38 {
      let divisor = powerOfTen(excess)
      if let (q, r) = divisor.dividing(high: wide.high, low: wide.low) {
        let whole = rounding.round(q, r, divisor, negative)
        if whole <= UInt128(Int128.max) { return Decimal(negative, whole, places) }
      }
    }
    return try Decimal.ratio(Wide512(high: wide.high, low: wide.low), timesTenTo: -excess, over: 1, negative, places, rounding)
  }

  /// The quotient rounded to `places` fractional digits.
  ///
  /// - Parameter places: 0...38.
  public func divided(by other: Decimal, places: Int = moneyScale, _ rounding: Rounding = .halfEven) throws(DecimalError) -> Decimal {
    if other.mantissa == 0 { throw .divisionByZero }
    if mantissa == 0 { return .zero }
    let negative = (mantissa < 0) != (other.mantissa < 0)
    let shift = places + Int(other.scale) - Int(scale)
    let divisor = other.mantissa.magnitude
    if shift >= 0 && shift <= 38 {
      let wide = mantissa.magnitude.multipliedFullWidth(by: powerOfTen(shift))
      if let (q, r) = divisor.dividing(high: wide.high, low: wide.low) {
        let whole = rounding.round(q, r, divisor, negative)
        if whole <= UInt128(Int128.max) { return Decimal(negative, whole, places) }
      }
    }
    return try Decimal.ratio(Wide512(mantissa.magnitude), timesTenTo: shift, over: divisor, negative, places, rounding)
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
    let places = Decimal.moneyScale
    let shift = places + Int(whole.scale) - Int(scale) - Int(part.scale)
    let divisor = whole.mantissa.magnitude
    let product = mantissa.magnitude.multipliedFullWidth(by: part.mantissa.magnitude)
    if shift >= 0 && shift <= 38 && (shift == 0 || product.high == 0) {
      let wide = shift == 0 ? product : product.low.multipliedFullWidth(by: powerOfTen(shift))
      if let (q, r) = divisor.dividing(high: wide.high, low: wide.low) {
        let whole = Rounding.halfEven.round(q, r, divisor, negative)
        if whole <= UInt128(Int128.max) { return Decimal(negative, whole, places) }
      }
    }
    if shift < 0 && shift >= -38 {
      let (scaled, overflow) = divisor.multipliedReportingOverflow(by: powerOfTen(-shift))
      if !overflow, let (q, r) = scaled.dividing(high: product.high, low: product.low) {
        let whole = Rounding.halfEven.round(q, r, scaled, negative)
        if whole <= UInt128(Int128.max) { return Decimal(negative, whole, places) }
      }
    }
    let wide = Wide512(high: product.high, low: product.low)
    return try Decimal.ratio(wide, timesTenTo: shift, over: divisor, negative, places, .halfEven)
  }

  /// `numerator x 10^exponent / divisor`, rounded to a whole number of units of 10^-places: the road of last resort of
  /// every product, quotient and share, taken when 256 bits or the mantissa at `places` do not hold an intermediate.
  private static func ratio(
    _ numerator: Wide512, timesTenTo exponent: Int, over divisor: UInt128, _ negative: Bool, _ places: Int, _ rounding: Rounding
  ) throws(DecimalError) -> Decimal {
    var wide = numerator
    if exponent >= 0 {
      wide.multiply(byPowerOfTen: exponent)
      let rest = wide.divide(by: divisor)
      if rounding.growsMagnitude(negative: negative, odd: wide.isOdd, remainder: rest, divisor: divisor) { wide.increment() }
      return try fitting(wide, negative, places)
    }
    // The divisor is divisor x 10^-exponent, divided by in steps. What the earlier steps leave matters only as "not
    // zero": a power of ten is even, so they can break a tie but never make one.
    var isInexact = wide.divide(by: divisor) != 0
    var drop = -exponent
    while drop > 38 {
      let rest = wide.divide(by: powerOfTen(min(drop - 38, 38)))
      isInexact = isInexact || rest != 0
      drop -= min(drop - 38, 38)
    }
    let last = powerOfTen(drop)
    let rest = wide.divide(by: last) * 2 + (isInexact ? 1 : 0)
    if rounding.growsMagnitude(negative: negative, odd: wide.isOdd, remainder: rest, divisor: last * 2) { wide.increment() }
    return try fitting(wide, negative, places)
  }

  /// A magnitude of units of 10^-places, where needed without trailing fractional zeros.
  private static func fitting(_ magnitude: Wide512, _ negative: Bool, _ places: Int) throws(DecimalError) -> Decimal {
    var wide = magnitude
    for scale in stride(from: places, through: 0, by: -1) {
      if wide.isMantissa { return Decimal(negative, wide.low, scale) }
      if wide.divide(by: 10) != 0 { break }
    }
    throw .overflow
  }

  /// A sign, a magnitude of at most Int128.max and a scale of at most 38.
  @inline(__always)
  private init(_ negative: Bool, _ magnitude: UInt128, _ scale: Int) {
    let value = Int128(truncatingIfNeeded: magnitude)
    self.init(mantissa: negative ? 0 &- value : value, scale: UInt8(truncatingIfNeeded: scale))
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
}
