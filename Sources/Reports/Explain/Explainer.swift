public import Amounts
public import Engine
import Ledger

/// Why a name is no figure.
public enum ExplainError: Error, Hashable, Sendable {
  /// Nothing has this name; `near` may be meant.
  case unknown(String, near: [String])
  /// Several figures have this name.
  case ambiguous(String, [String])

  /// What went wrong and what to do, for people.
  public var sentence: String {
    switch self {
    case .unknown(let name, let near):
      "no figure has this name: \(name): "
        + (near.isEmpty ? "see florin explain --help" : "did you mean \(near.prefix(8).joined(separator: ", "))?")
    case .ambiguous(let name, let all):
      "several figures have this name: \(name): say one of \(all.prefix(8).joined(separator: ", "))"
    }
  }
}

/// Explains the figures of a book at the end of a day.
///
/// The value of an explanation is taken from the report that shows the figure, so the two cannot differ; formula, inputs and steps
/// are put beside it. Reports are made when the first explanation needs them and are kept: one explainer serves one thread.
public final class Explainer {
  /// The facts.
  public let book: Book
  /// What follows from them, for the same day.
  public let booking: Booking
  let valuer: Valuer
  let names: Names
  /// Looks up the row of a file that a fact was read from.
  public var origin: (Explanation.Fact) -> Explanation.Origin? = { _ in nil }
  /// What figures of performance are asked about; a report made for another question is dropped.
  public var scope: PerformanceScope {
    didSet {
      if scope != oldValue { (wholePerformance, benchmarkPerformance, partPerformances, dayDetails) = (nil, nil, [:], [:]) }
    }
  }
  /// The value history of the book up to the day, where it is there already.
  public var knownHistory: ValueHistory?
  /// What was declared matched with what arrived, where it is there already.
  public var knownLedger: IncomeLedger?
  /// The day that figures of restrictions are about, where it is another.
  public var restrictionsDay: Day?
  /// What a report is narrowed to, as its verb narrows it: rows, totals and groups. Set before the first explanation.
  public var filter: (report: String, filter: Filter)?
  var wholePerformance: PerformanceReport?
  var benchmarkPerformance: PerformanceReport?
  var partPerformances: [FigurePath: PerformanceReport] = [:]
  var dayDetails: [FigurePath: DayDetail] = [:]

  /// An explainer of a book at the end of a day.
  ///
  /// - Parameter booking: what is held at the end of `asOf`; without its pieces the book is booked again once a gain is asked for.
  public init(_ book: Book, _ booking: Booking, asOf: Day) {
    self.book = book
    self.booking = booking
    valuer = Valuer(book: book, on: asOf)
    names = Names(book)
    scope = PerformanceScope(to: asOf)
  }

  func filter(of report: String) -> Filter { filter.flatMap { $0.report == report ? $0.filter : nil } ?? .all }

  /// Whether this is the book it explains.
  public func explains(_ other: Book) -> Bool { other.generation == book.generation && other.settings == book.settings }

  /// The last day that counts.
  var day: Day { valuer.day }
  /// The base currency's code.
  var base: String { names.currency(valuer.base) }

  private(set) lazy var holdings = HoldingsReport(book, booking, valuer, closed: true, filter: filter(of: "holdings"))
  private(set) lazy var holdingsByAccount = HoldingsReport(
    book, booking, valuer, byAccount: true, closed: true, filter: filter(of: "holdings"))
  private(set) lazy var ledger = knownLedger ?? IncomeLedger(book, booking, asOf: day)
  private(set) lazy var income = IncomeReport(book, booking, valuer, ledger, filter: filter(of: "income"))
  private(set) lazy var grid = IncomeGrid(book, booking, valuer, ledger)
  private(set) lazy var overview = OverviewReport(book, booking, valuer, holdings)
  private(set) lazy var restrictions = RestrictionsReport(book, booking, asOf: day, on: restrictionsDay, filter: filter(of: "restrictions"))
  private(set) lazy var nav = NavReport(book, booking, valuer, filter: filter(of: "nav"))
  private(set) lazy var gains = GainsReport(book, pieced, asOf: day, filter: filter(of: "gains"))
  private(set) lazy var notices = NoticeMaker(book: book, booking: booking, valuer: valuer, ledger: ledger, names: names).all()
  private(set) lazy var trades = TradesReport(book, pieced, asOf: day, filter: filter(of: "trades"))
  /// How many trades an event closed.
  private(set) lazy var tradesOfEvent = trades.rows.reduce(into: [EventID: Int]()) { counts, row in
    if let event = row.event { counts[event, default: 0] += 1 }
  }
  private(set) lazy var pieced = booking.pieces.isEmpty ? book.booked(asOf: day, pieces: true) : booking
  /// Pieces in the order of the gains report, as places in `pieced.pieces`: small keys are sorted, because a row is half a kilobyte.
  private(set) lazy var gainOrder = gainPlaces()
  /// Places in the gains report by disposing event.
  private(set) lazy var gainsOfEvent = PlacesByEvent(eventPlaces, of: book.events, count: gainOrder.count) {
    pieced.pieces[gainOrder[$0]].event
  }
  /// Places in the gains report by the event that acquired.
  private(set) lazy var gainsOfLot = PlacesByEvent(eventPlaces, of: book.events, count: gainOrder.count) {
    pieced.pieces[gainOrder[$0]].lotEvent
  }
  private var gainGroups: [GainsReport.Grouping: [GainGroupRow]] = [:]
  private var lotsOfAsset: [AssetID: [LotEntry]] = [:]
  /// Places of income rows by event.
  private(set) lazy var incomePlaces = PlacesByEvent(eventPlaces, of: book.events, count: income.rows.count) { incomeFact($0).event }
  /// Places of income rows by asset, in the report's order.
  private(set) lazy var incomeOfAsset = income.rows.indices.reduce(into: [AssetID: [Int]]()) {
    $0[incomeFact($1).asset, default: []].append($1)
  }
  /// Positions of events by id.
  private(set) lazy var eventPlaces = EventPlaces(Array(book.events.ids))
  private var allocations: [Dimension: AllocationReport] = [:]

