public import Amounts
public import Ledger

extension Distribution {
  /// The pay day for ordering; none comes last.
  var payDay: Day { pay ?? Day(ordinal: Int32.max) }
  /// Whether it gives back capital, which is no income.
  public var isReturnOfCapital: Bool { Distribution.isReturnOfCapital(kind) }

  /// Whether a kind of payment gives back capital.
  public static func isReturnOfCapital(_ kind: String) -> Bool {
    kind == "return of capital" || kind == "return_of_capital" || kind == "roc"
  }

  /// Whether it already says what an estimate guesses: its pay date lies within some days of the estimate's.
  func covers(_ estimate: Distribution, within days: Int) -> Bool {
    guard let pay, let other = estimate.pay else { return false }
    return abs(pay - other) <= days
  }

  /// The day whose end decides who is entitled.
  ///
  /// Instant-settling tokens: the record day. Brokered assets (stocks and funds): the day before the ex-date by trade date.
  ///
  /// - Source: DESIGN 5.
  public func entitlementDay(isBrokered: Bool) -> Day? {
    if isBrokered, let ex { return ex - 1 }
    return record ?? ex.map { $0 - 1 } ?? pay.map { $0 - 1 }
  }
}

extension IncomeLedger {
  /// Units entitled to a distribution: held at the end of its day over all accounts, or day by day over its period.
  ///
  /// A record day after `day` counts what is held now.
  static func entitlement(to distribution: Distribution, _ book: Book, _ steps: QuantitySteps, _ day: Day) -> Figure<Decimal> {
    if distribution.isDaily {
      guard let from = distribution.from, let to = distribution.to, from <= to else { return .unknown(.unknownDate) }
      var sum = Figure.known(Decimal.zero)
      for ordinal in from.ordinal...to.ordinal {
        let held = steps.quantity(of: distribution.asset, at: min(Day(ordinal: ordinal), day))
        sum = sum.map { (sum) throws(DecimalError) in try sum.adding(held) }
      }
      return sum
    }
    let assetClass = book.assets[distribution.asset]?.assetClass
    let isBrokered = assetClass == .stock || assetClass == .fund
    guard let on = distribution.entitlementDay(isBrokered: isBrokered) else { return .unknown(.unknownDate) }
    let held = Figure.known(steps.quantity(of: distribution.asset, at: min(on, day)))
    // Where only the record date is known, a broker counts what is settled by its end.
    guard isBrokered, distribution.ex == nil else { return held }
    let open = OpenMovements.unsettledUnits(of: distribution.asset, on: min(on, day), book)
    return held.map { (held) throws(DecimalError) in try held.subtracting(open) }
  }
}
