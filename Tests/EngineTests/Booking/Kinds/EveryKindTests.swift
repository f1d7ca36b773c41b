import Amounts
import Engine
import Ledger
import TestSupport
import Testing

/// Laws over random histories of every kind of event.
struct EveryKindTests {
  /// A random history in which nothing more leaves than is there, every value is stated in dollars, and no lot leaves without a disposal.
  private struct History {
    var maker = BookMaker()
    /// What all acquisitions cost together.
    var costIn = Decimal.zero
    /// What was given back of it.
    var returned = Decimal.zero
    /// What left at its cost, without a disposal.
    var left = Decimal.zero
    /// The kinds that happened.
    var kinds: Set<EventKind> { Set(maker.book.events.indices.map { maker.book.events.kind(at: $0) }) }
    private let accounts = ["One", "Two"]
    private let assets = ["ABC", "DEF", "GHI"]

    /// - Parameter coins: whether coins are paid with, whose cost in dollars hangs on quotes.
    init(_ random: inout SplitMix64, payingWithCoins coins: Bool) throws {
      for name in accounts { maker.account(name) }
      for symbol in assets { maker.id(symbol) }
      maker.asset("EUR", .cash)
      maker.settings { settings in
        settings.method = random.pick(LotMethod.allCases)
        settings.scope = random.pick(LotScope.allCases)
        settings.feeRule = random.pick(FeeRule.allCases)
        settings.gifts = .disposal
      }
      for step in 0..<random.int(6...28) { try add(step, &random, coins) }
    }

