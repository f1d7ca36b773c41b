import TermKit

/// The app's own settings: `key = value` lines in the config folder, and the themes of the user.
struct Preferences {
  let folder: String
  private(set) var values: [String: String] = [:]

  init(folder: String) {
    self.folder = folder
    guard let bytes = Files.read(folder + "/config") else { return }
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") where !line.hasPrefix("#") {
      let parts = line.split(separator: "=", maxSplits: 1).map { $0.split(separator: " ").joined(separator: " ") }
      if parts.count == 2 { values[parts[0]] = parts[1] }
    }
  }

  /// Keeps a setting for the next start.
  mutating func set(_ key: String, _ value: String) {
    values[key] = value
    // What the user wrote around it (comments, order) stays.
    let old = Files.read(folder + "/config").map { String(decoding: $0, as: UTF8.self) } ?? "# Florin's settings\n"
    var lines = old.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    let line = "\(key) = \(value)"
    let place = lines.lastIndex { !$0.hasPrefix("#") && $0.prefix { $0 != "=" }.split(separator: " ").joined(separator: " ") == key }
    if let place { lines[place] = line } else { lines.append(line) }
    Files.write(lines.map { $0 + "\n" }.joined(), to: folder + "/config")
  }

  /// The names of all themes: the built-in ones, then the user's own.
  var themes: [String] {
    let builtIn = ThemeCatalog.embedded.map(\.name)
    let own = Files.names(in: folder + "/themes").filter { $0.hasSuffix(".theme") }.map { String($0.dropLast(6)) }
    return builtIn + own.filter { !builtIn.contains($0) }.sorted()
  }

  /// A theme by name or path: a file the user names, the user's themes, then the built-in ones. Problems are for people.
  func theme(_ name: String) -> (theme: Theme, problems: [String])? {
    for path in [name.contains("/") ? name : "", "\(folder)/themes/\(name).theme"] where !path.isEmpty {
      guard let bytes = Files.read(path) else { continue }
      let parsed = Theme.parse(String(decoding: bytes, as: UTF8.self), file: path)
      return (parsed.theme, parsed.problems.map { "\($0)" })
    }
    return ThemeCatalog.theme(named: name).map { ($0, []) }
  }
}
