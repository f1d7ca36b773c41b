import Amounts
import Reports

extension Command {
  /// What was paid in fees and taxes.
  static let charges = Command(
    "charges", "fees, taxes and interest paid, by asset, account, year or kind", usage: "[--by WHAT]",
    details: """
      A trade's fee is in its cost or proceeds, what income bears is in the income: both are under `in cost or income`. What is outside
      (rows of fees and taxes, fees of transfers, taxes of trades) lowers the return of the overview. Refunds are taken off.
      """,
    options: [
      Option(
        "by", "WHAT", ChargesReport.Grouping.allCases.map(\.rawValue).joined(separator: ", "),
        allowed: ChargesReport.Grouping.allCases.map(\.rawValue))
    ]
  ) { (context) throws(Failure) in
    let book = try context.book()
    let filter = try context.filter(ChargeRow.columns)
    context.write(ChargesReport(book, asOf: context.asOf, by: context.choice("by", default: .asset), filter: filter).document)
    return .ok
  }
}
