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
    let isNegative = text.hasPrefix("-")
    let body = isNegative ? text.dropFirst() : text[...]
    let whole = body.prefix { $0 != "." }
    var result = isNegative ? "-" : ""
    for (place, digit) in whole.enumerated() {
      if place > 0 && (whole.count - place) % 3 == 0 { result.append(",") }
      result.append(digit)
    }
    return result + body[whole.endIndex...]
  }
}

/// Statistics as text.
enum Statistic {
  /// Fifteen significant digits, no exponent, no trailing zeros.
  static func text(_ value: Double) -> String {
    guard value.isFinite else { return "0" }
    if value == 0 { return "0" }
    var magnitude = value.magnitude
    var exponent = 0
    while magnitude >= 10 {
      magnitude /= 10
      exponent += 1
    }
    while magnitude < 1 {
      magnitude *= 10
      exponent -= 1
    }
    var digits = Array(String(UInt64((magnitude * 1e14).rounded(.toNearestOrEven))).utf8)
    if digits.count == 16 {
      digits.removeLast()
      exponent += 1
    }
    var body: [UInt8]
    if exponent >= 0 {
      let whole = exponent + 1
      while digits.count < whole { digits.append(0x30) }
      body = Array(digits[..<whole]) + [0x2E] + Array(digits[whole...])
    } else {
      body = [0x30, 0x2E] + [UInt8](repeating: 0x30, count: -exponent - 1) + digits
    }
    while body.last == 0x30 { body.removeLast() }
    if body.last == 0x2E { body.removeLast() }
    return (value < 0 ? "-" : "") + String(decoding: body, as: UTF8.self)
  }
}
