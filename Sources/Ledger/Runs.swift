/// Stretches of whole numbers that are all the same, or each one more than the one before, as ids, lines of a file and batches are: of
/// a million rows that one sorted file brought, nothing is left to keep.
public final class Runs<Value: FixedWidthInteger & BitwiseCopyable & Sendable>: ColumnForm {
  /// How many values there are.
  public let count: Int
  /// The first row of each run, ascending, and its value.
  @usableFromInline let starts: [Int32]
  @usableFromInline let values: [Value]
  /// What each value of a run is more than the one before: 0 or 1.
  @usableFromInline let steps: [Value]
  /// The run in which each kilo of rows begins.
  @usableFromInline let kilos: [Int32]

  /// The runs of some values; nil when there are too many to be worth it.
  public init?(_ all: [Value]) {
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

  /// The value of a row.
  @inlinable
  public func value(at row: Int) -> Value {
    var place = Int(kilos[row >> 10])
    while place + 1 < starts.count && Int(starts[place + 1]) <= row { place += 1 }
    return values[place] &+ steps[place] &* Value(truncatingIfNeeded: row - Int(starts[place]))
  }
}
