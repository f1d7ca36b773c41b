import TestSupport
import Testing

@testable import Amounts

/// A decimal of any size up to the limits, with the scales that occur most drawn most.
private func any(_ random: inout SplitMix64) -> Decimal {
  let bits = UInt128(random.next()) << 64 | UInt128(random.next())
  let magnitude = Int128(bits >> UInt128(random.int(1...127)))
  let scale = UInt8(random.pick([0, 2, 2, 6, 8, 18, 18, 24, random.int(0...38)]))
  return Decimal(mantissa: random.int(0...2) == 0 ? -magnitude : magnitude, scale: scale)
}

/// A decimal of an ordinary book: at most 20 digits.
private func usual(_ random: inout SplitMix64) -> Decimal {
  Decimal(mantissa: Int128(random.next() >> UInt64(random.int(1...60))), scale: UInt8(random.int(0...18)))
}

@Test func whatIsAddedCanBeTakenAwayAgain() throws {
  try withSeeds(2000) { random in
    let (a, b) = (any(&random), any(&random))
    guard let sum = try? a.adding(b) else { return }
    try law(try sum.subtracting(b) == a, "\(a) + \(b) - \(b)")
    try law(sum == (try b.adding(a)), "\(a) + \(b) is not \(b) + \(a)")
  }
}

@Test func aLotSharedOutInPiecesLosesNothing() throws {
  try withSeeds(1000) { random in
    let cost = usual(&random)
    var remaining = usual(&random)
    if remaining.isZero { return }
    var left = cost
    var paid = Decimal.zero
    for _ in 0..<random.int(1...20) {
      let taken = try remaining.multiplied(by: Decimal(mantissa: Int128(random.int(0...1000)), scale: 3), places: 18, .down)
      if remaining == taken { break }
      let piece = try left.share(taken, of: remaining)
      try law(piece.isZero || piece.isNegative == left.isNegative, "\(piece) of \(left)")
      paid = try paid.adding(piece)
      left = try left.subtracting(piece)
      remaining = try remaining.subtracting(taken)
    }
    paid = try paid.adding(try left.share(remaining, of: remaining))
    try law(paid == cost, "\(paid) of \(cost)")
  }
}

@Test func orderIsTotalAndAgreesWithEqualityAndHash() throws {
  try withSeeds(2000) { random in
    var values = [any(&random), any(&random), any(&random)]
    values.append(values[0].normalized)
    for a in values {
      for b in values {
        try law([a < b, a == b, b < a].count { $0 } == 1, "\(a) and \(b)")
        if a == b { try law(a.hashValue == b.hashValue && a.description == b.description, "\(a.textAsScaled) and \(b.textAsScaled)") }
        for c in values where a < b && b < c { try law(a < c, "\(a) \(b) \(c)") }
      }
    }
  }
}

@Test func textIsReadBackAsTheSameValue() throws {
  try withSeeds(2000) { random in
    let a = any(&random)
    try law(Decimal(a.description) == a, a.description)
    let scaled = Decimal(a.textAsScaled)
    try law(scaled?.mantissa == a.mantissa && scaled?.scale == a.scale, a.textAsScaled)
    try law(!a.description.hasSuffix("0") || a.normalized.scale == 0, a.description)
  }
}

@Test func aSignedValueAlwaysHasItsNegative() throws {
  let greatest = Decimal(mantissa: .max, scale: 0)
  #expect(throws: DecimalError.overflow) { try (-greatest).adding(-1) }
  #expect(try (-greatest).adding(1) == -(try greatest.subtracting(1)))
}

@Test func aSumThatFitsWithoutItsTrailingZerosIsGiven() throws {
  let nearly = Decimal(mantissa: .max, scale: 1)  // ends in 7
  let sum = try nearly.adding(Decimal(mantissa: 3, scale: 1))
  #expect(sum.description == "17014118346046923173168730371588410573")
  // Brought to one scale the first does not fit, the difference does.
  let coarse = Decimal(mantissa: 2 * Int128(powerOfTen(37)), scale: 0)
  let fine = Decimal(mantissa: Int128(powerOfTen(38)) + 1, scale: 1)
  #expect(try coarse.subtracting(fine).description == "9999999999999999999999999999999999999.9")
  #expect(try fine.subtracting(coarse).description == "-9999999999999999999999999999999999999.9")
}

/// The Knuth division against the plainest one there is, with digits that break a first guess.
@Test func aWideDivisionAgreesWithBitByBit() throws {
  try withSeeds(3000) { random in
    func digit(_ random: inout SplitMix64) -> UInt64 {
      random.pick([0, 1, .max, .max - 1, 1 << 63, (1 << 63) - 1, random.next(), random.next()])
    }
    let divisor = UInt128(digit(&random)) << 64 | UInt128(digit(&random))
    if divisor == 0 { return }
    let high = UInt128(digit(&random)) << 64 | UInt128(digit(&random))
    let low = UInt128(digit(&random)) << 64 | UInt128(digit(&random))
    var wide = Wide512(high: high, low: low)
    let rest = wide.divide(by: divisor)
    var (quotientHigh, quotientLow, remainder) = (UInt128(0), UInt128(0), UInt128(0))
    for bit in stride(from: 255, through: 0, by: -1) {
      let carries = remainder >> 127 == 1
      remainder = remainder << 1 | (bit >= 128 ? high >> UInt128(bit - 128) : low >> UInt128(bit)) & 1
      quotientHigh = quotientHigh << 1 | quotientLow >> 127
      quotientLow <<= 1
      if carries || remainder >= divisor {
        remainder &-= divisor
        quotientLow |= 1
      }
    }
    let expected = Wide512(high: quotientHigh, low: quotientLow)
    try law((0..<8).allSatisfy { wide.digits[$0] == expected.digits[$0] } && rest == remainder, "\(high) \(low) / \(divisor)")
    if high < divisor {
      let narrow = divisor.dividing(high: high, low: low)
      try law(narrow?.quotient == quotientLow && narrow?.remainder == remainder, "\(high) \(low) / \(divisor), narrow")
    }
  }
}

@Test func theNearestBinaryNumberIsTheOneThatItsDigitsReadAs() throws {
  try withSeeds(5000) { random in
    let value = any(&random)
    let whole = Decimal(mantissa: value.mantissa, scale: 0)
    // libc reads decimal digits to the nearest; a power of ten beyond 10^22 is not exact in binary, so places are a quotient of two.
    let expected = Double("\(whole)").map { $0 / (Double("1e\(value.scale)") ?? 1) }
    try law(value.approximate == expected, "\(value): \(value.approximate)")
  }
}
