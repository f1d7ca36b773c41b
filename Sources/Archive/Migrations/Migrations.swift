import Amounts
import CSQLite
import Disk
import Glibc

/// The numbered, append-only steps that bring a database from any earlier version to this one.
enum Migrations {
  /// Step n makes version n + 1. Never edit a step that has shipped; add another.
  static let steps: [String] = [m0001, m0002, m0003, m0004, m0005, m0006, m0007, m0008]

  /// The version this Florin writes.
  static var latest: Int { steps.count }
}

extension Database {
  /// The version of the schema in the file; 0 for a new one.
  public func version() throws(ArchiveError) -> Int {
    Int(try statement("PRAGMA user_version").first { (row) throws(ArchiveError) in row.int(0) } ?? 0)
  }

  /// `PATH.vN.bak`, or with a number behind when an earlier copy is there: as when a backup of that version was restored.
  private func unusedBackup(_ version: Int) -> String {
    var name = "\(path).v\(version).bak"
    var number = 2
    var info = stat()
    while stat(name, &info) == 0, number < 1000 {
      name = "\(path).v\(version)-\(number).bak"
      number += 1
    }
    return name
  }

  /// Brings the schema to this Florin's version, each step in a transaction.
  ///
  /// - Parameter keepsCopy: whether an existing database is copied to `PATH.vN.bak` before its first step.
  public func migrate(keepsCopy: Bool = true) throws(ArchiveError) {
    try bringUp(keepsCopy: keepsCopy)
    if try identity().isEmpty { try drawIdentity() }
    try markFile()
  }

  private func bringUp(keepsCopy: Bool) throws(ArchiveError) {
    var version = try version()
    if version == Migrations.latest { return }
    // The header may be older than what stands in the write-ahead log.
    if version > Migrations.latest { throw .newer(path: path, version: version, known: Migrations.latest) }
    if version > 0, keepsCopy {
      try run("PRAGMA wal_checkpoint(TRUNCATE)")
      try backup(to: unusedBackup(version))
    }
    while version < Migrations.latest {
      let step = Migrations.steps[version]
      try transaction { () throws(ArchiveError) in
        // Another program may have taken the step while this one waited for the lock.
        if try self.version() != version { return }
        try run(step)
        try run("PRAGMA application_id = \(Database.applicationID)")
        try run("PRAGMA user_version = \(version + 1)")
      }
      version += 1
    }
  }

  /// Writes a compact copy of the whole database to a new file of mode 0600, which stands under its name only when it is whole.
  ///
  /// - Throws: `.exists` when there is a file already, `.denied` or `.diskFull` when it cannot be written; these name the new file.
  public func backup(to target: String) throws(ArchiveError) {
    if Disk.exists(target) { throw .exists(path: target) }
    let part = Disk.partName(of: target)
    do throws(ArchiveError) {
      let statement = try Statement("VACUUM INTO ?", in: self)
      statement.bind(1, part)
      try statement.execute()
    } catch {
      Glibc.unlink(part)
      throw blame(target, for: error)
    }
    chmod(part, 0o600)
    do throws(FileError) {
      try Disk.flush(part, for: target)
      try Disk.settle(part, as: target, .mustBeNew)
    } catch {
      throw ArchiveError(error)
    }
  }

  /// An error of a copy, which SQLite puts down to the database: where the new file's disk is full, or its folder may not be written.
  private func blame(_ target: String, for error: ArchiveError) -> ArchiveError {
    var facts = statvfs()
    let isFull = statvfs(Disk.folder(of: target), &facts) == 0 && facts.f_bavail == 0
    switch error {
    case .diskFull: return .diskFull(path: target)
    case .denied where isFull: return .diskFull(path: target)
    case .denied(_, let detail): return .denied(path: target, detail: detail)
    // "unable to open database": the new file's.
    case .sql(let code, let message, _) where code & 0xFF == SQLITE_CANTOPEN || code & 0xFF == SQLITE_IOERR:
      return .denied(path: target, detail: message)
    default: return error
    }
  }
}
