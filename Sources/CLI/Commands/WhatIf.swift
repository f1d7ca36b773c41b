import Amounts
import Engine
import Ledger
import Reports
import Workspace

extension Command {
  /// A sale that is only thought of.
  static let whatIf = Command(
    "whatif", "what a sale would gain, by each lot method; nothing is changed",
    usage: "sell ASSET QUANTITY [--price P] [--account A] [--date D] [--all] | event ID",
    details: """
      The lots are those open at the end of the day as the rules in force left them; each method chooses among them. Without --account
      they are those of all accounts, or of --portfolio. What florin restrictions does not call free on the day is left alone, unless
      --all is given. The price is per unit, by default the market price, without a market what a unit counts as. Gains are by term:
      short inside the holding period, long after it.
      event ID is a sale that was recorded: what each method would take of the lots that were open then, and the lots to choose from;
      florin edit event ID --lots ... stores a choice.
      """,
    options: [
      Option("price", "P", "what a unit yields, in the currency its price is quoted in (default: the market price, else its unit value)"),
      Option("account", "A", "only the lots of this account"),
      Option("date", "D", "the day of the sale (default: --as-of)"),
      Option("all", nil, "locked, staked, pledged and lent units, too"),
    ]
  ) { (context) throws(Failure) in
    let words = context.arguments.operands
    if words.first == "event" { return try recorded(words.dropFirst().first, context) }
    guard words.first == "sell", words.count > 2 else { throw .usage(.missingOperand("sell ASSET QUANTITY")) }
    guard let quantity = Decimal(words[2]), quantity.isPositive else { throw .usage(.badNumber("QUANTITY", words[2])) }
    let day: Day
    do throws(UsageError) { day = try Context.day(context.arguments["date"], option: "--date") ?? context.asOf } catch {
      throw .usage(error)
    }
    let book = try context.bookByOptions()
    guard let asset = book.labels.first(where: { $0.value == words[1] })?.key else {
      throw .workspace(.unknownAsset(words[1], nearest: Nearest.name(to: words[1], among: book.labels.values.sorted())))
    }
    let account = try context.account(in: book)
    var price: Price?
    if let text = context.arguments["price"] {
      guard let amount = Decimal(text), !amount.isNegative else { throw .usage(.badNumber("--price", text)) }
      let quoted = Valuer(book: book, on: day).unit(asset).sale.price.value?.currency
      price = Price(amount, quoted ?? book.settings.base)
    }
    let report = WhatIfReport(
      book, book.booked(asOf: day), sell: quantity, of: asset, price: price, in: account, on: day,
      respectingLocks: !context.arguments.has("all"))
    if context.arguments["format"] == "json" || context.arguments["format"] == "csv" {
      context.write(report.document)
    } else {
      context.write(report.document.rowsOnly)
      context.write(report.summary)
      context.say(report.verdict)
    }
    return .ok
  }
}

extension Command {
  /// What each method would take for a sale that was recorded.
  private static func recorded(_ key: String?, _ context: Context) throws(Failure) -> ExitCode {
    guard let key else { throw .usage(.missingOperand("event ID")) }
    guard let id = Int64(key) else { throw .usage(.badNumber("ID", key)) }
    let book = try context.bookByOptions()
    let place = book.events.ids.firstIndex(of: id)
    guard let place, let sale = book.recordedSale(EventID(id), of: AssetID(book.events.assets[place])) else {
      throw .workspace(.invalid([EditProblem("event", key, "takes no lots that can be picked", "see florin gains for sales")]))
    }
    let report = WhatIfReport(book, sale)
    if context.arguments["format"] == "json" || context.arguments["format"] == "csv" {
      context.write(report.document(book))
    } else {
      context.write(report.document.rowsOnly)
      context.write(report.summary)
      context.write(report.lots(book))
      context.say(report.verdict)
    }
    return .ok
  }
}

extension Context {
  /// The account that is named; nil when none is.
  fileprivate func account(in book: Book) throws(Failure) -> AccountID? {
    guard let name = arguments["account"] else { return nil }
    if let found = book.accounts.values.first(where: { $0.name == name }) { return found.id }
    throw .workspace(.noSuchAccount(name, known: book.accounts.values.map(\.name).sorted()))
  }
}

extension Document {
  /// The document without its further facts.
  fileprivate var rowsOnly: Document {
    var document = self
    document.facts = []
    return document
  }
}
