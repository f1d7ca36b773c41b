public import Amounts
public import Engine
public import Ledger

/// An account as the list of accounts shows it: what it is, and how much happened in it.
public struct AccountRow: Hashable, ReportRow {
  /// The account.
  public var account: Account
  /// Events in it that are not void.
  public var events = 0
  /// The day of the first of them; nil when there is none.
  public var first: Day?
  /// The day of the last of them.
  public var last: Day?
  /// Assets of which something is held, cash left out.
  public var holdings = 0
  /// Cash by currency, each in its own, those that are not nothing, by code.
  public var cash: [Balance] = []

  /// Money of one currency.
  public struct Balance: Hashable, Sendable {
    /// Its code.
    public var currency: String
    /// How much; negative is owed.
    public var amount: Decimal
  }

  /// The accounts of a book, by name.
  ///
  /// - Parameters:
  ///   - booking: the positions at the end of `asOf`.
  ///   - asOf: later events are not counted.
  public static func all(in book: Book, _ booking: Booking, asOf: Day) -> [AccountRow] {
    var rows: [AccountID: AccountRow] = book.accounts.mapValues { AccountRow(account: $0) }
    let events = book.events
    let end = events.firstIndex(after: book.settings.zone.end(of: asOf))
    var spans: [AccountID: (events: Int, first: Int64, last: Int64)] = [:]
    for index in 0..<end where events.status(at: index) != .void {
      let (time, account, other) = (events.times[index], AccountID(events.accounts[index]), AccountID(events.toAccounts[index]))
      for id in other == account ? [account] : [account, other] {
        let span = spans[id] ?? (0, time, time)
        spans[id] = (span.events + 1, span.first, time)
      }
    }
    for (id, span) in spans {
      rows[id]?.events = span.events
      rows[id]?.first = book.settings.zone.day(of: Instant(microseconds: span.first))
      rows[id]?.last = book.settings.zone.day(of: Instant(microseconds: span.last))
    }
    for position in booking.positions where !position.quantity.isZero {
      guard let asset = book.assets[position.asset] else { continue }
      if asset.assetClass == .cash {
        rows[position.account]?.cash.append(Balance(currency: asset.symbol, amount: position.quantity))
      } else {
        rows[position.account]?.holdings += 1
      }
    }
    return rows.values.map { row in
      var row = row
      row.cash.sort { ($0.currency, $0.amount) < ($1.currency, $1.amount) }
      return row
    }.sorted { ($0.account.name, $0.account.id) < ($1.account.name, $1.account.id) }
  }

  /// The cash in one line: `1000.5 USD; 3 EUR`.
  public var cashText: String { cash.map { "\($0.amount) \($0.currency)" }.joined(separator: "; ") }

  /// Name, kind, venue, portfolio, id, how much happened, what is there.
  public static let columns = [
    Column("account", "Account", .text), Column("kind", "Kind", .text), Column("venue", "Venue", .text),
    Column("portfolio", "Portfolio", .text), Column("id", "Id", .integer), Column("events", "Events", .integer),
    Column("first", "First", .day), Column("last", "Last", .day), Column("holdings", "Holdings", .integer),
    Column("cash", "Cash", .text),
  ]

  /// The values, one for each column.
  public var cells: [Cell] {
    [
      .text(account.name), Cell(account.kind), Cell(account.venue), Cell(account.portfolio), .integer(Int(account.id.raw)),
      .integer(events), Cell(first), Cell(last), .integer(holdings), Cell(cashText),
    ]
  }
}
