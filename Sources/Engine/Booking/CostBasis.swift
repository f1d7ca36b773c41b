public import Amounts
public import Ledger

/// What everything that was held at the end of a day had cost.
public struct CostPoint: Hashable, Sendable {
  /// The day.
  public let day: Day
  /// Cost of the open lots in base at the rates of their acquisitions, where it is known.
  public internal(set) var costBase: Decimal = .zero
  /// Open lots.
  public internal(set) var lots = 0
  /// Assets of which the cost of some units is not known.
  public internal(set) var unknown: Set<AssetID> = []
  /// Why it is not known.
  public internal(set) var why: [AssetID: Why] = [:]
  /// Units held; of several assets their sum, which says little.
  public internal(set) var units: Decimal = .zero
  /// Cost of the open lots in their own currency; unknown where that of one is, or they differ in currency.
  public internal(set) var cost: Figure<Money> = .unknown(.nothing)

  mutating func add(_ position: Position) {
    costBase = (try? costBase.adding(position.costBase)) ?? costBase
    lots += position.lots
    units = (try? units.adding(position.quantity)) ?? units
    switch (cost, position.cost) {
    case (.unknown(.nothing), let own): cost = own
    case (.known(let sum), .known(let more)): cost = sum.adding(more)
    case (.known, .unknown(let why)): cost = .unknown(why)
    case (.unknown, _): break
    }
    if let gap = position.costBaseFigure.why {
      unknown.insert(position.asset)
      why[position.asset] = Why.graver(why[position.asset], gap)
    }
  }

  mutating func add(_ other: CostPoint) {
    costBase = (try? costBase.adding(other.costBase)) ?? costBase
    lots += other.lots
    units = (try? units.adding(other.units)) ?? units
    unknown.formUnion(other.unknown)
    why.merge(other.why) { Why.graver($0, $1) ?? $0 }
    switch (cost, other.cost) {
    case (.unknown(.nothing), let own): cost = own
    case (_, .unknown(.nothing)): break
    case (.known(let sum), .known(let more)): cost = sum.adding(more)
    case (.known, .unknown(let why)): cost = .unknown(why)
    case (.unknown, _): break
    }
  }
}

extension Book {
  /// The cost of what is held through time.
  ///
  /// - Parameters:
  ///   - days: ascending.
  ///   - wanted: the assets that count; nil is all with lots.
  /// - Complexity: the events are booked once, and what is open is added up on every day.
  public func costBasis(on days: [Day], of wanted: Set<AssetID>? = nil) -> [CostPoint] {
    let plan = BookingPlan(self)
    let run = BookingRun(self, plan, plan.rates(of: self), asOf: days.last, pieces: false)
    let ends = days.map { settings.zone.end(of: $0).microseconds }
    let groups = plan.groups.indices.filter { wanted == nil || plan.groups[$0].members.contains { wanted?.contains(AssetID($0)) == true } }
    let parts = inParallel(groups.count) { job in
      var own: [CostPoint] = []
      run.positions(of: groups[job], at: ends) { positions in
        var point = CostPoint(day: days[own.count])
        for position in positions where isInView(position.account) && (wanted?.contains(position.asset) ?? true) {
          if position.quantity.isZero && position.lots == 0 { continue }
          point.add(position)
        }
        own.append(point)
      }
      return own
    }
    var points = days.map { CostPoint(day: $0) }
    for part in parts {
      for (place, point) in part.enumerated() { points[place].add(point) }
    }
    return points
  }
}
