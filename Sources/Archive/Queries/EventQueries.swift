public import Amounts
import Glibc
public import Ledger

/// Writes events, one wide row each.
///
/// The statements and the text buffer are kept between rows: a million events pass through here in one import.
public final class EventWriter {
  private let database: Database
  private let short: Statement
  private let long: Statement
  private let leg: Statement
  private let columns: String
  private let scratch = UnsafeMutablePointer<UInt8>.allocate(capacity: 64 * 16)
  private var nextID: Int64

  /// A writer that numbers its events after all that are stored.
  public init(_ database: Database) throws(ArchiveError) {
    self.database = database
    let columns = """
      id, batch, line, at, kind, flags, account, to_account, asset, quantity, price, currency, gross, fee, fee_asset, fee_value, tax, external
      """
    short = try database.statement("INSERT INTO event (\(columns)) VALUES (\(EventWriter.marks(18)))")
    self.columns = """
      \(columns), extra, to_asset, to_quantity, ratio, subtype, fx_rate, settle_currency, settle_date, basis_share, acquired,
      lot_selector, accrued, tax_country, tax_rate, tx_hash, note, time_text, trade_key
      """
    long = try database.statement("INSERT INTO event (\(self.columns)) VALUES (\(EventWriter.marks(36)))")
    leg = try database.statement("INSERT INTO leg (event, ordinal, account, asset, quantity, role) VALUES (?, ?, ?, ?, ?, ?)")
    nextID = try (database.statement("SELECT max(id) FROM event").first { (row) throws(ArchiveError) in row.int(0) } ?? 0) + 1
  }

  deinit { scratch.deallocate() }

  private static func marks(_ count: Int) -> String { Array(repeating: "?", count: count).joined(separator: ", ") }

  /// Stores an event under the next free id, which it returns; the event's own id is not looked at.
  ///
  /// - Parameter number: the id it gets where no event was ever given that, and ids do not get sparse by it; 0 asks for none.
  @discardableResult
  public func insert(_ event: Event, externalID: String?, number: Int64 = 0) throws(ArchiveError) -> EventID {
    var isFree = number >= nextID && number - nextID < EventWriter.widestGap
    if number > 0 && number < nextID { isFree = try !isGiven(number) }
    let id = isFree ? number : nextID
    nextID = max(nextID, id + 1)
    try write(event, id, externalID, event.extra == nil ? short : long)
    return EventID(id)
  }

  /// Tables in memory have room by id.
  private static let widestGap: Int64 = 1_000_000

  private func isGiven(_ id: Int64) throws(ArchiveError) -> Bool {
    let row = try database.statement("SELECT 1 FROM event WHERE id = ?")
    row.bind(1, id)
    return try row.first { (_) throws(ArchiveError) in true } ?? false
  }

  /// Stores an event in the place of the one that has its id.
  public func replace(_ event: Event, externalID: String?) throws(ArchiveError) {
    let old = try database.statement("DELETE FROM leg WHERE event = ?")
    old.bind(1, event.id.raw)
    try old.execute()
    let row = try database.statement("INSERT OR REPLACE INTO event (\(columns)) VALUES (\(EventWriter.marks(36)))")
    row.bind(19, 0)
    try write(event, event.id.raw, externalID, row)
  }

  private func write(_ event: Event, _ id: Int64, _ externalID: String?, _ row: Statement) throws(ArchiveError) {
    row.bind(1, id)
    row.bind(2, event.batch.raw)
    row.bind(3, event.line)
    row.bind(4, event.time.microseconds)
    row.bind(5, Int(event.kind.rawValue))
    row.bind(6, Int(event.status.rawValue | (event.isDateOnly ? 4 : 0)))
    row.bind(7, event.account?.raw)
    row.bind(8, event.toAccount?.raw)
    row.bind(9, Int64(event.asset.raw))
    row.bind(10, event.quantity, scratch: scratch)
    row.bind(11, event.price, scratch: scratch + 64)
    row.bind(12, event.currency?.id)
    row.bind(13, event.gross, scratch: scratch + 128)
    row.bind(14, event.fee, scratch: scratch + 192)
    row.bind(15, event.feeAsset?.raw)
    row.bind(16, event.feeValue, scratch: scratch + 256)
    row.bind(17, event.tax, scratch: scratch + 320)
    row.bind(18, externalID)
    if let extra = event.extra { bind(extra, to: row) }
    try row.execute()
    if let legs = event.extra?.legs {
      for (ordinal, item) in legs.enumerated() {
        leg.bind(1, id)
        leg.bind(2, ordinal)
        leg.bind(3, Int64(item.account.raw))
        leg.bind(4, Int64(item.asset.raw))
        leg.bind(5, item.quantity)
        leg.bind(6, Int(item.role.rawValue))
        try leg.execute()
      }
    }
  }

