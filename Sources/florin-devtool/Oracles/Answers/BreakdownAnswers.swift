import Amounts

/// `performance_breakdown`: how the value at the start became the value at the end.
enum BreakdownAnswers {
  static func breakdown(_ run: inout CaseRun) throws(Failure) {
    let book = try run.book()
    let first = run.oracle.asked("from").flatMap { Day($0) }
    let last = run.oracle.asked("to").flatMap { Day($0) }
    let answer = try ReturnAnswers.report(book, after: first, to: last)
    let parts = answer["breakdown"]
    try run.expect("initial_value", Got(answer, "startValue"))
    try run.expect("final_value", Got(answer, "endValue"))
    try run.expect("transfers", Got(answer, "netFlows"))
    for (key, own) in [
      ("capital_gains", "unrealized"), ("realized_capital_gains", "realized"), ("earnings", "income"), ("fees", "fees"), ("taxes", "taxes"),
      ("currency_gains", "currency"),
    ] {
      try run.expect(key, Got(parts, own))
    }
  }
}
