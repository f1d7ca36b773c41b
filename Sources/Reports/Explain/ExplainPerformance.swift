import Amounts
import Engine
import Glibc
import Ledger

/// Explains returns and risk: the whole by month, a month by day, a day by value and flows.
extension Explainer {
  /// The figures of the performance report.
  var performanceKeys: [String] {
    [
      "startValue", "endValue", "netFlows", "gain", "twr", "twrAnnual", "xirr", "volatility", "sharpe", "sortino", "calmar", "drawdown",
      "drawdownDays", "navShare", "unknownFlows", "unpricedDays", "tradePricedDays",
    ]
  }

  /// `performance/FIGURE`, `performance/MONTH`, `performance/YEAR`, `performance/DAY/value|inflow|outflow|return`.
  func explainPerformance(_ rest: ArraySlice<String>) throws(ExplainError) -> Explanation {
    let parts = Array(rest)
    let typed = parts.first ?? "twr"
    if let on = Day(typed) { return try performance(on: on, parts.count > 1 ? parts[1] : nil) }
    if let period = Explainer.period(typed), period != .quarter { return try chained(typed, period) }
    guard let key = performanceKeys.first(where: { $0.lowercased() == typed.lowercased() }) else {
      throw .unknown(typed, near: near(typed, performanceKeys) + performanceKeys)
    }
    var explanation = performance(key)
    explanation.siblings = performanceKeys.map { FigurePath("performance", $0) }
    return explanation
  }

