import Amounts
import Engine
import Ledger
import Reports
import TermKit
import Workspace

/// Draws an asset's page: its head, then chart and facts above the list that is open, or one pane at a time on a small screen.
struct AssetView {
  let screen: AssetScreen
  let shared: Shared
  let report: AssetReport

  /// Whether chart and facts have room of their own.
  static func isWide(_ size: Size) -> Bool { size.width >= 100 && size.height >= 32 }

  /// Rows of the head with its frame.
  private static func headRows(_ size: Size) -> Int { size.height < 16 ? 3 : size.height < 32 ? 7 : 8 }

  /// Rows of a list, for paging.
  static func page(_ size: Size) -> Int {
    let below = size.height - 2 - headRows(size)
    return max(1, (isWide(size) ? below - below * 3 / 5 : below) - 3)
  }

  func draw(in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    let rows = area.rows([.fixed(AssetView.headRows(shared.size)), .flex()])
    AssetHead(report: report, shared: shared).draw(in: rows[0], on: &canvas)
    guard AssetView.isWide(shared.size) else { return drawPane(screen.pane, AssetScreen.Pane.allCases, in: rows[1], on: &canvas) }
    let upper = rows[1].height * 3 / 5
    let parts = rows[1].rows([.fixed(upper), .flex()])
    let columns = parts[0].columns([.flex(3), .flex(2)])
    var hits: [HitRegion<Hit>] = [
      HitRegion(columns[0], .pane(AssetScreen.Pane.chart.rawValue)), HitRegion(columns[1], .pane(AssetScreen.Pane.facts.rawValue)),
    ]
    drawChart(in: frame("Chart", columns[0], .chart, on: &canvas), on: &canvas)
    drawFacts(in: frame("Facts", columns[1], .facts, on: &canvas), on: &canvas)
    let lists = AssetScreen.Pane.allCases.filter { $0 != .facts && $0 != .chart }
    hits += drawPane(lists.contains(screen.pane) ? screen.pane : .lots, lists, in: parts[1], on: &canvas)
    return hits
  }

  private func frame(_ title: String, _ area: Rect, _ pane: AssetScreen.Pane, on canvas: inout Canvas) -> Rect {
    let note = pane == .chart ? OverviewScreen.ranges[screen.range].name : ""
    let foot = pane == .chart ? "[ ] range · \(shared.costHint(of: .price))" : ""
    return Panel(title, note: note, footnote: foot, isFocused: screen.pane == pane).draw(in: area, on: &canvas)
  }

  /// One pane in a frame that names the others.
  private func drawPane(
    _ pane: AssetScreen.Pane, _ all: [AssetScreen.Pane], in area: Rect, on canvas: inout Canvas
  ) -> [HitRegion<Hit>] {
    let isFocused = screen.pane == pane
    let count = screen.count(pane, shared)
    let foot = pane == .chart ? "\(OverviewScreen.ranges[screen.range].name) · [ ] range" : count > 0 ? "\(count)" : ""
    let inside = Panel("", footnote: foot, isFocused: isFocused).draw(in: area, on: &canvas)
    let strip = PaneStrip(titles: all.map(\.title), active: all.firstIndex(of: pane) ?? 0, isFocused: isFocused)
    var hits = strip.draw(over: area, on: &canvas).map { region in
      if case .pane(let index) = region.target { HitRegion(region.rect, Hit.pane(all[index].rawValue)) } else { region }
    }
    if !isFocused { hits.append(HitRegion(inside, .pane(pane.rawValue))) }
    switch pane {
    case .chart: drawChart(in: inside, on: &canvas)
    case .facts: drawFacts(in: inside, on: &canvas)
    default:
      let found = AssetLists(report: report, shared: shared, list: screen.lists[pane.rawValue], isFocused: isFocused)
        .draw(pane, in: inside, on: &canvas)
      if isFocused { hits += found }
    }
    return hits
  }

  // MARK: Chart

