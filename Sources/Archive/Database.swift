import CSQLite
import Disk
import Glibc

/// One connection to a Florin database.
///
/// Not thread-safe: a connection belongs to one thread at a time. Decimals are canonical text, instants microseconds UTC, days
/// ordinals since 1970-01-01.
public final class Database {
  /// Where it is.
  public let path: String
  let handle: OpaquePointer
  private var cached: [String: Statement] = [:]
  /// The file it was opened on; nil for one in memory or while it is being made.
  var mark: FileMark?
  /// How many rows had changed when the log was emptied last.
  var settledChanges: Int64 = 0

  /// `FLOR`, at byte 68 of the file.
  static let applicationID: UInt32 = 0x464C_4F52

  /// How a connection is opened.
  public enum Mode: Sendable {
    /// Reads and writes; the file is made when it does not exist.
    case readWrite
    /// Only reads; the file must exist.
    case readOnly
  }

  /// Opens a database.
  ///
  /// The file's header is looked at before SQLite touches it, so that a foreign, newer or damaged file is never modified. A new
  /// file gets mode 0600, a new folder 0700. Migrations are run by ``migrate(now:)``, not here.
  public init(path: String, mode: Mode) throws(ArchiveError) {
    self.path = path
    umask(0o077)
    let isNew = try FileHeader.check(path: path)
    if mode == .readWrite, path.contains("/") {
      do throws(FileError) { try Disk.makeFolder(Disk.folder(of: path)) } catch { throw ArchiveError(error) }
    }
    var opened: OpaquePointer?
    let flags = mode == .readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    let code = sqlite3_open_v2(path, &opened, flags | SQLITE_OPEN_NOMUTEX, nil)
    guard let opened else { throw .denied(path: path, detail: "out of memory") }
    handle = opened
    if code != SQLITE_OK {
      let detail = String(cString: sqlite3_errmsg(opened))
      sqlite3_close_v2(opened)
      throw .denied(path: path, detail: detail)
    }
    sqlite3_busy_timeout(opened, Database.patience)
    sqlite3_extended_result_codes(opened, 1)
    // A file may come from somebody else: nothing in it may change the schema behind our back, and a damaged page is noticed when it
    // is read. (The schema itself must be trusted: our own checks of JSON count as unsafe otherwise. `schemaProblems` compares it.)
    _ = csq_configure(opened, SQLITE_DBCONFIG_DEFENSIVE, 1)
    try run("PRAGMA cell_size_check = ON")
    try refuseCommands()
    try run("PRAGMA foreign_keys = ON")
    try run("PRAGMA secure_delete = OFF")
    // A replaced row is a deleted one too: recorded changes must hear of it.
    try run("PRAGMA recursive_triggers = ON")
    try run("PRAGMA temp_store = FILE")
    if mode == .readWrite {
      chmod(path, 0o600)
      // Before the write-ahead log begins, so that it stands in the file itself: a second process reads the header from there.
      if isNew { try run("PRAGMA application_id = \(Database.applicationID)") }
      try run("PRAGMA journal_mode = WAL")
      try run("PRAGMA synchronous = NORMAL")
    }
  }

  /// A database in memory with this Florin's schema, to compare others with.
  convenience init(path: String, migrated: Void) throws(ArchiveError) {
    try self.init(path: path, mode: .readWrite)
    try migrate()
  }

  deinit {
    cached.removeAll()
    sqlite3_close_v2(handle)
  }

  /// How long a connection waits for another process, in milliseconds.
  static let patience: Int32 = 2000

  /// Runs work that fails at once with `.locked` when another process writes.
  public func withoutWaiting(_ work: () throws(ArchiveError) -> Void) throws(ArchiveError) {
    sqlite3_busy_timeout(handle, 0)
    defer { sqlite3_busy_timeout(handle, Database.patience) }
    try work()
  }

  /// Runs statements that return nothing.
  public func run(_ sql: String) throws(ArchiveError) {
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    if code != SQLITE_OK { throw failure(code, sql) }
  }

