import Reports
import Engine
import Workspace
import Amounts
import Ledger
import TermKit

extension AppState {
  mutating func press(_ key: Key) -> [Effect] {
    toast = nil
    if key == .control("z") { return [.suspend] }
    if let job { return pressWhileBusy(key, job) }
    if key == .control("c") { return run(.quit) }
    if overlay != nil { return pressOverlay(key) }
    guard let command = Keymap.command(for: key, on: screen.screen.bindings) else {
      show("\(key) does nothing here; ? lists the keys", .info)
      return []
    }
    return run(command)
  }

  /// While a file is read there is nothing to do but wait, stop or quit.
  private mutating func pressWhileBusy(_ key: Key, _ job: Job) -> [Effect] {
    switch key {
    case .escape:
      self.job?.isStopping = true
      return [.cancel(run: job.run)]
    case .control("c"), .char("q"): return [.cancel(run: job.run), .quit(0)]
    default:
      show("a file is being read and holds the database; Esc stops it", .warning)
      return []
    }
  }

  mutating func paste(_ text: String) -> [Effect] {
    toast = nil
    if job != nil { return [] }
    switch overlay {
    case .prompt(var prompt):
      _ = prompt.field.insert(text)
      complete(&prompt)
      overlay = .prompt(prompt)
    case .filter(var prompt, let before):
      _ = prompt.field.insert(text)
      overlay = .filter(prompt, before: before)
      return applyFilter(prompt.field.text)
    case .form(var form):
      guard let (_, check) = editCheck else { return [] }
      form.paste(text, check)
      overlay = .form(form)
    case .files, nil:
      // A dragged file arrives as its path.
      let path = text.split(whereSeparator: \.isNewline).first.map { String($0) }?.trimmedPath ?? ""
      if path.hasPrefix("/") || path.hasPrefix("~/") { return look(at: path) }
      show("what was pasted is not a path", .info)
    default: break
    }
    return []
  }

  /// Why a command cannot work now; nil when it can.
  func unavailable(_ command: Command) -> String? {
    if let own = screen.screen.unavailable(command, shared) {
      // Where nothing lies below, Enter explains.
      return command == .open && shared.desk != nil && screen.screen.explained(shared) != nil ? nil : own
    }
    switch command {
    case .importFile where shared.isDemo:
      return "the demo is only to look at; " + (hasOwnDatabase ? ":demo goes back to your own database" : "start florin without \"demo\"")
    case .revert where tab != .imports || !drilled.isEmpty: return "batches are on Imports; 0 opens it"
    case .link where tab != .issues || !drilled.isEmpty: return "transfers are linked on Issues; 9 opens it"
    case .writeOff:
      guard case .holdings = screen else { return "assets are written off on Holdings; 2 opens it" }
      return unavailableEdit(.add)
    case .fix where tab != .issues || !drilled.isEmpty: return "issues are mended on Issues; 9 opens it"
    case .asset where screen.screen.asset(shared) == nil: return "no asset is selected"
    case .add, .edit, .delete, .move: return unavailableEdit(command)
    case .explain where screen.screen.explained(shared) == nil: return "no figure is selected"
    case .explain where shared.desk == nil: return "the database is still being read"
    case .copy where screen.screen.copied(shared) == nil: return "nothing is selected"
    case .filter where screen.screen.filter == nil: return "this screen has no list to filter"
    case .nextMatch, .previousMatch: return screen.screen.filter?.isEmpty == false ? nil : "there is no filter; / sets one"
    case .benchmark where tab != .performance || !drilled.isEmpty: return "a benchmark is for Performance; 6 opens it"
    case .gains where shared.desk == nil: return "the database is still being read"
    case .saveLots where !screen.screen.offers(command), .forgetLots where !screen.screen.offers(command):
      return "lots are picked for a recorded sale; w on one opens it"
    case .exportCSV where !screen.screen.offers(command): return "gains are written as CSV on their own screen; r opens it"
    case .portfolio where portfolioTitles.count < 2: return "there is one portfolio; florin portfolios NAME --add ACCOUNT makes another"
    case .whatIf where screen.screen.asset(shared) == nil && screen.screen.sale(shared) == nil: return "no asset is selected"
    case .mark where !screen.screen.offers(command): return "nothing can be picked here"
    case .currency where currencies.isEmpty: return "there is no currency to choose from yet"
    case .demo where shared.isDemo && !hasOwnDatabase: return "florin was started on the demo; start it without \"demo\""
    default: return nil
    }
  }

