public import Amounts
public import Ledger

/// A step of the history as it was recorded.
public struct RecordedStep: Hashable, Sendable {
  /// What it did, for people.
  public let title: String
  /// The batch it applied or took back, where it is an import.
  public var batch: BatchID?
  /// What it means for a book in memory.
  public let change: LedgerChange
  /// The generation that it led to.
  public let generation: Int64
}

/// One stored row before and after a change.
public struct EditRow: Hashable, Sendable {
  /// Which table.
  public var relation: String
  /// Which row: its primary key as a JSON object by column.
  public var key: String
  /// The row before as a JSON object by column; nil where there was none.
  public var before: String?
  /// The row after; nil where there is none.
  public var after: String?

  /// A changed row.
  public init(relation: String, key: String, before: String?, after: String?) {
    self.relation = relation
    self.key = key
    self.before = before
    self.after = after
  }
}

extension Database {
  /// Does work in one transaction and keeps the images of every row it changes as one step of the history, which can be undone.
  ///
  /// Every table of facts is listened to, so that whatever the work writes can be taken back. Ids once given (assets, accounts,
  /// batches) stay given. Steps undone before can no longer be redone: they leave the history.
  ///
  /// - Parameter work: makes the change and returns the step's title for people.
  /// - Returns: the step; when nothing changed there is none in the history, and its change is empty.
  public func recorded(at now: Instant, _ work: () throws(ArchiveError) -> String) throws(ArchiveError) -> RecordedStep {
    try transaction { () throws(ArchiveError) in
      let triggers = try listen()
      let title = try work()
      for name in triggers { try run("DROP TRIGGER temp.\(name)") }
      let rows = try heard()
      if !rows.isEmpty {
        try store(title: title, rows: rows, at: now)
        try advanceGeneration()
      }
      return RecordedStep(title: title, change: try change(of: rows), generation: try generation())
    }
  }

  /// Does more work as part of the step recorded last, inside its transaction: taking that step back takes it back as well.
  public func recordedToo(_ work: () throws(ArchiveError) -> Void) throws(ArchiveError) {
    let triggers = try listen()
    try work()
    for name in triggers { try run("DROP TRIGGER temp.\(name)") }
    let last = try statement("SELECT max(id) FROM journal").first { (row) throws(ArchiveError) in row.int(0) } ?? 0
    try store(rows: try heard(), of: last)
  }

  /// Tables whose rows are ids ever given, parts of an import that never change alone, or the history itself.
  private static let unheard = ["asset", "account", "raw_page", "row_identity", "lot_pin", "closed_gain", "journal", "journal_row"]

  /// Writes down every change of a fact into a table of this connection's own, until the triggers are dropped.
  private func listen() throws(ArchiveError) -> [String] {
    try run(
      """
      CREATE TEMP TABLE IF NOT EXISTS heard (relation TEXT NOT NULL, key TEXT NOT NULL, before TEXT, after TEXT);
      DELETE FROM temp.heard;
      """)
    var names: [String] = []
    var script = ""
    for table in try tables() {
      func image(_ row: String, keyOnly: Bool = false) -> String {
        let columns = table.columns.filter { !keyOnly || $0.isKey }.map { "'\($0.name)', \(row).\($0.name)" }
        return "json_object(" + columns.joined(separator: ", ") + ")"
      }
      let condition = { (row: String) in table.name == "setting" ? "WHEN \(row).key <> 'generation' " : "" }
      // A batch is made by an edit, but never unmade: its id stays given.
      let events = table.name == "batch" ? ["UPDATE"] : ["INSERT", "UPDATE", "DELETE"]
      for event in events {
        let row = event == "DELETE" ? "OLD" : "NEW"
        let name = "hear_\(table.name)_\(event.lowercased())"
        names.append(name)
        script += """
          CREATE TEMP TRIGGER \(name) AFTER \(event) ON main.\(table.name) \(condition(row))BEGIN
            INSERT INTO heard VALUES ('\(table.name)', \(image(row, keyOnly: true)), \(event == "INSERT" ? "NULL" : image("OLD")), \
          \(event == "DELETE" ? "NULL" : image("NEW")));
          END;

          """
      }
    }
    try run(script)
    return names
  }

  /// A table of facts.
  private struct FactTable {
    let name: String
    var columns: [(name: String, isKey: Bool)] = []
  }

  private func tables() throws(ArchiveError) -> [FactTable] {
    var found: [FactTable] = []
    try statement(
      """
      SELECT m.name, c.name, c.pk FROM main.sqlite_master m, pragma_table_info(m.name, 'main') c
      WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'derived_%' ORDER BY m.name, c.cid
      """
    ).forEach { (row) throws(ArchiveError) in
      let name = row.text(0)
      if Database.unheard.contains(name) { return }
      if found.last?.name != name { found.append(FactTable(name: name)) }
      found[found.count - 1].columns.append((row.text(1), row.int(2) > 0))
    }
    return found
  }

  /// What was heard: for each row its first image and its last, without rows that are as they were.
  private func heard() throws(ArchiveError) -> [EditRow] {
    var rows: [EditRow] = []
    var places: [String: Int] = [:]
    try statement("SELECT relation, key, before, after FROM temp.heard ORDER BY rowid").forEach { (row) throws(ArchiveError) in
      let place = "\(row.text(0)) \(row.text(1))"
      if let known = places[place] {
        rows[known].after = row.optionalText(3)
      } else {
        places[place] = rows.count
        rows.append(EditRow(relation: row.text(0), key: row.text(1), before: row.optionalText(2), after: row.optionalText(3)))
      }
    }
    return rows.filter { $0.before != $0.after }
  }

