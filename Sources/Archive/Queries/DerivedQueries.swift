import Amounts
public import Ledger

/// What the first screen needs beside the facts, kept so that it waits for nothing.
public struct ReadyFacts: Sendable {
  /// Quotes of one asset and kind, the last ones.
  public typealias Series = (asset: AssetID, kind: QuoteDraft.Kind, quotes: QuoteSeries)

  /// By asset and account.
  public var positions: [Position]
  /// The value history, by day.
  public var days: [HistoryPoint]
  /// By asset and kind.
  public var series: [Series]

  /// What is to be kept.
  public init(positions: [Position], days: [HistoryPoint], series: [Series]) {
    self.positions = positions
    self.days = days
    self.series = series
  }
}

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

  /// Replaces what is kept ready.
  public func replaceReady(_ facts: ReadyFacts) throws(ArchiveError) {
    try run("DELETE FROM derived_ready")
    var writer = PackedWriter()
    writer.put(facts)
    let row = try statement("INSERT INTO derived_ready (id, bytes) VALUES (1, ?)")
    row.bind(1, bytes: writer.bytes)
    try row.execute()
  }

  /// What is kept ready; nil when nothing is, or it is cut off.
  public func ready() throws(ArchiveError) -> ReadyFacts? {
    try statement("SELECT bytes FROM derived_ready WHERE id = 1").first { (row) throws(ArchiveError) in
      row.withBytes(0) { bytes in
        var reader = PackedReader(bytes)
        let facts = reader.readyFacts()
        return reader.isWhole ? facts : nil
      }
    }.flatMap { $0 }
  }
}

extension PackedWriter {
  mutating func put(_ facts: ReadyFacts) {
    put(facts.positions.count)
    for position in facts.positions { put(position) }
    put(facts.days.count)
    for day in facts.days {
      put(Int(day.day.ordinal))
      put(day.value)
      put(day.unpriced)
      put(day.atTrade)
      put(day.appeared)
      put(day.vanished)
    }
    put(facts.series.count)
    for series in facts.series {
      put(Int(series.asset.raw))
      put(Int(series.kind.rawValue))
      put(series.quotes)
    }
  }

  private mutating func put(_ position: Position) {
    put(Int(position.asset.raw))
    put(Int(position.account.raw))
    put(position.quantity)
    put(position.cost.value) { writer, cost in
      writer.put(cost.amount)
      writer.put(Int(cost.currency.id))
    }
    if let why = position.cost.why { put(why.text) }
    put(position.costBase)
    put(position.unknownBasisUnits)
    put(position.realizedBase)
    put(position.unknownGains)
    put(position.incomeBase)
    put(position.unknownReceipts)
    put(position.chargesBase)
    put(position.unknownCharges)
    put(position.carriedBase)
    put(position.lots)
    for why in [position.basisWhy, position.gainsWhy, position.receiptsWhy, position.chargesWhy] { put(why?.text) { $0.put($1) } }
  }

  private mutating func put(_ series: QuoteSeries) {
    put(series.count)
    for index in 0..<series.count {
      let quote = series[index]
      put(Int(quote.day.ordinal))
      put(quote.price.perUnit)
      put(Int(quote.price.currency.id))
      put(quote.isAdjusted ? 1 : 0)
      put(quote.source)
      put(quote.nav) { writer, nav in
        for text in [nav.method, nav.appraiser, nav.document] { writer.put(text) { $0.put($1) } }
        writer.put(nav.published) { $0.put(Int($1.ordinal)) }
        for number in [nav.totalNav, nav.underlyingValue, nav.debt, nav.supply] { writer.put(number) { $0.put($1) } }
      }
    }
  }
}

extension PackedReader {
  mutating func readyFacts() -> ReadyFacts {
    let positions = (0..<count()).map { _ in position() }
    let days = (0..<count()).map { _ in
      HistoryPoint(day: Day(ordinal: int32()), value: decimal(), unpriced: int(), atTrade: int(), appeared: decimal(), vanished: decimal())
    }
    let series = (0..<count()).map { _ in
      (asset: AssetID(int32()), kind: QuoteDraft.Kind(rawValue: UInt8(truncatingIfNeeded: int())) ?? .close, quotes: quotes())
    }
    return ReadyFacts(positions: positions, days: days, series: series)
  }

  private mutating func position() -> Position {
    var position = Position(asset: AssetID(int32()), account: AccountID(int32()))
    position.quantity = decimal()
    let cost = optional { Money($0.decimal(), Currency(id: $0.int32())) }
    position.cost = if let cost { .known(cost) } else { .unknown(Why(text: text()) ?? .nothing) }
    position.costBase = decimal()
    position.unknownBasisUnits = decimal()
    position.realizedBase = decimal()
    position.unknownGains = int()
    position.incomeBase = decimal()
    position.unknownReceipts = int()
    position.chargesBase = decimal()
    position.unknownCharges = int()
    position.carriedBase = decimal()
    position.lots = int()
    position.basisWhy = optional { $0.text() }.flatMap { Why(text: $0) }
    position.gainsWhy = optional { $0.text() }.flatMap { Why(text: $0) }
    position.receiptsWhy = optional { $0.text() }.flatMap { Why(text: $0) }
    position.chargesWhy = optional { $0.text() }.flatMap { Why(text: $0) }
    return position
  }

  private mutating func quotes() -> QuoteSeries {
    var series = QuoteSeries()
    let count = count()
    series.reserveCapacity(count)
    for _ in 0..<count {
      var quote = Quote(day: Day(ordinal: int32()), price: Price(decimal(), Currency(id: int32())), isAdjusted: int() != 0, source: text())
      quote.nav = optional { $0.nav() }
      series.append(quote)
    }
    return series
  }

  private mutating func nav() -> NavRecord {
    var nav = NavRecord()
    nav.method = optional { $0.text() }
    nav.appraiser = optional { $0.text() }
    nav.document = optional { $0.text() }
    nav.published = optional { Day(ordinal: $0.int32()) }
    nav.totalNav = optional { $0.decimal() }
    nav.underlyingValue = optional { $0.decimal() }
    nav.debt = optional { $0.decimal() }
    nav.supply = optional { $0.decimal() }
    return nav
  }
}
