import Amounts

/// The open lots of one asset in one place, in the order in which a method takes them.
///
/// The order of every method, with its ties:
/// - `fifo`: earliest acquired, then the event recorded first, then what arrived in the account first.
/// - `lifo`: exactly the reverse.
/// - `hifo`, `lofo`: highest or lowest cost of a unit in base at the acquisition's rate, then as `fifo`, then the event's leg, the
///   fewer transfers, the smaller lot. Lots whose cost is unknown come last in both.
/// - `average`: as `fifo` for dates and terms; the cost is the running average of all units whose cost is known.
/// - `specific`: the lots the event selects, each selection as `fifo`; what it leaves open as `fifo`.
protocol LotStore: Sendable {
  /// No lots, for a method of this store.
  init(_ settings: BookSettings)
  /// Whether there are no lots.
  var isEmpty: Bool { get }
  /// The lots, by acquisition.
  func open() -> [Lot]
  /// Puts a lot where the order wants it.
  mutating func add(_ lot: Lot) throws(DecimalError)
  /// Takes units out and adds each part to `parts`.
  ///
  /// - Returns: the units that no lot covered.
  mutating func take(_ units: Decimal, into parts: inout [Lot]) throws(DecimalError) -> Decimal
  /// As `take(_:into:)`, from the lots of which `isWanted` holds.
  mutating func take(_ units: Decimal, where isWanted: (Lot) -> Bool, into parts: inout [Lot]) throws(DecimalError) -> Decimal
  /// Changes every lot. `change` may alter quantity, cost and rank.
  mutating func updateEach(_ change: (inout Lot) throws(DecimalError) -> Void) throws(DecimalError)
  /// Goes on by another method with the lots that are open; see ``LotRule``.
  mutating func follow(_ settings: BookSettings) throws(DecimalError)
}

extension LotStore {
  /// A store of one method has nothing to change: where methods change, ``RuledLots`` holds the lots.
  mutating func follow(_ settings: BookSettings) throws(DecimalError) {}
}
