public import Amounts
public import Ledger

/// How often an asset pays.
public enum PaymentFrequency: String, CaseIterable, Hashable, Sendable {
  case monthly, quarterly, semiannual, annual
  /// Payments that keep to none of these.
  case irregular

  /// Payments so close together are one, such as a dividend and its correction.
  static let sameDays = 10

  /// How often payments on these days came; nil for fewer than two, which show no step.
  ///
  /// Every step must be near the same number of months: six days and one for each month are let pass.
  public init?(_ days: [Day]) {
    var steps: [Int] = []
    var last: Day?
    for day in days.sorted() {
      if let last, day - last > PaymentFrequency.sameDays { steps.append(day - last) }
      if last.map({ day - $0 > PaymentFrequency.sameDays }) ?? true { last = day }
    }
    if steps.isEmpty { return nil }
    let known: [(Int, PaymentFrequency)] = [(1, .monthly), (3, .quarterly), (6, .semiannual), (12, .annual)]
    self = known.first { months, _ in steps.allSatisfy { abs($0 - months * 365 / 12) <= 6 + months } }?.1 ?? .irregular
  }
}

extension IncomeLedger {
  /// How often an asset paid dividends or interest up to the report's day; nil when too little was paid to tell.
  public func frequency(of asset: AssetID) -> PaymentFrequency? {
    let declared = (byAsset[asset] ?? []).map { payments[$0] }.filter { $0.status != .estimated && !$0.distribution.isReturnOfCapital }
    let received = dividendDays[asset] ?? []
    return PaymentFrequency((declared.compactMap(\.distribution.pay) + received).filter { $0 <= day })
  }
}
