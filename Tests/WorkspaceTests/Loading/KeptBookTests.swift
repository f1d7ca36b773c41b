import Amounts
import Engine
import Ledger
import Reports
import TestSupport
import Testing
import Workspace

/// A workspace follows its own changes in memory; what it shows must be what a workspace shows that reads everything anew.
struct KeptBookTests {
  private let rig = EditRig("kept")
  private static let today = day("2024-12-31")

  private static let file = """
    id,timestamp,type,account,asset,quantity,price,currency,gross,fee,fee_asset,ratio
    A1,2024-01-03T10:00:00Z,BUY,Alpha,TOK,10,100,USD,1000,,,
    A2,2024-02-03T10:00:00Z,SELL,Alpha,TOK,4,150,USD,600,1,GAS,
    A3,2024-03-03T10:00:00Z,SPLIT,,TOK,,,,,,,2:1
    A4,2024-04-03T10:00:00Z,BUY,Beta,GAS,10,1,EUR,10,,,
    A5,2024-05-03T10:00:00Z,DIVIDEND,Alpha,TOK,12,,USD,24,,,

    """

  private func income(_ shown: Snapshot) -> IncomeReport {
    let ledger = shown.income ?? IncomeLedger(shown.book, shown.booking, asOf: shown.asOf)
    return IncomeReport(shown.book, shown.booking, shown.valuer, ledger)
  }

  private func grid(_ shown: Snapshot, _ period: IncomeGrid.Period) -> IncomeGrid {
    let ledger = shown.income ?? IncomeLedger(shown.book, shown.booking, asOf: shown.asOf)
    return IncomeGrid(shown.book, shown.booking, shown.valuer, ledger, by: period)
  }

  private func newest(_ shown: Snapshot) -> EventsReport { EventsReport(shown.book, asOf: shown.asOf, newestFirst: true) }

