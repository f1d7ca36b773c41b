import Amounts
import Ledger

// Ghostfolio, Portfolio > Activities > Export (JSON), and the CSV its import accepts. Prices are per unit and fees in the activity's currency.
// Account names and the names of assets kept by hand stand in arrays of their own, before the activities.
extension ExportFormat {
  static let ghostfolioActivities = ExportFormat(
    id: "ghostfolio.activities.v1", title: "Ghostfolio activities", account: "Ghostfolio",
    tables: [
      TableHeader(["Date", "Code", "Currency", "Price", "Quantity", "Action", "Fee"], optional: ["DataSource", "Note"]),
      TableHeader(["Date", "Code", "CCY", "Price", "Qty", "Action", "Fee"], optional: ["Amount", "Note"]),
    ],
    shapes: [
      JSONHeader(
        rows: ["accounts[]", "assetProfiles[]", "activities[]"],
        required: ["activities", "activities[].unitPrice", "activities[].dataSource"]),
      JSONHeader(rows: ["accounts[]", "assetProfiles[]", "activities[]"], required: ["meta.version", "assetProfiles[].dataSource"]),
    ],
    decoding: .eachRow(Ghostfolio.decode))
}

enum Ghostfolio {
  private static let sources: Set<String> = [
    "ALPHA_VANTAGE", "COINGECKO", "EOD_HISTORICAL_DATA", "FINANCIAL_MODELING_PREP", "GHOSTFOLIO", "GOOGLE_SHEETS", "MANUAL", "RAPID_API",
    "YAHOO",
  ]
  private static let dates = [
    "dd-MM-yyyy", "dd/MM/yyyy", "dd.MM.yyyy", "d/M/yyyy", "d-M-yyyy", "d.M.yyyy", "yyyyMMdd", "yyyy-MM-dd", "yyyy/MM/dd",
  ]
  private static let types = ["BUY", "SELL", "DIVIDEND", "INTEREST", "FEE", "ITEM", "LIABILITY"]

  static func decode(_ row: Row, _ file: FileContext) throws(RowProblem) -> RowOutcome {
    switch row.section {
    case "accounts[]": return try account(row, file)
    case "assetProfiles[]": return try profile(row, file)
    default: return try activity(row, file)
    }
  }

  private static func account(_ row: Row, _ file: FileContext) throws(RowProblem) -> RowOutcome {
    let name = try row.text("name")
    file.memory["account " + (try row.text("id"))] = name
    return .facts([.account(AccountDraft(name: name, kind: "broker"))])
  }

  /// Assets kept by hand have a random id for a symbol; their name is what their owner calls them.
  private static func profile(_ row: Row, _ file: FileContext) throws(RowProblem) -> RowOutcome {
    let symbol = try row.text("symbol")
    let isManual = row.raw("dataSource") == "MANUAL"
    if isManual, let name = row.optionalText("name") { file.memory["asset " + symbol] = name }
    let currency = MinorMoney.major(row.raw("currency"), .one).code
    var attributes: [AssetAttribute: String] = [:]
    for (path, attribute) in [("isin", AssetAttribute.isin), ("cusip", .cusip), ("figi", .figi)] {
      attributes[attribute] = row.optionalText(path)
    }
    if let kind = row.optionalText("assetSubClass") { attributes[.subtype] = kind.lowercased() }
    let hint = AssetHint(
      assetClass: assetClass(row.raw("assetClass"), row.raw("assetSubClass")), name: row.optionalText("name"),
      currency: currency.isEmpty ? nil : currency, attributes: attributes)
    let ref = AssetRef(file.memory["asset " + symbol] ?? ticker(symbol, currency, row.raw("dataSource")), hint)
    var facts: [Fact] = [.asset(AssetDraft(ref: ref))]
    for quote in try row.children("marketData") {
      let (code, price) = MinorMoney.major(row.raw("currency"), try quote.decimal("marketPrice"))
      var draft = QuoteDraft(day: try quote.day("date"), asset: ref, currency: KnownMoney.asset(code), price: price, kind: .close)
      draft.source = "Ghostfolio"
      facts.append(.quote(draft))
    }
    return .facts(facts)
  }

  private static func assetClass(_ main: String, _ sub: String) -> AssetClass? {
    switch (main, sub) {
    case (_, "CRYPTOCURRENCY"): .crypto
    case (_, "ETF"), (_, "MUTUALFUND"): .fund
    case (_, "STOCK"), ("EQUITY", _): .stock
    case (_, "COLLECTIBLE"): .collectible
    case (_, "CASH"): .cash
    case ("FIXED_INCOME", _), ("COMMODITY", _), ("REAL_ESTATE", _), ("ALTERNATIVE_INVESTMENT", _): .other
    default: nil
    }
  }

