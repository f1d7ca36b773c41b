/// The further facts of events, by the events' row ids.
///
/// As with the columns, what edits change is kept beside what was read, which all copies share.
public struct EventExtras: Sendable {
  @usableFromInline var base: [Int64: EventExtra] = [:]
  /// What edits changed; nil for an event that has no further facts any more.
  @usableFromInline var late: [Int64: EventExtra?] = [:]

  init() {}

  /// Whether no event has any.
  public var isEmpty: Bool { base.isEmpty && late.isEmpty }

  /// Those of an event.
  @inlinable
  public subscript(id: Int64) -> EventExtra? {
    if !late.isEmpty, let changed = late[id] { return changed }
    return base[id]
  }

  /// Calls `body` with all of them, in no order.
  public func forEach(_ body: (_ id: Int64, _ extra: EventExtra) throws -> Void) rethrows {
    for (id, extra) in base where late.isEmpty || late.index(forKey: id) == nil { try body(id, extra) }
    for (id, extra) in late { if let extra { try body(id, extra) } }
  }

  /// Takes in what is read of an event.
  mutating func add(_ extra: EventExtra, of id: Int64) {
    base[id] = extra
    if !late.isEmpty { late[id] = nil }
  }

  /// Takes in the events of another table.
  mutating func add(_ other: EventExtras) {
    if other.late.isEmpty { return base.merge(other.base) { first, _ in first } }
    other.forEach { id, extra in if base[id] == nil { base[id] = extra } }
  }

  /// Follows an edit of an event; nil where it has no further facts now, or is gone.
  mutating func change(_ extra: EventExtra?, of id: Int64) {
    if extra != nil || self[id] != nil { late[id] = .some(extra) }
  }
}
