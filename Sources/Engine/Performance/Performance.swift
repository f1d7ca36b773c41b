public import Amounts
import Glibc
public import Ledger

/// How a portfolio did between two days. Rates are statistics, amounts are exact.
///
/// - Source: DESIGN 7.
public struct Performance: Sendable {
  /// What is asked.
  public struct Question: Hashable, Sendable {
    /// The first day whose flows and return count; nil means the first day with anything.
    public var from: Day?
    /// The last day.
    public var to: Day
    /// How flows meet returns.
    public var timing = FlowTiming.split
    /// Which days are counted.
    public var calendar = ReturnCalendar.daily
    /// The yearly rate without risk, a fraction.
    public var riskFree = 0.0
    /// Whether the money-weighted return is wanted; finding all its solutions takes longest.
    public var wantsXIRR = true

    /// Everything up to a day.
    public init(from: Day? = nil, to: Day) {
      self.from = from
      self.to = to
    }
  }
  /// What was asked.
  public let question: Question
  /// Every day from the first to the last.
  public let days: [ReturnDay]
  /// Worth at the end of the day before the first.
  public let startValue: Decimal
  /// Worth at the end of the last day.
  public let endValue: Decimal
  /// Inflows less outflows.
  public let netFlows: Decimal
  /// End - start - net flows.
  public let gain: Decimal
  /// Time-weighted return of the whole span.
  public let twr: Figure<Double>
  /// The same a year; unknown under 365 days.
  public let twrAnnual: Figure<Double>
  /// Money-weighted return: a year's, or the span's when it is under 365 days.
  public let xirr: Figure<Double>
  /// All solutions in (-1, 1000), ascending.
  public let xirrRoots: [Double]
  /// Standard deviation of the returns, a year's.
  public let volatility: Figure<Double>
  /// Root mean square of what returns fall short of the risk-free rate, over all of them, a year's.
  public let downsideDeviation: Figure<Double>
  /// Mean return above the risk-free rate / standard deviation, a year's.
  public let sharpe: Figure<Double>
  /// Mean return above the risk-free rate / downside deviation, a year's.
  public let sortino: Figure<Double>
  /// Annual return / deepest fall.
  public let calmar: Figure<Double>
  /// The deepest fall of the time-weighted index.
  public let drawdown: Drawdown?
  /// Flows whose worth is unknown.
  public let unknownFlows: Int
  /// Cash that accounts never had, which returns take as contributed; amounts are not changed by it.
  public let shortfalls: [AssumedCash.Shortfall]
  /// Whether returns take it as contributed; else none are told.
  public let assumesOpenings: Bool
  /// What of it was missing before the first day, in base.
  let startAssumed: Decimal

  /// A fall or a deviation below this part of the value is no risk but the rounding of amounts and rates: a cent of ten million.
  static let rounding = 1e-9

  /// How a book did.
  public init(_ book: Book, _ question: Question) {
    let history = ValueHistory(book, upTo: question.to)
    self.init(question, history.points, ExternalFlows(book, history))
  }

