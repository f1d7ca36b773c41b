import TermKit

/// The file picker as a table of names and sizes.
struct FilePickerView {
  let picker: FilePicker

  init(_ picker: FilePicker) { self.picker = picker }

  func draw(in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    let frame = area.centered(width: min(area.width - 2, 100), height: area.height - 2)
    let note = picker.marked.isEmpty ? "" : "\(picker.marked.count) marked"
    let inside = Panel(
      "Import: \(picker.folder.path)", note: note, footnote: "Enter preview · Space mark · i import · / search · ← up · Esc",
      isFocused: true
    ).draw(in: frame, on: &canvas)
    if let failure = picker.folder.failure {
      TextBlock(failure, Style(.error)).draw(in: inside.inset(1, 0), on: &canvas)
      return []
    }
    var body = inside
    if picker.isTyping || !picker.filter.text.isEmpty {
      let row = inside.row(0)
      canvas.put("/", x: row.x + 1, y: row.y, Style(.key))
      picker.filter.draw(in: Rect(x: row.x + 2, y: row.y, width: row.width - 3, height: 1), on: &canvas, isFocused: picker.isTyping)
      body = inside.droppingRows(1)
    }
    let entries = picker.entries
    var table = Table(
      [Column("File", min: 12, ideal: 40, flex: 1), Column("Size", .right, min: 7, ideal: 10)], rowCount: entries.count,
      selected: picker.list.selected, scroll: picker.list.scroll)
    table.emptyText = "no CSV or JSON files here"
    let hits = table.draw(in: body, on: &canvas) { index in
      let entry = entries[index]
      let name = entry.isFolder ? entry.name + "/" : entry.name
      return TableRow(
        [TableCell(name, entry.isFolder ? Style(.link) : .text), TableCell(entry.isFolder ? "" : JobView.bytes(entry.size), .muted)],
        isMarked: picker.marked.contains(picker.path(of: entry)))
    }
    return hits.compactMap { region in
      if case .row(let row) = region.target { HitRegion(region.rect, .choice(row)) } else { nil }
    }
  }
}
