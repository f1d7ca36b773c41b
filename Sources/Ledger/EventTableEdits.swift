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
    let index = position(of: event, accountRank: accountRank)
    ids.insert(event.id.raw, at: index)
    times.insert(event.time.microseconds, at: index)
    kinds.insert(event.kind.rawValue, at: index)
    flags.insert(EventTable.flags(of: event), at: index)
    accounts.insert(event.account?.raw ?? 0, at: index)
    toAccounts.insert(event.toAccount?.raw ?? 0, at: index)
    assets.insert(event.asset.raw, at: index)
    currencies.insert(event.currency?.id ?? 0, at: index)
    feeAssets.insert(event.feeAsset?.raw ?? 0, at: index)
    batches.insert(Int32(truncatingIfNeeded: event.batch.raw), at: index)
    lines.insert(Int32(truncatingIfNeeded: event.line), at: index)
    quantities.insert(event.quantity, at: index)
    prices.insert(event.price, at: index)
    grosses.insert(event.gross, at: index)
    fees.insert(event.fee, at: index)
    feeValues.insert(event.feeValue, at: index)
    taxes.insert(event.tax, at: index)
    if let extra = event.extra { extras[event.id.raw] = extra }
    return index
  }

  /// Takes an event out.
  ///
  /// - Parameter event: as it is in the table: its time, kind and account say where to look.
  /// - Returns: the position it had; nil when it is not there.
  public mutating func remove(_ event: Event, accountRank: [Int32: Int32]) -> Int? {
    let index = position(of: event, accountRank: accountRank)
    guard index < count, ids[index] == event.id.raw else { return nil }
    extras[event.id.raw] = nil
    ids.remove(at: index)
    times.remove(at: index)
    kinds.remove(at: index)
    flags.remove(at: index)
    accounts.remove(at: index)
    toAccounts.remove(at: index)
    assets.remove(at: index)
    currencies.remove(at: index)
    feeAssets.remove(at: index)
    batches.remove(at: index)
    lines.remove(at: index)
    quantities.remove(at: index)
    prices.remove(at: index)
    grosses.remove(at: index)
    fees.remove(at: index)
    feeValues.remove(at: index)
    taxes.remove(at: index)
    return index
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
    for position in positions {
      let index = Int(position)
      sum &+= ids[index] &+ times[index] &+ Int64(flags[index]) &+ Int64(kinds[index])
      sum &+= Int64(accounts[index]) &+ Int64(toAccounts[index]) &+ Int64(assets[index]) &+ Int64(currencies[index])
      sum &+= Int64(feeAssets[index]) &+ quantities.words[index] &+ prices.words[index] &+ grosses.words[index]
      sum &+= fees.words[index] &+ feeValues.words[index] &+ taxes.words[index]
    }
    return sum
  }
}
