import Glibc

extension Decimal {
  /// Reads plain decimal text: an optional sign, digits, at most one point. No exponent, no grouping, no spaces.
  ///
  /// - Returns: nil for anything else, and for what a ``Decimal`` cannot hold.
  @inline(__always)
  public init?(_ text: some StringProtocol) {
    var copy = String(text)
    guard let value = copy.withUTF8({ Decimal(utf8: UnsafeRawBufferPointer($0)) }) else { return nil }
    self = value
  }

  /// Reads plain decimal text from bytes.
  public init?(utf8 bytes: UnsafeRawBufferPointer) {
    guard let value = Decimal(digits: bytes) ?? Decimal(withoutTrailingZeros: bytes) else { return nil }
    self = value
  }

  /// The text without trailing fractional zeros, when they may be all that does not fit.
  private init?(withoutTrailingZeros bytes: UnsafeRawBufferPointer) {
    guard let point = bytes.firstIndex(of: 0x2E), let last = bytes.lastIndex(where: { $0 != 0x30 }), last >= point, last < bytes.count - 1
    else { return nil }
    self.init(digits: UnsafeRawBufferPointer(rebasing: bytes[..<(last == point ? point : last + 1)]))
  }

  private init?(digits bytes: UnsafeRawBufferPointer) {
    var index = 0
    var negative = false
    let count = bytes.count
    if index < count, bytes[index] == 0x2D {
      negative = true
      index += 1
    } else if index < count, bytes[index] == 0x2B {
      index += 1
    }
    var chunk: UInt64 = 0  // up to 19 digits at a time
    var chunkDigits = 0
    var fraction = -1
    var digits = 0
    var wide: UInt128 = 0
    var isWide = false
    while index < count {
      let digit = bytes[index] &- 0x30
      if digit < 10 {
        if chunkDigits == 19 {
          if isWide {
            let (scaled, o1) = wide.multipliedReportingOverflow(by: 10_000_000_000_000_000_000)
            let (sum, o2) = scaled.addingReportingOverflow(UInt128(chunk))
            if o1 || o2 { return nil }
            wide = sum
          } else {
            wide = UInt128(chunk)
            isWide = true
          }
          chunk = 0
          chunkDigits = 0
        }
        chunk = chunk &* 10 &+ UInt64(digit)
        chunkDigits += 1
        digits += 1
        if fraction >= 0 { fraction += 1 }
      } else if bytes[index] == 0x2E && fraction < 0 {
        fraction = 0
      } else {
        return nil
      }
      index += 1
    }
    if digits == 0 || fraction > 38 { return nil }
    var value = UInt128(chunk)
    if isWide {
      let (scaled, o1) = wide.multipliedReportingOverflow(by: powerOfTen(chunkDigits))
      let (sum, o2) = scaled.addingReportingOverflow(value)
      if o1 || o2 { return nil }
      value = sum
    }
    if value > UInt128(Int128.max) { return nil }
    self.init(mantissa: negative ? -Int128(value) : Int128(value), scale: UInt8(max(fraction, 0)))
  }

  /// Writes the text with `scale` fractional digits into `out`, which holds at least 42 bytes.
  ///
  /// - Returns: the number of bytes written.
  public func write(to out: UnsafeMutablePointer<UInt8>) -> Int {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 48) { digits in
      var rest = mantissa.magnitude
      var start = 48
      func put(_ chunk: UInt64, atLeast width: Int) {
        var chunk = chunk
        var written = 0
        while chunk > 0 || written < width {
          start -= 1
          digits[start] = UInt8(truncatingIfNeeded: chunk % 10) &+ 0x30
          chunk /= 10
          written += 1
        }
      }
      while rest.high64 != 0 {
        let divisor: UInt64 = 10_000_000_000_000_000_000
        let q1 = rest.high64 / divisor
        let (q0, r) = divisor.dividingFullWidth((rest.high64 % divisor, rest.low64))
        rest = UInt128(q1) << 64 | UInt128(q0)
        put(r, atLeast: 19)
      }
      put(rest.low64, atLeast: 0)
      let places = Int(scale)
      while 48 - start <= places {
        start -= 1
        digits[start] = 0x30
      }
      var length = 0
      if mantissa < 0 {
        out[0] = 0x2D
        length = 1
      }
      let whole = 48 - start - places
      guard let base = digits.baseAddress else { return 0 }
      memcpy(out + length, base + start, whole)
      length += whole
      if places > 0 {
        out[length] = 0x2E
        length += 1
        memcpy(out + length, base + start + whole, places)
        length += places
      }
      return length
    }
  }

  /// Text with exactly `scale` fractional digits: 1.50 stays 1.50.
  public var textAsScaled: String {
    String(unsafeUninitializedCapacity: 42) { buffer in
      guard let base = buffer.baseAddress else { return 0 }
      return write(to: base)
    }
  }

  /// Text with exactly `places` fractional digits, rounded half-even or padded with zeros.
  public func text(places: Int) -> String {
    let value = rounded(to: places)
    if Int(value.scale) == places { return value.textAsScaled }
    let text = value.textAsScaled
    let missing = places - Int(value.scale)
    return text + (value.scale == 0 ? "." : "") + String(repeating: "0", count: missing)
  }

  /// The nearest binary floating point number, for statistics and chart pixels only.
  public var approximate: Double {
    // The standard library's way from 128 bits goes through generic arithmetic, fifty times slower. Nearly every number fits 64.
    let digits = high == Int64(bitPattern: low) >> 63 ? Double(Int64(bitPattern: low)) : Decimal.nearest(mantissa)
    return digits / Decimal.binaryPowers[Int(scale)]
  }

  /// The nearest binary number of a wide mantissa: its top 64 bits, the last of them standing for all that follow, are more than
  /// the 55 that rounding needs.
  private static func nearest(_ mantissa: Int128) -> Double {
    let size = mantissa.magnitude
    let shift = max(0, 64 - size.leadingZeroBitCount)
    let top = UInt64(truncatingIfNeeded: size >> shift)
    let rest: UInt64 = size & (1 << shift - 1) == 0 ? 0 : 1
    let value = Double(sign: .plus, exponent: shift, significand: Double(top | rest))
    return mantissa < 0 ? -value : value
  }

  private static let binaryPowers: [Double] = (0...38).map { Double(powerOfTen($0)) }
}

extension Decimal: CustomStringConvertible, LosslessStringConvertible {
  /// Canonical text: no trailing fractional zeros, no exponent, no grouping.
  public var description: String { normalized.textAsScaled }
}
