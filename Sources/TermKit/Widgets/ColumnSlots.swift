/// Which columns fit into a width, where and how wide.
///
/// Columns shrink from their ideal towards their minimum together; when the minimums do not fit the column of lowest
/// priority goes (of equals the rightmost). Room beyond all ideals goes to the flexible columns.
enum ColumnSlots {
  struct Slot: Hashable {
    /// Index in the table's columns.
    var column: Int
    /// Offset from the left.
    var x: Int
    var width: Int
  }

  static let gap = 2

  static func fit(_ columns: [Column], in width: Int) -> [Slot] {
    var kept = Array(columns.indices)
    func needed(_ length: (Column) -> Int) -> Int {
      kept.reduce(0) { $0 + length(columns[$1]) } + gap * max(0, kept.count - 1)
    }
    while kept.count > 1, needed(\.minWidth) > width {
      guard let last = kept.indices.min(by: { (columns[kept[$0]].priority, -$0) < (columns[kept[$1]].priority, -$1) }) else { break }
      kept.remove(at: last)
    }
    var widths = kept.map { columns[$0].minWidth }
    var left = width - needed(\.minWidth)
    if left < 0, !widths.isEmpty { widths[0] = max(0, width) }
    // Round robin keeps the columns balanced and needs no division rules; tables have a dozen columns.
    while left > 0 {
      var grew = false
      for index in kept.indices where left > 0 && widths[index] < columns[kept[index]].idealWidth {
        widths[index] += 1
        left -= 1
        grew = true
      }
      if !grew { break }
    }
    let flexible = kept.reduce(0) { $0 + columns[$1].flex }
    if left > 0, flexible > 0 {
      let extra = left
      for index in kept.indices {
        let share = extra * columns[kept[index]].flex / flexible
        widths[index] += share
        left -= share
      }
      if let index = kept.indices.first(where: { columns[kept[$0]].flex > 0 }) { widths[index] += left }
    }
    var x = 0
    return kept.indices.map { index in
      defer { x += widths[index] + gap }
      return Slot(column: kept[index], x: x, width: widths[index])
    }
  }
}
