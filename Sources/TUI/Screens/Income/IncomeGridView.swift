import Amounts
import Reports
import TermKit

/// Net income as a grid of asset and period: heat for size, totals below and at the right, the selected line's yields at the bottom.
struct IncomeGridView {
  let screen: IncomeScreen
  let shared: Shared
  let grid: IncomeGrid
  let isFocused: Bool

  private static let cell = 8

  /// A column to the right of the periods.
  private struct Sum {
    var title: String
    var width: Int
    var cell: (IncomeGrid.Line) -> TableCell
    var total: TableCell
  }

  /// Cells the labels take.
  private static func labels(_ grid: IncomeGrid) -> Int { min(12, max(6, grid.lines.map { CellWidth.of($0.asset.text) }.max() ?? 0)) + 2 }

  /// Cells the sums at the right take: more of them where there is room.
  private static func sumsWidth(_ width: Int) -> Int { width < 50 ? 0 : width < 76 ? 11 : width < 100 ? 22 : width < 130 ? 31 : 58 }

  /// How many periods fit into a width.
  static func periods(in width: Int, _ grid: IncomeGrid) -> Int {
    min(grid.keys.count, max(1, (width - labels(grid) - sumsWidth(width) - 2) / cell))
  }

  private func sums(_ width: Int) -> [Sum] {
    let figures = Figures(shared)
    func amount(_ value: Decimal, _ style: Style) -> TableCell {
      value.isZero ? TableCell("–", .muted) : figures.money(.known(value), style)
    }
    let all = [
      Sum(title: "Total", width: 11, cell: { amount($0.total, .text) }, total: amount(grid.total, Style(.total))),
      Sum(title: "12 months", width: 11, cell: { amount($0.trailing12, .text) }, total: amount(grid.trailing12, Style(.total))),
      Sum(title: "Growth", width: 9, cell: { Figures.change($0.growth) }, total: Figures.change(grid.growth)),
      Sum(title: "Trailing", width: 9, cell: { Figures.share($0.yieldTrailing) }, total: TableCell("")),
      Sum(title: "Forward", width: 9, cell: { Figures.share($0.yieldForward) }, total: TableCell("")),
      Sum(title: "On cost", width: 9, cell: { Figures.share($0.yieldOnCost) }, total: TableCell("")),
    ]
    var room = IncomeGridView.sumsWidth(width)
    return Array(
      all.prefix { sum in
        room -= sum.width
        return room >= 0
      })
  }

  func draw(in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    guard area.height > 2, area.width > 20 else { return [] }
    let list = screen.lists[IncomeScreen.Pane.grid.rawValue]
    let shown = IncomeGridView.periods(in: area.width, grid)
    let last = grid.keys.count - min(screen.back, grid.keys.count - shown)
    let periods = (last - shown)..<last
    let layout = Layout(labels: IncomeGridView.labels(grid), periods: periods, sums: sums(area.width))
    let detail = area.height >= 8 ? 1 : 0
    let room = max(0, area.height - 2 - detail)
    guard !grid.lines.isEmpty else {
      canvas.put("no income yet", in: area.row(2), .muted, align: .center)
      return []
    }
    drawHeading(layout, in: area.row(0), on: &canvas)
    let first = min(max(0, min(list.scroll, list.selected), list.selected - room + 1), max(0, grid.lines.count - room))
    var hits: [HitRegion<Hit>] = []
    let most = grid.lines.lazy.compactMap { $0.net[periods].max() }.max()?.approximate ?? 0
    for line in 0..<room where first + line < grid.lines.count {
      let row = area.row(line + 1)
      drawLine(first + line, isSelected: first + line == list.selected, layout, most, in: row, on: &canvas)
      if isFocused { hits.append(HitRegion(row, .row(first + line))) }
    }
    drawTotals(layout, in: area.row(min(room, grid.lines.count) + 1), on: &canvas)
    if detail > 0 { drawDetail(list.selected, in: area.row(area.height - 1), on: &canvas) }
    if grid.lines.count > room, room > 0 {
      Scrollbar(total: grid.lines.count, visible: room, first: first)
        .draw(in: Rect(x: area.maxX - 1, y: area.y + 1, width: 1, height: room), on: &canvas)
    }
    return hits
  }

  /// Where the columns lie: label, periods, sums. The same in every row.
  private struct Layout {
    let labels: Int
    let periods: Range<Int>
    let sums: [Sum]

    /// The places in a row.
    func slots(_ row: Rect) -> (label: Rect, periods: [Rect], sums: [Rect]) {
      var x = row.x + labels
      let places = (0..<periods.count).map { index in
        Rect(x: x + index * IncomeGridView.cell, y: row.y, width: IncomeGridView.cell, height: 1)
      }
      x = row.maxX - 1 - sums.reduce(0) { $0 + $1.width }
      let ends = sums.map { sum in
        defer { x += sum.width }
        return Rect(x: x + 1, y: row.y, width: sum.width - 1, height: 1)
      }
      return (Rect(x: row.x + 1, y: row.y, width: labels - 2, height: 1), places, ends)
    }
  }

