import Workspace
import Amounts
import Engine
import Ledger
import Reports
import TermKit

/// Draws the first screen: figures and chart on the left, allocation, movers and notices beside or below.
struct OverviewView {
  let screen: OverviewScreen
  let shared: Shared

  func draw(in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    guard let overview = shared.snapshot?.overview else { return [] }
    if area.height < 14 { return drawSmall(overview, in: area, on: &canvas) }
    let isWide = area.width >= 100
    let top = area.rows([.fixed(isWide ? 6 : 7), .flex()])
    drawFigures(overview, in: top[0], on: &canvas)
    if isWide {
      let columns = top[1].columns([.flex(3), .flex(2)])
      let left = columns[0].rows([.flex(3, min: 8), .flex(2, min: 5)])
      let right = columns[1].rows([.fixed(min(columns[1].height / 2, overview.classes.count + 2)), .flex(1, min: 4), .flex(1, min: 4)])
      drawChart(overview, in: left[0], on: &canvas)
      drawClasses(overview, in: right[0], on: &canvas)
      return drawLargest(overview, in: left[1], on: &canvas) + drawMovers(overview, in: right[1], on: &canvas)
        + drawNotices(overview, in: right[2], on: &canvas)
    }
    let rows = top[1].rows([.flex(3, min: 5), .flex(3, min: 4)])
    let halves = rows[1].columns([.flex(), .flex()])
    let chart = rows[0].columns([.flex(3), .flex(2)])
    drawChart(overview, in: chart[0], on: &canvas)
    drawClasses(overview, in: chart[1], on: &canvas)
    let left = screen.pane == .movers ? drawMovers(overview, in: halves[0], on: &canvas) : drawLargest(overview, in: halves[0], on: &canvas)
    return left + drawNotices(overview, in: halves[1], on: &canvas)
  }

  /// The total, and the list that has the keys.
  private func drawSmall(_ overview: OverviewReport, in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    let rows = area.rows([.fixed(4), .flex()])
    drawFigures(overview, in: rows[0], on: &canvas)
    switch screen.pane {
    case .largest: return drawLargest(overview, in: rows[1], on: &canvas)
    case .movers: return drawMovers(overview, in: rows[1], on: &canvas)
    case .notices: return drawNotices(overview, in: rows[1], on: &canvas)
    case .figures: return drawLargest(overview, in: rows[1], on: &canvas)
    }
  }

  // MARK: Figures

  private func drawFigures(_ overview: OverviewReport, in area: Rect, on canvas: inout Canvas) {
    let inside = Panel(shared.isDemo ? "Demo portfolio" : "Portfolio", note: "\(overview.asOf)", isFocused: screen.pane == .figures).draw(
      in: area, on: &canvas)
    let figures = Figures(shared)
    let total = figures.money(.known(overview.totals.value), Style(.accent, .bold))
    var spans = [Span(total.text, marked("value") ?? total.style), Span(" " + overview.currency, .muted)]
    spans += change("1 day", overview.change1d, overview.totals.value, "change1d")
    spans += change("30 days", overview.change30d, overview.totals.value, "change30d")
    canvas.put(spans, x: inside.x + 1, y: inside.y, width: inside.width - 2)
    let gain = gainItems(overview, figures)
    let income = incomeItems(overview, figures)
    let next = nextItems(overview)
    let missing = missingItems(overview)
    // A narrow screen shows whole words of the first figures rather than stumps of all.
    let groups =
      inside.width < 56 ? [gain] : inside.width < 100 ? [gain + missing, income.prefix(2) + next] : [gain, income, next + missing]
    let columns = Rect(x: inside.x + 1, y: inside.y + 1, width: inside.width - 2, height: inside.height - 1).columns(
      groups.map { _ in .flex() }, gap: 2)
    for (group, column) in zip(groups, columns) { KeyValues(group).draw(in: column, on: &canvas) }
  }

  private func gainItems(_ overview: OverviewReport, _ figures: Figures) -> [KeyValues.Item] {
    let unrealized = figures.gain(.known(overview.totals.unrealized))
    let realized = figures.gain(.known(overview.totals.realized))
    let cost = figures.money(.known(overview.totals.cost))
    return [
      .init("unrealized", unrealized.text, marked("unrealized") ?? unrealized.style),
      .init("realized", realized.text, marked("realized") ?? realized.style), .init("cost", cost.text, marked("cost") ?? .muted),
    ]
  }

