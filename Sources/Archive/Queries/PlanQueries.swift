import Amounts
public import Ledger

extension Database {
  /// Stores a declared distribution; its id is not looked at.
  ///
  /// - Parameter line: the line of the file it came from; nil when it came from none.
  public func insert(_ distribution: Distribution, batch: BatchID, line: Int? = nil) throws(ArchiveError) {
    let row = try statement(
      """
      INSERT INTO distribution (batch, asset, kind, declared, ex, record, pay, daily, from_day, to_day, amount, currency, note, line)
      VALUES (?13, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?14)
      """)
    Database.bind(distribution, to: row)
    row.bind(13, batch.raw)
    row.bind(14, line.map { Int64($0) })
    try row.execute()
  }

  /// Stores a distribution in the place of the one that has its id; what brought that one stays what it came with.
  public func replace(_ distribution: Distribution) throws(ArchiveError) {
    let row = try statement(
      """
      UPDATE distribution SET asset = ?1, kind = ?2, declared = ?3, ex = ?4, record = ?5, pay = ?6, daily = ?7, from_day = ?8,
        to_day = ?9, amount = ?10, currency = ?11, note = ?12 WHERE id = ?13
      """)
    Database.bind(distribution, to: row)
    row.bind(13, distribution.id)
    try row.execute()
  }

  private static func bind(_ distribution: Distribution, to row: Statement) {
    row.bind(1, Int64(distribution.asset.raw))
    row.bind(2, distribution.kind)
    row.bind(3, distribution.declared)
    row.bind(4, distribution.ex)
    row.bind(5, distribution.record)
    row.bind(6, distribution.pay)
    row.bind(7, distribution.isDaily ? 1 : 0)
    row.bind(8, distribution.from)
    row.bind(9, distribution.to)
    row.bind(10, distribution.amountPerToken.perUnit)
    row.bind(11, Int64(distribution.amountPerToken.currency.id))
    row.bind(12, distribution.note)
  }

  /// Takes a distribution away.
  public func deleteDistribution(_ id: Int64) throws(ArchiveError) {
    let row = try statement("DELETE FROM distribution WHERE id = ?")
    row.bind(1, id)
    try row.execute()
  }

  /// All distributions of applied batches, by id.
  public func distributions() throws(ArchiveError) -> [Distribution] {
    var found: [Distribution] = []
    try statement(
      """
      SELECT d.id, d.asset, d.kind, d.declared, d.ex, d.record, d.pay, d.daily, d.from_day, d.to_day, d.amount, d.currency, d.note
      FROM distribution d JOIN batch b ON b.id = d.batch WHERE b.state = 0 ORDER BY d.id
      """
    ).forEach { (row) throws(ArchiveError) in
      let price = Price(try row.decimal(10) ?? .zero, Currency(id: Int32(truncatingIfNeeded: row.int(11))))
      found.append(
        Distribution(
          id: row.int(0), asset: AssetID(Int32(truncatingIfNeeded: row.int(1))), kind: row.text(2), declared: row.day(3), ex: row.day(4),
          record: row.day(5), pay: row.day(6), isDaily: row.int(7) != 0, from: row.day(8), to: row.day(9), amountPerToken: price,
          note: row.text(12)))
    }
    return found
  }

  /// Stores a restriction, target or policy.
  ///
  /// - Parameters:
  ///   - json: its cells as a JSON object of strings.
  ///   - line: the line of the file it came from; nil when it came from none.
  public func insertPlan(
    _ kind: PlanDraft.Kind, asset: AssetID?, json: String, batch: BatchID, line: Int? = nil
  ) throws(ArchiveError) {
    let row = try statement("INSERT INTO plan (batch, kind, asset, cells, line) VALUES (?, ?, ?, ?, ?)")
    row.bind(1, batch.raw)
    row.bind(2, Int(kind.rawValue))
    row.bind(3, asset?.raw)
    row.bind(4, json)
    row.bind(5, line.map { Int64($0) })
    try row.execute()
  }

  /// The batch that brought a distribution, and its line there.
  public func place(ofDistribution id: Int64) throws(ArchiveError) -> (batch: BatchID, line: Int?)? {
    try place(of: id, "distribution")
  }

  /// The batch that brought a restriction, target or policy, and its line there.
  public func place(ofPlan id: Int64) throws(ArchiveError) -> (batch: BatchID, line: Int?)? { try place(of: id, "plan") }

  private func place(of id: Int64, _ table: String) throws(ArchiveError) -> (batch: BatchID, line: Int?)? {
    let row = try statement("SELECT batch, line FROM \(table) WHERE id = ?")
    row.bind(1, id)
    return try row.first { (row) throws(ArchiveError) in (BatchID(row.int(0)), row.optionalInt(1).map { Int($0) }) }
  }

  /// Stores other cells of a restriction, target or policy; what brought it stays what it came with.
  public func replacePlan(_ id: Int64, asset: AssetID?, json: String) throws(ArchiveError) {
    let row = try statement("UPDATE plan SET asset = ?, cells = ? WHERE id = ?")
    row.bind(1, asset?.raw)
    row.bind(2, json)
    row.bind(3, id)
    try row.execute()
  }

  /// The highest number of a restriction, target or policy; 0 when there is none.
  public func lastPlanID() throws(ArchiveError) -> Int64 {
    try statement("SELECT max(id) FROM plan").first { (row) throws(ArchiveError) in row.int(0) } ?? 0
  }

  /// Takes a restriction, target or policy away.
  public func deletePlan(_ id: Int64) throws(ArchiveError) {
    let row = try statement("DELETE FROM plan WHERE id = ?")
    row.bind(1, id)
    try row.execute()
  }

  /// All restrictions, targets and policies of applied batches, by id.
  public func plans() throws(ArchiveError) -> [Plan] {
    var found: [Plan] = []
    try statement(
      """
      SELECT p.id, p.kind, p.asset, c.key, c.value FROM plan p JOIN batch b ON b.id = p.batch, json_each(p.cells) c
      WHERE b.state = 0 ORDER BY p.id, c.key
      """
    ).forEach { (row) throws(ArchiveError) in
      if found.last?.id != row.int(0) {
        let kind = PlanDraft.Kind(rawValue: UInt8(truncatingIfNeeded: row.int(1))) ?? .restriction
        found.append(Plan(id: row.int(0), kind: kind, asset: row.optionalInt(2).map { AssetID(Int32(truncatingIfNeeded: $0)) }, cells: [:]))
      }
      found[found.count - 1].cells[row.text(3)] = row.text(4)
    }
    return found
  }
}
