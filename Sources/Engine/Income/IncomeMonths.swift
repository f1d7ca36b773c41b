public import Amounts
public import Ledger

/// Net income by asset and month, added up once for all grids that are cut from it. Returned capital and receipts of unknown worth are
/// left out.
public struct IncomeMonths: Sendable {
  /// The first month with a receipt, as `Day.monthOrdinal`; nil when there is none.
  public private(set) var first: Int?
  /// The last one.
  public private(set) var last: Int?
  /// By slot, one sum for each month from `first` on; the last ones may be missing.
  private var sums: [[Decimal]] = []
  private var slots: [AssetID: Int] = [:]
  /// By asset, the twelve months up to the day.
  public private(set) var trailing: [AssetID: Decimal] = [:]
  /// By asset, the twelve months before those.
  public private(set) var before: [AssetID: Decimal] = [:]
  private let year: Day
  private let yearBefore: Day

  /// The assets that brought something, in id order.
  public var assets: [AssetID] { slots.keys.sorted() }

  /// The sums of an asset, one for each month from `first` on; the last ones may be missing.
  public subscript(asset: AssetID) -> [Decimal] { slots[asset].map { sums[$0] } ?? [] }

  /// Nothing received up to a day.
  init(asOf day: Day) {
    year = day.adding(months: -12)
    yearBefore = day.adding(months: -24)
  }

  /// Adds a receipt. One of an earlier month than all before makes room for it.
  mutating func add(_ net: Decimal, of asset: AssetID, on day: Day) {
    let month = day.monthOrdinal
    let start = min(first ?? month, month)
    if let old = first, start < old {
      for slot in sums.indices { sums[slot].insert(contentsOf: repeatElement(.zero, count: old - start), at: 0) }
    }
    first = start
    last = max(last ?? month, month)
    let place = month - start
    let slot = slots[asset] ?? sums.count
    if slot == sums.count {
      slots[asset] = slot
      sums.append([])
    }
    while sums[slot].count <= place { sums[slot].append(.zero) }
    sums[slot][place] = (try? sums[slot][place].adding(net)) ?? sums[slot][place]
    if day > year {
      trailing[asset] = (try? (trailing[asset] ?? .zero).adding(net)) ?? trailing[asset]
    } else if day > yearBefore {
      before[asset] = (try? (before[asset] ?? .zero).adding(net)) ?? before[asset]
    }
  }

  /// Adds the sums of other assets.
  mutating func add(_ other: IncomeMonths) {
    guard let start = other.first, let end = other.last else { return }
    let low = min(first ?? start, start)
    if let old = first, low < old {
      for slot in sums.indices { sums[slot].insert(contentsOf: repeatElement(.zero, count: old - low), at: 0) }
    }
    first = low
    last = max(last ?? end, end)
    for (asset, there) in other.slots {
      let slot = slots[asset] ?? sums.count
      if slot == sums.count {
        slots[asset] = slot
        sums.append([])
      }
      let more = repeatElement(Decimal.zero, count: start - low) + other.sums[there]
      while sums[slot].count < more.count { sums[slot].append(.zero) }
      for (place, sum) in more.enumerated() { sums[slot][place] = (try? sums[slot][place].adding(sum)) ?? sums[slot][place] }
    }
    for (asset, sum) in other.trailing { trailing[asset] = (try? (trailing[asset] ?? .zero).adding(sum)) ?? trailing[asset] }
    for (asset, sum) in other.before { before[asset] = (try? (before[asset] ?? .zero).adding(sum)) ?? before[asset] }
  }
}