  /// What a row of the income report is about, without the row.
  private func incomeFact(_ place: Int) -> (asset: AssetID, event: EventID?) {
    let source = income.rows.source(of: place)
    if source < ledger.payments.count {
      let payment = ledger.payments[source]
      return (payment.distribution.asset, payment.receipts.first.map { booking.receipts[$0].event })
    }
    let receipt = booking.receipts[source - ledger.payments.count]
    return (receipt.asset, receipt.event)
  }

  func allocation(_ dimension: Dimension) -> AllocationReport {
    if let known = allocations[dimension] { return known }
    let made = AllocationReport(book, booking, valuer, by: dimension, filter: filter(of: "allocation"))
    allocations[dimension] = made
    return made
  }

  /// The groups of the gains report.
  func groups(_ grouping: GainsReport.Grouping) -> [GainGroupRow] {
    if let known = gainGroups[grouping] { return known }
    let made = GainsReport(book, pieced, asOf: day, by: grouping, filter: filter(of: "gains")).groups
    gainGroups[grouping] = made
    return made
  }

  /// The open lots of an asset in the lots report's order, with their names.
  func lotRows(of asset: AssetID) -> [LotEntry] {
    if let known = lotsOfAsset[asset] { return known }
    var own = Booking(base: booking.base)
    own.positions = booking.positions.filter { $0.asset == asset }
    own.lots = booking.lots.filter { $0.asset == asset }
    let made = LotEntry.all(LotsReport(book, own, valuer).rows)
    lotsOfAsset[asset] = made
    return made
  }

  // MARK: Names

  /// The reports that a figure's name can begin with.
  public static let reports = [
    "overview", "holdings", "lots", "gains", "trades", "basis", "income", "nav", "allocation", "performance", "restrictions", "events",
    "unit", "quote", "rate",
  ]

  /// Explains a figure. Of one that is unknown it says what would mend it.
  public func explain(_ path: FigurePath) throws(ExplainError) -> Explanation {
    var found = try found(path)
    if !found.value.isKnown { found.fixes = fixes(of: found) }
    return found
  }

  private func found(_ path: FigurePath) throws(ExplainError) -> Explanation {
    let parts = path.parts
    guard let first = parts.first else { throw .unknown("", near: Explainer.reports) }
    let rest = parts.dropFirst()
    switch first.lowercased() {
    case "overview": return try explainOverview(rest)
    case "holdings", "holding": return try explainHolding(rest)
    case "lots", "lot": return try explainLot(rest)
    case "gains", "gain": return try explainGain(rest)
    case "trades", "trade": return try explainTrade(rest)
    case "basis": return try explainBasis(rest)
    case "income": return try explainIncome(rest)
    case "nav": return try explainNav(rest)
    case "allocation": return try explainAllocation(rest)
    case "performance": return try explainPerformance(rest)
    case "restrictions", "restriction": return try explainRestriction(rest)
    case "events", "event": return try explainEvent(rest)
    case "unit": return try explainUnit(rest)
    case "quote": return try explainQuote(rest)
    case "rate": return try explainRate(rest)
    default: return try explainShort(first, rest)
    }
  }

