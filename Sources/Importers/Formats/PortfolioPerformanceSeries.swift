import Amounts
import Ledger

// Portfolio Performance and the sites its manual takes quotes from: historical prices, one security per file or one per column, securities,
// and reports, which hold results and nothing to import.
extension ExportFormat {
  /// `Date;Price`, with or without open, high, low and volume. Which security it is, the file does not say.
  static let performancePrices = ExportFormat(
    id: "portfolio_performance.prices.v1", title: "Historical prices of one security", account: "Portfolio Performance",
    tables: [
      TableHeader(["Date", "Price"]), TableHeader(["Date", "Close"]), TableHeader(["Datum", "Kurs"]),
      TableHeader(["Datum", "Schlusskurs"]),
      TableHeader(["Datum", "Laatste"]), TableHeader(["Date", "Quote"]), TableHeader(["Time", "Open", "High", "Low", "Close"]),
    ],
    leavesOut: [
      LeftOut(
        ["Open", "High", "Low", "Hoog", "Laag", "Hoch", "Tief", "Eröffnung", "Adj Close", "Adj. Close"],
        "the close of the day values a holding"),
      LeftOut(["Vol.", "Volume", "Volumen"], "how much was traded values nothing"),
      LeftOut(["Change %", "+/- %", "Change", "Close *", "*)", "Uhrzeit"], "worked out from the prices, or the time of a daily price"),
    ],
    numbers: .either, accepts: PerformanceSeries.isSeries, decoding: .wholeFile(PerformanceSeries.prices))

  /// All historical prices: a column per security, named `BTC-EUR`.
  static let performancePriceTable = ExportFormat(
    id: "portfolio_performance.pricetable.v1", title: "Historical prices of several securities", account: "Portfolio Performance",
    tables: [
      TableHeader(["Date"], optional: ["*-EUR", "*-USD", "*-GBP", "*-CHF"]), TableHeader(["Datum"], optional: ["*-EUR", "*-USD"]),
    ],
    numbers: .either, accepts: PerformanceSeries.isTable, decoding: .wholeFile(PerformanceSeries.table))

  /// Master data.
  static let performanceSecurities = ExportFormat(
    id: "portfolio_performance.securities.v1", title: "Portfolio Performance securities", account: "Portfolio Performance",
    tables: [
      TableHeader(["Ticker Symbol", "ISIN", "Security Name", "Currency"], optional: ["WKN", "Info"], absent: ["Date"]),
      TableHeader(["Name", "ISIN", "Symbol", "WKN"], optional: ["Currency"]),
      TableHeader(["Wertpapiername", "ISIN", "Ticker-Symbol", "WKN"], optional: ["Währung"], absent: ["Datum"]),
    ],
    leavesOut: [
      LeftOut(["Note", "Notiz"], "what the owner remarks about a security is no fact about it"),
      LeftOut(["Δ*"], "how a price moved over a period is worked out from prices"),
    ],
    decoding: .eachRow(PerformanceSeries.security))

  /// Results: charts, performance tables, the system overview.
  static let performanceReports = ExportFormat(
    id: "portfolio_performance.reports.v1", title: "Portfolio Performance reports", account: "Portfolio Performance",
    tables: [
      TableHeader(["Date", "Value", "Delta in %", "Cumulated Performance in %"]),
      TableHeader(["Name", "Purchase Value", "Quote", "TTWROR"]),
      TableHeader(["Date", "Value", "IN", "OUT", "R", "cum R"]),
      TableHeader(["Datum", "Wert", "Delta in %", "Kumulierte Performance in %"]),
    ],
    leavesOut: [LeftOut(["*"], "a report holds results, which Florin works out from transactions")],
    allowsExtraCells: true, decoding: .eachRow(PerformanceSeries.report))
}

enum PerformanceSeries {
  private static let priceNames = ["Price", "Close", "Kurs", "Schlusskurs", "Laatste", "Quote"]
  private static let besides: Set<String> = [
    "date", "datum", "price", "close", "kurs", "schlusskurs", "laatste", "quote", "open", "high", "low", "hoog", "laag", "hoch", "tief",
    "eröffnung",
    "vol.", "volume", "volumen", "change %", "+/- %", "adj close", "adj. close", "change", "time", "uhrzeit",
  ]

  static func isSeries(_ front: FileFront) -> Bool {
    // Beside the price there may be indicators such as EMA(12); `Close Gain` is one, too.
    front.names.allSatisfy { besides.contains($0.lowercased()) || $0.contains("(") || $0.hasPrefix("Close ") }
  }

