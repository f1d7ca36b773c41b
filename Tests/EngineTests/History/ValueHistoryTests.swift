import Amounts
import Engine
import Ledger
import TestSupport
import Testing

/// The daily history says what valuing each day on its own would say.
struct ValueHistoryTests {
  @Test func everyDayIsTheValueOfThatDay() throws {
    try withSeeds(60) { random in
      let book = ValueHistoryTests.book(&random)
      let last = day("2024-04-30")
      for point in ValueHistory(book, upTo: last).points {
        // Quotes alone; what was traded is found apart, and must be what the valuer of the whole book takes.
        var quoted = book
        quoted.settings.tradePrices = false
        let valuer = Valuer(book: quoted, on: point.day)
        let whole = Valuer(book: book, on: point.day)
        let steps = QuantitySteps(book, upTo: point.day)
        var total = Decimal.zero
        var (unpriced, atTrade) = (0, 0)
        for asset in steps.assets {
          let held = steps.quantity(of: asset, at: point.day)
          if held.isZero { continue }
          var price = valuer.unit(asset).price.value
          if price == nil, let trade = ValueHistoryTests.lastPurchase(of: asset, book, on: point.day) {
            price = trade
            atTrade += 1
            try law(whole.unit(asset).source == .trade && whole.unit(asset).price == .known(trade), "\(point.day): another price")
          }
          guard let price, let value = try? held.multiplied(by: price.perUnit),
            let rate = book.quotes.rate(from: price.currency, to: book.settings.base, on: point.day).value
          else {
            unpriced += 1
            continue
          }
          total = (try? total.adding(value.multiplied(by: rate))) ?? total
        }
        try law(point.value == total, "\(point.day): \(point.value) is not \(total)")
        try law(point.unpriced == unpriced, "\(point.day): \(point.unpriced) unpriced, not \(unpriced)")
        try law(point.atTrade == atTrade, "\(point.day): \(point.atTrade) at trade, not \(atTrade)")
      }
    }
  }

  /// The price of the last purchase up to a day, in units of the day; the purchases of ``book(_:)`` are all at a price.
  private static func lastPurchase(of asset: AssetID, _ book: Book, on day: Day) -> Price? {
    var found: Price?
    for index in book.events.indices {
      let event = book.events[index]
      if book.settings.zone.day(of: event.time) > day || event.asset != asset { continue }
      if event.kind == .buy, let price = event.price, let currency = event.currency { found = Price(price, currency) }
      if event.kind == .split, let ratio = event.extra?.ratio, let price = found {
        let amount = try? price.perUnit.share(Decimal(Int(ratio.old)), of: Decimal(Int(ratio.new)))
        found = Price(amount ?? .zero, price.currency)
      }
    }
    return found
  }

  /// Three assets in two currencies, with splits, gaps in the quotes, purchases, sales and transfers.
  static func book(_ random: inout SplitMix64) -> Book {
    var maker = BookMaker()
    maker.asset("EUR", .cash)
    maker.asset("COIN", .crypto)
    maker.asset("TOKN", .security)
    maker.asset("UTIL", .utility, cadence: .weekly)
    let start = day("2024-01-01")
    func pick(_ count: UInt64) -> Int { Int(random.next() % count) }
    // A coin that nobody quotes before the middle of the time, in half of the books.
    let coinFrom = pick(2) == 0 ? 60 : 0
    for offset in 0..<120 {
      let on = (start + offset).description
      if offset >= coinFrom, pick(3) > 0 { maker.quote(.close, on, "COIN", "\(100 + pick(50)).\(pick(100))", "EUR") }
      if pick(20) == 0 { maker.quote(.close, on, "TOKN", "1.\(pick(900))") }
      if pick(30) == 0 { maker.quote(.nav, on, "TOKN", "1.\(pick(900))") }
      if pick(9) == 0 { maker.quote(.close, on, "UTIL", "0.\(1 + pick(90))", "EUR") }
      if pick(4) > 0 { maker.quote(.fx, on, "EUR", "1.0\(1 + pick(90))") }
      if pick(60) == 0 {
        maker.split(on, "COIN", "2:1")
        maker.event(.split, on + "T00:00:00Z", nil, "COIN") {
          var extra = EventExtra()
          extra.ratio = Ratio("2:1")
          $0.extra = extra
        }
      }
      let symbol = ["COIN", "TOKN", "UTIL"][pick(3)]
      switch pick(6) {
      case 0: maker.event(.buy, on, "A", symbol, "\(1 + pick(9)).\(pick(1000))", price: "3", gross: "\(10 + pick(90))", "USD")
      case 1: maker.event(.transfer, on, "A", symbol, "0.5") { $0.toAccount = AccountID(1) }
      case 2: maker.event(.sell, on, "A", symbol, "0.25", gross: "5", "EUR")
      default: break
      }
    }
    return maker.book
  }

  @Test func quantitiesFollowEveryKindOfEvent() {
    var maker = BookMaker()
    let (usd, x) = (maker.id("USD"), maker.asset("X", .crypto))
    let y = maker.asset("Y", .crypto)
    maker.event(.deposit, "2024-01-01", "A", "USD", "1000")
    maker.event(.buy, "2024-01-02", "A", "X", "10", price: "20", gross: "200", "USD") {
      $0.fee = 1
      $0.feeAsset = usd
    }
    maker.event(.transfer, "2024-01-03", "A", "X", "4") {
      $0.toAccount = AccountID(2)
      $0.fee = number("0.5")
      $0.feeAsset = x
    }
    maker.account("B")
    maker.event(.swap, "2024-01-04", "A", "X", "2") {
      var extra = EventExtra()
      extra.toAsset = y
      extra.toQuantity = 7
      $0.extra = extra
    }
    maker.event(.reward, "2024-01-05", "A", "Y", "1")
    maker.event(.dividend, "2024-01-06", "A", "X", "7.5", gross: "30", "USD") { $0.tax = 3 }
    maker.event(.stake, "2024-01-07", "A", "Y", "5")
    maker.event(.adjust, "2024-01-08", "A", "Y", "-0.5")
    maker.event(.sell, "2024-01-09", "A", "X", "1", gross: "50", "USD") { $0.status = .void }
    let steps = QuantitySteps(maker.book, upTo: day("2024-02-01"))
    func held(_ asset: AssetID, _ on: String) -> Decimal { steps.quantity(of: asset, at: day(on)) }
    #expect(held(usd, "2024-01-01") == 1000)
    #expect(held(usd, "2024-01-02") == 799)  // 1000 - 200 - 1
    #expect(held(x, "2024-01-02") == 10)
    #expect(held(x, "2024-01-03") == number("9.5"))  // the fee is gone, the rest only moved
    #expect(held(x, "2024-01-04") == number("7.5"))
    #expect(held(y, "2024-01-04") == 7)
    #expect(held(y, "2024-01-05") == 8)
    #expect(held(usd, "2024-01-06") == 826)  // 799 + 30 - 3
    #expect(held(y, "2024-01-08") == number("7.5"))
    #expect(held(x, "2024-01-31") == number("7.5"))  // a void sale moves nothing
    #expect(held(x, "2023-12-31") == 0)
  }

  @Test func nothingHeldIsNoHistory() {
    #expect(ValueHistory(BookMaker().book, upTo: day("2024-01-01")).points.isEmpty)
  }
}
