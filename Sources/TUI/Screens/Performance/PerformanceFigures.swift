import Amounts
import Engine
import Reports
import TermKit

/// The figures of return, risk, the deepest fall and money, and below them what they are not.
struct PerformanceFigures {
  let report: PerformanceReport
  let shared: Shared

  private var found: Performance { report.performance }

  /// Rows it would like with its frame: the figures, and its notes in what room is left.
  func height(in width: Int, atMost most: Int) -> Int {
    let figures = groups(width).map(\.count).max() ?? 0
    let notes = TextBlock.wrap(notes.joined(separator: " · "), width: max(1, width - 4)).count
    let room = max(0, min(most, 12) - figures - 2)
    return figures + 2 + min(notes, min(room, width < 100 ? 2 : 3))
  }

  func draw(in area: Rect, on canvas: inout Canvas) {
    let since = found.days.first.map { "\($0.day) to \(found.question.to)" } ?? ""
    let inside = Panel("Return and risk", note: since).draw(in: area, on: &canvas)
    let groups = groups(area.width)
    let rows = min(inside.height, groups.map(\.count).max() ?? 0)
    let columns = Rect(x: inside.x + 1, y: inside.y, width: inside.width - 2, height: rows).columns(groups.map { _ in .flex() }, gap: 2)
    for (group, column) in zip(groups, columns) { KeyValues(group).draw(in: column, on: &canvas) }
    let below = Rect(x: inside.x + 1, y: inside.y + rows, width: inside.width - 2, height: inside.height - rows)
    TextBlock(notes.joined(separator: " · "), Style(.warning)).draw(in: below, on: &canvas)
  }

  /// As many groups as fit beside each other, the important ones first.
  private func groups(_ width: Int) -> [[KeyValues.Item]] {
    let all = [returns, risk, fall, money]
    if width < 58 { return [all[0] + all[1]] }
    if width < 102 { return [all[0], all[1], all[2]] }
    guard let beside, width >= 150 else { return all }
    return all + [beside]
  }

  // A label and a value of 12 cells each fit side by side at 80 columns.
  private var returns: [KeyValues.Item] {
    let isLong = found.days.count >= 365
    var items = [
      rate("TWR", found.twr), rate("TWR a year", found.twrAnnual), rate(isLong ? "XIRR a year" : "XIRR", found.xirr),
    ]
    if found.xirrRoots.count > 1 {
      let roots = found.xirrRoots.prefix(3).map { PerformanceFigures.signed($0) }.joined(separator: " ")
      items.append(.init("solutions", roots + (found.xirrRoots.count > 3 ? " …" : ""), Style(.warning)))
    } else if let (label, figures) = report.benchmark {
      items.append(rate("over \(label.text.plain)", figures.excess))
    }
    return items
  }

  private var risk: [KeyValues.Item] {
    [
      item("volatility", found.volatility.value.map { PerformanceFigures.percent($0) }), ratio("Sharpe", found.sharpe),
      ratio("Sortino", found.sortino), ratio("Calmar", found.calmar),
    ]
  }

  private var fall: [KeyValues.Item] {
    guard let fall = found.drawdown else { return [.init("deepest fall", "none", .muted)] }
    let last = found.days.last?.day ?? found.question.to
    let length = (fall.recovered ?? last) - fall.peak
    return [
      .init("deepest fall", PerformanceFigures.signed(-fall.depth), Style(.loss)), .init("peak", "\(fall.peak)"),
      .init("trough", "\(fall.trough)"),
      .init("recovered", fall.recovered.map { "\($0)" } ?? "not yet", fall.recovered == nil ? Style(.warning) : .text),
      .init("days down", NumberText.count(length)),
    ]
  }

  private var money: [KeyValues.Item] {
    let figures = Figures(shared)
    func item(_ label: String, _ cell: TableCell) -> KeyValues.Item { .init(label, cell.text, cell.style) }
    return [
      item("start \(report.currency)", figures.money(.known(found.startValue))),
      item("net flows", figures.money(.known(found.netFlows))), item("gain", figures.gain(.known(found.gain))),
      item("end value", figures.money(.known(found.endValue))),
    ]
  }

  private var beside: [KeyValues.Item]? {
    guard let (label, figures) = report.benchmark else { return nil }
    let other = figures.performance.value
    return [
      rate(label.text.plain, other?.twr ?? .unknown(.noPrice)),
      item("volatility", other?.volatility.value.map { PerformanceFigures.percent($0) }),
      item("deepest fall", other.map { PerformanceFigures.signed(-($0.drawdown?.depth ?? 0)) }), rate("excess", figures.excess),
    ]
  }

