import Amounts
import TermKit
import TestSupport
import Testing

@testable import TUI

/// Numbers and series as screens need them.
@Suite struct PartTests {
  @Test func neighbouringAxisLabelsDiffer() {
    for (low, high) in [(1.64e6, 1.72e6), (0.98, 1.1), (0.000012, 0.000013), (5.0, 5.0), (99_990, 100_010), (-0.08, 0.03)] {
      let label = AxisText.labels([low, high])
      let step = high > low ? (high - low) / 4 : low * 0.1 / 4
      let texts = (0..<5).map { label(low + Double($0) * step) }
      #expect(Set(texts).count == 5, "\(texts)")
    }
  }

  @Test func axisLabelsKeepTheSignAndTheLeadingZeros() {
    #expect(AxisText.labels([-0.05, 0.05])(-0.05) == "-0.050")
    #expect(AxisText.labels([1.0, 1.1])(1.05) == "1.050")
    // A line along zero needs no places.
    #expect(AxisText.percents([0, 0])(1) == "100%")
    #expect(AxisText.labels([0, 2e6])(1.5e6) == "1.5M")
    #expect(AxisText.labels([nil, .nan])(1) == "1.00")
  }

  @Test(arguments: [
    ("1234567.891", ["1,234,568", "1.23M"]), ("999.5", ["1000"]), ("5.678", ["5.68"]), ("12345678901234", ["12,345,678,901,234", "12.3T"]),
  ])
  func moneyShortensToWholeUnitsAndThenToThousands(_ value: String, _ expected: [String]) {
    #expect(Brief.money(number(value)) == expected)
  }

  @Test func quantitiesShortenToFewerSignificantDigits() {
    #expect(Brief.quantity(number("46.216562631234")) == ["46.216563", "46.217"])
    #expect(Brief.quantity(number("0.123456789")) == ["0.12345679", "0.12346"])
    #expect(Brief.quantity(number("1234567.5")) == ["1,234,567.5", "1,234,568", "1.23M"])
  }

  @Test func aCellSaysTheLongestThingThatFits() {
    let cell = TableCell("1,234,567.89", shorter: ["1,234,568", "1.23M"])
    #expect(
      [12, 11, 9, 8, 5, 4].map { cell.text(fitting: $0) } == ["1,234,567.89", "1,234,568", "1,234,568", "1.23M", "1.23M", "1,234,567.89"])
  }

  @Test func aWordBeforeACellStaysHoweverShortItIsSaid() {
    let cell = TableCell("1,234,567.89", shorter: ["1.23M"]).prefixed("~")
    #expect([13, 12, 6].map { cell.text(fitting: $0) } == ["~1,234,567.89", "~1.23M", "~1.23M"])
  }

  @Test func aDashedLineDiffersFromASolidOneWithoutColour() {
    func drawn(_ isDashed: Bool, _ glyphs: GlyphSet) -> String {
      var canvas = Canvas(Size(width: 30, height: 6), glyphs: glyphs)
      LineChart([.init("", [1, 2, 3, 3, 3, 9], isDashed: isDashed)]).draw(in: canvas.bounds, on: &canvas)
      return canvas.text()
    }
    for glyphs in [GlyphSet.full, .console, .ascii] { #expect(drawn(true, glyphs) != drawn(false, glyphs)) }
  }

  @Test func aSeriesCarriesItsLastPriceAndStartsUnknown() {
    let usd = Currency(id: 1)
    let points: [DaySeries.Quoted] = [
      (day("2024-01-02"), Price(number("1"), usd)), (day("2024-01-04"), Price(number("2"), usd)),
    ]
    let values = DaySeries.values(points, from: day("2024-01-01"), to: day("2024-01-05"))
    #expect(values == [nil, 1, 1, 2, 2])
    #expect(DaySeries.values(points, from: day("2024-01-05"), to: day("2024-01-04")).isEmpty)
  }

  @Test func aPremiumNeedsBothSeries() {
    #expect(DaySeries.premiums([nil, 1, 0.9], [1, nil, 1]).map { $0.map { ($0 * 100).rounded() } } == [nil, nil, -10])
  }

  @Test func aDivergingBarGrowsFromItsMiddle() {
    #expect(DivergingBar.text(-1, of: 1, width: 9, isAscii: true) == "####|    ")
    #expect(DivergingBar.text(0.5, of: 1, width: 9, isAscii: true) == "    |##  ")
    #expect(DivergingBar.text(0, of: 0, width: 9, isAscii: true) == "    |    ")
    #expect(DivergingBar.text(0.0001, of: 1, width: 9, isAscii: true) == "    |#   ")
  }
}