  private func incomeItems(_ overview: OverviewReport, _ figures: Figures) -> [KeyValues.Item] {
    guard shared.snapshot?.isComplete == true else { return [.init("income", "reading…", .muted)] }
    let last = figures.money(.known(overview.income12))
    let next = figures.money(overview.forward12, Style(.estimate))
    return [
      .init("income, 12 months", last.text, marked("income12") ?? last.style),
      .init("expected, 12 months", next.text, marked("forward12") ?? next.style),
      .init("all income", figures.money(.known(overview.totals.incomeNet)).text, marked("incomeNet") ?? .muted),
    ]
  }

  private func nextItems(_ overview: OverviewReport) -> [KeyValues.Item] {
    guard let next = overview.next else { return [] }
    let amount = next.gross.value.map { NumberText.money($0.amount) + " " + (next.currency ?? "") } ?? "n/a"
    let style = Style(next.isDeclared ? .declared : .estimate)
    return [
      .init("next", "\(next.pay) \(next.asset.text)", style),
      .init(next.isDeclared ? "declared" : "estimated", shared.isPrivate ? Figures.hidden : amount, style),
    ]
  }

  private func missingItems(_ overview: OverviewReport) -> [KeyValues.Item] {
    var missing: [String] = []
    if overview.totals.unpriced > 0 { missing.append("\(overview.totals.unpriced) unpriced") }
    if overview.totals.unknownBasis > 0 { missing.append("\(overview.totals.unknownBasis) no cost") }
    var items: [KeyValues.Item] = []
    if overview.totals.tradePriced > 0 {
      let worth = Figures(shared).money(.known(overview.totals.tradeValue), Style(.stale))
      items.append(.init("at trades", "~" + worth.text, marked("tradeValue") ?? worth.style))
    }
    if !missing.isEmpty {
      items.append(.init("left out", missing.joined(separator: ", "), marked("unpriced") ?? marked("unknownBasis") ?? Style(.warning)))
    }
    return items
  }

  /// How the figure under the cursor looks; nil for the others.
  private func marked(_ key: String) -> Style? {
    let isSelected = screen.pane == .figures && OverviewScreen.figures.indices.contains(screen.selected)
    return isSelected && OverviewScreen.figures[screen.selected] == key ? Style(.selection, .bold, on: .selection) : nil
  }

  private func change(_ label: String, _ change: Figure<Decimal>, _ total: Decimal, _ key: String) -> [Span] {
    guard case .known(let amount) = change else { return [Span("   \(label) ", .muted), Span("n/a", marked(key) ?? .muted)] }
    // The change over what it was before.
    let before = try? total.subtracting(amount)
    let ratio = before.flatMap { $0.isZero ? nil : try? amount.divided(by: $0) }
    let arrow = amount.isPositive ? "▲ " : amount.isNegative ? "▼ " : ""
    let text = shared.isPrivate ? "" : Figures.sign(amount) + NumberText.money(amount) + " "
    let percent = ratio.map { Figures.sign($0) + Figures.percent($0) } ?? ""
    return [Span("   \(label) ", .muted), Span(arrow + text + percent, marked(key) ?? Figures.tone(amount))]
  }

  // MARK: Chart

  private func drawChart(_ overview: OverviewReport, in area: Rect, on canvas: inout Canvas) {
    let range = OverviewScreen.ranges[screen.range]
    let cost = shared.basis(screen.costQuery(shared))?.costs ?? []
    let keys = area.width < 40 ? "[ ] range" : "[ ] range · \(shared.costHint(of: .worth))"
    let inside = Panel("Value", note: range.name, footnote: keys).draw(in: area, on: &canvas)
    let points = overview.history.suffix(range.days ?? overview.history.count)
    var labels: [(part: Double, text: String)] = []
    if let first = points.first, let last = points.last {
      let middle = first.day + (last.day - first.day) / 2
      labels = [(0, "\(first.day)"), (0.5, "\(middle)"), (1, "\(last.day)")]
    }
    let values = points.map { $0.value.approximate }
    let yLabel = shared.isPrivate ? { @Sendable _ in Figures.hidden } : AxisText.labels(values + cost)
    let lines = cost.isEmpty ? [] : [LineChart.Series.cost("cost, cash apart", cost)]
    var chart = LineChart([.init(cost.isEmpty ? "" : "value", values, isFilled: cost.isEmpty)] + lines, xLabels: labels, yLabel: yLabel)
    chart.emptyText = shared.isLoading ? "reading…" : "no history yet"
    chart.draw(in: inside, on: &canvas)
  }

