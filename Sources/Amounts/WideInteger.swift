// 256-bit helpers for the intermediate of a product or a scaled dividend. The standard library's own
// `dividingFullWidth` of UInt128 is several times slower than this Knuth division on 64-bit digits.

/// Powers of ten that fit 128 bits: 10^0 ... 10^38.
private let powersOfTen: [UInt128] = {
  var powers: [UInt128] = [1]
  for _ in 1...38 { powers.append(powers[powers.count - 1] * 10) }
  return powers
}()

@inline(__always)
func powerOfTen(_ exponent: Int) -> UInt128 {
  powersOfTen.withUnsafeBufferPointer { $0[exponent] }
}

extension UInt128 {
  @inline(__always) var low64: UInt64 { UInt64(truncatingIfNeeded: self) }
  @inline(__always) var high64: UInt64 { UInt64(truncatingIfNeeded: self >> 64) }

  /// Divides a 256-bit number by this one; nil when the quotient does not fit 128 bits.
  func dividing(high: UInt128, low: UInt128) -> (quotient: UInt128, remainder: UInt128)? {
    if high == 0 {
      let (q, r) = low.quotientAndRemainder(dividingBy: self)
      return (q, r)
    }
    if high >= self { return nil }
    if high64 == 0 {
      // high < self < 2^64: two steps of 128 by 64.
      let divisor = low64
      let (q1, r1) = divisor.dividingFullWidth((high.low64, low.high64))
      let (q0, r0) = divisor.dividingFullWidth((r1, low.low64))
      return (UInt128(q1) << 64 | UInt128(q0), UInt128(r0))
    }
    // Knuth's algorithm D, normalised so that the divisor's top bit is set.
    let shift = leadingZeroBitCount
    let divisor = self << UInt128(shift)
    let top = shift == 0 ? high : (high << UInt128(shift)) | (low >> UInt128(128 - shift))
    let rest = low << UInt128(shift)
    let (q1, r1) = UInt128.digit(of: top, next: rest.high64, by: divisor)
    let (q0, r0) = UInt128.digit(of: r1, next: rest.low64, by: divisor)
    return (UInt128(q1) << 64 | UInt128(q0), r0 >> UInt128(shift))
  }

  /// One 64-bit quotient digit of (rest:next) / divisor, where rest < divisor and the divisor is normalised.
  static func digit(of rest: UInt128, next: UInt64, by divisor: UInt128) -> (UInt64, UInt128) {
    let d1 = divisor.high64
    let d0 = divisor.low64
    var guess: UInt64
    var restHigh: UInt64
    var exact = false  // the guess cannot be too large any more
    if rest.high64 >= d1 {
      guess = .max
      let (sum, overflow) = rest.low64.addingReportingOverflow(d1)
      restHigh = sum
      exact = overflow || rest.high64 > d1
    } else {
      (guess, restHigh) = d1.dividingFullWidth((rest.high64, rest.low64))
    }
    while !exact {
      let product = guess.multipliedFullWidth(by: d0)
      if product.high < restHigh || (product.high == restHigh && product.low <= next) { break }
      guess &-= 1
      let (sum, overflow) = restHigh.addingReportingOverflow(d1)
      restHigh = sum
      exact = overflow
    }
    let full = (rest << 64) | UInt128(next)  // modulo 2^128, which the difference below undoes
    return (guess, full &- (divisor &* UInt128(guess)))
  }
}

/// An unsigned 512-bit number as eight 64-bit digits, lowest first: the intermediate of any product, quotient or share
/// that 256 bits do not hold (1000.00 / 0.333333333333333333333333). The largest, a share of two 127-bit mantissas scaled by
/// 10^56, has 441 bits.
struct Wide512 {
  private(set) var digits: [8 of UInt64] = .init(repeating: 0)

  init(_ value: UInt128) {
    digits[0] = value.low64
    digits[1] = value.high64
  }

  init(high: UInt128, low: UInt128) {
    self.init(low)
    digits[2] = high.low64
    digits[3] = high.high64
  }

  /// Whether the value fits the mantissa of a ``Decimal``, and then is all of `low`.
  var isMantissa: Bool {
    for index in 2..<8 where digits[index] != 0 { return false }
    return digits[1] >> 63 == 0
  }

  /// The lower 128 bits.
  var low: UInt128 { UInt128(digits[1]) << 64 | UInt128(digits[0]) }

  var isOdd: Bool { digits[0] & 1 == 1 }

  /// Multiplies in place. The caller's factors keep the product under 2^512.
  mutating func multiply(by factor: UInt128) {
    var result: [8 of UInt64] = .init(repeating: 0)
    for i in 0..<8 where digits[i] != 0 {
      var carry: UInt64 = 0
      for j in 0..<2 where i + j < 8 {
        let product = digits[i].multipliedFullWidth(by: j == 0 ? factor.low64 : factor.high64)
        let (s1, o1) = result[i + j].addingReportingOverflow(product.low)
        let (s2, o2) = s1.addingReportingOverflow(carry)
        result[i + j] = s2
        carry = product.high &+ (o1 ? 1 : 0) &+ (o2 ? 1 : 0)
      }
      var k = i + 2
      while carry != 0 && k < 8 {
        let (sum, overflow) = result[k].addingReportingOverflow(carry)
        result[k] = sum
        carry = overflow ? 1 : 0
        k += 1
      }
    }
    digits = result
  }

  /// Multiplies in place by 10^exponent, exponent in 0...114.
  mutating func multiply(byPowerOfTen exponent: Int) {
    var rest = exponent
    while rest > 0 {
      multiply(by: powerOfTen(min(rest, 38)))
      rest -= min(rest, 38)
    }
  }

  /// Divides in place, digit by digit from the top.
  ///
  /// - Returns: the remainder, less than the divisor.
  mutating func divide(by divisor: UInt128) -> UInt128 {
    let shift = divisor.leadingZeroBitCount
    if shift >= 64 {
      var rest: UInt64 = 0
      for index in stride(from: 7, through: 0, by: -1) {
        (digits[index], rest) = divisor.low64.dividingFullWidth((rest, digits[index]))
      }
      return UInt128(rest)
    }
    // Dividend and divisor are shifted alike, so that the divisor's top bit is set and the quotient stays.
    let normalized = divisor << UInt128(shift)
    var rest: UInt128 = shift == 0 ? 0 : UInt128(digits[7] >> UInt64(64 - shift))
    for index in stride(from: 7, through: 0, by: -1) {
      let below = index > 0 && shift > 0 ? digits[index - 1] >> UInt64(64 - shift) : 0
      (digits[index], rest) = UInt128.digit(of: rest, next: digits[index] << UInt64(shift) | below, by: normalized)
    }
    return rest >> UInt128(shift)
  }

  mutating func increment() {
    for index in 0..<8 {
      digits[index] &+= 1
      if digits[index] != 0 { return }
    }
  }
}
