public import Amounts
public import Ledger

/// What came from outside and went outside on each day, in base at the day's rate.
///
/// Deposits, withdrawals, deliveries, gifts and corrections of balances are flows; income, rewards, fees and taxes are return. Units are
/// worth their unit value of the day, deliveries what their row states. Of some accounts only, what crosses their border is a flow too,
/// at market value.
///
/// - Source: DESIGN 7.
public struct ExternalFlows: Sendable {
  /// One day's flows.
  public struct Flow: Hashable, Sendable {
    /// What came in.
    public var inflow = Decimal.zero
    /// What went out, a positive amount.
    public var outflow = Decimal.zero

    /// What came in less what went out.
    public var net: Decimal { (try? inflow.subtracting(outflow)) ?? .zero }

    /// Adds what else came in and went out.
    mutating func add(_ more: Flow) {
      inflow = (try? inflow.adding(more.inflow)) ?? inflow
      outflow = (try? outflow.adding(more.outflow)) ?? outflow
    }

    /// Adds an amount that came in, or with a minus sign went out.
    mutating func add(_ amount: Decimal) {
      if amount.isNegative {
        outflow = (try? outflow.subtracting(amount)) ?? outflow
      } else {
        inflow = (try? inflow.adding(amount)) ?? inflow
      }
    }
  }
  /// Days with flows, ascending.
  let list: DayFlows
  /// Days with flows.
  public var days: [Day: Flow] {
    Dictionary(uniqueKeysWithValues: zip(list.days, list.flows).map { (Day(ordinal: $0), $1) })
  }
  /// Flows whose worth is unknown, which are in no figure.
  public let unknown: Int
  /// By day with an inflow: what trades at stated prices say that holdings changed before it, in base.
  let revalued: [Int32: Decimal]
  /// Cash that was spent and never seen to arrive.
  public let assumed: AssumedCash
  /// Whether it is taken as contributed; else returns over such a base are not told.
  let assumesOpenings: Bool
  private let prices: UnitPrices?

  /// The flows of a book up to the end of a day.
  ///
  /// - Parameter accounts: the accounts that are inside; nil means those in view.
  public init(_ book: Book, accounts: Set<AccountID>? = nil, upTo last: Day) {
    let groups = AccountGroups(viewOf: book, accounts)
    let steps = QuantitySteps.by(groups, book, upTo: last)
    self.init(book, UnitPrices(book, steps, upTo: last), groups, steps, upTo: last)
  }

  /// The flows that go with a history, of the same accounts and up to the same day.
  public init(_ book: Book, _ history: ValueHistory) {
    let basis = history.basis
    self.init(book, basis.prices, basis.groups, [basis.steps], upTo: basis.last)
  }

  /// The flows of a book whose steps and prices are there already.
  init(_ book: Book, _ prices: UnitPrices, _ groups: AccountGroups, _ steps: [QuantitySteps], upTo last: Day) {
    let found = PartFlows(book, prices, groups, steps, upTo: last, count: 1) { _, _ in 0 }
    let revalued = FlowDayPrices(book, prices, groups, steps[0], found.parts[0]).revalued
    self.init(
      found.parts[0], unknown: found.unknown[0], revalued: revalued, assumed: AssumedCash(book, groups, upTo: last),
      assumesOpenings: book.settings.assumedOpenings, prices)
  }

  /// Cash that was missing at most up to a day and is taken as contributed, in base at the day's rates.
  func assumed(on day: Day) -> Decimal {
    guard assumesOpenings, !assumed.isNothing, let prices else { return .zero }
    return assumed.total(on: day, prices)
  }

  /// No flows at all.
  static let none = ExternalFlows(DayFlows(), unknown: 0)

  /// Flows that are there already.
  init(
    _ flows: DayFlows, unknown: Int, revalued: [Int32: Decimal] = [:], assumed: AssumedCash = .none, assumesOpenings: Bool = true,
    _ prices: UnitPrices? = nil
  ) {
    list = flows
    (self.assumed, self.assumesOpenings, self.prices) = (assumed, assumesOpenings, prices)
    self.revalued = revalued
    self.unknown = unknown
  }

  /// 1 for what comes in, -1 for what goes out, nil for what is no flow. A correction carries its own sign.
  ///
  /// - Parameter hasOtherSide: whether a loan is booked in an account of its own; where it is not, borrowed money came from outside.
  static func direction(of kind: EventKind, hasOtherSide: Bool) -> Int? {
    switch kind {
    case .borrow: hasOtherSide ? nil : 1
    case .repay: hasOtherSide ? nil : -1
    case .deposit, .deliveryIn, .giftIn, .adjust: 1
    case .withdraw, .deliveryOut, .giftOut, .donateOut: -1
    default: nil
    }
  }
}
