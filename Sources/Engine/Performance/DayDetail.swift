public import Amounts
public import Ledger

/// What makes one day of a performance: the worth of each holding at its end, and what each event moved in or out.
///
/// The worths add up to the day's value, and the flows, with what became known or unknown, to its inflow and outflow, exactly.
public struct DayDetail: Sendable {
  /// A holding at the day's end.
  public struct Holding: Sendable {
    /// What is held.
    public let asset: AssetID
    /// Where; nil when accounts are not told apart.
    public let account: AccountID?
    /// Units.
    public let quantity: Decimal
    /// What they are worth in base; unknown ones are in no value.
    public let worth: Figure<Decimal>
    /// Whether they count at the price of their last trade, for want of a quote.
    public let isAtTrade: Bool
    /// What the worth changed by while it became known, or stopped being known, other than by flows: it counts as a flow.
    public let appeared: Decimal
  }
  /// An event's flow.
  public struct Movement: Sendable {
    /// Its position in the book's events.
    public let event: Int
    /// What it brought in, in base.
    public let inflow: Decimal
    /// What it took out, a positive amount.
    public let outflow: Decimal
  }
  /// By asset and account.
  public let holdings: [Holding]
  /// In the order of events; those that moved nothing in or out are not there.
  public let movements: [Movement]

  /// The parts of a day.
  ///
  /// - Complexity: one pass over the events up to the day.
  public init(_ book: Book, on day: Day, of part: PerformancePart = .everything) {
    let choice = part.choice(book)
    let steps = QuantitySteps.by(choice.groups, book, upTo: day)
    let prices = UnitPrices(book, steps, upTo: day)
    let rates = HistoryBasis.rates(book, steps, prices, upTo: day, reusing: nil)
    movements = PartFlows.movements(book, prices, choice.groups, steps, on: day, isInside: choice.isInside)
    var holdings: [Holding] = []
    for group in 0..<choice.groups.count {
      for id in steps[group].assets where choice.isInside(id.raw, group) {
        guard let asset = prices.assets[id], let list = steps[group].lists[id] else { continue }
        let column = ValueWalk(asset, prices, list).column(from: day - 1, count: 2, rates)
        let isNew = column.states[0] == .unknown || column.states[1] == .unknown
        if column.states[1] == .none && !isNew { continue }
        var appeared = Decimal.zero
        if isNew {
          let own = PartFlows.movements(book, prices, choice.groups, steps, on: day) { $0 == id.raw && $1 == group }
          let flow = own.reduce(Decimal.zero) { sum, movement in
            (try? sum.adding(movement.inflow).subtracting(movement.outflow)) ?? sum
          }
          appeared = (try? column.values[1].subtracting(column.values[0]).subtracting(flow)) ?? .zero
        }
        holdings.append(
          Holding(
            asset: id, account: choice.accounts?[group], quantity: steps[group].quantity(of: id, at: day),
            worth: column.states[1] == .unknown ? .unknown(.noRateOrQuote) : .known(column.values[1]),
            isAtTrade: column.states[1] == .atTrade, appeared: appeared))
      }
    }
    self.holdings = holdings
  }
}
