import Amounts
@testable import Engine
import Ledger
import TestSupport
import Testing

/// What is brought up to date step by step must be what a book gives that is booked from the start.
struct BookkeeperTests {
  /// Names and prices of a small world: dollars, euros, a stablecoin, five coins, four accounts of which one is a loan.
  private struct World {
    var maker: BookMaker
    let coins: [AssetID]
    let money: [AssetID]
    let accounts: [AccountID]
    var nextID: Int64 = 1

    init(_ random: inout SplitMix64) {
      var maker = BookMaker()
      var (money, coins, accounts) = ([maker.id("USD"), maker.asset("EUR", .cash)], [AssetID](), [AccountID]())
      money.append(maker.asset("USDX", .stablecoin, currency: "USD"))
      for coin in ["ABC", "DEF", "GAS", "NEW", "OLD"] { coins.append(maker.id(coin)) }
      for name in ["Delta", "Alpha", "Charlie", "Bravo"] { accounts.append(maker.account(name, kind: name == "Bravo" ? "loan" : "wallet")) }
      for step in 0..<10 {
        let day = "\(Day(ordinal: Int32(19_000 + step * 3)))"
        maker.quote(.fx, day, "EUR", "1.\(random.int(100...999))")
        for coin in ["ABC", "DEF", "GAS"] { maker.quote(.close, day, coin, "\(random.int(1...500))", random.pick(["USD", "EUR"])) }
      }
      for _ in 0..<random.int(0...3) {
        let day = Day(ordinal: 19_000 + Int32(random.int(0...40)))
        let kind = random.pick(["dividend", "rent", "interest", "return of capital"])
        maker.distribution(random.pick(["ABC", "DEF", "USDX"]), kind, record: "\(day - 3)", pay: "\(day)", "0.\(random.int(1...99))")
      }
      (self.maker, self.money, self.coins, self.accounts) = (maker, money, coins, accounts)
    }

    /// Any event that could be stored.
    mutating func event(_ random: inout SplitMix64) -> Event {
      func amount(_ random: inout SplitMix64) -> Decimal {
        Decimal(mantissa: Int128(random.int(1...999_999_999)), scale: UInt8(random.int(0...9)))
      }
      let kind = random.pick(EventKind.allCases)
      // Few instants, so that the order of kinds, accounts and ids matters.
      let time = Instant(microseconds: Int64(19_000 + random.int(0...40)) * 86_400_000_000)
      var event = Event(id: EventID(nextID), kind: kind, time: time, asset: random.pick(coins), batch: BatchID(1))
      nextID += 1
      event.account = random.pick(accounts)
      event.quantity = random.int(0...20) == 0 ? nil : amount(&random)
      event.price = random.int(0...3) == 0 ? nil : amount(&random)
      event.currency = random.int(0...8) == 0 ? nil : random.pick(money).asCurrency
      if random.int(0...3) == 0 { event.gross = amount(&random) }
      if random.int(0...30) == 0 { event.status = .void }
      if random.int(0...12) == 0 { event.asset = random.pick(money) }
      if random.int(0...3) == 0 {
        event.fee = Decimal(mantissa: Int128(random.int(1...99)), scale: 9)
        event.feeAsset = random.pick(coins + money)
        if random.int(0...1) == 0 { event.feeValue = amount(&random) }
      }
      if random.int(0...6) == 0 { event.tax = amount(&random) }
      var extra = EventExtra()
      switch kind {
      case .transfer, .stake, .unstake, .borrow, .repay: event.toAccount = random.pick(accounts)
      case .split:
        extra.ratio = Ratio(random.pick(["2:1", "1:10", "3:2"]))
        if random.int(0...1) == 0 { event.account = nil }
      case .migration, .merger, .wrap, .unwrap, .swap, .spinoff, .convert:
        if random.int(0...2) > 0 || kind == .swap { extra.toAsset = random.pick(coins) }
        extra.toQuantity = amount(&random)
        if kind == .spinoff { extra.basisShare = Decimal(mantissa: 25, scale: 2) }
        if kind == .migration, random.int(0...1) == 0 { (extra.toQuantity, extra.ratio, event.account) = (nil, Ratio("1:2"), nil) }
      case .dividend where random.int(0...3) == 0:
        (extra.toAsset, extra.toQuantity) = (random.pick(coins), amount(&random))
      case .buy where random.int(0...10) == 0:
        for _ in 0..<3 {
          let units = amount(&random)
          extra.legs.append(
            Leg(
              account: random.pick(accounts), asset: random.pick(coins + money), quantity: random.int(0...1) == 0 ? units : -units,
              role: .principal))
        }
      default: break
      }
      if extra != EventExtra() { event.extra = extra }
      return event
    }
  }