  /// The report that a figure's name is in.
  public func report(of figure: FigurePath) -> String {
    guard let first = figure.parts.first?.lowercased() else { return "" }
    let plural = Explainer.reports.first { $0 == first || $0 == first + "s" }
    if let plural { return plural }
    return performanceKeys.contains { $0.lowercased() == first } ? "performance" : "holdings"
  }

  /// What a filter of a report may name.
  public static func filterColumns(of report: String) -> [Column] {
    switch report {
    case "holdings", "allocation": HoldingRow.columns
    case "lots": LotRow.columns
    case "gains": GainRow.columns
    case "trades": TradeRow.columns
    case "income": IncomeRow.columns
    case "nav": NavRow.columns
    case "restrictions": RestrictionRow.columns
    case "performance": PlaceRow.columns
    default: []
    }
  }

  /// What the issues say of the asset of an unknown figure, and what to do about each.
  private func fixes(of unknown: Explanation) -> [String] {
    let parts = unknown.figure.parts
    guard let report = parts.first, !["performance", "overview", "basis", "rate"].contains(report) else { return [] }
    var asset: AssetID?
    if parts.count > 2, parts[1] == "event", let place = Int64(parts[2]).flatMap({ eventPlaces[$0] }) {
      asset = AssetID(book.events.assets[place])
    } else {
      asset = parts.dropFirst().lazy.compactMap { (try? self.place($0))?.asset }.first
    }
    guard let asset else { return [] }
    let isIncome = report == "income"
    return notices.filter { $0.asset?.id == asset && (isIncome || !$0.kind.isPayment) }.map { notice in
      notice.message + (notice.event.map { ", event \($0.raw)" } ?? "") + ": " + notice.fix
    }
  }

  /// Short names: `BTC/cost`, `BTC`, `total`, `twr`, an event's number.
  private func explainShort(_ first: String, _ rest: ArraySlice<String>) throws(ExplainError) -> Explanation {
    if asset(named: first) != nil || first.contains("@") && asset(named: String(first.prefix { $0 != "@" })) != nil {
      return try explainHolding([first] + rest)
    }
    if rest.isEmpty {
      if let key = Explainer.overviewKey(first) { return try explainOverview([key]) }
      if performanceKeys.contains(where: { $0.lowercased() == first.lowercased() }) { return try explainPerformance([first]) }
      if Int64(first) != nil { return try explainEvent([first]) }
    }
    throw .unknown(first, near: near(first, Explainer.reports + book.labels.values + Explainer.overviewKeys + performanceKeys))
  }

  /// An asset and perhaps one of its accounts: `BTC`, `BTC@Kraken`.
  func place(_ text: String) throws(ExplainError) -> (asset: AssetID, account: AccountID?) {
    if let asset = asset(named: text) { return (asset, nil) }
    // A name may hold an @ itself: the longest beginning that is an asset counts.
    for at in text.indices.reversed() where text[at] == "@" {
      guard let asset = asset(named: String(text[..<at])) else { continue }
      return (asset, try account(named: String(text[text.index(after: at)...])))
    }
    throw .unknown(text, near: near(String(text.prefix { $0 != "@" }), Array(book.labels.values)))
  }

  /// The asset with this label or ticker; small letters will do where that is no other's.
  func asset(named text: String) -> AssetID? {
    let labels = book.labels
    if let exact = labels.keys.filter({ labels[$0] == text }).min() { return exact }
    if let ticker = book.assets.values.filter({ $0.symbol == text }).map(\.id).min() { return ticker }
    let small = text.lowercased()
    let alike = labels.keys.filter { labels[$0]?.lowercased() == small }
    return alike.count == 1 ? alike[0] : nil
  }

  func account(named text: String) throws(ExplainError) -> AccountID {
    let all = book.accounts.values
    if let exact = all.filter({ $0.name == text }).map(\.id).min() { return exact }
    let alike = all.filter { $0.name.lowercased() == text.lowercased() }
    if alike.count == 1, let only = alike.first { return only.id }
    throw .unknown(text, near: near(text, all.map(\.name)))
  }

  /// The name of a holding's place.
  func label(_ asset: AssetID, _ account: AccountID?) -> String {
    names.asset(asset).text + (account.map { "@" + names.account($0).text } ?? "")
  }

  /// Up to five names that may be meant, the nearest first.
  func near(_ typed: String, _ all: [String]) -> [String] { Nearest.names(to: typed, among: all) }

  /// The key of a column that holds a figure, from what was typed.
  func key(
    _ typed: String?, in columns: [Column], _ aliases: [String: String] = [:], default fallback: String
  ) throws(ExplainError) -> String {
    guard let typed else { return fallback }
    let keys = columns.filter { Explainer.isFigure($0) }.map(\.key)
    if let key = keys.first(where: { $0.lowercased() == typed.lowercased() }) { return key }
    if let key = aliases[typed.lowercased()] { return key }
    throw .unknown(typed, near: near(typed, keys + aliases.keys) + keys)
  }

