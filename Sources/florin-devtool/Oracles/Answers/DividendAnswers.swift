import Amounts

/// `dividends`: how many, how often, and how much a year on what was paid.
enum DividendAnswers {
  static func dividends(_ run: inout CaseRun) throws(Failure) {
    let book = try run.book()
    guard let last = run.oracle.activities.last?.day else { throw Failure(message: "the case has no activities") }
    let rows = try book.rows(["income", "--as-of", "\(last)"])
    let received = rows.filter { $0["status"]?.scalar == "received" }
    try run.expect("events", .exact(Decimal(received.count)))
    try run.expect("rate_per_year", Got(received.last, "yieldOnCost"))
    // The source calls it unknown where one payment shows no step.
    try run.expect("periodicity", .text(received.last?["frequency"]?.scalar?.uppercased() ?? (received.isEmpty ? "NONE" : "UNKNOWN")))
  }
}