  private func store(title: String, rows: [EditRow], at now: Instant) throws(ArchiveError) {
    try forgetUndone()
    let step = try statement("INSERT INTO journal (at, title) VALUES (?, ?)")
    step.bind(1, now.microseconds)
    step.bind(2, title)
    try step.execute()
    try store(rows: rows, of: lastInsertedID)
  }

  private func store(rows: [EditRow], of journal: Int64) throws(ArchiveError) {
    let insert = try statement(
      "INSERT INTO journal_row (journal, ordinal, relation, key, before, after) VALUES (?, ?, ?, ?, ?, ?)")
    for (ordinal, row) in rows.enumerated() {
      insert.bind(1, journal)
      insert.bind(2, ordinal)
      insert.bind(3, row.relation)
      insert.bind(4, row.key)
      insert.bind(5, row.before)
      insert.bind(6, row.after)
      try insert.execute()
    }
  }

  /// The rows a step changed, in its order; empty for an import.
  public func editRows(step: Int64) throws(ArchiveError) -> [EditRow] {
    var found: [EditRow] = []
    let rows = try statement("SELECT relation, key, before, after FROM journal_row WHERE journal = ? ORDER BY ordinal")
    rows.bind(1, step)
    try rows.forEach { (row) throws(ArchiveError) in
      found.append(EditRow(relation: row.text(0), key: row.text(1), before: row.optionalText(2), after: row.optionalText(3)))
    }
    return found
  }

  // MARK: Images

  /// Takes a step back, or does it again: every row it changed gets its image, exactly. Call it inside a transaction.
  ///
  public func travel(_ step: JournalStep, back: Bool) throws(ArchiveError) -> RecordedStep {
    try run("PRAGMA defer_foreign_keys = ON")
    if let batch = step.batch { try setReverted(back, batch: batch) }
    let rows = try editRows(step: step.id)
    for row in rows { try restore(row.relation, row.key, back ? row.before : row.after) }
    try setUndone(back, step: step.id)
    try advanceGeneration()
    let change = step.batch == nil ? try change(of: rows, back: back) : .everything
    return RecordedStep(title: step.title, batch: step.batch, change: change, generation: try generation())
  }

  private func restore(_ relation: String, _ key: String, _ image: String?) throws(ArchiveError) {
    let keys = try names(in: key)
    guard let image else {
      // An event keeps its id for ever: pins, links and the history speak of it.
      let change = relation == "event" ? "UPDATE event SET flags = flags | 8" : "DELETE FROM \(relation)"
      let row = try statement(change + " WHERE " + keys.map { "\($0) = json_extract(?1, '$.\($0)')" }.joined(separator: " AND "))
      row.bind(1, key)
      return try row.execute()
    }
    let columns = try names(in: image)
    let rest = columns.filter { !keys.contains($0) }
    let row = try statement(
      """
      INSERT INTO \(relation) (\(columns.joined(separator: ", ")))
      SELECT \(columns.map { "json_extract(?1, '$.\($0)')" }.joined(separator: ", ")) WHERE true
      ON CONFLICT (\(keys.joined(separator: ", "))) DO \
      \(rest.isEmpty ? "NOTHING" : "UPDATE SET " + rest.map { "\($0) = excluded.\($0)" }.joined(separator: ", "))
      """)
    row.bind(1, image)
    try row.execute()
  }

  /// The row that a new row of a later batch stands in front of, as an image; nil when there is none.
  public func hidden(behind row: EditRow) throws(ArchiveError) -> String? {
    let keys = try names(in: row.key)
    guard row.before == nil, keys.contains("batch"), let table = try tables().first(where: { $0.name == row.relation }) else { return nil }
    let image = table.columns.map { "'\($0.name)', \($0.name)" }.joined(separator: ", ")
    let same = keys.filter { $0 != "batch" }.map { "\($0) = json_extract(?1, '$.\($0)') AND " }.joined()
    let earlier = try statement(
      """
      SELECT json_object(\(image)) FROM \(row.relation)
      WHERE \(same)batch < json_extract(?1, '$.batch') AND batch IN (SELECT id FROM batch WHERE state = 0) ORDER BY batch DESC LIMIT 1
      """)
    earlier.bind(1, row.key)
    return try earlier.first { (row) throws(ArchiveError) in row.text(0) }
  }

  /// The columns of an image with their values as text; nil stands for NULL.
  public func cells(in image: String) throws(ArchiveError) -> [(column: String, value: String?)] {
    var found: [(String, String?)] = []
    let row = try statement("SELECT key, atom FROM json_each(?)")
    row.bind(1, image)
    try row.forEach { (row) throws(ArchiveError) in found.append((row.text(0), row.optionalText(1))) }
    return found
  }

  private func names(in image: String) throws(ArchiveError) -> [String] {
    var found: [String] = []
    let row = try statement("SELECT key FROM json_each(?)")
    row.bind(1, image)
    try row.forEach { (row) throws(ArchiveError) in found.append(row.text(0)) }
    return found
  }
}