  /// What makes the figures less than they look, and why some are not there.
  private var notes: [String] {
    var reasons: [(why: String, names: [String])] = []
    let named = [
      ("TWR", found.twr), ("TWR a year", found.twrAnnual), ("XIRR", found.xirr), ("volatility", found.volatility),
      ("Sharpe", found.sharpe), ("Sortino", found.sortino), ("Calmar", found.calmar),
    ]
    for (name, figure) in named {
      guard let why = figure.why?.text else { continue }
      if let place = reasons.firstIndex(where: { $0.why == why }) {
        reasons[place].names.append(name)
      } else {
        reasons.append((why, [name]))
      }
    }
    var parts = warnings
    if found.unknownFlows > 0 { parts.append("! \(found.unknownFlows) \(found.unknownFlows == 1 ? "flow" : "flows") without worth") }
    parts += reasons.map { "\($0.names.joined(separator: ", ")) n/a because \($0.why)" }
    if let (label, figures) = report.benchmark, shared.size.width < 150, !parts.isEmpty || figures.performance.isKnown {
      let name = label.text.plain
      switch figures.performance {
      case .unknown(let why): parts.append("\(name) n/a because \(why.text) at the start")
      case .known(let other):
        let risk = other.volatility.value.map { ", volatility \(PerformanceFigures.percent($0))" } ?? ""
        let fall = other.drawdown.map { ", deepest fall \(PerformanceFigures.signed(-$0.depth))" } ?? ""
        parts.insert("\(name): TWR \(other.twr.value.map { PerformanceFigures.signed($0) } ?? "n/a")\(risk)\(fall)", at: 0)
      }
    }
    return parts
  }

  /// What the report warns of, short enough for a small screen.
  private var warnings: [String] {
    func days(_ count: Int) -> String { count == 1 ? "1 day" : "\(NumberText.count(count)) days" }
    func names(_ labels: [AssetLabel]) -> String {
      let first = labels.prefix(3).map(\.text.plain).joined(separator: ", ")
      return labels.count > 3 ? "\(first) and \(labels.count - 3) more" : first
    }
    var found: [String] = []
    for short in report.shortfalls.prefix(2) {
      found.append("! \(short.amount) \(short.currency.plain) that \(short.account.plain) never had: taken as contributed")
    }
    if report.shortfalls.count > 2 { found.append("! and \(report.shortfalls.count - 2) more accounts that lack deposits") }
    if let share = report.navShare.value, share > PerformanceReport.tooMuchNav {
      found.append("! \(Figures.percent(share)) on NAVs, smoothed: risk looks smaller")
    }
    let unpriced = self.found.days.count { $0.unpriced > 0 }
    if unpriced > 0 { found.append("! \(names(report.excluded.map(\.asset))) without worth on \(days(unpriced)): left out") }
    let atTrade = self.found.days.count { $0.atTrade > 0 }
    if atTrade > 0 { found.append("! \(names(report.atTrade)) without quote on \(days(atTrade)): at last purchase") }
    return found
  }

  private func rate(_ label: String, _ figure: Figure<Double>) -> KeyValues.Item {
    guard let value = figure.value else { return item(label, nil) }
    return .init(label, PerformanceFigures.signed(value), Figures.tone(PerformanceFigures.decimal(value)))
  }

  private func ratio(_ label: String, _ figure: Figure<Double>) -> KeyValues.Item {
    item(label, figure.value.map { PerformanceFigures.decimal($0).text(places: 2) })
  }

  private func item(_ label: String, _ text: String?) -> KeyValues.Item { text.map { .init(label, $0) } ?? .init(label, "n/a", .muted) }

  // MARK: Numbers

  /// A statistic to six places, for the eye.
  static func decimal(_ value: Double) -> Decimal {
    let scaled = (value * 1e6).rounded()
    return Decimal(mantissa: Int128(exactly: min(max(scaled, -1e18), 1e18)) ?? 0, scale: 6)
  }

  static func percent(_ value: Double) -> String { Figures.percent(decimal(value)) }

  /// A fraction as percent with its sign.
  static func signed(_ value: Double) -> String { Figures.sign(decimal(value)) + percent(value) }

  /// A return in percent, narrow enough for a cell of five: `+1.2`, `-10.9`, `+123`.
  static func short(_ rate: Double) -> String {
    let percent = decimal(rate * 100)
    return Figures.sign(percent) + percent.text(places: percent.magnitude >= 100 ? 0 : 1)
  }

  /// A statistic as a change in a table.
  static func change(_ figure: Figure<Double>) -> TableCell {
    figure.value.map { Figures.change(.known(decimal($0))) } ?? TableCell("–", .muted)
  }
}
