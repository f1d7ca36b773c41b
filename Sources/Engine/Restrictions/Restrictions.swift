public import Amounts
public import Ledger

/// What may be sold when.
///
/// A unit under several lot locks counts once. Of several floors (frozen, unvested) the largest counts, and locked units meet it first.
/// Reservations (pledged, staked, pending) add up, and what lies with a loan that is owed is all pledged.
/// free = max(0, held - max(locked, floor) - reservations).
///
/// - Source: DESIGN 6.
public struct Restrictions {
  /// What is free of a holding on a day, and why not all.
  public struct State: Hashable, Sendable {
    /// Units held.
    public var held = Decimal.zero
    /// Units that may be sold.
    public var free = Decimal.zero
    /// Units in locked lots.
    public var locked = Decimal.zero
    /// Units that must stay.
    public var frozen = Decimal.zero
    /// Units pledged or staked.
    public var pledged = Decimal.zero
    /// Units not vested yet.
    public var vesting = Decimal.zero
    /// Why, in words.
    public var reasons: [String] = []
  }
  private let book: Book
  private var lots: [Place: [OpenLot]] = [:]
  private var locks: [AssetID: [LotLock]] = [:]
  private var units: [AssetID: [UnitRestriction]] = [:]
  private var notes: [AssetID: [(words: String, until: Day?)]] = [:]
  private var staked: [Place: Decimal] = [:]
  /// Loan accounts that owe something: what else is in them is its collateral.
  private var owing: Set<AccountID> = []
  private let open: OpenMovements

  private struct Place: Hashable {
    let asset: AssetID
    let account: AccountID
  }

  /// The restrictions on a booking's open lots.
  ///
  /// A recorded lock on an asset replaces what is typical for its exemption.
  ///
  /// - Parameter asOf: the day the booking is of; nil is all events.
  public init(_ book: Book, _ booking: Booking, asOf: Day? = nil) {
    self.book = book
    let last = asOf ?? book.events.times.last.map { book.settings.zone.day(of: Instant(microseconds: $0)) } ?? Day(ordinal: 0)
    open = OpenMovements(book, asOf: last)
    for lot in booking.lots { lots[Place(asset: lot.asset, account: lot.account), default: []].append(lot) }
    for position in booking.positions where position.quantity.isNegative && book.accounts[position.account]?.isLoan == true {
      owing.insert(position.account)
    }
    for plan in book.plans where plan.kind == .restriction { read(plan) }
    for asset in book.assets.values {
      if !(locks[asset.id] ?? []).isEmpty || units[asset.id]?.contains(where: { $0.kind == "lock" }) == true { continue }
      if let lock = LotLock.typical(for: asset) { locks[asset.id] = [lock] }
      if let audience = LotLock.audience(of: asset) { notes[asset.id, default: []].append(audience) }
    }
    follow(upTo: book.events.firstIndex(after: book.settings.zone.end(of: last)))
  }

  private mutating func read(_ plan: Plan) {
    guard let asset = plan.asset, let kind = plan.cells["kind"] else { return }
    let from = plan.cells["from"].flatMap { Day($0) }
    let until = plan.cells["until"].flatMap { Day($0) }
    let quantity = plan.cells["quantity"].flatMap { Decimal($0) }
    let reason = plan.cells["reason"] ?? kind
    func unit(_ effect: UnitRestriction.Effect) -> UnitRestriction {
      UnitRestriction(
        effect: effect, kind: kind, account: plan.cells["account"], quantity: quantity, from: from, until: until,
        schedule: plan.cells["schedule"], reason: reason)
    }
    switch kind {
    case "lock" where quantity == nil:
      locks[asset, default: []].append(
        LotLock(account: plan.cells["account"], lot: plan.cells["lot"], until: { _, _ in until ?? Day(ordinal: Int32.max) }, reason: reason)
      )
    case "lock", "frozen", "vesting": units[asset, default: []].append(unit(.floor))
    case "pledged": units[asset, default: []].append(unit(.reservation))
    default: notes[asset, default: []].append(("\(kind): \(reason)", until))
    }
  }

  /// Units staked and not yet unstaked.
  private mutating func follow(upTo end: Int) {
    let events = book.events
    let followed: Set<UInt8> = [EventKind.stake.rawValue, EventKind.unstake.rawValue, EventKind.slash.rawValue, EventKind.split.rawValue]
    for index in 0..<end where followed.contains(events.kinds[index]) && events.status(at: index) != .void {
      let asset = AssetID(events.assets[index])
      if events.kind(at: index) == .split, let ratio = events.extra(at: index)?.ratio {
        for place in staked.keys where place.asset == asset && (events.accounts[index] == 0 || place.account.raw == events.accounts[index])
        {
          staked[place] = (try? staked[place]?.scaled(by: ratio)) ?? staked[place]
        }
        continue
      }
      guard let quantity = events.quantities[index] else { continue }
      // What is staked into an account is there; what is slashed is taken from what is staked.
      let isStake = events.kind(at: index) == .stake
      let account = isStake && events.toAccounts[index] != 0 ? events.toAccounts[index] : events.accounts[index]
      let place = Place(asset: asset, account: AccountID(account))
      let change = isStake ? quantity : -quantity
      staked[place] = max(.zero, (try? (staked[place] ?? .zero).adding(change)) ?? .zero)
    }
  }

