import Amounts
import Archive
import Engine
import Importers
import Ledger

extension EditPlanner {
  // MARK: Assets

  /// The asset that a label means.
  func asset(_ label: String) throws(EditStop) -> Asset {
    if case .one(let id) = names.asset(label), let found = book.assets[id] { return found }
    let problem = names.problem("asset", label)
    throw .problems([problem ?? EditProblem("asset", label, "is no asset that is known", "see florin assets")])
  }

  func newAsset(_ given: [String: String]) throws(EditStop) -> EditPlan {
    let cells = EditPlanner.lowered(given)
    try check(.new(.asset), cells, changed: Set(cells.keys))
    let symbol = cells["symbol"] ?? ""
    let tellsApart = ["contract", "isin", "cusip", "figi"].contains { !(cells[$0] ?? "").isEmpty }
    if !tellsApart, names.assets.values.contains(where: { $0.symbol == symbol }) {
      throw .problems([EditProblem("symbol", symbol, "is there already", "edit it, or say a contract or ISIN that tells the two apart")])
    }
    guard case .asset(let draft)? = try facts(.assets, cells.filter { $0.key != "mode" }).first else {
      throw .problems([EditProblem("symbol", symbol, "is no asset")])
    }
    return EditPlan(title: "add asset \(symbol) (\(cells["class"] ?? ""))") { (database, batch) throws(ArchiveError) in
      let resolver = try EditPlanner.resolver(database, batch)
      guard let asset = try resolver.store(draft) else { return nil }
      if let currency = draft.ref.hint?.currency, !currency.isEmpty { _ = try resolver.asset(AssetRef(currency)) }
      if let mode = cells["mode"], !mode.isEmpty { try database.setFact("mode", mode, of: asset, batch: batch) }
      return nil
    }
  }

  func changeAsset(_ old: Asset, _ target: EditTarget, _ given: [String: String]) throws(EditStop) -> EditPlan {
    let before = EditCells.of(old, in: book)
    let after = before.merging(EditPlanner.lowered(given)) { $1 }
    let changed = changes(target, before, after)
    let title = "edit asset \(names.label(old.id))"
    if changed.isEmpty { return EditPlan(title: title) }
    try check(target, after, changed: Set(changed))
    return EditPlan(title: "\(title): \(EditTitle.difference(before, after, changed))") { (database, batch) throws(ArchiveError) in
      for name in changed {
        // Prices may be quoted in pence; the currency is the pound.
        let value = name == "currency" ? MinorMoney.major(after[name] ?? "", .one).code : after[name] ?? ""
        try database.setFact(name == "pricing" ? "cadence" : name, value, of: old.id, batch: batch)
      }
      if changed.contains("symbol"), let symbol = after["symbol"] {
        try EditPlanner.rename(old.symbol, to: symbol, column: "", dimension: .asset, in: database)
      }
      if changed.contains("currency"), let currency = after["currency"], !currency.isEmpty {
        _ = try EditPlanner.resolver(database, batch).asset(AssetRef(MinorMoney.major(currency, .one).code))
      }
      return nil
    }
  }

  func deleteAsset(_ old: Asset) throws(EditStop) -> EditPlan {
    let uses = try EditPlanner.read { () throws(ArchiveError) in try database.uses(of: old.id) }
    let label = names.label(old.id)
    let users = [(uses.events, "event"), (uses.pricesInIt, "price in it"), (uses.plans, "distribution or plan")].filter { $0.0 > 0 }
    if !users.isEmpty {
      let counts = users.map { "\($0.0) \($0.1)\($0.0 == 1 || $0.1.contains(" ") ? "" : "s")" }.joined(separator: ", ")
      throw .problems([EditProblem("asset", label, "is used (\(counts))", "delete those first")])
    }
    let along = uses.quotes == 0 ? "" : " with \(uses.quotes) price\(uses.quotes == 1 ? "" : "s")"
    return EditPlan(title: "delete asset \(label)\(along)") { (database, _) throws(ArchiveError) in
      try database.deleteFacts(of: old.id)
      return nil
    }
  }

  private static func lowered(_ cells: [String: String]) -> [String: String] {
    var cells = cells
    for name in ["class", "pricing", "mode", "reporting_issuer"] { cells[name] = cells[name]?.lowercased() }
    return cells
  }

  // MARK: Accounts

  /// The account of a name.
  func account(_ name: String) throws(EditStop) -> Account {
    if let found = names.accounts[name] { return found }
    throw .problems([names.unknownAccount(name)])
  }

  func newAccount(_ cells: [String: String]) throws(EditStop) -> EditPlan {
    try check(.new(.account), cells, changed: Set(cells.keys))
    let name = cells["account"] ?? ""
    let draft = AccountDraft(
      name: name, kind: cells["kind"] ?? "", venue: cells["venue"] ?? "", portfolio: cells["portfolio"] ?? "")
    return EditPlan(title: "add account \(name)") { (database, batch) throws(ArchiveError) in
      try EditPlanner.resolver(database, batch).store(draft)
      return nil
    }
  }

  func changeAccount(_ old: Account, _ target: EditTarget, _ given: [String: String]) throws(EditStop) -> EditPlan {
    let before = EditCells.of(old)
    let after = before.merging(given) { $1 }
    let changed = changes(target, before, after)
    let title = "edit account \(old.name)"
    if changed.isEmpty { return EditPlan(title: title) }
    try check(target, after, changed: Set(changed))
    if changed.contains("account") { try refuseFileName(after["account"] ?? "", old) }
    return EditPlan(title: "\(title): \(EditTitle.difference(before, after, changed))") { (database, batch) throws(ArchiveError) in
      for name in changed { try database.setFact(name == "account" ? "name" : name, after[name] ?? "", of: old.id, batch: batch) }
      if changed.contains("account"), let name = after["account"] {
        try EditPlanner.rename(old.name, to: name, column: "account", dimension: .account, in: database)
      }
      return nil
    }
  }

  /// Files that name another account must go on meaning that one.
  private func refuseFileName(_ name: String, _ old: Account) throws(EditStop) {
    let known = try EditPlanner.read { () throws(ArchiveError) in try database.accountNames() }
    guard let other = known[name], other != old.id, let account = book.accounts[other] else { return }
    throw .problems([EditProblem("account", name, "is what files call \(account.name)", "take another name")])
  }

  func deleteAccount(_ old: Account) throws(EditStop) -> EditPlan {
    let count = try EditPlanner.read { () throws(ArchiveError) in try database.uses(of: old.id) }
    if count > 0 {
      throw .problems([EditProblem("account", old.name, "is used by \(count) event\(count == 1 ? "" : "s")", "delete those first")])
    }
    let plans = try EditPlanner.read { () throws(ArchiveError) in try database.plans() }
    if let plan = plans.first(where: { $0.kind == .restriction && $0.cells["account"] == old.name }) {
      throw .problems([EditProblem("account", old.name, "is named by restriction \(plan.id)", "delete that first")])
    }
    return EditPlan(title: "delete account \(old.name)") { (database, _) throws(ArchiveError) in
      try database.deleteFacts(of: old.id)
      return nil
    }
  }
}
