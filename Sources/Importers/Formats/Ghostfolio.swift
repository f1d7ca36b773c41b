import Amounts
import Ledger

// Ghostfolio, Portfolio > Activities > Export (JSON), and the CSV its import accepts. Prices are per unit and fees in the activity's
// currency; quantities, prices and fees are written without sign, the type tells the direction. Account names, their cash balances and the
// names of assets kept by hand stand in arrays of their own, before the activities. Activities do not move the balances: what a balance
// states beyond them came in by ways that the file does not tell, which is said.
extension ExportFormat {
  static let ghostfolioActivities = ExportFormat(
    id: "ghostfolio.activities.v1", title: "Ghostfolio activities", account: "Ghostfolio",
    tables: [
      TableHeader(["Date", "Code", "Currency", "Price", "Quantity", "Action", "Fee"], optional: ["DataSource", "Note"]),
      TableHeader(["Date", "Code", "CCY", "Price", "Qty", "Action", "Fee"], optional: ["Amount", "Note"]),
    ],
    shapes: [
      JSONHeader(
        rows: Ghostfolio.arrays, required: ["activities", "activities[].unitPrice", "activities[].dataSource"],
        optional: Ghostfolio.paths),
      JSONHeader(rows: Ghostfolio.arrays, required: ["meta.version", "assetProfiles[].dataSource"]),
    ],
    leavesOut: [
      LeftOut(
        ["assetProfiles[].countries", "assetProfiles[].sectors", "assetProfiles[].holdings"],
        "what a fund invests in is no fact about the asset that Florin keeps"),
      LeftOut(["assetProfiles[].figiComposite", "assetProfiles[].figiShareClass"], "the FIGI itself identifies the asset"),
      LeftOut(
        ["assetProfiles[].url", "assetProfiles[].comment", "assetProfiles[].isActive", "accounts[].comment", "accounts[].isExcluded"],
        "how Ghostfolio shows it"),
      LeftOut(["activities[].tags", "platforms[].url"], "labels without amounts"),
    ],
    idsAreUnique: true, decoding: .wholeFile(Ghostfolio.decode))
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

  fileprivate static let arrays = ["accounts[]", "platforms[]", "assetProfiles[]", "activities[]"]
  fileprivate static let paths =
    ["id", "name", "currency", "platformId", "balance", "balances", "balances[].date", "balances[].value"].map { "accounts[]." + $0 }
    + ["id", "name"].map { "platforms[]." + $0 }
    + [
      "symbol", "name", "currency", "dataSource", "assetClass", "assetSubClass", "isin", "cusip", "figi", "marketData", "marketData[].date",
      "marketData[].marketPrice",
    ].map { "assetProfiles[]." + $0 }
    + ["id", "accountId", "comment", "currency", "date", "fee", "quantity", "symbol", "type"].map { "activities[]." + $0 }

  static func decode(_ group: inout RowGroup, _ file: FileContext) throws(RowProblem) {
    var venues: [String: String] = [:]
    for row in group.rows where row.section == "platforms[]" {
      venues[row.raw("id")] = row.raw("name")
      group.ignore(row, "the name of a platform, which its accounts have")
    }
    var statements: [GhostfolioBalance] = []
    for row in group.rows where row.section != "platforms[]" {
      do throws(RowProblem) {
        switch row.section {
        case "accounts[]":
          let statement = try GhostfolioBalance(row)
          statements.append(statement)
          file.memory["account " + (try row.text("id"))] = statement.account
          let venue = venues[row.raw("platformId")] ?? ""
          group.add(.account(AccountDraft(name: statement.account, kind: "broker", venue: venue)), from: [row])
        case "assetProfiles[]":
          for fact in try profile(row, file) { group.add(fact, from: [row]) }
        default:
          switch try activity(row, file) {
          case .event(let event):
            for index in statements.indices { statements[index].count(event) }
            group.add(event, from: [row])
          case .facts(let facts): for fact in facts { group.add(fact, from: [row]) }
          case .ignored(let why): group.ignore(row, why)
          }
        }
      } catch {
        group.fail(row, error)
      }
    }
    for statement in statements { if let text = statement.remark { file.note(statement.line, text) } }
  }

