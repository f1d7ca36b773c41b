import Glibc

/// An exact decimal number: `mantissa / 10^scale`, with `scale` in 0...38.
///
/// Equality, order and hash are by value (1.0 equals 1.00). Nothing is ever lost silently: an operation is exact, or
/// rounds where the caller said so, or throws ``DecimalError/overflow``.
///
/// Range: 38 significant digits, so 24 fractional digits leave 14 before the point, and 18 leave 20.
///
/// The digits are kept as two words. A stored `Int128` would make the type 32 bytes instead of 24, and the compiler (6.3.1)
/// copies an optional of a 16-byte aligned value out of an 8-byte aligned stack slot with an aligned move, which crashes.
public struct Decimal: Sendable {
  @usableFromInline let low: UInt64
  @usableFromInline let high: Int64
  /// The digits, as a signed integer.
  @inlinable @inline(__always) public var mantissa: Int128 { Int128(high) << 64 | Int128(low) }
  /// How many of the digits stand after the point.
  public let scale: UInt8

  /// Zero.
  @inlinable @inline(__always) public static var zero: Decimal { Decimal(mantissa: 0, scale: 0) }
  /// One.
  @inlinable @inline(__always) public static var one: Decimal { Decimal(mantissa: 1, scale: 0) }
  /// The number of fractional digits of every rounded amount of money or cost.
  @inlinable @inline(__always) public static var moneyScale: Int { 18 }

  /// `mantissa / 10^scale`, scale in 0...38.
  @inlinable @inline(__always)
  public init(mantissa: Int128, scale: UInt8) {
    low = UInt64(truncatingIfNeeded: mantissa)
    high = Int64(truncatingIfNeeded: mantissa >> 64)
    self.scale = scale
  }

  /// A whole number.
  public init(_ whole: Int) {
    self.init(mantissa: Int128(whole), scale: 0)
  }

  /// Whether the value is exactly zero.
  @inlinable @inline(__always) public var isZero: Bool { mantissa == 0 }
  /// Whether the value is below zero.
  @inlinable @inline(__always) public var isNegative: Bool { mantissa < 0 }
  /// Whether the value is above zero.
  @inlinable @inline(__always) public var isPositive: Bool { mantissa > 0 }
  /// The distance from zero.
  @inlinable public var magnitude: Decimal { mantissa < 0 ? -self : self }
}

/// Why an exact operation has no result.
public enum DecimalError: Error, Hashable, Sendable {
  /// More than 38 significant digits, or more than 38 fractional ones.
  case overflow
  /// Division by zero.
  case divisionByZero
}

extension Decimal: Hashable, Comparable {
  /// Equality by value.
  @inlinable @inline(__always)
  public static func == (a: Decimal, b: Decimal) -> Bool {
    a.scale == b.scale ? a.mantissa == b.mantissa : a.compare(b) == 0
  }

  /// Order by value.
  @inlinable @inline(__always)
  public static func < (a: Decimal, b: Decimal) -> Bool {
    a.scale == b.scale ? a.mantissa < b.mantissa : a.compare(b) < 0
  }

  /// Equal values hash alike whatever their scale.
  public func hash(into hasher: inout Hasher) {
    let canonical = normalized
    hasher.combine(canonical.mantissa)
    hasher.combine(canonical.scale)
  }

  /// -1, 0 or 1, exact for any two scales.
  @usableFromInline func compare(_ other: Decimal) -> Int {
    if (mantissa < 0) != (other.mantissa < 0) { return mantissa < 0 ? -1 : 1 }
    let selfIsCoarser = scale < other.scale
    let coarse = selfIsCoarser ? mantissa.magnitude : other.mantissa.magnitude
    let fine = selfIsCoarser ? other.mantissa.magnitude : mantissa.magnitude
    let wide = coarse.multipliedFullWidth(by: powerOfTen(Int(selfIsCoarser ? other.scale - scale : scale - other.scale)))
    var order = wide.high != 0 ? 1 : (wide.low == fine ? 0 : (wide.low > fine ? 1 : -1))
    if !selfIsCoarser { order = -order }
    return mantissa < 0 ? -order : order
  }

  /// The same value without trailing fractional zeros: 1.500 becomes 1.5.
  public var normalized: Decimal {
    if scale == 0 { return self }
    if mantissa == 0 { return .zero }
    var m = mantissa
    var s = scale
    if let small = Int64(exactly: m) {
      var n = small
      while s > 0 && n % 10 == 0 {
        n /= 10
        s -= 1
      }
      return Decimal(mantissa: Int128(n), scale: s)
    }
    while s > 0 {
      let (q, r) = m.quotientAndRemainder(dividingBy: 10)
      if r != 0 { break }
      m = q
      s -= 1
    }
    return Decimal(mantissa: m, scale: s)
  }
}

extension Decimal: ExpressibleByIntegerLiteral {
  /// A whole number literal.
  public init(integerLiteral value: Int) { self.init(value) }
}
