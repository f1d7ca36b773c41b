public import Amounts
import Archive
import Engine
public import Reports

/// From when on a setting of lots holds, and for whom.
public struct RuleScope: Hashable, Sendable {
  /// The first day; nil is the beginning.
  public var from: Day?
  /// The portfolio's name; nil is every portfolio that has no rule of its own.
  public var portfolio: String?

  /// From a day on, for a portfolio.
  public init(from: Day? = nil, portfolio: String? = nil) {
    self.from = from
    self.portfolio = portfolio
  }

  /// Whether it is the plain setting: everywhere from the beginning.
  var isPlain: Bool { from == nil && portfolio == nil }

  /// ` from 2025-01-01 in Trading`, after a setting and its value.
  public var words: String { (from.map { " from \($0)" } ?? "") + (portfolio.map { " in \($0)" } ?? "") }
}

extension Workspace {
  /// All choices of lot rule in force, the settings of the database first.
  public func ruleRows() throws(WorkspaceError) -> [RuleRow] {
    let settings = try book(.facts).settings
    let first = RuleRow(
      portfolio: nil, from: nil, method: settings.method.rawValue, scope: settings.scope.rawValue, fees: settings.feeRule.rawValue)
    return [first]
      + settings.rules.map { rule in
        RuleRow(
          portfolio: rule.portfolio.isEmpty ? nil : rule.portfolio, from: rule.from, method: rule.method.rawValue,
          scope: rule.scope.rawValue, fees: rule.feeRule.rawValue)
      }
  }

  /// Sets method, scope or fee rule from a day on, or for a portfolio; the other two stay what they are then. Can be undone.
  ///
  /// - Throws: `.badSetting`, `.noSuchPortfolio`.
  public func set(_ key: String, to value: String, _ scope: RuleScope, now: Instant) throws(WorkspaceError) {
    if scope.isPlain { return try set(key, to: value, now: now) }
    guard let setting = Setting(rawValue: key), [.method, .scope, .fees].contains(setting) else {
      throw .badSetting(key: key, value: value + scope.words, allowed: ["method, scope or fees when it holds from a day or in a portfolio"])
    }
    if !setting.allowed.contains(value) { throw .badSetting(key: key, value: value, allowed: setting.allowed) }
    let portfolio = try scope.portfolio.map { (name) throws(WorkspaceError) in try knownPortfolio(name) } ?? ""
    let settings = try book(.facts).settings
    let held = settings.rules.first { $0.portfolio == portfolio && $0.from == scope.from } ?? settings.rule(of: portfolio, on: scope.from)
    var rule = StoredRule(
      portfolio: portfolio, from: scope.from, method: held.method.rawValue, scope: held.scope.rawValue, fees: held.feeRule.rawValue)
    switch setting {
    case .method: rule.method = value
    case .scope: rule.scope = value
    default: rule.fees = value
    }
    _ = try recording(now) { (database) throws(ArchiveError) in
      try database.set(rule)
      return "set \(key) \(value)\(scope.words)"
    }
  }

  /// Takes a setting in words: `lifo`, `lifo from 2025-01-01`, `lifo from 2025-01-01 in Trading`.
  public func set(_ key: String, words: String, now: Instant) throws(WorkspaceError) {
    var scope = RuleScope()
    var rest = words[...]
    if let place = rest.range(of: " in ") {
      scope.portfolio = String(rest[place.upperBound...])
      rest = rest[..<place.lowerBound]
    }
    if let place = rest.range(of: " from ") {
      let text = String(rest[place.upperBound...])
      guard let day = Day(text) else { throw .badSetting(key: key, value: words, allowed: ["a value, from, a date such as 2025-01-01"]) }
      scope.from = day
      rest = rest[..<place.lowerBound]
    }
    try set(key, to: String(rest), scope, now: now)
  }

  /// Forgets the rule that begins on a day. Can be undone.
  ///
  /// - Throws: `.noSuchRule`, `.noSuchPortfolio`.
  public func removeRule(_ scope: RuleScope, now: Instant) throws(WorkspaceError) {
    let portfolio = try scope.portfolio.map { (name) throws(WorkspaceError) in try knownPortfolio(name) } ?? ""
    let rules = try book(.facts).settings.rules
    guard rules.contains(where: { $0.portfolio == portfolio && $0.from == scope.from }) else {
      throw .noSuchRule(from: scope.from, portfolio: scope.portfolio)
    }
    _ = try recording(now) { (database) throws(ArchiveError) in
      try database.removeLotRule(of: portfolio, from: scope.from)
      return "remove the lot rule\(scope.from == nil ? " from the beginning" : "")\(scope.words)"
    }
  }
}

extension Substring {
  /// Where a text first stands.
  fileprivate func range(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
