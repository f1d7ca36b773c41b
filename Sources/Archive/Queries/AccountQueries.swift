public import Ledger

extension Database {
  /// The accounts that applied batches speak of, by id; of several values of one fact the latest counts.
  public func accounts() throws(ArchiveError) -> [AccountID: Account] {
    var found: [AccountID: Account] = [:]
    try statement(
      """
      SELECT a.id, a.name, f.key, f.value FROM account a JOIN account_fact f ON f.account = a.id JOIN batch b ON b.id = f.batch
      WHERE b.state = 0 ORDER BY a.id, f.key, f.batch
      """
    ).forEach { (row) throws(ArchiveError) in
      let id = AccountID(Int32(truncatingIfNeeded: row.int(0)))
      var account = found[id] ?? Account(id: id, name: row.text(1))
      let value = row.text(3)
      switch row.text(2) {
      case "name": account.name = value
      case "kind": account.kind = value
      case "venue": account.venue = value
      case "portfolio": account.portfolio = value
      default: break
      }
      found[id] = account
    }
    return found
  }

  /// Every account id ever given, by the name files call it.
  public func accountNames() throws(ArchiveError) -> [String: AccountID] {
    var found: [String: AccountID] = [:]
    try statement("SELECT name, id FROM account").forEach { (row) throws(ArchiveError) in
      found[row.text(0)] = AccountID(Int32(truncatingIfNeeded: row.int(1)))
    }
    return found
  }

  /// Makes an account and returns its permanent id.
  public func insertAccount(name: String) throws(ArchiveError) -> AccountID {
    let row = try statement("INSERT INTO account (name) VALUES (?)")
    row.bind(1, name)
    try row.execute()
    return AccountID(Int32(truncatingIfNeeded: lastInsertedID))
  }

  /// Stores a fact about an account that came with a batch: `seen`, `name`, `kind`, `venue`, `portfolio`.
  public func setFact(_ key: String, _ value: String, of account: AccountID, batch: BatchID) throws(ArchiveError) {
    let row = try statement("INSERT OR REPLACE INTO account_fact (account, key, batch, value) VALUES (?, ?, ?, ?)")
    row.bind(1, Int64(account.raw))
    row.bind(2, key)
    row.bind(3, batch.raw)
    row.bind(4, value)
    try row.execute()
  }
}
