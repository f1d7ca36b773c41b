import Amounts
import Ledger
import Reports
public import TermKit
import Workspace

extension AppState {
  /// Draws everything, and remembers what was drawn where.
  public mutating func draw(on canvas: inout Canvas) {
    let area = canvas.bounds
    canvas.fill(area)
    guard area.width >= 30, area.height >= 8 else {
      TextBlock("Florin needs at least 30 x 8 cells.", .muted).draw(in: area, on: &canvas)
      regions = []
      return
    }
    let rows = area.rows([.fixed(1), .flex(), .fixed(1)])
    regions = drawTabs(rows[0], on: &canvas)
    regions += drawBody(rows[1], on: &canvas)
    regions += drawFooter(rows[2], on: &canvas)
    drawOverlay(area, on: &canvas)
  }

  private func drawTabs(_ row: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    let items = ScreenName.allCases.map { name in
      Tabs.Item(key: name.key, name.title, badge: name == .issues ? issueBadge : "")
    }
    let tabs = Tabs(items, active: ScreenName.allCases.firstIndex(of: tab) ?? 0)
    // Whole names of the screens matter more than the date, which the screens show too.
    let room = row.width - tabs.fullWidth
    let status = status(atMost: room >= 6 ? room : max(0, row.width - tabs.shortWidth))
    let columns = row.columns([.flex(), .fixed(CellWidth.of(status))])
    let hits = tabs.draw(in: columns[0], on: &canvas)
    canvas.put(status, in: columns[1], Style(shared.isLoading ? .info : .muted), align: .right)
    return hits.map { HitRegion($0.rect, .tab($0.target)) }
  }

  private var issueBadge: String {
    let count = shared.snapshot?.overview.notices.count ?? 0
    return count == 0 ? "" : String(count)
  }

  /// What is shown at the top right: loading, demo, hidden amounts, date and currency; on a narrow screen the first ones that fit.
  private func status(atMost width: Int) -> String {
    var parts: [String] = []
    if shared.isLoading { parts.append("reading…") }
    if shared.isDemo { parts.append("demo") }
    // Which portfolios the figures are of goes before everything but the work in progress.
    if let view = shared.view { parts.insert(view.joined(separator: ","), at: shared.isLoading ? 1 : 0) }
    if shared.isPrivate { parts.append("private") }
    if let snapshot = shared.snapshot { parts.append("\(snapshot.asOf) \(shared.currency)") }
    while !parts.isEmpty {
      let text = " " + parts.joined(separator: " · ") + " "
      if CellWidth.of(text) <= width { return text }
      parts.removeLast()
    }
    return ""
  }

  private mutating func drawBody(_ area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    guard let snapshot = shared.snapshot else {
      TextBlock(shared.isLoading ? "Reading the database…" : "The database could not be read; R tries again, q quits.", .muted)
        .draw(in: area.inset(2, 1), on: &canvas)
      return []
    }
    if snapshot.isEmpty && drilled.isEmpty && tab != .imports { return Welcome.draw(in: area, on: &canvas) }
    return screen.screen.draw(shared, in: area, on: &canvas)
  }

  private func drawFooter(_ row: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    switch overlay {
    case .prompt(let prompt), .filter(let prompt, _):
      let height = min(11, size.height - 2)
      prompt.draw(in: Rect(x: row.x, y: row.maxY - height, width: row.width, height: height), on: &canvas)
      return []
    default: break
    }
    // The screen's own keys, the filter where there is one, then what works everywhere.
    var bindings = screen.screen.bindings.filter { !$0.hint.isEmpty }
    if screen.screen.filter != nil { bindings.append(Binding(.char("/"), .filter, hint: "filter")) }
    // Last, so that a narrow screen keeps the way out; and only where there is a figure.
    bindings += Keymap.everywhere.filter { !$0.hint.isEmpty && $0.command != .explain }
    if unavailable(.explain) == nil { bindings += Keymap.everywhere.filter { $0.command == .explain } }
    var hints: [Footer<Command>.Hint] = []
    for binding in bindings {
      // Keys that do the same in two directions share a hint: `[ ] range`.
      if let last = hints.last, last.label == binding.hint {
        hints[hints.count - 1].key += " " + binding.key.description
      } else {
        let isEnabled = unavailable(binding.command) == nil
        hints.append(Footer.Hint(binding.key.description, binding.hint, binding.command, isEnabled: isEnabled))
      }
    }
    if !drilled.isEmpty { hints.insert(Footer.Hint("Esc", "back", .back), at: 0) }
    var spans: [Span] = []
    if let filter = screen.screen.filter, !filter.isEmpty { spans = [Span(" /\(filter) ", Style(.badge))] }
    return Footer(hints, status: spans).draw(in: row, on: &canvas).map { HitRegion($0.rect, .command($0.target)) }
  }

