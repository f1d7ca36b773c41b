public import Ledger

/// Two events of two files that are one transfer between own accounts, and the transfer that stands for them.
public struct TransferLink: Hashable, Sendable {
  /// The transfer that counts.
  public let transfer: EventID
  /// What left; it no longer counts by itself.
  public let withdrawal: EventID
  /// What arrived; likewise.
  public let deposit: EventID

  /// A link.
  public init(transfer: EventID, withdrawal: EventID, deposit: EventID) {
    self.transfer = transfer
    self.withdrawal = withdrawal
    self.deposit = deposit
  }
}

extension Database {
  /// All links, by transfer.
  public func transferLinks() throws(ArchiveError) -> [TransferLink] {
    var found: [TransferLink] = []
    try statement("SELECT transfer, withdrawal, deposit FROM transfer_link ORDER BY transfer").forEach { (row) throws(ArchiveError) in
      found.append(TransferLink(transfer: EventID(row.int(0)), withdrawal: EventID(row.int(1)), deposit: EventID(row.int(2))))
    }
    return found
  }

  /// Puts a transfer in the place of the two events it stands for.
  public func link(_ transfer: Event, withdrawal: EventID, deposit: EventID) throws(ArchiveError) -> EventID {
    let id = try EventWriter(self).insert(transfer, externalID: nil)
    try delete(withdrawal)
    try delete(deposit)
    try insert(TransferLink(transfer: id, withdrawal: withdrawal, deposit: deposit))
    return id
  }

  /// Notes that a transfer stands for two events, which are taken away already.
  public func insert(_ link: TransferLink) throws(ArchiveError) {
    let row = try statement("INSERT INTO transfer_link (transfer, withdrawal, deposit) VALUES (?, ?, ?)")
    row.bind(1, link.transfer.raw)
    row.bind(2, link.withdrawal.raw)
    row.bind(3, link.deposit.raw)
    try row.execute()
  }

  /// Lets the two events of a transfer count by themselves again.
  public func unlink(_ link: TransferLink) throws(ArchiveError) {
    try delete(link.transfer)
    for event in [link.withdrawal, link.deposit] {
      let row = try statement("UPDATE event SET flags = flags & ~8 WHERE id = ?")
      row.bind(1, event.raw)
      try row.execute()
    }
    let row = try statement("DELETE FROM transfer_link WHERE transfer = ?")
    row.bind(1, link.transfer.raw)
    try row.execute()
  }

  /// The links whose transfer or either side came with a batch.
  public func transferLinks(of batch: BatchID) throws(ArchiveError) -> [TransferLink] {
    let row = try statement("SELECT id FROM event WHERE batch = ?")
    let links = try transferLinks()
    if links.isEmpty { return [] }
    row.bind(1, batch.raw)
    var mine: Set<EventID> = []
    try row.forEach { (row) throws(ArchiveError) in mine.insert(EventID(row.int(0))) }
    return links.filter { mine.contains($0.transfer) || mine.contains($0.withdrawal) || mine.contains($0.deposit) }
  }

  /// Posted withdrawals and deposits of applied batches that carry the same transaction hash and asset in different accounts, and of
  /// which at least one came with a batch: each pair that shares its hash with no third event.
  public func pairsByHash(touching batch: BatchID) throws(ArchiveError) -> [(withdrawal: EventID, deposit: EventID)] {
    var found: [(withdrawal: EventID, deposit: EventID)] = []
    let row = try statement(
      """
      SELECT w.id, d.id FROM event n
      JOIN event w ON w.tx_hash = n.tx_hash AND w.kind = \(EventKind.withdraw.rawValue) AND w.flags & 11 = 0
      JOIN event d ON d.tx_hash = n.tx_hash AND d.kind = \(EventKind.deposit.rawValue) AND d.flags & 11 = 0
        AND d.asset = w.asset AND d.account <> w.account
      JOIN batch wb ON wb.id = w.batch AND wb.state = 0 JOIN batch db ON db.id = d.batch AND db.state = 0
      WHERE n.batch = ? AND n.tx_hash IS NOT NULL AND n.tx_hash <> ''
      GROUP BY w.id, d.id ORDER BY w.id, d.id
      """)
    row.bind(1, batch.raw)
    try row.forEach { (row) throws(ArchiveError) in found.append((EventID(row.int(0)), EventID(row.int(1)))) }
    return found.filter { pair in
      found.count { $0.withdrawal == pair.withdrawal } == 1 && found.count { $0.deposit == pair.deposit } == 1
    }
  }
}
