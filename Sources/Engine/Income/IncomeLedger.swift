public import Amounts
public import Ledger

/// All income of a book: what was declared against what arrived, and what is still expected.
public struct IncomeLedger: Sendable {
  /// A declared or estimated payment and what arrived for it.
  public struct Payment: Hashable, Sendable {
    /// What was declared; for an estimate what is expected.
    public var distribution: Distribution
    /// Where it stands.
    public var status: IncomeStatus
    /// Units entitled; for a daily distribution the sum of the days' units.
    public var entitled: Figure<Decimal>
    /// Entitled x per token, 18 places, in the distribution's currency.
    public var expected: Figure<Money>
    /// What arrived, as places in the booking's receipts.
    public var receipts: [Int]
    /// Gross that arrived, in the receipts' currency; unknown when nothing did.
    public var received: Figure<Money>
    /// The part of the receipts that belongs here, where one receipt pays several distributions; nil is all of them.
    public var share: Share?
  }

  /// A part of what arrived: `part` of every `of`.
  public struct Share: Hashable, Sendable {
    /// What belongs to one payment.
    public let part: Decimal
    /// What belongs to all of them.
    public let of: Decimal

    /// An amount's part.
    public func applied(to amount: Decimal) -> Decimal { (try? amount.share(part, of: of)) ?? amount }
  }

  /// Declared payments with an entitlement, and estimates of the next twelve months. By pay date (none last), asset, id.
  public let payments: [Payment]
  /// Places of receipts that belong to no distribution, in time.
  public let others: [Int]
  /// Of those the dividends and interest, by asset, in time.
  public let otherDividends: [AssetID: [Int]]
  /// What those without a distribution add up to, without returned capital.
  public let otherSums: OtherSums
  /// The days of `otherDividends`.
  let dividendDays: [AssetID: [Day]]
  /// Places of payments, by asset.
  public let byAsset: [AssetID: [Int]]
  /// Assets whose policy promises income, but not how much.
  public let unstated: [AssetID]
  /// What was held through time of the assets that pay.
  public let steps: QuantitySteps
  /// What arrived, by asset and month.
  public let months: IncomeMonths
  /// The last day that counts.
  public let day: Day
  /// The receipts group by group, in the numbering of the booking's.
  private let parts: [IncomePart]
  /// By part and number in it, the place among all receipts.
  private let places: [[Int32]]
  private let declared: [AssetID: [DuePayment]]
  private let zone: Zone

  /// Days after the pay date on which a payment is overdue.
  public static let grace = 7

