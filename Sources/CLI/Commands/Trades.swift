import Engine
import Reports

extension Command {
  /// Closed and open trades.
  static let trades = Command(
    "trades", "what each disposal and each holding made, with its rate of return", usage: "[--method M] [--scope S] [--fees F]",
    details: """
      A disposal closes a trade of the lots it took; what is left of an asset in an account is an open trade, at what it is worth.
      Amounts are in the currency of totals. IRR is actual/365 over the lots: a year's, or the span's when that is under 365 days.
      """,
    options: Option.booking
  ) { (context) throws(Failure) in
    let book = try context.bookByOptions()
    let filter = try context.filter(TradeRow.columns)
    let booking = book.booked(asOf: context.asOf, pieces: true)
    context.write(TradesReport(book, booking, asOf: context.asOf, filter: filter).document)
    return .ok
  }
}
