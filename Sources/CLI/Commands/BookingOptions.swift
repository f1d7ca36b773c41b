import Engine

extension Option {
  /// How disposals are matched with lots, for the commands that show what follows from it.
  static let booking = [
    Option(
      "method", "METHOD", "which lots leave first: fifo, lifo, hifo (dearest), lofo (cheapest), average or specific",
      allowed: LotMethod.allCases.map(\.rawValue)),
    Option(
      "scope", "SCOPE", "where lots are looked for: account or global (all accounts of a portfolio)",
      allowed: LotScope.allCases.map(\.rawValue)),
    Option("fees", "RULE", "trading fees: capitalized (part of cost and proceeds) or separate", allowed: FeeRule.allCases.map(\.rawValue)),
  ]
}

extension Context {
  /// The book, read as the booking options say and otherwise as it is set. They replace every rule of every day and portfolio,
  /// and look behind closed years: they ask what would be.
  func bookByOptions() throws(Failure) -> Book {
    var book = try book()
    if ["method", "scope", "fees"].contains(where: { arguments[$0] != nil }) {
      book = book.reopened
      book.settings.rules = []
    }
    book.settings.method = choice("method", default: book.settings.method)
    book.settings.scope = choice("scope", default: book.settings.scope)
    book.settings.feeRule = choice("fees", default: book.settings.feeRule)
    return book
  }

  /// The positions as the booking options say; what is kept ready serves only when there are none.
  func positionsByOptions() throws(Failure) -> (book: Book, booking: Booking) {
    if ["method", "scope", "fees"].allSatisfy({ arguments[$0] == nil }) { return try positions() }
    let book = try bookByOptions()
    return (book, book.booked(asOf: asOf))
  }
}
