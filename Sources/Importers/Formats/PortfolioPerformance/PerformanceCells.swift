import Amounts
import Ledger

/// Finds Portfolio Performance's columns in either language, and reads their numbers by the way the whole file writes them.
struct PerformanceCells {
  let row: Row
  private let file: FileContext

  init(_ row: Row, _ style: NumberStyle, _ file: FileContext) {
    var row = row
    row.style = style
    self.row = row
    self.file = file
  }

  /// A column: its English name first, then older ones and German.
  enum Column: String, CaseIterable {
    case date, time, type, security, isin, wkn, ticker, shares, quote, amount, gross, grossCurrency, net, currency, rate, fees, taxes
    case account, depot, offset, note, source, balance

    var names: [String] {
      switch self {
      case .date: ["Date", "Datum"]
      case .time: ["Time", "Uhrzeit"]
      case .type: ["Type", "Typ"]
      case .security: ["Security Name", "Security", "Wertpapiername", "Wertpapier"]
      case .isin: ["ISIN"]
      case .wkn: ["WKN"]
      case .ticker: ["Ticker Symbol", "Symbol", "Ticker-Symbol"]
      case .shares: ["Shares", "Stück"]
      case .quote: ["Quote", "Kurs", "Quote per share", "Per Share", "pro Aktie"]
      case .amount: ["Amount", "Betrag"]
      case .gross: ["Gross Amount", "Bruttobetrag"]
      case .grossCurrency: ["Currency Gross Amount", "Währung Bruttobetrag"]
      case .net: ["Net Transaction Value", "Value", "Gesamtpreis", "Wert"]
      case .currency: ["Transaction Currency", "Buchungswährung", "Currency", "Währung"]
      case .rate: ["Exchange Rate", "Wechselkurs"]
      case .fees: ["Fees", "Gebühren"]
      case .taxes: ["Taxes", "Steuern"]
      case .account: ["Cash Account", "Account", "Konto"]
      case .depot: ["Securities Account", "Depot"]
      case .offset: ["Offset Account", "Gegenkonto"]
      case .note: ["Note", "Notiz"]
      case .source: ["Source", "Quelle"]
      case .balance: ["Balance", "Saldo"]
      }
    }
  }

  /// Every column that may be read, as each language names it.
  static let english = Column.allCases.flatMap(\.names).filter { !germanOnly.contains($0) }
  static let german = Column.allCases.flatMap(\.names).filter { germanOnly.contains($0) || ["ISIN", "WKN", "Symbol"].contains($0) }
  private static let germanOnly: Set<String> = [
    "Datum", "Uhrzeit", "Typ", "Wertpapiername", "Wertpapier", "Ticker-Symbol", "Stück", "Kurs", "pro Aktie", "Betrag", "Bruttobetrag",
    "Währung Bruttobetrag", "Gesamtpreis", "Wert", "Buchungswährung", "Währung", "Wechselkurs", "Gebühren", "Steuern", "Konto", "Depot",
    "Gegenkonto", "Notiz", "Quelle", "Saldo",
  ]

  /// The column's name in this file; its English one when it is not there.
  func name(_ column: Column) -> String { column.names.first(where: row.has) ?? column.names[0] }

  /// The text of a cell; nil when it is empty.
  func text(_ column: Column) -> String? { row.optionalText(name(column)) }

  /// The number in a cell; `USD 12.50` tells its currency.
  func amount(_ column: Column) throws(RowProblem) -> UnitAmount? { try row.optionalAmount(name(column)) }

  /// A positive number; nil when it is missing or zero.
  func positive(_ column: Column) throws(RowProblem) -> Decimal? {
    guard let value = try amount(column)?.value, !value.isZero else { return nil }
    return value.magnitude
  }

  /// Date and time. Midnight is how the program writes a day without a time.
  func moment() throws(RowProblem) -> Moment {
    let day = try row.userMoment(name(.date), dayFirst: file.dayFirst)
    if day.dateOnly == nil {
      let isMidnight = day.instant == Instant(day: day.zone.day(of: day.instant)) && day.zone.name == "UTC"
      return isMidnight ? Moment(day.instant.dayUTC) : day
    }
    guard let date = day.dateOnly, let clock = text(.time), clock != "00:00", clock != "00:00:00" else { return day }
    let joined = Row([("Time", "\(date) \(clock)")], line: row.line)
    return try joined.moment("Time", ["yyyy-MM-dd HH:mm[:ss]"], zone: file.zone)
  }

  /// The security, by all names the file gives it; nil when the row has none. What people keep in this program are shares and funds.
  var asset: AssetRef? {
    let (title, ticker, isin, wkn) = (text(.security), text(.ticker), text(.isin), text(.wkn))
    guard let symbol = ticker ?? title ?? isin ?? wkn else { return nil }
    var attributes: [AssetAttribute: String] = [:]
    attributes[.isin] = isin
    let likely = PerformanceCells.likelyClass(title ?? symbol)
    return AssetRef(symbol, AssetHint(likely: likely, name: title == symbol ? nil : title, attributes: attributes))
  }

  /// What a security is as long as nobody says otherwise: a fund where its name says so, else a share.
  static func likelyClass(_ name: String) -> AssetClass {
    let words = name.uppercased().split { !$0.isLetter }
    let funds: Set<Substring> = ["ETF", "ETC", "ETP", "UCITS", "FUND", "FUNDS", "FONDS", "SICAV", "INDEXFONDS", "ISHARES"]
    return words.contains { funds.contains($0) } ? .fund : .stock
  }

  /// What the owner wrote, and where the row came from.
  var note: String? {
    let parts = [text(.note), text(.source)].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  /// The account's name without the currency that the program's manual recommends to put behind it: `broker-A (EUR)`.
  static func account(_ text: String?) -> (name: String?, currency: String?) {
    guard let text, text.hasSuffix(")"), let open = text.lastIndex(of: "(") else { return (text, nil) }
    let code = text[text.index(after: open)...].dropLast()
    guard code.count == 3, code.allSatisfy({ $0.isUppercase && $0.isLetter }) else { return (text, nil) }
    let name = text[..<open].reversed().drop { $0 == " " }.reversed()
    return (name.isEmpty ? nil : String(name), String(code))
  }

  /// The currency of what moved on the account.
  func currency() throws(RowProblem) -> String {
    if let named = text(.currency) { return named }
    for column in [Column.net, .amount] {
      if let unit = try? amount(column)?.unit, unit.count == 3 { return unit }
    }
    for column in [Column.account, .depot, .offset] {
      if let code = PerformanceCells.account(text(column)).currency { return code }
    }
    if let told = file.currency { return told }
    throw row.problem(text(.net) == nil ? name(.amount) : name(.net), .unnamed(what: "currency", option: "--currency"))
  }

  /// How a file writes its numbers: what only one reading explains decides, else its language.
  static func style(of rows: [Row], _ columns: [String], isGerman: Bool) -> NumberStyle {
    guard let first = rows.first, first.style == .either else { return rows.first?.style ?? .either }
    var (points, commas) = (0, 0)
    for row in rows {
      for column in columns where row.has(column) {
        let text = row.glance(column)
        guard let mark = text.last(where: { $0 == "." || $0 == "," }), let at = text.lastIndex(of: mark) else { continue }
        let tail = text[text.index(after: at)...].prefix { $0.isNumber }.count
        let isDecisive = tail != 3 || text.contains(mark == "." ? "," : ".") || text.hasPrefix("0")
        if isDecisive { if mark == "." { points += 1 } else { commas += 1 } }
      }
    }
    if points == commas { return isGerman ? .comma : .point }
    return points > commas ? .point : .comma
  }
}
