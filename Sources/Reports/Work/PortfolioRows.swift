public import Amounts

/// A choice of lot rule.
public struct RuleRow: Hashable, ReportRow {
  /// The portfolio; nil is every portfolio without a rule of its own.
  public var portfolio: String?
  /// The first day; nil is the beginning.
  public var from: Day?
  /// Which lots leave first.
  public var method: String
  /// Where lots are looked for.
  public var scope: String
  /// What becomes of trading fees.
  public var fees: String

  /// A choice.
  public init(portfolio: String?, from: Day?, method: String, scope: String, fees: String) {
    self.portfolio = portfolio
    self.from = from
    self.method = method
    self.scope = scope
    self.fees = fees
  }

  /// Portfolio, first day, method, scope, fee rule.
  public static let columns = [
    Column("portfolio", "Portfolio", .text), Column("from", "From", .day), Column("method", "Method", .text),
    Column("scope", "Scope", .text), Column("fees", "Fees", .text),
  ]

  /// The values, one for each column.
  public var cells: [Cell] { [Cell(portfolio), Cell(from), .text(method), .text(scope), .text(fees)] }
}

/// A portfolio with its accounts and the rule that holds in it.
public struct PortfolioRow: Hashable, ReportRow {
  /// Its name.
  public var portfolio: String
  /// The code of the currency of its totals; nil is the database's own.
  public var base: String?
  /// The zone of its days; nil is what is asked for.
  public var zone: String?
  /// The names of its accounts.
  public var accounts: [String]
  /// Which lots leave first.
  public var method: String
  /// Where lots are looked for.
  public var scope: String
  /// What becomes of trading fees.
  public var fees: String

  /// A portfolio.
  public init(portfolio: String, base: String?, zone: String?, accounts: [String], method: String, scope: String, fees: String) {
    self.portfolio = portfolio
    self.base = base
    self.zone = zone
    self.accounts = accounts
    self.method = method
    self.scope = scope
    self.fees = fees
  }

  /// Name, currency, zone, the rule, accounts.
  public static let columns = [
    Column("portfolio", "Portfolio", .text), Column("base", "Base", .text), Column("zone", "Zone", .text),
    Column("method", "Method", .text), Column("scope", "Scope", .text), Column("fees", "Fees", .text),
    Column("accounts", "Accounts", .text),
  ]

  /// The values, one for each column.
  public var cells: [Cell] {
    [.text(portfolio), Cell(base), Cell(zone), .text(method), .text(scope), .text(fees), .text(accounts.joined(separator: ", "))]
  }
}
