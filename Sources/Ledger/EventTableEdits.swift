import Amounts

/// Single events come and go without the table being read or sorted anew.
extension EventTable {
  /// Where an event stands, or would stand, in the total order.
  ///
  /// - Parameter accountRank: as in ``sort(accountRank:)``.
  public func position(of event: Event, accountRank: [Int32: Int32]) -> Int {
    let rank = EventTable.kindRanks[Int(event.kind.rawValue)]
    let place = accountRank[event.account?.raw ?? 0] ?? -1
    /// Whether what stands at a position comes before the event.
    func precedes(_ index: Int) -> Bool {
      if times[index] != event.time.microseconds { return times[index] < event.time.microseconds }
      let own = EventTable.kindRanks[Int(kinds[index])]
      if own != rank { return own < rank }
      let there = accountRank[accounts[index]] ?? -1
      if there != place { return there < place }
      return ids[index] < event.id.raw
    }
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if precedes(middle) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Puts an event in its place.
  ///
  /// - Returns: its position; those from there on have moved up by one.
  public mutating func insert(_ event: Event, accountRank: [Int32: Int32]) -> Int {
    layDownIfScattered()
    let index = position(of: event, accountRank: accountRank)
    let map = rowMap.inserting(at: index)
    ids.insert(event.id.raw, map)
    times.insert(event.time.microseconds, map)
    kinds.insert(event.kind.rawValue, map)
    flags.insert(EventTable.flags(of: event), map)
    accounts.insert(event.account?.raw ?? 0, map)
    toAccounts.insert(event.toAccount?.raw ?? 0, map)
    assets.insert(event.asset.raw, map)
    currencies.insert(event.currency?.id ?? 0, map)
    feeAssets.insert(event.feeAsset?.raw ?? 0, map)
    batches.insert(Int32(truncatingIfNeeded: event.batch.raw), map)
    lines.insert(Int32(truncatingIfNeeded: event.line), map)
    quantities.insert(event.quantity, map)
    prices.insert(event.price, map)
    grosses.insert(event.gross, map)
    fees.insert(event.fee, map)
    feeValues.insert(event.feeValue, map)
    taxes.insert(event.tax, map)
    noteExtra(of: event)
    return index
  }

  /// Takes an event out.
  ///
  /// - Parameter event: as it is in the table: its time, kind and account say where to look.
  /// - Returns: the position it had; nil when it is not there.
  public mutating func remove(_ event: Event, accountRank: [Int32: Int32]) -> Int? {
    layDownIfScattered()
    let index = position(of: event, accountRank: accountRank)
    guard index < count, ids[index] == event.id.raw else { return nil }
    extras.change(nil, of: event.id.raw)
    let map = rowMap.removing(at: index)
    ids.remove(map)
    times.remove(map)
    kinds.remove(map)
    flags.remove(map)
    accounts.remove(map)
    toAccounts.remove(map)
    assets.remove(map)
    currencies.remove(map)
    feeAssets.remove(map)
    batches.remove(map)
    lines.remove(map)
    quantities.remove(map)
    prices.remove(map)
    grosses.remove(map)
    fees.remove(map)
    feeValues.remove(map)
    taxes.remove(map)
    return index
  }

  /// Where the rows are now.
  private var rowMap: RowMap { times.patch?.map ?? RowMap(rows: count) }

  /// Beyond this many stretches it is quicker to lay the columns down anew than to look every row up.
  private static let manyStretches = 400

  private mutating func layDownIfScattered() {
    if rowMap.stretches > EventTable.manyStretches { layDown() }
  }

  /// Lays the columns down anew, so that reading them is as quick as before all edits.
  mutating func layDown() {
    ids.layDown()
    times.layDown()
    kinds.layDown()
    flags.layDown()
    accounts.layDown()
    toAccounts.layDown()
    assets.layDown()
    currencies.layDown()
    feeAssets.layDown()
    batches.layDown()
    lines.layDown()
    quantities.layDown()
    prices.layDown()
    grosses.layDown()
    fees.layDown()
    feeValues.layDown()
    taxes.layDown()
  }

  /// Brings what some events say into the processor's caches.
  ///
  /// The events of one asset lie far apart; read one by one, each of their columns is a wait for memory, read together the waits
  /// overlap. Booking a million events takes half the time with it.
  ///
  /// - Returns: a number that means nothing, so that the reading is not dropped.
  @inline(never)
  public func touch(_ positions: ArraySlice<Int32>) -> Int64 {
    var sum: Int64 = 0
    let map = times.patch?.map
    for position in positions {
      let row = map?.row(at: Int(position)) ?? Int(position)
      sum &+= ids[Int(position)] &+ times.value(ofRow: row) &+ Int64(flags.value(ofRow: row)) &+ Int64(kinds.value(ofRow: row))
      sum &+= Int64(accounts.value(ofRow: row)) &+ Int64(toAccounts.value(ofRow: row)) &+ Int64(assets.value(ofRow: row))
      sum &+= Int64(currencies.value(ofRow: row)) &+ Int64(feeAssets.value(ofRow: row))
      sum &+= quantities.words.value(ofRow: row) &+ prices.words.value(ofRow: row) &+ grosses.words.value(ofRow: row)
      sum &+= fees.words.value(ofRow: row) &+ feeValues.words.value(ofRow: row)
    }
    return sum
  }
}
