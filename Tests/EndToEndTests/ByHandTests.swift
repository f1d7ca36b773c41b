import TestSupport
import Testing

/// A portfolio kept by hand in a real terminal: a form is filled in, saved, taken back, and done again after a restart.
@Suite(.enabled(if: EndToEnd.isPossible), .serialized)
struct ByHandTests {
  private func start(_ screen: TmuxScreen) throws {
    try screen.enter("cd $HOME; export FLORIN_DB=$HOME/by-hand.db FLORIN_NOW=2026-11-20T12:00:00Z")
    try screen.florin("")
  }

  @Test func aPurchaseIsAddedTakenBackAndDoneAgainAfterARestart() throws {
    let screen = try TmuxScreen(columns: 80, rows: 24)
    try start(screen)
    try screen.wait(for: "This database is empty")
    try screen.press("a")
    try screen.wait(for: "account")
    try screen.press("Enter")
    try screen.wait(for: "Add event")
    try screen.press("Tab")
    try screen.type("2026-03-01")
    try screen.press("Tab")
    try screen.type("Vault")
    try screen.press("Tab")
    try screen.type("BTC")
    try screen.press("Tab")
    try screen.wait(for: "class")
    try screen.type("crypto")
    try screen.press("Tab")
    try screen.type("half")
    try screen.press("Enter")
    try screen.wait(for: "is not a number")
    try screen.press("C-u")
    try screen.type("0.5")
    try screen.press("Tab")
    try screen.type("60000")
    try screen.press("Enter")
    try screen.wait(for: "add buy of 0.5 BTC on 2026-03-01")
    try screen.press("2")
    try screen.wait("the purchase") { $0.contains("BTC") && $0.contains("0.5") && $0.contains("-30,000") }

    try screen.press("H")
    try screen.wait("the history") { $0.contains("History") && $0.contains("add buy of 0.5 BTC") && $0.contains("done") }
    try screen.press("u")
    try screen.wait("the step taken back") { $0.contains("1 taken back") }
    try screen.press("Escape")
    try screen.wait(for: "This database is empty")
    try screen.press("q")
    try screen.wait("the shell") { $0.contains("ready>") && !$0.contains("This database is empty") }

    try start(screen)
    try screen.wait(for: "This database is empty")
    try screen.press("C-r")
    try screen.wait(for: "done again: add buy of 0.5 BTC")
    try screen.press("2")
    try screen.wait("the purchase again") { $0.contains("BTC") && $0.contains("-30,000") }
  }
}
