import Amounts
import Engine
import Glibc
import Importers
import Ledger
import Reports
import TUI
import TestSupport
import Workspace

/// The steps of the benchmark that run in a process of their own: each prints `key=value` lines, and checks its own answer.
enum BenchChild {
  static func run(_ step: String, _ plan: BenchPlan) throws(Failure) -> Int32 {
    do {
      switch step {
      case "import": try importPortfolio(plan)
      case "book": try readBook(plan)
      case "edit": try editThePast(plan)
      case "small": try smallThings(plan)
      default: throw Failure.usage("no step '\(step)'")
      }
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(message: "\(error)")
    }
    return 0
  }

  private static func say(_ key: String, _ value: Double) { print("\(key)=\(value)") }

  /// The median seconds of a few runs.
  private static func time(_ runs: Int, _ work: () throws -> Void) rethrows -> Double {
    var times: [Double] = []
    for _ in 0..<runs {
      let start = Program.now
      try work()
      times.append(Program.now - start)
    }
    return median(times)
  }

  // MARK: Import

  private static func importPortfolio(_ plan: BenchPlan) throws {
    let request = ImportRequest(.file(plan.folder + "/activities.csv"), now: Instant(microseconds: 0))
    var times: [Double] = []
    for _ in 0..<min(plan.runs, 3) {
      for suffix in ["", "-wal", "-shm"] { unlink(plan.database + suffix) }
      let start = Program.now
      let outcome = try Workspace(path: plan.database).importFile(request)
      times.append(Program.now - start)
      if outcome.imported != outcome.total || outcome.total == 0 {
        throw Failure(
          message:
            "\(outcome.imported) of \(outcome.total) rows imported; first problem: \(outcome.problems.first.map { "\($0)" } ?? "none")")
      }
    }
    say("seconds", median(times))
    say("peak", memory("VmHWM"))
    let workspace = try Workspace(path: plan.database)
    let again = try time(1) {
      let outcome = try workspace.importFile(request)
      if outcome.duplicate != outcome.total { throw Failure(message: "a second import found \(outcome.imported) new rows") }
    }
    say("again", again)
    for name in ["assets", "accounts", "prices"] {
      let start = Program.now
      let outcome = try workspace.importFile(ImportRequest(.file(plan.folder + "/\(name).csv"), now: Instant(microseconds: 0)))
      if outcome.problem > 0 { throw Failure(message: "\(name).csv: \(outcome.problem) problem rows") }
      say(name, Program.now - start)
    }
  }

