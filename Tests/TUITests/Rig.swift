import Amounts
import Engine
import Ledger
import Reports
import TermKit
import TestSupport

@testable import TUI
@testable import Workspace

/// The app over a book made by hand, without terminal, threads or database: keys go in, a canvas comes out.
struct Rig {
  var state: AppState
  /// Effects that nobody here answers, such as quitting or copying.
  private(set) var unanswered: [Effect] = []
  /// Leaves everything unanswered, as a slow worker does.
  var isSlow = false
  private let book: Book
  private let booking: Booking
  private let asOf: Day
  private let snapshot: Snapshot

  init(_ book: Book, asOf: Day, width: Int = 120, height: Int = 40) {
    self.book = book
    self.asOf = asOf
    booking = book.booked(asOf: asOf)
    state = AppState(size: Size(width: width, height: height), today: asOf, theme: "florin", folder: "/")
    let history = ValueHistory(book, upTo: asOf).points
    let batch = ImportRow(
      batch: BatchID(1), source: "hand", file: "hand.csv", sha256: "", at: Instant(day: asOf, second: 0), rows: RowCounts(), events: 0,
      isReverted: false)
    let snapshot = Snapshot(
      book: book, booking: booking, asOf: asOf, overview: OverviewReport(book, booking, asOf: asOf, history: history),
      holdings: HoldingsReport(book, booking, asOf: asOf), batches: [batch], isComplete: true)
    self.snapshot = snapshot
    answer(state.start(snapshot, desk: Rig.desk(book, booking, asOf)))
  }

  /// Answers a wish for everything with the same book.
  mutating func refill() { receive(.loaded(snapshot, Rig.desk(book, booking, asOf))) }

  private static func desk(_ book: Book, _ booking: Booking, _ day: Day) -> Desk {
    let valuer = Valuer(book: book, on: day)
    let ledger = IncomeLedger(book, booking, asOf: day)
    return Desk(
      holdingsByAccount: HoldingsReport(book, booking, valuer, byAccount: true), income: IncomeReport(book, booking, valuer, ledger),
      months: IncomeGrid(book, booking, valuer, ledger, by: .month), quarters: IncomeGrid(book, booking, valuer, ledger, by: .quarter),
      years: IncomeGrid(book, booking, valuer, ledger, by: .year), nav: NavReport(book, booking, valuer),
      allocations: Dimension.allCases.map { AllocationReport(book, booking, valuer, by: $0) },
      events: EventsReport(book, asOf: day, newestFirst: true))
  }

  /// Presses keys by name, `Enter`, `Tab`, `C-u`; a longer word that is no key's name is typed.
  mutating func press(_ names: String...) {
    for name in names {
      if let key = Key(name) {
        answer(state.update(.key(key)))
      } else {
        for scalar in name.unicodeScalars { answer(state.update(.key(.char(scalar)))) }
      }
    }
  }

  /// Gives the app a message, such as an answer that was left out.
  mutating func receive(_ message: Message) { answer(state.update(message)) }

  /// Gives the app an input other than a key.
  mutating func take(_ input: Input) { answer(state.update(input)) }

  /// Clicks where a text stands on the screen, once or twice.
  mutating func click(_ text: String, isDouble: Bool = false) {
    for (y, line) in self.text().split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      for (x, start) in line.indices.enumerated() where line[start...].hasPrefix(text) {
        take(.mouse(Mouse(.press(.left), x: x, y: y)))
        if isDouble { take(.mouse(Mouse(.press(.left), x: x, y: y, isDouble: true))) }
        return
      }
    }
  }

  private mutating func answer(_ effects: [Effect]) {
    if isSlow { return unanswered += effects }
    for effect in effects {
      switch effect {
      case .asset(let id, let run): answer(state.update(.asset(run: run, id, AssetReport(book, booking, of: id, asOf: asOf))))
      case .performance(let query, let run):
        let answer = PerformanceAnswer(query, book, booking, ValueHistory(book, upTo: asOf), asOf: asOf)
        self.answer(state.update(.performance(run: run, answer)))
      case .filterEvents(let text, let run):
        answer(state.update(.events(run: run, EventsReport(book, asOf: asOf, filter: Filter(text), newestFirst: true))))
      case .ask(let question, let run):
        var made: GainsAnswer.Made?
        answer(state.update(.answered(run: run, question, Answer(question, book, booking, asOf: asOf, &made))))
      case .explain(let figure, let query, let run):
        let explainer = Explainer(book, booking, asOf: asOf)
        explainer.scope = (query ?? PerformanceQuery()).scope(asOf: asOf)
        explainer.origin = {
          guard case .event(let row) = $0 else { return nil }
          let line = row.line
          return .init(batch: row.batch, file: "hand.csv", source: "hand", line: line, raw: "row \(line ?? 0),as,it,was", externalID: nil)
        }
        do throws(ExplainError) {
          answer(state.update(.explained(run: run, try explainer.explain(figure), "")))
        } catch {
          answer(state.update(.explained(run: run, nil, error.sentence)))
        }
      case .record(let key, let run):
        answer(
          state.update(.record(run: run, EventRecord(key: key, raw: "row \(key.line ?? 0),as,it,was", externalID: "X-\(key.event.raw)"))))
      default: unanswered.append(effect)
      }
    }
  }

  /// What the screen shows, with roles and grounds.
  mutating func screen(_ glyphs: GlyphSet = .full) -> String { draw(glyphs).dump() }

  /// What the screen shows, glyphs alone.
  mutating func text(_ glyphs: GlyphSet = .full) -> String { draw(glyphs).text() }

  private mutating func draw(_ glyphs: GlyphSet) -> Canvas {
    var canvas = Canvas(state.size, glyphs: glyphs)
    state.draw(on: &canvas)
    return canvas
  }
}

/// DESIGN 4's worked example with a coin named in Chinese, a token with a hostile name, a lock and a target.
enum Harbour {
  static let today = day("2024-05-15")

  static func book() -> Book {
    var maker = Tower.make()
    maker.asset("龍幣", .crypto, name: "龍の貨幣", currency: "USD", [.chain: "dragonchain"])
    maker.asset("EV\u{1B}[31mIL", .utility, name: "\u{202E}gnp.live", currency: "USD")
    maker.event(.buy, "2024-05-02", "Cold 金庫", "龍幣", "1234.56789012", price: "2.5", gross: "3086.42", "USD")
    maker.event(.buy, "2024-05-03", "Vault", "EV\u{1B}[31mIL", "10", price: "1", gross: "10", "USD")
    maker.quote(.close, "2024-05-13", "龍幣", "2.60")
    maker.quote(.close, "2024-05-15", "龍幣", "2.75")
    maker.plan(
      .restriction, "TOWR",
      ["kind": "lock", "quantity": "500000", "from": "2024-01-10", "until": "2025-01-10", "reason": "Rule 144 holding period"])
    maker.plan(.target, nil, ["dimension": "class", "key": "security", "target": "0.75", "band": "0.02"])
    return maker.book
  }

  static func rig(width: Int = 120, height: Int = 40) -> Rig { Rig(book(), asOf: today, width: width, height: height) }
}
