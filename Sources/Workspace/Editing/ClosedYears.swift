public import Amounts
import Archive
import Engine
import Importers
import Ledger
public import Reports

extension Workspace {
  /// The years that are closed, by year and portfolio, with what they froze and what would change.
  public func closedYearRows(base: String? = nil) throws(WorkspaceError) -> [ClosedYearRow] {
    ClosedYearRow.all(in: try book(base: base))
  }

  /// Freezes the matches of a year: what its events took from lots, and its gains. Can be undone.
  ///
  /// - Parameter portfolio: what people call it; nil is the default one.
  /// - Returns: the closed year.
  /// - Throws: `.closing` when the year is not over or closed already; `.noSuchPortfolio`.
  public func close(_ year: Int, portfolio title: String? = nil, now: Instant) throws(WorkspaceError) -> ClosedYearRow? {
    let book = try book()
    let portfolio = try title.map { (title) throws(WorkspaceError) in try Workspace.portfolio(title, in: book) } ?? ""
    if year >= zone.day(of: now).year { throw .closing(year, .notOver) }
    if book.closings.isClosed(year, of: portfolio) { throw .closing(year, .closedAlready) }
    let (pins, gains) = book.matches(of: year, in: portfolio)
    let base = book.assets[AssetID(book.settings.base)]?.symbol ?? ""
    _ = try recording(now) { (database) throws(ArchiveError) in
      try database.close(year, of: portfolio, base: base, pins: pins, gains: gains, at: now)
      return "close \(year)" + (title.map { " in \($0)" } ?? "")
    }
    return try closedYearRows().first { $0.year == year && $0.portfolio == Portfolio(name: portfolio).title }
  }

  /// Opens a closed year again, so that it follows the facts. Can be undone.
  ///
  /// - Throws: `.closing` when it is not closed; `.noSuchPortfolio`.
  public func reopen(_ year: Int, portfolio title: String? = nil, now: Instant) throws(WorkspaceError) {
    let portfolio = try title.map { (title) throws(WorkspaceError) in try knownPortfolio(title) } ?? ""
    let closed = try writing { (database) throws(ArchiveError) in try database.closedYears() }
    guard let found = closed.first(where: { $0.year == year && $0.portfolio == portfolio }) else { throw .closing(year, .notClosed) }
    _ = try recording(now) { (database) throws(ArchiveError) in
      try database.reopen(closing: found.id)
      return "reopen \(year)" + (title.map { " in \($0)" } ?? "")
    }
  }

  /// Brings the closed years into a book, their amounts in base turned into the book's. An asset or account that nothing else speaks of
  /// any more, because its import was taken back, is there by name.
  static func addClosings(to book: inout Book, from database: Database) throws(ArchiveError) {
    if book.closings.years.isEmpty { return }
    try readClosings(of: &book, from: database)
    var missing: Set<AccountID> = []
    for gain in book.closings.gains where book.accounts[gain.account] == nil { missing.insert(gain.account) }
    if !missing.isEmpty {
      for (name, id) in try database.accountNames() where missing.contains(id) {
        book.accounts[id] = Account(id: id, name: name)
      }
      for closed in book.closings.years where !closed.portfolio.isEmpty {
        for gain in try database.frozenGains(closing: closed.id) where missing.contains(gain.account) {
          book.accounts[gain.account]?.portfolio = closed.portfolio
        }
      }
    }
    var named: Set<AssetID> = []
    for gain in book.closings.gains {
      named.insert(gain.asset)
      for money in [gain.proceeds.value, gain.cost.value] { if let money { named.insert(AssetID(money.currency)) } }
    }
    if named.contains(where: { book.assets[$0] == nil }) {
      for (id, symbol) in try database.assetSymbols() where named.contains(id) && book.assets[id] == nil {
        book.assets[id] = Asset(id: id, symbol: symbol, assetClass: KnownMoney.isFiat(symbol) ? .cash : .other)
      }
    }
  }

  private static func readClosings(of book: inout Book, from database: Database) throws(ArchiveError) {
    let code = book.assets[AssetID(book.settings.base)]?.symbol
    for closed in book.closings.years {
      book.closings.pins += try database.pins(closing: closed.id)
      let gains = try database.frozenGains(closing: closed.id)
      book.closings.gains += closed.base == code ? gains : gains.map { $0.converted(by: book) }
    }
  }
}

extension GainPiece {
  /// The same in another currency of totals: proceeds at the rate of the disposal, cost at that of the acquisition.
  fileprivate func converted(by book: Book) -> GainPiece {
    func inBase(_ amount: Figure<Money>, _ at: Instant?) -> Figure<Decimal> {
      guard case .known(let money) = amount, let at else { return .unknown(amount.why ?? .unknownDate) }
      if money.currency == book.settings.base { return .known(money.amount) }
      return book.quotes.rate(from: money.currency, to: book.settings.base, on: book.settings.zone.day(of: at))
        .map { (rate) throws(DecimalError) in try money.amount.multiplied(by: rate) }
    }
    var gain = self
    gain.proceedsBase = inBase(proceeds, disposed)
    gain.costBase = inBase(cost, acquired)
    return gain
  }
}
