import Engine
import Ledger
import Reports
import TermKit
import Workspace

extension AppState {
  /// Gives a key to what lies above the screen.
  mutating func pressOverlay(_ key: Key) -> [Effect] {
    switch overlay {
    case .prompt(let prompt): return pressPrompt(key, prompt)
    case .filter(let prompt, let before): return pressFilter(key, prompt, before)
    case .help(let field, let scroll): pressHelp(key, field, scroll)
    case .menu(let menu, let purpose): return pressMenu(key, menu, purpose)
    case .confirm(let dialog, let yes): return pressConfirm(key, dialog, yes)
    case .files(let picker): return pressFiles(key, picker)
    case .form(let form): return pressForm(key, form)
    case .history(let pane): return pressHistory(key, pane)
    case .figures(let picker): return pressFigures(key, picker)
    case .explain(let pane): return pressExplain(key, pane)
    case nil: break
    }
    return []
  }

  private mutating func pressPrompt(_ key: Key, _ prompt: Prompt) -> [Effect] {
    var prompt = prompt
    switch prompt.field.take(key) {
    case .cancelled: overlay = nil
    case .submitted:
      overlay = nil
      let text = prompt.field.text.trimmedPath
      if text.isEmpty { return [] }
      history.append(text)
      return runTyped(text)
    case .edited:
      complete(&prompt)
      overlay = .prompt(prompt)
    default:
      prompt.note = meaning(of: prompt.field.text)
      // The only completion is taken; what may follow it is offered next.
      if key == .tab, prompt.field.completions == [prompt.field.text], !values(of: prompt.field.text + " ").isEmpty {
        prompt.field.text += " "
        complete(&prompt)
      }
      overlay = .prompt(prompt)
    }
    return []
  }

  /// What a typed command does; empty when there is no such command.
  private func meaning(of text: String) -> String {
    let words = text.split(separator: " ").map(String.init)
    if words.count > 1, words[0] == "set", let setting = Setting(rawValue: words[1]) { return setting.help }
    return words.first.flatMap { Command(rawValue: $0) }?.summary ?? ""
  }

  /// Changes a setting of the database.
  mutating func set(_ key: String, _ value: String) -> [Effect] {
    shared.isLoading = true
    return [.set(key, value)]
  }

  /// A typed command: its name, and for `import` and `filter` what follows.
  private mutating func runTyped(_ text: String) -> [Effect] {
    let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
    let rest = parts.count > 1 ? parts[1].trimmedPath : ""
    switch parts[0] {
    case "import" where !rest.isEmpty: return look(at: rest.hasPrefix("/") || rest.hasPrefix("~") ? rest : folder + "/" + rest)
    case "filter" where screen.screen.filter != nil: return applyFilter(rest)
    case "explain" where !rest.isEmpty: return explain(Explainer.path(rest, of: nil))
    case "theme" where !rest.isEmpty:
      guard themes.contains(rest) else {
        show("there is no theme \"\(rest)\"; t lists them", .error)
        return []
      }
      theme = rest
      return [.remember(key: "theme", value: rest)]
    case "set" where rest.contains(" "):
      let pair = rest.split(separator: " ", maxSplits: 1).map(String.init)
      return set(pair[0], pair[1].trimmedPath)
    case "whatif" where !rest.isEmpty: return startWhatIf(rest)
    case "gains" where !rest.isEmpty: return openGains(by: rest)
    case "export" where !rest.isEmpty: return exportGains(to: rest)
    case "portfolio" where !rest.isEmpty: return chooseView(rest)
    case "close-year" where !rest.isEmpty: return close(rest, reopens: false)
    case "reopen-year" where !rest.isEmpty: return close(rest, reopens: true)
    case "currency" where !rest.isEmpty: return useCurrency(rest.uppercased())
    case "add" where !rest.isEmpty:
      guard let subject = EditSubject(rawValue: rest.lowercased()) else {
        show(
          "there is nothing called \"\(rest)\" to add; there are \(EditSubject.allCases.map(\.rawValue).joined(separator: ", "))", .error)
        return []
      }
      if let why = unavailableEdit(.add) { show("add: \(why)", .warning) } else { openForm(new: subject) }
      return []
    default:
      guard let command = Command(rawValue: parts[0]) else {
        let near = Command.allCases.first { $0.rawValue.hasPrefix(parts[0]) }
        show("there is no command \"\(parts[0])\"" + (near.map { "; did you mean \"\($0.rawValue)\"?" } ?? "; ? lists them"), .error)
        return []
      }
      return run(command)
    }
  }

  /// What a command with a value can be, written out; empty when the text is not yet such a command.
  private func values(of text: String) -> [String] {
    var known = Setting.allCases.map { ("set " + $0.rawValue, $0 == .base ? currencies : $0.allowed) }
    known += [
      ("add", EditSubject.allCases.map(\.rawValue)), ("theme", themes), ("currency", currencies), ("set", Setting.allCases.map(\.rawValue)),
      ("portfolio", ["all"] + portfolioTitles), ("gains", GainsReport.Grouping.allCases.map(\.rawValue) + ["open"]),
    ]
    guard let (command, values) = known.first(where: { text.hasPrefix($0.0 + " ") }) else { return [] }
    return values.map { command + " " + $0 }
  }

