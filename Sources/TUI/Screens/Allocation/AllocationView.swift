import Amounts
import Engine
import Ledger
import Reports
import TermKit
import Workspace

/// The columns of the allocation.
enum AllocationField: CaseIterable {
  case key, value, weight, bar, target, drift, trade, units

  var column: TermKit.Column {
    switch self {
    case .key: Column("Part", min: 8, ideal: 18, flex: 1, priority: 200)
    case .value: Column("Value", .right, min: 10, ideal: 14, priority: 180)
    case .weight: Column("Weight", .right, min: 7, ideal: 8, priority: 190)
    case .bar: Column("", min: 6, ideal: 24, flex: 2, priority: 60)
    case .target: Column("Target", .right, min: 7, ideal: 8, priority: 150)
    case .drift: Column("Drift", .right, min: 8, ideal: 8, priority: 160)
    case .trade: Column("Trade", .right, min: 12, ideal: 16, priority: 140)
    case .units: Column("Units", .right, min: 9, ideal: 12, priority: 70)
    }
  }

  private func number(_ row: AllocationRow) -> Decimal? {
    switch self {
    case .key: nil
    case .value: row.value
    case .weight, .bar: row.weight.value
    case .target: row.target.value
    case .drift: row.drift.value
    case .trade: row.trade.value
    case .units: row.tradeQuantity.value
    }
  }

  /// Places in order; what is unknown comes last either way.
  static func sorted(_ order: [Int32], _ rows: [AllocationRow], by field: AllocationField, descending: Bool) -> [Int32] {
    order.sorted { a, b in
      let (x, y) = (rows[Int(a)], rows[Int(b)])
      if field == .key { return x.key == y.key ? a < b : descending ? x.key > y.key : x.key < y.key }
      switch (field.number(x), field.number(y)) {
      case (let p?, let q?): return p == q ? a < b : descending ? p > q : p < q
      case (.some, nil): return true
      case (nil, .some): return false
      case (nil, nil): return a < b
      }
    }
  }
}

/// Draws the allocation: one bar of all parts, concentration, and the parts with targets and trades.
struct AllocationView {
  let screen: AllocationScreen
  let shared: Shared

  /// Rows of the stacked bar and its figures with the frame.
  private static func headRows(_ size: Size) -> Int { size.height < 16 ? 3 : size.height < 32 ? 5 : 6 }

  /// Rows of the list, for paging.
  static func page(_ size: Size) -> Int { max(1, size.height - 2 - headRows(size) - 4) }

  func draw(in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    guard let report = screen.report(shared) else {
      TextBlock("Reading the allocation…", .muted).draw(in: area.inset(2, 1), on: &canvas)
      return []
    }
    let rows = area.rows([.fixed(AllocationView.headRows(shared.size)), .flex()])
    drawHead(report, in: rows[0], on: &canvas)
    return drawTable(report, in: rows[1], on: &canvas)
  }

  /// The colour of a part: a class has its own, others take the classes' colours in turn.
  private func role(_ key: String, _ place: Int) -> Role {
    if screen.dimension == .assetClass, let own = AssetClass(rawValue: key) { return Figures.role(own) }
    if screen.dimension == .asset, let holding = shared.snapshot?.holdings.rows.first(where: { $0.asset.text == key }) {
      return Figures.role(holding.assetClass)
    }
    let roles = AssetClass.allCases.map { Figures.role($0) }
    return roles[place % roles.count]
  }

  private func drawHead(_ report: AllocationReport, in area: Rect, on canvas: inout Canvas) {
    let concentration = [("HHI", report.hhi, ""), ("top 5", report.top5, "%")].map { name, figure, unit in
      guard let value = figure.value else { return "\(name) n/a" }
      return "\(name) " + (unit.isEmpty ? value.text(places: 3) : Figures.percent(value))
    }.joined(separator: " · ")
    let excluded =
      report.excluded.isEmpty ? "" : "excl. \(report.excluded.map { "\($0.asset.text) (\($0.why.text))" }.joined(separator: ", "))"
    let overlapping = report.isOverlapping ? "an asset may have several tags" : ""
    let foot = [excluded, overlapping].filter { !$0.isEmpty }.joined(separator: " · ")
    let total = Figures(shared).money(.known(report.value)).text
    let inside = Panel("\(total) \(report.currency)", note: concentration, footnote: foot).draw(in: area, on: &canvas)
    StackedBar(parts(report)).draw(in: inside.inset(1, 0), on: &canvas)
  }

