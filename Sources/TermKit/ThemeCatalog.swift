/// The themes built into the program, so that it needs no files.
///
/// The caller looks in its own folders first.
public enum ThemeCatalog {
  /// A theme file by its name without `.theme`.
  public struct File: Hashable, Sendable {
    /// The name `--theme` takes.
    public let name: String
    /// The text of the file.
    public let text: String
  }

  /// The name of the theme used when none is asked for.
  public static let standard = "florin-dark"

  /// The built-in themes in the order a picker shows them, the standard one first.
  public static let embedded: [File] = [
    File("florin-dark", PackageResources.florin_dark_theme),
    File("florin-light", PackageResources.florin_light_theme),
    File("fjord", PackageResources.fjord_theme),
    File("hearth", PackageResources.hearth_theme),
    File("harbour", PackageResources.harbour_theme),
    File("high-contrast", PackageResources.high_contrast_theme),
    File("terminal-16", PackageResources.terminal_16_theme),
    File("mono", PackageResources.mono_theme),
  ]

  /// A built-in theme by name.
  public static func theme(named name: String) -> Theme? {
    embedded.first { $0.name == name }.map { Theme.parse($0.text, file: $0.name + ".theme").theme }
  }
}

extension ThemeCatalog.File {
  fileprivate init(_ name: String, _ bytes: [UInt8]) { self.init(name: name, text: String(decoding: bytes, as: UTF8.self)) }
}

extension ThemeProblem: CustomStringConvertible {
  /// The problem as a person reads it: `nord.theme:19: unknown role 'gian' (gain?)`.
  public var description: String {
    func perhaps(_ word: String?) -> String { word.map { " (\($0)?)" } ?? "" }
    let what =
      switch reason {
      case .notAnAssignment(let line): "expected 'role = colour', got '\(line)'"
      case .unknownRole(let role, let suggestion): "unknown role '\(role)'\(perhaps(suggestion))"
      case .unknownDepth(let depth): "unknown depth '\(depth)' (256, 16 or mono)"
      case .unknownColour(let colour, let suggestion): "unknown colour '\(colour)'\(perhaps(suggestion))"
      case .circular(let name): "'\(name)' is defined by itself"
      case .repeated(let key, let first): "'\(key)' is already set in line \(first)"
      case .unknownAppearance(let word): "appearance is 'dark' or 'light', not '\(word)'"
      case .missingValue(let after): "nothing after '\(after)'"
      }
    return "\(file):\(line): \(what)"
  }
}
