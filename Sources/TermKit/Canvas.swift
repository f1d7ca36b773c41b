/// A screen of cells that views draw on.
///
/// Writes outside `clip` vanish, so no view checks bounds.
///
/// A wide glyph owns two cells: overwriting either half blanks the other, and one that would stick out over the edge becomes
/// a space.
public struct Canvas: Sendable {
  /// Columns and rows.
  public let size: Size
  /// All cells, row by row.
  public private(set) var cells: [Cell]
  /// Where writes are allowed; never larger than the canvas.
  public private(set) var clip: Rect
  /// Where the hardware cursor shows, or nil to hide it.
  public var cursor: (x: Int, y: Int)?
  /// The glyphs widgets may use.
  public var glyphs: GlyphSet

  /// An empty canvas.
  public init(_ size: Size, glyphs: GlyphSet = .full) {
    self.size = size
    self.glyphs = glyphs
    cells = [Cell](repeating: .blank(.text), count: size.width * size.height)
    clip = Rect(size)
  }

  /// Makes it an empty canvas of a size, in the memory it has where that is the size already: a large screen has a megabyte of cells.
  public mutating func clear(to size: Size) {
    guard size == self.size else {
      self = Canvas(size, glyphs: glyphs)
      return
    }
    clip = bounds
    cursor = nil
    fill(bounds)
  }

  /// The whole of it.
  public var bounds: Rect { Rect(size) }

  /// A cell, or nil outside.
  public subscript(x: Int, y: Int) -> Cell? { bounds.contains(x: x, y: y) ? cells[y * size.width + x] : nil }

  /// Draws with writes confined to a rectangle.
  public mutating func clipped(to rect: Rect, _ draw: (inout Canvas) -> Void) {
    let before = clip
    clip = clip.intersection(rect)
    draw(&self)
    clip = before
  }

  /// Blanks a rectangle.
  public mutating func fill(_ rect: Rect, _ style: Style = .text) { fill(rect, with: 0x20, style) }

  /// Fills a rectangle with a glyph; a glyph that is not one cell wide becomes U+FFFD.
  public mutating func fill(_ rect: Rect, with glyph: Unicode.Scalar, _ style: Style) {
    fill(rect, with: CellWidth.classify(glyph.value) == .one ? glyph.value : 0xFFFD, style)
  }

  private mutating func fill(_ rect: Rect, with scalar: UInt32, _ style: Style) {
    let area = rect.intersection(clip)
    guard !area.isEmpty else { return }
    let cell = Cell(scalar, style)
    for y in area.y..<area.maxY {
      split(x: area.x, y: y)
      split(x: area.maxX, y: y)
    }
    let width = size.width
    cells.withUnsafeMutableBufferPointer { cells in
      for y in area.y..<area.maxY {
        cells[y * width + area.x..<y * width + area.maxX].update(repeating: cell)
      }
    }
  }

  /// Puts one glyph.
  ///
  /// One that is not one cell wide becomes U+FFFD.
  public mutating func put(_ glyph: Unicode.Scalar, x: Int, y: Int, _ style: Style) {
    set(CellWidth.classify(glyph.value) == .one ? glyph.value : 0xFFFD, x: x, y: y, style)
  }

  /// Changes how a rectangle looks and leaves its glyphs.
  public mutating func restyle(_ rect: Rect, _ change: (Style) -> Style) {
    let area = rect.intersection(clip)
    guard !area.isEmpty else { return }
    let width = size.width
    cells.withUnsafeMutableBufferPointer { cells in
      for y in area.y..<area.maxY {
        for index in y * width + area.x..<y * width + area.maxX { cells[index].style = change(cells[index].style) }
      }
    }
  }

  /// Greys a rectangle out, for what lies below a dialog.
  public mutating func dim(_ rect: Rect) { restyle(rect) { _ in Style(.muted, .dim) } }

  /// Puts a scalar known to be one cell wide.
  mutating func set(_ scalar: UInt32, x: Int, y: Int, _ style: Style) {
    guard clip.contains(x: x, y: y) else { return }
    let index = y * size.width + x
    unpair(index, x: x)
    cells[index] = Cell(scalar, style)
  }

  /// Puts printable ASCII from a column on, without going through what other text needs cell by cell.
  mutating func set(ascii text: UnsafeBufferPointer<UInt8>, x: Int, y: Int, _ style: Style) {
    let (from, to) = (max(x, clip.x), min(x + text.count, clip.maxX))
    guard y >= clip.y, y < clip.maxY, from < to else { return }
    split(x: from, y: y)
    split(x: to, y: y)
    let start = y * size.width
    cells.withUnsafeMutableBufferPointer { cells in
      for column in from..<to { cells[start + column] = Cell(UInt32(text[column - x]), style) }
    }
  }

  /// Puts a wide scalar, or a space where only one half is inside.
  mutating func setWide(_ scalar: UInt32, x: Int, y: Int, _ style: Style) {
    guard clip.contains(x: x, y: y), clip.contains(x: x + 1, y: y) else {
      set(0x20, x: x, y: y, style)
      set(0x20, x: x + 1, y: y, style)
      return
    }
    let index = y * size.width + x
    unpair(index, x: x)
    unpair(index + 1, x: x + 1)
    cells[index] = Cell(scalar, style)
    cells[index + 1] = Cell(0, style)
  }

  /// Joins a combining mark to the glyph that ends before `x`.
  mutating func join(_ mark: UInt32, before x: Int, y: Int) {
    guard clip.contains(x: x - 1, y: y) else { return }
    let index = y * size.width + x - 1
    let base = cells[index].isContinuation && x > 1 ? index - 1 : index
    cells[base].join(mark)
  }

  /// Blanks the other half of a wide glyph that is about to lose this one.
  private mutating func unpair(_ index: Int, x: Int) {
    if cells[index].isContinuation {
      if x > 0 { cells[index - 1] = .blank(cells[index - 1].style) }
    } else if x + 1 < size.width, cells[index + 1].isContinuation {
      cells[index + 1] = .blank(cells[index + 1].style)
    }
  }

  /// Blanks a wide glyph that straddles the left edge of column `x`.
  private mutating func split(x: Int, y: Int) {
    guard x > 0, x < size.width else { return }
    let index = y * size.width + x
    guard cells[index].isContinuation else { return }
    cells[index] = .blank(cells[index].style)
    cells[index - 1] = .blank(cells[index - 1].style)
  }
}
