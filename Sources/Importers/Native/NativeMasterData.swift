import Amounts
import Ledger

// florin.assets.v1, florin.accounts.v1, and the plans: florin.restrictions.v1, florin.targets.v1, florin.policies.v1. FORMATS 1.
extension ExportFormat {
  static let florinAssets = ExportFormat(
    id: "florin.assets.v1", title: "Florin asset master data", account: "Florin",
    tables: [.init(["symbol", "class"], optional: NativeAssets.columns)],
    shapes: [.init(rows: ["rows[]"], scalars: ["format": "florin.assets.v1"])],
    accepts: { $0.delimiter == nil || $0.names.contains("pricing") || $0.names.contains("decimals") || $0.names.contains("currency") },
    decoding: .prepared(NativeAssets.decoder))

  static let florinAccounts = ExportFormat(
    id: "florin.accounts.v1", title: "Florin accounts", account: "Florin",
    tables: [.init(["account", "kind"], optional: NativeAccounts.columns, absent: ["asset", "timestamp", "date", "amount"])],
    shapes: [.init(rows: ["rows[]"], scalars: ["format": "florin.accounts.v1"])],
    decoding: .prepared(NativeAccounts.decoder))

  static let florinRestrictions = plan(
    .restriction, "florin.restrictions.v1", "Florin restrictions", needs: ["asset", "kind", "from", "until"], NativePlans.restrictions)
  static let florinTargets = plan(
    .target, "florin.targets.v1", "Florin allocation targets", needs: ["dimension", "key", "target"], NativePlans.targets)
  static let florinPolicies = plan(
    .policy, "florin.policies.v1", "Florin distribution policies", needs: ["asset", "basis", "frequency"], NativePlans.policies)

  private static func plan(_ kind: PlanDraft.Kind, _ id: String, _ title: String, needs: [String], _ columns: [String]) -> ExportFormat {
    ExportFormat(
      id: id, title: title, account: "Florin", tables: [.init(needs, optional: columns)],
      shapes: [.init(rows: ["rows[]"], scalars: ["format": id])],
      decoding: .prepared { (header: Header, file: FileContext) in
        Native.warn(header, columns, file)
        return { (row: Row, file: FileContext) throws(RowProblem) -> RowOutcome in try NativePlans.decode(row, kind, columns) }
      })
  }
}

/// Columns and decoder of florin.assets.v1.
enum NativeAssets {
  /// All columns in the order they are written.
  static let columns =
    ["symbol", "class", "name", "currency", "decimals", "pricing", "id", "mode"] + AssetAttribute.allCases.map(\.rawValue)

  static func decoder(_ header: Header, _ file: FileContext) -> @Sendable (Row, FileContext) throws(RowProblem) -> RowOutcome {
    Native.warn(header, columns, file)
    return decode
  }

  private static func decode(_ row: Row, _ file: FileContext) throws(RowProblem) -> RowOutcome {
    let classText = try row.text("class")
    guard let assetClass = AssetClass(rawValue: classText.lowercased()) else {
      throw row.unknown("class", known: AssetClass.allCases.map(\.rawValue))
    }
    var attributes: [AssetAttribute: String] = [:]
    for attribute in AssetAttribute.allCases {
      if let text = row.optionalText(attribute.rawValue) { attributes[attribute] = text }
    }
    let hint = AssetHint(
      assetClass: assetClass, name: row.optionalText("name"), currency: row.optionalText("currency"), attributes: attributes)
    var draft = AssetDraft(ref: AssetRef(try row.text("symbol"), hint))
    if row.optionalText("decimals") != nil {
      let decimals = try row.integer("decimals")
      if !(0...38).contains(decimals) { throw row.problem("decimals", .inconsistent("is not between 0 and 38")) }
      draft.decimals = decimals
    }
    if let pricing = row.optionalText("pricing") {
      guard let cadence = Cadence(text: pricing.lowercased()) else {
        throw row.unknown("pricing", known: Cadence.allCases.map(\.rawValue) + ["nav"])
      }
      draft.cadence = cadence
    }
    if let mode = row.optionalText("mode") {
      guard let known = ValuationMode(rawValue: mode.lowercased()) else {
        throw row.unknown("mode", known: ValuationMode.allCases.map(\.rawValue))
      }
      draft.mode = known
    }
    // Files of other programs may call assets by numbers and names of their own.
    if let number = row.optionalText("id").flatMap({ Int32($0) }), (1...Int32(1 << 30)).contains(number) { draft.number = number }
    return .facts([.asset(draft)])
  }
}

/// Columns and decoder of florin.accounts.v1.
enum NativeAccounts {
  /// All columns in the order they are written.
  static let columns = ["account", "kind", "venue", "portfolio"]

  static func decoder(_ header: Header, _ file: FileContext) -> @Sendable (Row, FileContext) throws(RowProblem) -> RowOutcome {
    Native.warn(header, columns, file)
    return { (row: Row, file: FileContext) throws(RowProblem) -> RowOutcome in
      .facts([
        .account(
          AccountDraft(name: try row.text("account"), kind: row.raw("kind"), venue: row.raw("venue"), portfolio: row.raw("portfolio")))
      ])
    }
  }
}

/// Columns and decoder of the plans.
enum NativePlans {
  /// Columns of florin.restrictions.v1.
  static let restrictions = ["asset", "account", "lot", "kind", "quantity", "from", "until", "schedule", "reason"]
  /// Columns of florin.targets.v1.
  static let targets = ["dimension", "key", "target", "band"]
  /// Columns of florin.policies.v1.
  static let policies = ["asset", "basis", "frequency", "day", "amount_per_token", "share_of_income", "currency", "from"]
  private static let numbers: Set<String> = ["quantity", "target", "band", "amount_per_token", "share_of_income"]
  private static let days: Set<String> = ["from", "until"]
  private static let kinds = ["lock", "vesting", "frozen", "pledged", "whitelist", "window"]

  static func decode(_ row: Row, _ kind: PlanDraft.Kind, _ columns: [String]) throws(RowProblem) -> RowOutcome {
    var cells: [String: String] = [:]
    for name in columns {
      guard let text = row.optionalText(name) else { continue }
      if numbers.contains(name) {
        cells[name] = try row.decimal(name).description
      } else if days.contains(name) {
        cells[name] = try row.day(name).description
      } else {
        cells[name] = text
      }
    }
    switch kind {
    case .restriction:
      _ = try row.text("asset")
      if !kinds.contains(try row.text("kind")) { throw row.unknown("kind", known: kinds) }
    case .target:
      for name in ["dimension", "key", "target"] { _ = try row.text(name) }
    case .policy:
      for name in ["asset", "frequency"] { _ = try row.text(name) }
    }
    return .facts([.plan(PlanDraft(kind: kind, asset: row.optionalText("asset").map { AssetRef($0) }, cells: cells))])
  }
}

extension Native {
  /// A yes or no; nil when the cell is empty.
  static func yesNo(_ row: Row, _ name: String) throws(RowProblem) -> Bool? {
    switch row.raw(name).lowercased() {
    case "": nil
    case "yes", "true", "1": true
    case "no", "false", "0": false
    default: throw row.unknown(name, known: ["yes", "no"])
    }
  }
}
