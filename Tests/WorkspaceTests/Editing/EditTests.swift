import Amounts
import Engine
import Importers
import Ledger
import Reports
import TestSupport
import Testing
import Workspace

/// Each kind of edit, what it leaves in a database that is opened anew, and what undo and redo make of it.
struct EditTests {
  private let rig = EditRig("edit")

  private static let file = """
    id,timestamp,type,account,asset,quantity,price,currency,gross,tx_hash
    A1,2024-01-03T10:00:00Z,BUY,Alpha,TOK,10,100,USD,1000,0xaa
    A2,2024-02-03T10:00:00Z,SELL,Alpha,TOK,4,150,USD,600,

    """

  private func events() throws -> [Event] {
    let book = try rig.open().book()
    return book.events.indices.map { book.events[$0] }
  }

  private func held(_ symbol: String) throws -> Decimal? {
    let book = try rig.open().book()
    guard let asset = book.assets.values.first(where: { $0.symbol == symbol }) else { return nil }
    return book.booked().positions.filter { $0.asset == asset.id }.map(\.quantity).first
  }

  /// Undo brings `before`, redo brings what the edit made; both over a database opened anew.
  private func expectTravel<State: Equatable>(_ state: () throws -> State, from before: State) throws {
    let after = try state()
    #expect(after != before)
    _ = try rig.open().undo()
    #expect(try state() == before)
    _ = try rig.open().redo()
    #expect(try state() == after)
  }

  // MARK: Events

  @Test func anEventThatIsAddedCounts() throws {
    try rig.bring(EditTests.file)
    let before = try events()
    let outcome = try rig.save(
      .new(.event),
      ["type": "buy", "timestamp": "2024-03-01", "account": "Beta", "asset": "TOK", "quantity": "2", "price": "120", "currency": "USD"])
    #expect(outcome.step.title == "add buy of 2 TOK on 2024-03-01")
    #expect(outcome.event == EventID(3))
    #expect(try events().count == 3)
    try expectTravel(events, from: before)
    // Beta came with it and goes with it.
    _ = try rig.open().undo()
    #expect(try rig.open().book().accounts.values.map(\.name) == ["Alpha"])
  }

  @Test func anEditedEventKeepsItsOriginAndAllItDoesNotSay() throws {
    try rig.bring(EditTests.file)
    let before = try events()
    let outcome = try rig.save(.event("A1"), ["quantity": "12.5", "note": "as the statement says"])
    #expect(outcome.step.title == "edit buy of 10 TOK on 2024-01-03: quantity 10 -> 12.5, note nothing -> as the statement says")
    var wanted = before[0]
    wanted.quantity = number("12.5")
    wanted.extra?.note = "as the statement says"
    #expect(try events()[0] == wanted)
    #expect(outcome.step.change.events.map(\.before) == [before[0]])
    #expect(outcome.step.change.events.map(\.after) == [wanted])
    #expect(!outcome.step.change.everything)
    // 12.5 - 4.
    #expect(try held("TOK") == number("8.5"))
    #expect(try rig.open().rawRow(batch: wanted.batch, line: wanted.line)?.hasPrefix("A1,2024-01-03") == true)
    try expectTravel(events, from: before)
    let back = try rig.open().undo()
    #expect(back.change.events.map(\.before) == [wanted] && back.change.events.map(\.after) == [before[0]])
  }

  @Test func anEmptyCellForgets() throws {
    try rig.bring(EditTests.file)
    try rig.save(.event("1"), ["tx_hash": "", "gross": ""])
    let event = try events()[0]
    #expect(event.gross == nil && event.extra?.txHash == nil)
    #expect(event.price == 100)
  }

  @Test func theSameFileDoesNotBringBackWhatWasEditedOrDeleted() throws {
    try rig.bring(EditTests.file)
    try rig.save(.event("1"), ["quantity": "11"])
    try rig.delete(.event("A2"))
    #expect(try held("TOK") == 11)
    let again = try rig.bring(EditTests.file)
    #expect(again.duplicate == 2 && again.imported == 0)
    #expect(try held("TOK") == 11)
    _ = try rig.open().undo()
    #expect(try held("TOK") == 7)
  }

  @Test func aDeletedEventIsGoneUntilUndo() throws {
    try rig.bring(EditTests.file)
    let before = try events()
    let outcome = try rig.delete(.event("2"))
    #expect(outcome.step.title == "delete sell of 4 TOK on 2024-02-03")
    #expect(outcome.step.change.events.map(\.after) == [nil])
    try expectTravel(events, from: before)
    #expect(try rig.problems(.delete(.event("2"))) == ["event: \"2\" is no event: see florin events for ids"])
  }

