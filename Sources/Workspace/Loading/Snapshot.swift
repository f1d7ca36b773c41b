public import Amounts
import Archive
public import Engine
import Ledger
public import Reports

/// Everything the screens show, at one moment: immutable, made on a worker, handed to the loop that paints.
public struct Snapshot: Sendable {
  /// The facts it was made from; events and older quotes are missing when it is only a head.
  public let book: Book
  /// What follows from them; lots, pieces and receipts are missing when it is only a head.
  public let booking: Booking
  /// The last day that counts.
  public let asOf: Day
  /// The first screen.
  public let overview: OverviewReport
  /// All holdings.
  public let holdings: HoldingsReport
  /// The worth of all assets on the day.
  public let valuer: Valuer
  /// What was declared, what arrived and what is expected; nil when this is only a head.
  public let income: IncomeLedger?
  /// The value history with what it was made from; nil when this is only a head.
  public let history: ValueHistory?
  /// All batches, oldest first.
  public let batches: [ImportRow]
  /// Whether events, lots and income are there; a head follows from what is kept ready, so that the first paint waits for nothing.
  public let isComplete: Bool

  init(
    book: Book, booking: Booking, asOf: Day, overview: OverviewReport, holdings: HoldingsReport, valuer: Valuer? = nil,
    income: IncomeLedger? = nil, history: ValueHistory? = nil, batches: [ImportRow], isComplete: Bool
  ) {
    self.book = book
    self.booking = booking
    self.asOf = asOf
    self.overview = overview
    self.holdings = holdings
    self.valuer = valuer ?? Valuer(book: book, on: asOf)
    self.income = income
    self.history = history
    self.batches = batches
    self.isComplete = isComplete
  }

  /// Counts the changes of the database.
  public var generation: Int64 { book.generation }
  /// Whether there is nothing to show yet.
  ///
  /// An asset or account that was added by hand counts; the currency of totals alone does not.
  public var isEmpty: Bool { batches.allSatisfy(\.isReverted) && book.accounts.isEmpty && book.assets.count <= 1 }
}

extension Workspace {
  /// Makes a snapshot as of a day.
  ///
  /// - Parameters:
  ///   - extent: `.head` uses the kept positions and history; it turns into `.full` when those are out of date.
  ///   - base: the currency of totals; nil is the database's own.
  ///   - portfolios: the portfolios it is about, by what people call them; nil is all. One alone brings its own currency of totals.
  ///   - keeping: whether what the next opening needs is stored right away. Who must not wait calls ``keepReady(_:)`` afterwards.
  public func snapshot(
    _ extent: Extent, asOf: Day, base: String? = nil, portfolios: [String]? = nil, keeping: Bool = true
  ) throws(WorkspaceError) -> Snapshot {
    if let portfolios { return try snapshot(of: portfolios, asOf: asOf, base: base) }
    if extent == .head, let head = try head(asOf: asOf, base: base) { return head }
    let now = try upToDate(asOf: asOf, base: base)
    let (book, booking, history) = (now.keeper.book, now.keeper.booking, now.history.points)
    if !now.hasFollowed { giveBackMemory() }
    let valuer = Valuer(book: book, on: asOf)
    let (income, holdings) = Workspace.incomeAndHoldings(book, booking, valuer, now)
    kept.with { kept in if kept?.keeper.book.generation == book.generation { kept?.income = income } }
    let made = Snapshot(
      book: book, booking: booking, asOf: asOf,
      overview: OverviewReport(book, booking, valuer, holdings, history: history, valued: now.history, income: income),
      holdings: holdings, valuer: valuer,
      income: income, history: now.history, batches: try importRows(), isComplete: true)
    if keeping { try keepReady(made) }
    return made
  }

  private enum Made: Sendable {
    case income(IncomeLedger)
    case holdings(HoldingsReport)
  }

  /// The two that all else is made from, each on a core of its own.
  private static func incomeAndHoldings(
    _ book: Book, _ booking: Booking, _ valuer: Valuer, _ now: KeptBook
  ) -> (IncomeLedger, HoldingsReport) {
    let made = inParallel(2) { job -> Made in
      if job == 0 { return .holdings(HoldingsReport(book, booking, valuer)) }
      return .income(IncomeLedger(book, booking, asOf: valuer.day, history: now.history, after: now.income))
    }
    guard case .holdings(let holdings) = made[0], case .income(let income) = made[1] else {
      preconditionFailure("results come in the order of the jobs")
    }
    return (income, holdings)
  }

  /// Some portfolios alone: everything is booked, and what is elsewhere left out.
  private func snapshot(of portfolios: [String], asOf: Day, base: String?) throws(WorkspaceError) -> Snapshot {
    var own: String?
    if portfolios.count == 1 { own = try self.portfolios().first { $0.title == portfolios[0] }?.base }
    let now = try upToDate(asOf: asOf, base: base ?? (own?.isEmpty == false ? own : nil))
    var names: [String] = []
    for title in portfolios { names.append(try Workspace.portfolio(title, in: now.keeper.book)) }
    let book = now.keeper.book.viewing(names)
    let booking = now.keeper.booking.narrowed(to: book.view)
    let valuer = Valuer(book: book, on: asOf)
    let holdings = HoldingsReport(book, booking, valuer)
    let history = ValueHistory(book, upTo: asOf)
    return Snapshot(
      book: book, booking: booking, asOf: asOf,
      overview: OverviewReport(book, booking, valuer, holdings, history: history.points, valued: history),
      holdings: holdings, batches: try importRows(), isComplete: true)
  }

  /// The first screen from what is kept ready; nil when that is out of date and everything has to be computed.
  public func readySnapshot(asOf: Day) throws(WorkspaceError) -> Snapshot? { try head(asOf: asOf, base: nil) }

  /// Brings everything that is kept ready up to date, as after an import.
  public func refresh(asOf: Day) throws(WorkspaceError) {
    _ = try snapshot(.full, asOf: asOf)
  }
}
