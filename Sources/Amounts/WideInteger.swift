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
  private static func digit(of rest: UInt128, next: UInt64, by divisor: UInt128) -> (UInt64, UInt128) {
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

/// An unsigned 384-bit number as six 64-bit digits, lowest first: the intermediate of a division whose scaled dividend
/// exceeds 256 bits (1000.00 / 0.333333333333333333333333).
struct Wide384 {
  private var digits: [6 of UInt64] = .init(repeating: 0)

  init(_ value: UInt128) {
    digits[0] = value.low64
    digits[1] = value.high64
  }

  /// Multiplies in place; nil-free because the caller's factors keep the product under 2^384.
  mutating func multiply(by factor: UInt128) {
    let f = [factor.low64, factor.high64]
    var result: [6 of UInt64] = .init(repeating: 0)
    for i in 0..<6 where digits[i] != 0 {
      var carry: UInt64 = 0
      for j in 0..<2 where i + j < 6 {
        let product = digits[i].multipliedFullWidth(by: f[j])
        let (s1, o1) = result[i + j].addingReportingOverflow(product.low)
        let (s2, o2) = s1.addingReportingOverflow(carry)
        result[i + j] = s2
        carry = product.high &+ (o1 ? 1 : 0) &+ (o2 ? 1 : 0)
      }
      var k = i + 2
      while carry != 0 && k < 6 {
        let (sum, overflow) = result[k].addingReportingOverflow(carry)
        result[k] = sum
        carry = overflow ? 1 : 0
        k += 1
      }
    }
    digits = result
  }

  /// Schoolbook division, bit by bit: this path is met once in millions of operations.
  func divided(by divisor: UInt128) -> (quotient: UInt128, remainder: UInt128)? {
    var remainder: UInt128 = 0
    var quotient: UInt128 = 0
    for index in stride(from: 5, through: 0, by: -1) {
      for bit in stride(from: 63, through: 0, by: -1) {
        let carriesOut = remainder >> 127 == 1
        remainder = remainder << 1 | UInt128(digits[index] >> UInt64(bit) & 1)
        if quotient >> 127 == 1 { return nil }
        quotient <<= 1
        if carriesOut || remainder >= divisor {
          remainder &-= divisor
          quotient |= 1
        }
      }
    }
    return (quotient, remainder)
  }
}
