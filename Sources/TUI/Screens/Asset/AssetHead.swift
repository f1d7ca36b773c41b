import Amounts
import Engine
import Ledger
import Reports
import TermKit
import Workspace

/// The head of an asset's page: worth, price and NAV, gain, income, and what to look at.
struct AssetHead {
  let report: AssetReport
  let shared: Shared

  func draw(in area: Rect, on canvas: inout Canvas) {
    let facts = report.facts
    let kind = [facts.assetClass.rawValue, facts.attributes[.subtype] ?? ""].filter { !$0.isEmpty }.joined(separator: " · ")
    let name = facts.name.isEmpty || facts.name == report.asset.text ? report.asset.text : "\(report.asset.text) · \(facts.name)"
    let inside = Panel(name, note: kind, isFocused: false).draw(in: area, on: &canvas)
    guard !inside.isEmpty else { return }
    let line = Rect(x: inside.x + 1, y: inside.y, width: inside.width - 2, height: 1)
    guard let holding = report.holding else {
      canvas.put("not held, and never was", x: line.x, y: line.y, .muted, width: line.width)
      drawNotices(in: inside.droppingRows(1), on: &canvas)
      return
    }
    drawWorth(holding, in: line, on: &canvas)
    let notices = min(report.notices.count, inside.height >= 6 ? 2 : 1)
    let block = Rect(x: line.x, y: inside.y + 1, width: line.width, height: max(0, inside.height - 1 - notices))
    let isNarrow = block.width < 104
    let groups = isNarrow ? [market(holding), result(holding)] : [position(holding), market(holding), result(holding)]
    let columns = block.columns(groups.map { _ in .flex() }, gap: 2)
    for (group, column) in zip(groups, columns) { KeyValues(group).draw(in: column, on: &canvas) }
    drawNotices(in: inside.droppingRows(1 + block.height), on: &canvas)
  }

  private func drawWorth(_ holding: HoldingRow, in line: Rect, on canvas: inout Canvas) {
    let figures = Figures(shared)
    var spans: [Span] = []
    switch holding.value {
    case .known:
      let value = figures.money(holding.value, Style(.accent, .bold))
      spans = [Span((holding.isStale ? "~" : "") + value.text, value.style), Span(" " + report.currency, .muted)]
    case .unknown(let why): spans = [Span("value n/a, \(why.text)", Style(.warning))]
    }
    if let ratio = holding.unrealizedRatio.value {
      let arrow = ratio.isPositive ? "▲ " : ratio.isNegative ? "▼ " : ""
      spans += [
        Span("   ", .text), Span(arrow + Figures.sign(ratio) + Figures.percent(ratio), Figures.tone(ratio)), Span(" on cost", .muted),
      ]
    }
    // The page was made of this asset alone; its share of everything is the portfolio's to say.
    let whole = shared.snapshot?.holdings.rows.first { $0.asset.id == report.asset.id }
    if let weight = whole?.weight.value { spans += [Span("   " + Figures.percent(weight)), Span(" of all", .muted)] }
    if holding.isStale, let age = holding.ageDays { spans.append(Span("   stale: \(age) days old", Style(.stale))) }
    canvas.put(spans, x: line.x, y: line.y, width: line.width)
  }

  private func position(_ holding: HoldingRow) -> [KeyValues.Item] {
    let figures = Figures(shared)
    let cost = figures.money(holding.cost)
    return [
      .init("quantity", figures.quantity(holding.quantity).text), .init("cost", costText(holding, cost.text), .muted),
      .init("lots", "\(holding.lots) in \(report.byAccount.count == 1 ? "one account" : "\(report.byAccount.count) accounts")", .muted),
    ]
  }

  private func costText(_ holding: HoldingRow, _ text: String) -> String {
    holding.cost.why.map { $0 == .cash ? "–" : "n/a, \($0.text)" } ?? text
  }

  private func market(_ holding: HoldingRow) -> [KeyValues.Item] {
    [
      .init("price", quoted(holding.price, holding.priceCurrency, holding.priceDate, isUsed: holding.mode == .market)),
      .init("NAV", quoted(holding.nav, holding.navCurrency, holding.navDate, isUsed: holding.mode == .nav)),
      .init("premium", Figures.change(holding.premium).text, Figures.change(holding.premium).style),
    ]
  }

  private func quoted(_ price: Figure<Price>, _ code: String?, _ day: Day?, isUsed: Bool) -> String {
    guard let value = price.value else { return price.why.map { "n/a, \($0.text)" } ?? "n/a" }
    return Figures.unitPrice(value.perUnit) + (code.map { " " + $0 } ?? "") + (day.map { ", \($0)" } ?? "") + (isUsed ? ", used" : "")
  }

  private func result(_ holding: HoldingRow) -> [KeyValues.Item] {
    let figures = Figures(shared)
    func item(_ label: String, _ figure: Figure<Decimal>) -> KeyValues.Item {
      let cell = figures.gain(figure)
      let why = figure.why.flatMap { $0 == .cash || $0 == .nothing ? nil : ", \($0.text)" } ?? ""
      return .init(label, cell.text + why, cell.style)
    }
    return [item("unrealized", holding.unrealized), item("realized", holding.realized), item("income", holding.incomeNet)]
  }

  private func drawNotices(in area: Rect, on canvas: inout Canvas) {
    for (index, notice) in report.notices.prefix(area.height).enumerated() {
      let isLast = index == area.height - 1 && report.notices.count > area.height
      let more = isLast ? "  (+\(report.notices.count - area.height) more: 9)" : ""
      let (sign, role) = notice.severity.sign
      canvas.put(
        [Span("\(sign) ", Style(role, .bold)), Span(IssuesView.message(notice, isPrivate: shared.isPrivate)), Span(more, .muted)],
        x: area.x + 1, y: area.y + index, width: area.width - 2)
    }
  }
}

extension Notice.Severity {
  /// A sign, so that colour is never alone, and its colour.
  var sign: (String, Role) {
    switch self {
    case .error: ("x", .error)
    case .warning: ("!", .warning)
    case .info: ("i", .info)
    }
  }
}
