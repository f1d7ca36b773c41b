import Amounts
import Archive
import Engine
import Ledger
public import Reports

extension Workspace {
  /// Every change that was made, oldest first, with those that are taken back and can be done again.
  public func historyRows() throws(WorkspaceError) -> [HistoryRow] {
    try writing { (database) throws(ArchiveError) in
      let journal = try database.journal()
      let relations = try database.journalRelations()
      let kinds = Dictionary(uniqueKeysWithValues: try database.batches().map { ($0.id, $0.kind) })
      return journal.enumerated().map { place, step in
        let touched = relations[step.id] ?? []
        let what =
          step.batch.map { kinds[$0] ?? "import" }
          ?? (touched.allSatisfy { ["setting", "lot_rule", "portfolio"].contains($0) }
            ? "setting" : touched.contains("batch") ? "batch" : touched == ["closed_year"] ? "closing" : "edit")
        return HistoryRow(step: place + 1, at: step.at, title: step.title, what: what, isUndone: step.isUndone)
      }
    }
  }

  /// What a step changed, value by value; for an import the file and its counts.
  ///
  /// - Parameter number: the step's number in ``historyRows()``.
  public func historyChanges(step number: Int) throws(WorkspaceError) -> [ChangeRow] {
    let zone = zone
    return try writing { (database) throws(ArchiveError) in
      let journal = try database.journal()
      guard journal.indices.contains(number - 1) else { return [] }
      let step = journal[number - 1]
      if let batch = try database.batches().first(where: { $0.id == step.batch }) {
        return HistoryText.lines(of: batch)
      }
      let text = HistoryText(
        assets: Book(assets: try database.assets(), settings: BookSettings(base: Currency(id: 0))).labels,
        symbols: Dictionary(uniqueKeysWithValues: try database.assetSymbols().map { ($0.id, $0.symbol) }),
        accounts: try database.accounts(),
        names: Dictionary(uniqueKeysWithValues: try database.accountNames().map { ($0.value, $0.key) }),
        portfolios: try database.portfolioNames(), zone: zone)
      var found: [ChangeRow] = []
      for row in try database.editRows(step: step.id) {
        let key = try database.cells(in: row.key)
        let shown = try row.before == nil ? database.hidden(behind: row) : row.before
        let before = try shown.map { (image) throws(ArchiveError) in try database.shownCells(in: image, of: row.relation) }
        let after = try row.after.map { (image) throws(ArchiveError) in try database.shownCells(in: image, of: row.relation) }
        found += text.lines(row.relation, key, before, after)
      }
      return found
    }
  }
}

/// Images of rows in words.
private struct HistoryText {
  typealias Cells = [(column: String, value: String?)]
  let assets: [AssetID: String]
  let symbols: [AssetID: String]
  let accounts: [AccountID: Account]
  let names: [AccountID: String]
  let portfolios: [Int64: String]
  let zone: Zone

  /// Columns that say where a row is from, or that another column says better.
  private static let silent: Set<String> = ["batch", "line", "extra", "trade_key", "ordinal", "plan"]
  private static let assetColumns: Set<String> = ["asset", "currency", "fee_asset", "to_asset", "settle_currency"]
  private static let dayColumns: Set<String> = [
    "day", "settle_date", "acquired", "published", "declared", "ex", "record", "pay", "from_day", "to_day", "expires",
  ]

  static func lines(of batch: BatchRecord) -> [ChangeRow] {
    let counts = [
      ("rows", batch.total), ("imported", batch.imported), ("known already", batch.duplicate), ("changed", batch.changed),
      ("ignored", batch.ignored),
      ("problems", batch.problem), ("events", batch.events),
    ]
    let subject = "batch \(batch.id.raw)"
    return [ChangeRow(subject: subject, field: "file", before: nil, after: batch.file)]
      + [ChangeRow(subject: subject, field: "format", before: nil, after: batch.source)]
      + counts.map { ChangeRow(subject: subject, field: $0.0, before: nil, after: String($0.1)) }
  }

  func lines(_ relation: String, _ key: Cells, _ before: Cells?, _ after: Cells?) -> [ChangeRow] {
    func value(_ column: String, in cells: Cells?) -> String? { cells?.first { $0.column == column }?.value ?? nil }
    let subject = subject(relation, key, after ?? before ?? [])
    // Facts are one value each, under their own name.
    if relation == "asset_fact" || relation == "account_fact" || relation == "setting" {
      let name = value("key", in: key) ?? ""
      if name == "seen" { return [] }
      let (old, new) = (value("value", in: before), value("value", in: after))
      if (old ?? "").isEmpty && (new ?? "").isEmpty { return [] }
      return [ChangeRow(subject: subject, field: name == "cadence" ? "pricing" : name, before: old, after: new)]
    }
    let keys = Set(key.map(\.column))
    let columns = (after ?? before ?? []).map(\.column).filter { !keys.contains($0) && !HistoryText.silent.contains($0) }
    return columns.compactMap { column in
      let old = text(relation, column, value(column, in: before))
      let new = text(relation, column, value(column, in: after))
      return old == new ? nil : ChangeRow(subject: subject, field: label(relation, column), before: old, after: new)
    }
  }

