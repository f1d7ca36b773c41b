import Amounts

/// `security_performance`: one security, by two methods and as an investment of its own.
enum SecurityAnswers {
  static func performance(_ run: inout CaseRun) throws(Failure) {
    let book = try run.book()
    let oracle = run.oracle
    guard let asset = oracle.activities.last(where: { $0.type == "BUY" })?["asset"] else { throw Failure(message: "nothing is bought") }
    let last = oracle.asked("to").flatMap { Day($0) }
    func holding(_ method: String, _ scope: String) throws(Failure) -> JSONValue? {
      let booking = Matching(method: method, scope: scope, fees: "capitalized")
      return try book.rows(["holdings", "--closed"] + booking.options + Matching.until(last)).first { $0["asset"]?.scalar == asset }
    }
    let fifo = try holding("fifo", "account")
    let average = try holding("average", "global")
    try run.expect("quantity", Got(fifo, "quantity"))
    try run.expect("market_value", Got(fifo, "value"))
    for (key, row) in [("FIFO", fifo), ("AVERAGE", average), ("AVERAGE_global", average)] {
      try run.expect("cost_" + key, Got(row, "cost"))
      try run.expect("realized_" + key, Got(row, "realized"))
      try run.expect("unrealized_" + key, Got(row, "unrealized"))
    }
    try run.expect("delta", Sum.of([Got(fifo, "realized"), Got(fifo, "unrealized")]))
    let answer = try investment(&run, book, asset)
    try run.expect("twr", Got(answer, "twr"))
    try run.expect("max_drawdown", Got(answer, "drawdown"), or: firstPeak(run.oracle, answer))
    let roots = (answer["xirrRoots"]?.elements ?? []).compactMap { $0.scalar.flatMap { Double($0) } }
    try run.expect("irr", roots.min { abs($0) < abs($1) }.map { .rate($0) } ?? .none("no solution"))
    LogVolatility.compare(&run, answer, "volatility_period", "semi_deviation_period")
  }

  /// The source's first peak is the value at the end of the first day; Florin's index starts at 1 before it.
  private static func firstPeak(_ oracle: OracleCase, _ answer: JSONValue) -> OwnRule? {
    let rates = (answer["rows"]?.elements ?? []).compactMap { Got($0, "return").double }
    func deepest(_ start: Double, _ rates: ArraySlice<Double>) -> Double {
      var (index, peak, fall) = (start, start, 0.0)
      for rate in rates {
        index *= 1 + rate
        peak = max(peak, index)
        fall = max(fall, 1 - index / peak)
      }
      return fall
    }
    guard let first = rates.first, let wanted = oracle.answer("max_drawdown")?.scalar.flatMap({ Double($0) }),
      abs(deepest(1 + first, rates.dropFirst()) - wanted) < 1e-6
    else { return nil }
    return OwnRule(
      "the first peak is the value at the end of the first day; Florin's index starts at 1 before it (checked: from the first day on the source's number)",
      demands: deepest(1, rates[...]))
  }

  /// One asset as an investment of its own: what is bought comes in, what is sold goes out.
  private static func investment(_ run: inout CaseRun, _ book: CaseBook, _ asset: String) throws(Failure) -> JSONValue {
    let first = run.oracle.asked("from").flatMap { Day($0) }
    let last = run.oracle.asked("to").flatMap { Day($0) }
    return try ReturnAnswers.report(book, after: first, to: last, ["--filter", "asset=\"\(asset)\"", "--calendar", "business"])
  }

  /// `volatility` of a book: of the security, or of everything.
  static func volatility(_ run: inout CaseRun) throws(Failure) {
    let book = try run.book()
    let first = run.oracle.asked("from").flatMap { Day($0) }
    let last = run.oracle.asked("to").flatMap { Day($0) }
    let all = try ReturnAnswers.report(book, after: first, to: last, ["--calendar", "business"])
    LogVolatility.compare(&run, all, "volatility_period_portfolio", nil)
    LogVolatility.compare(&run, all, "volatility_period", "semi_deviation_period")
    if run.oracle.answer("volatility_period_security") != nil, let asset = run.oracle.asked("asset") {
      LogVolatility.compare(&run, try investment(&run, book, asset), "volatility_period_security", nil)
    }
  }
}
