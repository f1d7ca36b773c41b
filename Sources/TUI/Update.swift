import Engine
import Reports
import Amounts
import Ledger
public import TermKit
import Workspace

extension AppState {
  /// Takes input or an answer, and says what is to be done. The only place where the state changes.
  public mutating func update(_ message: Message) -> [Effect] {
    switch message {
    case .loaded(let snapshot, let desk): return load(snapshot, desk)
    case .failed(let sentence):
      shared.isLoading = false
      job = nil
      show(sentence, .error)
    case .importing(let run, let progress, let now):
      guard job?.run == run else { return [] }
      job?.progress = progress
      job?.now = now
    case .imported(let run, let summaries):
      guard job?.run == run else { return [] }
      job = nil
      finishImport(summaries)
      return reload()
    case .previewed(let run, let preview):
      guard shared.pending.remove(run) != nil else { return [] }
      shared.preview = preview
      overlay = nil
      drilled.append(.preview(PreviewScreen()))
    case .listed(let run, let folder):
      guard shared.pending.remove(run) != nil else { return [] }
      self.folder = folder.path
      overlay = .files(FilePicker(folder: folder))
    case .asset(let run, let id, let report):
      guard shared.pending.remove(run) != nil else { return [] }
      shared.assets[id] = report
      refreshScreens()
    case .events(let run, let events):
      guard shared.pending.remove(run) != nil, run == self.run else { return [] }
      shared.filteredEvents = events
      refreshScreens()
    case .changed(let sentence):
      show(sentence, .info)
      return reload()
    case .demoOpened:
      shared.isDemo = true
      shared.assets = [:]
      drilled = []
      roots = [:]
      overlay = nil
      return reload()
    case .tick(let now): job?.now = now
    }
    return []
  }

  /// Takes what the terminal tells.
  public mutating func update(_ input: Input) -> [Effect] {
    switch input {
    case .key(let key): return press(key)
    case .mouse(let mouse): return point(mouse)
    case .paste(let text): return paste(text)
    case .resize(let size):
      self.size = size
      fit()
      refreshScreens()
      return []
    case .terminate(let signal): return [.quit(128 + signal)]
    }
  }

  /// Rows a list can show on a screen of a size: tabs, frame, heading, totals and footer take the rest.
  static func pageRows(_ size: Size) -> Int { max(1, size.height - 7) }

  /// Tells the screens how much room there is.
  private mutating func fit() {
    shared.size = size
    shared.page = AppState.pageRows(size)
  }

  mutating func show(_ sentence: String, _ role: Role) { toast = Toast(sentence, role) }

  /// Reads the database again.
  mutating func reload() -> [Effect] {
    shared.isLoading = true
    return [.load(.full, base: shared.base)]
  }

  private mutating func load(_ snapshot: Snapshot, _ desk: Desk?) -> [Effect] {
    shared.snapshot = snapshot
    shared.today = snapshot.asOf
    if let desk { shared.desk = desk }
    shared.isLoading = !snapshot.isComplete
    fit()
    shared.filteredEvents = nil
    refreshScreens()
    // Asset pages were made from the last snapshot.
    var effects: [Effect] = []
    for id in shared.assets.keys.sorted() where snapshot.isComplete {
      effects.append(.asset(id, run: nextRun()))
    }
    if snapshot.isComplete, case .events(let events) = roots[.events], !events.list.filter.isEmpty {
      effects.append(.filterEvents(events.list.filter, run: nextRun()))
    }
    return effects
  }

  mutating func nextRun() -> Int {
    run += 1
    shared.pending.insert(run)
    return run
  }

  mutating func refreshScreens() {
    for name in ScreenName.allCases where roots[name] != nil { roots[name]?.with { $0.refresh(shared) } }
    for index in drilled.indices { drilled[index].with { $0.refresh(shared) } }
  }

  private mutating func finishImport(_ summaries: [ImportSummary]) {
    shared.lastImport = summaries
    let imported = summaries.reduce(0) { $0 + $1.imported }
    let duplicate = summaries.reduce(0) { $0 + $1.duplicate }
    let problem = summaries.reduce(0) { $0 + $1.problem }
    if let failure = summaries.first(where: { $0.failure != nil }), let why = failure.failure {
      show("\(failure.file): \(why)", .error)
    } else {
      show(
        "\(imported) rows imported, \(duplicate) known already, \(problem) problems" + (imported > 0 ? " (u takes it back)" : ""),
        problem > 0 ? .warning : .info)
    }
    if drilled.last.map({ if case .preview = $0 { true } else { false } }) == true { drilled.removeLast() }
    tab = .imports
    if roots[.imports] == nil { roots[.imports] = .root(.imports) }
  }
}
