public import Amounts
public import Ledger

/// A choice of lot rule as it is stored: plain words.
public struct StoredRule: Hashable, Sendable {
  /// The portfolio's name; empty is the default one.
  public var portfolio: String
  /// The first day it holds; nil is the beginning.
  public var from: Day?
  /// The lot method.
  public var method: String
  /// The lot scope.
  public var scope: String
  /// The fee rule.
  public var fees: String

  /// A choice.
  public init(portfolio: String, from: Day?, method: String, scope: String, fees: String) {
    self.portfolio = portfolio
    self.from = from
    self.method = method
    self.scope = scope
    self.fees = fees
  }
}

extension Database {
  /// The portfolios that were described, by name. Others exist because accounts are in them.
  public func portfolios() throws(ArchiveError) -> [Portfolio] {
    var found: [Portfolio] = []
    try statement("SELECT name, base, zone FROM portfolio ORDER BY name").forEach { (row) throws(ArchiveError) in
      found.append(Portfolio(name: row.text(0), base: row.text(1), zone: row.text(2)))
    }
    return found
  }

  /// Describes a portfolio; one that was not described before is made.
  public func set(_ portfolio: Portfolio) throws(ArchiveError) {
    let row = try statement(
      "INSERT INTO portfolio (name, base, zone) VALUES (?1, ?2, ?3) ON CONFLICT (name) DO UPDATE SET base = ?2, zone = ?3")
    row.bind(1, portfolio.name)
    row.bind(2, portfolio.base)
    row.bind(3, portfolio.zone)
    try row.execute()
  }

  /// The row id of a portfolio, which is made when it was not described before.
  public func portfolioID(_ name: String) throws(ArchiveError) -> Int64 {
    let make = try statement("INSERT INTO portfolio (name, base, zone) VALUES (?, '', '') ON CONFLICT (name) DO NOTHING")
    make.bind(1, name)
    try make.execute()
    let row = try statement("SELECT id FROM portfolio WHERE name = ?")
    row.bind(1, name)
    return try row.first { (row) throws(ArchiveError) in row.int(0) } ?? 0
  }

  /// The names of the portfolios by row id; the default one's is empty.
  public func portfolioNames() throws(ArchiveError) -> [Int64: String] {
    var found: [Int64: String] = [:]
    try statement("SELECT id, name FROM portfolio").forEach { (row) throws(ArchiveError) in found[row.int(0)] = row.text(1) }
    return found
  }

  // MARK: Lot rules

  /// The beginning, in the column of days.
  private static let beginning = Int64(Int32.min)

  /// All choices, by portfolio and day.
  public func lotRules() throws(ArchiveError) -> [StoredRule] {
    var found: [StoredRule] = []
    try statement(
      """
      SELECT p.name, r.from_day, r.method, r.scope, r.fees FROM lot_rule r JOIN portfolio p ON p.id = r.portfolio ORDER BY p.name, r.from_day
      """
    ).forEach { (row) throws(ArchiveError) in
      found.append(
        StoredRule(
          portfolio: row.text(0), from: row.int(1) == Database.beginning ? nil : Day(ordinal: Int32(truncatingIfNeeded: row.int(1))),
          method: row.text(2), scope: row.text(3), fees: row.text(4)))
    }
    return found
  }

  /// Stores a choice in place of the one of its portfolio and day.
  public func set(_ rule: StoredRule) throws(ArchiveError) {
    let portfolio = try portfolioID(rule.portfolio)
    let row = try statement("INSERT OR REPLACE INTO lot_rule (portfolio, from_day, method, scope, fees) VALUES (?, ?, ?, ?, ?)")
    row.bind(1, portfolio)
    row.bind(2, rule.from.map { Int64($0.ordinal) } ?? Database.beginning)
    row.bind(3, rule.method)
    row.bind(4, rule.scope)
    row.bind(5, rule.fees)
    try row.execute()
  }

  /// Forgets the choice of a portfolio and day.
  public func removeLotRule(of portfolio: String, from day: Day?) throws(ArchiveError) {
    let row = try statement("DELETE FROM lot_rule WHERE portfolio = (SELECT id FROM portfolio WHERE name = ?) AND from_day = ?")
    row.bind(1, portfolio)
    row.bind(2, day.map { Int64($0.ordinal) } ?? Database.beginning)
    try row.execute()
  }

  // MARK: Ids of sources

  /// The events that sources call by these ids, by id; reverted batches are left out.
  public func events(external ids: Set<String>) throws(ArchiveError) -> [String: [Int64]] {
    var found: [String: [Int64]] = [:]
    let list = "[" + ids.sorted().map { Database.quoted($0) }.joined(separator: ",") + "]"
    let rows = try statement(
      """
      SELECT e.external, e.id FROM event e JOIN batch b ON b.id = e.batch
      WHERE e.external IN (SELECT value FROM json_each(?)) AND b.state = 0 AND e.flags & 8 = 0 ORDER BY e.id
      """)
    rows.bind(1, list)
    try rows.forEach { (row) throws(ArchiveError) in found[row.text(0), default: []].append(row.int(1)) }
    return found
  }

  /// A JSON string.
  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case _ where scalar.value < 0x20:
        let hex = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
