import Amounts
import Engine
import Ledger
import Reports
import TermKit
import Workspace

/// What `add`, `edit` and `delete` act on, on each screen.
extension AppState {
  /// Why nothing can be edited now; nil when it can.
  func unavailableEdit(_ command: Command) -> String? {
    guard let snapshot = shared.snapshot, snapshot.isComplete else { return "the database is still being read" }
    if command == .add { return nil }
    if command == .edit, case .allocation(let allocation) = screen, allocation.selectedRow(shared) != nil { return nil }
    if command == .delete, case .allocation(let allocation) = screen, allocation.selectedRow(shared) != nil, target(allocation) == nil {
      return "it has no target; a adds one"
    }
    if case .imports = screen { return snapshot.book.accounts.isEmpty ? "there is no account yet; a adds one" : nil }
    return selectedTarget == nil ? "nothing is selected that can be edited" : nil
  }

  /// What is selected and can be edited.
  var selectedTarget: EditTarget? {
    guard let book = shared.snapshot?.book else { return nil }
    switch screen {
    case .disposal(let disposal): return .event(String(disposal.event.raw))
    case .gains(let gains):
      if let row = gains.selectedDisposal(shared) { return .event(String(row.event.raw)) }
      return gains.answer(shared)?.lot(gains.list.selected).map { .event(String($0.event.raw)) }
    case .events(let events): return events.selectedRow(shared).map { .event(String($0.id.raw)) }
    case .holdings(let holdings): return holdings.selectedRow(shared).map { .asset($0.asset.text) }
    case .issues(let issues):
      return issues.selected(shared).flatMap { $0.event.map { .event(String($0.raw)) } ?? $0.asset.map { .asset($0.text) } }
    case .nav(let desk): return desk.selectedRow(shared).flatMap { row in navTarget(row) ?? .asset(row.asset.text) }
    case .records(let records): return records.target
    case .allocation(let allocation): return target(allocation)
    case .income(let income):
      return income.pane == .payments ? income.selectedPayment(shared).flatMap { target($0) } : nil
    case .asset(let page):
      let label = book.label(of: page.asset)
      switch page.pane {
      case .events:
        guard let report = shared.assets[page.asset], report.events.indices.contains(page.list.selected),
          book.events.indices.contains(report.events[page.list.selected])
        else { return nil }
        return .event(String(book.events[report.events[page.list.selected]].id.raw))
      case .quotes:
        let quotes = AssetQuotes(of: page.asset, in: book)
        guard page.list.selected >= 0, page.list.selected < quotes.count else { return nil }
        let (kind, quote) = quotes[page.list.selected]
        return .quote(asset: label, kind: kind, day: quote.day, currency: book.label(of: AssetID(quote.price.currency)))
      case .lots:
        guard let report = shared.assets[page.asset], report.lots.indices.contains(page.list.selected) else { return .asset(label) }
        return .event(String(report.lots[page.list.selected].event.raw))
      case .income:
        guard let report = shared.assets[page.asset], report.income.indices.contains(page.list.selected) else { return nil }
        return target(report.income[page.list.selected])
      case .restrictions:
        let plans = AssetScreen.restrictions(of: page.asset, shared)
        return plans.indices.contains(page.list.selected) ? .plan(.restriction, String(plans[page.list.selected].id)) : nil
      default: return .asset(label)
      }
    default: return nil
    }
  }

  private func navTarget(_ row: NavRow) -> EditTarget? {
    row.navDate.map { .quote(asset: row.asset.text, kind: .nav, day: $0, currency: row.navCurrency) }
  }

  // MARK: Commands

  /// Opens a form for something new, or asks what it is to be.
  mutating func startAdd() -> [Effect] {
    switch screen {
    case .events: openForm(new: .event)
    case .nav: openForm(new: .nav)
    case .records(let records): openForm(new: records.pane.subject)
    case .allocation: openForm(new: .target)
    case .issues(let issues):
      // What the issue lacks.
      switch issues.selected(shared)?.kind {
      case .unpriced, .stalePrice, .feeValueUnknown: openForm(new: .price)
      case .missingNav, .staleNav: openForm(new: .nav)
      case .oversold, .negativeCash, .overdue, .shortPaid: openForm(new: .event)
      default: chooseSubject()
      }
    case .asset(let page):
      switch page.pane {
      case .lots, .events: openForm(new: .event)
      case .income: chooseSubject([.event, .distribution, .policy])
      case .restrictions: openForm(new: .restriction)
      case .quotes: openForm(new: shared.snapshot?.book.assets[page.asset]?.assetClass == .security ? .nav : .price)
      default: chooseSubject()
      }
    case .income: chooseSubject([.event, .distribution, .policy])
    default: chooseSubject()
    }
    return []
  }

