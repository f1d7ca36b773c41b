public import Amounts

/// One movement: units of an asset into (positive) or out of (negative) an account.
public struct Leg: Hashable, Sendable {
  /// Where.
  public let account: AccountID
  /// What.
  public let asset: AssetID
  /// How much, signed.
  public let quantity: Decimal
  /// What the movement is.
  public let role: LegRole

  /// A movement.
  public init(account: AccountID, asset: AssetID, quantity: Decimal, role: LegRole) {
    self.account = account
    self.asset = asset
    self.quantity = quantity
    self.role = role
  }
}

/// An event as it is stored: ids instead of names. FORMATS 1 says what each field means for each kind.
public struct Event: Hashable, Sendable {
  /// Its permanent id.
  public var id: EventID
  /// What happened.
  public var kind: EventKind
  /// When.
  public var time: Instant
  /// Whether the source gave a date without a time.
  public var isDateOnly = false
  /// Whether it counts.
  public var status: EventStatus = .posted
  /// The account; nil for a split that applies everywhere.
  public var account: AccountID?
  /// The receiving account of a transfer.
  public var toAccount: AccountID?
  /// The asset.
  public var asset: AssetID
  /// Units; positive except for an adjustment.
  public var quantity: Decimal?
  /// Per unit, in `currency`.
  public var price: Decimal?
  /// The currency of price, gross, fee value and tax.
  public var currency: Currency?
  /// The cash that moves, without fee and tax.
  public var gross: Decimal?
  /// In units of `feeAsset`.
  public var fee: Decimal?
  /// What the fee is paid in.
  public var feeAsset: AssetID?
  /// The fee's worth in `currency`.
  public var feeValue: Decimal?
  /// Withheld, in `currency`.
  public var tax: Decimal?
  /// The import or edit it came with.
  public var batch: BatchID
  /// The first line of the file it came from; 0 when it did not come from a file.
  public var line: Int = 0
  /// The less common facts.
  public var extra: EventExtra?

  /// An event with its mandatory facts.
  public init(id: EventID, kind: EventKind, time: Instant, asset: AssetID, batch: BatchID) {
    self.id = id
    self.kind = kind
    self.time = time
    self.asset = asset
    self.batch = batch
  }
}

/// All events of a book as columns, in their total order: instant, kind rank, account name, order of recording.
///
/// 70 bytes an event of a sorted file, at most 94, so that a million fit beside everything else; the few with further facts have an entry in `extras`. Copies
/// share the columns, and an edit is kept beside them: see ``PlainColumn``.
public struct EventTable: Sendable {
  /// Row ids.
  public internal(set) var ids = FoldedColumn<Runs<Int64>>()
  /// Microseconds UTC.
  public internal(set) var times = PlainColumn<Int64>()
  /// Raw values of ``EventKind``.
  public internal(set) var kinds = PlainColumn<UInt8>()
  /// Raw value of ``EventStatus``, plus 4 for date-only, plus 8 when there are further facts, plus 16 when those are own legs.
  public internal(set) var flags = PlainColumn<UInt8>()
  /// Account ids; 0 is none.
  public internal(set) var accounts = PlainColumn<Int32>()
  /// Receiving account ids; 0 is none.
  public internal(set) var toAccounts = PlainColumn<Int32>()
  /// Asset ids.
  public internal(set) var assets = PlainColumn<Int32>()
  /// Currency ids; 0 is none.
  public internal(set) var currencies = PlainColumn<Int32>()
  /// Fee asset ids; 0 is none.
  public internal(set) var feeAssets = PlainColumn<Int32>()
  /// Batch ids.
  public internal(set) var batches = FoldedColumn<Runs<Int32>>()
  /// Lines of the file.
  public internal(set) var lines = FoldedColumn<Runs<Int32>>()
  /// Units.
  public internal(set) var quantities = DecimalColumn()
  /// Unit prices.
  public internal(set) var prices = DecimalColumn()
  /// Cash without fee and tax.
  public internal(set) var grosses = DecimalColumn()
  /// Fees.
  public internal(set) var fees = DecimalColumn()
  /// Fees' worth in the event's currency.
  public internal(set) var feeValues = DecimalColumn()
  /// Taxes.
  public internal(set) var taxes = ThinDecimalColumn()
  /// Further facts by row id.
  public internal(set) var extras = EventExtras()

