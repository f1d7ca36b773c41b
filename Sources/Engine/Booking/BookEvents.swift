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
    return run.booked(Array(plan.groups.indices), cash: .some(nil)).merged(base: settings.base).narrowed(to: view)
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
  /// - Parameter cash: the accounts whose cash is wanted, too; `.some(nil)` is all of them, nil is none.
  func booked(_ groups: [Int], cash: Set<Int32>??) -> BookingParts {
    // Where one rule holds everywhere and always, the lots stand in a store that knows no other.
    switch money.rules.everywhere?.method {
    case .fifo, .lifo, .specific: booked(groups, cash, OrderedLots.self)
    case .hifo, .lofo: booked(groups, cash, RankedLots.self)
    case .average: booked(groups, cash, AverageLots.self)
    case nil: booked(groups, cash, RuledLots.self)
    }
  }

  private func booked<Store: LotStore>(_ groups: [Int], _ cash: Set<Int32>??, _ store: Store.Type) -> BookingParts {
    // The largest groups first, and cash, which every event touches, before all: so no thread is left alone with a long job.
    let order = groups.sorted { (plan.groups[$0].events.count, $1) > (plan.groups[$1].events.count, $0) }
    let results = inParallel(order.count + 1) { job -> Booking in
      if job > 0 { return book(order[job - 1], store) }
      guard case .some(let only) = cash else { return Booking(base: money.rates.base) }
      return CashBooker(money: money, end: end, only: only).booked()
    }
    var parts = BookingParts(cash: cash == nil ? nil : results[0])
    for (job, group) in order.enumerated() { parts.groups[group] = results[job + 1] }
    return parts
  }

  private func book<Store: LotStore>(_ number: Int, _ store: Store.Type) -> Booking {
    let group = plan.groups[number]
    var booker = AssetBooker<Store>(money: money, members: group.members, accounts: accounts, wantsPieces: wantsPieces)
    booker.awaited = AssetBooker<Store>.awaitedRecords(money.book, booker.members, group.events)
    var start = 0
    var touched: Int64 = 0
    while start < group.events.count, Int(group.events[start]) < end {
      let chunk = group.events[start..<min(start + BookingRun.chunk, group.events.count)]
      touched &+= money.book.events.touch(chunk)
      for index in chunk where Int(index) < end { booker.book(Int(index)) }
      start = chunk.endIndex
    }
    return withExtendedLifetime(touched) { booker.finish(at: last) }
  }

  /// What there is of a group at several instants, ascending.
  func snapshots(of number: Int, at ends: [Int64]) -> [Booking] {
    switch money.rules.everywhere?.method {
    case .fifo, .lifo, .specific: snapshots(of: number, at: ends, OrderedLots.self)
    case .hifo, .lofo: snapshots(of: number, at: ends, RankedLots.self)
    case .average: snapshots(of: number, at: ends, AverageLots.self)
    case nil: snapshots(of: number, at: ends, RuledLots.self)
    }
  }

  private func snapshots<Store: LotStore>(of number: Int, at ends: [Int64], _ store: Store.Type) -> [Booking] {
    let group = plan.groups[number]
    var booker = AssetBooker<Store>(money: money, members: group.members, accounts: accounts, wantsPieces: false)
    booker.awaited = AssetBooker<Store>.awaitedRecords(money.book, booker.members, group.events)
    var next = 0
    var found: [Booking] = []
    for end in ends {
      while next < group.events.count, money.book.events.times[Int(group.events[next])] <= end {
        booker.book(Int(group.events[next]))
        next += 1
      }
      found.append(booker.finish(at: end))
    }
    return found
  }

  /// How many events are brought into the caches at once: what they say fits the second level.
  private static let chunk = 64
}

/// What came of groups and of cash, each by itself.
struct BookingParts: Sendable {
  /// By number of the group.
  var groups: [Int: Booking] = [:]
  /// Nil when it was not wanted.
  var cash: Booking?

  init(cash: Booking?) { self.cash = cash }

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

  static func positions(_ parts: [Booking]) -> [Position] {
    var all: [Position] = []
    all.reserveCapacity(parts.reduce(0) { $0 + $1.positions.count })
    for part in parts { all += part.positions }
    return all.sorted { ($0.asset, $0.account) < ($1.asset, $1.account) }
  }

  /// The lots of an asset are all in one part, in order: only the assets have to be sorted.
  static func lots(_ parts: [Booking]) -> [OpenLot] {
    var runs: [(asset: AssetID, lots: ArraySlice<OpenLot>)] = []
    for part in parts {
      var rest = part.lots[...]
      while let asset = rest.first?.asset {
        let run = rest.prefix { $0.asset == asset }
        runs.append((asset, run))
        rest = rest[run.endIndex...]
      }
    }
    runs.sort { $0.asset < $1.asset }
    var all: [OpenLot] = []
    all.reserveCapacity(runs.reduce(0) { $0 + $1.lots.count })
    for run in runs { all += run.lots }
    return all
  }
}
