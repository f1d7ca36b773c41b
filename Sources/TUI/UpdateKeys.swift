import Reports
import Engine
import Workspace
import Amounts
import Ledger
import TermKit

extension AppState {
  mutating func press(_ key: Key) -> [Effect] {
    toast = nil
    if key == .control("c") { return run(.quit) }
    if key == .control("z") { return [.suspend] }
    if overlay != nil { return pressOverlay(key) }
    guard let command = Keymap.command(for: key, on: screen.screen.bindings) else { return [] }
    return run(command)
  }

  mutating func paste(_ text: String) -> [Effect] {
    switch overlay {
    case .prompt(var prompt):
      _ = prompt.field.insert(text)
      overlay = .prompt(prompt)
    case .filter(var prompt, let before):
      _ = prompt.field.insert(text)
      overlay = .filter(prompt, before: before)
      return applyFilter(prompt.field.text)
    case nil:
      // A dragged file arrives as its path.
      let path = text.split(whereSeparator: \.isNewline).first.map { String($0) }?.trimmedPath ?? ""
      if path.hasPrefix("/") { return [.preview(path, run: nextRun())] }
    default: break
    }
    return []
  }

  /// Why a command cannot work now; nil when it can.
  func unavailable(_ command: Command) -> String? {
    if let own = screen.screen.unavailable(command, shared) { return own }
    switch command {
    case .importFile where job != nil: return "an import is running; Esc stops it"
    case .undo, .redo:
      if job != nil { return "an import holds the database; Esc stops it" }
      return shared.isDemo ? nil : shared.snapshot?.batches.isEmpty == true ? "nothing has been changed yet" : nil
    case .copy where screen.screen.copied(shared) == nil: return "nothing is selected"
    case .filter where screen.screen.filter == nil: return "this screen has no list to filter"
    case .nextMatch, .previousMatch: return screen.screen.filter?.isEmpty == false ? nil : "there is no filter; / sets one"
    case .demo where shared.isDemo: return "this is the demo already"
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
    case .overview, .holdings, .income, .nav, .allocation, .events, .issues, .imports:
      if let name = ScreenName.allCases.first(where: { $0.command == command }) { open(name) }
    case .back: back()
    case .close:
      if drilled.isEmpty { return run(.quit) }
      back()
    case .quit: return job == nil ? [.quit(0)] : [.cancelImport, .quit(0)]
    case .help: overlay = .help(TextField(), scroll: 0)
    case .prompt:
      var field = TextField()
      field.history = history
      field.completions = Command.allCases.map(\.rawValue)
      overlay = .prompt(Prompt(":", field: field, placeholder: "command"))
    case .filter:
      let text = screen.screen.filter ?? ""
      overlay = .filter(Prompt("/", field: TextField(text), placeholder: "words  field:value  field>n  -term  a|b"), before: text)
    case .nextMatch: return run(.down)
    case .previousMatch: return run(.up)
    case .theme:
      let names = ThemeCatalog.embedded.map(\.name)
      let items = names.map { Menu.Item($0, isChecked: $0 == theme) }
      overlay = .menu(Menu("Theme", items, selected: names.firstIndex(of: theme) ?? 0), .theme(before: theme))
    case .currency: chooseCurrency()
    case .importFile: return [.list(folder, run: nextRun())]
    case .undo:
      self.shared.isLoading = true
      return [.undo]
    case .redo:
      self.shared.isLoading = true
      return [.redo]
    case .demo:
      self.shared.isLoading = true
      return [.openDemo]
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
      case .filterEvents(let text, _): .filterEvents(text, run: nextRun())
      case .importFiles(let paths, _): startImport(paths)
      default: effect
      }
    }
  }

  mutating func startImport(_ paths: [String]) -> Effect {
    run += 1
    let name = paths.count == 1 ? String(paths[0].split(separator: "/").last ?? "") : "\(paths.count) files"
    job = Job(run: run, title: "Importing \(name)", progress: nil, started: 0, now: 0)
    return .importFiles(paths, run: run)
  }

  private mutating func open(_ name: ScreenName) {
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
    if job != nil { return }
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
    if case .events = screen {
      if text.isEmpty {
        run += 1
        self.shared.filteredEvents = nil
        let shared = self.shared
        screen.with { $0.refresh(shared) }
        return []
      }
      return [.filterEvents(text, run: nextRun())]
    }
    return []
  }

  private mutating func chooseCurrency() {
    let cash = shared.snapshot.map { snapshot in
      Set(snapshot.book.assets.values.filter { $0.assetClass == .cash }.map(\.symbol)).sorted()
    }
    guard let codes = cash, !codes.isEmpty else {
      show("there is no currency to choose from yet", .warning)
      return
    }
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
