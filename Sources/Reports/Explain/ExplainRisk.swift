import Amounts
import Engine
import Glibc
import Ledger

/// Explains risk: the returns of periods and their spread, and the deepest fall.
extension Explainer {
  /// The returns that are counted, each with the name of its figure.
  private func counted(_ shown: ExplainedPerformance) -> [(name: String, rate: Double, figure: FigurePath, last: Day)] {
    let (days, calendar) = (shown.found.days, scope.question.calendar)
    let rates = calendar.rates(of: days)
    if calendar == .daily {
      return zip(days, rates).map { ("return", $1, shown.path.adding($0.day.description).adding("return"), $0.day) }
    }
    // The same periods again, by the days they end on; the first is left out where it is not whole.
    let spans = calendar.spans(of: days)
    return zip(spans, rates).map { span, rate in
      let name = calendar == .monthly ? IncomeGrid.Period.month.key(of: span.upperBound) : "\(span.lowerBound)..\(span.upperBound)"
      return ("return", rate, shown.path.adding(name), span.upperBound)
    }
  }

  func risk(_ shown: ExplainedPerformance, _ key: String, _ value: Cell) -> Explanation {
    let question = scope.question
    let periods = question.calendar.periods
    let counted = counted(shown)
    let rates = counted.map(\.rate)
    let n = Double(max(1, rates.count))
    let mean = rates.reduce(0, +) / n
    let squares = rates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let spread = sqrt(squares / Double(max(1, rates.count - 1)))
    let free = pow(1 + question.riskFree, 1 / periods) - 1
    let below = rates.reduce(0) { $0 + min(0, $1 - free) * min(0, $1 - free) }
    let downside = sqrt(below / n)
    let root = "root of \(Int(periods))"
    func text(_ number: Double) -> String { Statistic.text(number) }
    let count = Explanation.Input("returns, \(question.calendar.rawValue)", .integer(rates.count))
    let average = Explanation.Input("mean return", .statistic(mean))
    let freeInput = Explanation.Input(
      "risk-free return a period", .statistic(free), source: question.riskFree == 0 ? nil : "\(text(question.riskFree)) a year")
    let spreadStep = "root of (\(text(squares)) / \(max(1, rates.count - 1))) = \(text(spread))"
    let downsideStep = "root of (\(text(below)) / \(rates.count)) = \(text(downside))"
    var explanation = Explanation(shown.path.adding(key), "", value, formula: "", rounding: .statistic)
    switch key {
    case "volatility":
      explanation.title = "volatility"
      explanation.formula =
        "sample standard deviation of the returns, over their number less 1, x the root of the periods a year (\(Int(periods)))"
      explanation.inputs = [count, average, .init("sum of squared differences from the mean", .statistic(squares))]
      explanation.steps = [spreadStep, "\(text(spread)) x \(root) = \(value.exactText)"]
    case "downsideDeviation":
      explanation.title = "downside deviation"
      explanation.formula =
        "root of the mean square of what returns fall short of the risk-free rate, over all of them, x the root of the periods a year (\(Int(periods)))"
      explanation.inputs = [count, freeInput, .init("sum of squared shortfalls", .statistic(below))]
      explanation.steps = [downsideStep, "\(text(downside)) x \(root) = \(value.exactText)"]
    default:
      let isSharpe = key == "sharpe"
      explanation.title = isSharpe ? "Sharpe ratio" : "Sortino ratio"
      explanation.formula =
        "(mean return - risk-free return) / \(isSharpe ? "standard deviation" : "downside deviation over all periods") x the root of the periods a year"
      explanation.inputs = [
        count, average, freeInput,
        .init(
          isSharpe ? "standard deviation" : "downside deviation", .statistic(isSharpe ? spread : downside),
          figure: shown.path.adding(isSharpe ? "volatility" : "downsideDeviation")),
      ]
      explanation.steps = [
        isSharpe ? spreadStep : downsideStep,
        "(\(text(mean)) - \(text(free))) / \(text(isSharpe ? spread : downside)) x \(root) = \(value.exactText)",
      ]
    }
    if !value.isKnown { explanation.steps = [] }
    explanation.title += shown.label
    explanation.inputs += largest(counted).map { .init($0.name, .statistic($0.rate), date: $0.last, figure: $0.figure) }
    if counted.count > 500 { explanation.excluded = ["of \(counted.count) returns the 500 that are farthest from 0 are listed; all count"] }
    return explanation
  }

