import CTerm
import TermKit
import Testing

@testable import TermCurses

@Suite struct KeyDecoderTests {
  private func event(_ kind: Int, _ code: Int32 = 0, x: Int32 = 0, y: Int32 = 0, released: Bool = false) -> ct_event {
    ct_event(kind: Int32(kind), code: code, modifiers: 0, x: x, y: y, released: released)
  }

  /// Key names for text as it comes from a terminal, in one burst.
  private func names(_ text: String) -> [String] {
    var decoder = KeyDecoder()
    var inputs = text.unicodeScalars.flatMap { decoder.take(event(CT_CHAR, Int32($0.value)), now: 0) }
    inputs += decoder.settle()
    return inputs.map { if case .key(let key) = $0 { key.description } else { "?" } }
  }

  @Test(arguments: [
    ("a", ["a"]), ("\r", ["Enter"]), ("\t", ["Tab"]), ("\u{7F}", ["Backspace"]), ("\u{1}", ["C-a"]), ("\u{0}", ["C-Space"]),
    ("\u{1B}", ["Esc"]), ("\u{1B}x", ["M-x"]), ("\u{1B}\u{1B}", ["Esc", "Esc"]), ("\u{1B}\r", ["M-Enter"]), ("é", ["é"]),
    ("\u{1B}[", ["M-["]), ("\u{1B}O", ["M-O"]), ("\u{1B}[Z", ["S-Tab"]), ("\u{1B}OP", ["F1"]), ("\u{1B}[A", ["Up"]), ("\u{1B}Ox", ["M-x"]),
    ("\u{1B}[99;7ua", ["a"]), ("\u{1B}[?1;2cq", ["q"]),
  ])
  func aBurstOfCharactersIsTheKeyThatSentIt(_ text: String, _ keys: [String]) { #expect(names(text) == keys) }

  @Test func aPasteIsOneTextWhateverIsInIt() {
    var decoder = KeyDecoder()
    var inputs = decoder.take(event(CT_PASTE_BEGIN), now: 0)
    for scalar in "a\rb\u{1B}q".unicodeScalars { inputs += decoder.take(event(CT_CHAR, Int32(scalar.value)), now: 0) }
    inputs += decoder.take(event(CT_KEY, Int32(CT_UP)), now: 0)
    inputs += decoder.take(event(CT_PASTE_END), now: 0)
    #expect(inputs == [.paste("a\nb\u{1B}q")])
    #expect(!decoder.isPasting)
  }

  @Test(
    arguments: [
      (Int32(0), false, Mouse.Action.press(.left)), (0, true, .release(.left)), (2, false, .press(.right)), (32, false, .drag(.left)),
      (64, false, .wheel(-1)), (65, false, .wheel(1)),
    ] as [(Int32, Bool, Mouse.Action)])
  func mouseButtonsAreDecoded(_ code: Int32, _ released: Bool, _ action: Mouse.Action) {
    var decoder = KeyDecoder()
    let inputs = decoder.take(event(CT_MOUSE, code, x: 239, y: 4, released: released), now: 0)
    #expect(inputs == [.mouse(Mouse(action, x: 239, y: 4))])
  }

  @Test(arguments: [(100, 5, true), (500, 5, false), (100, 6, false)] as [(Int64, Int32, Bool)])
  func theSecondPressInOnePlaceWithinTheTimeIsADoubleClick(_ later: Int64, _ x: Int32, _ isDouble: Bool) {
    var decoder = KeyDecoder()
    _ = decoder.take(event(CT_MOUSE, 0, x: 5, y: 5), now: 1000)
    let inputs = decoder.take(event(CT_MOUSE, 0, x: x, y: 5), now: 1000 + later)
    #expect(inputs == [.mouse(Mouse(.press(.left), x: Int(x), y: 5, isDouble: isDouble))])
  }

  @Test func aThirdPressIsNotAnotherDoubleClick() {
    var decoder = KeyDecoder()
    let doubles = [0, 50, 100].map { (now: Int64) -> Bool in
      guard case .mouse(let mouse)? = decoder.take(event(CT_MOUSE, 0), now: now).first else { return false }
      return mouse.isDouble
    }
    #expect(doubles == [false, true, false])
  }

  @Test(arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")])
  func theClipboardSpeaksBase64(_ text: String, _ coded: String) {
    // Source: RFC 4648, section 10.
    #expect(String(decoding: base64(Array(text.utf8)), as: UTF8.self) == coded)
  }

  @Test func messagesArriveInOrderAndOnce() {
    let mailbox = Mailbox<Int>()
    for number in 0..<5 { mailbox.send(number) }
    #expect(mailbox.drain() == [0, 1, 2, 3, 4])
    #expect(mailbox.drain() == [])
  }
}
