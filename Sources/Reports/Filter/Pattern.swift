import Amounts

/// One value of a filter, read once as text, number and date.
public struct Pattern: Hashable, Sendable {
  /// As typed.
  public let text: String
  private let bytes: [UInt8]
  private let ignoresCase: Bool
  private let isASCII: Bool
  /// The value as a number: `1,000` and `12.5%` are numbers too.
  let number: Decimal?
  /// The days the value covers: `2024`, `2024-03` or `2024-03-05`; the last day is included.
  let days: (first: Day, last: Day)?

  /// A value.
  public init(_ text: String) {
    self.text = text
    ignoresCase = !text.contains { $0.isUppercase }
    bytes = Array(text.utf8)
    isASCII = bytes.allSatisfy { $0 < 0x80 }
    number = Pattern.number(text)
    days = Pattern.days(text)
  }

  /// Equality of the text, which decides the rest.
  public static func == (a: Pattern, b: Pattern) -> Bool { a.text == b.text }
  /// Hashes the text.
  public func hash(into hasher: inout Hasher) { hasher.combine(text) }

  /// Whether a text contains the value.
  public func isIn(_ text: String) -> Bool {
    if !isASCII { return ignoresCase ? text.lowercased().contains(self.text) : text.contains(self.text) }
    var copy = text
    return copy.withUTF8 { hay in
      guard hay.count >= bytes.count, let first = bytes.first else { return bytes.isEmpty }
      for start in 0...(hay.count - bytes.count) where folded(hay[start]) == first {
        var length = 1
        while length < bytes.count && folded(hay[start + length]) == bytes[length] { length += 1 }
        if length == bytes.count { return true }
      }
      return false
    }
  }

  /// Whether a text is the value.
  public func isAll(of text: String) -> Bool {
    ignoresCase ? text.lowercased() == self.text : text == self.text
  }

  @inline(__always)
  private func folded(_ byte: UInt8) -> UInt8 {
    ignoresCase && byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
  }

  /// Whether a value of a report holds in a comparison with this one.
  func holds(_ comparison: Filter.Comparison, _ cell: Cell) -> Bool {
    switch cell {
    case .text(let value): return words(comparison, value)
    case .decimal(let value), .ratio(let value): return numbers(comparison, value)
    case .integer(let value): return numbers(comparison, Decimal(value))
    case .statistic: return false
    case .day(let value): return dates(comparison, value)
    case .instant(let value): return dates(comparison, value.dayUTC)
    case .flag(let value): return ["yes", "true", "1"].contains(text.lowercased()) == value
    case .list(let values): return values.contains { holds(comparison, $0) }
    case .object(let fields): return fields.contains { holds(comparison, $0.cell) }
    case .unknown, .unknownBecause: return comparison == .contains && (text == "n/a" || text == "unknown")
    }
  }

  private func words(_ comparison: Filter.Comparison, _ value: String) -> Bool {
    switch comparison {
    case .contains: isIn(value)
    case .equals: isAll(of: value)
    case .above: value > text
    case .atLeast: value >= text
    case .below: value < text
    case .atMost: value <= text
    }
  }

  func numbers(_ comparison: Filter.Comparison, _ value: Decimal) -> Bool {
    guard let number else { return false }
    switch comparison {
    case .contains, .equals: return value == number
    case .above: return value > number
    case .atLeast: return value >= number
    case .below: return value < number
    case .atMost: return value <= number
    }
  }

  private func dates(_ comparison: Filter.Comparison, _ value: Day) -> Bool {
    guard let days else { return false }
    switch comparison {
    case .contains, .equals: return value >= days.first && value <= days.last
    case .above: return value > days.last
    case .atLeast: return value >= days.first
    case .below: return value < days.first
    case .atMost: return value <= days.last
    }
  }

  private static func number(_ text: String) -> Decimal? {
    let plain = text.filter { $0 != "," && $0 != "_" }
    guard plain.hasSuffix("%") else { return Decimal(plain) }
    return Decimal(plain.dropLast()).flatMap { try? $0.divided(by: 100) }
  }

  private static func days(_ text: String) -> (first: Day, last: Day)? {
    switch text.utf8.count {
    case 4:
      guard let first = Day(text + "-01-01"), let last = Day(text + "-12-31") else { return nil }
      return (first, last)
    case 7:
      guard let first = Day(text + "-01") else { return nil }
      return (first, first.adding(months: 1) - 1)
    case 10: return Day(text).map { ($0, $0) }
    default: return nil
    }
  }
}
