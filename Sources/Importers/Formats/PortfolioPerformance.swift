import Amounts
import Ledger

// Portfolio Performance: what its tables export (All transactions, an account's transactions) and what its CSV import takes, in English and
// German. The type tells the direction; the sign of a value is PerformanceSigns. Without a currency column the account's name tells it:
// `broker-A (EUR)`. The value is what was booked on the cash account. A row of a depot names the depot and, as its offset account, the
// cash account; a row of a cash account that buys or sells names the depot as its offset.
extension ExportFormat {
  static let performanceTransactions = ExportFormat(
    id: "portfolio_performance.transactions.v1", title: "Portfolio Performance transactions", account: "Portfolio Performance",
    tables: [
      TableHeader(["Date", "Type", "Value"], optional: PerformanceCells.english, absent: ["Currency Primary"]),
      TableHeader(["Date", "Type", "Net Transaction Value"], optional: PerformanceCells.english),
      TableHeader(["Datum", "Typ", "Wert"], optional: PerformanceCells.german),
      TableHeader(["Datum", "Typ", "Gesamtpreis"], optional: PerformanceCells.german),
      TableHeader(["Datum", "Typ", "Betrag", "Gegenkonto"], optional: PerformanceCells.german),
      TableHeader(["Date", "Security Name", "Shares", "Value"], optional: PerformanceCells.english, absent: ["Type"]),
      TableHeader(["Datum", "Wertpapiername", "Stück", "Wert"], optional: PerformanceCells.german, absent: ["Typ"]),
      TableHeader(["Date", "Type", "Amount", "Offset Account"], optional: PerformanceCells.english),
    ],
    shapes: [
      JSONHeader(
        rows: ["transactions[]"], required: ["version", "transactions[].type", "transactions[].currency", "transactions[].amount"],
        optional: PortfolioPerformance.paths)
    ],
    numbers: .either, accepts: PortfolioPerformance.isOurs, decoding: .wholeFile(PortfolioPerformance.decode))
}

enum PortfolioPerformance {
  fileprivate static let paths =
    ([
      "date", "time", "shares", "portfolio", "account", "otherPortfolio", "otherAccount", "note", "source", "units",
    ] + ["name", "isin", "ticker", "currency"].map { "security." + $0 }
    + ["type", "amount", "fxAmount", "fxCurrency", "fxRateToBase"].map { "units[]." + $0 }).map { "transactions[]." + $0 }

  /// Date, Type and Value are common names; the first row's type must be one of the program's.
  static func isOurs(_ front: FileFront) -> Bool {
    guard front.delimiter != nil else { return true }
    let names = Set(front.names.map { $0.lowercased() })
    let marks: Set<String> = [
      "cash account", "offset account", "net transaction value", "gesamtpreis", "konto", "gegenkonto", "transaction currency",
      "buchungswährung",
      "gross amount", "bruttobetrag", "security name", "wertpapiername",
    ]
    return !names.isDisjoint(with: marks)
  }

  static func decode(_ group: inout RowGroup, _ file: FileContext) throws(RowProblem) {
    if file.delimiter == nil {
      for row in group.rows { group.attempt([row]) { (_) throws(RowProblem) in [try fromJSON(row, file)] } }
      return
    }
    let isGerman = group.rows.first?.has("Datum") ?? false
    let numbers = [PerformanceCells.Column.shares, .quote, .amount, .gross, .net, .rate, .fees, .taxes, .balance].flatMap(\.names)
    let style = PerformanceCells.style(of: group.rows, numbers, isGerman: isGerman)
    let signs = PerformanceSigns(group.rows.map { PerformanceCells($0, style, file) })
    var outgoing: [(row: Row, transaction: PerformanceTransaction)] = []
    var incoming: [(row: Row, transaction: PerformanceTransaction)] = []
    var statement = PerformanceBalance()
    for row in group.rows {
      do throws(RowProblem) {
        let cells = PerformanceCells(row, style, file)
        let transaction = try fromTable(cells, signs)
        if let balance = try cells.amount(.balance)?.value, let moved = transaction.moved { statement.add(moved, balance, row.line) }
        switch transaction.kind {
        case .transferIn: incoming.append((row, transaction))
        case .transferOut:
          outgoing.append((row, transaction))
          group.add(try event(row, transaction), from: [row])
        default: group.add(try event(row, transaction), from: [row])
        }
      } catch {
        group.fail(row, error)
      }
    }
    if let (line, text) = statement.difference { file.note(line, text) }
    for (row, transaction) in incoming {
      if let other = outgoing.first(where: { isOtherSide($0.transaction, transaction) }) {
        group.ignore(row, "the other side of the transfer in line \(other.row.line)")
      } else {
        group.attempt([row]) { (_) throws(RowProblem) in [try event(row, transaction)] }
      }
    }
  }

