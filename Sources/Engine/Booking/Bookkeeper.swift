public import Amounts
public import Ledger

/// Keeps a book together with what follows from it, and brings both up to date after a change by doing again only what can differ.
///
/// The result is always what `Book.booked(asOf:)` gives for the book as it then is. What is kept beside it: which events concern
/// which group of assets, rates by base currency, and the result of every group and of cash.
public struct Bookkeeper: Sendable {
  /// The facts as they are now.
  public private(set) var book: Book
  /// What follows from them, as far as it is in view.
  public var booking: Booking { whole.narrowed(to: book.view) }
  /// The last day that counts; nil means all events.
  public let asOf: Day?
  /// How many groups were booked at the last change: all of them, or those it touched.
  public private(set) var groupsBooked = 0
  private var whole: Booking
  private var plan: BookingPlan
  private var rates: [Currency: RateTable]
  private var parts = BookingParts()
  private var cash: CashStretches
  private var ranks: [Int32: Int32]
  private var pending: Pending?
  /// How finely what is kept is cut.
  private let grain: Grain

  /// How finely what is kept is cut; tests cut finer than any book needs.
  struct Grain: Sendable {
    /// Events of a stretch of cash.
    var cash = CashStretches.usualLength
    /// Events of a group between two marks; a smaller group has none.
    var mark = 4096
  }

  /// Books a book.
  public init(_ book: Book, asOf: Day? = nil) { self.init(book, asOf: asOf, grain: Grain()) }

  init(_ book: Book, asOf: Day?, grain: Grain) {
    self.book = book
    self.asOf = asOf
    self.grain = grain
    plan = BookingPlan(book)
    rates = [book.settings.base: plan.rates(of: book)]
    ranks = book.accountRanks
    cash = CashStretches(events: book.events.count, length: grain.cash)
    whole = Booking(base: book.settings.base)
    bookEverything()
  }

  /// Cash is in no lots; it knows the currency of totals, the zone, and whether fees are a part of costs.
  private static func changesCash(_ old: BookSettings, _ new: BookSettings) -> Bool {
    old.base != new.base || old.zone != new.zone || old.feeRule != new.feeRule || old.rules != new.rules
  }

  // MARK: How the book is read

  /// Reads the book in another way.
  public mutating func use(_ settings: BookSettings) {
    let old = book.settings
    if settings == old { return }
    book.settings = settings
    if rates[settings.base] == nil { rates[settings.base] = plan.rates(of: book) }
    if Bookkeeper.changesCash(old, settings) { cash.touchAll() }
    book(allGroups)
  }

  // MARK: Changes of the facts

  /// Follows a change.
  ///
  /// - Parameters:
  ///   - change: what came, went or differs. With `everything` set, the events of `facts` are taken, too.
  ///   - facts: the facts after the change; its events count only with `everything` set, those kept here are edited instead.
  /// - Returns: whether the change fits what is kept. If not, this book is of another state than it seems, and is of no use any more.
  public mutating func follow(_ change: LedgerChange, _ facts: Book) -> Bool {
    guard take(change, facts) else { return false }
    settle()
    return true
  }

