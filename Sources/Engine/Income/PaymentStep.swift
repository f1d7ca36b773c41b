import Amounts
import Ledger

/// How far apart the payments of a schedule are.
enum PaymentStep: Hashable, Sendable {
  case days(Int)
  case months(Int)

  /// Every step that a policy can name, with its other names.
  static let names: [String: PaymentStep] = [
    "daily": .days(1), "weekly": .days(7), "biweekly": .days(14), "fortnightly": .days(14), "monthly": .months(1), "bimonthly": .months(2),
    "quarterly": .months(3), "semiannual": .months(6), "semiannually": .months(6), "halfyearly": .months(6), "half-yearly": .months(6),
    "yearly": .months(12), "annual": .months(12), "annually": .months(12),
  ]

  /// The step that a word names; nil when it names none.
  init?(_ word: String) {
    guard let step = PaymentStep.names[word.lowercased()] else { return nil }
    self = step
  }

  /// The step that days of payment keep to: all steps near a week, two weeks, or 1, 3, 6 or 12 months; nil when they keep to none.
  init?(keptBy days: [Day]) {
    let gaps = zip(days.dropFirst(), days).map { $0 - $1 }
    if gaps.isEmpty { return nil }
    if gaps.allSatisfy({ $0 == 1 }) {
      self = .days(1)
    } else if let week = [7, 14].first(where: { step in gaps.allSatisfy { abs($0 - step) <= 2 } }) {
      self = .days(week)
    } else if let month = [1, 3, 6, 12].first(where: { step in gaps.allSatisfy { abs($0 - step * 365 / 12) <= 6 + step } }) {
      self = .months(month)
    } else {
      return nil
    }
  }

  /// The part of a year's income that one payment is: 1/52 for a week, 1/12 for a month.
  var shareOfYear: (part: Decimal, of: Decimal) {
    switch self {
    case .days(1): (.one, Decimal(365))
    case .days(let days): (Decimal(days / 7), Decimal(52))
    case .months(let months): (Decimal(months), Decimal(12))
    }
  }

  /// Days on either side of a payment within which another one is the same.
  var tolerance: Int {
    switch self {
    case .days(let days): days / 2
    case .months: 10
    }
  }

  /// The day some steps away, always counted from the same day, so that the 31st comes back after a shorter month.
  func day(_ steps: Int, from start: Day) -> Day {
    switch self {
    case .days(let days): start + days * steps
    case .months(let months): start.adding(months: months * steps)
    }
  }

  /// The number of the first step from `start` that comes after `day`; it may be negative.
  func firstStep(after day: Day, from start: Day) -> Int {
    let length: Int
    switch self {
    case .days(let days): length = days * 30
    case .months(let months): length = months * 913
    }
    // A month has 913 thirtieths of a day: a guess that is at most a few steps too early.
    var step = (day - start) * 30 / length - 2
    while self.day(step, from: start) <= day { step += 1 }
    return step
  }
}
