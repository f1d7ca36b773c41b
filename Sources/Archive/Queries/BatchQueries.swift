public import Amounts
public import Ledger

/// One import, or one edit, and what became of its rows.
public struct BatchRecord: Hashable, Sendable {
  /// Its id.
  public var id: BatchID
  /// `import`, `edit` or `demo`.
  public var kind: String
  /// The format id.
  public var source: String
  /// The file's name as given.
  public var file: String
  /// The file's SHA-256 in hex.
  public var sha256: String
  /// When it was committed.
  public var at: Instant
  /// Rows of the file; the other five counts add up to it.
  public var total = 0
  /// Rows that became facts.
  public var imported = 0
  /// Rows that were known already.
  public var duplicate = 0
  /// Rows that are known by their exporter's id with another content.
  public var changed = 0
  /// Rows that say nothing Florin keeps.
  public var ignored = 0
  /// Rows that could not be read.
  public var problem = 0
  /// Events made.
  public var events = 0
  /// Whether it was taken back.
  public var isReverted = false

  /// A batch.
  public init(id: BatchID, kind: String, source: String, file: String, sha256: String, at: Instant) {
    self.id = id
    self.kind = kind
    self.source = source
    self.file = file
    self.sha256 = sha256
    self.at = at
  }
}

extension Database {
  /// Makes a batch and returns its id.
  public func insertBatch(kind: String, source: String, file: String, at: Instant) throws(ArchiveError) -> BatchID {
    let row = try statement("INSERT INTO batch (kind, source, file, sha256, at) VALUES (?, ?, ?, '', ?)")
    row.bind(1, kind)
    row.bind(2, source)
    row.bind(3, file)
    row.bind(4, at.microseconds)
    try row.execute()
    return BatchID(lastInsertedID)
  }

  /// Stores the final counts of a batch.
  public func update(_ batch: BatchRecord) throws(ArchiveError) {
    let row = try statement(
      """
      UPDATE batch SET sha256 = ?, rows_total = ?, rows_imported = ?, rows_duplicate = ?, rows_ignored = ?, rows_problem = ?, events = ?, state = ?,
        rows_changed = ?
      WHERE id = ?
      """)
    row.bind(1, batch.sha256)
    row.bind(2, batch.total)
    row.bind(3, batch.imported)
    row.bind(4, batch.duplicate)
    row.bind(5, batch.ignored)
    row.bind(6, batch.problem)
    row.bind(7, batch.events)
    row.bind(8, batch.isReverted ? 1 : 0)
    row.bind(9, batch.changed)
    row.bind(10, batch.id.raw)
    try row.execute()
  }

  /// All batches, in the order they were made.
  public func batches() throws(ArchiveError) -> [BatchRecord] {
    var found: [BatchRecord] = []
    try statement(
      """
      SELECT id, kind, source, file, sha256, at, rows_total, rows_imported, rows_duplicate, rows_ignored, rows_problem, events, state,
        rows_changed
      FROM batch ORDER BY id
      """
    ).forEach { (row) throws(ArchiveError) in
      var batch = BatchRecord(
        id: BatchID(row.int(0)), kind: row.text(1), source: row.text(2), file: row.text(3), sha256: row.text(4),
        at: Instant(microseconds: row.int(5)))
      batch.total = Int(row.int(6))
      batch.imported = Int(row.int(7))
      batch.duplicate = Int(row.int(8))
      batch.ignored = Int(row.int(9))
      batch.problem = Int(row.int(10))
      batch.events = Int(row.int(11))
      batch.isReverted = row.int(12) != 0
      batch.changed = Int(row.int(13))
      found.append(batch)
    }
    return found
  }

  /// Ids of the batches that were taken back.
  public func revertedBatches() throws(ArchiveError) -> Set<Int64> {
    var found: Set<Int64> = []
    try statement("SELECT id FROM batch WHERE state = 1").forEach { (row) throws(ArchiveError) in found.insert(row.int(0)) }
    return found
  }

  /// Forgets a batch that brought nothing.
  public func remove(_ batch: BatchID) throws(ArchiveError) {
    let row = try statement("DELETE FROM batch WHERE id = ?")
    row.bind(1, batch.raw)
    try row.execute()
  }

  /// Applies or takes back a batch; its rows stay.
  public func setReverted(_ reverted: Bool, batch: BatchID) throws(ArchiveError) {
    let row = try statement("UPDATE batch SET state = ? WHERE id = ?")
    row.bind(1, reverted ? 1 : 0)
    row.bind(2, batch.raw)
    try row.execute()
  }

  // MARK: Row identities

  /// How many rows of a batch applied batches hold too, out of how many, and the latest of those batches.
  public func overlap(of batch: BatchID) throws(ArchiveError) -> (shared: Int, rows: Int, with: BatchID?) {
    let row = try statement(
      """
      SELECT count(*), count(other), max(other) FROM (
        SELECT (SELECT max(b.batch) FROM row_identity b JOIN batch t ON t.id = b.batch
          WHERE b.hi = a.hi AND b.lo = a.lo AND b.batch <> a.batch AND t.state = 0) AS other
        FROM row_identity a WHERE a.batch = ?)
      """)
    row.bind(1, batch.raw)
    let found = try row.first { (row) throws(ArchiveError) in
      (shared: Int(row.int(1)), rows: Int(row.int(0)), with: row.optionalInt(2).map { BatchID($0) })
    }
    return found ?? (0, 0, nil)
  }

