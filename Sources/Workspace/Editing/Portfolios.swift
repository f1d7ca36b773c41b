public import Amounts
import Archive
public import Engine
public import Ledger
public import Reports

/// What is to become of a portfolio; nil leaves it as it is.
public struct PortfolioChange: Hashable, Sendable {
  /// The code of the currency of its totals; empty is the database's own.
  public var base: String?
  /// The zone of its days; empty is what is asked for.
  public var zone: String?
  /// Names of the accounts that are put into it.
  public var accounts: [String]

  /// A change.
  public init(base: String? = nil, zone: String? = nil, accounts: [String] = []) {
    self.base = base
    self.zone = zone
    self.accounts = accounts
  }
}

extension Workspace {
  /// What is said of portfolios.
  public func portfolios() throws(WorkspaceError) -> [Portfolio] {
    try writing { (database) throws(ArchiveError) in try database.portfolios() }
  }

  /// All portfolios, by name.
  public func portfolioRows(asOf: Day) throws(WorkspaceError) -> [PortfolioRow] {
    let book = try book(.facts)
    return book.allPortfolios.map { portfolio in
      let rule = book.settings.rule(of: portfolio.name, on: asOf)
      return PortfolioRow(
        portfolio: portfolio.title, base: portfolio.base.isEmpty ? nil : portfolio.base,
        zone: portfolio.zone.isEmpty ? nil : portfolio.zone,
        accounts: book.accounts.values.filter { $0.portfolio == portfolio.name }.map(\.name).sorted(), method: rule.method.rawValue,
        scope: rule.scope.rawValue, fees: rule.feeRule.rawValue)
    }
  }

  /// Makes a portfolio, or changes what is said of it and puts accounts into it. Can be undone.
  ///
  /// - Throws: `.unknownCurrency`, `.noSuchAccount`.
  public func setPortfolio(_ title: String, _ change: PortfolioChange, now: Instant) throws(WorkspaceError) {
    let name = title == Portfolio.defaultName ? "" : title
    let book = try book(.facts, base: change.base.flatMap { $0.isEmpty ? nil : $0 })
    var moved: [AccountID] = []
    for account in change.accounts {
      guard let found = book.accounts.values.first(where: { $0.name == account }) else {
        throw .noSuchAccount(account, known: book.accounts.values.map(\.name).sorted())
      }
      if found.portfolio != name { moved.append(found.id) }
    }
    var portfolio = book.portfolios.first { $0.name == name } ?? Portfolio(name: name)
    portfolio.base = change.base ?? portfolio.base
    portfolio.zone = change.zone ?? portfolio.zone
    let isNew = !book.allPortfolios.contains { $0.name == name }
    _ = try recording(now) { (database) throws(ArchiveError) in
      try database.set(portfolio)
      if !moved.isEmpty {
        let batch = try database.insertBatch(kind: "edit", source: "florin.edit", file: "", at: now)
        for account in moved { try database.setFact("portfolio", name, of: account, batch: batch) }
      }
      return (isNew ? "new portfolio " : "portfolio ") + portfolio.title
        + (moved.isEmpty ? "" : ": " + change.accounts.joined(separator: ", "))
    }
  }

  /// The stored name of a portfolio that exists.
  ///
  /// - Throws: `.noSuchPortfolio`.
  func knownPortfolio(_ title: String) throws(WorkspaceError) -> String {
    try Workspace.portfolio(title, in: book(.facts))
  }

  /// The stored name of a portfolio of a book, by what people call it.
  ///
  /// - Throws: `.noSuchPortfolio`.
  public static func portfolio(_ title: String, in book: Book) throws(WorkspaceError) -> String {
    let name = title == Portfolio.defaultName ? "" : title
    let all = book.allPortfolios
    guard all.contains(where: { $0.name == name }) else { throw .noSuchPortfolio(title, known: all.map(\.title)) }
    return name
  }
}
