/// Something wrong with a line of a theme.
///
/// The theme still loads without the line.
public struct ThemeProblem: Hashable, Sendable {
  /// What is wrong.
  public enum Reason: Hashable, Sendable {
    /// No `=` in it.
    case notAnAssignment(String)
    /// A key that is no role; perhaps another was meant.
    case unknownRole(String, suggestion: String?)
    /// A depth suffix that is none of 256, 16 and mono.
    case unknownDepth(String)
    /// A colour that is no `#rrggbb`, number, ANSI name, palette name or role; perhaps another was meant.
    case unknownColour(String, suggestion: String?)
    /// A role whose colour is defined by itself.
    case circular(String)
    /// The key was set on an earlier line.
    case repeated(String, firstLine: Int)
    /// `appearance` is neither dark nor light.
    case unknownAppearance(String)
    /// Nothing after the `=`, or after `on` or `..`.
    case missingValue(String)
  }

  /// The file, as the caller named it.
  public var file: String
  /// Line from 1.
  public var line: Int
  /// What is wrong.
  public var reason: Reason
}

extension Theme {
  /// Reads a theme file.
  ///
  /// Never fails: lines that make no sense are reported and left out.
  public static func parse(_ text: String, file: String) -> (theme: Theme, problems: [ThemeProblem]) {
    var parser = ThemeParser(file: file)
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() { parser.take(line, number: index + 1) }
    return parser.finish()
  }
}

/// Two passes: lines into raw assignments, then values, because a role may be defined by one that comes later.
private struct ThemeParser {
  struct Assignment {
    var line: Int
    var value: Substring
  }

  struct Slot: Hashable {
    var role: Role
    var depth: ColourDepth?
  }

  var file: String
  var theme = Theme(name: "")
  var problems: [ThemeProblem] = []
  var seen: [Substring: Int] = [:]
  var palette: [Substring: Assignment] = [:]
  var roles: [(slot: Slot, assignment: Assignment)] = []
  var bySlot: [Slot: Assignment] = [:]
  /// What is being resolved, to notice circles.
  var open: [Substring] = []

  init(file: String) {
    self.file = file
    let base = file.split(separator: "/").last ?? ""
    theme.name = String(base.hasSuffix(".theme") ? base.dropLast(6) : base)
  }

  mutating func report(_ line: Int, _ reason: ThemeProblem.Reason) {
    problems.append(ThemeProblem(file: file, line: line, reason: reason))
  }

  mutating func take(_ raw: Substring, number: Int) {
    let line = raw.trimmed
    if line.isEmpty || line.first == "#" { return }
    guard let equals = line.firstIndex(of: "=") else { return report(number, .notAnAssignment(String(line))) }
    let key = line[..<equals].trimmed
    let value = line[line.index(after: equals)...].trimmed
    if let first = seen[key] { return report(number, .repeated(String(key), firstLine: first)) }
    seen[key] = number
    guard !value.isEmpty else { return report(number, .missingValue(String(key))) }
    if key == "name" {
      theme.name = String(value)
    } else if key == "appearance" {
      guard let appearance = Theme.Appearance(rawValue: String(value)) else { return report(number, .unknownAppearance(String(value))) }
      theme.appearance = appearance
    } else if key.hasPrefix("palette.") {
      palette[key.dropFirst(8)] = Assignment(line: number, value: value)
    } else {
      takeRole(key, Assignment(line: number, value: value))
    }
  }

  mutating func takeRole(_ key: Substring, _ assignment: Assignment) {
    var slot: Slot?
    if let role = Role(rawValue: String(key)) {
      slot = Slot(role: role)
    } else if let dot = key.lastIndex(of: "."), let role = Role(rawValue: String(key[..<dot])) {
      let suffix = key[key.index(after: dot)...]
      let depths: [Substring: ColourDepth] = ["256": .palette256, "16": .ansi16, "mono": .mono]
      guard let depth = depths[suffix] else {
        // `border.focussed` is a misspelt role, `border.8` a depth we do not have.
        let suggestion = nearest(key, among: Role.allCases.map { Substring($0.rawValue) })
        let isNumber = suffix.allSatisfy(\.isNumber)
        return report(assignment.line, isNumber ? .unknownDepth(String(suffix)) : .unknownRole(String(key), suggestion: suggestion))
      }
      slot = Slot(role: role, depth: depth)
    }
    guard let slot else {
      let known = Role.allCases.map { Substring($0.rawValue) } + ["name", "appearance"]
      return report(assignment.line, .unknownRole(String(key), suggestion: nearest(key, among: known)))
    }
    roles.append((slot, assignment))
    bySlot[slot] = assignment
  }

