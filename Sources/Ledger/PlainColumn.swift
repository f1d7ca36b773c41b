/// A column of a large table: values one after the other, and what a few edits put in and took out since they were laid down.
///
/// The values are shared by all copies of the column. An edit is kept beside them, so that a table with a million rows that
/// somebody still looks at is not copied for the sake of one. As long as nothing was edited, reading costs one comparison more than
/// reading an array.
public struct PlainColumn<Value: BitwiseCopyable & Sendable>: RandomAccessCollection, Sendable {
  @usableFromInline var base: [Value]
  @usableFromInline var patch: ColumnPatch<Value>?

  /// Values in their order.
  @inlinable
  public init(_ values: [Value] = []) {
    base = values
    patch = nil
  }

  /// The first position.
  @inlinable @inline(__always) public var startIndex: Int { 0 }
  /// One past the last position.
  @inlinable @inline(__always)
  public var endIndex: Int {
    if let patch { return patch.map.count }
    return base.count
  }
  /// The value at a position.
  @inlinable @inline(__always)
  public subscript(position: Int) -> Value {
    if patch == nil { return base[position] }
    return patched(position)
  }

  @inlinable @inline(never)
  func patched(_ position: Int) -> Value {
    guard let patch else { return base[position] }
    return value(ofRow: patch.map.row(at: position))
  }

  /// The value of a row as a map tells it.
  @inlinable @inline(__always)
  func value(ofRow row: Int) -> Value {
    if row >= 0 { return base[row] }
    return patch?.values[-1 - row] ?? base[row]
  }

  /// Calls `body` with the values before `end` that lie one after the other: the position of the first, and all of them.
  @inlinable
  public func forEachRun(before end: Int, _ body: (Int, UnsafeBufferPointer<Value>) -> Void) {
    base.withUnsafeBufferPointer { base in
      guard let patch else { return body(0, UnsafeBufferPointer(rebasing: base[..<Swift.min(end, base.count)])) }
      patch.values.withUnsafeBufferPointer { values in
        patch.map.forEachRun { start, length, row in
          let count = Swift.min(length, end - start)
          if count <= 0 { return }
          body(start, UnsafeBufferPointer(rebasing: row >= 0 ? base[row..<row + count] : values[(-1 - row)..<(-1 - row) + 1]))
        }
      }
    }
  }

  /// The same with no more room than it needs.
  var trimmed: PlainColumn { patch == nil ? PlainColumn(base.withUnsafeBufferPointer(Array.init)) : PlainColumn(Array(self)) }

  /// Takes all values out and keeps the room.
  mutating func removeAll() {
    patch = nil
    base.removeAll(keepingCapacity: true)
  }

  /// Puts another value at a position.
  mutating func replace(at position: Int, with value: Value) {
    layDown()
    base[position] = value
  }

  // MARK: Edits

  mutating func append(_ value: Value) {
    layDown()
    base.append(value)
  }

  mutating func append(contentsOf other: PlainColumn) {
    layDown()
    if other.patch == nil { base += other.base } else { base += Array(other) }
  }

  mutating func reserveCapacity(_ capacity: Int) { base.reserveCapacity(capacity) }

  /// Lays the values down anew, in the order of `permutation` (new position -> old position).
  mutating func reorder(by permutation: [Int32]) {
    layDown()
    base = permutation.map { base[Int($0)] }
  }

  /// Follows a map to which one more value was added.
  mutating func insert(_ value: Value, _ map: RowMap) { patch = ColumnPatch(map, (patch?.values ?? []) + [value]) }

  /// Follows a map from which a row was taken out.
  mutating func remove(_ map: RowMap) { patch = ColumnPatch(map, patch?.values ?? []) }

  /// Lays the values down anew if there are edits.
  mutating func layDown() {
    guard let edits = patch else { return }
    var all: [Value] = []
    all.reserveCapacity(edits.map.count)
    forEachRun(before: edits.map.count) { _, run in all += run }
    (base, patch) = (all, nil)
  }
}

