import Amounts
import Ledger

/// The lots of a group of assets by scope: a queue in each account, or one pool for all accounts and only a count in each.
///
/// A place is an asset's slot x the number of accounts + the account. The pool of an asset stands at account 0, which is nobody's.
struct LotShelf<Store: LotStore> {
  private var queues: [LotQueue<Store>]
  /// With one pool: the units at each place, nil where there never were any.
  private var counts: [Decimal?]
  let isPooled: Bool
  private let accounts: Int

  init(_ settings: BookSettings, members: Int, accounts: Int) {
    queues = Array(repeating: LotQueue(settings), count: members * accounts)
    isPooled = settings.scope == .global
    counts = Array(repeating: nil, count: isPooled ? members * accounts : 0)
    self.accounts = accounts
  }

  /// Where the queue of a place stands.
  @inline(__always)
  private func queue(_ place: Int) -> Int { isPooled ? place - place % accounts : place }

  /// Units held at a place.
  func quantity(at place: Int) -> Decimal { isPooled ? counts[place] ?? .zero : queues[place].quantity }

  /// Units of all places whose lots are together with this one's.
  func quantityTogether(at place: Int) -> Decimal { queues[queue(place)].quantity }

  /// The accounts of a slot where something is held or short.
  func holders(_ slot: Int) -> [Int32] {
    (0..<Int32(accounts)).filter { account in
      let place = slot * accounts + Int(account)
      return isPooled ? counts[place].map { !$0.isZero } ?? false : !queues[place].isEmpty
    }
  }

  mutating func add(_ lot: Lot, at place: Int) throws(DecimalError) {
    if isPooled { counts[place] = try (counts[place] ?? .zero).adding(lot.quantity) }
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

  /// Takes units out of a place, first as the event selects.
  mutating func take(
    _ units: Decimal, at place: Int, selecting choices: [LotSelector.Choice] = [], zone: Zone = .utc, into parts: inout [Lot]
  ) throws(DecimalError) -> Missing {
    let queue = queue(place)
    var missing = Missing()
    var rest = units
    for choice in choices where rest.isPositive {
      let wanted = min(choice.quantity ?? rest, rest)
      let left = try queues[queue].take(wanted, where: { choice.matches($0, zone) }, into: &parts)
      rest = try rest.subtracting(wanted).adding(left)
    }
    if !choices.isEmpty { missing.selected = rest }
    missing.lots = try queues[queue].take(rest, into: &parts)
    missing.units = isPooled ? try count(out: units, at: place) : missing.lots
    return missing
  }

  /// Moves units from one place to another without their lots: what a transfer is when there is one pool.
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

  /// Changes every lot that is together with a place's.
  mutating func updateEach(at place: Int, _ change: (inout Lot) throws(DecimalError) -> Void) throws(DecimalError) {
    try queues[queue(place)].updateEach(change)
  }

  /// A split in some accounts of an asset. In a pool every lot grows alike, by what all accounts together grew.
  mutating func split(_ slot: Int, in holders: [Int32], _ ratio: Ratio) throws(DecimalError) {
    var total = queues[queue(slot * accounts)].quantity
    for account in holders {
      let place = slot * accounts + Int(account)
      if isPooled {
        let before = counts[place] ?? .zero
        let after = try AssetBooker<Store>.scaled(before, by: ratio)
        counts[place] = after
        total = try total.subtracting(before).adding(after)
      } else {
        try queues[place].scale(by: ratio)
      }
    }
    if isPooled { try queues[slot * accounts].resize(to: total) }
  }

  /// What there is in each account of a slot, ascending; accounts that never held anything are left out.
  func contents(_ slot: Int) -> [LotContent] {
    let first = slot * accounts
    if isPooled {
      let held = (0..<accounts).compactMap { account in
        counts[first + account].map { LotContent(account: Int32(account), quantity: $0) }
      }
      return held.isEmpty ? [] : LotContent.deal(queues[first].open(), among: held)
    }
    return (0..<accounts).compactMap { account in
      let queue = queues[first + account]
      if queue.wasNeverUsed { return nil }
      return LotContent(account: Int32(account), quantity: queue.quantity, lots: queue.open())
    }
  }
}
