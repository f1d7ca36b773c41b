public import Amounts

/// One stored value before and after an edit; nil where there was or is none.
public struct EditRow: Hashable, Sendable {
  /// Which table.
  public var relation: String
  /// Which row.
  public var key: String
  /// The value before.
  public var before: String?
  /// The value after.
  public var after: String?

  /// An edited value.
  public init(relation: String, key: String, before: String?, after: String?) {
    self.relation = relation
    self.key = key
    self.before = before
    self.after = after
  }
}

extension Database {
  /// Records an edit with its values before and after. Steps undone before can no longer be redone: they leave the history.
  public func recordEdit(title: String, rows: [EditRow], at: Instant) throws(ArchiveError) {
    try run("DELETE FROM journal_row WHERE journal IN (SELECT id FROM journal WHERE undone = 1)")
    try run("DELETE FROM journal WHERE undone = 1")
    let step = try statement("INSERT INTO journal (at, title) VALUES (?, ?)")
    step.bind(1, at.microseconds)
    step.bind(2, title)
    try step.execute()
    let journal = lastInsertedID
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

  /// The values an edit changed, in its order; empty for an import.
  public func editRows(step: Int64) throws(ArchiveError) -> [EditRow] {
    var found: [EditRow] = []
    let rows = try statement("SELECT relation, key, before, after FROM journal_row WHERE journal = ? ORDER BY ordinal")
    rows.bind(1, step)
    try rows.forEach { (row) throws(ArchiveError) in
      found.append(EditRow(relation: row.text(0), key: row.text(1), before: row.optionalText(2), after: row.optionalText(3)))
    }
    return found
  }

  /// Stores a setting, or forgets it when there is no value.
  public func replaceSetting(_ key: String, _ value: String?) throws(ArchiveError) {
    if let value { return try set(key, value) }
    let row = try statement("DELETE FROM setting WHERE key = ?")
    row.bind(1, key)
    try row.execute()
  }
}
