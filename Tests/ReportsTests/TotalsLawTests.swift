import Amounts
import Engine
import Ledger
import Reports
import TestSupport
import Testing

/// One total: what holdings add up to is what performance measures, whatever happened.
///
/// Over the whole history, with all prices known: return of the overview = sum of the holdings' returns = end value - flows.
struct TotalsLawTests {
  /// A book of every kind of event, with a quote of everything on every day.
  struct Maker {
    var random: SplitMix64
    var maker = BookMaker()
    let currencies: [String]
    private let days = 40
    private let coins = ["TOK", "COI", "STK", "STB"]

    init(_ seed: UInt64, currencies: [String]) {
      random = SplitMix64(seed: seed)
      self.currencies = currencies
      for code in currencies where code != "USD" { maker.asset(code, .cash) }
      maker.settings { $0.incomePolicy = IncomePolicy("market") ?? .stated }
      maker.asset("TOK", .security, currency: "USD")
      maker.asset("COI", .crypto, currency: "USD")
      maker.asset("STK", .stock, currency: currencies.last ?? "USD")
      maker.asset("STB", .stablecoin, currency: "USD")
      for symbol in coins {
        for step in 0...days { maker.quote(.close, Maker.date(step), symbol, "\(random.int(2...40))", currency(of: symbol)) }
      }
      for code in currencies where code != "USD" {
        for step in 0...days { maker.quote(.fx, Maker.date(step), code, "1.\(random.int(0...9))") }
      }
    }

    static func date(_ step: Int) -> String { (day("2024-01-01") + step).description }
    private func currency(of symbol: String) -> String { symbol == "STK" ? currencies.last ?? "USD" : "USD" }

    mutating func some<T>(_ all: [T]) -> T { all[random.int(0...all.count - 1)] }

    /// Enough to start with, so that nothing is ever short.
    mutating func begin() {
      for account in ["A", "B"] {
        for code in currencies { maker.event(.deposit, Maker.date(0), account, code, "1000000") }
        for symbol in coins {
          maker.event(.buy, Maker.date(0), account, symbol, "1000", gross: "\(random.int(100...9000))", currency(of: symbol))
        }
      }
    }

    mutating func step(_ kind: EventKind, _ step: Int) {
      let (account, symbol, money) = (some(["A", "B"]), some(coins), some(currencies))
      let (units, gross) = ("\(random.int(1...9))", "\(random.int(5...200))")
      let other = coins.first { $0 != symbol } ?? "COI"
      let (otherID, there) = (maker.id(other), maker.account(account == "A" ? "B" : "A"))
      let own = currency(of: symbol)
      let fee: Decimal? = random.int(0...2) == 0 ? Decimal(random.int(1...3)) : nil
      let feeAsset = some([maker.id(own), maker.id(own), maker.id(symbol), maker.id("COI")])
      let tax: Decimal? = random.int(0...3) == 0 ? Decimal(random.int(1...3)) : nil
      let time = Maker.date(step)
      let (symbolID, ownID) = (maker.id(symbol), maker.id(own))
      let feeAssets = [maker.id("COI")]
      func bear(_ event: inout Event) {
        if let fee { (event.fee, event.feeAsset) = (fee, feeAsset) }
      }
      func tell(_ event: inout Event, _ edit: (inout EventExtra) -> Void) {
        var extra = event.extra ?? EventExtra()
        edit(&extra)
        event.extra = extra
      }
      switch kind {
      case .buy, .sell, .redemption:
        maker.event(kind, time, account, symbol, units, gross: gross, own) { event in
          bear(&event)
          event.tax = tax
        }
      case .swap:
        maker.event(kind, time, account, symbol, units) { event in
          bear(&event)
          tell(&event) { ($0.toAsset, $0.toQuantity) = (otherID, Decimal(3)) }
        }
      case .convert: maker.event(kind, time, account, symbol, units, gross: gross, own, edit: bear)
      case .dividend, .interest:
        maker.event(kind, time, account, symbol, nil, gross: gross, money) { $0.tax = tax }
      case .reward, .airdrop, .mining:
        maker.event(kind, time, account, symbol, units) { event in
          if let fee { (event.fee, event.feeAsset) = (fee, event.asset) }
        }
      case .returnOfCapital: maker.event(kind, time, account, symbol, nil, gross: gross, own) { $0.tax = tax }
      case .fee, .tax, .interestCharge:
        if random.int(0...1) == 0 {
          maker.event(kind, time, account, money, units)
        } else {
          maker.event(kind, time, account, symbol, nil, gross: gross, money)
        }
      case .feeRefund, .taxRefund:
        if random.int(0...1) == 0 {
          maker.event(kind, time, account, money, units)
        } else {
          maker.event(kind, time, account, symbol, nil, gross: gross, money)
        }
      case .deposit, .giftIn:
        maker.event(kind, time, account, random.int(0...1) == 0 ? money : symbol, units, gross: nil, nil) { event in
          if event.asset == symbolID { (event.gross, event.currency) = (Decimal(7), ownID.asCurrency) }
        }
      case .deliveryIn, .deliveryOut: maker.event(kind, time, account, symbol, units, gross: gross, own, edit: bear)
      case .withdraw: maker.event(kind, time, account, random.int(0...1) == 0 ? money : symbol, units, edit: bear)
      case .giftOut, .donateOut, .writeoff, .slash: maker.event(kind, time, account, symbol, units, edit: bear)
      case .adjust:
        if random.int(0...1) == 0 {
          maker.event(kind, time, account, symbol, "-" + units)
        } else {
          maker.event(kind, time, account, symbol, units, gross: gross, own)
        }
      case .transfer, .stake, .unstake:
        let (moved, choice) = (some([symbol, money]), random.int(0...2))
        maker.event(kind, time, account, moved, units) { event in
          event.toAccount = there
          if fee != nil { (event.fee, event.feeAsset) = (.one, ([event.asset, ownID] + feeAssets)[choice]) }
        }
      case .split:
        maker.event(kind, time, nil, symbol) { event in tell(&event) { $0.ratio = Ratio("2:1") } }
        maker.split(time, symbol, "2:1")
      case .spinoff:
        maker.event(kind, time, account, symbol) { event in
          tell(&event) { ($0.toAsset, $0.toQuantity, $0.basisShare) = (otherID, Decimal(2), Decimal("0.25")) }
        }
      default: break
      }
    }
  }

