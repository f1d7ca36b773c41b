public import Amounts

/// A column of decimals, 8 bytes each, any of them possibly missing.
///
/// A million events have a dozen decimals each; at 32 bytes a value they would not fit the memory budget. Nearly all have a
/// mantissa below 2^56, so a value is packed as mantissa x 64 + scale; the rest go to a side table, and the packed word holds
/// their place there with scale 63, or 62 where an edit brought them. A missing value is `Int64.min`.
public struct DecimalColumn: Sendable {
  @usableFromInline var words = PlainColumn<Int64>()
  @usableFromInline var wide: [Decimal] = []
  /// Wide values that edits brought, by themselves so that the others need not be copied.
  @usableFromInline var late: [Decimal] = []
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

  /// Follows a map to which one more value was added.
  mutating func insert(_ value: Decimal?, _ map: RowMap) { words.insert(DecimalColumn.word(of: value, 62, &late), map) }

  /// Follows a map from which a row was taken out. A wide value leaves its digits behind, which nobody sees any more.
  mutating func remove(_ map: RowMap) { words.remove(map) }

  /// Lays the values down anew if there are edits.
  mutating func layDown() { words.layDown() }

  @usableFromInline mutating func pack(_ value: Decimal?) -> Int64 { DecimalColumn.word(of: value, 63, &wide) }

  /// The word of a value; one that is too wide goes to a side table, and its place there gets a tag.
  @inline(__always)
  static func word(of value: Decimal?, _ tag: Int64, _ wide: inout [Decimal]) -> Int64 {
    guard let value else { return missing }
    if value.mantissa < limit && value.mantissa > -limit {
      return Int64(truncatingIfNeeded: value.mantissa) << 6 | Int64(value.scale)
    }
    wide.append(value)
    return Int64(wide.count - 1) << 6 | tag
  }

  /// The value that a word means.
  @inlinable @inline(__always)
  static func value(of word: Int64, _ wide: [Decimal], _ late: [Decimal]) -> Decimal? {
    if word == missing { return nil }
    let scale = UInt8(truncatingIfNeeded: word & 63)
    if scale >= 62 { return scale == 63 ? wide[Int(word >> 6)] : late[Int(word >> 6)] }
    return Decimal(mantissa: Int128(word >> 6), scale: scale)
  }

  /// The same with no more room than it needs.
  public func compact() -> DecimalColumn {
    var column = self
    column.words = words.trimmed
    column.wide = wide.withUnsafeBufferPointer(Array.init)
    return column
  }

  /// Takes all values out and keeps the room.
  public mutating func removeAll() {
    words.removeAll()
    wide.removeAll(keepingCapacity: true)
    late.removeAll()
  }

  /// Adds the values of another column at the end.
  public mutating func append(contentsOf other: DecimalColumn) {
    let (shift, lateShift) = (Int64(wide.count) << 6, Int64(late.count) << 6)
    if (other.wide.isEmpty || wide.isEmpty) && other.late.isEmpty {
      words.append(contentsOf: other.words)
    } else {
      words.append(
        contentsOf: PlainColumn(
          other.words.map { word in
            if word == DecimalColumn.missing { return word }
            return word & 63 == 63 ? word + shift : word & 63 == 62 ? word + lateShift : word
          }))
    }
    wide += other.wide
    late += other.late
  }

  /// The value at an index; nil when it is missing.
  @inlinable @inline(__always)
  public subscript(index: Int) -> Decimal? { DecimalColumn.value(of: words[index], wide, late) }

  /// Puts another value at an index. A wide value leaves its digits behind, which nobody sees any more.
  public mutating func replace(at index: Int, with value: Decimal?) { words.replace(at: index, with: pack(value)) }

  /// Brings the values into the order of `permutation` (new position -> old position).
  public mutating func reorder(by permutation: [Int32]) {
    words.reorder(by: permutation)
  }
}
