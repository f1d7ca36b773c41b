import Amounts
import Ledger

/// A lot while it is being booked: the plain numbers, with flags instead of reasons.
struct Lot {
  var quantity: Decimal
  /// Total cost in `currency`; meaningless unless `costKnown`.
  var cost: Decimal
  /// Total cost in base; meaningless unless `baseKnown`.
  var costBase: Decimal
  /// Microseconds UTC; `Int64.min` when unknown.
  var acquired: Int64
  /// The event that made it.
  var event: Int64
  var currency: Int32
  /// How many transfers it went through.
  var path: Int32
  var leg: Int16
  var costKnown: Bool
  var baseKnown: Bool

  /// Takes `units` of the lot away with their share of the cost. The last units take all that is left.
  @inline(__always)
  mutating func split(off units: Decimal) throws(DecimalError) -> Lot {
    var part = self
    part.quantity = units
    if costKnown {
      part.cost = try cost.share(units, of: quantity)
      cost = try cost.subtracting(part.cost)
    }
    if baseKnown {
      part.costBase = costKnown && self.sameMoney ? part.cost : try costBase.share(units, of: quantity)
      costBase = try costBase.subtracting(part.costBase)
    }
    quantity = try quantity.subtracting(units)
    return part
  }

  /// The order of acquisition: by time, then by the order in which the events were recorded.
  @inline(__always)
  func isBefore(_ other: Lot) -> Bool { acquired == other.acquired ? event < other.event : acquired < other.acquired }

  /// Whether cost and base cost are one number, so that one division serves both.
  var sameMoney = false
}

/// The open lots of one asset in one account, earliest first, and the short part when more left than was there.
struct LotQueue {
  private(set) var lots: [Lot] = []
  private var head = 0
  /// Units that left without a lot; later acquisitions fill them first.
  private(set) var short: Decimal = .zero
  /// Sum of the lots less the short part, kept so that reading it is free.
  private(set) var quantity: Decimal = .zero

  /// The open lots.
  var open: ArraySlice<Lot> { lots[head...] }
  var isEmpty: Bool { head == lots.count && short.isZero }
  /// Whether nothing ever was in it.
  private(set) var wasNeverUsed = true

  /// Adds a lot, after what is short has been filled from it.
  ///
  /// Lots keep the order of their acquisition: one that is carried in is put in its place.
  mutating func add(_ lot: Lot) throws(DecimalError) {
    wasNeverUsed = false
    quantity = try quantity.adding(lot.quantity)
    var lot = lot
    if short.isPositive {
      let filled = min(short, lot.quantity)
      _ = try lot.split(off: filled)
      short = try short.subtracting(filled)
      if lot.quantity.isZero { return }
    }
    if let last = lots.last, head < lots.count, lot.isBefore(last) {
      var low = head
      var high = lots.count
      while low < high {
        let middle = (low + high) / 2
        if lot.isBefore(lots[middle]) { high = middle } else { low = middle + 1 }
      }
      lots.insert(lot, at: low)
    } else {
      lots.append(lot)
    }
  }

  /// Takes units out, earliest lots first, and adds each part to `parts`. What no lot covers becomes short.
  ///
  /// - Returns: the units that no lot covered.
  mutating func take(_ units: Decimal, into parts: inout [Lot]) throws(DecimalError) -> Decimal {
    wasNeverUsed = false
    var rest = units
    quantity = try quantity.subtracting(units)
    while rest.isPositive && head < lots.count {
      if lots[head].quantity <= rest {
        let lot = lots[head]
        rest = try rest.subtracting(lot.quantity)
        head += 1
        parts.append(lot)
      } else {
        parts.append(try lots[head].split(off: rest))
        rest = .zero
      }
    }
    if head > 64 && head * 2 > lots.count {
      lots.removeFirst(head)
      head = 0
    }
    short = try short.adding(rest)
    return rest
  }

  /// Changes every open lot in place. `change` may alter quantity and cost.
  mutating func updateEach(_ change: (inout Lot) throws(DecimalError) -> Void) throws(DecimalError) {
    var sum: Decimal = .zero
    for index in head..<lots.count {
      try change(&lots[index])
      sum = try sum.adding(lots[index].quantity)
    }
    quantity = try sum.subtracting(short)
  }

  /// Turns the short part into new units at a split.
  mutating func scaleShort(by ratio: Ratio) throws(DecimalError) {
    let old = short
    short = try AssetBooker.scaled(short, by: ratio)
    quantity = try quantity.adding(old).subtracting(short)
  }
}
