import Amounts
import Engine
import Ledger
import Reports
import TermKit
import Workspace

/// Draws the list of events, and beside or below it what one of them consists of.
struct EventsView {
  let screen: EventsScreen
  let shared: Shared

  /// On a narrow list the day stands for the time.
  private static func columns(isNarrow: Bool) -> [TermKit.Column] {
    let time = isNarrow ? 10 : 16
    return [
      TermKit.Column("Time", min: time, ideal: time, priority: 180), TermKit.Column("Kind", min: 12, ideal: 16, priority: 170),
      TermKit.Column("Asset", min: 6, ideal: 8, priority: 200), TermKit.Column("Quantity", .right, min: 12, ideal: 14, priority: 160),
      TermKit.Column("Price", .right, min: 9, ideal: 11, priority: 60), TermKit.Column("Value", .right, min: 14, ideal: 16, priority: 150),
      TermKit.Column("Fee", .right, min: 10, ideal: 14, priority: 50),
      TermKit.Column("Account", min: 10, ideal: 26, flex: 1, priority: 100), TermKit.Column("Status", min: 7, ideal: 7, priority: 40),
    ]
  }

  func draw(in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    guard let report = screen.report(shared) else {
      TextBlock("Reading the events…", .muted).draw(in: Panel(screen.title).draw(in: area, on: &canvas).inset(1, 0), on: &canvas)
      return []
    }
    guard screen.hasDetail(shared) else { return drawList(report, in: area, on: &canvas) }
    let parts =
      area.width >= EventsScreen.wide
      ? area.columns([.flex(), .fixed(max(42, area.width * 3 / 10))]) : area.rows([.flex(2, min: 5), .flex(3, min: 5)])
    drawDetail(in: parts[1], on: &canvas)
    return drawList(report, in: parts[0], on: &canvas)
  }

  // MARK: List

  private func drawList(_ report: EventsReport, in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    let count = report.count
    let inside = Panel(screen.title, note: note(count), footnote: unknown, isFocused: !screen.isInDetail).draw(in: area, on: &canvas)
    let isNarrow = area.width < 104
    var table = Table(EventsView.columns(isNarrow: isNarrow), rowCount: count, selected: screen.list.selected, scroll: screen.list.scroll)
    table.isFocused = !screen.isInDetail
    table.emptyText = screen.list.filter.isEmpty ? "nothing has happened yet" : "no event matches \(screen.list.filter)"
    let zone = report.book.settings.zone
    let figures = Figures(shared)
    let hits = table.draw(in: inside, on: &canvas) { row in
      TableRow(cells(report[screen.place(row, count)], isNarrow ? nil : zone, figures))
    }
    return hits.compactMap { region in
      switch region.target {
      case .row(let row): HitRegion(region.rect, .row(row))
      case .scroll(let first): HitRegion(region.rect, .scroll(first))
      case .header: nil
      }
    }
  }

  private func note(_ count: Int) -> String {
    let all = NumberText.count(shared.desk?.events.count ?? count)
    let order = screen.list.isDescending ? " · oldest first" : ""
    if screen.list.filter.isEmpty { return all + order }
    return (shared.filteredEvents == nil ? "filtering…" : "\(NumberText.count(count)) of \(all)") + order
  }

  /// Fields of the filter that events do not have.
  private var unknown: String {
    let fields = EventFilter.unknownFields(in: Filter(screen.list.filter))
    return fields.isEmpty ? "" : "no field " + fields.joined(separator: ", ") + "; try kind asset account batch quantity gross time note"
  }

  private func cells(_ row: EventRow, _ zone: Zone?, _ figures: Figures) -> [TableCell] {
    let flow = EventFlow(row)
    let accounts = [row.account, row.toAccount].compactMap { $0 }.joined(separator: " → ")
    return [
      TableCell(zone.map { EventsView.time(row, $0) } ?? "\(row.day)", .muted),
      TableCell("\(flow.sign) \(EventsView.words(row.kind))", row.status == .posted ? flow.direction.style : .muted),
      TableCell(row.asset.text, .title), flow.quantity(figures), TableCell(row.price.map { Figures.unitPrice($0) } ?? "", .muted),
      flow.value(figures), fee(row), TableCell(accounts, .text),
      TableCell(row.status == .posted ? "" : row.status.code, Style(row.status == .pending ? .warning : .muted)),
    ]
  }

  private func fee(_ row: EventRow) -> TableCell {
    guard let fee = row.fee, !fee.isZero else { return TableCell("") }
    if shared.isPrivate { return TableCell(Figures.hidden, .muted) }
    let asset = row.feeAsset ?? ""
    return TableCell("\(NumberText.quantity(fee)) \(asset)", .muted, shorter: Brief.quantity(fee).map { "\($0) \(asset)" })
  }

