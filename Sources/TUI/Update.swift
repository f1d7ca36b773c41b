import Engine
import Reports
import Amounts
import Ledger
public import TermKit
import Workspace

extension AppState {
  /// Takes an answer, and says what is to be done. Only here and in its twin for input does the state change.
  public mutating func update(_ message: Message) -> [Effect] { take(message) + follow() }

  /// Takes what the terminal tells.
  public mutating func update(_ input: Input) -> [Effect] { take(input) + follow() }

  private mutating func take(_ message: Message) -> [Effect] {
    switch message {
    case .loaded(let snapshot, let desk): return load(snapshot, desk)
    case .failed(let run, let sentence):
      shared.isLoading = false
      if let run { settle(run) }
      if case .form(var form) = overlay {
        form.isSaving = false
        overlay = .form(form)
      }
      show(sentence, .error)
    case .stopped(let run, let sentence):
      settle(run)
      show(sentence, .info)
    case .importing(let run, let file, let progress, let now): advance(run, file, progress, now)
    case .imported(let run, let summaries):
      guard job?.run == run else { return [] }
      job = nil
      return finishImport(summaries)
    case .previewed(let run, let preview):
      guard job?.run == run else { return [] }
      job = nil
      shared.preview = preview
      overlay = nil
      drilled.append(.preview(PreviewScreen()))
    case .listed(let run, let folder):
      guard shared.pending.remove(run) != nil || job?.run == run else { return [] }
      settle(run)
      showFolder(folder)
    case .asset(let run, let id, let report):
      guard shared.pending.remove(run) != nil else { return [] }
      shared.assets[id] = report
      refreshScreens()
    case .events(let run, let events):
      guard shared.pending.remove(run) != nil, run == filterRun else { return [] }
      filterRun = nil
      shared.filteredEvents = events
      refreshScreens()
    case .record(let run, let record):
      guard shared.pending.remove(run) != nil, run == recordRun else { return [] }
      recordRun = nil
      shared.record = record
    case .performance(let run, let answer):
      guard shared.pending.remove(run) != nil, run == performanceRun else { return [] }
      performanceRun = nil
      shared.performance = answer
      refreshScreens()
    case .answered(let run, let question, let answer): takeAnswer(answer, to: question, run: run)
    case .done(let sentence):
      shared.isLoading = false
      show(sentence, .info)
    case .explained(let run, let explanation, let failure): showExplanation(run: run, explanation, failure)
    case .changed(let sentence):
      show(sentence, .info)
      if case .history = overlay { return reload() + [.history(run: nextRun())] }
      return reload()
    case .saved(let title, let isUnchanged): return saved(title, isUnchanged: isUnchanged)
    case .refused(let problems): refused(problems)
    case .history(let run, let rows):
      guard shared.pending.remove(run) != nil else { return [] }
      showHistory(rows)
    case .changes(let run, let step, let changes):
      guard shared.pending.remove(run) != nil else { return [] }
      showChanges(step, changes)
    case .viewLost(let name):
      shared.view = nil
      show("there is no portfolio \"\(name)\" any more: all portfolios are shown", .warning)
    case .outdated:
      guard job == nil, !shared.isLoading else { return [] }
      show("another program has changed the database; this is how it is now", .info)
      return reload()
    case .switched(let isDemo):
      shared.view = nil
      return switchDatabase(isDemo: isDemo)
    case .tick(let now): return tick(now)
    }
    return []
  }

  private mutating func take(_ input: Input) -> [Effect] {
    switch input {
    case .key(let key): return press(key)
    case .mouse(let mouse): return point(mouse)
    case .paste(let text): return paste(text)
    case .resize(let size):
      resize(size)
      refreshScreens()
      return []
    case .terminate(let signal): return [.quit(128 + signal)]
    }
  }

  /// Asks for what the selected event was made from, one at a time: while a key is held down only the last one counts.
  private mutating func follow() -> [Effect] { followRecord() + followPerformance() + followQuestions() }

  /// Asks how the portfolio did, when what is there answers another question than the screen that shows it. Other screens have it made
  /// as well, so that it is there when it is looked at.
  private mutating func followPerformance() -> [Effect] {
    guard performanceRun == nil, job == nil, shared.desk != nil, let wanted = wantedPerformance,
      shared.performance?.query != wanted || shared.performance?.isOld == true
    else { return [] }
    let run = nextRun()
    performanceRun = run
    return [.performance(wanted, run: run)]
  }

  private var wantedPerformance: PerformanceQuery? {
    screen.screen.performance(shared) ?? (roots[.performance] ?? .root(.performance)).screen.performance(shared)
  }

  private mutating func followRecord() -> [Effect] {
    guard recordRun == nil, job == nil, let wanted = screen.screen.record(shared), shared.record?.key != wanted else { return [] }
    let run = nextRun()
    recordRun = run
    return [.record(wanted, run: run)]
  }

  /// Rows a list can show on a screen of a size: tabs, frame, heading, totals and footer take the rest.
  static func pageRows(_ size: Size) -> Int { max(1, size.height - 7) }

  mutating func show(_ sentence: String, _ role: Role) {
    toast = Toast(sentence, role)
    toastSince = nil
  }

  /// How long a toast stays, unless it tells of an error: that one stays until a key is pressed.
  static let toastMilliseconds = 6000

  /// How often the database is asked whether somebody else has changed it.
  static let pollMilliseconds = 2000