  private func bind(_ extra: EventExtra, to row: Statement) {
    row.bind(19, 1)
    row.bind(20, extra.toAsset?.raw)
    row.bind(21, extra.toQuantity)
    row.bind(22, extra.ratio?.text)
    row.bind(23, extra.subtype)
    row.bind(24, extra.fxRate)
    row.bind(25, extra.settleCurrency?.id)
    row.bind(26, extra.settleDate)
    row.bind(27, extra.basisShare)
    row.bind(28, extra.acquired)
    row.bind(29, extra.lotSelector)
    row.bind(30, extra.accrued)
    row.bind(31, extra.taxCountry)
    row.bind(32, extra.taxRate)
    row.bind(33, extra.txHash)
    row.bind(34, extra.note)
    row.bind(35, extra.timeText)
    row.bind(36, extra.tradeKey)
  }
}

extension Database {
  /// The highest event id ever given; 0 in a new database.
  public func lastEventID() throws(ArchiveError) -> Int64 {
    try statement("SELECT max(id) FROM event").first { (row) throws(ArchiveError) in row.int(0) } ?? 0
  }

  /// The events of applied batches with ids in a range, in id order. ``EventTable/sort(accountRank:)`` gives them their total order.
  ///
  /// - Parameter room: how many events will be in the table in the end, if more than these.
  public func events(ids: ClosedRange<Int64>, room: Int = 0) throws(ArchiveError) -> EventTable {
    var table = EventTable()
    table.reserveCapacity(max(room, Int(ids.upperBound - ids.lowerBound + 1)))
    let reverted = try revertedBatches()
    let legs = try storedLegs(ids)
    let rows = try statement("SELECT \(Database.eventColumns.joined(separator: ", ")) FROM event WHERE id BETWEEN ? AND ?")
    rows.bind(1, ids.lowerBound)
    rows.bind(2, ids.upperBound)
    try rows.forEach { (row) throws(ArchiveError) in
      if !reverted.isEmpty && reverted.contains(row.int(1)) { return }
      if row.int(5) & 8 != 0 { return }
      table.append(try Database.event(of: row) { legs[$0] ?? [] })
    }
    return table
  }

  /// The columns ``event(of:legs:)`` reads, in their order.
  static let eventColumns = [
    "id", "batch", "line", "at", "kind", "flags", "account", "to_account", "asset", "quantity", "price", "currency", "gross", "fee",
    "fee_asset", "fee_value", "tax", "extra", "to_asset", "to_quantity", "ratio", "subtype", "fx_rate", "settle_currency", "settle_date",
    "basis_share", "acquired", "lot_selector", "accrued", "tax_country", "tax_rate", "tx_hash", "note", "time_text", "trade_key",
  ]

  /// The event in a row of ``eventColumns``.
  @inline(__always)
  static func event(of row: Statement, legs: (Int64) -> [Leg]) throws(ArchiveError) -> Event {
    let flags = row.int(5)
    guard let kind = EventKind(rawValue: UInt8(truncatingIfNeeded: row.int(4))) else {
      throw .badValue(column: "kind", value: String(row.int(4)))
    }
    var event = Event(
      id: EventID(row.int(0)), kind: kind, time: Instant(microseconds: row.int(3)), asset: AssetID(Int32(truncatingIfNeeded: row.int(8))),
      batch: BatchID(row.int(1)))
    event.line = Int(row.int(2))
    event.isDateOnly = flags & 4 != 0
    event.status = EventStatus(rawValue: UInt8(flags & 3)) ?? .posted
    let account = row.int(6)
    event.account = account == 0 ? nil : AccountID(Int32(truncatingIfNeeded: account))
    let toAccount = row.int(7)
    event.toAccount = toAccount == 0 ? nil : AccountID(Int32(truncatingIfNeeded: toAccount))
    event.quantity = try row.decimal(9)
    event.price = try row.decimal(10)
    let currency = row.int(11)
    event.currency = currency == 0 ? nil : Currency(id: Int32(truncatingIfNeeded: currency))
    event.gross = try row.decimal(12)
    event.fee = try row.decimal(13)
    let feeAsset = row.int(14)
    event.feeAsset = feeAsset == 0 ? nil : AssetID(Int32(truncatingIfNeeded: feeAsset))
    event.feeValue = try row.decimal(15)
    event.tax = try row.decimal(16)
    if row.int(17) != 0 {
      var extra = try Database.extra(of: row)
      extra.legs = legs(event.id.raw)
      event.extra = extra
    }
    return event
  }

