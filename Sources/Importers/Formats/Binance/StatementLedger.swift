import Amounts
import Ledger

/// Turns the rows of an account statement into events: most rows are an event each, trades and transfers are several rows.
struct StatementLedger {
  /// The events found, each with the lines of its rows.
  private(set) var events: [(event: EventDraft, lines: [Int])] = []
  /// Rows that say nothing new, and why.
  private(set) var ignored: [(line: Int, reason: String)] = []
  /// Rows whose other half is missing.
  private(set) var problems: [RowProblem] = []

  /// Legs of one trade are printed up to this much apart.
  static let window: Int64 = 3_000_000

  init(_ rows: [StatementRow]) {
    var legs: [LegGroup: [StatementRow]] = [:]
    var order: [LegGroup] = []
    for row in rows {
      guard let group = LegGroup(row) else {
        single(row)
        continue
      }
      if legs[group] == nil { order.append(group) }
      legs[group, default: []].append(row)
    }
    for group in order {
      let sorted = (legs[group] ?? []).sorted { ($0.time, $0.line) < ($1.time, $1.line) }
      switch group.kind {
      case .trade: trades(sorted)
      case .transfer: transfers(sorted)
      }
    }
    events.sort { ($0.lines.first ?? 0) < ($1.lines.first ?? 0) }
  }

  /// Rows that may belong together.
  private struct LegGroup: Hashable {
    enum Kind: Hashable {
      case trade(StatementOperation.Family)
      case transfer(String)
    }
    var kind: Kind
    var wallet: StatementWallet?

    init?(_ row: StatementRow) {
      switch row.operation {
      case .trade(let family):
        // A purchase by card or bank prints the money's arrival under the same name.
        if family == .card, row.change.isPositive, KnownMoney.isFiat(row.coin), !row.name.lowercased().hasPrefix("sell") { return nil }
        self.init(.trade(family), row.wallet)
      case .fee where !row.wallet.isDerivative: self.init(.trade(.spot), row.wallet)
      case .transfer: self.init(.transfer(row.name.lowercased() + row.coin), nil)
      default: return nil
      }
    }

    private init(_ kind: Kind, _ wallet: StatementWallet?) {
      self.kind = kind
      self.wallet = wallet
    }
  }

  // MARK: Trades

  /// Rows of one second, with what can be told about them.
  private struct Bucket {
    var rows: [StatementRow] = []
    var fees: [StatementRow] = []
    var hasGiven: Bool { rows.contains(where: \.change.isNegative) }
    var hasReceived: Bool { rows.contains(where: \.change.isPositive) }
    var isWhole: Bool { hasGiven && hasReceived }
    var given: Set<String> { Set(rows.filter(\.change.isNegative).map(\.coin)) }
    var received: Set<String> { Set(rows.filter(\.change.isPositive).map(\.coin)) }
    var time: Instant { (rows + fees).map(\.time).max() ?? Instant(microseconds: 0) }
    var start: Instant { (rows + fees).map(\.time).min() ?? Instant(microseconds: 0) }

    mutating func absorb(_ other: Bucket) {
      rows += other.rows
      fees += other.fees
    }
  }

  private mutating func trades(_ rows: [StatementRow]) {
    for bucket in Self.completed(Self.buckets(rows)) {
      guard bucket.isWhole else {
        halves(bucket)
        continue
      }
      for trade in StatementTrades.match(bucket.rows, fees: bucket.fees) { book(trade, bucket.rows[0]) }
    }
  }

  private static func buckets(_ rows: [StatementRow]) -> [Bucket] {
    var out: [Bucket] = []
    for row in rows {
      if out.isEmpty || out[out.count - 1].start != row.time { out.append(Bucket()) }
      if row.operation == .fee { out[out.count - 1].fees.append(row) } else { out[out.count - 1].rows.append(row) }
    }
    return out
  }

  /// Joins a bucket that lacks a side with the neighbour that has it.
  private static func completed(_ buckets: [Bucket]) -> [Bucket] {
    var out: [Bucket] = []
    for bucket in buckets {
      guard let last = out.last, bucket.start.microseconds - last.time.microseconds <= window else {
        out.append(bucket)
        continue
      }
      let completesLast = !last.isWhole && !bucket.isWhole && (last.rows.isEmpty || bucket.rows.isEmpty || last.hasGiven != bucket.hasGiven)
      let belongsToLast =
        last.isWhole && !bucket.isWhole && bucket.given.isSubset(of: last.given) && bucket.received.isSubset(of: last.received)
      let belongsToNext =
        !last.isWhole && bucket.isWhole && last.given.isSubset(of: bucket.given) && last.received.isSubset(of: bucket.received)
      if completesLast || belongsToLast || belongsToNext { out[out.count - 1].absorb(bucket) } else { out.append(bucket) }
    }
    return out
  }

  private mutating func book(_ trade: StatementTrade, _ sample: StatementRow) {
    guard let event = BinanceEvents.trade(trade, sample) else {
      for line in trade.lines { ignored.append((line, "the amounts cancel each other out")) }
      return
    }
    events.append((event, trade.lines))
  }

  /// A side without the other.
  private mutating func halves(_ bucket: Bucket) {
    for row in bucket.rows {
      switch row.operation {
      case .trade(.card) where row.change.isPositive: events.append((BinanceEvents.event(.deposit, row), [row.line]))
      case .trade(.redenomination): events.append((BinanceEvents.event(.adjust, row), [row.line]))
      default: problems.append(RowProblem(line: row.line, column: "Operation", raw: row.name, reason: .unpaired))
      }
    }
    for fee in bucket.fees {
      if let half = bucket.rows.first {
        problems.append(RowProblem(line: fee.line, column: "Operation", raw: fee.name, reason: .groupFailed(line: half.line)))
      } else {
        events.append((BinanceEvents.event(.fee, fee), [fee.line]))
      }
    }
  }

  // MARK: Transfers

  private mutating func transfers(_ rows: [StatementRow]) {
    var open = rows
    while !open.isEmpty {
      let row = open.removeFirst()
      let partner = open.firstIndex {
        $0.change == -row.change && $0.wallet != row.wallet && $0.time.microseconds - row.time.microseconds <= Self.window
      }
      let other = partner.map { open.remove(at: $0) }
      events.append((BinanceEvents.transfer(row, other), [row.line, other?.line].compactMap { $0 }))
    }
  }

  // MARK: Single rows

  private mutating func single(_ row: StatementRow) {
    switch BinanceEvents.single(row) {
    case .event(let event): events.append((event, [row.line]))
    case .ignored(let reason): ignored.append((row.line, reason))
    }
  }
}
