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
        "by", "WHAT", "disposal (default), asset, account, year or term", allowed: GainsReport.Grouping.allCases.map(\.rawValue))
    ] + Option.booking
  ) { (context) throws(Failure) in
    let book = try context.bookByOptions()
    let filter = try context.filter(GainRow.columns)
    let grouping = context.choice("by", default: GainsReport.Grouping.disposal)
    let booking = book.booked(asOf: context.asOf, pieces: true)
    context.write(GainsReport(book, booking, asOf: context.asOf, by: grouping, filter: filter).document(by: grouping))
    return .ok
  }
}
