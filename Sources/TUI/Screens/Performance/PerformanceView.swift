import Amounts
import Engine
import Reports
import TermKit

/// Draws the performance: figures on top, the time-weighted index, and the returns of months and years.
struct PerformanceView {
  let screen: PerformanceScreen
  let shared: Shared

  func draw(in area: Rect, on canvas: inout Canvas) {
    guard let report = shared.desk?.performance else {
      TextBlock("Reading the performance…", .muted).draw(in: area.inset(2, 1), on: &canvas)
      return
    }
    if area.height < 10 { return drawFigures(report, in: area, on: &canvas) }
    if area.height < 14 {
      let rows = area.rows([.fixed(6), .flex()])
      drawFigures(report, in: rows[0], on: &canvas)
      drawChart(report, in: rows[1], on: &canvas)
      return
    }
    let table = min(screen.years(shared).count + 3, area.height / 2 - 2)
    let rows = area.rows([.fixed(6), .flex(), .fixed(table)])
    drawFigures(report, in: rows[0], on: &canvas)
    drawChart(report, in: rows[1], on: &canvas)
    drawMonths(report, in: rows[2], on: &canvas)
  }

  // MARK: Figures

  private func drawFigures(_ report: PerformanceReport, in area: Rect, on canvas: inout Canvas) {
    let found = report.performance
    let since = found.days.first.map { "\($0.day) to \(found.question.to)" } ?? ""
    let inside = Panel("Return and risk", note: since, footnote: PerformanceView.warning(report)).draw(in: area, on: &canvas)
    let all = [returns(found), risk(found), fall(found), money(found)]
    let groups = inside.width < 56 ? [all[0] + all[1]] : inside.width < 100 ? Array(all.prefix(3)) : all
    let columns = Rect(x: inside.x + 1, y: inside.y, width: inside.width - 2, height: inside.height).columns(
      groups.map { _ in .flex() }, gap: 2)
    for (group, column) in zip(groups, columns) { KeyValues(group).draw(in: column, on: &canvas) }
  }

  private func returns(_ found: Performance) -> [KeyValues.Item] {
    let isLong = found.days.count >= 365
    let several = found.xirrRoots.count > 1 ? [KeyValues.Item("XIRR has", "\(found.xirrRoots.count) solutions", .muted)] : []
    return [
      PerformanceView.rate("TWR", found.twr), PerformanceView.rate("TWR a year", found.twrAnnual),
      PerformanceView.rate(isLong ? "XIRR a year" : "XIRR", found.xirr),
    ] + several
  }

  private func risk(_ found: Performance) -> [KeyValues.Item] {
    let volatility = found.volatility.value.map { Figures.percent(PerformanceView.decimal($0)) }
    return [
      PerformanceView.item("volatility", volatility), PerformanceView.ratio("Sharpe", found.sharpe),
      PerformanceView.ratio("Sortino", found.sortino), PerformanceView.ratio("Calmar", found.calmar),
    ]
  }

  private func fall(_ found: Performance) -> [KeyValues.Item] {
    guard let fall = found.drawdown else { return [.init("deepest fall", "none", .muted)] }
    return [
      .init("deepest fall", "-" + Figures.percent(PerformanceView.decimal(fall.depth)), Style(.loss)), .init("peak", "\(fall.peak)"),
      .init("trough", "\(fall.trough)"),
      .init("recovered", fall.recovered.map { "\($0)" } ?? "not yet", fall.recovered == nil ? Style(.warning) : .text),
    ]
  }

  private func money(_ found: Performance) -> [KeyValues.Item] {
    let figures = Figures(shared)
    func item(_ label: String, _ cell: TableCell) -> KeyValues.Item { .init(label, cell.text, cell.style) }
    return [
      item("start value", figures.money(.known(found.startValue))), item("net flows", figures.money(.known(found.netFlows))),
      item("gain", figures.gain(.known(found.gain))), item("end value", figures.money(.known(found.endValue))),
    ]
  }

