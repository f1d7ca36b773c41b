import Amounts

/// Lots by the cost of a unit: a binary heap whose first lot is the next to leave.
struct RankedLots: LotStore {
  private var heap: [Lot] = []
  private let takesDearest: Bool

  init(_ settings: BookSettings) { takesDearest = settings.method == .hifo }

  var isEmpty: Bool { heap.isEmpty }
  func open() -> [Lot] { heap.sorted(by: RankedLots.isEarlier) }

  mutating func add(_ lot: Lot) {
    heap.append(RankedLots.ranked(lot))
    rise(from: heap.count - 1)
  }

  mutating func take(_ units: Decimal, into parts: inout [Lot]) throws(DecimalError) -> Decimal {
    var rest = units
    while rest.isPositive && !heap.isEmpty {
      if heap[0].quantity <= rest {
        rest = try rest.subtracting(heap[0].quantity)
        parts.append(removeFirst())
      } else {
        // A part does not change the rank; the quantity decides only between lots that are otherwise alike.
        parts.append(try heap[0].split(off: rest))
        rest = .zero
      }
    }
    return rest
  }

  /// - Complexity: O(open lots x log): only what was frozen by closing a year is taken this way.
  mutating func take(_ units: Decimal, where isWanted: (Lot) -> Bool, into parts: inout [Lot]) throws(DecimalError) -> Decimal {
    guard heap.contains(where: isWanted) else { return units }
    var rest = units
    var left: [Lot] = []
    for lot in open() {
      if !rest.isPositive || !isWanted(lot) {
        left.append(lot)
      } else if lot.quantity <= rest {
        rest = try rest.subtracting(lot.quantity)
        parts.append(lot)
      } else {
        var lot = lot
        parts.append(try lot.split(off: rest))
        left.append(lot)
        rest = .zero
      }
    }
    heap = left.sorted(by: leaves)
    return rest
  }

  mutating func updateEach(_ change: (inout Lot) throws(DecimalError) -> Void) throws(DecimalError) {
    var lots = open()
    for index in lots.indices {
      try change(&lots[index])
      lots[index] = RankedLots.ranked(lots[index])
    }
    // A sorted array is a heap.
    heap = lots.sorted(by: leaves)
  }

  /// The lot with the cost of its unit in base; without one where that is unknown.
  private static func ranked(_ lot: Lot) -> Lot {
    if lot.isRanked || !lot.baseKnown { return lot }
    var lot = lot
    let unit = (try? lot.costBase.divided(by: lot.quantity)) ?? (try? lot.costBase.divided(by: lot.quantity, places: 0))
    lot.rank = unit ?? .zero
    lot.isRanked = unit != nil
    return lot
  }

  // MARK: Order

  /// Whether a lot leaves before another one.
  @inline(__always)
  private func leaves(_ a: Lot, before b: Lot) -> Bool {
    if a.isRanked != b.isRanked { return a.isRanked }
    if a.isRanked && a.rank != b.rank { return takesDearest ? a.rank > b.rank : a.rank < b.rank }
    return RankedLots.isEarlier(a, b)
  }

  private static func isEarlier(_ a: Lot, _ b: Lot) -> Bool {
    if a.acquired != b.acquired || a.event != b.event { return a.isBefore(b) }
    return (a.leg, a.path, a.quantity) < (b.leg, b.path, b.quantity)
  }

  // MARK: Heap

  private mutating func removeFirst() -> Lot {
    let last = heap.removeLast()
    if heap.isEmpty { return last }
    let first = heap[0]
    heap[0] = last
    sink()
    return first
  }

  private mutating func rise(from start: Int) {
    var place = start
    while place > 0 {
      let parent = (place - 1) / 2
      if !leaves(heap[place], before: heap[parent]) { return }
      heap.swapAt(place, parent)
      place = parent
    }
  }

  private mutating func sink() {
    var place = 0
    while true {
      var child = 2 * place + 1
      if child >= heap.count { return }
      if child + 1 < heap.count && leaves(heap[child + 1], before: heap[child]) { child += 1 }
      if !leaves(heap[child], before: heap[place]) { return }
      heap.swapAt(place, child)
      place = child
    }
  }
}
