import Amounts
import Ledger
import TestSupport
import Testing

/// Decimals on both sides of what a packed word holds.
private func some(_ random: inout SplitMix64) -> Decimal? {
  if random.int(0...9) == 0 { return nil }
  let edge = Int128(1) << 56
  let mantissa: Int128
  switch random.int(0...3) {
  case 0: mantissa = random.pick([edge, -edge, edge - 1, 1 - edge, edge + 1, 0, Int128.max, -Int128.max])
  case 1: mantissa = Int128(random.next()) << Int128(random.int(0...60))
  default: mantissa = Int128(Int64(truncatingIfNeeded: random.next() >> 10))
  }
  return Decimal(mantissa: random.int(0...1) == 0 ? -mantissa : mantissa, scale: UInt8(random.int(0...38)))
}

@Test func aColumnGivesBackWhatWasPutIn() throws {
  try withSeeds(200) { random in
    var column = DecimalColumn()
    var plain: [Decimal?] = []
    for _ in 0..<random.int(0...50) {
      let value = some(&random)
      column.append(value)
      plain.append(value)
    }
    if !plain.isEmpty {
      let index = random.int(0...(plain.count - 1))
      plain[index] = some(&random)
      column[index] = plain[index]
    }
    column.reorder(by: plain.indices.reversed().map { Int32($0) })
    plain.reverse()
    try law(column.count == plain.count, "\(column.count) of \(plain.count)")
    for (index, value) in plain.enumerated() {
      try law(column[index]?.mantissa == value?.mantissa && column[index]?.scale == value?.scale, "\(index): \(String(describing: value))")
    }
  }
}

private func event(_ random: inout SplitMix64, id: Int64) -> Event {
  var event = Event(
    id: EventID(id), kind: random.pick(EventKind.allCases), time: Instant(microseconds: Int64(random.int(-3...3))),
    asset: AssetID(Int32(random.int(1...9))), batch: BatchID(Int64(random.int(1...3))))
  event.isDateOnly = random.int(0...1) == 0
  event.status = random.pick(EventStatus.allCases)
  event.account = random.pick([nil, AccountID(1), AccountID(2), AccountID(3)])
  event.toAccount = random.pick([nil, AccountID(2)])
  event.quantity = some(&random)
  event.price = some(&random)
  event.currency = random.pick([nil, Currency(id: 4)])
  event.gross = some(&random)
  event.fee = some(&random)
  event.feeAsset = random.pick([nil, AssetID(5)])
  event.feeValue = some(&random)
  event.tax = some(&random)
  event.line = random.int(0...1000)
  if random.int(0...3) == 0 {
    var extra = EventExtra()
    extra.note = "note \(id)"
    event.extra = extra
  }
  return event
}

@Test func aTableGivesBackItsEventsInTheirTotalOrder() throws {
  try withSeeds(100) { random in
    var table = EventTable()
    var events: [Event] = []
    for id in 0..<Int64(random.int(0...40)) {
      let next = event(&random, id: id + 1)
      events.append(next)
      table.append(next)
    }
    let accountRank: [Int32: Int32] = [0: 0, 1: 3, 2: 1, 3: 2]
    table.sort(accountRank: accountRank)
    events.sort {
      let (a, b) = (accountRank[$0.account?.raw ?? 0] ?? 0, accountRank[$1.account?.raw ?? 0] ?? 0)
      return ($0.time.microseconds, Int($0.kind.rank), Int(a), $0.id.raw) < ($1.time.microseconds, Int($1.kind.rank), Int(b), $1.id.raw)
    }
    try law(table.indices.map { table[$0] } == events, "\(events.count) events")
    let after = table.firstIndex(after: Instant(microseconds: 0))
    try law(after == events.filter { $0.time.microseconds <= 0 }.count, "\(after) are not after the epoch")
  }
}

@Test func aSeriesFindsTheLastQuoteAtOrBeforeADay() {
  var series = QuoteSeries()
  #expect(series.position(atOrBefore: Day(ordinal: 5)) == nil)
  for day in [2, 4, 9] as [Int32] { series.append(Quote(day: Day(ordinal: day), price: Price(Decimal(Int(day)), Currency(id: 1)))) }
  let found = (0...10).map { series.position(atOrBefore: Day(ordinal: $0)) }
  #expect(found == [nil, nil, 0, 0, 1, 1, 1, 1, 1, 2, 2])
  #expect(series[1].price == Price(4, Currency(id: 1)))
}