  private mutating func chooseSubject(_ subjects: [EditSubject] = EditSubject.allCases) {
    overlay = .menu(Menu("Add", subjects.map { Menu.Item($0.title) }), .add)
  }

  /// Asks before all that is held of the selected asset is written off.
  mutating func askToWriteOff() {
    guard case .holdings(let holdings) = screen, let row = holdings.selectedRow(shared) else { return }
    let units = shared.isPrivate ? Figures.hidden : NumberText.quantity(row.quantity)
    let place = row.account.map { " in \($0.text)" } ?? " in all accounts"
    let loss: String
    switch row.cost {
    case .known(let cost):
      loss =
        "Its cost of \(shared.isPrivate ? Figures.hidden : NumberText.money(cost)) \(shared.currency) becomes a loss on \(shared.today)."
    case .unknown(let why): loss = "Its cost is not known (\(why.text)), and so the loss will not be either."
    }
    overlay = .confirm(
      Dialog(
        "Write off \(row.asset.text)?", "\(units) \(row.asset.text)\(place). \(loss)\nu brings it back.",
        buttons: ["Write off", "Keep it"], selected: 1, isDangerous: true),
      yes: .writeOff(row.asset.text, account: row.account?.text))
  }

  /// Opens what mends the selected issue.
  mutating func startFix() -> [Effect] {
    guard case .issues(let issues) = screen, let remedy = issues.selected(shared)?.remedy else { return [] }
    if let why = unavailableEdit(.add) {
      show("fix: \(why)", .warning)
      return []
    }
    switch remedy {
    case .link(let out, let arrival): return [.link(out, arrival)]
    case .reopen(let year): promptFor("\(Command.reopenYear.rawValue) \(year)")
    case .importFile: return run(.importFile)
    case .edit(let event, _):
      openForm(.event(String(event.raw)))
    case .add(let subject, _):
      openForm(new: EditSubject(rawValue: subject.rawValue) ?? .event)
    }
    guard case .form(var form) = overlay else { return [] }
    form.propose(remedy.known, asking: remedy.asked)
    overlay = .form(form)
    return []
  }

  /// Opens the form of what is selected.
  mutating func startEdit() -> [Effect] {
    if case .imports = screen {
      chooseAccount("Edit account", .editAccount)
    } else if let target = selectedTarget {
      openForm(target)
    } else if case .allocation = screen {
      openForm(new: .target)
    }
    return []
  }

  /// Asks before what is selected goes.
  mutating func startDelete() -> [Effect] {
    if case .imports = screen {
      chooseAccount("Delete account", .deleteAccount)
    } else if let target = selectedTarget {
      askToDelete(target)
    }
    return []
  }

  private mutating func chooseAccount(_ title: String, _ purpose: MenuPurpose) {
    let names = (shared.snapshot?.book.accounts.values.map(\.name) ?? []).sorted()
    overlay = .menu(Menu(title, names.map { Menu.Item($0) }), purpose)
  }

  mutating func openForm(new subject: EditSubject) {
    overlay = .form(EditForm(.new(subject), title: "Add \(subject.title)", cells: draft(subject)))
  }

  mutating func openForm(_ target: EditTarget) {
    guard let cells = cells(target) else { return show("it is not there any more", .warning) }
    overlay = .form(EditForm(target, title: "Edit \(words(target))", cells: cells))
  }

  mutating func askToDelete(_ target: EditTarget) {
    guard let cells = cells(target) else { return show("it is not there any more", .warning) }
    var lines: [String] = []
    for field in EditField.all(target.subject) {
      if let text = cells[field.name], !text.isEmpty, lines.count < 10 { lines.append("\(field.label): \(text.prefix(60))") }
    }
    let rest: String
    switch target {
    case .event: rest = "u brings it back. Importing its file again does not."
    case .asset: rest = "Only an asset without events can go; its prices go with it. u brings it back."
    case .distribution: rest = "What arrived stays; only what was announced goes. u brings it back."
    case .account: rest = "Only an account without events can go. u brings it back."
    default: rest = "u brings it back."
    }
    let message = (lines + ["", rest]).joined(separator: "\n")
    overlay = .confirm(
      Dialog("Delete \(words(target))?", message, buttons: ["Delete", "Keep it"], selected: 1, isDangerous: true),
      yes: .apply(.delete(target)))
  }

