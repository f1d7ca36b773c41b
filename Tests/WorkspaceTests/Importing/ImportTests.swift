import Amounts
import Archive
import Engine
import Importers
import Ledger
import Reports
import TestSupport
import Testing
import Workspace

/// What an import does to a database: all of a file or nothing, nothing twice, and everything can be taken back.
struct ImportTests {
  private let workspace: Workspace
  private let path: String

  init() throws {
    path = temporaryFolder("import") + "/florin.db"
    workspace = try Workspace(path: path)
  }

  private static let header = "id,timestamp,type,account,to_account,asset,quantity,price,currency,gross,fee,fee_asset,fee_value,tax,ratio\n"
  private static let trades =
    header + """
      1,2024-01-02T10:00:00Z,DEPOSIT,Alpha,,USD,5000,,USD,5000,,,,,
      2,2024-01-03T10:00:00Z,BUY,Alpha,,TOK,10,100,USD,1000,2,USD,2,,
      3,2024-02-03T10:00:00Z,SELL,Alpha,,TOK,4,150,USD,600,1,USD,1,,

      """

  @discardableResult
  private func bring(_ text: String, _ edit: (inout ImportRequest) -> Void = { _ in }) throws(WorkspaceError) -> ImportOutcome {
    var request = ImportRequest(.text(text, name: "made-up.csv"), now: Instant(microseconds: 1_700_000_000_000_000))
    edit(&request)
    return try workspace.importFile(request)
  }

  private func quantity(_ symbol: String) throws -> Decimal? {
    let book = try workspace.book()
    guard let asset = book.assets.values.first(where: { $0.symbol == symbol }) else { return nil }
    return book.booked().positions.filter { $0.asset == asset.id }.map(\.quantity).first
  }

  @Test func rowsBecomeEventsAndPositions() throws {
    let outcome = try bring(ImportTests.trades)
    #expect(outcome.imported == 3 && outcome.total == 3 && outcome.batch != nil)
    #expect(try quantity("TOK") == 6)
    // 5,000 - 1,000 - 2 + 600 - 1.
    #expect(try quantity("USD") == 4597)
  }

  @Test func theSameFileAgainChangesNothing() throws {
    try bring(ImportTests.trades)
    let again = try bring(ImportTests.trades)
    #expect(again.duplicate == 3 && again.imported == 0 && again.batch == nil)
    #expect(try workspace.batches().count == 1)
    #expect(try quantity("TOK") == 6)
  }

  @Test func figuresAreShownWhileAnotherProcessWrites() throws {
    try bring(ImportTests.trades)
    let other = try Database(path: path, mode: .readWrite)
    try other.run("BEGIN IMMEDIATE")
    let reader = try Workspace(path: path)
    #expect(try reader.snapshot(.full, asOf: day("2024-06-01")).holdings.rows.count == 2)
    try other.run("ROLLBACK")
    #expect(try reader.readySnapshot(asOf: day("2024-06-01")) == nil)
    _ = try reader.snapshot(.full, asOf: day("2024-06-01"))
    #expect(try reader.readySnapshot(asOf: day("2024-06-01")) != nil)
  }

  @Test func anOverlappingFileAddsOnlyWhatIsNew() throws {
    try bring(ImportTests.trades)
    let more = ImportTests.trades + "4,2024-03-03T10:00:00Z,BUY,Alpha,,TOK,1,160,USD,160,,,,,\n"
    let outcome = try bring(more)
    #expect(outcome.duplicate == 3 && outcome.imported == 1)
    #expect(try quantity("TOK") == 7)
  }

  @Test func twoIdenticalFillsBothCountAndAThirdOneIsNew() throws {
    let fill = "2024-01-03T10:00:00Z,BUY,Alpha,TOK,1,100,USD\n"
    let header = "timestamp,type,account,asset,quantity,price,currency\n"
    #expect(try bring(header + fill + fill).imported == 2)
    let outcome = try bring(header + fill + fill + fill)
    #expect(outcome.duplicate == 2 && outcome.imported == 1)
    #expect(try quantity("TOK") == 3)
  }

  @Test func badRowsAreReportedAndGoodOnesKept() throws {
    let outcome = try bring(
      ImportTests.trades + "5,2024-03-03T10:00:00Z,BUY,Alpha,,TOK,1e999999,160,USD,160,,,,,\n6,yesterday,BUY,Alpha,,TOK,1,1,USD,1,,,,,\n")
    #expect(outcome.imported == 3 && outcome.problem == 2)
    #expect(outcome.problems.map(\.column) == ["quantity", "timestamp"])
    #expect(outcome.problems.map(\.line) == [5, 6])
  }

  @Test func aFileOfProblemsChangesNothing() throws {
    do {
      try bring(ImportTests.header + "1,yesterday,BUY,Alpha,,TOK,1,1,USD,1,,,,,\n")
      Issue.record("a file of problems was imported")
    } catch {
      guard case .nothingUsable(_, let problems) = error else {
        Issue.record("expected .nothingUsable, got \(error)")
        return
      }
      #expect(problems.count == 1)
    }
    #expect(try workspace.batches().isEmpty)
  }

