import Glibc
import TestSupport
import Testing

/// What only a real terminal can tell: what is left behind, what a resize and a signal do, what an odd environment does.
@Suite(.enabled(if: EndToEnd.isPossible), .serialized)
struct TerminalTests {
  private static let demo = "demo --now 2026-11-20T12:00:00Z"

  /// The demo on its first screen.
  private func demo(columns: Int = 120, rows: Int = 40, variables: [String] = ["LANG=C.UTF-8"], options: String = "") throws -> TmuxScreen {
    let screen = try TmuxScreen(columns: columns, rows: rows, variables: variables)
    try screen.florin("\(TerminalTests.demo) \(options)")
    try screen.wait(for: "Demo portfolio")
    return screen
  }

  /// The shell is back as it was: its prompt, the normal screen, a cursor, no mouse reports.
  private func expectShell(_ screen: TmuxScreen) throws {
    try screen.wait("the shell") { $0.contains("ready>") && !$0.contains("Demo portfolio") }
    for (flag, value) in [("alternate_on", "0"), ("cursor_flag", "1"), ("mouse_any_flag", "0")] {
      #expect(try screen.flag(flag) == value, "\(flag)")
    }
    try screen.enter("echo still $((40 + 2))")
    try screen.wait(for: "still 42")
  }

  @Test func theDemoOpensOnItsOverviewAndLeavesTheShellAsItWas() throws {
    let screen = try demo()
    #expect(try screen.flag("alternate_on") == "1")
    let text = try screen.wait(for: "HARB")
    #expect(text.contains("USD") && text.contains("unpriced") && text.contains("security"))
    try screen.press("q")
    try expectShell(screen)
  }

  @Test func holdingsAreFilteredAsOneTypesAndEscapeGoesBackButNeverOut() throws {
    let screen = try demo()
    try screen.press("2")
    try screen.wait(for: "GLB")
    try screen.press("/")
    try screen.type("harb")
    let filtered = try screen.wait("one row") { $0.contains("HARB") && !$0.contains("GLB") }
    #expect(filtered.contains("1 of 32"))
    try screen.press("Escape")
    try screen.wait(for: "GLB")
    for _ in 0..<4 { try screen.press("Escape") }
    try screen.press("2")
    try screen.wait(for: "Total")
    #expect(try screen.flag("alternate_on") == "1")
  }

  @Test func theScreenFollowsTheWindow() throws {
    let screen = try demo()
    for (columns, rows) in [(80, 24), (200, 60), (60, 16), (40, 10), (120, 40)] {
      try screen.resize(columns: columns, rows: rows)
      // The last line is the footer at every size, and nothing is wider than the window.
      let text = try screen.wait("\(columns)x\(rows)") { text in
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.trimmingBlanks }
        return lines.last { !$0.isEmpty }.map { $0.contains("quit") || $0.contains("help") } ?? false
          && lines.prefix { !$0.isEmpty }.count >= min(rows, 8) - 1
      }
      #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= rows + 1)
    }
  }

  @Test func helpOpensAndCloses() throws {
    let screen = try demo()
    try screen.press("?")
    try screen.wait(for: "one row up")
    try screen.press("Escape")
    try screen.wait(for: "Largest holdings")
  }

  @Test func controlZSuspendsAndTheScreenComesBack() throws {
    let screen = try demo()
    try screen.press("C-z")
    try screen.wait(for: "Stopped")
    #expect(try screen.flag("alternate_on") == "0")
    try screen.enter("fg")
    try screen.wait(for: "Demo portfolio")
    try screen.press("q")
    try expectShell(screen)
  }

  @Test(arguments: ["TERM", "HUP", "INT"]) func aSignalThatEndsTheProgramLeavesTheShellAsItWas(_ signal: String) throws {
    let screen = try demo()
    let shell = try screen.flag("pane_pid")
    _ = try Program.run("pkill", ["-\(signal)", "-P", shell])
    try expectShell(screen)
  }

  /// Whether everything is computed: the first frame comes before income is.
  private func isComplete(_ text: String) -> Bool { text.contains("HARB") && !text.contains("reading") }

  @Test func withoutAnyLocaleTheScreenIsTheSame() throws {
    let text = try demo().wait("the whole screen", until: isComplete)
    try demo(variables: []).wait("the same text") { $0 == text }
  }

  @Test func asciiDrawsWithoutLinesBlocksAndBraille() throws {
    let screen = try demo(options: "--ascii")
    try screen.wait("only ASCII drawing") { text in
      text.contains("HARB")
        && !text.unicodeScalars.contains { (0x2500...0x259F).contains($0.value) || (0x2800...0x28FF).contains($0.value) }
    }
  }

  @Test func withoutColourTheScreenSaysTheSame() throws {
    let coloured = try demo()
    let plain = try demo(variables: ["LANG=C.UTF-8", "NO_COLOR=1"])
    let text = try coloured.wait("the whole screen", until: isComplete)
    try plain.wait("the same text") { $0 == text }
  }
}

extension Substring {
  /// Without blanks at its end.
  fileprivate var trimmingBlanks: Substring {
    var rest = self
    while rest.last == " " { rest.removeLast() }
    return rest
  }
}
