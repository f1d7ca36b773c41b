import Amounts
import Archive
import Importers
import Ledger

/// Writes decoded rows into one batch: splits off what is known, resolves names, stores facts, raw rows and identities.
struct BatchWriter {
  private let database: Database
  private let batch: BatchID
  private let account: String
  private let request: ImportRequest
  private let resolver: NameResolver
  private let events: EventWriter
  private let quotes: QuoteWriter
  private var known: KnownRows
  private var tradeKeys: [String: EventID]?
  private var identities: [Fingerprint] = []
  private var page: [UInt8] = []
  private var pageLine = 0
  private(set) var outcome: ImportOutcome
  /// Whether anything new was stored.
  private(set) var hasFacts = false

  init(
    _ database: Database, batch: BatchID, source: String, account: String, known: KnownRows, request: ImportRequest, outcome: ImportOutcome
  ) throws(ArchiveError) {
    self.database = database
    self.batch = batch
    self.account = account
    self.request = request
    self.known = known
    self.outcome = outcome
    resolver = try NameResolver(database, batch: batch, source: source, guess: source.hasPrefix("florin.") ? .other : .crypto)
    events = try EventWriter(database)
    quotes = try QuoteWriter(database, batch: batch)
  }

  /// What becomes of a row once the rows known already are split off.
  private enum Fate {
    case new, duplicate, problem, ignored
  }

  /// Stores what is new among some decoded rows.
  mutating func write(_ decoded: DecodeJob.Decoded) throws(ArchiveError) {
    let rows = decoded.batch
    var fates = rows.rows.map { row -> Fate in
      switch row.state {
      case .ignored: .ignored
      case .problem: .problem
      case .imported: known.take(row.fingerprint) ? .duplicate : .new
      }
    }
    for decodedFact in rows.facts { try store(decodedFact, rows, &fates) }
    for (row, fate) in zip(rows.rows, fates) {
      switch fate {
      case .new:
        outcome.imported += 1
        identities.append(row.fingerprint)
        keepRaw(row, rows)
      case .duplicate: outcome.duplicate += 1
      case .problem:
        outcome.problem += 1
        if case .problem(let problem) = row.state { add(problem) }
      case .ignored:
        outcome.ignored += 1
        if case .ignored(let why) = row.state, outcome.ignoredRows.count < ImportOutcome.listLimit {
          outcome.ignoredRows.append(.init(line: row.line, reason: why))
        }
      }
    }
    for note in rows.notes where outcome.notes.count < ImportOutcome.listLimit {
      outcome.notes.append(.init(line: note.line, reason: note.text))
    }
    if page.count > RawPage.size { try flushPage() }
  }

  private mutating func add(_ problem: RowProblem) {
    if outcome.problems.count < ImportOutcome.listLimit { outcome.problems.append(problem) }
  }

  private mutating func store(_ item: DecodedFact, _ rows: DecodedBatch, _ fates: inout [Fate]) throws(ArchiveError) {
    let mine = [item.row] + item.otherRows
    if mine.allSatisfy({ fates[$0] != .new }) { return }
    // Some rows of one event are known and some are not: importing it would count the known ones twice.
    if let stranger = mine.first(where: { fates[$0] == .duplicate }), item.otherRows.isEmpty == false {
      fail(
        mine, .inconsistent("belongs to one event with line \(rows.rows[stranger].line), which is imported already in another event"), rows,
        &fates)
      return
    }
    if case .event(let draft) = item.fact, let key = draft.details?.tradeKey, try isToldElsewhere(key) {
      for index in mine where fates[index] == .new { fates[index] = .duplicate }
      return
    }
    let problem = try store(item.fact)
    if let problem {
      fail(mine, .inconsistent("\"\(problem)\" is the ticker of several assets; write SYMBOL~id to say which"), rows, &fates)
      return
    }
    hasFacts = true
    if case .event(var draft) = item.fact {
      outcome.eventCount += 1
      if request.wantsEvents, outcome.events.count < request.eventLimit {
        draft.account = draft.account ?? account
        outcome.events.append(draft)
      }
    } else {
      outcome.otherFacts += 1
    }
  }

  private mutating func fail(_ mine: [Int], _ reason: RowProblem.Reason, _ rows: DecodedBatch, _ fates: inout [Fate]) {
    for index in mine where fates[index] == .new {
      fates[index] = .problem
      add(RowProblem(line: rows.rows[index].line, raw: rows.rawText(of: rows.rows[index]), reason: reason))
    }
  }

  /// Whether another export of the same source told this trade already.
  private mutating func isToldElsewhere(_ key: String) throws(ArchiveError) -> Bool {
    if tradeKeys == nil { tradeKeys = try database.tradeKeys() }
    return tradeKeys?[key] != nil
  }

