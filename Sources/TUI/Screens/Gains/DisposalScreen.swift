import Amounts
import Engine
import Ledger
import Reports
import TermKit
import Workspace

/// One disposal: what it yielded, and the lots it took.
struct DisposalScreen: ListScreen {
  let event: EventID
  let asset: AssetID
  var list = ListState()

  var title: String { "Disposal" }
  var bindings: [Binding] {
    [
      Binding(.char("w"), .whatIf, hint: "pick lots"), Binding(.char("e"), .edit, hint: "edit"), Binding(.char("y"), .copy, hint: "copy"),
      Binding(.char("o"), .asset, hint: "asset"),
    ]
  }

  func questions(_ shared: Shared) -> [Question] { [.disposal(event)] }

  /// The lots; nil until they are there.
  func report(_ shared: Shared) -> DisposalReport? { shared.disposal(event) }

  func rowCount(_ shared: Shared) -> Int { report(shared)?.rows.count ?? 0 }

  var filter: String? {
    get { nil }
    set {}
  }

  mutating func refresh(_ shared: Shared) { list.clamp(rows: rowCount(shared), page: DisposalView.page(shared.size)) }

  func unavailable(_ command: Command, _ shared: Shared) -> String? {
    switch command {
    case .open: "nothing lies below a lot"
    case .whatIf where report(shared)?.rows.contains { $0.asset.id == asset && $0.kind != .fee && $0.kind != .rocExcess } == false:
      "no lots are picked for a fee or returned capital"
    case .whatIf:
      report(shared)?.closedYear.map { "\($0) is closed: what it took is frozen; :reopen-year \($0) opens it" }
    default: nil
    }
  }

  func asset(_ shared: Shared) -> AssetID? { asset }
  func sale(_ shared: Shared) -> SaleTarget? { SaleTarget(event: event, asset: asset) }

  func explained(_ shared: Shared) -> FigurePath? {
    guard let rows = report(shared)?.rows, rows.indices.contains(list.selected) else { return nil }
    let path = FigurePath("gains", "event", "\(event.raw)")
    return (rows.count == 1 ? path : path.adding("\(list.selected + 1)")).adding("gainBase")
  }

  func copied(_ shared: Shared) -> String? {
    guard let rows = report(shared)?.rows, rows.indices.contains(list.selected) else { return nil }
    let row = rows[list.selected]
    return [
      row.asset.text, row.account.text, row.acquired?.description ?? "", row.quantity.description,
      row.proceeds.value?.amount.description ?? "", row.cost.value?.amount.description ?? "", row.currency ?? "",
      row.gainBase.value?.description ?? "", shared.currency,
    ].joined(separator: "\t")
  }

  func draw(_ shared: Shared, in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    DisposalView(screen: self, shared: shared).draw(in: area, on: &canvas)
  }
}

/// Draws a disposal: its sums above, the lots it took below.
struct DisposalView {
  let screen: DisposalScreen
  let shared: Shared

  private static func headRows(_ size: Size) -> Int { size.height < 16 ? 0 : 6 }

  /// Rows of the list of lots, for paging.
  static func page(_ size: Size) -> Int { max(1, size.height - 2 - headRows(size) - 4) }

  func draw(in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    guard let report = screen.report(shared) else {
      let isGone = shared.isAnswered(.disposal(screen.event))
      let text = isGone ? "Event \(screen.event.raw) disposes of nothing any more; Esc goes back." : "Looking for the lots…"
      TextBlock(text, .muted).draw(in: area.inset(2, 1), on: &canvas)
      return []
    }
    let rows = area.rows([.fixed(DisposalView.headRows(shared.size)), .flex()])
    drawHead(report, in: rows[0], on: &canvas)
    return drawLots(report, in: rows[1], on: &canvas)
  }

