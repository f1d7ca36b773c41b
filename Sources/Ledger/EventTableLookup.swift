public import Amounts

/// Finds events, by column where many have to be looked at.
extension EventTable {
  /// The first position whose time is after an instant.
  public func firstIndex(after instant: Instant) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if times[middle] <= instant.microseconds { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The positions of events of some kinds before `end`, ascending.
  public func positions(of wanted: [EventKind], before end: Int) -> [Int] {
    var isWanted = [Bool](repeating: false, count: 256)
    for kind in wanted { isWanted[Int(kind.rawValue)] = true }
    var found: [Int] = []
    isWanted.withUnsafeBufferPointer { isWanted in
      kinds.forEachRun(before: end) { start, run in
        for place in run.indices where isWanted[Int(run[place])] { found.append(start + place) }
      }
    }
    return found
  }

  /// The positions of events that may be open, ascending: what is not posted, or has further facts.
  public func positionsToFollow(before end: Int) -> [Int] {
    var found: [Int] = []
    flags.forEachRun(before: end) { start, run in
      for place in run.indices where run[place] & 11 != 0 { found.append(start + place) }
    }
    return found
  }

  /// The positions of events that name one of some assets anywhere, ascending.
  ///
  /// - Parameter wanted: by asset id; ids beyond it are not wanted.
  public func positions(naming wanted: [Bool], before end: Int) -> [Int] {
    var isFound = [Bool](repeating: false, count: end)
    wanted.withUnsafeBufferPointer { wanted in
      func isWanted(_ id: Int32) -> Bool { Int(id) < wanted.count && wanted[Int(id)] }
      isFound.withUnsafeMutableBufferPointer { isFound in
        for column in [assets, currencies, feeAssets] {
          column.forEachRun(before: end) { start, run in
            for place in run.indices where isWanted(run[place]) { isFound[start + place] = true }
          }
        }
        flags.forEachRun(before: end) { start, run in
          for place in run.indices where run[place] & 8 != 0 && !isFound[start + place] {
            guard let extra = extra(at: start + place) else { continue }
            isFound[start + place] =
              isWanted(extra.toAsset?.raw ?? 0) || isWanted(extra.settleCurrency?.id ?? 0)
              || extra.legs.contains { isWanted($0.asset.raw) }
          }
        }
      }
    }
    return isFound.indices.filter { isFound[$0] }
  }

  /// The position of an event whose time is known; nil when it is not there.
  public func position(of event: EventID, at instant: Instant) -> Int? {
    var index = firstIndex(after: Instant(microseconds: instant.microseconds - 1))
    while index < count, times[index] == instant.microseconds {
      if ids[index] == event.raw { return index }
      index += 1
    }
    return nil
  }
}
