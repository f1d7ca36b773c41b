import Engine
import Reports

extension Command {
  /// Payments.
  static let income = Command(
    "income", "dividends, rent, interest and rewards: declared, received, short, overdue, expected", usage: "[--by WHAT]",
    details: """
      A payment is overdue from the eighth day after its pay date, short or over beyond the larger of 0.5 % and 0.01. Expected
      payments of the next twelve months come from declarations, the issuer's policy, or what repeated itself; totals hold only
      what was received.
        florin income --filter 'pay:2026 status:received'   what was paid in a year
        florin income --by asset --filter pay:2026          the same, added up
      """,
    options: [
      Option(
        "by", "WHAT", "payment (default), month, quarter, year or asset", allowed: IncomeReport.Grouping.allCases.map(\.rawValue))
    ]
  ) { (context) throws(Failure) in
    let book = try context.book()
    let filter = try context.filter(IncomeRow.columns)
    let grouping = context.choice("by", default: IncomeReport.Grouping.payment)
    let report = IncomeReport(book, book.booked(asOf: context.asOf), asOf: context.asOf, by: grouping, filter: filter)
    context.write(report.document(by: grouping))
    return .ok
  }
}
