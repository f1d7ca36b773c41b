/// One cell of the screen: a base scalar, up to three combining marks, a style.
///
/// Sixteen bytes.
public struct Cell: Hashable, Sendable {
  /// The base scalar; 0 in the right half of a wide glyph.
  public internal(set) var scalar: UInt32
  /// How it looks.
  public var style: Style
  /// Combining marks, 21 bits each, lowest first; 0 means none.
  public internal(set) var marks: UInt64

  /// A cell with one scalar that is known to be printable and one cell wide.
  init(_ scalar: UInt32, _ style: Style) {
    self.scalar = scalar
    self.style = style
    marks = 0
  }

  /// An empty cell.
  public static func blank(_ style: Style) -> Cell { Cell(0x20, style) }

  /// True for the right half of a wide glyph.
  public var isContinuation: Bool { scalar == 0 }

  /// Adds a combining mark; a fourth one is dropped.
  mutating func join(_ mark: UInt32) {
    for shift in [0, 21, 42] as [UInt64] where marks >> shift & 0x1F_FFFF == 0 {
      marks |= UInt64(mark) << shift
      return
    }
  }

  /// The glyph as text; empty for the right half of a wide glyph.
  public var glyph: String {
    var scalars = String.UnicodeScalarView()
    for value in [scalar] + [0, 21, 42].map({ UInt32(marks >> $0 & 0x1F_FFFF) }) where value != 0 {
      if let scalar = Unicode.Scalar(value) { scalars.append(scalar) }
    }
    return String(scalars)
  }
}
