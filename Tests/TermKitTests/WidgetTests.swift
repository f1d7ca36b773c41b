import TestSupport
import Testing

@testable import TermKit

@Suite struct WidgetTests {
  private func text(_ width: Int, _ height: Int, _ draw: (inout Canvas, Rect) -> Void) -> String {
    var canvas = Canvas(Size(width: width, height: height))
    draw(&canvas, canvas.bounds)
    return canvas.text()
  }

  @Test(arguments: [
    ("one two three", 7, ["one two", "three"]), ("one two three", 20, ["one two three"]), ("abcdefgh", 3, ["abc", "def", "gh"]),
    ("a\n\nb", 5, ["a", "", "b"]), ("株式会社", 5, ["株式", "会社"]), ("  in dent", 6, ["  in", "dent"]), ("", 5, [""]), ("x", 0, []),
    ("ab cdefgh", 4, ["ab", "cdef", "gh"]),
  ])
  func textWrapsAtSpacesAndInsideLongWords(_ text: String, _ width: Int, _ lines: [String]) {
    #expect(TextBlock.wrap(text, width: width) == lines)
  }

  @Test func aPanelFramesItsInside() {
    let shown = text(16, 3) { canvas, rect in
      let inside = Panel("Lots", note: "3", footnote: "").draw(in: rect, on: &canvas)
      #expect(inside == Rect(x: 1, y: 1, width: 14, height: 1))
    }
    #expect(shown == "╭ Lots ───── 3 ╮\n│              │\n╰──────────────╯")
  }

  @Test func valuesLineUpAndLabelsGiveWay() {
    let items = [KeyValues.Item("Quantity", "10"), KeyValues.Item("Fee", "1,234.50")]
    #expect(text(20, 3) { KeyValues(items, alignment: .right).draw(in: $1, on: &$0) } == "Quantity          10\nFee         1,234.50\n")
    #expect(text(14, 2) { KeyValues(items).draw(in: $1, on: &$0) } == "Qua…  10\nFee   1,234.50")
  }

  @Test func theFooterLeavesOutWhatDoesNotFitAndAnswersClicks() {
    var canvas = Canvas(Size(width: 22, height: 1))
    let footer = Footer([.init("Enter", "open", 1), .init("/", "filter", 2), .init("?", "help", 3)])
    let hits = footer.draw(in: canvas.bounds, on: &canvas)
    #expect(canvas.text() == " Enter open  / filter")
    #expect(hits.map(\.target) == [1, 2])
    #expect(hits.target(x: 13, y: 0) == 2)
  }

  @Test(arguments: [
    (40, " 1 Overview  2 Holdings  3 NAV desk"), (33, " 1 Overview 2 Holdings 3 NAV desk"), (32, " 1 Over 2 Holdings 3 NAV"),
    (25, " 1 Over 2 Holdings 3 NAV"),
    (20, " 1 2 Holdings 3"), (12, " 2 Holdings"),
  ])
  func tabsShortenTogetherAndTheOpenOneStays(_ width: Int, _ shown: String) {
    let tabs = Tabs([.init(key: "1", "Overview"), .init(key: "2", "Holdings"), .init(key: "3", "NAV desk")], active: 1)
    #expect(text(width, 1) { tabs.draw(in: $1, on: &$0) } == shown)
  }

  @Test func aMenuKeepsItsSelectionInSight() {
    let menu = Menu("Pick", (0..<30).map { .init("item \($0)") }, selected: 20)
    let shown = text(30, 8) { menu.draw(in: $1, on: &$0) }
    #expect(shown.contains("item 20"))
    #expect(!shown.contains("item 2 "))
  }

  @Test func aDialogAnswersOnItsButtonsOnly() {
    var canvas = Canvas(Size(width: 50, height: 12))
    let hits = Dialog("Delete?", "This can be undone.", buttons: ["Cancel", "Delete"], selected: 1).draw(in: canvas.bounds, on: &canvas)
    #expect(hits.map(\.target) == [0, 1])
    #expect(canvas.text().contains("[ Delete ]"))
    #expect(hits.target(x: hits[1].rect.x, y: hits[1].rect.y) == 1)
    #expect(hits.target(x: 0, y: 0) == nil)
  }

  @Test(arguments: [(80, 24), (120, 40), (40, 10)])
  func aFullScreenLooksAsRecorded(_ width: Int, _ height: Int) throws {
    var canvas = Canvas(Size(width: width, height: height))
    Scene.overview(on: &canvas)
    try expectGolden(canvas.dump(), "overview-\(width)x\(height)")
  }

  @Test func aConsoleWithoutUnicodeGetsTheSameScreen() throws {
    var canvas = Canvas(Size(width: 80, height: 24), glyphs: .ascii)
    Scene.overview(on: &canvas)
    try expectGolden(canvas.dump(), "overview-ascii")
    // Names keep their letters; everything the widgets draw is ASCII.
    let drawn = canvas.text().unicodeScalars.filter { !$0.isASCII && CellWidth.of($0) == 1 && $0 != "…" }
    #expect(drawn.isEmpty, "\(String(String.UnicodeScalarView(drawn)))")
  }

  @Test func overlaysLookAsRecorded() throws {
    var canvas = Canvas(Size(width: 80, height: 24))
    Scene.overview(on: &canvas)
    canvas.dim(canvas.bounds)
    Dialog(
      "Delete event?", "Buy of 10 LOFT will be removed.\nu brings it back.", buttons: ["Cancel", "Delete"], selected: 1, isDangerous: true
    )
    .draw(in: Rect(x: 0, y: 0, width: 80, height: 12), on: &canvas)
    Toast("Imported 430,112 rows; 3 problems are kept under Imports.", .warning).draw(in: canvas.bounds, on: &canvas)
    var prompt = Prompt(":", field: TextField("se"), problem: "unknown")
    prompt.field.completions = ["settings", "set-currency"]
    prompt.draw(in: Rect(x: 0, y: 12, width: 40, height: 12), on: &canvas)
    try expectGolden(canvas.dump(), "overlays")
  }

  @Test(arguments: 0..<24)
  func everyWidgetSurvivesEverySize(_ width: Int) {
    for height in 0..<12 {
      for glyphs in [GlyphSet.full, .console, .ascii] {
        var canvas = Canvas(Size(width: width, height: height), glyphs: glyphs)
        Scene.overview(on: &canvas)
        let all = canvas.bounds
        Menu("Pick", [.init("item", detail: "d")], filter: TextField("f")).draw(in: all, on: &canvas)
        Dialog("Title", "message that wraps", buttons: ["A", "B"]).draw(in: all, on: &canvas)
        Toast("text", .error).draw(in: all, on: &canvas)
        Progress("Work", part: nil, details: [.init("a", "b")]).draw(in: all, on: &canvas)
        var prompt = Prompt(":", field: TextField("long text here"))
        prompt.field.completions = ["a", "b"]
        prompt.draw(in: all, on: &canvas)
        #expect(canvas.cells.count == width * height)
      }
    }
  }
}
