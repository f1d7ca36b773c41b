public import Amounts
import Ledger

extension Book {
  /// Books the events up to the end of a day.
  ///
  /// - Parameters:
  ///   - asOf: the last day that counts, in the book's zone; nil means all events.
  ///   - pieces: whether the matched parts of disposals are wanted too.
  /// - Complexity: O(events); groups of assets are booked independently of each other, on all cores.
  public func booked(asOf: Day? = nil, pieces: Bool = false) -> Booking {
    let plan = BookingPlan(self)
    let run = BookingRun(self, plan, plan.rates(of: self), asOf: asOf, pieces: pieces)
    var parts = run.booked(Array(plan.groups.indices), cash: CashStretches(events: events.count))
    let taken = parts.takePieces()
    var booking = parts.merged(base: settings.base)
    booking.pieces = taken
    return booking.narrowed(to: view)
  }
}

extension BookingPlan {
  /// The rates that the events of a book need.
  func rates(of book: Book) -> RateTable {
    let times = book.events.times
    let first = times.first.map { Instant(microseconds: $0).dayUTC - 1 } ?? Day(ordinal: 0)
    let last = times.last.map { Instant(microseconds: $0).dayUTC + 1 } ?? Day(ordinal: -1)
    return RateTable(
      book.quotes, base: book.settings.base, currencies: currencies.sorted().map { Currency(id: $0) }, from: first, to: last)
  }
}

/// One way of reading a book: books its groups, all of them or some.
struct BookingRun {
  private let plan: BookingPlan
  private let money: EventMoney
  private let end: Int
  private let last: Int64
  private let accounts: Int
  private let wantsPieces: Bool

  init(_ book: Book, _ plan: BookingPlan, _ rates: RateTable, asOf: Day?, pieces: Bool) {
    self.plan = plan
    money = EventMoney(book: book, rates: rates)
    end = asOf.map { book.events.firstIndex(after: book.settings.zone.end(of: $0)) } ?? book.events.count
    last = asOf.map { book.settings.zone.end(of: $0).microseconds } ?? .max
    accounts = Int(book.accounts.keys.map(\.raw).max() ?? 0) + 1
    wantsPieces = pieces
  }

  /// Books groups on all cores.
  ///
  /// - Parameters:
  ///   - cash: the stretches of cash, of which those are counted that are not known; nil where cash is not wanted.
  ///   - known: what came of groups before, with marks to go on from; the events up to a mark are as they were.
  ///   - marksEvery: after how many events a mark is set; nil is never.
  func booked(_ groups: [Int], cash: CashStretches?, known: BookingParts? = nil, marksEvery: Int? = nil) -> BookingParts {
    let known = known ?? BookingParts()
    // Where one rule holds everywhere and always, the lots stand in a store that knows no other.
    return switch money.rules.everywhere?.method {
    case .fifo, .lifo, .specific: booked(groups, cash, known, marksEvery, OrderedLots.self)
    case .hifo, .lofo: booked(groups, cash, known, marksEvery, RankedLots.self)
    case .average: booked(groups, cash, known, marksEvery, AverageLots.self)
    case nil: booked(groups, cash, known, marksEvery, RuledLots.self)
    }
  }

  /// What a thread brings.
  private enum Job: Sendable {
    case group(Booking, [any BookingMark])
    case cash([CashStretch])
  }

