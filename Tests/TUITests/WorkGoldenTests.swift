import Ledger
import TermKit
import TestSupport
import Testing

@testable import TUI

/// Pictures of the screens about events, issues and imports, and of what lies above them.
@Suite struct WorkGoldenTests {
  /// A picture: the keys that lead to it.
  struct Picture: Sendable, CustomTestStringConvertible {
    var name: String
    var keys: [String]
    var testDescription: String { name }
  }

  static let pictures = [
    Picture(name: "events", keys: ["7"]), Picture(name: "event-details", keys: ["7", "Down", "Tab"]),
    Picture(name: "events-filtered", keys: ["7", "/", "rent"]), Picture(name: "issues", keys: ["9"]), Picture(name: "imports", keys: ["0"]),
    Picture(name: "formats", keys: ["0", "Tab"]), Picture(name: "confirm", keys: ["0", "x"]), Picture(name: "help", keys: ["7", "?"]),
    Picture(name: "prompt", keys: [":", "p"]), Picture(name: "themes", keys: ["t"]),
  ]

  @Test(arguments: pictures)
  func atEightyByTwentyFour(_ picture: Picture) throws { try compare(picture, 80, 24) }

  @Test(arguments: pictures)
  func atOneHundredTwentyByForty(_ picture: Picture) throws { try compare(picture, 120, 40) }

  private func compare(_ picture: Picture, _ width: Int, _ height: Int) throws {
    var rig = Harbour.rig(width: width, height: height)
    for key in picture.keys { rig.press(key) }
    try expectGolden(rig.screen(), "\(picture.name)-\(width)x\(height)")
  }

  @Test func aPreview() throws {
    var rig = Harbour.rig(width: 80, height: 24)
    rig.press(":", "import kraken.csv", "Enter")
    rig.receive(.previewed(run: rig.state.run, ImportTests.preview()))
    try expectGolden(rig.screen(), "preview-80x24")
  }

  @Test func whatAPreviewSaysOfBadRows() throws {
    var rig = Harbour.rig(width: 80, height: 24)
    rig.press(":", "import kraken.csv", "Enter")
    rig.receive(.previewed(run: rig.state.run, ImportTests.preview()))
    rig.press("Tab")
    try expectGolden(rig.screen(), "preview-remarks-80x24")
  }
}
