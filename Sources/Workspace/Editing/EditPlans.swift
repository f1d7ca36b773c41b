import Amounts
import Archive
import Engine
import Importers
import Ledger

/// Declared distributions, restrictions, targets and policies: rows with numbers of their own.
extension EditPlanner {
  // MARK: Distributions

  /// The distribution of a number.
  func distribution(_ key: String) throws(EditStop) -> Distribution {
    let all = try EditPlanner.read { () throws(ArchiveError) in try database.distributions() }
    if let id = Int64(key), let found = all.first(where: { $0.id == id }) { return found }
    throw .problems([EditProblem("distribution", key, "is no distribution", "see florin plans for numbers")])
  }

  func newDistribution(_ given: [String: String]) throws(EditStop) -> EditPlan {
    let cells = EditPlanner.lowered(given, ["basis"])
    try check(.new(.distribution), cells, changed: Set(cells.keys))
    let draft = try draft(cells)
    let title = EditTitle.distribution(draft.kind, draft.asset.symbol, pay: draft.pay, record: draft.record)
    return EditPlan(title: "add \(title): \(draft.amountPerToken) \(draft.currency.symbol)") { (database, batch) throws(ArchiveError) in
      guard let row = try EditPlanner.distribution(draft, id: 0, database, batch) else { return nil }
      try database.insert(row, batch: batch)
      return nil
    }
  }

  func change(_ old: Distribution, _ target: EditTarget, _ given: [String: String]) throws(EditStop) -> EditPlan {
    let before = EditCells.of(old, in: book)
    let after = before.merging(EditPlanner.lowered(given, ["basis"])) { $1 }
    let changed = changes(target, before, after)
    let title = "edit \(title(old))"
    if changed.isEmpty { return EditPlan(title: title) }
    try check(target, after, changed: Set(changed))
    let draft = try draft(after)
    return EditPlan(title: "\(title): \(EditTitle.difference(before, after, changed))") { (database, batch) throws(ArchiveError) in
      guard let row = try EditPlanner.distribution(draft, id: old.id, database, batch) else { return nil }
      try database.replace(row)
      return nil
    }
  }

  func delete(_ old: Distribution) -> EditPlan {
    let amount = "\(old.amountPerToken.perUnit) \(names.label(AssetID(old.amountPerToken.currency)))"
    return EditPlan(title: "delete \(title(old)): \(amount)") { (database, _) throws(ArchiveError) in
      try database.deleteDistribution(old.id)
      return nil
    }
  }

  private func title(_ row: Distribution) -> String {
    EditTitle.distribution(row.kind, names.label(row.asset), pay: row.pay, record: row.record)
  }

  private func draft(_ cells: [String: String]) throws(EditStop) -> DistributionDraft {
    guard case .distribution(let draft)? = try facts(.distributions, cells).first else {
      throw .problems([EditProblem("asset", "", "is no distribution")])
    }
    return draft
  }

  private static func distribution(
    _ draft: DistributionDraft, id: Int64, _ database: Database, _ batch: BatchID
  ) throws(ArchiveError) -> Distribution? {
    let resolver = try resolver(database, batch)
    guard let asset = try resolver.asset(draft.asset), let currency = try resolver.asset(draft.currency) else { return nil }
    return Distribution(
      id: id, asset: asset, kind: draft.kind, declared: draft.declared, ex: draft.ex, record: draft.record, pay: draft.pay,
      isDaily: draft.isDaily, from: draft.from, to: draft.to, amountPerToken: Price(draft.amountPerToken, currency.asCurrency),
      note: draft.note)
  }

  // MARK: Restrictions, targets, policies

  /// The plan of a number; a target also by `dimension/key`.
  func plan(_ kind: PlanDraft.Kind, _ key: String) throws(EditStop) -> Plan {
    let all = try plans(kind)
    if let id = Int64(key), let found = all.first(where: { $0.id == id }) { return found }
    if kind == .target, let found = all.first(where: { "\($0.cells["dimension"] ?? "")/\($0.cells["key"] ?? "")" == key }) { return found }
    let subject = EditSubject(kind)
    throw .problems([EditProblem(subject.rawValue, key, "is no \(subject.rawValue)", "see florin plans for numbers")])
  }

