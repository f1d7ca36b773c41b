import Amounts
import Engine
import Ledger
import Reports
import TermKit

/// Draws the income screen: figures, then grid or payments, and the calendar beside them where there is room.
struct IncomeView {
  let screen: IncomeScreen
  let shared: Shared

  /// Columns of the calendar where it has room of its own.
  private static let calendarWidth = 31

  static func isWide(_ size: Size) -> Bool { size.width >= 110 && size.height >= 20 }

  /// Rows of the figures with their frame.
  private static func headRows(_ size: Size) -> Int { size.height < 16 ? 0 : size.height < 32 ? 4 : 5 }

  /// Columns the grid has inside its frame.
  static func gridWidth(_ size: Size) -> Int { size.width - 2 - (isWide(size) ? calendarWidth : 0) }

  /// Rows of a pane, for paging.
  static func page(_ pane: IncomeScreen.Pane, _ size: Size) -> Int {
    // Tabs, footer, frame and heading; totals or the sentence below.
    max(1, size.height - 2 - headRows(size) - 2 - (pane == .calendar ? 0 : 3))
  }

  func draw(in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    guard let desk = shared.desk else {
      TextBlock("Reading income…", .muted).draw(in: area.inset(2, 1), on: &canvas)
      return []
    }
    let rows = area.rows([.fixed(IncomeView.headRows(shared.size)), .flex()])
    drawFigures(desk, in: rows[0], on: &canvas)
    guard IncomeView.isWide(shared.size) else {
      return drawPanes(IncomeScreen.Pane.allCases, screen.pane, desk, in: rows[1], on: &canvas)
    }
    let columns = rows[1].columns([.flex(), .fixed(IncomeView.calendarWidth)])
    let isCalendar = screen.pane == .calendar
    let inside = Panel("Next 12 months", isFocused: isCalendar).draw(in: columns[1], on: &canvas)
    var hits = [HitRegion(columns[1], Hit.pane(IncomeScreen.Pane.calendar.rawValue))]
    hits += IncomeCalendar(screen: screen, shared: shared, desk: desk).draw(in: inside, on: &canvas)
    return hits + drawPanes([.grid, .payments], isCalendar ? .grid : screen.pane, desk, in: columns[0], on: &canvas)
  }

  private func drawPanes(
    _ all: [IncomeScreen.Pane], _ pane: IncomeScreen.Pane, _ desk: Desk, in area: Rect, on canvas: inout Canvas
  ) -> [HitRegion<Hit>] {
    let isFocused = pane == screen.pane
    let inside = Panel("", footnote: footnote(pane, desk), isFocused: isFocused).draw(in: area, on: &canvas)
    let strip = PaneStrip(titles: all.map { title($0, desk) }, active: all.firstIndex(of: pane) ?? 0, isFocused: isFocused)
    var hits: [HitRegion<Hit>] = isFocused ? [] : [HitRegion(inside, .pane(pane.rawValue))]
    hits += strip.draw(over: area, on: &canvas)
    switch pane {
    case .grid:
      if let grid = screen.grid(shared) {
        hits += IncomeGridView(screen: screen, shared: shared, grid: grid, isFocused: isFocused).draw(in: inside, on: &canvas)
      }
    case .payments: hits += drawPayments(desk, in: inside, on: &canvas)
    case .calendar: hits += IncomeCalendar(screen: screen, shared: shared, desk: desk).draw(in: inside, on: &canvas)
    }
    return hits
  }

  private func title(_ pane: IncomeScreen.Pane, _ desk: Desk) -> String {
    switch pane {
    case .grid: "By \(screen.period.rawValue)"
    case .payments: desk.income.overdue > 0 ? "Payments, \(desk.income.overdue) overdue" : "Payments"
    case .calendar: pane.title
    }
  }

  private func footnote(_ pane: IncomeScreen.Pane, _ desk: Desk) -> String {
    switch pane {
    case .grid: "net, \(desk.income.currency)"
    case .payments:
      screen.order.count == desk.income.rows.count ? "\(screen.order.count)" : "\(screen.order.count) of \(desk.income.rows.count)"
    case .calendar: "gross, \(desk.income.currency)"
    }
  }

  // MARK: Figures