  /// A prepared statement, kept for the next use.
  public func statement(_ sql: String) throws(ArchiveError) -> Statement {
    if let found = cached[sql] {
      found.reset()
      return found
    }
    let made = try Statement(sql, in: self)
    cached[sql] = made
    return made
  }

  /// Gives prepared statements up, as before the whole content changes.
  func forgetStatements() { cached.removeAll() }

  /// Runs work in one transaction: all of it happens, or none.
  public func transaction<Result>(_ work: () throws(ArchiveError) -> Result) throws(ArchiveError) -> Result {
    try run("BEGIN IMMEDIATE")
    do throws(ArchiveError) {
      let result = try work()
      try run("COMMIT")
      return result
    } catch {
      sqlite3_exec(handle, "ROLLBACK", nil, nil, nil)
      throw error
    }
  }

  /// Reads several things of one moment, and locks the file once instead of at every statement.
  public func reading<Result>(_ work: () throws(ArchiveError) -> Result) throws(ArchiveError) -> Result {
    try run("BEGIN")
    // Nothing was written, so there is nothing to lose either way.
    defer { sqlite3_exec(handle, "COMMIT", nil, nil, nil) }
    return try work()
  }

  /// Gives pages of the file that were kept in memory back, as after something large was read.
  public func releaseMemory() { sqlite3_db_release_memory(handle) }

  /// The row id of the last insert.
  public var lastInsertedID: Int64 { sqlite3_last_insert_rowid(handle) }

  /// A number that changes when another connection changes the file.
  public func dataVersion() throws(ArchiveError) -> Int64 {
    try statement("PRAGMA data_version").first { (row) throws(ArchiveError) in row.int(0) } ?? 0
  }

  /// Some writes fail as input and output where there is no room for the files beside the database.
  private var isDiskFull: Bool {
    // The disk, the user's share of it, or the largest file the process may write.
    if [ENOSPC, EDQUOT, EFBIG].contains(sqlite3_system_errno(handle)) { return true }
    var facts = statvfs()
    return statvfs(path, &facts) == 0 && facts.f_bavail == 0
  }

  func failure(_ code: Int32, _ sql: String) -> ArchiveError {
    let message = String(cString: sqlite3_errmsg(handle))
    switch code & 0xFF {
    case SQLITE_BUSY, SQLITE_LOCKED: return .locked(path: path)
    case SQLITE_CORRUPT: return .corrupt(path: path, detail: message)
    case SQLITE_NOTADB: return .notADatabase(path: path)
    case SQLITE_FULL: return .diskFull(path: path)
    case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN: return .denied(path: path, detail: message)
    case SQLITE_IOERR: return isDiskFull ? .diskFull(path: path) : .denied(path: path, detail: message)
    default: return .sql(code: code, message: message, statement: sql)
    }
  }
}

/// The first bytes of a database file, read without SQLite.
enum FileHeader {
  /// Refuses a file that is not ours.
  ///
  /// - Returns: whether the file is missing or empty: it will become ours.
  static func check(path: String) throws(ArchiveError) -> Bool {
    var info = stat()
    if stat(path, &info) != 0 {
      if errno == ENOENT { return true }
      throw .denied(path: path, detail: String(cString: strerror(errno)))
    }
    if info.st_mode & S_IFMT != S_IFREG { throw .notAFile(path: path) }
    if info.st_size == 0 { return true }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw .denied(path: path, detail: String(cString: strerror(errno))) }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 100)
    let count = read(descriptor, &bytes, 100)
    guard count == 100, bytes.starts(with: Array("SQLite format 3\0".utf8)) else { throw .notADatabase(path: path) }
    func big(_ at: Int) -> UInt32 { bytes[at..<(at + 4)].reduce(0) { $0 << 8 | UInt32($1) } }
    let application = big(68)
    if application != Database.applicationID { throw .foreign(path: path, applicationID: application) }
    let version = Int(big(60))
    if version > Migrations.latest { throw .newer(path: path, version: version, known: Migrations.latest) }
    return false
  }
}
