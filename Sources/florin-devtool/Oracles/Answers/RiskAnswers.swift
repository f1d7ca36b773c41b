import Amounts

/// One statistic of a series of returns.
enum RiskAnswers {
  /// `max_drawdown`, `sharpe`, `sortino`, ...: the series compounded, asked of the calendar its periods belong to.
  static func statistic(_ run: inout CaseRun) throws(Failure) {
    let oracle = run.oracle
    let rates = (oracle.whole["returns"]?.elements ?? []).compactMap { $0.scalar.flatMap { CaseNumber.decimal($0) } }
    guard let calendar = Calendar(rawValue: oracle.asked("period") ?? "daily"), !rates.isEmpty else {
      throw Failure(message: "no returns, or a period that is not known")
    }
    let days = calendar.ends(rates.count)
    let points = SeriesAnswers.compounded(zip(days, rates).map { ($0, $1) }, before: calendar.start)
    let book = try run.book(SeriesAnswers.content(oracle, points))
    var words = [
      "performance", "--from", "\(calendar.start + 1)", "--to", "\(days[days.count - 1])", "--calendar", calendar.option,
    ]
    if let least = oracle.asked("mar") ?? oracle.asked("risk_free"), let rate = CaseNumber.decimal(least) {
      words += ["--risk-free", "\(calendar.yearly(rate))"]
    }
    let answer = try book.ask(words)
    let short = OwnRule(
      "a yearly rate from less than a year is n/a in Florin (checked: its return of the span, compounded, gives the source's number)",
      demands: "nothing"
    ) { got in got.double == nil }
    try run.expect("max_drawdown", Got(answer, "drawdown"))
    try run.expect("cumulative_return", Got(answer, "twr"))
    try run.expect("annual_volatility", Got(answer, "volatility"))
    try run.expect("sharpe", Got(answer, "sharpe"))
    try run.expect("sortino", Got(answer, "sortino"))
    try run.expect("downside_risk", Got(answer, "downsideDeviation"))
    let annual = calendar.annual(Got(answer, "twr"), periods: rates.count)
    try yearly(&run, "annual_return", Got(answer, "twrAnnual"), annual, short)
    try yearly(&run, "calmar", Got(answer, "calmar"), Sum.ratio(annual, Got(answer, "drawdown")), short)
  }

  /// A yearly rate, which Florin does not give for less than a year; its other figures must lead to the source's.
  private static func yearly(
    _ run: inout CaseRun, _ key: String, _ got: Got, _ derived: Got, _ convention: OwnRule
  ) throws(Failure) {
    guard let wanted = run.oracle.answer(key)?.scalar.flatMap({ Double($0) }) else { return try run.expect(key, got) }
    let isDerived = derived.double.map { abs($0 - wanted) <= 1e-7 * max(1, abs(wanted)) } ?? false
    try run.expect(key, got, or: isDerived ? convention : nil)
  }

  /// How long a period of the returns is.
  private enum Calendar: String {
    case daily, weekly, monthly

    /// `--calendar`.
    var option: String { self == .daily ? "business" : rawValue }
    /// Periods a year.
    var periods: Int { self == .daily ? 252 : self == .weekly ? 52 : 12 }
    /// The day before the first period: a Friday, a Sunday, the last of a month.
    var start: Day { Day(ordinal: self == .daily ? 16_465 : self == .weekly ? 16_460 : 16_466) }

    /// The last days of so many periods.
    func ends(_ count: Int) -> [Day] {
      switch self {
      case .daily:
        var found: [Day] = []
        var day = start
        while found.count < count {
          day = day + 1
          if day.weekday < 6 { found.append(day) }
        }
        return found
      case .weekly: return (1...count).map { start + 7 * $0 }
      case .monthly: return (1...count).map { (start + 1).adding(months: $0) - 1 }
      }
    }

    /// A rate of one period as the yearly rate that compounds to it.
    func yearly(_ rate: Decimal) -> Decimal {
      var product = Decimal.one
      let factor = (try? Decimal.one.adding(rate)) ?? .one
      for _ in 0..<periods { product = (try? product.multiplied(by: factor)) ?? product }
      return (try? product.subtracting(.one)) ?? .zero
    }

    /// What a return over some periods is in a year.
    func annual(_ total: Got, periods count: Int) -> Got {
      total.double.map { .rate(power(1 + $0, Double(periods) / Double(count)) - 1) } ?? total
    }
  }
}
