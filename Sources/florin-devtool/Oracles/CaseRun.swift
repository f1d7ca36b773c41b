import Amounts

/// One number of a case, compared.
struct ComparedNumber {
  /// How the two compare.
  enum Verdict {
    /// Near enough.
    case equal
    /// Off, and Florin is to blame until shown otherwise.
    case differs
    /// Off because the source counts in another way; what Florin gives is what its own rule demands.
    case byConvention(String)
  }
  /// Which number.
  let name: String
  /// What Florin says.
  let got: String
  /// What the case says.
  let expected: String
  /// The outcome.
  let verdict: Verdict
}

/// What came out of a case.
struct CaseResult {
  let id: String
  let source: String
  let title: String
  let findings: [ComparedNumber]

  /// Whether every number was there and near enough, or off by a convention.
  var hasFailed: Bool {
    findings.isEmpty || findings.contains { if case .differs = $0.verdict { true } else { false } }
  }
  /// Why numbers rightly differ; empty when none does.
  var reasons: [String] {
    var found: [String] = []
    for finding in findings {
      if case .byConvention(let reason) = finding.verdict, !found.contains(reason) { found.append(reason) }
    }
    return found
  }

  /// An element of a file that is no case.
  static func unreadable(_ id: String, _ source: String) -> CaseResult {
    CaseResult(
      id: id, source: source, title: "",
      findings: [ComparedNumber(name: "case", got: "cannot be read", expected: "id, base_currency, question, expected", verdict: .differs)])
  }
}

/// Answers a case with what Florin's commands say.
struct CaseRun {
  /// The case.
  let oracle: OracleCase
  private(set) var findings: [ComparedNumber] = []
  private var unread: Set<String>
  private let tolerance: Decimal
  private var books: [CaseBook] = []

  private init(_ oracle: OracleCase) {
    self.oracle = oracle
    unread = Set(oracle.expected.map(\.key))
    tolerance = CaseNumber.decimal(oracle.tolerance) ?? .zero
  }

  /// Runs a case to its end; what goes wrong on the way is a failure of the case.
  static func result(of oracle: OracleCase) -> CaseResult {
    var run = CaseRun(oracle)
    defer { for book in run.books { book.remove() } }
    do throws(Failure) {
      if let answer = CaseRun.answers[oracle.report] {
        try answer(&run)
        for key in run.unread.sorted() {
          run.note(key, got: "not compared", expected: oracle.answer(key).map { brief($0) } ?? "", .differs)
        }
      } else {
        run.note("question", got: "this kind of question is not known", expected: oracle.report, .differs)
      }
    } catch {
      run.note("run", got: error.message, expected: "an answer", .differs)
    }
    return CaseResult(id: oracle.id, source: oracle.source, title: oracle.whole["title"]?.scalar ?? "", findings: run.findings)
  }

  /// Who answers which kind of question.
  private static let answers: [String: @Sendable (inout CaseRun) throws(Failure) -> Void] = [
    "lots_after_sale": LotAnswers.lotsAfterSale, "realized_gain": LotAnswers.realizedGain, "cost_basis": LotAnswers.costBasis,
    "gains": LotAnswers.gains, "realized_gain_by_year_and_kind": YearAnswers.byYearAndKind,
    "position_performance": PositionAnswers.performance, "holdings": PositionAnswers.holdings, "cash": PositionAnswers.cash,
    "returns": ReturnAnswers.returns, "twr": ReturnAnswers.timeWeighted, "totals": ReturnAnswers.totals, "irr": FlowAnswers.irr,
    "npv": FlowAnswers.npv, "roi": RoiAnswers.roi, "drawdown": SeriesAnswers.drawdown, "volatility": SeriesAnswers.volatility,
    "max_drawdown": RiskAnswers.statistic, "annual_return": RiskAnswers.statistic, "annual_volatility": RiskAnswers.statistic,
    "calmar": RiskAnswers.statistic, "sharpe": RiskAnswers.statistic, "downside_risk": RiskAnswers.statistic,
    "sortino": RiskAnswers.statistic, "cumulative_return": RiskAnswers.statistic, "trades": TradeAnswers.trades,
    "security_performance": SecurityAnswers.performance, "performance_breakdown": BreakdownAnswers.breakdown,
    "dividends": DividendAnswers.dividends,
  ]

