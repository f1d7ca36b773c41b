public import Amounts
public import Engine
public import Ledger

/// One event's disposals with the lots they took.
public struct DisposalReport: Sendable {
  /// The event.
  public var event: EventID
  /// The day, in the reporting zone.
  public var disposed: Day
  /// The base currency's code.
  public var currency: String
  /// The matched parts, in the order of the gains report.
  public var rows: [GainRow]
  /// Everything together.
  public var figures: GainFigures
  /// The rule that chose the lots.
  public var rule: LotRule
  /// Whether the event says which lots it takes.
  public var isChosen: Bool
  /// The year it is frozen in; nil when that is open.
  public var closedYear: Int?

  /// The lots an event took; nil when it disposed of nothing up to the day.
  ///
  /// - Complexity: the assets of the event are booked.
  public init?(_ book: Book, of event: EventID, asOf: Day) {
    let names = Names(book)
    let settings = book.settings
    let place = book.events.ids.firstIndex(of: event.raw)
    var assets = Set(book.closings.gains.filter { $0.event == event }.map(\.asset))
    if let place { assets.formUnion(book.events.assetsNamed(at: place)) }
    var rows = book.matched(asOf: asOf, of: assets) { pieces, parts in
      pieces.filter { $0.event == event }.map { GainRow($0, parts, names, settings) }
    }.flatMap { $0 }
    guard let first = rows.first else { return nil }
    rows = rows.enumerated().sorted { a, b in
      (a.element.acquired?.ordinal ?? .min, a.offset) < (b.element.acquired?.ordinal ?? .min, b.offset)
    }.map(\.element)
    self.event = event
    self.rows = rows
    disposed = first.disposed
    currency = names.currency(settings.base)
    figures = GainFigures()
    for row in rows {
      figures.add(
        proceeds: row.proceedsBase.value, cost: row.costBase.value, byCurrency: row.gainCurrency, term: row.term, why: row.gainBase.why)
    }
    let portfolio = book.accounts[first.account.id]?.portfolio ?? ""
    rule = settings.rule(of: portfolio, on: first.disposed)
    isChosen = place.flatMap { book.events.extra(at: $0)?.lotSelector }?.isEmpty == false
    closedYear = book.closings.isClosed(first.disposed.year, of: portfolio) ? first.disposed.year : nil
  }
}
