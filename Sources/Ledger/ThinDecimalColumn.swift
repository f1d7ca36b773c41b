public import Amounts

/// A ``DecimalColumn`` of which most values are missing, such as taxes: after it was read only those that are there take room.
public struct ThinDecimalColumn: Sendable {
  @usableFromInline var words = FoldedColumn<Exceptions<Int64>>()
  @usableFromInline var wide: [Decimal] = []
  /// Wide values that edits brought, by themselves so that the others need not be copied.
  @usableFromInline var late: [Decimal] = []

  /// An empty column.
  public init() {}

  mutating func reserveCapacity(_ capacity: Int) { words.reserveCapacity(capacity) }

  mutating func append(_ value: Decimal?) { words.append(DecimalColumn.word(of: value, 63, &wide)) }

  mutating func append(contentsOf other: ThinDecimalColumn) {
    if other.wide.isEmpty && other.late.isEmpty { return words.append(contentsOf: other.words) }
    for index in other.words.indices { append(other[index]) }
  }

  mutating func insert(_ value: Decimal?, _ map: RowMap) { words.insert(DecimalColumn.word(of: value, 62, &late), map) }

  mutating func remove(_ map: RowMap) { words.remove(map) }

  mutating func layDown() { words.layDown() }

  mutating func fold() { words.fold() }

  mutating func reorder(by permutation: [Int32]) { words.reorder(by: permutation) }

  /// The value at an index; nil when it is missing.
  @inlinable @inline(__always)
  public subscript(index: Int) -> Decimal? { DecimalColumn.value(of: words[index], wide, late) }
}
