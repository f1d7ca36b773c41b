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
    let parts = inParallel(groups.count) { job in run.snapshots(of: groups[job], at: ends) }
    var points = days.map { CostPoint(day: $0) }
    for part in parts {
      for (place, booking) in part.enumerated() {
        for position in booking.narrowed(to: view).positions where wanted?.contains(position.asset) ?? true {
          if position.quantity.isZero && position.lots == 0 { continue }
          points[place].costBase = (try? points[place].costBase.adding(position.costBase)) ?? points[place].costBase
          points[place].lots += position.lots
          if let why = position.costBaseFigure.why {
            points[place].unknown.insert(position.asset)
            points[place].why[position.asset] = Why.graver(points[place].why[position.asset], why)
          }
        }
      }
    }
    return points
  }
}