  @Test func aDryRunChangesNothing() throws {
    let outcome = try bring(ImportTests.trades) { $0.isDryRun = true }
    #expect(outcome.imported == 3 && outcome.batch == nil)
    #expect(try workspace.batches().isEmpty)
    #expect(try workspace.book().assets.values.allSatisfy { $0.symbol == "USD" })
  }

  @Test func cancellingLeavesTheDatabaseAsItWas() throws {
    var request = ImportRequest(.text(ImportTests.trades), now: Instant(microseconds: 0))
    request.options.batchRows = 1
    do {
      _ = try workspace.importFile(request) { _ in false }
      Issue.record("a cancelled import went through")
    } catch {
      guard case .cancelled = error else {
        Issue.record("expected .cancelled, got \(error)")
        return
      }
    }
    #expect(try workspace.batches().isEmpty)
    #expect(try workspace.book().events.count == 0)
  }

  @Test func undoRemovesTheLastImportEntirelyAndRedoBringsItBack() throws {
    try bring(ImportTests.trades)
    try bring("date,asset,currency,price,kind\n2024-02-03,TOK,USD,150,close\n")
    _ = try workspace.undo()
    #expect(try workspace.book().quotes.market.isEmpty)
    #expect(try quantity("TOK") == 6)
    _ = try workspace.undo()
    #expect(try workspace.book().events.count == 0)
    #expect(try workspace.book().assets.values.allSatisfy { $0.symbol == "USD" })
    _ = try workspace.redo()
    #expect(try quantity("TOK") == 6)
    _ = try workspace.redo()
    #expect(try workspace.book().quotes.market.count == 1)
  }

  @Test func whatWasTakenBackCanBeImportedAgain() throws {
    try bring(ImportTests.trades)
    _ = try workspace.undo()
    let outcome = try bring(ImportTests.trades)
    #expect(outcome.imported == 3)
    #expect(try quantity("TOK") == 6)
  }

  @Test func theRowAnEventCameFromIsKept() throws {
    let outcome = try bring(ImportTests.trades)
    let batch = try #require(outcome.batch)
    #expect(try workspace.rawRow(batch: batch, line: 3) == "2,2024-01-03T10:00:00Z,BUY,Alpha,,TOK,10,100,USD,1000,2,USD,2,,")
    #expect(try workspace.rawRow(batch: batch, line: 99) == nil)
  }

  @Test func twoAssetsWithOneTickerAreToldApartByTheirContracts() throws {
    try bring(
      """
      symbol,class,name,currency,decimals,pricing,chain,contract
      TOK,security,First tower,USD,18,monthly,ethereum,0xaaa
      TOK,security,Second tower,USD,18,monthly,ethereum,0xbbb

      """)
    let named = try workspace.book().assets.values.filter { $0.symbol == "TOK" }.map(\.name).sorted()
    #expect(named == ["First tower", "Second tower"])
    // A trade that only says TOK cannot know which.
    let outcome = try bring(ImportTests.trades)
    #expect(outcome.problem == 2 && outcome.imported == 1)
    #expect(outcome.problems.first?.reason.description.contains("SYMBOL~id") == true)
  }

  @Test func aClassThatIsKnownIsNotOverwrittenByAGuess() throws {
    try bring("symbol,class,name,currency,decimals,pricing\nTOK,security,Tower,USD,0,monthly\n")
    try bring(ImportTests.trades)
    let token = try #require(try workspace.book().assets.values.first { $0.symbol == "TOK" })
    #expect(token.assetClass == .security && token.name == "Tower" && token.cadence == .monthly)
  }

  @Test func theHeadKeptReadyShowsWhatTheWholeBookShows() throws {
    try bring(ImportTests.trades)
    try bring("date,asset,currency,price,kind\n2024-02-03,TOK,USD,150,close\n")
    let day = try #require(Day("2024-02-04"))
    let full = try workspace.snapshot(.full, asOf: day)
    let head = try Workspace(path: path).snapshot(.head, asOf: day)
    #expect(full.isComplete && !head.isComplete)
    #expect(head.holdings == full.holdings)
    #expect(head.overview.totals == full.overview.totals)
    #expect(head.overview.history == full.overview.history)
  }

  @Test func anImportMakesTheHeadOutOfDate() throws {
    try bring(ImportTests.trades)
    let day = try #require(Day("2024-02-04"))
    _ = try workspace.snapshot(.full, asOf: day)
    try bring(ImportTests.header + "9,2024-02-04T10:00:00Z,BUY,Alpha,,TOK,1,100,USD,100,,,,,\n")
    let next = try workspace.snapshot(.head, asOf: day)
    #expect(next.isComplete)
    #expect(next.holdings.rows.first { $0.asset.text == "TOK" }?.quantity == 7)
  }
}