  private func plans(_ kind: PlanDraft.Kind) throws(EditStop) -> [Plan] {
    try EditPlanner.read { () throws(ArchiveError) in try database.plans() }.filter { $0.kind == kind }
  }

  func newPlan(_ kind: PlanDraft.Kind, _ given: [String: String]) throws(EditStop) -> EditPlan {
    let cells = EditPlanner.lowered(given, EditPlanner.words)
    try check(.new(EditSubject(kind)), cells, changed: Set(cells.keys))
    try refuseSecondTarget(kind, cells, except: nil)
    let draft = try draft(kind, cells)
    return EditPlan(title: "add \(EditTitle.plan(kind, draft.asset?.symbol ?? "", draft.cells))") {
      (database, batch) throws(ArchiveError) in
      let asset = try EditPlanner.asset(of: draft, database, batch)
      try database.insertPlan(kind, asset: asset, json: BatchWriter.json(draft.cells), batch: batch)
      return nil
    }
  }

  func change(_ old: Plan, _ target: EditTarget, _ given: [String: String]) throws(EditStop) -> EditPlan {
    let before = EditCells.of(old, in: book)
    let after = before.merging(EditPlanner.lowered(given, EditPlanner.words)) { $1 }
    let changed = changes(target, before, after)
    let title = "edit \(title(old))"
    if changed.isEmpty { return EditPlan(title: title) }
    try check(target, after, changed: Set(changed))
    try refuseSecondTarget(old.kind, after, except: old.id)
    let draft = try draft(old.kind, after)
    return EditPlan(title: "\(title): \(EditTitle.difference(before, after, changed))") { (database, batch) throws(ArchiveError) in
      let asset = try EditPlanner.asset(of: draft, database, batch)
      try database.replacePlan(old.id, asset: asset, json: BatchWriter.json(draft.cells))
      return nil
    }
  }

  func delete(_ old: Plan) -> EditPlan {
    EditPlan(title: "delete \(title(old))") { (database, _) throws(ArchiveError) in
      try database.deletePlan(old.id)
      return nil
    }
  }

  private func title(_ plan: Plan) -> String {
    EditTitle.plan(plan.kind, plan.asset.map { names.label($0) } ?? "", plan.cells)
  }

  /// Of two targets of one part the later would hide the earlier without a word.
  private func refuseSecondTarget(_ kind: PlanDraft.Kind, _ cells: [String: String], except id: Int64?) throws(EditStop) {
    guard kind == .target else { return }
    let there = try plans(.target).first {
      $0.id != id && $0.cells["dimension"] == cells["dimension"] && $0.cells["key"] == cells["key"]
    }
    guard let there else { return }
    let share = there.cells["target"] ?? ""
    throw .problems([EditProblem("key", cells["key"] ?? "", "has a target already: \(share)", "edit that one: \(there.id)")])
  }

  private func draft(_ kind: PlanDraft.Kind, _ cells: [String: String]) throws(EditStop) -> PlanDraft {
    guard case .plan(let draft)? = try facts(NativeFile(kind), cells).first else {
      throw .problems([EditProblem(EditSubject(kind).rawValue, "", "cannot be read")])
    }
    return draft
  }

  private static func asset(of draft: PlanDraft, _ database: Database, _ batch: BatchID) throws(ArchiveError) -> AssetID? {
    guard let ref = draft.asset else { return nil }
    return try resolver(database, batch).asset(ref)
  }

  /// Columns that take one of a few words.
  private static let words = ["kind", "schedule", "dimension", "frequency", "basis"]

  private static func lowered(_ cells: [String: String], _ names: [String]) -> [String: String] {
    var cells = cells
    for name in names { cells[name] = cells[name]?.lowercased() }
    return cells
  }

  // MARK: Names that plans call things by

  /// Plans call accounts by name, and targets of assets by label: they follow when those are called otherwise.
  static func rename(_ old: String, to new: String, column: String, dimension: Dimension, in database: Database) throws(ArchiveError) {
    for plan in try database.plans() {
      var cells = plan.cells
      if plan.kind == .restriction, cells[column] == old { cells[column] = new }
      if plan.kind == .target, cells["dimension"] == dimension.rawValue, cells["key"] == old { cells["key"] = new }
      if cells != plan.cells { try database.replacePlan(plan.id, asset: plan.asset, json: BatchWriter.json(cells)) }
    }
  }
}