  private func performance(_ key: String) -> Explanation {
    let found = performance.performance
    let facts = performance.document(by: nil).facts
    let value = facts.first { $0.key == key }?.cell ?? .none
    func input(_ key: String, _ name: String? = nil, _ unit: String? = nil, _ date: Day? = nil) -> Explanation.Input {
      .init(
        name ?? TableWriter.heading(key), facts.first { $0.key == key }?.cell ?? .none, unit, date: date,
        figure: FigurePath("performance", key))
    }
    let first = found.days.first?.day
    let last = found.question.to
    func made(
      _ title: String, _ unit: String?, _ formula: String, _ inputs: [Explanation.Input], _ steps: [String] = [],
      _ rounds: Explanation.Rounds = .statistic
    ) -> Explanation {
      Explanation(FigurePath("performance", key), title, value, unit, formula: formula, inputs, steps: steps, rounding: rounds)
    }
    let rates = found.days.map { $0.rate ?? 0 }
    let n = Explanation.Input("days", .integer(rates.count), nil, date: last)
    switch key {
    case "startValue":
      return made("value at the start", base, "worth at the end of the day before the first", [.init("first day", Cell(first))], [], .sum)
    case "endValue":
      return made("value at the end", base, "worth at the end of the last day", [dayInput(last, "value")], [], .sum)
    case "netFlows":
      let flows = found.days.filter { !$0.inflow.isZero || !$0.outflow.isZero }
      let inputs = flows.map { day in
        let net = (try? day.inflow.subtracting(day.outflow)) ?? .zero
        return Explanation.Input(
          "flows of the day", .decimal(net), base, date: day.day,
          figure: FigurePath("performance", day.day.description, net.isNegative ? "outflow" : "inflow"))
      }
      return made(
        "net flows", base, "what came from outside - what went outside; income and fees are no flows", shortened(inputs),
        sumLine(inputs.compactMap { Explainer.number($0.value) }, base), .sum)
    case "gain":
      return made(
        "gain", base, "end value - start value - net flows",
        [input("endValue", nil, base, last), input("startValue", nil, base), input("netFlows", nil, base)],
        line(
          "\(found.endValue) - \(found.startValue) - \(found.netFlows)",
          try? found.endValue.subtracting(found.startValue).subtracting(found.netFlows), equals: value, base), .sum)
    case "twr":
      let years = yearsOf(found)
      return made(
        "time-weighted return", nil, "the product of 1 + return over all days, less 1; a day's return is \(dayFormula)",
        years.map { .init("\($0.year)", .statistic($0.rate), figure: FigurePath("performance", "\($0.year)")) },
        years.isEmpty ? [] : [years.map { "(1 + \(Statistic.text($0.rate)))" }.joined(separator: " x ") + " - 1 = " + value.exactText])
    case "twrAnnual":
      let count = found.days.count
      return made(
        "time-weighted return a year", nil, "(1 + twr)^(365 / days) - 1; not under 365 days", [input("twr"), n],
        found.twr.value.map { ["(1 + \(Statistic.text($0)))^(365 / \(count)) - 1 = \(value.exactText)"] } ?? [])
    case "xirr": return xirr(value)
    case "volatility":
      let (mean, spread) = Explainer.spread(counted(found))
      return made(
        "volatility", nil,
        "sample standard deviation of the returns x the root of the periods a year (\(Int(found.question.calendar.periods)))",
        [
          .init("returns", .integer(counted(found).count)), .init("mean return", .statistic(mean)),
          .init("standard deviation", .statistic(spread)),
        ],
        ["\(Statistic.text(spread)) x root of \(Int(found.question.calendar.periods)) = \(value.exactText)"])
    case "sharpe", "sortino":
      let (mean, spread) = Explainer.spread(counted(found))
      let periods = found.question.calendar.periods
      let free = pow(1 + found.question.riskFree, 1 / periods) - 1
      let down = Explainer.downside(counted(found), free)
      let isSharpe = key == "sharpe"
      return made(
        key == "sharpe" ? "Sharpe ratio" : "Sortino ratio", nil,
        "(mean return - risk-free return) / \(isSharpe ? "standard deviation" : "downside deviation over all days") x the root of the periods a year",
        [
          .init("mean return", .statistic(mean)), .init("risk-free return a period", .statistic(free)),
          .init(isSharpe ? "standard deviation" : "downside deviation", .statistic(isSharpe ? spread : down)),
        ],
        value.isKnown
          ? [
            "(\(Statistic.text(mean)) - \(Statistic.text(free))) / \(Statistic.text(isSharpe ? spread : down)) x root of \(Int(periods)) = \(value.exactText)"
          ] : [])
    case "calmar":
      return made(
        "Calmar ratio", nil, "time-weighted return a year / deepest fall",
        [input("twrAnnual", "return a year"), input("drawdown", "deepest fall")],
        value.isKnown
          ? ["\(Statistic.text(found.twrAnnual.value ?? 0)) / \(Statistic.text(found.drawdown?.depth ?? 0)) = \(value.exactText)"] : [])
    case "drawdown", "drawdownDays": return fall(key, value)
    case "navShare":
      let rows = holdings.rows.filter { $0.mode == .nav && $0.value.isKnown && !$0.quantity.isZero }
      let sum = Explainer.sum(rows.compactMap(\.value.value)) ?? .zero
      return made(
        "part of the value on NAVs", nil, "value of the holdings valued by NAV / total value; NAVs are smoothed, so that risk looks small",
        rows.map { .init($0.asset.text, Cell($0.value), base, figure: FigurePath("holdings", $0.asset.text, "value")) }
          + [.init("total value", .decimal(holdings.totals.value), base, figure: FigurePath("overview", "value"))],
        quotient(sum, holdings.totals.value, value), .product)
    case "unpricedDays":
      let days = found.days.filter { $0.unpriced > 0 }
      return made(
        "days with unpriced holdings", nil, "days on which something held had no price and is not in the value",
        days.suffix(500).map { .init("unpriced", .integer($0.unpriced), date: $0.day) }, [], .stated)
    case "tradePricedDays":
      return made(
        "days at a trade's price", nil, "days on which something held had no quote and counts at the price of its last purchase",
        found.days.filter { $0.atTrade > 0 }.suffix(500).map { .init("at the last purchase", .integer($0.atTrade), date: $0.day) }, [],
        .stated)
    default: return made(TableWriter.heading(key), nil, "flows whose worth is unknown: they are in no figure", [], [], .stated)
    }
  }

  /// How a day's return is made, in words.
  private var dayFormula: String {
    switch performance.performance.question.timing {
    case .split: "(value + out) / (value before + in) - 1"
    case .start: "value / (value before + in - out) - 1"
    case .end: "(value - in + out) / value before - 1"
    }
  }

  // MARK: Months and days

  private func yearsOf(_ found: Performance) -> [(year: Int, rate: Double)] {
    var years: [(year: Int, rate: Double)] = []
    for month in performance.months {
      if let last = years.last, last.year == month.year {
        years[years.count - 1].rate = (1 + last.rate) * (1 + month.rate) - 1
      } else {
        years.append((month.year, month.rate))
      }
    }
    return years
  }

