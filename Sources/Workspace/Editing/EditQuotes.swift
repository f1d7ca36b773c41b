import Amounts
import Archive
import Engine
import Importers
import Ledger

extension EditPlanner {
  /// A quote that is stored.
  private struct StoredQuote {
    let asset: AssetID
    let kind: QuoteDraft.Kind
    let quote: Quote
  }

  private func stored(_ target: EditTarget) throws(EditStop) -> StoredQuote {
    guard case .quote(let label, let kind, let day, let currency) = target else {
      throw .problems([EditProblem("date", "", "is not named", "say which day")])
    }
    let asset = try asset(label).id
    let all = try EditPlanner.read { () throws(ArchiveError) in try database.quotes(of: asset, kind: kind, on: day) }
    let fitting = all.filter { currency == nil || names.label(AssetID($0.price.currency)) == currency }
    if fitting.count > 1 {
      let codes = fitting.map { names.label(AssetID($0.price.currency)) }.joined(separator: ", ")
      throw .problems([EditProblem("currency", "", "is not named, and there are several", "say one of \(codes)")])
    }
    guard let quote = fitting.first else {
      let what = EditTitle.quote(kind, label, day) + (currency.map { " in \($0)" } ?? "")
      throw .problems([EditProblem("date", "\(day)", "has no \(what)", "check the day, or add one")])
    }
    return StoredQuote(asset: asset, kind: kind, quote: quote)
  }

  private func draft(_ cells: [String: String], _ target: EditTarget) throws(EditStop) -> QuoteDraft {
    var cells = cells
    cells["kind"] = target.subject == .nav ? "nav" : cells["kind"].flatMap { $0.isEmpty ? nil : $0.lowercased() } ?? "close"
    guard case .quote(let draft)? = try facts(.prices, cells).first else { throw .problems([EditProblem("price", "", "is no quote")]) }
    return draft
  }

  func newQuote(_ cells: [String: String], _ target: EditTarget) throws(EditStop) -> EditPlan {
    try check(target, cells, changed: Set(cells.keys))
    let draft = try draft(cells, target)
    try refuseSecond(draft)
    return EditPlan(title: "add \(EditTitle.quote(draft.kind, draft.asset.symbol, draft.day)): \(draft.price) \(draft.currency.symbol)") {
      (database, batch) throws(ArchiveError) in
      try EditPlanner.store(draft, database, batch)
      return nil
    }
  }

  func changeQuote(_ target: EditTarget, _ given: [String: String]) throws(EditStop) -> EditPlan {
    let old = try stored(target)
    let before = EditCells.of(old.quote, kind: old.kind, asset: old.asset, in: book)
    let after = before.merging(given) { $1 }
    let changed = changes(target, before, after)
    let title = "edit \(EditTitle.quote(old.kind, names.label(old.asset), old.quote.day))"
    if changed.isEmpty { return EditPlan(title: title) }
    try check(target, after, changed: Set(changed))
    let draft = try draft(after, target)
    let isMoved = changed.contains { ["asset", "date", "currency", "kind"].contains($0) }
    if isMoved { try refuseSecond(draft) }
    return EditPlan(title: "\(title): \(EditTitle.difference(before, after, changed))") { (database, batch) throws(ArchiveError) in
      if isMoved {
        try database.deleteQuotes(of: old.asset, kind: old.kind, on: old.quote.day, in: old.quote.price.currency)
      }
      try EditPlanner.store(draft, database, batch)
      return nil
    }
  }

  func deleteQuote(_ target: EditTarget) throws(EditStop) -> EditPlan {
    let old = try stored(target)
    let price = "\(old.quote.price.perUnit) \(names.label(AssetID(old.quote.price.currency)))"
    return EditPlan(title: "delete \(EditTitle.quote(old.kind, names.label(old.asset), old.quote.day)): \(price)") {
      (database, _) throws(ArchiveError) in
      try database.deleteQuotes(of: old.asset, kind: old.kind, on: old.quote.day, in: old.quote.price.currency)
      return nil
    }
  }

  /// There is one quote of a kind, day and currency: a second one would hide the first without a word.
  private func refuseSecond(_ draft: QuoteDraft) throws(EditStop) {
    guard case .one(let asset) = names.asset(draft.asset.symbol), case .one(let currency) = names.asset(draft.currency.symbol) else {
      return
    }
    let all = try EditPlanner.read { () throws(ArchiveError) in try database.quotes(of: asset, kind: draft.kind, on: draft.day) }
    guard let there = all.first(where: { AssetID($0.price.currency) == currency }) else { return }
    let what = EditTitle.quote(draft.kind, draft.asset.symbol, draft.day)
    throw .problems([EditProblem("date", "\(draft.day)", "has a \(what) already: \(there.price.perUnit)", "edit that one")])
  }

  private static func store(_ draft: QuoteDraft, _ database: Database, _ batch: BatchID) throws(ArchiveError) {
    let resolver = try resolver(database, batch)
    guard let asset = try resolver.asset(draft.asset), let currency = try resolver.asset(draft.currency) else { return }
    var quote = Quote(day: draft.day, price: Price(draft.price, currency.asCurrency), isAdjusted: draft.isAdjusted, source: draft.source)
    // Facts of an earlier batch must not shine through where they were emptied.
    if draft.kind == .nav { quote.nav = draft.nav ?? NavFacts() }
    try QuoteWriter(database, batch: batch).insert(quote, kind: draft.kind, of: asset)
  }
}