  /// Price and NAV over the same days, and what the open units cost on average.
  private func drawChart(in area: Rect, on canvas: inout Canvas) {
    let (prices, appraisals) = (DaySeries.points(report.market), DaySeries.points(report.navs))
    let from = DaySeries.start(screen.range, prices, appraisals, asOf: report.asOf)
    let market = DaySeries.values(prices, from: from, to: report.asOf)
    let navs = DaySeries.values(appraisals, from: from, to: report.asOf)
    var series: [LineChart.Series] = []
    if !report.market.isEmpty { series.append(.init("market", market, isFilled: report.navs.isEmpty)) }
    if !report.navs.isEmpty { series.append(.init("NAV", navs, role: .chartSecond, isDashed: true)) }
    let paid = paidOverTime
    // Until it is worked out, and where costs and quotes are in different currencies, today's alone.
    let cost = paid == nil && shared.showsCost(in: .price) ? unitCost : nil
    if let paid, !series.isEmpty { series.append(.cost("unit cost", paid)) }
    var chart = LineChart(
      series, xLabels: DaySeries.labels(from: from, to: report.asOf), baseline: cost,
      yLabel: AxisText.labels(market + navs + (paid ?? []), baseline: cost))
    chart.emptyText = report.facts.assetClass == .cash ? "money is worth itself" : "no price and no NAV yet"
    chart.draw(in: area, on: &canvas)
    guard let cost, !series.isEmpty, area.height > 4 else { return }
    let text = "- - unit cost " + AxisText.labels(market + navs, baseline: cost)(cost)
    let x = area.maxX - CellWidth.of(text) - 1
    if series.count > 1 { canvas.put(text, x: x, y: area.y, Style(.chartAxis), width: area.maxX - x) }
  }

  /// Average cost of a unit over time, where quotes and costs are in one currency; nil otherwise.
  private var paidOverTime: [Double?]? {
    guard let quoted = (report.market.last ?? report.navs.last)?.price.currency,
      let values = shared.basis(screen.costQuery(shared))?.unitCosts(in: quoted), values.contains(where: { $0 != nil })
    else { return nil }
    return values
  }

  /// Average cost of an open unit, where quotes and cost are in one currency; nil otherwise.
  private var unitCost: Double? {
    guard let holding = report.holding, holding.quantity.isPositive, let cost = holding.cost.value,
      let code = report.market.isEmpty ? holding.navCurrency : holding.priceCurrency, code == report.currency,
      let unit = try? cost.divided(by: holding.quantity)
    else { return nil }
    return unit.approximate
  }

  // MARK: Facts

  private func drawFacts(in area: Rect, on canvas: inout Canvas) {
    let facts = AssetFacts.all(report, shared)
    let labels = min(facts.map { CellWidth.of($0.label) }.max() ?? 0, max(8, area.width * 2 / 5))
    let room = area.inset(1, 0)
    let blocks = facts.map { TextBlock.wrap($0.value, width: max(1, room.width - labels - 2)) }
    // The selected fact comes first, unless the rest would leave the pane half empty.
    var first = min(screen.lists[AssetScreen.Pane.facts.rawValue].selected, max(0, facts.count - 1))
    var below = blocks.dropFirst(first).reduce(0) { $0 + $1.count }
    while first > 0, below + blocks[first - 1].count <= area.height {
      first -= 1
      below += blocks[first].count
    }
    var y = room.y
    for (fact, lines) in zip(facts, blocks).dropFirst(first) {
      for (index, line) in lines.enumerated() where y < room.maxY {
        if index == 0 { canvas.put(fact.label, x: room.x, y: y, .muted, width: labels) }
        canvas.put(line, x: room.x + labels + 2, y: y, fact.style, width: room.width - labels - 2)
        y += 1
      }
    }
    if below > area.height, area.height > 0 {
      canvas.put(canvas.glyphs.lines == .ascii ? "v" : "▼", x: area.maxX - 1, y: area.maxY - 1, .muted)
    }
  }
}
