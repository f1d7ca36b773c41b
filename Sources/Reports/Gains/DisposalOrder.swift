import Amounts
import Engine
import Ledger

/// What lists of disposals and of their groups can be sorted by.
public enum DisposalField: String, CaseIterable, Hashable, Sendable {
  case key, disposals, disposed, asset, account, kind, quantity, proceeds, cost, gain, byPrice, byCurrency, short, long, term, unknown
}

extension DisposalTable {
  /// The places of all disposals in an order: newest first when nobody chose one. What is unknown comes last, whichever way round.
  public func places(by field: DisposalField?, descending: Bool) -> [Int32] {
    let all = (0..<Int32(count)).reversed()
    guard let field else { return Array(all) }
    switch field {
    case .disposed, .disposals, .key, .unknown: return descending ? Array(all) : Array(0..<Int32(count))
    case .asset, .account, .kind, .term:
      let keys = (0..<count).map { self[$0].text(field) }
      return all.sorted { a, b in
        let (x, y) = (keys[Int(a)], keys[Int(b)])
        return x == y ? a > b : descending ? x > y : x < y
      }
    default: return DisposalTable.sorted(Array(all), (0..<count).map { self[$0].number(field) }, descending) { $0 > $1 }
    }
  }

  /// Groups in an order: as they are when nobody chose one, but the newest year first.
  public static func sorted(
    _ groups: [DisposalGroup], of grouping: GainsReport.Grouping, by field: DisposalField?, descending: Bool
  ) -> [DisposalGroup] {
    guard let field, field != .key else {
      return (field == nil ? grouping == .year : descending) ? groups.reversed() : groups
    }
    let keys = groups.map { group -> Decimal? in
      switch field {
      case .disposals: Decimal(group.disposals)
      case .unknown: Decimal(group.figures.unknown)
      default: group.figures.number(field)
      }
    }
    return sorted(Array(0..<Int32(groups.count)), keys, descending) { $0 < $1 }.map { groups[Int($0)] }
  }

  private static func sorted(_ places: [Int32], _ keys: [Decimal?], _ descending: Bool, tie: (Int32, Int32) -> Bool) -> [Int32] {
    places.sorted { a, b in
      switch (keys[Int(a)], keys[Int(b)]) {
      case (let x?, let y?): x == y ? tie(a, b) : descending ? x > y : x < y
      case (.some, nil): true
      case (nil, .some): false
      case (nil, nil): tie(a, b)
      }
    }
  }
}

extension DisposalRow {
  /// The term over all lots: `long`, `short`, `mixed`, or `n/a` where an acquisition is unknown.
  public var termText: String { figures.term?.rawValue ?? (figures.isMixed ? "mixed" : "n/a") }

  fileprivate func text(_ field: DisposalField) -> String {
    switch field {
    case .account: account.text
    case .kind: kind.rawValue
    case .term: termText
    default: asset.text
    }
  }

  fileprivate func number(_ field: DisposalField) -> Decimal? {
    switch field {
    case .quantity: quantity
    case .proceeds: proceeds.value
    case .cost: cost.value
    default: figures.known == 0 ? nil : figures.number(field)
    }
  }
}

extension GainFigures {
  fileprivate func number(_ field: DisposalField) -> Decimal? {
    switch field {
    case .proceeds: proceeds
    case .cost: cost
    case .byPrice: byPrice.value
    case .byCurrency: byCurrency.value
    case .short: short
    case .long: long
    default: gain
    }
  }
}
