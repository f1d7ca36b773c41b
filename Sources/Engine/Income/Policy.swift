import Amounts
import Ledger

/// What an issuer said it pays regularly (florin.policies.v1).
struct Policy: Hashable, Sendable {
  private let asset: AssetID
  private let kind: String
  private let months: Int
  private let dayOfMonth: Int
  private let perToken: Decimal?
  private let share: Decimal?
  private let currency: Currency
  private let from: Day?

  /// The policy of each asset that has one; of several the latest counts.
  static func all(in book: Book) -> [AssetID: Policy] {
    var found: [AssetID: Policy] = [:]
    for plan in book.plans.sorted(by: { $0.id < $1.id }) where plan.kind == .policy {
      if let policy = Policy(plan, book) { found[policy.asset] = policy }
    }
    return found
  }

  private init?(_ plan: Plan, _ book: Book) {
    guard let asset = plan.asset else { return nil }
    self.asset = asset
    let steps = ["monthly": 1, "quarterly": 3, "semiannual": 6, "halfyearly": 6, "yearly": 12, "annual": 12]
    guard let months = plan.cells["frequency"].flatMap({ steps[$0] }) else { return nil }
    self.months = months
    let code = plan.cells["currency"] ?? ""
    let named = book.assets.values.filter { $0.symbol == code }.min { $0.id < $1.id }?.id.asCurrency
    guard let currency = named ?? book.quoteCurrency(of: asset) else { return nil }
    self.currency = currency
    dayOfMonth = plan.cells["day"].flatMap { Int($0) } ?? 1
    perToken = plan.cells["amount_per_token"].flatMap { Decimal($0) }
    share = plan.cells["share_of_income"].flatMap { Decimal($0) }
    from = plan.cells["from"].flatMap { Day($0) }
    kind = plan.cells["kind"] ?? "dividend"
    if perToken == nil && share == nil { return nil }
  }

  /// The payments of the twelve months after a day.
  func payments(after day: Day, _ book: Book) -> [Distribution] {
    guard let amount = perToken ?? derived(book, day) else { return [] }
    var found: [Distribution] = []
    let first = (from ?? day).startOfMonth
    for step in 0...(12 / months + 1200 / months) {
      let month = first.adding(months: step * months)
      let (year, number, _) = month.civil
      guard let pay = Day(year: year, month: number, day: min(dayOfMonth, Day.length(ofMonth: number, year: year))) else { continue }
      if pay > day.adding(months: 12) { break }
      if pay > day && pay >= from ?? pay {
        found.append(
          Distribution(
            id: -Int64(pay.ordinal), asset: asset, kind: lastKind(book) ?? kind, pay: pay, amountPerToken: Price(amount, currency)))
      }
    }
    return found
  }

  /// Share x the asset's income a year / payments a year / supply.
  private func derived(_ book: Book, _ day: Day) -> Decimal? {
    guard let share, let income = book.assets[asset]?.attributes[.incomePerYear].flatMap({ Decimal($0) }),
      let supply = book.ownership(of: .one, asset, on: day).supply.value
    else { return nil }
    return try? share.multiplied(by: income).multiplied(by: Decimal(months)).divided(by: Decimal(12).multiplied(by: supply))
  }

  private func lastKind(_ book: Book) -> String? {
    book.distributions.filter { $0.asset == asset && !$0.isReturnOfCapital }.max { ($0.payDay, $0.id) < ($1.payDay, $1.id) }?.kind
  }
}
