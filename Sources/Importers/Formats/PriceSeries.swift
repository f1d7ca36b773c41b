import Amounts
import Ledger

// Prices and exchange rates that people download by hand.
extension ExportFormat {
  /// The European Central Bank's reference rates, of a day or since 1999: so many units of each currency for one euro.
  static let ecbRates = ExportFormat(
    id: "ecb.rates.v1", title: "ECB euro reference rates", account: "ECB",
    tables: [TableHeader(["Date", "USD", "JPY", "GBP", "CHF", "SEK"], optional: PriceSeries.euroCurrencies)],
    allowsExtraCells: true, decoding: .eachRow(PriceSeries.ecb))

  /// CoinGecko, a coin's Historical Data > Export. Neither coin nor currency are in the file.
  static let coinGeckoPrices = ExportFormat(
    id: "coingecko.prices.v1", title: "CoinGecko historical data", account: "CoinGecko",
    tables: [TableHeader(["snapped_at", "price", "market_cap", "total_volume"])],
    leavesOut: [LeftOut(["market_cap", "total_volume"], "the price alone values a holding")],
    decoding: .eachRow(PriceSeries.coinGecko))

  /// One price per row, with its symbol.
  static let symbolPrices = ExportFormat(
    id: "prices.bysymbol.v1", title: "Prices with their symbols", account: "Prices",
    tables: [TableHeader(["Date", "Symbol", "Price"], optional: ["Currency"])],
    accepts: { $0.names.count <= 4 }, decoding: .eachRow(PriceSeries.bySymbol))
}

enum PriceSeries {
  /// What the euro has been quoted in since 1999, beside the currencies that tell the file. New codes are read as well.
  static let euroCurrencies = [
    "AUD", "BGN", "BRL", "CAD", "CNY", "CYP", "CZK", "DKK", "EEK", "HKD", "HRK", "HUF", "IDR", "ILS", "INR", "ISK", "KRW", "LTL", "LVL",
    "MTL", "MXN", "MYR", "NOK", "NZD", "PHP", "PLN", "ROL", "RON", "RUB", "SGD", "SIT", "SKK", "THB", "TRL", "TRY", "ZAR",
  ]

  static func ecb(_ row: Row, _ file: FileContext) throws(RowProblem) -> RowOutcome {
    let day = try row.day("Date", ["yyyy-MM-dd", "d MMM yyyy", "d MMMM yyyy"])
    let euro = KnownMoney.asset("EUR")
    var facts: [Fact] = []
    for name in row.header.names where name.count == 3 && name.allSatisfy({ $0.isUppercase && $0.isASCII }) {
      guard let rate = try row.optionalDecimal(name), rate.isPositive else { continue }
      var quote = QuoteDraft(day: day, asset: euro, currency: AssetRef(name, AssetHint(assetClass: .cash)), price: rate, kind: .fx)
      quote.source = "ECB"
      facts.append(.quote(quote))
    }
    return facts.isEmpty ? .ignored("no rate on this day") : .facts(facts)
  }

  static func coinGecko(_ row: Row, _ file: FileContext) throws(RowProblem) -> RowOutcome {
    let (asset, currency) = try named(row, "price", file)
    let moment = try row.moment("snapped_at", ["yyyy-MM-dd HH:mm:ss[ Z]", "yyyy-MM-dd"], zone: .utc)
    guard let price = try row.optionalDecimal("price") else { return .ignored("no price on this day") }
    var quote = QuoteDraft(day: moment.dateOnly ?? moment.instant.dayUTC, asset: asset, currency: currency, price: price, kind: .close)
    quote.source = "CoinGecko"
    return .facts([.quote(quote)])
  }

  static func bySymbol(_ row: Row, _ file: FileContext) throws(RowProblem) -> RowOutcome {
    guard let currency = row.optionalText("Currency") ?? file.currency else {
      throw row.problem("Price", .unnamed(what: "currency", option: "--currency"))
    }
    let day = try row.day("Date", ["yyyy-MM-dd", "MMM d, yyyy", "d MMM yyyy"])
    let (code, price) = MinorMoney.major(currency, try row.decimal("Price"))
    let asset = KnownMoney.asset(try row.text("Symbol"))
    return .facts([
      .quote(QuoteDraft(day: day, asset: asset, currency: KnownMoney.asset(code), price: price, kind: kind(asset.symbol, code)))
    ])
  }

  /// The asset and currency of a series, as the user names them.
  static func named(_ row: Row, _ column: String, _ file: FileContext) throws(RowProblem) -> (AssetRef, AssetRef) {
    guard let asset = file.asset else { throw row.problem(column, .unnamed(what: "asset", option: "--asset")) }
    guard let currency = file.currency else { throw row.problem(column, .unnamed(what: "currency", option: "--currency")) }
    return (KnownMoney.asset(asset), KnownMoney.asset(currency))
  }

  /// The price of a state currency is an exchange rate.
  static func kind(_ asset: String, _ currency: String) -> QuoteDraft.Kind {
    KnownMoney.isFiat(asset) && KnownMoney.isFiat(currency) ? .fx : .close
  }
}
