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
          step.batch.map { kinds[$0] ?? "import" } ?? (touched == ["setting"] ? "setting" : touched.contains("batch") ? "batch" : "edit")
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
        names: Dictionary(uniqueKeysWithValues: try database.accountNames().map { ($0.value, $0.key) }), zone: zone)
      var found: [ChangeRow] = []
      for row in try database.editRows(step: step.id) {
        let key = try database.cells(in: row.key)
        let shown = try row.before == nil ? database.hidden(behind: row) : row.before
        let before = try shown.map { (image) throws(ArchiveError) in try database.cells(in: image) }
        let after = try row.after.map { (image) throws(ArchiveError) in try database.cells(in: image) }
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
  let zone: Zone

  /// Columns that say where a row is from, or that another column says better.
  private static let silent: Set<String> = ["batch", "line", "extra", "trade_key", "ordinal"]
  private static let assetColumns: Set<String> = ["asset", "currency", "fee_asset", "to_asset", "settle_currency"]
  private static let dayColumns: Set<String> = [
    "day", "settle_date", "acquired", "published", "declared", "ex", "record", "pay", "from_day", "to_day", "expires",
  ]

  static func lines(of batch: BatchRecord) -> [ChangeRow] {
    let counts = [
      ("rows", batch.total), ("imported", batch.imported), ("known already", batch.duplicate), ("ignored", batch.ignored),
      ("problems", batch.problem), ("events", batch.events),
    ]
    let subject = "batch \(batch.id.raw)"
    return [ChangeRow(subject: subject, field: "file", before: nil, after: batch.file)]
      + [ChangeRow(subject: subject, field: "format", before: nil, after: batch.source)]
      + counts.map { ChangeRow(subject: subject, field: $0.0, before: nil, after: String($0.1)) }
  }

  func lines(_ relation: String, _ key: Cells, _ before: Cells?, _ after: Cells?) -> [ChangeRow] {
    func value(_ column: String, in cells: Cells?) -> String? { cells?.first { $0.column == column }?.value ?? nil }
    let subject = subject(relation, key)
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
    default: String(column.map { $0 == "_" ? " " : $0 })
    }
  }

  private func subject(_ relation: String, _ key: Cells) -> String {
    func part(_ column: String) -> String { text(relation, column, key.first { $0.column == column }?.value ?? nil) ?? "" }
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
    if HistoryText.dayColumns.contains(column), let number { return Day(ordinal: Int32(truncatingIfNeeded: number)).description }
    switch (relation, column) {
    case ("event", "at"): return number.map { Instant(microseconds: $0).description }
    case ("event", "kind"): return number.flatMap { EventKind(rawValue: UInt8(truncatingIfNeeded: $0)) }?.words
    case ("event", "flags"):
      guard let flags = number else { return nil }
      if flags & 8 != 0 { return "deleted" }
      return EventStatus(rawValue: UInt8(flags & 3))?.code
    case ("batch", "state"): return value == "0" ? "applied" : "taken back"
    case ("quote", "adjusted"): return value == "0" ? "no" : "yes"
    default: return value
    }
  }
}
