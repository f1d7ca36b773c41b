import Amounts
import Engine
import Ledger
import Reports

/// What the performance screen wants to know.
public struct PerformanceQuery: Hashable, Sendable {
  /// How many days back; nil is everything.
  var days: Int?
  /// What it is seen beside.
  var benchmark: AssetID?
  /// What it is cut by; nil leaves it whole.
  var dimension: Breakdown.Dimension?
}

/// How the portfolio did, for one question.
public struct PerformanceAnswer: Sendable {
  /// The question.
  var query: PerformanceQuery
  /// The answer; nil when it could not be worked out.
  var report: PerformanceReport?
  /// The returns of all months, whatever was asked.
  var months: [PerformanceReport.Month]
  /// Whether the database has changed since.
  var isOld = false

  /// Works an answer out.
  init(_ query: PerformanceQuery, _ book: Book, _ booking: Booking, _ history: ValueHistory, asOf day: Day) {
    self.query = query
    let flows = ExternalFlows(book, history)
    var question = Performance.Question(to: day)
    question.from = query.days.map { day - $0 + 1 }
    var report = PerformanceReport(
      book, booking, Performance(question, history.points, flows), history, benchmark: query.benchmark)
    if let dimension = query.dimension {
      report.breakdowns = [BreakdownReport(book, Breakdown(book, by: dimension, whole: report.performance, wantsXIRR: false))]
    }
    self.report = report
    guard query.days != nil else {
      months = report.months
      return
    }
    var whole = Performance.Question(to: day)
    whole.wantsXIRR = false
    months = PerformanceReport.months(of: Performance(whole, history.points, flows).days)
  }

  /// No answer, and what was there before.
  init(failed query: PerformanceQuery, keeping old: PerformanceAnswer?) {
    self.query = query
    report = old?.report
    months = old?.months ?? []
  }
}