  private mutating func tick(_ now: Int) -> [Effect] {
    job?.now = now
    if let toast, toast.role != .error {
      let since = toastSince ?? now
      toastSince = since
      if now - since >= AppState.toastMilliseconds { self.toast = nil }
    }
    guard let snapshot = shared.snapshot, job == nil, !shared.isLoading, now - polledAt >= AppState.pollMilliseconds else { return [] }
    polledAt = now
    return [.poll(generation: snapshot.generation)]
  }

  /// Reads the database again.
  mutating func reload() -> [Effect] {
    shared.isLoading = true
    return [.load(.full)]
  }

  private mutating func load(_ snapshot: Snapshot, _ desk: Desk?) -> [Effect] {
    shared.snapshot = snapshot
    shared.today = snapshot.asOf
    findBenchmark()
    if let desk { shared.desk = desk }
    shared.isLoading = !snapshot.isComplete
    // The row is looked up again: another import may have brought it.
    if recordRun == nil { shared.record = nil }
    // What is being worked out is of the last snapshot.
    performanceRun = nil
    shared.performance?.isOld = true
    outdateAnswers()
    refreshScreens()
    guard snapshot.isComplete else { return [] }
    hintAtCurrency(snapshot)
    // Asset pages were made from the last snapshot.
    var effects: [Effect] = shared.assets.keys.sorted().map { .asset($0, run: nextRun()) }
    if case .events(let events) = roots[.events], !events.list.filter.isEmpty { effects.append(filterEvents(events.list.filter)) }
    return effects
  }

  /// When the first import leaves everything without a value because nothing leads to the currency of totals, it says what helps.
  private mutating func hintAtCurrency(_ snapshot: Snapshot) {
    let totals = snapshot.overview.totals
    guard let toast, toast.role != .error, totals.value.isZero, totals.unpriced > 0,
      !currencies.contains(shared.currency) || currencies.count > 1
    else { return }
    show("\(toast.text); nothing has a value in \(shared.currency) yet: c chooses the currency of totals", toast.role)
  }

  /// Ends waiting for a run, whatever it was.
  private mutating func settle(_ run: Int) {
    shared.pending.remove(run)
    if job?.run == run { job = nil }
    if filterRun == run { filterRun = nil }
    if recordRun == run { recordRun = nil }
    giveUp(run)
    if performanceRun == run {
      // It would fail again: what is there stays, until something changes.
      performanceRun = nil
      shared.performance = wantedPerformance.map { PerformanceAnswer(failed: $0, keeping: shared.performance) }
    }
  }

  private mutating func advance(_ run: Int, _ file: String, _ progress: ImportProgress, _ now: Int) {
    guard job?.run == run else { return }
    if job?.file != file || job?.progress == nil {
      job?.file = file
      job?.started = now
    }
    job?.progress = progress
    job?.now = now
  }

  /// Asks for the events a filter lets through; the list as it is stays until the answer comes.
  mutating func filterEvents(_ text: String) -> Effect {
    let run = nextRun()
    filterRun = run
    return .filterEvents(text, run: run)
  }

  private mutating func switchDatabase(isDemo: Bool) -> [Effect] {
    shared.isDemo = isDemo
    shared.assets = [:]
    shared.filteredEvents = nil
    shared.record = nil
    shared.performance = nil
    shared.answers = [:]
    shared.lastImport = []
    drilled = []
    roots = [tab: .root(tab)]
    overlay = nil
    show(isDemo ? "the demo portfolio; :demo goes back to your own database" : "your own database", .info)
    return reload()
  }

  mutating func nextRun() -> Int {
    run += 1
    shared.pending.insert(run)
    return run
  }

  mutating func refreshScreens() {
    // The open tab may be new, as after the database has been changed for another.
    if roots[tab] == nil { roots[tab] = .root(tab) }
    for name in ScreenName.allCases where roots[name] != nil { roots[name]?.with { $0.refresh(shared) } }
    for index in drilled.indices { drilled[index].with { $0.refresh(shared) } }
  }

  private mutating func finishImport(_ summaries: [ImportSummary]) -> [Effect] {
    shared.lastImport = summaries
    let done = summaries.filter { $0.failure == nil }
    let imported = done.reduce(0) { $0 + $1.imported }
    let problem = done.reduce(0) { $0 + $1.problem }
    let failed = summaries.filter { $0.failure != nil && !$0.wasStopped }
    if let first = failed.first {
      show(failed.count == 1 ? "\(first.file): \(first.failure ?? "")" : "\(failed.count) files could not be imported", .error)
    } else if summaries.contains(where: \.wasStopped) {
      show(
        done.isEmpty ? "stopped; nothing was changed" : "stopped; \(done.count) files done before stay (u takes the last back)", .warning)
    } else {
      let known = done.reduce(0) { $0 + $1.duplicate }
      show(
        "\(imported) rows imported, \(known) known already, \(problem) problem\(problem == 1 ? "" : "s")"
          + (imported > 0 ? done.count > 1 ? " (u takes the last file back)" : " (u takes it back)" : ""),
        problem > 0 ? .warning : .info)
    }
    if case .preview = drilled.last { drilled.removeLast() }
    // A look around after a stop goes on where it was.
    if done.isEmpty && failed.isEmpty { return [] }
    drilled = []
    tab = .imports
    roots[.imports] = .root(.imports)
    return imported > 0 ? reload() : []
  }
}
