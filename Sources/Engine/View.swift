public import Ledger

extension Book {
  /// The portfolios of the book, by name: the described ones, those that accounts are in, and the default one when an account is in it.
  public var allPortfolios: [Portfolio] {
    var found = Dictionary(uniqueKeysWithValues: portfolios.map { ($0.name, $0) })
    for account in accounts.values where found[account.portfolio] == nil {
      found[account.portfolio] = Portfolio(name: account.portfolio)
    }
    return found.values.sorted { $0.name < $1.name }
  }

  /// The accounts of some portfolios.
  public func accounts(of portfolios: Set<String>) -> Set<AccountID> {
    Set(accounts.values.filter { portfolios.contains($0.portfolio) }.map(\.id))
  }

  /// The book as seen from some portfolios: everything is booked, so that lots arrive with date and cost, and what is in other
  /// accounts is left out. What crosses the border counts as coming from or going outside.
  public func viewing(_ portfolios: [String]) -> Book {
    var book = self
    book.view = accounts(of: Set(portfolios))
    return book
  }

  /// Whether an account is in view.
  @inline(__always)
  public func isInView(_ account: AccountID) -> Bool { view?.contains(account) ?? true }

  /// Whether an event has a part in the view: one of its accounts is, or it is about all accounts.
  public func isInView(eventAt index: Int) -> Bool {
    guard let view else { return true }
    let (from, to) = (events.accounts[index], events.toAccounts[index])
    if from == 0 && to == 0 { return true }
    if view.contains(AccountID(from)) || view.contains(AccountID(to)) { return true }
    return events.extra(at: index)?.legs.contains { view.contains($0.account) } ?? false
  }
}

extension Booking {
  /// What of it is in some accounts; nil is all of it.
  public func narrowed(to accounts: Set<AccountID>?) -> Booking {
    guard let accounts else { return self }
    var booking = self
    booking.positions.removeAll { !accounts.contains($0.account) }
    booking.lots.removeAll { !accounts.contains($0.account) }
    booking.pieces.removeAll { !accounts.contains($0.account) }
    booking.receipts.removeAll { !accounts.contains($0.account) }
    booking.issues.removeAll { issue in issue.account.map { !accounts.contains($0) } ?? false }
    return booking
  }
}
