public import Amounts
import Engine
import Glibc
import Importers
import Ledger
import Reports
public import Workspace

/// Does the work that `update` asks for, on threads of its own, and posts the answers.
public final class EffectRunner: @unchecked Sendable {
  private let post: @Sendable (Message) -> Void
  private let onThread: @Sendable () -> Void
  private let describe: @Sendable (WorkspaceError) -> String
  private let clock: @Sendable () -> Instant
  private let today: Day
  // Only touched with the lock held.
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private var workspace: Workspace
  private var cancelled: Set<Int> = []
  private var demoPath: String?
  private var seenVersion: Int64?
  // The user's own database, to come back to from the demo.
  private let own: Workspace

  /// - Parameters:
  ///   - today: the last day that counts.
  ///   - clock: the time of changes.
  ///   - describe: an error as a sentence for people.
  ///   - onThread: runs first on every worker thread.
  ///   - post: takes an answer, on any thread.
  public init(
    _ workspace: Workspace, today: Day, clock: @escaping @Sendable () -> Instant, describe: @escaping @Sendable (WorkspaceError) -> String,
    onThread: @escaping @Sendable () -> Void = {}, post: @escaping @Sendable (Message) -> Void
  ) {
    self.workspace = workspace
    own = workspace
    self.today = today
    self.clock = clock
    self.describe = describe
    self.onThread = onThread
    self.post = post
    pthread_mutex_init(lock, nil)
    pthread_mutex_init(explaining, nil)
  }

  deinit {
    pthread_mutex_destroy(lock)
    lock.deallocate()
    pthread_mutex_destroy(explaining)
    explaining.deallocate()
    if let demoPath { Demo.remove(demoPath) }
  }

