import Amounts
import Archive
import Engine
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
  private var twins: TwinIndex?
  private let idsAreUnique: Bool
  /// How many events of the file are known row by row, or as twins, by the hash of their content.
  private var matched: [Int: Int] = [:]
  /// Events whose rows changed, and what is to stand in their place.
  private(set) var replacements: [(old: EventID, new: Event, externalID: String?)] = []
  private var identities: [Fingerprint] = []
  private var page: [UInt8] = []
  private var pageLine = 0
  private(set) var outcome: ImportOutcome
  /// What rows of this file called things whose numbers were taken already, and those of files before it.
  private(set) var numbers: ExportNumbers
  /// Settings, closed years and links, which are stored apart from facts.
  private(set) var records = BatchRecords()
  // Events that choose lots, which may go by numbers.
  private var choosing: [(event: EventID, selector: String)] = []
  private var closed: [ClosedYear]?
  /// Whether anything new was stored.
  private(set) var hasFacts = false

  init(
    _ database: Database, batch: BatchID, source: String, account: String, known: KnownRows, request: ImportRequest, outcome: ImportOutcome,
    numbers: ExportNumbers = ExportNumbers()
  ) throws(ArchiveError) {
    self.numbers = numbers
    self.database = database
    self.batch = batch
    self.account = account
    self.request = request
    self.known = known
    idsAreUnique = Registry.all.first { $0.id == source }?.idsAreUnique ?? false
    self.outcome = outcome
    resolver = try NameResolver(
      database, batch: batch, source: source, guess: source.hasPrefix("florin.") ? .other : .crypto,
      labels: numbers.labels)
    events = try EventWriter(database)
    quotes = try QuoteWriter(database, batch: batch)
  }

  /// What becomes of a row once the rows known already are split off.
  private enum Fate {
    case new, duplicate, changed, problem, ignored
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
      case .changed: outcome.changed += 1
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
    if mine.allSatisfy({ fates[$0] != .new }) { return try noteKnown(item, fates[item.row]) }
    if case .event(let draft) = item.fact, try isTwin(draft, mine, rows, &fates) { return }
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
      fail(mine, problem, rows, &fates)
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

  /// What earlier imports made of the same rows; nil until a row is new to them.
  private mutating func twinIndex() throws(ArchiveError) -> TwinIndex {
    if let twins { return twins }
    let family = Registry.all.first { $0.id == outcome.source }?.family
    let made = try TwinIndex(database, family: family ?? outcome.source, idsAreUnique: idsAreUnique)
    twins = made
    return made
  }

  private mutating func noteKnown(_ item: DecodedFact, _ fate: Fate) throws(ArchiveError) {
    // Where ids tell rows apart, contents need not be counted.
    guard fate == .duplicate, request.comparesEvents, case .event(let draft) = item.fact, !idsAreUnique || draft.externalID == nil,
      case .success(let event) = try resolver.event(draft, account: account, batch: batch)
    else { return }
    matched[TwinIndex.hash(event), default: 0] += 1
  }

  /// Whether an event of new rows is one that is there already, or was one before its row changed.
  private mutating func isTwin(_ draft: EventDraft, _ mine: [Int], _ rows: DecodedBatch, _ fates: inout [Fate]) throws(ArchiveError) -> Bool
  {
    guard request.comparesEvents, try !twinIndex().isEmpty,
      case .success(var event) = try resolver.event(draft, account: account, batch: batch),
      let relation = try twins?.relation(of: event, externalID: draft.externalID, matched: &matched, database)
    else { return false }
    let line = rows.rows[mine[0]].line
    switch relation {
    case .new: return false
    case .same:
      for index in mine where fates[index] == .new { fates[index] = .duplicate }
      return true
    case .changed(let old, let counts):
      for index in mine where fates[index] == .new { fates[index] = .changed }
      // A time that is only printed shorter keeps its seconds.
      if TwinIndex.isSameTime(old, event) { (event.time, event.isDateOnly) = (old.time, old.isDateOnly) }
      var fields = try changes(old, event)
      if fields.isEmpty { fields = [["row", "", ""]] }
      if outcome.changes.count < ImportOutcome.listLimit {
        outcome.changes.append(ImportOutcome.Change(line: line, event: old.id, fields: fields, isOpen: counts))
      }
      if counts, request.updatesChanged { replacements.append((old.id, event, draft.externalID)) }
      return true
    case .near(let other):
      if outcome.notes.count < ImportOutcome.listLimit {
        outcome.notes.append(
          .init(
            line: line, reason: "resembles event \(other.id.raw), imported before: the same asset and account at the same time; both count")
        )
      }
      return false
    }
  }

  /// What differs between an event and what its row says now.
  private func changes(_ old: Event, _ new: Event) throws(ArchiveError) -> [[String]] {
    func text(_ number: Decimal?) -> String { number.map { $0.description } ?? "" }
    let names = try database.assets().mapValues(\.symbol)
    func name(_ id: AssetID?) -> String { id.flatMap { names[$0] } ?? "" }
    let pairs: [(String, String, String)] = [
      ("time", old.time.description, new.time.description), ("type", old.kind.code, new.kind.code),
      ("asset", name(old.asset), name(new.asset)),
      ("quantity", text(old.quantity), text(new.quantity)), ("price", text(old.price), text(new.price)),
      ("gross", text(old.gross), text(new.gross)),
      ("currency", name(old.currency.map { AssetID($0.id) }), name(new.currency.map { AssetID($0.id) })),
      ("fee", text(old.fee), text(new.fee)), ("feeAsset", name(old.feeAsset), name(new.feeAsset)), ("tax", text(old.tax), text(new.tax)),
      ("toAsset", name(old.extra?.toAsset), name(new.extra?.toAsset)),
      ("toQuantity", text(old.extra?.toQuantity), text(new.extra?.toQuantity)),
    ]
    return pairs.filter { $0.1 != $0.2 }.map { [$0.0, $0.1, $0.2] }
  }

  /// Puts what changed rows say now in the place of what they were. Called inside the import's transaction, recorded with it.
  mutating func replaceChanged() throws(ArchiveError) {
    for (old, event, externalID) in replacements {
      try database.delete(old)
      _ = try events.insert(event, externalID: externalID, number: 0)
      outcome.updated += 1
    }
    replacements = []
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

  // MARK: Facts. Each returns why it could not be stored, or nil.

  private func several(_ ticker: String) -> RowProblem.Reason {
    .inconsistent("\"\(ticker)\" is the ticker of several assets; write SYMBOL~id to say which")
  }

  private mutating func store(_ fact: Fact) throws(ArchiveError) -> RowProblem.Reason? {
    switch fact {
    case .event(let draft): return try store(draft)
    case .quote(let draft): return try store(draft)
    case .asset(let draft):
      guard let asset = try resolver.store(draft) else { return several(draft.ref.symbol) }
      if draft.number != 0, asset.raw != draft.number { numbers.labels["\(draft.ref.symbol)~\(draft.number)"] = asset }
      return nil
    case .account(let draft):
      try resolver.store(draft)
      return nil
    case .distribution(let draft): return try store(draft)
    case .plan(let draft): return try store(draft)
    case .setting(let draft):
      let known = Set(try database.assets().values.map(\.symbol))
      return records.add(draft) { (KnownMoney.isFiat($0) && !MinorMoney.isMinor($0)) || known.contains($0) }
    case .closing(let draft): return try store(draft)
    case .link(let draft): return try store(draft)
    }
  }

  private mutating func store(_ draft: EventDraft) throws(ArchiveError) -> RowProblem.Reason? {
    switch try resolver.event(draft, account: account, batch: batch) {
    case .success(let event):
      let id = try events.insert(event, externalID: draft.externalID, number: draft.number)
      if draft.number != 0 {
        if id.raw != draft.number { numbers.events[EventID(draft.number)] = id }
        if let selector = event.extra?.lotSelector { choosing.append((id, selector)) }
      }
      return nil
    case .failure(let unresolved): return several(unresolved.symbol)
    }
  }

  private func store(_ draft: QuoteDraft) throws(ArchiveError) -> RowProblem.Reason? {
    guard let asset = try resolver.asset(draft.asset) else { return several(draft.asset.symbol) }
    guard let currency = try resolver.asset(draft.currency) else { return several(draft.currency.symbol) }
    let quote = Quote(
      day: draft.day, price: Price(draft.price, currency.asCurrency), isAdjusted: draft.isAdjusted, source: draft.source, nav: draft.nav)
    try quotes.insert(quote, kind: draft.kind, of: asset, line: draft.line > 0 ? draft.line : nil)
    return nil
  }

  private func store(_ draft: DistributionDraft) throws(ArchiveError) -> RowProblem.Reason? {
    guard let asset = try resolver.asset(draft.asset) else { return several(draft.asset.symbol) }
    guard let currency = try resolver.asset(draft.currency) else { return several(draft.currency.symbol) }
    let distribution = Distribution(
      id: 0, asset: asset, kind: draft.kind, declared: draft.declared, ex: draft.ex, record: draft.record, pay: draft.pay,
      isDaily: draft.isDaily,
      from: draft.from, to: draft.to, amountPerToken: Price(draft.amountPerToken, currency.asCurrency), note: draft.note)
    try database.insert(distribution, batch: batch, line: draft.line > 0 ? draft.line : nil)
    return nil
  }

  private func store(_ draft: PlanDraft) throws(ArchiveError) -> RowProblem.Reason? {
    var asset: AssetID?
    if let ref = draft.asset {
      guard let found = try resolver.asset(ref) else { return several(ref.symbol) }
      asset = found
    }
    try database.insertPlan(
      draft.kind, asset: asset, json: BatchWriter.json(draft.cells), batch: batch, line: draft.line > 0 ? draft.line : nil)
    return nil
  }

  // MARK: What belongs to no batch

  private mutating func store(_ draft: ClosingDraft) throws(ArchiveError) -> RowProblem.Reason? {
    let there: [ClosedYear] = if let closed { closed } else { try database.closedYears() }
    closed = there
    switch draft.row {
    case .year: return records.add(draft, closed: there, pin: nil, gain: nil)
    case .pin(let row):
      guard let asset = try resolver.asset(row.asset) else { return several(row.asset.symbol) }
      let pin = LotPin(
        event: numbers.event(row.event), asset: asset, account: try resolver.account(row.account), ordinal: row.ordinal,
        lotEvent: row.lotEvent.map { numbers.event($0) }, lotLeg: row.lotLeg, lotPath: row.lotPath, quantity: row.quantity)
      return records.add(draft, closed: there, pin: pin, gain: nil)
    case .gain(let row):
      guard let asset = try resolver.asset(row.asset) else { return several(row.asset.symbol) }
      guard let kind = DisposalKind(rawValue: row.kind) else { return .inconsistent("\"\(row.kind)\" is no kind of disposal") }
      func money(_ amount: Figure<Decimal>, _ currency: AssetRef?) throws(ArchiveError) -> Figure<Money>? {
        guard let currency else { return .unknown(amount.why ?? .nothing) }
        guard let id = try resolver.asset(currency) else { return nil }
        return amount.map { (amount) throws(DecimalError) in Money(amount, id.asCurrency) }
      }
      guard let proceeds = try money(row.proceeds, row.proceedsCurrency), let cost = try money(row.cost, row.costCurrency) else {
        return several(row.proceedsCurrency?.symbol ?? row.costCurrency?.symbol ?? "")
      }
      let gain = GainPiece(
        asset: asset, account: try resolver.account(row.account), kind: kind, acquired: row.acquired, disposed: row.disposed,
        quantity: row.quantity, proceeds: proceeds, cost: cost, proceedsBase: row.proceedsBase, costBase: row.costBase,
        event: numbers.event(row.event), lotEvent: row.lotEvent.map { numbers.event($0) })
      return records.add(draft, closed: there, pin: nil, gain: gain)
    }
  }

  /// A side of a transfer stays with the transfer: it is stored with the transfer's batch, and does not count.
  private mutating func store(_ draft: LinkDraft) throws(ArchiveError) -> RowProblem.Reason? {
    let transfer = numbers.event(draft.transfer)
    guard let owner = try database.countedEvent(transfer), owner.kind == .transfer else {
      return .inconsistent("event \(draft.transfer.raw) is no transfer that counts")
    }
    switch try resolver.event(draft.side, account: account, batch: owner.batch) {
    case .success(let side):
      let id = try events.insert(side, externalID: draft.side.externalID, number: draft.side.number)
      try database.delete(id)
      records.add(side: id, of: transfer, isArrival: draft.isArrival)
      return nil
    case .failure(let unresolved): return several(unresolved.symbol)
    }
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
    if !numbers.events.isEmpty {
      for (event, selector) in choosing {
        let changed = LotSelector.renumbered(selector) { text in
          Int64(text).flatMap { numbers.events[EventID($0)] }.map { String($0.raw) }
        }
        if changed != selector { try database.setLotSelector(changed, of: event) }
      }
    }
    try database.insertIdentities(merged, batch: batch)
    var record = BatchRecord(id: batch, kind: kind, source: outcome.source, file: outcome.file, sha256: sha256, at: request.now)
    record.total = outcome.total
    record.imported = outcome.imported
    record.duplicate = outcome.duplicate
    record.changed = outcome.changed
    record.ignored = outcome.ignored
    record.problem = outcome.problem
    record.events = outcome.eventCount
    try database.update(record)
  }
}