  /// Offers what may follow what is typed: commands, and for some their values.
  mutating func complete(_ prompt: inout Prompt) {
    let text = prompt.field.text
    let offers = values(of: text)
    prompt.field.completions = (offers.isEmpty ? Command.allCases.map(\.rawValue) : offers).filter { $0.hasPrefix(text) && $0 != text }
    prompt.note = meaning(of: text)
  }

  private mutating func useCurrency(_ code: String) -> [Effect] {
    guard currencies.contains(code) else {
      show(
        "there is no currency \"\(code)\" here" + (currencies.isEmpty ? "" : "; there are \(currencies.joined(separator: ", "))"), .error)
      return []
    }
    return set("base", code)
  }

  /// The codes totals can be in.
  var currencies: [String] {
    guard let assets = shared.snapshot?.book.assets.values else { return [] }
    return Set(assets.filter { $0.assetClass == .cash }.map(\.symbol)).sorted()
  }

  private mutating func pressFilter(_ key: Key, _ prompt: Prompt, _ before: String) -> [Effect] {
    var prompt = prompt
    switch prompt.field.take(key) {
    case .cancelled:
      overlay = nil
      return applyFilter(before)
    case .submitted: overlay = nil
    case .edited:
      overlay = .filter(prompt, before: before)
      return applyFilter(prompt.field.text)
    case .moved: overlay = .filter(prompt, before: before)
    case .ignored:
      // Up and Down move in the list while the filter is open.
      if let command = Keymap.command(for: key, on: []), [.up, .down, .pageUp, .pageDown].contains(command) { return run(command) }
    }
    return []
  }

  private mutating func pressHelp(_ key: Key, _ field: TextField, _ scroll: Int) {
    var field = field
    switch key {
    case .escape where !field.text.isEmpty: overlay = .help(TextField(), scroll: 0)
    case .escape, .enter, Key(.function(1)): overlay = nil
    case Key(.up): overlay = .help(field, scroll: max(0, scroll - 1))
    case Key(.down): overlay = .help(field, scroll: scroll + 1)
    case Key(.pageUp): overlay = .help(field, scroll: max(0, scroll - shared.page))
    case Key(.pageDown): overlay = .help(field, scroll: scroll + shared.page)
    case .char("q") where field.text.isEmpty, .char("?") where field.text.isEmpty: overlay = nil
    default:
      _ = field.take(key)
      overlay = .help(field, scroll: 0)
    }
  }

  private mutating func pressMenu(_ key: Key, _ menu: Menu, _ purpose: MenuPurpose) -> [Effect] {
    var menu = menu
    switch Keymap.command(for: key, on: []) {
    case .up: menu.selected = max(0, menu.selected - 1)
    case .down: menu.selected = min(menu.items.count - 1, menu.selected + 1)
    case .first: menu.selected = 0
    case .last: menu.selected = menu.items.count - 1
    case .open:
      overlay = nil
      return choose(menu.items[menu.selected].title, purpose)
    case .back, .close, .theme, .currency, .portfolio:
      overlay = nil
      if case .theme(let before) = purpose { theme = before }
      return []
    default: return []
    }
    // A theme is tried on while it is looked at.
    if case .theme = purpose { theme = menu.items[menu.selected].title }
    overlay = .menu(menu, purpose)
    return []
  }

  mutating func choose(_ title: String, _ purpose: MenuPurpose) -> [Effect] {
    switch purpose {
    case .theme:
      theme = title
      return [.remember(key: "theme", value: title)]
    case .currency: return set("base", title)
    case .portfolio: return look(at: title == AppState.everyPortfolio ? nil : [title])
    case .add:
      if let subject = EditSubject(rawValue: title.lowercased()) { openForm(new: subject) }
    case .editAccount: openForm(.account(title))
    case .deleteAccount: askToDelete(.account(title))
    case .move(let account): return move(account, to: title)
    case .benchmark: return chooseBenchmark(title)
    }
    return []
  }

  private mutating func pressConfirm(_ key: Key, _ dialog: Dialog, _ yes: Confirmed) -> [Effect] {
    var dialog = dialog
    switch key {
    case .escape, .char("n"), .char("q"): overlay = nil
    case .char("y"): return confirm(yes)
    case .enter: return dialog.selected == 0 ? confirm(yes) : cancelConfirm()
    case Key(.left), Key(.right), .tab, .backTab, .char("h"), .char("l"):
      dialog.selected = 1 - dialog.selected
      overlay = .confirm(dialog, yes: yes)
    default: break
    }
    return []
  }

  mutating func confirm(_ yes: Confirmed) -> [Effect] {
    overlay = nil
    switch yes {
    case .revert(let batch, let isReverted):
      shared.isLoading = true
      return [.revert(batch, isReverted)]
    case .apply(let edit):
      shared.isLoading = true
      return [.apply(edit)]
    case .writeOff(let asset, let account):
      shared.isLoading = true
      return [.writeOff(asset, account: account)]
    case .pick(let event, let picks):
      shared.isLoading = true
      return [.pick(event, picks)]
    }
  }

  private mutating func cancelConfirm() -> [Effect] {
    overlay = nil
    return []
  }
}
