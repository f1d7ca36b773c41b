/// What charts are drawn with.
public enum ChartGlyphs: String, Hashable, Sendable, CaseIterable {
  /// Two by four dots a cell.
  case braille
  /// Eighths of a block.
  case block
  /// Characters every font has.
  case ascii
}

/// What frames are drawn with.
public enum LineGlyphs: String, Hashable, Sendable, CaseIterable {
  /// Box drawing with round corners.
  case rounded
  /// Box drawing with square corners.
  case square
  /// Plus, minus and bar.
  case ascii
}

/// The glyphs a terminal's font is trusted with.
public struct GlyphSet: Hashable, Sendable {
  /// For charts.
  public var charts: ChartGlyphs
  /// For frames.
  public var lines: LineGlyphs

  /// A set.
  public init(charts: ChartGlyphs = .braille, lines: LineGlyphs = .rounded) {
    self.charts = charts
    self.lines = lines
  }

  /// Everything a modern terminal has.
  public static let full = GlyphSet()
  /// The 512 glyphs of a Linux console.
  public static let console = GlyphSet(charts: .ascii, lines: .square)
  /// Nothing beyond ASCII in frames and charts.
  public static let ascii = GlyphSet(charts: .ascii, lines: .ascii)

  /// Corners clockwise from the top left, then horizontal, vertical, left tee, right tee.
  var frame: [UInt32] {
    switch lines {
    case .rounded: [0x256D, 0x256E, 0x256F, 0x2570, 0x2500, 0x2502, 0x251C, 0x2524]
    case .square: [0x250C, 0x2510, 0x2518, 0x2514, 0x2500, 0x2502, 0x251C, 0x2524]
    case .ascii: [0x2B, 0x2B, 0x2B, 0x2B, 0x2D, 0x7C, 0x2B, 0x2B]
    }
  }
}