  /// Ghostfolio writes Yahoo's crypto pairs without the dash: BTCUSD in USD is BTC.
  private static func ticker(_ symbol: String, _ currency: String, _ source: String) -> String {
    guard source == "YAHOO" || source.isEmpty, !currency.isEmpty, symbol.hasSuffix(currency), symbol.count >= currency.count + 2 else {
      return symbol
    }
    return String(symbol.dropLast(symbol.dropLast(currency.count).hasSuffix("-") ? currency.count + 1 : currency.count))
  }

  private static func activity(_ row: Row, _ file: FileContext) throws(RowProblem) -> RowOutcome {
    let isTable = row.section.isEmpty
    func name(_ json: String, _ csv: String...) -> String { isTable ? csv.first(where: row.has) ?? json : json }
    let typeName = name("type", "Action")
    let type = try row.text(typeName).uppercased()
    guard types.contains(type) else { throw row.unknown(typeName, known: types) }
    let sourceName = name("dataSource", "DataSource")
    let source = row.raw(sourceName).uppercased()
    if !source.isEmpty, !sources.contains(source) { throw row.unknown(sourceName, known: sources.sorted()) }
    let moment = isTable ? try row.moment("Date", dates) : try row.moment("date", zone: .utc)
    let currencyName = name("currency", "Currency", "CCY")
    let written = try row.text(currencyName)
    guard written.count == 3, written.allSatisfy({ $0.isASCII && $0.isLetter }) else {
      throw row.problem(currencyName, .inconsistent("is no currency code"))
    }
    let quantity = try row.decimal(name("quantity", "Quantity", "Qty"))
    let (code, price) = MinorMoney.major(written, try row.decimal(name("unitPrice", "Price")))
    let fee = MinorMoney.major(written, try row.optionalDecimal(name("fee", "Fee")) ?? .zero).amount
    let symbol = try row.text(name("symbol", "Code"))
    let asset = asset(symbol, code, source, file)
    if quantity.isZero, fee.isZero { return .ignored("a draft: quantity and fee are zero") }
    guard var event = try event(row, type, moment, asset, quantity, price, KnownMoney.asset(code), fee) else {
      return .ignored("a liability is no holding; record it on a loan account")
    }
    if let id = row.optionalText("accountId") { event.account = file.memory["account " + id] }
    event.externalID = row.optionalText("id")
    if let note = row.optionalText(name("comment", "Note")) { event.detail { $0.note = note } }
    return .event(event)
  }

  private static func asset(_ symbol: String, _ currency: String, _ source: String, _ file: FileContext) -> AssetRef {
    if let name = file.memory["asset " + symbol] { return AssetRef(name) }
    let ticker = ticker(symbol, currency, source)
    if ticker != symbol { return AssetRef(ticker, AssetHint(assetClass: .crypto)) }
    if symbol.count == 12, symbol.prefix(2).allSatisfy({ $0.isUppercase && $0.isLetter }), symbol.last?.isNumber ?? false {
      return AssetRef(symbol, AssetHint(attributes: [.isin: symbol]))
    }
    return AssetRef(symbol)
  }

  private static func event(
    _ row: Row, _ type: String, _ moment: Moment, _ asset: AssetRef, _ quantity: Decimal, _ price: Decimal, _ money: AssetRef,
    _ fee: Decimal
  ) throws(RowProblem) -> EventDraft? {
    guard let total = try? quantity.multiplied(by: price) else { throw row.problem(.numberOutOfRange) }
    var event: EventDraft
    switch type {
    case "BUY", "SELL":
      let fill = PairFill(buys: type == "BUY", base: asset, quantity: quantity, quote: money, price: price)
      guard let trade = EventDraft.trade(at: moment, fill) else { throw row.problem(.notCovered) }
      event = trade
    case "DIVIDEND":
      event = EventDraft(.dividend, at: moment, asset: asset, quantity: quantity)
      (event.price, event.currency, event.gross) = (price, money, total)
    case "INTEREST":
      event = EventDraft(.interest, at: moment, asset: money, quantity: total)
      (event.currency, event.gross) = (money, total)
    case "FEE":
      guard let all = try? total.adding(fee) else { throw row.problem(.numberOutOfRange) }
      event = EventDraft(.fee, at: moment, asset: money, quantity: all)
      (event.currency, event.gross) = (money, all)
      event.detail { $0.note = asset.symbol }
      return event
    case "ITEM":
      event = EventDraft(.deliveryIn, at: moment, asset: asset, quantity: quantity)
      (event.price, event.currency, event.gross) = (price, money, total)
    default: return nil
    }
    event.charge(fee, money)
    return event
  }
}