  /// Assets kept by hand have a random id for a symbol; their name is what their owner calls them.
  private static func profile(_ row: Row, _ file: FileContext) throws(RowProblem) -> [Fact] {
    let symbol = try row.text("symbol")
    let isManual = row.raw("dataSource") == "MANUAL"
    if isManual, let name = row.optionalText("name") { file.memory["asset " + symbol] = name }
    let currency = MinorMoney.major(row.raw("currency"), .one).code
    var attributes: [AssetAttribute: String] = [:]
    for (path, attribute) in [("isin", AssetAttribute.isin), ("cusip", .cusip), ("figi", .figi)] {
      attributes[attribute] = row.optionalText(path)
    }
    if let kind = row.optionalText("assetSubClass") { attributes[.subtype] = kind.lowercased() }
    let ticker = ticker(symbol, currency, row.raw("dataSource"))
    let hint = AssetHint(
      assetClass: assetClass(row.raw("assetClass"), row.raw("assetSubClass")),
      likely: likelyClass(symbol, ticker, row.raw("dataSource"), row.optionalText("name") ?? ""), name: row.optionalText("name"),
      currency: currency.isEmpty ? nil : currency, attributes: attributes)
    let ref = AssetRef(file.memory["asset " + symbol] ?? ticker, hint)
    var facts: [Fact] = [.asset(AssetDraft(ref: ref))]
    for quote in try row.children("marketData") {
      let (code, price) = MinorMoney.major(row.raw("currency"), try quote.decimal("marketPrice"))
      var draft = QuoteDraft(day: try quote.day("date"), asset: ref, currency: KnownMoney.asset(code), price: price, kind: .close)
      draft.source = "Ghostfolio"
      facts.append(.quote(draft))
    }
    return facts
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

  /// Ghostfolio writes Yahoo's crypto pairs without the dash: BTCUSD is BTC, whatever currency it was paid in.
  private static func ticker(_ symbol: String, _ currency: String, _ source: String) -> String {
    guard source == "YAHOO" || source.isEmpty, symbol.count >= 5 else { return symbol }
    let quote = String(symbol.suffix(3))
    let base = symbol.dropLast(3)
    let name = base.last == "-" ? base.dropLast() : base
    guard quote == currency || (KnownMoney.isFiat(quote) && name.count >= 3), !KnownMoney.isFiat(String(name)), name.count >= 2,
      name.allSatisfy({ $0.isASCII && ($0.isUppercase || $0.isNumber) })
    else { return symbol }
    return String(name)
  }

  /// What an asset is as long as nobody says otherwise: the source of its prices tells. Yahoo and the like have shares and funds, and coins
  /// as pairs; what is kept by hand is a share when it has a ticker or an ISIN, and else anything.
  private static func likelyClass(_ symbol: String, _ ticker: String, _ source: String, _ name: String) -> AssetClass {
    if source == "COINGECKO" || ticker != symbol { return .crypto }
    let isShort = symbol.count <= 12 && symbol.allSatisfy { $0.isASCII && ($0.isUppercase || $0.isNumber || $0 == "." || $0 == "-") }
    if source == "MANUAL", !isShort { return .other }
    return PerformanceCells.likelyClass(name)
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
    guard let product = try? quantity.multiplied(by: price) else { throw row.problem(.numberOutOfRange) }
    // What the file says was paid is the truth; the price is rounded.
    let stated = isTable ? try row.optionalDecimal("Amount").map { MinorMoney.major(written, $0).amount } : nil
    let deal = Deal(
      type: type, moment: moment, asset: asset, quantity: quantity, price: price, total: stated ?? product, money: KnownMoney.asset(code),
      fee: fee, isByHand: source == "MANUAL" || source.isEmpty)
    if quantity.isNegative || price.isNegative, !["DIVIDEND", "INTEREST", "FEE"].contains(type) {
      throw row.problem(name("quantity", "Quantity", "Qty"), .inconsistent("or the price is below zero in a \(type)"))
    }
    guard var event = try deal.event(row) else { return .ignored("a liability is no holding; record it on a loan account") }
    if let id = row.optionalText("accountId") { event.account = file.memory["account " + id] }
    event.externalID = row.optionalText("id")
    if let note = row.optionalText(name("comment", "Note")) {
      event.detail { $0.note = [$0.note, note].compactMap { $0 }.joined(separator: "; ") }
    }
    return .event(event)
  }

  private static func asset(_ symbol: String, _ currency: String, _ source: String, _ file: FileContext) -> AssetRef {
    if let name = file.memory["asset " + symbol] { return AssetRef(name) }
    let ticker = ticker(symbol, currency, source)
    var attributes: [AssetAttribute: String] = [:]
    if symbol.count == 12, symbol.prefix(2).allSatisfy({ $0.isUppercase && $0.isLetter }), symbol.last?.isNumber ?? false {
      attributes[.isin] = symbol
    }
    return AssetRef(ticker, AssetHint(likely: likelyClass(symbol, ticker, source, ""), attributes: attributes))
  }

  /// One activity in numbers; dividends, interest and fees below zero take earlier ones back.
  private struct Deal {
    var type: String
    var moment: Moment
    var asset: AssetRef
    var quantity: Decimal
    var price: Decimal
    var total: Decimal
    var money: AssetRef
    var fee: Decimal
    /// Whether the asset may be a mere name for a charge.
    var isByHand: Bool

    func event(_ row: Row) throws(RowProblem) -> EventDraft? {
      var event: EventDraft
      switch type {
      case "BUY", "SELL":
        let fill = PairFill(
          buys: type == "BUY", base: asset, quantity: quantity, quote: money, total: total.magnitude, price: price)
        guard let trade = EventDraft.trade(at: moment, fill) else { throw row.problem(.notCovered) }
        event = trade
      case "DIVIDEND":
        event = EventDraft(.dividend, at: moment, asset: asset, quantity: quantity.magnitude)
        (event.price, event.currency, event.gross) = (total.isNegative ? nil : price, money, total)
      case "INTEREST":
        event = EventDraft(.interest, at: moment, asset: money, quantity: total.isNegative ? nil : total)
        (event.currency, event.gross) = (money, total)
      case "FEE":
        guard let all = try? total.adding(fee) else { throw row.problem(.numberOutOfRange) }
        event = EventDraft(all.isNegative ? .feeRefund : .fee, at: moment, asset: isByHand ? money : asset)
        if isByHand { event.quantity = all.magnitude }
        (event.currency, event.gross) = (money, all.magnitude)
        if isByHand { event.detail { $0.note = asset.symbol } }
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
}

/// What an account's balance states, against what the file's activities move there.
private struct GhostfolioBalance {
  let account: String
  let line: Int
  private let currency: String
  /// The latest balance and its day, if it has one.
  private var stated: Decimal?
  private var day: Day?
  private var moved = Decimal.zero

  init(_ row: Row) throws(RowProblem) {
    account = try row.text("name")
    line = row.line
    let written = row.raw("currency")
    currency = MinorMoney.major(written, .one).code
    stated = try row.optionalDecimal("balance").map { MinorMoney.major(written, $0).amount }
    for balance in try row.children("balances") {
      let date = try balance.day("date")
      let value = MinorMoney.major(written, try balance.decimal("value")).amount
      if let day, day >= date { continue }
      (stated, day) = (value, date)
    }
  }

  /// Counts what an event moves on this account up to the balance's day.
  mutating func count(_ event: EventDraft) {
    guard event.account == account, event.currency?.symbol == currency, day.map({ event.time.dayUTC <= $0 }) ?? true else { return }
    let gross = event.gross ?? .zero
    let isOut = [.buy, .fee, .interestCharge].contains(event.kind)
    let fee = event.kind == .fee || event.kind == .feeRefund ? Decimal.zero : event.fee ?? .zero
    if event.kind == .deliveryIn { return }
    if let sum = try? moved.adding(isOut ? -gross : gross).subtracting(fee) { moved = sum }
  }

  /// The remark; nil when the books will have what is stated.
  var remark: String? {
    guard let stated, stated != moved, !currency.isEmpty, let apart = try? stated.subtracting(moved) else { return nil }
    let kind = apart.isNegative ? "WITHDRAW" : "DEPOSIT"
    let on = day.map { " on \($0)" } ?? ""
    return "\(account) states a balance of \(stated) \(currency)\(on), but its activities make \(moved): the file does not tell how the "
      + "rest came; florin add event type=\(kind) account=\"\(account)\" asset=\(currency) quantity=\(apart.magnitude) records it"
  }
}