  /// The time in the reporting zone, to the minute; the day alone when the source gave no more.
  static func time(_ row: EventRow, _ zone: Zone) -> String {
    if row.isDateOnly { return "\(row.day)" }
    let local = row.time.adding(seconds: zone.offset(at: row.time)).description
    return "\(row.day) " + local.dropFirst(11).prefix(5)
  }

  /// `return_of_capital` as people write it.
  static func words(_ kind: String) -> String { kind.split(separator: "_").joined(separator: " ") }

  // MARK: Detail

  private func drawDetail(in area: Rect, on canvas: inout Canvas) {
    let row = screen.selectedRow(shared)
    let inside = Panel(row.map { EventsView.words($0.kind) } ?? "Event", note: row.map { "\($0.day)" } ?? "", isFocused: screen.isInDetail)
      .draw(in: area, on: &canvas).inset(1, 0)
    guard let row else { return }
    EventDetail(row, shared).draw(in: inside, scroll: screen.detailScroll, on: &canvas)
  }
}

/// Which way an event goes, and how much.
struct EventFlow {
  /// Which way.
  enum Direction {
    case comes, goes, changes, moves

    /// The sign before the kind: colour is never alone.
    var sign: String {
      switch self {
      case .comes: "+"
      case .goes: "-"
      case .changes: "±"
      case .moves: "·"
      }
    }

    var style: Style {
      switch self {
      case .comes: Style(.gain)
      case .goes: Style(.loss)
      case .changes: Style(.info)
      case .moves: .text
      }
    }
  }

  let row: EventRow
  /// What the asset's own principal legs add up to; nil when none moves.
  private let units: Decimal?
  /// The other principal legs' first.
  private let other: EventRow.LegRow?

  init(_ row: EventRow) {
    self.row = row
    let principal = row.legs.filter { $0.role == .principal }
    let own = (principal.isEmpty ? row.legs : principal).filter { $0.asset == row.asset.text }
    units = own.isEmpty ? nil : try? own.reduce(Decimal.zero) { (sum, leg) throws(DecimalError) in try sum.adding(leg.quantity) }
    other = principal.first { $0.asset != row.asset.text }
  }

  /// The sign before the kind; an event that does not count, or not yet, has one of its own.
  var sign: String {
    switch row.status {
    case .posted: direction.sign
    case .pending: "?"
    case .void: "×"
    }
  }

  /// Units against money or other units is a change of one into the other, unless it is a purchase or sale of the asset.
  var direction: Direction {
    switch row.kind {
    case "buy": return .comes
    case "sell", "redemption", "liquidation": return .goes
    default: break
    }
    let leading = units.flatMap { $0.isZero ? nil : $0 }
    if let leading, other != nil { return leading.isPositive ? .comes : .changes }
    guard let moved = leading ?? other?.quantity ?? row.legs.first(where: { $0.role != .principal })?.quantity else { return .moves }
    if units?.isZero == true { return .moves }
    return moved.isPositive ? .comes : .goes
  }

  /// The units with their sign; without one when they only say what the event was about.
  func quantity(_ figures: Figures) -> TableCell {
    guard let quantity = row.quantity else { return TableCell("–", .muted) }
    guard let units, !units.isZero else { return figures.quantity(quantity, .muted) }
    if figures.isPrivate { return TableCell(Figures.hidden, .text) }
    let sign = Figures.sign(units)
    return TableCell(sign + NumberText.quantity(units), Figures.tone(units), shorter: Brief.quantity(units).map { sign + $0 })
  }

  /// The money that moves, else what arrives in exchange.
  func value(_ figures: Figures) -> TableCell {
    if let other {
      if figures.isPrivate { return TableCell(Figures.hidden, .text) }
      let isMoney = other.asset == row.currency
      let (amount, asset) = (other.quantity, other.asset)
      let sign = Figures.sign(amount)
      return TableCell(
        "\(sign)\(isMoney ? NumberText.money(amount) : NumberText.quantity(amount)) \(asset)", .text,
        shorter: (isMoney ? Brief.money(amount) : Brief.quantity(amount)).map { "\(sign)\($0) \(asset)" })
    }
    // Cash says its amount once.
    guard let gross = row.gross, row.currency != row.asset.text else { return TableCell("", .muted) }
    if figures.isPrivate { return TableCell(Figures.hidden, .muted) }
    let currency = row.currency ?? ""
    return TableCell("\(NumberText.money(gross)) \(currency)", .muted, shorter: Brief.money(gross).map { "\($0) \(currency)" })
  }
}
