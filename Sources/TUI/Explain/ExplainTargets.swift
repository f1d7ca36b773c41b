import Amounts
import Engine
import Ledger
import Reports
import Workspace

/// Which figure `explain` starts from on each screen: what is selected, in the column the list is sorted by where it is one.

extension HoldingsScreen {
  func explained(_ shared: Shared) -> FigurePath? {
    guard let row = selectedRow(shared) else { return nil }
    let path = FigurePath("holdings", row.asset.text + (row.account.map { "@" + $0.text } ?? ""))
    let field = list.sortColumn.map { HoldingsView.sortable[$0] }
    return path.adding(field?.figure ?? "value")
  }
}

extension HoldingsView.Field {
  /// The key of the column in the holdings report; nil where there is no figure.
  var figure: String? {
    switch self {
    case .quantity: "quantity"
    case .price: "price"
    case .nav: "nav"
    case .premium: "premium"
    case .value: "value"
    case .cost: "cost"
    case .gain: "unrealized"
    case .gainRatio: "unrealizedRatio"
    case .weight, .bar: "weight"
    case .day: "change1d"
    case .month, .trend: "change30d"
    case .asset, .kind, .name, .account: nil
    }
  }
}

extension OverviewScreen {
  func explained(_ shared: Shared) -> FigurePath? {
    guard let overview = shared.snapshot?.overview else { return nil }
    switch pane {
    case .largest where overview.largest.indices.contains(selected):
      return FigurePath("holdings", overview.largest[selected].asset.text, "value")
    case .movers where overview.movers.indices.contains(selected):
      let asset = overview.movers[selected].asset
      let isSlow = (shared.snapshot?.book.assets[asset.id]?.expectedCadence.days ?? 1) > 3
      return FigurePath("overview", isSlow ? "change30d" : "change1d", asset.text)
    case .notices where overview.notices.indices.contains(selected): return overview.notices[selected].figure
    case .figures: return FigurePath("overview", OverviewScreen.figures[min(selected, OverviewScreen.figures.count - 1)])
    default: return FigurePath("overview", "value")
    }
  }
}

extension IssuesScreen {
  func explained(_ shared: Shared) -> FigurePath? { selected(shared)?.figure }
}

extension NavScreen {
  func explained(_ shared: Shared) -> FigurePath? {
    guard let row = selectedRow(shared) else { return nil }
    let field = list.sortColumn.map { NavField.allCases[$0] }
    return FigurePath("nav", row.asset.text, field?.figure ?? (row.premium.isKnown ? "premium" : "nav"))
  }
}

extension NavField {
  /// The key of the column in the NAV report; nil where there is no figure.
  var figure: String? {
    switch self {
    case .nav: "nav"
    case .age, .date: "ageDays"
    case .market: "market"
    case .premium, .bar: "premium"
    case .value: "value"
    case .ownership: "ownership"
    case .underlying: "impliedUnderlying"
    case .asset, .currency, .method, .source, .mode, .document: nil
    }
  }
}

extension AllocationScreen {
  func explained(_ shared: Shared) -> FigurePath? {
    guard let row = selectedRow(shared) else { return nil }
    let keys: [AllocationField: String] = [
      .value: "value", .weight: "weight", .bar: "weight", .target: "target", .drift: "drift", .trade: "trade", .units: "tradeQuantity",
    ]
    let field = list.sortColumn.map { AllocationField.allCases[$0] }
    return FigurePath("allocation", dimension.rawValue, row.key, field.flatMap { keys[$0] } ?? "weight")
  }
}

extension PerformanceScreen {
  /// The selected part's contribution, else the return.
  func explained(_ shared: Shared) -> FigurePath? {
    if shared.desk == nil { return nil }
    let parts = parts(shared)
    if let dimension = pane.dimension, parts.indices.contains(list.selected) {
      return FigurePath("performance", dimension.rawValue, parts[list.selected].key, "contribution")
    }
    return FigurePath("performance", "twr")
  }
}

extension EventsScreen {
  func explained(_ shared: Shared) -> FigurePath? { selectedRow(shared).map { $0.mainFigure } }
}

extension IncomeScreen {
  func explained(_ shared: Shared) -> FigurePath? {
    switch pane {
    case .grid:
      guard let grid = grid(shared), grid.lines.indices.contains(list.selected) else { return nil }
      let line = grid.lines[list.selected]
      // The newest cell in sight that holds something.
      let last = max(0, grid.keys.count - 1 - back)
      let place = grid.keys.indices.prefix(last + 1).last { !line.net[$0].isZero } ?? last
      return FigurePath("income", line.asset.text, grid.keys[place])
    case .payments: return selectedPayment(shared).map { $0.mainFigure }
    case .calendar:
      guard let months = shared.desk?.months.calendar, months.indices.contains(list.selected) else { return nil }
      return FigurePath("income", "calendar", months[list.selected].key)
    }
  }
}

extension EventRow {
  /// What moved, where it is known, else how many units.
  var mainFigure: FigurePath { FigurePath("events", "\(id.raw)", gross == nil ? "quantity" : "gross") }
}

extension IncomeRow {
  /// What arrived, or what is to arrive.
  var mainFigure: FigurePath { figure.adding(event == nil ? "expected" : "netBase") }

  /// The name of the payment: its event, else its asset and pay date.
  var figure: FigurePath {
    event.map { FigurePath("income", "event", "\($0.raw)") } ?? FigurePath("income", asset.text, pay?.description ?? "undated")
  }
}

extension AssetScreen {
  func explained(_ shared: Shared) -> FigurePath? {
    guard let report = report(shared) else { return nil }
    let label = report.asset.text
    let row = list.selected
    switch pane {
    case .lots where report.lots.indices.contains(row): return LotsReport.figures(of: report.lots)[row].adding("costBase")
    case .income where report.income.indices.contains(row): return report.income[row].mainFigure
    case .events:
      guard let book = shared.desk?.events.book, report.events.indices.contains(row), book.events.indices.contains(report.events[row])
      else {
        return nil
      }
      return EventsReport.row(at: report.events[row], in: book, Names(book)).mainFigure
    case .quotes:
      guard let book = shared.snapshot?.book else { return nil }
      let quotes = AssetQuotes(of: asset, in: book)
      guard row < quotes.count else { return nil }
      let (kind, quote) = quotes[row]
      return FigurePath("quote", kind == .nav ? "nav" : kind == .fx ? "fx" : "market", label, quote.day.description)
    case .accounts where report.byAccount.indices.contains(row):
      return FigurePath("holdings", "\(label)@\(report.byAccount[row].account?.text ?? "")", "value")
    case .restrictions where report.byAccount.count == 1:
      return FigurePath("restrictions", "\(label)@\(report.byAccount[0].account?.text ?? "")", "free")
    case .chart: return FigurePath("unit", label)
    default: return FigurePath("holdings", label, "value")
    }
  }
}
