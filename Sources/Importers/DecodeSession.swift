import Ledger

/// Reads one file, batch by batch. The caller pulls, so it cancels by not pulling any more.
///
/// Nothing is kept between batches but what the format groups by, so memory does not grow with the file for formats that read row by row.
public final class DecodeSession {
  /// The format found, or the one asked for.
  public let format: ExportFormat
  /// The account facts go to that name none themselves.
  public let account: String
  /// The column names, or the JSON paths.
  public let names: [String]
  /// How the file writes its characters.
  public var encoding: TextEncoding { window.encoding }
  /// Bytes of the file; nil for a pipe.
  public var bytesTotal: Int? { window.bytesTotal }
  /// Bytes decoded so far.
  public var bytesDone: Int { min(window.offset, window.bytesTotal ?? .max) }
  /// Rows so far, by outcome.
  public private(set) var counts = RowCounts()

  private let window: ByteWindow
  private let reader: RowReader
  private let context: FileContext
  private let options: ImportOptions
  private let scope: UInt64
  private var row: Row
  private var header: Header
  private var identityColumns: [Int]?
  private var identityHeader: Header?
  private var decode: (@Sendable (Row, FileContext) throws(RowProblem) -> RowOutcome)?
  private let source: ByteSource
  private let found: Detection
  private var sizes: GroupCounts?
  private var phase = Phase.start
  private var queue = GroupQueue()
  private var isFinished = false

  private enum Phase { case start, counting, decoding }

  /// Opens a source and finds out its format.
  public init(_ source: ByteSource, _ options: ImportOptions = ImportOptions(), formats: [ExportFormat] = Registry.all) throws(ImportError)
  {
    window = try ByteWindow(source, limit: options.recordLimit)
    found = try Detection.detect(window, options, formats)
    self.source = source
    format = found.format
    names = found.names
    self.options = options
    account = options.account ?? found.format.account
    scope = Fingerprint.scope(family: found.format.family, account: account)
    reader = RowReader(window, found, options.reads)
    context = FileContext(options, delimiter: reader.delimiter, preamble: found.preamble)
    row = Row(header: reader.header)
    header = reader.header
    row.zone = options.zone
    row.style = options.decimalComma.map { $0 ? .comma : .point } ?? found.format.numbers
    adopt(reader.header)
    if window.encoding != .utf8 { context.note(0, "read as \(window.encoding.rawValue)") }
  }

  private func adopt(_ header: Header) {
    self.header = header
    switch format.decoding {
    case .eachRow(let function): decode = function
    case .prepared(let make): decode = make(header, context)
    case .grouped, .wholeFile: decode = nil
    }
  }

  /// The next rows; nil when there are no more. A batch may be empty while a file is read that groups its rows.
  public func next() throws(ImportError) -> DecodedBatch? {
    if isFinished { return nil }
    var batch = DecodedBatch()
    batch.rows.reserveCapacity(options.batchRows)
    if let decode {
      batch.facts.reserveCapacity(options.batchRows)
      var function = decode
      while batch.rows.count < options.batchRows {
        guard try advance(&batch) else { break }
        if let current = self.decode { function = current }
        one(function, &batch)
      }
    } else {
      try nextGroups(&batch)
    }
    batch.notes = context.takeNotes()
    if batch.rows.isEmpty && (phase != .counting) {
      isFinished = true
      if batch.notes.isEmpty { return nil }
    }
    return batch
  }

  /// SHA-256 of the whole file, in hexadecimal; reads to its end.
  public func sha256() throws(ImportError) -> String { try window.sha256() }

  /// Reads the next row that is the format's business. Lines around the table are ignored rows, and go to the batch.
  private func advance(_ batch: inout DecodedBatch) throws(ImportError) -> Bool {
    while true {
      switch try reader.next(into: &row) {
      case .end: return false
      case .row:
        if row.header !== header { adopt(row.header) }
        return true
      case .outside(let why):
        append(row, .ignored(why), &batch)
      }
    }
  }

  private func one(_ function: (Row, FileContext) throws(RowProblem) -> RowOutcome, _ batch: inout DecodedBatch) {
    let index = append(row, .imported, &batch)
    do throws(RowProblem) {
      if let fault = row.fault { throw fault }
      try format.checkWidth(row)
      switch try function(row, context) {
      case .event(var event):
        if DecodeSession.hasEndlessName(event) {
          throw row.problem(.inconsistent("has a name of more than \(DecodeSession.nameLimit) bytes"))
        }
        if event.hasMinorMoney { event.settleMinorMoney() }
        event.lines = [row.line]
        batch.facts.append(DecodedFact(fact: .event(event), row: index, otherRows: [], fingerprint: batch.rows[index].fingerprint))
      case .facts(let facts):
        for (n, var fact) in facts.enumerated() {
          fact.settleMinorMoney()
          fact.place([row.line])
          batch.facts.append(DecodedFact(fact: fact, row: index, otherRows: [], fingerprint: batch.rows[index].fingerprint.fact(n)))
        }
        if facts.isEmpty { throw row.problem(.notCovered) }
      case .ignored(let why):
        batch.rows[index].state = .ignored(why)
        counts.imported -= 1
        counts.ignored += 1
      }
    } catch {
      batch.rows[index].state = .problem(error)
      counts.imported -= 1
      counts.problem += 1
    }
    if let remark = row.buffer.remark { context.note(row.line, remark) }
  }

