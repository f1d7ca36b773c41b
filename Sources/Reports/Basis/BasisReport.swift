public import Amounts
public import Engine
public import Ledger

/// What everything held at the end of a day had cost.
public struct BasisRow: Hashable, ReportRow {
  /// The day.
  public var date: Day
  /// Cost of the open lots in base at the rates of their acquisitions, where it is known.
  public var costBase: Decimal
  /// What it grew by since the row before, in base.
  public var change: Figure<Decimal>
  /// Open lots.
  public var lots: Int
  /// Assets of which the cost of some units is not known.
  public var unknownBasis: Int

  /// The day, the cost, and what the cost leaves out.
  public static let columns = [
    Column("date", "Date", .day), Column("costBase", "Cost (base)", .money), Column("change", "Change", .money),
    Column("lots", "Lots", .integer), Column("unknownBasis", "Unknown", .integer),
  ]

  /// The values, one for each column.
  public var cells: [Cell] { [.day(date), .decimal(costBase), Cell(change), .integer(lots), .integer(unknownBasis)] }
}

/// Cost basis over time, by day. The last row is the day asked for.
public struct BasisReport: Hashable, Sendable {
  /// How far rows are apart.
  public enum Step: String, CaseIterable, Hashable, Sendable {
    case day, month, year
  }
  /// The last day that counts.
  public var asOf: Day
  /// The base currency's code.
  public var currency: String
  /// One row for each day, month or year.
  public var rows: [BasisRow]
  /// What the last row leaves out.
  public var excluded: [Exclusion]

  /// The cost of what a book held through time.
  ///
  /// - Parameters:
  ///   - from: the first day; nil is that of the first event.
  ///   - asset: one asset; nil is all.
  public init(_ book: Book, asOf: Day, from: Day? = nil, by step: Step = .month, asset: AssetID? = nil) {
    let names = Names(book)
    let zone = book.settings.zone
    let first = from ?? book.events.times.first.map { zone.day(of: Instant(microseconds: $0)) } ?? asOf
    var days: [Day] = []
    var day = first
    while day < asOf && days.count < 100_000 {
      switch step {
      case .day: days.append(day)
      case .month: if (day + 1).monthOrdinal != day.monthOrdinal { days.append(day) }
      case .year: if (day + 1).year != day.year { days.append(day) }
      }
      day = day + 1
    }
    days.append(asOf)
    let points = book.costBasis(on: days, of: asset.map { [$0] })
    var rows: [BasisRow] = []
    for point in points {
      let change: Figure<Decimal> =
        rows.last.map { last in Figure.known(point.costBase).map { (now) throws(DecimalError) in try now.subtracting(last.costBase) } }
        ?? .unknown(.tooShort)
      rows.append(
        BasisRow(date: point.day, costBase: point.costBase, change: change, lots: point.lots, unknownBasis: point.unknown.count))
    }
    self.asOf = asOf
    currency = names.currency(book.settings.base)
    self.rows = rows
    excluded = (points.last?.unknown ?? []).map {
      Exclusion(asset: names.asset($0), what: "cost", why: points.last?.why[$0] ?? .unknownBasis)
    }
    .sorted { AssetLabel.precedes($0.asset, $1.asset) }
  }

  /// The report as plain data.
  public var document: Document {
    Document(
      "basis", asOf: asOf, currency: currency, rows: rows,
      totals: [.init("costBase", .decimal(rows.last?.costBase ?? .zero)), .init("lots", .integer(rows.last?.lots ?? 0))],
      excluded: excluded)
  }
}
