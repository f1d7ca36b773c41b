/// A frame with a title.
public struct Panel: Hashable, Sendable {
  /// At the top left.
  public var title: String
  /// At the top right: a count, a filter, a date.
  public var note: String
  /// At the bottom right.
  public var footnote: String
  /// True when the pane has the keys.
  public var isFocused: Bool
  /// The ground inside; `.dialog` for popups.
  public var ground: Role

  /// A frame.
  public init(_ title: String = "", note: String = "", footnote: String = "", isFocused: Bool = false, ground: Role = .background) {
    self.title = title
    self.note = note
    self.footnote = footnote
    self.isFocused = isFocused
    self.ground = ground
  }

  /// Draws it, blanks the inside, and returns the inside.
  @discardableResult
  public func draw(in rect: Rect, on canvas: inout Canvas) -> Rect {
    guard rect.width > 1, rect.height > 1 else { return Rect(x: rect.x, y: rect.y, width: 0, height: 0) }
    let glyphs = canvas.glyphs.frame
    let line = Style(isFocused ? .borderFocused : .border, on: ground)
    canvas.fill(rect, Style(.text, on: ground))
    for x in rect.x + 1..<rect.maxX - 1 {
      canvas.set(glyphs[4], x: x, y: rect.y, line)
      canvas.set(glyphs[4], x: x, y: rect.maxY - 1, line)
    }
    for y in rect.y + 1..<rect.maxY - 1 {
      canvas.set(glyphs[5], x: rect.x, y: y, line)
      canvas.set(glyphs[5], x: rect.maxX - 1, y: y, line)
    }
    canvas.set(glyphs[0], x: rect.x, y: rect.y, line)
    canvas.set(glyphs[1], x: rect.maxX - 1, y: rect.y, line)
    canvas.set(glyphs[2], x: rect.maxX - 1, y: rect.maxY - 1, line)
    canvas.set(glyphs[3], x: rect.x, y: rect.maxY - 1, line)
    let titleStyle = Style(isFocused ? .title : .muted, isFocused ? [] : .bold, on: ground)
    var left = rect.x + 2
    if !title.isEmpty { left = canvas.put(" \(title) ", x: rect.x + 1, y: rect.y, titleStyle, width: rect.width - 2) }
    putRight(note, y: rect.y, from: left + 1, rect, on: &canvas)
    putRight(footnote, y: rect.maxY - 1, from: rect.x + 2, rect, on: &canvas)
    return rect.inset(1, 1)
  }

  private func putRight(_ text: String, y: Int, from left: Int, _ rect: Rect, on canvas: inout Canvas) {
    let room = rect.maxX - 1 - left
    guard !text.isEmpty, room > 4 else { return }
    let width = min(room, CellWidth.of(text) + 2)
    canvas.put(" \(text) ", x: rect.maxX - 1 - width, y: y, Style(.muted, on: ground), width: width)
  }
}
