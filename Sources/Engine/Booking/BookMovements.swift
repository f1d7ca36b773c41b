import Amounts
import Ledger

extension Book {
  /// The cash of a redemption that states neither price nor amount: units x the NAV of the day.
  ///
  /// - Returns: nil for all other events, and when there is no NAV.
  func navPaid(at index: Int) throws(DecimalError) -> Money? {
    guard events.kinds[index] == EventKind.redemption.rawValue, events.prices[index] == nil, events.grosses[index] == nil,
      events.status(at: index) != .void, let units = events.quantities[index]
    else { return nil }
    let day = settings.zone.day(of: Instant(microseconds: events.times[index]))
    guard let nav = quotes.quote(.nav, of: AssetID(events.assets[index]), on: day) else { return nil }
    let amount = try units.multiplied(by: nav.price.perUnit)
    let currency = events.currencies[index] == 0 ? nav.price.currency : Currency(id: events.currencies[index])
    guard let rate = quotes.rate(from: nav.price.currency, to: currency, on: day).value else { return nil }
    return Money(try amount.multiplied(by: rate), currency)
  }
}
