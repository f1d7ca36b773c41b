import Amounts
import Engine
import Ledger
import Reports
import TermKit

/// Open lots of all assets: what they cost, what a sale today would gain and in which term, and when that changes.
struct OpenLotsTable {
  let screen: GainsScreen
  let shared: Shared
  let lots: [LotRow]
  let sums: LotSums

  private static func column(_ field: LotField) -> TermKit.Column {
    switch field {
    case .asset: Column("Asset", min: 6, ideal: 8, priority: 250)
    case .account: Column("Account", min: 8, ideal: 12, flex: 1, priority: 70)
    case .acquired: Column("Acquired", min: 10, ideal: 10, priority: 200)
    case .quantity: Column("Quantity", .right, min: 9, ideal: 12, priority: 130)
    case .cost: Column("Cost", .right, min: 10, ideal: 13, priority: 140)
    case .value: Column("Value", .right, min: 10, ideal: 13, priority: 100)
    case .gain: Column("Gain", .right, min: 10, ideal: 13, priority: 230)
    case .byPrice: Column("By price", .right, min: 10, ideal: 12, priority: 80)
    case .byCurrency: Column("By currency", .right, min: 11, ideal: 12, priority: 75)
    case .term: Column("Term", min: 5, ideal: 5, priority: 160)
    case .longIn: Column("Long in", .right, min: 7, ideal: 8, priority: 150)
    }
  }

  func draw(in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    let figures = Figures(shared)
    let today = shared.today
    let fields = LotField.allCases
    var table = Table(
      fields.map { OpenLotsTable.column($0) }, rowCount: lots.count, selected: screen.list.selected, scroll: screen.list.scroll)
    table.sortColumn = screen.list.sortColumn
    table.isDescending = screen.list.isDescending
    table.emptyText = "no lot matches \(screen.list.filter)"
    table.totals = TableRow(
      fields.map { field in
        switch field {
        case .asset: TableCell("Total", .title)
        case .cost: figures.money(.known(sums.cost), Style(.total))
        case .value: figures.money(.known(sums.value), Style(.total))
        case .gain: figures.gain(.known(sums.gain))
        case .byPrice: figures.gain(.known(sums.byPrice))
        case .byCurrency: figures.gain(.known(sums.byCurrency))
        case .account, .acquired, .quantity, .term, .longIn: TableCell("")
        }
      })
    return table.draw(in: area, on: &canvas) { place in
      let lot = lots[place]
      return TableRow(
        fields.map { field in
          switch field {
          case .asset: TableCell(lot.asset.text, .title)
          case .account: TableCell(lot.account.text, .muted)
          case .acquired: lot.acquired.map { TableCell("\($0)", .muted) } ?? TableCell("n/a", .muted)
          case .quantity: figures.quantity(lot.quantity, lot.quantity.isNegative ? Style(.error) : .text)
          case .cost: figures.money(lot.costBase, .muted)
          case .value: figures.money(lot.value)
          case .gain: figures.gain(lot.unrealized)
          case .byPrice: figures.gain(lot.gainPrice)
          case .byCurrency: figures.gain(lot.gainCurrency)
          case .term: TableCell(lot.term?.rawValue ?? "n/a", .muted)
          case .longIn: OpenLotsTable.longIn(lot, today)
          }
        })
    }.asHits { $0 }
  }

  /// Days until a sale is long-term: `now`, `12 d`.
  static func longIn(_ lot: LotRow, _ today: Day) -> TableCell {
    guard let from = lot.longFrom else { return TableCell("n/a", .muted) }
    if from <= today { return TableCell("now", .muted) }
    return TableCell("\(from - today) d", Style(from - today <= 31 ? .warning : .text))
  }
}