  private static func isOtherSide(_ out: PerformanceTransaction, _ into: PerformanceTransaction) -> Bool {
    out.moment.instant == into.moment.instant && out.asset == into.asset && out.shares == into.shares && out.account == into.offset
      && out.offset == into.account && (out.net == into.net || out.foreign?.amount == into.net || out.net == into.foreign?.amount)
  }

  private static func event(_ row: Row, _ transaction: PerformanceTransaction) throws(RowProblem) -> EventDraft {
    let made: EventDraft?
    do throws(DecimalError) {
      made = try transaction.event()
    } catch {
      throw row.problem(.numberOutOfRange)
    }
    guard let made else { throw row.problem(.inconsistent("\(transaction.kind.rawValue) needs a security and shares, or two accounts")) }
    return made
  }

  private static func fromTable(_ cells: PerformanceCells, _ signs: PerformanceSigns) throws(RowProblem) -> PerformanceTransaction {
    let row = cells.row
    // A list of holdings has no types: each row brings units in.
    var kind: PerformanceTransaction.Kind? = .deliveryIn
    if row.has(cells.name(.type)) { kind = PerformanceTransaction.kind(try row.text(cells.name(.type))) }
    guard let kind else { throw row.unknown(cells.name(.type), known: PerformanceTransaction.known) }
    var amount = try cells.amount(.net)
    if amount == nil { amount = try cells.amount(.amount) }
    guard let net = amount?.value else { throw row.problem(cells.name(.net), .missing) }
    let isReversed = try signs.isReversal(kind, net, cells)
    let code = try cells.currency()
    var transaction = PerformanceTransaction(
      kind: kind, moment: try cells.moment(), asset: cells.asset, shares: try cells.positive(.shares), quote: try cells.positive(.quote),
      net: net.magnitude, currency: KnownMoney.asset(code))
    transaction.isReversed = isReversed
    transaction.fees = try signs.charge(.fees, cells, isReversed)
    transaction.taxes = try signs.charge(.taxes, cells, isReversed)
    if let gross = try cells.positive(.gross), let currency = cells.text(.grossCurrency), currency != code {
      transaction.foreign = (gross, KnownMoney.asset(currency), try cells.positive(.rate))
    } else {
      // The value is the truth; an amount before fees and taxes that is not what the other cells make is another row's or a typing error.
      for column in [PerformanceCells.Column.gross, .amount] where row.has(cells.name(column)) && cells.text(.net) != nil {
        if let gross = try cells.positive(column), !isConsistent(gross, transaction) {
          throw row.problem(cells.name(column), .inconsistent("is not what the value, fees and taxes make"))
        }
      }
    }
    place(&transaction, cells)
    transaction.note = cells.note
    return transaction
  }

  /// Whether an amount before fees and taxes in the account's own currency is what the other cells make it, but for rounding.
  private static func isConsistent(_ gross: Decimal, _ transaction: PerformanceTransaction) -> Bool {
    guard let costs = try? transaction.fees.adding(transaction.taxes) else { return false }
    let isOut = [.buy, .deliveryIn].contains(transaction.kind)
    guard let expected = try? isOut ? transaction.net.subtracting(costs) : transaction.net.adding(costs) else { return false }
    guard let apart = try? expected.subtracting(gross) else { return false }
    return apart.magnitude <= Decimal(mantissa: 2, scale: 2)
  }