  /// A book with its events in order, as it is when it is loaded.
  private func loaded(_ book: Book, _ events: [Event]) -> Book {
    var book = book
    book.events = EventTable()
    for event in events { book.events.append(event) }
    book.events.sort(accountRank: book.accountRanks)
    for asset in book.assets.keys {
      let splits = book.events.indices.filter {
        book.events.kind(at: $0) == .split && book.events.status(at: $0) != .void && book.events.assets[$0] == asset.raw
      }
      book.quotes.splits[asset] = splits.compactMap { index in
        book.events.extra(at: index)?.ratio.map {
          QuoteBook.SplitPoint(day: Instant(microseconds: book.events.times[index]).dayUTC, ratio: $0)
        }
      }
    }
    return book
  }

  private func compare(_ kept: Booking, _ fresh: Booking, _ step: String) throws {
    try law(kept.positions == fresh.positions, "\(step): positions differ")
    try law(kept.lots == fresh.lots, "\(step): lots differ")
    try law(kept.receipts == fresh.receipts, "\(step): receipts differ")
    try law(kept.issues == fresh.issues, "\(step): issues differ")
  }

  private func compareTables(_ kept: EventTable, _ fresh: EventTable, _ step: String) throws {
    try law(kept.count == fresh.count, "\(step): \(kept.count) events, not \(fresh.count)")
    for index in fresh.indices { try law(kept[index] == fresh[index], "\(step): event \(index) differs") }
  }

  /// Income that takes over what is still the same must be the income of a book that is seen for the first time.
  private func compareIncome(_ kept: IncomeLedger, _ fresh: IncomeLedger, _ book: Book, _ step: String) throws {
    try law(kept.payments == fresh.payments, "\(step): payments differ")
    try law(kept.others == fresh.others, "\(step): other receipts differ")
    try law(kept.otherDividends == fresh.otherDividends, "\(step): other dividends differ")
    try law(kept.months.assets == fresh.months.assets, "\(step): assets with income differ")
    try law(kept.months.first == fresh.months.first && kept.months.last == fresh.months.last, "\(step): months differ")
    try law(kept.months.trailing == fresh.months.trailing && kept.months.before == fresh.months.before, "\(step): years differ")
    for asset in fresh.months.assets { try law(kept.months[asset] == fresh.months[asset], "\(step): months of \(asset) differ") }
    let (a, b) = (kept.otherSums, fresh.otherSums)
    try law(a.gross == b.gross && a.tax == b.tax && a.net == b.net && a.without == b.without, "\(step): sums differ")
    // Any ranks will do.
    let ranks = Dictionary(uniqueKeysWithValues: book.assets.keys.map { ($0, 1000 - $0.raw) })
    try law(kept.others(ranked: ranks) == fresh.others(ranked: ranks), "\(step): the order of other receipts differs")
  }

  /// The order by sorting alone: by day, rank, kind and event.
  private func compareOrder(_ ledger: IncomeLedger, _ booking: Booking, _ book: Book, _ step: String) throws {
    let ranks = Dictionary(uniqueKeysWithValues: book.assets.keys.map { ($0, 1000 - $0.raw) })
    let sorted = ledger.others.sorted { a, b in
      let (x, y) = (booking.receipts[a], booking.receipts[b])
      let (p, q) = (book.settings.zone.day(of: x.time), book.settings.zone.day(of: y.time))
      if p != q { return p < q }
      if x.asset != y.asset { return (ranks[x.asset] ?? 0) < (ranks[y.asset] ?? 0) }
      if x.incomeKind != y.incomeKind { return x.incomeKind < y.incomeKind }
      return (x.event.raw, a) < (y.event.raw, b)
    }
    try law(ledger.others(ranked: ranks).map { Int($0) } == sorted, "\(step): other receipts are not in order")
  }