  private func drawFigures(_ desk: Desk, in area: Rect, on canvas: inout Canvas) {
    guard area.height > 2 else { return }
    let figures = Figures(shared)
    let grid = desk.months
    let inside = Panel("Income", note: desk.income.currency, footnote: excluded(desk)).draw(in: area, on: &canvas)
    func money(_ amount: Decimal, _ style: Style = .text) -> TableCell { figures.money(.known(amount), style) }
    let growth = Figures.change(grid.growth)
    let overdue = desk.income.overdue
    let left = [
      KeyValues.Item("last 12 months, net", money(grid.trailing12).text, Style(.accent, .bold)),
      .init("next 12 months, gross", "~ " + money(grid.forward12).text, Style(.estimate)),
      .init("all so far, net", money(desk.income.netBase).text, .muted),
    ]
    let growthText = growth.text == "–" ? "n/a, under two years" : growth.text
    let right = [
      KeyValues.Item("growth in a year", growthText, growth.style),
      .init(
        "overdue", overdue == 0 ? "none" : "! \(overdue) payment\(overdue == 1 ? "" : "s")", overdue == 0 ? .muted : Style(.overdue, .bold)),
      .init("withheld so far", money(desk.income.taxBase).text, .muted),
    ]
    let columns = inside.inset(1, 0).columns([.flex(), .flex()], gap: 2)
    KeyValues(left).draw(in: columns[0], on: &canvas)
    KeyValues(right).draw(in: columns[1], on: &canvas)
  }

  private func excluded(_ desk: Desk) -> String {
    desk.income.excluded.isEmpty ? "" : "excl. \(desk.income.excluded.map(\.asset.text).joined(separator: ", "))"
  }

  // MARK: Payments

  private func drawPayments(_ desk: Desk, in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    let figures = Figures(shared)
    let fields = PaymentField.allCases
    var room = area
    if area.height >= 6, let row = screen.selectedPayment(shared) {
      let text =
        "\(row.status.sign) \(row.asset.text) \(row.kind): "
        + PaymentSentence.text(row, asOf: desk.income.asOf, isPrivate: shared.isPrivate)
      let lines = TextBlock.wrap(text, width: area.width - 2).prefix(2)
      for (index, line) in lines.enumerated() {
        canvas.put(line, x: area.x + 1, y: area.maxY - 2 + index, row.status.style, width: area.width - 2)
      }
      room.height -= 2
    }
    let list = screen.lists[IncomeScreen.Pane.payments.rawValue]
    var table = Table(fields.map(\.column), rowCount: screen.order.count, selected: list.selected, scroll: list.scroll)
    table.isFocused = screen.pane == .payments
    table.sortColumn = list.sortColumn
    table.isDescending = list.isDescending
    table.emptyText = list.filter.isEmpty ? "no payment yet" : "no payment matches \(list.filter)"
    let rows = desk.income.rows
    return table.draw(in: room, on: &canvas) { place in
      let row = rows[Int(screen.order[place])]
      return TableRow(fields.map { $0.cell(row, figures) })
    }.asHits { $0 }
  }
}

/// The forward calendar: what each of the next months is expected to bring.
struct IncomeCalendar {
  let screen: IncomeScreen
  let shared: Shared
  let desk: Desk

  func draw(in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    let figures = Figures(shared)
    let months = desk.months.calendar
    let most = months.map { IncomeCalendar.sum($0).approximate }.max() ?? 0
    let columns: [TermKit.Column] = [
      Column("Month", min: 7, ideal: 7, priority: 200), Column("", min: 4, ideal: 6, flex: 1, priority: 50),
      Column("Gross", .right, min: 9, ideal: 11, priority: 190), Column("", min: 1, ideal: 1, priority: 180),
    ]
    let isFocused = screen.pane == .calendar
    let list = screen.lists[IncomeScreen.Pane.calendar.rawValue]
    var legendRoom = area
    if area.height > 6 {
      legendRoom.height -= 1
      canvas.put(
        [Span("o", Style(.declared)), Span(" declared  ", .muted), Span("~", Style(.estimate)), Span(" estimated", .muted)],
        x: area.x + 1, y: area.maxY - 1, width: area.width - 2)
    }
    var table = Table(columns, rowCount: months.count, selected: isFocused ? list.selected : nil, scroll: list.scroll)
    table.emptyText = "nothing is expected"
    let hits = table.draw(in: legendRoom, on: &canvas) { place in
      let month = months[place]
      let sum = IncomeCalendar.sum(month)
      let role: Role = month.estimated.isZero ? .declared : .estimate
      let sign = sum.isZero ? "" : month.estimated.isZero ? "o" : "~"
      let part = most > 0 ? max(0, sum.approximate / most) : 0
      return TableRow([
        TableCell(month.key), TableCell("", graphic: .bar(part, role)),
        sum.isZero ? TableCell("–", .muted) : figures.money(.known(sum), Style(role)), TableCell(sign, Style(role)),
      ])
    }
    return isFocused ? hits.asHits : []
  }

  private static func sum(_ month: IncomeGrid.CalendarMonth) -> Decimal { (try? month.declared.adding(month.estimated)) ?? month.declared }
}
