import Engine
import Reports

extension Command {
  /// The first screen's figures.
  static let overview = Command(
    "overview", "total value, gain, income and what needs attention",
    details: "Rows are the notices: unpriced assets, stale NAVs, missing or short payments, units that left without having arrived."
  ) { (context) throws(Failure) in
    let book = try context.book()
    let booking = book.booked(asOf: context.asOf)
    context.write(OverviewReport(book, booking, asOf: context.asOf).document)
    return .ok
  }

  /// The notices alone.
  static let issues = Command(
    "issues", "what needs attention, heaviest first",
    details: """
      Severity is info, warning or error. Below the table stands for each issue the command that mends it: words in capitals are for you
      to fill in. JSON and CSV have it as `command`.
      """
  ) { (context) throws(Failure) in
    let book = try context.book()
    let filter = try context.filter(Notice.columns)
    let overview = OverviewReport(
      book, book.booked(asOf: context.asOf), asOf: context.asOf, valued: ValueHistory(book, upTo: context.asOf))
    let notices = overview.notices.filter(filter.matches)
    context.write(Document("issues", asOf: context.asOf, currency: overview.currency, rows: notices))
    if ["table", nil].contains(context.arguments["format"]) {
      for notice in notices {
        guard let remedy = notice.remedy else { continue }
        context.say(remedy.command.plain + "  # \(notice.kind.rawValue)" + (notice.asset.map { " " + $0.text.plain } ?? ""))
      }
    }
    return .ok
  }
}
