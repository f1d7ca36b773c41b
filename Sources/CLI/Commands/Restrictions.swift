import Amounts
import Engine
import Reports

extension Command {
  /// What may be sold when.
  static let restrictions = Command(
    "restrictions", "what may be sold now, and when more", usage: "[--on DATE]",
    details: """
      free = held - the larger of locked units and the largest floor (frozen, unvested) - reservations (pledged, staked). Recorded locks
      come from florin.restrictions.v1 files; without one, what is typical for the asset's exemption is shown. Not legal advice.
      """,
    options: [Option("on", "DATE", "what is free at the end of this day (default: --as-of)")]
  ) { (context) throws(Failure) in
    let on: Day?
    do throws(UsageError) { on = try Context.day(context.arguments["on"], option: "--on") } catch { throw .usage(error) }
    let book = try context.book()
    let filter = try context.filter(RestrictionRow.columns)
    let report = RestrictionsReport(book, book.booked(asOf: context.asOf), asOf: context.asOf, on: on, filter: filter)
    context.write(report.document)
    return .ok
  }
}
