import Amounts
import Archive
import Engine
import Ledger
import Reports

extension Workspace {
  /// Latest quotes of each series that the first screen needs: a month for the sparkline and the 30-day change.
  private static let recentQuotes = 40

  /// The head, when what is kept ready is up to date and holds nothing later than the day.
  func head(asOf: Day, base: String?) throws(WorkspaceError) -> Snapshot? {
    let zone = zone
    let found = try writing { (database) throws(ArchiveError) in
      try database.reading { () throws(ArchiveError) -> (book: Book, ready: ReadyFacts, batches: [BatchRecord])? in
        guard var book = try Workspace.book(.head, base: base, zone, from: database),
          try database.stamp("book") == Workspace.stamp(book), let ready = try database.ready()
        else { return nil }
        for series in ready.series { book.quotes.keep(series.quotes, series.kind, of: series.asset) }
        try Workspace.completeQuotes(of: &book, from: database)
        return (book, ready, try database.batches())
      }
    }
    guard let (book, ready, batches) = found, (ready.days.last?.day ?? asOf) <= asOf else { return nil }
    var booking = Booking(base: book.settings.base)
    booking.positions = ready.positions
    let valuer = Valuer(book: book, on: asOf)
    let holdings = HoldingsReport(book, booking, valuer)
    return Snapshot(
      book: book, booking: booking, asOf: asOf, overview: OverviewReport(book, booking, valuer, holdings, history: ready.days),
      holdings: holdings, valuer: valuer, income: nil, history: nil, batches: Workspace.importRows(batches), isComplete: false)
  }

  /// What is kept must have been computed for this to be up to date; the first word is the shape of its bytes.
  private static func stamp(_ book: Book) -> String {
    let settings = book.settings
    return [
      "3", String(book.generation), String(settings.base.id), settings.method.rawValue, settings.scope.rawValue, settings.feeRule.rawValue,
      settings.zone.name, settings.tradePrices ? "trades" : "quotes",
    ].joined(separator: " ")
  }

  /// Keeps what the first screen needs, so that the next opening waits for nothing.
  public func keepReady(_ snapshot: Snapshot) throws(WorkspaceError) {
    guard snapshot.isComplete, snapshot.book.view == nil else { return }
    let (book, booking, history) = (snapshot.book, snapshot.booking, snapshot.overview.history)
    let stamp = Workspace.stamp(book)
    // A booking as of an earlier day is a view, not the state of the database.
    guard let last = book.events.times.last,
      history.last.map({ Instant(microseconds: last) <= book.settings.zone.end(of: $0.day) }) ?? false
    else { return }
    // What is pending or unsettled is told by events, which a head has not.
    guard OpenMovements(book, asOf: snapshot.asOf).isEmpty else { return }
    do throws(WorkspaceError) {
      try writing { (database) throws(ArchiveError) in
        if try database.stamp("book") == stamp, try database.ready()?.days.last?.day == history.last?.day { return }
        // Somebody else may have changed the facts since they were read; then there is nothing to keep.
        guard try database.generation() == book.generation else { return }
        var series = book.quotes.latest(Workspace.recentQuotes, by: snapshot.asOf)
        for (asset, quote) in book.lastTradePrices(on: snapshot.asOf).sorted(by: { $0.key < $1.key }) {
          var trades = QuoteSeries()
          trades.append(quote)
          series.append((asset: asset, kind: .close, quotes: trades))
        }
        let facts = ReadyFacts(positions: booking.positions, days: history, series: series)
        try database.withoutWaiting { () throws(ArchiveError) in
          try database.transaction { () throws(ArchiveError) in
            try database.replaceReady(facts)
            try database.setStamp("book", stamp)
          }
        }
      }
    } catch {
      // While another process writes, as for a long import, figures are shown all the same and kept ready some other time.
      guard case .archive(.locked) = error else { throw error }
    }
  }
}

extension QuoteBook {
  /// Takes a series in.
  mutating func keep(_ series: QuoteSeries, _ kind: QuoteDraft.Kind, of asset: AssetID) {
    switch kind {
    case .close: market[asset] = series
    case .nav: nav[asset] = series
    case .fx: fx[asset] = series
    }
  }

  /// Of every series what a day needs, by kind and asset: so many quotes up to it, or those of the month before it when they are more,
  /// and everything later, because a later day may be asked for.
  fileprivate func latest(_ count: Int, by day: Day) -> [ReadyFacts.Series] {
    func needed(_ series: QuoteSeries) -> QuoteSeries {
      let last = series.position(atOrBefore: day) ?? 0
      let monthAgo = series.position(atOrBefore: day - 31) ?? 0
      return series.suffix(series.count - max(0, min(last - count + 1, monthAgo)))
    }
    return [(QuoteDraft.Kind.close, market), (.nav, nav), (.fx, fx)].flatMap { kind, all in
      all.sorted { $0.key < $1.key }.map { (asset: $0.key, kind: kind, quotes: needed($0.value)) }
    }
  }
}
