import Ledger
import Reports
import TermKit
import TestSupport
import Testing
import Workspace

@testable import TUI

/// Files on their way in: the picker, the preview, the progress, and what stands on Imports afterwards.
@Suite struct ImportTests {
  private static let folder = Folder(
    path: "/home/me",
    entries: [
      .init(name: "..", isFolder: true, size: 0), .init(name: "exports", isFolder: true, size: 0),
      .init(name: "kraken.csv", isFolder: false, size: 1200), .init(name: "trades.json", isFolder: false, size: 99_000),
    ], failure: nil)

  static func preview(imported: Int = 2) -> Preview {
    Preview(
      path: "/home/me/kraken.csv", source: "kraken.ledgers.v2", account: "Kraken",
      summary: ImportSummary(
        file: "kraken.csv", source: "kraken.ledgers.v2", imported: imported, duplicate: 4, ignored: 1, problem: 1, events: 2),
      events: [
        ["2024-01-02 10:00", "deposit", "EUR", "5,000", "", "", "Kraken"],
        ["2024-01-03 11:00", "buy", "BTC", "0.05", "2,000 EUR", "5.2 EUR", "Kraken"],
      ],
      remarks: [["8", "problem", "type: \"nonsense\" is not one of: deposit, trade"], ["9", "ignored", "an order that was cancelled"]],
      failure: nil)
  }

  /// The app with the file picker open.
  private func picking() -> Rig {
    var rig = Harbour.rig(width: 100, height: 24)
    rig.press("i")
    rig.receive(.listed(run: rig.state.run, ImportTests.folder))
    return rig
  }

  /// The app that was asked for a file and shows it.
  private func previewing(_ preview: Preview = preview()) -> Rig {
    var rig = picking()
    rig.press("Down", "Enter")
    rig.receive(.previewed(run: rig.state.run, preview))
    return rig
  }

  // MARK: Picker

  @Test func enterOnAFileShowsItAndOnAFolderOpensIt() {
    var rig = picking()
    rig.press("Enter")
    #expect(rig.unanswered.contains { if case .list("/home/me/exports", _) = $0 { true } else { false } })
    rig.press("Down", "Enter")
    #expect(rig.unanswered.contains { if case .preview("/home/me/kraken.csv", _) = $0 { true } else { false } })
  }

  @Test func severalMarkedFilesAreImportedTogetherAlsoFromTwoFolders() {
    var rig = picking()
    rig.press("Down", "Space", "Left")
    rig.receive(
      .listed(run: rig.state.run, Folder(path: "/home", entries: [.init(name: "other.csv", isFolder: false, size: 1)], failure: nil)))
    rig.press("Space", "i")
    #expect(rig.unanswered.contains(.importFiles(["/home/me/kraken.csv", "/home/other.csv"], run: rig.state.run)))
  }

  @Test func onTheWayUpTheFolderThatWasLeftIsSelected() {
    var rig = picking()
    rig.press("Left")
    rig.receive(
      .listed(
        run: rig.state.run,
        Folder(path: "/home", entries: ["..", "ann", "me", "zoe"].map { .init(name: $0, isFolder: true, size: 0) }, failure: nil)))
    #expect(rig.text().split(separator: "\n").contains { $0.contains("▌me/") })
  }

  @Test func aPastedPathIsShownFromAnywhere() {
    for keys in [[], ["7"], ["i"]] {
      var rig = Harbour.rig()
      for key in keys { rig.press(key) }
      if keys == ["i"] { rig.receive(.listed(run: rig.state.run, ImportTests.folder)) }
      rig.take(.paste("'/tmp/my export.csv'\n"))
      #expect(rig.unanswered.contains(.preview("/tmp/my export.csv", run: rig.state.run)))
    }
  }

  @Test func aTypedPathIsTakenFromTheFolderOrFromTheUsersOwn() {
    for (typed, path) in [("kraken.csv", "//kraken.csv"), ("/a/b.csv", "/a/b.csv"), ("~/b.csv", "~/b.csv")] {
      var rig = Harbour.rig()
      rig.press(":", "import \(typed)", "Enter")
      #expect(rig.unanswered.contains(.preview(path, run: rig.state.run)))
    }
  }

  // MARK: Preview

  @Test func thePreviewTellsHowEveryRowWouldEnd() {
    var rig = previewing()
    #expect(rig.text().contains("2 new rows → 2 events") && rig.text().contains("4 known already") && rig.text().contains("! 1 problem"))
    rig.press("Tab")
    #expect(rig.text().contains("\"nonsense\" is not one of") && rig.text().contains("an order that was cancelled"))
  }

