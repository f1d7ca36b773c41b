/// A column of whole numbers that mostly stay the same or count up by one, as ids, lines of a file and batches do.
///
/// Where few runs say it all they are kept instead of the values: of a million rows that one sorted file brought, nothing is left
/// to keep. Edits are kept beside them as in a ``PlainColumn``.
public struct RunColumn<Value: FixedWidthInteger & BitwiseCopyable & Sendable>: RandomAccessCollection, Sendable {
  /// The values one by one, unless there are runs.
  @usableFromInline var plain = PlainColumn<Value>()
  @usableFromInline var runs: Runs<Value>?
  /// Edits since the runs were made.
  @usableFromInline var patch: ColumnPatch<Value>?

  /// An empty column.
  public init() {}

  /// The first position.
  @inlinable public var startIndex: Int { 0 }
  /// One past the last position.
  @inlinable
  public var endIndex: Int {
    guard let runs else { return plain.count }
    return patch?.map.count ?? runs.count
  }
  /// The value at a position.
  @inlinable
  public subscript(position: Int) -> Value {
    guard let runs else { return plain[position] }
    guard let patch else { return runs.value(at: position) }
    let row = patch.map.row(at: position)
    return row >= 0 ? runs.value(at: row) : patch.values[-1 - row]
  }

  // MARK: Edits

  mutating func append(_ value: Value) {
    spread()
    plain.append(value)
  }

  mutating func append(contentsOf other: RunColumn) {
    spread()
    if other.runs == nil { plain.append(contentsOf: other.plain) } else { plain.append(contentsOf: PlainColumn(Array(other))) }
  }

  mutating func reserveCapacity(_ capacity: Int) { plain.reserveCapacity(capacity) }

  mutating func reorder(by permutation: [Int32]) {
    spread()
    plain.reorder(by: permutation)
  }

  /// Follows a map to which one more value was added.
  mutating func insert(_ value: Value, _ map: RowMap) {
    if runs == nil { plain.insert(value, map) } else { patch = ColumnPatch(map, (patch?.values ?? []) + [value]) }
  }

  /// Follows a map from which a row was taken out.
  mutating func remove(_ map: RowMap) {
    if runs == nil { plain.remove(map) } else { patch = ColumnPatch(map, patch?.values ?? []) }
  }

  /// Lays the values down anew if there are edits.
  mutating func layDown() {
    if runs == nil { return plain.layDown() }
    if patch == nil { return }
    spread()
    fold()
  }

  /// Keeps runs instead of values where that is far less.
  mutating func fold() {
    guard runs == nil, plain.patch == nil, let found = Runs(plain.base) else { return }
    (runs, plain) = (found, PlainColumn())
  }

  /// Values instead of runs.
  private mutating func spread() {
    if runs == nil { return }
    let all = Array(self)
    (runs, patch, plain) = (nil, nil, PlainColumn(all))
  }
}

/// Stretches of values that are all the same, or each one more than the one before.
@usableFromInline
final class Runs<Value: FixedWidthInteger & BitwiseCopyable & Sendable>: Sendable {
  @usableFromInline let count: Int
  /// The first row of each run, ascending, and its value.
  @usableFromInline let starts: [Int32]
  @usableFromInline let values: [Value]
  /// What each value of a run is more than the one before: 0 or 1.
  @usableFromInline let steps: [Value]
  /// The run in which each kilo of rows begins.
  @usableFromInline let kilos: [Int32]

  /// The runs of some values; nil when there are too many to be worth it.
  init?(_ all: [Value]) {
    var (starts, values, steps): ([Int32], [Value], [Value]) = ([], [], [])
    var row = 0
    while row < all.count {
      if starts.count > all.count / 64 { return nil }
      let step: Value = row + 1 < all.count && all[row + 1] &- all[row] == 1 ? 1 : 0
      starts.append(Int32(row))
      values.append(all[row])
      steps.append(step)
      row += 1
      while row < all.count, all[row] &- all[row - 1] == step { row += 1 }
    }
    if starts.isEmpty { return nil }
    var place = 0
    kilos = (0..<(all.count >> 10) + 1).map { kilo in
      while place + 1 < starts.count && Int(starts[place + 1]) <= kilo << 10 { place += 1 }
      return Int32(place)
    }
    count = all.count
    (self.starts, self.values, self.steps) = (starts, values, steps)
  }

  @inlinable
  func value(at row: Int) -> Value {
    var place = Int(kilos[row >> 10])
    while place + 1 < starts.count && Int(starts[place + 1]) <= row { place += 1 }
    return values[place] &+ steps[place] &* Value(truncatingIfNeeded: row - Int(starts[place]))
  }
}
