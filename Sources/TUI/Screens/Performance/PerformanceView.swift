import Amounts
import Engine
import Reports
import TermKit

/// Draws the performance: figures on top, the index beside a benchmark, its falls, and below what the chosen pane shows.
struct PerformanceView {
  let screen: PerformanceScreen
  let shared: Shared

  /// Whether the falls have room of their own below the index.
  private static func isTall(_ size: Size) -> Bool { size.height >= 36 }

  /// The panes of the lower frame.
  static func panes(_ size: Size) -> [PerformanceScreen.Pane] {
    PerformanceScreen.Pane.allCases.filter { $0 != .falls || !isTall(size) }
  }

  /// Rows of the lower frame with its edges.
  private static func paneRows(_ size: Size) -> Int { max(7, min(12, (size.height - 2) * 2 / 5 - 2)) }

  /// Rows of a list in it, for paging.
  static func page(_ size: Size) -> Int { max(1, paneRows(size) - 3) }

  func draw(in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    guard let report = shared.performance?.report else {
      TextBlock("Working out the performance…", .muted).draw(in: area.inset(2, 1), on: &canvas)
      return []
    }
    let figures = PerformanceFigures(report: report, shared: shared)
    if area.height < 10 {
      figures.draw(in: area, on: &canvas)
      return []
    }
    let head = figures.height(in: area.width, atMost: area.height / 2)
    if area.height < 14 {
      let rows = area.rows([.fixed(min(head, 6)), .flex()])
      figures.draw(in: rows[0], on: &canvas)
      drawIndex(report, in: rows[1], on: &canvas)
      return []
    }
    guard PerformanceView.isTall(shared.size) else {
      let rows = area.rows([.fixed(head), .flex(), .fixed(PerformanceView.paneRows(shared.size))])
      figures.draw(in: rows[0], on: &canvas)
      drawIndex(report, in: rows[1], on: &canvas)
      return drawPane(screen.pane, report, in: rows[2], on: &canvas)
    }
    let rows = area.rows([.fixed(head), .flex(), .fixed(6), .fixed(PerformanceView.paneRows(shared.size))])
    figures.draw(in: rows[0], on: &canvas)
    drawIndex(report, in: rows[1], on: &canvas)
    drawFalls(report, in: Panel("Below its peak", note: deepest(report)).draw(in: rows[2], on: &canvas), on: &canvas)
    return drawPane(screen.pane == .falls ? .months : screen.pane, report, in: rows[3], on: &canvas)
  }

  // MARK: Charts

  private func labels(_ report: PerformanceReport) -> [(part: Double, text: String)] {
    guard let first = report.performance.days.first?.day, let last = report.performance.days.last?.day else { return [] }
    return DaySeries.labels(from: first, to: last)
  }

  /// What it was worth and what was paid for it.
  private func drawValue(_ report: PerformanceReport, in area: Rect, on canvas: inout Canvas) {
    let values = report.performance.days.map { Optional($0.value.approximate) }
    let cost = shared.basis(screen.costQuery(shared))?.costs ?? []
    let note = "\(OverviewScreen.ranges[screen.range].name) · \(report.currency)"
    let inside = Panel("Value", note: note, footnote: "[ ] period · v return · \(shared.costHint(of: .worth))").draw(in: area, on: &canvas)
    let lines = cost.isEmpty ? [] : [LineChart.Series.cost("cost, cash apart", cost)]
    let yLabel = shared.isPrivate ? { @Sendable _ in Figures.hidden } : AxisText.labels(values + cost)
    var chart = LineChart(
      [.init(cost.isEmpty ? "" : "value", values, isFilled: cost.isEmpty)] + lines, xLabels: labels(report), yLabel: yLabel)
    chart.emptyText = "no history yet"
    chart.draw(in: inside, on: &canvas)
  }

  private func drawIndex(_ report: PerformanceReport, in area: Rect, on canvas: inout Canvas) {
    if screen.showsValue { return drawValue(report, in: area, on: &canvas) }
    var index = 1.0
    let values: [Double?] = report.performance.days.map { day in
      index *= 1 + (day.rate ?? 0)
      return index - 1
    }
    var series = [LineChart.Series(report.benchmark == nil ? "" : "portfolio", values)]
    var note = "\(OverviewScreen.ranges[screen.range].name) \(PerformanceFigures.signed(index - 1))"
    var all = values
    if let (label, figures) = report.benchmark {
      let other = figures.index.map { $0.map { $0 - 1 } }
      series.append(.init(label.text.plain, other, role: .chartSecond, isDashed: true))
      note += figures.performance.value?.twr.value.map { " · \(label.text.plain) \(PerformanceFigures.signed($0))" } ?? ""
      all += other
    }
    let inside = Panel("Time-weighted return", note: note, footnote: "[ ] period · b benchmark · v value").draw(in: area, on: &canvas)
    var chart = LineChart(series, xLabels: labels(report), baseline: 0, yLabel: AxisText.percents(all))
    chart.emptyText = "no history yet"
    chart.draw(in: inside, on: &canvas)
  }

  private func deepest(_ report: PerformanceReport) -> String {
    guard let fall = report.performance.drawdown else { return "never" }
    return "deepest \(PerformanceFigures.signed(-fall.depth)) on \(fall.trough)"
  }

