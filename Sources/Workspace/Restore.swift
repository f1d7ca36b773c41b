public import Amounts
import Archive
import Disk
import Glibc

extension Workspace {
  /// Puts a backup in the place of a database. What was there is kept in a file beside it.
  ///
  /// The backup is copied, brought to this version and checked in a file of its own first; then it takes the place in one transaction.
  ///
  /// - Parameters:
  ///   - path: the database that is replaced; it need not exist.
  ///   - source: the backup, which is only read.
  ///   - force: whether a database that holds something may be replaced.
  /// - Returns: where what was there is kept; nil when there was nothing.
  /// - Throws: `.wouldReplace` without `force`; `.restoring` when the backup is no sound database or cannot take the place. Nothing is
  ///   changed then, and the error names the copy of what is there, if one was made.
  public static func restore(_ path: String, from source: String, force: Bool, now: Instant) throws(WorkspaceError) -> String? {
    var kept: String?
    do throws(ArchiveError) {
      if !Disk.exists(source) { throw .denied(path: source, detail: String(cString: strerror(ENOENT))) }
      let backup = try Database(path: source, mode: .readOnly)
      try replace(path, with: backup, force: force, now: now, &kept)
      return kept
    } catch {
      if case .exists = error, kept == nil { throw .wouldReplace(path) }
      throw .restoring(error, kept: kept)
    }
  }

  private static func replace(
    _ path: String, with backup: Database, force: Bool, now: Instant, _ kept: inout String?
  ) throws(ArchiveError) {
    var target: Database?
    var (generation, identity) = (try backup.generationIfAny(), "")
    do throws(ArchiveError) {
      let found = try Database(path: path, mode: .readWrite)
      try found.migrate()
      let (steps, batches) = (try found.journal(), try found.batches())
      if !steps.isEmpty || !batches.isEmpty {
        if !force { throw .exists(path: path) }
        let name = try unusedName(path, now)
        try found.backup(to: name)
        kept = name
      }
      generation = max(generation, try found.generationIfAny())
      identity = try found.identity()
      target = found
    } catch {
      // What is damaged cannot be read: it is moved aside as it is.
      switch error {
      case .corrupt, .notADatabase, .tampered: break
      default: throw error
      }
      if !force { throw .exists(path: path) }
    }
    let staged = Disk.partName(of: path)
    defer { for end in ["", "-wal", "-shm"] { Glibc.unlink(staged + end) } }
    try Database.stage(backup, at: staged, generation: generation + 1, identity: identity)
    if let target {
      return try target.replaceContent(with: try Database(path: staged, mode: .readOnly))
    }
    let aside = try unusedName(path, now)
    if rename(path, aside) != 0 { throw .denied(path: path, detail: String(cString: strerror(errno))) }
    kept = aside
    // The log belongs to the damaged file: beside another one it would be read into it.
    for end in ["-wal", "-shm"] { rename(path + end, aside + end) }
    if rename(staged, path) != 0 {
      let code = errno
      for end in ["", "-wal", "-shm"] { rename(aside + end, path + end) }
      kept = nil
      throw .denied(path: path, detail: String(cString: strerror(code)))
    }
  }

  /// `PATH.2026-11-20T120000Z.bak`, or with a number behind when that is taken.
  private static func unusedName(_ path: String, _ now: Instant) throws(ArchiveError) -> String {
    let time = String(now.description.prefix(19).filter { $0 != ":" }) + "Z"
    for number in 1...1000 {
      let name = "\(path).\(time)\(number == 1 ? "" : "-\(number)").bak"
      if !Disk.exists(name) { return name }
    }
    throw .exists(path: path)
  }
}
