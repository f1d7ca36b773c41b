import Amounts
import Ledger
import TestSupport
import Testing

/// A series gives back what was put in, however it is stored.
struct QuoteSeriesTests {
  private func quotes(_ random: inout SplitMix64, currencies: Int) -> [Quote] {
    (0..<random.int(0...30)).map { day in
      var quote = Quote(
        day: Day(ordinal: Int32(day)), price: Price(Decimal(random.int(1...999)), Currency(id: Int32(random.int(1...currencies)))))
      quote.isAdjusted = random.int(0...3) == 0
      quote.source = random.pick(["", "", "feed"])
      return quote
    }
  }

  @Test func everyQuoteComesBackWithItsCurrency() throws {
    try withSeeds(200) { random in
      let quotes = quotes(&random, currencies: random.int(1...3))
      var series = QuoteSeries()
      for quote in quotes { series.append(quote) }
      func all(_ series: QuoteSeries) -> [Quote] { (0..<series.count).map { series[$0] } }
      try law(all(series) == quotes, "as they came")
      try law(series.quotedIn == Set(quotes.map(\.price.currency.id)), "the currencies that occur")
      try law(all(series.compact()) == quotes, "compact")
      let most = random.int(0...40)
      try law(all(series.suffix(most)) == Array(quotes.suffix(most)), "the last \(most)")
      series.removeAll()
      try law(series.count == 0 && series.quotedIn.isEmpty, "nothing left")
      for quote in quotes { series.append(quote) }
      try law(all(series) == quotes, "filled again")
    }
  }
}