  @Test func enterImportsAndEscapeDoesNot() {
    var rig = previewing()
    rig.press("Esc")
    #expect(rig.state.drilled.isEmpty && rig.state.job == nil)
    rig = previewing()
    rig.press("Enter")
    #expect(rig.unanswered.contains(.importFiles(["/home/me/kraken.csv"], run: rig.state.run)))
  }

  @Test func aFileWithNothingNewIsNotImportedAgain() {
    var rig = previewing(ImportTests.preview(imported: 0))
    rig.press("Enter")
    #expect(rig.state.job == nil && rig.text().contains("nothing new in this file"))
  }

  // MARK: Progress

  @Test func escapeStopsAndAnythingElseSaysWhy() {
    var rig = previewing()
    rig.press("Enter", "u")
    let run = rig.state.run
    #expect(rig.text().contains("a file is being read"))
    rig.press("Esc")
    #expect(rig.unanswered.contains(.cancel(run: run)) && rig.text().contains("stopping…"))
    rig.receive(.imported(run: run, [ImportSummary(file: "kraken.csv", source: "", failure: "cancelled", wasStopped: true)]))
    #expect(rig.state.isIdle && rig.text().contains("nothing was changed"))
  }

  @Test func progressShowsRowsBytesRateAndTimeLeft() {
    var rig = previewing()
    rig.press("Enter")
    let run = rig.state.run
    rig.receive(.importing(run: run, file: "kraken.csv", ImportProgress(), at: 50_000))
    rig.receive(
      .importing(run: run, file: "kraken.csv", ImportProgress(rows: 30_000, bytes: 20_000_000, bytesTotal: 80_000_000), at: 52_000))
    let text = rig.text()
    for part in ["30,000", "20 MB of 80 MB", "15,000 rows/s", "6 s", "25%"] { #expect(text.contains(part), "\(part)") }
  }

  @Test func aMessageOfAStoppedRunIsDropped() {
    var rig = Harbour.rig()
    rig.receive(.importing(run: 99, file: "old.csv", ImportProgress(rows: 1), at: 1))
    rig.receive(.imported(run: 99, [ImportSummary(file: "old.csv", source: "x", imported: 5)]))
    rig.receive(.previewed(run: 99, ImportTests.preview()))
    #expect(rig.state.job == nil && rig.state.shared.lastImport.isEmpty && rig.state.drilled.isEmpty)
  }

  @Test func theResultOfTheLastImportStandsOnImports() {
    var rig = previewing()
    rig.press("Enter")
    rig.receive(
      .imported(
        run: rig.state.run,
        [
          ImportSummary(file: "kraken.csv", source: "kraken.ledgers.v2", imported: 6, problem: 1),
          ImportSummary(file: "photo.png", source: "", failure: "not a text file"),
        ]))
    let text = rig.text()
    #expect(rig.state.tab == .imports && rig.state.drilled.isEmpty)
    #expect(text.contains("Last import") && text.contains("! 1") && text.contains("✗ not a text file"))
    #expect(rig.unanswered.contains(.load(.full)))
  }

  // MARK: Batches

  @Test func takingBackABatchAsksFirst() {
    var rig = Harbour.rig()
    rig.press("0", "x")
    #expect(rig.text().contains("Take back batch 1?"))
    rig.press("n")
    #expect(!rig.unanswered.contains(.revert(BatchID(1), true)))
    rig.press("x", "y")
    #expect(rig.unanswered.contains(.revert(BatchID(1), true)))
  }

  @Test func aBatchOpensItsEvents() {
    var rig = Harbour.rig()
    rig.press("0", "Enter")
    #expect(rig.state.tab == .events && rig.text().contains("batch=1") && rig.text().contains("7 of 7"))
  }

  @Test func theFormatsAreListedAndFiltered() {
    var rig = Harbour.rig(width: 100, height: 24)
    rig.press("0", "Tab", "/", "kraken trades")
    #expect(rig.text().contains("kraken.trades") && !rig.text().contains("bitstamp"))
  }

  @Test func afterASwitchOfDatabasesTheOpenScreenIsFilledAgain() {
    var rig = Harbour.rig()
    rig.press("0")
    rig.receive(.switched(isDemo: true))
    rig.refill()
    #expect(rig.text().contains("hand.csv"))
  }

  @Test func theDemoTakesNoFiles() {
    var rig = Harbour.rig()
    rig.receive(.switched(isDemo: true))
    rig.press("i")
    #expect(rig.text().contains("only to look at; :demo goes back"))
    rig.press(":", "demo", "Enter")
    #expect(rig.unanswered.last == .closeDemo)
  }
}
