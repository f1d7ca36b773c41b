import Amounts
import Ledger

/// The flows of one part of a book, one entry a day, ascending.
struct DayFlows: Sendable {
  private(set) var days: [Int32] = []
  private(set) var flows: [ExternalFlows.Flow] = []

  /// Adds an amount that came in, or with a minus sign went out, on a day not earlier than those before.
  mutating func add(_ amount: Decimal, _ day: Int32) {
    if days.last != day {
      days.append(day)
      flows.append(ExternalFlows.Flow())
    }
    flows[flows.count - 1].add(amount)
  }

  /// Adds later flows; the last day of these may be the first of those.
  mutating func append(_ later: DayFlows) {
    var first = 0
    if let day = later.days.first, days.last == day {
      flows[flows.count - 1].add(later.flows[0])
      first = 1
    }
    days += later.days[first...]
    flows += later.flows[first...]
  }

  /// Whether anything moved on a day.
  func has(_ day: Int32) -> Bool {
    let place = days.firstPlace { $0 >= day }
    return place < days.count && days[place] == day
  }

  /// What came in less what went out on a day.
  func net(on day: Int32) -> Decimal {
    let place = days.firstPlace { $0 >= day }
    guard place < days.count, days[place] == day else { return .zero }
    return flows[place].net
  }
}

/// What moved in and out of each part of a book, in base at the day's rate.
///
/// Every event has a home: its asset in its account. What it moves elsewhere went from there: the cash of a purchase went into the
/// asset, a dividend's out of it, a transfer from one account to the other. Both sides of a movement count the same amount, so that
/// the flows of all parts add up to what came from outside.
struct PartFlows {
  /// By part.
  private(set) var parts: [DayFlows]
  /// By part: flows from outside whose worth is unknown.
  private(set) var unknown: [Int]

  private let facts: Facts
  private var worths: WorthMemory

  /// What the flows follow from. One object, because events ask for it at every turn, and a copy of a book is long.
  private final class Facts: Sendable {
    let book: Book
    let table: EventTable
    let prices: UnitPrices
    let groups: AccountGroups
    let steps: [QuantitySteps]
    let part: Part
    /// One more than the highest asset id.
    let top: Int

    init(_ book: Book, _ prices: UnitPrices, _ groups: AccountGroups, _ steps: [QuantitySteps], _ part: @escaping Part) {
      self.book = book
      table = book.events
      self.prices = prices
      self.groups = groups
      self.steps = steps
      self.part = part
      top = Int(book.assets.keys.map(\.raw).max() ?? 0) + 1
    }

    @inline(__always)
    func cell(_ asset: Int32, _ account: Int32) -> Int {
      let group = groups[account]
      return group < 0 ? -1 : part(asset, group)
    }
  }

  /// The part of an asset in a group of accounts, or -1.
  typealias Part = @Sendable (_ asset: Int32, _ group: Int) -> Int

  /// The flows of events up to a day's end.
  ///
  /// - Parameters:
  ///   - steps: what is held in each group of accounts.
  ///   - count: how many parts there are.
  ///   - only: assets that all wanted movements concern; nil means all.
  ///   - part: the part of an asset in a group of accounts, or -1.
  init(
    _ book: Book, _ prices: UnitPrices, _ groups: AccountGroups, _ steps: [QuantitySteps], upTo last: Day, count: Int,
    only: Set<AssetID>? = nil, part: @escaping Part
  ) {
    self.init(Facts(book, prices, groups, steps, part), count: count)
    if let only, only.isEmpty { return }
    let facts = facts
    let chosen = only.map { book.positions(naming: $0, upTo: last) }
    let end = chosen?.count ?? book.events.firstIndex(after: book.settings.zone.end(of: last))
    // What a movement counts for does not depend on those before it, so that stretches of events are followed at the same time.
    let jobs = max(1, min(8, end / 10_000))
    let stretches = inParallel(jobs) { job -> PartFlows in
      var flows = PartFlows(facts, count: count)
      flows.follow((end * job / jobs)..<(end * (job + 1) / jobs), of: chosen, isWhole: count == 1 && only == nil && groups.isAll)
      return flows
    }
    for stretch in stretches { add(stretch) }
  }

  private init(_ facts: Facts, count: Int) {
    self.facts = facts
    worths = WorthMemory(top: facts.top)
    parts = [DayFlows](repeating: DayFlows(), count: count)
    unknown = [Int](repeating: 0, count: count)
  }

  /// Adds the flows of later events.
  private mutating func add(_ later: PartFlows) {
    for place in parts.indices {
      parts[place].append(later.parts[place])
      unknown[place] += later.unknown[place]
    }
  }

