import Reports
import TermKit
import Workspace

/// Draws what a file is, how its rows would end, and the events or remarks themselves.
struct PreviewView {
  let screen: PreviewScreen
  let shared: Shared

  func draw(in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    guard let preview = shared.preview else { return [] }
    let parts = area.rows([.fixed(preview.failure == nil ? 6 : 8), .flex()])
    drawHead(preview, in: parts[0], on: &canvas)
    guard preview.failure == nil else { return [] }
    return screen.shown(shared) == .events
      ? drawEvents(preview, in: parts[1], on: &canvas) : drawRemarks(preview, in: parts[1], on: &canvas)
  }

  private func drawHead(_ preview: Preview, in area: Rect, on canvas: inout Canvas) {
    let inside = Panel("Preview", note: "nothing is changed yet", isFocused: false).draw(in: area, on: &canvas).inset(1, 0)
    canvas.put(preview.path, x: inside.x, y: inside.y, .title, width: inside.width)
    if let failure = preview.failure {
      TextBlock("✗ \(failure)", Style(.error)).draw(in: inside.droppingRows(2), on: &canvas)
      return
    }
    let format = ImportsScreen.formats.first { $0.id == preview.source }.map { "\($0.title)  (\($0.id))" } ?? preview.source
    KeyValues([.init("format", format), .init("account", preview.account, .text)]).draw(in: inside.droppingRows(1), on: &canvas)
    let summary = preview.summary
    var spans = [
      Span(NumberText.count(summary.imported), Style(summary.imported > 0 ? .gain : .muted, .bold)), Span(" new rows", .text),
      Span(summary.events > 0 ? " → \(NumberText.count(summary.events)) events" : "", .text),
      Span("   \(NumberText.count(summary.duplicate)) known already   \(NumberText.count(summary.ignored)) ignored   ", .muted),
    ]
    if summary.changed > 0 {
      spans.append(Span("≠ \(NumberText.count(summary.changed)) changed   ", Style(.warning, .bold)))
    }
    let problems = "\(summary.problem > 0 ? "! " : "")\(NumberText.count(summary.problem)) problem\(summary.problem == 1 ? "" : "s")"
    spans.append(Span(problems, summary.problem > 0 ? Style(.warning, .bold) : .muted))
    canvas.put(spans, x: inside.x, y: inside.y + 3, width: inside.width)
  }

  private func drawEvents(_ preview: Preview, in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    let shown = preview.events.count
    let note =
      shown < preview.summary.events ? "first \(NumberText.count(shown)) of \(NumberText.count(preview.summary.events))" : "\(shown)"
    let inside = Panel("Events", note: note, footnote: tabHint("remarks", preview.remarks.count), isFocused: true).draw(
      in: area, on: &canvas)
    var table = Table(
      [
        TermKit.Column("Time", min: 16, ideal: 20, priority: 160), TermKit.Column("Kind", min: 8, ideal: 14, priority: 170),
        TermKit.Column("Asset", min: 6, ideal: 10, priority: 200), TermKit.Column("Quantity", .right, min: 12, ideal: 18, priority: 150),
        TermKit.Column("Value", .right, min: 14, ideal: 22, priority: 140), TermKit.Column("Fee", .right, min: 10, ideal: 16, priority: 80),
        TermKit.Column("Account", min: 10, ideal: 18, flex: 1, priority: 90),
      ], rowCount: shown, selected: screen.list.selected, scroll: screen.list.scroll)
    table.emptyText = preview.summary.imported > 0 ? "no events: prices, assets or other facts" : "nothing new"
    return rows(
      table.draw(in: inside, on: &canvas) { place in
        let cells = preview.events[place]
        let styles: [Style] = [.muted, Style(.info), .title, .text, .text, .muted, .muted]
        return TableRow(
          zip(cells, styles).enumerated().map { column, cell in
            let isSecret = shared.isPrivate && (3...5).contains(column) && !cell.0.isEmpty
            return TableCell(isSecret ? Figures.hidden : cell.0, cell.1)
          })
      })
  }

  private func drawRemarks(_ preview: Preview, in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    let all = preview.summary.problem + preview.summary.ignored
    let shown = preview.remarks.count
    let note = shown < all ? "first \(NumberText.count(shown)) of \(NumberText.count(all))" : "\(shown)"
    let panel = Panel("Problems and ignored rows", note: note, footnote: tabHint("events", preview.summary.events), isFocused: true)
    let parts = area.rows([.flex(), .fixed(area.height >= 12 ? 4 : 0)])
    var table = Table(
      [
        TermKit.Column("Line", .right, min: 5, ideal: 8, priority: 200), TermKit.Column("", min: 9, ideal: 9, priority: 150),
        TermKit.Column("Why", min: 20, ideal: 60, flex: 1, priority: 190),
      ], rowCount: shown, selected: screen.list.selected, scroll: screen.list.scroll)
    table.emptyText = "every row is understood"
    if preview.remarks.indices.contains(screen.list.selected), parts[1].height > 2 {
      let remark = preview.remarks[screen.list.selected]
      let inside = Panel("Line \(remark[0])").draw(in: parts[1], on: &canvas).inset(1, 0)
      TextBlock(remark[2], .text).draw(in: inside, on: &canvas)
    }
    return rows(
      table.draw(in: panel.draw(in: parts[0], on: &canvas), on: &canvas) { place in
        let remark = preview.remarks[place]
        let isProblem = remark[1] == "problem"
        return TableRow([
          TableCell(remark[0], .muted), TableCell((isProblem ? "! " : "  ") + remark[1], isProblem ? Style(.warning) : .muted),
          TableCell(remark[2]),
        ])
      })
  }

  private func tabHint(_ other: String, _ count: Int) -> String { "Tab: \(NumberText.count(count)) \(other)" }

  private func rows(_ hits: [HitRegion<Table.Target>]) -> [HitRegion<Hit>] {
    hits.compactMap { region in
      switch region.target {
      case .row(let row): HitRegion(region.rect, .row(row))
      case .scroll(let first): HitRegion(region.rect, .scroll(first))
      case .header: nil
      }
    }
  }
}
