import Amounts
import Engine
import Ledger
import Reports
import TermKit
import Workspace

/// All there is to know about one event: facts, movements, and the row of the file it came from.
struct EventDetail {
  /// A line of the pane.
  enum Line {
    case heading(String)
    case pair(String, String, Style)
    case text(String, Style)
  }

  private(set) var lines: [Line] = []

  init(_ row: EventRow, _ shared: Shared) {
    let figures = Figures(shared)
    let book = shared.snapshot?.book
    let zone = book?.settings.zone ?? .utc
    let asset = book?.assets[row.asset.id]
    add("asset", row.asset.text + (asset.map { $0.name.isEmpty ? "" : "  " + $0.name } ?? ""), .title)
    add("when", EventsView.time(row, zone) + (row.isDateOnly ? "  no time given" : "  \(zone.name)"))
    if !row.isDateOnly, zone != .utc { add("in UTC", row.time.description, .muted) }
    add("account", [row.account, row.toAccount].compactMap { $0 }.joined(separator: " → "))
    if row.status != .posted { add("status", row.status.code + (row.status == .void ? ", counts nowhere" : ""), Style(.warning)) }
    addFigures(row, figures)
    addExtra(book?.events, row, figures)
    addLegs(row, figures)
    addSource(row, shared)
  }

  private mutating func add(_ label: String, _ value: String, _ style: Style = .text) {
    if !value.isEmpty { lines.append(.pair(label, value, style)) }
  }

  private mutating func addFigures(_ row: EventRow, _ figures: Figures) {
    func amount(_ value: Decimal?, _ unit: String?) -> String {
      value.map { figures.isPrivate ? Figures.hidden : "\(NumberText.quantity($0)) \(unit ?? "")" } ?? ""
    }
    add("quantity", amount(row.quantity, row.asset.text))
    add("price", row.price.map { "\(NumberText.grouped("\($0)")) \(row.currency ?? "")" } ?? "")
    add("value", amount(row.gross, row.currency))
    add("fee", amount(row.fee, row.feeAsset))
    add("tax withheld", amount(row.tax, row.currency))
  }

  private mutating func addExtra(_ events: EventTable?, _ row: EventRow, _ figures: Figures) {
    guard let extra = events?.extras[row.id.raw] else { return }
    add("finer kind", extra.subtype ?? "")
    add("ratio", extra.ratio.map { "\($0)" } ?? "")
    add("settled", extra.settleDate.map { "\($0)" } ?? "")
    add("exchange rate", extra.fxRate.map { "\($0)" } ?? "")
    add("withheld by", [extra.taxCountry, extra.taxRate.map { Figures.percent($0) }].compactMap { $0 }.joined(separator: "  "))
    add("accrued", extra.accrued.map { figures.isPrivate ? Figures.hidden : "\($0) \(row.currency ?? "")" } ?? "")
    add("acquired", extra.acquired.map { "\($0)" } ?? "")
    add("time as written", extra.timeText ?? "", .muted)
    add("transaction", extra.txHash ?? "", Style(.link))
    add("note", extra.note ?? "")
  }

  private mutating func addLegs(_ row: EventRow, _ figures: Figures) {
    lines.append(.heading("Movements"))
    if row.legs.isEmpty { lines.append(.text("nothing moves by itself", .muted)) }
    let asOne = Set(row.legs.map(\.account)).count <= 1
    for leg in row.legs {
      let amount = figures.isPrivate ? Figures.hidden : Figures.sign(leg.quantity) + NumberText.quantity(leg.quantity)
      let place = asOne ? "" : "  \(leg.account ?? "")"
      lines.append(.pair(leg.role.code, "\(amount) \(leg.asset)\(place)", Figures.tone(leg.quantity)))
    }
  }

  private mutating func addSource(_ row: EventRow, _ shared: Shared) {
    lines.append(.heading("Source"))
    let batch = shared.snapshot?.batches.first { $0.batch == row.batch }
    add("batch", batch.map { "\($0.batch.raw)  of \(EventsView.time(of: $0.at))" } ?? "\(row.batch.raw)")
    add("format", batch?.source ?? "")
    add("file", batch.map { EffectRunner.baseName($0.file) } ?? "")
    add("line", row.line.map { NumberText.count($0) } ?? "")
    add("event", "\(row.id.raw)", .muted)
    guard let record = shared.record, record.key.event == row.id else {
      lines.append(.text("looking up the row…", .muted))
      return
    }
    add("its own id", record.externalID ?? "")
    guard let raw = record.raw else {
      lines.append(.text(row.line == nil ? "not made from a row of a file" : "the row of the file is not kept", .muted))
      return
    }
    lines.append(.heading("Row of the file"))
    lines.append(.text(shared.isPrivate ? "hidden in privacy mode" : raw, .muted))
  }

  /// Draws from a line on; a value that does not fit goes on in the next rows.
  func draw(in area: Rect, scroll: Int, on canvas: inout Canvas) {
    let labels = 13
    var y = area.y
    for line in lines.dropFirst(scroll) where y < area.maxY {
      switch line {
      case .heading(let text):
        if y > area.y { y += 1 }
        if y < area.maxY { canvas.put(text, x: area.x, y: y, Style(.title, .bold), width: area.width) }
        y += 1
      case .pair(let label, let value, let style):
        canvas.put(label, x: area.x, y: y, .muted, width: labels)
        let room = Rect(x: area.x + labels + 1, y: y, width: max(0, area.width - labels - 1), height: area.maxY - y)
        y += max(1, TextBlock(value, style).draw(in: room, on: &canvas))
      case .text(let text, let style):
        let room = Rect(x: area.x, y: y, width: area.width, height: area.maxY - y)
        y += max(1, TextBlock(text, style).draw(in: room, on: &canvas))
      }
    }
  }
}

extension EventsView {
  /// An instant to the minute, in UTC: `2024-03-01 12:00`.
  static func time(of instant: Instant) -> String {
    let text = instant.description
    return text.prefix(10) + " " + text.dropFirst(11).prefix(5)
  }
}