  private static func extra(of row: Statement) throws(ArchiveError) -> EventExtra {
    var extra = EventExtra()
    extra.toAsset = row.optionalInt(18).map { AssetID(Int32(truncatingIfNeeded: $0)) }
    extra.toQuantity = try row.decimal(19)
    extra.ratio = row.optionalText(20).flatMap { Ratio($0) }
    extra.subtype = row.optionalText(21)
    extra.fxRate = try row.decimal(22)
    extra.settleCurrency = row.optionalInt(23).map { Currency(id: Int32(truncatingIfNeeded: $0)) }
    extra.settleDate = row.day(24)
    extra.basisShare = try row.decimal(25)
    extra.acquired = row.day(26)
    extra.lotSelector = row.optionalText(27)
    extra.accrued = try row.decimal(28)
    extra.taxCountry = row.optionalText(29)
    extra.taxRate = try row.decimal(30)
    extra.txHash = row.optionalText(31)
    extra.note = row.optionalText(32)
    extra.timeText = row.optionalText(33)
    extra.tradeKey = row.optionalText(34)
    return extra
  }

  func storedLegs(_ ids: ClosedRange<Int64>) throws(ArchiveError) -> [Int64: [Leg]] {
    var found: [Int64: [Leg]] = [:]
    let rows = try statement("SELECT event, account, asset, quantity, role FROM leg WHERE event BETWEEN ? AND ? ORDER BY event, ordinal")
    rows.bind(1, ids.lowerBound)
    rows.bind(2, ids.upperBound)
    try rows.forEach { (row) throws(ArchiveError) in
      let leg = Leg(
        account: AccountID(Int32(truncatingIfNeeded: row.int(1))), asset: AssetID(Int32(truncatingIfNeeded: row.int(2))),
        quantity: try row.decimal(3) ?? .zero, role: LegRole(rawValue: UInt8(truncatingIfNeeded: row.int(4))) ?? .principal)
      found[row.int(0), default: []].append(leg)
    }
    return found
  }

  /// An event that is stored, whether or not it counts, with its source's own id; nil when its id was never given.
  public func storedEvent(_ id: EventID) throws(ArchiveError) -> (event: Event, externalID: String?)? {
    let legs = try storedLegs(id.raw...id.raw)
    let row = try statement("SELECT \(Database.eventColumns.joined(separator: ", ")) FROM event WHERE id = ?")
    row.bind(1, id.raw)
    let found = try row.first { (row) throws(ArchiveError) in try Database.event(of: row) { legs[$0] ?? [] } }
    guard let event = found else { return nil }
    return (event, try externalID(of: id))
  }

  /// Says otherwise which lots an event takes.
  public func setLotSelector(_ selector: String, of event: EventID) throws(ArchiveError) {
    let row = try statement("UPDATE event SET lot_selector = ? WHERE id = ?")
    row.bind(1, selector)
    row.bind(2, event.raw)
    try row.execute()
  }

  /// The source's own id of an event.
  public func externalID(of event: EventID) throws(ArchiveError) -> String? {
    let row = try statement("SELECT external FROM event WHERE id = ?")
    row.bind(1, event.raw)
    return try row.first { (row) throws(ArchiveError) in row.optionalText(0) } ?? nil
  }

  /// The sources' own ids of all events that have one.
  public func externalIDs() throws(ArchiveError) -> [Int64: String] {
    var found: [Int64: String] = [:]
    try statement("SELECT id, external FROM event WHERE external IS NOT NULL").forEach { (row) throws(ArchiveError) in
      found[row.int(0)] = row.text(1)
    }
    return found
  }

  /// Transaction hashes and trade keys that applied events carry, to find what another file tells again.
  public func tradeKeys() throws(ArchiveError) -> [String: EventID] {
    var found: [String: EventID] = [:]
    try statement(
      "SELECT e.trade_key, e.id FROM event e JOIN batch b ON b.id = e.batch WHERE e.trade_key IS NOT NULL AND b.state = 0 ORDER BY e.id"
    ).forEach { (row) throws(ArchiveError) in
      found[row.text(0)] = found[row.text(0)] ?? EventID(row.int(1))
    }
    return found
  }
}

/// A change of an asset's unit.
public struct StoredSplit: Hashable, Sendable {
  /// The asset.
  public let asset: AssetID
  /// When.
  public let time: Instant
  /// New:old.
  public let ratio: Ratio
}

extension Database {
  /// The splits of applied batches, by asset and time.
  public func splits() throws(ArchiveError) -> [StoredSplit] {
    var found: [StoredSplit] = []
    let rows = try statement(
      """
      SELECT e.asset, e.at, e.ratio FROM event e JOIN batch b ON b.id = e.batch
      WHERE e.kind = \(EventKind.split.rawValue) AND b.state = 0 AND e.flags & 8 = 0 AND e.flags & 3 <> \(EventStatus.void.rawValue)
      ORDER BY e.asset, e.at, e.id
      """)
    try rows.forEach { (row) throws(ArchiveError) in
      if let ratio = Ratio(row.text(2)) {
        found.append(
          StoredSplit(asset: AssetID(Int32(truncatingIfNeeded: row.int(0))), time: Instant(microseconds: row.int(1)), ratio: ratio))
      }
    }
    return found
  }
}
