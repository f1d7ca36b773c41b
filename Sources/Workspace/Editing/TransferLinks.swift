public import Amounts
import Archive
import Engine
public import Ledger

extension Workspace {
  /// Makes one transfer of a withdrawal and a deposit of the same units, as a step of the history that can be undone.
  ///
  /// Lots keep date and cost on the way; what did not arrive is the network's fee. Either may come first.
  ///
  /// - Throws: `.invalid` when they are no two sides of one transfer.
  public func link(_ a: EventID, _ b: EventID, now: Instant) throws(WorkspaceError) -> HistoryStep {
    let sides = try writing { (database) throws(ArchiveError) in [try database.countedEvent(a), try database.countedEvent(b)] }
    var found: [Event] = []
    for (side, id) in zip(sides, [a, b]) {
      guard let side else { throw .invalid([EditProblem("event", "\(id.raw)", "is no event that counts", "see florin transfers")]) }
      found.append(side)
    }
    let (out, arrival) = found[0].kind == .deposit ? (found[1], found[0]) : (found[0], found[1])
    guard let draft = try? Event.transfer(from: out, to: arrival, batch: out.batch), draft.toAccount != nil else {
      throw .invalid([
        EditProblem(
          "events", "\(a.raw) and \(b.raw)", "are no two sides of one transfer",
          "a withdrawal and a deposit of one asset in two accounts are wanted, and no more may arrive than left")
      ])
    }
    return try recording(now) { (database) throws(ArchiveError) in
      let batch = try database.insertBatch(kind: "edit", source: "florin.link", file: "", at: now)
      var transfer = draft
      transfer.batch = batch
      let id = try database.link(transfer, withdrawal: out.id, deposit: arrival.id)
      return "link \(out.id.raw) with \(arrival.id.raw) as transfer \(id.raw)"
    }
  }

  /// Makes transfers of all pairs that leave no doubt, as one step of the history.
  ///
  /// - Returns: the step and how many there are; nil when there is none.
  public func linkCertain(asOf day: Day, now: Instant) throws(WorkspaceError) -> (step: HistoryStep, count: Int)? {
    var drafts: [(transfer: Event, withdrawal: EventID, deposit: EventID)] = []
    for pair in TransferMatcher(try book(), asOf: day).certain() {
      let sides = try writing { (database) throws(ArchiveError) in
        (try database.countedEvent(pair.withdrawal.event), try database.countedEvent(pair.deposit.event))
      }
      guard let out = sides.0, let arrival = sides.1, let draft = try? Event.transfer(from: out, to: arrival, batch: out.batch),
        draft.toAccount != nil
      else { continue }
      drafts.append((draft, out.id, arrival.id))
    }
    if drafts.isEmpty { return nil }
    let all = drafts
    let step = try recording(now) { (database) throws(ArchiveError) in
      let batch = try database.insertBatch(kind: "edit", source: "florin.link", file: "", at: now)
      for draft in all {
        var transfer = draft.transfer
        transfer.batch = batch
        _ = try database.link(transfer, withdrawal: draft.withdrawal, deposit: draft.deposit)
      }
      return "link \(all.count) certain transfers"
    }
    return (step, all.count)
  }

  /// Takes a link apart: its two sides count by themselves again.
  ///
  /// - Parameter event: the transfer, or either side of it.
  /// - Throws: `.invalid` when nothing is linked there.
  public func unlink(_ event: EventID, now: Instant) throws(WorkspaceError) -> HistoryStep {
    let links = try writing { (database) throws(ArchiveError) in try database.transferLinks() }
    guard let link = links.first(where: { [$0.transfer, $0.withdrawal, $0.deposit].contains(event) }) else {
      throw .invalid([EditProblem("event", "\(event.raw)", "is no side of a linked transfer", "see florin transfers")])
    }
    return try recording(now) { (database) throws(ArchiveError) in
      try database.unlink(link)
      return "unlink transfer \(link.transfer.raw) into \(link.withdrawal.raw) and \(link.deposit.raw)"
    }
  }
}

extension Workspace {
  /// The transfers that were linked of two events.
  public func linkedTransfers() throws(WorkspaceError) -> Set<EventID> {
    Set(try writing { (database) throws(ArchiveError) in try database.transferLinks() }.map(\.transfer))
  }
}

extension Database {
  /// An event that counts.
  func countedEvent(_ id: EventID) throws(ArchiveError) -> Event? {
    let events = try events(ids: id.raw...id.raw)
    return events.count == 0 ? nil : events[0]
  }

  /// Links what a batch brought with what is there, where the transaction hash leaves no doubt. Called inside the import's transaction.
  ///
  /// - Returns: how many transfers there are now.
  func linkCertain(_ batch: BatchID) throws(ArchiveError) -> Int {
    var count = 0
    for pair in try pairsByHash(touching: batch) {
      guard let out = try countedEvent(pair.withdrawal), let arrival = try countedEvent(pair.deposit),
        let transfer = try? Event.transfer(from: out, to: arrival, batch: batch)
      else { continue }
      _ = try link(transfer, withdrawal: out.id, deposit: arrival.id)
      count += 1
    }
    return count
  }
}
