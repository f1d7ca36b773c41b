import Testing

@testable import TermKit

@Suite struct LayoutTests {
  @Test(arguments: [
    ([Extent.fixed(1), .flex(), .fixed(1)], 24, [1, 22, 1]),
    ([.flex(), .flex(), .flex()], 10, [4, 3, 3]),
    ([.flex(3), .flex(1)], 80, [60, 20]),
    ([.flex(3), .flex(1, min: 30)], 80, [50, 30]),
    ([.fixed(5), .fixed(5), .flex()], 8, [5, 3, 0]),
    ([.flex(1, min: 10), .fixed(4)], 12, [10, 2]),
    ([.flex(0, min: 3), .flex()], 10, [3, 7]),
    ([], 10, []),
    ([.fixed(-3), .flex()], 4, [0, 4]),
  ])
  func fixedFirstThenMinimumsThenShares(_ extents: [Extent], _ total: Int, _ lengths: [Int]) {
    let rows = Rect(x: 0, y: 0, width: 1, height: total).rows(extents)
    #expect(rows.map(\.height) == lengths)
  }

  @Test func panesMeetWithoutHoleOrOverlap() {
    for total in 0..<60 {
      let parts = Rect(x: 7, y: 3, width: total, height: 2).columns([.flex(2), .fixed(9), .flex(3, min: 4), .flex()])
      #expect(parts.reduce(0) { $0 + $1.width } == total)
      for (left, right) in zip(parts, parts.dropFirst()) where right.width > 0 { #expect(left.maxX == right.x) }
    }
  }

  @Test func gapsComeOffTheRoom() {
    let parts = Rect(x: 0, y: 0, width: 21, height: 1).columns([.flex(), .flex()], gap: 1)
    #expect(parts == [Rect(x: 0, y: 0, width: 10, height: 1), Rect(x: 11, y: 0, width: 10, height: 1)])
  }

  @Test func aRectangleNeverHasANegativeSize() {
    let small = Rect(x: 0, y: 0, width: 3, height: 1)
    #expect(small.inset(2, 1).isEmpty)
    #expect(small.intersection(Rect(x: 10, y: 10, width: 5, height: 5)).isEmpty)
    #expect(small.row(1).isEmpty)
    #expect(small.droppingRows(9).isEmpty)
    #expect(small.centered(width: 99, height: 99) == small)
  }
}

@Suite struct ColumnSlotsTests {
  private let columns = [
    Column("A", min: 4, ideal: 10, flex: 1, priority: 100), Column("B", min: 4, ideal: 8, priority: 10),
    Column("C", min: 6, ideal: 8, priority: 50),
  ]

  private func widths(_ width: Int) -> [String] {
    ColumnSlots.fit(columns, in: width).map { "\(columns[$0.column].title)\($0.width)@\($0.x)" }
  }

  @Test func flexibleColumnsTakeTheRoomNobodyAskedFor() { #expect(widths(50) == ["A30@0", "B8@32", "C8@42"]) }
  @Test func columnsShrinkTogetherTowardsTheirMinimum() { #expect(widths(20) == ["A5@0", "B5@7", "C6@14"]) }
  @Test func theLowestPriorityIsDroppedFirst() { #expect(widths(17) == ["A7@0", "C8@9"]) }
  @Test func oneColumnAlwaysStays() { #expect(widths(3) == ["A3@0"]) }
}
