public import Amounts
public import Ledger

/// The worth of everything held at each day's end.
///
/// Each asset counts at its mode, converted at the day's rate, rounded half-even to 18 places, and added exactly. Units that have no
/// quote yet count at their last trade; where there is none either, or no exchange rate, they are left out and counted, and what their
/// value changes by is told apart, because it is no return.
///
/// - Source: DESIGN 7.
public struct ValueHistory: Sendable {
  /// One point a day, oldest first, from the first event's day on.
  public let points: [HistoryPoint]
  /// Assets that were held on days on which their worth is unknown, in id order.
  public let unknown: [AssetID]
  /// Assets that count at a trade's price on some days for want of a quote, in id order.
  public let atTrade: [AssetID]
  /// What the points were made from, so that a change needs only the assets it touches.
  let basis: HistoryBasis

  /// Follows a book up to the end of a day, every asset at its own mode.
  ///
  /// - Parameter accounts: the accounts that count; nil means those in view.
  /// - Complexity: one pass over the events, then assets x days on all cores.
  public init(_ book: Book, upTo last: Day, accounts: Set<AccountID>? = nil) {
    let groups = AccountGroups(viewOf: book, accounts)
    self.init(book, QuantitySteps.by(groups, book, upTo: last)[0], groups, upTo: last)
  }

  /// A history of steps that are there already.
  init(_ book: Book, _ steps: QuantitySteps, _ groups: AccountGroups, upTo last: Day) {
    let basis = HistoryBasis(book, steps, groups, upTo: last)
    let first = steps.firstDay ?? last + 1
    let count = max(0, last - first + 1)
    let assets = steps.assets.filter { book.assets[$0] != nil }
    let jobs = min(8, assets.count)
    let parts: [HistoryPart] =
      count == 0
      ? []
      : inParallel(jobs) { (job) -> HistoryPart in
        var part = HistoryPart(first: first, count: count)
        for place in stride(from: job, to: assets.count, by: jobs) { part.add(assets[place], basis) }
        return part
      }
    var whole = HistoryPart(first: first, count: count)
    for part in parts { whole.add(part) }
    self.init(whole, basis)
  }

  /// What was held through time, over all accounts; nil when this history is of some accounts or another day.
  func steps(of book: Book, upTo day: Day) -> QuantitySteps? {
    basis.groups.isAll && basis.last == day && book.view == nil ? basis.steps : nil
  }

  /// Assets whose worth is unknown on a day from this one on.
  public func unknown(from day: Day) -> [AssetID] { unknown.filter { has(.unknown, $0, from: day) } }

  /// Assets that count at a trade's price on a day from this one on.
  public func atTrade(from day: Day) -> [AssetID] { atTrade.filter { has(.atTrade, $0, from: day) } }

  /// The days on which an asset was held and its worth is unknown: the first, the last, how many, and whether it had a price on the
  /// first one, so that only an exchange rate was missing; nil when there is none.
  public func gap(of asset: AssetID) -> (first: Day, last: Day, days: Int, lacksRate: Bool)? {
    guard let start = points.first?.day, let states = basis.column(of: asset, from: start, count: points.count)?.states,
      let first = states.firstIndex(of: .unknown), let last = states.lastIndex(of: .unknown)
    else { return nil }
    let isCash = basis.prices.assets[asset]?.assetClass == .cash
    let hasPrice = isCash || basis.prices.price(of: asset, on: start + first).isKnown
    return (start + first, start + last, states.count { $0 == .unknown }, hasPrice)
  }

  private func has(_ state: WorthState, _ asset: AssetID, from day: Day) -> Bool {
    guard let first = points.first?.day else { return false }
    return basis.column(of: asset, from: first, count: points.count)?.states.dropFirst(max(0, day - first)).contains(state) ?? false
  }

  init(_ whole: HistoryPart, _ basis: HistoryBasis) {
    points = whole.totals.points
    unknown = whole.unknown.sorted()
    atTrade = whole.atTrade.sorted()
    self.basis = basis
  }
}

/// Some assets' days, and which of them are not at quotes.
struct HistoryPart: Sendable {
  var totals: DayTotals
  var unknown: Set<AssetID> = []
  var atTrade: Set<AssetID> = []

  init(first: Day, count: Int) { totals = DayTotals(first: first, count: count) }

  init(_ history: ValueHistory) {
    totals = DayTotals(history.points)
    unknown = Set(history.unknown)
    atTrade = Set(history.atTrade)
  }

