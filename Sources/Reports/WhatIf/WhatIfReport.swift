public import Amounts
public import Engine
public import Ledger

/// A part of a sale that is only thought of.
public struct WhatIfRow: Hashable, ReportRow {
  /// Which method takes it.
  public var method: LotMethod
  /// The lot: the event that made it, and where there are several its leg and how many transfers it went through.
  public var lot: String
  /// Where it is.
  public var account: AccountLabel
  /// The day it was acquired; nil when unknown.
  public var acquired: Day?
  /// Units taken.
  public var quantity: Decimal
  /// The part, with its figures.
  public var part: SaleWhatIf.Part
  /// The code of the proceeds' currency.
  public var currency: String?
  /// Long or short; nil when the acquisition is unknown.
  public var term: Term?

  /// Method, lot, figures, term.
  public static let columns = [
    Column("method", "Method", .text), Column("lot", "Lot", .text), Column("account", "Account", .text),
    Column("acquired", "Acquired", .day), Column("quantity", "Quantity", .quantity), Column("proceeds", "Proceeds", .money),
    Column("cost", "Cost", .money), Column("gain", "Gain", .money), Column("currency", "Cur", .text), Column("term", "Term", .text),
    Column("proceedsBase", "Proceeds (base)", .money, quiet: true), Column("costBase", "Cost (base)", .money, quiet: true),
    Column("gainBase", "Gain (base)", .money),
  ]

  /// The values, one for each column.
  public var cells: [Cell] {
    [
      .text(method.rawValue), .text(lot), .text(account.text), acquired.map { .day($0) } ?? .unknown(.unknownDate), .decimal(quantity),
      Cell(part.proceeds), Cell(part.lot.cost), Cell(part.gain), Cell(currency),
      term.map { .text($0.rawValue) } ?? .unknown(.unknownDate), Cell(part.proceedsBase), Cell(part.lot.costBase), Cell(part.gainBase),
    ]
  }
}

/// What a method would make of the whole sale.
public struct WhatIfMethodRow: Hashable, ReportRow {
  /// The method.
  public var method: LotMethod
  /// Whether it is the one in force.
  public var isCurrent: Bool
  /// Whether no other method gains less now.
  public var isCheapest: Bool
  /// The sale.
  public var sale: SaleWhatIf.Sale

  /// Method, cost, gain by term.
  public static let columns = [
    Column("method", "Method", .text), Column("current", "In force", .flag), Column("cheapest", "Least gain", .flag),
    Column("quantity", "Quantity", .quantity), Column("costBase", "Cost", .money), Column("gainShort", "Short gain", .money),
    Column("gainLong", "Long gain", .money), Column("gainBase", "Gain", .money), Column("unknown", "Unknown", .integer),
    Column("missing", "Not held", .quantity), Column("notFree", "Not free", .quantity),
  ]

  /// The values, one for each column.
  public var cells: [Cell] {
    [
      .text(method.rawValue), .flag(isCurrent), .flag(isCheapest), .decimal(sale.quantity), .decimal(sale.costBase),
      .decimal(sale.gainShort), .decimal(sale.gainLong), Cell(sale.gain), .integer(sale.unknown), .decimal(sale.missing),
      .decimal(sale.notFree),
    ]
  }
}

/// What a sale would take and gain by each method.
public struct WhatIfReport: Sendable {
  /// The asset.
  public var asset: AssetLabel
  /// The day of the sale.
  public var day: Day
  /// The base currency's code.
  public var currency: String
  /// What a unit yields, and the code of its currency.
  public var price: Figure<Price>
  /// The code of the price's currency.
  public var priceCurrency: String?
  /// Where the price is from: `market`, `nav`, `trade`, `peg`; nil when it was stated or is unknown.
  public var priceSource: String?
  /// Units to sell.
  public var quantity: Decimal
  /// The sale itself, for choices of one's own.
  public var whatIf: SaleWhatIf
  /// By method, then in the order taken.
  public var rows: [WhatIfRow]
  /// One row a method.
  public var methods: [WhatIfMethodRow]
  /// Units held where it is sold.
  public var held = Decimal.zero
  /// Of them those that may be sold on the day.
  public var free = Decimal.zero
  /// Why not all of them, in words.
  public var reasons: [String] = []
  /// How the sale is matched now; nil when it is only thought of.
  public var recorded: RecordedChoice?

