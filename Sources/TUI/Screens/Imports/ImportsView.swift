import Ledger
import Reports
import TermKit
import Workspace

/// Draws what became of the last import, the batches, and the formats beside or instead of them.
struct ImportsView {
  let screen: ImportsScreen
  let shared: Shared

  /// Where rows of the formats are numbered from, for clicks.
  static let formatRows = 1_000_000

  func draw(in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    let last = shared.lastImport.isEmpty ? 0 : min(shared.lastImport.count, 6) + 3
    let parts = area.rows([.fixed(min(last, area.height / 2)), .flex()])
    drawLast(in: parts[0], on: &canvas)
    if area.width >= 150 {
      let columns = parts[1].columns([.flex(), .fixed(66)])
      return drawBatches(in: columns[0], on: &canvas) + drawFormats(in: columns[1], on: &canvas)
    }
    return screen.pane == .batches ? drawBatches(in: parts[1], on: &canvas) : drawFormats(in: parts[1], on: &canvas)
  }

  // MARK: The last import

  private func drawLast(in area: Rect, on canvas: inout Canvas) {
    guard area.height > 3 else { return }
    let inside = Panel("Last import", note: shared.lastImport.count > 1 ? "\(shared.lastImport.count) files" : "").draw(
      in: area, on: &canvas)
    let table = Table(
      [
        TermKit.Column("File", min: 12, ideal: 28, flex: 1, priority: 200),
        TermKit.Column("Imported", .right, min: 8, ideal: 10, priority: 150),
        TermKit.Column("Known", .right, min: 7, ideal: 9, priority: 140),
        TermKit.Column("Ignored", .right, min: 7, ideal: 9, priority: 130),
        TermKit.Column("Problem", .right, min: 7, ideal: 9, priority: 145),
        TermKit.Column("", min: 12, ideal: 30, flex: 2, priority: 120),
      ], rowCount: shared.lastImport.count)
    table.draw(in: inside, on: &canvas) { place in
      let file = shared.lastImport[place]
      if let failure = file.failure {
        let style = Style(file.wasStopped ? .warning : .error)
        return TableRow(
          [TableCell(file.file, .title)] + Array(repeating: TableCell("–", .muted), count: 4) + [TableCell("✗ " + failure, style)])
      }
      return TableRow(
        [TableCell(file.file, .title)] + ImportsView.counts(file.imported, file.duplicate, file.ignored, file.problem)
          + [TableCell("✓ \(file.source)", Style(.info))])
    }
    // A failure is longer than a column: the first one is said in full.
    if let failed = shared.lastImport.first(where: { $0.failure != nil && !$0.wasStopped }), inside.height > shared.lastImport.count + 1 {
      canvas.put(failed.failure ?? "", x: inside.x + 1, y: inside.maxY - 1, Style(.error), width: inside.width - 2)
    }
  }

  /// Imported, known, ignored and problem rows as cells; what is not zero stands out.
  static func counts(_ imported: Int, _ duplicate: Int, _ ignored: Int, _ problem: Int) -> [TableCell] {
    [
      TableCell(NumberText.count(imported), imported > 0 ? .text : .muted), TableCell(NumberText.count(duplicate), .muted),
      TableCell(NumberText.count(ignored), .muted),
      TableCell((problem > 0 ? "! " : "") + NumberText.count(problem), problem > 0 ? Style(.warning) : .muted),
    ]
  }

  // MARK: Batches

