import Amounts
import Disk
import Glibc
import TestSupport
import Testing
import Workspace

/// A database that is moved, deleted or copied over while it is open is noticed before anything is written, and no log is left beside a
/// file it does not belong to.
struct ReplacedFileTests {
  private let folder = temporaryFolder("replaced")

  private func made(_ name: String, cash: Int) throws -> Workspace {
    let workspace = try Workspace(path: folder + "/" + name)
    try deposit(cash, workspace)
    return workspace
  }

  private func deposit(_ amount: Int, _ workspace: Workspace) throws {
    let fields = ["type": "DEPOSIT", "timestamp": "2024-01-02", "account": "Bank", "asset": "USD", "quantity": "\(amount)"]
    _ = try workspace.apply(.save(.new(.event), fields), now: Instant(day: day("2024-02-01")))
  }

  private func copy(_ from: String, over to: String) throws {
    let bytes = try readBytes(folder + "/" + from)
    guard let file = fopen(folder + "/" + to, "wb") else { throw LawBroken("cannot write \(to)") }
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }

  private func refusal(_ workspace: Workspace) -> String {
    do { try deposit(7, workspace) } catch { return (error as? WorkspaceError)?.sentence ?? "\(error)" }
    return ""
  }

  @Test func theLogIsEmptyAfterEveryChange() throws {
    let workspace = try made("a.db", cash: 5)
    var info = stat()
    #expect(stat(folder + "/a.db-wal", &info) != 0 || info.st_size == 0)
    try deposit(6, workspace)
    #expect(stat(folder + "/a.db-wal", &info) != 0 || info.st_size == 0)
  }

  @Test func anotherFileOfTheNameIsNotWrittenInto() throws {
    let workspace = try made("a.db", cash: 5)
    do { _ = try made("b.db", cash: 9) }
    #expect(rename(folder + "/b.db", folder + "/a.db") == 0)
    let before = try readBytes(folder + "/a.db")
    #expect(refusal(workspace).hasPrefix("another database: \(folder)/a.db was replaced while it was open"))
    #expect(try readBytes(folder + "/a.db") == before)
  }

  @Test func aFileCopiedOverIsNotWrittenInto() throws {
    let workspace = try made("a.db", cash: 5)
    do { _ = try made("b.db", cash: 9) }
    // A clock that ticks slowly gives both writes one time; the sizes are equal, too.
    usleep(20_000)
    try copy("b.db", over: "a.db")
    #expect(refusal(workspace).hasPrefix("another database: "))
    #expect(try readBytes(folder + "/a.db") == readBytes(folder + "/b.db"))
  }

  @Test func anOlderCopyOfTheSameIsNoticed() throws {
    let workspace = try made("a.db", cash: 5)
    try copy("a.db", over: "old.db")
    try deposit(6, workspace)
    // The state is seen once with its newer generation.
    _ = try workspace.dataVersion()
    usleep(20_000)
    try copy("old.db", over: "a.db")
    #expect(refusal(workspace).hasPrefix("another database: "))
  }

  @Test func aDeletedDatabaseTakesNoEdits() throws {
    let workspace = try made("a.db", cash: 5)
    #expect(unlink(folder + "/a.db") == 0)
    #expect(refusal(workspace).hasPrefix("the database is gone: "))
    #expect(!Disk.exists(folder + "/a.db"))
  }

  @Test func aSecondProgramAndARestoreAreNoReplacement() throws {
    let first = try made("a.db", cash: 5)
    let second = try Workspace(path: folder + "/a.db")
    try deposit(6, second)
    try deposit(7, first)
    try deposit(8, second)
    do { _ = try made("b.db", cash: 9) }
    _ = try Workspace.restore(folder + "/a.db", from: folder + "/b.db", force: true, now: Instant(day: day("2024-02-02")))
    try deposit(7, first)
    try deposit(8, second)
    #expect(try first.generation() == second.generation())
  }
}
