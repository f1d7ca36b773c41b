public import Ledger

/// What giving or donating units is.
public enum GiftRule: String, CaseIterable, Hashable, Sendable {
  /// They leave at cost, without a gain.
  case cost
  /// A disposal at their market value.
  case disposal
}

/// What units that arrive as a reward, airdrop or from mining cost and bring as income, by kind.
public struct IncomePolicy: Hashable, Sendable {
  /// What they are taken to be worth.
  public enum Rule: String, CaseIterable, Hashable, Sendable {
    /// What the row says; unknown without a price.
    case stated
    /// What the row says, else the market price of the day.
    case market
    /// Nothing: no income now, and all of a later sale is gain.
    case zero
  }
  private var rules: [EventKind: Rule] = [:]

  /// Rows alone decide: Florin's default.
  public static let stated = IncomePolicy()
  private static let kinds: [EventKind] = [.reward, .airdrop, .mining]

  private init() {}

  /// Reads one rule for all kinds (`market`), or one for each (`airdrop=zero,mining=market`); nil when it does not read.
  public init?(_ text: String) {
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let pair = part.split(separator: "=", omittingEmptySubsequences: false).map { $0.filter { $0 != " " } }
      guard let last = pair.last, let rule = Rule(rawValue: last) else { return nil }
      if pair.count == 1 {
        for kind in IncomePolicy.kinds { rules[kind] = rule }
      } else {
        guard pair.count == 2, let kind = EventKind(code: pair[0]), IncomePolicy.kinds.contains(kind) else { return nil }
        rules[kind] = rule
      }
    }
    rules = rules.filter { $0.value != .stated }
  }

  /// The rule for a kind.
  public func rule(for kind: EventKind) -> Rule { rules[kind] ?? .stated }

  /// As it is read: the same text for the same rules.
  public var text: String {
    if rules.isEmpty { return Rule.stated.rawValue }
    return IncomePolicy.kinds.map { "\($0.reportName)=\(rule(for: $0).rawValue)" }.joined(separator: ",")
  }
}
