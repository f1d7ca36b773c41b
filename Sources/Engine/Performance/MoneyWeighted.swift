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
    if let told = toldRoots(net, value) { return told }
    /// How large the rounding errors of a present value may be.
    func noise(_ x: Double) -> Double {
      var sum = 0.0
      for flow in net { sum += abs(flow.amount) * exp(-x * flow.days / 365) }
      return sum * 1e-14
    }
    // The rates that nearly everything was lost at are few, so the steps there are wide.
    let (wide, narrow) = (60, 800)
    let steps = wide + narrow
    let xs =
      (0..<wide).map { least + (low - least) * Double($0) / Double(wide) }
      + (0...narrow).map { low + (high - low) * Double($0) / Double(narrow) }
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
    return found.sorted().map(rate)
  }

  /// ln(1 + rate) of the lowest rate that a double tells from -1, of one near it, and of the highest rate.
  private static let (least, low, high) = (log(1e-15), log(1e-9), log(1001.0))

  /// The rate at its logarithm; the search ends a hair beside an exact zero.
  private static func rate(_ x: Double) -> Double { abs(x) < 1e-12 ? 0 : expm1(x) }

  /// The roots where the flows tell that there is at most one below a rate of zero and one above, as nearly always.
  ///
  /// - Returns: nil where there may be more, and the whole range has to be searched.
  private static func toldRoots(_ net: [(days: Double, amount: Double)], _ value: (Double) -> Double) -> [Double]? {
    guard let days = everyDay(net), let below = rootCount(days.reversed()), let above = rootCount(days) else { return nil }
    let (atLow, atZero, atHigh) = (value(least), value(0), value(high))
    guard atLow.isFinite, atHigh.isFinite, atLow != 0, atHigh != 0, atZero != 0 else { return nil }
    var found: [Double] = []
    if below == 1, (atLow < 0) != (atZero < 0) { found.append(rate(root(between: least, 0, atLow, net))) }
    if above == 1, (atZero < 0) != (atHigh < 0) { found.append(rate(root(between: 0, high, atZero, net))) }
    return found
  }

  /// An amount for every day from the first on; nil where the flows are not of whole days, or of more than a lifetime.
  private static func everyDay(_ net: [(days: Double, amount: Double)]) -> [Double]? {
    guard let last = net.last?.days, last < 40_000 else { return nil }
    var days = [Double](repeating: 0, count: Int(last) + 1)
    for flow in net {
      guard flow.days >= 0, flow.days == flow.days.rounded() else { return nil }
      days[Int(flow.days)] = flow.amount
    }
    return days
  }

  /// How many positive rates make flows worth nothing, 0 or 1; nil where that does not follow.
  ///
  /// A factor v between 0 and 1 at which the amounts x v^day add up to nothing is one for their running sums, too, and for the running
  /// sums of those. Each series has no more such factors than it changes its sign, and an even number less; the more often it is
  /// summed, the fewer changes are left that say nothing.
  ///
  /// - Source: Descartes' rule of signs for f(v) / (1 - v)^k, the first step being C. Norstrom, A sufficient condition for a unique
  ///   nonnegative internal rate of return (1972). Past the last day the k-th sums go on as a polynomial with the last sums as its
  ///   coefficients, whose changes of sign count as well.
  private static func rootCount(_ days: [Double]) -> Int? {
    var (sums, sizes) = (days, days.map(abs))
    var ends: [Double] = []
    for _ in 0..<12 {
      var (sum, size, last, changes, isClear) = (0.0, 0.0, 0.0, 0, true)
      for day in sums.indices {
        sum += sums[day]
        size += sizes[day]
        (sums[day], sizes[day]) = (sum, size)
        // What rounding may have left of nothing has no sign.
        if abs(sum) <= size * 1e-11 {
          isClear = isClear && size == 0
        } else {
          if last != 0, (last < 0) != (sum < 0) { changes += 1 }
          last = sum
        }
      }
      if abs(sum) <= size * 1e-11 { return nil }
      ends.append(sum)
      for place in ends.indices.dropFirst() where (ends[place] < 0) != (ends[place - 1] < 0) { changes += 1 }
      if isClear && changes <= 1 { return changes }
    }
    return nil
  }

  /// The root between two places of different signs: Newton's steps where they stay between what is known and grow shorter, else halves.
  private static func root(between a: Double, _ b: Double, _ atA: Double, _ net: [(days: Double, amount: Double)]) -> Double {
    var (low, high, x, width) = (a, b, min(max(0, a), b), b - a)
    for _ in 0..<200 {
      var (sum, slope) = (0.0, 0.0)
      for flow in net {
        let worth = flow.amount * exp(-x * flow.days / 365)
        sum += worth
        slope -= worth * flow.days / 365
      }
      let step = -sum / slope
      // The next step would be as much shorter as this one is short.
      if sum == 0 || abs(step) < 1e-9 { return sum == 0 ? x : x + step }
      if (sum < 0) == (atA < 0) { low = x } else { high = x }
      let isUseful = x + step > low && x + step < high && abs(step) < width / 2
      let next = isUseful ? x + step : low + (high - low) / 2
      if next == low || next == high { return next }
      (x, width) = (next, abs(next - x))
    }
    return x
  }

  /// The solution nearest 0: a year's rate, or what the span returned when a year's rate would be a guess.
  ///
  /// Over a short span a year's rate may be beyond all bounds while the span's is not: 40 % lost in a week is -99.9999999997 % a year.
  ///
  /// - Parameters:
  ///   - flows: days since the first flow, and the amount: negative is paid in, positive is paid out.
  ///   - roots: their ``roots(of:)``.
  ///   - yearly: whether a year's rate is wanted.
  public static func nearest(of flows: [(days: Double, amount: Double)], _ roots: [Double], yearly: Bool) -> Double? {
    let root = roots.min { abs($0) < abs($1) }
    if yearly { return root }
    let moved = netted(flows).filter { $0.amount != 0 }
    guard let first = moved.first, let last = moved.last, last.days > first.days else { return nil }
    let span = last.days - first.days
    // With the span as the unit of time its return is the rate.
    let returns = MoneyWeighted.roots(of: flows.map { ($0.days * 365 / span, $0.amount) })
    let near = root.map { pow(1 + $0, span / 365) - 1 } ?? 0
    return returns.min { abs($0 - near) < abs($1 - near) }
  }

  /// Whether, day by day, money both came and went; without that no rate makes the flows worth nothing.
  static func hasBothSigns(_ flows: [(days: Double, amount: Double)]) -> Bool {
    let net = netted(flows)
    return net.contains { $0.amount > 0 } && net.contains { $0.amount < 0 }
  }

  /// The present value with few exponentials a rate instead of one a flow: near enough to tell where it changes sign.
  private static func chained(_ net: [(days: Double, amount: Double)], _ x: Double) -> Double {
    let day = exp(-x / 365)
    // The factors of the gaps that occur again and again.
    var gaps = [Double](repeating: 1, count: 33)
    for gap in 1..<gaps.count { gaps[gap] = gaps[gap - 1] * day }
    var (sum, factor, last) = (0.0, 1.0, 0.0)
    for flow in net {
      let gap = flow.days - last
      factor *= gap < 33 ? gaps[Int(gap)] : exp(-x * gap / 365)
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
