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
      (["6", "[", "="], "performance/twr"), (["6", "Tab", "Tab", "="], "performance/asset/TOWR/contribution"),
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
    // Where several figures can be chosen, the one that is selected is offered first.
    if case .figures = rig.state.overlay { rig.press("Enter") }
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
    rig.press("2", "=", "Enter", "Right")
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
    rig.press("=", "Enter")
    #expect(shown(rig)?.hasSuffix("/unrealized") == true)
  }

  @Test func everyFigureOfTheRowAndTheTotalsCanBeChosen() throws {
    var rig = Harbour.rig()
    rig.press("2", "=")
    guard case .figures(let picker)? = rig.state.overlay else { return #expect(Bool(false), "nothing is offered") }
    #expect(picker.groups.map(\.title) == ["TOWR", "Totals"])
    #expect(picker.groups[0].choices.map { $0.path.parts.last ?? "" } == HoldingRow.columns.filter { Explainer.isFigure($0) }.map(\.key))
    // Each of them opens, and Esc comes back to it.
    for (place, choice) in picker.choices.enumerated() {
      rig.press("Home")
      for _ in 0..<place { rig.press("j") }
      rig.press("Enter")
      #expect(shown(rig) == choice.path.description)
      rig.press("Esc")
      guard case .figures(let back)? = rig.state.overlay else { return #expect(Bool(false), "Esc left the choice") }
      #expect(back.selected == place)
    }
    rig.press("Home", "Tab")
    #expect({ if case .figures(let at)? = rig.state.overlay { at.choice.path == FigurePath("overview", "value") } else { false } }())
    rig.press("Esc")
    #expect(rig.state.overlay == nil)
  }

  @Test(arguments: [
    ["1"], ["2"], ["3"], ["3", "Tab"], ["3", "Tab", "Tab"], ["4"], ["5"], ["6"], ["6", "["], ["6", "Tab", "Tab"],
    ["6", "Tab", "Tab", "Tab"], ["7"], ["9"], ["2", "Enter"], ["2", "Enter", "Tab"], ["2", "Enter", "Tab", "Tab"],
    ["2", "Enter", "Tab", "Tab", "Tab", "Tab", "Tab"],
  ]) func everyFigureThatIsOfferedIsExplainedWithItsValue(_ keys: [String]) throws {
    var rig = Harbour.rig()
    for key in keys { rig.press(key) }
    rig.press("=")
    guard case .figures(let picker)? = rig.state.overlay else { return }
    for choice in picker.choices {
      rig.state.overlay = .figures(picker)
      rig.press("Home")
      guard case .figures(var at)? = rig.state.overlay else { return #expect(Bool(false)) }
      at.selected = picker.choices.firstIndex(of: choice) ?? 0
      rig.state.overlay = .figures(at)
      rig.press("Enter")
      guard case .explain(let pane)? = rig.state.overlay else {
        #expect(Bool(false), "\(choice.path) is not explained: \(rig.text())")
        continue
      }
      let shown = pane.top.explanation
      #expect(shown.figure == choice.path)
      if choice.isKnown { #expect(shown.value.isKnown, "\(choice.path) has no value") }
    }
  }

  @Test(arguments: [(120, 40), (80, 24)])
  func theChoice(_ width: Int, _ height: Int) throws {
    var rig = Harbour.rig(width: width, height: height)
    rig.press("2", "=")
    try expectGolden(rig.screen(), "explain-choice-\(width)x\(height)")
  }

  @Test func aLineWithNothingBelowSaysSo() {
    var rig = Harbour.rig()
    rig.press("2", "=", "Enter", "End", "Enter")
    #expect(shown(rig) == "holdings/TOWR/value")
    #expect(rig.text().contains("there is nothing below this line"))
  }

  @Test func hiddenAmountsStayHidden() {
    var rig = Harbour.rig()
    rig.press("p", "2", "=")
    #expect(!rig.text().contains("550"))
    rig.press("Enter")
    #expect(!rig.text().contains("550"))
    rig.press("p")
    #expect(rig.text().contains("550,000"))
  }

  @Test func aLateAnswerToAClosedQuestionIsDropped() {
    var rig = Harbour.rig()
    rig.isSlow = true
    rig.press("2", "=", "Enter")
    #expect(shown(rig) == nil)
    guard case .explain(_, _, let run)? = rig.unanswered.last else { return #expect(Bool(false), "nothing was asked") }
    rig.press("Enter")  // asked again: only the newest counts
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
    rig.press("2", "=", "Enter")
    rig.click("NAV per token", isDouble: true)
    #expect(shown(rig) == "unit/TOWR")
  }

  @Test func copyTakesNameValueAndCalculation() {
    var rig = Harbour.rig()
    rig.press("2", "=", "Enter", "y")
    #expect(rig.unanswered.last == .copy("holdings/TOWR/value\t550,000 USD\n500000 x 1.1 = 550000 USD"))
  }

  @Test(arguments: [(120, 40), (80, 24), (40, 10)])
  func aPremium(_ width: Int, _ height: Int) throws {
    var rig = Harbour.rig(width: width, height: height)
    rig.press("4", "=", "Enter")
    try expectGolden(rig.screen(), "explain-premium-\(width)x\(height)")
  }

  @Test(arguments: [(120, 40), (80, 24)])
  func anEvent(_ width: Int, _ height: Int) throws {
    var rig = Harbour.rig(width: width, height: height)
    rig.press("2", "Enter", "Enter", "Enter", "Enter")
    try expectGolden(rig.screen(), "explain-event-\(width)x\(height)")
  }
}
