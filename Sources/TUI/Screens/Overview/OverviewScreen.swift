import Engine
import Workspace
import Amounts
import Ledger
import Reports
import TermKit

/// The first screen: what it is all worth, what it earned, what moved, what to look at.
struct OverviewScreen: Screen {
  /// What has the keys.
  enum Pane: CaseIterable {
    case largest, movers, notices, figures
  }

  /// The figures on top that can be explained, in the order the keys move over them.
  static let figures = [
    "value", "change1d", "change30d", "unrealized", "realized", "cost", "income12", "forward12", "incomeNet", "tradeValue", "unpriced",
    "unknownBasis",
  ]
  private(set) var pane = Pane.largest
  /// The selected row of the pane.
  private(set) var selected = 0
  /// The chart's range: an index into ``ranges``.
  private(set) var range = 3

  /// Chart ranges: name and days; nil days is everything.
  static let ranges: [(name: String, days: Int?)] = [
    ("1 month", 31), ("3 months", 92), ("6 months", 183), ("1 year", 366), ("3 years", 1096), ("all", nil),
  ]

  var title: String { "Overview" }
  var bindings: [Binding] {
    [
      Binding(.enter, .open, hint: "open"), Binding(.tab, .nextPane, hint: "pane"), Binding(.char("["), .shorterRange, hint: "range"),
      Binding(.char("]"), .longerRange, hint: "range"), Binding(.char("r"), .gains, hint: "gains"),
    ]
  }

  /// How many rows the pane has.
  func count(_ shared: Shared) -> Int {
    guard let overview = shared.snapshot?.overview else { return 0 }
    return switch pane {
    case .largest: overview.largest.count
    case .movers: overview.movers.count
    case .notices: overview.notices.count
    case .figures: OverviewScreen.figures.count
    }
  }

  mutating func handle(_ command: Command, _ shared: Shared) -> [Effect]? {
    let panes = Pane.allCases
    let place = panes.firstIndex(of: pane) ?? 0
    switch command {
    case .nextPane, .right: (pane, selected) = (panes[(place + 1) % panes.count], 0)
    case .previousPane, .left: (pane, selected) = (panes[(place + panes.count - 1) % panes.count], 0)
    case .up: selected = max(0, selected - 1)
    case .down: selected = max(0, min(count(shared) - 1, selected + 1))
    case .first, .pageUp, .halfUp: selected = 0
    case .last, .pageDown, .halfDown: selected = max(0, count(shared) - 1)
    case .shorterRange: range = max(0, range - 1)
    case .longerRange: range = min(OverviewScreen.ranges.count - 1, range + 1)
    default: return nil
    }
    return []
  }

  /// The asset that is selected.
  func asset(_ shared: Shared) -> AssetID? {
    guard let overview = shared.snapshot?.overview, selected < count(shared) else { return nil }
    return switch pane {
    case .largest: overview.largest[selected].asset.id
    case .movers: overview.movers[selected].asset.id
    case .notices: overview.notices[selected].asset?.id
    case .figures: nil
    }
  }

  func unavailable(_ command: Command, _ shared: Shared) -> String? {
    command == .open && asset(shared) == nil ? "nothing is selected" : nil
  }
  func opened(_ shared: Shared) -> ScreenState? { asset(shared).map { .asset(AssetScreen(asset: $0)) } }

  mutating func click(_ hit: Hit, isDouble: Bool, _ shared: Shared) -> [Effect] {
    // Rows of the panes are numbered on from each other: 1000 for each pane.
    if case .row(let row) = hit, Pane.allCases.indices.contains(row / 1000) { (pane, selected) = (Pane.allCases[row / 1000], row % 1000) }
    return []
  }

  func draw(_ shared: Shared, in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    OverviewView(screen: self, shared: shared).draw(in: area, on: &canvas)
  }
}
