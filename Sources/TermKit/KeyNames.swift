/// Key names as keymaps, help and key scripts spell them: `a`, `C-r`, `M-x`, `S-Tab`, `F5`, `Enter`, `PgDn`, `Space`.
extension Key: CustomStringConvertible {
  private static let names: [(Code, String)] = [
    (.enter, "Enter"), (.tab, "Tab"), (.escape, "Esc"), (.backspace, "Backspace"), (.delete, "Del"), (.insert, "Ins"),
    (.up, "Up"), (.down, "Down"), (.left, "Left"), (.right, "Right"), (.home, "Home"), (.end, "End"), (.pageUp, "PgUp"),
    (.pageDown, "PgDn"), (.char(" "), "Space"),
  ]

  /// The name, for example `C-r`.
  ///
  /// Reading it gives the same key.
  public var description: String {
    var prefix = ""
    if modifiers.contains(.control) { prefix += "C-" }
    if modifiers.contains(.alt) { prefix += "M-" }
    if modifiers.contains(.shift) { prefix += "S-" }
    if let name = Self.names.first(where: { $0.0 == code })?.1 { return prefix + name }
    switch code {
    case .char(let scalar): return prefix + String(Character(scalar))
    case .function(let number): return prefix + "F\(number)"
    default: return prefix
    }
  }

  /// Reads a name; nil when it is not one.
  ///
  /// Names of keys ignore case, characters do not.
  public init?(_ name: String) {
    var rest = Substring(name)
    var modifiers: Modifiers = []
    while rest.count > 2, rest.dropFirst().first == "-" {
      switch rest.first {
      case "C": modifiers.insert(.control)
      case "M": modifiers.insert(.alt)
      case "S": modifiers.insert(.shift)
      default: return nil
      }
      rest = rest.dropFirst(2)
    }
    if let code = Self.names.first(where: { $0.1.lowercased() == rest.lowercased() })?.0 {
      self.init(code, modifiers)
    } else if rest.unicodeScalars.count == 1, let scalar = rest.unicodeScalars.first {
      guard CellWidth.of(scalar) > 0, scalar.value > 0x20, !modifiers.contains(.shift) else { return nil }
      self.init(.char(scalar), modifiers)
    } else if rest.first == "F" || rest.first == "f", let number = Int(rest.dropFirst()), (1...63).contains(number) {
      self.init(.function(number), modifiers)
    } else {
      return nil
    }
  }
}