  private func locked<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    return body()
  }

  private var current: Workspace { locked { workspace } }

  /// Starts work. Effects of the terminal and the process are the loop's own and come back as false.
  public func run(_ effect: Effect) -> Bool {
    switch effect {
    case .load(let extent): work { () throws(WorkspaceError) in try self.load(extent) }
    case .importFiles(let paths, let run): work { self.importFiles(paths, run) }
    case .cancel(let run): locked { _ = cancelled.insert(run) }
    case .preview(let path, let run): work { self.look(at: FolderReader.expand(path), run) }
    case .list(let path, let run): work { self.post(.listed(run: run, FolderReader.read(FolderReader.expand(path)))) }
    case .asset(let id, let run): work(run) { () throws(WorkspaceError) in try self.asset(id, run) }
    case .filterEvents(let text, let run): work(run) { () throws(WorkspaceError) in try self.filterEvents(text, run) }
    case .record(let key, let run): work(run) { () throws(WorkspaceError) in try self.record(key, run) }
    case .performance(let query, let run): work(run) { () throws(WorkspaceError) in try self.performance(query, run) }
    case .explain(let figure, let query, let run): work(run) { self.explain(figure, query, run) }
    case .prepareExplanation(let figure, let query): work { self.prepare(figure, query) }
    case .ask(let question, let run): work(run) { () throws(WorkspaceError) in try self.answer(question, run) }
    case .pick(let event, let picks): work { () throws(WorkspaceError) in try self.pick(event, picks) }
    case .exportGains(let path, let query): work { () throws(WorkspaceError) in try self.export(query, to: path) }
    case .poll(let generation): work { () throws(WorkspaceError) in try self.poll(generation) }
    case .revert(let batch, let reverted):
      work { () throws(WorkspaceError) in
        try self.current.setReverted(reverted, batch: batch, now: self.clock())
        self.post(.changed("batch \(batch.raw) \(reverted ? "taken back" : "applied again")"))
      }
    case .set(let key, let value):
      work { () throws(WorkspaceError) in
        try self.current.set(key, words: value, now: self.clock())
        self.post(.changed("\(key) is \(value) now"))
      }
    case .link(let a, let b):
      work { () throws(WorkspaceError) in self.post(.changed("\(try self.current.link(a, b, now: self.clock()).title); u takes it apart")) }
    case .apply(let edit): work { () throws(WorkspaceError) in try self.apply(edit) }
    case .writeOff(let asset, let account):
      work { () throws(WorkspaceError) in
        let step = try self.current.writeOff(asset, account: account, now: self.clock())
        self.post(.saved(title: step.title, isUnchanged: step.isUnchanged))
      }
    case .history(let run): work(run) { () throws(WorkspaceError) in self.post(.history(run: run, try self.current.historyRows())) }
    case .changes(let step, let run):
      work(run) { () throws(WorkspaceError) in self.post(.changes(run: run, step: step, try self.current.historyChanges(step: step))) }
    case .view(let portfolios):
      locked { view = portfolios }
      work { () throws(WorkspaceError) in try self.load(.full) }
    case .close(let year, let portfolio, let reopens):
      work { () throws(WorkspaceError) in
        if reopens {
          try self.current.reopen(year, portfolio: portfolio, now: self.clock())
          self.post(.changed("\(year) follows the facts again; u closes it"))
        } else {
          let row = try self.current.close(year, portfolio: portfolio, now: self.clock())
          self.post(.changed("\(year) is closed: \(row?.pieces ?? 0) parts of disposals are frozen"))
        }
      }
    case .undo: work { () throws(WorkspaceError) in self.post(.changed("taken back: \(try self.current.undo().title)")) }
    case .redo: work { () throws(WorkspaceError) in self.post(.changed("done again: \(try self.current.redo().title)")) }
    case .openDemo: work { () throws(WorkspaceError) in try self.openDemo() }
    case .closeDemo: work { self.closeDemo() }
    case .copy, .setMouse, .remember, .suspend, .quit: return false
    }
    return true
  }

  private func work(_ run: Int? = nil, _ body: @escaping @Sendable () throws(WorkspaceError) -> Void) {
    _ = WorkerThread(onStart: onThread) { [self] in
      do throws(WorkspaceError) { try body() } catch { post(.failed(run: run, describe(error))) }
    }
  }

  private func apply(_ edit: Edit) throws(WorkspaceError) {
    try save { (workspace) throws(WorkspaceError) in try workspace.apply(edit, now: self.clock()).step }
  }

  private func pick(_ event: EventID, _ picks: [LotPick]) throws(WorkspaceError) {
    try save { (workspace) throws(WorkspaceError) in try workspace.pickLots(of: "\(event.raw)", picks, now: self.clock()).step }
  }

  private func save(_ work: (Workspace) throws(WorkspaceError) -> HistoryStep) throws(WorkspaceError) {
    do throws(WorkspaceError) {
      let step = try work(current)
      post(.saved(title: step.title, isUnchanged: step.isUnchanged))
    } catch {
      guard case .invalid(let problems) = error else { throw error }
      post(.refused(problems))
    }
  }

  // MARK: Reading

  // The book the last complete snapshot was made from, for asset pages and filters.
  private var book: (book: Book, booking: Booking)?
  // The value history of that book.
  private var history: ValueHistory?
  // What was declared in that book, matched with what arrived.
  private var ledger: IncomeLedger?
  // Explains that book's figures, one at a time; only touched with its own lock held.
  private var explainer: Explainer?
  private let explaining = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

  // The portfolios that are looked at; nil is all.
  private var view: [String]?

  private func load(_ extent: Workspace.Extent) throws(WorkspaceError) {
    let view = locked { self.view }
    do throws(WorkspaceError) {
      try load(extent, view)
    } catch {
      guard case .noSuchPortfolio(let name, _) = error, view != nil else { throw error }
      // As after its making was taken back.
      locked { self.view = nil }
      post(.viewLost(name))
      try load(extent, nil)
    }
  }

  private func load(_ extent: Workspace.Extent, _ view: [String]?) throws(WorkspaceError) {
    let workspace = current
    if extent == .head {
      let head = try workspace.snapshot(.head, asOf: today, portfolios: view)
      post(.loaded(head, head.isComplete ? desk(head) : nil))
      if head.isComplete { return }
    }
    let full = try workspace.snapshot(.full, asOf: today, portfolios: view, keeping: false)
    post(.loaded(full, desk(full)))
    try workspace.keepReady(full)
    workspace.giveBackReadingMemory()
  }

  /// The reports behind the other screens, made on all cores.
  public func desk(_ snapshot: Snapshot) -> Desk {
    locked {
      book = (snapshot.book, snapshot.booking)
      disposals = nil
      history = snapshot.history
      ledger = snapshot.income
    }
    return Desk(snapshot)
  }

  private func asset(_ id: AssetID, _ run: Int) throws(WorkspaceError) {
    let known = locked { book }
    guard let known else {
      post(.asset(run: run, id, nil))
      return
    }
    post(.asset(run: run, id, AssetReport(known.book, known.booking, of: id, asOf: today)))
  }

  private func performance(_ query: PerformanceQuery, _ run: Int) throws(WorkspaceError) {
    let (known, kept) = locked { (book, history) }
    let facts = if let known { known } else { try bookedNow() }
    let answer = PerformanceAnswer(query, facts.book, facts.booking, kept ?? ValueHistory(facts.book, upTo: today), asOf: today)
    post(.performance(run: run, answer))
  }

  // The disposals that were worked out last, of the book there is.
  private var disposals: GainsAnswer.Made?

  private func answer(_ question: Question, _ run: Int) throws(WorkspaceError) {
    let known = locked { (book, disposals) }
    let facts = if let book = known.0 { book } else { try bookedNow() }
    var made = known.1
    let answer = Answer(question, facts.book, facts.booking, asOf: today, &made)
    locked { if book?.book.generation == facts.book.generation { disposals = made } }
    post(.answered(run: run, question, answer))
    // Following lots through the years takes as much for a moment as the book itself.
    current.giveBackReadingMemory()
  }

  /// Writes what a list of gains shows, as the command line would.
  private func export(_ query: GainsQuery, to path: String) throws(WorkspaceError) {
    let facts = if let known = locked({ book }) { known } else { try bookedNow() }
    let rows = try current.write(query.document(facts.book, facts.booking, asOf: today), asCSVTo: FolderReader.expand(path))
    post(.done("\(NumberText.count(rows)) rows written to \(path)"))
  }

  private func bookedNow() throws(WorkspaceError) -> (book: Book, booking: Booking) {
    let book = try current.book()
    return (book, book.booked(asOf: today))
  }

  private func filterEvents(_ text: String, _ run: Int) throws(WorkspaceError) {
    let known = locked { book }
    let facts = if let known { known.book } else { try current.book() }
    post(.events(run: run, EventsReport(facts, asOf: today, filter: Filter(text), newestFirst: true)))
  }

  private func record(_ key: RecordKey, _ run: Int) throws(WorkspaceError) {
    let workspace = current
    let raw = try key.line.flatMap { (line) throws(WorkspaceError) in try workspace.rawRow(batch: key.batch, line: line) }
    post(.record(run: run, EventRecord(key: key, raw: raw, externalID: try workspace.externalID(of: key.event))))
  }

  /// Makes what an explanation needs before it is asked for: while the user chooses there is time.
  private func prepare(_ figure: FigurePath, _ query: PerformanceQuery?) {
    _ = try? explained(query) { (explainer) throws(ExplainError) in try explainer.explain(figure) }
  }

  private func explain(_ figure: FigurePath, _ query: PerformanceQuery?, _ run: Int) {
    do throws(ExplainError) {
      let found = try explained(query) { (explainer) throws(ExplainError) in try explainer.explain(figure) }
      post(.explained(run: run, found, found == nil ? "the database is still being read" : ""))
    } catch {
      post(.explained(run: run, nil, error.sentence))
    }
  }

  /// Asks the explainer of the book that is shown; nil while there is none.
  private func explained(
    _ query: PerformanceQuery?, _ ask: (Explainer) throws(ExplainError) -> Explanation
  ) throws(ExplainError) -> Explanation? {
    let workspace = current
    let (known, kept, matched) = locked { (book, history, ledger) }
    guard let known else { return nil }
    pthread_mutex_lock(explaining)
    defer { pthread_mutex_unlock(explaining) }
    if explainer?.explains(known.book) != true {
      let made = Explainer(known.book, known.booking, asOf: today)
      made.origin = { workspace.origin(of: $0) }
      made.knownHistory = kept
      made.knownLedger = matched
      explainer = made
    }
    guard let explainer else { return nil }
    explainer.scope = (query ?? PerformanceQuery()).scope(asOf: today)
    return try ask(explainer)
  }

  /// Two programs that only keep their own figures ready must not wake each other for ever: it is the facts that count.
  private func poll(_ generation: Int64) throws(WorkspaceError) {
    let workspace = current
    let version = try workspace.dataVersion()
    let isNew = locked {
      defer { seenVersion = version }
      return seenVersion != version
    }
    if isNew, try workspace.generation() != generation { post(.outdated) }
  }

  // MARK: Importing

  private func importFiles(_ paths: [String], _ run: Int) {
    var summaries: [ImportSummary] = []
    for path in paths where !isCancelled(run) {
      let name = EffectRunner.baseName(path)
      var summary = ImportSummary(file: name, source: "")
      do throws(WorkspaceError) {
        var request = ImportRequest(.file(path), now: clock())
        request.options.zone = current.zone
        summary = EffectRunner.summary(try current.importFile(request, progress: progress(of: name, run)))
      } catch {
        summary.failure = describe(error)
        if case .cancelled = error { summary.wasStopped = true }
      }
      summaries.append(summary)
    }
    if summaries.isEmpty, let first = paths.first {
      summaries = [ImportSummary(file: EffectRunner.baseName(first), source: "", failure: describe(.cancelled), wasStopped: true)]
    }
    post(.imported(run: run, summaries))
  }

  /// Reports how far a file is, twenty times a second at most, and stops it when that was asked for.
  private func progress(of name: String, _ run: Int) -> (ImportProgress) -> Bool {
    var last = EffectRunner.milliseconds()
    post(.importing(run: run, file: name, ImportProgress(), at: last))
    return { [self] progress in
      let now = EffectRunner.milliseconds()
      if now - last >= 50 {
        last = now
        post(.importing(run: run, file: name, progress, at: now))
      }
      return !isCancelled(run)
    }
  }

  private func isCancelled(_ run: Int) -> Bool { locked { cancelled.contains(run) } }

  /// Shows what is in a file; a folder is listed.
  private func look(at path: String, _ run: Int) {
    if FolderReader.isFolder(path) { return post(.listed(run: run, FolderReader.read(path))) }
    var request = ImportRequest(.file(path), now: clock())
    request.isDryRun = true
    request.wantsEvents = true
    request.eventLimit = Preview.limit
    request.options.zone = current.zone
    let name = EffectRunner.baseName(path)
    do throws(WorkspaceError) {
      post(.previewed(run: run, Preview(path: path, try current.importFile(request, progress: progress(of: name, run)))))
    } catch {
      if case .cancelled = error { return post(.stopped(run: run, "stopped reading \(name); nothing was changed")) }
      post(.previewed(run: run, Preview(path: path, failure: describe(error))))
    }
  }

  static func summary(_ outcome: ImportOutcome) -> ImportSummary {
    var summary = ImportSummary(file: baseName(outcome.file), source: outcome.source)
    summary.imported = outcome.imported
    summary.duplicate = outcome.duplicate
    summary.changed = outcome.changed
    summary.ignored = outcome.ignored
    summary.problem = outcome.problem
    summary.events = outcome.eventCount
    return summary
  }

  static func baseName(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

  /// The monotonic clock, for rates only.
  static func milliseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }

  // MARK: Demo

  private func openDemo() throws(WorkspaceError) {
    let (demo, path) = try Demo.open(today: today, now: clock())
    locked {
      view = nil
      workspace = demo
      demoPath = path
      (book, seenVersion) = (nil, nil)
      disposals = nil
    }
    post(.switched(isDemo: true))
  }

  private func closeDemo() {
    let path = locked { () -> String? in
      view = nil
      workspace = own
      (book, seenVersion) = (nil, nil)
      disposals = nil
      defer { demoPath = nil }
      return demoPath
    }
    if let path { Demo.remove(path) }
    post(.switched(isDemo: false))
  }
}