  mutating func add(_ asset: AssetID, _ basis: HistoryBasis, sign: Int = 1) {
    guard let column = basis.column(of: asset, from: totals.first, count: totals.count) else { return }
    totals.add(column, basis.flows[asset], sign: sign)
    unknown.remove(asset)
    atTrade.remove(asset)
    if sign > 0, column.states.contains(.unknown) { unknown.insert(asset) }
    if sign > 0, column.states.contains(.atTrade) { atTrade.insert(asset) }
  }

  mutating func add(_ other: HistoryPart) {
    totals.add(other.totals)
    unknown.formUnion(other.unknown)
    atTrade.formUnion(other.atTrade)
  }
}

/// What a value history follows from: quantities, prices and rates, and the flows of what may be unpriced.
struct HistoryBasis: Sendable {
  let steps: QuantitySteps
  let prices: UnitPrices
  let rates: RateTable
  /// The flows of assets whose worth may be unknown on some day.
  let flows: [AssetID: DayFlows]
  let groups: AccountGroups
  let zone: Zone
  let last: Day

  init(_ book: Book, _ steps: QuantitySteps, _ groups: AccountGroups, upTo last: Day) {
    let prices = UnitPrices(book, [steps], upTo: last)
    let rates = HistoryBasis.rates(book, [steps], prices, upTo: last, reusing: nil)
    self.init(book, steps, prices, rates, groups, upTo: last)
  }

  init(
    _ steps: QuantitySteps, _ prices: UnitPrices, _ rates: RateTable, _ flows: [AssetID: DayFlows], _ groups: AccountGroups, _ zone: Zone,
    upTo last: Day
  ) {
    self.steps = steps
    self.prices = prices
    self.rates = rates
    self.flows = flows
    self.groups = groups
    self.zone = zone
    self.last = last
  }

  init(_ book: Book, _ steps: QuantitySteps, _ prices: UnitPrices, _ rates: RateTable, _ groups: AccountGroups, upTo last: Day) {
    let doubtful = HistoryBasis.doubtful([steps], prices, rates)
    let places = Dictionary(uniqueKeysWithValues: doubtful.enumerated().map { ($1.raw, $0) })
    let found = PartFlows(
      book, prices, groups, [steps], upTo: last, count: doubtful.count, only: Set(doubtful)
    ) { asset, _ in places[asset] ?? -1 }
    var flows: [AssetID: DayFlows] = [:]
    for (place, asset) in doubtful.enumerated() { flows[asset] = found.parts[place] }
    self.init(steps, prices, rates, flows, groups, book.settings.zone, upTo: last)
  }

  /// The worth of an asset day by day; nil for an asset that is never held.
  func column(of id: AssetID, from first: Day, count: Int) -> WorthColumn? {
    guard let asset = prices.assets[id], let list = steps.lists[id] else { return nil }
    return ValueWalk(asset, prices, list).column(from: first, count: count, rates)
  }

  /// Rates of all currencies that holdings are priced in, those of before when they are all there.
  static func rates(
    _ book: Book, _ steps: [QuantitySteps], _ prices: UnitPrices, upTo last: Day, reusing old: RateTable?
  ) -> RateTable {
    var currencies: Set<Int32> = []
    for id in Set(steps.flatMap(\.lists.keys)) {
      if let asset = book.assets[id] { currencies.formUnion(ValueWalk.currencies(of: asset, prices)) }
    }
    let first = (steps.compactMap(\.firstDay).min() ?? last) - 1
    if let old, old.covers(currencies, from: first) { return old }
    return RateTable(
      book.quotes, base: book.settings.base, currencies: currencies.sorted().map { Currency(id: $0) }, from: first, to: last)
  }

  /// Assets whose worth may be unknown on some day: held before any price, or priced in a currency without a rate on some day.
  static func doubtful(_ steps: [QuantitySteps], _ prices: UnitPrices, _ rates: RateTable) -> [AssetID] {
    let unquoted = UnitPrices.unquoted(prices.assets, prices.quotes, steps)
    return Set(steps.flatMap(\.lists.keys)).filter { id in
      guard let asset = prices.assets[id] else { return false }
      if unquoted.contains(id) && prices.quotes.pegs[id] == nil {
        let held = steps.compactMap { $0.lists[id]?.days.first }.min()
        if let held, prices.trades[id]?.days.first.map({ $0 > held }) ?? true { return true }
      }
      return ValueWalk.currencies(of: asset, prices).contains { rates.hasGaps(Currency(id: $0)) }
    }.sorted()
  }
}