  mutating func finish() -> (Theme, [ThemeProblem]) {
    for name in palette.keys.sorted() {
      if let assignment = palette[name] { _ = colour(name, line: assignment.line) }
    }
    for (slot, assignment) in roles {
      open = slot.depth == nil ? [Substring(slot.role.rawValue)] : []
      if let entry = entry(assignment) { theme.entries[slot.role, default: [:]][slot.depth] = entry }
    }
    var seen: Set<ThemeProblem> = []
    let unique = problems.filter { seen.insert($0).inserted }
    return (theme, unique.enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }.map(\.element))
  }

  /// `fg [.. fg]... [on bg] [attribute]...`; nil when a colour is bad.
  mutating func entry(_ assignment: Assignment) -> Theme.Entry? {
    var entry = Theme.Entry()
    var words = assignment.value.split(separator: " ", omittingEmptySubsequences: true)[...]
    func missing(_ after: Substring) -> ThemeProblem.Reason { .missingValue(String(after)) }
    while let word = words.popFirst() {
      if let attribute = Self.attributes[word] {
        entry.attributes.formUnion(attribute)
      } else if word == "on" || word == ".." {
        guard let name = words.popFirst() else {
          report(assignment.line, missing(word))
          return nil
        }
        guard let ink = colour(name, line: assignment.line) else { return nil }
        if word == "on" { entry.background = ink } else { entry.foreground.append(ink) }
      } else if entry.foreground.isEmpty {
        guard let ink = colour(word, line: assignment.line) else { return nil }
        entry.foreground.append(ink)
      } else {
        report(assignment.line, .unknownColour(String(word), suggestion: nearest(word, among: Array(Self.attributes.keys) + ["on"])))
        return nil
      }
    }
    return entry
  }

  mutating func colour(_ word: Substring, line: Int) -> Ink? {
    if word == "default" { return .standard }
    if word.first == "#", let ink = Self.hex(word.dropFirst()) { return ink }
    if let number = UInt8(word) { return .index(number) }
    if let assignment = palette[word] {
      return following(word, line: line) { parser in parser.colour(assignment.value, line: assignment.line) }
    }
    if let index = Self.ansi[word] { return .index(index) }
    if let role = Role(rawValue: String(word)) {
      guard let assignment = bySlot[Slot(role: role)] else {
        guard let next = role.fallback else { return .standard }
        return colour(Substring(next.rawValue), line: line)
      }
      return following(word, line: line) { parser in
        guard let first = parser.entry(assignment)?.foreground.first else { return .standard }
        return first
      }
    }
    let known = palette.keys.sorted() + Self.ansi.keys.sorted() + Role.allCases.map { Substring($0.rawValue) }
    report(line, .unknownColour(String(word), suggestion: nearest(word, among: known)))
    return nil
  }

  private mutating func following(_ word: Substring, line: Int, _ resolve: (inout ThemeParser) -> Ink?) -> Ink? {
    // Sixty-four steps are no theme's but a circle's, or an attack on the stack.
    guard !open.contains(word), open.count < 64 else {
      report(line, .circular(String(word)))
      return nil
    }
    open.append(word)
    defer { open.removeLast() }
    return resolve(&self)
  }

  static func hex(_ digits: Substring) -> Ink? {
    guard digits.utf8.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }), let value = UInt32(digits, radix: 16) else { return nil }
    switch digits.utf8.count {
    case 2: return .rgb(RGB(UInt8(value), UInt8(value), UInt8(value)))
    case 6: return .rgb(RGB(UInt8(value >> 16), UInt8(value >> 8 & 255), UInt8(value & 255)))
    default: return nil
    }
  }

  static let attributes: [Substring: Attributes] = [
    "bold": .bold, "dim": .dim, "italic": .italic, "underline": .underline, "reverse": .reverse,
  ]

  static let ansi: [Substring: UInt8] = {
    let names: [Substring] = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]
    var table: [Substring: UInt8] = [:]
    for (index, name) in names.enumerated() {
      table[name] = UInt8(index)
      table["bright-" + name] = UInt8(index + 8)
    }
    return table
  }()
}

extension Substring {
  fileprivate var trimmed: Substring {
    var rest = self
    while let first = rest.first, first.isWhitespace { rest.removeFirst() }
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return rest
  }
}

/// The word at most two edits away, and nearer than half its length; ties go to the first.
func nearest(_ word: Substring, among known: [Substring]) -> String? {
  var best: (word: Substring, distance: Int)?
  for candidate in known {
    let distance = editDistance(Array(word.lowercased()), Array(candidate.lowercased()))
    if distance <= 2, distance * 2 <= candidate.count, distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  return best.map { String($0.word) }
}

/// Insertions, deletions, replacements and swaps of neighbours that turn one word into another.
private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  guard abs(a.count - b.count) <= 2 else { return 3 }
  var before: [Int] = []
  var previous = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var least = min(previous[j] + (a[i] == b[j] ? 0 : 1), previous[j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { least = min(least, before[j - 1] + 1) }
      row.append(least)
    }
    before = previous
    previous = row
  }
  return previous[b.count]
}
