import Amounts
import Ledger

/// What an issuer said it pays regularly (florin.policies.v1).
struct Policy: Hashable, Sendable {
  private let asset: AssetID
  private let step: PaymentStep
  /// 1...31 of the month; 1...7 of the week, Monday first.
  private let dayNumber: Int?
  /// Whether an amount is for each day between two payments, not for a payment.
  private let isDaily: Bool
  private let perToken: Decimal?
  private let share: Decimal?
  private let currency: Currency
  /// The first day it holds; amounts are in the units of this day.
  private let from: Day?

  /// The policies of each asset that has some, in turn: each holds until the day before the next one's first day.
  static func all(in book: Book) -> [AssetID: [Policy]] {
    var found: [AssetID: [Policy]] = [:]
    for plan in book.plans.sorted(by: { $0.id < $1.id }) where plan.kind == .policy {
      guard let policy = Policy(plan, book) else { continue }
      // Of two with the same first day the later entry counts.
      found[policy.asset, default: []].removeAll { $0.from == policy.from }
      found[policy.asset, default: []].append(policy)
    }
    return found.mapValues { own in own.sorted { ($0.from?.ordinal ?? .min) < ($1.from?.ordinal ?? .min) } }
  }

  /// The payments of the twelve months after a day that policies in turn promise, up to the asset's maturity.
  static func payments(_ policies: [Policy], after day: Day, _ book: Book) -> [(Distribution, PaymentStep)] {
    let last = [day.adding(months: 12), policies.first.flatMap { book.maturity(of: $0.asset) }].compactMap { $0 }.min() ?? day
    return policies.indices.flatMap { place in
      let next = place + 1 < policies.count ? policies[place + 1].from : nil
      return policies[place].payments(after: day, upTo: next.map { min($0 - 1, last) } ?? last, book).map { ($0, policies[place].step) }
    }
  }

  /// Whether what it pays cannot be told: a share of an income, or of a supply, that is not stated.
  func isUnstated(_ book: Book, _ day: Day) -> Bool { perToken == nil && derived(book, day) == nil }

  private init?(_ plan: Plan, _ book: Book) {
    guard let asset = plan.asset, let step = plan.cells["frequency"].flatMap({ PaymentStep($0) }) else { return nil }
    self.asset = asset
    self.step = step
    let code = plan.cells["currency"] ?? ""
    let named = book.assets.values.filter { $0.symbol == code }.min { $0.id < $1.id }?.id.asCurrency
    guard let currency = named ?? book.quoteCurrency(of: asset) else { return nil }
    self.currency = currency
    dayNumber = plan.cells["day"].flatMap { Int($0) }
    isDaily = plan.cells["basis"] == "daily"
    perToken = plan.cells["amount_per_token"].flatMap { Decimal($0) }
    share = plan.cells["share_of_income"].flatMap { Decimal($0) }
    from = plan.cells["from"].flatMap { Day($0) }
    if perToken == nil && share == nil { return nil }
  }

  /// Its payments after a day, up to another.
  private func payments(after day: Day, upTo last: Day, _ book: Book) -> [Distribution] {
    guard let amount = perToken.map({ book.today($0, asset, since: from ?? day, day) }) ?? derived(book, day) else { return [] }
    let start = anchor(from ?? day)
    let kind = book.lastIncomeKind(of: asset) ?? (book.assets[asset]?.isDebt == true ? "interest" : "dividend")
    var found: [Distribution] = []
    var number = step.firstStep(after: day, from: start) - 1
    while true {
      let pay = onDay(step.day(number, from: start))
      let before = onDay(step.day(number - 1, from: start))
      number += 1
      if step.day(number - 1, from: start) > last && pay > last { break }
      guard pay > day, pay <= last, pay >= from ?? pay else { continue }
      var payment = Distribution(id: -Int64(pay.ordinal), asset: asset, kind: kind, pay: pay, amountPerToken: Price(amount, currency))
      if isDaily { (payment.isDaily, payment.from, payment.to) = (true, max(before, from ?? before), pay - 1) }
      found.append(payment)
    }
    return found
  }

  /// The day that steps are counted from: the first of the month, or the day of the week that is paid on.
  private func anchor(_ day: Day) -> Day {
    switch step {
    case .months: day.startOfMonth
    case .days(let days): days < 7 ? day : dayNumber.map { day + (($0 - day.weekday) % 7 + 7) % 7 } ?? day
    }
  }

  /// The day of payment in the month that a step leads to.
  private func onDay(_ day: Day) -> Day {
    guard case .months = step else { return day }
    let (year, month, _) = day.civil
    return Day(year: year, month: month, day: min(dayNumber ?? 1, Day.length(ofMonth: month, year: year))) ?? day
  }

  /// Share x the asset's income a year x the part of a year / supply; a day's part when it accrues by the day.
  private func derived(_ book: Book, _ day: Day) -> Decimal? {
    guard let share, let income = book.assets[asset]?.attributes[.incomePerYear].flatMap({ Decimal($0) }),
      let supply = book.ownership(of: .one, asset, on: day).supply.value
    else { return nil }
    let (part, whole) = isDaily ? (Decimal.one, Decimal(365)) : step.shareOfYear
    return try? share.multiplied(by: income).multiplied(by: part).divided(by: whole.multiplied(by: supply))
  }
}

extension Book {
  /// What kind of income an issuer declared last, without returned capital.
  func lastIncomeKind(of asset: AssetID) -> String? {
    distributions.filter { $0.asset == asset && !$0.isReturnOfCapital }.max { ($0.payDay, $0.id) < ($1.payDay, $1.id) }?.kind
  }

  /// The last day an asset pays; nil when none is stated.
  func maturity(of asset: AssetID) -> Day? { assets[asset]?.attributes[.maturity].flatMap { Day($0) } }
}

extension Asset {
  /// Whether its terms are those of a debt: a coupon is stated.
  var isDebt: Bool { attributes[.coupon] != nil }
}