  /// The longest name of an asset or account, in bytes: longer ones are files gone wrong, and would be in every list.
  private static let nameLimit = 256

  @inline(__always)
  private static func hasEndlessName(_ event: EventDraft) -> Bool {
    event.asset.symbol.utf8.count > nameLimit || event.account?.utf8.count ?? 0 > nameLimit || event.toAccount?.utf8.count ?? 0 > nameLimit
      || event.currency?.symbol.utf8.count ?? 0 > nameLimit || event.feeAsset?.symbol.utf8.count ?? 0 > nameLimit
  }

  @discardableResult
  private func append(_ row: Row, _ state: RowState, _ batch: inout DecodedBatch) -> Int {
    let start = batch.raw.count
    batch.raw.append(contentsOf: row.buffer.raw)
    let fingerprint = row.cellSum(identity(of: row.header)).sealed(scope)
    batch.rows.append(DecodedRow(line: row.line, offset: row.offset, raw: start..<batch.raw.count, fingerprint: fingerprint, state: state))
    switch state {
    case .imported: counts.imported += 1
    case .ignored: counts.ignored += 1
    case .problem: counts.problem += 1
    }
    return batch.rows.count - 1
  }

  /// The columns that make a row the same row; nil is all of them.
  private func identity(of header: Header) -> [Int]? {
    guard case .columns(let names) = format.identity else { return nil }
    if identityHeader !== header {
      identityHeader = header
      identityColumns = names.compactMap { header.position($0) }
    }
    return identityColumns
  }

  // MARK: groups

  /// First counts the rows of each group, then decodes each group once its last row is there.
  private func nextGroups(_ batch: inout DecodedBatch) throws(ImportError) {
    if phase == .start, case .grouped(let by, _) = format.decoding {
      sizes = try GroupCounts(source, options, found, row, by)
      if sizes != nil { phase = .counting }
    }
    if phase == .counting, let sizes, try sizes.count(rows: 16 * options.batchRows) { return }
    phase = .decoding
    while batch.rows.count < options.batchRows {
      if let rows = queue.next() {
        decode(RowGroup(rows), &batch)
      } else if queue.isEnded {
        break
      } else if try advance(&batch) {
        queueRow()
      } else {
        queue.isEnded = true
      }
    }
  }

  private func queueRow() {
    var key: String?
    do throws(RowProblem) {
      if let fault = row.fault { throw fault }
      try format.checkWidth(row)
      switch format.decoding {
      case .grouped(let by, _): key = try by(row, context)
      case .wholeFile: key = ""
      case .eachRow, .prepared: break
      }
    } catch {
      row.fault = error
    }
    queue.add(row, key: key, size: key.flatMap { sizes?[$0] })
  }

  private func decode(_ group: RowGroup, _ batch: inout DecodedBatch) {
    var group = group
    var failure = group.rows.first?.fault
    if failure == nil {
      do throws(RowProblem) {
        switch format.decoding {
        case .grouped(_, let decode): try decode(&group, context)
        case .wholeFile(let decode): try decode(&group, context)
        case .eachRow, .prepared: break
        }
      } catch {
        failure = error
      }
    }
    group.settle(failure)
    var indexes: [Int] = []
    for (place, row) in group.rows.enumerated() {
      indexes.append(append(row, group.state(place), &batch))
      if let remark = row.buffer.remark { context.note(row.line, remark) }
    }
    var ordinals: [Int: Int] = [:]
    for (fact, places) in group.facts.sorted(by: { ($0.rows.first ?? 0) < ($1.rows.first ?? 0) }) {
      guard let first = places.first else { continue }
      var placed = fact
      placed.settleMinorMoney()
      placed.place(places.map { group.rows[$0].line })
      var print = batch.rows[indexes[first]].fingerprint
      for place in places.dropFirst() {
        let other = batch.rows[indexes[place]].fingerprint
        print = Fingerprint(high: print.high &+ other.high, low: print.low &+ other.low)
      }
      let ordinal = ordinals[first, default: 0]
      ordinals[first] = ordinal + 1
      batch.facts.append(
        DecodedFact(fact: placed, row: indexes[first], otherRows: places.dropFirst().map { indexes[$0] }, fingerprint: print.fact(ordinal)))
    }
  }
}

extension Fact {
  /// Writes the lines it comes from into the fact.
  mutating func place(_ lines: [Int]) {
    let first = lines.first ?? 0
    switch self {
    case .event(var event):
      event.lines = lines
      self = .event(event)
    case .quote(var quote):
      quote.line = first
      self = .quote(quote)
    case .asset(var asset):
      asset.line = first
      self = .asset(asset)
    case .account(var account):
      account.line = first
      self = .account(account)
    case .distribution(var distribution):
      distribution.line = first
      self = .distribution(distribution)
    case .plan(var plan):
      plan.line = first
      self = .plan(plan)
    case .setting(var setting):
      setting.line = first
      self = .setting(setting)
    case .closing(var closing):
      closing.line = first
      self = .closing(closing)
    case .link(var link):
      link.line = first
      link.side.lines = lines
      self = .link(link)
    }
  }
}
