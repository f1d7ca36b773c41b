import Testing

@testable import TermKit

private func canvas(_ width: Int, _ height: Int = 1) -> Canvas { Canvas(Size(width: width, height: height)) }

@Suite struct CanvasTests {
  @Test func writesOutsideTheCanvasVanish() {
    var c = canvas(3, 2)
    c.put("abc", x: -1, y: 0)
    c.put("xyz", x: 2, y: 1)
    c.put("no", x: 0, y: 2)
    c.put("no", x: 0, y: -1)
    c.fill(Rect(x: -5, y: 5, width: 100, height: 3), Style(.error))
    #expect(c.text() == "bc\n  x")
  }

  @Test(arguments: [
    ("Holdings", 8, "Holdings"), ("Holdings", 5, "Hold…"), ("Holdings", 1, "…"), ("Holdings", 0, ""),
    ("株式会社", 8, "株式会社"), ("株式会社", 7, "株式会…"), ("株式会社", 6, "株式…"), ("株式", 1, "…"),
  ])
  func textThatIsTooLongEndsInAnEllipsis(_ text: String, _ width: Int, _ shown: String) {
    var c = canvas(10)
    c.put(text, x: 0, y: 0, width: width)
    #expect(c.text() == shown)
  }

  @Test func aNumberThatDoesNotFitIsNeverCut() {
    var c = canvas(10)
    c.put("1,234,567", in: Rect(x: 0, y: 0, width: 6, height: 1), align: .right)
    #expect(c.text() == "######")
  }

  @Test func alignmentCountsCellsNotCharacters() {
    var c = canvas(12, 3)
    c.put("株1", in: Rect(x: 0, y: 0, width: 6, height: 1), align: .right)
    c.put("e\u{301}1", in: Rect(x: 0, y: 1, width: 6, height: 1), align: .right)
    c.put("ab", in: Rect(x: 0, y: 2, width: 6, height: 1), align: .center)
    #expect(c.text() == "   株1\n    e\u{301}1\n  ab")
  }

  @Test func aWideGlyphThatLosesAHalfBecomesASpace() {
    var c = canvas(6, 4)
    for y in 0..<4 { c.put("日本", x: 0, y: y) }
    c.put("x", x: 0, y: 0)
    c.put("x", x: 1, y: 1)
    c.put("語", x: 1, y: 2)
    c.fill(Rect(x: 1, y: 3, width: 2, height: 1))
    #expect(c.text() == "x 本\n x本\n 語\n")
    #expect(c[3, 2] == .blank(.text))
  }

  @Test func aWideGlyphAtTheEdgeBecomesASpace() {
    var c = canvas(3)
    c.put("日本", x: 0, y: 0)
    #expect(c.text() == "日")
    #expect(c[2, 0]?.isContinuation == false)
    var d = canvas(6)
    d.clipped(to: Rect(x: 1, y: 0, width: 4, height: 1)) { $0.put("日本語", x: 0, y: 0) }
    #expect(d.text() == "  本")
  }

  @Test(arguments: [
    ("\u{1B}[31mred", "\u{FFFD}[31mred"), ("a\u{7}b\nc\td", "a\u{FFFD}b\u{FFFD}c\u{FFFD}d"), ("a\u{202E}b\u{2066}c", "a\u{FFFD}b\u{FFFD}c"),
    ("x\u{9B}31m", "x\u{FFFD}31m"), ("❤\u{FE0F}!", "❤!"), ("👩\u{200D}🚀", "👩🚀"), ("\u{E000}", "\u{E000}"), ("\u{10FFFF}", "\u{FFFD}"),
    ("e\u{301}\u{302}\u{303}\u{304}x", "e\u{301}\u{302}\u{303}x"), ("\u{301}a", "a"), ("a\u{FEFF}b\u{200B}c", "abc"),
  ])
  func textFromFilesCannotReachTheTerminalRaw(_ text: String, _ shown: String) {
    var c = canvas(20)
    let end = c.put(text, x: 0, y: 0)
    #expect(c.text() == shown)
    #expect(end == CellWidth.of(text))
  }

  @Test func clippingNests() {
    var c = canvas(5)
    c.clipped(to: Rect(x: 1, y: 0, width: 3, height: 1)) { c in
      c.clipped(to: Rect(x: 0, y: 0, width: 2, height: 1)) { $0.put("abcde", x: 0, y: 0) }
      c.put("Z", x: 3, y: 0)
      c.put("Z", x: 4, y: 0)
    }
    #expect(c.text() == " b Z")
  }

  @Test func theDumpShowsGlyphsRolesAndGrounds() {
    var c = canvas(6, 2)
    c.put("ab", x: 0, y: 0, Style(.gain))
    c.put("c", x: 5, y: 1, Style(.gain, on: .selection))
    // Letters follow the order of roles: muted a, title b, header c, selection d ... gain i.
    #expect(c.dump() == "glyphs 6x2\nab\n     c\nroles\nii\n     i\ngrounds\n1:      d\nwhere d=selection i=gain\n")
  }

  @Test func aClearedCanvasIsLikeANewOne() {
    for size in [Size(width: 12, height: 3), Size(width: 7, height: 4)] {
      var canvas = Canvas(Size(width: 12, height: 3))
      canvas.put("漢字 and e\u{301}", x: 1, y: 1, Style(.title))
      canvas.cursor = (2, 1)
      canvas.clear(to: size)
      #expect(canvas.size == size)
      #expect(canvas.cells == Canvas(size).cells)
      #expect(canvas.cursor == nil)
      #expect(canvas.clip == Canvas(size).clip)
    }
  }
}
