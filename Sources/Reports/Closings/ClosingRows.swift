public import Amounts
public import Engine
public import Ledger

/// A closed year of a portfolio.
public struct ClosedYearRow: Hashable, ReportRow {
  /// The year.
  public var year: Int
  /// The portfolio's name.
  public var portfolio: String
  /// The day it was closed.
  public var closed: Day
  /// Frozen parts of disposals.
  public var pieces: Int
  /// The sum of their known gains in base.
  public var gainBase: Decimal
  /// Those whose gain is unknown.
  public var unknown: Int
  /// Disposals that the facts would book otherwise now.
  public var differences: Int

  /// Year, portfolio, day of closing, what is frozen, what differs.
  public static let columns = [
    Column("year", "Year", .integer), Column("portfolio", "Portfolio", .text), Column("closed", "Closed on", .day),
    Column("pieces", "Parts", .integer), Column("gainBase", "Gain (base)", .money), Column("unknown", "Unknown", .integer),
    Column("differences", "Differences", .integer),
  ]

  /// The values, one for each column.
  public var cells: [Cell] {
    [
      .integer(year), .text(portfolio), .day(closed), .integer(pieces), .decimal(gainBase), .integer(unknown), .integer(differences),
    ]
  }

  /// The closed years of a book, by year and portfolio.
  public static func all(in book: Book) -> [ClosedYearRow] {
    let differences = book.closingDifferences()
    let zone = book.settings.zone
    return book.closings.years.map { closed in
      let accounts = book.accounts(of: [closed.portfolio])
      var row = ClosedYearRow(
        year: closed.year, portfolio: Portfolio(name: closed.portfolio).title, closed: zone.day(of: closed.at), pieces: 0,
        gainBase: .zero, unknown: 0, differences: differences.count { $0.closed.id == closed.id })
      for gain in book.closings.gains where accounts.contains(gain.account) && zone.day(of: gain.disposed).year == closed.year {
        row.pieces += 1
        if case .known(let proceeds) = gain.proceedsBase, case .known(let cost) = gain.costBase {
          row.gainBase = (try? row.gainBase.adding(proceeds).subtracting(cost)) ?? row.gainBase
        } else {
          row.unknown += 1
        }
      }
      return row
    }.sorted { ($0.year, $0.portfolio) < ($1.year, $1.portfolio) }
  }
}

/// A disposal of a closed year that the facts would book otherwise now.
public struct ClosingDifferenceRow: Hashable, ReportRow {
  /// The closed year.
  public var year: Int
  /// Its portfolio.
  public var portfolio: String
  /// What is disposed of.
  public var asset: AssetLabel
  /// Where it leaves.
  public var account: AccountLabel
  /// When.
  public var disposed: Day
  /// What kind of disposal.
  public var kind: DisposalKind
  /// Units as frozen.
  public var quantity: Decimal
  /// Units now.
  public var quantityNow: Decimal
  /// Gain in base as frozen.
  public var gain: Figure<Decimal>
  /// Gain in base now.
  public var gainNow: Figure<Decimal>
  /// Why.
  public var why: String
  /// The event.
  public var event: EventID

  /// Year, disposal, then and now, why.
  public static let columns = [
    Column("year", "Year", .integer), Column("portfolio", "Portfolio", .text), Column("asset", "Asset", .text),
    Column("account", "Account", .text), Column("disposed", "Disposed", .day), Column("kind", "Kind", .text),
    Column("quantity", "Quantity", .quantity), Column("quantityNow", "Now", .quantity), Column("gainBase", "Gain (base)", .money),
    Column("gainBaseNow", "Now", .money), Column("why", "Why", .text), Column("event", "Event", .integer),
  ]

  /// The values, one for each column.
  public var cells: [Cell] {
    [
      .integer(year), .text(portfolio), .text(asset.text), .text(account.text), .day(disposed), .text(kind.rawValue), .decimal(quantity),
      .decimal(quantityNow), Cell(gain), Cell(gainNow), .text(why), .integer(Int(event.raw)),
    ]
  }

  /// What would change if all closed years were reopened.
  public static func all(in book: Book) -> [ClosingDifferenceRow] {
    let names = Names(book)
    return book.closingDifferences().map { found in
      ClosingDifferenceRow(
        year: found.closed.year, portfolio: Portfolio(name: found.closed.portfolio).title, asset: names.asset(found.asset),
        account: names.account(found.account), disposed: book.settings.zone.day(of: found.disposed), kind: found.kind,
        quantity: found.quantity, quantityNow: found.quantityNow, gain: found.gain, gainNow: found.gainNow, why: found.cause.text,
        event: found.event)
    }
  }
}

extension ClosingDifference.Cause {
  /// Why, for people.
  var text: String {
    switch self {
    case .gone: "the event is gone or no longer disposes"
    case .new: "it was not there when the year was closed"
    case .quantity: "another quantity is disposed of"
    case .lots: "other lots are matched"
    case .proceeds: "the proceeds have changed"
    case .cost: "the cost of its lots has changed"
    case .rates: "exchange rates have changed"
    }
  }
}
