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
  private let declared: [AssetID: [Distribution]]
  private let zone: Zone

  /// Days after the pay date on which a payment is overdue.
  public static let grace = 7

  /// Matches a book's receipts with its distributions and looks twelve months ahead.
  ///
  /// A receipt belongs to the distribution of its asset with the latest pay date that is at most three days after it and at most 45
  /// days before it.
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
    for asset in byAsset.keys { byAsset[asset]?.sort { ($0.payDay, $0.id) < ($1.payDay, $1.id) } }
    declared = byAsset
    let reusable = last.map { $0.day == day && $0.zone == zone && $0.declared == byAsset ? $0.parts : [] } ?? []
    let parts = IncomeLedger.parts(booking, byAsset, day, zone, reusing: reusable)
    self.parts = parts
    var places = parts.map { [Int32](repeating: 0, count: $0.isOther.count) }
    var others: [Int] = []
    booking.receipts.forEachPlace { place, part, index in
      places[part][index] = Int32(place)
      if parts[part].isOther[index] { others.append(place) }
    }
    var arrived: [Int64: [Int]] = [:]
    var (dividends, days) = ([AssetID: [Int]](), [AssetID: [Day]]())
    var months = IncomeMonths(asOf: day)
    var sums = OtherSums()
    for (number, part) in parts.enumerated() {
      payers.formUnion(part.payers)
      for (id, found) in part.arrived { arrived[id, default: []] += found.map { Int(places[number][$0]) } }
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
    steps = history?.steps(of: book, upTo: day) ?? QuantitySteps(book, upTo: day, only: payers)
    var payments: [Payment] = []
    let whole = WholeLedger(book, day)
    for asset in byAsset.keys.sorted() {
      for distribution in byAsset[asset] ?? [] {
        let entitled = IncomeLedger.entitlement(to: distribution, book, steps, day)
        let places = arrived[distribution.id] ?? []
        let received = IncomeLedger.gross(places, booking)
        if entitled == .known(.zero) && !received.isKnown && places.isEmpty { continue }
        let expected = entitled.map { (units) throws(DecimalError) in
          Money(try units.multiplied(by: distribution.amountPerToken.perUnit), distribution.amountPerToken.currency)
        }
        var status = IncomeLedger.status(expected, received, hasReceipts: !places.isEmpty, pay: distribution.pay, day)
        if status.isAmiss, whole.isReceived(distribution.id) { status = .received }
        payments.append(
          Payment(
            distribution: distribution, status: status, entitled: entitled, expected: expected, receipts: places, received: received))
      }
    }
    for asset in payers.sorted() {
      let held = steps.quantity(of: asset, at: day)
      if !held.isPositive { continue }
      let declared = byAsset[asset] ?? []
      for estimate in policies[asset]?.payments(after: day, book) ?? IncomeLedger.repeated(declared, after: day) {
        if declared.contains(where: { $0.covers(estimate) }) { continue }
        let expected = Figure.known(held).map { (held) throws(DecimalError) in
          Money(try held.multiplied(by: estimate.amountPerToken.perUnit), estimate.amountPerToken.currency)
        }
        payments.append(
          Payment(
            distribution: estimate, status: .estimated, entitled: .known(held), expected: expected, receipts: [],
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
    _ booking: Booking, _ declared: [AssetID: [Distribution]], _ day: Day, _ zone: Zone, reusing known: [IncomePart]
  ) -> [IncomePart] {
    let receipts = booking.receipts.byPart
    let stale = receipts.indices.filter { $0 >= known.count || !known[$0].isMade(of: receipts[$0]) }
    let made = inParallel(stale.count) { IncomePart(receipts[stale[$0]], declared, asOf: day, zone: zone) }
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

  /// The status of a payment.
  ///
  /// - Source: DESIGN 5: short or over beyond the larger of 0.5 % and 0.01; overdue from the eighth day after the pay date.
  static func status(
    _ expected: Figure<Money>, _ received: Figure<Money>, hasReceipts: Bool, pay: Day?, _ day: Day
  ) -> IncomeStatus {
    guard let got = received.value else {
      if hasReceipts { return .received }
      return pay.map { day > $0 + grace } == true ? .overdue : .declared
    }
    guard let due = expected.value, due.currency == got.currency, let difference = try? got.amount.subtracting(due.amount),
      let half = try? due.amount.magnitude.multiplied(by: Decimal(mantissa: 5, scale: 3))
    else { return .received }
    let tolerance = max(half, Decimal(mantissa: 1, scale: 2))
    if difference.magnitude <= tolerance { return .received }
    return difference.isNegative ? .shortPaid : .overPaid
  }

  static func match(_ receipt: Receipt, _ on: Day, _ distributions: [Distribution]) -> Distribution? {
    let isReturn = receipt.kind == .returnOfCapital
    guard isReturn || receipt.kind == .dividend || receipt.kind == .interest else { return nil }
    var found: Distribution?
    for distribution in distributions where distribution.isReturnOfCapital == isReturn {
      guard let pay = distribution.pay, pay <= on + 3, on - pay <= 45 else { continue }
      if let currency = receipt.gross.value?.currency, currency != distribution.amountPerToken.currency { continue }
      if (distribution.kind == "interest") != (receipt.kind == .interest), receipt.subtype != distribution.kind { continue }
      found = distribution
    }
    return found
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