  /// Thinks of a sale at the end of a day.
  ///
  /// - Parameters:
  ///   - booking: the lots at the end of the day.
  ///   - price: what a unit yields; nil is the market price, else what the unit counts as.
  ///   - account: where it is sold; nil means the lots of all accounts in view.
  ///   - respectingLocks: whether units under a lock, staked, pledged or lent are left alone.
  public init(
    _ book: Book, _ booking: Booking, sell quantity: Decimal, of id: AssetID, price: Price? = nil, in account: AccountID? = nil,
    on day: Day, respectingLocks: Bool = true
  ) {
    let names = Names(book)
    let sale = Valuer(book: book, on: day).unit(id).sale
    let unit = price.map { .known($0) } ?? sale.price
    let lots = booking.lots.filter { lot in lot.asset == id && account.map { lot.account == $0 } ?? true }
    let restrictions = Restrictions(book, booking, asOf: day)
    let whatIf = SaleWhatIf(book, lots, quantity: quantity, price: unit, on: day, respectingLocks ? restrictions : nil)
    let sales = SaleWhatIf.methods.map { ($0, whatIf.sale(by: $0)) }
    let portfolio = (account ?? lots.first?.account).flatMap { book.accounts[$0]?.portfolio } ?? ""
    let current = book.settings.rule(of: portfolio, on: day).method
    let least = sales.compactMap { $0.1.gain.value }.min()
    self.init(
      asset: names.asset(id), day: day, currency: names.currency(book.settings.base), price: unit, priceCurrency: names.currency(unit),
      quantity: quantity, whatIf: whatIf,
      rows: sales.flatMap { method, sale in sale.parts.map { WhatIfReport.row($0, method, names, book) } },
      methods: sales.map { method, sale in
        WhatIfMethodRow(
          method: method, isCurrent: method == current, isCheapest: least != nil && sale.gain.value == least, sale: sale)
      })
    priceSource = price == nil ? sale.source?.rawValue : nil
    for place in Set(whatIf.lots.map(\.account)).sorted() {
      let state = restrictions.state(of: id, in: place, on: day)
      held = (try? held.adding(state.held)) ?? held
      free = (try? free.adding(state.free)) ?? free
      if state.free != state.held { reasons += state.reasons.filter { !reasons.contains($0) } }
    }
  }

  init(
    asset: AssetLabel, day: Day, currency: String, price: Figure<Price>, priceCurrency: String?, quantity: Decimal, whatIf: SaleWhatIf,
    rows: [WhatIfRow], methods: [WhatIfMethodRow]
  ) {
    self.asset = asset
    self.day = day
    self.currency = currency
    self.price = price
    self.priceCurrency = priceCurrency
    self.quantity = quantity
    self.whatIf = whatIf
    self.rows = rows
    self.methods = methods
  }

  static func row(_ part: SaleWhatIf.Part, _ method: LotMethod, _ names: Names, _ book: Book) -> WhatIfRow {
    WhatIfRow(
      method: method, lot: label(of: part.lot), account: names.account(part.lot.account),
      acquired: part.lot.acquired.map { book.settings.zone.day(of: $0) }, quantity: part.lot.quantity, part: part,
      currency: names.currency(part.proceeds), term: part.isLong.map { $0 ? .long : .short })
  }

  /// The name of a lot: its event, and its leg and transfers where these are not 0.
  public static func label(of lot: OpenLot) -> String {
    lot.leg == 0 && lot.path == 0 ? "\(lot.event.raw)" : "\(lot.event.raw).\(lot.leg).\(lot.path)"
  }

  /// A sentence that says which method is cheapest now.
  public var verdict: String {
    let best = methods.filter(\.isCheapest)
    guard let first = best.first, let gain = first.sale.gain.value else { return locks + "no method's gain is known" }
    let names = best.map(\.method.rawValue).joined(separator: ", ")
    return locks + "least gain now: \(names): \(NumberText.money(gain)) \(currency)"
  }

  /// What of it may not be sold, in words with a line's end; empty when all may.
  private var locks: String {
    guard let kept = methods.first?.sale.notFree, kept.isPositive else { return "" }
    let why = reasons.isEmpty ? "" : " (\(reasons.joined(separator: "; ")))"
    return "\(NumberText.quantity(kept)) of \(NumberText.quantity(quantity)) may not be sold now\(why); --all asks about them too\n"
  }

  /// The report as plain data: the parts, with the sums of each method.
  public var document: Document {
    let sums = methods.map { row in
      Cell.object(zip(WhatIfMethodRow.columns, row.cells).map { .init($0.key, $1) })
    }
    return Document(
      "whatif", asOf: day, currency: currency, rows: rows,
      facts: [
        .init("asset", .text(asset.text)), .init("quantity", .decimal(quantity)), .init("price", Cell(price)),
        .init("priceCurrency", Cell(priceCurrency)), .init("priceSource", Cell(priceSource)), .init("held", .decimal(held)),
        .init("free", .decimal(free)),
        .init("reasons", .list(reasons.map { .text($0) })),
        .init("cheapest", .list(methods.filter(\.isCheapest).map { .text($0.method.rawValue) })), .init("methods", .list(sums)),
      ])
  }

  /// The sums of each method as a table of their own, for people.
  public var summary: Document { Document("whatif", asOf: nil, currency: nil, rows: methods) }
}
