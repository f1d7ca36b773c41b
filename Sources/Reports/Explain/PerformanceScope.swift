public import Amounts
public import Engine
public import Ledger

/// What a performance is asked about, in the words of the command line.
public struct PerformanceScope: Hashable, Sendable {
  /// Period, timing of flows, calendar of risk, risk-free rate.
  public var question: Performance.Question
  /// What it is seen beside.
  public var benchmark: AssetID?
  /// Which assets in which accounts count.
  public var filter = Filter.all

  /// Everything up to a day.
  public init(to day: Day) { question = Performance.Question(to: day) }
}

/// A performance whose figures are explained: the whole's, a part's, or the benchmark's.
struct ExplainedPerformance {
  /// The beginning of its figures' names: `performance`, `performance/class/crypto`, `performance/benchmark`.
  var path: FigurePath
  /// Whose it is, in words: empty, ` of crypto`.
  var label: String
  var report: PerformanceReport
  /// What it is of; nil for a benchmark.
  var part: PerformancePart?

  var found: Performance { report.performance }
}

extension Explainer {
  /// Which assets in which accounts the performance is of; nil is everything in view.
  var performanceFilter: (@Sendable (AssetID, AccountID) -> Bool)? {
    if scope.filter.isEmpty { return nil }
    let (filter, book, names) = (scope.filter, book, names)
    return { filter.matches(PlaceRow(book, names, $0, $1)) }
  }

  /// What the performance is of.
  var performancePart: PerformancePart { performanceFilter.map { .places($0) } ?? .everything }

  /// The performance report that is asked about.
  var performance: PerformanceReport {
    if let wholePerformance { return wholePerformance }
    let made: PerformanceReport
    if let inside = performanceFilter {
      made = PerformanceReport(book, booking, scope.question, of: inside, benchmark: scope.benchmark)
    } else {
      let history = knownHistory ?? ValueHistory(book, upTo: day)
      made = PerformanceReport(
        book, booking, Performance(scope.question, history.points, ExternalFlows(book, history)), history, benchmark: scope.benchmark)
    }
    wholePerformance = made
    return made
  }

  /// The performance that a name begins with, and what is left of the name: `class/crypto/twr` is that of a part.
  func explainedPerformance(_ rest: ArraySlice<String>) throws(ExplainError) -> (ExplainedPerformance, [String]) {
    var parts = Array(rest)
    let path = FigurePath("performance")
    let whole = ExplainedPerformance(path: path, label: "", report: performance, part: performancePart)
    guard let first = parts.first?.lowercased() else { return (whole, parts) }
    if first == "benchmark", parts.count > 1 {
      parts.removeFirst()
      let benchmark = try benchmark()
      let label = whole.report.benchmark.map { " of " + $0.label.text } ?? ""
      return (ExplainedPerformance(path: path.adding("benchmark"), label: label, report: benchmark, part: nil), parts)
    }
    guard let dimension = Breakdown.Dimension(rawValue: first) else { return (whole, parts) }
    parts.removeFirst()
    let keys = performanceKeys(by: dimension)
    guard let typed = parts.first else { throw .unknown(first, near: keys.map(\.name)) }
    guard let key = keys.first(where: { $0.name == typed }) ?? keys.first(where: { $0.name.lowercased() == typed.lowercased() }) else {
      throw .unknown(typed, near: near(typed, keys.map(\.name)))
    }
    parts.removeFirst()
    let own = path.adding(dimension.rawValue).adding(key.name)
    let part = PerformancePart(key.key, of: book, inside: performanceFilter)
    if let known = partPerformances[own] {
      return (ExplainedPerformance(path: own, label: " of \(key.name)", report: known, part: part), parts)
    }
    var question = scope.question
    question.from = question.from ?? whole.found.days.first?.day
    let found = Performance(book, question, of: part)
    let made = PerformanceReport(book, booking, found, nil)
    partPerformances[own] = made
    return (ExplainedPerformance(path: own, label: " of \(key.name)", report: made, part: part), parts)
  }

  /// What a dimension cuts the book into.
  func performanceKeys(by dimension: Breakdown.Dimension) -> [(name: String, key: Breakdown.Key)] {
    switch dimension {
    case .asset: book.assets.keys.sorted().map { (names.asset($0).text, .asset($0)) }
    case .assetClass: AssetClass.allCases.map { ($0.rawValue, .assetClass($0)) }
    case .account: book.accounts.keys.sorted().map { (names.account($0).text, .account($0)) }
    case .portfolio: Set(book.accounts.values.map(\.portfolio)).sorted().map { ($0, .portfolio($0)) }
    }
  }

  /// How the benchmark did, as a report.
  private func benchmark() throws(ExplainError) -> PerformanceReport {
    if let benchmarkPerformance { return benchmarkPerformance }
    guard let figures = performance.benchmark?.figures, let found = figures.performance.value else {
      throw .unknown("benchmark", near: scope.benchmark == nil ? ["--benchmark ASSET"] : [])
    }
    let made = PerformanceReport(book, booking, found, nil)
    benchmarkPerformance = made
    return made
  }

  /// What makes a day of a performance.
  func detail(of shown: ExplainedPerformance, on day: Day) -> DayDetail? {
    guard let part = shown.part else { return nil }
    let key = shown.path.adding(day.description)
    if let known = dayDetails[key] { return known }
    let made = DayDetail(book, on: day, of: part)
    dayDetails[key] = made
    return made
  }
}
