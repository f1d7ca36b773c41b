import Testing

@testable import TermKit

@Suite struct TableTests {
  private func table(_ rows: Int, selected: Int? = nil, scroll: Int = 0) -> Table {
    Table(
      [Column("Asset", min: 5, ideal: 5, flex: 1), Column("Value", .right, min: 6, ideal: 8)], rowCount: rows, selected: selected,
      scroll: scroll)
  }

  private func draw(_ table: Table, _ width: Int, _ height: Int) -> (text: String, asked: [Int], hits: [HitRegion<Table.Target>]) {
    var canvas = Canvas(Size(width: width, height: height))
    var asked: [Int] = []
    let hits = table.draw(in: canvas.bounds, on: &canvas) { index in
      asked.append(index)
      return TableRow([TableCell("row \(index)"), TableCell("\(index).00")], isMarked: index == 1)
    }
    return (canvas.text(), asked, hits)
  }

  @Test func headingRowsMarkAndSelection() {
    let drawn = draw(table(3, selected: 2), 20, 5)
    #expect(drawn.text == " Asset        Value\n row 0         0.00\n●row 1         1.00\n▌row 2         2.00\n")
  }

  @Test func onlyVisibleRowsAreAskedFor() {
    #expect(draw(table(1_000_000, selected: 500_000, scroll: 499_998), 20, 6).asked == [499_998, 499_999, 500_000, 500_001, 500_002])
  }

  @Test(arguments: [
    (100, 0, 0, 0), (100, 50, 0, 46), (100, 50, 50, 50), (100, 50, 60, 50), (100, 99, 0, 95), (100, 0, 99, 0), (3, 2, 9, 0),
  ])
  func theSelectedRowIsAlwaysInSight(_ rows: Int, _ selected: Int, _ scroll: Int, _ first: Int) {
    #expect(table(rows, selected: selected, scroll: scroll).firstVisible(in: Rect(x: 0, y: 0, width: 20, height: 6)) == first)
  }

  @Test func aClickNamesTheRowTheHeadingOrThePlaceOnTheScrollBar() {
    let hits = draw(table(100, selected: 0, scroll: 10), 20, 6).hits
    #expect(hits.target(x: 3, y: 2) == .row(1))
    #expect(hits.target(x: 2, y: 0) == .header(0))
    #expect(hits.target(x: 17, y: 0) == .header(1))
    #expect(hits.target(x: 19, y: 5) == .scroll(95))
    #expect(hits.target(x: 19, y: 1) == .scroll(0))
    #expect(hits.target(x: 30, y: 1) == nil)
  }

  @Test func theSortedColumnShowsItsDirection() {
    var sorted = table(0)
    sorted.sortColumn = 1
    sorted.isDescending = true
    sorted.emptyText = "nothing yet"
    #expect(draw(sorted, 20, 4).text == " Asset      Value ▼\n\n    nothing yet\n")
  }

  @Test func totalsStandBelowTheRows() {
    var summed = table(9)
    summed.totals = TableRow([TableCell("Total"), TableCell("36.00")])
    let lines = draw(summed, 20, 4).text.split(separator: "\n")
    #expect(lines.last == " Total        36.00")
    #expect(summed.visibleRows(in: Rect(x: 0, y: 0, width: 20, height: 4)) == 2)
  }

  @Test(arguments: 0..<12)
  func aTableSurvivesAnySize(_ width: Int) {
    for height in 0..<6 { _ = draw(table(50, selected: 49), width, height) }
  }
}
