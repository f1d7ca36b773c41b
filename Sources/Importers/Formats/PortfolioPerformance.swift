import Amounts
import Ledger

// Portfolio Performance: what its tables export (All transactions, an account's transactions) and what its CSV import takes, in English and
// German. Values are positive; the type tells the direction. Without a currency column the account's name tells it: `broker-A (EUR)`.
extension ExportFormat {
  static let performanceTransactions = ExportFormat(
    id: "portfolio_performance.transactions.v1", title: "Portfolio Performance transactions", account: "Portfolio Performance",
    tables: [
      TableHeader(
        ["Date", "Type", "Value"], optional: ["Cash Account", "Offset Account", "Gross Amount", "Currency Gross Amount"],
        absent: ["Currency Primary"]),
      TableHeader(
        ["Date", "Type", "Net Transaction Value"], optional: ["Security", "Shares", "Quote", "Amount", "Fees", "Taxes", "Cash Account"]),
      TableHeader(["Datum", "Typ", "Wert"], optional: ["Konto", "Gegenkonto", "Bruttobetrag", "Stück"]),
      TableHeader(
        ["Datum", "Typ", "Gesamtpreis"], optional: ["Uhrzeit", "Wertpapier", "Stück", "Kurs", "Betrag", "Gebühren", "Steuern", "Konto"]),
      TableHeader(
        ["Datum", "Typ", "Betrag", "Gegenkonto"], optional: ["Uhrzeit", "Saldo", "Wertpapier", "Stück", "pro Aktie", "Notiz", "Quelle"]),
      TableHeader(["Date", "Security Name", "Shares", "Value"], optional: ["ISIN", "Ticker Symbol", "Currency"], absent: ["Type"]),
      TableHeader(["Datum", "Wertpapiername", "Stück", "Wert"], optional: ["ISIN", "Ticker-Symbol", "Währung"], absent: ["Typ"]),
      TableHeader(
        ["Date", "Type", "Amount", "Offset Account"], optional: ["Time", "Balance", "Security", "Shares", "Per Share", "Note", "Source"]),
    ],
    shapes: [
      JSONHeader(
        rows: ["transactions[]"], required: ["version", "transactions[].type", "transactions[].currency", "transactions[].amount"])
    ],
    numbers: .either, accepts: PortfolioPerformance.isOurs, decoding: .wholeFile(PortfolioPerformance.decode))
}

enum PortfolioPerformance {
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
    let numbers = [PerformanceCells.Column.shares, .quote, .amount, .gross, .net, .rate, .fees, .taxes].flatMap(\.names)
    let style = PerformanceCells.style(of: group.rows, numbers, isGerman: isGerman)
    var outgoing: [(row: Row, transaction: PerformanceTransaction)] = []
    var incoming: [(row: Row, transaction: PerformanceTransaction)] = []
    for row in group.rows {
      do throws(RowProblem) {
        let transaction = try fromTable(PerformanceCells(row, style, file))
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

  private static func fromTable(_ cells: PerformanceCells) throws(RowProblem) -> PerformanceTransaction {
    let row = cells.row
    // A list of holdings has no types: each row brings units in.
    var kind: PerformanceTransaction.Kind? = .deliveryIn
    if row.has(cells.name(.type)) { kind = PerformanceTransaction.kind(try row.text(cells.name(.type))) }
    guard let kind else { throw row.unknown(cells.name(.type), known: PerformanceTransaction.known) }
    var amount = try cells.amount(.net)
    if amount == nil { amount = try cells.amount(.amount) }
    guard let net = amount?.value.magnitude else { throw row.problem(cells.name(.net), .missing) }
    let code = try cells.currency()
    let (account, _) = PerformanceCells.account(cells.text(.depot) ?? cells.text(.account))
    var transaction = PerformanceTransaction(
      kind: kind, moment: try cells.moment(), asset: cells.asset, shares: try cells.positive(.shares), quote: try cells.positive(.quote),
      net: net,
      currency: KnownMoney.asset(code))
    transaction.fees = try cells.positive(.fees) ?? .zero
    transaction.taxes = try cells.positive(.taxes) ?? .zero
    if let gross = try cells.positive(.gross), let currency = cells.text(.grossCurrency), currency != code {
      transaction.foreign = (gross, KnownMoney.asset(currency), try cells.positive(.rate))
    }
    transaction.account = account
    transaction.offset = PerformanceCells.account(cells.text(.offset)).name
    transaction.note = cells.text(.note)
    return transaction
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
      asset = AssetRef(
        symbol, AssetHint(name: row.optionalText("security.name"), currency: row.optionalText("security.currency"), attributes: attributes))
    }
    let moment: Moment
    if let clock = row.optionalText("time"), !clock.hasPrefix("00:00") {
      moment = try Row([("date", "\(try row.day("date")) \(clock)")], line: row.line).moment(
        "date", ["yyyy-MM-dd HH:mm[:ss]"], zone: file.zone)
    } else {
      moment = Moment(try row.day("date"))
    }
    var transaction = PerformanceTransaction(
      kind: kind, moment: moment, asset: asset, shares: try row.nonZeroDecimal("shares"), net: try row.decimal("amount").magnitude,
      currency: KnownMoney.asset(try row.text("currency")))
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
    transaction.account = PerformanceCells.account(row.optionalText("portfolio") ?? row.optionalText("account")).name
    transaction.offset = PerformanceCells.account(row.optionalText("otherPortfolio") ?? row.optionalText("otherAccount")).name
    transaction.note = row.optionalText("note")
    return try event(row, transaction)
  }
}