  /// The first free day of a lot under its locks on a day; nil when none holds. `.unknown` when the acquisition is not known.
  public func lock(on lot: OpenLot, day: Day) -> Figure<Day>? {
    let acquired = lot.acquired.map { book.settings.zone.day(of: $0) }
    let name = book.accounts[lot.account]?.name
    var latest: Day?
    for lock in locks[lot.asset] ?? [] where lock.covers(lot, acquired, account: name) {
      guard let until = lock.until(lot, acquired) else { return .unknown(.unknownDate) }
      if until > day { latest = max(latest ?? until, until) }
    }
    return latest.map { .known($0) }
  }

  /// What is free of a holding at the end of a day.
  public func state(of asset: AssetID, in account: AccountID, on day: Day) -> State {
    let place = Place(asset: asset, account: account)
    var state = State()
    for lot in lots[place] ?? [] {
      state.held = (try? state.held.adding(lot.quantity)) ?? state.held
      guard lot.quantity.isPositive, let lock = lock(on: lot, day: day) else { continue }
      state.locked = (try? state.locked.adding(lot.quantity)) ?? state.locked
      if lock == .unknown(.unknownDate) { state.add("acquisition date unknown") }
    }
    if !state.locked.isZero { for lock in locks[asset] ?? [] { state.add(lock.reason) } }
    let name = book.accounts[account]?.name
    var floor = Decimal.zero
    for unit in units[asset] ?? [] where unit.account == nil || unit.account == name {
      let whole = unit.amount(on: day, held: state.held) { units in
        unit.from.map { book.units(units, of: asset, since: $0, on: day) } ?? units
      }
      let amount = min(whole, max(state.held, .zero))
      if amount.isZero { continue }
      state.add(unit.reason)
      switch unit.effect {
      case .floor:
        floor = max(floor, amount)
        if unit.kind == "vesting" {
          state.vesting = max(state.vesting, amount)
        } else if unit.kind == "lock" {
          state.locked = max(state.locked, amount)
        } else {
          state.frozen = max(state.frozen, amount)
        }
      case .reservation: state.pledged = (try? state.pledged.adding(amount)) ?? state.pledged
      }
    }
    if let stake = staked[place], !stake.isZero {
      state.pledged = (try? state.pledged.adding(stake)) ?? state.pledged
      state.add("staked")
    }
    if owing.contains(account), state.held.isPositive {
      state.pledged = (try? state.pledged.adding(state.held)) ?? state.pledged
      state.add("collateral")
    }
    let coming = open.coming(asset, account)
    if coming.isPositive {
      state.pledged = (try? state.pledged.adding(coming)) ?? state.pledged
      state.add("pending")
    }
    for note in notes[asset] ?? [] where note.until.map({ day < $0 }) ?? true { state.add(note.words) }
    let kept = max(state.locked, floor)
    state.free = max(.zero, (try? state.held.subtracting(kept).subtracting(state.pledged)) ?? .zero)
    return state
  }

  /// The days after a day on which units of a holding become free, with how many.
  public func ladder(of asset: AssetID, in account: AccountID, after day: Day) -> [(until: Day, quantity: Decimal)] {
    var days: Set<Day> = []
    for lot in lots[Place(asset: asset, account: account)] ?? [] {
      if let until = lock(on: lot, day: day)?.value, until.ordinal != Int32.max { days.insert(until) }
      let acquired = lot.acquired.map { book.settings.zone.day(of: $0) }
      for lock in locks[asset] ?? [] {
        if let until = lock.until(lot, acquired), until > day, until.ordinal != Int32.max { days.insert(until) }
      }
    }
    for unit in units[asset] ?? [] { days.formUnion(unit.changes(after: day)) }
    var found: [(until: Day, quantity: Decimal)] = []
    var free = state(of: asset, in: account, on: day).free
    for next in days.sorted() {
      let then = state(of: asset, in: account, on: next).free
      if then > free, let more = try? then.subtracting(free) { found.append((next, more)) }
      free = then
    }
    return found
  }
}

extension Restrictions.State {
  fileprivate mutating func add(_ reason: String) {
    if !reasons.contains(reason) { reasons.append(reason) }
  }
}
