public import Ledger

extension Database {
  /// What tells an imported event at a glance.
  public struct ImportedEvent: Sendable {
    /// The event.
    public let id: EventID
    /// When, in microseconds UTC.
    public let time: Int64
    /// Whether its source gave a date without a time.
    public let isDateOnly: Bool
    /// What happened, as it is stored.
    public let kind: UInt8
    /// The asset.
    public let asset: AssetID
    /// The source's own id; nil when it has none.
    public let externalID: String?
  }

  /// Calls `body` with every event that applied imports of a family of formats brought, those included that were edited, deleted or
  /// linked since.
  ///
  /// - Parameter family: a format's id without its version.
  /// - Complexity: one pass over the events.
  public func forEachImportedEvent(family: String, _ body: (ImportedEvent) -> Void) throws(ArchiveError) {
    let rows = try statement(
      """
      SELECT e.id, e.at, e.external, e.flags, e.kind, e.asset FROM event e JOIN batch b ON b.id = e.batch
      WHERE b.state = 0 AND b.kind = 'import' AND substr(b.source, 1, ?) = ?
      """)
    rows.bind(1, family.utf8.count + 2)
    rows.bind(2, family + ".v")
    try rows.forEach { (row) throws(ArchiveError) in
      let external = row.text(2)
      body(
        ImportedEvent(
          id: EventID(row.int(0)), time: row.int(1), isDateOnly: row.int(3) & 4 != 0, kind: UInt8(truncatingIfNeeded: row.int(4)),
          asset: AssetID(Int32(truncatingIfNeeded: row.int(5))), externalID: external.isEmpty ? nil : external))
    }
  }

  /// An event whatever became of it, and whether it counts.
  public func keptEvent(_ id: EventID) throws(ArchiveError) -> (event: Event, counts: Bool)? {
    let legs = try storedLegs(id.raw...id.raw)
    let row = try statement("SELECT \(Database.eventColumns.joined(separator: ", ")) FROM event WHERE id = ?")
    row.bind(1, id.raw)
    return try row.first { (row) throws(ArchiveError) in
      (try Database.event(of: row) { legs[$0] ?? [] }, row.int(5) & 8 == 0)
    }
  }
}
