/// The tables and indexes a database should have, and what a stranger may have put beside them.
extension Database {
  /// Refuses a file that brings commands of its own: a trigger or view in it would run whenever Florin reads or writes.
  func refuseCommands() throws(ArchiveError) {
    let found = try Statement("SELECT type, name FROM main.sqlite_master WHERE type NOT IN ('table', 'index') LIMIT 1", in: self)
    if let command = try found.first({ (row) throws(ArchiveError) in "\(row.text(0)) \(row.text(1))" }) {
      throw .tampered(path: path, detail: command)
    }
  }

  /// The differences between the schema in the file and the one this Florin makes; empty when they are equal. The file must be of the
  /// latest version.
  public func schemaProblems() throws(ArchiveError) -> [String] {
    let expected = try Database(path: ":memory:", migrated: ())
    let (made, found) = (try expected.schema(), try schema())
    var problems: [String] = []
    for name in made.keys.sorted() where found[name] != made[name] {
      problems.append(found[name] == nil ? "\(name) is missing" : "\(name) is not as Florin makes it")
    }
    for name in found.keys.sorted() where made[name] == nil { problems.append("\(name) is not Florin's") }
    return problems
  }

  /// The text of each table and index, by `table NAME`. SQLite's own tables are left out.
  private func schema() throws(ArchiveError) -> [String: String] {
    var all: [String: String] = [:]
    let rows = try statement(
      "SELECT type, name, tbl_name, COALESCE(sql, '') FROM main.sqlite_master WHERE substr(name, 1, 11) <> 'sqlite_stat'")
    try rows.forEach { (row) throws(ArchiveError) in all["\(row.text(0)) \(row.text(1))"] = row.text(2) + " " + row.text(3) }
    return all
  }
}