  private func drawClasses(_ overview: OverviewReport, in area: Rect, on canvas: inout Canvas) {
    let inside = Panel("Allocation", note: "5 more").draw(in: area, on: &canvas)
    let most = overview.classes.first?.weight.value?.approximate ?? 1
    let items = overview.classes.map { row in
      Bars.Item(
        row.key, part: (row.weight.value?.approximate ?? 0) / max(most, 0.0001),
        value: row.weight.value.map { Figures.percent($0) } ?? "n/a",
        role: AssetClass(rawValue: row.key).map { Figures.role($0) } ?? .bar)
    }
    Bars(items).draw(in: inside, on: &canvas)
  }

  // MARK: Lists

  private func drawLargest(_ overview: OverviewReport, in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    let figures = Figures(shared)
    return list(
      .largest, "Largest holdings", area, overview.largest.count, on: &canvas,
      columns: [
        Column("Asset", min: 6, ideal: 8, priority: 200), Column("Name", min: 6, ideal: 20, flex: 1, priority: 40),
        Column("Value", .right, min: 10, ideal: 12, priority: 150), Column("Gain %", .right, min: 9, ideal: 9, priority: 80),
        Column("Weight", .right, min: 7, ideal: 7, priority: 100), Column("30 days", min: 8, ideal: 9, priority: 60),
      ]
    ) { place in
      let row = overview.largest[place]
      return TableRow([
        TableCell(row.asset.text, Style(Figures.role(row.assetClass), .bold)), TableCell(row.name, .muted),
        figures.money(row.value, row.isStale ? Style(.stale) : .text), Figures.change(row.unrealizedRatio),
        Figures.share(row.weight, .muted),
        TableCell("", graphic: .spark(Trend.values(of: row, shared), .chart)),
      ])
    }
  }

  private func drawMovers(_ overview: OverviewReport, in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    let figures = Figures(shared)
    return list(
      .movers, "Top movers", area, overview.movers.count, on: &canvas,
      columns: [
        Column("Asset", min: 6, ideal: 10, flex: 1, priority: 200), Column("Change", .right, min: 9, ideal: 10, priority: 150),
        Column("Effect", .right, min: 11, ideal: 14, priority: 100),
      ]
    ) { place in
      let mover = overview.movers[place]
      var change = Figures.change(.known(mover.change))
      change.text = (mover.change.isNegative ? "▼ " : "▲ ") + change.text
      return TableRow([TableCell(mover.asset.text, Style(Figures.role(mover.assetClass), .bold)), change, figures.gain(mover.amount)])
    }
  }

  private func drawNotices(_ overview: OverviewReport, in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    let note = overview.notices.isEmpty ? "" : "\(overview.notices.count)"
    return list(
      .notices, "Notices", area, overview.notices.count, note: note, empty: "nothing to look at", on: &canvas,
      columns: [
        Column("", min: 1, ideal: 1, priority: 200), Column("", min: 10, ideal: 30, flex: 1, priority: 150),
      ], hasHeading: false
    ) { place in
      let notice = overview.notices[place]
      let (sign, role) = notice.severity.sign
      return TableRow([TableCell(sign, Style(role, .bold)), TableCell(IssuesView.message(notice, isPrivate: shared.isPrivate), .text)])
    }
  }

  private func list(
    _ pane: OverviewScreen.Pane, _ title: String, _ area: Rect, _ count: Int, note: String = "", empty: String = "nothing yet",
    on canvas: inout Canvas,
    columns: [TermKit.Column], hasHeading: Bool = true, row: (Int) -> TableRow
  ) -> [HitRegion<Hit>] {
    let isFocused = screen.pane == pane
    var inside = Panel(title, note: note, isFocused: isFocused).draw(in: area, on: &canvas)
    // A list without headings moves up over their row.
    if !hasHeading { inside = Rect(x: inside.x, y: inside.y - 1, width: inside.width, height: inside.height + 1) }
    var table = Table(columns, rowCount: count, selected: isFocused ? screen.selected : nil)
    table.isFocused = isFocused
    table.emptyText = empty
    let number = (OverviewScreen.Pane.allCases.firstIndex(of: pane) ?? 0) * 1000
    var hits: [HitRegion<Hit>] = []
    canvas.clipped(to: hasHeading ? inside : inside.droppingRows(1)) { canvas in
      hits = table.draw(in: inside, on: &canvas, row: row).compactMap { region in
        if case .row(let place) = region.target { HitRegion(region.rect, .row(number + place)) } else { nil }
      }
    }
    return hits
  }
}