  /// The largest parts one by one, and the rest as one: slivers of one cell each would all look alike.
  private func parts(_ report: AllocationReport) -> [Bars.Item] {
    let rows = report.rows.enumerated().filter { $0.element.value.isPositive }
    let shown = rows.count > 10 ? 9 : rows.count
    var items = rows.prefix(shown).map { place, row in
      Bars.Item(
        row.key, part: row.weight.value?.approximate ?? 0, value: row.weight.value.map { Figures.percent($0) } ?? "n/a",
        role: role(row.key, place))
    }
    let rest = rows.dropFirst(shown).compactMap { $0.element.weight.value?.approximate }.reduce(0, +)
    if rows.count > shown { items.append(Bars.Item("\(rows.count - shown) more", part: rest, value: "", role: .muted)) }
    return items
  }

  private func drawTable(_ report: AllocationReport, in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    let rows = report.rows
    let count = screen.order.count == rows.count ? "\(rows.count)" : "\(screen.order.count) of \(rows.count)"
    let inside = Panel("", footnote: count, isFocused: true).draw(in: area, on: &canvas)
    var hits = PaneStrip(titles: Dimension.allCases.map(\.rawValue), active: Dimension.allCases.firstIndex(of: screen.dimension) ?? 0)
      .draw(over: area, on: &canvas)
    // Without any target there is nothing to drift from.
    let hasTargets = rows.contains { $0.target.isKnown }
    let fields = hasTargets ? AllocationField.allCases : [.key, .value, .weight, .bar]
    var table = Table(
      fields.map { field in
        var column = field.column
        if field == .key { column.title = screen.dimension.rawValue.prefix(1).uppercased() + screen.dimension.rawValue.dropFirst() }
        return column
      }, rowCount: screen.order.count, selected: screen.list.selected, scroll: screen.list.scroll)
    table.sortColumn = screen.list.sortColumn
    table.isDescending = screen.list.isDescending
    table.emptyText = rows.isEmpty ? "nothing is held" : "no part matches \(screen.list.filter)"
    if screen.list.filter.isEmpty, !report.isOverlapping { table.totals = totals(report, fields) }
    let most = rows.compactMap { $0.weight.value?.approximate }.max() ?? 0
    hits += table.draw(in: inside, on: &canvas) { place in
      let index = Int(screen.order[place])
      return TableRow(fields.map { cell($0, rows[index], role(rows[index].key, index), most) })
    }.asHits { $0 }
    return hits
  }

  private func cell(_ field: AllocationField, _ row: AllocationRow, _ role: Role, _ most: Double) -> TableCell {
    let figures = Figures(shared)
    switch field {
    case .key: return TableCell(row.key, .title)
    case .value: return figures.money(.known(row.value))
    case .weight: return Figures.share(row.weight)
    case .bar: return TableCell("", graphic: .bar(most > 0 ? max(0, (row.weight.value?.approximate ?? 0) / most) : 0, role))
    case .target: return Figures.share(row.target, .muted)
    case .drift: return drift(row)
    case .trade:
      guard let trade = row.trade.value else { return TableCell("–", .muted) }
      return AllocationView.trade(trade, row.limit, figures)
    case .units: return row.tradeQuantity.value.map { figures.quantity($0) } ?? TableCell("–", .muted)
    }
  }

  /// How far a part is from its target. More is not better, so the sign and the trade say it, not the colour of a gain.
  private func drift(_ row: AllocationRow) -> TableCell {
    guard let drift = row.drift.value else { return TableCell("–", .muted) }
    let isInBand = row.trade.value?.isZero ?? true && row.limit == nil
    return TableCell(Figures.sign(drift) + Figures.percent(drift), isInBand ? .muted : Style(.warning))
  }

  /// What to do about it, in words.
  private static func trade(_ amount: Decimal, _ limit: String?, _ figures: Figures) -> TableCell {
    if limit != nil {
      return amount.isZero ? TableCell("locked", Style(.warning)) : figures.money(.known(amount.magnitude)).prefixed("only ")
    }
    if amount.isZero { return TableCell("in band", .muted) }
    return figures.money(.known(amount.magnitude)).prefixed(amount.isPositive ? "buy " : "sell ")
  }

  private func totals(_ report: AllocationReport, _ fields: [AllocationField]) -> TableRow {
    let figures = Figures(shared)
    return TableRow(
      fields.map { field in
        switch field {
        case .key: TableCell("Total", .title)
        case .value: figures.money(.known(report.value), Style(.total))
        default: TableCell("")
        }
      })
  }
}
