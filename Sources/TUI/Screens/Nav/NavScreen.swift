import Amounts
import Engine
import Ledger
import Reports
import TermKit
import Workspace

/// The NAV desk: what each token is worth by its NAV and on the market, and how old and how good the NAV is.
struct NavScreen: ListScreen {
  var list = ListState()
  /// The rows shown: places in the report, filtered and in order.
  private(set) var order: [Int32] = []
  /// The chart's range: an index into ``OverviewScreen/ranges``.
  private(set) var range = 4

  var title: String { "NAV desk" }
  var columnCount: Int { NavField.allCases.count }
  var bindings: [Binding] {
    [
      Binding(.enter, .open, hint: "asset"), Binding(.char("["), .shorterRange, hint: "range"),
      Binding(.char("]"), .longerRange, hint: "range"), Binding(.char("a"), .add, hint: "add"), Binding(.char("e"), .edit, hint: "edit"),
    ]
  }

  func rowCount(_ shared: Shared) -> Int { order.count }

  mutating func handle(_ command: Command, _ shared: Shared) -> [Effect]? {
    switch command {
    case .shorterRange: range = max(0, range - 1)
    case .longerRange: range = min(OverviewScreen.ranges.count - 1, range + 1)
    default:
      var paged = shared
      paged.page = NavView.page(shared.size, rows: order.count)
      return handleList(command, paged) ? [] : nil
    }
    return []
  }

  mutating func refresh(_ shared: Shared) {
    let rows = shared.desk?.nav.rows ?? []
    let filter = Filter(list.filter)
    order = rows.indices.filter { filter.isEmpty || filter.matches(rows[$0]) }.map { Int32($0) }
    if let column = list.sortColumn { order = NavField.sorted(order, rows, by: NavField.allCases[column], descending: list.isDescending) }
    list.clamp(rows: order.count, page: NavView.page(shared.size, rows: order.count))
  }

  func unavailable(_ command: Command, _ shared: Shared) -> String? {
    if shared.desk == nil { return command == .open ? "the database is still being read" : nil }
    return command == .open && order.isEmpty ? "no asset is selected" : nil
  }

  /// The row that is selected.
  func selectedRow(_ shared: Shared) -> NavRow? {
    guard let rows = shared.desk?.nav.rows, order.indices.contains(list.selected), rows.indices.contains(Int(order[list.selected])) else {
      return nil
    }
    return rows[Int(order[list.selected])]
  }

  func opened(_ shared: Shared) -> ScreenState? { selectedRow(shared).map { .asset(AssetScreen(asset: $0.asset.id)) } }

  func copied(_ shared: Shared) -> String? {
    selectedRow(shared).map { row in
      let prices = [row.nav, row.market].map { $0.value?.perUnit.description ?? "" }
      return ([row.asset.text] + prices + [row.premium.value?.description ?? ""]).joined(separator: "\t")
    }
  }

  func draw(_ shared: Shared, in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    NavView(screen: self, shared: shared).draw(in: area, on: &canvas)
  }
}
