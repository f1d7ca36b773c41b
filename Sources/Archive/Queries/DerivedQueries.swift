import Amounts
public import Ledger

extension Database {
  /// What derived rows were computed for; nil when they are not there.
  public func stamp(_ name: String) throws(ArchiveError) -> String? {
    let row = try statement("SELECT stamp FROM derived_stamp WHERE name = ?")
    row.bind(1, name)
    return try row.first { (row) throws(ArchiveError) in row.text(0) }
  }

  /// Notes what derived rows were computed for.
  public func setStamp(_ name: String, _ stamp: String) throws(ArchiveError) {
    let row = try statement("INSERT OR REPLACE INTO derived_stamp (name, stamp) VALUES (?, ?)")
    row.bind(1, name)
    row.bind(2, stamp)
    try row.execute()
  }

  /// Replaces the kept positions and lots.
  public func replaceDerived(positions: [Position], lots: [OpenLot]) throws(ArchiveError) {
    try run("DELETE FROM derived_position")
    try run("DELETE FROM derived_lot")
    let row = try statement("INSERT INTO derived_position VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    for position in positions {
      row.bind(1, Int64(position.asset.raw))
      row.bind(2, Int64(position.account.raw))
      row.bind(3, position.quantity)
      row.bind(4, position.cost.value?.amount)
      row.bind(5, position.cost.value?.currency.id)
      row.bind(6, position.cost.why?.text)
      row.bind(7, position.costBase)
      row.bind(8, position.unknownBasisUnits)
      row.bind(9, position.realizedBase)
      row.bind(10, position.unknownGains)
      row.bind(11, position.incomeBase)
      row.bind(12, position.unknownReceipts)
      row.bind(13, position.lots)
      try row.execute()
    }
    let lotRow = try statement(
      "INSERT INTO derived_lot (asset, account, acquired, quantity, cost, cost_currency, cost_base, event, leg, path) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    )
    for lot in lots {
      lotRow.bind(1, Int64(lot.asset.raw))
      lotRow.bind(2, Int64(lot.account.raw))
      lotRow.bind(3, lot.acquired?.microseconds)
      lotRow.bind(4, lot.quantity)
      lotRow.bind(5, lot.cost.value?.amount)
      lotRow.bind(6, lot.cost.value?.currency.id)
      lotRow.bind(7, lot.costBase.value)
      lotRow.bind(8, lot.event.raw)
      lotRow.bind(9, lot.leg)
      lotRow.bind(10, lot.path)
      try lotRow.execute()
    }
  }

  /// The kept positions, by asset and account.
  public func derivedPositions() throws(ArchiveError) -> [Position] {
    var found: [Position] = []
    try statement("SELECT * FROM derived_position ORDER BY asset, account").forEach { (row) throws(ArchiveError) in
      var position = Position(
        asset: AssetID(Int32(truncatingIfNeeded: row.int(0))), account: AccountID(Int32(truncatingIfNeeded: row.int(1))))
      position.quantity = try row.decimal(2) ?? .zero
      if let cost = try row.decimal(3), let currency = row.optionalInt(4) {
        position.cost = .known(Money(cost, Currency(id: Int32(truncatingIfNeeded: currency))))
      } else {
        position.cost = .unknown(Why(text: row.text(5)) ?? .nothing)
      }
      position.costBase = try row.decimal(6) ?? .zero
      position.unknownBasisUnits = try row.decimal(7) ?? .zero
      position.realizedBase = try row.decimal(8) ?? .zero
      position.unknownGains = Int(row.int(9))
      position.incomeBase = try row.decimal(10) ?? .zero
      position.unknownReceipts = Int(row.int(11))
      position.lots = Int(row.int(12))
      found.append(position)
    }
    return found
  }

  /// Replaces the kept value history.
  public func replaceDays(_ days: [HistoryPoint]) throws(ArchiveError) {
    try run("DELETE FROM derived_day")
    let row = try statement("INSERT INTO derived_day (day, value, unpriced, at_trade, appeared, vanished) VALUES (?, ?, ?, ?, ?, ?)")
    for day in days {
      row.bind(1, Int64(day.day.ordinal))
      row.bind(2, day.value)
      row.bind(3, day.unpriced)
      row.bind(4, day.atTrade)
      row.bind(5, day.appeared)
      row.bind(6, day.vanished)
      try row.execute()
    }
  }

  /// The kept value history, by day.
  public func days() throws(ArchiveError) -> [HistoryPoint] {
    var found: [HistoryPoint] = []
    try statement("SELECT day, value, unpriced, at_trade, appeared, vanished FROM derived_day ORDER BY day").forEach {
      (row) throws(ArchiveError) in
      found.append(
        HistoryPoint(
          day: Day(ordinal: Int32(truncatingIfNeeded: row.int(0))), value: try row.decimal(1) ?? .zero, unpriced: Int(row.int(2)),
          atTrade: Int(row.int(3)), appeared: try row.decimal(4) ?? .zero, vanished: try row.decimal(5) ?? .zero))
    }
    return found
  }
}
