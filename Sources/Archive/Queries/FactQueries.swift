public import Amounts
public import Ledger

/// Single facts that a person changes or takes away.
extension Database {
  /// Takes an event away; its row and its id stay, so that importing its file again does not bring it back.
  public func delete(_ event: EventID) throws(ArchiveError) {
    let row = try statement("UPDATE event SET flags = flags | 8 WHERE id = ?")
    row.bind(1, event.raw)
    try row.execute()
  }

  /// The events that count and bear a source's id, by id.
  public func events(externalID: String) throws(ArchiveError) -> [EventID] {
    var found: [EventID] = []
    let row = try statement(
      "SELECT e.id FROM event e JOIN batch b ON b.id = e.batch WHERE e.external = ? AND b.state = 0 AND e.flags & 8 = 0 ORDER BY e.id")
    row.bind(1, externalID)
    try row.forEach { (row) throws(ArchiveError) in found.append(EventID(row.int(0))) }
    return found
  }

  /// The quotes of an asset and kind on a day that count, the latest batch's for each currency.
  public func quotes(of asset: AssetID, kind: QuoteDraft.Kind, on day: Day) throws(ArchiveError) -> [Quote] {
    var found: [Int32: Quote] = [:]
    let row = try statement(
      """
      SELECT q.currency, q.price, q.adjusted, q.source FROM quote q JOIN batch b ON b.id = q.batch
      WHERE q.asset = ? AND q.kind = ? AND q.day = ? AND b.state = 0 ORDER BY q.currency, q.batch
      """)
    row.bind(1, Int64(asset.raw))
    row.bind(2, Int(kind.rawValue))
    row.bind(3, day)
    try row.forEach { (row) throws(ArchiveError) in
      let currency = Int32(truncatingIfNeeded: row.int(0))
      let price = Price(try row.decimal(1) ?? .zero, Currency(id: currency))
      found[currency] = Quote(day: day, price: price, isAdjusted: row.int(2) != 0, source: row.text(3))
    }
    let facts = kind == .nav ? try navFacts(of: asset, on: day) : nil
    return found.keys.sorted().compactMap { found[$0] }.map { quote in
      var quote = quote
      quote.nav = facts
      return quote
    }
  }

  private func navFacts(of asset: AssetID, on day: Day) throws(ArchiveError) -> NavRecord? {
    let row = try statement(
      """
      SELECT n.method, n.appraiser, n.document, n.published, n.total_nav, n.underlying_value, n.debt, n.supply
      FROM nav_fact n JOIN batch b ON b.id = n.batch WHERE n.asset = ? AND n.day = ? AND b.state = 0 ORDER BY n.batch DESC LIMIT 1
      """)
    row.bind(1, Int64(asset.raw))
    row.bind(2, day)
    return try row.first { (row) throws(ArchiveError) in
      var facts = NavRecord()
      (facts.method, facts.appraiser, facts.document) = (row.optionalText(0), row.optionalText(1), row.optionalText(2))
      facts.published = row.day(3)
      (facts.totalNav, facts.underlyingValue) = (try row.decimal(4), try row.decimal(5))
      (facts.debt, facts.supply) = (try row.decimal(6), try row.decimal(7))
      return facts
    }
  }

  /// Takes the quotes of a day and currency away, of every batch that is applied; with the last NAV of a day goes what stood behind it.
  public func deleteQuotes(of asset: AssetID, kind: QuoteDraft.Kind, on day: Day, in currency: Currency) throws(ArchiveError) {
    let row = try statement(
      """
      DELETE FROM quote WHERE asset = ? AND kind = ? AND day = ? AND currency = ? AND batch IN (SELECT id FROM batch WHERE state = 0)
      """)
    row.bind(1, Int64(asset.raw))
    row.bind(2, Int(kind.rawValue))
    row.bind(3, day)
    row.bind(4, Int64(currency.id))
    try row.execute()
    guard kind == .nav, try quotes(of: asset, kind: kind, on: day).isEmpty else { return }
    let facts = try statement("DELETE FROM nav_fact WHERE asset = ? AND day = ? AND batch IN (SELECT id FROM batch WHERE state = 0)")
    facts.bind(1, Int64(asset.raw))
    facts.bind(2, day)
    try facts.execute()
  }

  /// What of the applied batches speaks of an asset.
  public struct AssetUses: Hashable, Sendable {
    /// Events that move it or are told in it.
    public var events = 0
    /// Prices of other assets in it.
    public var pricesInIt = 0
    /// Its own prices and NAVs.
    public var quotes = 0
    /// Distributions, restrictions, targets and policies.
    public var plans = 0
  }

  /// How much of the applied batches speaks of an asset.
  public func uses(of asset: AssetID) throws(ArchiveError) -> AssetUses {
    let id = Int64(asset.raw)
    func count(_ sql: String) throws(ArchiveError) -> Int {
      let row = try statement(sql)
      row.bind(1, id)
      return Int(try row.first { (row) throws(ArchiveError) in row.int(0) } ?? 0)
    }
    let live = "batch IN (SELECT id FROM batch WHERE state = 0)"
    var uses = AssetUses()
    uses.events = try count(
      """
      SELECT count(*) FROM event e WHERE flags & 8 = 0 AND \(live) AND (?1 IN (asset, currency, fee_asset, to_asset, settle_currency)
        OR (extra = 1 AND EXISTS (SELECT 1 FROM leg WHERE leg.event = e.id AND leg.asset = ?1)))
      """)
    uses.pricesInIt = try count("SELECT count(*) FROM quote WHERE currency = ?1 AND \(live)")
    uses.quotes = try count("SELECT count(*) FROM (SELECT DISTINCT kind, day, currency FROM quote WHERE asset = ?1 AND \(live))")
    uses.plans =
      try count("SELECT count(*) FROM distribution WHERE (asset = ?1 OR currency = ?1) AND \(live)")
      + count("SELECT count(*) FROM plan WHERE asset = ?1 AND \(live)")
    return uses
  }

  /// How many events of applied batches happened in an account.
  public func uses(of account: AccountID) throws(ArchiveError) -> Int {
    let row = try statement(
      """
      SELECT count(*) FROM event e WHERE flags & 8 = 0 AND batch IN (SELECT id FROM batch WHERE state = 0) AND (?1 IN (account, to_account)
        OR (extra = 1 AND EXISTS (SELECT 1 FROM leg WHERE leg.event = e.id AND leg.account = ?1)))
      """)
    row.bind(1, Int64(account.raw))
    return Int(try row.first { (row) throws(ArchiveError) in row.int(0) } ?? 0)
  }

  /// Takes away what applied batches know of an asset, prices and NAVs too; its id stays given.
  public func deleteFacts(of asset: AssetID) throws(ArchiveError) {
    for table in ["asset_fact", "quote", "nav_fact"] {
      let row = try statement("DELETE FROM \(table) WHERE asset = ? AND batch IN (SELECT id FROM batch WHERE state = 0)")
      row.bind(1, Int64(asset.raw))
      try row.execute()
    }
  }

  /// Takes away what applied batches know of an account; its id stays given.
  public func deleteFacts(of account: AccountID) throws(ArchiveError) {
    let row = try statement("DELETE FROM account_fact WHERE account = ? AND batch IN (SELECT id FROM batch WHERE state = 0)")
    row.bind(1, Int64(account.raw))
    try row.execute()
  }
}
