public import Amounts
public import Ledger

/// How much of each asset was held through time, over all accounts.
public struct QuantitySteps: Sendable {
  /// A change of what is held.
  public struct Step: Hashable, Sendable {
    /// The last change of this day, in the book's zone.
    public let day: Day
    /// Units held at the day's end.
    public let quantity: Decimal
  }
  private var steps: [AssetID: [Step]] = [:]

  /// Follows the events of a book up to a day's end.
  ///
  /// - Parameter only: the assets to follow; nil means all.
  /// - Complexity: one pass over the events.
  public init(_ book: Book, upTo day: Day, only: Set<AssetID>? = nil) {
    let table = book.events
    let end = table.firstIndex(after: book.settings.zone.end(of: day))
    let top = Int(book.assets.keys.map(\.raw).max() ?? 0) + 1
    var wanted = [Bool](repeating: only == nil, count: top)
    for asset in only ?? [] where Int(asset.raw) < top { wanted[Int(asset.raw)] = true }
    var held = [Decimal](repeating: .zero, count: top)
    var lists = [[Step]](repeating: [], count: top)
    var clock = DayClock(zone: book.settings.zone)
    for index in 0..<end {
      let day = clock.day(of: table.times[index])
      func set(_ asset: Int, _ quantity: Decimal) {
        held[asset] = quantity
        if let last = lists[asset].last, last.day == day { lists[asset].removeLast() }
        lists[asset].append(Step(day: day, quantity: quantity))
      }
      // A quantity that does not fit 38 digits stays as it was; booking reports it.
      try? table.forEachLeg(at: index) { (_, asset, quantity, _) throws(DecimalError) in
        let asset = Int(asset)
        if asset < top, wanted[asset] { set(asset, try held[asset].adding(quantity)) }
      }
      let kind = table.kind(at: index)
      guard kind == .split || kind == .migration || kind == .merger, table.status(at: index) != .void,
        let extra = table.extra(at: index), extra.toQuantity == nil, let ratio = extra.ratio
      else { continue }
      // All accounts' units change; a split of one account alone is followed in proportion by the booking, not here.
      let asset = Int(table.assets[index])
      guard asset < top else { continue }
      let changed = try? held[asset].share(Decimal(Int(ratio.new)), of: Decimal(Int(ratio.old)))
      if kind == .split, wanted[asset] {
        set(asset, changed ?? held[asset])
      } else if kind != .split, let to = extra.toAsset.map({ Int($0.raw) }), to < top {
        if wanted[to] { set(to, (try? held[to].adding(changed ?? .zero)) ?? held[to]) }
        if wanted[asset] { set(asset, .zero) }
      }
    }
    for (asset, list) in lists.enumerated() where !list.isEmpty { steps[AssetID(Int32(asset))] = list }
  }

  /// The changes of an asset, ascending, one a day.
  public func steps(of asset: AssetID) -> [Step] { steps[asset] ?? [] }

  /// Assets that were ever held, in id order.
  public var assets: [AssetID] { steps.keys.sorted() }

  /// Units held at the end of a day.
  public func quantity(of asset: AssetID, at day: Day) -> Decimal {
    guard let list = steps[asset] else { return .zero }
    var low = 0
    var high = list.count
    while low < high {
      let middle = (low + high) / 2
      if list[middle].day <= day { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? .zero : list[low - 1].quantity
  }
}

/// Turns instants of an ascending sequence into days of a zone, asking the zone once a day instead of once an event.
struct DayClock {
  private let zone: Zone
  private var start: Int64 = 1
  private var end: Int64 = 0
  private var current = Day(ordinal: 0)

  init(zone: Zone) { self.zone = zone }

  mutating func day(of microseconds: Int64) -> Day {
    if microseconds >= start && microseconds < end { return current }
    current = zone.day(of: Instant(microseconds: microseconds))
    start = zone.start(of: current).microseconds
    end = zone.start(of: current + 1).microseconds
    return current
  }
}
