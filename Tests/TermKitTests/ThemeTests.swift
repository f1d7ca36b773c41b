import TestSupport
import Testing

@testable import TermKit

@Suite struct ThemeTests {
  private func theme(_ lines: String) -> Theme { Theme.parse(lines, file: "t.theme").theme }

  private func foreground(_ lines: String, _ role: Role, _ depth: ColourDepth = .direct, at position: Int = 255) -> Ink {
    theme(lines).resolve(.gradient(role, position), depth: depth).foreground
  }

  @Test func aLineNamesColoursAndAttributes() {
    let t = theme("selection = #eceff4 on #4c566a bold underline\ntext = #d8dee9\nbackground = default")
    #expect(
      t.resolve(Style(.selection), depth: .direct)
        == .init(foreground: .rgb(RGB(0xEC, 0xEF, 0xF4)), background: .rgb(RGB(0x4C, 0x56, 0x6A)), attributes: [.bold, .underline]))
    #expect(t.resolve(.text, depth: .direct).background == .standard)
  }

  @Test(arguments: [
    ("gain = #a3be8c", Ink.rgb(RGB(0xA3, 0xBE, 0x8C))), ("gain = #80", .rgb(RGB(128, 128, 128))), ("gain = 42", .index(42)),
    ("gain = green", .index(2)), ("gain = bright-green", .index(10)), ("gain = default", .standard),
    ("palette.leaf = 71\ngain = leaf", .index(71)), ("palette.green = #00ff00\ngain = green", .rgb(RGB(0, 255, 0))),
    ("gain = info\ninfo = cyan", .index(6)), ("palette.a = b\npalette.b = red\ngain = a", .index(1)),
  ])
  func aColourIsHexNumberNamePaletteOrRole(_ line: String, _ ink: Ink) {
    let read = Theme.parse(line, file: "t.theme")
    #expect(read.problems.isEmpty)
    // Direct colour keeps the first eight palette entries and turns the others into RGB.
    #expect(read.theme.resolve(Style(.gain), depth: .palette256).foreground == ink.converted(to: .palette256))
  }

  @Test func rolesFallBackAlongTheChain() {
    #expect(foreground("text = red", .borderFocused) == .index(1))
    #expect(foreground("text = red\nmuted = blue", .border) == .index(4))
    #expect(foreground("text = red\ninfo = cyan", .borderFocused) == .index(6))
    #expect(foreground("chart = green", .classCrypto) == .index(2))
  }

  @Test func aSuffixOverridesOneDepth() {
    let lines = "gain = #a3be8c\ngain.256 = 150\ngain.16 = bright-green\ngain.mono = bold"
    #expect(foreground(lines, .gain, .direct) == .rgb(RGB(0xA3, 0xBE, 0x8C)))
    #expect(foreground(lines, .gain, .palette256) == .index(150))
    #expect(foreground(lines, .gain, .ansi16) == .index(10))
    #expect(foreground(lines, .gain, .ansi8) == .index(10))
    #expect(theme(lines).resolve(Style(.gain), depth: .mono) == .init(foreground: .standard, background: .standard, attributes: .bold))
  }

  @Test func aGradientBlendsBetweenItsStops() {
    let lines = "heat = #000000 .. #ff0000 .. #ffffff"
    #expect(foreground(lines, .heat, at: 0) == .rgb(RGB(0, 0, 0)))
    #expect(foreground(lines, .heat, at: 255) == .rgb(RGB(255, 255, 255)))
    // Position 51 is 102/255 = 40 % of the way to red: 0.4 * 255 = 102.
    #expect(foreground(lines, .heat, at: 51) == .rgb(RGB(102, 0, 0)))
    // Sixteen colours cannot blend: the nearest stop.
    #expect(foreground("heat = black .. red .. white", .heat, .ansi16, at: 100) == .index(1))
  }

  @Test func aGroundGivesBackgroundAndAttributes() {
    let t = theme("gain = green\nselection = white on blue bold\nbackground = default on black")
    let style = t.resolve(Style(.gain, on: .selection), depth: .palette256)
    #expect(style == .init(foreground: .index(2), background: .index(4), attributes: .bold))
    #expect(t.resolve(Style(.gain), depth: .ansi16).background == .index(0))
  }

  @Test func onTheSelectionBarSixteenColoursShowOnlyTheBarsOwnInk() {
    let theme = Theme.parse("gain = #00ff00\nselection = #ffffff on #0000ff\nselection.16 = bright-white on blue\n", file: "t").theme
    let gain = Style(.gain).on(.selection)
    #expect(theme.resolve(gain, depth: .direct).foreground == .rgb(RGB(0, 255, 0)))
    #expect(theme.resolve(gain, depth: .ansi16).foreground == theme.resolve(Style(.selection), depth: .ansi16).foreground)
  }

  @Test func aFilledCellHasReadableText() {
    let t = theme("heat = #000000 .. #ffffff")
    #expect(t.resolve(.gradient(.heat, 255, .fill), depth: .direct).background == .rgb(RGB(255, 255, 255)))
    #expect(t.resolve(.gradient(.heat, 255, .fill), depth: .direct).foreground == .rgb(RGB(16, 16, 16)))
    #expect(t.resolve(.gradient(.heat, 0, .fill), depth: .direct).foreground == .rgb(RGB(250, 250, 250)))
    #expect(t.resolve(.gradient(.heat, 0, .fill), depth: .mono).background == .standard)
  }

  @Test(arguments: [
    ("gian = red", "nord.theme:1: unknown role 'gian' (gain?)"),
    ("# fine\n\ngain = gren", "nord.theme:3: unknown colour 'gren' (green?)"),
    ("gain = #12345", "nord.theme:1: unknown colour '#12345'"),
    ("gain = 256", "nord.theme:1: unknown colour '256'"),
    ("gain.8 = red", "nord.theme:1: unknown depth '8' (256, 16 or mono)"),
    ("border.focussed = red", "nord.theme:1: unknown role 'border.focussed' (border.focused?)"),
    ("gain = red bald", "nord.theme:1: unknown colour 'bald' (bold?)"),
    ("gain = red on", "nord.theme:1: nothing after 'on'"),
    ("gain =", "nord.theme:1: nothing after 'gain'"),
    ("gain red", "nord.theme:1: expected 'role = colour', got 'gain red'"),
    ("gain = red\ngain = blue", "nord.theme:2: 'gain' is already set in line 1"),
    ("gain = gain", "nord.theme:1: 'gain' is defined by itself"),
    ("palette.a = b\npalette.b = a", "nord.theme:1: 'b' is defined by itself"),
    ("appearance = dim", "nord.theme:1: appearance is 'dark' or 'light', not 'dim'"),
  ])
  func aMistakeIsNamedWithItsLineAndTheThemeStillLoads(_ text: String, _ message: String) {
    let read = Theme.parse(text + "\nloss = red", file: "nord.theme")
    #expect(read.problems.first.map(\.description) == message)
    #expect(read.theme.resolve(Style(.loss), depth: .ansi16).foreground == .index(1))
  }

  @Test func aCommentIsAWholeLineOnly() {
    let read = Theme.parse("# gain = blue\n   # more\ngain = #ff0000", file: "t.theme")
    #expect(read.problems.isEmpty)
    #expect(read.theme.resolve(Style(.gain), depth: .direct).foreground == .rgb(RGB(255, 0, 0)))
  }

  @Test(
    arguments: [
      (RGB(255, 0, 0), 196), (RGB(0, 0, 0), 16), (RGB(255, 255, 255), 231), (RGB(128, 128, 128), 244), (RGB(95, 135, 175), 67),
    ] as [(RGB, UInt8)])
  func rgbBecomesTheNearestOfThePalette(_ rgb: RGB, _ index: UInt8) { #expect(rgb.nearest256 == index) }

  @Test(
    arguments: [
      (RGB(163, 190, 140), 10), (RGB(191, 97, 106), 9), (RGB(94, 129, 172), 12), (RGB(235, 203, 139), 11), (RGB(76, 86, 106), 8),
      (RGB(20, 20, 20), 0), (RGB(250, 250, 250), 15), (RGB(120, 20, 20), 1), (RGB(180, 142, 173), 13),
    ] as [(RGB, UInt8)])
  func aPastelKeepsItsHueInSixteenColours(_ rgb: RGB, _ index: UInt8) { #expect(rgb.nearest16 == index) }

  @Test(arguments: ThemeCatalog.embedded.map(\.name))
  func everyThemeIsCleanAndComplete(_ name: String) throws {
    let file = try #require(ThemeCatalog.embedded.first { $0.name == name })
    let (theme, problems) = Theme.parse(file.text, file: name)
    #expect(problems.map(\.description) == [])
    #expect(theme.name != name, "no name in the file")
    for role in [Role.text, .muted, .selection, .gain, .loss, .heat, .chart, .border, .warning, .error] {
      #expect(theme.entries[role] != nil, "\(role) is left to chance")
    }
  }

  @Test func anyTextLoadsAsATheme() {
    let seedText = ThemeCatalog.embedded[0].text
    let noise = Array("=#.. \non\tpalette.16é\u{1B}0".utf8)
    for seed in 0..<60 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      var bytes = Array(seedText.utf8)
      for _ in 0..<20 {
        let at = Int.random(in: bytes.indices, using: &random)
        if Bool.random(using: &random) { bytes.remove(at: at) } else { bytes[at] = noise.randomElement(using: &random) ?? 0 }
      }
      let theme = Theme.parse(String(decoding: bytes, as: UTF8.self), file: "fuzz").theme
      for role in Role.allCases { for depth in ColourDepth.allCases { _ = theme.resolve(.gradient(role, 77), depth: depth) } }
    }
  }

  @Test func aLongChainIsACircleAndNoCrash() {
    let lines = (0..<200).map { "palette.p\($0) = p\($0 + 1)" }.joined(separator: "\n")
    let read = Theme.parse("gain = p0\n" + lines, file: "t.theme")
    #expect(!read.problems.isEmpty)
  }

  @Test(arguments: Role.allCases)
  func everyRoleFallsBackToTheTextOrThePage(_ role: Role) {
    var last = role
    for _ in Role.allCases { if let next = last.fallback { last = next } }
    #expect(last.fallback == nil)
  }

  /// Contrast by WCAG 2.1. Source: https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio
  @Test(arguments: ThemeCatalog.embedded.map(\.name))
  func textIsReadableOnItsGround(_ name: String) throws {
    let theme = try #require(ThemeCatalog.theme(named: name))
    for ground in [Role.background, .selection, .dialog] {
      for (role, least) in [(Role.text, 4.5), (.gain, 3.0), (.loss, 3), (.title, 4.5), (.warning, 3), (.accent, 3)] {
        let look = theme.resolve(Style(role, on: ground), depth: .direct)
        guard case .rgb(let text) = look.foreground, case .rgb(let page) = look.background else { continue }
        let ratio = (max(light(text), light(page)) + 0.05) / (min(light(text), light(page)) + 0.05)
        #expect(ratio >= least, "\(role) on \(ground): \(ratio)")
      }
    }
  }

  private func light(_ rgb: RGB) -> Double {
    func linear(_ value: UInt8) -> Double {
      let c = Double(value) / 255
      // (c + 0.055) / 1.055 to the power 2.4, as x² times the fifth root of x², which needs no libm.
      guard c > 0.04045 else { return c / 12.92 }
      let x = (c + 0.055) / 1.055
      var root = x
      for _ in 0..<40 { root -= (root * root * root * root * root - x * x) / (5 * root * root * root * root) }
      return x * x * root
    }
    return 0.2126 * linear(rgb.red) + 0.7152 * linear(rgb.green) + 0.0722 * linear(rgb.blue)
  }
}