    private mutating func add(_ step: Int, _ random: inout SplitMix64, _ coins: Bool) throws {
      let date = "\(Day(ordinal: Int32(19_000 + step)))"
      let (symbol, account) = (random.pick(assets), random.pick(accounts))
      let other = random.pick(assets.filter { $0 != symbol })
      let target = maker.id(other)
      let elsewhere = maker.account(random.pick(accounts.filter { $0 != account }))
      func amount(_ random: inout SplitMix64) -> Decimal {
        Decimal(mantissa: Int128(random.int(1...99_999_999)), scale: UInt8(random.int(0...6)))
      }
      let (quantity, gross, more) = (amount(&random), amount(&random), amount(&random))
      let held = max(maker.position(symbol, account)?.quantity ?? .zero, .zero)
      // Some tenths of what is there, exactly.
      let part = try held.multiplied(by: Decimal(mantissa: Int128(random.int(1...10)), scale: 1), places: 24)
      let share = Decimal(mantissa: Int128(random.int(0...100)), scale: 2)
      let fee = random.int(0...2) == 0 ? amount(&random) : nil
      let isCapitalized = maker.book.settings.feeRule == .capitalized
      func event(_ kind: EventKind, _ units: Decimal?, gross: Decimal?, edit: (inout Event) -> Void = { _ in }) {
        maker.event(kind, date, account, symbol, units?.description, gross: gross?.description, gross == nil ? nil : "USD", edit: edit)
      }
      func withFee(_ event: inout Event) {
        (event.fee, event.feeValue, event.feeAsset) = (fee, fee, fee == nil ? nil : AssetID(1))
      }
      switch random.int(0...25) {
      case 0, 1, 2:
        event(.buy, quantity, gross: gross, edit: withFee)
        costIn = try costIn.adding(gross).adding(isCapitalized ? fee ?? .zero : .zero)
      case 3:
        let kind = random.pick([EventKind.deposit, .giftIn, .adjust, .feeRefund, .taxRefund])
        event(kind, quantity, gross: gross)
        costIn = try costIn.adding(gross)
      case 4:
        event(.deliveryIn, quantity, gross: gross, edit: withFee)
        costIn = try costIn.adding(gross).adding(isCapitalized ? fee ?? .zero : .zero)
      case 5:
        event(random.pick([.reward, .airdrop, .mining]), quantity, gross: gross)
        costIn = try costIn.adding(gross)
      case 6:
        event(
          .dividend, quantity, gross: try gross.adding(more),
          edit: extra {
            $0.toAsset = target
            $0.toQuantity = quantity
          })
        costIn = try costIn.adding(gross).adding(more)
      case 7 where part.isPositive:
        event(
          .swap, part, gross: gross,
          edit: extra {
            $0.toAsset = target
            $0.toQuantity = quantity
          })
        costIn = try costIn.adding(gross)
      case 8 where part.isPositive:
        event(random.pick([.sell, .redemption, .liquidation, .deliveryOut]), part, gross: gross, edit: withFee)
      case 9 where part.isPositive:
        event(random.pick([.giftOut, .donateOut, .fee, .tax, .interestCharge, .writeoff, .slash]), part, gross: gross)
      case 10 where part.isPositive: event(.transfer, part, gross: nil) { $0.toAccount = elsewhere }
      case 11 where part.isPositive: event(.stake, part, gross: nil) { $0.toAccount = elsewhere }
      case 12 where part.isPositive:
        let charge = try part.multiplied(by: Decimal(mantissa: 1, scale: 1), places: 24)
        event(.transfer, part, gross: nil) { event in
          (event.toAccount, event.fee, event.feeAsset, event.feeValue, event.currency) = (
            elsewhere, charge, event.asset, more, Currency(id: 1)
          )
        }
      case 13:
        event(.split, nil, gross: nil) { event in
          if share > Decimal(mantissa: 5, scale: 1) { event.account = nil }
          event.extra = EventExtra()
          event.extra?.ratio = Ratio(["2:1", "1:3", "3:2", "1:10"][step % 4])
        }
      case 14 where part.isPositive:
        event(
          random.pick([.migration, .merger, .wrap, .unwrap]), part, gross: nil,
          edit: extra {
            $0.toAsset = target
            $0.ratio = Ratio("3:7")
          })
      case 15 where part.isPositive:
        // The price of what arrives decides which share of the cost the cash takes.
        maker.quote(.close, date, other, more.description)
        event(
          .merger, part, gross: gross,
          edit: extra {
            $0.toAsset = target
            $0.toQuantity = quantity
          })
      case 16 where held.isPositive:
        event(
          .spinoff, nil, gross: nil,
          edit: extra {
            $0.toAsset = target
            $0.toQuantity = quantity
            $0.basisShare = share
          })
      case 17 where held.isPositive:
        event(.returnOfCapital, nil, gross: gross)
        returned = try returned.adding(gross)
      case 18 where part.isPositive: event(.merger, part, gross: gross)
      case 19 where part.isPositive:
        let (from, to) = (maker.account(account), maker.id(other))
        let asset = maker.id(symbol)
        event(
          .swap, nil, gross: gross,
          edit: extra {
            $0.legs = [
              Leg(account: from, asset: asset, quantity: -part, role: .principal),
              Leg(account: elsewhere, asset: to, quantity: quantity, role: .principal),
            ]
          })
        costIn = try costIn.adding(gross)
      case 20 where coins && part.isPositive:
        // Pays for one coin with another, at a quote of two dollars.
        maker.quote(.close, date, symbol, "2")
        maker.event(.buy, date, account, other, quantity.description, gross: part.description, symbol)
      case 21 where part.isPositive:
        let before = try cost(of: symbol)
        let kind = random.pick([EventKind.withdraw, .adjust])
        event(kind, kind == .adjust ? -part : part, gross: nil)
        left = try left.adding(before).subtracting(cost(of: symbol))
      case 22:
        // Nothing of these touches lots: money that comes and goes, and units that only change their state.
        let kind = random.pick([EventKind.dividend, .interest, .convert, .unstake])
        if kind == .convert {
          maker.event(kind, date, account, "EUR", quantity.description, gross: gross.description, "USD")
        } else {
          event(kind, kind == .unstake ? part : quantity, gross: kind == .unstake ? nil : gross)
        }
      case 23 where part.isPositive:
        // A fee in a third asset is a disposal of that asset at its value.
        let dear = maker.id(symbol)
        maker.event(.buy, date, account, other, quantity.description, gross: gross.description, "USD") { event in
          (event.fee, event.feeAsset, event.feeValue) = (part, dear, more)
        }
        costIn = try costIn.adding(gross).adding(isCapitalized ? more : .zero)
      default: break
      }
    }

