/// How many cells a scalar takes on the screen.
///
/// ncurses asks libc's `wcwidth`; a screen drawn with another opinion comes apart. `wcwidth` itself cannot be used here: it
/// answers -1 for everything beyond ASCII under the C locale. Grapheme clusters are not cells: a family emoji costs two
/// cells per member on most terminals.
public enum CellWidth {
  /// What to do with a scalar of untrusted text.
  enum Class: Equatable {
    /// Not printable, or able to reorder or control the terminal: shown as U+FFFD.
    case replaced
    /// Draws nothing and must not reach the terminal: variation selectors, joiners, zero-width spaces.
    case dropped
    /// Joins the cell before it.
    case mark
    case one
    case two
  }

  /// Cells of one scalar: 0 for a combining mark or a dropped scalar, 1 for a replaced one.
  public static func of(_ scalar: Unicode.Scalar) -> Int {
    switch classify(scalar.value) {
    case .dropped, .mark: 0
    case .replaced, .one: 1
    case .two: 2
    }
  }

  /// Cells of a text as `Canvas` draws it.
  ///
  /// O(scalars).
  public static func of(_ text: String) -> Int {
    // Nearly all text is ASCII, and whether it is can be seen without reading it character by character.
    let plain = text.utf8.withContiguousStorageIfAvailable { bytes in bytes.reduce(0) { $0 | $1 } < 0x80 }
    return plain == true ? text.utf8.count : text.unicodeScalars.reduce(0) { $0 + of($1) }
  }

  /// True for the left half of a wide glyph.
  public static func isWide(_ cell: Cell) -> Bool { cell.scalar >= 0x1100 && classify(cell.scalar) == .two }

  static func classify(_ value: UInt32) -> Class {
    if value < 0x7F { return value < 0x20 ? .replaced : .one }
    if value >= 0x2500, value < 0x2614 { return .one }
    switch value {
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFFF9...0xFFFB: return .replaced
    case 0x200B...0x200D, 0x2028...0x2029, 0x2060...0x2065, 0x206A...0x206F, 0xFE00...0xFE0F, 0xFEFF, 0xE0000...0xE01EF: return .dropped
    default: break
    }
    switch tableClass(of: value) {
    case 0: return .replaced
    case 1: return .mark
    case 2: return .one
    default: return .two
    }
  }

  /// The table's entry, before the rules for hostile text.
  static func tableClass(of value: UInt32) -> UInt32 {
    var low = 0
    var high = cellWidthTable.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if cellWidthTable[middle] >> 2 <= value { low = middle } else { high = middle }
    }
    return cellWidthTable[low] & 3
  }
}
