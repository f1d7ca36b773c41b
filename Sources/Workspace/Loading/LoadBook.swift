public import Amounts
public import Archive
public import Engine
import Importers
public import Ledger

extension Workspace {
  /// How much of a book is read.
  public enum Extent: Hashable, Sendable {
    /// Assets, accounts and the latest quotes: what the first screen needs beside the kept positions.
    case head
    /// Everything.
    case full
  }

  /// Latest quotes of each series that the first screen needs: a month for the sparkline and the 30-day change.
  private static let recentQuotes = 40

  /// Reads the book.
  ///
  /// - Parameter base: the currency of totals; nil is the database's own, else US dollars.
  public func book(_ extent: Extent = .full, base: String? = nil) throws(WorkspaceError) -> Book {
    let zone = zone
    let book = try writing { (database) throws(ArchiveError) -> Book? in
      let settings = try database.settings()
      var assets = try database.assets()
      let code = base ?? settings["base"] ?? "USD"
      guard let currency = Workspace.currency(code, among: &assets) else { return nil }
      var reading = BookSettings(base: currency, zone: zone)
      if let method = settings["method"].flatMap({ LotMethod(rawValue: $0) }) { reading.method = method }
      if let scope = settings["scope"].flatMap({ LotScope(rawValue: $0) }) { reading.scope = scope }
      if let rule = settings["fees"].flatMap({ FeeRule(rawValue: $0) }) { reading.feeRule = rule }
      if let months = settings["holding-months"].flatMap({ Int($0) }) { reading.holdingMonths = months }
      var book = Book(assets: assets, settings: reading, generation: try database.generation())
      book.accounts = try database.accounts()
      if extent == .full {
        book.events = try database.events(accountRank: Workspace.nameRanks(book.accounts))
      }
      try Workspace.loadQuotes(into: &book, recent: extent == .head ? Workspace.recentQuotes : nil, from: database)
      book.distributions = try database.distributions()
      book.plans = try database.plans()
      return book
    }
    guard let book else { throw .unknownCurrency(base ?? "USD") }
    return book
  }

  /// The asset that a currency code means. The default base of a new database need not exist as an asset yet.
  private static func currency(_ code: String, among assets: inout [AssetID: Asset]) -> Currency? {
    let bearers = assets.values.filter { $0.symbol == code }.sorted {
      ($0.assetClass == .cash ? 0 : 1, $0.id) < ($1.assetClass == .cash ? 0 : 1, $1.id)
    }
    if let first = bearers.first { return first.id.asCurrency }
    guard KnownMoney.isFiat(code) else { return nil }
    // A currency nobody has used yet: it takes part in this book only, under the next id, so that tables by id stay small.
    let id = AssetID((assets.keys.map(\.raw).max() ?? 0) + 1)
    assets[id] = Asset(id: id, symbol: code, assetClass: .cash, currency: code)
    return id.asCurrency
  }

  private static func nameRanks(_ accounts: [AccountID: Account]) -> [Int32: Int32] {
    var ranks: [Int32: Int32] = [:]
    for (rank, account) in accounts.values.sorted(by: { ($0.name, $0.id) < ($1.name, $1.id) }).enumerated() {
      ranks[account.id.raw] = Int32(rank)
    }
    return ranks
  }

  private static func loadQuotes(into book: inout Book, recent: Int?, from database: Database) throws(ArchiveError) {
    var quotes = QuoteBook()
    var key: (asset: AssetID, kind: QuoteDraft.Kind)?
    var series = QuoteSeries()
    func keep() {
      guard let key else { return }
      switch key.kind {
      case .close: quotes.market[key.asset] = series
      case .nav: quotes.nav[key.asset] = series
      case .fx: quotes.fx[key.asset] = series
      }
    }
    try database.forEachQuote(recent: recent) { (asset, kind, quote) throws(ArchiveError) in
      if key?.asset != asset || key?.kind != kind {
        keep()
        key = (asset, kind)
        series = QuoteSeries()
      }
      series.append(quote)
    }
    keep()
    for split in try database.splits() {
      quotes.splits[split.asset, default: []].append(QuoteBook.SplitPoint(day: book.settings.zone.day(of: split.time), ratio: split.ratio))
    }
    for asset in book.assets.values where asset.assetClass == .stablecoin && !asset.currency.isEmpty && asset.currency != asset.symbol {
      if let peg = book.assets.values.filter({ $0.symbol == asset.currency && $0.assetClass == .cash }).min(by: { $0.id < $1.id }) {
        quotes.pegs[asset.id] = peg.id.asCurrency
      }
    }
    book.quotes = quotes
  }
}
