/// The identity of a row: 128 bits over what the file says, never over what a decoder makes of it, so that a mended decoder
/// does not import everything again.
///
/// It is made of the exporter family, the account the import goes to, and every non-empty cell together with its column's
/// normalised name. The cells are summed, so neither the order of columns nor an added empty column changes it.
///
/// Never change the function: fingerprints are stored. Definition, all arithmetic modulo 2^64:
/// - `fold(a, b)` = low 64 bits xor high 64 bits of the 128-bit product a x b.
/// - `word(bytes, i)` = the 8 bytes from i, little-endian, missing ones 0.
/// - `hash(bytes, seed)`: h = seed xor count x K0; for every 8 bytes h = fold(h xor word, K1) + K2; result fold(h xor K0, K2 xor count).
/// - cell: a = hash(cell, name), b = fold(a xor K2, name + K0), name = hash(column name, K1).
/// - row: high = sum of all a, low = sum of all b; then seal(scope): high' = fold(high + scope, K0) + low, low' = fold(low xor scope, K1) + high.
public struct Fingerprint: Hashable, Comparable, Sendable {
  /// The first half.
  public var high: UInt64
  /// The second half.
  public var low: UInt64

  /// A fingerprint with these halves.
  @inline(__always)
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  static let k0: UInt64 = 0x9e37_79b9_7f4a_7c15
  static let k1: UInt64 = 0xd6e8_feb8_6659_fd93
  static let k2: UInt64 = 0xa076_1d64_78bd_642f

  @inline(__always)
  static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
  }

  @inline(__always)
  static func hash(_ bytes: UnsafeRawBufferPointer, _ seed: UInt64) -> UInt64 {
    let count = UInt64(truncatingIfNeeded: bytes.count)
    var h = seed ^ (count &* k0)
    guard let base = bytes.baseAddress else { return fold(h ^ k0, k2 ^ count) }
    var index = 0
    while index &+ 8 <= bytes.count {
      h = fold(h ^ UInt64(littleEndian: base.loadUnaligned(fromByteOffset: index, as: UInt64.self)), k1) &+ k2
      index &+= 8
    }
    if index < bytes.count {
      var last: UInt64 = 0
      var shift: UInt64 = 0
      while index < bytes.count {
        last |= UInt64(base.load(fromByteOffset: index, as: UInt8.self)) &<< shift
        shift &+= 8
        index &+= 1
      }
      h = fold(h ^ last, k1) &+ k2
    }
    return fold(h ^ k0, k2 ^ count)
  }

  /// The hash of a text: a column name, an account, a family.
  static func hash(_ text: String, _ seed: UInt64 = k1) -> UInt64 {
    var copy = text
    return copy.withUTF8 { hash(UnsafeRawBufferPointer($0), seed) }
  }

  /// Adds a cell to the sum.
  @inline(__always)
  mutating func add(cell: UnsafeRawBufferPointer, name: UInt64) {
    let a = Fingerprint.hash(cell, name)
    high &+= a
    low &+= Fingerprint.fold(a ^ Fingerprint.k2, name &+ Fingerprint.k0)
  }

  /// The sum bound to a family and account.
  @inline(__always)
  func sealed(_ scope: UInt64) -> Fingerprint {
    Fingerprint(
      high: Fingerprint.fold(high &+ scope, Fingerprint.k0) &+ low,
      low: Fingerprint.fold(low ^ scope, Fingerprint.k1) &+ high)
  }

  /// The scope of rows of a family in an account.
  static func scope(family: String, account: String) -> UInt64 {
    fold(hash(family), hash(account, k2) | 1)
  }

  /// The fingerprint of the n-th fact of a row or group, n from 0; the first is the row's own.
  func fact(_ n: Int) -> Fingerprint {
    n == 0 ? self : Fingerprint(high: high &+ UInt64(n) &* Fingerprint.k0, low: low ^ (UInt64(n) &* Fingerprint.k2))
  }

  /// Order by the halves, for sorted inserts.
  @inline(__always)
  public static func < (a: Fingerprint, b: Fingerprint) -> Bool {
    a.high != b.high ? a.high < b.high : a.low < b.low
  }

  /// Both halves, big-endian.
  public var bytes: [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(16)
    for half in [high, low] {
      for shift in stride(from: 56, through: 0, by: -8) { out.append(UInt8(truncatingIfNeeded: half >> UInt64(shift))) }
    }
    return out
  }
}
