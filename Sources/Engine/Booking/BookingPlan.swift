import Amounts
import Ledger

/// Which events concern which asset, and which assets must be booked together.
///
/// It follows from the events alone, not from how the book is read, so it outlives every switch of a rule, and an edit changes it
/// in place.
struct BookingPlan: Sendable {
  /// Assets that share lots, and the events that touch them.
  struct Group: Sendable {
    /// Ascending.
    var members: [Int32]
    /// Positions in the event table, ascending; void events are left out.
    var events: [Int32]
  }
  /// By their first member.
  private(set) var groups: [Group]
  /// The group of each asset; -1 where no event touches it.
  private(set) var groupOf: [Int32]
  /// What amounts are in, and what prices of assets with events are quoted in: the currencies whose rates are needed.
  private(set) var currencies: Set<Int32> = []
  private let hasLots: [Bool]

  /// Plans a book.
  ///
  /// - Complexity: two passes over the events.
  init(_ book: Book) {
    let events = book.events
    let top = Int(book.assets.keys.map(\.raw).max() ?? 0) + 1
    var hasLots = [Bool](repeating: false, count: top)
    for asset in book.assets.values { hasLots[Int(asset.id.raw)] = asset.hasLots }
    var parent = (0..<Int32(top)).map { $0 }
    func root(_ id: Int32) -> Int32 {
      var id = id
      while parent[Int(id)] != id {
        parent[Int(id)] = parent[Int(parent[Int(id)])]
        id = parent[Int(id)]
      }
      return id
    }
    var counts = [Int](repeating: 0, count: top)
    var isMoney = [Bool](repeating: false, count: top)
    for index in events.indices where events.status(at: index) != .void {
      BookingPlan.touched(index, events, hasLots) { counts[Int($0)] += 1 }
      let currency = Int(events.currencies[index])
      if currency < top { isMoney[currency] = true }
      if BookingPlan.joins(events.kind(at: index)), let target = events.extra(at: index)?.toAsset?.raw, Int(target) < top {
        // The smaller id is the root, so that the order of groups does not depend on the order of events.
        let (a, b) = (root(events.assets[index]), root(target))
        parent[Int(max(a, b))] = min(a, b)
      }
    }
    isMoney[0] = false
    for id in 0..<top where isMoney[id] { currencies.insert(Int32(id)) }
    // Coins and stablecoins may be the money of a swap.
    for asset in book.assets.values where asset.assetClass == .stablecoin || asset.assetClass == .cash { currencies.insert(asset.id.raw) }
    for (id, series) in book.quotes.market where counts.indices.contains(Int(id.raw)) && counts[Int(id.raw)] > 0 {
      currencies.formUnion(series.quotedIn)
    }
    var groupOf = [Int32](repeating: -1, count: top)
    var groupOfRoot = groupOf
    var members: [[Int32]] = []
    var sizes: [Int] = []
    // A closed year's gains stay though no event is left.
    let frozen = Set(book.closings.gains.map { Int($0.asset.raw) })
    for id in 0..<top where hasLots[id] && (counts[id] > 0 || frozen.contains(id)) {
      let first = Int(root(Int32(id)))
      if groupOfRoot[first] < 0 {
        groupOfRoot[first] = Int32(members.count)
        members.append([])
        sizes.append(0)
      }
      groupOf[id] = groupOfRoot[first]
      members[Int(groupOf[id])].append(Int32(id))
      sizes[Int(groupOf[id])] += counts[id]
    }
    var lists = [[Int32]](repeating: [], count: members.count)
    for group in lists.indices { lists[group].reserveCapacity(sizes[group]) }
    for index in events.indices where events.status(at: index) != .void {
      BookingPlan.touched(index, events, hasLots) { id in
        let group = Int(groupOf[Int(id)])
        if lists[group].last != Int32(index) { lists[group].append(Int32(index)) }
      }
    }
    groups = zip(members, lists).map { Group(members: $0, events: $1) }
    self.groupOf = groupOf
    self.hasLots = hasLots
  }

