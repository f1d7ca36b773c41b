import Amounts
import Engine
import Reports

extension Command {
  /// Returns and risk.
  static let performance = Command(
    "performance", "returns, risk and the deepest fall", usage: "[--from DATE] [--to DATE] [--flows TIMING]",
    details: """
      --from D starts from the value at the end of the day before D; D's own flows and return count. Deposits, withdrawals, deliveries
      and gifts are flows; income, rewards and fees are return. The time-weighted return chains daily returns, by default
      (value + out) / (value before + in) - 1. XIRR is actual/365, the solution nearest 0. Rates are a year's only from 365 days on.
      """,
    options: [
      Option("from", "DATE", "the first day that counts (default: the first with anything)"),
      Option("to", "DATE", "the last day (default: --as-of)"),
      Option("flows", "TIMING", "split (default), start or end of the day", allowed: FlowTiming.allCases.map(\.rawValue)),
      Option("calendar", "DAYS", "daily (default, 365 a year) or business (252)", allowed: ReturnCalendar.allCases.map(\.rawValue)),
      Option("risk-free", "RATE", "a year's rate without risk, as a fraction (default: 0)"),
    ]
  ) { (context) throws(Failure) in
    var question = Performance.Question(to: context.asOf)
    do throws(UsageError) {
      question.from = try Context.day(context.arguments["from"], option: "--from")
      question.to = try Context.day(context.arguments["to"], option: "--to") ?? context.asOf
      if let text = context.arguments["risk-free"] {
        guard let rate = Decimal(text) else { throw .badNumber("--risk-free", text) }
        question.riskFree = rate.approximate
      }
    } catch {
      throw .usage(error)
    }
    question.timing = context.choice("flows", default: .split)
    question.calendar = context.choice("calendar", default: .daily)
    let book = try context.book()
    let booking = book.booked(asOf: question.to)
    let document = PerformanceReport(book, booking, question).document
    // People want the figures; the days are for programs.
    context.write(context.arguments["format"] == nil || context.arguments["format"] == "table" ? document.withoutRows : document)
    return .ok
  }
}
