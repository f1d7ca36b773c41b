public import Amounts
public import Engine
public import Ledger

/// A disposal over all lots it took: what one event disposed of an asset in an account, in one way.
public struct DisposalRow: Hashable, Sendable {
  /// The event.
  public var event: EventID
  /// The asset disposed of.
  public var asset: AssetLabel
  /// Where it left.
  public var account: AccountLabel
  /// What kind of disposal.
  public var kind: DisposalKind
  /// The day, in the reporting zone.
  public var disposed: Day
  /// Units.
  public var quantity: Decimal
  /// Proceeds in base; unknown when those of a part are.
  public var proceeds: Figure<Decimal>
  /// Cost in base; unknown when that of a part is.
  public var cost: Figure<Decimal>
  /// What is known of its gain.
  public var figures: GainFigures
  /// Whether its year is closed.
  public var isClosed: Bool
}

/// Disposals that have something in common.
public struct DisposalGroup: Hashable, Sendable {
  /// What: a symbol, a name, `2024`, `long`.
  public var key: String
  /// How many disposals.
  public var disposals: Int
  /// Their sums.
  public var figures: GainFigures
  /// By year: whether it is closed in every portfolio in view; nil otherwise.
  public var isClosed: Bool?
}

/// All disposals, packed, to be listed, grouped and sorted in many ways without matching lots again.
public struct DisposalTable: Sendable {
  /// The last day that counts.
  public let asOf: Day
  /// The base currency's code.
  public let currency: String
  /// Everything together.
  public private(set) var totals = GainFigures()
  /// What the totals leave out, by asset: why, and how many disposals.
  public private(set) var excluded: [(exclusion: Exclusion, disposals: Int)] = []
  private let parts: DisposalParts
  /// The first part of each disposal, by time.
  private let starts: [Int32]
  private let names: Names
  private let zone: Zone
  private let closedYears: [String: Set<Int>]
  private let portfolios: [Int32: String]
  private let years: Set<Int>

  /// The disposals of a book.
  ///
  /// - Parameter filter: what the matched parts must be, by the columns of the gains report.
  /// - Complexity: that of booking everything.
  public init(_ book: Book, asOf: Day, filter: Filter = .all) {
    self.asOf = asOf
    let names = Names(book)
    let settings = book.settings
    currency = names.currency(settings.base)
    var all = DisposalParts()
    let found = book.matched(asOf: asOf) { pieces, currencies -> DisposalParts in
      var own = DisposalParts()
      for piece in pieces {
        if !filter.isEmpty, !filter.matches(GainRow(piece, currencies, names, settings)) { continue }
        let term = piece.acquired.map {
          Term(from: settings.zone.day(of: $0), to: settings.zone.day(of: piece.disposed), months: settings.holdingMonths)
        }
        own.add(piece, term, currencies.currencyPart(of: piece))
      }
      return own
    }
    for part in found { all.append(part) }
    all.sort()
    var starts: [Int32] = []
    for part in 0..<all.count where part == 0 || !all.areOne(part - 1, part) { starts.append(Int32(part)) }
    parts = all
    self.starts = starts
    self.names = names
    zone = settings.zone
    closedYears = Dictionary(grouping: book.closings.years, by: \.portfolio).mapValues { Set($0.map(\.year)) }
    portfolios = book.closings.years.isEmpty ? [:] : Dictionary(book.accounts.values.map { ($0.id.raw, $0.portfolio) }) { a, _ in a }
    years = Set(book.closings.years.map(\.year).filter { book.isClosed($0) })
    addUp()
  }

  /// How many disposals there are.
  public var count: Int { starts.count }

  private func range(_ place: Int) -> Range<Int> {
    Int(starts[place])..<(place + 1 < starts.count ? Int(starts[place + 1]) : parts.count)
  }

  private mutating func addUp() {
    var reasons: [Int32: (why: Why, disposals: Int)] = [:]
    for place in 0..<count {
      var why: Why?
      for part in range(place) {
        add(part, to: &totals)
        why = why ?? parts.why(part)
      }
      if let why { reasons[parts.assets[Int(starts[place])], default: (why, 0)].disposals += 1 }
    }
    excluded = reasons.map { id, reason in
      (Exclusion(asset: names.asset(AssetID(id)), what: "gain", why: reason.why), reason.disposals)
    }.sorted { AssetLabel.precedes($0.exclusion.asset, $1.exclusion.asset) }
  }

  private func add(_ part: Int, to figures: inout GainFigures) {
    figures.add(
      proceeds: parts.proceeds(part), cost: parts.cost(part), byCurrency: parts.byCurrency(part), term: parts.term(part),
      why: parts.why(part))
  }

  /// The disposal at a place, by time.
  public subscript(place: Int) -> DisposalRow {
    let range = range(place)
    let first = range.lowerBound
    let disposed = zone.day(of: Instant(microseconds: parts.times[first]))
    var figures = GainFigures()
    var quantity = Decimal.zero
    var (proceeds, cost) = (Figure.known(Decimal.zero), Figure.known(Decimal.zero))
    for part in range {
      add(part, to: &figures)
      quantity = (try? quantity.adding(parts.quantity(part))) ?? quantity
      let why = parts.why(part) ?? .nothing
      proceeds = proceeds.with(parts.proceeds(part).map { .known($0) } ?? .unknown(why)) { (a, b) throws(DecimalError) in try a.adding(b) }
      cost = cost.with(parts.cost(part).map { .known($0) } ?? .unknown(why)) { (a, b) throws(DecimalError) in try a.adding(b) }
    }
    return DisposalRow(
      event: EventID(parts.events[first]), asset: names.asset(AssetID(parts.assets[first])),
      account: names.account(AccountID(parts.accounts[first])), kind: parts.kind(first), disposed: disposed, quantity: quantity,
      proceeds: proceeds, cost: cost, figures: figures,
      isClosed: closedYears[portfolios[parts.accounts[first]] ?? ""]?.contains(disposed.year) ?? false)
  }

  // MARK: Groups

  /// The disposals by what they have in common, in the order of the keys' bytes; empty by disposal.
  public func groups(by grouping: GainsReport.Grouping) -> [DisposalGroup] {
    if grouping == .disposal { return [] }
    var found: [Int: (disposals: Int, figures: GainFigures)] = [:]
    for place in 0..<count {
      var seen: Int?
      for part in range(place) {
        let key = key(of: part, grouping)
        add(part, to: &found[key, default: (0, GainFigures())].figures)
        if seen != key { found[key]?.disposals += 1 }
        seen = key
      }
    }
    return found.map { key, sums in
      DisposalGroup(
        key: text(of: key, grouping), disposals: sums.disposals, figures: sums.figures,
        isClosed: grouping == .year ? years.contains(key) : nil)
    }.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
  }

  private func key(of part: Int, _ grouping: GainsReport.Grouping) -> Int {
    switch grouping {
    case .disposal: part
    case .asset: Int(parts.assets[part])
    case .account: Int(parts.accounts[part])
    case .year: zone.day(of: Instant(microseconds: parts.times[part])).year
    case .term: parts.term(part).map { $0 == .long ? 1 : 0 } ?? 2
    }
  }

  private func text(of key: Int, _ grouping: GainsReport.Grouping) -> String {
    switch grouping {
    case .disposal, .year: String(key)
    case .asset: names.asset(AssetID(Int32(truncatingIfNeeded: key))).text
    case .account: names.account(AccountID(Int32(truncatingIfNeeded: key))).text
    case .term: key == 2 ? "unknown" : (key == 1 ? Term.long : .short).rawValue
    }
  }
}
