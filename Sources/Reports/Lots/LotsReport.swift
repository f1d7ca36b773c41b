public import Amounts
public import Engine
import Ledger

extension LotsReport {
  /// The open lots of a booking.
  public init(_ book: Book, _ booking: Booking, asOf: Day, filter: Filter = .all) {
    self.init(book, booking, Valuer(book: book, on: asOf), filter: filter)
  }

  /// The open lots of a booking, valued by a valuer that is there already.
  public init(_ book: Book, _ booking: Booking, _ valuer: Valuer, filter: Filter = .all) {
    let names = Names(book)
    let restrictions = Restrictions(book, booking, asOf: valuer.day)
    var rates: [Currency: Figure<Decimal>] = [:]
    var rows = booking.lots.map { lot -> LotRow in
      let acquired = lot.acquired.map { book.settings.zone.day(of: $0) }
      let unitCost: Figure<Price> =
        lot.quantity.isZero
        ? .unknown(.zeroBase)
        : lot.cost.map { (cost) throws(DecimalError) in Price(try cost.amount.divided(by: lot.quantity), cost.currency) }
      let value = valuer.value(of: lot.quantity, lot.asset, costBase: lot.costBase)
      let lock = restrictions.lock(on: lot, day: valuer.day)
      let unrealized = value.with(lot.costBase) { (value, cost) throws(DecimalError) in try value.subtracting(cost) }
      var byCurrency = lot.cost.with(lot.costBase) { (_, _) throws(DecimalError) in Decimal.zero }
      if case .known(let cost) = lot.cost, cost.currency != valuer.base {
        let rate = rates[cost.currency] ?? book.quotes.rate(from: cost.currency, to: valuer.base, on: valuer.day)
        rates[cost.currency] = rate
        byCurrency = rate.with(lot.costBase) { (rate, then) throws(DecimalError) in
          try cost.amount.multiplied(by: rate).subtracting(then)
        }
      }
      return LotRow(
        asset: names.asset(lot.asset), account: names.account(lot.account), acquired: acquired, quantity: lot.quantity,
        unitCost: unitCost, cost: lot.cost, currency: names.currency(lot.cost), costBase: lot.costBase, value: value,
        unrealized: unrealized,
        term: acquired.map { Term(from: $0, to: valuer.day, months: book.settings.holdingMonths) },
        free: lock == nil ? max(lot.quantity, .zero) : .zero, lockedUntil: lock?.value, event: lot.event,
        longFrom: acquired.map { $0.adding(months: book.settings.holdingMonths) + 1 },
        gainPrice: unrealized.with(byCurrency) { (gain, currency) throws(DecimalError) in try gain.subtracting(currency) },
        gainCurrency: unrealized.with(byCurrency) { (_, currency) throws(DecimalError) in currency })
    }
    rows = rows.filter(filter.matches)
    rows.sort { a, b in
      if a.asset != b.asset { return AssetLabel.precedes(a.asset, b.asset) }
      if a.account != b.account { return (a.account.text, a.account.id) < (b.account.text, b.account.id) }
      return (a.acquired?.ordinal ?? Int32.min, a.event) < (b.acquired?.ordinal ?? Int32.min, b.event)
    }
    var costBase = Decimal.zero
    var excluded: [Exclusion] = []
    for row in rows {
      switch row.costBase {
      case .known(let cost): costBase = (try? costBase.adding(cost)) ?? costBase
      case .unknown(let why):
        if excluded.last?.asset != row.asset { excluded.append(Exclusion(asset: row.asset, what: "cost", why: why)) }
      }
    }
    self.init(asOf: valuer.day, currency: names.currency(valuer.base), rows: rows, costBase: costBase, excluded: excluded)
  }
}

extension Term {
  /// Long when the disposal is after the acquisition's anniversary.
  ///
  /// - Source: DESIGN 3.
  init(from acquired: Day, to disposed: Day, months: Int) {
    self = disposed > acquired.adding(months: months) ? .long : .short
  }
}
