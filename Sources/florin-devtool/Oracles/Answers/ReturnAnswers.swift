import Amounts

/// Questions about a portfolio's values and time-weighted return.
enum ReturnAnswers {
  /// `performance` over a span. The source's first day is the one whose end value the span starts from, so Florin's is the next.
  static func report(_ book: CaseBook, after first: Day?, to last: Day?, _ more: [String] = []) throws(Failure) -> JSONValue {
    var words = ["performance"] + more
    if let first { words += ["--from", "\(first + 1)"] }
    if let last { words += ["--to", "\(last)"] }
    return try book.ask(words)
  }

  /// `twr`: daily returns, what they chain to, and weeks.
  static func timeWeighted(_ run: inout CaseRun) throws(Failure) {
    let book = try run.book()
    guard let first = run.oracle.asked("from").flatMap({ Day($0) }), let last = run.oracle.asked("to").flatMap({ Day($0) }) else {
      throw Failure(message: "the question has no from and to")
    }
    let answer = try report(book, after: first, to: last)
    let rows = answer["rows"]?.elements ?? []
    try run.expect("twr", Got(answer, "twr"))
    if let wanted = run.take("twr_day_before") {
      run.compare("twr_day_before", Got(try report(book, after: first, to: last - 1), "twr"), wanted)
    }
    // Income where nothing was invested has no rate of return: the row says so.
    try run.expect("warnings", .exact(Decimal(rows.count { $0["return"]?.scalar == nil && $0["value"]?.scalar != "0" })))
    let rates = rows.map { Got($0, "return") }
    if let wanted = run.take("daily") { run.compareList("daily", [.exact(.zero)] + rates, wanted.elements) }
    let isWeekly = run.oracle.asked("frequency") == "week"
    let periods = isWeekly ? ReturnAnswers.weeks(rows) : rates
    if let wanted = run.take("periods") { run.compareList("periods", periods, wanted.elements) }
    if let wanted = run.take("accumulated") {
      var product = 1.0
      let chained: [Got] = periods.map { rate in
        product *= 1 + (rate.double ?? 0)
        return .rate(product - 1)
      }
      run.compareList("accumulated", isWeekly ? chained : [.exact(.zero)] + chained, wanted.elements)
    }
  }

  /// Daily returns chained over weeks that begin on Monday.
  private static func weeks(_ rows: [JSONValue]) -> [Got] {
    var found: [Double] = []
    var before: Day?
    for row in rows {
      guard let day = row["date"]?.scalar.flatMap({ Day($0) }) else { continue }
      let monday = day - (day.weekday - 1)
      if monday != before { found.append(1) }
      before = monday
      found[found.count - 1] *= 1 + (Got(row, "return").double ?? 0)
    }
    return found.map { .rate($0 - 1) }
  }

  /// `totals`: values of single days, interest and tax.
  static func totals(_ run: inout CaseRun) throws(Failure) {
    let book = try run.book()
    let last = run.oracle.asked("to").flatMap { Day($0) }
    for (key, _) in run.oracle.expected where key.hasPrefix("value_") {
      let day = key == "value_end" ? last : Day(key.dropFirst(6))
      guard let day else { continue }
      try run.expect(key, Got(try book.ask(["holdings", "--as-of", "\(day)"])["totals"], "value"))
    }
    let income = try book.rows(["income", "--by", "year"])
    try run.expect("interest_net", Sum.of(income.map { Got($0, "netBase") }))
    try run.expect("taxes", Sum.of(income.map { Got($0, "taxBase") }))
  }

  /// `returns`: what a portfolio gained and returned over a span that begins with its first deposit.
  static func returns(_ run: inout CaseRun) throws(Failure) {
    let book = try run.book()
    guard let first = run.oracle.asked("from").flatMap({ Day($0) }), let last = run.oracle.asked("to").flatMap({ Day($0) }) else {
      throw Failure(message: "the question has no from and to")
    }
    func answer(_ timing: String) throws(Failure) -> JSONValue { try report(book, after: first, to: last, ["--flows", timing]) }
    let split = try answer("split")
    let gain = Got(split, "gain")
    try run.expect("gain", gain)
    try run.expect("twr_flow_end_of_day", Got(try answer("end"), "twr"))
    try run.expect("twr_flow_start_of_day", Got(try answer("start"), "twr"))
    // What the source warns against: the gain over what there was at the start, deposits left aside.
    try run.expect("simple_return", Sum.ratio(gain, Got(split, "startValue")))
    if let bounds = run.take("return_between")?.elements.compactMap({ $0.scalar.flatMap { Double($0) } }), bounds.count == 2 {
      let rate = Got(split, "twr")
      let isInside = rate.double.map { $0 >= bounds[0] && $0 <= bounds[1] } ?? false
      run.note("return_between", got: rate.text, expected: "\(bounds[0]) to \(bounds[1])", isInside ? .equal : .differs)
    }
    if let series = run.oracle.whole["series"]?.elements {
      let rows = try report(book, after: nil, to: last)["rows"]?.elements ?? []
      for point in series where point.elements.count > 1 {
        let row = rows.first { $0["date"]?.scalar == point.elements[0].scalar }
        run.compare("value of \(point.elements[0].scalar ?? "?")", Got(row, "value"), point.elements[1])
      }
    }
  }
}
