public import Amounts
public import Ledger

/// What an asset yields a year, as fractions, and the money behind it.
public struct Yields: Hashable, Sendable {
  /// Gross per token of the last 12 months / unit value.
  public var trailing: Figure<Decimal>
  /// Expected per token in the next 12 months / unit value.
  public var forward: Figure<Decimal>
  /// Forward (else trailing) per token / average open unit cost.
  public var onCost: Figure<Decimal>
  /// Expected in the next 12 months, gross, in base at the day's rate.
  public var forward12: Figure<Decimal>
}

extension IncomeLedger {
  /// The yields of an asset.
  ///
  /// Trailing counts per-token amounts with a pay date in the last 12 months, brought to today's units, without returned capital:
  /// those declared, else what was received / units held the day before. Forward counts declared, else estimated payments.
  ///
  /// - Parameter costBase: what the open units cost in base.
  /// - Source: DESIGN 5.
  public func yields(
    of asset: AssetID, held: Decimal, costBase: Figure<Decimal>, _ book: Book, _ booking: Booking, _ valuer: Valuer
  ) -> Yields {
    let own = (byAsset[asset] ?? []).map { payments[$0] }.filter { !$0.distribution.isReturnOfCapital }
    var perToken: [Figure<Decimal>] = []
    let since = day.adding(months: -12)
    for payment in own where payment.status != .estimated {
      guard let pay = payment.distribution.pay, pay > since, pay <= day, !payment.distribution.isDaily else { continue }
      // Per token of those entitled, whatever happened to the token before it was paid.
      let on = payment.distribution.entitlementDay(isBrokered: false) ?? pay
      let amount = book.today(payment.distribution.amountPerToken.perUnit, asset, since: on, day)
      perToken.append(valuer.inBase(Money(amount, payment.distribution.amountPerToken.currency), book.quotes))
    }
    let days = dividendDays[asset] ?? []
    let places = otherDividends[asset] ?? []
    for index in days.firstPlace(where: { $0 > since })..<days.count where days[index] <= day {
      let (receipt, pay) = (booking.receipts[places[index]], days[index])
      let units = steps.quantity(of: asset, at: pay - 1)
      guard let gross = receipt.gross.value, units.isPositive, let each = try? gross.amount.divided(by: units) else { continue }
      perToken.append(valuer.inBase(Money(book.today(each, asset, since: pay, day), gross.currency), book.quotes))
    }
    var expected: [Figure<Decimal>] = []
    for payment in own where payment.status == .estimated || payment.status == .declared {
      guard let pay = payment.distribution.pay, pay > day, pay <= day.adding(months: 12) else { continue }
      expected.append(payment.expected.value.map { valuer.inBase($0, book.quotes) } ?? .unknown(payment.expected.why ?? .notStated))
    }
    let trailing = IncomeLedger.sum(perToken)
    let forward12 = IncomeLedger.sum(expected)
    func over(_ figure: Figure<Decimal>, _ base: Figure<Decimal>) -> Figure<Decimal> {
      if base.value?.isZero == true { return .unknown(.zeroBase) }
      return figure.with(base) { (a, b) throws(DecimalError) in try a.divided(by: b) }
    }
    let forward = over(forward12, .known(held))
    let unit = valuer.unit(asset).priceBase
    let unitCost = over(costBase, .known(held))
    return Yields(
      trailing: over(trailing, unit), forward: over(forward, unit),
      onCost: forward12.isKnown ? over(forward12, costBase) : over(trailing, unitCost), forward12: forward12)
  }

  /// The sum of figures; unknown when there are none or one is unknown.
  static func sum(_ figures: [Figure<Decimal>]) -> Figure<Decimal> {
    guard var total = figures.first else { return .unknown(.notStated) }
    for figure in figures.dropFirst() { total = total.with(figure) { (a, b) throws(DecimalError) in try a.adding(b) } }
    return total
  }
}

extension Book {
  /// A per-unit amount of an earlier day in units of a later one.
  public func today(_ amount: Decimal, _ asset: AssetID, since: Day, _ day: Day) -> Decimal {
    var amount = amount
    for point in quotes.splits[asset] ?? [] where point.day > since && point.day <= day {
      amount = (try? amount.share(Decimal(Int(point.ratio.old)), of: Decimal(Int(point.ratio.new)))) ?? amount
    }
    return amount
  }
}
