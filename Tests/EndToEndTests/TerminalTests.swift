import TestSupport
import Testing

@Suite(.enabled(if: EndToEnd.isPossible), .serialized)
struct TerminalTests {
  @Test func aShellRunsInTheTerminal() throws {
    let screen = try TmuxScreen()
    try screen.enter("echo $((6 * 7)) $LANG")
    try screen.wait(for: "42 C.UTF-8")
    #expect(try screen.flag("alternate_on") == "0")
  }
}
