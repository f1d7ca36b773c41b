import Amounts
import Engine
import Ledger

/// Explains the returns of years, months and days, and a day's value and flows by holding and by event.
extension Explainer {
  /// The return of a month or a year.
  func calendarReturn(_ shown: ExplainedPerformance, _ typed: String, _ period: IncomeGrid.Period) throws(ExplainError) -> Explanation {
    if period == .month {
      let days = shown.found.days.filter { period.key(of: $0.day) == typed }
      guard !days.isEmpty else { throw .unknown(typed, near: near(typed, shown.report.years.map { "\($0.year)" })) }
      return chained(shown, typed, days, "its days")
    }
    let year = Int(typed.prefix(4)) ?? 0
    let months = shown.report.months.filter { $0.year == year }
    guard !months.isEmpty else { throw .unknown(typed, near: near(typed, shown.report.years.map { "\($0.year)" })) }
    let rate = shown.report.years.first { $0.year == year }?.rate ?? 0
    var explanation = Explanation(
      shown.path.adding(typed), "time-weighted return\(shown.label) of \(typed)", .statistic(rate),
      formula: "the product of 1 + return over its months, less 1",
      months.map { month in
        let key = IncomeGrid.Period.month.key(of: Day(year: month.year, month: month.month, day: 1) ?? day)
        return .init(key, .statistic(month.rate), figure: shown.path.adding(key))
      }, steps: [months.map { "(1 + \(Statistic.text($0.rate)))" }.joined(separator: " x ") + " - 1 = \(Statistic.text(rate))"],
      rounding: .statistic)
    explanation.siblings = shown.report.years.map { shown.path.adding("\($0.year)") }
    return explanation
  }

  /// A chain of days' returns.
  func chained(_ shown: ExplainedPerformance, _ typed: String, _ days: [ReturnDay], _ what: String) -> Explanation {
    var rate = 0.0
    for day in days { rate = (1 + rate) * (1 + (day.rate ?? 0)) - 1 }
    // A month is told as the report tells it.
    if let month = shown.report.months.first(where: { month in
      days.first.map { $0.day.civil.year == month.year && $0.day.civil.month == month.month } ?? false
        && IncomeGrid.Period.month.key(of: days[0].day) == typed
    }) {
      rate = month.rate
    }
    var explanation = Explanation(
      shown.path.adding(typed), "time-weighted return\(shown.label) of \(typed)", days.isEmpty ? .unknown(.nothing) : .statistic(rate),
      formula: "the product of 1 + return over \(what), less 1; a day's return is \(dayFormula)",
      days.map {
        .init(
          "\($0.day)", $0.rate.map { .statistic($0) } ?? .unknown(.nothing), date: $0.day,
          figure: shown.path.adding($0.day.description).adding("return"))
      },
      rounding: .statistic)
    if IncomeGrid.Period.month.key(of: days.first?.day ?? day) == typed {
      explanation.siblings = shown.report.months.compactMap { month in
        Day(year: month.year, month: month.month, day: 1).map { shown.path.adding(IncomeGrid.Period.month.key(of: $0)) }
      }
    }
    return explanation
  }

  func dayInput(_ shown: ExplainedPerformance, _ on: Day, _ key: String, _ name: String? = nil) -> Explanation.Input {
    let row = shown.found.days.last { $0.day == on }
    let value: Cell =
      row.map { key == "value" ? .decimal($0.value) : key == "inflow" ? .decimal($0.inflow) : .decimal($0.outflow) } ?? .none
    return .init(name ?? "\(key) on \(on)", value, base, date: on, figure: shown.path.adding(on.description).adding(key))
  }

