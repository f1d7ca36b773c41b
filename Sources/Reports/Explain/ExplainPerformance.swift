import Amounts
import Engine
import Glibc
import Ledger

/// Explains returns: the whole by year and month, a month by day, a day by value and flows.
extension Explainer {
  /// The figures of the performance report.
  public static let performanceKeys = [
    "startValue", "endValue", "netFlows", "gain", "twr", "twrAnnual", "xirr", "xirrRoots", "volatility", "downsideDeviation", "sharpe",
    "sortino", "calmar", "drawdown", "drawdownPeak", "drawdownTrough", "drawdownRecovered", "drawdownDays", "navShare", "unknownFlows",
    "unpricedDays", "tradePricedDays",
  ]
  /// The figures that a benchmark adds.
  public static let benchmarkKeys = [
    "benchmarkTwr", "benchmarkTwrAnnual", "benchmarkVolatility", "benchmarkDrawdown", "excessReturn",
  ]
  /// What the rows of parts show beside the figures of a performance.
  static let contributionKeys = ["contribution", "contributionRatio"]

  /// The figures of the performance that is asked about.
  var performanceKeys: [String] { Explainer.performanceKeys + (scope.benchmark == nil ? [] : Explainer.benchmarkKeys) }

  /// The figures of one performance: those of the whole, of a part, or of a benchmark.
  func figureKeys(of shown: ExplainedPerformance) -> [String] {
    if shown.path.parts.count == 1 { return performanceKeys }
    let own = Explainer.performanceKeys.filter { $0 != "navShare" && $0 != "tradePricedDays" }
    return shown.part == nil ? own.filter { $0 != "xirr" && $0 != "xirrRoots" && $0 != "unknownFlows" } : own + Explainer.contributionKeys
  }

  /// `performance/[PART/KEY/]FIGURE`, `.../MONTH`, `.../YEAR`, `.../DAY..DAY`, `.../DAY/value|inflow|outflow|return|index`, where PART is
  /// class, asset, account or portfolio, or `performance/benchmark/FIGURE`.
  func explainPerformance(_ rest: ArraySlice<String>) throws(ExplainError) -> Explanation {
    if rest.first?.lowercased() == "benchmark", rest.count > 1, let missing = missingBenchmark(Array(rest)) { return missing }
    let (shown, parts) = try explainedPerformance(rest)
    let typed = parts.first ?? (shown.part != nil && shown.path.parts.count > 1 ? "contribution" : "twr")
    if let on = Day(typed) { return try dayFigure(shown, on, parts.count > 1 ? parts[1] : nil) }
    if let span = Explainer.span(typed) { return chained(shown, typed, shown.found.days.filter { span.contains($0.day) }, "its days") }
    if let period = Explainer.period(typed), period != .quarter { return try calendarReturn(shown, typed, period) }
    let keys = figureKeys(of: shown)
    guard let key = keys.first(where: { $0.lowercased() == typed.lowercased() }) else {
      throw .unknown(typed, near: near(typed, keys) + keys)
    }
    var explanation = performanceFigure(shown, key)
    explanation.siblings = keys.map { shown.path.adding($0) }
    if shown.path.parts.count == 1, let words = scopeWords { explanation.formula += "; " + words }
    return explanation
  }

  /// `2024-05-06..2024-05-12`.
  private static func span(_ text: String) -> ClosedRange<Day>? {
    let ends = text.split(separator: ".", omittingEmptySubsequences: true).map { Day(String($0)) }
    guard ends.count == 2, let first = ends[0], let last = ends[1], first <= last else { return nil }
    return first...last
  }

  /// What was asked, in words; nil when it was nothing but the whole.
  private var scopeWords: String? {
    var words: [String] = []
    let question = scope.question
    if let from = question.from { words.append("from \(from) to \(question.to)") }
    if question.timing != .split { words.append("flows at the \(question.timing.rawValue) of the day") }
    if question.calendar != .daily { words.append("\(question.calendar.rawValue) periods of risk") }
    if question.riskFree != 0 { words.append("risk-free rate \(Statistic.text(question.riskFree)) a year") }
    if !scope.filter.isEmpty { words.append("only \(scope.filter.text)") }
    return words.isEmpty ? nil : "asked " + words.joined(separator: ", ")
  }

