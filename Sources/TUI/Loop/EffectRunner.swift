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
  // Both are only touched with the lock held.
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private var workspace: Workspace
  private var isCancelled = false
  private var demoPath: String?

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
    self.today = today
    self.clock = clock
    self.describe = describe
    self.onThread = onThread
    self.post = post
    pthread_mutex_init(lock, nil)
  }

  deinit {
    pthread_mutex_destroy(lock)
    lock.deallocate()
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
    case .load(let extent, let base): work { () throws(WorkspaceError) in try self.load(extent, base) }
    case .importFiles(let paths, let run): work { self.importFiles(paths, run) }
    case .cancelImport: locked { isCancelled = true }
    case .preview(let path, let run): work { self.post(.previewed(run: run, self.preview(path))) }
    case .list(let path, let run): work { self.post(.listed(run: run, FolderReader.read(path))) }
    case .asset(let id, let run): work { () throws(WorkspaceError) in try self.asset(id, run) }
    case .filterEvents(let text, let run): work { () throws(WorkspaceError) in try self.filterEvents(text, run) }
    case .revert(let batch, let reverted):
      work { () throws(WorkspaceError) in
        try self.current.setReverted(reverted, batch: batch)
        self.post(.changed("batch \(batch.raw) \(reverted ? "taken back" : "applied again")"))
      }
    case .undo: work { () throws(WorkspaceError) in self.post(.changed("taken back: \(try self.current.undo().title)")) }
    case .redo: work { () throws(WorkspaceError) in self.post(.changed("done again: \(try self.current.redo().title)")) }
    case .openDemo: work { () throws(WorkspaceError) in try self.openDemo() }
    case .copy, .setMouse, .remember, .suspend, .quit: return false
    }
    return true
  }

  private func work(_ body: @escaping @Sendable () throws(WorkspaceError) -> Void) {
    _ = WorkerThread(onStart: onThread) { [self] in
      do throws(WorkspaceError) { try body() } catch { post(.failed(describe(error))) }
    }
  }

  // MARK: Reading

  // The book the last complete snapshot was made from, for asset pages and filters.
  private var book: (book: Book, booking: Booking)?

  private func load(_ extent: Workspace.Extent, _ base: String?) throws(WorkspaceError) {
    let workspace = current
    if extent == .head {
      let head = try workspace.snapshot(.head, asOf: today, base: base)
      post(.loaded(head, head.isComplete ? desk(head) : nil))
      if head.isComplete { return }
    }
    let full = try workspace.snapshot(.full, asOf: today, base: base)
    post(.loaded(full, desk(full)))
  }

  /// The reports behind the other screens.
  public func desk(_ snapshot: Snapshot) -> Desk {
    let (book, booking, day) = (snapshot.book, snapshot.booking, snapshot.asOf)
    locked { self.book = (book, booking) }
    let valuer = Valuer(book: book, on: day)
    let ledger = IncomeLedger(book, booking, asOf: day)
    return Desk(
      holdingsByAccount: HoldingsReport(book, booking, valuer, byAccount: true), income: IncomeReport(book, booking, valuer, ledger),
      months: IncomeGrid(book, booking, valuer, ledger, by: .month), quarters: IncomeGrid(book, booking, valuer, ledger, by: .quarter),
      years: IncomeGrid(book, booking, valuer, ledger, by: .year), nav: NavReport(book, booking, valuer),
      allocations: Dimension.allCases.map { AllocationReport(book, booking, valuer, by: $0) },
      events: EventsReport(book, asOf: day, newestFirst: true))
  }

  private func asset(_ id: AssetID, _ run: Int) throws(WorkspaceError) {
    let known = locked { book }
    guard let known else {
      post(.asset(run: run, id, nil))
      return
    }
    post(.asset(run: run, id, AssetReport(known.book, known.booking, of: id, asOf: today)))
  }

  private func filterEvents(_ text: String, _ run: Int) throws(WorkspaceError) {
    guard let known = locked({ book }) else { return }
    post(.events(run: run, EventsReport(known.book, asOf: today, filter: Filter(text), newestFirst: true)))
  }

  // MARK: Importing

  private func importFiles(_ paths: [String], _ run: Int) {
    locked { isCancelled = false }
    var summaries: [ImportSummary] = []
    for path in paths {
      var last = 0
      var summary = ImportSummary(file: EffectRunner.baseName(path), source: "")
      do throws(WorkspaceError) {
        var request = ImportRequest(.file(path), now: clock())
        request.options.zone = current.zone
        let outcome = try current.importFile(request) { progress in
          let now = EffectRunner.milliseconds()
          if now - last >= 50 {
            last = now
            post(.importing(run: run, progress, at: now))
          }
          return !locked { isCancelled }
        }
        summary = EffectRunner.summary(outcome)
      } catch {
        summary.failure = describe(error)
      }
      summaries.append(summary)
      if locked({ isCancelled }) { break }
    }
    post(.imported(run: run, summaries))
  }

  private func preview(_ path: String) -> Preview {
    var request = ImportRequest(.file(path), now: clock())
    request.isDryRun = true
    request.wantsEvents = true
    request.options.zone = current.zone
    do throws(WorkspaceError) {
      return Preview(path: path, try current.importFile(request))
    } catch {
      return Preview(path: path, failure: describe(error))
    }
  }

  static func summary(_ outcome: ImportOutcome) -> ImportSummary {
    var summary = ImportSummary(file: baseName(outcome.file), source: outcome.source)
    summary.imported = outcome.imported
    summary.duplicate = outcome.duplicate
    summary.ignored = outcome.ignored
    summary.problem = outcome.problem
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
      workspace = demo
      demoPath = path
      book = nil
    }
    post(.demoOpened)
  }
}
