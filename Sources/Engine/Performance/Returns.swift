public import Amounts

/// How the flows of a day meet its return.
public enum FlowTiming: String, CaseIterable, Hashable, Sendable {
  /// What comes in is there from the start of the day, what goes out until its end.
  case split
  /// All flows at the start of the day.
  case start
  /// All flows at the end of the day.
  case end
}

/// The periods whose returns are counted in statistics of risk.
public enum ReturnCalendar: String, CaseIterable, Hashable, Sendable {
  /// Every calendar day; a year has 365.
  case daily
  /// Weekends are folded into Monday; a year has 252.
  case business
  /// Weeks that end on Sunday; a year has 52.
  case weekly
  /// Calendar months; a year has 12. What is valued once a month has no honest daily risk.
  case monthly

  /// Periods a year.
  public var periods: Double {
    switch self {
    case .daily: 365
    case .business: 252
    case .weekly: 52
    case .monthly: 12
    }
  }

  /// The returns of whole periods: daily returns chained. A week or month of which days are missing at either end is left out.
  public func rates(of days: [ReturnDay]) -> [Double] {
    if self == .daily { return days.map { $0.rate ?? 0 } }
    var found: [Double] = []
    var chained = 1.0
    var isWhole = days.first.map { ends($0.day - 1) || self == .business } ?? false
    for day in days {
      chained *= 1 + (day.rate ?? 0)
      guard ends(day.day) else { continue }
      if isWhole { found.append(chained - 1) }
      chained = 1
      isWhole = true
    }
    return found
  }

  /// Whether a period ends with a day.
  private func ends(_ day: Day) -> Bool {
    switch self {
    case .daily: true
    case .business: day.weekday < 6
    case .weekly: day.weekday == 7
    case .monthly: (day + 1).civil.day == 1
    }
  }
}

/// A day of a performance: what it was worth, what flowed, and what it returned.
public struct ReturnDay: Hashable, Sendable {
  /// The day.
  public var day: Day
  /// Worth at its end, in base.
  public var value: Decimal
  /// What came in.
  public var inflow: Decimal
  /// What went out.
  public var outflow: Decimal
  /// The day's return, a fraction; nil when nothing was invested.
  public var rate: Double?
  /// Held assets whose worth is unknown on the day, which are not in its value.
  public var unpriced: Int
  /// Held assets that count at their last trade, for want of a quote.
  public var atTrade: Int
  /// Cash that accounts never had up to here, which the return takes as contributed and held, in base; it is in neither value nor flows.
  public var assumed = Decimal.zero

  /// The return of a day.
  ///
  /// The gain is told exactly before it becomes a statistic, so that a day without one returns nothing at all.
  ///
  /// - Source: DESIGN 7: split is (value + out) / (value before + in) - 1.
  ///
  /// - Parameter revalued: what holdings changed by before the inflow, where trades at stated prices tell: the day is split there.
  static func rate(
    before: Decimal, value: Decimal, _ flow: ExternalFlows.Flow, _ timing: FlowTiming, revalued: Decimal? = nil
  ) -> Double? {
    if timing == .split, let revalued, !revalued.isZero, before.isPositive, let middle = try? before.adding(revalued), middle.isPositive,
      let first = rate(before: before, value: middle, ExternalFlows.Flow(), .split),
      let second = rate(before: middle, value: value, flow, .split)
    {
      return (1 + first) * (1 + second) - 1
    }
    let invested: Decimal?
    switch timing {
    case .split: invested = try? before.adding(flow.inflow)
    case .start: invested = try? before.adding(flow.inflow).subtracting(flow.outflow)
    case .end: invested = before
    }
    guard let invested, invested.isPositive else { return nil }
    guard let gain = try? value.adding(flow.outflow).subtracting(before).subtracting(flow.inflow) else {
      let (grown, start) = (value.approximate + flow.outflow.approximate, before.approximate + flow.inflow.approximate)
      return (grown - start) / invested.approximate
    }
    let rate = gain.approximate / invested.approximate
    // Less than a double can tell from 1: the roundings of conversions, not a return.
    return abs(rate) < 1e-15 ? 0 : rate
  }
}

/// The deepest fall of an index from its peak.
public struct Drawdown: Hashable, Sendable {
  /// The fall, a positive fraction.
  public var depth: Double
  /// The day of the peak; the day before the first when the index never rose above its start.
  public var peak: Day
  /// The day of the lowest value.
  public var trough: Day
  /// The first day at the peak's height again; nil when it is not reached yet.
  public var recovered: Day?

  /// How far two values of an index that returned to its height may be apart: the returns that are chained are rounded.
  private static let noise = 1e-12

  /// The deepest fall of an index that starts at 1 on the day before the first; of falls as deep, the first.
  static func deepest(of index: [(day: Day, value: Double)]) -> Drawdown? {
    guard let first = index.first else { return nil }
    var peak = (day: first.day - 1, value: 1.0)
    var worst: Drawdown?
    var height = 1.0
    for point in index {
      if point.value >= peak.value * (1 - noise) { peak = (point.day, max(peak.value, point.value)) }
      let depth = 1 - point.value / peak.value
      if depth > (worst?.depth ?? 0) + noise {
        worst = Drawdown(depth: depth, peak: peak.day, trough: point.day, recovered: nil)
        height = peak.value
      }
    }
    if let found = worst {
      worst?.recovered = index.first { $0.day > found.trough && $0.value >= height * (1 - noise) }?.day
    }
    return worst
  }
}