  /// What makes the figures less than they look, and why some are not there.
  private static func warning(_ report: PerformanceReport) -> String {
    let found = report.performance
    var parts: [String] = []
    func days(_ count: Int) -> String { count == 1 ? "1 day" : "\(count) days" }
    let unpriced = found.days.count { $0.unpriced > 0 }
    if unpriced > 0 { parts.append("! unpriced holdings left out on \(days(unpriced))") }
    let atTrade = found.days.count { $0.atTrade > 0 }
    if atTrade > 0 { parts.append("! no quote yet on \(days(atTrade)): at last trade") }
    if found.unknownFlows > 0 { parts.append("! \(found.unknownFlows) \(found.unknownFlows == 1 ? "flow" : "flows") without worth") }
    if let share = report.navShare.value, let limit = Decimal("0.2"), share > limit {
      parts.append("! \(Figures.percent(share)) on NAV, smoothed")
    }
    let figures = [found.twr, found.twrAnnual, found.xirr, found.volatility, found.sharpe, found.sortino, found.calmar]
    var reasons: [String] = []
    for why in figures.compactMap(\.why) where !reasons.contains(why.text) { reasons.append(why.text) }
    if !reasons.isEmpty { parts.append("n/a: " + reasons.joined(separator: ", ")) }
    return parts.joined(separator: " · ")
  }

  private static func rate(_ label: String, _ figure: Figure<Double>) -> KeyValues.Item {
    guard let value = figure.value else { return item(label, nil) }
    let ratio = decimal(value)
    return .init(label, Figures.sign(ratio) + Figures.percent(ratio), Figures.tone(ratio))
  }

  private static func ratio(_ label: String, _ figure: Figure<Double>) -> KeyValues.Item {
    item(label, figure.value.map { decimal($0).text(places: 2) })
  }

  private static func item(_ label: String, _ text: String?) -> KeyValues.Item {
    text.map { .init(label, $0) } ?? .init(label, "n/a", .muted)
  }

  /// A statistic to six places, for the eye.
  private static func decimal(_ value: Double) -> Decimal {
    let scaled = (value * 1e6).rounded()
    return Decimal(mantissa: Int128(exactly: min(max(scaled, -1e18), 1e18)) ?? 0, scale: 6)
  }

  // MARK: Index

  private func drawChart(_ report: PerformanceReport, in area: Rect, on canvas: inout Canvas) {
    let range = OverviewScreen.ranges[screen.range]
    let days = report.performance.days.suffix(range.days ?? report.performance.days.count)
    var index = 1.0
    let values: [Double?] = days.map { day in
      index *= 1 + (day.rate ?? 0)
      return index - 1
    }
    let note = values.isEmpty ? range.name : "\(range.name) \(PerformanceView.rate("", .known(index - 1)).value)"
    let inside = Panel("Time-weighted return", note: note, footnote: "[ ] range").draw(in: area, on: &canvas)
    var labels: [(part: Double, text: String)] = []
    if let first = days.first?.day, let last = days.last?.day { labels = DaySeries.labels(from: first, to: last) }
    var chart = LineChart([.init("", values)], xLabels: labels, baseline: 0, yLabel: AxisText.percents(values))
    chart.emptyText = "no history yet"
    chart.draw(in: inside, on: &canvas)
  }

  // MARK: Months

  private func drawMonths(_ report: PerformanceReport, in area: Rect, on canvas: inout Canvas) {
    let years = screen.years(shared)
    let inside = Panel("Returns by month, %", note: years.count > area.height - 3 ? "\(years.count) years" : "", isFocused: true)
      .draw(in: area, on: &canvas)
    let most = report.months.map { abs($0.rate) }.max() ?? 0
    let rows = years.reversed().dropFirst(screen.scroll).map { year in
      var items = [HeatGrid.Item](repeating: .init("", heat: nil), count: 12)
      var whole = 1.0
      for month in report.months where month.year == year {
        whole *= 1 + month.rate
        items[month.month - 1] = .init(PerformanceView.short(month.rate), heat: most > 0 ? month.rate / most : 0)
      }
      return HeatGrid.Row("\(year)", items + [.init(PerformanceView.short(whole - 1), heat: nil)])
    }
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Year"]
    HeatGrid(columns: names, rows: Array(rows)).draw(in: inside, on: &canvas)
  }

  /// A return in percent, narrow enough for a cell of five: `+1.2`, `-10.9`, `+123`.
  private static func short(_ rate: Double) -> String {
    let percent = decimal(rate * 100)
    return Figures.sign(percent) + percent.text(places: percent.magnitude >= 100 ? 0 : 1)
  }
}
