@testable import Archive
import Amounts
import Ledger
import TestSupport
import Testing

/// A database of the first schema keeps what it knows of accounts, and from then on loses it with the batch that told it.
struct AccountFactsTests {
  private let path = temporaryFolder("migration") + "/florin.db"

  /// A database as the first version wrote it: an accounts file (batch 1), trades (batch 2), one setting changed.
  private func old() throws {
    let database = try Database(path: path, mode: .readWrite)
    try database.run(Migrations.m0001)
    try database.run("PRAGMA application_id = \(Database.applicationID)")
    try database.run("PRAGMA user_version = 1")
    try database.run(
      """
      INSERT INTO batch (id, kind, source, file, sha256, at) VALUES (1, 'import', 'florin.accounts.v1', 'a.csv', '', 0);
      INSERT INTO batch (id, kind, source, file, sha256, at) VALUES (2, 'import', 'florin.events.v1', 'e.csv', '', 0);
      INSERT INTO asset (id, symbol) VALUES (1, 'USD');
      INSERT INTO asset_fact VALUES (1, 'class', 2, 'cash');
      INSERT INTO account (id, name, kind, venue, portfolio) VALUES (1, 'Vault', 'wallet', 'Somewhere', 'Long');
      INSERT INTO account (id, name) VALUES (2, 'Bank');
      INSERT INTO event (id, batch, line, at, kind, flags, account, asset, quantity) VALUES (1, 2, 2, 0, 1, 0, 1, 1, '5');
      INSERT INTO event (id, batch, line, at, kind, flags, account, to_account, asset, quantity) VALUES (2, 2, 3, 1, 9, 0, 1, 2, 1, '5');
      INSERT INTO setting VALUES ('base', 'EUR');
      INSERT INTO journal (id, at, title) VALUES (1, 0, 'set base EUR');
      INSERT INTO journal_row VALUES (1, 0, 'setting', 'base', 'USD', 'EUR');
      """)
  }

  @Test func nothingThatWasKnownIsLost() throws {
    try old()
    let database = try Database(path: path, mode: .readWrite)
    try database.migrate()
    let accounts = try database.accounts()
    #expect(accounts[AccountID(1)] == Account(id: AccountID(1), name: "Vault", kind: "wallet", venue: "Somewhere", portfolio: "Long"))
    #expect(accounts[AccountID(2)] == Account(id: AccountID(2), name: "Bank"))
    #expect(try database.assets().keys.sorted() == [AssetID(1)])
    // With the accounts file taken back its facts go; the trades still use both accounts.
    try database.setReverted(true, batch: BatchID(1))
    #expect(try database.accounts()[AccountID(1)] == Account(id: AccountID(1), name: "Vault"))
    try database.setReverted(true, batch: BatchID(2))
    #expect(try database.accounts().isEmpty)
  }

  @Test func aCopyOfTheSameVersionThatIsThereAlreadyIsNoHindrance() throws {
    try old()
    try writeText("an earlier copy", to: path + ".v1.bak")
    let database = try Database(path: path, mode: .readWrite)
    try database.migrate()
    #expect(try readText(path + ".v1.bak") == "an earlier copy")
    #expect(try Database(path: path + ".v1-2.bak", mode: .readOnly).version() == 1)
  }

  @Test func aSettingThatWasChangedBeforeCanStillBeTakenBack() throws {
    try old()
    let database = try Database(path: path, mode: .readWrite)
    try database.migrate()
    let step = try #require(try database.journal().first)
    _ = try database.travel(step, back: true)
    #expect(try database.settings()["base"] == "USD")
  }
}
