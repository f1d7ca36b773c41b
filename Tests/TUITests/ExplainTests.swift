import Ledger
import Reports
import TermKit
import TestSupport
import Testing

@testable import TUI

/// Where a figure comes from, on every screen: down to the line of the file and back.
@Suite struct ExplainTests {
  /// The figure that is explained; nil when none is.
  private func shown(_ rig: Rig) -> String? {
    guard case .explain(let pane) = rig.state.overlay else { return nil }
    return pane.top.explanation.figure.description
  }

  @Test(
    arguments: [
      (["="], "holdings/TOWR/value"), (["S-Tab", "="], "overview/value"), (["S-Tab", "Down", "Down", "Down", "="], "overview/unrealized"),
      (["S-Tab", "Enter"], "overview/value"), (["2", "="], "holdings/TOWR/value"), (["2", "v", "="], "holdings/龍幣@Cold 金庫/value"),
      (["3", "="], "income/TOWR/2024-05"), (["3", "Tab", "="], "income/event/5/netBase"),
      (["3", "Tab", "Tab", "Down", "Enter"], "income/calendar/2024-06/estimated"), (["4", "="], "nav/TOWR/premium"),
      (["5", "="], "allocation/class/security/weight"), (["6", "="], "performance/twr"), (["6", "Enter"], "performance/twr"),
      (["7", "="], "events/7/gross"), (["9", "="], "holdings/USD@Cold 金庫/quantity"),
      (["2", "Enter", "Enter"], "lots/TOWR@Vault/2/costBase"), (["2", "Enter", "Tab", "Enter"], "income/TOWR/2025-05-01/expected"),
      (["2", "Enter", "Tab", "Tab", "Enter"], "events/5/gross"),
      (["2", "Enter", "Tab", "Tab", "Tab", "="], "quote/market/TOWR/2024-05-14"),
      (["2", "Enter", "Tab", "Tab", "Tab", "Tab", "Enter"], "holdings/TOWR@Vault/value"),
      (["2", "Enter", "Tab", "Tab", "Tab", "Tab", "Tab", "="], "restrictions/TOWR@Vault/free"),
    ] as [([String], String)])
  func everyScreenExplainsWhatIsSelected(_ keys: [String], _ figure: String) {
    var rig = Harbour.rig()
    for key in keys { rig.press(key) }
    #expect(shown(rig) == figure)
  }

  /// Total, holding, lot in base, lot, event: the line of the file stands below the event.
  @Test func enterGoesDownToTheLineOfTheFileAndEscapeBackAgain() {
    var rig = Harbour.rig()
    rig.press("S-Tab", "Down", "Down", "Down", "Down", "Down", "Enter", "Enter", "Enter", "Enter", "Enter")
    guard case .explain(let pane) = rig.state.overlay else { return #expect(Bool(false), "nothing is explained") }
    #expect(
      pane.levels.map(\.explanation.figure.description) == [
        "overview/cost", "holdings/TOWR/cost", "lots/TOWR@Vault/2/costBase", "lots/TOWR@Vault/2/cost", "events/2/gross",
      ])
    #expect(rig.text().contains("hand.csv, line 3"))
    #expect(rig.text().contains("row 3,as,it,was"))
    for figure in ["lots/TOWR@Vault/2/cost", "lots/TOWR@Vault/2/costBase", "holdings/TOWR/cost", "overview/cost", nil] {
      rig.press("Esc")
      #expect(shown(rig) == figure)
    }
    #expect(rig.unanswered.isEmpty)
  }

  @Test func leftAndRightGoToTheRowsOtherFigures() {
    var rig = Harbour.rig()
    rig.press("2", "=", "Right")
    #expect(shown(rig) == "holdings/TOWR/cost")
    rig.press("Left", "Left", "h")
    #expect(shown(rig) == "holdings/TOWR/nav")
    rig.press("=")
    #expect(shown(rig) == nil)
  }

  @Test func theColumnAListIsSortedByIsTheFigure() {
    var rig = Harbour.rig()
    rig.press("2")
    let gain = HoldingsView.sortable.firstIndex(of: .gain) ?? 0
    for _ in 0...gain { rig.press(">") }
    rig.press("=")
    #expect(shown(rig)?.hasSuffix("/unrealized") == true)
  }

  @Test func aLineWithNothingBelowSaysSo() {
    var rig = Harbour.rig()
    rig.press("2", "=", "End", "Enter")
    #expect(shown(rig) == "holdings/TOWR/value")
    #expect(rig.text().contains("there is nothing below this line"))
  }

  @Test func hiddenAmountsStayHidden() {
    var rig = Harbour.rig()
    rig.press("p", "2", "=")
    #expect(!rig.text().contains("550"))
    rig.press("p")
    #expect(rig.text().contains("550,000"))
  }

  @Test func aLateAnswerToAClosedQuestionIsDropped() {
    var rig = Harbour.rig()
    rig.isSlow = true
    rig.press("2", "=")
    #expect(shown(rig) == nil)
    guard case .explain(_, let run)? = rig.unanswered.last else { return #expect(Bool(false), "nothing was asked") }
    rig.press("=")  // asked again: only the newest counts
    rig.receive(.explained(run: run, nil, "too late"))
    #expect(!rig.text().contains("too late"))
  }

  @Test func aTypedFigureIsExplainedAndAWrongOneNamesNearOnes() {
    var rig = Harbour.rig()
    rig.press(":", "explain TOWR/premium", "Enter")
    #expect(shown(rig) == "holdings/TOWR/premium")
    rig.press("q", ":", "explain TOWR/premum", "Enter")
    #expect(rig.text().contains("did you mean premium"))
  }

  @Test func aClickSelectsALineAndTwoGoDeeper() {
    var rig = Harbour.rig()
    rig.press("2", "=")
    rig.click("NAV per token", isDouble: true)
    #expect(shown(rig) == "unit/TOWR")
  }

  @Test func copyTakesNameValueAndCalculation() {
    var rig = Harbour.rig()
    rig.press("2", "=", "y")
    #expect(rig.unanswered.last == .copy("holdings/TOWR/value\t550,000 USD\n500000 x 1.1 = 550000 USD"))
  }

  @Test(arguments: [(120, 40), (80, 24), (40, 10)])
  func aPremium(_ width: Int, _ height: Int) throws {
    var rig = Harbour.rig(width: width, height: height)
    rig.press("4", "=")
    try expectGolden(rig.screen(), "explain-premium-\(width)x\(height)")
  }

  @Test(arguments: [(120, 40), (80, 24)])
  func anEvent(_ width: Int, _ height: Int) throws {
    var rig = Harbour.rig(width: width, height: height)
    rig.press("2", "Enter", "Enter", "Enter", "Enter")
    try expectGolden(rig.screen(), "explain-event-\(width)x\(height)")
  }
}
