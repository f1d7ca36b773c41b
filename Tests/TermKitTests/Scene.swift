import TermKit

/// A screen with every widget that a screen of the application has, for goldens.
enum Scene {
  private static let classes: [(name: String, role: Role, part: Double)] = [
    ("Security", .classSecurity, 0.4), ("Utility", .classUtility, 0.25), ("Crypto", .classCrypto, 0.2), ("Cash", .classCash, 0.15),
  ]

  static func overview(on canvas: inout Canvas) {
    let rows = canvas.bounds.rows([.fixed(1), .flex(2), .flex(3), .fixed(1)])
    Tabs([.init(key: "1", "Overview"), .init(key: "2", "Holdings"), .init(key: "3", "Issues", badge: "2")], active: 0)
      .draw(in: rows[0], on: &canvas)
    let top = rows[1].columns([.flex(3), .flex(2)])
    drawValue(in: Panel("Value", note: "EUR 1y").draw(in: top[0], on: &canvas), on: &canvas)
    drawClasses(in: Panel("Classes").draw(in: top[1], on: &canvas), on: &canvas)
    drawHoldings(in: Panel("Holdings", isFocused: true).draw(in: rows[2], on: &canvas), on: &canvas)
    Footer(
      [.init("Enter", "open", 0), .init("e", "edit", 1, isEnabled: false), .init("?", "help", 2)], status: [Span("2024-06-30", .muted)]
    )
    .draw(in: rows[3], on: &canvas)
  }

  private static func drawValue(in rect: Rect, on canvas: inout Canvas) {
    let values: [Double?] = [10, 12, 11, 14, nil, 15, 18, 17]
    LineChart(
      [.init("Portfolio", values, isFilled: true), .init("Index", [10, 9, 11, 12, 12, 13, 12, 13], role: .chartSecond)],
      xLabels: [(0, "Jan"), (1, "Aug")]
    ) { "\(Int($0))k" }.draw(in: rect, on: &canvas)
  }

  private static func drawClasses(in rect: Rect, on canvas: inout Canvas) {
    let items = classes.map { Bars.Item($0.name, part: $0.part * 2, value: "\(Int($0.part * 100))%", role: $0.role) }
    let parts = rect.rows([.flex(), .fixed(2)])
    Bars(items).draw(in: parts[0], on: &canvas)
    StackedBar(items).draw(in: parts[1], on: &canvas)
  }

  private static func drawHoldings(in rect: Rect, on canvas: inout Canvas) {
    var table = Table(
      [
        Column("Asset", min: 5, ideal: 6), Column("Name", min: 8, ideal: 14, flex: 1, priority: 20),
        Column("Value", .right, min: 9, ideal: 12),
        Column("Gain", .right, min: 8, ideal: 10), Column("1y", min: 6, ideal: 10, priority: 10),
      ], rowCount: 40, selected: 1)
    table.sortColumn = 2
    table.isDescending = true
    table.totals = TableRow([.init("Total", Style(.total)), .init(""), .init("4,321.00", Style(.total)), .init("+21.00", Style(.gain))])
    table.draw(in: rect, on: &canvas) { index in
      let isLoss = index % 2 == 1
      return TableRow(
        [
          .init("TK\(index)", Style(.accent)), .init(index == 1 ? "株式会社トークン不動産" : "Lofts of Leipzig", .muted), .init("\(900 - index).00"),
          .init(isLoss ? "-1.50" : "+2.00", Style(isLoss ? .loss : .gain)), .init("", graphic: .spark([1, 3, 2, nil, 4, 5, 3, 6], .chart)),
        ], isMarked: index == 2)
    }
  }
}
