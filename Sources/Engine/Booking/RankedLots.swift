import Amounts

/// Lots by the cost of a unit: a binary heap whose first place is the next lot to leave.
///
/// The heap holds what decides, not the lots: those stay where they were put, and only what is small moves about.
struct RankedLots: LotStore {
  /// What decides when a lot leaves, nearly always.
  private struct Place {
    let rank: Decimal
    /// Whether the rank says anything.
    let isRanked: Bool
    /// Where the lot is.
    let slot: Int32
    let acquired: Int64
    let event: Int64
  }
  private var heap: [Place] = []
  /// By slot; those of `free` are no lots any more.
  private var lots: [Lot] = []
  private var free: [Int32] = []
  private let takesDearest: Bool

  init(_ settings: BookSettings) { takesDearest = settings.method == .hifo }

  var isEmpty: Bool { heap.isEmpty }
  func open() -> [Lot] { heap.map { lots[Int($0.slot)] }.sorted(by: RankedLots.isEarlier) }

  mutating func add(_ lot: Lot) {
    let lot = RankedLots.ranked(lot)
    var slot = Int32(lots.count)
    if let last = free.popLast() {
      slot = last
      lots[Int(slot)] = lot
    } else {
      lots.append(lot)
    }
    heap.append(Place(rank: lot.rank, isRanked: lot.isRanked, slot: slot, acquired: lot.acquired, event: lot.event))
    rise()
  }

  mutating func take(_ units: Decimal, into parts: inout [Lot]) throws(DecimalError) -> Decimal {
    var rest = units
    while rest.isPositive, let first = heap.first {
      let slot = Int(first.slot)
      if lots[slot].quantity <= rest {
        rest = try rest.subtracting(lots[slot].quantity)
        parts.append(lots[slot])
        free.append(first.slot)
        removeFirst()
      } else {
        // A part does not change the rank; the quantity decides only between lots that are otherwise alike.
        parts.append(try lots[slot].split(off: rest))
        rest = .zero
      }
    }
    return rest
  }

  /// - Complexity: O(open lots x log): only what was frozen by closing a year is taken this way.
  mutating func take(_ units: Decimal, where isWanted: (Lot) -> Bool, into parts: inout [Lot]) throws(DecimalError) -> Decimal {
    guard heap.contains(where: { isWanted(lots[Int($0.slot)]) }) else { return units }
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
    hold(left)
    return rest
  }

  mutating func updateEach(_ change: (inout Lot) throws(DecimalError) -> Void) throws(DecimalError) {
    var lots = open()
    for index in lots.indices { try change(&lots[index]) }
    hold(lots)
  }

  /// Holds these lots and no others.
  private mutating func hold(_ lots: [Lot]) {
    heap.removeAll(keepingCapacity: true)
    self.lots.removeAll(keepingCapacity: true)
    free.removeAll(keepingCapacity: true)
    for lot in lots { add(lot) }
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
  private static func leaves(_ a: Place, before b: Place, dearest: Bool, _ lots: UnsafeBufferPointer<Lot>) -> Bool {
    if a.isRanked != b.isRanked { return a.isRanked }
    if a.isRanked && a.rank != b.rank { return dearest ? a.rank > b.rank : a.rank < b.rank }
    if a.acquired != b.acquired { return a.acquired < b.acquired }
    if a.event != b.event { return a.event < b.event }
    return isEarlier(lots[Int(a.slot)], lots[Int(b.slot)])
  }

  private static func isEarlier(_ a: Lot, _ b: Lot) -> Bool {
    if a.acquired != b.acquired || a.event != b.event { return a.isBefore(b) }
    return (a.leg, a.path, a.quantity) < (b.leg, b.path, b.quantity)
  }

  // MARK: Heap

  /// Brings the last place to where it belongs.
  private mutating func rise() {
    let dearest = takesDearest
    lots.withUnsafeBufferPointer { lots in
      heap.withUnsafeMutableBufferPointer { heap in
        var place = heap.count - 1
        let rising = heap[place]
        while place > 0 {
          let parent = (place - 1) / 2
          if !RankedLots.leaves(rising, before: heap[parent], dearest: dearest, lots) { break }
          heap[place] = heap[parent]
          place = parent
        }
        heap[place] = rising
      }
    }
  }

  /// Takes the first place out and brings the last one to where it belongs.
  private mutating func removeFirst() {
    let sinking = heap.removeLast()
    if heap.isEmpty { return }
    let dearest = takesDearest
    lots.withUnsafeBufferPointer { lots in
      heap.withUnsafeMutableBufferPointer { heap in
        var place = 0
        while true {
          var child = 2 * place + 1
          if child >= heap.count { break }
          if child + 1 < heap.count, RankedLots.leaves(heap[child + 1], before: heap[child], dearest: dearest, lots) { child += 1 }
          if !RankedLots.leaves(heap[child], before: sinking, dearest: dearest, lots) { break }
          heap[place] = heap[child]
          place = child
        }
        heap[place] = sinking
      }
    }
  }
}
