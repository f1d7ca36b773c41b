import Amounts
import Ledger

/// The lots of a group of assets by scope: a queue in each account, or one pool for the accounts of a portfolio and only a count in each.
///
/// A place is an asset's slot x the number of accounts + the account. The first portfolio's pool of an asset stands at account 0,
/// which is nobody's; those of further portfolios stand behind all places.
struct LotShelf<Store: LotStore> {
  private var queues: [LotQueue<Store>]
  /// With a pool: the units at each place, nil where there never were any.
  private var counts: [Decimal?]
  /// By account: whether it is a loan's. Collateral stays with its own lots, and what is owed is in no pool.
  private let isLoan: [Bool]
  /// By account: whether its lots are in its portfolio's pool.
  private var isInPool: [Bool]
  /// Whether any account's are.
  private var hasPools: Bool
  private let portfolios: [Int]
  private let portfolioCount: Int
  private let members: Int
  private let accounts: Int

  init(_ settings: BookSettings, _ rules: RulePlan, members: Int, accounts: Int) {
    self.members = members
    self.accounts = accounts
    let portfolios = (0..<accounts).map { rules.portfolio(of: Int32($0)) }
    self.portfolios = portfolios
    portfolioCount = rules.portfolioCount
    let isLoan = (0..<accounts).map { rules.isLoan(Int32($0)) }
    self.isLoan = isLoan
    let spans = (0..<portfolioCount).map { rules.span(of: $0, at: .min) }
    let pools = spans.map { LotQueue<Store>(settings.following($0)) }
    isInPool = portfolios.indices.map { spans[portfolios[$0]].scope == .global && !isLoan[$0] }
    hasPools = spans.contains { $0.scope == .global }
    counts = Array(repeating: nil, count: hasPools ? members * accounts : 0)
    // One rule for all is what nearly every book has.
    let one = LotQueue<Store>(settings.following(spans[0]))
    let row = rules.everywhere == nil ? portfolios.map { pools[$0] } : Array(repeating: one, count: accounts)
    queues = []
    queues.reserveCapacity(members * (accounts + portfolioCount - 1))
    for _ in 0..<members { queues += row }
    for slot in 0..<members {
      queues[slot * accounts] = pools[0]
      queues += pools.dropFirst()
    }
  }

  /// Where the pool of a portfolio stands.
  private func pool(_ slot: Int, _ portfolio: Int) -> Int {
    portfolio == 0 ? slot * accounts : members * accounts + slot * (portfolioCount - 1) + portfolio - 1
  }

  /// Where the queue of a place stands.
  @inline(__always)
  private func queue(_ place: Int) -> Int {
    if !hasPools { return place }
    let account = place % accounts
    return isInPool[account] ? pool(place / accounts, portfolios[account]) : place
  }

  @inline(__always)
  private func isPooled(_ place: Int) -> Bool { hasPools && isInPool[place % accounts] }

  /// Whether the lots of two places of one asset are in one pool, so that units move between them without their lots.
  func areTogether(_ a: Int, _ b: Int) -> Bool { hasPools && a != b && queue(a) == queue(b) }

  /// Units held at a place.
  func quantity(at place: Int) -> Decimal { isPooled(place) ? counts[place] ?? .zero : queues[place].quantity }

  /// Units of all places whose lots are together with this one's.
  func quantityTogether(at place: Int) -> Decimal { queues[queue(place)].quantity }

  /// The accounts of a slot where something is held or short.
  func holders(_ slot: Int) -> [Int32] {
    (0..<Int32(accounts)).filter { account in
      let place = slot * accounts + Int(account)
      return isPooled(place) ? counts[place].map { !$0.isZero } ?? false : !queues[place].isEmpty
    }
  }

  mutating func add(_ lot: Lot, at place: Int) throws(DecimalError) {
    if isPooled(place) { counts[place] = try (counts[place] ?? .zero).adding(lot.quantity) }
    try queues[queue(place)].add(lot)
  }

  /// What taking units out did not find.
  struct Missing {
    /// Units that no lot covered.
    var lots: Decimal = .zero
    /// Units by which more left the account than it had.
    var units: Decimal = .zero
    /// Units whose lots the event selected in vain.
    var selected: Decimal = .zero
  }

  /// Takes units out of a place, first those that are wished for.
  mutating func take(
    _ units: Decimal, at place: Int, wishing wishes: [LotWish] = [], into parts: inout [Lot]
  ) throws(DecimalError) -> Missing {
    let queue = queue(place)
    var missing = Missing()
    var rest = units
    for wish in wishes where rest.isPositive {
      let wanted = min(wish.quantity ?? rest, rest)
      let left = try queues[queue].take(wanted, where: wish.isFor, into: &parts)
      rest = try rest.subtracting(wanted).adding(left)
    }
    if !wishes.isEmpty { missing.selected = rest }
    missing.lots = try queues[queue].take(rest, into: &parts)
    missing.units = isPooled(place) ? try count(out: units, at: place) : missing.lots
    return missing
  }

  /// Moves units from one place to another without their lots: what a transfer is inside one pool.
  ///
  /// - Returns: the units by which more left than was there.
  mutating func shift(_ units: Decimal, from: Int, to: Int) throws(DecimalError) -> Decimal {
    counts[to] = try (counts[to] ?? .zero).adding(units)
    return try count(out: units, at: from)
  }