    /// What the open lots of an asset cost.
    private mutating func cost(of symbol: String) throws -> Decimal {
      try maker.lots(symbol).reduce(.zero) { try $0.adding($1.costBase.value ?? .zero) }
    }
  }

  @Test func everyKindButLoansIsAmongThem() throws {
    var kinds: Set<EventKind> = []
    try withSeeds(200) { random in kinds.formUnion(try History(&random, payingWithCoins: true).kinds) }
    // Loans may fall below zero and have laws of their own.
    #expect(Set(EventKind.allCases).subtracting(kinds) == [.borrow, .repay])
  }

  @Test func quantitiesAreConservedByEveryKind() throws {
    try withSeeds(800) { random in
      let book = try History(&random, payingWithCoins: true).maker.book
      let booking = book.booked()
      for position in booking.positions where book.assets[position.asset]?.hasLots == true {
        var sum = Decimal.zero
        for lot in booking.lots where lot.asset == position.asset && lot.account == position.account { sum = try sum.adding(lot.quantity) }
        try law(sum == position.quantity, "asset \(position.asset.raw): \(position.quantity), its lots \(sum)")
        try law(!position.quantity.isNegative, "asset \(position.asset.raw) in \(position.account.raw) fell to \(position.quantity)")
      }
    }
  }

  /// What was paid is what left with the disposals plus what is still there; capital that was returned lowers it, but for what was gain.
  @Test func costIsConservedByEveryKind() throws {
    try withSeeds(800) { random in
      let history = try History(&random, payingWithCoins: false)
      let booking = history.maker.book.booked(pieces: true)
      var (out, excess) = (Decimal.zero, Decimal.zero)
      for piece in booking.pieces {
        guard case .known(let cost) = piece.costBase else { throw LawBroken("a piece of unknown cost: \(piece.kind)") }
        out = try out.adding(cost)
        if piece.kind == .rocExcess { excess = try excess.adding(piece.proceedsBase.value ?? .zero) }
      }
      for lot in booking.lots {
        guard case .known(let cost) = lot.costBase else { throw LawBroken("a lot of unknown cost: event \(lot.event.raw)") }
        try law(!cost.isNegative, "event \(lot.event.raw): a lot costs \(cost)")
        out = try out.adding(cost)
      }
      let wanted = try history.costIn.subtracting(history.returned).subtracting(history.left).adding(excess)
      try law(out == wanted, "paid \(history.costIn), returned \(history.returned) of it \(excess) as gain, accounted for \(out)")
    }
  }

  /// Events of one instant in different accounts: the order in which they were recorded does not matter.
  @Test func eventsOfOneInstantDoNotDependOnTheirOrder() throws {
    try withSeeds(500) { random in
      let accounts = ["One", "Two", "Three"]
      var rows: [(EventKind, String, String, String, Int)] = []
      for step in 0..<random.int(2...12) {
        for account in accounts {
          let kind = random.pick([EventKind.buy, .sell, .reward, .giftOut, .fee])
          rows.append((kind, "\(Day(ordinal: Int32(19_000 + step)))", account, random.pick(["ABC", "DEF"]), random.int(1...99)))
        }
      }
      func booked(_ rows: [(EventKind, String, String, String, Int)]) -> Booking {
        var maker = BookMaker()
        for account in accounts { maker.account(account) }
        for symbol in ["ABC", "DEF"] { maker.id(symbol) }
        for row in rows { maker.event(row.0, row.1, row.2, row.3, "\(row.4)", price: "\(row.4 % 7 + 1)", "USD") }
        return maker.book.inOrder.booked()
      }
      let first = booked(rows)
      for place in rows.indices.reversed() { rows.swapAt(place, random.int(0...place)) }
      let second = booked(rows)
      try law(first.positions == second.positions, "the order of recording changed a position")
    }
  }
}

extension Book {
  /// The book with its events in their total order, as after loading.
  fileprivate var inOrder: Book {
    var book = self
    var ranks: [Int32: Int32] = [:]
    for (rank, account) in accounts.values.sorted(by: { ($0.name, $0.id) < ($1.name, $1.id) }).enumerated() {
      ranks[account.id.raw] = Int32(rank)
    }
    book.events.sort(accountRank: ranks)
    return book
  }
}
