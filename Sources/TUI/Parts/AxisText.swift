/// Labels of a value axis: 1.2M, 340k, 0.985.
enum AxisText {
  /// How values between two are written: one unit for all, and as many places as keep neighbouring labels apart.
  static func labels(_ values: [Double?], baseline: Double? = nil) -> @Sendable (Double) -> String {
    let known = (values + [baseline]).compactMap { $0 }.filter(\.isFinite)
    guard let low = known.min(), let high = known.max() else { return { fixed($0, places: 2) } }
    let largest = max(low.magnitude, high.magnitude)
    let (divisor, unit): (Double, String) =
      largest >= 1e12 ? (1e12, "T") : largest >= 1e9 ? (1e9, "G") : largest >= 1e6 ? (1e6, "M") : largest >= 10_000 ? (1e3, "k") : (1, "")
    // The chart has five labels at most; a quarter of their distance keeps rounding from making it look uneven.
    // A line along zero is drawn between -1 and 1, or -100 % and 100 %.
    let step = (high > low ? high - low : largest > 0 ? largest * 0.1 : 100) / 4 / divisor
    var places = 0
    var smallest = 1.0
    while places < 8, smallest > step / 4 {
      places += 1
      smallest /= 10
    }
    return { [places] in fixed($0 / divisor, places: places) + unit }
  }

  /// Percent, for a series of fractions.
  static func percents(_ values: [Double?]) -> @Sendable (Double) -> String {
    let label = labels(values.map { $0.map { $0 * 100 } }, baseline: 0)
    return { label($0 * 100) + "%" }
  }

  /// A number with exactly so many places.
  private static func fixed(_ value: Double, places: Int) -> String {
    var power = 1.0
    for _ in 0..<places { power *= 10 }
    let scaled = (value * power).rounded()
    guard scaled.magnitude < 1e15 else { return "\(value)" }
    let digits = Int(scaled.magnitude)
    let whole = digits / Int(power)
    let sign = scaled < 0 ? "-" : ""
    guard places > 0 else { return sign + String(whole) }
    let rest = String(digits % Int(power))
    return sign + "\(whole)." + String(repeating: "0", count: places - rest.count) + rest
  }
}
