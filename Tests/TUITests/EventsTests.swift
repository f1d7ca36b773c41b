import Engine
import Ledger
import Reports
import TermKit
import TestSupport
import Testing

@testable import TUI
@testable import Workspace

/// What keys do on the list of events and on the list of issues.
@Suite struct EventsTests {
  @Test func theNewestEventComesFirstAndTurningRoundShowsTheOldest() {
    var rig = Harbour.rig(width: 100, height: 20)
    rig.press("7")
    #expect(selectedKind(&rig).contains("buy") && selectedKind(&rig).contains("2024-05-03"))
    rig.press("I")
    #expect(selectedKind(&rig).contains("deposit") && selectedKind(&rig).contains("2024-01-02"))
  }

  /// The line that is selected.
  private func selectedKind(_ rig: inout Rig) -> String {
    String(rig.text().split(separator: "\n").first { $0.contains("▌") } ?? "")
  }

  @Test func theListStaysUntilTheAnswerToAFilterComes() {
    var rig = Harbour.rig(width: 100, height: 20)
    rig.press("7")
    rig.isSlow = true
    rig.press("/", "rent")
    #expect(rig.text().contains("filtering…") && rig.text().contains("deposit"))
  }

  @Test func anAnswerToAnEarlierFilterIsDropped() throws {
    var rig = Harbour.rig(width: 100, height: 20)
    rig.press("7")
    rig.isSlow = true
    rig.press("/", "b", "u")
    let asked = rig.unanswered.compactMap { if case .filterEvents(let text, let run) = $0 { (text, run) } else { nil } }
    #expect(asked.map(\.0) == ["b", "bu"])
    func events(_ text: String) -> EventsReport {
      EventsReport(Harbour.book(), asOf: Harbour.today, filter: Filter(text), newestFirst: true)
    }
    rig.receive(.events(run: asked[1].1, events("bu")))
    #expect(rig.text().contains("3 of 7"))
    rig.receive(.events(run: asked[0].1, events("b")))
    #expect(rig.text().contains("3 of 7"))
    #expect(rig.state.isIdle)
  }

  @Test func anotherAnswerDoesNotPushAsideTheOneToTheFilter() {
    var rig = Harbour.rig(width: 100, height: 20)
    rig.press("7")
    rig.isSlow = true
    rig.press("/", "r")
    let filterRun = rig.state.filterRun
    rig.press("Enter", "o")
    rig.receive(.events(run: filterRun ?? 0, EventsReport(Harbour.book(), asOf: Harbour.today, filter: Filter("r"), newestFirst: true)))
    #expect(rig.state.shared.filteredEvents != nil)
  }

  @Test func aFieldThatEventsDoNotHaveIsNamed() {
    var rig = Harbour.rig(width: 100, height: 20)
    rig.press("7", "/", "colour:red")
    #expect(rig.text().contains("no field colour"))
  }

  @Test func enterShowsTheDetailsAndEscapeHidesThemBeforeTheFilterGoes() {
    var rig = Harbour.rig(width: 80, height: 24)
    rig.press("7", "/", "rent", "Enter")
    #expect(!rig.text().contains("Movements"))
    rig.press("Enter")
    #expect(rig.text().contains("Movements"))
    rig.press("Esc")
    #expect(!rig.text().contains("Movements") && rig.text().contains("/rent"))
    rig.press("Esc")
    #expect(!rig.text().contains("/rent"))
  }

  @Test func wideScreensShowTheDetailsWithTheRowOfTheFile() {
    var rig = Harbour.rig()
    rig.press("7")
    #expect(rig.text().contains("X-7") && rig.text().contains("row 8,as,it,was"))
    rig.press("Down")
    #expect(rig.text().contains("X-6"))
  }

