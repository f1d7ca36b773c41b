import Amounts
import Archive
import Engine
import Ledger

/// The book of the last complete snapshot with what follows from it, so that the next one only has to follow what changed.
struct KeptBook: Sendable {
  var keeper: Bookkeeper
  var history: ValueHistory
  /// The income of the last snapshot, of which the next one takes over what is still the same.
  var income: IncomeLedger?
  let asOf: Day
  let base: String?
  /// Whether it followed a change; else it was read.
  var hasFollowed: Bool

  private enum Part: Sendable {
    case keeper(Bookkeeper)
    case history(ValueHistory)
  }

  /// Books what a change touched, and brings the history up to date beside it: neither needs the other.
  mutating func settle(_ change: LedgerChange) {
    let (keeper, history) = (keeper, history)
    let parts = inParallel(2) { job -> Part in
      if job == 1 { return .history(history.updated(to: keeper.book, after: change)) }
      var settled = keeper
      settled.settle()
      return .keeper(settled)
    }
    for part in parts {
      switch part {
      case .keeper(let keeper): self.keeper = keeper
      case .history(let history): self.history = history
      }
    }
  }
}

extension Workspace {
  /// The book as it is now, with what follows from it.
  ///
  /// - Complexity: what a change of one event or quote touches, where this process made all changes since the last call; else the
  ///   whole database is read and booked.
  func upToDate(asOf: Day, base: String?) throws(WorkspaceError) -> KeptBook {
    // One thread at a time: whoever comes second follows from what the first one kept.
    let outcome: Result<KeptBook, WorkspaceError> = kept.with { kept in
      let last = kept
      // While it is edited it must have one owner.
      kept = nil
      do throws(WorkspaceError) {
        if let now = try followed(last, asOf: asOf, base: base) {
          kept = now
          return .success(now)
        }
        let now = try read(asOf: asOf, base: base)
        kept = now
        return .success(now)
      } catch {
        return .failure(error)
      }
    }
    return try outcome.get()
  }

  private func read(asOf: Day, base: String?) throws(WorkspaceError) -> KeptBook {
    keepApart(.whileReading)
    defer { keepApart(.whileFollowing) }
    let book = try book(.full, base: base)
    return KeptBook(
      keeper: Bookkeeper(book, asOf: asOf), history: ValueHistory(book, upTo: asOf), asOf: asOf, base: base, hasFollowed: false)
  }

  /// A kept book after what changed since; nil when that is not known.
  private func followed(_ last: consuming KeptBook?, asOf: Day, base: String?) throws(WorkspaceError) -> KeptBook? {
    guard var next = last, next.asOf == asOf, next.base == base else { return nil }
    var facts = try book(.facts, base: base)
    let old = next.keeper.book
    guard let change = changeLog.with({ $0.changes(from: old.generation, to: facts.generation) }) else { return nil }
    // Which events are meant by the ids of their sources is looked up when a book is read.
    if try !leavesSelectorsAlone(change, in: old) { return nil }
    facts.externalIDs = old.externalIDs
    // What years froze does not change, but its base amounts follow rates, and what it names must be there.
    if facts.closings.years != old.closings.years || facts.settings.base != old.settings.base { return nil }
    facts.closings = old.closings
    let isNamed = facts.closings.gains.allSatisfy { facts.accounts[$0.account] != nil && facts.assets[$0.asset] != nil }
    if !isNamed { return nil }
    facts.quotes = old.quotes
    facts.quotes.pegs = [:]
    Workspace.complete(&facts)
    if !change.quotes.isEmpty {
      for asset in change.quotes {
        (facts.quotes.market[asset], facts.quotes.nav[asset], facts.quotes.fx[asset]) = (nil, nil, nil)
      }
      let generation = facts.generation
      let isCurrent = try writing { (database) throws(ArchiveError) in
        try Workspace.read(into: &facts.quotes, from: database, only: change.quotes)
        return try database.generation() == generation
      }
      if !isCurrent { return nil }
    }
    for event in change.events {
      for side in [event.before, event.after] where side?.kind == .split {
        if let asset = side?.asset { facts.quotes.splits[asset] = old.splits(of: asset, after: change) }
      }
    }
    guard next.keeper.take(change, facts) else { return nil }
    next.settle(change)
    next.hasFollowed = true
    return next
  }
}

extension Book {
  /// The splits of an asset after a change, for its quotes to follow; nil when there are none.
  fileprivate func splits(of asset: AssetID, after change: LedgerChange) -> [QuoteBook.SplitPoint]? {
    var found: [(time: Int64, id: Int64, ratio: Ratio)] = []
    func take(_ event: Event) {
      if event.kind == .split, event.status != .void, event.asset == asset, let ratio = event.extra?.ratio {
        found.append((event.time.microseconds, event.id.raw, ratio))
      }
    }
    let gone = Set(change.events.compactMap(\.before?.id.raw))
    for index in events.indices where events.kind(at: index) == .split && !gone.contains(events.ids[index]) { take(events[index]) }
    for event in change.events { if let after = event.after { take(after) } }
    found.sort { ($0.time, $0.id) < ($1.time, $1.id) }
    let points = found.map {
      QuoteBook.SplitPoint(day: settings.zone.day(of: Instant(microseconds: $0.time)), ratio: $0.ratio)
    }
    return points.isEmpty ? nil : points
  }
}