  /// Matches a book's receipts with its distributions and looks twelve months ahead.
  ///
  /// Which receipt belongs to which distribution is `PaymentMatcher`'s to say.
  ///
  /// - Parameters:
  ///   - history: the value history of the same book and day, which knows what was held through time.
  ///   - last: the income before a change: what came of receipts that are still the same is taken from it.
  /// - Complexity: one look at each receipt that `last` has not seen.
  public init(_ book: Book, _ booking: Booking, asOf day: Day, history: ValueHistory? = nil, after last: IncomeLedger? = nil) {
    self.day = day
    let zone = book.settings.zone
    self.zone = zone
    var byAsset: [AssetID: [Distribution]] = [:]
    for distribution in book.distributions where distribution.declared.map({ $0 <= day }) ?? true {
      byAsset[distribution.asset, default: []].append(distribution)
    }
    let policies = Policy.all(in: book)
    var payers = Set(byAsset.keys).union(policies.keys)
    let debts = book.assets.values.filter { $0.isDebt && policies[$0.id] == nil && byAsset[$0.id] == nil }
    payers.formUnion(debts.map(\.id))
    for asset in byAsset.keys { byAsset[asset]?.sort { ($0.payDay, $0.id) < ($1.payDay, $1.id) } }
    let known = history?.steps(of: book, upTo: day) ?? QuantitySteps(book, upTo: day, only: payers)
    let dues = byAsset.mapValues { own in own.map { IncomeLedger.due($0, book, known, day) } }
    declared = dues
    let reusable = last.map { $0.day == day && $0.zone == zone && $0.declared == dues ? $0.parts : [] } ?? []
    let parts = IncomeLedger.parts(booking, dues, book.quotes, day, zone, reusing: reusable)
    self.parts = parts
    var places = parts.map { [Int32](repeating: 0, count: $0.isOther.count) }
    var others: [Int] = []
    booking.receipts.forEachPlace { place, part, index in
      places[part][index] = Int32(place)
      if parts[part].isOther[index] { others.append(place) }
    }
    var arrived: [Int64: [Int]] = [:]
    var shares: [Int64: Share] = [:]
    let declaredPayers = payers
    var (dividends, days) = ([AssetID: [Int]](), [AssetID: [Day]]())
    var months = IncomeMonths(asOf: day)
    var sums = OtherSums()
    for (number, part) in parts.enumerated() {
      payers.formUnion(part.payers)
      for (id, found) in part.arrived { arrived[id, default: []] += found.map { Int(places[number][$0]) } }
      shares.merge(part.shares) { first, _ in first }
      for (asset, found) in part.dividends {
        dividends[asset, default: []] += found.map { Int(places[number][Int($0.index)]) }
        days[asset, default: []] += found.map(\.day)
      }
      months.add(part.months)
      sums.add(part.sums)
    }
    for id in arrived.keys { arrived[id]?.sort() }
    self.places = places
    self.months = months
    otherSums = sums
    otherDividends = dividends
    dividendDays = days
    steps = history != nil || payers == declaredPayers ? known : QuantitySteps(book, upTo: day, only: payers)
    let held = steps
    unstated = policies.keys.sorted().filter { asset in
      held.quantity(of: asset, at: day).isPositive && policies[asset]?.contains { $0.isUnstated(book, day) } == true
    }
    var payments: [Payment] = []
    let whole = WholeLedger(book, day)
    for asset in dues.keys.sorted() {
      for due in dues[asset] ?? [] {
        let (distribution, share) = (due.distribution, shares[due.distribution.id])
        let places = arrived[distribution.id] ?? []
        let received = IncomeLedger.gross(places, booking).map { (money) throws(DecimalError) in
          share.map { Money($0.applied(to: money.amount), money.currency) } ?? money
        }
        if due.entitled == .known(.zero) && !received.isKnown && places.isEmpty { continue }
        let got = IncomeLedger.worth(of: places, share, in: due.expected.value?.currency, booking, book)
        var status = IncomeLedger.status(due.expected, got, hasReceipts: !places.isEmpty, pay: distribution.pay, day)
        if status.isAmiss, whole.isReceived(distribution.id) { status = .received }
        payments.append(
          Payment(
            distribution: distribution, status: status, entitled: due.entitled, expected: due.expected, receipts: places,
            received: received, share: share))
      }
    }
    for asset in payers.sorted() {
      let held = steps.quantity(of: asset, at: day)
      if !held.isPositive { continue }
      let declared = byAsset[asset] ?? []
      let paid = (dividends[asset] ?? []).map { booking.receipts[$0] }
      for (estimate, step) in IncomeLedger.estimates(asset, policies[asset], declared, paid, book, steps, day) {
        if declared.contains(where: { $0.covers(estimate, within: step.tolerance) }) { continue }
        let due = IncomeLedger.due(estimate, book, steps, day, held: held)
        payments.append(
          Payment(
            distribution: estimate, status: .estimated, entitled: due.entitled, expected: due.expected, receipts: [],
            received: .unknown(.notStated)))
      }
    }
    payments.sort { a, b in
      let (x, y) = (a.distribution, b.distribution)
      return (x.payDay, x.asset.raw, x.id) < (y.payDay, y.asset.raw, y.id)
    }
    self.payments = payments
    self.others = others
    self.byAsset = Dictionary(grouping: payments.indices) { payments[$0].distribution.asset }
  }

  /// What came of the receipts of every group, those of unchanged ones as they are.
  private static func parts(
    _ booking: Booking, _ declared: [AssetID: [DuePayment]], _ quotes: QuoteBook, _ day: Day, _ zone: Zone, reusing known: [IncomePart]
  ) -> [IncomePart] {
    let receipts = booking.receipts.byPart
    let stale = receipts.indices.filter { $0 >= known.count || known[$0].usesRates || !known[$0].isMade(of: receipts[$0]) }
    let made = inParallel(stale.count) { IncomePart(receipts[stale[$0]], declared, quotes, asOf: day, zone: zone) }
    var parts: [IncomePart] = []
    var next = 0
    for number in receipts.indices {
      if next < stale.count, stale[next] == number {
        parts.append(made[next])
        next += 1
      } else {
        parts.append(known[number])
      }
    }
    return parts
  }

  /// Places of the receipts of an asset that belong to no distribution, by day, kind and event.
  public func others(of asset: AssetID) -> [Int] {
    parts.enumerated().flatMap { number, part in (part.others[asset] ?? []).map { Int(places[number][Int($0.index)]) } }
  }

