import Amounts
import Engine
import Ledger

/// Parts of disposals as columns: one for each disposal, term, and whether its gain is known.
///
/// Matched parts are half a kilobyte each; a million of them would not fit beside the screens that show their sums.
struct DisposalParts: Sendable {
  private(set) var times: [Int64] = []
  private(set) var events: [Int64] = []
  private(set) var assets: [Int32] = []
  private(set) var accounts: [Int32] = []
  private var kinds: [UInt8] = []
  // 0 short, 1 long, 2 unknown.
  private var terms: [UInt8] = []
  // The place of the reason among all reasons; `isKnown` where the gain is known.
  private var whys: [UInt8] = []
  private var quantities = DecimalColumn()
  private var proceeds = DecimalColumn()
  private var costs = DecimalColumn()
  private var currencies = DecimalColumn()

  private static let isKnown = UInt8.max
  private static let allKinds = DisposalKind.allCases
  private static let allWhys = Why.allCases

  var count: Int { events.count }

  func kind(_ part: Int) -> DisposalKind { DisposalParts.allKinds[Int(kinds[part])] }
  func quantity(_ part: Int) -> Decimal { quantities[part] ?? .zero }
  func proceeds(_ part: Int) -> Decimal? { proceeds[part] }
  func cost(_ part: Int) -> Decimal? { costs[part] }
  func why(_ part: Int) -> Why? { whys[part] == DisposalParts.isKnown ? nil : DisposalParts.allWhys[Int(whys[part])] }
  func term(_ part: Int) -> Term? { terms[part] == 0 ? .short : terms[part] == 1 ? .long : nil }
  func byCurrency(_ part: Int) -> Figure<Decimal> { currencies[part].map { .known($0) } ?? .unknown(.noRate) }

  /// Whether two parts are of one disposal.
  func areOne(_ a: Int, _ b: Int) -> Bool {
    events[a] == events[b] && assets[a] == assets[b] && accounts[a] == accounts[b] && kinds[a] == kinds[b]
  }

  /// Adds a matched part, to the one it belongs to where there is one.
  ///
  /// - Parameter term: nil when the acquisition is unknown.
  mutating func add(_ piece: GainPiece, _ term: Term?, _ byCurrency: Figure<Decimal>) {
    let kind = UInt8(DisposalParts.allKinds.firstIndex(of: piece.kind) ?? 0)
    let term: UInt8 = term == .short ? 0 : term == .long ? 1 : 2
    let why = piece.gainBase.why.map { why in UInt8(DisposalParts.allWhys.firstIndex(of: why) ?? 0) } ?? DisposalParts.isKnown
    var part = count - 1
    while part >= 0, events[part] == piece.event.raw {
      if kinds[part] == kind, terms[part] == term, whys[part] == why, assets[part] == piece.asset.raw, accounts[part] == piece.account.raw {
        quantities.replace(at: part, with: DisposalParts.sum(quantities[part], piece.quantity))
        proceeds.replace(at: part, with: DisposalParts.sum(proceeds[part], piece.proceedsBase.value))
        costs.replace(at: part, with: DisposalParts.sum(costs[part], piece.costBase.value))
        currencies.replace(at: part, with: DisposalParts.sum(currencies[part], byCurrency.value))
        return
      }
      part -= 1
    }
    times.append(piece.disposed.microseconds)
    events.append(piece.event.raw)
    assets.append(piece.asset.raw)
    accounts.append(piece.account.raw)
    kinds.append(kind)
    terms.append(term)
    whys.append(why)
    quantities.append(piece.quantity)
    proceeds.append(piece.proceedsBase.value)
    costs.append(piece.costBase.value)
    currencies.append(byCurrency.value)
  }

  private static func sum(_ a: Decimal?, _ b: Decimal?) -> Decimal? { a.flatMap { a in b.flatMap { try? a.adding($0) } } }

  /// Adds the parts of other assets.
  mutating func append(_ other: DisposalParts) {
    times += other.times
    events += other.events
    assets += other.assets
    accounts += other.accounts
    kinds += other.kinds
    terms += other.terms
    whys += other.whys
    quantities.append(contentsOf: other.quantities)
    proceeds.append(contentsOf: other.proceeds)
    costs.append(contentsOf: other.costs)
    currencies.append(contentsOf: other.currencies)
  }

  /// By time, event, asset, account, kind, term.
  mutating func sort() {
    let order = (0..<Int32(count)).sorted { a, b in
      let (a, b) = (Int(a), Int(b))
      if times[a] != times[b] { return times[a] < times[b] }
      return (events[a], assets[a], accounts[a], kinds[a], terms[a], whys[a])
        < (events[b], assets[b], accounts[b], kinds[b], terms[b], whys[b])
    }
    times = order.map { times[Int($0)] }
    events = order.map { events[Int($0)] }
    assets = order.map { assets[Int($0)] }
    accounts = order.map { accounts[Int($0)] }
    kinds = order.map { kinds[Int($0)] }
    terms = order.map { terms[Int($0)] }
    whys = order.map { whys[Int($0)] }
    quantities.reorder(by: order)
    proceeds.reorder(by: order)
    costs.reorder(by: order)
    currencies.reorder(by: order)
  }
}
