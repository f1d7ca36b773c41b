import Engine
import Reports

extension Command {
  /// Realised gains.
  static let gains = Command(
    "gains", "realised gains, matched lot by lot", usage: "[--by WHAT] [--method M] [--scope S] [--fees F]",
    details: """
      Proceeds, cost and gain are in the disposal's own currency, the base columns in the currency of totals: cost at the rate of the
      acquisition, proceeds at the rate of the disposal. A gain of unknown cost is unknown and in no total.
      """,
    options: [
      Option(
        "by", "WHAT", "disposal (default), asset, account, year or term", allowed: GainsReport.Grouping.allCases.map(\.rawValue)),
      Option("method", "METHOD", "which lots leave first", allowed: LotMethod.allCases.map(\.rawValue)),
      Option("scope", "SCOPE", "where lots are looked for", allowed: LotScope.allCases.map(\.rawValue)),
      Option("fees", "RULE", "whether fees are part of cost and proceeds", allowed: FeeRule.allCases.map(\.rawValue)),
    ]
  ) { (context) throws(Failure) in
    var book = try context.book()
    book.settings.method = context.choice("method", default: book.settings.method)
    book.settings.scope = context.choice("scope", default: book.settings.scope)
    book.settings.feeRule = context.choice("fees", default: book.settings.feeRule)
    let filter = try context.filter(GainRow.columns)
    let grouping = context.choice("by", default: GainsReport.Grouping.disposal)
    let booking = book.booked(asOf: context.asOf, pieces: true)
    context.write(GainsReport(book, booking, asOf: context.asOf, by: grouping, filter: filter).document(by: grouping))
    return .ok
  }
}
