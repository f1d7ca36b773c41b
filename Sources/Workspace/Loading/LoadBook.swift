import Amounts
import Archive
public import Engine
import Importers
import Ledger

extension Workspace {
  /// How much of a book is read.
  public enum Extent: Hashable, Sendable {
    /// A snapshot of what is kept ready for the first screen; as a book alone the same as `facts`.
    case head
    /// Everything.
    case full
    /// Everything but events and quotes: what a book in memory takes over before it follows what changed.
    case facts
  }

  /// Reads the book.
  ///
  /// - Parameter base: the currency of totals; nil is the database's own, else US dollars.
  public func book(_ extent: Extent = .full, base: String? = nil) throws(WorkspaceError) -> Book {
    let zone = zone
    let book = try writing { (database) throws(ArchiveError) in try Workspace.book(extent, base: base, zone, from: database) }
    guard let book else { throw .unknownCurrency(base ?? "USD") }
    return book
  }

  /// Reads the book; nil when no asset bears the code of the currency.
  static func book(_ extent: Extent, base: String?, _ zone: Zone, from database: Database) throws(ArchiveError) -> Book? {
    let settings = try database.settings()
    var assets = try database.assets()
    let code = base ?? settings["base"] ?? "USD"
    guard let currency = try Workspace.currency(code, among: &assets, of: database) else { return nil }
    var reading = BookSettings(base: currency, zone: zone)
    if let method = settings["method"].flatMap({ LotMethod(rawValue: $0) }) { reading.method = method }
    if let scope = settings["scope"].flatMap({ LotScope(rawValue: $0) }) { reading.scope = scope }
    if let rule = settings["fees"].flatMap({ FeeRule(rawValue: $0) }) { reading.feeRule = rule }
    reading.rules = try Workspace.rules(from: database)
    if let gifts = settings["gifts"].flatMap({ GiftRule(rawValue: $0) }) { reading.gifts = gifts }
    if let policy = settings["income_policy"].flatMap({ IncomePolicy($0) }) { reading.incomePolicy = policy }
    if settings["assumed_openings"] == "off" { reading.assumedOpenings = false }
    if settings["trade_prices"] == "off" { reading.tradePrices = false }
    if let months = settings["holding-months"].flatMap({ Int($0) }) { reading.holdingMonths = months }
    var book = Book(assets: assets, settings: reading, generation: try database.generation())
    book.accounts = try database.accounts()
    book.portfolios = try database.portfolios()
    switch extent {
    case .full:
      (book.events, book.quotes) = try Workspace.load(from: database, book.generation)
      book.events.sort(accountRank: book.accountRanks)
      try Workspace.completeQuotes(of: &book, from: database)
    case .head, .facts: break
    }
    book.externalIDs = try Workspace.selectedIDs(of: book.events, from: database)
    book.closings.years = try database.closedYears()
    if extent == .full { try Workspace.addClosings(to: &book, from: database) }
    book.distributions = try database.distributions()
    book.plans = try database.plans()
    return book
  }

  /// The choices of lot rule. One in words that this Florin does not know, as an older one may meet, is left out.
  private static func rules(from database: Database) throws(ArchiveError) -> [LotRule] {
    try database.lotRules().compactMap { stored in
      guard let method = LotMethod(rawValue: stored.method), let scope = LotScope(rawValue: stored.scope),
        let fees = FeeRule(rawValue: stored.fees)
      else { return nil }
      return LotRule(portfolio: stored.portfolio, from: stored.from, method: method, scope: scope, feeRule: fees)
    }
  }

  /// The events that are selected by the ids of their sources.
  static func selectedIDs(of events: EventTable, from database: Database) throws(ArchiveError) -> [String: [Int64]] {
    if !events.hasSelectors { return [:] }
    var ids: Set<String> = []
    events.extras.forEach { _, extra in ids.formUnion(extra.lotSelector.map { LotSelector($0).eventIDs } ?? []) }
    return ids.isEmpty ? [:] : try database.events(external: ids)
  }

