/// One event of a change as it was and as it is: an addition has no `before`, a removal no `after`.
public struct EventChange: Hashable, Sendable {
  /// The event as it was among the facts; nil when it was not.
  public var before: Event?
  /// The event as it is among the facts now; nil when it no longer is.
  public var after: Event?

  /// A change of one event.
  public init(before: Event?, after: Event?) {
    self.before = before
    self.after = after
  }
}

/// What one step did to the facts, so that a book in memory can follow it instead of being read anew.
///
/// Whoever stores a change of events or quotes says so with `Workspace.follow(_:to:)` after its transaction, with the generation
/// that the transaction led to. A step that is not told, or says `everything`, is answered by reading the whole database: telling
/// less is slow, telling too little is wrong. Assets, accounts, distributions, plans and settings need not be told, they are few
/// and are read anew every time.
public struct LedgerChange: Hashable, Sendable {
  /// Events that came, went or are different; each event at most once. Events of reverted batches are not among the facts.
  public var events: [EventChange] = []
  /// Assets whose market prices, NAVs or exchange rates changed.
  public var quotes: Set<AssetID> = []
  /// Whether more changed than can be told, as in an import.
  public var everything = false

  /// A change of events and of the quotes of assets.
  public init(events: [EventChange] = [], quotes: Set<AssetID> = []) {
    self.events = events
    self.quotes = quotes
  }

  /// A change that can only be followed by reading everything.
  public static let everything: LedgerChange = {
    var change = LedgerChange()
    change.everything = true
    return change
  }()
}