  /// Says on which accounts units and cash are.
  private static func place(_ transaction: inout PerformanceTransaction, _ cells: PerformanceCells) {
    let own = PerformanceCells.account(cells.text(.account)).name
    let depot = PerformanceCells.account(cells.text(.depot)).name
    let offset = PerformanceCells.account(cells.text(.offset)).name
    (transaction.account, transaction.offset) = (depot ?? own, offset)
    guard transaction.kind == .buy || transaction.kind == .sell else {
      // A dividend arrives on the cash account, whatever depot it is for.
      if let own, transaction.kind == .dividend { transaction.account = own }
      return
    }
    if depot != nil, let own {
      transaction.cashAccount = .other(own)
    } else if let offset, own != nil {
      transaction.cashAccount = .other(offset)
    } else if let offset {
      (transaction.account, transaction.cashAccount) = (offset, .other(nil))
    }
    if case .other(let cash) = transaction.cashAccount, cash == transaction.account { transaction.cashAccount = .own }
  }

  // MARK: JSON

  private static func fromJSON(_ row: Row, _ file: FileContext) throws(RowProblem) -> EventDraft {
    var row = row
    row.style = .point
    let word = try row.text("type")
    guard let kind = PerformanceTransaction.kind(word) else { throw row.unknown("type", known: PerformanceTransaction.known) }
    var asset: AssetRef?
    if let symbol = row.optionalText("security.ticker") ?? row.optionalText("security.name") ?? row.optionalText("security.isin") {
      var attributes: [AssetAttribute: String] = [:]
      attributes[.isin] = row.optionalText("security.isin")
      let name = row.optionalText("security.name")
      let hint = AssetHint(
        likely: PerformanceCells.likelyClass(name ?? symbol), name: name, currency: row.optionalText("security.currency"),
        attributes: attributes)
      asset = AssetRef(symbol, hint)
    }
    let moment: Moment
    if let clock = row.optionalText("time"), !clock.hasPrefix("00:00") {
      moment = try Row([("date", "\(try row.day("date")) \(clock)")], line: row.line).moment(
        "date", ["yyyy-MM-dd HH:mm[:ss]"], zone: file.zone)
    } else {
      moment = Moment(try row.day("date"))
    }
    var transaction = PerformanceTransaction(
      kind: kind, moment: moment, asset: asset, shares: try row.nonZeroDecimal("shares")?.magnitude,
      net: try row.decimal("amount").magnitude, currency: KnownMoney.asset(try row.text("currency")))
    // Amounts are written without sign; the type alone tells the direction. One below zero takes a row of the type back.
    transaction.isReversed = try row.decimal("amount").isNegative
    if transaction.isReversed, !PerformanceSigns.canReverse.contains(kind) {
      throw row.problem("amount", .inconsistent("is below zero in a \(word)"))
    }
    for unit in try row.children("units") {
      let amount = try unit.decimal("amount").magnitude
      switch try unit.text("type") {
      case "FEE": transaction.fees = (try? transaction.fees.adding(amount)) ?? transaction.fees
      case "TAX": transaction.taxes = (try? transaction.taxes.adding(amount)) ?? transaction.taxes
      case "GROSS_VALUE":
        if let foreign = try unit.optionalDecimal("fxAmount"), let currency = unit.optionalText("fxCurrency") {
          transaction.foreign = (foreign, KnownMoney.asset(currency), try unit.optionalDecimal("fxRateToBase"))
        }
      default: throw unit.unknown("type", known: ["FEE", "TAX", "GROSS_VALUE"])
      }
    }
    let depot = PerformanceCells.account(row.optionalText("portfolio")).name
    let cash = PerformanceCells.account(row.optionalText("account")).name
    transaction.account = depot ?? cash
    transaction.offset = PerformanceCells.account(row.optionalText("otherPortfolio") ?? row.optionalText("otherAccount")).name
    if kind == .dividend, let cash { transaction.account = cash }
    if depot != nil, let cash, cash != depot, kind == .buy || kind == .sell { transaction.cashAccount = .other(cash) }
    transaction.note = [row.optionalText("note"), row.optionalText("source")].compactMap { $0 }.joined(separator: "; ")
    if transaction.note == "" { transaction.note = nil }
    return try event(row, transaction)
  }
}
