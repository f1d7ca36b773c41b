/// What the user wants to see: words and field terms that all must hold.
///
/// `tower rent` both words, anywhere in a row's text, small letters match any case, a capital matches itself.
/// `field:value` the field contains the value; `field=value` is it; `field>n`, `>=`, `<`, `<=` compare numbers and dates.
/// `-term` must not hold. `a|b` either. Quotes keep blanks, bars and colons together.
///
/// Reading never fails, so that a filter can be used while it is typed: an unfinished term is ignored.
///
/// - Source: DESIGN 9.
public struct Filter: Hashable, Sendable {
  /// How a field is compared.
  public enum Comparison: String, Hashable, Sendable {
    case contains = ":"
    case equals = "="
    case above = ">"
    case atLeast = ">="
    case below = "<"
    case atMost = "<="
  }
  /// One condition.
  public struct Term: Hashable, Sendable {
    /// Whether it must not hold.
    public var isNegated: Bool
    /// The field's name in small letters; nil means any text.
    public var field: String?
    /// How it is compared.
    public var comparison: Comparison
    /// The values, any of which will do.
    public var patterns: [Pattern]
  }
  /// What was typed.
  public let text: String
  /// The conditions.
  public let terms: [Term]

  /// Everything.
  public static let all = Filter("")
  /// Whether everything matches.
  public var isEmpty: Bool { terms.isEmpty }

  /// Reads a filter.
  public init(_ text: String) {
    self.text = text
    terms = Filter.words(in: text).compactMap(Filter.term)
  }

  /// Fields that a report does not have.
  public func unknownFields(in columns: [Column]) -> [String] {
    terms.compactMap(\.field).filter { field in Filter.column(field, in: columns) == nil }
  }

  /// Whether a row matches.
  public func matches(_ row: some ReportRow) -> Bool {
    terms.isEmpty || matches(cells: row.cells, columns: type(of: row).columns)
  }

  /// Whether values match.
  public func matches(cells: [Cell], columns: [Column]) -> Bool {
    terms.allSatisfy { term in
      let holds: Bool
      if let field = term.field {
        guard let index = Filter.column(field, in: columns) else { return false }
        holds = term.patterns.contains { $0.holds(term.comparison, cells[index]) }
      } else {
        holds = term.patterns.contains { pattern in
          cells.contains { cell in if case .text(let text) = cell { pattern.isIn(text) } else { false } }
        }
      }
      return holds != term.isNegated
    }
  }

  /// The column a field names: its key, or its key's beginning when only one column has it.
  static func column(_ field: String, in columns: [Column]) -> Int? {
    if let exact = columns.firstIndex(where: { $0.key.lowercased() == field }) { return exact }
    let alias = aliases[field] ?? field
    if let exact = columns.firstIndex(where: { $0.key.lowercased() == alias }) { return exact }
    let candidates = columns.indices.filter { columns[$0].key.lowercased().hasPrefix(field) }
    return candidates.count == 1 ? candidates[0] : nil
  }

  /// Other words people use for a field.
  static let aliases = [
    "type": "kind", "date": "time", "qty": "quantity", "symbol": "asset", "unrealised": "unrealized", "realised": "realized",
    "weighting": "weight", "issuer": "key", "amount": "gross", "income": "incomenet", "return": "totalreturn",
  ]

  /// Splits at blanks outside quotes. Quoted parts keep their quotes.
  private static func words(in text: String) -> [String] {
    var words: [String] = []
    var word = ""
    var isQuoted = false
    for character in text {
      if character == "\"" { isQuoted.toggle() }
      if character.isWhitespace && !isQuoted {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else {
        word.append(character)
      }
    }
    if !word.isEmpty { words.append(word) }
    return words
  }

  private static func term(_ word: String) -> Term? {
    var rest = Substring(word)
    var isNegated = false
    if rest.first == "-", rest.count > 1 {
      isNegated = true
      rest = rest.dropFirst()
    }
    var field: String?
    var comparison = Comparison.contains
    let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    let after = rest[name.endIndex...]
    if let first = name.first, first.isLetter {
      for candidate in [Comparison.atLeast, .atMost, .above, .below, .equals, .contains] where after.hasPrefix(candidate.rawValue) {
        field = name.lowercased()
        comparison = candidate
        rest = after.dropFirst(candidate.rawValue.count)
        break
      }
    }
    let patterns = alternatives(rest).filter { !$0.isEmpty }.map { Pattern($0) }
    return patterns.isEmpty ? nil : Term(isNegated: isNegated, field: field, comparison: comparison, patterns: patterns)
  }

  /// Splits at bars outside quotes and takes the quotes off.
  private static func alternatives(_ text: Substring) -> [String] {
    var parts: [String] = [""]
    var isQuoted = false
    for character in text {
      if character == "\"" {
        isQuoted.toggle()
      } else if character == "|" && !isQuoted {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return parts
  }
}
