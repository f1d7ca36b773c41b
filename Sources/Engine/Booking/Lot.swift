import Amounts
import Ledger

/// A lot while it is being booked: the plain numbers, with flags instead of reasons.
///
/// The small fields stand where a `Decimal` leaves bytes unused; a million lots are a good deal of memory to walk through.
struct Lot {
  var quantity: Decimal
  var leg: Int16
  /// Where it was acquired or brought last.
  var account: Int32
  /// Total cost in `currency`; meaningless unless `costKnown`.
  var cost: Decimal = .zero
  /// How many transfers it went through.
  var path: Int32 = 0
  /// Total cost in base; meaningless unless `baseKnown`.
  var costBase: Decimal = .zero
  var costKnown = false
  var baseKnown = false
  /// Whether cost and base cost are one number, so that one division serves both.
  var sameMoney = false
  /// Whether `acquired` is only the arrival: it orders the lot, and nobody knows when the units were acquired.
  var isDateUnknown = false
  /// Whether `rank` still says what a unit costs.
  var isRanked = false
  var currency: Int32
  /// What a unit cost in base when it was acquired; kept as it was then, so that the rounding of a part cannot change the order.
  var rank: Decimal = .zero
  /// Microseconds UTC; `Int64.min` when unknown.
  var acquired: Int64
  /// The event that made it.
  var event: Int64

  /// Units of unknown cost.
  init(_ quantity: Decimal, acquired: Int64, event: Int64, leg: Int16 = 0, account: Int32, currency: Int32) {
    self.quantity = quantity
    self.leg = leg
    self.account = account
    self.currency = currency
    self.acquired = acquired
    self.event = event
  }

  /// When it was acquired; nil when unknown.
  var instant: Instant? { acquired == .min || isDateUnknown ? nil : Instant(microseconds: acquired) }

  /// Takes `units` of the lot away with their share of the cost. The last units take all that is left.
  @inline(__always)
  mutating func split(off units: Decimal) throws(DecimalError) -> Lot {
    var part = self
    part.quantity = units
    if costKnown && !cost.isZero {
      part.cost = try cost.share(units, of: quantity)
      cost = try cost.subtracting(part.cost)
    }
    if baseKnown && !costBase.isZero {
      part.costBase = costKnown && sameMoney ? part.cost : try costBase.share(units, of: quantity)
      costBase = try costBase.subtracting(part.costBase)
    }
    quantity = try quantity.subtracting(units)
    return part
  }

  /// The order of acquisition: by time, then by the order in which the events were recorded.
  @inline(__always)
  func isBefore(_ other: Lot) -> Bool { acquired == other.acquired ? event < other.event : acquired < other.acquired }
}
