import Amounts
import Engine
import Ledger
import Reports
import Workspace

extension Command {
  /// Returns and risk.
  static let performance = Command(
    "performance", "returns, risk, a benchmark, and what contributed",
    usage: "[--from DATE] [--to DATE] [--benchmark ASSET] [--by PART] [--filter TEXT] [--flows TIMING] [--calendar DAYS] [--risk-free R]",
    details: """
      --from D starts from the value at the end of the day before D; D's own flows and return count. Deposits, withdrawals, deliveries
      and gifts are flows; income, rewards and fees are return. The time-weighted return (TWR) chains daily returns, by default
      (value + out) / (value before + in) - 1. XIRR is actual/365, the solution nearest 0.
      Rates are a year's only from 365 days on; before, XIRR is what the money made from its first flow on. Sharpe is the mean return above the
      risk-free rate over its deviation, Sortino over the downside deviation of all periods, Calmar TWR a year over the deepest fall.

      Until its first quote a unit counts at the price of the last purchase. What has no price at all, or no exchange rate, is left out,
      and what its value changes by is a flow, not a return.

      --by cuts the portfolio into parts. What is bought comes into an asset, what is sold or paid out leaves it; what crosses accounts
      counts at market value. A part's contribution is its end value - start value - net flows, and start value + net flows + all
      contributions = end value of the whole. contributionRatio is the contribution over the capital of the whole: start value, and each
      flow for the part of the time it was there.

      --filter narrows the figures to a part: fields asset, class, account, portfolio, as in --filter 'class=crypto account:Kraken'.
      --benchmark sets one unit of an asset beside it, converted at each day's rate, without what it pays out.
      """,
    options: [
      Option("from", "DATE", "the first day that counts (default: the first with anything)"),
      Option("to", "DATE", "the last day (default: --as-of)"),
      Option("benchmark", "ASSET", "an asset to compare with"),
      Option(
        "by", "PART", "rows of portfolio, account, asset or class instead of days",
        allowed: Breakdown.Dimension.allCases.map(\.rawValue)),
      Option("flows", "TIMING", "split (default), start or end of the day", allowed: FlowTiming.allCases.map(\.rawValue)),
      Option(
        "calendar", "DAYS", "periods of risk: daily (default, 365 a year), business (252), weekly (52), monthly (12)",
        allowed: ReturnCalendar.allCases.map(\.rawValue)),
      Option("risk-free", "RATE", "a year's rate without risk, as a fraction (default: 0)"),
    ]
  ) { (context) throws(Failure) in
    let question = try question(context)
    let filter = try context.filter(PlaceRow.columns)
    let book = try context.book()
    var benchmark: AssetID?
    if let wanted = context.arguments["benchmark"] { benchmark = try asset(wanted, book) }
    let booking = book.booked(asOf: question.to)
    let dimension = context.arguments["by"].flatMap { Breakdown.Dimension(rawValue: $0) }
    let names = Names(book)
    let isInside: ((AssetID, AccountID) -> Bool)? = filter.isEmpty ? nil : { filter.matches(PlaceRow(book, names, $0, $1)) }
    var report =
      if let isInside { PerformanceReport(book, booking, question, of: isInside, benchmark: benchmark) } else {
        PerformanceReport(book, booking, question, benchmark: benchmark)
      }
    if let dimension {
      report.breakdowns = [BreakdownReport(book, Breakdown(book, by: dimension, whole: report.performance, of: isInside))]
    }
    let isForPeople = (context.arguments["format"] ?? "table") == "table"
    if isForPeople, dimension == nil || context.arguments["section"] == "summary" {
      context.write(report.summary)
      if !report.months.isEmpty, context.arguments["section"] == nil {
        context.say("")
        context.write(report.monthTable)
      }
    } else if isForPeople {
      context.write(report.breakdownForPeople(by: dimension))
    } else {
      context.write(report.document(by: dimension))
    }
    return .ok
  }

  static func question(_ context: Context) throws(Failure) -> Performance.Question {
    var question = Performance.Question(to: context.asOf)
    do throws(UsageError) {
      question.from = try Context.day(context.arguments["from"], option: "--from")
      question.to = try Context.day(context.arguments["to"], option: "--to") ?? context.asOf
      if let from = question.from, from > question.to {
        let end = context.arguments["to"] != nil ? "--to" : context.arguments["as-of"] != nil ? "--as-of" : "today,"
        throw .emptySpan("--from \(from)", "\(end) \(question.to)")
      }
      if let text = context.arguments["risk-free"] {
        guard let rate = Decimal(text), rate > -1 else { throw .badNumber("--risk-free", text) }
        question.riskFree = rate.approximate
      }
    } catch {
      throw .usage(error)
    }
    question.timing = context.choice("flows", default: .split)
    question.calendar = context.choice("calendar", default: .daily)
    return question
  }

  /// The asset somebody means by a label.
  static func asset(_ text: String, _ book: Book) throws(Failure) -> AssetID {
    let labels = book.labels
    if let found = labels.filter({ $0.value == text }).keys.min() { return found }
    throw .workspace(.unknownAsset(text, nearest: Nearest.name(to: text, among: labels.values.sorted())))
  }
}
