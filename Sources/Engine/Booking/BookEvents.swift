public import Amounts
public import Ledger

extension Book {
  /// Books the events up to the end of a day.
  ///
  /// - Parameters:
  ///   - asOf: the last day that counts, in the book's zone; nil means all events.
  ///   - pieces: whether the matched parts of disposals are wanted too.
  /// - Complexity: O(events); groups of assets are booked independently of each other, on all cores.
  public func booked(asOf: Day? = nil, pieces: Bool = false) -> Booking {
    let end = asOf.map { events.firstIndex(after: settings.zone.end(of: $0)) } ?? events.count
    let last = asOf.map { settings.zone.end(of: $0).microseconds } ?? events.times.last ?? .min
    return booked(end, last, pieces).narrowed(to: view)
  }

  private func booked(_ end: Int, _ last: Int64, _ pieces: Bool) -> Booking {
    // Where one rule holds everywhere and always, the lots stand in a store that knows no other.
    switch RulePlan(self).everywhere?.method {
    case .fifo, .lifo, .specific: booked(end, last, pieces, OrderedLots.self)
    case .hifo, .lofo: booked(end, last, pieces, RankedLots.self)
    case .average: booked(end, last, pieces, AverageLots.self)
    case nil: booked(end, last, pieces, RuledLots.self)
    }
  }

  /// Books the first events with lots in a store.
  private func booked<Store: LotStore>(_ end: Int, _ last: Int64, _ pieces: Bool, _ store: Store.Type) -> Booking {
    let plan = BookingPlan(self, end: end)
    var booking = Booking(base: settings.base)
    let money = EventMoney(book: self, rates: plan.rates)
    let accountCount = Int(accounts.keys.map(\.raw).max() ?? 0) + 1
    // The largest groups first, and cash, which every event touches, before all: so no thread is left alone with a long job.
    let order = plan.groups.indices.sorted { (plan.groups[$0].events.count, $1) > (plan.groups[$1].events.count, $0) }
    let parts = inParallel(order.count + 1) { job -> Booking in
      if job == 0 { return CashBooker(money: money, end: end).booked() }
      let group = plan.groups[order[job - 1]]
      var booker = AssetBooker<Store>(money: money, members: group.members, accounts: accountCount, wantsPieces: pieces)
      for index in group.events { booker.book(Int(index)) }
      return booker.finish(at: last)
    }
    // Put together in the order of the groups, whichever thread was first.
    var placed = [Booking?](repeating: nil, count: order.count)
    for (job, group) in order.enumerated() { placed[group] = parts[job + 1] }
    for part in placed + [parts[0]] {
      guard let part else { continue }
      booking.positions += part.positions
      booking.lots += part.lots
      booking.pieces += part.pieces
      booking.receipts += part.receipts
      booking.issues += part.issues
    }
    booking.positions.sort { ($0.asset, $0.account) < ($1.asset, $1.account) }
    booking.lots.sort { ($0.asset, $0.account) < ($1.asset, $1.account) }
    booking.receipts.sort { ($0.time, $0.event) < ($1.time, $1.event) }
    return booking
  }
}

/// Which events concern which asset, and which assets must be booked together.
struct BookingPlan {
  /// Assets that share lots, and the events that touch them, in their order.
  struct Group {
    /// Ascending.
    var members: [Int32]
    var events: [Int32]
  }
  private(set) var groups: [Group] = []
  let rates: RateTable

  init(_ book: Book, end: Int) {
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
    /// Calls `body` with each asset with lots that an event touches, once.
    func touched(_ index: Int, _ body: (Int32) -> Void) {
      let first = events.assets[index]
      let second = events.feeAssets[index]
      let third = events.currencies[index]
      func mine(_ id: Int32) -> Bool { id != 0 && Int(id) < top && hasLots[Int(id)] }
      if mine(first) { body(first) }
      if mine(second), second != first { body(second) }
      if mine(third), third != first, third != second { body(third) }
      guard let extra = events.extra(at: index) else { return }
      var seen: Set<Int32> = [first, second, third]
      if let target = extra.toAsset?.raw, mine(target), seen.insert(target).inserted { body(target) }
      for leg in extra.legs where mine(leg.asset.raw) && seen.insert(leg.asset.raw).inserted { body(leg.asset.raw) }
    }
    var counts = [Int](repeating: 0, count: top)
    var currencies: Set<Int32> = []
    for index in 0..<end where events.status(at: index) != .void {
      touched(index) { counts[Int($0)] += 1 }
      if events.currencies[index] != 0 { currencies.insert(events.currencies[index]) }
      switch events.kind(at: index) {
      case .migration, .merger, .wrap, .unwrap, .spinoff:
        if let target = events.extra(at: index)?.toAsset?.raw, Int(target) < top {
          parent[Int(root(events.assets[index]))] = root(target)
        }
      default: break
      }
    }
    // Coins and stablecoins may be the money of a swap.
    for asset in book.assets.values where asset.assetClass == .stablecoin || asset.assetClass == .cash { currencies.insert(asset.id.raw) }
    for (id, series) in book.quotes.market where counts.indices.contains(Int(id.raw)) && counts[Int(id.raw)] > 0 {
      currencies.formUnion(series.quotedIn)
    }
    let first = end == 0 ? Day(ordinal: 0) : Instant(microseconds: events.times[0]).dayUTC - 1
    let last = end == 0 ? Day(ordinal: -1) : Instant(microseconds: events.times[end - 1]).dayUTC + 1
    rates = RateTable(book.quotes, base: book.settings.base, currencies: currencies.map { Currency(id: $0) }, from: first, to: last)

    var lists = [[Int32]](repeating: [], count: top)
    for id in 0..<top where counts[id] > 0 { lists[Int(root(Int32(id)))].reserveCapacity(counts[id]) }
    for index in 0..<end where events.status(at: index) != .void {
      touched(index) { id in
        let group = Int(root(id))
        if lists[group].last != Int32(index) { lists[group].append(Int32(index)) }
      }
    }
    var groupOfRoot = [Int](repeating: -1, count: top)
    for id in 0..<top where !lists[id].isEmpty {
      groupOfRoot[id] = groups.count
      groups.append(Group(members: [], events: lists[id]))
      lists[id] = []
    }
    for id in 0..<top where hasLots[id] {
      let group = groupOfRoot[Int(root(Int32(id)))]
      if group >= 0 { groups[group].members.append(Int32(id)) }
    }
  }
}
