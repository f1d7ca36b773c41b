import Amounts
import Ledger

/// What prices did to holdings before the day's money came in.
///
/// A subscription on the day of a new NAV buys at that NAV: what was held before has moved already when the money arrives, and the money
/// earns none of it. Where a trade on a day with an inflow states a price of something that was held, the day is split there.
///
/// - Source: DESIGN 7.
struct FlowDayPrices {
  /// By day: the change of what was held, from the day before to the trades' prices, in base.
  private(set) var revalued: [Int32: Decimal] = [:]

  /// - Parameter steps: what is held in the accounts that are looked at.
  init(_ book: Book, _ prices: UnitPrices, _ groups: AccountGroups, _ steps: QuantitySteps, _ flows: DayFlows) {
    let events = book.events
    for (day, flow) in zip(flows.days, flows.flows) where flow.inflow.isPositive {
      let on = Day(ordinal: day)
      var seen: Set<AssetID> = []
      let first = events.firstIndex(after: book.settings.zone.end(of: on - 1))
      for index in first..<events.firstIndex(after: book.settings.zone.end(of: on)) {
        guard events.kind(at: index) == .buy, events.status(at: index) != .void, groups[events.accounts[index]] >= 0,
          events.currencies[index] != 0
        else { continue }
        let asset = AssetID(events.assets[index])
        let held = steps.quantity(of: asset, at: on - 1)
        guard held.isPositive, seen.insert(asset).inserted, let price = FlowDayPrices.price(events, index),
          let before = prices.worth(of: held, asset, on: on - 1).value, let amount = try? held.multiplied(by: price),
          let now = prices.inBase(amount, Currency(id: events.currencies[index]), on: on).value,
          // A split of the day changes units, not worth.
          !(book.quotes.splits[asset] ?? []).contains(where: { $0.day == on }), let change = try? now.subtracting(before)
        else { continue }
        revalued[day] = (try? (revalued[day] ?? .zero).adding(change)) ?? revalued[day]
      }
    }
  }

  private static func price(_ events: EventTable, _ index: Int) -> Decimal? {
    if let price = events.prices[index] { return price }
    guard let gross = events.grosses[index], let units = events.quantities[index], units.isPositive else { return nil }
    return try? gross.divided(by: units)
  }
}
