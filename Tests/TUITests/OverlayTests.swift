import TermKit
import TestSupport
import Testing
import Workspace

@testable import TUI

/// What lies above the screens: prompt, help, menus, toasts; and keys and clicks that work everywhere.
@Suite struct OverlayTests {
  // MARK: Commands

  @Test func everyCommandSaysWhatItDoesAndCanBeTyped() {
    for command in Command.allCases {
      #expect(!command.summary.isEmpty)
      #expect(Command(rawValue: command.rawValue) == command)
      #expect(command.rawValue.allSatisfy { $0.isLowercase || $0 == "-" }, "\(command.rawValue)")
    }
  }

  @Test func noKeyMeansTwoThingsEverywhere() {
    let keys = Keymap.everywhere.map(\.key)
    #expect(Set(keys).count == keys.count)
  }

  @Test func everyScreensOwnKeysAreDistinctAndTheFooterNamesNoneWithoutAHint() {
    for name in ScreenName.allCases {
      let bindings = ScreenState.root(name).screen.bindings
      #expect(Set(bindings.map(\.key)).count == bindings.count, "\(name)")
    }
  }

  @Test func aKeyThatMeansNothingSaysSo() {
    var rig = Harbour.rig()
    rig.press("Z")
    #expect(rig.text().contains("Z does nothing here"))
    rig.press("2")
    #expect(!rig.text().contains("does nothing"))
  }

  @Test func escapeNeverQuits() {
    var rig = Harbour.rig()
    for _ in 0..<5 { rig.press("Esc") }
    #expect(rig.unanswered.isEmpty)
    rig.press("q")
    #expect(rig.unanswered == [.quit(0)])
  }

  // MARK: Prompt

  @Test func tabCompletesAndAUnknownCommandNamesTheNearest() {
    var rig = Harbour.rig()
    rig.press(":", "hol", "Tab", "Enter")
    #expect(rig.state.tab == .holdings)
    rig.press(":", "hold", "Enter")
    #expect(rig.text().contains("did you mean \"holdings\"?"))
  }

  @Test func thePromptSaysWhatACommandDoesAndRemembersTheLast() {
    var rig = Harbour.rig()
    rig.press(":", "privacy")
    #expect(rig.text().contains("hide amounts, keep percentages"))
    rig.press("Enter", ":", "Up")
    #expect(rig.text().contains(":privacy"))
  }

  @Test func settingsAreCompletedDownToTheirValues() {
    var rig = Harbour.rig()
    rig.press("F2", "met", "Tab", "fi", "Tab", "Enter")
    #expect(rig.unanswered == [.set("method", "fifo")])
  }

  @Test func aCurrencyNobodyUsesIsRefusedBeforeAnythingIsChanged() {
    var rig = Harbour.rig()
    rig.press(":", "currency xyz", "Enter")
    #expect(rig.unanswered.isEmpty && rig.text().contains("there is no currency \"XYZ\""))
    rig.press(":", "currency usd", "Enter")
    #expect(rig.unanswered == [.set("base", "USD")])
  }

  // MARK: Menus

  @Test func aThemeIsTriedOnAndEscapePutsTheOldOneBack() {
    var rig = Harbour.rig()
    let before = rig.state.theme
    rig.press("t", "Down")
    #expect(rig.state.theme != before)
    rig.press("Esc")
    #expect(rig.state.theme == before && rig.unanswered.isEmpty)
    rig.press("t", "Down", "Enter")
    #expect(rig.unanswered == [.remember(key: "theme", value: rig.state.theme)])
  }

  // MARK: Help

  @Test func helpIsAboutTheScreenAndIsSearched() {
    var rig = Harbour.rig()
    rig.press("0", "?")
    #expect(rig.text().contains("take back or apply the selected batch"))
    rig.press("clip")
    #expect(rig.text().contains("copy the row") && !rig.text().contains("one row up"))
    rig.press("Esc", "Esc")
    #expect(rig.state.overlay == nil)
  }

  // MARK: Toasts

  @Test func aToastGoesByItselfButAnErrorStaysUntilAKey() {
    var rig = Harbour.rig()
    rig.receive(.changed("something was done"))
    rig.receive(.tick(1000))
    rig.receive(.tick(6900))
    #expect(rig.text().contains("something was done"))
    rig.receive(.tick(7000))
    #expect(!rig.text().contains("something was done"))
    rig.receive(.failed(run: nil, "something broke"))
    rig.receive(.tick(8000))
    rig.receive(.tick(99_000))
    #expect(rig.text().contains("something broke"))
    rig.press("Down")
    #expect(!rig.text().contains("something broke"))
  }

  @Test func anotherProgramsChangeIsLookedForNowAndThenAndReadOnce() {
    var rig = Harbour.rig()
    rig.receive(.tick(5000))
    rig.receive(.tick(5500))
    #expect(rig.unanswered == [.poll(generation: 0)])
    rig.receive(.outdated)
    rig.receive(.outdated)
    #expect(rig.unanswered.count { $0 == .load(.full) } == 1)
  }

  @Test func aFailedRunIsNoLongerAwaited() {
    var rig = Harbour.rig()
    rig.isSlow = true
    rig.press("2", "Enter")
    #expect(!rig.state.isIdle)
    rig.receive(.failed(run: rig.state.run, "no"))
    #expect(rig.state.isIdle)
  }

  // MARK: Mouse

  @Test func tabsRowsHeadingsAndTheFooterAnswerClicks() {
    var rig = Harbour.rig()
    rig.click("Holdings")
    #expect(rig.state.tab == .holdings)
    rig.click("龍")
    rig.click("Value")
    #expect(rig.text().contains("Value ▼") || rig.text().contains("Value ▲"))
    rig.click("TOWR", isDouble: true)
    #expect(rig.text().contains("Harbour Tower"))
    rig.click("back")
    #expect(rig.state.drilled.isEmpty)
    rig.click("help")
    #expect(rig.text().contains("type to search"))
  }

  @Test func theWheelMovesTheSelection() {
    var rig = Harbour.rig()
    rig.press("7")
    rig.take(.mouse(Mouse(.wheel(1), x: 10, y: 10)))
    #expect(rig.text().split(separator: "\n").firstIndex { $0.contains("▌") } == 6)
  }

  @Test func aClickBesideAPromptLeavesIt() {
    var rig = Harbour.rig()
    rig.press(":")
    rig.click("Events")
    #expect(rig.state.overlay == nil && rig.state.tab == .events)
  }

  // MARK: Size

  @Test func everyScreenAndOverlayDrawsAtEverySize() {
    for (width, height) in [(0, 0), (1, 1), (20, 5), (30, 8), (31, 9), (40, 10), (80, 24), (200, 60), (400, 120)] {
      var rig = Harbour.rig(width: width, height: height)
      for key in ["1", "2", "3", "4", "5", "7", "9", "0"] {
        rig.press(key)
        for open in ["?", ":", "t", "c"] {
          rig.press(open)
          _ = rig.text()
          rig.press("Esc", "Esc")
        }
        rig.press("Enter")
        _ = rig.text()
        rig.press("Esc")
      }
      rig.take(.resize(Size(width: 100, height: 30)))
      #expect(rig.text().contains("Overview") || rig.text().contains("Over"))
    }
  }
}
