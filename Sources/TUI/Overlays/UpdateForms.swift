import Amounts
import Engine
import Ledger
import Reports
import TermKit
import Workspace

extension AppState {
  // MARK: Forms

  /// The names and the rules that forms are checked by; nil before the database was read.
  var editCheck: (names: EditNames, check: EditCheck)? {
    guard let book = shared.snapshot?.book else { return nil }
    let names = EditNames(book)
    return (names, EditCheck(names, now: book.settings.zone.end(of: shared.today), zone: book.settings.zone))
  }

  mutating func pressForm(_ key: Key, _ form: EditForm) -> [Effect] {
    guard let (names, check) = editCheck else { return [] }
    var form = form
    switch form.take(key, names, check) {
    case .leave: overlay = nil
    case .stay: overlay = .form(form)
    case .save:
      if form.changes.isEmpty {
        overlay = nil
        show("nothing was changed", .info)
        return []
      }
      form.isSaving = true
      overlay = .form(form)
      shared.isLoading = true
      return [.apply(.save(form.target, form.changes))]
    }
    return []
  }

  /// A change was stored: its form goes, and everything is read again.
  mutating func saved(_ title: String, isUnchanged: Bool) -> [Effect] {
    if case .form = overlay { overlay = nil }
    // The choice of lots is made; what it became shows below.
    if case .whatIf(let picker)? = drilled.last, picker.isRecorded { drilled.removeLast() }
    if isUnchanged {
      shared.isLoading = false
      show("nothing was changed", .info)
      return []
    }
    show("\(title) (u takes it back)", .gain)
    return reload()
  }

  /// A change was refused: its form says why; without one the first reason is told.
  mutating func refused(_ problems: [EditProblem]) {
    shared.isLoading = false
    if case .form(var form) = overlay {
      form.refuse(problems)
      overlay = .form(form)
    } else {
      show(problems.map(\.sentence).joined(separator: "; "), .error)
    }
  }

  // MARK: History

  mutating func openHistory() -> [Effect] {
    overlay = .history(HistoryPane())
    return [.history(run: nextRun())]
  }

  mutating func pressHistory(_ key: Key, _ pane: HistoryPane) -> [Effect] {
    var pane = pane
    let page = HistoryPaneView.page(size, isOpen: pane.opened != nil)
    switch Keymap.command(for: key, on: []) {
    case .undo, .redo:
      let command: Command = key == .control("r") ? .redo : .undo
      overlay = .history(pane)
      return run(command)
    case .back where pane.opened != nil: (pane.opened, pane.changes) = (nil, nil)
    case .back, .close, .history:
      overlay = nil
      return []
    case .open:
      guard let step = pane.row(pane.list.selected)?.step else { return [] }
      if pane.opened == step {
        (pane.opened, pane.changes) = (nil, nil)
        break
      }
      (pane.opened, pane.changes, pane.scroll) = (step, nil, 0)
      overlay = .history(pane)
      return [.changes(step: step, run: nextRun())]
    case .right, .nextPane: pane.scroll = min(pane.scroll + 1, max(0, (pane.changes?.count ?? 0) - 1))
    case .left, .previousPane: pane.scroll = max(0, pane.scroll - 1)
    case let command?:
      let before = pane.list.selected
      _ = pane.list.move(command, rows: pane.rows?.count ?? 0, page: page)
      // What is open follows the selection.
      if pane.opened != nil, pane.list.selected != before, let step = pane.row(pane.list.selected)?.step {
        (pane.opened, pane.changes, pane.scroll) = (step, nil, 0)
        overlay = .history(pane)
        return [.changes(step: step, run: nextRun())]
      }
    case nil: break
    }
    overlay = .history(pane)
    return []
  }

  mutating func showHistory(_ rows: [HistoryRow]) {
    guard case .history(var pane) = overlay else { return }
    pane.rows = rows
    pane.list.clamp(rows: rows.count, page: HistoryPaneView.page(size, isOpen: pane.opened != nil))
    overlay = .history(pane)
  }

  mutating func showChanges(_ step: Int, _ changes: [ChangeRow]) {
    guard case .history(var pane) = overlay, pane.opened == step else { return }
    pane.changes = changes
    overlay = .history(pane)
  }

  /// A click on a row of a form or of the history.
  mutating func pick(_ index: Int, isDouble: Bool) -> [Effect] {
    switch overlay {
    case .form(var form):
      guard let (names, _) = editCheck else { return [] }
      let fields = form.fields(names)
      if fields.indices.contains(index) { form.select(fields[index].name) }
      overlay = .form(form)
    case .history(var pane):
      pane.list.selected = index
      overlay = .history(pane)
      if isDouble { return pressHistory(.enter, pane) }
    default: break
    }
    return []
  }
}
