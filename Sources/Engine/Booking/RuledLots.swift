import Amounts

/// Lots whose method changes with time: those of the method that holds, and the others empty.
///
/// Only books with more than one rule use it; where one rule holds everywhere and always, its own store is faster.
struct RuledLots: LotStore {
  private enum Order {
    case byDate, byCost, average
  }
  private var order: Order
  private var dated: OrderedLots
  private var ranked: RankedLots
  private var averaged: AverageLots

  init(_ settings: BookSettings) {
    order =
      switch settings.method {
      case .fifo, .lifo, .specific: .byDate
      case .hifo, .lofo: .byCost
      case .average: .average
      }
    dated = OrderedLots(settings)
    ranked = RankedLots(settings)
    averaged = AverageLots(settings)
  }

  var isEmpty: Bool {
    switch order {
    case .byDate: dated.isEmpty
    case .byCost: ranked.isEmpty
    case .average: averaged.isEmpty
    }
  }

  func open() -> [Lot] {
    switch order {
    case .byDate: dated.open()
    case .byCost: ranked.open()
    case .average: averaged.open()
    }
  }

  mutating func add(_ lot: Lot) throws(DecimalError) {
    switch order {
    case .byDate: dated.add(lot)
    case .byCost: ranked.add(lot)
    case .average: try averaged.add(lot)
    }
  }

  mutating func take(_ units: Decimal, into parts: inout [Lot]) throws(DecimalError) -> Decimal {
    switch order {
    case .byDate: try dated.take(units, into: &parts)
    case .byCost: try ranked.take(units, into: &parts)
    case .average: try averaged.take(units, into: &parts)
    }
  }

  mutating func take(_ units: Decimal, where isWanted: (Lot) -> Bool, into parts: inout [Lot]) throws(DecimalError) -> Decimal {
    switch order {
    case .byDate: try dated.take(units, where: isWanted, into: &parts)
    case .byCost: try ranked.take(units, where: isWanted, into: &parts)
    case .average: try averaged.take(units, where: isWanted, into: &parts)
    }
  }

  mutating func updateEach(_ change: (inout Lot) throws(DecimalError) -> Void) throws(DecimalError) {
    switch order {
    case .byDate: try dated.updateEach(change)
    case .byCost: try ranked.updateEach(change)
    case .average: try averaged.updateEach(change)
    }
  }

  mutating func follow(_ settings: BookSettings) throws(DecimalError) {
    let lots = open()
    self = RuledLots(settings)
    for lot in lots {
      var lot = lot
      // Out of the average a unit costs something else than it did.
      lot.isRanked = false
      try add(lot)
    }
  }
}
