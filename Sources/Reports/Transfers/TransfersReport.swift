public import Amounts
public import Engine
public import Ledger

/// A withdrawal or deposit without its other side, with what it may be linked with; or a transfer that was linked.
public struct TransferRow: Hashable, ReportRow {
  /// Whether both sides are known.
  public var isLinked: Bool
  /// `out`, `in`, or `transfer` once linked.
  public var direction: String
  /// The event.
  public var event: EventID
  /// When.
  public var time: Instant
  /// What moved.
  public var asset: AssetLabel
  /// Where it left or arrived.
  public var account: AccountLabel
  /// Where a linked transfer arrived.
  public var toAccount: AccountLabel?
  /// Units.
  public var quantity: Decimal
  /// Other sides it may belong to, best first.
  public var candidates: [TransferCandidate]
  /// The names of their accounts.
  public var places: [String]

  /// State, what moved where and when, and the candidates.
  public static let columns = [
    Column("event", "Event", .integer), Column("state", "State", .text), Column("direction", "Way", .text),
    Column("time", "Time", .instant),
    Column("asset", "Asset", .text), Column("quantity", "Quantity", .quantity), Column("account", "Account", .text),
    Column("toAccount", "To", .text), Column("candidate", "May be", .integer), Column("candidateAccount", "In", .text),
    Column("difference", "Fee", .quantity), Column("score", "Score", .integer), Column("reason", "Because", .text),
    Column("candidates", "Candidates", .nested, quiet: true),
  ]

  /// The values, one for each column.
  public var cells: [Cell] {
    let best = candidates.first
    return [
      .integer(Int(event.raw)), .text(isLinked ? "linked" : "unmatched"), .text(direction), .instant(time), .text(asset.text),
      .decimal(quantity), .text(account.text), Cell(toAccount?.text), best.map { .integer(Int(other($0).raw)) } ?? .none,
      Cell(places.first), best.map { .decimal($0.difference) } ?? .none, best.map { .integer($0.score) } ?? .none,
      Cell(best?.reasons.joined(separator: ", ")),
      .list(
        zip(candidates, places).map { candidate, place in
          .object([
            .init("event", .integer(Int(other(candidate).raw))), .init("account", .text(place)),
            .init("difference", .decimal(candidate.difference)), .init("score", .integer(candidate.score)),
            .init("reasons", .list(candidate.reasons.map { .text($0) })),
          ])
        }),
    ]
  }

  /// The side of a candidate that is not the row's own.
  private func other(_ candidate: TransferCandidate) -> EventID {
    candidate.withdrawal.event == event ? candidate.deposit.event : candidate.withdrawal.event
  }
}

/// Movements between own accounts: what has no other side yet, and what was linked. By time, then event.
public struct TransfersReport: Hashable, Sendable {
  /// The last day that counts.
  public var asOf: Day
  /// The rows.
  public var rows: [TransferRow]
  /// Sides without another one.
  public var unmatched: Int

  /// The sides of a book, and the transfers in it that link two events.
  ///
  /// - Parameters:
  ///   - links: transfers that were linked.
  ///   - unmatchedOnly: leaves those out.
  ///   - filter: which rows are wanted.
  public init(_ book: Book, asOf: Day, links: Set<EventID>, unmatchedOnly: Bool = false, filter: Filter = .all) {
    let names = Names(book)
    let matcher = TransferMatcher(book, asOf: asOf)
    var rows = matcher.sides.map { side in
      let candidates = matcher.candidates(for: side)
      return TransferRow(
        isLinked: false, direction: side.isOut ? "out" : "in", event: side.event, time: side.time, asset: names.asset(side.asset),
        account: names.account(side.account), toAccount: nil, quantity: side.units, candidates: candidates,
        places: candidates.map { names.account(side.isOut ? $0.deposit.account : $0.withdrawal.account).text })
    }
    unmatched = rows.count
    if !unmatchedOnly && !links.isEmpty {
      for index in 0..<book.events.firstIndex(after: book.settings.zone.end(of: asOf)) where links.contains(EventID(book.events.ids[index]))
      {
        let event = book.events[index]
        guard let from = event.account, let to = event.toAccount else { continue }
        rows.append(
          TransferRow(
            isLinked: true, direction: "transfer", event: event.id, time: event.time, asset: names.asset(event.asset),
            account: names.account(from), toAccount: names.account(to), quantity: event.quantity ?? .zero, candidates: [], places: []))
      }
    }
    self.asOf = asOf
    self.rows = rows.filter(filter.matches).sorted { ($0.time, $0.event) < ($1.time, $1.event) }
  }

  /// The report as plain data.
  public var document: Document {
    Document("transfers", asOf: asOf, currency: nil, rows: rows, totals: [.init("unmatched", .integer(unmatched))])
  }
}