  /// The workspace's own snapshot and that of one which was opened just now.
  private func compare(_ workspace: Workspace, _ step: String) throws {
    let kept = try workspace.snapshot(.full, asOf: KeptBookTests.today, keeping: false)
    let fresh = try rig.open().snapshot(.full, asOf: KeptBookTests.today, keeping: false)
    #expect(kept.generation == fresh.generation, "\(step)")
    #expect(kept.book.assets == fresh.book.assets && kept.book.accounts == fresh.book.accounts, "\(step)")
    #expect(kept.book.events.indices.map { kept.book.events[$0] } == fresh.book.events.indices.map { fresh.book.events[$0] }, "\(step)")
    #expect(kept.book.quotes.splits == fresh.book.quotes.splits, "\(step)")
    #expect(kept.booking.positions == fresh.booking.positions, "\(step)")
    #expect(kept.booking.lots == fresh.booking.lots, "\(step)")
    #expect(kept.booking.receipts == fresh.booking.receipts, "\(step)")
    #expect(kept.booking.issues == fresh.booking.issues, "\(step)")
    #expect(kept.overview.history == fresh.overview.history, "\(step)")
    #expect(kept.holdings.rows == fresh.holdings.rows, "\(step)")
    #expect(kept.batches == fresh.batches, "\(step)")
    #expect(kept.overview == fresh.overview, "\(step)")
    for period in IncomeGrid.Period.allCases { #expect(grid(kept, period) == grid(fresh, period), "\(step)") }
    let (payments, freshPayments) = (income(kept), income(fresh))
    #expect(Array(payments.rows) == Array(freshPayments.rows), "\(step)")
    #expect(payments.netBase == freshPayments.netBase && payments.excluded == freshPayments.excluded, "\(step)")
    let (events, freshEvents) = (newest(kept), newest(fresh))
    #expect(Array(events) == Array(freshEvents), "\(step)")
  }

  /// Lots are selected by the id of a source: edits beside it are followed, edits of what it means are too, one way or another.
  @Test func selectedLotsAreFollowed() throws {
    try rig.bring(KeptBookTests.file)
    let workspace = try rig.open()
    let now = try #require(Instant("2024-12-31T12:00:00Z"))
    try workspace.set("method", to: "specific", now: now)
    func edit(_ step: String, _ edit: Edit) throws {
      _ = try workspace.apply(edit, now: now)
      try compare(workspace, step)
    }
    let second = [
      "type": "buy", "timestamp": "2024-01-05", "account": "Alpha", "asset": "TOK", "quantity": "5", "gross": "700", "currency": "USD",
    ]
    try edit("a second lot", .save(.new(.event), second))
    try edit("a sale of it by an id nobody bears yet", .save(.event("2"), ["lot_selector": "{\"event\":\"B-1\"}"]))
    try edit("a price of another asset", .save(.event("4"), ["price": "2"]))
    try edit("the id", .save(.event("6"), ["id": "B-1"]))
    try edit("another cost of the lot meant", .save(.event("6"), ["gross": "800"]))
    try edit("a note", .save(.event("5"), ["note": "x"]))
    try edit("a quote", .save(.new(.price), ["date": "2024-06-30", "asset": "TOK", "price": "70", "currency": "USD"]))
    try edit("the lot goes", .delete(.event("6")))
    for step in 1...8 {
      _ = try workspace.undo()
      try compare(workspace, "undo \(step)")
    }
  }

  @Test func everyChangeIsFollowedAsIfItWereRead() throws {
    try rig.bring(KeptBookTests.file)
    let workspace = try rig.open()
    let now = try #require(Instant("2024-12-31T12:00:00Z"))
    try compare(workspace, "import")
    func edit(_ step: String, _ edit: Edit) throws {
      _ = try workspace.apply(edit, now: now)
      try compare(workspace, step)
    }
    let sale = [
      "type": "sell", "timestamp": "2024-06-01", "account": "Alpha", "asset": "TOK", "quantity": "3", "price": "90", "currency": "USD",
    ]
    try edit("a sale", .save(.new(.event), sale))
    try edit("a cheaper sale", .save(.event("6"), ["price": "80"]))
    try edit("an older one", .save(.event("6"), ["timestamp": "2024-01-01"]))
    try edit("another ratio", .save(.event("3"), ["ratio": "3:1"]))
    try edit("no split", .delete(.event("3")))
    try edit("a price", .save(.new(.price), ["date": "2024-06-30", "asset": "TOK", "price": "70", "currency": "USD"]))
    try edit("a rate", .save(.new(.price), ["date": "2024-04-01", "asset": "EUR", "price": "1.1", "currency": "USD", "kind": "fx"]))
    try edit("a new account", .save(.new(.account), ["account": "Aaa", "kind": "wallet"]))
    try edit("a new asset", .save(.new(.asset), ["symbol": "NEW", "class": "utility"]))
    try edit(
      "a trade of it",
      .save(
        .new(.event),
        ["type": "buy", "timestamp": "2024-07-01", "account": "Aaa", "asset": "NEW", "quantity": "1", "gross": "5", "currency": "EUR"]))
    try edit("another class", .save(.asset("TOK"), ["class": "security"]))
    try workspace.set("method", to: "hifo", now: now)
    try compare(workspace, "another method")
    try workspace.set("base", to: "EUR", now: now)
    try compare(workspace, "another currency")
    for step in 1...13 {
      _ = try workspace.undo()
      try compare(workspace, "undo \(step)")
    }
    for step in 1...13 {
      _ = try workspace.redo()
      try compare(workspace, "redo \(step)")
    }
  }

  @Test func anyEditsAreFollowedAsIfTheyWereRead() throws {
    try rig.bring(KeptBookTests.file)
    let workspace = try rig.open()
    let now = try #require(Instant("2024-12-31T12:00:00Z"))
    var random = SplitMix64(seed: 11)
    try compare(workspace, "import")
    for step in 0..<120 {
      let day = "2024-\(random.pick(["01", "02", "03", "04", "05"]))-03"
      var cells = [
        "type": random.pick(["buy", "sell", "dividend", "reward", "deposit", "withdraw", "interest"]), "timestamp": day,
        "account": random.pick(["Alpha", "Beta"]), "asset": random.pick(["TOK", "GAS"]), "quantity": "\(random.int(1...9))",
        "price": "\(random.int(1...99))", "currency": random.pick(["USD", "EUR"]),
      ]
      if cells["type"] == "dividend" { cells["gross"] = "5" }
      if cells["type"] == "interest" { (cells["asset"], cells["price"]) = ("USD", nil) }
      let places = Array(try workspace.book().events.ids)
      switch random.int(0...4) {
      case 0 where places.count > 3: _ = try workspace.apply(.delete(.event(String(random.pick(places)))), now: now)
      case 1: _ = try workspace.apply(.save(.event(String(random.pick(places))), ["quantity": "\(random.int(1...9))"]), now: now)
      case 2 where step > 3: _ = try workspace.undo()
      default: _ = try workspace.apply(.save(.new(.event), cells), now: now)
      }
      try compare(workspace, "step \(step)")
    }
  }

  @Test func whatAnotherProcessWroteIsRead() throws {
    try rig.bring(KeptBookTests.file)
    let workspace = try rig.open()
    try compare(workspace, "import")
    let now = try #require(Instant("2024-12-31T12:00:00Z"))
    _ = try rig.open().apply(.delete(.event("1")), now: now)
    try compare(workspace, "an edit elsewhere")
    _ = try workspace.apply(.delete(.event("2")), now: now)
    _ = try rig.open().undo()
    _ = try workspace.apply(.save(.event("4"), ["quantity": "11"]), now: now)
    try compare(workspace, "edits here and elsewhere")
  }
}
