import Amounts
import Engine
import Ledger
import TestSupport
import Testing

/// Laws that hold for every history, tried on thousands of random ones.
struct ConservationTests {
  /// A random history over three coins, a stablecoin, dollars and three accounts. No splits or migrations: those change units.
  private func history(_ random: inout SplitMix64) -> BookMaker {
    var maker = BookMaker()
    maker.asset("USDX", .stablecoin, currency: "USD")
    let coins = ["ABC", "DEF", "GAS"].map { maker.id($0) }
    let accounts = ["One", "Two", "Three"].map { maker.account($0) }
    if random.int(0...1) == 0 { maker.assign("Two", to: "Other") }
    let kinds: [EventKind] = [
      .buy, .buy, .sell, .swap, .transfer, .deposit, .withdraw, .reward, .dividend, .giftIn, .giftOut, .fee, .adjust, .deliveryIn,
      .deliveryOut,
      .writeoff, .slash, .redemption, .borrow, .repay, .stake, .airdrop,
    ]
    func amount(_ random: inout SplitMix64) -> Decimal {
      Decimal(mantissa: Int128(random.int(1...999_999_999)), scale: UInt8(random.int(0...9)))
    }
    for index in 0..<random.int(5...60) {
      let kind = random.pick(kinds)
      let day = Day(ordinal: Int32(19_000 + index))
      let money = random.pick(["USD", "USD", "USDX"])
      let symbol = ["ABC", "DEF", "GAS"][random.int(0...2)]
      var quantity = amount(&random)
      if kind == .adjust && random.int(0...1) == 0 { quantity = -quantity }
      let price = amount(&random)
      let (fee, tax, other) = (amount(&random), amount(&random), amount(&random))
      let (feeAsset, target, to) = (random.pick(coins), random.pick(coins), random.pick(accounts))
      let choice = random.int(0...3)
      maker.event(kind, "\(day)", random.pick(["One", "Two", "Three"]), symbol, quantity.description, price: price.description, money) {
        event in
        // A network fee is part of what is sent, so it cannot be larger.
        if choice == 0, kind != .transfer || fee < quantity {
          event.fee = fee
          event.feeAsset = feeAsset
          event.feeValue = tax
        }
        if choice == 1, kind == .dividend || kind == .sell { event.tax = tax }
        if kind == .transfer || (kind == .stake && choice == 2) { event.toAccount = to }
        if kind == .swap {
          var extra = EventExtra()
          extra.toAsset = target
          extra.toQuantity = other
          event.extra = extra
        }
      }
    }
    return maker
  }

  /// Every way of matching lots in turn, at random.
  private func settings(_ random: inout SplitMix64, _ settings: inout BookSettings) {
    settings.method = random.pick(LotMethod.allCases)
    settings.scope = random.pick(LotScope.allCases)
    settings.feeRule = random.pick(FeeRule.allCases)
    // Half of the books change their rules on the way.
    for _ in 0..<max(0, random.int(-3...3)) {
      settings.rules.append(
        LotRule(
          portfolio: random.pick(["", "", "Other"]), from: Day(ordinal: Int32(19_000 + random.int(0...50))),
          method: random.pick(LotMethod.allCases), scope: random.pick(LotScope.allCases), feeRule: random.pick(FeeRule.allCases)))
    }
  }

  @Test func everyPositionIsTheSumOfItsMovements() throws {
    try withSeeds(3000) { random in
      var book = history(&random).book
      settings(&random, &book.settings)
      var sums: [String: Decimal] = [:]
      for index in book.events.indices {
        for leg in book.events.legs(at: index) {
          let key = "\(leg.asset.raw) \(leg.account.raw)"
          sums[key] = try (sums[key] ?? .zero).adding(leg.quantity)
        }
      }
      for position in book.booked().positions {
        let key = "\(position.asset.raw) \(position.account.raw)"
        let wanted = sums.removeValue(forKey: key) ?? .zero
        try law(position.quantity == wanted, "asset and account \(key): \(position.quantity), its movements add up to \(wanted)")
      }
      for (key, rest) in sums { try law(rest.isZero, "asset and account \(key) moved \(rest) and has no position") }
    }
  }

  @Test func everyPositionIsTheSumOfItsLots() throws {
    try withSeeds(3000) { random in
      var book = history(&random).book
      settings(&random, &book.settings)
      let booking = book.booked()
      for position in booking.positions where book.assets[position.asset]?.hasLots == true {
        var sum = Decimal.zero
        for lot in booking.lots where lot.asset == position.asset && lot.account == position.account { sum = try sum.adding(lot.quantity) }
        try law(sum == position.quantity, "asset \(position.asset.raw): \(position.quantity), its lots \(sum)")
      }
    }
  }

  /// Buys, sales and transfers of one coin, nothing short: what was paid is what left with the sales plus what is still there.
  @Test func costIsConservedToTheLastDigit() throws {
    try withSeeds(3000) { random in
      var maker = BookMaker()
      let accounts = ["One", "Two"]
      let ids = accounts.map { maker.account($0) }
      if random.int(0...1) == 0 { maker.assign("Two", to: "Other") }
      var held = [0, 0]
      var paid = Decimal.zero
      for index in 0..<random.int(5...50) {
        let day = Day(ordinal: Int32(19_000 + index))
        let place = random.int(0...1)
        switch random.int(0...2) {
        case 0:
          let (units, gross) = (random.int(1...1_000_000), Decimal(mantissa: Int128(random.int(1...99_999_999)), scale: 7))
          held[place] += units
          paid = try paid.adding(gross)
          maker.event(.buy, "\(day)", accounts[place], "ABC", "\(units)", gross: gross.description, "USD")
        case 1 where held[place] > 0:
          let units = random.int(1...held[place])
          held[place] -= units
          maker.event(.sell, "\(day)", accounts[place], "ABC", "\(units)", gross: "1", "USD")
        case 2 where held[place] > 0:
          let units = random.int(1...held[place])
          held[place] -= units
          held[1 - place] += units
          maker.event(.transfer, "\(day)", accounts[place], "ABC", "\(units)", "USD") { $0.toAccount = ids[1 - place] }
        default: break
        }
      }
      // Capitalized would be the same: there are no fees.
      maker.settings { settings(&random, &$0) }
      let booking = maker.book.booked(pieces: true)
      var left = Decimal.zero
      for piece in booking.pieces { left = try left.adding(piece.cost.value?.amount ?? .zero) }
      for lot in booking.lots { left = try left.adding(lot.cost.value?.amount ?? .zero) }
      try law(left == paid, "paid \(paid), accounted for \(left)")
      var proceeds = Decimal.zero
      for piece in booking.pieces { proceeds = try proceeds.adding(piece.proceeds.value?.amount ?? .zero) }
      let sales = maker.book.events.indices.filter { maker.book.events.kind(at: $0) == .sell }.count
      try law(proceeds == Decimal(sales), "\(sales) sales for 1 each, proceeds \(proceeds)")
    }
  }

  @Test func bookingTwiceGivesTheSameWhicheverThreadIsFirst() throws {
    try withSeeds(200) { random in
      var book = history(&random).book
      settings(&random, &book.settings)
      let (first, second) = (book.booked(pieces: true), book.booked(pieces: true))
      try law(first.positions == second.positions && first.lots == second.lots, "positions or lots differ")
      try law(first.pieces == second.pieces && first.receipts == second.receipts && first.issues == second.issues, "pieces differ")
    }
  }
}
