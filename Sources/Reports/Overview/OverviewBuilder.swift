public import Amounts
public import Engine
public import Ledger

extension OverviewReport {
  /// The first screen's figures at the end of a day.
  ///
  /// - Parameters:
  ///   - history: the value history; empty when it is still being made.
  ///   - valued: what it was made from, which knows the days on which something was of unknown worth.
  ///   - top: how many movers and holdings are listed.
  public init(_ book: Book, _ booking: Booking, asOf: Day, history: [HistoryPoint] = [], valued: ValueHistory? = nil, top: Int = 8) {
    let valuer = Valuer(book: book, on: asOf)
    self.init(book, booking, valuer, HoldingsReport(book, booking, valuer), history: history, valued: valued, top: top)
  }

  /// The first screen's figures, with the valuer and the holdings there already.
  ///
  /// - Parameters:
  ///   - valued: what the history was made from, when that is there.
  ///   - known: the matching of income, when it is there already.
  public init(
    _ book: Book, _ booking: Booking, _ valuer: Valuer, _ holdings: HoldingsReport, history: [HistoryPoint] = [],
    valued: ValueHistory? = nil, top: Int = 8, income known: IncomeLedger? = nil
  ) {
    let asOf = valuer.day
    let ledger = known ?? IncomeLedger(book, booking, asOf: asOf)
    let names = Names(book)
    let held = HeldUnits(booking)
    var income = Decimal.zero
    for asset in ledger.months.trailing.keys.sorted() {
      income = ledger.months.trailing[asset].flatMap { try? income.adding($0) } ?? income
    }
    var forward = Decimal.zero
    var unforeseen: [Exclusion] = ledger.unstated.map { Exclusion(asset: names.asset($0), what: "forward12", why: .notStated) }
    var isForeseen = false
    var next: NextPayment?
    for payment in ledger.payments where payment.status == .declared || payment.status == .estimated {
      guard let pay = payment.distribution.pay, pay > asOf, !payment.distribution.isReturnOfCapital else { continue }
      if pay <= asOf.adding(months: 12) {
        let worth = payment.expected.value.map { valuer.inBase($0, book.quotes) } ?? .unknown(payment.expected.why ?? .notStated)
        if let sum = worth.value.flatMap({ try? forward.adding($0) }) {
          (forward, isForeseen) = (sum, true)
        } else if !unforeseen.contains(where: { $0.asset.id == payment.distribution.asset }) {
          unforeseen.append(Exclusion(asset: names.asset(payment.distribution.asset), what: "forward12", why: worth.why ?? .overflow))
        }
      }
      if next == nil {
        next = NextPayment(
          asset: names.asset(payment.distribution.asset), kind: payment.distribution.kind, pay: pay,
          isDeclared: payment.status == .declared, gross: payment.expected, currency: names.currency(payment.expected))
      }
    }
    let largest = holdings.rows.filter { $0.value.isKnown }.sorted { a, b in
      let (x, y) = (a.value.value ?? .zero, b.value.value ?? .zero)
      return x == y ? AssetLabel.precedes(a.asset, b.asset) : x > y
    }
    let chosen = book.assets.values.contains { $0.mode != nil && !held[$0.id].quantity.isZero }
    self.init(
      asOf: asOf, currency: names.currency(valuer.base), totals: holdings.totals, excluded: holdings.excluded + unforeseen,
      valueAtDefaults: chosen ? HoldingsReport(book, booking, asOf: asOf, modes: .defaults).totals.value : nil,
      change1d: OverviewReport.change(holdings.rows, \.change1d), change30d: OverviewReport.change(holdings.rows, \.change30d),
      income12: income, forward12: isForeseen || unforeseen.isEmpty ? .known(forward) : .unknown(unforeseen[0].why), next: next,
      movers: OverviewReport.movers(holdings.rows, book, top),
      largest: Array(largest.prefix(top)), classes: AllocationReport(book, booking, valuer, of: holdings).rows,
      notices: NoticeMaker(book: book, booking: booking, valuer: valuer, ledger: ledger, names: names, valued: valued).all(),
      history: history)
  }

  /// What a change of the unit value did to a holding: value x change / (1 + change).
  static func effect(of change: Figure<Decimal>, on value: Figure<Decimal>) -> Figure<Decimal> {
    change.with(value) { (change, value) throws(DecimalError) in
      let grown = try change.adding(.one)
      return grown.isZero ? -value : try value.share(change, of: grown)
    }
  }

  private static func change(_ rows: [HoldingRow], _ path: KeyPath<HoldingRow, Figure<Decimal>>) -> Figure<Decimal> {
    var sum: Decimal?
    for row in rows {
      guard let effect = effect(of: row[keyPath: path], on: row.value).value else { continue }
      sum = (try? (sum ?? .zero).adding(effect)) ?? sum
    }
    return sum.map { .known($0) } ?? .unknown(.tooShort)
  }

  private static func movers(_ rows: [HoldingRow], _ book: Book, _ top: Int) -> [Mover] {
    let all = rows.compactMap { row -> Mover? in
      let isSlow = (book.assets[row.asset.id]?.expectedCadence.days ?? 1) > 3
      let change = isSlow ? row.change30d : row.change1d
      guard let known = change.value, !known.isZero, row.value.isKnown else { return nil }
      return Mover(asset: row.asset, assetClass: row.assetClass, change: known, amount: effect(of: change, on: row.value))
    }
    let sorted = all.sorted { a, b in
      let (x, y) = (a.change.magnitude, b.change.magnitude)
      return x == y ? AssetLabel.precedes(a.asset, b.asset) : x > y
    }
    return Array(sorted.prefix(top))
  }
}