  /// The first half of ``follow(_:_:)``: the book is as it is after the change, what follows from it is still as before.
  public mutating func take(_ change: LedgerChange, _ facts: Book) -> Bool {
    let old = book
    book = facts
    var events = change.everything ? facts.events : old.events
    ranks = book.accountRanks
    let isPlanKept =
      !change.everything && facts.closings == old.closings && facts.assets == old.assets && change.events.count <= Bookkeeper.manyEvents
    var redo = Redo(plan: !isPlanKept)
    redo.allGroups = facts.settings != old.settings || facts.accounts != old.accounts || facts.externalIDs != old.externalIDs
    redo.allCash = Bookkeeper.changesCash(old.settings, facts.settings) || facts.accounts != old.accounts
    let last = events.times.last
    if !change.everything {
      for event in change.events {
        if !edit(&events, event, &redo) { return false }
      }
    }
    book.events = events
    // A rule that begins after the last event holds for what is open only once there is a later one.
    if !facts.settings.rules.isEmpty, asOf == nil, events.times.last != last { redo.allGroups = true }
    if !redo.plan {
      // Which lots a return of capital lowers hangs on the record day that was declared.
      let (was, now) = (Set(old.distributions.filter(\.isReturnOfCapital)), Set(facts.distributions.filter(\.isReturnOfCapital)))
      for distribution in was.symmetricDifference(now) { touch(distribution.asset, &redo) }
    }
    var quoted = change.quotes
    for event in change.events {
      // Quotes from before a split follow it.
      for side in [event.before, event.after] { if let side, side.kind == .split { quoted.insert(side.asset) } }
    }
    if quoted.contains(where: { isMoney($0, old.quotes) || isMoney($0, book.quotes) }) {
      rates = [:]
      (redo.allGroups, redo.allCash) = (true, true)
    } else if !redo.plan {
      for asset in quoted { touch(asset, &redo) }
    }
    if !redo.plan {
      if rates[book.settings.base] == nil { rates[book.settings.base] = plan.rates(of: book) }
      if redo.allCash { cash.touchAll() }
    }
    pending = redo.plan ? .everything : .groups(redo.allGroups ? allGroups : redo.groups)
    return true
  }

  /// The second half of ``follow(_:_:)``: books what the change touched.
  public mutating func settle() {
    switch pending {
    case .everything?: start()
    case .groups(let groups)?: book(groups)
    case nil: break
    }
    pending = nil
  }

  /// Beyond this many changed events it is quicker to plan anew.
  private static let manyEvents = 100

  /// What is left to be booked.
  private enum Pending: Sendable {
    case everything
    case groups([Int: Int])
  }

  /// What a change makes necessary.
  private struct Redo {
    /// The groups that must be booked, each from a place in its list on.
    var groups: [Int: Int] = [:]
    var allGroups = false
    var allCash = false
    /// Whether the groups are no longer what they were.
    var plan: Bool
  }

  /// Changes one event in the table and the plan.
  ///
  /// - Returns: whether it was there.
  private mutating func edit(_ events: inout EventTable, _ change: EventChange, _ redo: inout Redo) -> Bool {
    if let before = change.before {
      let index = events.position(of: before, accountRank: ranks)
      guard index < events.count, events.ids[index] == before.id.raw else { return false }
      // An event that leaves may have been what joined two assets.
      if BookingPlan.joins(before.kind) { redo.plan = true }
      if !redo.plan {
        cash.remove(at: index)
        redo.groups.merge(plan.remove(index, events)) { min($0, $1) }
      }
      _ = events.remove(before, accountRank: ranks)
    }
    if let after = change.after {
      let index = events.insert(after, accountRank: ranks)
      if !plan.holds(index, events) { redo.plan = true }
      if !redo.plan {
        cash.insert(at: index)
        redo.groups.merge(plan.insert(index, events)) { min($0, $1) }
        let day = after.time.dayUTC
        for base in rates.keys {
          rates[base]?.reach(day - 1, book.quotes)
          rates[base]?.reach(day + 1, book.quotes)
        }
      }
    }
    return true
  }

  /// Whether the quotes of an asset say what money is worth.
  private func isMoney(_ asset: AssetID, _ quotes: QuoteBook) -> Bool {
    plan.currencies.contains(asset.raw) || quotes.fx[asset] != nil || book.assets[asset]?.hasLots != true
      || rates[asset.asCurrency] != nil || quotes.fx.values.contains { $0.quotedIn.contains(asset.raw) }
      || !(quotes.market[asset]?.quotedIn.isSubset(of: plan.currencies) ?? true)
  }