  /// Whether the case wants its numbers to the last digit.
  var isExact: Bool { tolerance.isZero }

  // MARK: Books

  /// A database of the case, or of a changed case. It is taken away at the end.
  mutating func book(_ content: CaseBook.Content? = nil) throws(Failure) -> CaseBook {
    let book = try CaseBook(base: (content ?? CaseBook.Content(oracle)).base)
    books.append(book)
    try book.fill(with: content ?? CaseBook.Content(oracle))
    return book
  }

  // MARK: Comparing

  /// Compares a number the case asks for, if it does.
  ///
  /// - Parameter convention: why Florin may differ, and what its own rule then demands.
  mutating func expect(_ key: String, _ got: @autoclosure () throws(Failure) -> Got, or convention: OwnRule? = nil) throws(Failure) {
    guard unread.remove(key) != nil, let wanted = oracle.answer(key) else { return }
    compare(key, try got(), wanted, or: convention)
  }

  /// Takes an answer that is not a single number; the caller compares its parts.
  mutating func take(_ key: String) -> JSONValue? {
    unread.remove(key).flatMap { _ in oracle.answer(key) }
  }

  /// Compares a part of an answer.
  mutating func compare(_ name: String, _ got: Got, _ wanted: JSONValue, or convention: OwnRule? = nil, within: String? = nil) {
    let limit = within.flatMap { CaseNumber.decimal($0) } ?? tolerance
    let isEqual = CaseRun.isNear(got, wanted, limit)
    let verdict: ComparedNumber.Verdict =
      isEqual ? .equal : convention.map { $0.isMet(by: got) ? .byConvention($0.reason) : .differs } ?? .differs
    let demanded = isEqual ? "" : convention.map { "; Florin's rule demands \($0.demanded)" } ?? ""
    note(name, got: got.text, expected: CaseRun.brief(wanted) + demanded, verdict)
  }

  /// Records what the caller compared.
  mutating func note(_ name: String, got: String, expected: String, _ verdict: ComparedNumber.Verdict) {
    findings.append(ComparedNumber(name: name, got: got, expected: expected, verdict: verdict))
  }

  private static func isNear(_ got: Got, _ wanted: JSONValue, _ limit: Decimal) -> Bool {
    guard let text = wanted.scalar else {
      if case .null = wanted, case .none = got { return true }
      return false
    }
    switch got {
    case .exact(let value):
      guard let number = CaseNumber.decimal(text), let distance = try? value.subtracting(number).magnitude else { return false }
      return distance <= limit
    case .rate(let value):
      guard let number = Double(text) else { return false }
      return abs(value - number) <= limit.approximate
    case .text(let words): return words == text
    case .none: return false
    }
  }

  /// A JSON value as it is printed.
  static func brief(_ value: JSONValue) -> String {
    switch value {
    case .text(let text), .number(let text): text
    case .bool(let flag): "\(flag)"
    case .null: "null"
    case .array(let elements): "[" + elements.map(brief).joined(separator: ", ") + "]"
    case .object: "{" + value.members.map { "\($0.key): \(brief($0.value))" }.joined(separator: ", ") + "}"
    }
  }
}

/// A way of counting that Florin does not offer, and what Florin gives instead.
struct OwnRule {
  /// Why the numbers differ.
  let reason: String
  /// What Florin's own rule demands here, in words or as a number.
  let demanded: String
  private let holds: (Got) -> Bool

  /// Florin must give this number.
  init(_ reason: String, demands number: Double, within limit: Double = 1e-9) {
    self.reason = reason
    demanded = "\(number)"
    holds = { got in got.double.map { abs($0 - number) <= limit * max(1, abs(number)) } ?? false }
  }

  /// Florin must give this amount.
  init(_ reason: String, demands amount: Decimal, within limit: Decimal = Decimal(mantissa: 1, scale: 9)) {
    self.reason = reason
    demanded = "\(amount)"
    holds = { got in got.decimal.flatMap { try? $0.subtracting(amount).magnitude }.map { $0 <= limit } ?? false }
  }

  /// Florin must give something that meets a condition.
  init(_ reason: String, demands words: String, holds: @escaping (Got) -> Bool) {
    self.reason = reason
    demanded = words
    self.holds = holds
  }

  /// Whether what Florin gave is what its rule demands.
  func isMet(by got: Got) -> Bool { holds(got) }
}
