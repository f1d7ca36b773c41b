@testable import Archive
import Glibc
import TestSupport
import Testing

/// A file that is not ours, or not any more, is refused before SQLite touches it, and left as it is.
struct OpeningTests {
  private let folder = temporaryFolder("opening")

  private func refused(_ path: String) -> ArchiveError? {
    do throws(ArchiveError) {
      let database = try Database(path: path, mode: .readWrite)
      try database.migrate()
      return nil
    } catch {
      return error
    }
  }

  private func permissions(_ path: String) -> UInt32 {
    var info = stat()
    stat(path, &info)
    return info.st_mode & 0o777
  }

  @Test func aNewDatabaseAndItsFolderBelongToTheirOwnerAlone() throws {
    let path = folder + "/new/deep/florin.db"
    let database = try Database(path: path, mode: .readWrite)
    try database.migrate()
    #expect(try database.version() == Migrations.latest)
    #expect(permissions(path) == 0o600)
    #expect(permissions(folder + "/new/deep") == 0o700)
  }

  @Test func severalProgramsMayMakeTheSameDatabaseAtOnce() async throws {
    for round in 0..<5 {
      let path = "\(folder)/together-\(round).db"
      let failures = await withTaskGroup(of: ArchiveError?.self) { group in
        for _ in 0..<6 { group.addTask { refused(path) } }
        return await group.reduce(into: [ArchiveError]()) { if let error = $1 { $0.append(error) } }
      }
      #expect(failures.isEmpty)
      #expect(try Database(path: path, mode: .readWrite).version() == Migrations.latest)
    }
  }

  @Test func aTextFileIsNotADatabaseAndStaysAsItIs() throws {
    let path = folder + "/notes.txt"
    let text = String(repeating: "these are notes\n", count: 20)
    try writeText(text, to: path)
    #expect(refused(path) == .notADatabase(path: path))
    #expect(try readText(path) == text)
  }

  @Test func aDirectoryIsRefused() {
    #expect(refused(folder) == .notAFile(path: folder))
  }

  /// Changes the four bytes of a header field of a good database and says how opening it fails.
  private func withHeader(_ offset: Int, _ value: UInt32) throws -> (ArchiveError?, unchanged: Bool) {
    let path = folder + "/header-\(offset)-\(value).db"
    try { () throws in
      let database = try Database(path: path, mode: .readWrite)
      try database.migrate()
      try database.run("PRAGMA wal_checkpoint(TRUNCATE)")
      try database.run("PRAGMA journal_mode = DELETE")
    }()
    let file = try #require(fopen(path, "r+b"))
    fseek(file, offset, SEEK_SET)
    var bytes = [UInt8(value >> 24), UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255)]
    fwrite(&bytes, 1, 4, file)
    fclose(file)
    let before = try readBytes(path)
    let error = refused(path)
    return (error, try readBytes(path) == before)
  }

  @Test func aDatabaseOfANewerFlorinIsRefusedUntouched() throws {
    let (error, unchanged) = try withHeader(60, 99)
    guard case .newer(_, let version, let known) = error else {
      Issue.record("expected .newer, got \(String(describing: error))")
      return
    }
    #expect(version == 99 && known == Migrations.latest)
    #expect(unchanged)
  }

  @Test func aDatabaseOfAnotherProgramIsRefusedUntouched() throws {
    let (error, unchanged) = try withHeader(68, 0x1234)
    guard case .foreign(_, let application) = error else {
      Issue.record("expected .foreign, got \(String(describing: error))")
      return
    }
    #expect(application == 0x1234)
    #expect(unchanged)
  }

  @Test func aDatabaseThatSomebodyElseWritesIsReportedAsLocked() throws {
    let path = folder + "/busy.db"
    let first = try Database(path: path, mode: .readWrite)
    try first.migrate()
    let second = try Database(path: path, mode: .readWrite)
    try second.run("PRAGMA busy_timeout = 10")
    try first.run("BEGIN IMMEDIATE")
    #expect(throws: ArchiveError.locked(path: path)) { try second.run("BEGIN IMMEDIATE") }
    try first.run("ROLLBACK")
  }

  @Test func aBackupIsACompleteDatabaseAndNeverReplacesAFile() throws {
    let path = folder + "/source.db"
    let database = try Database(path: path, mode: .readWrite)
    try database.migrate()
    try database.set("base", "EUR")
    let copy = folder + "/copy.db"
    try database.backup(to: copy)
    #expect(permissions(copy) == 0o600)
    #expect(try Database(path: copy, mode: .readOnly).settings()["base"] == "EUR")
    #expect(throws: ArchiveError.self) { try database.backup(to: copy) }
  }

  @Test func aFailedTransactionLeavesNothing() throws {
    let database = try Database(path: folder + "/rollback.db", mode: .readWrite)
    try database.migrate()
    let before = try database.settings()
    #expect(throws: ArchiveError.self) {
      try database.transaction { () throws(ArchiveError) in
        try database.set("base", "EUR")
        try database.run("INSERT INTO no_such_table VALUES (1)")
      }
    }
    #expect(try database.settings() == before)
    #expect(before["base"] == nil)
  }
}

/// A database whose first writes still stand in the write-ahead log, as after a crash or beside a running Florin.
struct UncheckpointedTests {
  @Test func aSecondProcessRecognisesADatabaseThatWasJustMade() throws {
    let path = temporaryFolder("fresh") + "/florin.db"
    let first = try Database(path: path, mode: .readWrite)
    try first.migrate()
    let second = try Database(path: path, mode: .readWrite)
    try second.migrate()
    #expect(try second.version() == Migrations.latest)
  }

  @Test func aNewerVersionInTheLogIsRefusedToo() throws {
    let path = temporaryFolder("newer") + "/florin.db"
    let first = try Database(path: path, mode: .readWrite)
    try first.migrate()
    try first.run("PRAGMA user_version = 99")
    let second = try Database(path: path, mode: .readWrite)
    #expect(throws: ArchiveError.newer(path: path, version: 99, known: Migrations.latest)) { try second.migrate() }
  }
}
