public import Amounts
public import Engine
import Ledger

/// The events a filter lets through, made row by row when asked, so that a million cost no more memory than their positions.
public struct EventsReport: Sendable, RandomAccessCollection {
  /// The last day that counts.
  public let asOf: Day
  /// The base currency's code.
  public let currency: String
  /// Positions in the book's event table, ascending; nil where all events up to `end` are shown.
  private let chosen: [Int32]?
  private let end: Int
  private let newestFirst: Bool
  /// The events' book.
  public let book: Book
  private let names: Names
  private let origins: EventOrigins

  /// The events of a book up to the end of a day.
  ///
  /// - Parameters:
  ///   - newestFirst: turns the order round, for screens.
  ///   - origins: where events came from, which a book does not hold.
  public init(
    _ book: Book, asOf: Day, filter: Filter = .all, newestFirst: Bool = false, origins: EventOrigins = EventOrigins()
  ) {
    self.origins = origins
    self.asOf = asOf
    self.book = book
    names = Names(book)
    currency = names.currency(book.settings.base)
    end = book.events.firstIndex(after: book.settings.zone.end(of: asOf))
    self.newestFirst = newestFirst
    if filter.isEmpty && book.view == nil {
      chosen = nil
      return
    }
    var found = EventFilter(filter, book).positions(before: end)
    if book.view != nil { found.removeAll { !book.isInView(eventAt: Int($0)) } }
    chosen = found
  }

  /// The first place.
  public var startIndex: Int { 0 }
  /// One past the last place.
  public var endIndex: Int { chosen?.count ?? end }
  /// The row at a place.
  public subscript(place: Int) -> EventRow {
    let inOrder = newestFirst ? endIndex - 1 - place : place
    var row = EventsReport.row(at: chosen.map { Int($0[inOrder]) } ?? inOrder, in: book, names)
    row.externalID = origins.externalIDs[row.id.raw]
    row.source = origins.sources[row.batch.raw]
    return row
  }

  /// The row of the event at a position of the table.
  public static func row(at position: Int, in book: Book, _ names: Names) -> EventRow {
    let event = book.events[position]
    let legs = book.events.legs(at: position).map { leg in
      EventRow.LegRow(
        account: leg.account.raw == 0 ? nil : names.account(leg.account).text, asset: names.asset(leg.asset).text,
        quantity: leg.quantity, role: leg.role)
    }
    return EventRow(
      id: event.id, kind: event.kind.reportName, time: event.time, isDateOnly: event.isDateOnly,
      day: book.settings.zone.day(of: event.time), account: event.account.map { names.account($0).text },
      toAccount: event.toAccount.map { names.account($0).text }, asset: names.asset(event.asset), quantity: event.quantity,
      price: event.price, gross: event.gross, currency: event.currency.map { names.currency($0) }, fee: event.fee,
      feeAsset: event.feeAsset.map { names.asset($0).text }, tax: event.tax, legs: legs, status: event.status, batch: event.batch,
      line: event.line == 0 ? nil : event.line, note: event.extra?.note)
  }
}

/// Where events came from: what a database knows and a book does not hold.
public struct EventOrigins: Sendable {
  /// The sources' own ids, by event.
  public var externalIDs: [Int64: String] = [:]
  /// The ids of formats, by batch.
  public var sources: [Int64: String] = [:]

  /// Nothing known.
  public init() {}
}
