public import Amounts

extension Decimal {
  /// The units x new / old, exact where 18 places (or the units' own, if more) hold it.
  public func scaled(by ratio: Ratio) throws(DecimalError) -> Decimal {
    let places = max(Int(scale), Decimal.moneyScale)
    return try multiplied(by: Decimal(Int(ratio.new)), places: places).divided(by: Decimal(Int(ratio.old)), places: places).normalized
  }
}
