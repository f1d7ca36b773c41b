import Amounts
import Ledger

/// Collects exchange rates that were asked for in vain, so that a thousand events without rates are one issue.
struct RateGaps {
  private struct Key: Hashable {
    let asset: Int32
    let account: Int32
    let currency: Int32
  }
  private struct Gap {
    /// The first event, and when it was.
    let event: Int64
    let time: Int64
    var days: Set<Int32> = []
    var events = 0
    var lastEvent: Int64 = .min

    mutating func add(_ day: Day, _ event: Int64) {
      days.insert(day.ordinal)
      if lastEvent != event { events += 1 }
      lastEvent = event
    }
  }
  private var gaps: [Key: Gap] = [:]

  var isEmpty: Bool { gaps.isEmpty }

  /// Notes that an event needs the rate of a currency on a day, and there is none.
  mutating func add(_ currency: Currency, on day: Day, _ asset: Int32, _ account: Int32, event: Int64, time: Int64) {
    let key = Key(asset: asset, account: account, currency: currency.id)
    // In place: a copy of the days for every event would be a great many.
    gaps[key, default: Gap(event: event, time: time)].add(day, event)
  }

  /// Takes in what later events of the same book asked for.
  mutating func add(_ later: RateGaps) {
    for (key, more) in later.gaps {
      guard var gap = gaps[key] else {
        gaps[key] = more
        continue
      }
      gap.days.formUnion(more.days)
      gap.events += more.events
      gap.lastEvent = more.lastEvent
      gaps[key] = gap
    }
  }

  /// One issue for each asset, account and currency, in this order.
  var issues: [BookingIssue] {
    let keys = gaps.keys.sorted { ($0.asset, $0.account, $0.currency) < ($1.asset, $1.account, $1.currency) }
    return keys.compactMap { key in
      guard let gap = gaps[key] else { return nil }
      var issue = BookingIssue(
        kind: .noRate, asset: AssetID(key.asset), account: key.account == 0 ? nil : AccountID(key.account), event: EventID(gap.event),
        time: Instant(microseconds: gap.time), amount: nil)
      issue.gap = RateGap(
        currency: Currency(id: key.currency), days: gap.days.sorted().map { Day(ordinal: $0) }, events: gap.events)
      return issue
    }
  }
}

extension AssetBooker {
  /// Notes that an event needs the rate of a currency on a day, and there is none.
  mutating func missRate(_ currency: Currency, on day: Day? = nil, _ asset: Int32, _ account: Int32, _ index: Int) {
    gaps.add(currency, on: day ?? money.day(index), asset, account, event: events.ids[index], time: events.times[index])
  }

  /// An amount of an event in base; where there is no rate that is noted.
  mutating func inBase(_ amount: Money, _ asset: Int32, _ account: Int32, _ index: Int) throws(DecimalError) -> Figure<Decimal> {
    if let base = try money.base(amount.amount, amount.currency, index) { return .known(base) }
    missRate(amount.currency, asset, account, index)
    return .unknown(.noRate)
  }
}
