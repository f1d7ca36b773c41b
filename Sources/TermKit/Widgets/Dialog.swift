/// A question or a notice in the middle of the screen.
public struct Dialog: Hashable, Sendable {
  /// The title of the frame.
  public var title: String
  /// The text; wrapped.
  public var message: String
  /// The buttons, left to right; empty for a notice.
  public var buttons: [String]
  /// The selected button.
  public var selected: Int
  /// True colours the frame as a warning.
  public var isDangerous: Bool

  /// A dialog.
  public init(_ title: String, _ message: String, buttons: [String] = ["OK"], selected: Int = 0, isDangerous: Bool = false) {
    self.title = title
    self.message = message
    self.buttons = buttons
    self.selected = selected
    self.isDangerous = isDangerous
  }

  /// Draws it and returns where a click presses which button.
  ///
  /// The caller dims what lies below.
  @discardableResult
  public func draw(in rect: Rect, on canvas: inout Canvas) -> [HitRegion<Int>] {
    let row = buttons.reduce(0) { $0 + CellWidth.of($1) + 6 }
    let longest = message.split(separator: "\n").map { CellWidth.of(String($0)) }.max() ?? 0
    let width = min(rect.width - 2, max(30, row + 4, min(longest + 6, 68), CellWidth.of(title) + 6))
    let lines = TextBlock.wrap(message, width: width - 6)
    let box = rect.centered(width: width, height: lines.count + (buttons.isEmpty ? 4 : 6))
    let inside = Panel(title, isFocused: true, ground: .dialog).draw(in: box, on: &canvas)
    if isDangerous {
      canvas.restyle(box) { $0.role == .borderFocused ? Style(.warning, on: .dialog) : $0 }
    }
    let room = inside.inset(2, 1)
    for (index, line) in lines.enumerated() where index < room.height - (buttons.isEmpty ? 0 : 2) {
      canvas.put(line, x: room.x, y: room.y + index, Style(.text, on: .dialog), width: room.width)
    }
    guard !buttons.isEmpty, room.height > 0 else { return [] }
    var hits: [HitRegion<Int>] = []
    var x = room.maxX - row + 2
    for (index, button) in buttons.enumerated() {
      let place = Rect(x: x, y: room.maxY - 1, width: CellWidth.of(button) + 4, height: 1)
      let isSelected = index == selected
      let style = isSelected ? Style(.selection, .bold, on: .selection) : Style(.text, on: .dialog)
      canvas.put(isSelected ? "[ \(button) ]" : "  \(button)  ", x: place.x, y: place.y, style)
      hits.append(HitRegion(place, index))
      x += place.width + 2
    }
    return hits
  }
}

/// A short message at the bottom right that goes away by itself.
public struct Toast: Hashable, Sendable {
  /// The message.
  public var text: String
  /// `.info`, `.gain` for done, `.warning` or `.error`.
  public var role: Role

  /// A message.
  public init(_ text: String, _ role: Role = .info) {
    self.text = text
    self.role = role
  }

  /// Draws it at the bottom right of a rectangle, wrapped to three lines at most.
  public func draw(in rect: Rect, on canvas: inout Canvas) {
    let width = min(rect.width, max(12, min(60, CellWidth.of(text) + 6)))
    let lines = TextBlock.wrap(text, width: width - 6).prefix(3)
    let box = Rect(x: rect.maxX - width, y: rect.maxY - lines.count - 2, width: width, height: lines.count + 2)
    guard box.y >= rect.y, width > 8 else { return }
    Panel(ground: .dialog).draw(in: box, on: &canvas)
    canvas.restyle(box) { $0.role == .border ? Style(role, on: .dialog) : $0 }
    let ascii = canvas.glyphs.lines == .ascii
    let mark: Unicode.Scalar =
      switch role {
      case .error: ascii ? "x" : "×"
      case .warning: "!"
      case .gain: ascii ? "*" : "✓"
      default: ascii ? "i" : "•"
      }
    canvas.put(mark, x: box.x + 2, y: box.y + 1, Style(role, .bold, on: .dialog))
    for (index, line) in lines.enumerated() {
      canvas.put(line, x: box.x + 4, y: box.y + 1 + index, Style(.text, on: .dialog), width: width - 6)
    }
  }
}
