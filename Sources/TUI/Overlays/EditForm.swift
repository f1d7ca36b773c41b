import Amounts
import Engine
import Ledger
import TermKit
import Workspace

/// A form: the fields of something that is added or edited, with what is wrong with them as it is typed.
struct EditForm: Hashable, Sendable {
  /// What it is about.
  let target: EditTarget
  /// At the top of the frame.
  let title: String
  /// The cells as they are stored; empty for something new.
  let stored: [String: String]
  /// The texts the form began with.
  private var first: [String: String]
  private var texts: [String: TextField] = [:]
  /// The field that has the keys.
  private(set) var selected: String
  /// Whether every field is shown, or those that people usually fill in.
  private(set) var showsAll = false
  /// What is wrong, in the order of the fields.
  private(set) var problems: [EditProblem] = []
  /// Fields that were left or typed into: only their problems are shown before the first try to save.
  private var touched: Set<String> = []
  private var wasTried = false
  /// Whether an answer to saving is awaited.
  var isSaving = false
  /// Whether Esc was pressed once: the next one throws away what was typed.
  private(set) var isLeaving = false

  /// A form.
  ///
  /// - Parameter cells: what stands in the fields at first; for something stored its cells.
  init(_ target: EditTarget, title: String, cells: [String: String]) {
    self.target = target
    self.title = title
    if case .new = target { stored = [:] } else { stored = cells }
    first = cells
    for (name, text) in cells { texts[name] = TextField(text) }
    selected = EditField.all(target.subject).first?.name ?? ""
  }

  /// The text of a field.
  func text(_ name: String) -> String { texts[name]?.text ?? "" }

  /// The field's editor.
  func editor(_ name: String) -> TextField { texts[name] ?? TextField() }

  /// All texts that are not empty.
  var cells: [String: String] { texts.mapValues(\.text).filter { !$0.value.isEmpty } }

  /// The cells that saving would change.
  var changes: [String: String] {
    var found: [String: String] = [:]
    for (name, field) in texts where field.text != (stored[name] ?? "") { found[name] = field.text }
    return found
  }

  /// Whether something was typed that leaving would lose.
  var isDirty: Bool { texts.contains { $0.value.text != (first[$0.key] ?? "") } }

  /// The fields that are shown: those people tell such a thing by, those that are filled in, or all.
  func fields(_ names: EditNames) -> [EditField] {
    let all = EditField.all(target.subject)
    let filled = Set(cells.keys)
    var main = Set(all.prefix(target.subject == .asset ? 9 : all.count).map(\.name))
    var order = all
    if target.subject == .event {
      let usual = (EventKind(code: text("type")) ?? .buy).fields
      main = Set(usual)
      order = usual.compactMap { name in all.first { $0.name == name } } + all.filter { !usual.contains($0.name) }
      if case .none = names.asset(text("asset")), !text("asset").isEmpty { main.insert("class") }
      if let place = order.firstIndex(where: { $0.name == "asset" }), let made = all.first(where: { $0.name == "class" }),
        main.contains("class")
      {
        order.removeAll { $0.name == "class" }
        order.insert(made, at: place + 1)
      }
    }
    return order.filter { showsAll || main.contains($0.name) || filled.contains($0.name) || $0.name == selected }
  }

  /// What the text of the selected field can become, best first.
  func candidates(_ names: EditNames) -> [String] {
    guard let field = EditField.all(target.subject).first(where: { $0.name == selected }) else { return [] }
    let all: [String] =
      switch field.form {
      case .choice(let words), .usual(let words): words
      case .portfolio: names.portfolioNames
      case .asset: names.assetNames
      case .currency: names.currencyNames
      case .account: names.accountNames
      default: []
      }
    let typed = text(selected).lowercased()
    // One of few words can be changed for another; of many names only those that fit are of use.
    if case .choice = field.form, all.contains(where: { $0.lowercased() == typed }) { return all }
    return all.filter { $0.lowercased().hasPrefix(typed) }
  }

  /// The problem of a field, when it is to be shown.
  func problem(of name: String) -> EditProblem? {
    wasTried || touched.contains(name) ? problems.first { $0.field == name } : nil
  }

  // MARK: Keys

  /// What a key means for the app.
  enum Outcome: Hashable {
    case stay, save, leave
  }