  @Test func theIdOfAnEventThatWasTakenBackIsNotGivenAgain() throws {
    let cells = ["type": "DEPOSIT", "timestamp": "2024-03-01", "account": "Bank", "asset": "USD", "quantity": "5"]
    #expect(try rig.save(.new(.event), cells).event == EventID(1))
    _ = try rig.open().undo()
    #expect(try rig.save(.new(.event), cells).event == EventID(2))
  }

  @Test func anEventWithSeveralMovementsComesBackWithAllOfThem() throws {
    let legs =
      "[{\"account\":\"Alpha\",\"asset\":\"USD\",\"quantity\":\"-10\",\"role\":\"principal\"},{\"account\":\"Beta\",\"asset\":\"EUR\",\"quantity\":\"9\",\"role\":\"principal\"}]"
    try rig.save(.new(.event), ["type": "SWAP", "timestamp": "2024-03-01", "asset": "USD", "legs": legs])
    let before = try events()
    #expect(before[0].extra?.legs.map(\.quantity) == [-10, 9])
    try rig.save(.event("1"), ["legs": legs.replacing("\"9\"", "\"8.5\"")])
    #expect(try events()[0].extra?.legs.map(\.quantity) == [-10, number("8.5")])
    let step = try rig.open().undo()
    #expect(try events() == before)
    #expect(step.change.events.map(\.after) == [before[0]])
    #expect(step.change.events.first?.before?.extra?.legs.map(\.quantity) == [-10, number("8.5")])
  }

  @Test func nothingNewIsNoStep() throws {
    try rig.bring(EditTests.file)
    #expect(try rig.save(.event("1"), ["quantity": "10.00"]).step.isUnchanged)
    #expect(try rig.save(.event("1"), ["account": "Alpha", "note": ""]).step.isUnchanged)
    #expect(try rig.open().historyRows().count == 1)
  }

  // MARK: Prices and NAVs

  private func quotes() throws -> [String] {
    let book = try rig.open().book()
    return [book.quotes.market, book.quotes.nav, book.quotes.fx].flatMap { all in
      all.keys.sorted().flatMap { id in
        (all[id].map { series in (0..<series.count).map { series[$0] } } ?? []).map { quote in
          "\(book.label(of: id)) \(quote.day) \(quote.price.perUnit) \(quote.nav?.method ?? "-") \(quote.nav?.supply.map { "\($0)" } ?? "-")"
        }
      }
    }
  }

  @Test func anImportedPriceIsChangedMovedAndDeleted() throws {
    try rig.bring("date,asset,currency,price,kind\n2024-02-03,TOK,USD,150,close\n2024-02-04,TOK,USD,151,close\n")
    let before = try quotes()
    let price = EditTarget.quote(asset: "TOK", kind: .close, day: day("2024-02-03"), currency: nil)
    let outcome = try rig.save(price, ["price": "149.5"])
    #expect(outcome.step.title == "edit price of TOK on 2024-02-03: price 150 -> 149.5")
    #expect(outcome.step.change.quotes.count == 1 && !outcome.step.change.everything)
    #expect(try quotes() == ["TOK 2024-02-03 149.5 - -", "TOK 2024-02-04 151 - -"])
    try expectTravel(quotes, from: before)
    try rig.save(price, ["date": "2024-02-01"])
    #expect(try quotes() == ["TOK 2024-02-01 149.5 - -", "TOK 2024-02-04 151 - -"])
    try rig.delete(.quote(asset: "TOK", kind: .close, day: day("2024-02-01"), currency: "USD"))
    #expect(try quotes() == ["TOK 2024-02-04 151 - -"])
    for _ in 0..<3 { _ = try rig.open().undo() }
    #expect(try quotes() == before)
  }

  @Test func aNavKeepsWhatStandsBehindIt() throws {
    try rig.save(.new(.asset), ["symbol": "TOWR", "class": "security"])
    let start = try quotes()
    try rig.save(
      .new(.nav),
      ["asset": "TOWR", "date": "2024-03-31", "price": "1.1", "currency": "USD", "method": "appraisal", "supply": "50000000"])
    try expectTravel(quotes, from: start)
    let before = try quotes()
    #expect(before == ["TOWR 2024-03-31 1.1 appraisal 50000000"])
    let target = EditTarget.quote(asset: "TOWR", kind: .nav, day: day("2024-03-31"), currency: nil)
    try rig.save(target, ["method": "", "price": "1.2"])
    #expect(try quotes() == ["TOWR 2024-03-31 1.2 - 50000000"])
    try expectTravel(quotes, from: before)
    try rig.delete(target)
    #expect(try quotes().isEmpty)
    _ = try rig.open().undo()
    #expect(try quotes() == ["TOWR 2024-03-31 1.2 - 50000000"])
  }

  // MARK: Assets and accounts

