import Testing

@testable import TermKit

@Suite struct ChartTests {
  private func text(_ width: Int, _ height: Int, _ charts: ChartGlyphs, _ draw: (inout Canvas, Rect) -> Void) -> String {
    var canvas = Canvas(Size(width: width, height: height), glyphs: GlyphSet(charts: charts, lines: charts == .ascii ? .ascii : .rounded))
    draw(&canvas, canvas.bounds)
    return canvas.text()
  }

  @Test func aSparklineRunsFromLowestToHighestAndLeavesGaps() {
    let values: [Double?] = [0, 1, 2, 3, nil, 5, 6, 7]
    #expect(text(8, 1, .block) { Sparkline(values).draw(in: $1, on: &$0) } == "▁▂▃▄ ▆▇█")
    // Five ASCII levels: 7 -> 5, 6 and 5 -> 4, 3 -> 3, 2 and 1 -> 2, 0 -> 1.
    #expect(text(8, 1, .ascii) { Sparkline(values).draw(in: $1, on: &$0) } == "_..- ==#")
    // Two columns a cell, four dots high: 0 and 3 of 0...3 are one dot and four.
    #expect(text(2, 1, .braille) { Sparkline([0, 3, nil, 3]).draw(in: $1, on: &$0) } == "⣸⢸")
  }

  @Test func aFlatSparklineSitsInTheMiddle() {
    #expect(text(3, 1, .block) { Sparkline([5, 5, 5]).draw(in: $1, on: &$0) } == "▄▄▄")
    #expect(text(3, 1, .block) { Sparkline([nil, nil]).draw(in: $1, on: &$0) } == "")
  }

  @Test func resamplingAveragesWhatIsKnown() {
    #expect(Samples.fit([1, 3, nil, 4, nil, nil], to: 3) == [2, 4, nil])
    #expect(Samples.fit([1, 2], to: 4) == [1, 1, 2, 2])
    #expect(Samples.fit([], to: 2) == [nil, nil])
    #expect(Samples.fit([.infinity, 1], to: 1) == [1])
  }

  @Test(arguments: [(0.0, ""), (0.001, "▏"), (0.5, "██▌"), (1, "█████"), (7, "█████"), (-1, ""), (.nan, "")] as [(Double, String)])
  func aBarCountsEighths(_ part: Double, _ shown: String) {
    #expect(text(5, 1, .block) { Bar(part).draw(in: $1, on: &$0) } == shown)
  }

  @Test func stackedPartsFillTheWidthAndNoneVanishes() {
    #expect(StackedBar.widths([0.5, 0.5], in: 10) == [5, 5])
    #expect(StackedBar.widths([0.98, 0.01, 0.01], in: 10) == [8, 1, 1])
    #expect(StackedBar.widths([1, 1, 1], in: 10) == [4, 3, 3])
    #expect(StackedBar.widths([0, 3, .nan], in: 4) == [0, 4, 0])
    #expect(StackedBar.widths([0, 0], in: 4) == [0, 0])
    for width in 1..<40 { #expect(StackedBar.widths([5, 3, 2, 1, 0.001], in: width).reduce(0, +) == width) }
  }

  @Test func aLineRisesFromTheBottomLeftToTheTopRight() {
    let chart = LineChart([.init("", [0, 7])])
    var canvas = Canvas(Size(width: 4, height: 2))
    ChartPlot(area: canvas.bounds, scale: Scale(low: 0, high: 7)).draw(chart, on: &canvas)
    // Eight dots wide and eight high: the diagonal.
    #expect(canvas.text() == "  ⡠⠊\n⡠⠊")
  }

  @Test func anUnknownValueBreaksTheLine() {
    let chart = LineChart([.init("", [1, 1, nil, 1, 1])])
    var canvas = Canvas(Size(width: 5, height: 1), glyphs: .ascii)
    ChartPlot(area: canvas.bounds, scale: Scale(low: 0, high: 1)).draw(chart, on: &canvas)
    #expect(canvas.text() == "** **")
  }

  @Test func axesAreLabelled() {
    let chart = LineChart([.init("", [0, 10])], xLabels: [(0, "Jan"), (1, "Dec")]) { "\(Int($0))" }
    let lines = text(12, 4, .ascii) { chart.draw(in: $1, on: &$0) }.split(separator: "\n")
    #expect(lines.first?.hasPrefix("10 ") == true)
    #expect(lines[2].hasPrefix(" 0 *") == true)
    #expect(lines.last == "   Jan   Dec")
  }

  @Test func aChartOfNothingSaysSo() {
    #expect(text(11, 3, .braille) { LineChart([.init("", [nil, .nan])]).draw(in: $1, on: &$0) } == "\n  no data\n")
  }

  @Test func heatIsASignWhereThereIsNoRoom() {
    let grid = HeatGrid(columns: ["J", "F"], rows: [.init("24", [.init("+12.3%", heat: 1), .init("-4.0%", heat: -0.5)])])
    #expect(text(9, 2, .ascii) { grid.draw(in: $1, on: &$0) } == "    J  F\n24  +  -")
  }

  @Test func chartsSurviveAnySizeAndAnyValue() {
    let values: [Double?] = [.infinity, -.infinity, .nan, nil, 1e308, -1e308, 0, 5]
    for charts in ChartGlyphs.allCases {
      for width in 0..<14 {
        for height in 0..<6 {
          _ = text(width, height, charts) { canvas, rect in
            LineChart([.init("a", values, isFilled: true), .init("b", [1])], xLabels: [(0, "x"), (7, "y")], baseline: 3).draw(
              in: rect, on: &canvas)
            Sparkline(values).draw(in: rect, on: &canvas)
            Bars([.init("l", part: .nan, value: "v", target: 9)]).draw(in: rect, on: &canvas)
            StackedBar([.init("l", part: 1, value: "v")]).draw(in: rect, on: &canvas)
            HeatGrid(columns: ["a"], rows: [.init("b", [.init("c", heat: .nan)])]).draw(in: rect, on: &canvas)
          }
        }
      }
    }
  }
}