  /// Calls `body` with the 128-bit identity and multiplicity of every row of applied batches, in ascending order.
  public func forEachIdentity(_ body: (_ hi: UInt64, _ lo: UInt64, _ n: Int) -> Void) throws(ArchiveError) {
    let reverted = try revertedBatches()
    try statement("SELECT hi, lo, batch, n FROM row_identity").forEach { (row) throws(ArchiveError) in
      if reverted.contains(row.int(2)) { return }
      body(UInt64(bitPattern: row.int(0)), UInt64(bitPattern: row.int(1)), Int(row.int(3)))
    }
  }

  /// Stores the identities of a batch. They must come in ascending signed (hi, lo) order: a random order costs seconds a million.
  public func insertIdentities(_ identities: [(hi: UInt64, lo: UInt64, n: Int)], batch: BatchID) throws(ArchiveError) {
    let row = try statement("INSERT INTO row_identity (hi, lo, batch, n) VALUES (?, ?, ?, ?)")
    for identity in identities {
      row.bind(1, Int64(bitPattern: identity.hi))
      row.bind(2, Int64(bitPattern: identity.lo))
      row.bind(3, batch.raw)
      row.bind(4, identity.n)
      try row.execute()
    }
  }

  // MARK: Raw rows

  /// Stores a page of raw records: for each, its line and length as text, then the bytes.
  public func insertRawPage(_ records: [UInt8], firstLine: Int, batch: BatchID) throws(ArchiveError) {
    let row = try statement("INSERT INTO raw_page (batch, first_line, records) VALUES (?, ?, ?)")
    row.bind(1, batch.raw)
    row.bind(2, firstLine)
    row.bind(3, bytes: records)
    try row.execute()
  }

  /// The pages that may hold a line of a batch's file, likeliest first, until `body` returns false.
  ///
  /// Formats that group rows store them by group, so a line may stand in an earlier page than its number suggests.
  public func forEachRawPage(batch: BatchID, line: Int, _ body: ([UInt8]) -> Bool) throws(ArchiveError) {
    let row = try statement("SELECT records FROM raw_page WHERE batch = ? AND first_line <= ? ORDER BY first_line DESC")
    row.bind(1, batch.raw)
    row.bind(2, line)
    defer { row.reset() }
    while try row.step() { if !body(row.bytes(0)) { return } }
  }

  // MARK: Journal

  /// A step of the change history.
  public struct JournalStep: Hashable, Sendable {
    /// Its id.
    public let id: Int64
    /// When it happened.
    public let at: Instant
    /// What it did, for people.
    public let title: String
    /// The batch it applied.
    public let batch: BatchID?
    /// Whether it was taken back.
    public let isUndone: Bool
  }

  /// Records that a batch was applied. Steps undone before can no longer be redone: they leave the history.
  public func recordStep(title: String, batch: BatchID, at: Instant) throws(ArchiveError) {
    try forgetUndone()
    let row = try statement("INSERT INTO journal (at, title, batch) VALUES (?, ?, ?)")
    row.bind(1, at.microseconds)
    row.bind(2, title)
    row.bind(3, batch.raw)
    try row.execute()
  }

  /// Steps that were taken back leave the history: something else has happened since.
  func forgetUndone() throws(ArchiveError) {
    try run("DELETE FROM journal_row WHERE journal IN (SELECT id FROM journal WHERE undone = 1)")
    try run("DELETE FROM journal WHERE undone = 1")
  }

  /// The whole history, oldest first.
  public func journal() throws(ArchiveError) -> [JournalStep] {
    var found: [JournalStep] = []
    try statement("SELECT id, at, title, batch, undone FROM journal ORDER BY id").forEach { (row) throws(ArchiveError) in
      found.append(
        JournalStep(
          id: row.int(0), at: Instant(microseconds: row.int(1)), title: row.text(2), batch: row.optionalInt(3).map { BatchID($0) },
          isUndone: row.int(4) != 0))
    }
    return found
  }

  /// The tables of which each step changed rows, by step and name; an import changes none.
  public func journalRelations() throws(ArchiveError) -> [Int64: [String]] {
    var found: [Int64: [String]] = [:]
    try statement("SELECT DISTINCT journal, relation FROM journal_row ORDER BY journal, relation").forEach { (row) throws(ArchiveError) in
      found[row.int(0), default: []].append(row.text(1))
    }
    return found
  }

  /// Marks a step as undone or done.
  public func setUndone(_ undone: Bool, step: Int64) throws(ArchiveError) {
    let row = try statement("UPDATE journal SET undone = ? WHERE id = ?")
    row.bind(1, undone ? 1 : 0)
    row.bind(2, step)
    try row.execute()
  }
}
