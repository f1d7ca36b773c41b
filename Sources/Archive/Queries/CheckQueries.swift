extension Database {
  /// What SQLite finds wrong with the file and with references between tables; empty when it is sound.
  public func integrityProblems() throws(ArchiveError) -> [String] {
    var found: [String] = []
    let integrity = try statement("PRAGMA integrity_check(20)")
    try integrity.forEach { (row) throws(ArchiveError) in
      let text = row.text(0)
      if text != "ok" { found.append(text) }
    }
    let references = try statement("PRAGMA foreign_key_check")
    try references.forEach { (row) throws(ArchiveError) in
      if found.count < 20 { found.append("a row of \(row.text(0)) names a missing row of \(row.text(2))") }
    }
    return found
  }
}
