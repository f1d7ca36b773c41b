public import TermKit

/// A key and what it asks for.
public struct Binding: Hashable, Sendable {
  /// The key.
  public let key: Key
  /// What it asks for.
  public let command: Command
  /// Whether the footer shows it, and as what; empty keeps it to the help page.
  public let hint: String

  /// A binding.
  public init(_ key: Key, _ command: Command, hint: String = "") {
    self.key = key
    self.command = command
    self.hint = hint
  }

  /// A binding to a key by its name; nil when there is no such key.
  public init?(_ name: String, _ command: Command, hint: String = "") {
    guard let key = Key(name) else { return nil }
    self.init(key, command, hint: hint)
  }
}

/// The keys that mean the same everywhere. A screen's own bindings come first.
public enum Keymap {
  /// In the order of the help page.
  public static let everywhere: [Binding] = [
    Binding("Up", .up), Binding("k", .up), Binding("Down", .down), Binding("j", .down),
    Binding("Left", .left), Binding("h", .left), Binding("Right", .right), Binding("l", .right),
    Binding("Home", .first), Binding("g", .first), Binding("End", .last), Binding("G", .last),
    Binding("PgUp", .pageUp), Binding("PgDn", .pageDown), Binding("C-u", .halfUp), Binding("C-d", .halfDown),
    Binding("Enter", .open), Binding("o", .asset), Binding("=", .explain, hint: "explain"), Binding("Esc", .back),
    Binding("Tab", .nextPane), Binding("S-Tab", .previousPane),
    Binding("1", .overview), Binding("2", .holdings), Binding("3", .income), Binding("4", .nav), Binding("5", .allocation),
    Binding("6", .performance), Binding("7", .events), Binding("9", .issues), Binding("0", .imports),
    Binding("A", .accounts),
    Binding("/", .filter), Binding("F4", .filter), Binding("n", .nextMatch), Binding("N", .previousMatch),
    Binding("<", .sortLeft), Binding(">", .sortRight), Binding("I", .invert), Binding("B", .costLine), Binding("[", .shorterRange),
    Binding("]", .longerRange),
    Binding("i", .importFile), Binding("a", .add), Binding("e", .edit), Binding("d", .delete),
    Binding("u", .undo), Binding("C-r", .redo), Binding("H", .history), Binding("y", .copy), Binding("R", .refresh),
    Binding("F5", .refresh),
    Binding("p", .privacy), Binding("P", .portfolio), Binding("w", .whatIf), Binding("r", .gains), Binding("c", .currency),
    Binding("t", .theme),
    Binding("F2", .settings), Binding("?", .help, hint: "help"),
    Binding("F1", .help),
    Binding(":", .prompt, hint: "command"), Binding("C-z", .suspend), Binding("q", .close, hint: "quit"), Binding("C-c", .quit),
  ].compactMap { $0 }

  /// What a key asks for on a screen: the screen's own meaning first.
  static func command(for key: Key, on screen: [Binding]) -> Command? {
    (screen.first { $0.key == key } ?? everywhere.first { $0.key == key })?.command
  }

  /// The names of all keys that ask for a command on a screen, in order.
  static func keys(for command: Command, on screen: [Binding]) -> [String] {
    let own = screen.filter { $0.command == command }
    let taken = Set(screen.map(\.key))
    return (own + everywhere.filter { $0.command == command && !taken.contains($0.key) }).map { $0.key.description }
  }
}