  /// A line of /proc/self/status, in bytes.
  private static func memory(_ key: String) -> Double {
    guard let status = try? readText("/proc/self/status"),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix(key + ":") })
    else {
      return 0
    }
    return (Double(line.filter(\.isNumber)) ?? 0) * 1024
  }

  // MARK: Book

  private static func readBook(_ plan: BenchPlan) throws {
    let workspace = try Workspace(path: plan.database)
    let start = Program.now
    let book = try workspace.book()
    say("load", Program.now - start)
    var booking = book.booked()
    say("recompute", time(plan.runs) { booking = book.booked() })
    say("resident", memory("VmRSS"))
    let day = book.settings.zone.day(of: Instant(microseconds: book.events.times.last ?? 0))
    say("holdings", time(plan.runs) { _ = HoldingsReport(book, booking, asOf: day) })
    try followHistory(book, upTo: day, plan)
    let keeper = Bookkeeper(book)
    func saySwitch(_ key: String, _ edit: (inout BookSettings) -> Void) throws {
      var other = book
      edit(&other.settings)
      var times: [Double] = []
      for _ in 0..<plan.runs {
        var switched = keeper
        let start = Program.now
        switched.use(other.settings)
        times.append(Program.now - start)
        if times.count == 1, switched.booking.positions != other.booked().positions {
          throw Failure(message: "the switch of \(key) gives other positions than a book read that way")
        }
      }
      say(key, median(times))
    }
    try saySwitch("feeRule") { $0.feeRule = .separate }
    try saySwitch("method") { $0.method = .hifo }
    try saySwitch("scope") { $0.scope = .global }
    if let euro = book.assets.values.first(where: { $0.symbol == "EUR" }) {
      try saySwitch("currency") { $0.base = euro.id.asCurrency }
    }
    let end = book.events.count
    guard let symbol = book.assets[AssetID(book.events.assets[end / 2])]?.symbol else { throw Failure(message: "no assets") }
    let field = Filter("asset=\(symbol)")
    var found = 0
    say("filterField", time(plan.runs) { found = EventFilter(field, book).positions(before: end).count })
    let expected = book.events.assets.count { book.assets[AssetID($0)]?.symbol == symbol }
    if found != expected { throw Failure(message: "the filter finds \(found) events of \(symbol), there are \(expected)") }
    let text = Filter("fee broker")
    say("filterText", time(plan.runs) { found = EventFilter(text, book).positions(before: end).count })
  }

  /// The value history from scratch, after one event more in the middle, and what the parts contributed.
  private static func followHistory(_ book: Book, upTo day: Day, _ plan: BenchPlan) throws {
    var history = ValueHistory(book, upTo: day)
    say("history", time(plan.runs) { history = ValueHistory(book, upTo: day) })
    var edited = book
    var event = book.events[book.events.count / 2]
    event.id = EventID((book.events.ids.max() ?? 0) + 1)
    edited.events.append(event)
    edited.events.sort(accountRank: [:])
    let change = LedgerChange(events: [EventChange(before: nil, after: event)])
    var followed = history
    say("historyEdit", time(plan.runs) { followed = history.updated(to: edited, after: change) })
    if followed.points != ValueHistory(edited, upTo: day).points { throw Failure(message: "the history that followed an edit is another") }
    let whole = Performance(.init(to: day), history.points, ExternalFlows(book, history))
    say("flows", time(plan.runs) { _ = ExternalFlows(book, history) })
    say("breakdown", time(1) { _ = Breakdown(book, by: .asset, whole: whole) })
  }

  /// One more purchase of the largest asset before all others, stored, until every screen is there again; then taken back.
  private static func editThePast(_ plan: BenchPlan) throws {
    let workspace = try Workspace(path: plan.database)
    let before = try workspace.book()
    guard let last = before.events.times.last, let first = before.events.times.first else { throw Failure(message: "no events") }
    var counts: [Int32: Int] = [:]
    for (asset, account) in zip(before.events.assets, before.events.accounts)
    where before.assets[AssetID(asset)]?.hasLots == true && account != 0 {
      counts[asset, default: 0] += 1
    }
    guard let largest = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) })?.key,
      let place = before.events.assets.firstIndex(of: largest),
      let account = before.accounts[AccountID(before.events.accounts[place])]?.name
    else { throw Failure(message: "no asset with lots") }
    let day = before.settings.zone.day(of: Instant(microseconds: last))
    let now = Instant(microseconds: last).adding(seconds: 86_400)
    let runner = EffectRunner(workspace, today: day, clock: { now }, describe: { "\($0)" }, post: { _ in })
    var shown = try workspace.snapshot(.full, asOf: day, keeping: false)
    var desk = runner.desk(shown)
    let held = shown.holdings.rows.first { $0.asset.id == AssetID(largest) }?.quantity ?? .zero
    let runs = max(3, plan.runs)
    var phases: [String: [Double]] = [:]
    func phase<Value>(_ name: String, _ work: () throws -> Value) rethrows -> Value {
      let start = Program.now
      defer { phases[name, default: []].append(Program.now - start) }
      return try work()
    }
    for run in 1...runs {
      let time = Instant(microseconds: first).adding(seconds: -86_400 * run)
      let cells = [
        "type": "BUY", "timestamp": "\(time)", "account": account, "asset": before.label(of: AssetID(largest)), "quantity": "1",
        "price": "1", "currency": "USD", "gross": "1",
      ]
      try phase("edit") {
        try phase("store") { _ = try workspace.apply(.save(.new(.event), cells), now: now) }
        shown = try phase("snapshot") { try workspace.snapshot(.full, asOf: day, keeping: false) }
        desk = phase("desk") { runner.desk(shown) }
      }
      let after = shown.holdings.rows.first { $0.asset.id == AssetID(largest) }?.quantity
      if after != (try held.adding(Decimal(run))) {
        throw Failure(message: "the edit is not in the holdings: \(held) became \(String(describing: after))")
      }
    }
    try phase("undo") {
      for _ in 1...runs { _ = try workspace.undo() }
      shown = try workspace.snapshot(.full, asOf: day, keeping: false)
      desk = runner.desk(shown)
    }
    if shown.book.events.count != before.events.count { throw Failure(message: "the edits were not taken back") }
    withExtendedLifetime(desk) {}
    for name in phases.keys.sorted() { say(name, median(phases[name] ?? [])) }
    say("firstEdit", phases["edit"]?.first ?? 0)
  }

  // MARK: Small things

  private static func smallThings(_ plan: BenchPlan) throws {
    guard let today = Day("2026-01-31") else { return }
    say("demo", time(plan.runs) { _ = Demo.facts(today: today) })
    var random = SplitMix64(seed: 7)
    let count = 20_000
    let prices = (0..<count).map { _ in Decimal(mantissa: Int128(random.int(1...99_999_999)), scale: 4) }
    let quantities = (0..<count).map { _ in
      Decimal(mantissa: Int128(random.int(1...99_999_999_999_999)), scale: UInt8(random.pick([0, 6, 8, 18])))
    }
    let costs = try zip(quantities, prices).map { try $0.multiplied(by: $1) }
    var sink = Decimal.zero
    func each(_ key: String, _ operation: (Int) throws -> Decimal) rethrows {
      say(key, try time(plan.runs) { for index in 0..<count { sink = try operation(index) } } / Double(count))
    }
    try each("add") { try costs[$0].adding(prices[$0]) }
    try each("multiply") { try quantities[$0].multiplied(by: prices[$0]) }
    try each("divide") { try costs[$0].divided(by: quantities[$0]) }
    let parts = try quantities.map { try $0.multiplied(by: Decimal(mantissa: 37, scale: 2)) }
    try each("share") { try costs[$0].share(parts[$0], of: quantities[$0]) }
    let texts = costs.map { Array($0.description.utf8) }
    each("parse") { texts[$0].withUnsafeBytes { Decimal(utf8: $0) ?? .zero } }
    if sink == Decimal(-1) { print(sink) }  // keeps the loops from being dropped
  }
}
