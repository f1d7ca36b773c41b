import Amounts
public import Engine
public import Ledger

/// A recorded disposal in a report of choices: how it is matched as the book stands.
public struct RecordedChoice: Sendable {
  /// The event.
  public var event: EventID
  /// Where it left.
  public var account: AccountLabel
  /// The rule that holds for it.
  public var rule: LotRule
  /// Whether it says which lots it takes, and the method lets it.
  public var isChosen: Bool
  /// The year, where that is closed.
  public var closedYear: Int?
  /// What it takes and gains now.
  public var now: SaleWhatIf.Sale
  /// Later disposals of the same lots.
  public var later: Int
}

extension WhatIfReport {
  /// The choices that a recorded disposal has: what each method would take of the lots that were open then. Nothing is changed.
  public init(_ book: Book, _ sale: RecordedSale) {
    let names = Names(book)
    let whatIf = SaleWhatIf(book, sale)
    let sales = SaleWhatIf.methods.map { ($0, whatIf.sale(by: $0)) }
    let isChosen = sale.isChosen && sale.rule.method == .specific
    let least = sales.compactMap { $0.1.gain.value }.min()
    self.init(
      asset: names.asset(sale.asset), day: sale.day, currency: names.currency(book.settings.base), price: whatIf.price,
      priceCurrency: names.currency(whatIf.price), quantity: sale.quantity, whatIf: whatIf,
      rows: sales.flatMap { method, sale in sale.parts.map { WhatIfReport.row($0, method, names, book) } },
      methods: sales.map { method, found in
        WhatIfMethodRow(
          method: method, isCurrent: !isChosen && (method == sale.rule.method || method == .fifo && sale.rule.method == .specific),
          isCheapest: least != nil && found.gain.value == least, sale: found)
      })
    recorded = RecordedChoice(
      event: sale.event, account: names.account(sale.account), rule: sale.rule, isChosen: isChosen,
      closedYear: sale.isClosed ? sale.day.year : nil, now: whatIf.sale(of: sale.taken), later: sale.later)
  }

  /// The report as plain data: the parts by method, with the lots there are to choose from.
  public func document(_ book: Book) -> Document {
    var document = document
    let lots = lots(book)
    document.facts.append(
      .init("lots", .list(lots.rows.map { cells in .object(zip(LotChoiceRow.columns, cells).map { .init($0.key, $1) }) })))
    if let recorded {
      document.facts.append(.init("event", .integer(Int(recorded.event.raw))))
      document.facts.append(.init("gainBase", Cell(recorded.now.gain)))
      document.facts.append(.init("closedYear", recorded.closedYear.map { .integer($0) } ?? .none))
    }
    return document
  }

  /// The lots there are to choose from, as a table for people and programs.
  public func lots(_ book: Book) -> Document {
    let names = Names(book)
    return Document(
      "whatif", asOf: nil, currency: nil,
      rows: whatIf.lots.indices.map { place in
        let lot = whatIf.lots[place]
        return LotChoiceRow(
          lot: lot.event, account: names.account(lot.account), acquired: lot.acquired.map { book.settings.zone.day(of: $0) },
          quantity: lot.quantity, cost: lot.cost, currency: names.currency(lot.cost), whole: whatIf.whole(place))
      })
  }
}

/// A lot that a disposal can take.
struct LotChoiceRow: Hashable, ReportRow {
  /// The event that made it.
  var lot: EventID
  /// Where it is.
  var account: AccountLabel
  /// The day it was acquired; nil when unknown.
  var acquired: Day?
  /// Units of it.
  var quantity: Decimal
  /// What they cost.
  var cost: Figure<Money>
  /// The code of the cost's currency.
  var currency: String?
  /// The sale of it as a whole.
  var whole: SaleWhatIf.Sale

  static let columns = [
    Column("lot", "Lot", .integer), Column("account", "Account", .text), Column("acquired", "Acquired", .day),
    Column("quantity", "Quantity", .quantity), Column("cost", "Cost", .money), Column("currency", "Cur", .text),
    Column("gainBase", "Gain if sold whole", .money), Column("term", "Term", .text),
  ]

  var cells: [Cell] {
    let term = whole.parts.first?.isLong.map { $0 ? Term.long : .short }
    return [
      .integer(Int(lot.raw)), .text(account.text), acquired.map { .day($0) } ?? .unknown(.unknownDate), .decimal(quantity), Cell(cost),
      Cell(currency), Cell(whole.gain), term.map { .text($0.rawValue) } ?? .unknown(.unknownDate),
    ]
  }
}
