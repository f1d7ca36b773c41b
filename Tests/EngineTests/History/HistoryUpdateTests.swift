import Amounts
import Engine
import Ledger
import TestSupport
import Testing

/// A history that follows changes is the one made from scratch.
struct HistoryUpdateTests {
  @Test func followingEditsIsMakingItAnew() throws {
    try withSeeds(120) { random in
      var book = ValueHistoryTests.book(&random)
      let last = day("2024-05-31")
      var kept = ValueHistory(book, upTo: last)
      for _ in 0..<4 {
        let change = HistoryUpdateTests.edit(&book, &random)
        kept = kept.updated(to: book, after: change)
        let anew = ValueHistory(book, upTo: last)
        try law(kept.points.map(\.day) == anew.points.map(\.day), "the days differ after \(change)")
        for (a, b) in zip(kept.points, anew.points) { try law(a == b, "\(a) is not \(b) after \(change)") }
        try law(kept.unknown == anew.unknown && kept.atTrade == anew.atTrade, "other assets without quotes after \(change)")
      }
    }
  }

  /// Adds, removes or changes an event, or quotes of an asset, somewhere in time.
  private static func edit(_ book: inout Book, _ random: inout SplitMix64) -> LedgerChange {
    func pick(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
    var events = book.events.indices.map { book.events[$0] }
    let assets = book.assets.keys.sorted()
    var change = LedgerChange()
    func added() -> Event {
      let kinds: [EventKind] = [.buy, .sell, .deposit, .withdraw, .reward, .fee, .swap, .split, .migration, .dividend]
      let kind = kinds[pick(kinds.count)]
      let instant = Instant(microseconds: Instant(day: day("2023-12-20") + pick(140), second: 1).microseconds + Int64(pick(9)))
      var event = Event(
        id: EventID(Int64(1000 + events.count + pick(1_000_000))), kind: kind, time: instant, asset: assets[1 + pick(assets.count - 1)],
        batch: BatchID(2))
      event.account = AccountID(1)
      if kind != .split && kind != .migration { event.quantity = number("\(1 + pick(5)).\(pick(100))") }
      event.currency = (book.assets[assets[pick(2)]]?.id ?? assets[0]).asCurrency
      if kind == .buy || kind == .sell || kind == .dividend { event.price = number("\(1 + pick(90)).5") }
      var extra = EventExtra()
      if kind == .split || kind == .migration { extra.ratio = Ratio("3:2") }
      if kind == .swap { extra.toQuantity = number("2.5") }
      if kind == .swap || kind == .migration { extra.toAsset = assets[1 + pick(assets.count - 1)] }
      if kind == .swap || kind == .split || kind == .migration { event.extra = extra }
      if kind == .split || kind == .migration { event.account = pick(2) == 0 ? nil : event.account }
      return event
    }
    switch pick(5) {
    case 0 where !events.isEmpty: change.events = [EventChange(before: events.remove(at: pick(events.count)), after: nil)]
    case 1 where !events.isEmpty:
      let place = pick(events.count)
      var event = added()
      event.id = events[place].id
      change.events = [EventChange(before: events[place], after: event)]
      events[place] = event
    case 2:
      let asset = assets[pick(assets.count)]
      var series = QuoteSeries()
      for offset in 0..<5 {
        series.append(
          Quote(day: day("2024-01-05") + offset * 20 + pick(9), price: Price(number("\(1 + pick(40)).25"), assets[pick(2)].asCurrency)))
      }
      if pick(3) == 0 { book.quotes.nav[asset] = series } else { book.quotes.market[asset] = pick(4) == 0 ? nil : series }
      change.quotes = [asset]
    case 3:
      book.assets[assets[2]]?.mode = ValuationMode.allCases[pick(ValuationMode.allCases.count)]
    default:
      let event = added()
      change.events = [EventChange(before: nil, after: event)]
      events.append(event)
    }
    var table = EventTable()
    for event in events { table.append(event) }
    table.sort(accountRank: [1: 0, 2: 1])
    book.events = table
    return change
  }
}
