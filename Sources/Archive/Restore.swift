import CSQLite

extension Database {
  /// Puts the whole content of another database into this one, in one transaction: a process that has it open sees all of it or nothing.
  ///
  /// - Parameter source: a sound Florin database of this schema or an earlier one; call ``migrate()`` afterwards.
  public func replaceContent(with source: Database) throws(ArchiveError) {
    // Numbered after both, so that nobody who follows this database takes the content for what it knows.
    let generation = max(try hasSettings() ? generation() : 0, try source.hasSettings() ? source.generation() : 0) + 1
    forgetStatements()
    guard let copy = sqlite3_backup_init(handle, "main", source.handle, "main") else {
      throw failure(sqlite3_extended_errcode(handle), "backup")
    }
    let code = sqlite3_backup_step(copy, -1)
    let end = sqlite3_backup_finish(copy)
    if code != SQLITE_DONE { throw failure(code, "backup") }
    if end != SQLITE_OK { throw failure(end, "backup") }
    try set("generation", String(generation))
  }

  private func hasSettings() throws(ArchiveError) -> Bool {
    try statement("SELECT 1 FROM sqlite_master WHERE name = 'setting'").first { (row) throws(ArchiveError) in row.int(0) } != nil
  }
}
