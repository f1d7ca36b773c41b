import Ledger
import Reports
import TermKit

/// A screen: where the user is in it. What it shows comes from ``Shared``.
protocol Screen: Hashable, Sendable {
  /// Its name in the frame.
  var title: String { get }
  /// Its own keys, before those that work everywhere.
  var bindings: [Binding] { get }
  /// Does a command; nil when it is none of this screen's.
  mutating func handle(_ command: Command, _ shared: Shared) -> [Effect]?
  /// Why a command cannot work now; nil when it can, or is none of this screen's.
  func unavailable(_ command: Command, _ shared: Shared) -> String?
  /// Adapts to a new snapshot, page size or filter.
  mutating func refresh(_ shared: Shared)
  /// A click or wheel.
  mutating func click(_ hit: Hit, isDouble: Bool, _ shared: Shared) -> [Effect]
  /// The filter, where the screen has one.
  var filter: String? { get set }
  /// What `copy` copies.
  func copied(_ shared: Shared) -> String?
  /// The event whose source is looked up while it is selected; nil when the screen shows none.
  func record(_ shared: Shared) -> RecordKey?
  /// The performance it shows; nil when it shows none.
  func performance(_ shared: Shared) -> PerformanceQuery?
  /// What it shows that has to be worked out.
  func questions(_ shared: Shared) -> [Question]
  /// The recorded disposal that is selected and whose lots may be picked.
  func sale(_ shared: Shared) -> SaleTarget?
  /// The asset of what is selected.
  func asset(_ shared: Shared) -> AssetID?
  /// The figure that `explain` starts from; nil when none is selected.
  func explained(_ shared: Shared) -> FigurePath?
  /// The figures that can be chosen to be explained: those of what is selected first.
  func figures(_ shared: Shared) -> [FigureGroup]
  /// Opens what is selected on a level of its own; nil stays here.
  func opened(_ shared: Shared) -> ScreenState?
  /// Draws itself.
  func draw(_ shared: Shared, in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>]
}

extension Screen {
  /// Whether a command is one of its own.
  func offers(_ command: Command) -> Bool { bindings.contains { $0.command == command } }
  var bindings: [Binding] { [] }
  func unavailable(_ command: Command, _ shared: Shared) -> String? { nil }
  mutating func refresh(_ shared: Shared) {}
  mutating func click(_ hit: Hit, isDouble: Bool, _ shared: Shared) -> [Effect] { [] }
  var filter: String? {
    get { nil }
    set {}
  }
  func copied(_ shared: Shared) -> String? { nil }
  func opened(_ shared: Shared) -> ScreenState? { nil }
  func explained(_ shared: Shared) -> FigurePath? { nil }
  func figures(_ shared: Shared) -> [FigureGroup] { [] }
  func record(_ shared: Shared) -> RecordKey? { nil }
  func performance(_ shared: Shared) -> PerformanceQuery? { nil }
  func questions(_ shared: Shared) -> [Question] { [] }
  func sale(_ shared: Shared) -> SaleTarget? { nil }
  func asset(_ shared: Shared) -> AssetID? { nil }
}

/// A screen that is one list.
protocol ListScreen: Screen {
  var list: ListState { get set }
  /// Rows after the filter.
  func rowCount(_ shared: Shared) -> Int
  /// Columns that can be sorted by.
  var columnCount: Int { get }
}

extension ListScreen {
  var columnCount: Int { 0 }

  mutating func handle(_ command: Command, _ shared: Shared) -> [Effect]? { handleList(command, shared) ? [] : nil }

  /// Moves and sorts; false when the command is about something else.
  mutating func handleList(_ command: Command, _ shared: Shared) -> Bool {
    if list.move(command, rows: rowCount(shared), page: shared.page) { return true }
    switch command {
    case .sortLeft where columnCount > 0: list.shiftSort(-1, columns: columnCount)
    case .sortRight where columnCount > 0: list.shiftSort(1, columns: columnCount)
    case .invert where columnCount > 0: list.isDescending.toggle()
    default: return false
    }
    refresh(shared)
    return true
  }

  mutating func refresh(_ shared: Shared) { list.clamp(rows: rowCount(shared), page: shared.page) }

