import Amounts
import Engine
import Ledger

/// Explains what a part contributed, and the figures of a benchmark.
extension Explainer {
  /// A part's gain, or its share in the whole's capital.
  func contribution(_ shown: ExplainedPerformance, _ key: String) -> Explanation {
    let found = shown.found
    let money = ["endValue": found.endValue, "startValue": found.startValue, "netFlows": found.netFlows]
    let gain = found.gain
    if key == "contribution" {
      return Explanation(
        shown.path.adding(key), "contribution" + shown.label, .decimal(gain), base,
        formula: "end value - start value - net flows of the part; what moves between parts is a flow of both at one worth",
        ["endValue", "startValue", "netFlows"].map {
          .init(TableWriter.heading($0), money[$0].map { .decimal($0) } ?? .none, base, figure: shown.path.adding($0))
        }, steps: line("\(found.endValue) - \(found.startValue) - \(found.netFlows)", gain, equals: .decimal(gain), base), rounding: .sum)
    }
    let whole = performance.performance
    let capital = Breakdown.capital(of: whole)
    let share: Cell = capital > 0 ? .statistic(gain.approximate / capital) : .unknown(.zeroBase)
    return Explanation(
      shown.path.adding(key), "contribution\(shown.label), of the whole's capital", share,
      formula:
        "contribution / capital of the whole: its start value, and each flow for the part of the time it was there; what comes in counts from the start of its day, what goes out until its end",
      [
        .init("contribution", .decimal(gain), base, figure: shown.path.adding("contribution")),
        .init("start value of the whole", .decimal(whole.startValue), base, figure: FigurePath("performance", "startValue")),
        .init("net flows of the whole", .decimal(whole.netFlows), base, figure: FigurePath("performance", "netFlows")),
        .init("days", .integer(whole.days.count)), .init("capital", .statistic(capital), base),
      ], steps: share.isKnown ? ["\(gain) / \(Statistic.text(capital)) = \(share.exactText)"] : [], rounding: .statistic)
  }

  /// What is said of a benchmark that has no price at the start; nil where it has one, or none was asked for.
  func missingBenchmark(_ parts: [String]) -> Explanation? {
    guard let (label, figures) = performance.benchmark, case .unknown(let why) = figures.performance else { return nil }
    let path = FigurePath(["performance"] + parts)
    let first = performance.performance.days.first?.day
    return Explanation(
      path, "\(TableWriter.heading(parts[parts.count - 1])) of \(label.text)", .unknown(why),
      formula: "one unit of \(label.text) over the same days; it has no price at the start, so there is nothing to compare with",
      [.init("first day", Cell(first), figure: FigurePath("quote", "market", label.text, (first ?? day).description))], rounding: .statistic
    )
  }

  /// A figure of the benchmark as the report of the whole shows it.
  func benchmarkFigure(_ shown: ExplainedPerformance, _ key: String, _ value: Cell) -> Explanation {
    let inner = ["benchmarkTwr": "twr", "benchmarkTwrAnnual": "twrAnnual", "benchmarkVolatility": "volatility"][key] ?? "drawdown"
    let label = shown.report.benchmark?.label.text ?? ""
    let path = FigurePath("performance", "benchmark", inner)
    guard var explanation = try? explain(path) else {
      return Explanation(
        shown.path.adding(key), "\(TableWriter.heading(key)), \(label)", value,
        formula: "one unit of \(label) over the same days", rounding: .statistic)
    }
    explanation.formula += "; of one unit of \(label), converted at each day's rate, without what it pays out"
    explanation.figure = shown.path.adding(key)
    explanation.value = value
    return explanation
  }
}