  private func assets() throws -> [String] {
    let book = try rig.open().book()
    return book.assets.values.filter { $0.symbol != "USD" }.sorted { $0.id < $1.id }.map { asset in
      "\(asset.symbol) \(asset.assetClass.rawValue) \(asset.name) \(asset.mode?.rawValue ?? "-") \(asset.attributes[.issuer] ?? "-")"
    }
  }

  @Test func factsOfAnAssetAreEditedWhateverTheBatchThatTold() throws {
    try rig.bring("symbol,class,name,currency,decimals,pricing,issuer\nTOK,utility,Tower,USD,0,monthly,Someone\n")
    try rig.bring(EditTests.file)
    let before = try assets()
    try rig.save(.asset("TOK"), ["class": "security", "issuer": "", "mode": "nav", "symbol": "TOWR"])
    #expect(try assets() == ["TOWR security Tower nav -"])
    try expectTravel(assets, from: before)
    // Files still say TOK, and mean it.
    try rig.bring(EditTests.file + "A3,2024-04-03T10:00:00Z,BUY,Alpha,TOK,1,100,USD,100,\n")
    #expect(try assets().count == 1)
    #expect(try held("TOWR") == 7)
  }

  @Test func onlyAnUnusedAssetCanBeDeleted() throws {
    try rig.bring(EditTests.file)
    try rig.save(.new(.asset), ["symbol": "OLD", "class": "crypto"])
    try rig.save(.new(.price), ["asset": "OLD", "date": "2024-03-01", "price": "3", "currency": "USD"])
    let before = try assets()
    #expect(try rig.problems(.delete(.asset("TOK"))) == ["asset: \"TOK\" is used (2 events): delete those first"])
    #expect(try rig.delete(.asset("OLD")).step.title == "delete asset OLD with 1 price")
    #expect(try assets() == ["TOK other  - -"])
    try expectTravel(assets, from: before)
    #expect(try quotes().isEmpty)
    _ = try rig.open().undo()
    #expect(try quotes() == ["OLD 2024-03-01 3 - -"])
  }

  private func accounts() throws -> [String] {
    try rig.open().book().accounts.values.map { "\($0.name) \($0.kind) \($0.venue) \($0.portfolio)" }.sorted()
  }

  @Test func aRenamedAccountStillIsTheOneThatFilesName() throws {
    try rig.bring(EditTests.file)
    let before = try accounts()
    #expect(
      try rig.save(.account("Alpha"), ["account": "Main", "kind": "exchange"]).step.title
        == "edit account Alpha: account Alpha -> Main, kind nothing -> exchange")
    #expect(try accounts() == ["Main exchange  "])
    try expectTravel(accounts, from: before)
    try rig.bring(EditTests.file + "A3,2024-04-03T10:00:00Z,BUY,Alpha,TOK,1,100,USD,100,\n")
    #expect(try accounts() == ["Main exchange  "])
    // A second account may not take the name files use for the first.
    try rig.save(.new(.account), ["account": "Other"])
    #expect(
      try rig.problems(.save(.account("Other"), ["account": "Alpha"])) == ["account: \"Alpha\" is what files call Main: take another name"])
  }

  @Test func onlyAnUnusedAccountCanBeDeleted() throws {
    try rig.bring(EditTests.file)
    try rig.save(.new(.account), ["account": "Spare", "kind": "wallet", "portfolio": "Long"])
    let before = try accounts()
    #expect(try rig.problems(.delete(.account("Alpha"))) == ["account: \"Alpha\" is used by 2 events: delete those first"])
    try rig.delete(.account("Spare"))
    try expectTravel(accounts, from: before)
  }

  // MARK: The history

  @Test func theHistorySaysWhatEveryStepDid() throws {
    try rig.bring(EditTests.file)
    try rig.save(.event("A1"), ["quantity": "11", "account": "Beta"])
    try rig.open().set("method", to: "hifo", now: rig.now)
    try rig.open().setReverted(true, batch: BatchID(1), now: rig.now)
    _ = try rig.open().undo()
    let rows = try rig.open().historyRows()
    #expect(rows.map(\.what) == ["import", "edit", "setting", "batch"])
    #expect(rows.map(\.isUndone) == [false, false, false, true])
    #expect(
      try rig.open().historyChanges(step: 2).map { "\($0.subject): \($0.field) \($0.before ?? "-") -> \($0.after ?? "-")" } == [
        "event 1: account Alpha -> Beta", "event 1: quantity 10 -> 11",
      ])
    #expect(
      try rig.open().historyChanges(step: 4).map { "\($0.subject): \($0.field) \($0.before ?? "-") -> \($0.after ?? "-")" } == [
        "batch 1: status applied -> taken back"
      ])
    #expect(try rig.open().historyChanges(step: 1).first { $0.field == "events" }?.after == "2")
  }
}

extension String {
  fileprivate func replacing(_ text: String, _ other: String) -> String {
    split(separator: text, omittingEmptySubsequences: false).joined(separator: other)
  }
}
