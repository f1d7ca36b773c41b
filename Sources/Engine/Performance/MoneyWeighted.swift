import Glibc

/// The rate that makes dated flows worth nothing: actual / 365.
///
/// - Source: DESIGN 7; the definition of XIRR in spreadsheets.
enum MoneyWeighted {
  /// All yearly rates in (-1, 1000) at which the flows' present value is zero, ascending.
  ///
  /// - Parameter flows: days since the first flow, and the amount: negative is paid in, positive is paid out.
  static func roots(of flows: [(days: Double, amount: Double)]) -> [Double] {
    guard flows.contains(where: { $0.amount > 0 }), flows.contains(where: { $0.amount < 0 }) else { return [] }
    /// Present value at ln(1 + rate), where it is smooth over the whole range.
    func value(_ x: Double) -> Double {
      var sum = 0.0
      for flow in flows { sum += flow.amount * exp(-x * flow.days / 365) }
      return sum
    }
    let (low, high) = (log(1e-6), log(1001.0))
    let steps = 600
    var found: [Double] = []
    var x0 = low
    var y0 = value(low)
    for step in 1...steps {
      let x1 = low + (high - low) * Double(step) / Double(steps)
      let y1 = value(x1)
      if y0 == 0 {
        found.append(x0)
      } else if y0.isFinite && y1.isFinite && (y0 < 0) != (y1 < 0) && y1 != 0 {
        found.append(bisect(x0, x1, y0, value))
      }
      (x0, y0) = (x1, y1)
    }
    return found.map { abs($0) < 1e-12 ? 0 : expm1($0) }  // bisection ends a hair beside an exact zero
  }

  private static func bisect(_ a: Double, _ b: Double, _ atA: Double, _ value: (Double) -> Double) -> Double {
    var (low, high) = (a, b)
    for _ in 0..<200 {
      let middle = (low + high) / 2
      if middle == low || middle == high { break }
      if (value(middle) < 0) == (atA < 0) { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
