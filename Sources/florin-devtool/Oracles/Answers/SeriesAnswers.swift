import Amounts
import Engine
import Glibc
import Ledger

/// Questions about a series of values or returns.
enum SeriesAnswers {
  /// A value on a day.
  struct Point {
    let day: Day
    let value: Decimal
  }

  /// A book with one unit of one asset from the first point on, bought for what it was then worth.
  static func content(_ oracle: OracleCase, _ points: [Point]) -> CaseBook.Content {
    var content = CaseBook.Content(oracle)
    content.prices = points.map { ["\($0.day)", "SEC", oracle.base, "\($0.value)", "close"] }
    guard let first = points.first else { return content }
    content.activities = [
      Activity([
        "date": "\(first.day)", "type": "DELIVERY_IN", "account": "A", "asset": "SEC", "quantity": "1", "gross": "\(first.value)",
        "currency": oracle.base,
      ])
    ]
    return content
  }

  /// 100 on the day before the first, then 100 x prod(1 + r) on each day.
  static func compounded(_ returns: [(day: Day, rate: Decimal)], before: Day) -> [Point] {
    var value = Decimal(100)
    var points = [Point(day: before, value: value)]
    for (day, rate) in returns {
      value = (try? value.adding(value.multiplied(by: rate, places: 30))) ?? value
      points.append(Point(day: day, value: value))
    }
    return points
  }

  /// `drawdown`: accumulated returns by day; the peak is the first value or a later one.
  static func drawdown(_ run: inout CaseRun) throws(Failure) {
    let points = (run.oracle.whole["series"]?.elements ?? []).compactMap { pair -> Point? in
      guard pair.elements.count == 2, let day = pair.elements[0].scalar.flatMap({ Day($0) }),
        let value = pair.elements[1].scalar.flatMap({ CaseNumber.decimal($0) }), let index = try? Decimal.one.adding(value)
      else { return nil }
      return Point(day: day, value: index)
    }
    guard let first = points.first, let last = points.last else { throw Failure(message: "the case has no series") }
    if points.contains(where: { !$0.value.isPositive }) { return try belowZero(&run, points) }
    let book = try run.book(content(run.oracle, points))
    let answer = try book.ask(["performance", "--from", "\(first.day)", "--to", "\(last.day)"])
    try run.expect("max_drawdown", Got(answer, "drawdown"))
    if let wanted = run.take("longest_recovery")?.elements, wanted.count == 2 {
      run.compare("recovery from", Got(answer, "drawdownTrough"), wanted[0])
      run.compare("recovery to", Got(answer, "drawdownRecovered"), wanted[1])
    }
    let rule = OwnRule(
      "a peak is left behind only by a higher one; in Florin a drawdown is over when the peak's height is reached again",
      demands: Double(length(points)))
    try run.expect("max_duration_days", Got(answer, "drawdownDays"), or: rule)
  }

  /// Days from the peak before the deepest fall until its height is reached again, or the end.
  private static func length(_ points: [Point]) -> Int {
    var peak = points[0]
    var deepest = 0.0
    var found = 0
    for (place, point) in points.enumerated() {
      if point.value >= peak.value { peak = point }
      let depth = 1 - point.value.approximate / peak.value.approximate
      if depth > deepest {
        deepest = depth
        let end = points[place...].first { $0.value >= peak.value } ?? points[points.count - 1]
        found = end.day - peak.day
      }
    }
    return found
  }

  /// No book can be worth less than nothing without owing: the engine is asked directly, as a unit test would.
  private static func belowZero(_ run: inout CaseRun, _ points: [Point]) throws(Failure) {
    var question = Performance.Question(from: points[0].day, to: points[points.count - 1].day)
    question.timing = .end
    var book = Book(settings: BookSettings(base: Currency(id: 1)))
    book.assets[AssetID(1)] = Asset(id: AssetID(1), symbol: run.oracle.base, assetClass: .cash, currency: run.oracle.base)
    let history = points.map { HistoryPoint(day: $0.day, value: $0.value, unpriced: 0) }
    let start = HistoryPoint(day: points[0].day - 1, value: points[0].value, unpriced: 0)
    let found = Performance(question, [start] + history, ExternalFlows(book, upTo: question.to))
    try run.expect("max_drawdown", found.drawdown.map { .rate($0.depth) } ?? .none("never below its peak"))
    try run.expect("max_duration_days", found.drawdown.map { .rate(Double(($0.recovered ?? question.to) - $0.peak)) } ?? .exact(.zero))
  }

  /// `volatility`: of log returns over the whole span. Florin's is of simple returns and a year's; the daily returns must be the same.
  static func volatility(_ run: inout CaseRun) throws(Failure) {
    if run.oracle.asked("from") != nil { return try SecurityAnswers.volatility(&run) }
    let returns = self.returns(run.oracle)
    guard let first = returns.first, let last = returns.last else { throw Failure(message: "the case has no returns") }
    let book = try run.book(content(run.oracle, compounded(returns, before: first.day - 1)))
    let words = ["performance", "--from", "\(first.day)", "--to", "\(last.day)", "--calendar", "business"]
    LogVolatility.compare(&run, try book.ask(words), "volatility_period", "semi_deviation_period")
  }