  /// Takes a key.
  mutating func take(_ key: Key, _ names: EditNames, _ check: EditCheck) -> Outcome {
    if isSaving { return .stay }
    if key == .escape {
      if isDirty && !isLeaving {
        isLeaving = true
        return .stay
      }
      return .leave
    }
    isLeaving = false
    switch key {
    case .enter, .control("s"):
      complete(names, check)
      judge(check)
      wasTried = true
      guard let wrong = problems.first else { return .save }
      selected = EditField.all(target.subject).contains { $0.name == wrong.field } ? wrong.field : selected
      return .stay
    case .tab, Key(.down), .control("n"):
      complete(names, check)
      move(1, names)
    case .backTab, Key(.up), .control("p"): move(-1, names)
    case Key(.pageDown): move(8, names)
    case Key(.pageUp): move(-8, names)
    case .control("o"): showsAll.toggle()
    case .char(" ") where isChoice: cycle()
    case Key(.right) where editor(selected).cursor == text(selected).count: accept(names)
    default:
      // What was only proposed gives way to the first character that is typed.
      if key.typed != nil, isProposal { texts[selected] = TextField() }
      type { $0.take(key) }
    }
    judge(check)
    return .stay
  }

  /// Whether the selected field still holds what something new began with.
  private var isProposal: Bool {
    stored.isEmpty && !touched.contains(selected) && !text(selected).isEmpty && text(selected) == first[selected]
  }

  /// Fills in what is known, and gives the field that has to be filled in the keys.
  mutating func propose(_ cells: [String: String], asking name: String?) {
    for (name, text) in cells { (texts[name], first[name]) = (TextField(text), text) }
    if let name, EditField.all(target.subject).contains(where: { $0.name == name }) {
      if stored.isEmpty { (texts[name], first[name]) = (TextField(), nil) }
      selected = name
    }
  }

  /// Takes pasted text.
  mutating func paste(_ text: String, _ check: EditCheck) {
    type { $0.insert(text) }
    judge(check)
  }

  /// Gives a field the keys.
  mutating func select(_ name: String) {
    touched.insert(selected)
    selected = name
  }

  /// What the database refused.
  mutating func refuse(_ found: [EditProblem]) {
    (isSaving, wasTried, problems) = (false, true, found)
    if let wrong = found.first, EditField.all(target.subject).contains(where: { $0.name == wrong.field }) { selected = wrong.field }
  }

  private mutating func type(_ edit: (inout TextField) -> TextFieldOutcome) {
    var field = editor(selected)
    if edit(&field) == .edited { touched.insert(selected) }
    texts[selected] = field
  }

  private mutating func judge(_ check: EditCheck) {
    problems = check.problems(target, cells, changed: Set(changes.keys))
  }

  private mutating func move(_ step: Int, _ names: EditNames) {
    if !isProposal { touched.insert(selected) }
    let shown = fields(names).map(\.name)
    guard let place = shown.firstIndex(of: selected), !shown.isEmpty else { return }
    let next = place + step
    // One step beyond an end comes in at the other; a page stops there.
    selected = shown[abs(step) == 1 ? (next + shown.count) % shown.count : min(max(0, next), shown.count - 1)]
  }

  private var isChoice: Bool {
    guard case .choice? = EditField.all(target.subject).first(where: { $0.name == selected })?.form else { return false }
    return true
  }

  /// The next of the few words a field takes.
  private mutating func cycle() {
    guard case .choice(let words)? = EditField.all(target.subject).first(where: { $0.name == selected })?.form else { return }
    let place = words.firstIndex { $0.lowercased() == text(selected).lowercased() }
    texts[selected] = TextField(words[place.map { ($0 + 1) % words.count } ?? 0])
    touched.insert(selected)
  }

  /// Takes the best candidate.
  private mutating func accept(_ names: EditNames) {
    guard !text(selected).isEmpty, let best = candidates(names).first, !candidates(names).contains(text(selected)) else { return }
    texts[selected] = TextField(best)
  }

  /// On leaving a field, days and numbers show as what they were understood as, and what was begun of a known word is finished. A new account's name stays as it is typed.
  private mutating func complete(_ names: EditNames, _ check: EditCheck) {
    guard let field = EditField.all(target.subject).first(where: { $0.name == selected }), !text(selected).isEmpty else { return }
    switch field.form {
    case .choice, .currency: break
    // A new asset's ticker may be the beginning of a known one's: only the case of letters is mended.
    case .asset:
      guard let same = candidates(names).first(where: { $0.lowercased() == text(selected).lowercased() }) else { return }
      if !names.assetNames.contains(text(selected)) { texts[selected] = TextField(same) }
      return
    default:
      let plain = check.understood(cells, of: target.subject)[selected] ?? text(selected)
      if plain != text(selected) { texts[selected] = TextField(plain) }
      return
    }
    let known = candidates(names)
    if !known.contains(text(selected)), let best = known.first { texts[selected] = TextField(best) }
  }
}