  /// What each event of a day moved into or out of what is inside, in their order; events that moved nothing are not there.
  static func movements(
    _ book: Book, _ prices: UnitPrices, _ groups: AccountGroups, _ steps: [QuantitySteps], on day: Day,
    isInside: @escaping @Sendable (_ asset: Int32, _ group: Int) -> Bool
  ) -> [DayDetail.Movement] {
    let (table, zone) = (book.events, book.settings.zone)
    let facts = Facts(book, prices, groups, steps) { isInside($0, $1) ? 0 : -1 }
    var found: [DayDetail.Movement] = []
    for index in table.firstIndex(after: zone.end(of: day - 1))..<table.firstIndex(after: zone.end(of: day))
    where table.status(at: index) != .void {
      var one = PartFlows(facts, count: 1)
      one.follow(index, table, day, movesInside: true)
      guard let flow = one.parts[0].flows.first else { continue }
      found.append(DayDetail.Movement(event: index, inflow: flow.inflow, outflow: flow.outflow))
    }
    return found
  }

  /// - Parameter chosen: the positions of events to choose from; nil is all.
  private mutating func follow(_ places: Range<Int>, of chosen: [Int]?, isWhole: Bool) {
    let table = facts.table
    var clock = DayClock(zone: facts.book.settings.zone)
    for place in places {
      let index = chosen?[place] ?? place
      if table.status(at: index) == .void { continue }
      let kind = table.kind(at: index)
      if isWhole, ExternalFlows.direction(of: kind, hasOtherSide: table.toAccounts[index] != 0) == nil { continue }
      follow(index, table, clock.day(of: table.times[index]), movesInside: !isWhole)
    }
  }

  private mutating func follow(_ index: Int, _ table: EventTable, _ day: Day, movesInside: Bool) {
    let (asset, account) = (table.assets[index], table.accounts[index])
    let kind = table.kind(at: index)
    let home = facts.cell(asset, account)
    if let sign = ExternalFlows.direction(of: kind, hasOtherSide: table.toAccounts[index] != 0) {
      if let legs = table.extra(at: index)?.legs, !legs.isEmpty {
        for leg in legs where leg.role == .principal {
          cross(worths.worth(of: leg.quantity, leg.asset, on: day, facts.prices), facts.cell(leg.asset.raw, leg.account.raw), day)
        }
        return
      }
      let worth = outside(index, table, day)
      cross(sign < 0 ? worth.map { -$0 } : worth, home, day)
    }
    guard movesInside else { return }
    // A movement that does not fit 38 digits is left out; booking reports it.
    try? table.forEachLeg(at: index) { (legAccount, legAsset, quantity, role) throws(DecimalError) in
      if legAsset == asset && legAccount == account { return }
      let other = facts.cell(legAsset, legAccount)
      if other == home { return }
      if let worth = worth(of: quantity, legAsset, role, index, table, day) { move(worth, from: home, to: other, day) }
    }
    if kind.changesUnits { changeUnits(index, table, day) }
  }

  @inline(__always)
  private mutating func move(_ amount: Decimal, from: Int, to: Int, _ day: Day) {
    if from == to { return }
    if from >= 0 { parts[from].add(-amount, day.ordinal) }
    if to >= 0 { parts[to].add(amount, day.ordinal) }
  }

  private mutating func cross(_ worth: Figure<Decimal>, _ part: Int, _ day: Day) {
    guard part >= 0 else { return }
    switch worth {
    case .known(let worth): parts[part].add(worth, day.ordinal)
    case .unknown: unknown[part] += 1
    }
  }

  /// What is worth that came from outside or went there.
  private mutating func outside(_ index: Int, _ table: EventTable, _ day: Day) -> Figure<Decimal> {
    let kind = table.kind(at: index)
    if kind == .deliveryIn || kind == .deliveryOut, let gross = table.grosses[index], table.currencies[index] != 0 {
      let stated = facts.prices.inBase(gross, Currency(id: table.currencies[index]), on: day)
      if stated.isKnown { return stated }
    }
    guard let quantity = table.quantities[index] ?? table.grosses[index] else { return .unknown(.nothing) }
    return worths.worth(of: quantity, AssetID(table.assets[index]), on: day, facts.prices)
  }

  /// What a leg is worth on both of its sides; nil when nobody knows.
  private mutating func worth(
    of quantity: Decimal, _ asset: Int32, _ role: LegRole, _ index: Int, _ table: EventTable, _ day: Day
  ) -> Decimal? {
    let currency = table.currencies[index]
    if role == .fee, let value = table.feeValues[index], currency != 0, asset != currency, asset == table.feeAssets[index],
      let worth = facts.prices.inBase(value, Currency(id: currency), on: day).value
    {
      return quantity.isNegative ? -worth : worth
    }
    if role == .principal, asset == table.extra(at: index)?.toAsset?.raw, let worth = exchanged(index, table, quantity, day) {
      return quantity.isNegative ? -worth : worth
    }
    return worths.worth(of: quantity, AssetID(asset), on: day, facts.prices).value
  }

