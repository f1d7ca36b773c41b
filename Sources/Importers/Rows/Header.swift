/// The column names of a table, or the key paths of JSON elements.
///
/// Names are found whatever their case, blanks around them, quotes or zero-width characters. `* Subtotal` finds the first name that
/// ends in ` Subtotal`. The second column of the same name is `name#2`.
public final class Header: Hashable, Sendable {
  /// The names as the file writes them, cleaned of blanks and invisible characters.
  public let names: [String]
  let hashes: [UInt64]
  private let index: [String: Int]
  private let paths: [[UInt8]]
  /// Where the reading of columns is written down, when somebody wants to know.
  let reads: ColumnReads?
  /// What goes before the names there: the array of a JSON text with a point.
  let prefix: String

  /// A header with these names.
  public convenience init(_ names: [String]) { self.init(names, reads: nil) }

  init(_ names: [String], reads: ColumnReads?, prefix: String = "") {
    let cleaned = names.map(Header.cleaned)
    var index: [String: Int] = [:]
    var hashes: [UInt64] = []
    for (column, name) in cleaned.enumerated() {
      let plain = name.lowercased()
      var key = plain
      var copy = 1
      while index[key] != nil {
        copy += 1
        key = "\(plain)#\(copy)"
      }
      index[key] = column
      hashes.append(Fingerprint.hash(key))
    }
    for (column, name) in cleaned.enumerated() where index[name] == nil { index[name] = column }
    self.names = cleaned
    self.hashes = hashes
    self.index = index
    paths = names.map { Array($0.utf8) }
    self.reads = reads
    self.prefix = prefix
    if let reads { for name in cleaned where !name.isEmpty { reads.see(prefix + name) } }
  }

  /// The column with this name, to read it; nil when there is none.
  public func column(_ name: String) -> Int? {
    let found = position(name)
    if let reads, let found { reads.ask(prefix + names[found]) }
    return found
  }

  /// Where the column with this name is; nil when there is none. Looking does not count as reading.
  func position(_ name: String) -> Int? {
    if let found = index[name] { return found }
    if name.utf8.contains(0x2A) { return names.firstIndex { Header.captured($0, by: name) != nil } }
    return index[name.lowercased()]
  }

  /// What `*` stands for in the column found by a pattern: `EUR` for `* Subtotal`.
  public func captured(_ pattern: String) -> String? {
    for name in names {
      if let found = Header.captured(name, by: pattern) { return found }
    }
    return nil
  }

  /// The index of a path of the next JSON member, which usually is the one after the last.
  func column(path: some Sequence<UInt8>, after last: Int) -> Int? {
    let next = last + 1
    if next < paths.count, paths[next].elementsEqual(path) { return next }
    return paths.firstIndex { $0.elementsEqual(path) }
  }

  /// Whether a column has this name, in any case, or fits this pattern.
  static func isNamed(_ column: String, _ name: String) -> Bool {
    column.lowercased() == name.lowercased() || (name.utf8.contains(0x2A) && captured(column, by: name) != nil)
  }

  private static func captured(_ name: String, by pattern: String) -> String? {
    let parts = pattern.lowercased().split(separator: "*", maxSplits: 1, omittingEmptySubsequences: false)
    let low = name.lowercased()
    guard parts.count == 2, low.hasPrefix(parts[0]), low.hasSuffix(parts[1]), low.count > parts[0].count + parts[1].count else {
      return nil
    }
    return String(name.dropFirst(parts[0].count).dropLast(parts[1].count))
  }

  static func cleaned(_ name: String) -> String {
    var out = String.UnicodeScalarView()
    var gap = false
    for scalar in name.unicodeScalars {
      switch scalar.value {
      case 0xFEFF, 0x200B...0x200F, 0x2060: continue
      case 0x20, 0x09, 0x0A, 0x0D, 0xA0: gap = !out.isEmpty
      default:
        if gap { out.append(" ") }
        gap = false
        out.append(scalar)
      }
    }
    let text = String(out)
    if text.count >= 2, text.first == "\"", text.last == "\"" { return String(text.dropFirst().dropLast()) }
    return text
  }

  /// Equality of names.
  public static func == (a: Header, b: Header) -> Bool { a === b || a.names == b.names }
  /// Hashes the names.
  public func hash(into hasher: inout Hasher) { hasher.combine(names) }
}
