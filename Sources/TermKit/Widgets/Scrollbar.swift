/// A vertical scroll bar.
public struct Scrollbar: Hashable, Sendable {
  /// Rows in the list.
  public var total: Int
  /// Rows in sight.
  public var visible: Int
  /// The first row in sight.
  public var first: Int

  /// A scroll bar.
  public init(total: Int, visible: Int, first: Int) {
    self.total = total
    self.visible = visible
    self.first = first
  }

  /// Offset and length of the thumb on a track of `height` cells; at least one cell.
  func thumb(height: Int) -> (offset: Int, length: Int) {
    guard total > visible, height > 0 else { return (0, height) }
    let length = max(1, height * visible / total)
    return ((height - length) * min(max(0, first), total - visible) / (total - visible), length)
  }

  /// The first row when the track is clicked `y` cells below its top.
  public func first(at y: Int, of height: Int) -> Int {
    guard total > visible, height > 1 else { return 0 }
    return min(max(0, y), height - 1) * (total - visible) / (height - 1)
  }

  /// Draws it in a rectangle one cell wide.
  public func draw(in rect: Rect, on canvas: inout Canvas) {
    let (offset, length) = thumb(height: rect.height)
    for y in 0..<rect.height {
      let isThumb = y >= offset && y < offset + length
      let glyph: Unicode.Scalar = canvas.glyphs.lines == .ascii ? (isThumb ? "#" : "|") : (isThumb ? "█" : "│")
      canvas.put(glyph, x: rect.x, y: rect.y + y, Style(isThumb ? .scrollbarThumb : .scrollbar))
    }
  }
}
