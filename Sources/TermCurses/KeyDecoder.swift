internal import CTerm
internal import TermKit

/// Turns the events of the C layer into inputs: Alt as a prefix, pastes as one text, double clicks.
struct KeyDecoder {
  /// A paste is cut here; the rest is read and dropped.
  static let pasteLimit = 4 << 20

  private var pasted: String.UnicodeScalarView?
  private var pastedCount = 0
  private var pending = Pending.nothing
  private var lastPress: (x: Int, y: Int, at: Int64)?

  /// What may still become a sequence that terminfo does not know. Without this an unknown key types its own letters.
  private enum Pending {
    case nothing
    case escape
    /// After `ESC O`.
    case single
    /// After `ESC [`, with what came since.
    case control([UInt32])
  }

  /// True in the middle of a paste.
  var isPasting: Bool { pasted != nil }

  /// Takes one event; `now` in milliseconds dates it for double clicks.
  ///
  /// Resizes are not keys and give nothing.
  mutating func take(_ event: ct_event, now: Int64) -> [Input] {
    let kind = Int(event.kind)
    if kind == CT_PASTE_BEGIN {
      pasted = String.UnicodeScalarView()
      pastedCount = 0
      return settle()
    }
    if kind == CT_PASTE_END { return endPaste() }
    if kind == CT_CHAR, let scalar = Unicode.Scalar(UInt32(bitPattern: event.code)) {
      if pasted != nil {
        pastedCount += 1
        if pastedCount <= Self.pasteLimit { pasted?.append(scalar == "\r" ? "\n" : scalar) }
        return []
      }
      return character(scalar)
    }
    guard pasted == nil else { return [] }
    if kind == CT_KEY {
      guard var key = Self.named(event) else { return settle() }
      if case .escape = pending {
        pending = .nothing
        key.modifiers.insert(.alt)
      }
      return settle() + [.key(key)]
    }
    let before = settle()
    guard kind == CT_MOUSE, let mouse = mouse(event, now: now) else { return before }
    return before + [.mouse(mouse)]
  }

  private mutating func character(_ scalar: Unicode.Scalar) -> [Input] {
    let before = pending
    pending = .nothing
    switch (before, scalar) {
    case (.nothing, "\u{1B}"): pending = .escape
    case (.nothing, _): return [.key(Self.key(scalar))]
    case (.escape, "\u{1B}"):
      pending = .escape
      return [.key(.escape)]
    case (.escape, "["): pending = .control([])
    case (.escape, "O"): pending = .single
    case (.escape, _): return [.key(Self.alt(scalar))]
    case (.single, _): return [.key(Self.single[scalar] ?? Self.alt(scalar))]
    case (.control(let bytes), _):
      // Parameters and intermediates until a final byte; a sequence nobody knows says nothing.
      if (0x20...0x3F).contains(scalar.value), bytes.count < 32 {
        pending = .control(bytes + [scalar.value])
      } else if scalar == "Z" {
        return [.key(.backTab)]
      } else if bytes.isEmpty, let key = Self.single[scalar] {
        return [.key(key)]
      }
    }
    return []
  }

  /// What the terminals of the last forty years send after `ESC O`, and most after `ESC [`.
  private static let single: [Unicode.Scalar: Key] = [
    "A": Key(.up), "B": Key(.down), "C": Key(.right), "D": Key(.left), "H": Key(.home), "F": Key(.end), "M": .enter, "P": Key(.function(1)),
    "Q": Key(.function(2)), "R": Key(.function(3)), "S": Key(.function(4)),
  ]

  private static func alt(_ scalar: Unicode.Scalar) -> Key {
    var key = key(scalar)
    key.modifiers.insert(.alt)
    return key
  }

  /// Nothing more is on its way: an escape that waited for a second character was a key of its own.
  mutating func settle() -> [Input] {
    defer { pending = .nothing }
    switch pending {
    case .escape: return [.key(.escape)]
    case .single: return [.key(Self.alt("O"))]
    case .control(let bytes) where bytes.isEmpty: return [.key(Self.alt("["))]
    case .nothing, .control: return []
    }
  }

  /// Ends a paste, also one whose end the terminal never sent.
  mutating func endPaste() -> [Input] {
    guard let text = pasted else { return [] }
    pasted = nil
    return [.paste(String(text))]
  }

  /// A character as a key: control characters are Ctrl and a letter, except those with names.
  static func key(_ scalar: Unicode.Scalar) -> Key {
    switch scalar.value {
    case 9: .tab
    case 13: .enter
    case 8, 127: Key(.backspace)
    case 27: .escape
    case 0: .control(" ")
    case 1...26: .control(Unicode.Scalar(UInt8(scalar.value + 96)))
    case 28...31: .control(Unicode.Scalar(UInt8(scalar.value + 64)))
    default: .char(scalar)
    }
  }

  private static func named(_ event: ct_event) -> Key? {
    let modifiers = Key.Modifiers(rawValue: UInt8(truncatingIfNeeded: event.modifiers) & 7)
    if event.code >= CT_F0 { return Key(.function(Int(event.code) - CT_F0), modifiers) }
    let codes: [Int: Key.Code] = [
      CT_UP: .up, CT_DOWN: .down, CT_LEFT: .left, CT_RIGHT: .right, CT_HOME: .home,
      CT_END: .end, CT_PAGE_UP: .pageUp, CT_PAGE_DOWN: .pageDown, CT_INSERT: .insert,
      CT_DELETE: .delete, CT_BACKSPACE: .backspace, CT_ENTER: .enter,
    ]
    if event.code == CT_BACK_TAB { return .backTab }
    return codes[Int(event.code)].map { Key($0, modifiers) }
  }

  /// The SGR button number: low two bits the button, 4 shift, 8 alt, 16 control, 32 motion, 64 wheel.
  private mutating func mouse(_ event: ct_event, now: Int64) -> Mouse? {
    let code = event.code
    let (x, y) = (Int(event.x), Int(event.y))
    guard x >= 0, y >= 0 else { return nil }
    var modifiers: Key.Modifiers = []
    if code & 4 != 0 { modifiers.insert(.shift) }
    if code & 8 != 0 { modifiers.insert(.alt) }
    if code & 16 != 0 { modifiers.insert(.control) }
    if code & 64 != 0 {
      guard code & 3 < 2 else { return nil }
      return Mouse(.wheel(code & 1 == 0 ? -1 : 1), x: x, y: y, modifiers: modifiers)
    }
    let buttons: [Mouse.Button?] = [.left, .middle, .right, nil]
    guard let button = buttons[Int(code & 3)] else { return nil }
    if code & 32 != 0 { return Mouse(.drag(button), x: x, y: y, modifiers: modifiers) }
    if event.released { return Mouse(.release(button), x: x, y: y, modifiers: modifiers) }
    let isDouble = lastPress.map { $0.x == x && $0.y == y && now - $0.at < 400 } ?? false
    lastPress = isDouble ? nil : (x, y, now)
    return Mouse(.press(button), x: x, y: y, modifiers: modifiers, isDouble: isDouble)
  }
}
