import CLI
import TestSupport
import Testing

/// A backup comes back whole, and what it replaces is kept.
struct RestoreTests {
  private static let event = "add event type=DEPOSIT timestamp=2024-01-02 account=Bank asset=USD quantity="

  private func cash(_ rig: Rig) -> String { rig.run("holdings --format csv").output.split(separator: "\n").dropFirst().joined() }

  @Test func aBackupReplacesADatabaseOnlyWhenForced() throws {
    let rig = Rig("restore")
    let copy = rig.folder + "/copy.db"
    #expect(rig.run(RestoreTests.event + "5").code == .ok)
    let before = cash(rig)
    #expect(rig.run("backup \(copy)").code == .ok)
    #expect(rig.run(RestoreTests.event + "7").code == .ok)
    let after = cash(rig)
    #expect(after != before)

    let refused = rig.run("restore \(copy)")
    #expect(refused.code == .failed)
    #expect(
      refused.errors == "florin: not empty: TMP/florin.db: say --force to put the backup in its place; what is there is kept beside it\n")
    #expect(cash(rig) == after)

    let answer = rig.run("restore \(copy) --force")
    #expect(answer.code == .ok)
    #expect(cash(rig) == before)
    // The history came with it, and goes on.
    #expect(rig.run("undo").code == .ok)
    // And back: what was replaced is a backup itself.
    let kept = rig.folder + "/florin.db.2024-05-15T120000Z.bak"
    #expect(answer.output.hasSuffix("what was there is kept in \(kept)\n"))
    #expect(rig.run("restore \(kept) --force").code == .ok)
    #expect(cash(rig) == after)
    #expect(rig.run("check").code == .ok)
  }

  @Test func aNewDatabaseNeedsNoForce() throws {
    let rig = Rig("restore-new")
    let copy = rig.folder + "/copy.db"
    _ = rig.run(RestoreTests.event + "5")
    let before = cash(rig)
    _ = rig.run("backup \(copy)")
    #expect(rig.run("restore \(copy) --db \(rig.folder)/new/other.db").code == .ok)
    #expect(rig.run("holdings --format csv --db \(rig.folder)/new/other.db").output.contains(before))
  }

  @Test func anEmptyOrMarkedFileIsNoBackup() throws {
    let rig = Rig("restore-empty")
    _ = rig.run(RestoreTests.event + "5")
    let before = cash(rig)
    let empty = try rig.file("empty.db", "")
    // The mark of Florin, and nothing else.
    let marked = rig.folder + "/marked.db"
    try rig.sql("CREATE TABLE other (x); PRAGMA user_version = 7", in: marked)
    for file in [empty, marked] {
      let answer = rig.run("restore \(file) --force")
      #expect(answer.code == .failed)
      #expect(answer.errors.contains("holds no records of Florin; nothing was changed"), "\(answer.errors)")
      #expect(cash(rig) == before)
      #expect(rig.run("check").code == .ok)
      #expect(rig.run("undo").code == .ok)
      #expect(rig.run("redo").code == .ok)
    }
    #expect(rig.names.filter { $0.contains(".part") }.isEmpty)
  }

  @Test func aBackupWithStrangeTablesOrCommandsIsRefused() throws {
    let rig = Rig("restore-tampered")
    _ = rig.run(RestoreTests.event + "5")
    let before = cash(rig)
    for (name, sql, told) in [
      ("trigger", "CREATE TRIGGER t AFTER INSERT ON event BEGIN DELETE FROM event; END", "trigger t"),
      ("view", "CREATE VIEW v AS SELECT 1", "view v"), ("table", "CREATE TABLE mine (x)", "table mine is not Florin's"),
      ("missing", "DROP TABLE plan", "table plan is missing"),
    ] {
      let copy = rig.folder + "/\(name).db"
      #expect(rig.run("backup \(copy)").code == .ok)
      try rig.sql(sql, in: copy)
      let answer = rig.run("restore \(copy) --force")
      #expect(answer.code == .failed)
      #expect(answer.errors.contains("not as Florin made it: TMP/\(name).db: \(told)"), "\(name): \(answer.errors)")
      #expect(cash(rig) == before)
    }
    #expect(rig.names.filter { $0.contains(".part") }.isEmpty)
  }

  @Test func aDatabaseWithCommandsOfItsOwnIsNotOpened() throws {
    let rig = Rig("open-tampered")
    _ = rig.run(RestoreTests.event + "5")
    try rig.sql("CREATE TRIGGER t AFTER INSERT ON event BEGIN DELETE FROM event; END", in: rig.folder + "/florin.db")
    for command in ["holdings", RestoreTests.event + "6"] {
      let answer = rig.run(command)
      #expect(answer.code == .failed)
      #expect(answer.errors.contains("not as Florin made it: TMP/florin.db: trigger t"))
    }
  }

  @Test func whatIsNoBackupIsRefusedAndNothingChanges() throws {
    let rig = Rig("restore-bad")
    _ = rig.run(RestoreTests.event + "5")
    let before = cash(rig)
    let text = try rig.file("notes.txt", String(repeating: "no database at all\n", count: 20))
    #expect(
      rig.run("restore \(text) --force").errors
        == "florin: not a Florin database: TMP/notes.txt: name another file; this one was not touched\n")
    #expect(rig.run("restore \(rig.folder)/none.db --force").code == .failed)
    #expect(rig.run("restore").code == .usage)
    #expect(cash(rig) == before)
  }

  @Test func aDamagedDatabaseIsMovedAside() throws {
    let rig = Rig("restore-damaged")
    let copy = rig.folder + "/copy.db"
    _ = rig.run(RestoreTests.event + "5")
    let before = cash(rig)
    _ = rig.run("backup \(copy)")
    _ = try rig.file("florin.db", String(repeating: "this was a database once\n", count: 20))
    #expect(rig.run("restore \(copy)").code == .failed)
    #expect(rig.run("restore \(copy) --force").code == .ok)
    #expect(cash(rig) == before)
    #expect(try readText(rig.folder + "/florin.db.2024-05-15T120000Z.bak").hasPrefix("this was a database once"))
  }
}