  private mutating func drawOverlay(_ area: Rect, on canvas: inout Canvas) {
    // What is done in a blink does not flash.
    if let job, job.now - job.started >= 120 || job.isStopping {
      canvas.dim(area)
      JobView(job).draw(in: area, on: &canvas)
      regions = []
    }
    switch overlay {
    case .help(let field, let scroll):
      canvas.dim(area)
      let shown = HelpPage(bindings: screen.screen.bindings, title: screen.screen.title, search: field, scroll: scroll).draw(
        in: area, on: &canvas)
      overlay = .help(field, scroll: shown)
      regions = []
    case .menu(let menu, _): regions = menu.draw(in: area, on: &canvas).map { HitRegion($0.rect, .choice($0.target)) }
    case .confirm(let dialog, _):
      canvas.dim(area)
      regions = dialog.draw(in: area, on: &canvas).map { HitRegion($0.rect, .choice($0.target)) }
    case .files(let picker):
      canvas.dim(area)
      regions = FilePickerView(picker).draw(in: area, on: &canvas)
    case .form(let form):
      guard let (names, _) = editCheck else { break }
      canvas.dim(area)
      regions = EditFormView(form: form, names: names).draw(in: area, on: &canvas)
    case .history(let pane):
      canvas.dim(area)
      regions = HistoryPaneView(pane: pane).draw(in: area, on: &canvas)
    case .figures(let picker):
      canvas.dim(area)
      regions = FigurePickerView(picker, shared).draw(in: area, on: &canvas)
    case .explain(let pane):
      canvas.dim(area)
      regions = ExplainView(pane, shared).draw(in: area, on: &canvas)
    default: break
    }
    // Above the footer, so that its keys stay in sight.
    toast?.draw(in: Rect(x: area.x, y: area.y, width: area.width - 1, height: area.height - 2), on: &canvas)
  }
}

/// What an empty database offers.
enum Welcome {
  static func draw(in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    let lines: [(String, Style, Command?)] = [
      ("Florin", Style(.accent, .bold), nil),
      ("a portfolio tracker for security tokens, utility tokens and crypto", .muted, nil),
      ("", .text, nil),
      ("This database is empty. Nothing leaves this machine.", .text, nil),
      ("", .text, nil),
      ("i   import CSV or JSON files of an exchange, broker, wallet or token platform", .text, .importFile),
      ("a   add events, prices, assets and accounts by hand", .text, .add),
      (":demo   look at a demo portfolio first; it does not touch this database", .text, .demo),
      ("?   all keys          q   quit", .text, .help),
    ]
    let block = area.centered(width: min(area.width, 80), height: min(area.height, lines.count))
    var hits: [HitRegion<Hit>] = []
    for (index, line) in lines.enumerated() where index < block.height {
      let row = block.row(index)
      canvas.put(line.0, x: row.x + 1, y: row.y, line.1, width: row.width - 1)
      if let command = line.2 {
        hits.append(HitRegion(row, .command(command)))
        let key = line.0.prefix { $0 != " " }
        canvas.put(String(key), x: row.x + 1, y: row.y, Style(.key))
      }
    }
    return hits
  }
}

/// An import under way: rows, bytes, rate, time left.
struct JobView {
  let job: Job

  init(_ job: Job) { self.job = job }

  func draw(in area: Rect, on canvas: inout Canvas) {
    var details: [KeyValues.Item] = []
    var part: Double?
    if let progress = job.progress {
      let elapsed = max(1, job.now - job.started)
      details.append(.init("rows", NumberText.count(progress.rows)))
      details.append(.init("read", JobView.bytes(progress.bytes) + (progress.bytesTotal.map { " of " + JobView.bytes($0) } ?? "")))
      details.append(.init("rate", NumberText.count(progress.rows * 1000 / elapsed) + " rows/s"))
      if let total = progress.bytesTotal, total > 0 {
        part = min(1, Double(progress.bytes) / Double(total))
        if progress.bytes > 0 {
          let left = elapsed * (total - min(total, progress.bytes)) / progress.bytes / 1000
          details.append(.init("left", left < 1 ? "under a second" : "\(left) s"))
        }
      }
    }
    let place = job.files.firstIndex(of: job.file).map { job.files.count > 1 ? " (\($0 + 1) of \(job.files.count))" : "" } ?? ""
    let rest = job.files.count > 1 ? "Esc stops; files done before stay" : "Esc stops; nothing is changed then"
    Progress("\(job.verb) \(job.file)\(place)", part: part, details: details, footnote: job.isStopping ? "stopping…" : rest).draw(
      in: area, on: &canvas)
  }

  /// A size for people: 1.2 MB.
  static func bytes(_ count: Int) -> String {
    if count < 10_000 { return "\(count) B" }
    if count < 10_000_000 { return "\(count / 1000) kB" }
    return "\(count / 1_000_000) MB"
  }
}
