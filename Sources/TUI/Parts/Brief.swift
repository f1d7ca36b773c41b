import Amounts
import Reports

/// Shorter ways to write a number for a narrow column, longest first. Rounded for the eye only.
enum Brief {
  /// Whole units, then thousands and upwards: `1,234,568`, `1.23M`. Amounts below ten keep their places.
  static func money(_ value: Decimal) -> [String] {
    let magnitude = value.magnitude
    if magnitude < 10 { return [value.text(places: 2)] }
    if magnitude < 1000 { return [value.text(places: 0)] }
    return [NumberText.grouped(value.text(places: 0)), scaled(value)]
  }

  /// Eight significant digits, then five, then thousands and upwards.
  static func quantity(_ value: Decimal) -> [String] {
    let places = [8, 5].map { max(0, $0 - wholeDigits(value)) }
    let texts = places.map { NumberText.quantity(value.rounded(to: $0)) }
    return value.magnitude < 1000 ? texts : texts + [scaled(value)]
  }

  /// `12.3k`, `4.56M`, `7.89G`, `1.23T`: three significant digits.
  static func scaled(_ value: Decimal) -> String {
    var unit = (divisor: Decimal.one, name: "")
    for (exponent, name) in ["k", "M", "G", "T", "P"].enumerated() {
      guard let divisor = try? Decimal(1).multiplied(by: power(1000, exponent + 1)), value.magnitude >= divisor else { break }
      unit = (divisor, name)
    }
    guard let scaled = try? value.divided(by: unit.divisor) else { return "n/a" }
    return scaled.text(places: max(0, 3 - wholeDigits(scaled))) + unit.name
  }

  private static func power(_ base: Int, _ exponent: Int) -> Decimal {
    Decimal((0..<exponent).reduce(1) { product, _ in product * base })
  }

  /// Digits before the point; none for numbers below one.
  private static func wholeDigits(_ value: Decimal) -> Int {
    let magnitude = value.magnitude
    return magnitude < 1 ? 0 : magnitude.text(places: 0).count
  }
}
