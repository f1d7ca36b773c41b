import Amounts
import Archive
import Importers
import Ledger

/// What the files of one export call things whose numbers were taken already in the database they are brought into.
struct ExportNumbers {
  /// Assets by their label in the files, such as `TOK~7`.
  var labels: [String: AssetID] = [:]
  /// Events by their number in the files.
  var events: [EventID: EventID] = [:]

  /// An event's id here.
  func event(_ number: EventID) -> EventID { events[number] ?? number }
}

/// Settings, closed years and links of transfers as they were read. They belong to no batch, so they are stored apart from the facts,
/// as a part of the step that images of rows can take back.
struct BatchRecords {
  private var settings: [SettingDraft] = []
  private var years: [YearKey: (base: String, at: Instant)] = [:]
  private var order: [YearKey] = []
  private var pins: [YearKey: [LotPin]] = [:]
  private var gains: [YearKey: [GainPiece]] = [:]
  private var sides: [EventID: (out: EventID?, arrival: EventID?)] = [:]

  private struct YearKey: Hashable {
    let portfolio: String
    let year: Int
  }

  /// Whether there is nothing to store.
  var isEmpty: Bool { settings.isEmpty && order.isEmpty && sides.isEmpty }

  /// The stored name of what people call a portfolio.
  private static func name(_ title: String) -> String { title == Portfolio.defaultName ? "" : title }

  // MARK: Taking rows in. Each says what is wrong with a row; nil when nothing is.

  /// - Parameter isCurrency: whether a code is that of a currency here.
  mutating func add(_ draft: SettingDraft, isCurrency: (String) -> Bool) -> RowProblem.Reason? {
    func refuse(_ why: String) -> RowProblem.Reason { .inconsistent("\(draft.key): \(why)") }
    switch draft.key {
    case "portfolio", "timezone":
      if draft.portfolio == nil || draft.from != nil { return refuse("belongs to a portfolio, and to no day") }
    case Setting.base.rawValue:
      if draft.from != nil { return refuse("holds from no day on") }
      if !isCurrency(draft.value) { return refuse("\"\(draft.value)\" is no currency that is known") }
    default:
      guard let setting = Setting(rawValue: draft.key) else {
        return refuse("is no setting; there are \(Setting.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      let isRule = draft.portfolio != nil || draft.from != nil
      if isRule, ![.method, .scope, .fees].contains(setting) { return refuse("holds everywhere from the beginning only") }
      if let allowed = setting.refusal(of: draft.value) {
        return refuse("\"\(draft.value)\" is none of \(allowed.joined(separator: ", "))")
      }
    }
    settings.append(draft)
    return nil
  }

  /// Takes a row of a closed year in.
  ///
  /// - Parameters:
  ///   - closed: the years that are closed already.
  ///   - row: the row with ids instead of names.
  mutating func add(_ draft: ClosingDraft, closed: [ClosedYear], pin: LotPin?, gain: GainPiece?) -> RowProblem.Reason? {
    let key = YearKey(portfolio: BatchRecords.name(draft.portfolio), year: draft.year)
    if case .year(let base, let at) = draft.row {
      if years[key] != nil || closed.contains(where: { $0.year == key.year && $0.portfolio == key.portfolio }) {
        return .inconsistent("\(draft.year) is closed already; florin reopen \(draft.year) opens it")
      }
      years[key] = (base, at)
      order.append(key)
      return nil
    }
    if years[key] == nil { return .inconsistent("\(draft.year) has no row that says it is closed, before what it froze") }
    if let pin { pins[key, default: []].append(pin) }
    if let gain { gains[key, default: []].append(gain) }
    return nil
  }

  /// Notes a side of a linked transfer.
  mutating func add(side: EventID, of transfer: EventID, isArrival: Bool) {
    var known = sides[transfer] ?? (nil, nil)
    if isArrival { known.arrival = side } else { known.out = side }
    sides[transfer] = known
  }

  // MARK: Storing

  /// Stores everything. Called while changes of rows are listened to.
  func store(in database: Database) throws(ArchiveError) {
    try storeSettings(in: database)
    for key in order {
      guard let year = years[key] else { continue }
      try database.close(key.year, of: key.portfolio, base: year.base, pins: pins[key] ?? [], gains: gains[key] ?? [], at: year.at)
    }
    for (transfer, pair) in sides.sorted(by: { $0.key < $1.key }) {
      if let out = pair.out, let arrival = pair.arrival {
        try database.insert(TransferLink(transfer: transfer, withdrawal: out, deposit: arrival))
      }
    }
  }

  private func storeSettings(in database: Database) throws(ArchiveError) {
    var portfolios = Dictionary(uniqueKeysWithValues: try database.portfolios().map { ($0.name, $0) })
    let plain = try database.settings()
    for draft in settings {
      let name = draft.portfolio.map { BatchRecords.name($0) }
      switch (Setting(rawValue: draft.key), name, draft.from) {
      case (.some, nil, nil): try database.set(draft.key, draft.value)
      case (.method, _, _), (.scope, _, _), (.fees, _, _):
        let all = try database.lotRules()
        func held(_ setting: Setting) -> String { plain[setting.rawValue] ?? setting.standard }
        var rule =
          all.first { $0.portfolio == name ?? "" && $0.from == draft.from }
          ?? StoredRule(portfolio: name ?? "", from: draft.from, method: held(.method), scope: held(.scope), fees: held(.fees))
        switch draft.key {
        case Setting.method.rawValue: rule.method = draft.value
        case Setting.scope.rawValue: rule.scope = draft.value
        default: rule.fees = draft.value
        }
        try database.set(rule)
      default:
        var portfolio = portfolios[name ?? ""] ?? Portfolio(name: name ?? "")
        if draft.key == "timezone" { portfolio.zone = draft.value }
        if draft.key == Setting.base.rawValue { portfolio.base = draft.value }
        portfolios[portfolio.name] = portfolio
        try database.set(portfolio)
      }
    }
  }
}
