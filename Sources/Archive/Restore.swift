import CSQLite
import Disk
import Glibc

extension Database {
  /// The number of a file's state that everybody who follows the database compares; 0 where there are no settings yet.
  public func generationIfAny() throws(ArchiveError) -> Int64 { try hasSettings() ? generation() : 0 }

  /// Whether the file holds what Florin writes.
  public func hasSettings() throws(ArchiveError) -> Bool {
    try statement("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'setting'").first { (row) throws(ArchiveError) in row.int(0)
    }
      != nil
  }

  /// A copy of a backup in a file of its own, brought to this Florin's version and found sound: what may take the place of a database.
  ///
  /// - Parameters:
  ///   - path: the new file. It is the caller's to remove.
  ///   - generation: the generation that it gets, in the copy already, so that content and number change places in one step.
  ///   - identity: the id of the database whose place it takes, so that who has that open goes on with it; empty for none.
  /// - Throws: `.nothingToRestore`, `.corrupt` or `.tampered`, which name the backup; `.diskFull` and `.denied`, which name the copy.
  public static func stage(_ backup: Database, at path: String, generation: Int64, identity: String) throws(ArchiveError) {
    let (hasRecords, version) = (try backup.hasSettings(), try backup.version())
    if !hasRecords || version == 0 { throw .nothingToRestore(path: backup.path) }
    if let problem = try backup.integrityProblems().first { throw .corrupt(path: backup.path, detail: problem) }
    try backup.backup(to: path)
    let staged = try Database(path: path, mode: .readWrite)
    try staged.migrate(keepsCopy: false)
    if let problem = try staged.schemaProblems().first { throw .tampered(path: backup.path, detail: problem) }
    if let problem = try staged.integrityProblems().first { throw .corrupt(path: backup.path, detail: problem) }
    try staged.set("generation", String(generation))
    if !identity.isEmpty { try staged.set("identity", identity) }
    try staged.run("PRAGMA wal_checkpoint(TRUNCATE)")
  }

  /// Puts the whole content of a staged database into this one, in one transaction: a process that has it open sees all of it or nothing.
  public func replaceContent(with staged: Database) throws(ArchiveError) {
    forgetStatements()
    guard let copy = sqlite3_backup_init(handle, "main", staged.handle, "main") else {
      throw failure(sqlite3_extended_errcode(handle), "backup")
    }
    let code = sqlite3_backup_step(copy, -1)
    let end = sqlite3_backup_finish(copy)
    if code != SQLITE_DONE { throw failure(code, "backup") }
    if end != SQLITE_OK { throw failure(end, "backup") }
  }
}