  /// Where a period's text stands: a blank keeps it off its neighbour.
  private static func inner(_ slot: Rect) -> Rect { Rect(x: slot.x + 1, y: slot.y, width: slot.width - 1, height: 1) }

  private func drawHeading(_ layout: Layout, in row: Rect, on canvas: inout Canvas) {
    canvas.fill(row, Style(.header))
    let (periods, slots) = (layout.periods, layout.slots(row))
    // Arrows say that there is more to either side.
    let (earlier, later) = canvas.glyphs.lines == .ascii ? ("<", ">") : ("◄", "►")
    if periods.lowerBound > 0 { canvas.put(earlier, x: slots.label.maxX, y: row.y, Style(.accent)) }
    canvas.put("Asset", in: slots.label, Style(.header), align: .left)
    for (place, slot) in zip(periods, slots.periods) {
      canvas.put(grid.keys[place], in: IncomeGridView.inner(slot), Style(.header), align: .right)
    }
    if periods.upperBound < grid.keys.count, let end = slots.periods.last { canvas.put(later, x: end.maxX, y: row.y, Style(.accent)) }
    for (sum, slot) in zip(layout.sums, slots.sums) { canvas.put(sum.title, in: slot, Style(.header), align: .right) }
  }

  private func drawLine(_ index: Int, isSelected: Bool, _ layout: Layout, _ most: Double, in row: Rect, on canvas: inout Canvas) {
    let line = grid.lines[index]
    let ground: Role = isSelected ? (isFocused ? .selection : .selectionInactive) : .background
    if isSelected {
      canvas.fill(row, Style(.text, on: ground))
      canvas.put(canvas.glyphs.lines == .ascii ? ">" : "▌", x: row.x, y: row.y, Style(isFocused ? .accent : .muted, on: ground))
    }
    let (periods, slots) = (layout.periods, layout.slots(row))
    canvas.put(line.asset.text, in: slots.label, Style(.title, on: ground), align: .left)
    for (place, slot) in zip(periods, slots.periods) {
      let amount = line.net[place]
      guard !amount.isZero else {
        canvas.put("·", in: IncomeGridView.inner(slot), Style(.muted, on: ground), align: .right)
        continue
      }
      // The root spreads small payments apart; sizes are for the eye, the digits are exact enough.
      let part = most > 0 ? min(1, max(-1, amount.approximate / most)) : 0
      let heat = part < 0 ? part : part.squareRoot()
      let style = Style.gradient(.heat, Int((128 + 127 * heat).rounded()), .fill)
      canvas.fill(slot, style)
      put(amount, in: IncomeGridView.inner(slot), style, on: &canvas)
    }
    for (sum, slot) in zip(layout.sums, slots.sums) {
      let cell = sum.cell(line)
      canvas.put(cell.text(fitting: slot.width), in: slot, cell.style.on(ground), align: .right)
    }
  }

  private func drawTotals(_ layout: Layout, in row: Rect, on canvas: inout Canvas) {
    canvas.fill(row, Style(.header, on: .header))
    let (periods, slots) = (layout.periods, layout.slots(row))
    canvas.put("Total", in: slots.label, Style(.total, on: .header), align: .left)
    for (place, slot) in zip(periods, slots.periods) where !grid.totals[place].isZero {
      put(grid.totals[place], in: IncomeGridView.inner(slot), Style(.total, on: .header), on: &canvas)
    }
    for (sum, slot) in zip(layout.sums, slots.sums) {
      canvas.put(sum.total.text(fitting: slot.width), in: slot, sum.total.style.on(.header), align: .right)
    }
  }

  private func put(_ amount: Decimal, in slot: Rect, _ style: Style, on canvas: inout Canvas) {
    let cell = Figures(shared).money(.known(amount), style)
    canvas.put(cell.text(fitting: slot.width), in: slot, style, align: .right)
  }

  private func drawDetail(_ selected: Int, in row: Rect, on canvas: inout Canvas) {
    guard grid.lines.indices.contains(selected) else { return }
    let line = grid.lines[selected]
    func percent(_ figure: Figure<Decimal>) -> String {
      switch figure {
      case .known(let ratio): Figures.percent(ratio)
      case .unknown(let why): "n/a (\(why.text))"
      }
    }
    let forward = Figures(shared).money(line.forward12).text
    let text =
      "\(line.asset.text): yield trailing \(percent(line.yieldTrailing)), forward \(percent(line.yieldForward)), "
      + "on cost \(percent(line.yieldOnCost)); next 12 months \(forward)"
    canvas.put(text, x: row.x + 1, y: row.y, .muted, width: row.width - 2)
  }
}
