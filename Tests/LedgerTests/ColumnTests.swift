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

/// Whether an event names an asset anywhere.
private func names(_ event: Event, _ asset: Int32) -> Bool {
  event.asset.raw == asset || event.currency?.id == asset || event.feeAsset?.raw == asset
}

/// Edits are kept beside the columns; whoever reads must not see that, nor must a copy from before.
@Test(arguments: [(seeds: UInt64(300), events: 12, edits: 25), (seeds: UInt64(3), events: 300, edits: 900)])
func anEditedTableIsWhatItsEventsMakeFromTheStart(_ size: (seeds: UInt64, events: Int, edits: Int)) throws {
  let accountRank: [Int32: Int32] = [0: 0, 1: 3, 2: 1, 3: 2]
  func sorted(_ events: [Event]) -> [Event] {
    var table = EventTable()
    for event in events { table.append(event) }
    table.sort(accountRank: accountRank)
    return table.indices.map { table[$0] }
  }
  try withSeeds(size.seeds) { random in
    let isPlain = random.int(0...1) == 0
    func some(_ id: Int64) -> Event {
      var one = event(&random, id: id)
      // As a file that is in order brings them, so that columns are folded.
      if isPlain {
        (one.time, one.kind, one.account) = (Instant(microseconds: id), .buy, AccountID(1))
        (one.batch, one.line) = (BatchID(1), Int(id) + 1)
        if random.int(0...20) > 0 { one.tax = nil }
      }
      return one
    }
    var events = (0..<random.int(0...size.events)).map { some(Int64($0) + 1) }
    var table = EventTable()
    for event in events { table.append(event) }
    table.sort(accountRank: accountRank)
    var nextID = Int64(size.events) + 1
    for step in 0..<random.int(1...size.edits) {
      let (copy, before) = (table, events)
      if random.int(0...2) > 0 || events.isEmpty {
        // An event that is edited leaves and comes back under its id.
        let edited = events.isEmpty || random.int(0...2) > 0 ? nil : events.remove(at: random.int(0...(events.count - 1)))
        if let edited { try law(table.remove(edited, accountRank: accountRank) != nil, "step \(step): \(edited.id) was not there") }
        let new = some(edited?.id.raw ?? nextID)
        nextID += 1
        events.append(new)
        let place = table.insert(new, accountRank: accountRank)
        try law(table[place] == new, "step \(step): what was put in is not where it was put")
      } else {
        let old = events.remove(at: random.int(0...(events.count - 1)))
        try law(table.remove(old, accountRank: accountRank) != nil, "step \(step): \(old.id) was not there")
        try law(table.remove(old, accountRank: accountRank) == nil, "step \(step): \(old.id) was there twice")
      }
      if size.edits > 100 && step % 50 > 0 { continue }
      let expected = sorted(events)
      try law(table.count == expected.count && table.indices.map { table[$0] } == expected, "step \(step): the events differ")
      try law(copy.indices.map { copy[$0] } == sorted(before), "step \(step): a copy from before changed")
      let end = random.int(0...table.count)
      let kinds: [EventKind] = [.buy, .withdraw]
      try law(
        table.positions(of: kinds, before: end) == (0..<end).filter { kinds.contains(expected[$0].kind) },
        "step \(step): positions of kinds")
      var wanted = [Bool](repeating: false, count: 7)
      wanted[4] = random.int(0...1) == 0
      wanted[6] = true
      let naming = (0..<end).filter { place in wanted.indices.contains { wanted[$0] && names(expected[place], Int32($0)) } }
      try law(table.positions(naming: wanted, before: end) == naming, "step \(step): positions naming assets")
      for (place, event) in expected.enumerated() {
        try law(table.position(of: event.id, at: event.time) == place, "step \(step): event \(event.id) is not found")
      }
      var facts: [Int64: EventExtra] = [:]
      table.extras.forEach { facts[$0] = $1 }
      let wantedFacts = Dictionary(uniqueKeysWithValues: expected.compactMap { event in event.extra.map { (event.id.raw, $0) } })
      try law(facts == wantedFacts, "step \(step): further facts differ")
      var more = EventTable()
      more.append(contentsOf: table)
      more.append(contentsOf: table)
      try law(more.indices.map { more[$0] } == expected + expected, "step \(step): appended twice")
    }
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

@Test func furtherFactsOfOneEventAreNotThoseOfItsCopy() {
  var extra = EventExtra()
  extra.note = "first"
  var copy = extra
  copy.note = "second"
  copy.toQuantity = 2
  #expect(extra.note == "first" && extra.toQuantity == nil && copy.note == "second")
  #expect(EventExtra() == EventExtra() && EventExtra().note == nil && extra != copy)
  copy.note = "first"
  copy.toQuantity = nil
  #expect(extra == copy && extra.hashValue == copy.hashValue)
}
