import Amounts
import Engine
import Ledger
import Reports

extension Command {
  /// Realised gains.
  static let gains = Command(
    "gains", "realised gains, matched lot by lot", usage: "[--by WHAT] [--method M] [--scope S] [--fees F]",
    details: """
      Proceeds, cost and gain are in the disposal's own currency, the base columns in the currency of totals: cost at the rate of the
      acquisition, proceeds at the rate of the disposal. A gain of unknown cost is unknown and in no total.
      gainBase = gainPrice + gainCurrency: gainCurrency is cost x (rate of the disposal - rate of the acquisition), gainPrice the rest.
        florin gains --by term --filter disposed:2025                 the gain of a year, short and long
        florin gains --by asset --method hifo --filter disposed:2025  what it would be by another method (florin rules says more)
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

  /// Cost basis over time.
  static let basis = Command(
    "basis", "what everything held had cost, month by month", usage: "[ASSET] [--by STEP] [--from DATE]",
    details: """
      Cost of the open lots at the end of each day, month or year, in the currency of totals at the rates of the acquisitions. The last
      row is --as-of. Units of unknown cost are in no figure; the column says of how many assets there are some.
      """,
    options: [
      Option("by", "STEP", "day, month (default) or year", allowed: BasisReport.Step.allCases.map(\.rawValue)),
      Option("from", "DATE", "the first day (default: that of the first event)"),
    ] + Option.booking
  ) { (context) throws(Failure) in
    let book = try context.bookByOptions()
    let from: Day?
    do throws(UsageError) { from = try Context.day(context.arguments["from"], option: "--from") } catch { throw .usage(error) }
    var asset: AssetID?
    if let word = context.arguments.operands.first {
      let labels = book.labels
      guard let found = labels.first(where: { $0.value == word })?.key else {
        throw .usage(
          .badValue(
            "ASSET", word, allowed: Array(labels.values.sorted().prefix(20)), nearest: Nearest.name(to: word, among: Array(labels.values))))
      }
      asset = found
    }
    let report = BasisReport(book, asOf: context.asOf, from: from, by: context.choice("by", default: BasisReport.Step.month), asset: asset)
    context.write(report.document)
    return .ok
  }
}
