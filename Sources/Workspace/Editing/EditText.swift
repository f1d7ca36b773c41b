public import Amounts

/// What people type, turned into what Florin's files write.
///
/// Only what can mean one thing is turned: `1,234` may be a thousand or one and a bit, and `5/3/2024` is a day in May or in March, so
/// both stay as they are and are told as problems.
extension EditField {
  /// The text as it is stored.
  ///
  /// - Parameters:
  ///   - text: what was typed or pasted.
  ///   - today: what `today` means.
  /// - Returns: `2024-03-05` for `2024-3-5` and `today`, `1234.50` for `1,234.50`, `0.75` for `75 %` of a fraction; the text without the
  ///   blanks around it where nothing is to be turned.
  public func understood(_ text: String, today: Day) -> String {
    let text = EditField.trimmed(text)
    switch form {
    case .day: return EditField.day(text, today)
    case .time: return EditField.time(text, today)
    case .amount, .signed: return EditField.number(text)
    case .fraction: return EditField.fraction(text)
    default: return text
    }
  }

  static func trimmed(_ text: String) -> String {
    var text = text[...]
    while text.first?.isWhitespace == true { text = text.dropFirst() }
    while text.last?.isWhitespace == true { text = text.dropLast() }
    return String(text)
  }

  /// A day with its year first, in whatever digits and marks.
  private static func day(_ text: String, _ today: Day) -> String {
    switch text.lowercased() {
    case "today": return today.description
    case "yesterday": return (today - 1).description
    case "tomorrow": return (today + 1).description
    default: break
    }
    for mark: Character in ["-", "/", "."] {
      let parts = text.split(separator: mark, omittingEmptySubsequences: false)
      guard parts.count == 3, parts[0].count == 4, parts.dropFirst().allSatisfy({ (1...2).contains($0.count) }) else { continue }
      let numbers = parts.compactMap { part in part.allSatisfy { $0.isASCII && $0.isNumber } ? Int(part) : nil }
      if numbers.count == 3, let day = Day(year: numbers[0], month: numbers[1], day: numbers[2]) { return day.description }
    }
    return text
  }

  /// A day, and perhaps a clock behind it.
  private static func time(_ text: String, _ today: Day) -> String {
    let marks: Set<Character> = [" ", "T"]
    guard let place = text.firstIndex(where: { marks.contains($0) }), place != text.startIndex else { return day(text, today) }
    let date = day(String(text[..<place]), today)
    var clock = trimmed(String(text[text.index(after: place)...]))
    if let colon = clock.firstIndex(of: ":"), clock.distance(from: clock.startIndex, to: colon) == 1 { clock = "0" + clock }
    return ClockText(date + "T" + clock) == nil ? text : date + "T" + clock
  }

  /// A number without marks between its thousands.
  private static func number(_ text: String) -> String {
    let gaps: Set<Character> = [" ", "\u{A0}", "\u{202F}", "\u{2009}", "_", "'", "’"]
    let digits = String(text.filter { !gaps.contains($0) })
    let parts = digits.split(separator: ",", omittingEmptySubsequences: false)
    if parts.count == 1 { return Decimal(digits) == nil ? text : digits }
    // Several commas, or one before a point, stand between thousands; one alone may be a decimal comma.
    let last = parts[parts.count - 1].split(separator: ".", omittingEmptySubsequences: false)
    let head = parts[0].drop { $0 == "-" || $0 == "+" }
    let isGrouped =
      (1...3).contains(head.count) && parts.dropFirst().dropLast().allSatisfy { $0.count == 3 } && last[0].count == 3
      && (parts.count > 2 || last.count == 2)
    let plain = parts.joined()
    return isGrouped && Decimal(plain) != nil ? plain : text
  }

  /// A share, also in hundredths.
  private static func fraction(_ text: String) -> String {
    guard text.hasSuffix("%") else { return number(text) }
    guard let percent = Decimal(number(trimmed(String(text.dropLast())))), let share = try? percent.multiplied(by: Decimal("0.01") ?? .zero)
    else { return text }
    return share.description
  }

  /// Whether a text could be a number with a decimal comma as well as one with thousands.
  static func isAmbiguous(_ text: String) -> Bool {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    return parts.count == 2 && parts[1].count == 3 && (1...3).contains(parts[0].count)
      && parts.allSatisfy { $0.allSatisfy { $0.isASCII && $0.isNumber } }
  }
}
