import Amounts
import Ledger

/// How often an event has taken lots of each asset so far.
struct Takes {
  private var index = -1
  private var counts: [(asset: Int32, count: Int)] = []

  /// Counts one more, and returns how many there were before.
  mutating func next(_ asset: Int32, of event: Int) -> Int {
    if event != index {
      index = event
      counts.removeAll(keepingCapacity: true)
    }
    guard let place = counts.firstIndex(where: { $0.asset == asset }) else {
      counts.append((asset, 1))
      return 0
    }
    defer { counts[place].count += 1 }
    return counts[place].count
  }
}

/// Lot rules that change with time, and what events say about the lots they take.
extension AssetBooker {
  /// Goes on by the rules of a time.
  mutating func followRules(to time: Int64) throws(DecimalError) {
    for start in money.rules.switches where start > followed && start <= time {
      try shelf.follow(money.rules, money.book.settings, from: followed, to: start)
      followed = start
    }
    nextSwitch = money.rules.switches.first { $0 > time } ?? .max
  }

  /// The lots an event selects for what it takes first; none where its selector names a lot or another method holds.
  mutating func selected(_ asset: Int32, _ account: Int32, _ index: Int) -> [LotWish] {
    guard let extra = events.extra(at: index), let text = extra.lotSelector, !events.kind(at: index).namesLots,
      events.kind(at: index) != .convert || extra.toAsset != nil,
      asset == events.assets[index] || !extra.legs.isEmpty,
      money.rules.span(for: account, at: events.times[index]).method == .specific
    else { return [] }
    let (names, zone) = (money.lotNames, money.book.settings.zone)
    return LotSelector(text).choices.map { choice in
      LotWish(quantity: choice.quantity) { choice.matches($0, names, zone) }
    }
  }
}