  /// How a history did, with its flows.
  public init(_ question: Question, _ points: [HistoryPoint], _ flows: ExternalFlows) {
    self.question = question
    unknownFlows = flows.unknown
    shortfalls = flows.assumed.shortfalls
    assumesOpenings = flows.assumesOpenings
    let first = max(question.from ?? points.first?.day ?? question.to, points.first?.day ?? question.to)
    let start = points.last { $0.day < first }?.value ?? .zero
    startValue = start
    var before = start
    var days: [ReturnDay] = []
    var net = Decimal.zero
    var next = 0
    var assumed = flows.assumed(on: first - 1)
    startAssumed = assumed
    for point in points where point.day >= first && point.day <= question.to {
      while next < flows.list.days.count, flows.list.days[next] < point.day.ordinal { next += 1 }
      let hasFlow = next < flows.list.days.count && flows.list.days[next] == point.day.ordinal
      var flow = hasFlow ? flows.list.flows[next] : ExternalFlows.Flow()
      // What became known, or no longer is, came from nowhere and goes nowhere: it is no return.
      flow.add(point.appeared)
      flow.add(-point.vanished)
      net = (try? net.adding(flow.inflow).subtracting(flow.outflow)) ?? net
      let assumedNow = flows.assumed(on: point.day)
      var rate: Double?
      if assumed.isZero && assumedNow.isZero {
        rate = ReturnDay.rate(
          before: before, value: point.value, flow, question.timing, revalued: hasFlow ? flows.revalued[point.day.ordinal] : nil)
      } else if let held = try? before.adding(assumed), let value = try? point.value.adding(assumedNow),
        let contributed = try? assumedNow.subtracting(assumed)
      {
        var all = flow
        all.add(contributed)
        rate = ReturnDay.rate(before: held, value: value, all, question.timing)
      }
      days.append(
        ReturnDay(
          day: point.day, value: point.value, inflow: flow.inflow, outflow: flow.outflow, rate: rate, unpriced: point.unpriced,
          atTrade: point.atTrade, assumed: assumedNow))
      before = point.value
      assumed = assumedNow
    }
    self.days = days
    endValue = days.last?.value ?? start
    netFlows = net
    gain = (try? endValue.subtracting(start).subtracting(net)) ?? .zero
    let isLong = days.count >= 365
    var product = 1.0
    var index: [(day: Day, value: Double)] = []
    for day in days {
      product *= 1 + (day.rate ?? 0)
      index.append((day.day, product))
    }
    let isInvested = days.contains { $0.rate != nil } && (flows.assumesOpenings || flows.assumed.isNothing)
    twr = isInvested ? .known(product - 1) : .unknown(.nothing)
    // Who owes more than there was has a product below zero, and no real root of it.
    twrAnnual =
      !isInvested
      ? .unknown(.nothing)
      : !isLong ? .unknown(.tooShort) : product < 0 ? .unknown(.noSolution) : .known(pow(product, 365 / Double(days.count)) - 1)
    let fall = Drawdown.deepest(of: index)
    drawdown = fall
    let rates = question.calendar.rates(of: days)
    let periods = question.calendar.periods
    let free = pow(1 + question.riskFree, 1 / periods) - 1
    let mean = rates.reduce(0, +) / Double(max(1, rates.count))
    let spread = sqrt(rates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, rates.count - 1)))
    let downside = sqrt(rates.reduce(0) { $0 + min(0, $1 - free) * min(0, $1 - free) } / Double(max(1, rates.count)))
    let enough = rates.count >= 2
    volatility = enough ? .known(spread * sqrt(periods)) : .unknown(.tooShort)
    downsideDeviation = enough ? .known(downside * sqrt(periods)) : .unknown(.tooShort)
    /// A mean over a risk; n/a when the risk is none, or so small that it is the rounding of amounts.
    func ratio(over risk: Double, none: Why) -> Figure<Double> {
      if !enough { return .unknown(.tooShort) }
      if risk < Performance.rounding { return .unknown(risk == 0 ? none : .onlyRounding) }
      return .known((mean - free) / risk * sqrt(periods))
    }
    sharpe = ratio(over: spread, none: .noVariation)
    sortino = ratio(over: downside, none: .noLoss)
    if let annual = twrAnnual.value, let fall {
      calmar = fall.depth < Performance.rounding ? .unknown(.onlyRounding) : .known(annual / fall.depth)
    } else {
      calmar = .unknown(twrAnnual.why ?? .noLoss)
    }
    let cash = Performance.cash(days, start.approximate, startAssumed.approximate)
    xirrRoots = question.wantsXIRR ? MoneyWeighted.roots(of: cash) : []
    if !question.wantsXIRR || cash.allSatisfy({ $0.amount == 0 }) {
      xirr = .unknown(.nothing)
    } else if let rate = MoneyWeighted.nearest(of: cash, xirrRoots, yearly: isLong) {
      xirr = .known(rate)
    } else {
      xirr = .unknown(MoneyWeighted.hasBothSigns(cash) ? .noSolution : .oneWay)
    }
  }

  /// The flows as an investor sees them: start value and inflows are paid in, outflows and end value come back.
  private static func cash(_ days: [ReturnDay], _ bare: Double, _ missing: Double) -> [(days: Double, amount: Double)] {
    guard let first = days.first, let last = days.last else { return [] }
    let start = bare + missing
    let origin = start == 0 ? first.day : first.day - 1
    var flows: [(days: Double, amount: Double)] = start == 0 ? [] : [(0, -start)]
    var assumed = missing
    for day in days {
      let contributed = day.assumed.approximate - assumed
      assumed = day.assumed.approximate
      if day.inflow.isZero && day.outflow.isZero && contributed == 0 { continue }
      flows.append((Double(day.day - origin), day.outflow.approximate - day.inflow.approximate - contributed))
    }
    flows.append((Double(last.day - origin), last.value.approximate + assumed))
    return flows
  }
}
