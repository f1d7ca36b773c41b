public import Amounts
public import Engine
import Ledger

/// What was paid in fees, taxes and interest by one asset, account, year or kind, in base; refunds are taken off.
public struct ChargeRow: Hashable, ReportRow {
  /// The asset, account, year or kind.
  public var key: String
  /// Fees that are in a cost or in proceeds, and all that income bears.
  public var counted = Decimal.zero
  /// What is in no cost, no gain and no income.
  public var charges = Decimal.zero
  /// Of both, fees.
  public var fees = Decimal.zero
  /// Of both, taxes.
  public var taxes = Decimal.zero
  /// Of both, interest paid.
  public var interest = Decimal.zero
  /// Charges of unknown worth, which are in no figure.
  public var unknown = 0

  /// The columns.
  public static let columns = [
    Column("key", "Key", .text), Column("fees", "Fees", .money), Column("taxes", "Taxes", .money), Column("interest", "Interest", .money),
    Column("total", "Total", .money), Column("counted", "In cost or income", .money), Column("charges", "Outside", .money),
    Column("unknown", "Unknown", .integer),
  ]

  /// All of it.
  public var total: Decimal { (try? counted.adding(charges)) ?? charges }

  /// The values, one for each column.
  public var cells: [Cell] {
    [
      .text(key), .decimal(fees), .decimal(taxes), .decimal(interest), .decimal(total), .decimal(counted), .decimal(charges),
      .integer(unknown),
    ]
  }

  mutating func add(_ charge: Charge) {
    guard let amount = charge.amount.value else {
      unknown += 1
      return
    }
    func add(_ sum: inout Decimal) { sum = (try? sum.adding(amount)) ?? sum }
    if charge.isCounted { add(&counted) } else { add(&charges) }
    switch charge.kind {
    case .fee: add(&fees)
    case .tax: add(&taxes)
    case .interest: add(&interest)
    }
  }
}

/// Fees, taxes and interest paid. Rows by key; what belongs to no asset is `cash`.
public struct ChargesReport: Hashable, Sendable {
  /// What rows are made by.
  public enum Grouping: String, CaseIterable, Hashable, Sendable {
    case asset, account, year, kind
  }
  /// The last day that counts.
  public var asOf: Day
  /// The base currency's code.
  public var currency: String
  /// One row for each key.
  public var rows: [ChargeRow]
  /// All of them together; its key is empty.
  public var total: ChargeRow

  /// The charges of a book up to the end of a day.
  public init(_ book: Book, asOf: Day, by grouping: Grouping = .asset, filter: Filter = .all) {
    let names = Names(book)
    self.asOf = asOf
    currency = names.currency(book.settings.base)
    var groups: [String: ChargeRow] = [:]
    for charge in ChargeLedger(book, asOf: asOf).charges {
      let key =
        switch grouping {
        case .asset: book.assets[charge.asset]?.hasLots == true ? names.asset(charge.asset).text : "cash"
        case .account: charge.account.map { names.account($0).text } ?? "unknown"
        case .year: String(charge.day.year)
        case .kind: charge.kind.rawValue
        }
      groups[key, default: ChargeRow(key: key)].add(charge)
    }
    rows = groups.values.filter { filter.matches($0) }.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    total = rows.reduce(into: ChargeRow(key: "")) { sum, row in
      func add(_ path: WritableKeyPath<ChargeRow, Decimal>) {
        sum[keyPath: path] = (try? sum[keyPath: path].adding(row[keyPath: path])) ?? sum[keyPath: path]
      }
      for path in [\ChargeRow.counted, \.charges, \.fees, \.taxes, \.interest] { add(path) }
      sum.unknown += row.unknown
    }
  }

  /// The report as plain data.
  public var document: Document {
    Document(
      "charges", asOf: asOf, currency: currency, rows: rows,
      totals: [
        .init("fees", .decimal(total.fees)), .init("taxes", .decimal(total.taxes)), .init("interest", .decimal(total.interest)),
        .init("total", .decimal(total.total)), .init("counted", .decimal(total.counted)), .init("charges", .decimal(total.charges)),
        .init("unknownCharges", .integer(total.unknown)),
      ], excluded: [])
  }
}
