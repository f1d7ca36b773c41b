public import Amounts
public import Ledger

extension Database {
  /// The closed years, in the order they were closed.
  public func closedYears() throws(ArchiveError) -> [ClosedYear] {
    var found: [ClosedYear] = []
    try statement(
      "SELECT c.id, p.name, c.year, c.base, c.at FROM closed_year c JOIN portfolio p ON p.id = c.portfolio ORDER BY c.id"
    ).forEach { (row) throws(ArchiveError) in
      found.append(
        ClosedYear(
          id: row.int(0), portfolio: row.text(1), year: Int(row.int(2)), base: row.text(3), at: Instant(microseconds: row.int(4))))
    }
    return found
  }

  /// The assets and currencies that closed years speak of.
  public func closedAssets() throws(ArchiveError) -> Set<AssetID> {
    var found: Set<AssetID> = []
    let closed = "closing IN (SELECT id FROM closed_year)"
    try statement(
      """
      SELECT asset FROM closed_gain WHERE \(closed) UNION SELECT proceeds_currency FROM closed_gain WHERE \(closed)
      UNION SELECT cost_currency FROM closed_gain WHERE \(closed) UNION SELECT asset FROM lot_pin WHERE \(closed)
      """
    ).forEach { (row) throws(ArchiveError) in
      if let id = row.optionalInt(0) { found.insert(AssetID(Int32(truncatingIfNeeded: id))) }
    }
    return found
  }

  /// Closes a year: stores what is frozen. What was frozen by a closing that is taken back stays, so that it can be done again.
  public func close(
    _ year: Int, of portfolio: String, base: String, pins: [LotPin], gains: [GainPiece], at now: Instant
  ) throws(ArchiveError) {
    let owner = try portfolioID(portfolio)
    let id =
      try statement(
        """
        SELECT max(coalesce((SELECT max(id) FROM closed_year), 0), coalesce((SELECT max(closing) FROM lot_pin), 0),
          coalesce((SELECT max(closing) FROM closed_gain), 0)) + 1
        """
      ).first { (row) throws(ArchiveError) in row.int(0) } ?? 1
    let row = try statement("INSERT INTO closed_year (id, portfolio, year, base, at) VALUES (?, ?, ?, ?, ?)")
    row.bind(1, id)
    row.bind(2, owner)
    row.bind(3, year)
    row.bind(4, base)
    row.bind(5, now.microseconds)
    try row.execute()
    try insert(pins, closing: id)
    try insert(gains, closing: id)
  }

  /// Opens a closed year again.
  public func reopen(closing id: Int64) throws(ArchiveError) {
    let row = try statement("DELETE FROM closed_year WHERE id = ?")
    row.bind(1, id)
    try row.execute()
  }

  // MARK: What is frozen

  private func insert(_ pins: [LotPin], closing: Int64) throws(ArchiveError) {
    let row = try statement("INSERT INTO lot_pin VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    for (place, pin) in pins.enumerated() {
      row.bind(1, closing)
      row.bind(2, place)
      row.bind(3, pin.event.raw)
      row.bind(4, Int64(pin.asset.raw))
      row.bind(5, Int64(pin.account.raw))
      row.bind(6, pin.ordinal)
      row.bind(7, pin.lotEvent?.raw)
      row.bind(8, pin.lotLeg)
      row.bind(9, pin.lotPath)
      row.bind(10, pin.quantity)
      try row.execute()
    }
  }

  /// What the events of a closing took, in its order.
  public func pins(closing id: Int64) throws(ArchiveError) -> [LotPin] {
    var found: [LotPin] = []
    let rows = try statement(
      "SELECT event, asset, account, ordinal, lot_event, lot_leg, lot_path, quantity FROM lot_pin WHERE closing = ? ORDER BY place")
    rows.bind(1, id)
    try rows.forEach { (row) throws(ArchiveError) in
      found.append(
        LotPin(
          event: EventID(row.int(0)), asset: AssetID(Int32(truncatingIfNeeded: row.int(1))),
          account: AccountID(Int32(truncatingIfNeeded: row.int(2))), ordinal: Int(row.int(3)),
          lotEvent: row.optionalInt(4).map { EventID($0) }, lotLeg: Int(row.int(5)), lotPath: Int(row.int(6)),
          quantity: try row.decimal(7) ?? .zero))
    }
    return found
  }

  private func insert(_ gains: [GainPiece], closing: Int64) throws(ArchiveError) {
    let row = try statement("INSERT INTO closed_gain VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    for (place, gain) in gains.enumerated() {
      row.bind(1, closing)
      row.bind(2, place)
      row.bind(3, Int64(gain.asset.raw))
      row.bind(4, Int64(gain.account.raw))
      row.bind(5, gain.kind.rawValue)
      row.bind(6, gain.acquired?.microseconds)
      row.bind(7, gain.disposed.microseconds)
      row.bind(8, gain.quantity)
      row.bind(9, gain.proceeds.value?.amount.description ?? gain.proceeds.why?.text)
      row.bind(10, gain.proceeds.value?.currency.id)
      row.bind(11, gain.cost.value?.amount.description ?? gain.cost.why?.text)
      row.bind(12, gain.cost.value?.currency.id)
      row.bind(13, gain.proceedsBase.value?.description ?? gain.proceedsBase.why?.text)
      row.bind(14, gain.costBase.value?.description ?? gain.costBase.why?.text)
      row.bind(15, gain.event.raw)
      row.bind(16, gain.lotEvent?.raw)
      try row.execute()
    }
  }

  /// The gains of a closing, in its order.
  public func frozenGains(closing id: Int64) throws(ArchiveError) -> [GainPiece] {
    var found: [GainPiece] = []
    let rows = try statement(
      """
      SELECT asset, account, kind, acquired, disposed, quantity, proceeds, proceeds_currency, cost, cost_currency, proceeds_base, cost_base,
        event, lot_event
      FROM closed_gain WHERE closing = ? ORDER BY place
      """)
    rows.bind(1, id)
    try rows.forEach { (row) throws(ArchiveError) in
      func amount(_ column: Int32) -> Figure<Decimal> {
        let text = row.text(column)
        return Decimal(text).map { .known($0) } ?? .unknown(Why(text: text) ?? .nothing)
      }
      func money(_ column: Int32) -> Figure<Money> {
        let currency = Currency(id: Int32(truncatingIfNeeded: row.int(column + 1)))
        return amount(column).map { (amount) throws(DecimalError) in Money(amount, currency) }
      }
      found.append(
        GainPiece(
          asset: AssetID(Int32(truncatingIfNeeded: row.int(0))), account: AccountID(Int32(truncatingIfNeeded: row.int(1))),
          kind: DisposalKind(rawValue: row.text(2)) ?? .sell, acquired: row.optionalInt(3).map { Instant(microseconds: $0) },
          disposed: Instant(microseconds: row.int(4)),
          quantity: try row.decimal(5) ?? .zero, proceeds: money(6), cost: money(8), proceedsBase: amount(10), costBase: amount(11),
          event: EventID(row.int(12)), lotEvent: row.optionalInt(13).map { EventID($0) }))
    }
    return found
  }
}
