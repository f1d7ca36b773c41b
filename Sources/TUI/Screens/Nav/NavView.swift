import Amounts
import Engine
import Ledger
import Reports
import TermKit
import Workspace

/// Draws the NAV desk: the table, and below it NAV and market of the selected asset with the premium between them.
struct NavView {
  let screen: NavScreen
  let shared: Shared

  /// Rows of the table with its frame: what it needs, and never more than three fifths when there is a chart.
  private static func tableRows(_ height: Int, rows: Int) -> Int { height < 16 ? height : min(rows + 3, height * 3 / 5) }

  /// Rows the list shows, for paging.
  static func page(_ size: Size, rows: Int) -> Int { max(1, tableRows(size.height - 2, rows: rows) - 3) }

  func draw(in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    guard let nav = shared.desk?.nav else {
      TextBlock("Reading NAVs…", .muted).draw(in: area.inset(2, 1), on: &canvas)
      return []
    }
    let rows = area.rows([.fixed(NavView.tableRows(area.height, rows: max(2, screen.order.count))), .flex()])
    let hits = drawTable(nav, in: rows[0], on: &canvas)
    if rows[1].height > 3 { drawCharts(in: rows[1], on: &canvas) }
    return hits
  }

  private func drawTable(_ nav: NavReport, in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    let figures = Figures(shared)
    let total = nav.rows.count
    let note = screen.order.count == total ? "\(total)" : "\(screen.order.count) of \(total)"
    var problems: [String] = []
    if nav.stale > 0 { problems.append("! \(nav.stale) stale") }
    if nav.missing > 0 { problems.append("\(nav.missing) without NAV") }
    let inside = Panel(screen.title, note: note, footnote: problems.joined(separator: " · "), isFocused: true).draw(in: area, on: &canvas)
    let fields = NavField.allCases
    var table = Table(fields.map(\.column), rowCount: screen.order.count, selected: screen.list.selected, scroll: screen.list.scroll)
    table.sortColumn = screen.list.sortColumn
    table.isDescending = screen.list.isDescending
    table.emptyText = total == 0 ? "no asset has a NAV" : "no asset matches \(screen.list.filter)"
    let most = nav.rows.compactMap { $0.premium.value?.magnitude.approximate }.max() ?? 0
    let isAscii = canvas.glyphs.charts == .ascii
    return table.draw(in: inside, on: &canvas) { place in
      let row = nav.rows[Int(screen.order[place])]
      return TableRow(fields.map { $0.cell(row, figures, most: most, isAscii: isAscii) })
    }.asHits { $0 }
  }

  // MARK: Charts

  private func drawCharts(in area: Rect, on canvas: inout Canvas) {
    guard let row = screen.selectedRow(shared), let snapshot = shared.snapshot else {
      Panel("").draw(in: area, on: &canvas)
      return
    }
    let asOf = snapshot.asOf
    let market = DaySeries.points(.close, row.asset.id, in: snapshot.book, to: asOf)
    let navs = DaySeries.points(.nav, row.asset.id, in: snapshot.book, to: asOf)
    let from = DaySeries.start(screen.range, market, navs, asOf: asOf)
    let marketValues = DaySeries.values(market, from: from, to: asOf)
    let navValues = DaySeries.values(navs, from: from, to: asOf)
    let premiums = DaySeries.premiums(marketValues, navValues)
    let hasPremium = premiums.contains { $0 != nil }
    let parts = area.columns(hasPremium && area.width >= 70 ? [.flex(3), .flex(2)] : [.flex()])
    let range = OverviewScreen.ranges[screen.range].name
    let inside = Panel("\(row.asset.text): NAV and market", note: range, footnote: facts(row)).draw(in: parts[0], on: &canvas)
    var series: [LineChart.Series] = []
    if !market.isEmpty { series.append(.init("market", marketValues)) }
    if !navs.isEmpty { series.append(.init("NAV", navValues, role: .chartSecond, isDashed: true)) }
    let labels = DaySeries.labels(from: from, to: asOf)
    var chart = LineChart(series, xLabels: labels, yLabel: AxisText.labels(marketValues + navValues))
    chart.emptyText = "no NAV and no price yet"
    chart.draw(in: inside, on: &canvas)
    guard parts.count > 1 else { return }
    let note = row.premium.value.map { Figures.sign($0) + Figures.percent($0) } ?? ""
    let beside = Panel("Premium over NAV", note: note, footnote: "[ ] range").draw(in: parts[1], on: &canvas)
    let ends = [labels[0], labels[2]]
    LineChart(
      [.init("", premiums, role: .chartThird)], xLabels: beside.width > 40 ? labels : ends, baseline: 0, yLabel: AxisText.percents(premiums)
    ).draw(in: beside, on: &canvas)
  }

  /// What stands behind the selected NAV.
  private func facts(_ row: NavRow) -> String {
    var parts: [String] = []
    if let method = row.method { parts.append(method) }
    if let source = row.source { parts.append(source) }
    if let published = row.published { parts.append("published \(published)") }
    if let document = row.document { parts.append(document) }
    return parts.joined(separator: " · ")
  }
}