  /// The return of a month or a year.
  private func chained(_ typed: String, _ period: IncomeGrid.Period) throws(ExplainError) -> Explanation {
    let year = Int(typed.prefix(4)) ?? 0
    let months = performance.months.filter {
      $0.year == year && (period == .year || period.key(of: Day(year: $0.year, month: $0.month, day: 1) ?? day) == typed)
    }
    guard !months.isEmpty else { throw .unknown(typed, near: near(typed, yearsOf(performance.performance).map { "\($0.year)" })) }
    let rate = months.reduce(1.0) { $0 * (1 + $1.rate) } - 1
    let path = FigurePath("performance", typed)
    if period == .year {
      return Explanation(
        path, "time-weighted return of \(typed)", .statistic(rate), formula: "the product of 1 + return over its months, less 1",
        months.map { month in
          let key = IncomeGrid.Period.month.key(of: Day(year: month.year, month: month.month, day: 1) ?? day)
          return .init(key, .statistic(month.rate), figure: FigurePath("performance", key))
        }, steps: [months.map { "(1 + \(Statistic.text($0.rate)))" }.joined(separator: " x ") + " - 1 = \(Statistic.text(rate))"],
        rounding: .statistic)
    }
    let days = performance.performance.days.filter { period.key(of: $0.day) == typed }
    return Explanation(
      path, "time-weighted return of \(typed)", .statistic(rate),
      formula: "the product of 1 + return over its days, less 1; a day's return is \(dayFormula)",
      days.map {
        .init(
          "\($0.day)", $0.rate.map { .statistic($0) } ?? .unknown(.zeroBase), date: $0.day,
          figure: FigurePath("performance", $0.day.description, "return"))
      },
      rounding: .statistic)
  }

  private func dayInput(_ on: Day, _ key: String) -> Explanation.Input {
    let row = performance.performance.days.last { $0.day == on }
    let value: Cell =
      row.map { key == "value" ? .decimal($0.value) : key == "inflow" ? .decimal($0.inflow) : .decimal($0.outflow) } ?? .none
    return .init("\(key) on \(on)", value, base, date: on, figure: FigurePath("performance", on.description, key))
  }

  private func performance(on: Day, _ typed: String?) throws(ExplainError) -> Explanation {
    let days = performance.performance.days
    guard let place = days.firstIndex(where: { $0.day == on }) else {
      throw .unknown(on.description, near: [days.first, days.last].compactMap { $0?.day.description })
    }
    let row = days[place]
    let key = try key(typed, in: PerformanceRow.columns, default: "return")
    let cells = PerformanceRow(day: row).cells
    let value = PerformanceRow.columns.firstIndex { $0.key == key }.map { cells[$0] } ?? .none
    let path = FigurePath("performance", on.description)
    var explanation: Explanation
    switch key {
    case "value": explanation = worth(on, path.adding(key), value)
    case "inflow", "outflow": explanation = flows(on, path.adding(key), value, isIn: key == "inflow")
    default:
      let before = place > 0 ? days[place - 1].value : performance.performance.startValue
      explanation = Explanation(
        path.adding(key), "return on \(on)", value, formula: dayFormula,
        [
          dayInput(on, "value"), dayInput(on, "inflow"), dayInput(on, "outflow"),
          place > 0
            ? dayInput(days[place - 1].day, "value")
            : .init("value before", .decimal(before), base, date: on - 1, figure: FigurePath("performance", "startValue")),
        ], rounding: .statistic)
      if performance.performance.question.timing == .split, value.isKnown {
        explanation.steps = ["(\(row.value) + \(row.outflow)) / (\(before) + \(row.inflow)) - 1 = \(value.exactText)"]
      }
    }
    explanation.siblings = siblings(path, PerformanceRow.columns)
    return explanation
  }

  /// What was held on a day, at that day's prices.
  private func worth(_ on: Day, _ path: FigurePath, _ value: Cell) -> Explanation {
    let steps = QuantitySteps(book, upTo: on)
    let then = Valuer(book: book, on: on)
    var inputs: [Explanation.Input] = []
    var missing: [String] = []
    for asset in steps.assets {
      let held = steps.quantity(of: asset, at: on)
      if held.isZero { continue }
      let label = names.asset(asset).text
      let worth = then.value(of: held, asset)
      if let why = worth.why { missing.append("\(label): \(why.text)") }
      inputs.append(
        .init(
          "\(NumberText.quantity(held)) \(label)", Cell(worth), base, date: then.unit(asset).day, source: then.unit(asset).source?.rawValue)
      )
    }
    let sum = Explainer.sum(inputs.compactMap { Explainer.number($0.value) })
    return Explanation(
      path, "value on \(on)", value, base, formula: "the sum of quantity x unit value x exchange rate at the end of the day", inputs,
      steps: sum.map { .decimal($0) } == value ? sumLine(inputs.compactMap { Explainer.number($0.value) }, base) : [], excluded: missing)
  }