/// What edits added to a column, and where it stands now.
@usableFromInline
final class ColumnPatch<Value: BitwiseCopyable & Sendable>: Sendable {
  @usableFromInline let map: RowMap
  /// In the order in which they came.
  @usableFromInline let values: [Value]

  init(_ map: RowMap, _ values: [Value]) {
    self.map = map
    self.values = values
  }
}

/// Where the rows of an edited table are: stretches of the rows as they were laid down, and single added ones.
public final class RowMap: Sendable {
  /// How many rows there are now.
  @usableFromInline let count: Int
  /// How many were added since the rows were laid down, those that are gone again included.
  let added: Int
  /// The first position of each stretch, ascending.
  @usableFromInline let starts: [Int32]
  /// What stands there: a row as it was laid down, or -1 - the number of an added one, which is a stretch of its own.
  @usableFromInline let rows: [Int32]
  /// The stretch in which each kilo of positions begins, so that finding one takes a step or two.
  @usableFromInline let kilos: [Int32]

  /// How many stretches there are.
  var stretches: Int { starts.count }

  /// Rows as they were laid down.
  convenience init(rows count: Int) { self.init(count, 0, count == 0 ? [] : [0], count == 0 ? [] : [0]) }

  private init(_ count: Int, _ added: Int, _ starts: [Int32], _ rows: [Int32]) {
    self.count = count
    self.added = added
    self.starts = starts
    self.rows = rows
    var place = 0
    kilos = (0..<(count >> 10) + 1).map { kilo in
      while place + 1 < starts.count && Int(starts[place + 1]) <= kilo << 10 { place += 1 }
      return Int32(place)
    }
  }

  /// What stands at a position: a row as it was laid down, or -1 - the number of an added one.
  @inlinable
  func row(at position: Int) -> Int {
    var place = Int(kilos[position >> 10])
    while place + 1 < starts.count && Int(starts[place + 1]) <= position { place += 1 }
    let row = Int(rows[place])
    return row < 0 ? row : row + position - Int(starts[place])
  }

  /// Calls `body` with the position, the length and the row of every stretch.
  @usableFromInline
  func forEachRun(_ body: (Int, Int, Int) -> Void) {
    for place in starts.indices {
      let end = place + 1 < starts.count ? Int(starts[place + 1]) : count
      body(Int(starts[place]), end - Int(starts[place]), Int(rows[place]))
    }
  }

  /// The map with one more row before a position, or at the end.
  func inserting(at position: Int) -> RowMap {
    var (starts, rows) = parted(at: position)
    let place = starts.firstIndex { Int($0) >= position } ?? starts.count
    for later in place..<starts.count { starts[later] += 1 }
    starts.insert(Int32(position), at: place)
    rows.insert(Int32(-1 - added), at: place)
    return RowMap(count + 1, added + 1, starts, rows)
  }

  /// The map without the row at a position.
  func removing(at position: Int) -> RowMap {
    var (starts, rows) = parted(at: position)
    guard let place = starts.firstIndex(where: { Int($0) == position }) else { return self }
    let end = place + 1 < starts.count ? Int(starts[place + 1]) : count
    if end - position > 1 { rows[place] += 1 } else { _ = (starts.remove(at: place), rows.remove(at: place)) }
    let first = end - position > 1 ? place + 1 : place
    for later in first..<starts.count { starts[later] -= 1 }
    return RowMap(count - 1, added, starts, rows)
  }

  /// The stretches with one that begins at a position, unless that is the end.
  private func parted(at position: Int) -> ([Int32], [Int32]) {
    var (starts, rows) = (self.starts, self.rows)
    guard position < count, let place = starts.lastIndex(where: { Int($0) <= position }), Int(starts[place]) < position else {
      return (starts, rows)
    }
    rows.insert(rows[place] + Int32(position) - starts[place], at: place + 1)
    starts.insert(Int32(position), at: place + 1)
    return (starts, rows)
  }
}
