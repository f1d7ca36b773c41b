import Amounts

/// Purchases and sales in one place without fees, matched in the plainest way there is: what Florin must give where a source counts
/// in a way that Florin does not offer.
struct ReferenceLots {
  /// Which lots leave first.
  enum Order {
    /// Those the sale selects, by acquisition, then the earliest.
    case earliest
    /// All at their average cost.
    case average
  }
  /// A purchase, or what is left of it.
  private struct Lot {
    var quantity: Decimal
    var cost: Decimal
    let unitCost: Decimal?
    let currency: String
    let day: String
  }
  /// Cost of what was sold, in the order of the sales.
  private(set) var costsOfSales: [Decimal] = []
  /// Proceeds less cost of each sale.
  private(set) var gains: [Decimal] = []
  private var lots: [Lot] = []

  /// Follows BUY and SELL rows.
  init(_ activities: [Activity], _ order: Order) {
    for row in activities where row.type == "BUY" || row.type == "SELL" {
      guard let quantity = row.number("quantity") else { continue }
      let worth = row.number("gross") ?? row.number("price").flatMap { try? $0.multiplied(by: quantity) } ?? .zero
      if row.type == "BUY" {
        lots.append(Lot(quantity: quantity, cost: worth, unitCost: row.number("price"), currency: row["currency"], day: row.dayText))
        if order == .average { pool() }
        continue
      }
      var rest = quantity
      var cost = Decimal.zero
      if let selector = JSONValue(Array(row["lot_selector"].utf8)) { take(&rest, &cost) { ReferenceLots.isMeant($0, by: selector) } }
      take(&rest, &cost) { _ in true }
      lots.removeAll { $0.quantity.isZero }
      costsOfSales.append(cost)
      gains.append((try? worth.subtracting(cost)) ?? .zero)
    }
  }

  private mutating func take(_ rest: inout Decimal, _ cost: inout Decimal, where isWanted: (Lot) -> Bool) {
    for place in lots.indices where rest.isPositive && isWanted(lots[place]) {
      let part = min(rest, lots[place].quantity)
      let share = (try? lots[place].cost.share(part, of: lots[place].quantity)) ?? .zero
      cost = ReferenceLots.sum([cost, share])
      rest = ReferenceLots.sum([rest, -part])
      lots[place].quantity = ReferenceLots.sum([lots[place].quantity, -part])
      lots[place].cost = ReferenceLots.sum([lots[place].cost, -share])
    }
  }

  private static func isMeant(_ lot: Lot, by selector: JSONValue) -> Bool {
    selector.members.allSatisfy { member in
      switch member.key {
      case "date": lot.day == member.value.scalar
      case "currency": lot.currency == member.value.scalar
      case "unit_cost": lot.unitCost == member.value.scalar.flatMap { Decimal($0) }
      default: false
      }
    }
  }

  private mutating func pool() {
    let quantity = ReferenceLots.sum(lots.map(\.quantity))
    lots = [Lot(quantity: quantity, cost: costLeft, unitCost: nil, currency: lots[0].currency, day: lots[0].day)]
  }

  /// Cost of all that was sold.
  var costOfSales: Decimal { ReferenceLots.sum(costsOfSales) }
  /// Cost of what is left.
  var costLeft: Decimal { ReferenceLots.sum(lots.map(\.cost)) }
  /// All gains.
  var totalGain: Decimal { ReferenceLots.sum(gains) }

  /// A sum of amounts.
  static func sum(_ amounts: [Decimal]) -> Decimal { amounts.reduce(.zero) { (try? $0.adding($1)) ?? $0 } }
}