  /// The asset that a currency code means. The default base of a new database need not exist as an asset yet.
  private static func currency(
    _ code: String, among assets: inout [AssetID: Asset], of database: Database
  ) throws(ArchiveError) -> Currency? {
    let bearers = assets.values.filter { $0.symbol == code }.sorted {
      ($0.assetClass == .cash ? 0 : 1, $0.id) < ($1.assetClass == .cash ? 0 : 1, $1.id)
    }
    if let first = bearers.first { return first.id.asCurrency }
    guard KnownMoney.isFiat(code) else { return nil }
    // A currency nobody uses: it takes part in this book only, under the next id, so that tables by id stay small. What closed years
    // froze may name assets that nothing else speaks of any more; those keep their ids.
    let named = try database.closedYears().isEmpty ? [] : database.closedAssets()
    let given = named.isEmpty ? [] : try database.assetSymbols().filter { named.contains($0.id) }
    let highest = max(assets.keys.map(\.raw).max() ?? 0, given.map(\.id.raw).max() ?? 0)
    let id = given.first { $0.symbol == code }?.id ?? AssetID(highest + 1)
    assets[id] = Asset(id: id, symbol: code, assetClass: .cash, currency: code)
    return id.asCurrency
  }

  /// Below this many events one thread is faster than several.
  private static let smallBook: Int64 = 20_000

  /// Reads events and quotes, in slices on several reading connections when there are many.
  ///
  /// - Parameter generation: the state of the facts that all slices must be of.
  private static func load(from database: Database, _ generation: Int64) throws(ArchiveError) -> (EventTable, QuoteBook) {
    let last = try database.lastEventID()
    if last < smallBook { return (try database.events(ids: 0...max(last, 0)), try quotes(from: database)) }
    let slices = 4
    let path = database.path
    // The quotes come second, so that no thread is left alone with them at the end.
    var parts = inParallel(slices + 1) { job -> Result<Part, ArchiveError> in
      do throws(ArchiveError) {
        let reader = try Database(path: path, mode: .readOnly)
        try reader.run("BEGIN")
        guard try reader.generation() == generation else { return .success(.changed) }
        if job == 1 { return .success(.quotes(try Workspace.quotes(from: reader))) }
        let slice = Int64(job == 0 ? 0 : job - 1)
        let low = last * slice / Int64(slices) + (slice == 0 ? 0 : 1)
        // The first slice has room for all: the others are appended to it and given back one by one, so that the book is never there twice.
        let room = slice == 0 ? Int(last) : 0
        return .success(.events(try reader.events(ids: low...(last * (slice + 1) / Int64(slices)), room: room)))
      } catch {
        return .failure(error)
      }
    }
    var events = EventTable()
    var quotes = QuoteBook()
    for index in parts.indices {
      let part = parts[index]
      parts[index] = .success(.changed)
      switch part {
      case .success(.events(let slice)): if events.count == 0 { events = slice } else { events.append(contentsOf: slice) }
      case .success(.quotes(let found)): quotes = found
      // Another process wrote meanwhile: the one connection that holds the lock reads it all.
      case .success(.changed): return (try database.events(ids: 0...last), try Workspace.quotes(from: database))
      case .failure(let error): throw error
      }
    }
    return (events, quotes)
  }

  /// What one reading thread brings.
  private enum Part: Sendable {
    case events(EventTable)
    case quotes(QuoteBook)
    case changed
  }

  private static func quotes(from database: Database) throws(ArchiveError) -> QuoteBook {
    var quotes = QuoteBook()
    try read(into: &quotes, from: database)
    return quotes
  }

  /// Adds series to a book of quotes.
  static func read(
    into quotes: inout QuoteBook, from database: Database, only: Set<AssetID>? = nil
  ) throws(ArchiveError) {
    var key: (asset: AssetID, kind: QuoteDraft.Kind)?
    var series = QuoteSeries()
    func keep() {
      // One series grows and is copied when it is whole, so that none holds room for quotes that never came.
      if let key { quotes.keep(series.compact(), key.kind, of: key.asset) }
    }
    try database.forEachQuote(only: only) { (asset, kind, quote) throws(ArchiveError) in
      if key?.asset != asset || key?.kind != kind {
        keep()
        key = (asset, kind)
        series.removeAll()
      }
      series.append(quote)
    }
    keep()
  }

  /// Adds the splits that quotes must follow, and what stablecoins are pegged to.
  static func completeQuotes(of book: inout Book, from database: Database) throws(ArchiveError) {
    for split in try database.splits() {
      book.quotes.splits[split.asset, default: []].append(
        QuoteBook.SplitPoint(day: book.settings.zone.day(of: split.time), ratio: split.ratio))
    }
    complete(&book)
  }

  /// Adds what stablecoins are pegged to.
  static func complete(_ book: inout Book) {
    for asset in book.assets.values where asset.assetClass == .stablecoin && !asset.currency.isEmpty && asset.currency != asset.symbol {
      if let peg = book.assets.values.filter({ $0.symbol == asset.currency && $0.assetClass == .cash }).min(by: { $0.id < $1.id }) {
        book.quotes.pegs[asset.id] = peg.id.asCurrency
      }
    }
  }
}
