import Amounts
import Engine
import Ledger
import Reports
import TermKit
import Workspace

/// How the value is spread: by class, issuer, chain and so on, against targets.
struct AllocationScreen: ListScreen {
  var list = ListState()
  private(set) var dimension = Dimension.assetClass
  /// The rows shown: places in the report, filtered and in order.
  private(set) var order: [Int32] = []

  var title: String { "Allocation" }
  var columnCount: Int { AllocationField.allCases.count }
  var bindings: [Binding] {
    [
      Binding(.char("h"), .left, hint: "dimension"), Binding(.char("l"), .right, hint: "dimension"), Binding(.char("v"), .cycle),
      Binding(.tab, .cycle),
      Binding(.backTab, .left), Binding(.enter, .open, hint: "look inside"), Binding(.char("e"), .edit, hint: "target"),
    ]
  }

  /// The report of the dimension chosen.
  func report(_ shared: Shared) -> AllocationReport? { shared.desk?.allocations.first { $0.dimension == dimension } }

  func rowCount(_ shared: Shared) -> Int { order.count }

  mutating func handle(_ command: Command, _ shared: Shared) -> [Effect]? {
    let all = Dimension.allCases
    let place = all.firstIndex(of: dimension) ?? 0
    switch command {
    case .cycle, .right, .nextPane: show(all[(place + 1) % all.count], shared)
    case .left, .previousPane: show(all[(place + all.count - 1) % all.count], shared)
    default:
      var paged = shared
      paged.page = AllocationView.page(shared.size)
      return handleList(command, paged) ? [] : nil
    }
    return []
  }

  private mutating func show(_ dimension: Dimension, _ shared: Shared) {
    self.dimension = dimension
    (list.selected, list.scroll) = (0, 0)
    refresh(shared)
  }

  mutating func refresh(_ shared: Shared) {
    let rows = report(shared)?.rows ?? []
    let filter = Filter(list.filter)
    order = rows.indices.filter { filter.isEmpty || filter.matches(rows[$0]) }.map { Int32($0) }
    if let column = list.sortColumn {
      order = AllocationField.sorted(order, rows, by: AllocationField.allCases[column], descending: list.isDescending)
    }
    list.clamp(rows: order.count, page: AllocationView.page(shared.size))
  }

  func unavailable(_ command: Command, _ shared: Shared) -> String? {
    guard command == .open else { return nil }
    if shared.desk == nil { return "the database is still being read" }
    if selectedRow(shared) == nil { return "nothing is selected" }
    return opened(shared) == nil ? "holdings cannot be narrowed to a \(dimension.rawValue)" : nil
  }

  /// The row that is selected.
  func selectedRow(_ shared: Shared) -> AllocationRow? {
    guard let rows = report(shared)?.rows, order.indices.contains(list.selected), rows.indices.contains(Int(order[list.selected])) else {
      return nil
    }
    return rows[Int(order[list.selected])]
  }

  /// An asset's page, or the holdings of a class or account.
  func opened(_ shared: Shared) -> ScreenState? {
    guard let row = selectedRow(shared) else { return nil }
    switch dimension {
    case .asset:
      let holding = shared.snapshot?.holdings.rows.first { $0.asset.text == row.key }
      return holding.map { .asset(AssetScreen(asset: $0.asset.id)) }
    case .assetClass: return .holdings(HoldingsScreen(filter: "class=\(row.key)"))
    case .account: return .holdings(HoldingsScreen(filter: "account=\"\(row.key)\"", byAccount: true))
    case .subtype, .issuer, .chain, .currency, .jurisdiction, .tag: return nil
    }
  }

  func copied(_ shared: Shared) -> String? {
    selectedRow(shared).map { [$0.key, $0.value.description, $0.weight.value?.description ?? ""].joined(separator: "\t") }
  }

  mutating func click(_ hit: Hit, isDouble: Bool, _ shared: Shared) -> [Effect] {
    switch hit {
    case .pane(let index) where Dimension.allCases.indices.contains(index): show(Dimension.allCases[index], shared)
    case .row(let row): list.selected = row
    case .header(let column):
      list.sort(by: column)
      refresh(shared)
    case .scroll(let first):
      list.scroll = first
      list.selected = first
    default: break
    }
    return []
  }

  func draw(_ shared: Shared, in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    AllocationView(screen: self, shared: shared).draw(in: area, on: &canvas)
  }
}
