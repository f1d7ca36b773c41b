import Glibc

/// What dated flows are worth on the day of the first, at a yearly rate: actual / 365.
///
/// - Source: the definition of XNPV in spreadsheets.
public enum PresentValue {
  /// The sum of amount / (1 + rate)^(days / 365).
  ///
  /// - Parameters:
  ///   - flows: days since the first flow, and the amount in any currency.
  ///   - rate: a fraction above -1.
  public static func of(_ flows: [(days: Double, amount: Double)], at rate: Double) -> Double { of(flows, atLog: log1p(rate)) }

  /// The same at ln(1 + rate), over which it is smooth.
  static func of(_ flows: [(days: Double, amount: Double)], atLog x: Double) -> Double {
    var sum = 0.0
    for flow in flows { sum += flow.amount * exp(-x * flow.days / 365) }
    return sum
  }
}
