import Ledger

/// What this process did to the facts, step by step, for books in memory that follow it.
struct ChangeLog {
  private var steps: [(generation: Int64, change: LedgerChange)] = []
  // A book further behind than this is read anew, which is then the cheaper way as well.
  private static let longest = 64

  mutating func add(_ change: LedgerChange, _ generation: Int64) {
    steps.append((generation, change))
    if steps.count > ChangeLog.longest { steps.removeFirst() }
  }

  /// What happened from one generation to another, as one change; nil when a step is not known, or cannot be followed.
  func changes(from: Int64, to: Int64) -> LedgerChange? {
    guard from <= to else { return nil }
    var whole = LedgerChange()
    var places: [EventID: Int] = [:]
    for generation in stride(from: from + 1, through: to, by: 1) {
      guard let step = steps.last(where: { $0.generation == generation }), !step.change.everything else { return nil }
      whole.quotes.formUnion(step.change.quotes)
      for event in step.change.events {
        guard let id = event.before?.id ?? event.after?.id else { continue }
        if let place = places[id] {
          whole.events[place].after = event.after
        } else {
          places[id] = whole.events.count
          whole.events.append(event)
        }
      }
    }
    whole.events.removeAll { $0.before == $0.after }
    return whole
  }
}

extension Workspace {
  /// Takes note of a change that was stored.
  ///
  /// - Parameter generation: the one that the change's own transaction led to, read inside it.
  func follow(_ change: LedgerChange, to generation: Int64) {
    changeLog.with { $0.add(change, generation) }
  }
}