  private func performanceFigure(_ shown: ExplainedPerformance, _ key: String) -> Explanation {
    let found = shown.found
    let facts = shown.report.document(by: nil).facts
    func fact(_ key: String) -> Cell { facts.first { $0.key == key }?.cell ?? .none }
    let value = fact(key)
    func input(_ key: String, _ name: String? = nil, _ unit: String? = nil, _ date: Day? = nil) -> Explanation.Input {
      .init(name ?? TableWriter.heading(key), fact(key), unit, date: date, figure: shown.path.adding(key))
    }
    let first = found.days.first?.day
    let last = found.question.to
    func made(
      _ title: String, _ unit: String?, _ formula: String, _ inputs: [Explanation.Input], _ steps: [String] = [],
      _ rounds: Explanation.Rounds = .statistic
    ) -> Explanation {
      Explanation(
        shown.path.adding(key), title + shown.label, value, unit, formula: formula, inputs, steps: steps, rounding: rounds)
    }
    switch key {
    case "startValue":
      return made("value at the start", base, "worth at the end of the day before the first", startInputs(shown), [], .sum)
    case "endValue":
      return made("value at the end", base, "worth at the end of the last day", [dayInput(shown, last, "value")], [], .sum)
    case "netFlows":
      let inputs = flowInputs(shown)
      return made(
        "net flows", base, "what came from outside - what went outside; \(Explainer.flowWords(shown))", shortened(inputs),
        sumLine(inputs.compactMap { Explainer.number($0.value) }, base), .sum)
    case "gain":
      return made(
        "gain", base, "end value - start value - net flows",
        [input("endValue", nil, base, last), input("startValue", nil, base), input("netFlows", nil, base)],
        line(
          "\(found.endValue) - \(found.startValue) - \(found.netFlows)",
          try? found.endValue.subtracting(found.startValue).subtracting(found.netFlows), equals: value, base), .sum)
    case "twr":
      let years = shown.report.years
      return made(
        "time-weighted return", nil, "the product of 1 + return over all days, less 1; a day's return is \(dayFormula)",
        years.map { .init("\($0.year)", .statistic($0.rate), figure: shown.path.adding("\($0.year)")) },
        years.isEmpty ? [] : [years.map { "(1 + \(Statistic.text($0.rate)))" }.joined(separator: " x ") + " - 1 = " + value.exactText])
    case "twrAnnual":
      let count = found.days.count
      return made(
        "time-weighted return a year", nil, "(1 + twr)^(365 / days) - 1; not under 365 days",
        [input("twr"), .init("days", .integer(count), date: first)],
        found.twr.value.flatMap { twr in value.isKnown ? ["(1 + \(Statistic.text(twr)))^(365 / \(count)) - 1 = \(value.exactText)"] : nil }
          ?? [])
    case "xirr", "xirrRoots": return xirr(shown, key, value)
    case "volatility", "downsideDeviation", "sharpe", "sortino": return risk(shown, key, value)
    case "calmar":
      return made(
        "Calmar ratio", nil, "time-weighted return a year / deepest fall",
        [input("twrAnnual", "return a year"), input("drawdown", "deepest fall")],
        value.isKnown
          ? ["\(Statistic.text(found.twrAnnual.value ?? 0)) / \(Statistic.text(found.drawdown?.depth ?? 0)) = \(value.exactText)"] : [])
    case "drawdown", "drawdownDays", "drawdownPeak", "drawdownTrough", "drawdownRecovered": return fall(shown, key, value)
    case "navShare": return navShare(shown, value)
    case "contribution", "contributionRatio": return contribution(shown, key)
    case "unpricedDays":
      let days = found.days.filter { $0.unpriced > 0 }
      return made(
        "days with unpriced holdings", nil, "days on which something held had no price and is not in the value",
        days.suffix(500).map {
          .init("unpriced", .integer($0.unpriced), date: $0.day, figure: shown.path.adding($0.day.description).adding("value"))
        }, [], .stated)
    case "tradePricedDays":
      return made(
        "days at a trade's price", nil, "days on which something held had no quote and counts at the price of its last purchase",
        found.days.filter { $0.atTrade > 0 }.suffix(500).map {
          .init("at the last purchase", .integer($0.atTrade), date: $0.day, figure: shown.path.adding($0.day.description).adding("value"))
        }, [], .stated)
    case "excessReturn":
      return made(
        "return over the benchmark", nil, "time-weighted return - the benchmark's",
        [input("twr"), input("benchmarkTwr", "the benchmark's")],
        value.isKnown ? ["\(fact("twr").exactText) - \(fact("benchmarkTwr").exactText) = \(value.exactText)"] : [])
    default:
      if key.hasPrefix("benchmark") { return benchmarkFigure(shown, key, value) }
      return made("flows without worth", nil, "flows whose worth is unknown: they are in no figure", [], [], .stated)
    }
  }