  /// Where nobody asks for the parts of disposals they are counted at once.
  @Test func partsCountedOneByOneAddUpToWhatIsCountedAtOnce() throws {
    try withSeeds(1000) { random in
      var world = World(&random)
      let events = (0..<random.int(0...60)).map { _ in world.event(&random) }
      world.maker.settings {
        $0.method = random.pick(LotMethod.allCases)
        $0.scope = random.pick(LotScope.allCases)
        $0.feeRule = random.pick(FeeRule.allCases)
      }
      let book = loaded(world.maker.book, events)
      try compare(book.booked(), book.booked(pieces: true), "with pieces")
    }
  }

  @Test func anyEditsGiveWhatABookBookedFromTheStartGives() throws {
    try withSeeds(2000) { random in
      var world = World(&random)
      var events = (0..<random.int(0...40)).map { _ in world.event(&random) }
      world.maker.settings {
        $0.method = random.pick(LotMethod.allCases)
        $0.scope = random.pick(LotScope.allCases)
        $0.feeRule = random.pick(FeeRule.allCases)
        guard random.int(0...3) == 0 else { return }
        for _ in 0..<2 {
          $0.rules.append(
            LotRule(
              from: Day(ordinal: Int32(19_000 + random.int(0...45))), method: random.pick(LotMethod.allCases),
              scope: random.pick(LotScope.allCases), feeRule: random.pick(FeeRule.allCases)))
        }
      }
      let asOf = random.int(0...3) == 0 ? Day(ordinal: 19_020) : nil
      // Fewer events than any book has, in stretches shorter than any book needs.
      let grain = Bookkeeper.Grain(cash: random.int(1...9), mark: random.int(1...9))
      var keeper = Bookkeeper(loaded(world.maker.book, events), asOf: asOf, grain: grain)
      let today = asOf ?? Day(ordinal: 19_060)
      var income = IncomeLedger(keeper.book, keeper.booking, asOf: today)
      for step in 0..<random.int(1...6) {
        var change = LedgerChange()
        for _ in 0..<random.int(1...3) {
          switch random.int(0...2) {
          case 0:
            let event = world.event(&random)
            events.append(event)
            change.events.append(EventChange(before: nil, after: event))
          case 1 where !events.isEmpty:
            let place = random.int(0...(events.count - 1))
            if change.events.contains(where: { $0.after?.id == events[place].id }) { continue }
            change.events.append(EventChange(before: events.remove(at: place), after: nil))
          default:
            if events.isEmpty { continue }
            let place = random.int(0...(events.count - 1))
            if change.events.contains(where: { $0.after?.id == events[place].id }) { continue }
            var event = world.event(&random)
            event.id = events[place].id
            change.events.append(EventChange(before: events[place], after: event))
            events[place] = event
          }
        }
        if random.int(0...3) == 0 {
          let asset = random.pick(world.coins + world.money)
          var series = QuoteSeries()
          series.append(Quote(day: Day(ordinal: 19_005), price: Price(number("77"), random.pick(world.money).asCurrency)))
          world.maker.replace(asset.raw == world.money[1].raw ? .fx : .close, asset, series)
          change.quotes.insert(asset)
        }
        if random.int(0...4) == 0 {
          world.maker.settings { $0.base = random.pick(world.money).asCurrency }
        }
        var fresh = loaded(world.maker.book, events)
        if random.int(0...4) == 0 { fresh.view = Set(world.accounts.prefix(2)) }
        try law(keeper.follow(change, fresh), "step \(step): the change does not fit")
        try compareTables(keeper.book.events, fresh.events, "step \(step)")
        try compare(keeper.booking, fresh.booked(asOf: asOf), "step \(step)")
        income = IncomeLedger(keeper.book, keeper.booking, asOf: today, after: income)
        try compareIncome(income, IncomeLedger(fresh, fresh.booked(asOf: asOf), asOf: today), fresh, "step \(step)")
        try compareOrder(income, keeper.booking, fresh, "step \(step)")
      }
    }
  }

