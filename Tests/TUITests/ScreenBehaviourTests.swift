import Ledger
import Reports
import TermKit
import TestSupport
import Testing

@testable import TUI

/// What keys do on the screens that show holdings, income, NAVs and shares.
@Suite struct ScreenBehaviourTests {
  // MARK: Asset

  @Test func enterOpensThePageOfTheSelectedHoldingAndEscapeLeadsBack() {
    var rig = Harbour.rig()
    rig.press("2", "Enter")
    #expect(rig.text().contains("Harbour Tower"))
    rig.press("Esc")
    #expect(rig.state.drilled.isEmpty)
    #expect(rig.state.tab == .holdings)
  }

  @Test func aPagesShareIsItsShareOfEverything() {
    var rig = Harbour.rig()
    rig.press("2", "Enter")
    let text = rig.text()
    #expect(!text.contains("100.00% of all"))
    #expect(text.contains("of all"))
  }

  @Test func tabGoesThroughAllPanesAndRoundAgain() {
    var rig = Harbour.rig(width: 80, height: 24)
    rig.press("2", "Enter")
    var titles: [String] = []
    for _ in AssetScreen.Pane.allCases {
      titles.append(openPane(&rig))
      rig.press("Tab")
    }
    #expect(titles == ["Lots", "Income", "Events", "Quotes", "Accounts", "Restrictions", "Facts", "Chart"])
    #expect(openPane(&rig) == "Lots")
  }

  /// The name in brackets on the pane's edge.
  private func openPane(_ rig: inout Rig) -> String {
    let text = rig.text()
    guard let start = text.firstIndex(of: "["), let end = text[start...].firstIndex(of: "]") else { return "" }
    return String(text[text.index(after: start)..<end])
  }

  @Test func theWorkedExampleStandsOnThePage() {
    var rig = Harbour.rig()
    rig.press("2", "Enter")
    let text = rig.text()
    #expect(text.contains("550,000.00 USD"))
    #expect(text.contains("-10.91%"))
    #expect(text.contains("1% of 50,000,000 tokens"))
    #expect(text.contains("investment contract"))
  }

  @Test func aLockIsListedWithItsReason() {
    var rig = Harbour.rig()
    rig.press("2", "Enter", "Tab", "Tab", "Tab", "Tab", "Tab")
    let text = rig.text()
    #expect(text.contains("Rule 144 holding period"))
    #expect(text.contains("! holds"))
  }

  @Test func theRangeStopsAtItsEndsAndSaysSo() {
    var rig = Harbour.rig()
    rig.press("2", "Enter", "]", "]")
    #expect(rig.text().contains("this is everything"))
  }

  // MARK: Income

  @Test func aMissingPaymentIsOverdueAndSaysWhatIsMissing() {
    var rig = Harbour.rig()
    rig.press("3", "Tab", "/", "status:overdue", "Enter")
    let text = rig.text()
    #expect(text.contains("! overdue"))
    #expect(text.contains("-3,600.00"))
    #expect(text.contains("due 2024-04-01, 44 days ago"))
    #expect(text.contains("1 of "))
  }

  @Test func aShortPaymentSaysByHowMuch() {
    var rig = Harbour.rig()
    rig.press("3", "Tab", "/", "status:short", "Enter")
    let text = rig.text()
    #expect(text.contains("- short"))
    #expect(text.contains("3,000.00 USD arrived"))
    #expect(text.contains("-600.00"))
  }

  @Test func thePaymentsBeginAtTodayWithWhatIsToComeAbove() {
    var rig = Harbour.rig()
    rig.press("3", "Tab")
    guard case .income(let screen) = rig.state.screen else {
      Issue.record("not the income screen")
      return
    }
    let row = screen.selectedPayment(rig.state.shared)
    #expect(row?.pay == day("2024-05-01"))
    #expect(screen.list.selected > 0)
  }

  @Test func cyclingChangesThePeriodAndReturnsToTheLatest() {
    var rig = Harbour.rig(width: 40, height: 24)
    rig.press("3", "h")
    guard case .income(let scrolled) = rig.state.screen else { return }
    #expect(scrolled.back == 1)
    rig.press("v")
    guard case .income(let screen) = rig.state.screen else { return }
    #expect(screen.period == .quarter)
    #expect(screen.back == 0)
  }

  @Test func theGridDoesNotScrollBeyondItsPeriods() {
    var rig = Harbour.rig(width: 120)
    rig.press("3", "h")
    #expect(rig.text().contains("this is the first month"))
    rig.press("l")
    #expect(rig.text().contains("this is the latest month"))
  }