  private func label(_ relation: String, _ column: String) -> String {
    switch (relation, column) {
    case ("event", "at"): "time"
    case ("event", "flags"), ("batch", "state"): "status"
    case ("event", "external"): "source's id"
    case ("distribution", "daily"): "basis"
    case ("distribution", "amount"): "amount per token"
    case ("distribution", "from_day"): "from"
    case ("distribution", "to_day"): "to"
    default: String(column.map { $0 == "_" ? " " : $0 })
    }
  }

  private func subject(_ relation: String, _ key: Cells, _ row: Cells) -> String {
    func part(_ column: String) -> String { text(relation, column, (key + row).first { $0.column == column }?.value ?? nil) ?? "" }
    switch relation {
    case "event": return "event \(part("id"))"
    case "leg": return "event \(part("event")), movement \((Int(part("ordinal")) ?? 0) + 1)"
    case "quote":
      let kind = QuoteDraft.Kind.allCases.first { String($0.rawValue) == part("kind") } ?? .close
      return "\(kind == .close ? "price" : kind == .fx ? "exchange rate" : "NAV") of \(part("asset")) on \(part("day"))"
    case "nav_fact": return "NAV of \(part("asset")) on \(part("day"))"
    case "asset_fact": return "asset \(part("asset"))"
    case "account_fact": return "account \(part("account"))"
    case "batch": return "batch \(part("id"))"
    case "setting": return "setting"
    case "distribution": return "distribution \(part("id")) of \(part("asset"))"
    case "plan":
      // Stored as 0 restriction, 1 target, 2 policy.
      let kind = PlanDraft.Kind.allCases.first { String($0.rawValue) == row.first { $0.column == "plan" }?.value } ?? .restriction
      return "\(EditSubject(kind).rawValue) \(part("id"))"
    case "portfolio": return "portfolio \(part("name").isEmpty ? Portfolio.defaultName : part("name"))"
    case "lot_rule":
      let owner = portfolios[Int64(part("portfolio")) ?? 0].map { $0.isEmpty ? "" : " of \($0)" } ?? ""
      let day = Int64(part("from_day")) ?? 0
      return "lot rule\(owner) from " + (day <= Int64(Int32.min) ? "the beginning" : "\(Day(ordinal: Int32(truncatingIfNeeded: day)))")
    case "closed_year": return "closed year \(part("year"))"
    case "transfer_link": return "transfer \(part("transfer"))"
    default: return relation.map { $0 == "_" ? " " : String($0) }.joined() + " " + key.map { part($0.column) }.joined(separator: " ")
    }
  }

  /// A stored value as people write it; nil where there is none.
  private func text(_ relation: String, _ column: String, _ value: String?) -> String? {
    guard let value else { return nil }
    let number = Int64(value)
    if HistoryText.assetColumns.contains(column), let number {
      let id = AssetID(Int32(truncatingIfNeeded: number))
      return assets[id] ?? symbols[id] ?? "~\(number)"
    }
    if ["account", "to_account"].contains(column), let number {
      let id = AccountID(Int32(truncatingIfNeeded: number))
      return accounts[id]?.name ?? names[id] ?? "~\(number)"
    }
    if relation != "lot_rule", relation != "plan", HistoryText.dayColumns.contains(column), let number {
      return Day(ordinal: Int32(truncatingIfNeeded: number)).description
    }
    switch (relation, column) {
    case ("event", "at"): return number.map { Instant(microseconds: $0).description }
    case ("event", "kind"): return number.flatMap { EventKind(rawValue: UInt8(truncatingIfNeeded: $0)) }?.words
    case ("event", "flags"):
      guard let flags = number else { return nil }
      if flags & 8 != 0 { return "deleted" }
      return EventStatus(rawValue: UInt8(flags & 3))?.code
    case ("distribution", "daily"): return value == "0" ? "record" : "daily"
    case ("closed_year", "portfolio"): return number.flatMap { portfolios[$0] }.map { $0.isEmpty ? Portfolio.defaultName : $0 } ?? value
    case ("closed_year", "at"): return number.map { Instant(microseconds: $0).description }
    case ("batch", "state"): return value == "0" ? "applied" : "taken back"
    case ("quote", "adjusted"): return value == "0" ? "no" : "yes"
    default: return value
    }
  }
}

extension Database {
  /// The columns of an image as people read them: a plan's own cells instead of the JSON they are kept in.
  fileprivate func shownCells(in image: String, of relation: String) throws(ArchiveError) -> [(column: String, value: String?)] {
    var found = try cells(in: image)
    guard relation == "plan", let json = found.first(where: { $0.column == "cells" })?.value else { return found }
    let kind = found.first { $0.column == "kind" }?.value ?? nil
    let own = try cells(in: json)
    // The kind of plan and the kind of restriction are two things; the asset is told by its name.
    found = found.filter { $0.column == "id" }
    return found + [(column: "plan", value: kind)] + own
  }
}