  private static let kinds: [EventKind] = [
    .buy, .sell, .redemption, .swap, .convert, .dividend, .interest, .reward, .airdrop, .mining, .returnOfCapital, .fee, .tax,
    .interestCharge, .feeRefund, .taxRefund, .deposit, .giftIn, .deliveryIn, .deliveryOut, .withdraw, .giftOut, .donateOut, .writeoff,
    .slash, .adjust, .transfer, .stake, .unstake, .split,
  ]

  private func difference(_ book: Book, upTo last: Day) throws -> (totals: HoldingTotals, gain: Decimal, left: String) {
    let holdings = HoldingsReport(book, book.booked(asOf: last), asOf: last, closed: true)
    let performance = Performance(book, Performance.Question(to: last))
    let left = holdings.excluded.map { "\($0.asset.text) \($0.what) \($0.why.text)" }.joined(separator: ", ")
    return (holdings.totals, performance.gain, left)
  }

  /// One kind at a time, so that a kind that breaks the law has a name.
  @Test(arguments: kinds) func aKindAloneKeepsTheLaw(_ kind: EventKind) throws {
    for seed in 0..<40 {
      var maker = Maker(UInt64(seed), currencies: ["USD"])
      maker.begin()
      for step in 0..<3 { maker.step(kind, 5 + 7 * step) }
      let found = try difference(maker.maker.book, upTo: day(Maker.date(39)))
      try #require(found.left.isEmpty, "seed \(seed): \(found.left)")
      let off = try found.totals.totalReturn.subtracting(found.gain).magnitude
      try #require(off < Decimal(mantissa: 1, scale: 15), "\(kind) seed \(seed): \(found.totals.totalReturn) and \(found.gain)")
    }
  }

  /// All kinds together, in 2,000 books of one currency: equal to the last digit but those that 18 places of a quotient leave.
  @Test func everyBookKeepsTheLaw() throws {
    for seed in 0..<2000 {
      var maker = Maker(UInt64(1000 + seed), currencies: ["USD"])
      maker.begin()
      var step = 1
      while step < 38 {
        maker.step(maker.some(TotalsLawTests.kinds), step)
        step += maker.random.int(0...4)
      }
      let found = try difference(maker.maker.book, upTo: day(Maker.date(39)))
      try #require(found.left.isEmpty, "seed \(seed): \(found.left)")
      let off = try found.totals.totalReturn.subtracting(found.gain).magnitude
      try #require(off < Decimal(mantissa: 1, scale: 12), "seed \(seed): \(found.totals.totalReturn) and \(found.gain)")
    }
  }

  /// In several currencies each part counts at its own day's rate.
  @Test func booksOfSeveralCurrenciesKeepTheLaw() throws {
    for seed in 0..<300 {
      var maker = Maker(UInt64(9000 + seed), currencies: ["USD", "EUR"])
      maker.begin()
      var step = 1
      while step < 38 {
        maker.step(maker.some(TotalsLawTests.kinds), step)
        step += maker.random.int(0...4)
      }
      let found = try difference(maker.maker.book, upTo: day(Maker.date(39)))
      try #require(found.left.isEmpty, "seed \(seed): \(found.left)")
      let off = try found.totals.totalReturn.subtracting(found.gain).magnitude
      try #require(off < Decimal(mantissa: 1, scale: 9), "seed \(seed): \(found.totals.totalReturn) and \(found.gain)")
    }
  }
}