  /// Does a command.
  mutating func run(_ command: Command) -> [Effect] {
    if let why = unavailable(command) {
      show("\(command.rawValue): \(why)", .warning)
      return []
    }
    let before = screen
    if command == .open, let deeper = screen.screen.opened(shared) { return drill(deeper) }
    let shared = shared
    if let effects = screen.with({ $0.handle(command, shared) }) { return adopt(effects, from: before) }
    switch command {
    case .overview, .holdings, .income, .nav, .allocation, .performance, .events, .issues, .imports:
      if let name = ScreenName.allCases.first(where: { $0.command == command }) { open(name) }
    case .accounts: return openRecords(.accounts)
    case .plans: return openRecords(.distributions)
    case .move: chooseNewPortfolio()
    case .asset: return screen.screen.asset(shared).map { drill(.asset(AssetScreen(asset: $0))) } ?? []
    case .open:
      if case .imports = screen { return openBatch() }
      return explainSelected()
    case .explain: return chooseFigure()
    case .back: back()
    case .close:
      if drilled.isEmpty { return run(.quit) }
      back()
    case .quit: return [.quit(0)]
    case .help: overlay = .help(TextField(), scroll: 0)
    case .prompt, .settings:
      var field = TextField(command == .settings ? "set " : "")
      field.history = history
      var prompt = Prompt(":", field: field, placeholder: "command")
      complete(&prompt)
      overlay = .prompt(prompt)
    case .filter:
      let text = screen.screen.filter ?? ""
      overlay = .filter(Prompt("/", field: TextField(text), placeholder: "words  field:value  field>n  -term  a|b"), before: text)
    case .nextMatch: return run(.down)
    case .previousMatch: return run(.up)
    case .theme:
      let items = themes.map { Menu.Item($0, isChecked: $0 == theme) }
      var menu = Menu("Theme", items, selected: themes.firstIndex(of: theme) ?? 0)
      menu.footnote = "Enter keeps it · Esc goes back"
      overlay = .menu(menu, .theme(before: theme))
    case .currency: chooseCurrency()
    case .benchmark: offerBenchmarks()
    case .portfolio: choosePortfolio()
    case .whatIf:
      if let sale = screen.screen.sale(shared) { return drill(.whatIf(WhatIfScreen(sale))) }
      promptWhatIf()
    case .gains: return openGains()
    case .costLine:
      let isOn = !self.shared.showsCost(in: screen.screen is AssetScreen ? .price : .worth)
      self.shared.wantsCost = isOn
      show(isOn ? "charts of value show what was paid" : "charts show no cost", .info)
      return [.remember(key: Remembered.costLine, value: isOn ? "on" : "off")]
    case .saveLots: return saveLots()
    case .forgetLots: return forgetLots()
    case .exportCSV: promptFor("export " + suggestedFile)
    case .closeYear, .reopenYear: promptFor(command.rawValue + " ")
    case .importFile: return [.list(folder, run: nextRun())]
    case .add: return startAdd()
    case .fix: return startFix()
    case .writeOff: askToWriteOff()
    case .edit: return startEdit()
    case .delete: return startDelete()
    case .history: return openHistory()
    case .undo:
      self.shared.isLoading = true
      return [.undo]
    case .redo:
      self.shared.isLoading = true
      return [.redo]
    case .demo:
      self.shared.isLoading = true
      return [shared.isDemo ? .closeDemo : .openDemo]
    case .revert: askToRevert()
    case .copy: return screen.screen.copied(shared).map { [.copy($0)] } ?? []
    case .refresh: return reload()
    case .privacy: self.shared.isPrivate.toggle()
    case .mouse:
      isMouseOn.toggle()
      show(isMouseOn ? "mouse on; hold Shift to select text" : "mouse off", .info)
      return [.setMouse(isMouseOn)]
    case .suspend: return [.suspend]
    default: break
    }
    return []
  }