  /// What changes hands in a swap: the row's own value, else that of its money, else of its stablecoin, else of what was given, else
  /// of what was received.
  private mutating func exchanged(_ index: Int, _ table: EventTable, _ received: Decimal, _ day: Day) -> Decimal? {
    guard let target = table.extra(at: index)?.toAsset else { return nil }
    let kind = table.kind(at: index)
    if kind == .swap || kind == .convert, table.currencies[index] != 0 {
      var gross = table.grosses[index]
      if gross == nil, let quantity = table.quantities[index], let price = table.prices[index] {
        gross = try? quantity.multiplied(by: price)
      }
      if let gross, let worth = facts.prices.inBase(gross, Currency(id: table.currencies[index]), on: day).value { return worth }
    }
    let own = AssetID(table.assets[index])
    // What a dividend in kind or a spin-off pays with was not given away.
    let given = kind.givesItsAsset ? table.quantities[index] : nil
    let sides = [(own, given), (target, received.magnitude)]
    for wanted in [AssetClass.cash, .stablecoin, nil] {
      for (asset, units) in sides where wanted == nil || facts.book.assets[asset]?.assetClass == wanted {
        if let units, !units.isZero, let worth = worths.worth(of: units.magnitude, asset, on: day, facts.prices).value { return worth }
      }
    }
    return nil
  }

  /// Units that turn into another asset's by a ratio: what they are worth goes over.
  private mutating func changeUnits(_ index: Int, _ table: EventTable, _ day: Day) {
    guard table.kind(at: index) != .split, let extra = table.extra(at: index), extra.toQuantity == nil, extra.legs.isEmpty,
      let target = extra.toAsset
    else { return }
    let own = AssetID(table.assets[index])
    func goOver(_ units: Decimal, _ group: Int) {
      guard !units.isZero, let worth = worths.worth(of: units, own, on: day, facts.prices).value else { return }
      move(worth, from: facts.part(own.raw, group), to: facts.part(target.raw, group), day)
    }
    let account = table.accounts[index]
    // What a row states is among its legs.
    if let stated = table.quantities[index], !stated.isZero { return }
    for group in 0..<facts.groups.count where account == 0 || facts.groups[account] == group {
      goOver(facts.steps[group].quantity(of: own, at: day - 1), group)
    }
  }
}

extension EventKind {
  /// Whether the event's own asset is what is given for what arrives.
  fileprivate var givesItsAsset: Bool {
    switch self {
    case .swap, .convert, .wrap, .unwrap, .migration, .merger: true
    default: false
    }
  }
}

/// Remembers what units were worth on the last day asked for, because events of one day ask again and again.
private struct WorthMemory {
  /// By asset id: a price or rate, and the day it was looked up for.
  private struct Known<Value: Sendable> {
    var day: Day
    var value: Figure<Value>
  }
  private var prices: [Known<Price>?]
  private var rates: [Known<Decimal>?]

  /// - Parameter top: one more than the highest asset id.
  init(top: Int) {
    prices = Array(repeating: nil, count: top)
    rates = Array(repeating: nil, count: top)
  }

  mutating func worth(of units: Decimal, _ asset: AssetID, on day: Day, _ all: UnitPrices) -> Figure<Decimal> {
    if asset.asCurrency == all.base, all.assets[asset]?.assetClass == .cash { return .known(units) }
    guard let found = price(of: asset, on: day, all).value else { return .unknown(price(of: asset, on: day, all).why ?? .noPrice) }
    guard let own = try? units.multiplied(by: found.perUnit) else { return .unknown(.overflow) }
    if found.currency == all.base { return .known(own) }
    return rate(of: found.currency, on: day, all).map { (rate) throws(DecimalError) in try own.multiplied(by: rate) }
  }

  private mutating func price(of asset: AssetID, on day: Day, _ all: UnitPrices) -> Figure<Price> {
    guard prices.indices.contains(Int(asset.raw)) else { return all.price(of: asset, on: day) }
    if let known = prices[Int(asset.raw)], known.day == day { return known.value }
    let found = all.price(of: asset, on: day)
    prices[Int(asset.raw)] = Known(day: day, value: found)
    return found
  }

  private mutating func rate(of currency: Currency, on day: Day, _ all: UnitPrices) -> Figure<Decimal> {
    guard rates.indices.contains(Int(currency.id)) else { return all.quotes.rate(from: currency, to: all.base, on: day) }
    if let known = rates[Int(currency.id)], known.day == day { return known.value }
    let found = all.quotes.rate(from: currency, to: all.base, on: day)
    rates[Int(currency.id)] = Known(day: day, value: found)
    return found
  }
}