  private func flows(_ on: Day, _ path: FigurePath, _ value: Cell, isIn: Bool) -> Explanation {
    let kinds: Set<EventKind> = [.deposit, .deliveryIn, .giftIn, .adjust, .withdraw, .deliveryOut, .giftOut, .donateOut]
    let events = book.events
    let (start, end) = (
      events.firstIndex(after: book.settings.zone.end(of: on - 1)), events.firstIndex(after: book.settings.zone.end(of: on))
    )
    let inputs = (start..<end).filter { kinds.contains(events.kind(at: $0)) && events.status(at: $0) != .void }.map {
      eventInput($0, nil, nil)
    }
    return Explanation(
      path, "\(isIn ? "inflow" : "outflow") on \(on)", value, base,
      formula: "deposits, withdrawals, deliveries, gifts and corrections of the day: cash at the day's rate, units at the day's unit value",
      inputs)
  }

  // MARK: Statistics

  /// The returns that are counted.
  private func counted(_ found: Performance) -> [Double] {
    found.question.calendar.rates(of: found.days)
  }

  static func spread(_ rates: [Double]) -> (mean: Double, deviation: Double) {
    let mean = rates.reduce(0, +) / Double(max(1, rates.count))
    return (mean, sqrt(rates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, rates.count - 1))))
  }

  static func downside(_ rates: [Double], _ free: Double) -> Double {
    sqrt(rates.reduce(0) { $0 + min(0, $1 - free) * min(0, $1 - free) } / Double(max(1, rates.count)))
  }

  private func xirr(_ value: Cell) -> Explanation {
    let found = performance.performance
    var inputs: [Explanation.Input] = []
    if let first = found.days.first, !found.startValue.isZero {
      inputs.append(
        .init("start value", .decimal(-found.startValue), base, date: first.day - 1, figure: FigurePath("performance", "startValue")))
    }
    for day in found.days where !day.inflow.isZero || !day.outflow.isZero {
      let net = (try? day.outflow.subtracting(day.inflow)) ?? .zero
      inputs.append(
        .init(
          net.isNegative ? "paid in" : "paid out", .decimal(net), base, date: day.day,
          figure: FigurePath("performance", day.day.description, net.isNegative ? "inflow" : "outflow")))
    }
    inputs.append(
      .init("end value", .decimal(found.endValue), base, date: found.question.to, figure: FigurePath("performance", "endValue")))
    var explanation = Explanation(
      FigurePath("performance", "xirr"), "money-weighted return", value,
      formula: "the rate r at which the sum of amount / (1 + r)^(days / 365) is zero, the root nearest 0"
        + (found.days.count >= 365 ? "" : "; under 365 days it is the return of the span, (1 + r)^(days / 365) - 1"), shortened(inputs),
      rounding: .statistic)
    explanation.steps = found.xirrRoots.map { "a root: \(Statistic.text($0))" }
    return explanation
  }

  private func fall(_ key: String, _ value: Cell) -> Explanation {
    let found = performance.performance
    var explanation = Explanation(
      FigurePath("performance", key), key == "drawdown" ? "deepest fall" : "days from peak to recovery", value,
      formula: key == "drawdown"
        ? "1 - index at the trough / index at the peak; the time-weighted index starts at 1"
        : "from the peak until the index is there again, or until now",
      rounding: .statistic)
    guard let fall = found.drawdown else { return explanation }
    func index(at on: Day) -> Double { found.days.reduce(1.0) { $1.day <= on ? $0 * (1 + ($1.rate ?? 0)) : $0 } }
    explanation.inputs = [
      .init("index at the peak", .statistic(index(at: fall.peak)), date: fall.peak),
      .init("index at the trough", .statistic(index(at: fall.trough)), date: fall.trough),
      .init("recovered", fall.recovered.map { .day($0) } ?? .unknownBecause("not yet")),
    ]
    if key == "drawdown" {
      explanation.steps = ["1 - \(Statistic.text(index(at: fall.trough))) / \(Statistic.text(index(at: fall.peak))) = \(value.exactText)"]
    } else {
      explanation.steps = ["\(fall.recovered ?? found.question.to) - \(fall.peak) = \(value.exactText)"]
    }
    return explanation
  }
}
