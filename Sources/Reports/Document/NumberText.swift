public import Amounts

/// Numbers as people read them: grouped digits, a fixed or limited number of places. Rounded half-even for the eye only.
public enum NumberText {
  /// An amount of money: two places, `1,234.50`; small amounts keep two significant digits, up to eight places.
  public static func money(_ value: Decimal) -> String {
    let magnitude = value.magnitude
    if magnitude.isZero || magnitude >= Decimal(mantissa: 1, scale: 2) { return grouped(value.text(places: 2)) }
    return limited(value, places: 8, atLeast: 2)
  }

  /// A price: at least two places, at most eight, `0.98`, `61,250.00`.
  public static func price(_ value: Decimal) -> String { limited(value, places: 8, atLeast: 2) }

  /// Units: at most eight places, `500,000`, `0.12345678`.
  public static func quantity(_ value: Decimal) -> String { limited(value, places: 8, atLeast: 0) }

  /// A fraction as percent: two places, `-10.91 %`.
  public static func percent(_ value: Decimal) -> String {
    guard let hundred = try? value.multiplied(by: 100) else { return "n/a" }
    return grouped(hundred.text(places: 2)) + " %"
  }

  /// A count: `1,000,000`.
  public static func count(_ value: Int) -> String { grouped(String(value)) }

  private static func limited(_ value: Decimal, places: Int, atLeast: Int) -> String {
    let rounded = value.rounded(to: places).normalized
    return grouped(Int(rounded.scale) < atLeast ? rounded.text(places: atLeast) : rounded.textAsScaled)
  }

  /// Puts a comma between thousands of the whole part.
  public static func grouped(_ text: String) -> String {
    let bytes = text.utf8
    let first = bytes.first == 0x2D ? 1 : 0
    var end = 0
    for byte in bytes {
      if byte == 0x2E { break }
      end += 1
    }
    let commas = max(0, end - first - 1) / 3
    if commas == 0 { return text }
    return String(unsafeUninitializedCapacity: bytes.count + commas) { buffer in
      var at = 0
      for (place, byte) in bytes.enumerated() {
        if place > first && place < end && (end - place) % 3 == 0 {
          buffer[at] = 0x2C
          at += 1
        }
        buffer[at] = byte
        at += 1
      }
      return at
    }
  }
}

/// Statistics as text.
enum Statistic {
  /// Fifteen significant digits, no exponent, no trailing zeros; rounded from the shortest text that is the same number.
  static func text(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return "0" }
    let parts = value.magnitude.description.split(separator: "e")
    let plain = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    var digits = plain.joined().utf8.map { Int($0) - 0x30 }
    var point = plain[0].utf8.count + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)  // digits before the point
    while digits.first == 0 && digits.count > 1 {
      digits.removeFirst()
      point -= 1
    }
    if digits.count > 15 {
      var carries = digits[15] >= 5
      digits.removeLast(digits.count - 15)
      for place in digits.indices.reversed() where carries {
        carries = digits[place] == 9
        digits[place] = carries ? 0 : digits[place] + 1
      }
      if carries {
        digits.insert(1, at: 0)
        point += 1
      }
    }
    while digits.last == 0 { digits.removeLast() }
    let text = digits.map(String.init).joined()
    let sign = value < 0 ? "-" : ""
    if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + text }
    if text.count <= point { return sign + text + String(repeating: "0", count: point - text.count) }
    return sign + text.prefix(point) + "." + text.dropFirst(point)
  }
}
