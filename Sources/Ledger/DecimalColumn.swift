public import Amounts

/// A column of decimals, 8 bytes each, any of them possibly missing.
///
/// A million events have a dozen decimals each; at 32 bytes a value they would not fit the memory budget. Nearly all have a
/// mantissa below 2^56, so a value is packed as mantissa x 64 + scale; the rest go to a side table, and the packed word holds
/// their place there with scale 63. A missing value is `Int64.min`.
public struct DecimalColumn: Sendable {
  @usableFromInline var words: [Int64] = []
  @usableFromInline var wide: [Decimal] = []
  @inlinable @inline(__always) static var missing: Int64 { .min }
  private static let limit = Int128(1) << 56

  /// An empty column.
  public init() {}

  /// How many values there are, missing ones included.
  public var count: Int { words.count }

  /// Makes room.
  public mutating func reserveCapacity(_ capacity: Int) { words.reserveCapacity(capacity) }

  /// Adds a value at the end.
  @inline(__always)
  public mutating func append(_ value: Decimal?) {
    words.append(pack(value))
  }

  /// Puts a value before the one at an index, or at the end.
  public mutating func insert(_ value: Decimal?, at index: Int) {
    words.insert(pack(value), at: index)
  }

  /// Takes the value at an index out. A wide one leaves its digits behind, which nobody sees any more.
  public mutating func remove(at index: Int) {
    words.remove(at: index)
  }

  @usableFromInline mutating func pack(_ value: Decimal?) -> Int64 {
    guard let value else { return DecimalColumn.missing }
    if value.mantissa < DecimalColumn.limit && value.mantissa > -DecimalColumn.limit {
      return Int64(truncatingIfNeeded: value.mantissa) << 6 | Int64(value.scale)
    }
    wide.append(value)
    return Int64(wide.count - 1) << 6 | 63
  }

  /// The same with no more room than it needs.
  public func compact() -> DecimalColumn {
    var column = self
    column.words = words.withUnsafeBufferPointer(Array.init)
    column.wide = wide.withUnsafeBufferPointer(Array.init)
    return column
  }

  /// Takes all values out and keeps the room.
  public mutating func removeAll() {
    words.removeAll(keepingCapacity: true)
    wide.removeAll(keepingCapacity: true)
  }

  /// Adds the values of another column at the end.
  public mutating func append(contentsOf other: DecimalColumn) {
    let shift = Int64(wide.count) << 6
    if other.wide.isEmpty || wide.isEmpty {
      words += other.words
    } else {
      words += other.words.map { $0 != DecimalColumn.missing && $0 & 63 == 63 ? $0 + shift : $0 }
    }
    wide += other.wide
  }

  /// The value at an index; nil when it is missing.
  @inlinable @inline(__always)
  public subscript(index: Int) -> Decimal? {
    get {
      let word = words[index]
      if word == DecimalColumn.missing { return nil }
      let scale = UInt8(truncatingIfNeeded: word & 63)
      if scale == 63 { return wide[Int(word >> 6)] }
      return Decimal(mantissa: Int128(word >> 6), scale: scale)
    }
    set { words[index] = pack(newValue) }
  }

  /// Brings the values into the order of `permutation` (new position -> old position).
  public mutating func reorder(by permutation: [Int32]) {
    words = permutation.map { words[Int($0)] }
  }

  /// Bytes held, for the memory budget.
  public var bytes: Int { words.capacity * 8 + wide.capacity * MemoryLayout<Decimal>.stride }
}
