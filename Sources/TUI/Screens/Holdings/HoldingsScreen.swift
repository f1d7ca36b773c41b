import Engine
import Workspace
import Amounts
import Ledger
import Reports
import TermKit

/// What is held: one row an asset, or one row an asset and account.
struct HoldingsScreen: ListScreen {
  var list = ListState()
  /// The rows shown: indexes into the report, filtered and in order.
  private(set) var order: [Int32] = []
  /// Rows are grouped under a heading for each class, in the report's own order.
  private(set) var byAccount = false

  init() {}

  /// Only what a filter lets through.
  init(filter: String, byAccount: Bool = false) {
    list.filter = filter
    self.byAccount = byAccount
  }

  var title: String { byAccount ? "Holdings by account" : "Holdings" }
  var columnCount: Int { HoldingsView.sortable.count }
  var bindings: [Binding] {
    [
      Binding(.enter, .open, hint: "asset"), Binding(.char("v"), .cycle, hint: "by account"), Binding(.char("w"), .whatIf, hint: "what if"),
      Binding(.char("r"), .gains, hint: "gains"), Binding(.char("W"), .writeOff), Binding(.char("a"), .add, hint: "add"),
      Binding(.char("e"), .edit, hint: "edit"),
    ]
  }

  func rowCount(_ shared: Shared) -> Int { order.count }

  mutating func handle(_ command: Command, _ shared: Shared) -> [Effect]? {
    if command == .cycle {
      byAccount.toggle()
      list.selected = 0
      refresh(shared)
      return []
    }
    return handleList(command, shared) ? [] : nil
  }

  func unavailable(_ command: Command, _ shared: Shared) -> String? {
    switch command {
    case .open where order.isEmpty, .writeOff where order.isEmpty: "no asset is selected"
    case .writeOff where selectedRow(shared)?.assetClass == .cash: "cash is not written off; add a WITHDRAW or FEE"
    case .writeOff where selectedRow(shared)?.quantity.isPositive != true: "nothing of it is held"
    case .cycle where shared.desk == nil: "the database is still being read"
    default: nil
    }
  }

  /// The rows of the view chosen.
  func rows(_ shared: Shared) -> [HoldingRow] {
    (byAccount ? shared.desk?.holdingsByAccount.rows : shared.snapshot?.holdings.rows) ?? []
  }

  mutating func refresh(_ shared: Shared) {
    let rows = rows(shared)
    let chosen = order.indices.contains(list.selected) && rows.indices.contains(Int(order[list.selected])) ? order[list.selected] : nil
    let filter = Filter(list.filter)
    order = rows.indices.filter { filter.matches(rows[$0]) }.map { Int32($0) }
    if let column = list.sortColumn {
      order = HoldingsView.sorted(order, rows, by: HoldingsView.sortable[column], descending: list.isDescending)
    } else {
      order = HoldingsView.byClassAndValue(order, rows)
    }
    if let chosen, let place = order.firstIndex(of: chosen), list.filter.isEmpty { list.selected = place }
    list.clamp(rows: order.count, page: shared.page)
  }

  func selectedRow(_ shared: Shared) -> HoldingRow? {
    let rows = rows(shared)
    guard order.indices.contains(list.selected), rows.indices.contains(Int(order[list.selected])) else { return nil }
    return rows[Int(order[list.selected])]
  }

  func asset(_ shared: Shared) -> AssetID? { selectedRow(shared)?.asset.id }
  func opened(_ shared: Shared) -> ScreenState? { selectedRow(shared).map { .asset(AssetScreen(asset: $0.asset.id)) } }

  func copied(_ shared: Shared) -> String? {
    selectedRow(shared).map { row in
      [row.asset.text, row.quantity.description, row.value.value?.description ?? "", shared.currency].joined(separator: "\t")
    }
  }

  func draw(_ shared: Shared, in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    HoldingsView(screen: self, shared: shared).draw(in: area, on: &canvas)
  }
}
