import Amounts

/// Lots by acquisition, taken from the front or from the back, or picked out one by one.
struct OrderedLots: LotStore {
  private var lots: [Lot] = []
  private var head = 0
  private let takesLatest: Bool

  init(_ settings: BookSettings) { takesLatest = settings.method == .lifo }

  var isEmpty: Bool { head == lots.count }
  func open() -> [Lot] { Array(lots[head...]) }

  /// A lot that is carried in from elsewhere is put in its place.
  mutating func add(_ lot: Lot) {
    guard let last = lots.last, head < lots.count, lot.isBefore(last) else { return lots.append(lot) }
    var low = head
    var high = lots.count
    while low < high {
      let middle = (low + high) / 2
      if lot.isBefore(lots[middle]) { high = middle } else { low = middle + 1 }
    }
    lots.insert(lot, at: low)
  }

  mutating func take(_ units: Decimal, into parts: inout [Lot]) throws(DecimalError) -> Decimal {
    takesLatest ? try takeLatest(units, into: &parts) : try takeEarliest(units, into: &parts)
  }

  private mutating func takeEarliest(_ units: Decimal, into parts: inout [Lot]) throws(DecimalError) -> Decimal {
    var rest = units
    while rest.isPositive && head < lots.count {
      if lots[head].quantity <= rest {
        rest = try rest.subtracting(lots[head].quantity)
        parts.append(lots[head])
        head += 1
      } else {
        parts.append(try lots[head].split(off: rest))
        rest = .zero
      }
    }
    if head > 64 && head * 2 > lots.count {
      lots.removeFirst(head)
      head = 0
    }
    return rest
  }

  private mutating func takeLatest(_ units: Decimal, into parts: inout [Lot]) throws(DecimalError) -> Decimal {
    var rest = units
    while rest.isPositive && !lots.isEmpty {
      let last = lots.count - 1
      if lots[last].quantity <= rest {
        rest = try rest.subtracting(lots[last].quantity)
        parts.append(lots.removeLast())
      } else {
        parts.append(try lots[last].split(off: rest))
        rest = .zero
      }
    }
    return rest
  }

  /// - Complexity: O(open lots); only events that select lots come here.
  mutating func take(_ units: Decimal, where isWanted: (Lot) -> Bool, into parts: inout [Lot]) throws(DecimalError) -> Decimal {
    var rest = units
    var index = head
    while rest.isPositive && index < lots.count {
      if !isWanted(lots[index]) {
        index += 1
      } else if lots[index].quantity <= rest {
        rest = try rest.subtracting(lots[index].quantity)
        parts.append(lots.remove(at: index))
      } else {
        parts.append(try lots[index].split(off: rest))
        rest = .zero
      }
    }
    return rest
  }

  /// Forgets all lots.
  mutating func removeAll() {
    lots.removeAll()
    head = 0
  }

  mutating func updateEach(_ change: (inout Lot) throws(DecimalError) -> Void) throws(DecimalError) {
    for index in head..<lots.count { try change(&lots[index]) }
  }
}
