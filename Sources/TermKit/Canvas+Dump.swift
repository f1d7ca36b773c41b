extension Canvas {
  /// The canvas as text for goldens: glyph lines, then one letter per cell for its role, then the rows with a ground other than
  /// the page, then what the letters mean.
  ///
  /// A colour change is a diff, and so is a moved glyph.
  public func dump() -> String {
    var glyphs: [String] = []
    var roles: [String] = []
    var grounds: [String] = []
    var used: Set<Role> = []
    for y in 0..<size.height {
      let row = cells[y * size.width..<(y + 1) * size.width]
      glyphs.append(Self.trimmed(row.map(\.glyph).joined()))
      roles.append(Self.trimmed(String(row.map { Self.letter($0) })))
      used.formUnion(row.filter { !Self.isPlain($0) }.map(\.style.role))
      guard row.contains(where: { $0.style.ground != .background }) else { continue }
      used.formUnion(row.map(\.style.ground))
      let letters = String(row.map { Self.letters[$0.style.ground] ?? " " })
      grounds.append("\(y): " + Self.trimmed(letters))
    }
    let meaning = Role.allCases.filter { used.contains($0) && $0 != .background && $0 != .text }
      .map { "\(Self.letters[$0] ?? " ")=\($0.rawValue)" }.joined(separator: " ")
    var out = "glyphs \(size.width)x\(size.height)\n" + glyphs.joined(separator: "\n") + "\nroles\n" + roles.joined(separator: "\n")
    if !grounds.isEmpty { out += "\ngrounds\n" + grounds.joined(separator: "\n") }
    return out + "\nwhere " + meaning + "\n"
  }

  /// The glyphs alone, one line per row, trailing spaces removed.
  public func text() -> String {
    (0..<size.height).map { y in
      Self.trimmed(cells[y * size.width..<(y + 1) * size.width].map(\.glyph).joined())
    }.joined(separator: "\n")
  }

  /// A fixed letter per role, so that a new role does not change old goldens.
  private static let letters: [Role: Character] = {
    let alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    let named = Role.allCases.filter { $0 != .background && $0 != .text }
    var letters = Dictionary(uniqueKeysWithValues: zip(named, alphabet))
    letters[.background] = " "
    letters[.text] = "."
    return letters
  }()

  private static func isPlain(_ cell: Cell) -> Bool { cell.scalar == 0x20 && cell.style.role == .text && cell.style.ground == .background }

  private static func letter(_ cell: Cell) -> Character { isPlain(cell) ? " " : letters[cell.style.role] ?? "?" }

  private static func trimmed(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }
}
