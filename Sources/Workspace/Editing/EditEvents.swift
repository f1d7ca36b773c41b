import Amounts
import Archive
import Engine
import Importers
import Ledger

extension EditPlanner {
  /// An event that is stored, with its source's own id.
  struct StoredEvent {
    let event: Event
    let externalID: String?
  }

  /// The event that a person means: its id, else its source's own id where that is unique.
  func event(_ key: String) throws(EditStop) -> StoredEvent {
    if let id = Int64(key), id > 0, let found = try stored(EventID(id)) { return found }
    let known = try EditPlanner.read { () throws(ArchiveError) in try database.events(externalID: key) }
    if known.count > 1 {
      let ids = known.prefix(8).map { String($0.raw) }.joined(separator: ", ")
      throw .problems([EditProblem("event", key, "is the id of \(known.count) events", "say one of their numbers: \(ids)")])
    }
    guard let id = known.first, let found = try stored(id) else {
      throw .problems([EditProblem("event", key, "is no event", "see florin events for ids")])
    }
    return found
  }

  private func stored(_ id: EventID) throws(EditStop) -> StoredEvent? {
    try EditPlanner.read { () throws(ArchiveError) -> StoredEvent? in
      let events = try database.events(ids: id.raw...id.raw)
      return events.count == 0 ? nil : StoredEvent(event: events[0], externalID: try database.externalID(of: id))
    }
  }

  func newEvent(_ given: [String: String]) throws(EditStop) -> EditPlan {
    let cells = EditPlanner.canonical(given)
    try check(.new(.event), cells, changed: Set(cells.keys))
    let draft = try draft(cells)
    return EditPlan(title: "add " + title(draft)) { (database, batch) throws(ArchiveError) in
      let resolver = try EditPlanner.resolver(database, batch)
      guard case .success(let event) = try resolver.event(draft, account: "", batch: batch) else { return nil }
      return try EventWriter(database).insert(event, externalID: draft.externalID)
    }
  }

  func change(_ old: StoredEvent, _ target: EditTarget, _ given: [String: String]) throws(EditStop) -> EditPlan {
    var before = EditCells.of(old.event, in: book)
    before["id"] = old.externalID
    let after = before.merging(EditPlanner.canonical(given)) { $1 }
    let changed = changes(target, before, after)
    let title = "edit \(EditTitle.event(old.event, names, zone))"
    if changed.isEmpty { return EditPlan(title: title, event: old.event.id) }
    try check(target, after, changed: Set(changed))
    if changed.contains("lot_selector") { try refuseClosed(old.event, after["lot_selector"] ?? "") }
    let draft = try draft(after)
    let difference = EditTitle.difference(before, after, changed)
    return EditPlan(
      title: "\(title): \(difference)",
      write: { (database, batch) throws(ArchiveError) in
        let resolver = try EditPlanner.resolver(database, batch)
        guard case .success(var event) = try resolver.event(draft, account: "", batch: batch) else { return nil }
        (event.id, event.batch, event.line) = (old.event.id, old.event.batch, old.event.line)
        if !changed.contains("timestamp"), !(changed.contains("type") && old.event.isDateOnly) {
          (event.time, event.isDateOnly) = (old.event.time, old.event.isDateOnly)
          EditPlanner.keep(old.event.extra?.timeText, \.timeText, in: &event)
        }
        EditPlanner.keep(old.event.extra?.tradeKey, \.tradeKey, in: &event)
        try EventWriter(database).replace(event, externalID: after["id"].flatMap { $0.isEmpty ? nil : $0 })
        return event.id
      }, event: old.event.id)
  }

  /// What an event of a closed year took is frozen: another choice of lots would mean nothing.
  private func refuseClosed(_ event: Event, _ selector: String) throws(EditStop) {
    let year = zone.day(of: event.time).year
    let portfolio = event.account.flatMap { book.accounts[$0]?.portfolio } ?? ""
    let closed = try EditPlanner.read { () throws(ArchiveError) in try database.closedYears() }
    if closed.contains(where: { $0.year == year && $0.portfolio == portfolio }) {
      throw .problems([EditProblem("lot_selector", selector, "is for \(year), which is closed", "florin reopen \(year)")])
    }
  }

  /// Cells do not say everything that is stored; what they do not say stays.
  private static func keep(_ text: String?, _ path: WritableKeyPath<EventExtra, String?>, in event: inout Event) {
    guard event.extra?[keyPath: path] != text else { return }
    var extra = event.extra ?? EventExtra()
    extra[keyPath: path] = text
    event.extra = extra
  }

  /// A transfer that two events were linked to gives them back when it goes: what left and what arrived happened all the same.
  func delete(_ old: StoredEvent) throws(EditStop) -> EditPlan {
    let links = try EditPlanner.read { () throws(ArchiveError) in try database.transferLinks() }
    let link = links.first { $0.transfer == old.event.id }
    let rest = link.map { "; its sides \($0.withdrawal.raw) and \($0.deposit.raw) count again" } ?? ""
    return EditPlan(
      title: "delete " + EditTitle.event(old.event, names, zone) + rest,
      write: { (database, _) throws(ArchiveError) in
        if let link { try database.unlink(link) } else { try database.delete(old.event.id) }
        return nil
      }, event: old.event.id)
  }

  private static func canonical(_ cells: [String: String]) -> [String: String] {
    var cells = cells
    cells["type"] = cells["type"]?.uppercased()
    for name in ["status", "class"] { cells[name] = cells[name]?.lowercased() }
    if cells["status"] == EventStatus.posted.code { cells["status"] = "" }
    return cells
  }

  private func draft(_ cells: [String: String]) throws(EditStop) -> EventDraft {
    var plain = cells
    plain["class"] = nil
    guard case .event(var draft)? = try facts(.events, plain).first else { throw .problems([EditProblem("type", "", "is no event")]) }
    if let known = cells["class"].flatMap({ AssetClass(rawValue: $0) }), case .none = names.asset(draft.asset.symbol) {
      draft.asset = AssetRef(draft.asset.symbol, AssetHint(assetClass: known))
    }
    return draft
  }

  private func title(_ draft: EventDraft) -> String {
    let what: String
    if let quantity = draft.quantity {
      what = "\(quantity) \(draft.asset.symbol)"
    } else if let gross = draft.gross, let currency = draft.currency {
      what = "\(gross) \(currency.symbol) for \(draft.asset.symbol)"
    } else {
      what = draft.asset.symbol
    }
    return "\(draft.kind.words) of \(what) on \(zone.day(of: draft.time))"
  }
}