  // MARK: What stands in a form

  /// What something new begins with: today, the asset that is open, the account used last.
  private func draft(_ subject: EditSubject) -> [String: String] {
    guard let book = shared.snapshot?.book else { return [:] }
    var cells: [String: String] = [:]
    let asset = openAsset
    if let asset { cells["asset"] = book.label(of: asset) }
    let quoted = asset.flatMap { book.assets[$0]?.currency }.flatMap { $0.isEmpty ? nil : $0 } ?? shared.currency
    switch subject {
    case .event:
      cells["type"] = EventKind.buy.code
      cells["timestamp"] = shared.today.description
      cells["currency"] = quoted
      if book.events.count > 0, let account = book.events[book.events.count - 1].account { cells["account"] = book.accounts[account]?.name }
    case .price, .nav:
      cells["date"] = shared.today.description
      cells["currency"] = quoted
    case .distribution:
      cells["currency"] = quoted
      cells["basis"] = "record"
    case .restriction: cells["kind"] = "lock"
    case .target:
      cells = ["dimension": Dimension.assetClass.rawValue]
      if case .allocation(let allocation) = screen {
        cells["dimension"] = allocation.dimension.rawValue
        cells["key"] = allocation.selectedRow(shared)?.key
      }
    case .policy:
      cells["currency"] = quoted
      cells["frequency"] = "monthly"
      cells["basis"] = "record"
    case .asset: cells = ["currency": shared.currency]
    case .account: cells = [:]
    }
    return cells
  }

  /// The asset whose page is open, or whose row is selected.
  private var openAsset: AssetID? {
    switch screen {
    case .asset(let page): page.asset
    case .nav(let desk): desk.selectedRow(shared)?.asset.id
    case .holdings(let holdings): holdings.selectedRow(shared)?.asset.id
    case .income(let income): income.selectedPayment(shared)?.asset.id
    case .records(let records): records.asset(shared)
    default: nil
    }
  }

  /// The stored cells of something; nil when it is gone.
  private func cells(_ target: EditTarget) -> [String: String]? {
    guard let book = shared.snapshot?.book else { return nil }
    switch target {
    case .new: return [:]
    case .event(let key): return event(key, in: book).map { EditCells.of($0, in: book) }
    case .quote(let label, let kind, let day, let currency):
      guard case .one(let asset) = EditNames(book).asset(label) else { return nil }
      let quotes = AssetQuotes(of: asset, in: book)
      for place in 0..<quotes.count where quotes[place].kind == kind && quotes[place].quote.day == day {
        let quote = quotes[place].quote
        if currency == nil || book.label(of: AssetID(quote.price.currency)) == currency {
          return EditCells.of(quote, kind: kind, asset: asset, in: book)
        }
      }
      return nil
    case .distribution(let key):
      return book.distributions.first { String($0.id) == key }.map { EditCells.of($0, in: book) }
    case .plan(let kind, let key): return book.plans.first { $0.kind == kind && String($0.id) == key }.map { EditCells.of($0, in: book) }
    case .asset(let label):
      guard case .one(let id) = EditNames(book).asset(label), let asset = book.assets[id] else { return nil }
      return EditCells.of(asset, in: book)
    case .account(let name): return book.accounts.values.first { $0.name == name }.map { EditCells.of($0) }
    }
  }

  private func event(_ key: String, in book: Book) -> Event? {
    guard let id = Int64(key), let place = book.events.ids.firstIndex(of: id) else { return nil }
    return book.events[place]
  }

  private func words(_ target: EditTarget) -> String {
    guard let book = shared.snapshot?.book else { return target.subject.rawValue }
    switch target {
    case .new(let subject): return subject.rawValue
    case .event(let key):
      return event(key, in: book).map { EditTitle.event($0, EditNames(book), book.settings.zone) } ?? "event \(key)"
    case .quote(let asset, let kind, let day, _): return EditTitle.quote(kind, asset, day)
    case .distribution(let key):
      guard let row = book.distributions.first(where: { String($0.id) == key }) else { return "distribution" }
      return EditTitle.distribution(row.kind, book.label(of: row.asset), pay: row.pay, record: row.record)
    case .plan(let kind, let key):
      guard let plan = book.plans.first(where: { $0.kind == kind && String($0.id) == key }) else { return target.subject.rawValue }
      return EditTitle.plan(kind, plan.asset.map { book.label(of: $0) } ?? "", plan.cells)
    case .asset(let label): return "asset \(label)"
    case .account(let name): return "account \(name)"
    }
  }
}