  private func booked<Store: LotStore>(
    _ groups: [Int], _ cash: CashStretches?, _ known: BookingParts, _ marksEvery: Int?, _ store: Store.Type
  ) -> BookingParts {
    // The largest groups first, and cash, which comes in small pieces, last: so no thread is left alone with a long job.
    let order = groups.sorted { (plan.groups[$0].events.count, $1) > (plan.groups[$1].events.count, $0) }
    let stale = cash?.stale ?? []
    let batches = stride(from: 0, to: stale.count, by: BookingRun.batch).map { stale[$0..<min($0 + BookingRun.batch, stale.count)] }
    let ranges = cash?.ranges ?? []
    let booker = CashBooker(money: money, end: end)
    let results = inParallel(order.count + batches.count) { job -> Job in
      if job < order.count { return book(order[job], known, marksEvery, store) }
      return .cash(batches[job - order.count].map { booker.count(ranges[$0]) })
    }
    var parts = BookingParts()
    var stretches = cash
    for (job, result) in results.enumerated() {
      switch result {
      case .group(let booking, let marks): (parts.groups[order[job]], parts.marks[order[job]]) = (booking, marks)
      case .cash(let counted): for (place, stretch) in zip(batches[job - order.count], counted) { stretches?.set(stretch, at: place) }
      }
    }
    parts.stretches = stretches
    parts.cash = stretches.map { booker.booked($0) }
    return parts
  }

  private func book<Store: LotStore>(_ number: Int, _ known: BookingParts, _ marksEvery: Int?, _ store: Store.Type) -> Job {
    let group = plan.groups[number]
    var booker = AssetBooker<Store>(money: money, members: group.members, accounts: accounts, wantsPieces: wantsPieces)
    booker.awaited = AssetBooker<Store>.awaitedRecords(money.book, booker.members, group.events)
    var marks: [any BookingMark] = []
    var start = 0
    var nextMark = Int.max
    if let marksEvery, booker.isMarkable, group.events.count > marksEvery {
      if let last = known.marks[number]?.last as? AssetMark<Store>, let result = known.groups[number] {
        marks = known.marks[number] ?? []
        booker.resume(last, result)
        start = last.events
        // The mark behind the last event is one of many as events are added there.
        if last.events - (marks.dropLast().last?.events ?? 0) < marksEvery { marks.removeLast() }
      }
      nextMark = (marks.last?.events ?? 0) + marksEvery
    }
    var touched: Int64 = 0
    while start < group.events.count, Int(group.events[start]) < end {
      let chunk = group.events[start..<min(start + BookingRun.chunk, group.events.count, max(nextMark, start + 1))]
      touched &+= money.book.events.touch(chunk)
      for index in chunk where Int(index) < end { booker.book(Int(index)) }
      start = chunk.endIndex
      guard let marksEvery, start >= nextMark || (nextMark < .max && start == group.events.count) else { continue }
      // A mark holds only events that count: those after the last day are not booked.
      if Int(group.events[start - 1]) < end, start > marks.last?.events ?? 0 { marks.append(booker.mark(after: start)) }
      nextMark = start + marksEvery
    }
    return withExtendedLifetime(touched) { .group(booker.finish(at: last), marks) }
  }

  /// What is held of a group at several instants, ascending: the positions, which are handed over one instant after the other.
  func positions(of number: Int, at ends: [Int64], _ body: ([Position]) -> Void) {
    switch money.rules.everywhere?.method {
    case .fifo, .lifo, .specific: positions(of: number, at: ends, OrderedLots.self, body)
    case .hifo, .lofo: positions(of: number, at: ends, RankedLots.self, body)
    case .average: positions(of: number, at: ends, AverageLots.self, body)
    case nil: positions(of: number, at: ends, RuledLots.self, body)
    }
  }

  private func positions<Store: LotStore>(of number: Int, at ends: [Int64], _ store: Store.Type, _ body: ([Position]) -> Void) {
    let group = plan.groups[number]
    var booker = AssetBooker<Store>(money: money, members: group.members, accounts: accounts, wantsPieces: false)
    booker.awaited = AssetBooker<Store>.awaitedRecords(money.book, booker.members, group.events)
    var next = 0
    var last: [Position]?
    for end in ends {
      let before = next
      while next < group.events.count, money.book.events.times[Int(group.events[next])] <= end {
        booker.book(Int(group.events[next]))
        next += 1
      }
      // Rules that change move lots, not what is held and had cost.
      let now = next == before ? last : nil
      last = now ?? booker.held()
      body(last ?? [])
    }
  }

