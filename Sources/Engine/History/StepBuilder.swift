import Amounts
import Ledger

/// Follows what is held of every asset in every group of accounts, event by event.
struct StepBuilder {
  private let book: Book
  private let groups: AccountGroups
  private let top: Int
  private var wanted: [Bool]
  private let isAsked: [Bool]
  /// By group and asset: units held now, the day of the last movement, and the steps of the days before it.
  private var held: [Decimal]
  private var days: [Int32]
  private var lists: [QuantitySteps.List]
  private var firstDays: [Int32]
  private var scaled: Set<AssetID> = []
  /// By asset and account, for assets of which a ratio changes the units of one account alone.
  private var inAccount: [Int64: Decimal] = [:]
  private var perAccount: Set<Int32> = []

  private static let never = Int32.max

  init(_ book: Book, _ groups: AccountGroups, _ only: Set<AssetID>?) {
    self.book = book
    self.groups = groups
    top = Int(book.assets.keys.map(\.raw).max() ?? 0) + 1
    wanted = [Bool](repeating: only == nil, count: top)
    for asset in only ?? [] where Int(asset.raw) < top { wanted[Int(asset.raw)] = true }
    held = [Decimal](repeating: .zero, count: top * groups.count)
    days = [Int32](repeating: StepBuilder.never, count: top * groups.count)
    lists = [QuantitySteps.List](repeating: .init(), count: top * groups.count)
    firstDays = [Int32](repeating: StepBuilder.never, count: groups.count)
    // What a ratio changes into depends on what is held of its source, and that on its own source: all of them are followed then.
    let events = book.events
    for index in events.indices where events.kind(at: index).changesUnits && events.status(at: index) != .void {
      let asset = events.assets[index]
      if events.accounts[index] != 0 { perAccount.insert(asset) }
      scaled.insert(AssetID(asset))
      if let target = events.extra(at: index)?.toAsset { scaled.insert(target) }
    }
    isAsked = wanted
    if let only, !scaled.isDisjoint(with: only) {
      for asset in scaled where Int(asset.raw) < top { wanted[Int(asset.raw)] = true }
    }
  }

  /// The steps of every group up to a day's end.
  func built(upTo last: Day) -> [QuantitySteps] {
    var builder = self
    return builder.build(upTo: last)
  }

  private mutating func build(upTo last: Day) -> [QuantitySteps] {
    let table = book.events
    let end = table.firstIndex(after: book.settings.zone.end(of: last))
    var clock = DayClock(zone: book.settings.zone)
    for index in 0..<end where table.status(at: index) != .void {
      let day = clock.day(of: table.times[index]).ordinal
      if groups.isAll { firstDays[0] = min(firstDays[0], day) }
      // A quantity that does not fit 38 digits stays as it was; booking reports it.
      try? table.forEachLeg(at: index) { (account, asset, quantity, _) throws(DecimalError) in
        try add(quantity, Int(asset), account, day)
      }
      if let paid = try? book.navPaid(at: index) { try? add(paid.amount, Int(paid.currency.id), table.accounts[index], day) }
      if table.kind(at: index).changesUnits { changeUnits(index, day) }
    }
    return (0..<groups.count).map { group in
      var found: [AssetID: QuantitySteps.List] = [:]
      for asset in 0..<top where isAsked[asset] {
        let place = group * top + asset
        if days[place] != StepBuilder.never { lists[place].append(days[place], held[place]) }
        if !lists[place].days.isEmpty { found[AssetID(Int32(asset))] = lists[place] }
      }
      let first = firstDays[group]
      return QuantitySteps(lists: found, scaled: scaled, firstDay: first == StepBuilder.never ? nil : Day(ordinal: first))
    }
  }

  @inline(__always)
  private mutating func add(_ quantity: Decimal, _ asset: Int, _ account: Int32, _ day: Int32) throws(DecimalError) {
    guard asset < top, wanted[asset] else { return }
    let group = groups[account]
    guard group >= 0 else { return }
    let place = group * top + asset
    let sum = try held[place].adding(quantity)
    set(place, sum, day)
    firstDays[group] = min(firstDays[group], day)
    if !perAccount.isEmpty, perAccount.contains(Int32(asset)) {
      let key = StepBuilder.key(asset, account)
      inAccount[key] = try (inAccount[key] ?? .zero).adding(quantity)
    }
  }

  @inline(__always)
  private mutating func set(_ place: Int, _ quantity: Decimal, _ day: Int32) {
    if days[place] != day {
      if days[place] != StepBuilder.never { lists[place].append(days[place], held[place]) }
      days[place] = day
    }
    held[place] = quantity
  }

  private static func key(_ asset: Int, _ account: Int32) -> Int64 { Int64(asset) << 32 | Int64(account) }

  /// A split, or units that turn into another asset's without saying into how many.
  private mutating func changeUnits(_ index: Int, _ day: Int32) {
    let table = book.events
    let extra = table.extra(at: index)
    let asset = Int(table.assets[index])
    guard asset < top, extra?.legs.isEmpty ?? true else { return }
    let ratio = extra?.ratio
    func changed(_ units: Decimal) -> Decimal {
      guard let ratio else { return units }
      return (try? units.share(Decimal(Int(ratio.new)), of: Decimal(Int(ratio.old)))) ?? units
    }
    let account = table.accounts[index]
    if table.kind(at: index) == .split {
      guard wanted[asset], ratio != nil else { return }
      if account != 0 {
        let key = StepBuilder.key(asset, account)
        let own = inAccount[key] ?? .zero
        // Where the row states what there is after it, the fraction was sold.
        let more = (try? (extra?.toQuantity ?? changed(own)).subtracting(own)) ?? .zero
        try? add(more, asset, account, day)
        return
      }
      for group in 0..<groups.count {
        let place = group * top + asset
        if !held[place].isZero { set(place, changed(held[place]), day) }
      }
      for (key, units) in inAccount where key >> 32 == Int64(asset) { inAccount[key] = changed(units) }
      return
    }
    guard extra?.toQuantity == nil, let target = extra?.toAsset.map({ Int($0.raw) }), target < top else { return }
    if let stated = table.quantities[index], !stated.isZero {
      // What leaves and what arrives are legs of the event.
      return
    }
    if account != 0 {
      let own = inAccount[StepBuilder.key(asset, account)] ?? .zero
      try? add(-own, asset, account, day)
      try? add(changed(own), target, account, day)
      return
    }
    for group in 0..<groups.count {
      let (from, to) = (group * top + asset, group * top + target)
      if held[from].isZero { continue }
      let arriving = changed(held[from])
      set(from, .zero, day)
      if wanted[target], let sum = try? held[to].adding(arriving) { set(to, sum, day) }
    }
    for (key, units) in inAccount where key >> 32 == Int64(asset) {
      inAccount[key] = .zero
      if perAccount.contains(Int32(target)) {
        let own = StepBuilder.key(target, Int32(truncatingIfNeeded: key))
        inAccount[own] = (try? (inAccount[own] ?? .zero).adding(changed(units))) ?? .zero
      }
    }
  }
}