  /// Gives the effects of a screen their run numbers.
  private mutating func adopt(_ effects: [Effect], from before: ScreenState) -> [Effect] {
    effects.map { effect in
      switch effect {
      case .asset(let id, _): .asset(id, run: nextRun())
      case .filterEvents(let text, _): filterEvents(text)
      case .importFiles(let paths, _): startImport(paths)
      default: effect
      }
    }
  }

  mutating func startImport(_ paths: [String]) -> Effect {
    .importFiles(paths, run: startJob("Importing", paths))
  }

  /// Decodes a file to show what is in it, or lists a folder.
  mutating func look(at path: String) -> [Effect] {
    if let why = unavailable(.importFile) {
      show("import: \(why)", .warning)
      return []
    }
    overlay = nil
    return [.preview(path, run: startJob("Reading", [path]))]
  }

  private mutating func startJob(_ verb: String, _ paths: [String]) -> Int {
    run += 1
    let names = paths.map { EffectRunner.baseName($0) }
    job = Job(run: run, verb: verb, files: names, file: names.first ?? "")
    return run
  }

  /// The events of the batch that is selected on Imports.
  private mutating func openBatch() -> [Effect] {
    guard case .imports(let imports) = screen, let batch = imports.batch(shared) else { return [] }
    open(.events)
    return applyFilter("batch=\(batch.batch.raw)")
  }

  private mutating func askToRevert() {
    guard case .imports(let imports) = screen, let batch = imports.batch(shared) else { return }
    let (verb, rest) =
      batch.isReverted
      ? ("Apply", "It counts again, as it did before.")
      : ("Take back", "Nothing of it counts any more. Its rows are kept: x applies it again.")
    let dialog = Dialog(
      "\(verb) batch \(batch.batch.raw)?", "\(EffectRunner.baseName(batch.file)): \(NumberText.count(batch.events)) events.\n\(rest)",
      buttons: [verb, "Leave it"])
    overlay = .confirm(dialog, yes: .revert(batch.batch, !batch.isReverted))
  }

  mutating func open(_ name: ScreenName) {
    tab = name
    drilled = []
    if roots[name] == nil { roots[name] = .root(name) }
    let shared = shared
    roots[name]?.with { $0.refresh(shared) }
  }

  /// Goes one level deeper.
  mutating func drill(_ deeper: ScreenState) -> [Effect] {
    drilled.append(deeper)
    if case .asset(let page) = deeper { return [.asset(page.asset, run: nextRun())] }
    let shared = shared
    screen.with { $0.refresh(shared) }
    return []
  }

  /// One level back: the filter first, then the level. Never out of the app.
  private mutating func back() {
    if let filter = screen.screen.filter, !filter.isEmpty {
      _ = applyFilter("")
      return
    }
    if !drilled.isEmpty { drilled.removeLast() }
  }

  mutating func applyFilter(_ text: String) -> [Effect] {
    let shared = shared
    screen.with {
      $0.filter = text
      $0.refresh(shared)
    }
    guard case .events = screen else { return [] }
    if !text.isEmpty { return [filterEvents(text)] }
    filterRun = nil
    self.shared.filteredEvents = nil
    refreshScreens()
    return []
  }

  private mutating func chooseCurrency() {
    let codes = currencies
    let current = shared.currency
    let items = codes.map { Menu.Item($0, isChecked: $0 == current) }
    overlay = .menu(Menu("Currency of totals", items, selected: codes.firstIndex(of: current) ?? 0), .currency)
  }
}

extension String {
  /// A path as a terminal pastes it: without quotes, escaped blanks, or the blanks around it.
  var trimmedPath: String {
    var text = self[...]
    while text.first == " " { text = text.dropFirst() }
    while text.last == " " { text = text.dropLast() }
    if text.count > 1, let quote = text.first, quote == "'" || quote == "\"", text.last == quote { text = text.dropFirst().dropLast() }
    if text.hasPrefix("file://") { text = text.dropFirst(7) }
    var result = ""
    var isEscaped = false
    for character in text {
      if character == "\\" && !isEscaped {
        isEscaped = true
        continue
      }
      result.append(character)
      isEscaped = false
    }
    return result
  }
}
