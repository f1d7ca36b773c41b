import Glibc

/// The rate that makes dated flows worth nothing: actual / 365.
///
/// - Source: DESIGN 7; the definition of XIRR in spreadsheets.
public enum MoneyWeighted {
  /// All yearly rates in (-1, 1000) at which the flows' present value is zero, ascending.
  ///
  /// - Parameter flows: days since the first flow, and the amount: negative is paid in, positive is paid out.
  public static func roots(of flows: [(days: Double, amount: Double)]) -> [Double] {
    let net = netted(flows)
    guard hasBothSigns(net) else { return [] }
    /// Present value at ln(1 + rate), where it is smooth over the whole range.
    func value(_ x: Double) -> Double { PresentValue.of(net, atLog: x) }
    /// How large the rounding errors of a present value may be.
    func noise(_ x: Double) -> Double {
      var sum = 0.0
      for flow in net { sum += abs(flow.amount) * exp(-x * flow.days / 365) }
      return sum * 1e-14
    }
    let (low, high) = (log(1e-9), log(1001.0))
    let steps = 800
    let xs = (0...steps).map { low + (high - low) * Double($0) / Double(steps) }
    let ys = xs.map { chained(net, $0) }
    var found: [Double] = []
    for step in 0...steps where ys[step].isFinite {
      if ys[step] == 0 {
        found.append(xs[step])
        continue
      }
      if step > 0, step < steps, let turn = turn(xs[(step - 1)...(step + 1)], ys[(step - 1)...(step + 1)], value) {
        // The worth comes near zero between three steps and turns: it crosses twice, only touches, or does neither.
        let atTurn = value(turn)
        if abs(atTurn) <= noise(turn) {
          found.append(turn)
        } else if (atTurn < 0) != (ys[step] < 0) {
          found.append(bisect(xs[step - 1], turn, ys[step - 1], value))
          found.append(bisect(turn, xs[step + 1], atTurn, value))
        }
      }
      if step < steps, ys[step + 1].isFinite, ys[step + 1] != 0, (ys[step] < 0) != (ys[step + 1] < 0) {
        found.append(bisect(xs[step], xs[step + 1], ys[step], value))
      }
    }
    return found.sorted().map { abs($0) < 1e-12 ? 0 : expm1($0) }  // bisection ends a hair beside an exact zero
  }

  /// Whether, day by day, money both came and went; without that no rate makes the flows worth nothing.
  static func hasBothSigns(_ flows: [(days: Double, amount: Double)]) -> Bool {
    let net = netted(flows)
    return net.contains { $0.amount > 0 } && net.contains { $0.amount < 0 }
  }

  /// The present value with one exponential a rate instead of one a flow: near enough to tell where it changes sign.
  private static func chained(_ net: [(days: Double, amount: Double)], _ x: Double) -> Double {
    let day = exp(-x / 365)
    var (sum, factor, last) = (0.0, 1.0, 0.0)
    for flow in net {
      let gap = flow.days - last
      factor *= gap == 1 ? day : exp(-x * gap / 365)
      last = flow.days
      sum += flow.amount * factor
    }
    return sum
  }

  /// One amount a day: what comes and goes on one day is worth its difference at any rate.
  private static func netted(_ flows: [(days: Double, amount: Double)]) -> [(days: Double, amount: Double)] {
    var net: [(days: Double, amount: Double)] = []
    for flow in flows.sorted(by: { $0.days < $1.days }) {
      if let last = net.last, last.days == flow.days {
        net[net.count - 1].amount += flow.amount
      } else {
        net.append(flow)
      }
    }
    return net
  }

  /// Where a function of one sign is nearest to zero between three places; nil unless the middle one is the nearest of them.
  private static func turn(_ xs: ArraySlice<Double>, _ ys: ArraySlice<Double>, _ value: (Double) -> Double) -> Double? {
    let (x, y) = (Array(xs), Array(ys))
    guard y.allSatisfy({ $0.isFinite && ($0 < 0) == (y[1] < 0) }), abs(y[1]) <= abs(y[0]), abs(y[1]) < abs(y[2]) else { return nil }
    let sign: Double = y[1] < 0 ? -1 : 1
    var (low, high) = (x[0], x[2])
    for _ in 0..<100 {
      let (a, b) = (low + (high - low) / 3, high - (high - low) / 3)
      if sign * value(a) < sign * value(b) { high = b } else { low = a }
    }
    return (low + high) / 2
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
