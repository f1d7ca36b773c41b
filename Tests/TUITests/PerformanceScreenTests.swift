import Ledger
import TermKit
import TestSupport
import Testing

@testable import TUI

/// What the performance screen says of a small book.
@Suite struct PerformanceScreenTests {
  /// 100 of a coin at 10 on 30 December 2022; 11 from 1 January, 9.9 from 1 February, 12.1 from 1 June 2023; half a year later still.
  private func rig(width: Int = 120, height: Int = 40, until: String = "2024-01-15") -> Rig {
    var maker = BookMaker()
    maker.asset("COIN", .crypto, cadence: .yearly)
    for (on, price) in [("2022-12-30", "10"), ("2023-01-01", "11"), ("2023-02-01", "9.9"), ("2023-06-01", "12.1")] {
      maker.quote(.close, on, "COIN", price)
    }
    maker.event(.deposit, "2022-12-30", "Vault", "COIN", "100")
    return Rig(maker.book, asOf: day(until), width: width, height: height)
  }

  @Test func monthsAndYearsAreTheReturnsOfTheirDays() {
    var rig = rig()
    rig.press("6")
    let lines = rig.text().split(separator: "\n").map(String.init)
    let cells = lines.first { $0.contains("│2023") }?.split(separator: " ").map(String.init) ?? []
    // January 11 / 10, February 9.9 / 11, June 12.1 / 9.9 = 1.2222, the year 12.1 / 10.
    #expect(cells.prefix(7) == ["│2023", "+10.0", "-10.0", "0.0", "0.0", "0.0", "+22.2"])
    #expect(cells.contains("+21.0"))
  }

  @Test func figuresAreThoseOfTheWholeTime() {
    var rig = rig()
    rig.press("6")
    let text = rig.text()
    #expect(text.contains("+21.00%"))  // 12.1 / 10
    #expect(text.contains("-10.00%"))  // from 11 to 9.9
    #expect(text.contains("2023-02-01"))
    #expect(text.contains("+210.00"))  // 1,210 less the 1,000 that came in
  }

  @Test func theRangeOfTheChartStartsAnew() {
    var rig = rig()
    rig.press("6")
    #expect(rig.text().contains("all +21.00%"))
    rig.press("[", "[", "[")
    // 183 days back from 15 January 2024 nothing has moved since.
    #expect(rig.text().contains("6 months 0.00%"))
    // The figures are those of the period, the months those of all time.
    #expect(rig.text().contains("start USD  1,210.00"))
    #expect(rig.text().contains("│2022"))
    rig.press("]", "]", "]", "]")
    #expect(rig.text().contains("this is everything"))
  }

  @Test func aYearlyRateOfLessThanAYearIsNotThereAndSaysWhy() {
    var rig = rig(until: "2023-03-01")
    rig.press("6")
    #expect(rig.text().contains("TWR a year, Calmar n/a because too little history"))
  }

  @Test func hiddenAmountsLeaveThePercentages() {
    var rig = rig()
    rig.press("6", "p")
    let text = rig.text()
    #expect(!text.contains("1,210.00"))
    #expect(text.contains("+21.00%"))
  }

  @Test func whatIsHeldWithoutAPriceIsSaid() {
    // The tower is bought on 10 January and gets its first NAV at the end of the month; until then it counts at what was paid.
    var rig = Harbour.rig()
    rig.press("6")
    #expect(rig.text().contains("at last purchase"))
    // It is left alone when the period begins after its first quote.
    rig.press("[", "[", "[")
    #expect(!rig.text().contains("TOWR without quote"))
  }

  @Test func contributionsAddUpToTheGainAndOpenWhatTheyAreOf() {
    var maker = BookMaker()
    maker.asset("COIN", .crypto, cadence: .yearly)
    maker.quote(.close, "2024-01-01", "COIN", "10")
    maker.quote(.close, "2024-01-05", "COIN", "13")
    maker.event(.deposit, "2024-01-01", "Vault", "USD", "1000")
    maker.event(.buy, "2024-01-02", "Vault", "COIN", "50", price: "10", gross: "500", "USD")
    var rig = Rig(maker.book, asOf: day("2024-01-10"))
    rig.press("6", "Tab")
    // 50 x 3 of the coin, and nothing of the money.
    let lines = rig.text().split(separator: "\n").map(String.init)
    #expect(lines.contains { $0.contains("▌crypto") && $0.contains("+150.00") && $0.contains("+30.00%") })
    #expect(lines.contains { $0.contains("Total") && $0.contains("+150.00") && $0.contains("+15.00%") })
    rig.press("Tab", "Enter")
    #expect(rig.text().contains("COIN"))
    #expect(rig.text().contains("[Lots]"))
    rig.press("Esc", "Tab", "Enter")
    #expect(rig.text().contains("account=\"Vault\""))
  }

  @Test func aBenchmarkIsASecondLineWithItsFigures() {
    var maker = BookMaker()
    maker.asset("COIN", .crypto, cadence: .yearly)
    maker.asset("INDX", .fund, cadence: .yearly)
    for (on, coin, index) in [("2023-12-31", "10", "100"), ("2024-01-05", "12", "110")] {
      maker.quote(.close, on, "COIN", coin)
      maker.quote(.close, on, "INDX", index)
    }
    maker.event(.deposit, "2024-01-01", "Vault", "COIN", "5")
    var rig = Rig(maker.book, asOf: day("2024-01-10"))
    rig.press("6", "b", "Down", "Down", "Enter")
    let text = rig.text()
    #expect(text.contains("INDX: TWR +10.00%"))
    #expect(text.contains("over INDX   +10.00%"))  // 20 % less 10 %
    #expect(text.contains("portfolio   ╍╍ INDX"))
    rig.press("b", "Home", "Enter")
    #expect(!rig.text().contains("INDX"))
  }

  @Test func severalSolutionsOfXIRRAreListed() {
    // -100, +230 after a year, -132 after two: 10 % and 20 %; the worth in between is what makes it so.
    var maker = BookMaker()
    maker.event(.deposit, "2022-01-01", "Bank", "USD", "100")
    maker.event(.withdraw, "2023-01-01", "Bank", "USD", "230")
    maker.event(.deposit, "2024-01-01", "Bank", "USD", "132")
    maker.event(.reward, "2023-06-01", "Bank", "USD", "0.000000001")
    maker.event(.fee, "2024-01-01", "Bank", "USD", "2.000000001")
    var rig = Rig(maker.book, asOf: day("2024-01-01"))
    rig.press("6")
    #expect(rig.text().contains("solutions"))
    #expect(rig.text().contains("+10.00% +20.00%"))
  }

  @Test func olderYearsAreScrolledTo() {
    // Seven years, of which four fit.
    var rig = rig(width: 80, height: 24, until: "2028-01-15")
    rig.press("6", "j")
    #expect(!rig.text().contains("│2028"))
    #expect(rig.text().contains("│2024"))
    rig.press("g")
    #expect(rig.text().contains("│2028"))
  }

  @Test func aScreenOfAnySizeIsDrawn() {
    for height in 8...40 {
      var rig = rig(width: 30 + height * 3, height: height)
      rig.press("6")
      #expect(rig.text().contains("Return and risk"))
    }
  }
}
