public import Amounts
import Archive
import Glibc

extension Workspace {
  /// Puts a backup in the place of a database. What was there is kept in a file beside it.
  ///
  /// - Parameters:
  ///   - path: the database that is replaced; it need not exist.
  ///   - source: the backup, which is only read.
  ///   - force: whether a database that holds something may be replaced.
  /// - Returns: where what was there is kept; nil when there was nothing.
  /// - Throws: `.wouldReplace` without `force`; `.archive` when the backup is no sound database. Nothing is changed then.
  public static func restore(_ path: String, from source: String, force: Bool, now: Instant) throws(WorkspaceError) -> String? {
    do throws(ArchiveError) {
      var info = stat()
      if stat(source, &info) != 0 { throw .denied(path: source, detail: String(cString: strerror(errno))) }
      let backup = try Database(path: source, mode: .readOnly)
      if let problem = try backup.integrityProblems().first { throw .corrupt(path: source, detail: problem) }
      return try replace(path, with: backup, force: force, now: now)
    } catch {
      if case .exists = error { throw .wouldReplace(path) }
      throw .archive(error)
    }
  }

  private static func replace(_ path: String, with backup: Database, force: Bool, now: Instant) throws(ArchiveError) -> String? {
    var kept: String?
    do throws(ArchiveError) {
      let target = try Database(path: path, mode: .readWrite)
      try target.migrate()
      let (steps, batches) = (try target.journal(), try target.batches())
      if !steps.isEmpty || !batches.isEmpty {
        if !force { throw .exists(path: path) }
        kept = try unusedName(path, now)
        if let kept { try target.backup(to: kept) }
      }
      try target.replaceContent(with: backup)
      try target.migrate()
      return kept
    } catch {
      // What is damaged cannot be read: it is moved aside as it is.
      switch error {
      case .corrupt, .notADatabase: break
      default: throw error
      }
      if !force { throw .exists(path: path) }
    }
    let aside = try unusedName(path, now)
    if rename(path, aside) != 0 { throw .denied(path: path, detail: String(cString: strerror(errno))) }
    for end in ["-wal", "-shm"] { rename(path + end, aside + end) }
    let target = try Database(path: path, mode: .readWrite)
    try target.replaceContent(with: backup)
    try target.migrate()
    return aside
  }

  /// `PATH.2026-11-20T120000Z.bak`, or with a number behind when that is taken.
  private static func unusedName(_ path: String, _ now: Instant) throws(ArchiveError) -> String {
    let time = String(now.description.prefix(19).filter { $0 != ":" }) + "Z"
    for number in 1...1000 {
      let name = "\(path).\(time)\(number == 1 ? "" : "-\(number)").bak"
      var info = stat()
      if stat(name, &info) != 0 { return name }
    }
    throw .exists(path: path)
  }
}
