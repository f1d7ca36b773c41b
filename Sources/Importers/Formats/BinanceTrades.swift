import Amounts
import Ledger

// Binance, Orders > Trade History > Export: one row per fill. Three generations; times are UTC in all of them.
extension ExportFormat {
  /// Until about 2021: amounts without units, the fee's coin in a column of its own.
  static let binanceTradesV1 = ExportFormat(
    id: "binance.trades.v1", title: "Binance trade history (Market, Type, Fee Coin)", account: "Binance",
    tables: [
      TableHeader(["Date(UTC)", "Market", "Type", "Price", "Amount", "Total", "Fee", "Fee Coin"]),
      TableHeader(["Date(UTC)", "Pair", "Base Asset", "Quote Asset", "Type", "Price", "Amount", "Total", "Fee", "Fee Coin"]),
      TableHeader(["时间", "交易对", "基准货币", "计价货币", "类型", "价格", "数量", "成交额", "手续费", "手续费结算币种"]),
    ],
    decoding: .eachRow(BinanceTrades.plain))

  /// Since about 2021: amounts with units, the header in the user's language.
  static let binanceTradesV2 = ExportFormat(
    id: "binance.trades.v2", title: "Binance trade history (Pair, Side, Executed)", account: "Binance",
    tables: BinanceTrades.languages.map { TableHeader($0) },
    decoding: .eachRow(BinanceTrades.withUnits))
}

enum BinanceTrades {
  /// The header in each language: time, pair, side, price, executed, amount, fee.
  static let languages = [
    ["Date(UTC)", "Pair", "Side", "Price", "Executed", "Amount", "Fee"],
    ["Date (UTC)", "Pair", "Side", "Price", "Executed", "Amount", "Fee"],
    ["Time", "Pair", "Side", "Price", "Executed", "Amount", "Fee"],
    ["Čas", "Pár", "Strana", "Cena", "Provedeno", "Částka", "Poplatek"],
    ["Datum", "Paar", "Seite", "Preis", "Ausgeführt", "Betrag", "Gebühr"],
    ["Date", "Paire", "Côté", "Prix", "Exécuté", "Montant", "Frais"],
    ["Fecha", "Par", "Lado", "Precio", "Ejecutado", "Monto", "Comisión"],
    ["Data", "Par", "Lado", "Preço", "Executado", "Valor", "Taxa"],
    ["Дата", "Пара", "Сторона", "Цена", "Исполнено", "Сумма", "Комиссия"],
  ]
  private static let buys: Set<String> = ["BUY", "KAUF", "KAUFEN", "ACHAT", "COMPRA", "COMPRAR", "ПОКУПКА", "KOUPIT", "NÁKUP", "买入"]
  private static let sells: Set<String> = [
    "SELL", "VERKAUF", "VERKAUFEN", "VENTE", "VENTA", "VENDER", "VENDA", "ПРОДАЖА", "PRODAT", "PRODEJ", "卖出",
  ]

  static func plain(_ row: Row, _ file: FileContext) throws(RowProblem) -> RowOutcome {
    let names =
      row.has("时间")
      ? ["时间", "类型", "价格", "数量", "成交额", "手续费", "手续费结算币种"] : ["Date(UTC)", "Type", "Price", "Amount", "Total", "Fee", "Fee Coin"]
    let moment = try row.moment(names[0], BinanceStatement.times, zone: .utc)
    let isBuy = try side(row, names[1])
    let feeCoin = row.raw(names[6])
    let (base, quote): (String, String)
    if row.has("时间") {
      (base, quote) = (try row.text("基准货币"), try row.text("计价货币"))
    } else if row.has("Base Asset") {
      (base, quote) = (try row.text("Base Asset"), try row.text("Quote Asset"))
    } else {
      (base, quote) = try pair(row, "Market", units: [feeCoin])
    }
    let gross = StatementLeg(coin: quote, quantity: try row.decimal(names[4]))
    let units = StatementLeg(coin: base, quantity: try row.decimal(names[3]))
    var event = try fill(row, moment, isBuy, units, gross, price: try row.optionalDecimal(names[2]))
    if let fee = try row.nonZeroDecimal(names[5]) { event.charge(fee, KnownMoney.asset(try row.text(names[6]))) }
    return .event(event)
  }

  static func withUnits(_ row: Row, _ file: FileContext) throws(RowProblem) -> RowOutcome {
    guard let names = languages.first(where: { $0.allSatisfy(row.has) }) else { throw row.problem(.notCovered) }
    let moment = try row.moment(names[0], BinanceStatement.times, zone: .utc)
    let isBuy = try side(row, names[2])
    let text = try row.text(names[1]).uppercased()
    let total = try BinancePairs.amount(row, names[5], try row.text(names[5]), expected: [])
    let (base, quote): (String, String)
    if !total.coin.isEmpty, text.hasSuffix(total.coin), text.count > total.coin.count {
      let front = text.dropLast(total.coin.count)
      (base, quote) = (String(front.last.map { "/-_".contains($0) } ?? false ? front.dropLast() : front), total.coin)
    } else if total.coin.isEmpty {
      (base, quote) = try pair(row, names[1], units: [])
    } else {
      throw row.problem(names[5], .inconsistent("is not in the quote of \(text)"))
    }
    let executed = try BinancePairs.amount(row, names[4], try row.text(names[4]), expected: [base])
    guard executed.coin.isEmpty || executed.coin == base else {
      throw row.problem(names[4], .inconsistent("is not in the base of \(text)"))
    }
    var event = try fill(
      row, moment, isBuy, StatementLeg(coin: base, quantity: executed.quantity), StatementLeg(coin: quote, quantity: total.quantity),
      price: try row.optionalDecimal(names[3]))
    if let written = row.optionalText(names[6]) {
      let fee = try BinancePairs.amount(row, names[6], written, expected: [base, quote])
      if !fee.quantity.isZero {
        guard !fee.coin.isEmpty else { throw row.problem(names[6], .inconsistent("has no coin")) }
        event.charge(fee.quantity, KnownMoney.asset(fee.coin))
      }
    }
    return .event(event)
  }

  /// Whether the row buys.
  static func side(_ row: Row, _ name: String) throws(RowProblem) -> Bool {
    let word = try row.text(name).uppercased()
    if buys.contains(word) { return true }
    if sells.contains(word) { return false }
    throw row.unknown(name, known: ["BUY", "SELL"])
  }

  /// Base and quote of the pair in a cell.
  static func pair(_ row: Row, _ name: String, units: [String]) throws(RowProblem) -> (String, String) {
    guard let found = BinancePairs.split(try row.text(name), units: units) else {
      throw row.problem(name, .inconsistent("ends in no coin that Binance prices others in"))
    }
    return (found.base, found.quote)
  }

  /// A fill, with the key by which the account statement's rows of the same fill are known.
  static func fill(
    _ row: Row, _ moment: Moment, _ isBuy: Bool, _ base: StatementLeg, _ quote: StatementLeg, price: Decimal?
  ) throws(RowProblem) -> EventDraft {
    let fill = PairFill(
      buys: isBuy, base: KnownMoney.asset(base.coin), quantity: base.quantity, quote: KnownMoney.asset(quote.coin), total: quote.quantity,
      price: price)
    let event = EventDraft.trade(at: moment, fill)
    guard var event else { throw row.problem(.notCovered) }
    event.detail { $0.tradeKey = BinanceEvents.tradeKey(moment.instant, gave: isBuy ? quote : base, got: isBuy ? base : quote) }
    return event
  }
}