  /// Whether a column holds numbers that can be explained.
  public static func isFigure(_ column: Column) -> Bool {
    switch column.kind {
    case .quantity, .price, .money, .ratio: true
    case .integer: column.key != "event" && column.key != "id" && column.key != "batch" && column.key != "line"
    case .text, .day, .instant, .flag, .nested: false
    }
  }

  /// The figures of a row, as the row's name and its columns.
  func siblings(_ row: FigurePath, _ columns: [Column]) -> [FigurePath] {
    columns.filter { Explainer.isFigure($0) }.map { row.adding($0.key) }
  }

  // MARK: Words

  /// A calculation's line, only where it is right: what cannot be redone by hand is not claimed.
  func line(_ left: String, _ result: Decimal?, equals value: Cell, _ unit: String? = nil) -> [String] {
    guard let result, Explainer.number(value) == result else { return [] }
    return ["\(left) = \(result)" + (unit.map { " " + $0 } ?? "")]
  }

  /// The number of a cell.
  static func number(_ cell: Cell) -> Decimal? {
    switch cell {
    case .decimal(let value), .ratio(let value): value
    case .integer(let value): Decimal(value)
    default: nil
    }
  }

  /// A sum written out, or only counted where a line cannot hold it.
  func sumLine(_ parts: [Decimal], _ unit: String?) -> [String] {
    guard parts.count > 1, let sum = Explainer.sum(parts) else { return [] }
    let tail = " = \(sum)" + (unit.map { " " + $0 } ?? "")
    if parts.count > 8 { return ["the sum of \(parts.count) amounts" + tail] }
    var text = parts[0].description
    for part in parts.dropFirst() { text += part.isNegative ? " - \(part.magnitude)" : " + \(part)" }
    return [text + tail]
  }

  static func sum(_ parts: [Decimal]) -> Decimal? {
    var sum = Decimal.zero
    for part in parts {
      guard let next = try? sum.adding(part) else { return nil }
      sum = next
    }
    return sum
  }

  /// Keeps the largest inputs of a long list, and one for the rest, so that the sum still closes.
  func shortened(_ inputs: [Explanation.Input], atMost limit: Int = 500) -> [Explanation.Input] {
    if inputs.count <= limit { return inputs }
    let order = inputs.indices.sorted { a, b in
      let (x, y) = (Explainer.number(inputs[a].value)?.magnitude ?? .zero, Explainer.number(inputs[b].value)?.magnitude ?? .zero)
      return x == y ? a < b : x > y
    }
    let kept = Set(order.prefix(limit - 1))
    let rest = inputs.indices.filter { !kept.contains($0) }.map { inputs[$0] }
    let sum = Explainer.sum(rest.compactMap { Explainer.number($0.value) }) ?? .zero
    return inputs.indices.filter { kept.contains($0) }.map { inputs[$0] } + [
      .init("\(rest.count) smaller ones", .decimal(sum), inputs[0].unit)
    ]
  }

  /// The day of an instant in the reporting zone.
  func on(_ instant: Instant) -> Day { book.settings.zone.day(of: instant) }

  /// The rate from a currency into base on a day as an input; none for the base itself.
  func rateInput(_ currency: Currency?, on day: Day) -> [Explanation.Input] {
    guard let currency, currency != valuer.base else { return [] }
    let trail = book.quotes.rateTrail(from: currency, to: valuer.base, on: day)
    let code = names.currency(currency)
    return [
      .init(
        "\(base) for 1 \(code)", trail.map { .decimal($0.rate) } ?? .unknown(.noRate), date: trail?.steps.map(\.day).min(),
        source: trail.map { describe($0) }, figure: FigurePath("rate", code, base, day.description))
    ]
  }

  /// How a rate was found: direct, inverse, over another currency.
  func describe(_ trail: RateTrail) -> String {
    let sources = trail.steps.map(\.source).filter { !$0.isEmpty }
    let way: String
    switch trail.steps.count {
    case 1: way = trail.steps[0].isInverse ? "inverse" : "direct"
    case 2: way = "over \(names.currency(trail.steps[0].to))"
    default: way = trail.pegs.isEmpty ? "stated" : ""
    }
    let pegs = trail.pegs.map { "1 \(names.currency($0.coin)) counts as 1 \(names.currency($0.money))" }
    return (pegs + [way] + sources.prefix(1)).filter { !$0.isEmpty }.joined(separator: ", ")
  }
}