  /// A day's value, flows, return, or the index at its end.
  func dayFigure(_ shown: ExplainedPerformance, _ on: Day, _ typed: String?) throws(ExplainError) -> Explanation {
    let days = shown.found.days
    guard let place = days.firstIndex(where: { $0.day == on }) else {
      throw .unknown(on.description, near: [days.first, days.last].compactMap { $0?.day.description })
    }
    let row = days[place]
    let path = shown.path.adding(on.description)
    let keys = PerformanceRow.columns.filter { Explainer.isFigure($0) }.map(\.key) + ["index"]
    let key: String
    if let typed, typed.lowercased() == "index" {
      key = "index"
    } else if let typed, typed.lowercased() == "benchmark", shown.report.benchmark != nil {
      return try benchmarkIndex(shown, on, place)
    } else {
      key = try self.key(typed, in: PerformanceRow.columns, default: "return")
    }
    let cells = PerformanceRow(day: row).cells
    let value = PerformanceRow.columns.firstIndex { $0.key == key }.map { cells[$0] } ?? .none
    var explanation: Explanation
    switch key {
    case "value": explanation = worth(shown, on, path.adding(key), value)
    case "inflow", "outflow": explanation = flows(shown, on, path.adding(key), value, isIn: key == "inflow")
    case "index": explanation = index(shown, on, path.adding(key))
    default:
      let before = place > 0 ? days[place - 1].value : shown.found.startValue
      explanation = Explanation(
        path.adding(key), "return\(shown.label) on \(on)", value, formula: dayFormula,
        [
          dayInput(shown, on, "value"), dayInput(shown, on, "inflow"), dayInput(shown, on, "outflow"),
          place > 0
            ? dayInput(shown, days[place - 1].day, "value", "value before")
            : .init("value before", .decimal(before), base, date: on - 1, figure: shown.path.adding("startValue")),
        ], rounding: .statistic)
      if value.isKnown {
        let gain = "\(row.value) - \(before) - \(row.inflow) + \(row.outflow)"
        switch scope.question.timing {
        case .split: explanation.steps = ["(\(row.value) + \(row.outflow)) / (\(before) + \(row.inflow)) - 1 = \(value.exactText)"]
        case .start: explanation.steps = ["(\(gain)) / (\(before) + \(row.inflow) - \(row.outflow)) = \(value.exactText)"]
        case .end: explanation.steps = ["(\(gain)) / \(before) = \(value.exactText)"]
        }
      } else {
        explanation.excluded = ["nothing was invested: the divisor is not above zero"]
      }
    }
    explanation.siblings = keys.map { path.adding($0) }
    return explanation
  }

  /// The benchmark's index at the end of a day, as it stands beside the day.
  private func benchmarkIndex(_ shown: ExplainedPerformance, _ on: Day, _ place: Int) throws(ExplainError) -> Explanation {
    let figures = shown.report.benchmark?.figures
    let level = figures.flatMap { $0.index.indices.contains(place) ? $0.index[place] : nil }
    let path = shown.path.adding(on.description).adding("benchmark")
    var explanation = Explanation(
      path, "index of the benchmark on \(on)", level.map { .statistic($0) } ?? .unknown(.noPrice),
      formula: "one unit's worth on the day over its worth at the start, or at its first price", rounding: .statistic)
    guard level != nil, let (inner, _) = try? explainedPerformance(["benchmark", on.description]),
      let found = try? dayFigure(inner, on, "index")
    else { return explanation }
    explanation.inputs = found.inputs
    return explanation
  }

  private func index(_ shown: ExplainedPerformance, _ on: Day, _ path: FigurePath) -> Explanation {
    let (year, month, _) = on.civil
    let value = Cell.statistic(Explainer.index(of: shown.found, at: on))
    var parts: [(String, Double, FigurePath)] = shown.report.years.filter { $0.year < year }.map {
      ("\($0.year)", $0.rate, shown.path.adding("\($0.year)"))
    }
    for known in shown.report.months where known.year == year && known.month < month {
      guard let first = Day(year: year, month: known.month, day: 1) else { continue }
      let key = IncomeGrid.Period.month.key(of: first)
      parts.append((key, known.rate, shown.path.adding(key)))
    }
    for known in shown.found.days where known.day.civil.year == year && known.day.civil.month == month && known.day <= on {
      parts.append((known.day.description, known.rate ?? 0, shown.path.adding(known.day.description).adding("return")))
    }
    return Explanation(
      path, "time-weighted index\(shown.label) on \(on)", value,
      formula: "the product of 1 + return over all days up to then, by year, month and day; 1 before the first",
      parts.map { .init($0.0, .statistic($0.1), figure: $0.2) }, rounding: .statistic)
  }

