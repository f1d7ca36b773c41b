import Amounts
import Archive
import Engine
import Importers
import Ledger
import TestSupport
import Testing
import Workspace

/// Every change is a step: taken back and done again in order, across restarts.
struct HistoryTests {
  private let path: String
  private let now = Instant(microseconds: 1_700_000_000_000_000)

  init() { path = temporaryFolder("history") + "/florin.db" }

  private func open() throws -> Workspace { try Workspace(path: path) }

  private func bring(_ text: String, _ name: String = "made-up.csv") throws -> BatchID {
    try #require(try open().importFile(ImportRequest(.text(text, name: name), now: now)).batch)
  }

  private static let trade = "timestamp,type,account,asset,quantity,price,currency\n2024-01-03T10:00:00Z,BUY,Alpha,TOK,10,100,USD\n"

  @Test func takingABatchBackIsAStepThatCanBeTakenBackItself() throws {
    let first = try bring(HistoryTests.trade)
    _ = try bring("date,asset,currency,price,kind\n2024-02-03,TOK,USD,150,close\n", "prices.csv")
    try open().setReverted(true, batch: first, now: now)
    #expect(try open().book().events.count == 0)
    #expect(try open().undo().title == "take back batch 1 (made-up.csv)")
    #expect(try open().book().events.count == 1)
    // The next one is the import of the prices, as if the batch had never been taken back.
    #expect(try open().undo().title == "import prices.csv (florin.prices.v1)")
    #expect(try open().book().quotes.market.isEmpty)
    #expect(try open().redo().title == "import prices.csv (florin.prices.v1)")
    #expect(try open().redo().title == "take back batch 1 (made-up.csv)")
    #expect(try open().book().events.count == 0)
    #expect(try open().book().quotes.market.count == 1)
  }

  @Test func aBatchThatIsTakenBackAlreadyIsRefused() throws {
    let batch = try bring(HistoryTests.trade)
    try open().setReverted(true, batch: batch, now: now)
    #expect(throws: WorkspaceError.self) { try open().setReverted(true, batch: batch, now: now) }
    #expect(throws: WorkspaceError.self) { try open().setReverted(true, batch: BatchID(99), now: now) }
  }

  @Test func aBatchThatWasImportedAnewCannotBeAppliedAgainBesideIt() throws {
    let first = try bring(HistoryTests.trade)
    _ = try open().undo()
    let second = try bring(HistoryTests.trade)
    let workspace = try open()
    do throws(WorkspaceError) {
      try workspace.setReverted(false, batch: first, now: now)
      Issue.record("a trade counts twice")
    } catch {
      guard case .batchOverlaps(1, rows: 1, with: 2) = error else {
        Issue.record("expected .batchOverlaps, got \(error)")
        return
      }
    }
    try open().setReverted(true, batch: second, now: now)
    try open().setReverted(false, batch: first, now: now)
    #expect(try open().book().events.count == 1)
  }

  @Test func whatAnAccountsFileToldGoesWithIt() throws {
    _ = try bring(HistoryTests.trade)
    _ = try bring("account,kind,venue,portfolio\nAlpha,exchange,Somewhere,Long\nBeta,wallet,,\n", "accounts.csv")
    #expect(try open().book().accounts.values.map(\.kind).sorted() == ["exchange", "wallet"])
    _ = try open().undo()
    // Beta was named by the file alone; Alpha is used by a trade.
    #expect(try open().book().accounts.values.map { "\($0.name) \($0.kind)" } == ["Alpha "])
    _ = try open().redo()
    #expect(try open().book().accounts.values.map { "\($0.name) \($0.kind)" }.sorted() == ["Alpha exchange", "Beta wallet"])
  }

  @Test func anAssetStaysAsLongAsOneBatchUsesIt() throws {
    let first = try bring("symbol,class,name,currency,decimals,pricing\nTOK,security,Tower,USD,0,monthly\n", "assets.csv")
    _ = try bring(HistoryTests.trade)
    try open().setReverted(true, batch: first, now: now)
    let token = try #require(try open().book().assets.values.first { $0.symbol == "TOK" })
    #expect(token.name.isEmpty && token.assetClass == .security)
  }

  @Test func aSettingIsAStep() throws {
    try open().set("method", to: "hifo", now: now)
    try open().set("method", to: "lifo", now: now)
    #expect(try open().undo().title == "set method lifo")
    #expect(try open().book().settings.method == .hifo)
    _ = try open().undo()
    #expect(try open().book().settings.method == .fifo)
    _ = try open().redo()
    #expect(try open().book().settings.method == .hifo)
    // Something new happens: what was taken back is gone.
    try open().set("fees", to: "separate", now: now)
    #expect(throws: WorkspaceError.self) { try open().redo() }
  }

  @Test func settingWhatIsSetAlreadyIsNoStep() throws {
    try open().set("method", to: "hifo", now: now)
    try open().set("method", to: "hifo", now: now)
    _ = try open().undo()
    #expect(throws: WorkspaceError.self) { try open().undo() }
  }
}
