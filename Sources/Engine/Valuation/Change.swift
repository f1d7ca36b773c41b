public import Amounts
public import Ledger

extension Book {
  /// How the unit value of an asset changed over some days: value now / value then - 1, 18 places, in the quotes' own currency.
  ///
  /// Both ends use the series that counts now, and the earlier quote is brought to today's units when a split lies between.
  public func change(of unit: UnitValue, _ asset: AssetID, over days: Int, upTo day: Day) -> Figure<Decimal> {
    let kind: QuoteDraft.Kind
    switch unit.source {
    case .market?: kind = .close
    case .nav?: kind = .nav
    case .cash?, .peg?: return .unknown(.cash)
    case .cost?, .trade?: return .unknown(.nothing)
    case nil: return .unknown(unit.price.why ?? .noPrice)
    }
    guard let now = unit.price.value else { return .unknown(unit.price.why ?? .noPrice) }
    guard let then = quotes.quote(kind, of: asset, on: day - days) else { return .unknown(.tooShort) }
    if then.price.currency != now.currency { return .unknown(.mixedCurrencies) }
    var before = then.price.perUnit
    for point in quotes.splits[asset] ?? [] where point.day > day - days && point.day <= day {
      before = (try? before.share(Decimal(Int(point.ratio.old)), of: Decimal(Int(point.ratio.new)))) ?? before
    }
    if before.isZero { return .unknown(.zeroBase) }
    return Figure.known(now.perUnit).map { (now) throws(DecimalError) in try now.divided(by: before).subtracting(.one) }
  }
}