  /// What counts as a flow, in words.
  private static func flowWords(_ shown: ExplainedPerformance) -> String {
    switch shown.part {
    case .everything?, nil: "income and fees are no flows"
    default: "what is bought comes in, what is sold or paid out goes out, what crosses counts at market value"
    }
  }

  /// How a day's return is made, in words.
  var dayFormula: String {
    switch scope.question.timing {
    case .split: "(value + out) / (value before + in) - 1"
    case .start: "(value - value before - in + out) / (value before + in - out)"
    case .end: "(value - value before - in + out) / value before"
    }
  }

  private func startInputs(_ shown: ExplainedPerformance) -> [Explanation.Input] {
    guard let first = shown.found.days.first?.day else { return [] }
    guard !shown.found.startValue.isZero else { return [.init("nothing before", .decimal(.zero), base, date: first - 1)] }
    return holdingInputs(shown, first - 1)
  }

  private func flowInputs(_ shown: ExplainedPerformance) -> [Explanation.Input] {
    shown.found.days.filter { !$0.inflow.isZero || !$0.outflow.isZero }.map { day in
      let net = (try? day.inflow.subtracting(day.outflow)) ?? .zero
      return .init(
        "flows of the day", .decimal(net), base, date: day.day,
        figure: shown.path.adding(day.day.description).adding(net.isNegative ? "outflow" : "inflow"))
    }
  }

  private func xirr(_ shown: ExplainedPerformance, _ key: String, _ value: Cell) -> Explanation {
    let found = shown.found
    var inputs: [Explanation.Input] = []
    if let first = found.days.first, !found.startValue.isZero {
      inputs.append(
        .init("start value", .decimal(-found.startValue), base, date: first.day - 1, figure: shown.path.adding("startValue")))
    }
    for day in found.days where !day.inflow.isZero || !day.outflow.isZero {
      let net = (try? day.outflow.subtracting(day.inflow)) ?? .zero
      inputs.append(
        .init(
          net.isNegative ? "paid in" : "paid out", .decimal(net), base, date: day.day,
          figure: shown.path.adding(day.day.description).adding(net.isNegative ? "inflow" : "outflow")))
    }
    inputs.append(.init("end value", .decimal(found.endValue), base, date: found.question.to, figure: shown.path.adding("endValue")))
    var explanation = Explanation(
      shown.path.adding(key), (key == "xirr" ? "money-weighted return" : "all money-weighted returns") + shown.label, value,
      formula: (key == "xirr" ? "the rate r" : "all rates r in (-1, 1000)")
        + " at which the sum of amount / (1 + r)^(days / 365) is zero" + (key == "xirr" ? ", the root nearest 0" : ", a year's")
        + (key != "xirr" || found.days.count >= 365 ? "" : "; under 365 days it is the return of the span, (1 + r)^(days / 365) - 1"),
      shortened(inputs), rounding: .statistic)
    explanation.steps = found.xirrRoots.map { "a root: \(Statistic.text($0))" }
    return explanation
  }

  private func navShare(_ shown: ExplainedPerformance, _ value: Cell) -> Explanation {
    var rows = holdings.rows.filter { $0.value.isKnown && !$0.quantity.isZero }
    if let inside = performanceFilter {
      rows = holdingsByAccount.rows.filter { row in
        row.value.isKnown && !row.quantity.isZero && row.account.map { inside(row.asset.id, $0.id) } ?? false
      }
    }
    let onNav = rows.filter { $0.mode == .nav }
    let (sum, total) = (Explainer.sum(onNav.compactMap(\.value.value)) ?? .zero, Explainer.sum(rows.compactMap(\.value.value)) ?? .zero)
    return Explanation(
      shown.path.adding("navShare"), "part of the value on NAVs", value,
      formula: "value of the holdings valued by NAV / total value; NAVs are smoothed, so that risk looks small",
      onNav.map {
        let name = label($0.asset.id, $0.account?.id)
        return .init(name, Cell($0.value), base, figure: FigurePath("holdings", name, "value"))
      } + [.init("total value", .decimal(total), base, figure: scope.filter.isEmpty ? FigurePath("overview", "value") : nil)],
      steps: quotient(sum, total, value))
  }
}
