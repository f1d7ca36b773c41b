import Amounts
import Ledger
import Reports
import TermKit
import TestSupport
import Testing
import Workspace

@testable import TUI

/// Forms that add and edit, the question before a deletion, and the history.
@Suite struct FormTests {
  private func applied(_ rig: Rig) -> [Edit] {
    rig.unanswered.compactMap { effect in
      if case .apply(let edit) = effect { edit } else { nil }
    }
  }

  // MARK: Adding

  @Test func aPurchaseIsTypedAndSaved() {
    var rig = Harbour.rig(width: 80, height: 24)
    rig.press("7", "a", "Tab", "Tab", "Cold", "Right", "Tab", "TOW", "Right", "Tab", "12", "Tab", "1.05", "Enter")
    #expect(
      applied(rig) == [
        .save(
          .new(.event),
          [
            "type": "BUY", "timestamp": "2024-05-15", "account": "Cold 金庫", "asset": "TOWR", "quantity": "12", "price": "1.05",
            "currency": "USD",
          ])
      ])
    #expect(rig.text().contains("saving…"))
    rig.receive(.saved(title: "add buy of 12 TOWR on 2024-05-15", isUnchanged: false))
    #expect(rig.state.overlay == nil)
    #expect(rig.text().contains("(u takes it back)"))
    #expect(rig.unanswered.last == .load(.full))
  }

  @Test func whatIsWrongIsSaidAsItIsTypedAndNothingIsSaved() {
    var rig = Harbour.rig(width: 100, height: 30)
    rig.press("7", "a", "Tab", "Tab", "Tab", "TOWR", "Tab", "many")
    #expect(rig.text().contains("! is not a number"))
    rig.press("Enter")
    #expect(applied(rig).isEmpty)
    #expect(rig.text().contains("quantity: \"many\" is not a number: write digits and a point, such as 1234.5"))
    rig.press("C-u", "5")
    #expect(!rig.text().contains("not a number"))
    rig.press("Enter")
    #expect(applied(rig).count == 1)
  }

  @Test func whatTheDatabaseRefusesIsSaidInTheForm() {
    var rig = Harbour.rig()
    rig.press("4", "a", "Tab", "Tab", "1.2", "Enter")
    let problem = EditCheckSample.problem
    rig.receive(.refused([problem]))
    #expect(rig.text().contains(problem.reason))
    #expect(rig.state.isIdle)
    rig.press("Enter")
    #expect(applied(rig).count == 2)
  }

  @Test func theFieldsFollowTheKind() {
    var rig = Harbour.rig(width: 80, height: 24)
    rig.press("7", "a", "spl", "Tab")
    let text = rig.text()
    #expect(text.contains("ratio") && !text.contains("gross"))
    rig.press("C-o")
    #expect(rig.text().contains("fewer fields"))
  }

  @Test func anUnknownAssetIsMadeWhenItsClassIsSaid() {
    var rig = Harbour.rig(width: 100, height: 30)
    rig.press("7", "a", "Tab", "Tab", "Tab", "NEWX", "Tab")
    #expect(rig.text().contains("of an asset that is new") || rig.text().contains("class"))
    rig.press("cry", "Tab", "3", "Enter")
    guard case .save(_, let cells)? = applied(rig).first else {
      Issue.record("nothing was saved")
      return
    }
    #expect(cells["asset"] == "NEWX" && cells["class"] == "crypto" && cells["quantity"] == "3")
  }

  @Test func escapeAsksOnceWhenSomethingWasTyped() {
    var rig = Harbour.rig()
    rig.press("7", "a", "Esc")
    #expect(rig.state.overlay == nil)
    rig.press("a", "Tab", "Tab", "Tab", "TOWR", "Esc")
    #expect(rig.text().contains("Esc again leaves without it"))
    rig.press("Tab")
    #expect(!rig.text().contains("Esc again"))
    rig.press("Esc", "Esc")
    #expect(rig.state.overlay == nil && applied(rig).isEmpty)
  }

  @Test func aPasteGoesIntoTheField() {
    var rig = Harbour.rig()
    rig.press("7", "a", "Tab", "Tab", "Tab", "Tab")
    rig.take(.paste("12.5\n"))
    #expect(rig.text().contains("12.5"))
  }

  @Test func whatIsAddedDependsOnTheScreen() {
    var rig = Harbour.rig()
    rig.press("4", "a")
    #expect(rig.text().contains("Add NAV"))
    rig.press("Esc", "2", "a")
    #expect(rig.text().contains("account"))
    rig.press("Down", "Enter")
    #expect(rig.text().contains("Add price"))
    rig.press("Esc", ":", "add account", "Enter")
    #expect(rig.text().contains("Add account"))
    rig.press("Esc", ":", "add acount", "Enter")
    #expect(rig.text().contains("there is nothing called"))
  }

  // MARK: Editing

  @Test func onlyWhatWasChangedIsSaved() {
    var rig = Harbour.rig(width: 100, height: 30)
    rig.press("7", "e")
    #expect(rig.text().contains("Edit buy of 10 EV"))
    rig.press("Tab", "Tab", "Tab", "Tab", "C-u", "11")
    #expect(rig.text().contains("was 10"))
    rig.press("Enter")
    #expect(applied(rig) == [.save(.event("7"), ["quantity": "11"])])
  }

  @Test func savingWhatIsAsItWasChangesNothing() {
    var rig = Harbour.rig()
    rig.press("7", "e", "Enter")
    #expect(applied(rig).isEmpty && rig.state.overlay == nil)
    #expect(rig.text().contains("nothing was changed"))
  }

  @Test func aNavOnTheAssetsPageIsEdited() {
    var rig = Harbour.rig(width: 100, height: 40)
    rig.press("4", "Enter", "Tab", "Tab", "Tab")
    #expect(rig.text().contains("Stone & Par"))
    rig.press("Down", "e", "Tab", "Tab", "C-u", "1.2", "Enter")
    #expect(applied(rig) == [.save(.quote(asset: "TOWR", kind: .nav, day: day("2024-04-30"), currency: "USD"), ["price": "1.2"])])
  }

  @Test func accountsAreEditedFromImports() {
    var rig = Harbour.rig()
    rig.press("0", "e", "Down", "Enter")
    #expect(rig.text().contains("Edit account Vault"))
    rig.press("Tab", "C-u", "broker", "Enter")
    #expect(applied(rig) == [.save(.account("Vault"), ["kind": "broker"])])
  }

  // MARK: Deleting

  @Test func aDeletionShowsWhatGoesAndAsks() {
    var rig = Harbour.rig()
    rig.press("7", "d")
    let text = rig.text()
    #expect(text.contains("Delete buy of 10 EV") && text.contains("quantity: 10") && text.contains("u brings it back"))
    rig.press("Enter")
    #expect(applied(rig).isEmpty)
    rig.press("d", "y")
    #expect(applied(rig) == [.delete(.event("7"))])
  }

  // MARK: The history

  private var rows: [HistoryRow] {
    [
      HistoryRow(step: 1, at: Instant(day: day("2024-05-14"), second: 0), title: "import trades.csv", what: "import", isUndone: false),
      HistoryRow(
        step: 2, at: Instant(day: day("2024-05-15"), second: 3600), title: "edit buy of 2 BTC on 2024-03-01: quantity 2 -> 2.5",
        what: "edit",
        isUndone: true),
    ]
  }

  @Test func theHistoryTravelsAndShowsWhatAStepChanged() throws {
    var rig = Harbour.rig(width: 80, height: 24)
    rig.press("H")
    rig.receive(.history(run: rig.state.run, rows))
    rig.press("Enter")
    #expect(rig.unanswered.contains(.changes(step: 2, run: rig.state.run)))
    rig.receive(.changes(run: rig.state.run, step: 2, [ChangeRow(subject: "event 7", field: "quantity", before: "2", after: "2.5")]))
    try expectGolden(rig.screen(), "history-80x24")
    rig.press("u")
    #expect(rig.unanswered.last == .undo)
    rig.receive(.changed("taken back: import trades.csv"))
    guard case .history? = rig.unanswered.last else {
      Issue.record("the history is not read again")
      return
    }
    rig.press("C-r")
    #expect(rig.unanswered.last == .redo)
    rig.press("Esc", "Esc")
    #expect(rig.state.overlay == nil)
  }

  // MARK: Pictures

  @Test(arguments: [(80, 24), (120, 40)])
  func aFormWithAProblem(_ width: Int, _ height: Int) throws {
    var rig = Harbour.rig(width: width, height: height)
    rig.press("7", "a", "Tab", "Tab", "Tab", "TOWR", "Tab", "1,5", "Tab")
    try expectGolden(rig.screen(), "form-\(width)x\(height)")
  }
}

/// A problem as the database tells it.
enum EditCheckSample {
  static let problem = EditProblem("date", "2024-05-15", "has a NAV of TOWR on 2024-05-15 already: 1", "edit that one")
}
