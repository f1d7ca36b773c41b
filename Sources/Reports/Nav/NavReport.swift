public import Amounts
public import Engine
import Ledger

extension NavReport {
  /// The NAV desk.
  ///
  /// Rows are the held assets that have a NAV and the security tokens that should have one; behind them the assets that are not
  /// held but have a NAV, as from a platform's token list. Each part by symbol.
  public init(_ book: Book, _ booking: Booking, asOf: Day, filter: Filter = .all) {
    self.init(book, booking, Valuer(book: book, on: asOf), filter: filter)
  }

  /// The NAV desk, valued by a valuer that is there already.
  public init(_ book: Book, _ booking: Booking, _ valuer: Valuer, filter: Filter = .all) {
    let names = Names(book)
    var held: [AssetID: (quantity: Decimal, cost: Figure<Decimal>)] = [:]
    for position in booking.positions where !position.quantity.isZero {
      let before = held[position.asset] ?? (.zero, .known(.zero))
      let cost = position.costBaseFigure
      held[position.asset] = (
        (try? before.quantity.adding(position.quantity)) ?? before.quantity,
        before.cost.with(cost) { (a, b) throws(DecimalError) in try a.adding(b) }
      )
    }
    var rows: [NavRow] = []
    for (id, position) in held {
      guard let asset = book.assets[id] else { continue }
      let unit = valuer.unit(id)
      if unit.nav == nil && asset.assetClass != .security { continue }
      rows.append(NavReport.row(of: id, position.quantity, position.cost, book, valuer, names))
    }
    for id in book.quotes.nav.keys where held[id] == nil && book.assets[id] != nil && valuer.unit(id).nav != nil {
      var row = NavReport.row(of: id, .zero, .unknown(.nothing), book, valuer, names)
      row.value = .unknown(.nothing)
      rows.append(row)
    }
    rows = rows.filter(filter.matches).sorted { a, b in
      a.quantity.isZero == b.quantity.isZero ? AssetLabel.precedes(a.asset, b.asset) : b.quantity.isZero
    }
    let mine = rows.filter { !$0.quantity.isZero }
    self.init(
      asOf: valuer.day, currency: names.currency(valuer.base), rows: rows, stale: mine.count { $0.isStale == true },
      missing: mine.count { !$0.nav.isKnown })
  }

  /// One asset's row.
  static func row(
    of id: AssetID, _ quantity: Decimal, _ cost: Figure<Decimal>, _ book: Book, _ valuer: Valuer, _ names: Names
  ) -> NavRow {
    let unit = valuer.unit(id)
    let nav: Figure<Price> = unit.nav.map { .known($0.price) } ?? .unknown(.noNav)
    let market: Figure<Price> = unit.market.map { .known($0.price) } ?? .unknown(.noPrice)
    let share = book.ownership(of: quantity, id, on: valuer.day)
    let facts = unit.nav?.nav
    return NavRow(
      asset: names.asset(id), nav: nav, navCurrency: names.currency(nav), navDate: unit.nav?.day, published: facts?.published,
      method: facts?.method, source: facts?.appraiser ?? unit.nav?.source, ageDays: unit.nav.map { valuer.day - $0.day },
      isStale: unit.nav == nil ? nil : unit.isNavStale, market: market, marketDate: unit.market?.day, premium: unit.premium,
      mode: unit.source, value: valuer.value(of: quantity, id, costBase: cost), ownership: share.share,
      impliedUnderlying: share.impliedUnderlying, impliedDebt: share.impliedDebt, quantity: quantity, document: facts?.document)
  }
}
