import Amounts
import Ledger

/// The open lots of one asset in one place, and the short part when more left than was there.
struct LotQueue<Store: LotStore> {
  private var store: Store
  /// Units that left without a lot; later acquisitions fill them first. Below zero: units that are there without one.
  private(set) var short: Decimal = .zero
  /// Sum of the lots less the short part, kept so that reading it is free.
  private(set) var quantity: Decimal = .zero
  /// Whether nothing ever was in it.
  private(set) var wasNeverUsed = true

  init(_ settings: BookSettings) { store = Store(settings) }

  /// The open lots, by acquisition.
  func open() -> [Lot] { store.open() }
  var isEmpty: Bool { store.isEmpty && short.isZero }

  /// Adds a lot, after what is short has been filled from it.
  mutating func add(_ lot: Lot) throws(DecimalError) {
    wasNeverUsed = false
    quantity = try quantity.adding(lot.quantity)
    if !short.isPositive { return try store.add(lot) }
    var lot = lot
    let filled = min(short, lot.quantity)
    _ = try lot.split(off: filled)
    short = try short.subtracting(filled)
    if !lot.quantity.isZero { try store.add(lot) }
  }

  /// Takes units out in the method's order and adds each part to `parts`. What no lot covers becomes short.
  ///
  /// - Returns: the units that no lot covered.
  mutating func take(_ units: Decimal, into parts: inout [Lot]) throws(DecimalError) -> Decimal {
    wasNeverUsed = false
    quantity = try quantity.subtracting(units)
    let rest = try store.take(units, into: &parts)
    if !rest.isZero { short = try short.adding(rest) }
    return rest
  }

  /// Takes units out of the lots that are chosen, as long as they last.
  ///
  /// - Returns: the units that were not found.
  mutating func take(_ units: Decimal, where isWanted: (Lot) -> Bool, into parts: inout [Lot]) throws(DecimalError) -> Decimal {
    let rest = try store.take(units, where: isWanted, into: &parts)
    quantity = try quantity.subtracting(units).adding(rest)
    return rest
  }

  /// Takes everything out.
  mutating func drain() throws(DecimalError) -> (lots: [Lot], short: Decimal, quantity: Decimal) {
    defer { (short, quantity, wasNeverUsed) = (.zero, .zero, true) }
    let lots = store.open()
    var parts: [Lot] = []
    for lot in lots { _ = try store.take(lot.quantity, into: &parts) }
    return (lots, short, quantity)
  }

  /// Puts lots beside what is there, and units that are short beside those that are.
  mutating func put(_ lots: [Lot], short more: Decimal) throws(DecimalError) {
    wasNeverUsed = false
    for lot in lots {
      try store.add(lot)
      quantity = try quantity.adding(lot.quantity)
    }
    short = try short.adding(more)
    quantity = try quantity.subtracting(more)
  }

  /// Goes on by another method.
  mutating func follow(_ settings: BookSettings) throws(DecimalError) { try store.follow(settings) }

  /// Changes every open lot. `change` may alter quantity, cost and rank.
  mutating func updateEach(_ change: (inout Lot) throws(DecimalError) -> Void) throws(DecimalError) {
    var sum: Decimal = .zero
    try store.updateEach { (lot) throws(DecimalError) in
      try change(&lot)
      sum = try sum.adding(lot.quantity)
    }
    quantity = try sum.subtracting(short)
  }

  /// Multiplies units at a split, each lot by itself.
  mutating func scale(by ratio: Ratio) throws(DecimalError) {
    short = try AssetBooker<Store>.scaled(short, by: ratio)
    let (new, old) = (Decimal(Int(ratio.new)), Decimal(Int(ratio.old)))
    try updateEach { (lot) throws(DecimalError) in
      lot.quantity = try AssetBooker<Store>.scaled(lot.quantity, by: ratio)
      if lot.isRanked { lot.rank = try lot.rank.share(old, of: new) }
    }
  }

  /// Spreads new units over the lots at a split, so that they are `total` to the last digit.
  mutating func resize(to total: Decimal) throws(DecimalError) {
    let before = try quantity.adding(short)
    let after = try total.adding(short)
    guard before.isPositive, after.isPositive else {
      short = try before.subtracting(total)
      quantity = total
      return
    }
    var (unitsLeft, lotsLeft) = (after, before)
    try updateEach { (lot) throws(DecimalError) in
      let units = try unitsLeft.share(lot.quantity, of: lotsLeft)
      lotsLeft = try lotsLeft.subtracting(lot.quantity)
      unitsLeft = try unitsLeft.subtracting(units)
      lot.quantity = units
      if lot.isRanked { lot.rank = try lot.rank.share(before, of: after) }
    }
  }
}