  static func isTable(_ front: FileFront) -> Bool {
    front.names.count > 1 && front.names.dropFirst().allSatisfy { pair($0) != nil }
  }

  /// `BTC-EUR`.
  private static func pair(_ name: String) -> (asset: String, currency: String)? {
    guard let dash = name.lastIndex(of: "-") else { return nil }
    let (asset, currency) = (name[..<dash], name[name.index(after: dash)...])
    guard !asset.isEmpty, currency.count == 3, currency.allSatisfy({ $0.isUppercase && $0.isASCII }), KnownMoney.isFiat(String(currency))
    else { return nil }
    return (String(asset), String(currency))
  }

  static func prices(_ group: inout RowGroup, _ file: FileContext) throws(RowProblem) {
    guard let first = group.rows.first else { return }
    let dateName = ["Date", "Datum", "Time"].first(where: first.has) ?? "Date"
    let priceName = priceNames.first(where: first.has) ?? "Price"
    let names = first.header.names.filter { !$0.lowercased().hasPrefix("vol") && $0 != dateName }
    let style = PerformanceCells.style(of: group.rows, names, isGerman: dateName == "Datum")
    var dayFirst = file.dayFirst
    for row in group.rows where dayFirst == nil { dayFirst = row.dayFirst(dateName) }
    for row in group.rows {
      do throws(RowProblem) {
        let (asset, currency) = try PriceSeries.named(row, priceName, file)
        var cells = row
        cells.style = style
        let moment = try cells.userMoment(dateName, dayFirst: dayFirst, zone: .utc)
        let price = try cells.decimal(priceName)
        let (code, major) = MinorMoney.major(currency.symbol, price)
        let kind = PriceSeries.kind(asset.symbol, code)
        let day = moment.dateOnly ?? moment.instant.dayUTC
        let quote = QuoteDraft(day: day, asset: asset, currency: KnownMoney.asset(code), price: major, kind: kind)
        group.add(.quote(quote), from: [row])
      } catch {
        group.fail(row, error)
      }
    }
  }

  static func table(_ group: inout RowGroup, _ file: FileContext) throws(RowProblem) {
    guard let first = group.rows.first else { return }
    let names = first.header.names
    let dateName = names[0]
    let style = PerformanceCells.style(of: group.rows, Array(names.dropFirst()), isGerman: dateName == "Datum")
    for row in group.rows {
      do throws(RowProblem) {
        var cells = row
        cells.style = style
        let moment = try cells.userMoment(dateName, dayFirst: file.dayFirst, zone: .utc)
        let day = moment.dateOnly ?? moment.instant.dayUTC
        var quotes: [QuoteDraft] = []
        for name in names.dropFirst() {
          guard let pair = pair(name), let price = try cells.optionalDecimal(name) else { continue }
          quotes.append(
            QuoteDraft(day: day, asset: KnownMoney.asset(pair.asset), currency: KnownMoney.asset(pair.currency), price: price, kind: .close)
          )
        }
        if quotes.isEmpty { group.ignore(row, "no price on this day") }
        for quote in quotes { group.add(.quote(quote), from: [row]) }
      } catch {
        group.fail(row, error)
      }
    }
  }

  static func security(_ row: Row, _ file: FileContext) throws(RowProblem) -> RowOutcome {
    let name = row.optionalText(["Security Name", "Wertpapiername", "Name"].first(where: row.has) ?? "Name")
    let ticker = row.optionalText(["Ticker Symbol", "Ticker-Symbol", "Symbol"].first(where: row.has) ?? "Symbol")
    guard let symbol = ticker ?? name ?? row.optionalText("ISIN") ?? row.optionalText("WKN") else {
      throw row.problem(.inconsistent("names no security"))
    }
    var attributes: [AssetAttribute: String] = [:]
    attributes[.isin] = row.optionalText("ISIN")
    attributes[.venue] = row.optionalText("Info")
    let currency = row.optionalText(row.has("Currency") ? "Currency" : "Währung")
    let hint = AssetHint(
      likely: PerformanceCells.likelyClass(name ?? symbol), name: name, currency: currency, attributes: attributes)
    return .facts([.asset(AssetDraft(ref: AssetRef(symbol, hint)))])
  }

  static func report(_ row: Row, _ file: FileContext) throws(RowProblem) -> RowOutcome {
    .ignored("a report holds results, nothing to import")
  }
}