  /// Places of all receipts that belong to no distribution, by day, rank of the asset, kind and event.
  ///
  /// - Complexity: one step for each receipt and day; what belongs together is sorted already.
  public func others(ranked ranks: [AssetID: Int32]) -> [Int32] {
    var lists: [(rank: Int32, part: Int, dated: [IncomePart.Dated])] = []
    for (number, part) in parts.enumerated() {
      for (asset, dated) in part.others { lists.append((ranks[asset] ?? .max, number, dated)) }
    }
    lists.sort { ($0.rank, $0.part) < ($1.rank, $1.part) }
    guard let low = lists.compactMap(\.dated.first?.day.ordinal).min(), let high = lists.compactMap(\.dated.last?.day.ordinal).max()
    else { return [] }
    var next = [Int](repeating: 0, count: Int(high - low) + 2)
    for list in lists { for one in list.dated { next[Int(one.day.ordinal - low) + 1] += 1 } }
    for place in 1..<next.count { next[place] += next[place - 1] }
    var sorted = [Int32](repeating: 0, count: next[next.count - 1])
    for list in lists {
      for one in list.dated {
        let bucket = Int(one.day.ordinal - low)
        sorted[next[bucket]] = places[list.part][Int(one.index)]
        next[bucket] += 1
      }
    }
    return sorted
  }

  /// The status of a payment; overdue from the eighth day after the pay date.
  ///
  /// - Parameter received: in the declaration's currency where rates allow; a converted amount is as exact as `Worth.isNear` says.
  /// - Source: DESIGN 5.
  private static func status(_ expected: Figure<Money>, _ received: Worth?, hasReceipts: Bool, pay: Day?, _ day: Day) -> IncomeStatus {
    guard let received else {
      if hasReceipts { return .received }
      return pay.map { day > $0 + grace } == true ? .overdue : .declared
    }
    guard let due = expected.value, !received.isNear(due.amount, isConverted: received.isConverted) else { return .received }
    return received.amount < due.amount ? .shortPaid : .overPaid
  }

  /// What arrived in the declaration's currency, at the rates of the days it arrived; nil when nothing did or a rate is missing.
  private static func worth(of places: [Int], _ share: Share?, in currency: Currency?, _ booking: Booking, _ book: Book) -> Worth? {
    guard let currency, !places.isEmpty else { return nil }
    var sum = Worth(amount: .zero, isConverted: false)
    for place in places {
      let receipt = booking.receipts[place]
      guard let gross = receipt.gross.value,
        let own = Worth(gross, in: currency, on: book.settings.zone.day(of: receipt.time), book.quotes),
        let more = try? sum.amount.adding(own.amount)
      else { return nil }
      sum = Worth(amount: more, isConverted: sum.isConverted || own.isConverted)
    }
    return share.map { Worth(amount: $0.applied(to: sum.amount), isConverted: sum.isConverted) } ?? sum
  }

  /// What is due for a distribution.
  ///
  /// - Parameter held: for what is only expected: what is held now; nil looks at the day that decides.
  private static func due(
    _ distribution: Distribution, _ book: Book, _ steps: QuantitySteps, _ day: Day, held: Decimal? = nil
  ) -> DuePayment {
    let entitled =
      distribution.isDaily
      ? entitlement(to: distribution, book, steps, day)
      : held.map { .known($0) } ?? entitlement(to: distribution, book, steps, day)
    let expected = entitled.map { (units) throws(DecimalError) in
      Money(try units.multiplied(by: distribution.amountPerToken.perUnit), distribution.amountPerToken.currency)
    }
    return DuePayment(distribution: distribution, entitled: entitled, expected: expected)
  }

  private static func gross(_ places: [Int], _ booking: Booking) -> Figure<Money> {
    guard let first = places.first else { return .unknown(.notStated) }
    var sum = booking.receipts[first].gross
    for place in places.dropFirst() {
      guard let money = sum.value else { return sum }
      switch booking.receipts[place].gross {
      case .known(let more): sum = money.adding(more)
      case .unknown(let why): return .unknown(why)
      }
    }
    return sum
  }
}

/// The payments over all portfolios, for a view of some: what another portfolio received for units that left this one, or this one for
/// units that came from another, is no mistake of the payer. Looked at only when something seems amiss.
private final class WholeLedger {
  private let book: Book
  private let day: Day
  private var received: Set<Int64>?

  init(_ book: Book, _ day: Day) { (self.book, self.day) = (book, day) }

  func isReceived(_ distribution: Int64) -> Bool {
    if book.view == nil { return false }
    if let received { return received.contains(distribution) }
    var all = book
    all.view = nil
    let found = Set(IncomeLedger(all, all.booked(asOf: day), asOf: day).payments.filter { $0.status == .received }.map(\.distribution.id))
    received = found
    return found.contains(distribution)
  }
}