  /// The returns that are listed: all, or the 500 farthest from 0, in time.
  private func largest<Rest>(
    _ counted: [(name: String, rate: Double, figure: FigurePath, last: Rest)]
  ) -> [(
    name: String, rate: Double, figure: FigurePath, last: Rest
  )] {
    if counted.count <= 500 { return counted }
    let order = counted.indices.sorted { a, b in
      let (x, y) = (abs(counted[a].rate), abs(counted[b].rate))
      return x == y ? a < b : x > y
    }
    return order.prefix(500).sorted().map { counted[$0] }
  }

  // MARK: The deepest fall

  func fall(_ shown: ExplainedPerformance, _ key: String, _ value: Cell) -> Explanation {
    let found = shown.found
    let titles = [
      "drawdown": "deepest fall", "drawdownDays": "days from peak to recovery", "drawdownPeak": "peak before the deepest fall",
      "drawdownTrough": "trough of the deepest fall", "drawdownRecovered": "recovery from the deepest fall",
    ]
    let formulas = [
      "drawdown": "1 - index at the trough / index at the peak; the time-weighted index starts at 1 and is the product of 1 + return",
      "drawdownDays": "from the peak until the index is there again, or until now",
      "drawdownPeak":
        "the last day on which the index was higher than ever before, ahead of its deepest fall; the day before the first if it never rose",
      "drawdownTrough": "the day on which the index was farthest below its peak, as a part of the peak",
      "drawdownRecovered": "the first day after the trough on which the index is as high as at the peak",
    ]
    var explanation = Explanation(
      shown.path.adding(key), (titles[key] ?? key) + shown.label, value, formula: formulas[key] ?? "", rounding: .statistic)
    guard let fall = found.drawdown else { return explanation }
    func index(_ name: String, _ on: Day) -> Explanation.Input {
      let isStart = on < found.days.first?.day ?? on
      return .init(
        name, .statistic(Explainer.index(of: found, at: on)), date: on,
        figure: isStart ? nil : shown.path.adding(on.description).adding("index"))
    }
    explanation.inputs = [index("index at the peak", fall.peak), index("index at the trough", fall.trough)]
    if let recovered = fall.recovered {
      explanation.inputs.append(index("index at recovery", recovered))
    } else {
      explanation.inputs.append(index("index now, not recovered", found.question.to))
    }
    if key == "drawdown" {
      let (low, high) = (Explainer.index(of: found, at: fall.trough), Explainer.index(of: found, at: fall.peak))
      explanation.steps = ["1 - \(Statistic.text(low)) / \(Statistic.text(high)) = \(value.exactText)"]
    } else if key == "drawdownDays" {
      let last = found.days.last?.day ?? found.question.to
      explanation.steps = ["\(fall.recovered ?? last) - \(fall.peak) = \(value.exactText)"]
    }
    return explanation
  }

  /// The time-weighted index at the end of a day; 1 before the first.
  static func index(of found: Performance, at on: Day) -> Double {
    var product = 1.0
    for day in found.days where day.day <= on { product *= 1 + (day.rate ?? 0) }
    return product
  }
}

extension ReturnCalendar {
  /// The whole periods that ``rates(of:)`` counts, each by its first and last day.
  func spans(of days: [ReturnDay]) -> [ClosedRange<Day>] {
    guard let first = days.first?.day, let last = days.last?.day else { return [] }
    var found: [ClosedRange<Day>] = []
    var start = first
    var isWhole = self == .business || self == .daily || isEnd(first - 1)
    var day = first
    while day <= last {
      if isEnd(day) {
        if isWhole { found.append(start...day) }
        isWhole = true
        start = day + 1
      }
      day = day + 1
    }
    return found
  }

  private func isEnd(_ day: Day) -> Bool {
    switch self {
    case .daily: true
    case .business: day.weekday < 6
    case .weekly: day.weekday == 7
    case .monthly: (day + 1).civil.day == 1
    }
  }
}