  @Test func anySwitchOfTheRulesGivesWhatABookReadThatWayGives() throws {
    try withSeeds(500) { random in
      var world = World(&random)
      var book = loaded(world.maker.book, (0..<40).map { _ in world.event(&random) })
      var keeper = Bookkeeper(book)
      for step in 0..<5 {
        book.settings.method = random.pick(LotMethod.allCases)
        book.settings.scope = random.pick(LotScope.allCases)
        book.settings.feeRule = random.pick(FeeRule.allCases)
        book.settings.base = random.pick(world.money).asCurrency
        keeper.use(book.settings)
        try compare(keeper.booking, book.booked(), "step \(step), \(book.settings.method)")
      }
    }
  }

  /// 10 held on the first record day, 30 on the other: a return of 60 lowers the 10 by 6 each, or the 30 by 2 each.
  @Test func anotherRecordDayOfAReturnOfCapitalIsFollowed() throws {
    var maker = BookMaker()
    maker.event(.buy, "2024-01-02", "One", "ABC", "10", price: "9", "USD")
    maker.event(.buy, "2024-02-02", "One", "ABC", "20", price: "9", "USD")
    maker.event(.buy, "2024-02-02", "One", "DEF", "1", price: "9", "USD")
    maker.event(.returnOfCapital, "2024-03-02", "One", "ABC", gross: "60", "USD")
    maker.distribution("ABC", "return of capital", record: "2024-01-20", pay: "2024-03-01", "6")
    var keeper = Bookkeeper(maker.book)
    func costs() -> [Decimal?] { keeper.booking.lots.filter { $0.asset == maker.id("ABC") }.map(\.cost.value?.amount) }
    #expect(costs() == [number("30"), number("180")])
    var later = maker.book
    later.distributions[0].record = day("2024-02-20")
    let follows = keeper.follow(LedgerChange(), later)
    #expect(follows && keeper.groupsBooked == 1)
    #expect(costs() == [number("70"), number("140")])
    later.distributions = []
    let followsToo = keeper.follow(LedgerChange(), later)
    #expect(followsToo && costs() == later.booked().lots.filter { $0.asset == maker.id("ABC") }.map(\.cost.value?.amount))
  }

  @Test func anEditBooksOnlyTheGroupsItTouches() throws {
    var maker = BookMaker()
    for coin in ["ABC", "DEF", "GAS"] {
      maker.event(.buy, "2024-01-01", "One", coin, "1", price: "10", "USD")
    }
    var keeper = Bookkeeper(maker.book)
    #expect(keeper.groupsBooked == 3)
    // A purchase of ABC with a fee in GAS is a disposal of GAS: two groups.
    var event = Event(
      id: EventID(9), kind: .buy, time: Instant("2024-02-01T00:00:00Z") ?? Instant(microseconds: 0), asset: maker.id("ABC"),
      batch: BatchID(1))
    event.account = maker.account("One")
    event.quantity = number("1")
    event.gross = number("12")
    event.currency = maker.id("USD").asCurrency
    event.fee = number("0.5")
    event.feeAsset = maker.id("GAS")
    let follows = keeper.follow(LedgerChange(events: [EventChange(before: nil, after: event)]), maker.book)
    #expect(follows)
    #expect(keeper.groupsBooked == 2)
    #expect(keeper.booking.positions.map(\.quantity) == [number("-42"), number("2"), number("1"), number("0.5")])
    // An event that was never there is told.
    event.id = EventID(10)
    let followsToo = keeper.follow(LedgerChange(events: [EventChange(before: event, after: nil)]), maker.book)
    #expect(!followsToo)
  }
}