  /// Stores facts that come from no file.
  mutating func write(_ facts: [Fact]) throws(ArchiveError) {
    for fact in facts {
      // The facts are Florin's own: a ticker of theirs is never that of two assets.
      if try store(fact) != nil { continue }
      hasFacts = true
      if case .event = fact { outcome.eventCount += 1 } else { outcome.otherFacts += 1 }
    }
  }

  // MARK: Facts. Each returns the ticker that could not be resolved, or nil.

  private mutating func store(_ fact: Fact) throws(ArchiveError) -> String? {
    switch fact {
    case .event(let draft): return try store(draft)
    case .quote(let draft): return try store(draft)
    case .asset(let draft): return try resolver.store(draft) == nil ? draft.ref.symbol : nil
    case .account(let draft):
      try resolver.store(draft)
      return nil
    case .distribution(let draft): return try store(draft)
    case .plan(let draft): return try store(draft)
    }
  }

  private mutating func store(_ draft: EventDraft) throws(ArchiveError) -> String? {
    switch try resolver.event(draft, account: account, batch: batch) {
    case .success(let event):
      try events.insert(event, externalID: draft.externalID)
      return nil
    case .failure(let unresolved): return unresolved.symbol
    }
  }

  private func store(_ draft: QuoteDraft) throws(ArchiveError) -> String? {
    guard let asset = try resolver.asset(draft.asset) else { return draft.asset.symbol }
    guard let currency = try resolver.asset(draft.currency) else { return draft.currency.symbol }
    let quote = Quote(
      day: draft.day, price: Price(draft.price, currency.asCurrency), isAdjusted: draft.isAdjusted, source: draft.source, nav: draft.nav)
    try quotes.insert(quote, kind: draft.kind, of: asset, line: draft.line > 0 ? draft.line : nil)
    return nil
  }

  private func store(_ draft: DistributionDraft) throws(ArchiveError) -> String? {
    guard let asset = try resolver.asset(draft.asset) else { return draft.asset.symbol }
    guard let currency = try resolver.asset(draft.currency) else { return draft.currency.symbol }
    let distribution = Distribution(
      id: 0, asset: asset, kind: draft.kind, declared: draft.declared, ex: draft.ex, record: draft.record, pay: draft.pay,
      isDaily: draft.isDaily,
      from: draft.from, to: draft.to, amountPerToken: Price(draft.amountPerToken, currency.asCurrency), note: draft.note)
    try database.insert(distribution, batch: batch, line: draft.line > 0 ? draft.line : nil)
    return nil
  }

  private func store(_ draft: PlanDraft) throws(ArchiveError) -> String? {
    var asset: AssetID?
    if let ref = draft.asset {
      guard let found = try resolver.asset(ref) else { return ref.symbol }
      asset = found
    }
    try database.insertPlan(
      draft.kind, asset: asset, json: BatchWriter.json(draft.cells), batch: batch, line: draft.line > 0 ? draft.line : nil)
    return nil
  }

  /// The cells of a plan as it is stored: a JSON object by column.
  static func json(_ cells: [String: String]) -> String {
    "{" + cells.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(quoted($0.value))" }.joined(separator: ",") + "}"
  }

  /// A JSON string.
  private static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      default:
        if scalar.value < 0x20 {
          let hex = String(scalar.value, radix: 16)
          out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        } else {
          out.unicodeScalars.append(scalar)
        }
      }
    }
    return out + "\""
  }

  // MARK: Raw rows and the end

  private mutating func keepRaw(_ row: DecodedRow, _ rows: DecodedBatch) {
    if page.isEmpty { pageLine = row.line }
    RawPage.append(rows.raw[row.raw], line: row.line, to: &page)
  }

  private mutating func flushPage() throws(ArchiveError) {
    if page.isEmpty { return }
    try database.insertRawPage(page, firstLine: pageLine, batch: batch)
    page.removeAll(keepingCapacity: true)
  }

  /// Stores what is left: the last raw rows, the identities in ascending order, the counts.
  mutating func finish(sha256: String, kind: String = "import") throws(ArchiveError) {
    try flushPage()
    // Signed order is the order of the table's key; anything else makes the insert a random walk.
    identities.sort { a, b in
      a.high == b.high ? Int64(bitPattern: a.low) < Int64(bitPattern: b.low) : Int64(bitPattern: a.high) < Int64(bitPattern: b.high)
    }
    var merged: [(hi: UInt64, lo: UInt64, n: Int)] = []
    for identity in identities {
      if let last = merged.last, last.hi == identity.high, last.lo == identity.low {
        merged[merged.count - 1].n += 1
      } else {
        merged.append((identity.high, identity.low, 1))
      }
    }
    identities = []
    try database.insertIdentities(merged, batch: batch)
    var record = BatchRecord(id: batch, kind: kind, source: outcome.source, file: outcome.file, sha256: sha256, at: request.now)
    record.total = outcome.total
    record.imported = outcome.imported
    record.duplicate = outcome.duplicate
    record.ignored = outcome.ignored
    record.problem = outcome.problem
    record.events = outcome.eventCount
    try database.update(record)
  }
}
