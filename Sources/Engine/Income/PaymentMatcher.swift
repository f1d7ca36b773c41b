import Amounts
import Ledger

/// A declared payment and what its holder is to get.
struct DuePayment: Hashable, Sendable {
  let distribution: Distribution
  /// Units entitled; for a daily distribution the sum of the days' units.
  let entitled: Figure<Decimal>
  /// Entitled x per token, in the distribution's currency.
  let expected: Figure<Money>
}

/// Finds which receipts of one asset belong to which of its distributions.
///
/// Amounts decide before days, as payers are late, split what they owe, or pay two months at once. In turn: one receipt of the right
/// amount near the pay date; several that add up to it; one that pays several declared ones; one of another amount on the pay date; one of
/// the right amount months late; what is left goes to the last payment of the weeks before it. Amounts in another currency are compared
/// at the rate of the day they arrived, a stablecoin at its peg.
struct PaymentMatcher {
  /// A receipt, its number and its day.
  struct Arrival {
    let index: Int
    let day: Day
    let receipt: Receipt
  }
  /// What was found.
  struct Result {
    /// Receipts by the place of the due payment.
    var receipts: [Int: [Int]] = [:]
    /// Where one receipt pays several: the part of it that belongs to a due payment, of the sum of all.
    var parts: [Int: (part: Decimal, of: Decimal)] = [:]
    /// Whether a rate was looked at, so that other rates may change the result.
    var usesRates = false
  }

  /// Days before the pay date on which a payment of the right amount may come.
  private static let early = 10
  /// Days after it within which a payment is in time.
  private static let near = 45
  /// Days after it within which the right amount is taken for a late payment.
  private static let late = 200
  /// At most so many receipts are tried in every combination.
  private static let most = 10

  private let dues: [DuePayment]
  private let arrivals: [Arrival]
  private let quotes: QuoteBook
  private var open: [Bool]
  private var exact: [Bool]
  private var result = Result()

  /// - Parameter dues: by pay date; those without one match nothing.
  init(_ dues: [DuePayment], _ arrivals: [Arrival], _ quotes: QuoteBook) {
    (self.dues, self.arrivals, self.quotes) = (dues, arrivals, quotes)
    open = arrivals.map { _ in true }
    exact = dues.map { _ in false }
  }

  /// The receipts of each due payment.
  mutating func matched() -> Result {
    matchPairs(lateness: -PaymentMatcher.early...PaymentMatcher.near)
    matchSeveralReceipts()
    matchSeveralPayments()
    attach(lateness: -3...PaymentMatcher.early, isSettledToo: false)
    matchPairs(lateness: PaymentMatcher.near + 1...PaymentMatcher.late)
    attach(lateness: -3...PaymentMatcher.near, isSettledToo: false)
    attach(lateness: -3...3, isSettledToo: true)
    for place in result.receipts.keys { result.receipts[place]?.sort() }
    return result
  }

  /// One receipt of the right amount for one payment, nearest days first.
  private mutating func matchPairs(lateness: ClosedRange<Int>) {
    var pairs: [(rank: Int, distance: Int, due: Int, arrival: Int)] = []
    for arrival in arrivals.indices where open[arrival] {
      for due in candidates(arrival, lateness) where result.receipts[due] == nil {
        guard let rank = rank(arrival, due), fits([arrival], due) else { continue }
        pairs.append((rank, abs(lateDays(arrival, due)), due, arrival))
      }
    }
    for pair in pairs.sorted(by: { ($0.rank, $0.distance, $0.due, $0.arrival) < ($1.rank, $1.distance, $1.due, $1.arrival) })
    where open[pair.arrival] && result.receipts[pair.due] == nil {
      take([pair.arrival], for: pair.due, isExact: true)
    }
  }

  /// Several receipts that add up to one payment: those of the fewest days, then the nearest.
  private mutating func matchSeveralReceipts() {
    for due in dues.indices where result.receipts[due] == nil {
      let near = arrivals.indices.filter { arrival in
        open[arrival] && (-PaymentMatcher.early...PaymentMatcher.near).contains(lateDays(arrival, due)) && rank(arrival, due) != nil
      }.sorted { (abs(lateDays($0, due)), $0) < (abs(lateDays($1, due)), $1) }.prefix(PaymentMatcher.most)
      if near.count < 2 { continue }
      var best: (span: Int, distance: Int, chosen: [Int])?
      for mask in 1..<(1 << near.count) where mask & (mask - 1) != 0 {
        let chosen = near.indices.filter { mask & (1 << $0) != 0 }.map { near[$0] }
        let days = chosen.map { arrivals[$0].day }
        guard let first = days.min(), let last = days.max() else { continue }
        let (span, distance) = (last - first, chosen.reduce(0) { $0 + abs(lateDays($1, due)) })
        if let best, (best.span, best.distance) <= (span, distance) { continue }
        if fits(chosen, due) { best = (span, distance, chosen) }
      }
      if let best { take(best.chosen, for: due, isExact: true) }
    }
  }

  /// One receipt that pays several declared payments in a row.
  private mutating func matchSeveralPayments() {
    for arrival in arrivals.indices where open[arrival] {
      let unpaid = candidates(arrival, -PaymentMatcher.early...PaymentMatcher.late).filter {
        result.receipts[$0] == nil && rank(arrival, $0) != nil && dues[$0].expected.isKnown
      }
      search: for last in unpaid.indices.reversed() {
        for first in stride(from: last - 1, through: max(0, last - 11), by: -1) {
          let run = Array(unpaid[first...last])
          guard let sum = sum(run), let got = worth(arrival, in: sum.currency) else { continue }
          guard got.isNear(sum.amount, isConverted: got.isConverted) else { continue }
          open[arrival] = false
          for due in run {
            result.receipts[due] = [arrivals[arrival].index]
            exact[due] = true
            if let own = dues[due].expected.value { result.parts[due] = (own.amount, sum.amount) }
          }
          break search
        }
      }
    }
  }

