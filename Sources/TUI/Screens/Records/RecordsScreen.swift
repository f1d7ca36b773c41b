import Engine
import Ledger
import Reports
import TermKit
import Workspace

/// Accounts, declared distributions, restrictions, targets and policies: what stands behind the figures beside events and quotes.
struct RecordsScreen: ListScreen {
  /// What has the keys.
  enum Pane: Int, CaseIterable, Hashable {
    case accounts, distributions, restrictions, targets, policies

    var title: String { "\(self)".prefix(1).uppercased() + "\(self)".dropFirst() }

    /// What is added in it.
    var subject: EditSubject {
      switch self {
      case .accounts: .account
      case .distributions: .distribution
      case .restrictions: .restriction
      case .targets: .target
      case .policies: .policy
      }
    }
  }

  private(set) var pane: Pane
  /// Where the user is in each pane.
  private(set) var lists = [ListState](repeating: ListState(), count: Pane.allCases.count)
  /// The accounts, filtered.
  private(set) var accounts: [AccountRow] = []
  /// The rows of the open pane when it is not that of accounts, filtered.
  private(set) var plans: [PlanRow] = []
  // The accounts of one state of the database, which cost a walk over all events.
  private var counted: (generation: Int64, rows: [AccountRow])?

  init(_ pane: Pane) { self.pane = pane }

  static func == (a: RecordsScreen, b: RecordsScreen) -> Bool {
    a.pane == b.pane && a.lists == b.lists && a.accounts == b.accounts && a.plans == b.plans
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(pane)
    hasher.combine(lists)
  }

  /// The list of the pane that has the keys.
  var list: ListState {
    get { lists[pane.rawValue] }
    set { lists[pane.rawValue] = newValue }
  }

  var title: String { pane.title }
  var bindings: [Binding] {
    [
      Binding(.tab, .nextPane, hint: "pane"), Binding(.backTab, .previousPane), Binding(.char("a"), .add, hint: "add"),
      Binding(.char("e"), .edit, hint: "edit"), Binding(.char("d"), .delete, hint: "delete"), Binding(.enter, .edit),
    ] + (pane == .accounts ? [Binding(.char("m"), .move, hint: "portfolio")] : [])
  }

  func rowCount(_ shared: Shared) -> Int { pane == .accounts ? accounts.count : plans.count }

  mutating func handle(_ command: Command, _ shared: Shared) -> [Effect]? {
    let panes = Pane.allCases
    switch command {
    case .nextPane, .right: show(panes[(pane.rawValue + 1) % panes.count], shared)
    case .previousPane, .left: show(panes[(pane.rawValue + panes.count - 1) % panes.count], shared)
    default:
      var paged = shared
      paged.page = RecordsView.page(shared.size)
      return handleList(command, paged) ? [] : nil
    }
    return []
  }

  /// Opens a pane.
  mutating func show(_ pane: Pane, _ shared: Shared) {
    self.pane = pane
    refresh(shared)
  }

  mutating func refresh(_ shared: Shared) {
    guard let snapshot = shared.snapshot, snapshot.isComplete else { return }
    let filter = Filter(list.filter)
    if pane == .accounts {
      if counted?.generation != snapshot.generation {
        counted = (snapshot.generation, AccountRow.all(in: snapshot.book, snapshot.booking, asOf: snapshot.asOf))
      }
      accounts = (counted?.rows ?? []).filter(filter.matches)
    } else {
      plans = Workspace.planRows(in: snapshot.book).filter { $0.what == pane.subject.rawValue && filter.matches($0) }
    }
    list.clamp(rows: rowCount(shared), page: RecordsView.page(shared.size))
  }

  /// What is selected.
  var target: EditTarget? {
    if pane == .accounts { return accounts.indices.contains(list.selected) ? .account(accounts[list.selected].account.name) : nil }
    guard plans.indices.contains(list.selected) else { return nil }
    let id = String(plans[list.selected].id)
    switch pane {
    case .accounts, .distributions: return .distribution(id)
    case .restrictions: return .plan(.restriction, id)
    case .targets: return .plan(.target, id)
    case .policies: return .plan(.policy, id)
    }
  }

  func unavailable(_ command: Command, _ shared: Shared) -> String? {
    if command == .move, pane != .accounts { return "only accounts are in portfolios" }
    return [.edit, .delete, .move].contains(command) && target == nil ? "nothing is selected; a adds one" : nil
  }

  func asset(_ shared: Shared) -> AssetID? {
    pane != .accounts && plans.indices.contains(list.selected) ? plans[list.selected].asset?.id : nil
  }

  func copied(_ shared: Shared) -> String? {
    let place = list.selected
    if pane == .accounts {
      return accounts.indices.contains(place)
        ? [accounts[place].account.name, accounts[place].account.portfolio, accounts[place].cashText].joined(separator: "\t") : nil
    }
    return plans.indices.contains(place) ? [plans[place].asset?.text ?? "", plans[place].summary].joined(separator: "\t") : nil
  }

  mutating func click(_ hit: Hit, isDouble: Bool, _ shared: Shared) -> [Effect] {
    switch hit {
    case .pane(let index): show(Pane(rawValue: index) ?? pane, shared)
    case .row(let row): list.selected = row
    case .scroll(let first):
      list.scroll = first
      list.selected = first
    default: break
    }
    return []
  }

  func draw(_ shared: Shared, in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    RecordsView(screen: self, shared: shared).draw(in: area, on: &canvas)
  }
}