  @Test func onlyPaymentsCanBeFiltered() {
    var rig = Harbour.rig()
    rig.press("3", "/")
    #expect(rig.state.overlay == nil)
    #expect(rig.text().contains("Tab to the payments"))
  }

  // MARK: NAV desk

  @Test func theDeskShowsMethodAppraiserAndPremium() {
    var rig = Harbour.rig(width: 160)
    rig.press("4")
    let text = rig.text()
    #expect(text.contains("appraisal"))
    #expect(text.contains("Stone & Partners"))
    #expect(text.contains("-10.91%"))
    #expect(text.contains("Premium over NAV"))
  }

  @Test func enterOnTheDeskOpensTheAsset() {
    var rig = Harbour.rig()
    rig.press("4", "Enter")
    guard case .asset = rig.state.screen else {
      Issue.record("no asset page")
      return
    }
  }

  // MARK: Allocation

  @Test func aTargetYieldsATradeInWords() {
    var rig = Harbour.rig()
    rig.press("5")
    let text = rig.text()
    #expect(text.contains("75.00%"))
    // The one holding above its target may not be sold yet.
    #expect(text.contains("locked"))
  }

  @Test func withoutTargetsThereAreNoTargetColumns() {
    var rig = Harbour.rig()
    rig.press("5", "l")
    #expect(!rig.text().contains("Drift"))
  }

  @Test func aClassOpensItsHoldingsAndAnAssetItsPage() {
    var rig = Harbour.rig()
    rig.press("5", "Enter")
    guard case .holdings(let holdings) = rig.state.screen else {
      Issue.record("no holdings")
      return
    }
    #expect(holdings.list.filter == "class=security")
    #expect(holdings.rowCount(rig.state.shared) == 1)
    rig.press("5", "l", "l", "Enter")
    guard case .asset = rig.state.screen else {
      Issue.record("no asset page")
      return
    }
  }

  // MARK: Everywhere

  @Test func privacyKeepsPercentages() {
    var rig = Harbour.rig()
    rig.press("p", "2")
    #expect(rig.text().contains("+10.00%"))
  }

  @Test(arguments: [["1"], ["2"], ["2", "Enter"], ["3"], ["3", "Tab"], ["4"], ["5"]])
  func privacyHidesEveryAmount(_ keys: [String]) {
    var rig = Harbour.rig()
    rig.press("p")
    for key in keys { rig.press(key) }
    let text = rig.text()
    for amount in ["550,000", "500,000", "3,600.00", "10,200", "110,200"] { #expect(!text.contains(amount), "\(amount) shows") }
    #expect(text.contains("•••"))
  }

  @Test(arguments: [["1"], ["2"], ["2", "G", "Enter"], ["3"], ["4"], ["5"], ["5", "l", "l"]])
  func hostileNamesNeverReachTheTerminal(_ keys: [String]) {
    var rig = Harbour.rig()
    for key in keys { rig.press(key) }
    let scalars = rig.text().unicodeScalars
    #expect(!scalars.contains { $0.value == 0x1B || $0.value == 0x202E })
  }

  @Test(arguments: [(20, 5), (30, 8), (40, 10), (60, 16), (80, 24), (132, 50), (250, 80)])
  func everyScreenDrawsAtEverySize(_ width: Int, _ height: Int) {
    var rig = Harbour.rig(width: width, height: height)
    for keys in [["1"], ["2"], ["2", "v"], ["2", "Enter"], ["3"], ["Tab"], ["Tab"], ["4"], ["5"], ["l"], ["l"]] {
      for key in keys { rig.press(key) }
      _ = rig.text()
      _ = rig.text(.ascii)
    }
    rig.press("2", "Enter")
    for _ in AssetScreen.Pane.allCases {
      rig.press("Tab", "j", "G", "PgDn", "k")
      #expect(!rig.text().isEmpty)
    }
  }

  @Test func whatNobodyQuotesCountsAtItsTradeAndSaysSo() {
    var rig = Harbour.rig()
    rig.press("2")
    #expect(rig.text().contains("~ 1 at trade prices"))
  }

  @Test func underAFilterTheTotalCountsWhatIsShown() {
    var rig = Harbour.rig()
    rig.press("2", "/")
    for letter in "towr" { rig.press(String(letter)) }
    rig.press("Enter")
    let lines = rig.text().split(separator: "\n")
    #expect(lines.contains { $0.contains("Shown") && $0.contains("550,000.00") })
  }
}