  /// What was held on a day, at that day's prices, one input a holding.
  func holdingInputs(_ shown: ExplainedPerformance, _ on: Day) -> [Explanation.Input] {
    guard let detail = detail(of: shown, on: on) else { return [] }
    let then = Valuer(book: book, on: on)
    return detail.holdings.filter { !$0.quantity.isZero }.map { holding in
      let unit = then.unit(holding.asset)
      let isOldest = unit.source == nil || holding.isAtTrade
      let figure: FigurePath? =
        isOldest || unit.source == .cash ? nil : quotePath(unit.source == .nav ? .nav : .close, holding.asset, on)
      let code = unit.price.value?.currency
      let rate = code.flatMap { $0 == valuer.base ? nil : FigurePath("rate", names.currency($0), base, on.description) }
      return .init(
        "\(NumberText.quantity(holding.quantity)) \(label(holding.asset, holding.account))",
        Cell(holding.worth), base, date: isOldest ? on : unit.day ?? on,
        source: holding.isAtTrade ? "at the price of the last purchase" : unit.source?.rawValue, figure: figure ?? rate)
    }
  }

  private func worth(_ shown: ExplainedPerformance, _ on: Day, _ path: FigurePath, _ value: Cell) -> Explanation {
    guard shown.part != nil else {
      let asset = scope.benchmark.map { names.asset($0).text } ?? ""
      return Explanation(
        path, "worth of the benchmark on \(on)", value, base,
        formula: "one unit of \(asset) as of the start, through its splits, at the day's price and exchange rate",
        [.init("\(asset) on \(on)", value, base, date: on, figure: FigurePath("quote", "market", asset, on.description))])
    }
    let inputs = holdingInputs(shown, on)
    let known = inputs.compactMap { Explainer.number($0.value) }
    let sum = Explainer.sum(known)
    return Explanation(
      path, "value\(shown.label) on \(on)", value, base,
      formula: "the sum of quantity x unit value x exchange rate at the end of the day", inputs,
      steps: sum.map { .decimal($0) } == value ? sumLine(known, base) : [],
      excluded: inputs.filter { !$0.value.isKnown }.map { "\($0.name): no price or no exchange rate on the day" })
  }

  private func flows(_ shown: ExplainedPerformance, _ on: Day, _ path: FigurePath, _ value: Cell, isIn: Bool) -> Explanation {
    guard let detail = detail(of: shown, on: on) else {
      return Explanation(path, "flows of the benchmark on \(on)", value, base, formula: "one unit is held all the time: nothing flows")
    }
    var inputs: [Explanation.Input] = []
    for movement in detail.movements {
      let amount = isIn ? movement.inflow : movement.outflow
      if !amount.isZero { inputs.append(eventInput(movement.event, .decimal(amount), base)) }
    }
    // What became known, or no longer is, is a flow that no event makes.
    for holding in detail.holdings where isIn == !holding.appeared.isNegative && !holding.appeared.isZero {
      let label = label(holding.asset, holding.account)
      inputs.append(
        .init(
          "worth of \(label) " + (isIn ? "became known" : "is no longer known"), .decimal(holding.appeared.magnitude), base, date: on,
          figure: FigurePath("quote", "market", names.asset(holding.asset).text, on.description)))
    }
    let amounts = inputs.compactMap { Explainer.number($0.value) }
    let words: String
    if case .everything? = shown.part {
      words = "deposits, withdrawals, deliveries, gifts and corrections of the day: cash at the day's rate, units at the day's unit value"
    } else {
      words =
        isIn
        ? "what came in on the day: purchases, deposits and what crossed from elsewhere, at the day's market value"
        : "what went out on the day: sales, payments, withdrawals and what crossed to elsewhere, at the day's market value"
    }
    return Explanation(
      path, "\(isIn ? "inflow" : "outflow")\(shown.label) on \(on)", value, base, formula: words, inputs,
      steps: Explainer.sum(amounts).map { .decimal($0) } == value ? sumLine(amounts, base) : [])
  }
}
