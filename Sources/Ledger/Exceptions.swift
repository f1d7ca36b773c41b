/// Values of which nearly all are missing: a bit for each, and those that are there.
public final class Exceptions<Value: FixedWidthInteger & BitwiseCopyable & Sendable>: ColumnForm {
  /// How many values there are, missing ones included.
  public let count: Int
  /// What a missing value reads as: the lowest of signed numbers, as in a ``DecimalColumn``.
  @usableFromInline let missing: Value
  @usableFromInline let bits: [UInt64]
  /// How many values are there before each word of bits.
  @usableFromInline let ranks: [Int32]
  @usableFromInline let values: [Value]

  /// The form of some values; nil where more than an eighth is there.
  public init?(_ all: [Value]) {
    let missing = Value.min
    let there = all.reduce(0) { $0 + ($1 == missing ? 0 : 1) }
    if all.isEmpty || there > all.count / 8 { return nil }
    var bits = [UInt64](repeating: 0, count: (all.count + 63) / 64)
    var ranks = [Int32](repeating: 0, count: bits.count)
    var values: [Value] = []
    values.reserveCapacity(there)
    for row in all.indices {
      if row & 63 == 0 { ranks[row >> 6] = Int32(values.count) }
      if all[row] == missing { continue }
      bits[row >> 6] |= 1 << UInt64(row & 63)
      values.append(all[row])
    }
    (count, self.missing) = (all.count, missing)
    (self.bits, self.ranks, self.values) = (bits, ranks, values)
  }

  /// The value of a row.
  @inlinable
  public func value(at row: Int) -> Value {
    let (word, bit) = (bits[row >> 6], UInt64(1) << UInt64(row & 63))
    if word & bit == 0 { return missing }
    return values[Int(ranks[row >> 6]) + (word & (bit - 1)).nonzeroBitCount]
  }
}