  private func drawFalls(_ report: PerformanceReport, in area: Rect, on canvas: inout Canvas) {
    var (index, peak) = (1.0, 1.0)
    let values: [Double?] = report.performance.days.map { day in
      index *= 1 + (day.rate ?? 0)
      peak = max(peak, index)
      return index / peak - 1
    }
    var chart = LineChart([.init("", values, role: .loss)], xLabels: labels(report), baseline: 0, yLabel: AxisText.percents(values))
    chart.emptyText = "no history yet"
    chart.draw(in: area, on: &canvas)
  }

  // MARK: Panes

  private func drawPane(
    _ pane: PerformanceScreen.Pane, _ report: PerformanceReport, in area: Rect, on canvas: inout Canvas
  ) -> [HitRegion<Hit>] {
    let all = PerformanceView.panes(shared.size)
    let inside = Panel("", footnote: foot(pane), isFocused: true).draw(in: area, on: &canvas)
    var hits = PaneStrip(titles: all.map(\.title), active: all.firstIndex(of: pane) ?? 0).draw(over: area, on: &canvas).map { region in
      if case .pane(let index) = region.target { HitRegion(region.rect, Hit.pane(all[index].rawValue)) } else { region }
    }
    switch pane {
    case .months: drawMonths(in: inside, on: &canvas)
    case .falls: drawFalls(report, in: inside, on: &canvas)
    default: hits += ContributionTable(screen: screen, shared: shared, report: report).draw(in: inside, on: &canvas)
    }
    return hits
  }

  private func foot(_ pane: PerformanceScreen.Pane) -> String {
    switch pane {
    case .months: "returns in %, all years"
    case .falls: "below its peak"
    default: "contributions of \(OverviewScreen.ranges[screen.range].name) add up to the gain"
    }
  }

  private func drawMonths(in area: Rect, on canvas: inout Canvas) {
    let months = shared.performance?.months ?? []
    // The year's own column is a sum of the others, so it has no heat.
    let most = months.map { abs($0.rate) }.max() ?? 0
    let years = screen.years(shared)
    let first = min(screen.list.selected, max(0, years.count - 1))
    let rows = years.dropFirst(min(first, max(0, years.count - area.height + 1))).map { year in
      var items = [HeatGrid.Item](repeating: .init("", heat: nil), count: 12)
      var whole = 1.0
      for month in months where month.year == year {
        whole *= 1 + month.rate
        items[month.month - 1] = .init(PerformanceFigures.short(month.rate), heat: most > 0 ? month.rate / most : 0)
      }
      return HeatGrid.Row("\(year)", items + [.init(PerformanceFigures.short(whole - 1), heat: nil)])
    }
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Year"]
    HeatGrid(columns: names, rows: Array(rows)).draw(in: area, on: &canvas)
  }
}

/// What the parts of the portfolio contributed to its gain.
struct ContributionTable {
  let screen: PerformanceScreen
  let shared: Shared
  let report: PerformanceReport

  func draw(in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    let rows = screen.parts(shared)
    let figures = Figures(shared)
    let columns: [TermKit.Column] = [
      Column(String(screen.pane.title.dropLast(screen.pane == .classes ? 2 : 1)), min: 8, ideal: 16, flex: 1, priority: 200),
      Column("Contribution", .right, min: 12, ideal: 14, priority: 190), Column("", min: 9, ideal: 15, flex: 1, priority: 60),
      Column("Of capital", .right, min: 10, ideal: 10, priority: 150), Column("TWR", .right, min: 9, ideal: 9, priority: 180),
      Column("Start", .right, min: 10, ideal: 13, priority: 90), Column("Flows", .right, min: 10, ideal: 13, priority: 100),
      Column("End", .right, min: 10, ideal: 13, priority: 140),
    ]
    var table = Table(columns, rowCount: rows.count, selected: screen.list.selected, scroll: screen.list.scroll)
    table.emptyText = shared.performance?.query.dimension == screen.pane.dimension ? "nothing was held" : "being worked out…"
    let found = report.performance
    table.totals = TableRow([
      TableCell("Total", .title), figures.gain(.known(found.gain)), TableCell(""), TableCell(""),
      PerformanceFigures.change(found.twr), figures.money(.known(found.startValue), Style(.total)),
      figures.money(.known(found.netFlows), Style(.total)), figures.money(.known(found.endValue), Style(.total)),
    ])
    let most = rows.map { abs($0.part.contribution.approximate) }.max() ?? 0
    let isAscii = canvas.glyphs.charts == .ascii
    return table.draw(in: area, on: &canvas) { place in
      let row = rows[place]
      let amount = row.part.contribution
      let bar = DivergingBar.text(amount.approximate, of: most, width: 15, isAscii: isAscii)
      return TableRow([
        TableCell(row.key, .title), figures.gain(.known(amount)),
        TableCell(bar, Figures.tone(amount), shorter: [DivergingBar.text(amount.approximate, of: most, width: 9, isAscii: isAscii)]),
        PerformanceFigures.change(row.part.share), PerformanceFigures.change(row.part.twr),
        figures.money(.known(row.part.startValue), .muted),
        figures.money(.known(row.part.netFlows), .muted), figures.money(.known(row.part.endValue)),
      ])
    }.asHits
  }
}