  /// Whether any event has chosen, or named, its lots.
  public private(set) var hasSelectors = false

  /// An empty table.
  public init() {}

  /// How many events there are.
  public var count: Int { ids.count }
  /// The positions of all events.
  public var indices: Range<Int> { 0..<ids.count }

  /// Makes room.
  public mutating func reserveCapacity(_ capacity: Int) {
    ids.reserveCapacity(capacity)
    times.reserveCapacity(capacity)
    kinds.reserveCapacity(capacity)
    flags.reserveCapacity(capacity)
    accounts.reserveCapacity(capacity)
    toAccounts.reserveCapacity(capacity)
    assets.reserveCapacity(capacity)
    currencies.reserveCapacity(capacity)
    feeAssets.reserveCapacity(capacity)
    batches.reserveCapacity(capacity)
    lines.reserveCapacity(capacity)
    quantities.reserveCapacity(capacity)
    prices.reserveCapacity(capacity)
    grosses.reserveCapacity(capacity)
    fees.reserveCapacity(capacity)
    feeValues.reserveCapacity(capacity)
    taxes.reserveCapacity(capacity)
  }

  /// Adds an event at the end. Call ``sort(accountRank:)`` once all are in.
  public mutating func append(_ event: Event) {
    ids.append(event.id.raw)
    times.append(event.time.microseconds)
    kinds.append(event.kind.rawValue)
    flags.append(EventTable.flags(of: event))
    accounts.append(event.account?.raw ?? 0)
    toAccounts.append(event.toAccount?.raw ?? 0)
    assets.append(event.asset.raw)
    currencies.append(event.currency?.id ?? 0)
    feeAssets.append(event.feeAsset?.raw ?? 0)
    batches.append(Int32(truncatingIfNeeded: event.batch.raw))
    lines.append(Int32(truncatingIfNeeded: event.line))
    quantities.append(event.quantity)
    prices.append(event.price)
    grosses.append(event.gross)
    fees.append(event.fee)
    feeValues.append(event.feeValue)
    taxes.append(event.tax)
    guard let extra = event.extra else { return }
    extras.add(extra, of: event.id.raw)
    if extra.lotSelector != nil { hasSelectors = true }
  }

  /// Follows the further facts of an event that is put in.
  mutating func noteExtra(of event: Event) {
    extras.change(event.extra, of: event.id.raw)
    if event.extra?.lotSelector != nil { hasSelectors = true }
  }

  static func flags(of event: Event) -> UInt8 {
    event.status.rawValue | (event.isDateOnly ? 4 : 0) | (event.extra == nil ? 0 : 8) | (event.extra?.legs.isEmpty ?? true ? 0 : 16)
  }

  /// Adds the events of another table at the end, in their order.
  public mutating func append(contentsOf other: EventTable) {
    ids.append(contentsOf: other.ids)
    times.append(contentsOf: other.times)
    kinds.append(contentsOf: other.kinds)
    flags.append(contentsOf: other.flags)
    accounts.append(contentsOf: other.accounts)
    toAccounts.append(contentsOf: other.toAccounts)
    assets.append(contentsOf: other.assets)
    currencies.append(contentsOf: other.currencies)
    feeAssets.append(contentsOf: other.feeAssets)
    batches.append(contentsOf: other.batches)
    lines.append(contentsOf: other.lines)
    quantities.append(contentsOf: other.quantities)
    prices.append(contentsOf: other.prices)
    grosses.append(contentsOf: other.grosses)
    fees.append(contentsOf: other.fees)
    feeValues.append(contentsOf: other.feeValues)
    taxes.append(contentsOf: other.taxes)
    extras.add(other.extras)
    hasSelectors = hasSelectors || other.hasSelectors
  }

