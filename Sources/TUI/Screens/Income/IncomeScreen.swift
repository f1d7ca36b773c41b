import Amounts
import Engine
import Ledger
import Reports
import TermKit

/// Income: what came in by period and asset, every payment, and what is to come.
struct IncomeScreen: ListScreen {
  /// What has the keys.
  enum Pane: Int, CaseIterable {
    case grid, payments, calendar

    var title: String {
      switch self {
      case .grid: "By period"
      case .payments: "Payments"
      case .calendar: "Next 12 months"
      }
    }
  }

  private(set) var pane = Pane.grid
  private(set) var period = IncomeGrid.Period.month
  /// Where the user is in each pane.
  private(set) var lists = [ListState](repeating: ListState(), count: Pane.allCases.count)
  /// Periods between the newest and the last one shown.
  private(set) var back = 0
  /// The payments shown: places in the report, filtered and in order.
  private(set) var order: [Int32] = []

  /// The list of the pane that has the keys.
  var list: ListState {
    get { lists[pane.rawValue] }
    set { lists[pane.rawValue] = newValue }
  }

  var title: String { "Income" }
  var columnCount: Int { pane == .payments ? PaymentField.allCases.count : 0 }
  var filter: String? {
    get { pane == .payments ? lists[Pane.payments.rawValue].filter : nil }
    set {
      lists[Pane.payments.rawValue].filter = newValue ?? ""
      lists[Pane.payments.rawValue].selected = 0
    }
  }

  var bindings: [Binding] {
    var bindings = [Binding(.enter, .open, hint: "asset"), Binding(.tab, .nextPane, hint: "pane"), Binding(.backTab, .previousPane)]
    if pane == .payments { bindings += [Binding(.char("e"), .edit, hint: "edit"), Binding(.char("a"), .add, hint: "add")] }
    if pane == .grid {
      bindings += [
        Binding(.char("v"), .cycle, hint: "month/quarter/year"), Binding(.char("h"), .left, hint: "earlier"),
        Binding(.char("l"), .right, hint: "later"),
      ]
    }
    return bindings
  }

  /// The grid of the period chosen.
  func grid(_ shared: Shared) -> IncomeGrid? {
    switch period {
    case .month: shared.desk?.months
    case .quarter: shared.desk?.quarters
    case .year: shared.desk?.years
    }
  }

  func rowCount(_ shared: Shared) -> Int {
    switch pane {
    case .grid: grid(shared)?.lines.count ?? 0
    case .payments: order.count
    case .calendar: shared.desk?.months.calendar.count ?? 0
    }
  }

  mutating func handle(_ command: Command, _ shared: Shared) -> [Effect]? {
    switch command {
    case .nextPane: pane = Pane(rawValue: (pane.rawValue + 1) % Pane.allCases.count) ?? .grid
    case .previousPane: pane = Pane(rawValue: (pane.rawValue + Pane.allCases.count - 1) % Pane.allCases.count) ?? .grid
    case .cycle:
      let all = IncomeGrid.Period.allCases
      period = all[((all.firstIndex(of: period) ?? 0) + 1) % all.count]
      (pane, back) = (.grid, 0)
    case .left where pane == .grid: back = min(back + 1, furthest(shared))
    case .right where pane == .grid: back = max(0, back - 1)
    case .left: return handle(.previousPane, shared)
    case .right: return handle(.nextPane, shared)
    default: return handleList(command, shared) ? [] : nil
    }
    refresh(shared)
    return []
  }

  /// How far back the grid scrolls: until its first period shows.
  private func furthest(_ shared: Shared) -> Int {
    guard let grid = grid(shared) else { return 0 }
    return max(0, grid.keys.count - IncomeGridView.periods(in: IncomeView.gridWidth(shared.size), grid))
  }

  mutating func refresh(_ shared: Shared) {
    if let rows = shared.desk?.income.rows {
      let own = lists[Pane.payments.rawValue]
      let isFirst = order.isEmpty && own.filter.isEmpty
      let filter = Filter(own.filter)
      order = rows.indices.reversed().filter { filter.isEmpty || filter.matches(rows[$0]) }.map { Int32($0) }
      if let column = own.sortColumn {
        order = PaymentField.sorted(order, rows, by: PaymentField.allCases[column], descending: own.isDescending)
      } else if isFirst, let due = order.firstIndex(where: { rows[Int($0)].pay.map { $0 <= shared.today } ?? false }) {
        // What is still to come stands above; the eye starts at today.
        lists[Pane.payments.rawValue].selected = due
        lists[Pane.payments.rawValue].scroll = max(0, due - 3)
      }
    }
    back = min(back, furthest(shared))
    let before = pane
    for each in Pane.allCases {
      pane = each
      list.clamp(rows: rowCount(shared), page: IncomeView.page(each, shared.size))
    }
    pane = before
  }

  func unavailable(_ command: Command, _ shared: Shared) -> String? {
    if shared.desk == nil { return command == .open || command == .cycle ? "the database is still being read" : nil }
    switch command {
    case .open where selectedAsset(shared) == nil: return pane == .calendar ? "a month is no asset" : "nothing is selected"
    case .left where pane == .grid && back >= furthest(shared): return "this is the first \(period.rawValue)"
    case .right where pane == .grid && back == 0: return "this is the latest \(period.rawValue)"
    case .filter where pane != .payments: return "Tab to the payments to filter them"
    default: return nil
    }
  }

  /// The asset of the selected line or payment.
  private func selectedAsset(_ shared: Shared) -> AssetID? {
    switch pane {
    case .grid:
      guard let lines = grid(shared)?.lines, lines.indices.contains(list.selected) else { return nil }
      return lines[list.selected].asset.id
    case .payments: return selectedPayment(shared)?.asset.id
    case .calendar: return nil
    }
  }

  /// The payment that is selected.
  func selectedPayment(_ shared: Shared) -> IncomeRow? {
    let own = lists[Pane.payments.rawValue]
    guard let rows = shared.desk?.income.rows, order.indices.contains(own.selected), rows.indices.contains(Int(order[own.selected])) else {
      return nil
    }
    return rows[Int(order[own.selected])]
  }

  func opened(_ shared: Shared) -> ScreenState? { selectedAsset(shared).map { .asset(AssetScreen(asset: $0)) } }

  func copied(_ shared: Shared) -> String? {
    switch pane {
    case .grid:
      guard let grid = grid(shared), grid.lines.indices.contains(list.selected) else { return nil }
      let line = grid.lines[list.selected]
      return ([line.asset.text] + line.net.map(\.description) + [line.total.description]).joined(separator: "\t")
    case .payments:
      return selectedPayment(shared).map { row in
        let amounts = [row.gross, row.tax, row.net].map { $0.value?.amount.description ?? "" }
        return ([row.asset.text, row.pay?.description ?? "", row.status.word] + amounts + [row.currency ?? ""]).joined(separator: "\t")
      }
    case .calendar:
      guard let months = shared.desk?.months.calendar, months.indices.contains(list.selected) else { return nil }
      let month = months[list.selected]
      return [month.key, month.declared.description, month.estimated.description].joined(separator: "\t")
    }
  }

  mutating func click(_ hit: Hit, isDouble: Bool, _ shared: Shared) -> [Effect] {
    switch hit {
    case .pane(let index): pane = Pane(rawValue: index) ?? pane
    case .row(let row): list.selected = row
    case .header(let column) where columnCount > 0:
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
    IncomeView(screen: self, shared: shared).draw(in: area, on: &canvas)
  }
}
