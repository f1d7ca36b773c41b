import Testing

@testable import TermKit

@Suite struct KeyTests {
  @Test(arguments: [
    ("a", Key.char("a")), ("A", .char("A")), ("C-r", .control("r")), ("M-x", Key(.char("x"), .alt)), ("S-Tab", .backTab),
    ("F5", Key(.function(5))),
    ("Enter", .enter), ("PgDn", Key(.pageDown)), ("C-Right", Key(.right, .control)), ("Space", .char(" ")), ("C-Space", .control(" ")),
    ("-", .char("-")),
    ("C--", .control("-")), ("é", .char("é")), ("C-M-S-Up", Key(.up, [.control, .alt, .shift])), ("?", .char("?")),
  ])
  func aNameReadsAndPrintsTheSame(_ name: String, _ key: Key) {
    #expect(Key(name) == key)
    #expect(key.description == name)
  }

  @Test(arguments: ["", "ab", "C-", "X-a", "F0", "F99", "S-a", "\u{1B}", "\u{301}", "Entr"])
  func whatIsNoKeyHasNoName(_ name: String) { #expect(Key(name) == nil) }

  @Test func namesOfKeysIgnoreCaseAndCharactersDoNot() {
    #expect(Key("pgdn") == Key(.pageDown))
    #expect(Key("g") != Key("G"))
  }
}

@Suite struct TextFieldTests {
  private func typed(_ text: String, _ keys: [String]) -> TextField {
    var field = TextField(text)
    for name in keys { if let key = Key(name) { _ = field.take(key) } }
    return field
  }

  @Test(arguments: [
    ("ab", ["c"], "abc", 3), ("ab", ["Left", "x"], "axb", 2), ("ab", ["Home", "Del"], "b", 0), ("one two", ["C-w"], "one ", 4),
    ("one two", ["M-b", "C-k"], "one ", 4), ("one two", ["M-b", "C-u"], "two", 0), ("ab", ["Home", "Backspace"], "ab", 0),
    ("ab", ["Del"], "ab", 2),
    ("e\u{301}x", ["Backspace", "Backspace"], "", 0), ("", ["Space"], " ", 1), ("one two", ["C-a", "M-f", "M-d"], "one", 3),
  ])
  func keysEdit(_ text: String, _ keys: [String], _ after: String, _ cursor: Int) {
    let field = typed(text, keys)
    #expect(field.text == after)
    #expect(field.cursor == cursor)
  }

  @Test func aCombiningMarkJoinsTheCharacterBefore() {
    var field = TextField("e")
    #expect(field.take(.char("\u{301}")) == .edited)
    #expect(field.cursor == 1)
  }

  @Test func upAndDownWalkTheHistoryAndKeepTheDraft() {
    var field = TextField("draft")
    field.history = ["first", "second"]
    _ = field.take(Key(.up))
    #expect(field.text == "second")
    _ = field.take(Key(.up))
    _ = field.take(Key(.up))
    #expect(field.text == "first")
    _ = field.take(Key(.down))
    _ = field.take(Key(.down))
    #expect(field.text == "draft")
  }

  @Test func tabWalksTheCompletions() {
    var field = TextField("s")
    #expect(field.take(.tab) == .ignored)
    field.completions = ["set", "show"]
    _ = field.take(.tab)
    #expect(field.text == "set")
    _ = field.take(.backTab)
    #expect(field.text == "show")
  }

  @Test func aPasteLosesControlCharactersAndKeepsOneLine() {
    var field = TextField("[]")
    _ = field.take(Key(.left))
    _ = field.insert("a\nb\u{1B}c\u{9B}")
    #expect(field.text == "[a bc]")
    #expect(field.cursor == 5)
  }

  @Test func enterSubmitsAndEscCancels() {
    var field = TextField("x")
    #expect(field.take(.enter) == .submitted)
    #expect(field.take(.escape) == .cancelled)
    #expect(field.take(Key(.function(5))) == .ignored)
  }

  @Test func theTextScrollsToTheCursor() {
    var canvas = Canvas(Size(width: 5, height: 1))
    TextField("abcdefgh").draw(in: canvas.bounds, on: &canvas)
    #expect(canvas.text() == "efgh")
    #expect(canvas[4, 0]?.style.role == .cursor)
  }
}