  /// The event at a position.
  public subscript(index: Int) -> Event {
    var event = Event(
      id: EventID(ids[index]), kind: kind(at: index), time: Instant(microseconds: times[index]), asset: AssetID(assets[index]),
      batch: BatchID(Int64(batches[index])))
    event.isDateOnly = flags[index] & 4 != 0
    event.status = status(at: index)
    event.account = accounts[index] == 0 ? nil : AccountID(accounts[index])
    event.toAccount = toAccounts[index] == 0 ? nil : AccountID(toAccounts[index])
    event.quantity = quantities[index]
    event.price = prices[index]
    event.currency = currencies[index] == 0 ? nil : Currency(id: currencies[index])
    event.gross = grosses[index]
    event.fee = fees[index]
    event.feeAsset = feeAssets[index] == 0 ? nil : AssetID(feeAssets[index])
    event.feeValue = feeValues[index]
    event.tax = taxes[index]
    event.line = Int(lines[index])
    event.extra = extra(at: index)
    return event
  }

  /// What happened at a position.
  @inlinable @inline(__always)
  public func kind(at index: Int) -> EventKind { EventKind(rawValue: kinds[index]) ?? .adjust }

  /// Whether the event at a position counts.
  @inlinable @inline(__always)
  public func status(at index: Int) -> EventStatus { EventStatus(rawValue: flags[index] & 3) ?? .posted }

  /// The further facts of the event at a position.
  @inlinable @inline(__always)
  public func extra(at index: Int) -> EventExtra? { flags[index] & 8 == 0 ? nil : extras[ids[index]] }

  /// Brings the events into their total order: instant, kind rank, account name, order of recording.
  ///
  /// - Parameter accountRank: account id -> place of its name among all names, so that the order survives export and restore. An
  ///   event without an account comes first.
  /// - Complexity: O(n) when they are in order already, as after an import of a sorted file.
  public mutating func sort(accountRank: [Int32: Int32]) {
    let ranks = EventTable.kindRanks
    func precedes(_ a: Int, _ b: Int) -> Bool {
      if times[a] != times[b] { return times[a] < times[b] }
      let (ra, rb) = (ranks[Int(kinds[a])], ranks[Int(kinds[b])])
      if ra != rb { return ra < rb }
      let (x, y) = (accountRank[accounts[a]] ?? -1, accountRank[accounts[b]] ?? -1)
      if x != y { return x < y }
      return ids[a] < ids[b]
    }
    var isSorted = true
    for index in 1..<max(1, count) where precedes(index, index - 1) {
      isSorted = false
      break
    }
    if !isSorted { reorder(by: (0..<Int32(count)).sorted { precedes(Int($0), Int($1)) }) }
    ids.fold()
    batches.fold()
    lines.fold()
    taxes.fold()
  }

  static let kindRanks = (0...255).map { EventKind(rawValue: UInt8($0))?.rank ?? 255 }

  private mutating func reorder(by permutation: [Int32]) {
    ids.reorder(by: permutation)
    times.reorder(by: permutation)
    kinds.reorder(by: permutation)
    flags.reorder(by: permutation)
    accounts.reorder(by: permutation)
    toAccounts.reorder(by: permutation)
    assets.reorder(by: permutation)
    currencies.reorder(by: permutation)
    feeAssets.reorder(by: permutation)
    batches.reorder(by: permutation)
    lines.reorder(by: permutation)
    quantities.reorder(by: permutation)
    prices.reorder(by: permutation)
    grosses.reorder(by: permutation)
    fees.reorder(by: permutation)
    feeValues.reorder(by: permutation)
    taxes.reorder(by: permutation)
  }
}