  @Test func whileAKeyIsHeldOnlyTheLastRowIsLookedUp() {
    var rig = Harbour.rig()
    rig.press("7")
    rig.isSlow = true
    rig.press("Down", "Down", "Down")
    let asked = rig.unanswered.compactMap { if case .record(let key, let run) = $0 { (key, run) } else { nil } }
    #expect(asked.count == 1)
    rig.receive(.record(run: asked[0].1, EventRecord(key: asked[0].0)))
    #expect(rig.unanswered.count { if case .record = $0 { true } else { false } } == 2)
  }

  @Test func theSelectedEventsAssetOpensItsPage() {
    var rig = Harbour.rig()
    rig.press("7", "/", "rent", "Enter", "o")
    #expect(rig.text().contains("Harbour Tower"))
    rig.press("Esc")
    #expect(rig.state.drilled.isEmpty && rig.state.tab == .events)
  }

  @Test func inTheDetailsTheRowOfTheFileIsCopied() {
    var rig = Harbour.rig()
    rig.press("7", "Tab", "y")
    #expect(rig.unanswered.contains(.copy("row 8,as,it,was")))
  }

  @Test func amountsAreHiddenEverywhereInPrivacyMode() {
    var rig = Harbour.rig()
    rig.press("7", "Down", "p")
    #expect(!rig.text().contains("1,234") && !rig.text().contains("3,086") && rig.text().contains("•••"))
    #expect(!rig.text().contains("as,it,was"))
    rig.press("9")
    #expect(!rig.text().contains("600"))
  }

  @Test func escapeSequencesInNamesAreShownNotSent() {
    var rig = Harbour.rig()
    rig.press("7")
    #expect(!rig.text().unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
  }

  // MARK: Issues

  @Test func anIssueOpensItsAssetAndSaysWhatToDo() {
    var rig = Harbour.rig()
    rig.press("9")
    #expect(rig.text().contains("is short by 600") && rig.text().contains("→ import"))
    rig.press("/", "TOWR", "Enter", "Enter")
    #expect(rig.text().contains("Harbour Tower"))
  }

  /// A payment that is short: the form of its rest, with what is known filled in and the cursor in what is not.
  @Test func anIssueOpensTheFormThatMendsIt() {
    var rig = Harbour.rig()
    rig.press("9", "/", "short", "Enter", "f")
    let text = rig.text()
    #expect(
      text.contains("Add event") && text.contains("DIVIDEND") && text.contains("TOWR") && text.contains("600") && text.contains("rent"))
    rig.press("2024-04-02", "Enter")
    let wanted = Edit.save(
      .new(.event),
      [
        "type": "DIVIDEND", "timestamp": "2024-04-02", "account": "Vault", "asset": "TOWR", "gross": "600", "currency": "USD",
        "subtype": "rent",
      ])
    #expect(rig.unanswered.contains(.apply(wanted)))
  }

  /// Two files tell of one transfer: the key of the issue makes it one.
  @Test func anIssueOfATransferIsLinkedByItsKey() {
    for key in ["f", "l"] {
      var maker = BookMaker()
      maker.event(.buy, "2024-05-01", "Cold", "ABC", "10", price: "1", "USD")
      let out = maker.event(.withdraw, "2024-05-02T10:00:00Z", "Cold", "ABC", "4")
      let arrival = maker.event(.deposit, "2024-05-02T10:20:00Z", "Hot", "ABC", "4")
      var rig = Rig(maker.book, asOf: day("2024-05-15"))
      rig.press("9", "/", "kind:unmatchedTransfer", "Enter", key)
      #expect(rig.unanswered.contains(.link(out, arrival)))
    }
  }

  @Test func aHoldingIsWrittenOffAfterAQuestion() {
    var rig = Harbour.rig()
    rig.press("2", "/", "龍幣", "Enter", "W")
    #expect(rig.text().contains("Write off 龍幣?") && rig.text().contains("becomes a loss on 2024-05-15"))
    rig.press("y")
    #expect(rig.unanswered.contains(.writeOff("龍幣", account: nil)))
  }

  @Test func issuesAreFilteredByWeight() {
    var rig = Harbour.rig()
    rig.press("9", "/", "severity:info")
    #expect(!rig.text().contains("warning"))
  }
}
