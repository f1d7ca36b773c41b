/// Where text sits in the width it is given.
public enum Alignment: Hashable, Sendable {
  /// At the left.
  case left
  /// At the right. Text that is too wide becomes `#`: a number with its end cut off is another number.
  case right
  /// In the middle.
  case center
}

extension Canvas {
  /// Puts text on one row and returns the column after it.
  ///
  /// Text from data is safe here: control characters, escape, bidi overrides and unassigned scalars become U+FFFD; variation
  /// selectors and joiners are dropped; combining marks join the cell before them.
  ///
  /// - Parameter width: cells at most; longer text ends in `…`.
  @discardableResult
  public mutating func put(_ text: String, x: Int, y: Int, _ style: Style = .text, width: Int? = nil) -> Int {
    guard let width else { return putClean(text, x: x, y: y, style, room: .max) }
    guard width > 0 else { return x }
    let needed = CellWidth.of(text)
    guard needed > width else { return putClean(text, x: x, y: y, style, room: width) }
    var end = putClean(text, x: x, y: y, style, room: width - 1)
    set(0x2026, x: end, y: y, style)
    end += 1
    while end < x + width {
      set(0x20, x: end, y: y, style)
      end += 1
    }
    return end
  }

  /// Puts text aligned in the first row of a rectangle.
  public mutating func put(_ text: String, in rect: Rect, _ style: Style = .text, align: Alignment) {
    guard !rect.isEmpty else { return }
    let needed = CellWidth.of(text)
    switch align {
    case .left:
      put(text, x: rect.x, y: rect.y, style, width: rect.width)
    case .right where needed > rect.width:
      for x in rect.x..<rect.maxX { set(0x23, x: x, y: rect.y, style) }
    case .right:
      put(text, x: rect.maxX - needed, y: rect.y, style, width: rect.width)
    case .center:
      put(text, x: rect.x + max(0, rect.width - needed) / 2, y: rect.y, style, width: rect.width)
    }
  }

  /// Puts several pieces one after the other and returns the column after the last.
  @discardableResult
  public mutating func put(_ spans: [Span], x: Int, y: Int, width: Int) -> Int {
    var at = x
    for span in spans {
      guard at < x + width else { break }
      at = put(span.text, x: at, y: y, span.style, width: x + width - at)
    }
    return at
  }

  private mutating func putClean(_ text: String, x: Int, y: Int, _ style: Style, room: Int) -> Int {
    guard y >= clip.y, y < clip.maxY else { return x + min(room, CellWidth.of(text)) }
    let plain = text.utf8.withContiguousStorageIfAvailable { bytes -> Int? in
      guard bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else { return nil }
      let shown = min(room, bytes.count)
      set(ascii: UnsafeBufferPointer(rebasing: bytes[..<shown]), x: x, y: y, style)
      return x + shown
    }
    if let end = plain.flatMap({ $0 }) { return end }
    var at = x
    let end = room == .max ? Int.max : x + room
    for scalar in text.unicodeScalars {
      switch CellWidth.classify(scalar.value) {
      case .dropped: continue
      case .mark:
        if at > x { join(scalar.value, before: at, y: y) }
      case .one, .replaced:
        guard at < end else { return at }
        set(CellWidth.classify(scalar.value) == .one ? scalar.value : 0xFFFD, x: at, y: y, style)
        at += 1
      case .two:
        guard at + 1 < end else { return at }
        setWide(scalar.value, x: at, y: y, style)
        at += 2
      }
    }
    return at
  }
}

/// A piece of text with a style of its own.
public struct Span: Hashable, Sendable {
  /// The text.
  public var text: String
  /// How it looks.
  public var style: Style

  /// A piece of text.
  public init(_ text: String, _ style: Style = .text) {
    self.text = text
    self.style = style
  }
}
