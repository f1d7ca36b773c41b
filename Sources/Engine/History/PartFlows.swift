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

  private let book: Book
  private let prices: UnitPrices
  private let groups: AccountGroups
  private let steps: [QuantitySteps]
  private let part: (_ asset: Int32, _ group: Int) -> Int
  private var worths = WorthMemory()

  /// The flows of events up to a day's end.
  ///
  /// - Parameters:
  ///   - steps: what is held in each group of accounts.
  ///   - count: how many parts there are.
  ///   - only: assets that all wanted movements concern; nil means all.
  ///   - part: the part of an asset in a group of accounts, or -1.
  init(
    _ book: Book, _ prices: UnitPrices, _ groups: AccountGroups, _ steps: [QuantitySteps], upTo last: Day, count: Int,
    only: Set<AssetID>? = nil, part: @escaping (_ asset: Int32, _ group: Int) -> Int
  ) {
    self.book = book
    self.prices = prices
    self.groups = groups
    self.steps = steps
    self.part = part
    parts = [DayFlows](repeating: DayFlows(), count: count)
    unknown = [Int](repeating: 0, count: count)
    if let only, only.isEmpty { return }
    let table = book.events
    let isWhole = count == 1 && only == nil && groups.isAll
    var clock = DayClock(zone: book.settings.zone)
    if let only {
      for index in book.positions(naming: only, upTo: last) where table.status(at: index) != .void {
        follow(index, clock.day(of: table.times[index]), movesInside: true)
      }
      return
    }
    for index in 0..<table.firstIndex(after: book.settings.zone.end(of: last)) where table.status(at: index) != .void {
      if isWhole, ExternalFlows.direction(of: table.kind(at: index), hasOtherSide: table.toAccounts[index] != 0) == nil { continue }
      follow(index, clock.day(of: table.times[index]), movesInside: !isWhole)
    }
  }

  /// What each event of a day moved into or out of what is inside, in their order; events that moved nothing are not there.
  static func movements(
    _ book: Book, _ prices: UnitPrices, _ groups: AccountGroups, _ steps: [QuantitySteps], on day: Day,
    isInside: @escaping (_ asset: Int32, _ group: Int) -> Bool
  ) -> [DayDetail.Movement] {
    let (table, zone) = (book.events, book.settings.zone)
    var found: [DayDetail.Movement] = []
    for index in table.firstIndex(after: zone.end(of: day - 1))..<table.firstIndex(after: zone.end(of: day))
    where table.status(at: index) != .void {
      var one = PartFlows(book, prices, groups, steps, upTo: day, count: 1, only: []) { isInside($0, $1) ? 0 : -1 }
      one.follow(index, day, movesInside: true)
      guard let flow = one.parts[0].flows.first else { continue }
      found.append(DayDetail.Movement(event: index, inflow: flow.inflow, outflow: flow.outflow))
    }
    return found
  }

  private mutating func follow(_ index: Int, _ day: Day, movesInside: Bool) {
    let table = book.events
    let (asset, account) = (table.assets[index], table.accounts[index])
    let kind = table.kind(at: index)
    let home = cell(asset, account)
    if let sign = ExternalFlows.direction(of: kind, hasOtherSide: table.toAccounts[index] != 0) {
      if let legs = table.extra(at: index)?.legs, !legs.isEmpty {
        for leg in legs where leg.role == .principal {
          cross(worths.worth(of: leg.quantity, leg.asset, on: day, prices), cell(leg.asset.raw, leg.account.raw), day)
        }
        return
      }
      let worth = outside(index, day)
      cross(sign < 0 ? worth.map { -$0 } : worth, home, day)
    }
    guard movesInside else { return }
    // A movement that does not fit 38 digits is left out; booking reports it.
    try? table.forEachLeg(at: index) { (legAccount, legAsset, quantity, role) throws(DecimalError) in
      if legAsset == asset && legAccount == account { return }
      let other = cell(legAsset, legAccount)
      if other == home { return }
      if let worth = worth(of: quantity, legAsset, role, index, day) { move(worth, from: home, to: other, day) }
    }
    if kind.changesUnits { changeUnits(index, day) }
  }

  @inline(__always)
  private func cell(_ asset: Int32, _ account: Int32) -> Int {
    let group = groups[account]
    return group < 0 ? -1 : part(asset, group)
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
  private mutating func outside(_ index: Int, _ day: Day) -> Figure<Decimal> {
    let table = book.events
    let kind = table.kind(at: index)
    if kind == .deliveryIn || kind == .deliveryOut, let gross = table.grosses[index], table.currencies[index] != 0 {
      let stated = prices.inBase(gross, Currency(id: table.currencies[index]), on: day)
      if stated.isKnown { return stated }
    }
    guard let quantity = table.quantities[index] ?? table.grosses[index] else { return .unknown(.nothing) }
    return worths.worth(of: quantity, AssetID(table.assets[index]), on: day, prices)
  }

  /// What a leg is worth on both of its sides; nil when nobody knows.
  private mutating func worth(of quantity: Decimal, _ asset: Int32, _ role: LegRole, _ index: Int, _ day: Day) -> Decimal? {
    let table = book.events
    if role == .fee, let value = table.feeValues[index], table.currencies[index] != 0, asset != table.currencies[index],
      asset == table.feeAssets[index], let worth = prices.inBase(value, Currency(id: table.currencies[index]), on: day).value
    {
      return quantity.isNegative ? -worth : worth
    }
    if role == .principal, asset == table.extra(at: index)?.toAsset?.raw, let worth = exchanged(index, quantity, day) {
      return quantity.isNegative ? -worth : worth
    }
    return worths.worth(of: quantity, AssetID(asset), on: day, prices).value
  }

  /// What changes hands in a swap: the row's own value, else that of its money, else of its stablecoin, else of what was given, else
  /// of what was received.
  private mutating func exchanged(_ index: Int, _ received: Decimal, _ day: Day) -> Decimal? {
    let table = book.events
    guard let target = table.extra(at: index)?.toAsset else { return nil }
    let kind = table.kind(at: index)
    if kind == .swap || kind == .convert, table.currencies[index] != 0 {
      var gross = table.grosses[index]
      if gross == nil, let quantity = table.quantities[index], let price = table.prices[index] {
        gross = try? quantity.multiplied(by: price)
      }
      if let gross, let worth = prices.inBase(gross, Currency(id: table.currencies[index]), on: day).value { return worth }
    }
    let source = AssetID(table.assets[index])
    // What a dividend in kind or a spin-off pays with was not given away.
    let given = kind.givesItsAsset ? table.quantities[index] : nil
    let sides = [(source, given), (target, received.magnitude)]
    for wanted in [AssetClass.cash, .stablecoin, nil] {
      for (asset, units) in sides where wanted == nil || book.assets[asset]?.assetClass == wanted {
        if let units, !units.isZero, let worth = worths.worth(of: units.magnitude, asset, on: day, prices).value { return worth }
      }
    }
    return nil
  }

  /// Units that turn into another asset's by a ratio: what they are worth goes over.
  private mutating func changeUnits(_ index: Int, _ day: Day) {
    let table = book.events
    guard table.kind(at: index) != .split, let extra = table.extra(at: index), extra.toQuantity == nil, extra.legs.isEmpty,
      let target = extra.toAsset
    else { return }
    let source = AssetID(table.assets[index])
    func goOver(_ units: Decimal, _ group: Int) {
      guard !units.isZero, let worth = worths.worth(of: units, source, on: day, prices).value else { return }
      move(worth, from: part(source.raw, group), to: part(target.raw, group), day)
    }
    let account = table.accounts[index]
    // What a row states is among its legs.
    if let stated = table.quantities[index], !stated.isZero { return }
    for group in 0..<groups.count where account == 0 || groups[account] == group {
      goOver(steps[group].quantity(of: source, at: day - 1), group)
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

/// Remembers what units were worth on the last days asked for, because events of one day ask again and again.
private struct WorthMemory {
  private var day = Day(ordinal: .min)
  private var prices: [AssetID: Figure<Price>] = [:]
  private var rates: [Int32: Figure<Decimal>] = [:]

  mutating func worth(of units: Decimal, _ asset: AssetID, on day: Day, _ all: UnitPrices) -> Figure<Decimal> {
    if asset.asCurrency == all.base, all.assets[asset]?.assetClass == .cash { return .known(units) }
    if day != self.day {
      self.day = day
      prices.removeAll(keepingCapacity: true)
      rates.removeAll(keepingCapacity: true)
    }
    let price: Figure<Price>
    if let known = prices[asset] {
      price = known
    } else {
      price = all.price(of: asset, on: day)
      prices[asset] = price
    }
    guard let found = price.value else { return .unknown(price.why ?? .noPrice) }
    guard let own = try? units.multiplied(by: found.perUnit) else { return .unknown(.overflow) }
    if found.currency == all.base { return .known(own) }
    let rate: Figure<Decimal>
    if let known = rates[found.currency.id] {
      rate = known
    } else {
      rate = all.quotes.rate(from: found.currency, to: all.base, on: day)
      rates[found.currency.id] = rate
    }
    return rate.map { (rate) throws(DecimalError) in try own.multiplied(by: rate) }
  }
}