  private mutating func count(out units: Decimal, at place: Int) throws(DecimalError) -> Decimal {
    let after = try (counts[place] ?? .zero).subtracting(units)
    counts[place] = after
    return after.isNegative ? min(units, -after) : .zero
  }

  /// The open lots that are together with a place's, by acquisition.
  func open(at place: Int) -> [Lot] { queues[queue(place)].open() }

  /// Changes every lot that is together with a place's.
  mutating func updateEach(at place: Int, _ change: (inout Lot) throws(DecimalError) -> Void) throws(DecimalError) {
    try queues[queue(place)].updateEach(change)
  }

  /// A split in some accounts of an asset. In a pool every lot grows alike, by what its accounts together grew.
  mutating func split(_ slot: Int, in holders: [Int32], _ ratio: Ratio) throws(DecimalError) {
    var totals: [Int: Decimal] = [:]
    for account in holders {
      let place = slot * accounts + Int(account)
      if isPooled(place) {
        let pool = queue(place)
        let before = counts[place] ?? .zero
        let after = try AssetBooker<Store>.scaled(before, by: ratio)
        counts[place] = after
        totals[pool] = try (totals[pool] ?? queues[pool].quantity).subtracting(before).adding(after)
      } else {
        try queues[place].scale(by: ratio)
      }
    }
    for pool in totals.keys.sorted() { if let total = totals[pool] { try queues[pool].resize(to: total) } }
  }

  /// What there is in each account of a slot, ascending; accounts that never held anything are left out.
  func contents(_ slot: Int) -> [LotContent] {
    let first = slot * accounts
    var found = (0..<accounts).compactMap { account -> LotContent? in
      let queue = queues[first + account]
      if isPooled(first + account) || queue.wasNeverUsed { return nil }
      return LotContent(account: Int32(account), quantity: queue.quantity, lots: queue.open())
    }
    if !hasPools { return found }
    for portfolio in 0..<portfolioCount { found += dealt(slot, portfolio) }
    return found.sorted { $0.account < $1.account }
  }

  /// What each account of a portfolio has of its pool.
  private func dealt(_ slot: Int, _ portfolio: Int) -> [LotContent] {
    let held = (0..<accounts).compactMap { account -> LotContent? in
      let place = slot * accounts + account
      guard portfolios[account] == portfolio, isPooled(place) else { return nil }
      return counts[place].map { LotContent(account: Int32(account), quantity: $0) }
    }
    return held.isEmpty ? [] : LotContent.deal(queues[pool(slot, portfolio)].open(), among: held)
  }

  // MARK: Rules that change

  /// Goes on by what the rules say at a time.
  mutating func follow(_ rules: RulePlan, _ settings: BookSettings, from before: Int64, to time: Int64) throws(DecimalError) {
    for portfolio in 0..<portfolioCount {
      let (old, new) = (rules.span(of: portfolio, at: before), rules.span(of: portfolio, at: time))
      if old.isSame(as: new) { continue }
      let own = (0..<accounts).filter { portfolios[$0] == portfolio }
      let pooled = own.filter { !isLoan[$0] }
      if old.method != new.method {
        let following = settings.following(new)
        for slot in 0..<members {
          for account in own { try queues[slot * accounts + account].follow(following) }
          try queues[pool(slot, portfolio)].follow(following)
        }
      }
      if old.scope == new.scope { continue }
      if counts.isEmpty { counts = Array(repeating: nil, count: members * accounts) }
      hasPools = true
      for slot in 0..<members {
        if new.scope == .global { try gather(slot, pooled, portfolio) } else { try spread(slot, pooled, portfolio) }
      }
      for account in pooled { isInPool[account] = new.scope == .global }
    }
  }

  /// Brings the lots of accounts together in their pool.
  private mutating func gather(_ slot: Int, _ own: [Int], _ portfolio: Int) throws(DecimalError) {
    let pool = pool(slot, portfolio)
    for account in own where slot * accounts + account != pool {
      let place = slot * accounts + account
      if queues[place].wasNeverUsed { continue }
      let (lots, short, quantity) = try queues[place].drain()
      counts[place] = quantity
      try queues[pool].put(lots, short: short)
    }
  }

  /// Gives the lots of a pool to its accounts.
  private mutating func spread(_ slot: Int, _ own: [Int], _ portfolio: Int) throws(DecimalError) {
    let pool = pool(slot, portfolio)
    let contents = dealt(slot, portfolio)
    _ = try queues[pool].drain()
    for account in own { counts[slot * accounts + account] = nil }
    for content in contents {
      var short = -content.quantity
      for lot in content.lots { short = try short.adding(lot.quantity) }
      try queues[slot * accounts + Int(content.account)].put(content.lots, short: short)
    }
  }
}

extension BookSettings {
  /// The settings with the method and scope of a rule.
  func following(_ span: RulePlan.Span) -> BookSettings {
    var settings = self
    (settings.method, settings.scope, settings.feeRule) = (span.method, span.scope, span.feeRule)
    return settings
  }
}
