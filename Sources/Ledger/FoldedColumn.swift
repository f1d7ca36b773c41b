/// A column that is kept in a shorter form where one says it all, as long as it is only read.
///
/// Edits are kept beside it as in a ``PlainColumn``.
public struct FoldedColumn<Form: ColumnForm>: RandomAccessCollection, Sendable {
  /// What is in the column.
  public typealias Element = Form.Value
  /// The values one by one, unless they are folded.
  @usableFromInline var plain = PlainColumn<Form.Value>()
  @usableFromInline var form: Form?
  /// Edits since the values were folded.
  @usableFromInline var patch: ColumnPatch<Form.Value>?

  /// An empty column.
  public init() {}

  /// The first position.
  @inlinable public var startIndex: Int { 0 }
  /// One past the last position.
  @inlinable
  public var endIndex: Int {
    guard let form else { return plain.count }
    return patch?.map.count ?? form.count
  }
  /// The value at a position.
  @inlinable
  public subscript(position: Int) -> Form.Value {
    guard let form else { return plain[position] }
    guard let patch else { return form.value(at: position) }
    let row = patch.map.row(at: position)
    return row >= 0 ? form.value(at: row) : patch.values[-1 - row]
  }

  // MARK: Edits

  mutating func append(_ value: Form.Value) {
    unfold()
    plain.append(value)
  }

  mutating func append(contentsOf other: FoldedColumn) {
    unfold()
    if other.form == nil { plain.append(contentsOf: other.plain) } else { plain.append(contentsOf: PlainColumn(Array(other))) }
  }

  mutating func reserveCapacity(_ capacity: Int) { plain.reserveCapacity(capacity) }

  mutating func reorder(by permutation: [Int32]) {
    unfold()
    plain.reorder(by: permutation)
  }

  /// Follows a map to which one more value was added.
  mutating func insert(_ value: Form.Value, _ map: RowMap) {
    if form == nil { plain.insert(value, map) } else { patch = ColumnPatch(map, (patch?.values ?? []) + [value]) }
  }

  /// Follows a map from which a row was taken out.
  mutating func remove(_ map: RowMap) {
    if form == nil { plain.remove(map) } else { patch = ColumnPatch(map, patch?.values ?? []) }
  }

  /// Lays the values down anew if there are edits.
  mutating func layDown() {
    if form == nil { return plain.layDown() }
    if patch == nil { return }
    unfold()
    fold()
  }

  /// Keeps the shorter form where it is far shorter.
  mutating func fold() {
    guard form == nil, plain.patch == nil, let found = Form(plain.base) else { return }
    (form, plain) = (found, PlainColumn())
  }

  /// Values instead of the shorter form.
  private mutating func unfold() {
    if form == nil { return }
    let all = Array(self)
    (form, patch, plain) = (nil, nil, PlainColumn(all))
  }
}

/// A shorter form of a column of values.
public protocol ColumnForm: Sendable {
  /// What is in the column.
  associatedtype Value: BitwiseCopyable & Sendable
  /// The form of some values; nil where it is not worth it.
  init?(_ values: [Value])
  /// How many values there are.
  var count: Int { get }
  /// The value of a row.
  func value(at row: Int) -> Value
}