  /// What is open of a group right before an event, and the parts of what the event then disposes of.
  func around(_ index: Int, of number: Int) -> (open: [OpenLot], pieces: [GainPiece]) {
    switch money.rules.everywhere?.method {
    case .fifo, .lifo, .specific: around(index, of: number, OrderedLots.self)
    case .hifo, .lofo: around(index, of: number, RankedLots.self)
    case .average: around(index, of: number, AverageLots.self)
    case nil: around(index, of: number, RuledLots.self)
    }
  }

  private func around<Store: LotStore>(_ index: Int, of number: Int, _ store: Store.Type) -> (open: [OpenLot], pieces: [GainPiece]) {
    let group = plan.groups[number]
    var booker = AssetBooker<Store>(money: money, members: group.members, accounts: accounts, wantsPieces: true)
    booker.awaited = AssetBooker<Store>.awaitedRecords(money.book, booker.members, group.events)
    for event in group.events where Int(event) < index { booker.book(Int(event)) }
    var before = booker
    let open = before.finish(at: money.book.events.times[index]).lots
    let known = booker.pieces.count
    booker.book(index)
    return (open, Array(booker.pieces[known...]))
  }

  /// How many events are brought into the caches at once: what they say fits the second level.
  private static let chunk = 64
  /// How many stretches of cash are one job.
  private static let batch = 4
}

/// What came of groups and of cash, each by itself.
struct BookingParts: Sendable {
  /// By number of the group.
  var groups: [Int: Booking] = [:]
  /// Where booking can go on, by number of the group: each further on than the one before.
  var marks: [Int: [any BookingMark]] = [:]
  /// Nil when it was not wanted.
  var cash: Booking?
  /// What cash was put together from.
  var stretches: CashStretches?

  /// Takes the pieces of all groups out, group by group, so that a million of them are never there twice.
  mutating func takePieces() -> [GainPiece] {
    var all: [GainPiece] = []
    all.reserveCapacity(groups.values.reduce(0) { $0 + $1.pieces.count })
    for number in groups.keys.sorted() {
      var pieces: [GainPiece] = []
      if let index = groups.index(forKey: number) { swap(&pieces, &groups.values[index].pieces) }
      all += pieces
    }
    return all
  }

  /// Everything together.
  func merged(base: Currency) -> Booking {
    let parts = groups.keys.sorted().compactMap { groups[$0] } + (cash.map { [$0] } ?? [])
    var booking = Booking(base: base)
    booking.positions = BookingParts.positions(parts)
    booking.lots = BookingParts.lots(parts)
    booking.receipts = Receipts(merging: parts.map(\.receipts))
    booking.pieces.reserveCapacity(parts.reduce(0) { $0 + $1.pieces.count })
    for part in parts {
      booking.pieces += part.pieces
      booking.issues += part.issues
      booking.pins += part.pins
    }
    return booking
  }

  static func positions(_ parts: [Booking]) -> [Position] { byAsset(parts.map(\.positions), \.asset) }

  static func lots(_ parts: [Booking]) -> [OpenLot] { byAsset(parts.map(\.lots), \.asset) }

  /// What belongs to an asset is all in one part, in order: only the assets have to be sorted.
  private static func byAsset<Item>(_ parts: [[Item]], _ asset: KeyPath<Item, AssetID>) -> [Item] {
    var runs: [(asset: AssetID, items: ArraySlice<Item>)] = []
    for part in parts {
      var rest = part[...]
      while let own = rest.first?[keyPath: asset] {
        let run = rest.prefix { $0[keyPath: asset] == own }
        runs.append((own, run))
        rest = rest[run.endIndex...]
      }
    }
    runs.sort { $0.asset < $1.asset }
    var all: [Item] = []
    all.reserveCapacity(runs.reduce(0) { $0 + $1.items.count })
    for run in runs { all += run.items }
    return all
  }
}
