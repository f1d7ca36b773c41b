import TermKit
import TestSupport
import Testing

/// Pictures of the screens that show holdings, income, NAVs and shares.
@Suite struct ScreenGoldenTests {
  /// A screen and the keys that lead to it.
  struct Picture: Sendable, CustomTestStringConvertible {
    var name: String
    var keys: [String]
    var testDescription: String { name }
  }

  static let pictures = [
    Picture(name: "overview", keys: []), Picture(name: "overview-cost", keys: ["B"]), Picture(name: "holdings", keys: ["2"]),
    Picture(name: "asset", keys: ["2", "Enter"]),
    Picture(name: "income", keys: ["3"]), Picture(name: "payments", keys: ["3", "Tab"]), Picture(name: "nav", keys: ["4"]),
    Picture(name: "allocation", keys: ["5"]), Picture(name: "performance", keys: ["6"]),
  ]

  @Test(arguments: pictures)
  func atEightyByTwentyFour(_ picture: Picture) throws { try compare(picture, 80, 24) }

  @Test(arguments: pictures)
  func atOneHundredTwentyByForty(_ picture: Picture) throws { try compare(picture, 120, 40) }

  @Test(arguments: pictures)
  func atFortyByTen(_ picture: Picture) throws { try compare(picture, 40, 10) }

  private func compare(_ picture: Picture, _ width: Int, _ height: Int) throws {
    var rig = Harbour.rig(width: width, height: height)
    for key in picture.keys { rig.press(key) }
    try expectGolden(rig.screen(), "\(picture.name)-\(width)x\(height)")
  }

  @Test func theFactsOfASecurityTokenStandInThePaneOfTheirOwn() throws {
    var rig = Harbour.rig(width: 80, height: 24)
    rig.press("2", "Enter", "Tab", "Tab", "Tab", "Tab", "Tab", "Tab")
    try expectGolden(rig.screen(), "asset-facts-80x24")
  }

  @Test func withoutBoxAndBrailleGlyphsChartsAreAscii() throws {
    var rig = Harbour.rig(width: 80, height: 24)
    rig.press("4")
    try expectGolden(rig.screen(.ascii), "nav-ascii-80x24")
  }
}