  mutating func click(_ hit: Hit, isDouble: Bool, _ shared: Shared) -> [Effect] {
    switch hit {
    case .row(let row): list.selected = row
    case .header(let column) where columnCount > 0:
      list.sort(by: column)
      refresh(shared)
    case .scroll(let first):
      list.scroll = first
      list.selected = min(max(list.selected, first), first + shared.page - 1)
      list.clamp(rows: rowCount(shared), page: shared.page)
    default: break
    }
    return []
  }

  var filter: String? {
    get { list.filter }
    set {
      list.filter = newValue ?? ""
      list.selected = 0
      list.scroll = 0
    }
  }
}

/// The screens with a tab, in the order of their keys.
enum ScreenName: String, CaseIterable, Hashable, Sendable {
  case overview, holdings, income, nav, allocation, performance, events, issues, imports

  /// The key that opens it.
  var key: String {
    switch self {
    case .overview: "1"
    case .holdings: "2"
    case .income: "3"
    case .nav: "4"
    case .allocation: "5"
    case .performance: "6"
    case .events: "7"
    case .issues: "9"
    case .imports: "0"
    }
  }

  /// The command that opens it.
  var command: Command {
    switch self {
    case .overview: .overview
    case .holdings: .holdings
    case .income: .income
    case .nav: .nav
    case .allocation: .allocation
    case .performance: .performance
    case .events: .events
    case .issues: .issues
    case .imports: .imports
    }
  }

  var title: String {
    switch self {
    case .nav: "NAV desk"
    default: rawValue.prefix(1).uppercased() + rawValue.dropFirst()
    }
  }
}

/// Any screen. A new one is a case here; the compiler names the rest.
enum ScreenState: Hashable, Sendable {
  case overview(OverviewScreen)
  case holdings(HoldingsScreen)
  case asset(AssetScreen)
  case income(IncomeScreen)
  case nav(NavScreen)
  case allocation(AllocationScreen)
  case performance(PerformanceScreen)
  case events(EventsScreen)
  case issues(IssuesScreen)
  case imports(ImportsScreen)
  case preview(PreviewScreen)
  case whatIf(WhatIfScreen)
  case records(RecordsScreen)
  case gains(GainsScreen)
  case disposal(DisposalScreen)

  /// The screen a tab opens with.
  static func root(_ name: ScreenName) -> ScreenState {
    switch name {
    case .overview: .overview(OverviewScreen())
    case .holdings: .holdings(HoldingsScreen())
    case .income: .income(IncomeScreen())
    case .nav: .nav(NavScreen())
    case .allocation: .allocation(AllocationScreen())
    case .performance: .performance(PerformanceScreen())
    case .events: .events(EventsScreen())
    case .issues: .issues(IssuesScreen())
    case .imports: .imports(ImportsScreen())
    }
  }

  /// The screen as what all screens can do.
  var screen: any Screen {
    switch self {
    case .overview(let screen): screen
    case .holdings(let screen): screen
    case .asset(let screen): screen
    case .income(let screen): screen
    case .nav(let screen): screen
    case .allocation(let screen): screen
    case .performance(let screen): screen
    case .events(let screen): screen
    case .issues(let screen): screen
    case .imports(let screen): screen
    case .preview(let screen): screen
    case .whatIf(let screen): screen
    case .records(let screen): screen
    case .gains(let screen): screen
    case .disposal(let screen): screen
    }
  }

  /// Changes the screen in place.
  mutating func with<Result>(_ change: (inout any Screen) -> Result) -> Result {
    var any = screen
    defer { put(any) }
    return change(&any)
  }

  private mutating func put(_ any: any Screen) {
    switch any {
    case let screen as OverviewScreen: self = .overview(screen)
    case let screen as HoldingsScreen: self = .holdings(screen)
    case let screen as AssetScreen: self = .asset(screen)
    case let screen as IncomeScreen: self = .income(screen)
    case let screen as NavScreen: self = .nav(screen)
    case let screen as AllocationScreen: self = .allocation(screen)
    case let screen as PerformanceScreen: self = .performance(screen)
    case let screen as EventsScreen: self = .events(screen)
    case let screen as IssuesScreen: self = .issues(screen)
    case let screen as ImportsScreen: self = .imports(screen)
    case let screen as PreviewScreen: self = .preview(screen)
    case let screen as WhatIfScreen: self = .whatIf(screen)
    case let screen as RecordsScreen: self = .records(screen)
    case let screen as GainsScreen: self = .gains(screen)
    case let screen as DisposalScreen: self = .disposal(screen)
    default: break
    }
  }
}
