import Amounts
public import Ledger

/// A book cut into parts, each with its own values and flows.
///
/// A part is made of some assets in some groups of accounts. What moves between parts is a flow of both at one worth, so that the parts'
/// gains add up to the whole's exactly.
struct Parts: Sendable {
  /// Which part an asset in a group of accounts belongs to; -1 is none.
  typealias Cut = PartFlows.Part

  private let steps: [QuantitySteps]
  private let prices: UnitPrices
  private let rates: RateTable
  private let flows: [DayFlows]
  private let unknownFlows: [Int]
  /// By asset and group, for assets whose worth may be unknown.
  private let doubtful: [AssetID: [DayFlows]]
  /// By part: its assets and the groups they are in.
  private let members: [[(asset: AssetID, group: Int)]]
  private let first: Day
  private let count: Int

  /// Cuts a book.
  ///
  /// - Complexity: three passes over the events at most; the values of a part only when they are asked for.
  init(_ book: Book, _ groups: AccountGroups, upTo last: Day, count: Int, cut: @escaping Cut) {
    let steps = QuantitySteps.by(groups, book, upTo: last)
    let prices = UnitPrices(book, steps, upTo: last)
    rates = HistoryBasis.rates(book, steps, prices, upTo: last, reusing: nil)
    let found = PartFlows(book, prices, groups, steps, upTo: last, count: count, part: cut)
    (flows, unknownFlows) = (found.parts, found.unknown)
    let unsure = HistoryBasis.doubtful(steps, prices, rates)
    let places = Dictionary(uniqueKeysWithValues: unsure.enumerated().map { ($1.raw, $0) })
    let own = PartFlows(
      book, prices, groups, steps, upTo: last, count: unsure.count * groups.count, only: Set(unsure)
    ) { asset, group in places[asset].map { $0 * groups.count + group } ?? -1 }
    var doubtful: [AssetID: [DayFlows]] = [:]
    for (place, asset) in unsure.enumerated() {
      doubtful[asset] = Array(own.parts[(place * groups.count)..<((place + 1) * groups.count)])
    }
    self.doubtful = doubtful
    var members = [[(asset: AssetID, group: Int)]](repeating: [], count: count)
    for group in 0..<groups.count {
      for asset in steps[group].assets {
        let part = cut(asset.raw, group)
        if part >= 0 { members[part].append((asset, group)) }
      }
    }
    self.members = members
    self.steps = steps
    self.prices = prices
    first = steps.compactMap(\.firstDay).min() ?? last + 1
    self.count = max(0, last - first + 1)
  }

  /// Whether nothing was ever in a part.
  func isEmpty(_ part: Int) -> Bool { members[part].isEmpty && flows[part].days.isEmpty }

  /// How a part did: from its first day with anything to its last, unless the question begins later.
  func performance(_ part: Int, _ question: Performance.Question) -> Performance {
    var totals = DayTotals(first: first, count: count)
    for (id, group) in members[part] {
      guard let asset = prices.assets[id], let list = steps[group].lists[id] else { continue }
      totals.add(ValueWalk(asset, prices, list).column(from: first, count: count, rates), doubtful[id]?[group])
    }
    let own = flows[part]
    var points = totals.points
    func isIdle(_ point: HistoryPoint) -> Bool {
      point.value.isZero && point.unpriced == 0 && point.appeared.isZero && point.vanished.isZero && !own.has(point.day.ordinal)
    }
    while let last = points.last, isIdle(last) { points.removeLast() }
    points.removeFirst(points.firstIndex { !isIdle($0) } ?? points.count)
    return Performance(question, points, ExternalFlows(own, unknown: unknownFlows[part]))
  }
}

extension Performance {
  /// How a part of a book did: some assets in some accounts.
  ///
  /// What is bought with money from elsewhere came in, what is sold or paid out went out, what crosses from another account counts at
  /// market value.
  public init(_ book: Book, _ question: Question, of isInside: (AssetID, AccountID) -> Bool) {
    let choice = PlaceChoice(book, isInside)
    let parts = Parts(book, choice.groups, upTo: question.to, count: 1) { choice.holds($0, $1) ? 0 : -1 }
    self = parts.performance(0, question)
  }
}

/// Some assets in some accounts, each account in a group of its own.
struct PlaceChoice: Sendable {
  let accounts: [AccountID]
  let groups: AccountGroups
  private let top: Int
  private var inside: [Bool]

  init(_ book: Book, _ isInside: (AssetID, AccountID) -> Bool) {
    accounts = book.accounts.keys.filter { book.isInView($0) }.sorted()
    groups = AccountGroups(accounts.map { [$0] })
    top = Int(book.assets.keys.map(\.raw).max() ?? 0) + 1
    inside = [Bool](repeating: false, count: top * accounts.count)
    for asset in book.assets.keys {
      for (group, account) in accounts.enumerated() where isInside(asset, account) { inside[group * top + Int(asset.raw)] = true }
    }
  }

  func holds(_ asset: Int32, _ group: Int) -> Bool { Int(asset) < top && inside[group * top + Int(asset)] }
}