  /// What is left goes to the nearest payment, finer kinds first.
  private mutating func attach(lateness: ClosedRange<Int>, isSettledToo: Bool) {
    for arrival in arrivals.indices where open[arrival] {
      let found = candidates(arrival, lateness).compactMap { due -> (rank: Int, distance: Int, due: Int)? in
        guard !exact[due] || isSettledToo, let rank = rank(arrival, due) else { return nil }
        // Without a rate nothing says that money of another currency is this payment, but the day.
        if lateness.upperBound > PaymentMatcher.early, let currency = dues[due].expected.value?.currency,
          worth(arrival, in: currency) == nil, arrivals[arrival].receipt.gross.isKnown
        {
          return nil
        }
        return (rank, abs(lateDays(arrival, due)), due)
      }.min { ($0.rank, $0.distance, $0.due) < ($1.rank, $1.distance, $1.due) }
      if let found { take([arrival], for: found.due, isExact: false) }
    }
  }

  private mutating func take(_ chosen: [Int], for due: Int, isExact: Bool) {
    for arrival in chosen {
      open[arrival] = false
      result.receipts[due, default: []].append(arrivals[arrival].index)
    }
    if isExact { exact[due] = true }
  }

  /// Payments whose pay date a receipt comes so many days after.
  private func candidates(_ arrival: Int, _ lateness: ClosedRange<Int>) -> Range<Int> {
    let day = arrivals[arrival].day
    let first = dues.firstPlace { $0.distribution.payDay >= day - lateness.upperBound }
    let end = dues.firstPlace { $0.distribution.payDay > day - lateness.lowerBound }
    return first..<max(first, end)
  }

  private func lateDays(_ arrival: Int, _ due: Int) -> Int { arrivals[arrival].day - dues[due].distribution.payDay }

  /// How well the kinds go together, 0 best; nil when they do not.
  private func rank(_ arrival: Int, _ due: Int) -> Int? {
    let (receipt, kind) = (arrivals[arrival].receipt, dues[due].distribution.kind)
    let isReturn = receipt.kind == .returnOfCapital
    guard dues[due].distribution.pay != nil, dues[due].distribution.isReturnOfCapital == isReturn else { return nil }
    if isReturn || receipt.subtype == kind { return 0 }
    guard receipt.kind == .dividend || receipt.kind == .interest else { return nil }
    if (kind == "interest") == (receipt.kind == .interest) { return receipt.subtype == nil ? 0 : 1 }
    // A receipt that says no more than "dividend" may be the interest that was declared.
    return receipt.kind == .dividend && receipt.subtype == nil ? 1 : nil
  }

  /// Whether receipts add up to a payment.
  private mutating func fits(_ chosen: [Int], _ due: Int) -> Bool {
    guard let expected = dues[due].expected.value, !expected.amount.isZero else { return false }
    var sum = Decimal.zero
    var isConverted = false
    for arrival in chosen {
      guard let own = worth(arrival, in: expected.currency), let more = try? sum.adding(own.amount) else { return false }
      sum = more
      if own.isConverted { (isConverted, result.usesRates) = (true, true) }
    }
    return Worth(amount: sum, isConverted: isConverted).isNear(expected.amount, isConverted: isConverted)
  }

  private func sum(_ run: [Int]) -> Money? {
    var sum: Money?
    for due in run {
      guard let own = dues[due].expected.value else { return nil }
      guard let before = sum else {
        sum = own
        continue
      }
      guard own.currency == before.currency, let more = try? before.amount.adding(own.amount) else { return nil }
      sum = Money(more, own.currency)
    }
    return sum
  }

  private func worth(_ arrival: Int, in currency: Currency) -> Worth? {
    arrivals[arrival].receipt.gross.value.flatMap { Worth($0, in: currency, on: arrivals[arrival].day, quotes) }
  }
}

/// What a receipt is worth in the currency of a declaration.
struct Worth {
  var amount: Decimal
  /// Whether a rate was needed.
  var isConverted: Bool

  init(amount: Decimal, isConverted: Bool) { (self.amount, self.isConverted) = (amount, isConverted) }

  /// Nil without a rate.
  init?(_ money: Money, in currency: Currency, on day: Day, _ quotes: QuoteBook) {
    if money.currency == currency {
      self.init(amount: money.amount, isConverted: false)
      return
    }
    guard let rate = quotes.rate(from: money.currency, to: currency, on: day).value,
      let amount = try? money.amount.multiplied(by: rate)
    else { return nil }
    self.init(amount: amount, isConverted: true)
  }

  /// Whether it is as much as was expected: within the larger of 0.5 % and 0.01; converted, within 2 %, as payers have their own rates.
  ///
  /// - Source: DESIGN 5.
  func isNear(_ expected: Decimal, isConverted: Bool) -> Bool {
    guard let difference = try? amount.subtracting(expected).magnitude,
      let share = try? expected.magnitude.multiplied(by: Decimal(mantissa: isConverted ? 20 : 5, scale: 3))
    else { return false }
    return difference <= max(share, Decimal(mantissa: 1, scale: 2))
  }
}