  /// What the prices of an asset can change: its own group, and whatever else takes part in its events.
  private mutating func touch(_ asset: AssetID, _ redo: inout Redo) {
    guard Int(asset.raw) < plan.groupOf.count, plan.groupOf[Int(asset.raw)] >= 0 else { return }
    let own = Int(plan.groupOf[Int(asset.raw)])
    redo.groups[own] = 0
    for index in plan.groups[own].events {
      for group in plan.groups(touchedBy: Int(index), book.events) { redo.groups[group] = 0 }
    }
    // Money follows them only where units are redeemed at NAV, and where interest or a charge is in units.
    cash.touch(
      plan.groups[own].events.lazy.map { Int($0) }.filter { [events = book.events] in
        events.kinds[$0] == EventKind.redemption.rawValue || events.kinds[$0] == EventKind.interest.rawValue || events.fees[$0] != nil
          || events.extra(at: $0)?.legs.isEmpty == false
      })
  }

  // MARK: Booking

  /// Plans and books from the start.
  private mutating func start() {
    plan = BookingPlan(book)
    ranks = book.accountRanks
    rates = [book.settings.base: plan.rates(of: book)]
    cash = CashStretches(events: book.events.count, length: grain.cash)
    bookEverything()
  }

  private mutating func bookEverything() {
    parts = BookingParts()
    book(allGroups)
  }

  /// All groups, from their first event on.
  private var allGroups: [Int: Int] { Dictionary(uniqueKeysWithValues: plan.groups.indices.map { ($0, 0) }) }

  /// Books groups, each from a place in its list on.
  private mutating func book(_ groups: [Int: Int]) {
    groupsBooked = groups.count
    for (group, place) in groups { parts.marks[group]?.removeAll { $0.events > place } }
    guard let table = rates[book.settings.base] else { return }
    let isPartial = groups.count < plan.groups.count && parts.groups.count == plan.groups.count
    let isCashStale = parts.cash == nil || !cash.stale.isEmpty
    let done = BookingRun(book, plan, table, asOf: asOf, pieces: false).booked(
      groups.keys.sorted(), cash: isCashStale ? cash : nil, known: parts, marksEvery: grain.mark)
    parts.groups.merge(done.groups) { _, new in new }
    parts.marks.merge(done.marks) { _, new in new }
    if let stretches = done.stretches {
      cash = stretches
      parts.cash = done.cash
    }
    // Put together in one go, unless most of it stays where it is.
    guard isPartial else {
      whole = parts.merged(base: book.settings.base)
      return
    }
    let all = parts.groups.keys.sorted().compactMap { parts.groups[$0] } + (parts.cash.map { [$0] } ?? [])
    var merged = Booking(base: book.settings.base)
    merged.positions = BookingParts.positions(all)
    merged.lots = BookingParts.lots(all)
    var changed = done.groups.mapValues(\.receipts)
    if done.cash != nil, let cash = parts.cash { changed[plan.groups.count] = cash.receipts }
    merged.receipts = whole.receipts.replacing(changed)
    for part in all { merged.issues += part.issues }
    whole = merged
  }
}

extension Booking {
  /// Brings the issues of cash into an order that does not depend on which accounts were booked together.
  mutating func sortCashIssues() {
    issues.sort { a, b in
      if a.time != b.time { return a.time < b.time }
      return (a.event, a.asset, a.account?.raw ?? 0, a.kind.rawValue) < (b.event, b.asset, b.account?.raw ?? 0, b.kind.rawValue)
    }
  }
}

extension Book {
  /// The place of each account's name among all names: what orders events of one instant and kind.
  public var accountRanks: [Int32: Int32] {
    var ranks: [Int32: Int32] = [:]
    for (rank, account) in accounts.values.sorted(by: { ($0.name, $0.id) < ($1.name, $1.id) }).enumerated() {
      ranks[account.id.raw] = Int32(rank)
    }
    return ranks
  }
}
