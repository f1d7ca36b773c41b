import Amounts

/// Values one after the other as bytes: what is kept ready is read at every start, and rows of text take ten times as long.
///
/// Nothing here names its fields. Bytes of another shape are told by the stamp they are kept under, not by looking at them.
struct PackedWriter {
  private(set) var bytes: [UInt8] = []

  /// A whole number: seven bits a byte, lowest first, small ones of either sign short.
  mutating func put(_ value: Int) { put(bits: UInt64(bitPattern: Int64(value) << 1 ^ Int64(value) >> 63)) }

  private mutating func put(bits: UInt64) {
    var rest = bits
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// A decimal: its scale, 64 more for one whose digits take two words, then the digits.
  mutating func put(_ value: Decimal) {
    let low = Int64(truncatingIfNeeded: value.mantissa)
    let isWide = Int128(low) != value.mantissa
    bytes.append(value.scale | (isWide ? 64 : 0))
    put(Int(low))
    if isWide { put(Int(truncatingIfNeeded: value.mantissa >> 64)) }
  }

  /// Text, its length first.
  mutating func put(_ text: String) {
    put(text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  /// Something that may be missing.
  mutating func put<Value>(_ value: Value?, _ write: (inout PackedWriter, Value) -> Void) {
    put(value == nil ? 0 : 1)
    if let value { write(&self, value) }
  }
}

/// Reads what ``PackedWriter`` wrote. Past the end everything is zero and `isWhole` false.
struct PackedReader {
  private let bytes: UnsafeRawBufferPointer
  private var at = 0
  /// Whether there was enough for all that was read.
  private(set) var isWhole = true

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  private mutating func byte() -> UInt8 {
    guard at < bytes.count else {
      isWhole = false
      return 0
    }
    defer { at += 1 }
    return bytes[at]
  }

  mutating func int() -> Int {
    var bits: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let next = byte()
      bits |= UInt64(next & 0x7F) << shift
      shift += 7
      if next < 0x80 || shift > 63 { break }
    }
    return Int(Int64(bitPattern: bits >> 1) ^ -Int64(bitPattern: bits & 1))
  }

  mutating func int32() -> Int32 { Int32(truncatingIfNeeded: int()) }

  /// A count of things that follow, each at least one byte; none when there are not so many bytes.
  mutating func count() -> Int {
    let count = int()
    if count < 0 || count > bytes.count - at {
      isWhole = false
      return 0
    }
    return count
  }

  mutating func decimal() -> Decimal {
    let head = byte()
    let low = Int128(int())
    let mantissa = head & 64 == 0 ? low : Int128(int()) << 64 | Int128(UInt64(truncatingIfNeeded: low))
    return Decimal(mantissa: mantissa, scale: min(38, head & 63))
  }

  mutating func text() -> String {
    let length = count()
    defer { at += length }
    return String(decoding: bytes[at..<at + length], as: UTF8.self)
  }

  mutating func optional<Value>(_ read: (inout PackedReader) -> Value) -> Value? { int() == 0 ? nil : read(&self) }
}
