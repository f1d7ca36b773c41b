import Amounts
import Ledger
import TestSupport
import Testing

@testable import Engine

/// A table of rates says of every day what the quotes say of it.
struct RateTableTests {
  /// Some currencies with exchange rates and market prices in one another, some days without any, some stale, some of two currencies.
  private func quotes(_ random: inout SplitMix64, from first: Day, days: Int) -> QuoteBook {
    var quotes = QuoteBook()
    for id in Int32(1)...5 {
      var series = QuoteSeries()
      for offset in 0..<days where random.int(0...4) == 0 {
        for _ in 0..<random.int(1...2) {
          let price = Decimal(mantissa: Int128(random.int(1...999_999)), scale: UInt8(random.int(0...8)))
          series.append(Quote(day: first + offset, price: Price(price, Currency(id: Int32(random.int(1...5))))))
        }
      }
      switch random.int(0...2) {
      case 0: quotes.fx[AssetID(id)] = series
      case 1: quotes.market[AssetID(id)] = series
      default: break
      }
    }
    if random.int(0...1) == 0 { quotes.pegs[AssetID(Int32(random.int(4...5)))] = Currency(id: Int32(random.int(1...3))) }
    return quotes
  }

  @Test func everyDayIsAsTheQuotesSay() throws {
    try withSeeds(200) { random in
      let first = Day(ordinal: 20_000)
      let quotes = quotes(&random, from: first, days: 40)
      let base = Currency(id: Int32(random.int(1...5)))
      let currencies = (Int32(1)...6).map { Currency(id: $0) }
      var table = RateTable(quotes, base: base, currencies: currencies, from: first + 5, to: first + 30)
      func check() throws {
        for currency in currencies {
          for offset in 5...30 {
            let wanted = quotes.rate(from: currency, to: base, on: first + offset).value
            let got = table.rate(currency, first + offset)
            try law(got == wanted, "\(currency) on day \(offset): \(String(describing: got)), not \(String(describing: wanted))")
          }
        }
      }
      try check()
      table.reach(first + 2, quotes)
      table.reach(first + 44, quotes)
      try check()
      for offset in [2, 3, 44] {
        let wanted = quotes.rate(from: currencies[1], to: base, on: first + offset).value
        try law(table.rate(currencies[1], first + offset) == wanted, "reached day \(offset)")
      }
    }
  }

  @Test func aTableWithoutDaysCanReachSome() {
    var series = QuoteSeries()
    // One unit of currency 2 is 4 of currency 1, so that one of currency 1 is 0.25.
    series.append(Quote(day: Day(ordinal: 20_000), price: Price(4, Currency(id: 1))))
    var quotes = QuoteBook()
    quotes.fx[AssetID(2)] = series
    let day = Day(ordinal: 20_003)
    var table = RateTable(quotes, base: Currency(id: 2), currencies: [Currency(id: 1)], from: day, to: day - 1)
    #expect(table.rate(Currency(id: 1), day) == nil)
    table.reach(day, quotes)
    #expect(table.rate(Currency(id: 1), day) == Decimal("0.25"))
    #expect(table.rate(Currency(id: 9), day) == nil)
  }
}
