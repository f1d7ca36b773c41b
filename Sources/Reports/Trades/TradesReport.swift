public import Amounts
public import Engine
import Ledger

extension TradesReport {
  /// The trades of a booking that was made with its pieces.
  ///
  /// A disposal closes a trade of the lots it took; what is left of an asset in an account is an open one, at what it is worth. Units
  /// that paid a fee and returned capital close nothing.
  public init(_ book: Book, _ booking: Booking, asOf: Day, filter: Filter = .all) {
    let maker = TradeMaker(book, Valuer(book: book, on: asOf))
    let end = book.settings.zone.end(of: asOf)
    var groups: [TradeMaker.Key: [GainPiece]] = [:]
    for piece in booking.pieces where piece.disposed <= end && piece.kind != .fee && piece.kind != .rocExcess {
      groups[TradeMaker.Key(piece), default: []].append(piece)
    }
    var rows = groups.values.map(maker.closed)
    var held: [TradeMaker.Key: [OpenLot]] = [:]
    for lot in booking.lots where lot.quantity.isPositive { held[TradeMaker.Key(lot), default: []].append(lot) }
    rows += held.values.map(maker.open)
    rows = rows.filter(filter.matches).sorted(by: TradesReport.precedes)
    var sums = (closed: Decimal.zero, open: Decimal.zero)
    var excluded: [Exclusion] = []
    for row in rows {
      switch row.gain {
      case .known(let gain):
        if row.end == nil {
          sums.open = (try? sums.open.adding(gain)) ?? sums.open
        } else {
          sums.closed = (try? sums.closed.adding(gain)) ?? sums.closed
        }
      case .unknown(let why): excluded.append(Exclusion(asset: row.asset, what: "gain", why: why))
      }
    }
    self.init(
      asOf: asOf, currency: maker.names.currency(book.settings.base), rows: rows, closed: sums.closed, open: sums.open, excluded: excluded)
  }

  private static func precedes(_ a: TradeRow, _ b: TradeRow) -> Bool {
    if a.end != b.end { return (a.end?.ordinal ?? .max) < (b.end?.ordinal ?? .max) }
    if a.event != b.event { return (a.event?.raw ?? 0) < (b.event?.raw ?? 0) }
    if a.asset != b.asset { return AssetLabel.precedes(a.asset, b.asset) }
    return (a.account.text, a.account.id) < (b.account.text, b.account.id)
  }
}

/// Makes trades out of pieces and lots.
private struct TradeMaker {
  let book: Book
  let valuer: Valuer
  let names: Names
  /// Places of events with tax, by id.
  private let taxed: [Int64: Int]

  init(_ book: Book, _ valuer: Valuer) {
    self.book = book
    self.valuer = valuer
    names = Names(book)
    var taxed: [Int64: Int] = [:]
    for index in book.events.ids.indices where book.events.taxes[index]?.isZero == false { taxed[book.events.ids[index]] = index }
    self.taxed = taxed
  }

  /// What pieces or lots of one trade have in common.
  struct Key: Hashable {
    let asset: AssetID
    let account: AccountID
    let event: EventID?

    init(_ piece: GainPiece) { (asset, account, event) = (piece.asset, piece.account, piece.event) }
    init(_ lot: OpenLot) { (asset, account, event) = (lot.asset, lot.account, nil) }
  }

  /// A part of a trade: when it began and what it cost.
  private struct Part {
    let start: Day?
    let quantity: Decimal
    let cost: Figure<Decimal>
  }

  func closed(_ pieces: [GainPiece]) -> TradeRow {
    let first = pieces[0]
    let zone = book.settings.zone
    let parts = pieces.map { Part(start: $0.acquired.map { zone.day(of: $0) }, quantity: $0.quantity, cost: $0.costBase) }
    let day = zone.day(of: first.disposed)
    return row(
      TradeRow(
        asset: names.asset(first.asset), account: names.account(first.account), kind: first.kind, start: nil, end: day, days: nil,
        quantity: .zero, cost: .unknown(.nothing), proceeds: sum(pieces.map(\.proceedsBase)), gain: .unknown(.nothing),
        tax: tax(of: first.event, on: day), rate: .unknown(.nothing), irr: .unknown(.nothing), irrRoots: [], event: first.event),
      parts, until: day)
  }

  func open(_ lots: [OpenLot]) -> TradeRow {
    let first = lots[0]
    let parts = lots.map { Part(start: $0.acquired.map { book.settings.zone.day(of: $0) }, quantity: $0.quantity, cost: $0.costBase) }
    let worth = sum(lots.map { valuer.value(of: $0.quantity, $0.asset, costBase: $0.costBase) })
    return row(
      TradeRow(
        asset: names.asset(first.asset), account: names.account(first.account), kind: nil, start: nil, end: nil, days: nil,
        quantity: .zero, cost: .unknown(.nothing), proceeds: worth, gain: .unknown(.nothing), tax: .known(.zero),
        rate: .unknown(.nothing), irr: .unknown(.nothing), irrRoots: [], event: nil),
      parts, until: valuer.day)
  }

  /// The row with what follows from its parts.
  private func row(_ made: TradeRow, _ parts: [Part], until end: Day) -> TradeRow {
    var row = made
    row.start = parts.contains { $0.start == nil } ? nil : parts.compactMap(\.start).min()
    row.days = row.start.map { end - $0 }
    row.quantity = parts.reduce(.zero) { (try? $0.adding($1.quantity)) ?? $0 }
    row.cost = sum(parts.map(\.cost))
    row.gain = row.proceeds.with(row.cost) { (a, b) throws(DecimalError) in try a.subtracting(b) }
    row.rate =
      row.cost.value?.isZero == true ? .unknown(.zeroBase) : row.gain.with(row.cost) { (a, b) throws(DecimalError) in try a.divided(by: b) }
    guard let start = row.start, let proceeds = row.proceeds.value, row.cost.isKnown else {
      row.irr = .unknown(row.start == nil ? .unknownDate : row.proceeds.why ?? row.cost.why ?? .nothing)
      return row
    }
    var flows: [(days: Double, amount: Double)] = parts.compactMap { part in
      part.start.map { (Double($0 - start), -(part.cost.value ?? .zero).approximate) }
    }
    flows.append((Double(end - start), proceeds.approximate))
    row.irrRoots = MoneyWeighted.roots(of: flows)
    row.irr = MoneyWeighted.nearest(of: flows, row.irrRoots, yearly: end - start >= 365).map { .known($0) } ?? .unknown(.noSolution)
    return row
  }

  private func tax(of event: EventID, on day: Day) -> Figure<Decimal> {
    guard let index = taxed[event.raw], let tax = book.events.taxes[index], !tax.isZero else { return .known(.zero) }
    let currency = book.events.currencies[index]
    guard currency != 0 else { return .unknown(.noRate) }
    return book.quotes.rate(from: Currency(id: currency), to: book.settings.base, on: day)
      .map { (rate) throws(DecimalError) in try tax.multiplied(by: rate) }
  }

  private func sum(_ figures: [Figure<Decimal>]) -> Figure<Decimal> {
    figures.reduce(.known(.zero)) { total, part in total.with(part) { (a, b) throws(DecimalError) in try a.adding(b) } }
  }
}
