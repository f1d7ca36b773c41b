import Amounts
import Engine
import Ledger
import Reports
import TermKit
import Workspace

/// How the portfolio did: its index, the figures of return and risk, its falls, its months, and what contributed.
struct PerformanceScreen: Screen {
  /// What the lower frame shows.
  enum Pane: Int, CaseIterable {
    case months, falls, classes, assets, accounts, portfolios

    var title: String { "\(self)".prefix(1).uppercased() + "\(self)".dropFirst() }

    /// What the portfolio is cut by for it.
    var dimension: Breakdown.Dimension? {
      switch self {
      case .months, .falls: nil
      case .classes: .assetClass
      case .assets: .asset
      case .accounts: .account
      case .portfolios: .portfolio
      }
    }
  }

  private(set) var pane = Pane.months
  /// The period: an index into ``OverviewScreen/ranges``.
  private(set) var range = 5
  /// Whether the chart shows value and cost instead of the return.
  private(set) var showsValue = false
  /// Where the user is in each pane.
  private(set) var lists = [ListState](repeating: ListState(), count: Pane.allCases.count)

  var title: String { "Performance" }
  var bindings: [Binding] {
    [
      Binding(.enter, .open, hint: "open"), Binding(.tab, .nextPane, hint: "pane"), Binding(.backTab, .previousPane),
      Binding(.char("["), .shorterRange, hint: "period"), Binding(.char("]"), .longerRange, hint: "period"),
      Binding(.char("b"), .benchmark, hint: "benchmark"), Binding(.char("v"), .cycle, hint: "value"),
    ]
  }

  func performance(_ shared: Shared) -> PerformanceQuery? {
    PerformanceQuery(days: OverviewScreen.ranges[range].days, benchmark: shared.benchmark, dimension: pane.dimension)
  }

  /// The list of the pane that shows.
  var list: ListState { lists[pane.rawValue] }

  /// The years of the table, newest first.
  func years(_ shared: Shared) -> [Int] {
    var years: [Int] = []
    for month in shared.performance?.months ?? [] where years.last != month.year { years.append(month.year) }
    return years.reversed()
  }

  /// The parts of the pane that shows; empty until they are worked out.
  func parts(_ shared: Shared) -> [BreakdownRow] {
    guard let dimension = pane.dimension else { return [] }
    return shared.performance?.report?.breakdowns.first { $0.dimension == dimension }?.rows ?? []
  }

  /// Rows of the pane that shows.
  func count(_ shared: Shared) -> Int { pane == .months ? years(shared).count : parts(shared).count }

  mutating func handle(_ command: Command, _ shared: Shared) -> [Effect]? {
    switch command {
    case .nextPane, .right: show(1, shared)
    case .previousPane, .left: show(-1, shared)
    case .cycle: showsValue.toggle()
    case .shorterRange: range = max(0, range - 1)
    case .longerRange: range = min(OverviewScreen.ranges.count - 1, range + 1)
    default:
      return lists[pane.rawValue].move(command, rows: count(shared), page: PerformanceView.page(shared.size)) ? [] : nil
    }
    return []
  }

  private mutating func show(_ step: Int, _ shared: Shared) {
    let panes = PerformanceView.panes(shared.size)
    let place = panes.firstIndex(of: pane) ?? 0
    pane = panes[(place + step + panes.count) % panes.count]
  }

  func unavailable(_ command: Command, _ shared: Shared) -> String? {
    switch command {
    case .shorterRange where range == 0: "this is the shortest period"
    case .longerRange where range == OverviewScreen.ranges.count - 1: "this is everything"
    case .open where opened(shared) == nil: "classes, assets and accounts can be opened; Tab goes to them"
    default: nil
    }
  }

  mutating func refresh(_ shared: Shared) {
    lists[pane.rawValue].clamp(rows: count(shared), page: PerformanceView.page(shared.size))
  }

  private func selected(_ shared: Shared) -> BreakdownRow? {
    let parts = parts(shared)
    return parts.indices.contains(list.selected) ? parts[list.selected] : nil
  }

  func asset(_ shared: Shared) -> AssetID? {
    if case .asset(let id)? = selected(shared)?.part.key { id } else { nil }
  }

  func opened(_ shared: Shared) -> ScreenState? {
    guard let row = selected(shared) else { return nil }
    switch row.part.key {
    case .asset(let id): return .asset(AssetScreen(asset: id))
    case .assetClass(let name): return .holdings(HoldingsScreen(filter: "class=\(name.rawValue)"))
    case .account: return .holdings(HoldingsScreen(filter: "account=\"\(row.key)\"", byAccount: true))
    case .portfolio: return nil
    }
  }

  func copied(_ shared: Shared) -> String? {
    selected(shared).map { [$0.key, $0.part.contribution.description].joined(separator: "\t") }
  }

  mutating func click(_ hit: Hit, isDouble: Bool, _ shared: Shared) -> [Effect] {
    switch hit {
    case .pane(let index): pane = Pane(rawValue: index) ?? pane
    case .row(let row): lists[pane.rawValue].selected = row
    case .scroll(let first):
      lists[pane.rawValue].scroll = first
      lists[pane.rawValue].selected = first
    default: break
    }
    return []
  }

  func draw(_ shared: Shared, in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    PerformanceView(screen: self, shared: shared).draw(in: area, on: &canvas)
  }
}

extension AppState {
  /// Offers the assets that have prices, to be compared with.
  mutating func offerBenchmarks() {
    guard let book = shared.snapshot?.book else { return }
    let labels = book.labels
    let known = book.quotes.market.keys.filter { (book.quotes.market[$0]?.count ?? 0) > 1 }.compactMap { labels[$0] }.sorted()
    let chosen = shared.benchmark.flatMap { labels[$0] }
    let items =
      [Menu.Item(AppState.noBenchmark, isChecked: chosen == nil)] + known.map { Menu.Item($0, isChecked: $0 == chosen) }
    var menu = Menu("Compare with", items, selected: chosen.flatMap { known.firstIndex(of: $0) }.map { $0 + 1 } ?? 0)
    menu.footnote = known.isEmpty ? "no asset has prices yet" : "Enter chooses · Esc goes back"
    overlay = .menu(menu, .benchmark)
  }

  /// Compares with an asset, by its label, from now on and after the next start.
  mutating func chooseBenchmark(_ label: String) -> [Effect] {
    shared.benchmarkLabel = label == AppState.noBenchmark ? nil : label
    findBenchmark()
    return [.remember(key: Remembered.benchmark, value: shared.benchmarkLabel ?? "")]
  }

  /// Looks for the chosen benchmark among the assets there are.
  mutating func findBenchmark() {
    guard let label = shared.benchmarkLabel, let book = shared.snapshot?.book else { return shared.benchmark = nil }
    shared.benchmark = book.labels.filter { $0.value == label }.keys.min()
  }

  private static let noBenchmark = "nothing"
}
