public import Amounts
public import Ledger

/// What an edit did, in words for the history: `edit buy of 2 BTC on 2024-03-01: quantity 2 -> 2.5`.
public enum EditTitle {
  /// An event in a few words: `buy of 2 BTC on 2024-03-01`.
  public static func event(_ event: Event, _ names: EditNames, _ zone: Zone) -> String {
    let what: String
    if let quantity = event.quantity {
      what = "\(quantity) \(names.label(event.asset))"
    } else if let gross = event.gross, let currency = event.currency {
      what = "\(gross) \(names.label(AssetID(currency))) for \(names.label(event.asset))"
    } else {
      what = names.label(event.asset)
    }
    return "\(event.kind.words) of \(what) on \(zone.day(of: event.time))"
  }

  /// A quote in a few words: `nav of TOWR on 2024-03-01`.
  public static func quote(_ kind: QuoteDraft.Kind, _ asset: String, _ day: Day) -> String {
    let name = kind == .close ? "price" : kind == .fx ? "exchange rate" : "NAV"
    return "\(name) of \(asset) on \(day)"
  }

  /// A declared distribution in a few words: `rent of TOWR paid on 2024-03-01`.
  public static func distribution(_ kind: String, _ asset: String, pay: Day?, record: Day?) -> String {
    let day = pay.map { " paid on \($0)" } ?? record.map { " of record \($0)" } ?? ""
    return "\(kind.isEmpty ? "distribution" : kind) of \(asset)\(day)"
  }

  /// A restriction, target or policy in a few words: `lock of TOWR until 2025-01-10`, `target of class security`, `monthly policy of TOWR`.
  public static func plan(_ kind: PlanDraft.Kind, _ asset: String, _ cells: [String: String]) -> String {
    func cell(_ name: String) -> String { cells[name] ?? "" }
    switch kind {
    case .restriction:
      let end = cell("until").isEmpty ? "" : " until \(cell("until"))"
      return "\(cell("kind").isEmpty ? "restriction" : cell("kind")) of \(asset)\(end)"
    case .target: return "target of \(cell("dimension")) \(cell("key"))"
    case .policy: return "\(cell("frequency")) policy of \(asset)"
    }
  }

  /// What differs: `quantity 2 -> 2.5, price 100 -> nothing`; three fields at most are named.
  static func difference(_ before: [String: String], _ after: [String: String], _ changed: [String]) -> String {
    func shown(_ text: String?) -> String {
      guard let text, !text.isEmpty else { return "nothing" }
      return text.count > 40 ? text.prefix(39) + "…" : text
    }
    let parts = changed.prefix(3).map { name in
      "\(name.map { $0 == "_" ? " " : String($0) }.joined()) \(shown(before[name])) -> \(shown(after[name]))"
    }
    return parts.joined(separator: ", ") + (changed.count > 3 ? " and \(changed.count - 3) more" : "")
  }
}
