public import Amounts
public import Ledger

/// How much of each asset was held through time, over all accounts or some.
public struct QuantitySteps: Sendable {
  /// A change of what is held.
  public struct Step: Hashable, Sendable {
    /// The last change of this day, in the book's zone.
    public let day: Day
    /// Units held at the day's end.
    public let quantity: Decimal
  }

  /// The changes of one asset, packed: a large book has half a million of them.
  struct List: Sendable {
    var days: [Int32] = []
    var quantities = DecimalColumn()

    /// Adds a day's last quantity, unless it is what was held before.
    mutating func append(_ day: Int32, _ quantity: Decimal) {
      if quantity == (days.isEmpty ? .zero : quantities[days.count - 1] ?? .zero) { return }
      days.append(day)
      quantities.append(quantity)
    }
  }
  var lists: [AssetID: List]
  /// Assets whose units are changed by ratios, so that an earlier change does not simply add to what is held later.
  private(set) var scaled: Set<AssetID>
  /// The day of the first movement; nil when nothing ever moved.
  private(set) var firstDay: Day?

  init(lists: [AssetID: List], scaled: Set<AssetID>, firstDay: Day?) {
    self.lists = lists
    self.scaled = scaled
    self.firstDay = firstDay
  }

  /// Follows the events of a book up to a day's end.
  ///
  /// - Parameters:
  ///   - only: the assets to follow; nil means all.
  ///   - accounts: the accounts to follow; nil means those in view.
  /// - Complexity: one pass over the events.
  public init(_ book: Book, upTo day: Day, only: Set<AssetID>? = nil, accounts: Set<AccountID>? = nil) {
    self = StepBuilder(book, AccountGroups(viewOf: book, accounts), only).built(upTo: day)[0]
  }

  /// Follows the events of a book for each group of accounts.
  ///
  /// - Complexity: one pass over the events.
  public static func by(_ groups: AccountGroups, _ book: Book, upTo day: Day) -> [QuantitySteps] {
    StepBuilder(book, groups, nil).built(upTo: day)
  }

  /// The changes of an asset, ascending, at most one a day; a day that ends as it began has none.
  public func steps(of asset: AssetID) -> [Step] {
    guard let list = lists[asset] else { return [] }
    return list.days.indices.map { Step(day: Day(ordinal: list.days[$0]), quantity: list.quantities[$0] ?? .zero) }
  }

  /// Assets that were ever held at a day's end, in id order.
  public var assets: [AssetID] { lists.keys.sorted() }

  /// Units held at the end of a day.
  public func quantity(of asset: AssetID, at day: Day) -> Decimal {
    guard let list = lists[asset] else { return .zero }
    let place = list.days.firstPlace { $0 > day.ordinal }
    return place == 0 ? .zero : list.quantities[place - 1] ?? .zero
  }
}

extension QuantitySteps {
  /// The steps after events came and went, where their legs simply add up; assets changed by ratios are followed anew.
  ///
  /// - Parameters:
  ///   - book: the facts as they are now.
  ///   - removed: events that are no longer among the facts.
  ///   - added: events that are now.
  ///   - touched: the assets of all of these.
  /// - Returns: the steps, and the assets whose steps were followed anew.
  func updated(
    to book: Book, removed: EventTable, added: EventTable, touched: Set<AssetID>, upTo last: Day
  ) -> (steps: QuantitySteps, anew: Set<AssetID>) {
    var next = self
    var anew = touched.intersection(scaled)
    let zone = book.settings.zone
    for (table, sign) in [(removed, -1), (added, 1)] {
      for index in table.indices where table.status(at: index) != .void {
        if table.kind(at: index).changesUnits {
          // Its asset, and what it turns into, may have been followed by mere addition until now.
          anew.insert(AssetID(table.assets[index]))
          if let target = table.extra(at: index)?.toAsset { anew.insert(target) }
          continue
        }
        if table.kind(at: index) == .redemption, table.prices[index] == nil, table.grosses[index] == nil {
          // Its money follows from the NAV, not from the row.
          for asset in book.assets.values where asset.assetClass == .cash { anew.insert(asset.id) }
        }
        let day = zone.day(of: Instant(microseconds: table.times[index]))
        if day > last { continue }
        for leg in table.legs(at: index) where !anew.contains(leg.asset) && book.assets[leg.asset] != nil {
          if !next.add(sign < 0 ? -leg.quantity : leg.quantity, of: leg.asset, from: day) { anew.insert(leg.asset) }
        }
      }
    }
    if !anew.isEmpty {
      anew.formUnion(scaled)
      let fresh = QuantitySteps(book, upTo: last, only: anew)
      for asset in anew { next.lists[asset] = fresh.lists[asset] }
      next.scaled = fresh.scaled
    }
    next.firstDay = QuantitySteps.firstDay(of: book, upTo: last)
    return (next, anew)
  }

  /// The day of the first event that counts.
  static func firstDay(of book: Book, upTo last: Day) -> Day? {
    guard let first = book.events.indices.first(where: { book.events.status(at: $0) != .void }) else { return nil }
    let day = book.settings.zone.day(of: Instant(microseconds: book.events.times[first]))
    return day <= last ? day : nil
  }

  /// Adds units from a day on; false when a quantity does not fit, and nothing is changed.
  private mutating func add(_ units: Decimal, of asset: AssetID, from day: Day) -> Bool {
    let old = lists[asset] ?? List()
    let start = old.days.firstPlace { $0 >= day.ordinal }
    var list = List()
    list.days.reserveCapacity(old.days.count + 1)
    list.quantities.reserveCapacity(old.days.count + 1)
    for place in 0..<start { list.append(old.days[place], old.quantities[place] ?? .zero) }
    if start == old.days.count || old.days[start] != day.ordinal {
      let before = start == 0 ? Decimal.zero : old.quantities[start - 1] ?? .zero
      guard let sum = try? before.adding(units) else { return false }
      list.append(day.ordinal, sum)
    }
    for place in start..<old.days.count {
      guard let sum = try? (old.quantities[place] ?? .zero).adding(units) else { return false }
      list.append(old.days[place], sum)
    }
    lists[asset] = list.days.isEmpty ? nil : list
    return true
  }
}

extension EventKind {
  /// Whether units of an asset may turn into other units by a ratio of what is held.
  var changesUnits: Bool { self == .split || self == .migration || self == .merger || self == .wrap || self == .unwrap }
}

extension Array {
  /// The first place whose element fulfils a condition that all later ones fulfil too.
  func firstPlace(where condition: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if condition(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

/// Turns instants of an ascending sequence into days of a zone, asking the zone once a day instead of once an event.
public struct DayClock {
  private let zone: Zone
  private var start: Int64 = 1
  private var end: Int64 = 0
  private var current = Day(ordinal: 0)

  /// A clock of a zone.
  public init(zone: Zone) { self.zone = zone }

  /// The day of an instant.
  public mutating func day(of microseconds: Int64) -> Day {
    if microseconds >= start && microseconds < end { return current }
    current = zone.day(of: Instant(microseconds: microseconds))
    start = zone.start(of: current).microseconds
    end = zone.start(of: current + 1).microseconds
    return current
  }
}
