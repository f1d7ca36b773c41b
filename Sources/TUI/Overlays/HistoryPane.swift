import Amounts
import Reports
import TermKit

/// Every change that was made, newest first; Enter shows what one of them changed.
struct HistoryPane: Hashable, Sendable {
  /// The steps, oldest first; nil before the first answer.
  var rows: [HistoryRow]?
  /// The selected row, from the newest.
  var list = ListState()
  /// What the opened step changed; nil while no step is open or its answer is awaited.
  var changes: [ChangeRow]?
  /// The number of the opened step.
  var opened: Int?
  /// The first line of the opened step's changes.
  var scroll = 0

  /// The step at a row of the list.
  func row(_ place: Int) -> HistoryRow? {
    guard let rows, place >= 0, place < rows.count else { return nil }
    return rows[rows.count - 1 - place]
  }
}

/// Draws the history: steps with their time, and below them the values of the one that is open.
struct HistoryPaneView {
  let pane: HistoryPane

  /// Rows of the list on a screen of a size.
  static func page(_ size: Size, isOpen: Bool) -> Int { max(1, (size.height - 2) * (isOpen ? 1 : 2) / 2 - 3) }

  func draw(in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    let frame = area.centered(width: min(area.width - 2, 130), height: area.height - 2)
    let count = pane.rows.map { NumberText.count($0.count) } ?? ""
    let undone = pane.rows?.filter(\.isUndone).count ?? 0
    let inside = Panel(
      "History", note: count + (undone > 0 ? ", \(undone) taken back" : ""), footnote: "u undo · C-r redo · Enter what changed · Esc",
      isFocused: true
    ).draw(in: frame, on: &canvas)
    guard let rows = pane.rows else {
      canvas.put("reading…", x: inside.x + 1, y: inside.y, .muted)
      return []
    }
    let parts = pane.opened == nil ? [inside] : inside.rows([.flex(), .flex()])
    var table = Table(
      [
        Column("When (UTC)", min: 10, ideal: 16, priority: 120), Column("Change", min: 20, ideal: 60, flex: 1, priority: 200),
        Column("What", min: 6, ideal: 7, priority: 60), Column("State", min: 10, ideal: 10, priority: 150),
      ], rowCount: rows.count, selected: pane.list.selected, scroll: pane.list.scroll)
    table.emptyText = "nothing was changed yet"
    let hits = table.draw(in: parts[0], on: &canvas) { place in
      guard let row = pane.row(place) else { return TableRow([]) }
      let time = row.at.description
      let text = Style(row.isUndone ? .muted : .text)
      return TableRow([
        TableCell(time.prefix(10) + " " + time.dropFirst(11).prefix(5), .muted), TableCell(row.title, text), TableCell(row.what, .muted),
        row.isUndone ? TableCell("taken back", Style(.warning)) : TableCell("done", .muted),
      ])
    }
    if parts.count > 1 { drawChanges(in: parts[1], on: &canvas) }
    return hits.compactMap { region in
      if case .row(let row) = region.target { HitRegion(region.rect, .choice(row)) } else { nil }
    }
  }

  private func drawChanges(in area: Rect, on canvas: inout Canvas) {
    guard let changes = pane.changes else {
      canvas.put("reading…", x: area.x + 1, y: area.y, .muted)
      return
    }
    var table = Table(
      [
        Column("What", min: 10, ideal: 30, priority: 120), Column("Field", min: 8, ideal: 14, priority: 180),
        Column("Before", min: 8, ideal: 20, flex: 1, priority: 170), Column("After", min: 8, ideal: 20, flex: 1, priority: 200),
      ], rowCount: changes.count, scroll: pane.scroll)
    table.isFocused = false
    table.emptyText = "no value changed"
    table.draw(in: area, on: &canvas) { place in
      let change = changes[place]
      let isRepeated = place > 0 && place > pane.scroll && changes[place - 1].subject == change.subject
      return TableRow([
        TableCell(isRepeated ? "" : change.subject, .title), TableCell(change.field, .muted), TableCell(change.before ?? "–", .muted),
        TableCell(change.after ?? "–"),
      ])
    }
  }
}
