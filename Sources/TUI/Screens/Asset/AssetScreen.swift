import Amounts
import Engine
import Ledger
import Reports
import TermKit
import Workspace

/// Everything about one asset: what it is worth, what it is, and what became of it.
struct AssetScreen: Screen {
  /// What has the keys. On a wide screen chart and facts always show, and the rest share a frame.
  enum Pane: Int, CaseIterable {
    case lots, income, events, quotes, accounts, restrictions, facts, chart

    var title: String { "\(self)".prefix(1).uppercased() + "\(self)".dropFirst() }
  }

  let asset: AssetID
  private(set) var pane = Pane.lots
  /// Where the user is in each pane.
  private(set) var lists = [ListState](repeating: ListState(), count: Pane.allCases.count)
  /// The chart's range: an index into ``OverviewScreen/ranges``.
  private(set) var range = 4

  init(asset: AssetID) { self.asset = asset }

  var title: String { "Asset" }
  var bindings: [Binding] {
    [
      Binding(.tab, .nextPane, hint: "pane"), Binding(.backTab, .previousPane), Binding(.char("["), .shorterRange, hint: "range"),
      Binding(.char("]"), .longerRange, hint: "range"), Binding(.char("w"), .whatIf, hint: "what if"),
      Binding(.char("r"), .gains, hint: "gains"),
      Binding(.char("a"), .add, hint: "add"), Binding(.char("e"), .edit, hint: "edit"),
      Binding(.char("d"), .delete, hint: "delete"),
    ]
  }

  /// The list of the pane that has the keys.
  var list: ListState { lists[pane.rawValue] }

  /// The asset's report; nil until it was made.
  func report(_ shared: Shared) -> AssetReport? { shared.assets[asset] }

  /// Rows of a pane.
  func count(_ pane: Pane, _ shared: Shared) -> Int {
    guard let report = report(shared) else { return 0 }
    return switch pane {
    case .lots: report.lots.count
    case .income: report.income.count
    case .events: report.events.count
    case .quotes: shared.snapshot.map { AssetQuotes.count(of: asset, in: $0.book) } ?? 0
    case .accounts: report.byAccount.count
    case .restrictions: AssetScreen.restrictions(of: asset, shared).count
    case .facts: AssetFacts.all(report, shared).count
    case .chart: 0
    }
  }

  mutating func handle(_ command: Command, _ shared: Shared) -> [Effect]? {
    let panes = Pane.allCases
    switch command {
    case .nextPane, .right: pane = panes[(pane.rawValue + 1) % panes.count]
    case .previousPane, .left: pane = panes[(pane.rawValue + panes.count - 1) % panes.count]
    case .shorterRange: range = max(0, range - 1)
    case .longerRange: range = min(OverviewScreen.ranges.count - 1, range + 1)
    default:
      let page = AssetView.page(shared.size)
      return lists[pane.rawValue].move(command, rows: count(pane, shared), page: page) ? [] : nil
    }
    return []
  }

  func unavailable(_ command: Command, _ shared: Shared) -> String? {
    switch command {
    case .open: "there is nothing below this"
    case .shorterRange where range == 0: "this is the shortest range"
    case .longerRange where range == OverviewScreen.ranges.count - 1: "this is everything"
    default: nil
    }
  }

  mutating func refresh(_ shared: Shared) {
    let page = AssetView.page(shared.size)
    for pane in Pane.allCases { lists[pane.rawValue].clamp(rows: count(pane, shared), page: page) }
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

  func asset(_ shared: Shared) -> AssetID? { asset }

  /// The disposal that is selected among the events.
  func sale(_ shared: Shared) -> SaleTarget? {
    guard pane == .events, let report = report(shared), let book = shared.desk?.events.book, report.events.indices.contains(list.selected)
    else { return nil }
    let place = report.events[list.selected]
    guard book.events.indices.contains(place), book.events.assets[place] == asset.raw, book.events.kind(at: place).choosesLots else {
      return nil
    }
    return SaleTarget(event: EventID(book.events.ids[place]), asset: asset)
  }

  func copied(_ shared: Shared) -> String? {
    guard let report = report(shared) else { return nil }
    let row = list.selected
    switch pane {
    case .lots where report.lots.indices.contains(row): return AssetScreen.line(report.lots[row].cells)
    case .income where report.income.indices.contains(row): return AssetScreen.line(report.income[row].cells)
    case .accounts where report.byAccount.indices.contains(row): return AssetScreen.line(report.byAccount[row].cells)
    case .facts:
      let facts = AssetFacts.all(report, shared)
      return facts.indices.contains(row) ? "\(facts[row].label)\t\(facts[row].value)" : nil
    default: return report.asset.text
    }
  }

  /// The values of a row, between tabs.
  private static func line(_ cells: [Reports.Cell]) -> String {
    cells.map { cell in
      switch cell {
      case .text(let text): text
      case .decimal(let value), .ratio(let value): value.description
      case .integer(let count): String(count)
      case .day(let day): day.description
      default: ""
      }
    }.joined(separator: "\t")
  }

  /// Recorded locks, floors and windows of an asset.
  static func restrictions(of asset: AssetID, _ shared: Shared) -> [Plan] {
    (shared.snapshot?.book.plans ?? []).filter { $0.kind == .restriction && $0.asset == asset }
  }

  func draw(_ shared: Shared, in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    guard let report = report(shared) else {
      TextBlock("Reading the asset…", .muted).draw(in: area.inset(2, 1), on: &canvas)
      return []
    }
    return AssetView(screen: self, shared: shared, report: report).draw(in: area, on: &canvas)
  }
}