  /// Whether events of a kind carry lots from one asset into another.
  static func joins(_ kind: EventKind) -> Bool {
    switch kind {
    case .migration, .merger, .wrap, .unwrap, .spinoff: true
    default: false
    }
  }

  /// Calls `body` with each asset with lots that the event at a position touches, once.
  @inline(__always)
  private static func touched(_ index: Int, _ events: EventTable, _ hasLots: [Bool], _ body: (Int32) -> Void) {
    func isMine(_ id: Int32) -> Bool { id != 0 && Int(id) < hasLots.count && hasLots[Int(id)] }
    let first = events.assets[index]
    let second = events.feeAssets[index]
    let third = events.currencies[index]
    if isMine(first) { body(first) }
    if isMine(second), second != first { body(second) }
    if isMine(third), third != first, third != second { body(third) }
    guard let extra = events.extra(at: index) else { return }
    var seen: Set<Int32> = [first, second, third]
    if let target = extra.toAsset?.raw, isMine(target), seen.insert(target).inserted { body(target) }
    if let settle = extra.settleCurrency?.id, isMine(settle), seen.insert(settle).inserted { body(settle) }
    for leg in extra.legs where isMine(leg.asset.raw) && seen.insert(leg.asset.raw).inserted { body(leg.asset.raw) }
  }

  /// The groups that the event at a position touches.
  func groups(touchedBy index: Int, _ events: EventTable) -> Set<Int> {
    var found: Set<Int> = []
    BookingPlan.touched(index, events, hasLots) { id in if groupOf[Int(id)] >= 0 { found.insert(Int(groupOf[Int(id)])) } }
    return found
  }

  // MARK: Edits

  /// Whether an event that comes or goes leaves the groups as they are: it joins no assets, all its assets have a group, and its
  /// money is one that was there before.
  func holds(_ index: Int, _ events: EventTable) -> Bool {
    if events.status(at: index) == .void { return true }
    var holds = !BookingPlan.joins(events.kind(at: index))
    BookingPlan.touched(index, events, hasLots) { id in if groupOf[Int(id)] < 0 { holds = false } }
    let currency = events.currencies[index]
    return holds && (currency == 0 || currencies.contains(currency))
  }

  /// Follows an event that was put into the table at a position.
  ///
  /// - Returns: the groups it touches, and its place in their lists.
  mutating func insert(_ index: Int, _ events: EventTable) -> [Int: Int] {
    shift(from: index, by: 1)
    if events.status(at: index) == .void { return [:] }
    var found: [Int: Int] = [:]
    for group in groups(touchedBy: index, events) {
      let place = place(of: index, group)
      groups[group].events.insert(Int32(index), at: place)
      found[group] = place
    }
    return found
  }

  /// Follows an event that is about to leave the table at a position.
  ///
  /// - Returns: the groups it touched, and its place in their lists.
  mutating func remove(_ index: Int, _ events: EventTable) -> [Int: Int] {
    var found: [Int: Int] = [:]
    if events.status(at: index) != .void {
      for group in groups(touchedBy: index, events) {
        let place = place(of: index, group)
        groups[group].events.remove(at: place)
        found[group] = place
      }
    }
    shift(from: index + 1, by: -1)
    return found
  }

  /// The first place in a group's list whose event is at or after a position.
  private func place(of index: Int, _ group: Int) -> Int {
    let list = groups[group].events
    var low = 0
    var high = list.count
    while low < high {
      let middle = (low + high) / 2
      if Int(list[middle]) < index { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private mutating func shift(from index: Int, by step: Int32) {
    for group in groups.indices {
      let first = place(of: index, group)
      groups[group].events.withUnsafeMutableBufferPointer { list in
        for place in first..<list.count { list[place] &+= step }
      }
    }
  }
}
