public import Amounts
public import Ledger

/// Writes quotes of one batch.
public final class QuoteWriter {
  private let quote: Statement
  private let nav: Statement
  private let batch: BatchID
  private let scratch = UnsafeMutablePointer<UInt8>.allocate(capacity: 64)

  /// A writer for a batch.
  public init(_ database: Database, batch: BatchID) throws(ArchiveError) {
    self.batch = batch
    quote = try database.statement(
      "INSERT OR REPLACE INTO quote (asset, kind, day, currency, batch, price, adjusted, source, line) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
    nav = try database.statement(
      """
      INSERT OR REPLACE INTO nav_fact (asset, day, batch, method, appraiser, document, published, total_nav, underlying_value, debt, supply)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
  }

  deinit { scratch.deallocate() }

  /// Stores a quote.
  ///
  /// - Parameter line: the line of the file it came from; nil when it came from none.
  public func insert(_ value: Quote, kind: QuoteDraft.Kind, of asset: AssetID, line: Int? = nil) throws(ArchiveError) {
    quote.bind(1, Int64(asset.raw))
    quote.bind(2, Int(kind.rawValue))
    quote.bind(3, Int64(value.day.ordinal))
    quote.bind(4, Int64(value.price.currency.id))
    quote.bind(5, batch.raw)
    quote.bind(6, value.price.perUnit, scratch: scratch)
    quote.bind(7, value.isAdjusted ? 1 : 0)
    quote.bind(8, value.source.isEmpty ? nil : value.source)
    quote.bind(9, line.map { Int64($0) })
    try quote.execute()
    guard let facts = value.nav else { return }
    nav.bind(1, Int64(asset.raw))
    nav.bind(2, Int64(value.day.ordinal))
    nav.bind(3, batch.raw)
    nav.bind(4, facts.method)
    nav.bind(5, facts.appraiser)
    nav.bind(6, facts.document)
    nav.bind(7, facts.published)
    nav.bind(8, facts.totalNav)
    nav.bind(9, facts.underlyingValue)
    nav.bind(10, facts.debt)
    nav.bind(11, facts.supply)
    try nav.execute()
  }
}

extension Database {
  /// Calls `body` with every quote of applied batches, by asset, kind and day; of several of one day and currency only the latest batch's.
  ///
  /// - Parameter only: when given, only the quotes of these assets.
  public func forEachQuote(
    only: Set<AssetID>? = nil, _ body: (_ asset: AssetID, _ kind: QuoteDraft.Kind, _ quote: Quote) throws(ArchiveError) -> Void
  ) throws(ArchiveError) {
    let reverted = try revertedBatches()
    let navs = try navFacts(except: reverted)
    var pending: (asset: AssetID, kind: QuoteDraft.Kind, quote: Quote)?
    func take(_ row: Statement) throws(ArchiveError) {
      if reverted.contains(row.int(4)) { return }
      let asset = AssetID(Int32(truncatingIfNeeded: row.int(0)))
      let kind = QuoteDraft.Kind(rawValue: UInt8(truncatingIfNeeded: row.int(1))) ?? .close
      let day = Day(ordinal: Int32(truncatingIfNeeded: row.int(2)))
      let price = Price(try row.decimal(5) ?? .zero, Currency(id: Int32(truncatingIfNeeded: row.int(3))))
      var quote = Quote(day: day, price: price, isAdjusted: row.int(6) != 0, source: row.text(7))
      if kind == .nav { quote.nav = navs[NavKey(asset: asset, day: day)] }
      if let last = pending,
        last.asset != asset || last.kind != kind || last.quote.day != day || last.quote.price.currency != price.currency
      {
        try body(last.asset, last.kind, last.quote)
      }
      pending = (asset, kind, quote)
    }
    let columns = "asset, kind, day, currency, batch, price, adjusted, source"
    if let only {
      for asset in only.sorted() {
        let row = try statement("SELECT \(columns) FROM quote WHERE asset = ? ORDER BY kind, day, currency, batch")
        row.bind(1, Int64(asset.raw))
        try row.forEach(take)
      }
    } else {
      try statement("SELECT \(columns) FROM quote ORDER BY asset, kind, day, currency, batch").forEach(take)
    }
    if let last = pending { try body(last.asset, last.kind, last.quote) }
  }

  /// The applied batch a quote came with, and its line there: of several the latest, whose price counts.
  public func place(
    ofQuote kind: QuoteDraft.Kind, _ asset: AssetID, _ day: Day, _ currency: Currency
  ) throws(ArchiveError) -> (batch: BatchID, line: Int?)? {
    let reverted = try revertedBatches()
    let row = try statement("SELECT batch, line FROM quote WHERE asset = ? AND kind = ? AND day = ? AND currency = ? ORDER BY batch")
    row.bind(1, Int64(asset.raw))
    row.bind(2, Int(kind.rawValue))
    row.bind(3, Int64(day.ordinal))
    row.bind(4, Int64(currency.id))
    var found: (BatchID, Int?)?
    try row.forEach { (row) throws(ArchiveError) in
      if !reverted.contains(row.int(0)) { found = (BatchID(row.int(0)), row.optionalInt(1).map { Int($0) }) }
    }
    return found
  }

  private struct NavKey: Hashable {
    let asset: AssetID
    let day: Day
  }

  private func navFacts(except reverted: Set<Int64>) throws(ArchiveError) -> [NavKey: NavRecord] {
    var found: [NavKey: NavRecord] = [:]
    try statement(
      """
      SELECT asset, day, batch, method, appraiser, document, published, total_nav, underlying_value, debt, supply
      FROM nav_fact ORDER BY asset, day, batch
      """
    ).forEach { (row) throws(ArchiveError) in
      if reverted.contains(row.int(2)) { return }
      var facts = NavRecord()
      facts.method = row.optionalText(3)
      facts.appraiser = row.optionalText(4)
      facts.document = row.optionalText(5)
      facts.published = row.day(6)
      facts.totalNav = try row.decimal(7)
      facts.underlyingValue = try row.decimal(8)
      facts.debt = try row.decimal(9)
      facts.supply = try row.decimal(10)
      found[NavKey(asset: AssetID(Int32(truncatingIfNeeded: row.int(0))), day: Day(ordinal: Int32(truncatingIfNeeded: row.int(1))))] = facts
    }
    return found
  }
}
