public import Amounts
import Archive
import Engine
public import Reports

/// What a user may set, and which values it takes.
public enum Setting: String, CaseIterable, Sendable {
  /// The currency of totals.
  case base
  /// Which lots leave first.
  case method
  /// Where a disposal looks for lots.
  case scope
  /// Whether trading fees are part of cost and proceeds.
  case fees
  /// A disposal after this many months is long-term.
  case holdingMonths = "holding-months"
  /// What giving units away is.
  case gifts
  /// What units that arrive as income cost.
  case incomePolicy = "income_policy"
  /// Whether cash that was never seen to arrive counts as contributed in returns.
  case assumedOpenings = "assumed_openings"
  /// Whether a trade is a price of its day.
  case tradePrices = "trade_prices"

  /// The values it takes; empty means a currency code or a number.
  public var allowed: [String] {
    switch self {
    case .base, .holdingMonths, .incomePolicy: []
    case .gifts: GiftRule.allCases.map(\.rawValue)
    case .tradePrices, .assumedOpenings: ["on", "off"]
    case .method: LotMethod.allCases.map(\.rawValue)
    case .scope: LotScope.allCases.map(\.rawValue)
    case .fees: FeeRule.allCases.map(\.rawValue)
    }
  }

  /// What holds when nothing is set.
  public var standard: String {
    switch self {
    case .base: "USD"
    case .method: "fifo"
    case .scope: "account"
    case .fees: "capitalized"
    case .holdingMonths: "12"
    case .gifts: GiftRule.cost.rawValue
    case .incomePolicy: IncomePolicy.stated.text
    case .tradePrices, .assumedOpenings: "on"
    }
  }

  /// What it is, in one line.
  public var help: String {
    switch self {
    case .base: "the currency of totals"
    case .method: "which lots leave first"
    case .scope: "where a disposal looks for lots"
    case .fees: "whether trading fees are part of cost and proceeds"
    case .holdingMonths: "a disposal after this many months is long-term"
    case .gifts: "units given or donated leave at cost, or as a disposal at market value"
    case .assumedOpenings: "cash that an account never had is taken as contributed when it was missing, so that returns are told on it"
    case .tradePrices: "what was paid or received in a trade counts as a price where nothing is quoted, marked ~"
    case .incomePolicy:
      "what rewards, airdrops and mined units are worth without a price: stated (unknown), market, or zero; for all or REWARD=market,AIRDROP=zero"
    }
  }
}

extension Setting {
  /// What it takes instead, when it does not take a value; a currency's code is not looked at.
  func refusal(of value: String) -> [String]? {
    switch self {
    case .base: return nil
    case .holdingMonths:
      guard let months = Int(value), (0...240).contains(months) else { return ["0 to 240"] }
      return nil
    case .incomePolicy:
      return IncomePolicy(value) == nil ? IncomePolicy.Rule.allCases.map(\.rawValue) + ["reward=RULE,airdrop=RULE,mining=RULE"] : nil
    case .method, .scope, .fees, .gifts, .tradePrices, .assumedOpenings: return allowed.contains(value) ? nil : allowed
    }
  }
}

extension Workspace {
  /// All settings with their values.
  public func settingRows() throws(WorkspaceError) -> [SettingRow] {
    let stored = try writing { (database) throws(ArchiveError) in try database.settings() }
    return Setting.allCases.map { setting in
      SettingRow(
        key: setting.rawValue, value: stored[setting.rawValue] ?? setting.standard, isStandard: stored[setting.rawValue] == nil,
        help: setting.help)
    }
  }

  /// Sets a setting, as a change that can be undone.
  ///
  /// - Throws: `.badSetting` when there is no such setting or it does not take the value.
  public func set(_ key: String, to value: String, now: Instant) throws(WorkspaceError) {
    guard let setting = Setting(rawValue: key) else {
      throw .badSetting(key: key, value: value, allowed: Setting.allCases.map(\.rawValue))
    }
    if setting == .base { _ = try book(.facts, base: value) }  // refuses a code that no asset bears
    if let allowed = setting.refusal(of: value) { throw .badSetting(key: key, value: value, allowed: allowed) }
    _ = try recording(now) { (database) throws(ArchiveError) -> String in
      try database.set(key, value)
      return "set \(key) \(value)"
    }
  }
}