  /// The returns of a case with their days; without days, business days.
  static func returns(_ oracle: OracleCase) -> [(day: Day, rate: Decimal)] {
    if let series = oracle.whole["series"]?.elements {
      let dated = series.compactMap { pair -> (day: Day, rate: Decimal)? in
        guard pair.elements.count == 2, let day = pair.elements[0].scalar.flatMap({ Day($0) }),
          let rate = pair.elements[1].scalar.flatMap({ CaseNumber.decimal($0) })
        else { return nil }
        return (day, rate)
      }
      // The first is the day everything is measured from.
      return Array(dated.dropFirst())
    }
    guard var day = Day("2015-02-03") else { return [] }
    return (oracle.whole["returns"]?.elements ?? []).compactMap { $0.scalar.flatMap { CaseNumber.decimal($0) } }.map { rate in
      while day.weekday > 5 { day = day + 1 }
      defer { day = day + 1 }
      return (day, rate)
    }
  }
}

/// Volatility of log returns over a span, which is Portfolio Performance's.
enum LogVolatility {
  private static let reason =
    "volatility of log returns over the span; Florin's is of simple returns and a year's (checked: the same daily returns give the source's number)"

  /// Compares by the source's formula on Florin's daily returns, and Florin's own figure by its own formula on the same.
  ///
  /// The source leaves out the day on which an investment begins and the one on which all of it is sold.
  static func compare(_ run: inout CaseRun, _ answer: JSONValue, _ key: String, _ semi: String?) {
    let all = answer["rows"]?.elements ?? []
    var rows = all
    if answer["startValue"]?.scalar == "0", !rows.isEmpty { rows.removeFirst() }
    if rows.last?["value"]?.scalar == "0" { rows.removeLast() }
    rows = rows.filter { row in row["date"]?.scalar.flatMap { Day($0) }.map { !Holidays.isClosed($0) } ?? false }
    let logs = rows.map { log1p(Got($0, "return").double ?? 0) }
    let count = Double(logs.count)
    let mean = logs.reduce(0, +) / max(1, count)
    func spread(_ values: [Double]) -> Double {
      count < 2 ? 0 : sqrt(values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1) * count)
    }
    let own = Got(answer, "volatility")
    let isOwnRight = yearly(all).map { plain in own.double.map { abs($0 - plain) < 1e-9 } ?? false } ?? (own.double == nil)
    for (name, value) in [(key, spread(logs)), (semi ?? "", spread(logs.filter { $0 < mean }))] {
      guard let wanted = run.take(name) else { continue }
      let limit = max(CaseNumber.decimal(run.oracle.tolerance)?.approximate ?? 0, 1e-15)
      let isNear = wanted.scalar.flatMap { Double($0) }.map { abs($0 - value) <= limit } ?? false
      run.note(
        name, got: "\(own.text) a year; by the source's formula \(value)", expected: CaseRun.brief(wanted),
        isNear && isOwnRight ? .byConvention(reason) : .differs)
    }
  }

  /// Florin's volatility on the business calendar from its daily returns: weekends chained into Monday, sample deviation x sqrt 252.
  private static func yearly(_ rows: [JSONValue]) -> Double? {
    var rates: [Double] = []
    var chained = 1.0
    for row in rows {
      chained *= 1 + (Got(row, "return").double ?? 0)
      guard row["date"]?.scalar.flatMap({ Day($0) }).map({ $0.weekday < 6 }) ?? false else { continue }
      rates.append(chained - 1)
      chained = 1
    }
    guard rates.count > 1 else { return nil }
    let mean = rates.reduce(0, +) / Double(rates.count)
    return sqrt(rates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rates.count - 1) * 252)
  }
}

/// Days on which the source expects no price.
enum Holidays {
  /// Weekends, New Year, Good Friday, Easter Monday, 1 May, 25, 26 and 31 December.
  static func isClosed(_ day: Day) -> Bool {
    if day.weekday > 5 { return true }
    let text = "\(day)"
    if ["01-01", "05-01", "12-25", "12-26", "12-31"].contains(String(text.suffix(5))) { return true }
    let easter = Holidays.easter(Int(text.prefix(4)) ?? 2000)
    return day == easter - 2 || day == easter + 1
  }

  /// - Source: the anonymous Gregorian algorithm (Nature, 1876).
  private static func easter(_ year: Int) -> Day {
    let (a, b, c) = (year % 19, year / 100, year % 100)
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7
    let m = (a + 11 * h + 22 * l) / 451
    let (month, day) = ((h + l - 7 * m + 114) / 31, (h + l - 7 * m + 114) % 31 + 1)
    return Day(year: year, month: month, day: day) ?? Day(ordinal: 0)
  }
}
