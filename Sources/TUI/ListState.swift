/// Where the user is in a list: selection, scroll, order, filter.
struct ListState: Hashable, Sendable {
  /// The selected row.
  var selected = 0
  /// The first visible row.
  var scroll = 0
  /// The column the list is sorted by; nil is the report's own order.
  var sortColumn: Int?
  /// Largest first.
  var isDescending = false
  /// What was typed after `/`.
  var filter = ""

  /// Moves the selection; false when the command is not about moving.
  mutating func move(_ command: Command, rows: Int, page: Int) -> Bool {
    switch command {
    case .up: selected -= 1
    case .down: selected += 1
    case .first: selected = 0
    case .last: selected = rows - 1
    case .pageUp: selected -= max(1, page - 1)
    case .pageDown: selected += max(1, page - 1)
    case .halfUp: selected -= max(1, page / 2)
    case .halfDown: selected += max(1, page / 2)
    default: return false
    }
    clamp(rows: rows, page: page)
    return true
  }

  /// Keeps selection and scroll inside the list.
  mutating func clamp(rows: Int, page: Int) {
    selected = min(max(0, selected), max(0, rows - 1))
    scroll = min(max(0, scroll), max(0, rows - page))
    if selected < scroll { scroll = selected }
    if selected >= scroll + page { scroll = selected - page + 1 }
  }

  /// Sorts by the next column in a direction; a first press sorts by the first or last column.
  mutating func shiftSort(_ step: Int, columns: Int) {
    guard columns > 0 else { return }
    guard let current = sortColumn else {
      sortColumn = step > 0 ? 0 : columns - 1
      return
    }
    sortColumn = (current + step + columns) % columns
  }

  /// Sorts by a column, or turns the order round when it is the one already.
  mutating func sort(by column: Int) {
    if sortColumn == column { isDescending.toggle() } else { (sortColumn, isDescending) = (column, true) }
  }
}