  private func drawBatches(in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    let batches = shared.snapshot?.batches ?? []
    let isFocused = screen.pane == .batches
    let note = screen.order.count == batches.count ? "\(batches.count)" : "\(screen.order.count) of \(batches.count)"
    let inside = Panel("Imports", note: batches.isEmpty ? "" : note, isFocused: isFocused).draw(in: area, on: &canvas)
    if batches.isEmpty {
      drawEmpty(in: inside, on: &canvas)
      return []
    }
    let list = screen.state(of: .batches)
    let isNarrow = area.width < 110
    var table = Table(
      [
        TermKit.Column("#", .right, min: 3, ideal: 4, priority: 160),
        TermKit.Column("When", min: isNarrow ? 10 : 16, ideal: isNarrow ? 10 : 16, priority: 130),
        TermKit.Column("File", min: 16, ideal: 36, flex: 1, priority: 200), TermKit.Column("Format", min: 12, ideal: 20, priority: 90),
        TermKit.Column("Rows", .right, min: 7, ideal: 9, priority: 80), TermKit.Column("Imported", .right, min: 8, ideal: 9, priority: 110),
        TermKit.Column("Known", .right, min: 6, ideal: 8, priority: 70), TermKit.Column("Ignored", .right, min: 7, ideal: 8, priority: 60),
        TermKit.Column("Problem", .right, min: 7, ideal: 8, priority: 100),
        TermKit.Column("Events", .right, min: 7, ideal: 9, priority: 120),
        TermKit.Column("State", min: 10, ideal: 10, priority: 150),
      ], rowCount: screen.order.count, selected: list.selected, scroll: list.scroll)
    table.isFocused = isFocused
    table.emptyText = "no batch matches \(list.filter)"
    let hits = table.draw(in: inside, on: &canvas) { place in TableRow(cells(batches[Int(screen.order[place])], isNarrow)) }
    return hits.compactMap { region in
      switch region.target {
      case .row(let row): HitRegion(region.rect, .row(row))
      case .scroll(let first): isFocused ? HitRegion(region.rect, .scroll(first)) : nil
      case .header: nil
      }
    }
  }

  private func cells(_ batch: ImportRow, _ isNarrow: Bool) -> [TableCell] {
    let isOut = batch.isReverted
    let file = EffectRunner.baseName(batch.file)
    return [
      TableCell("\(batch.batch.raw)", .muted), TableCell(String(EventsView.time(of: batch.at).prefix(isNarrow ? 10 : 16)), .muted),
      TableCell(file, isOut ? .muted : .title),
      TableCell(batch.source, .muted), TableCell(NumberText.count(batch.rows.total), .muted),
    ] + ImportsView.counts(batch.rows.imported, batch.rows.duplicate, batch.rows.ignored, batch.rows.problem) + [
      TableCell(NumberText.count(batch.events), isOut ? .muted : .text),
      isOut ? TableCell("✗ reverted", Style(.warning)) : TableCell("✓ applied", Style(.info)),
    ]
  }

  private func drawEmpty(in area: Rect, on canvas: inout Canvas) {
    let text = """
      Nothing has been imported yet.

      i opens the file picker; a path can also be pasted, or typed after :import
      Florin finds out from a file's content who wrote it; Tab lists the \(ImportsScreen.formats.count) formats it knows.
      Each file is shown before anything is changed, becomes one batch, and can be taken back with x. The same file twice changes nothing.
      """
    TextBlock(text, .muted).draw(in: area.inset(2, 1), on: &canvas)
  }

  // MARK: Formats

  private func drawFormats(in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    let isFocused = screen.pane == .formats
    let inside = Panel("Formats Florin reads", note: "\(screen.formatOrder.count)", isFocused: isFocused).draw(in: area, on: &canvas)
    let list = screen.state(of: .formats)
    var table = Table(
      [
        TermKit.Column("Format", min: 18, ideal: 30, flex: 1, priority: 200), TermKit.Column("Id", min: 16, ideal: 28, priority: 150),
        TermKit.Column("Files", min: 4, ideal: 8, priority: 80),
      ], rowCount: screen.formatOrder.count, selected: isFocused ? list.selected : nil, scroll: list.scroll)
    table.isFocused = isFocused
    table.emptyText = "no format matches \(list.filter)"
    let hits = table.draw(in: inside, on: &canvas) { place in
      let format = ImportsScreen.formats[Int(screen.formatOrder[place])]
      return TableRow([TableCell(format.title), TableCell(format.id, .muted), TableCell(format.extensions.joined(separator: " "), .muted)])
    }
    return hits.compactMap { region in
      switch region.target {
      case .row(let row): HitRegion(region.rect, .row(ImportsView.formatRows + row))
      case .scroll(let first): isFocused ? HitRegion(region.rect, .scroll(first)) : nil
      case .header: nil
      }
    }
  }
}
