import CSQLite
import Glibc

/// The file that a connection was opened on, by which it is noticed that another has taken its name or its place.
///
/// Sync tools, `mv` and `cp` do that under a program that runs. SQLite does not notice: it would write the pages of one database into
/// the other.
struct FileMark {
  let device: dev_t
  let inode: ino_t
  /// The id drawn when the database was made: a setting.
  var identity: String
  /// When the main file was looked into last: its size and its time, in nanoseconds.
  var size: off_t
  var time: Int
  /// The highest generation that stood in the main file.
  var generation: Int64 = 0

  init?(_ path: String, identity: String) {
    var info = stat()
    guard !path.hasPrefix(":"), stat(path, &info) == 0 else { return nil }
    (device, inode, self.identity) = (info.st_dev, info.st_ino, identity)
    (size, time) = (info.st_size, info.nanoseconds)
  }
}

extension stat {
  fileprivate var nanoseconds: Int { Int(st_mtim.tv_sec) &* 1_000_000_000 &+ st_mtim.tv_nsec }
}

extension Database {
  /// Draws the id by which a copy of another database is told from this one. Once; later calls change nothing.
  func drawIdentity() throws(ArchiveError) {
    try run("INSERT OR IGNORE INTO setting (key, value) VALUES ('identity', lower(hex(randomblob(16))))")
  }

  /// The database's id; empty where none was drawn yet.
  public func identity() throws(ArchiveError) -> String {
    try statement("SELECT value FROM setting WHERE key = 'identity'").first { (row) throws(ArchiveError) in row.text(0) } ?? ""
  }

  /// Remembers the file behind the connection; called when its schema is there.
  func markFile() throws(ArchiveError) { mark = FileMark(path, identity: try identity()) }

  /// Looks whether the name still leads to the file that the connection has open, and whether that still holds this database.
  ///
  /// A look at the file's facts when nothing changed; the file is read when its time did.
  ///
  /// - Throws: `.gone` when there is no file of the name, `.replaced` when it is another one, or an older copy.
  public func verifyFile() throws(ArchiveError) {
    guard var known = mark else { return }
    var info = stat()
    if stat(path, &info) != 0 {
      if errno == ENOENT || errno == ENOTDIR { throw .gone(path: path) }
      throw .denied(path: path, detail: String(cString: strerror(errno)))
    }
    if info.st_dev != known.device || info.st_ino != known.inode { throw .replaced(path: path) }
    if info.st_size == known.size && info.nanoseconds == known.time { return }
    guard try !FileHeader.check(path: path) else { throw .replaced(path: path) }
    // What another process is just bringing out of the log may not be there yet: only what is there and differs tells anything.
    let found = MainFile.read(path)
    if !found.identity.isEmpty && found.identity != known.identity || found.generation ?? .max < known.generation {
      throw .replaced(path: path)
    }
    (known.size, known.time) = (info.st_size, info.nanoseconds)
    known.generation = max(known.generation, found.generation ?? 0)
    mark = known
  }

  /// Brings what was committed out of the log into the file and empties the log, so that a log never lies beside a file it does not
  /// belong to, and what was said to be stored is on the disk. Left for later while somebody reads.
  public func settle() {
    let changes = sqlite3_total_changes64(handle)
    if changes == settledChanges { return }
    sqlite3_busy_timeout(handle, 0)
    defer { sqlite3_busy_timeout(handle, Database.patience) }
    if sqlite3_wal_checkpoint_v2(handle, "main", SQLITE_CHECKPOINT_TRUNCATE, nil, nil) == SQLITE_OK { settledChanges = changes }
  }
}

/// What stands in the main file itself, without its log.
private struct MainFile {
  var identity = ""
  var generation: Int64?

  static func read(_ path: String) -> MainFile {
    var found = MainFile()
    var opened: OpaquePointer?
    let code = sqlite3_open_v2(uri(path), &opened, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, nil)
    defer { sqlite3_close_v2(opened) }
    var statement: OpaquePointer?
    defer { sqlite3_finalize(statement) }
    let sql = "SELECT key, value FROM setting WHERE key IN ('identity', 'generation')"
    guard code == SQLITE_OK, sqlite3_prepare_v2(opened, sql, -1, &statement, nil) == SQLITE_OK else { return found }
    while sqlite3_step(statement) == SQLITE_ROW {
      guard let key = sqlite3_column_text(statement, 0), let value = sqlite3_column_text(statement, 1) else { continue }
      let text = String(cString: value)
      if String(cString: key) == "identity" { found.identity = text } else { found.generation = Int64(text) }
    }
    return found
  }

  /// `file:` and the path, in which everything but letters, digits and slashes is escaped. A relative path stays one.
  private static func uri(_ path: String) -> String {
    var text = "file:"
    for byte in path.utf8 {
      let isPlain = (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x2F
      text += isPlain ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    return text + "?immutable=1"
  }
}