  private func drawHead(_ report: DisposalReport, in area: Rect, on canvas: inout Canvas) {
    guard area.height > 2, let first = report.rows.first else { return }
    let figures = Figures(shared)
    let closed = report.closedYear.map { " · \($0) is closed" } ?? ""
    let inside = Panel(
      "\(first.kind.rawValue) of \(first.asset.text) in \(first.account.text)",
      note: "\(report.disposed) · event \(report.event.raw)\(closed)"
    ).draw(in: area, on: &canvas).inset(1, 0)
    let sums = report.figures
    func item(_ label: String, _ cell: TableCell) -> KeyValues.Item { .init(label, cell.text, cell.style) }
    func part(_ figure: Figure<Decimal>) -> TableCell { sums.known == 0 ? TableCell("n/a", .muted) : figures.gain(figure) }
    let code = report.currency
    let left = [
      item("proceeds \(code)", figures.money(sums.known == 0 ? .unknown(sums.why ?? .nothing) : .known(sums.proceeds))),
      item("cost \(code)", figures.money(sums.known == 0 ? .unknown(sums.why ?? .nothing) : .known(sums.cost))),
      item("gain \(code)", part(.known(sums.gain))),
    ]
    let middle = [
      item("by price", part(sums.byPrice)), item("by currency", part(sums.byCurrency)),
      KeyValues.Item("lots by", chosen(report), report.isChosen && report.rule.method == .specific ? Style(.info) : .muted),
    ]
    let right = [item("short", part(.known(sums.short))), item("long", part(.known(sums.long))), missing(sums)]
    let groups = inside.width < 60 ? [left] : inside.width < 90 ? [left, middle] : [left, middle, right]
    let columns = Rect(x: inside.x, y: inside.y, width: inside.width, height: 3).columns(groups.map { _ in .flex() }, gap: 2)
    for (group, column) in zip(groups, columns) { KeyValues(group).draw(in: column, on: &canvas) }
    if inside.width < 90, inside.height > 3, sums.unknown > 0 {
      canvas.put("! \(missing(sums).value)", x: inside.x, y: inside.y + 3, Style(.warning), width: inside.width)
    }
  }

  private func missing(_ sums: GainFigures) -> KeyValues.Item {
    sums.unknown == 0
      ? .init("left out", "nothing", .muted)
      : .init("left out", "\(sums.unknown) of \(sums.unknown + sums.known) lots: \(sums.why?.text ?? "unknown")", Style(.warning))
  }

  /// Which rule chose the lots.
  private func chosen(_ report: DisposalReport) -> String {
    if report.closedYear != nil { return "frozen when the year was closed" }
    if report.isChosen, report.rule.method == .specific { return "picked by hand" }
    return report.rule.method.rawValue + (report.rule.scope == .global ? ", all accounts" : ", this account")
  }

  private func drawLots(_ report: DisposalReport, in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    let figures = Figures(shared)
    let rows = report.rows
    let inside = Panel("Lots it took", note: report.currency, footnote: "\(rows.count)", isFocused: true).draw(in: area, on: &canvas)
    let isMany = Set(rows.map(\.asset)).count > 1 || Set(rows.map(\.kind)).count > 1
    let columns: [TermKit.Column] =
      (isMany
        ? [Column("Asset", min: 6, ideal: 8, priority: 210), Column("Kind", min: 4, ideal: 6, priority: 120)] : []) + [
        Column("Acquired", min: 10, ideal: 10, priority: 200), Column("Lot", min: 5, ideal: 8, priority: 60),
        Column("Quantity", .right, min: 9, ideal: 13, flex: 1, priority: 180),
        Column("Held", .right, min: 7, ideal: 7, priority: 170), Column("Proceeds", .right, min: 10, ideal: 13, priority: 100),
        Column("Cost", .right, min: 10, ideal: 13, priority: 160), Column("Gain", .right, min: 10, ideal: 13, priority: 190),
        Column("By price", .right, min: 10, ideal: 12, priority: 90), Column("By currency", .right, min: 11, ideal: 12, priority: 85),
        Column("Term", min: 5, ideal: 5, priority: 150),
      ]
    let table = Table(columns, rowCount: rows.count, selected: screen.list.selected, scroll: screen.list.scroll)
    return table.draw(in: inside, on: &canvas) { place in
      let row = rows[place]
      return TableRow(
        (isMany ? [TableCell(row.asset.text, .title), TableCell(row.kind.word, .muted)] : []) + [
          row.acquired.map { TableCell("\($0)") } ?? TableCell("n/a", .muted),
          TableCell(row.lotEvent.map { "\($0.raw)" } ?? "none", .muted), figures.quantity(row.quantity),
          TableCell(row.daysHeld.map { "\(NumberText.count($0)) d" } ?? "n/a", .muted), figures.money(row.proceedsBase),
          figures.money(row.costBase, .muted), figures.gain(row.gainBase), figures.gain(row.gainPrice), figures.gain(row.gainCurrency),
          TableCell(row.term?.rawValue ?? "n/a", .muted),
        ])
    }.asHits
  }
}
