internal import CTerm
internal import TermKit

/// Styles of the current theme as colour pairs and attribute bits.
///
/// A terminal that runs out of pairs loses the background first, then the colour, never the text.
struct PairCache {
  /// What ncurses needs to draw a cell.
  struct Look {
    var pair: UInt16
    var attributes: UInt16
    /// The colour of an empty cell; nil where what is set shows on one, as a line below does.
    var ground: Int32?
  }

  let depth: ColourDepth
  private var looks: [Style: Look] = [:]

  init(depth: ColourDepth) { self.depth = depth }

  mutating func look(_ style: Style, _ theme: Theme) -> Look {
    if let known = looks[style] { return known }
    let resolved = theme.resolve(style, depth: depth)
    var attributes = resolved.attributes
    var foreground = number(resolved.foreground)
    var background = number(resolved.background)
    if depth == .ansi8 {
      if foreground > 7 {
        foreground -= 8
        attributes.insert(.bold)
      }
      // Grey text on a black ground would be black on black.
      if foreground == 0, background <= 0, resolved.foreground == .index(8) { foreground = 7 }
      if background > 7 { background -= 8 }
    }
    let pair = depth == .mono ? 0 : max(0, ct_pair(foreground, background))
    let isPlain = attributes.isDisjoint(with: [.underline, .reverse])
    let look = Look(pair: UInt16(pair), attributes: UInt16(attributes.rawValue), ground: isPlain ? background : nil)
    looks[style] = look
    return look
  }

  /// ncurses' number for a colour; with direct colour the numbers 1...7 mean palette entries, so such a blue gets an eighth step.
  private func number(_ ink: Ink) -> Int32 {
    switch ink {
    case .standard: -1
    case .index(let index): Int32(index)
    case .rgb(let rgb):
      Int32(rgb.red) == 0 && rgb.green == 0 && rgb.blue < 8
        ? (rgb.blue == 0 ? 0 : 8) : Int32(rgb.red) << 16 | Int32(rgb.green) << 8 | Int32(rgb.blue)
    }
  }
}
