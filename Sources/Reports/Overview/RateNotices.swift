import Amounts
import Engine
import Ledger

/// Exchange rates that are missing: which, from when to when, and what is unknown for want of them.
struct RateNotices {
  let book: Book
  let booking: Booking
  let valuer: Valuer
  let names: Names

  /// One notice a currency for what happened, and one for what is held today.
  func all() -> [Notice] { booked() + today() }

  private var base: String { names.currency(book.settings.base) }

  private struct Gap {
    var first: BookingIssue
    var days: Set<Day> = []
    var events = 0
    var assets: Set<AssetID> = []
  }

  private func booked() -> [Notice] {
    var gaps: [Currency: Gap] = [:]
    for issue in booking.issues {
      guard let missing = issue.gap else { continue }
      var gap = gaps[missing.currency] ?? Gap(first: issue)
      if (issue.time, issue.event) < (gap.first.time, gap.first.event) { gap.first = issue }
      gap.days.formUnion(missing.days)
      gap.events += missing.events
      gap.assets.insert(issue.asset)
      gaps[missing.currency] = gap
    }
    return gaps.keys.sorted { $0.id < $1.id }.compactMap { currency in
      guard let gap = gaps[currency], let first = gap.days.min(), let last = gap.days.max() else { return nil }
      let code = names.currency(currency)
      let when = gap.days.count == 1 ? "on \(first)" : "on \(gap.days.count) days from \(first) to \(last)"
      let what = gap.events == 1 ? "event \(gap.first.event.raw)" : "\(gap.events) events"
      return notice(
        currency, since: first,
        "no rate of \(code) in \(base) \(when): what \(what) of \(list(gap.assets)) came to in \(base) is unknown\(lots(in: currency))",
        gap.days.count == 1
          ? "add the rate of that day, or import rates" : "import the rates of those days, or add one a week: a rate counts for 7 days",
        event: gap.first.event)
    }
  }

  /// The open lots whose cost waits for rates of a currency.
  private func lots(in currency: Currency) -> String {
    var count: [AssetID: Int] = [:]
    for lot in booking.lots where lot.costBase == .unknown(.noRate) && lot.cost.value?.currency == currency {
      count[lot.asset, default: 0] += 1
    }
    let all = count.values.reduce(0, +)
    return all == 0 ? "" : ", and so is the cost of \(all) open lot\(all == 1 ? "" : "s") of \(list(Set(count.keys)))"
  }

  /// What is held and quoted, and in no total for want of a rate on the day.
  private func today() -> [Notice] {
    var waiting: [Currency: Set<AssetID>] = [:]
    for id in HeldUnits(booking).assets {
      let unit = valuer.unit(id)
      guard let price = unit.price.value, unit.rate == .unknown(.noRate) else { continue }
      waiting[price.currency, default: []].insert(id)
    }
    return waiting.keys.sorted { $0.id < $1.id }.map { currency in
      notice(
        currency, since: valuer.day,
        "no rate of \(names.currency(currency)) in \(base) in the 7 days up to \(valuer.day): \(list(waiting[currency] ?? [])) "
          + "\(waiting[currency]?.count == 1 ? "is" : "are") in no total",
        "add a rate, or import rates", event: nil)
    }
  }

  private func notice(_ currency: Currency, since day: Day, _ message: String, _ fix: String, event: EventID?) -> Notice {
    var notice = Notice(
      severity: .warning, kind: .noRate, asset: names.asset(AssetID(currency)), account: nil, since: day, amount: nil, message: message,
      fix: fix, event: event)
    let isMoney = book.assets[AssetID(currency)]?.assetClass == .cash
    notice.remedy = .add(
      .price,
      [
        .init("asset", names.currency(currency)), .init("kind", isMoney ? "fx" : "close"), .init("date", "\(day)"),
        .init("price", asking: "RATE"),
        .init("currency", base),
      ])
    return notice
  }

  /// The symbols of some assets, the first few.
  private func list(_ assets: Set<AssetID>) -> String {
    let labels = assets.map { names.asset($0) }.sorted(by: AssetLabel.precedes).map(\.text)
    return labels.count <= 4 ? labels.joined(separator: ", ") : labels.prefix(3).joined(separator: ", ") + " and \(labels.count - 3) more"
  }
}
