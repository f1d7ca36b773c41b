public import Amounts
public import Ledger

/// What each part of a book contributed to its gain.
///
/// A part's contribution is its gain: end value - start value - net flows, where purchases are flows into an asset, sales and what it
/// pays out are flows out of it, and what crosses accounts counts at market value on both sides. Every movement inside the book is a flow
/// of two parts at one worth, so that start value + net flows + all contributions = end value of the whole, exactly.
///
/// - Source: DESIGN 7; the shares are those of the modified Dietz return, whose capital is common to all parts.
public struct Breakdown: Sendable {
  /// What a book is cut by.
  public enum Dimension: String, CaseIterable, Hashable, Sendable {
    case portfolio, account, asset
    case assetClass = "class"
  }
  /// What a part is.
  public enum Key: Hashable, Sendable {
    case portfolio(String)
    case account(AccountID)
    case asset(AssetID)
    case assetClass(AssetClass)
  }
  /// One part.
  public struct Part: Sendable {
    /// What it is.
    public let key: Key
    /// Worth at the end of the day before the first.
    public let startValue: Decimal
    /// Worth at the end of the last day.
    public let endValue: Decimal
    /// What came into the part less what went out.
    public let netFlows: Decimal
    /// What the part added to the whole's gain, in base.
    public let contribution: Decimal
    /// The same as a fraction of the whole's capital; all parts' add up to the whole's modified Dietz return.
    public let share: Figure<Double>
    /// The part's own time-weighted return.
    public let twr: Figure<Double>
    /// The part's own money-weighted return; nothing where it was not asked for.
    public let xirr: Figure<Double>
  }
  /// What the book is cut by.
  public let dimension: Dimension
  /// The parts that ever held or moved anything, largest contribution first.
  public let parts: [Part]

  /// Cuts a book.
  ///
  /// - Parameters:
  ///   - whole: how all of it did over the same days.
  ///   - isInside: what the whole is; nil is everything in view.
  ///   - wantsXIRR: whether each part's money-weighted return is wanted too, which takes longest.
  public init(
    _ book: Book, by dimension: Dimension, whole: Performance, of isInside: ((AssetID, AccountID) -> Bool)? = nil, wantsXIRR: Bool = true
  ) {
    self.dimension = dimension
    let (keys, parts) = Breakdown.cut(book, by: dimension, upTo: whole.question.to, of: isInside)
    let wanted = whole.question(wantsXIRR: wantsXIRR)
    let capital = Breakdown.capital(of: whole)
    let places = keys.indices.filter { !parts.isEmpty($0) }
    self.parts = inParallel(places.count) { (job) -> Part in
      let place = places[job]
      let found = parts.performance(place, wanted)
      let share: Figure<Double> = capital > 0 ? .known(found.gain.approximate / capital) : .unknown(.zeroBase)
      return Part(
        key: keys[place], startValue: found.startValue, endValue: found.endValue, netFlows: found.netFlows, contribution: found.gain,
        share: share, twr: found.twr, xirr: found.xirr)
    }.sorted { $0.contribution > $1.contribution }
  }

  /// What is there to cut into, in a stable order, and which part an asset in an account belongs to.
  private static func keys(_ book: Book, by dimension: Dimension) -> (keys: [Key], part: (AssetID, AccountID) -> Int?) {
    switch dimension {
    case .asset:
      let ids = book.assets.keys.sorted()
      let places = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
      return (ids.map { .asset($0) }, { asset, _ in places[asset] })
    case .assetClass:
      let classes = AssetClass.allCases
      return (classes.map { .assetClass($0) }, { asset, _ in book.assets[asset].flatMap { classes.firstIndex(of: $0.assetClass) } })
    case .account:
      let ids = book.accounts.keys.filter { book.isInView($0) }.sorted()
      let places = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
      return (ids.map { .account($0) }, { _, account in places[account] })
    case .portfolio:
      let names = Set(book.accounts.values.map(\.portfolio)).sorted()
      return (names.map { .portfolio($0) }, { _, account in book.accounts[account].flatMap { names.firstIndex(of: $0.portfolio) } })
    }
  }

  /// The cut of a book into parts.
  ///
  /// - Parameter isInside: what counts at all; nil is everything in view.
  private static func cut(
    _ book: Book, by dimension: Dimension, upTo last: Day, of isInside: ((AssetID, AccountID) -> Bool)?
  ) -> (keys: [Key], parts: Parts) {
    let (keys, part) = keys(book, by: dimension)
    let top = Int(book.assets.keys.map(\.raw).max() ?? 0) + 1
    let isOfAssets = dimension == .asset || dimension == .assetClass
    if isOfAssets, isInside == nil {
      // Accounts do not matter, and need not be told apart.
      var places = [Int](repeating: -1, count: top)
      for asset in book.assets.keys { places[Int(asset.raw)] = part(asset, AccountID(0)) ?? -1 }
      return (
        keys,
        Parts(book, AccountGroups(viewOf: book), upTo: last, count: keys.count) { [places] asset, _ in
          Int(asset) < top ? places[Int(asset)] : -1
        }
      )
    }
    let choice = PlaceChoice(book) { isInside?($0, $1) ?? true }
    var places = [Int](repeating: -1, count: top * choice.accounts.count)
    for asset in book.assets.keys {
      for (group, account) in choice.accounts.enumerated() where choice.holds(asset.raw, group) {
        places[group * top + Int(asset.raw)] = part(asset, account) ?? -1
      }
    }
    return (
      keys,
      Parts(book, choice.groups, upTo: last, count: keys.count) { [places] asset, group in
        Int(asset) < top ? places[group * top + Int(asset)] : -1
      }
    )
  }

  /// The capital that was there on average: start value, and each flow for the part of the time that it was there.
  public static func capital(of whole: Performance) -> Double {
    let count = Double(whole.days.count)
    var capital = whole.startValue.approximate
    for (place, day) in whole.days.enumerated() {
      capital += day.inflow.approximate * (count - Double(place)) / count
      capital -= day.outflow.approximate * (count - Double(place) - 1) / count
    }
    return capital
  }
}

extension Performance {
  /// What was asked, for a part that is looked at over the days of the whole.
  fileprivate func question(wantsXIRR: Bool) -> Question {
    var wanted = question
    wanted.from = question.from ?? days.first?.day
    wanted.wantsXIRR = wantsXIRR
    return wanted
  }
}
