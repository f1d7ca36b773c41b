public import Amounts
public import Engine
public import Ledger

/// A payment that was declared, is expected, or arrived.
public struct IncomeRow: Hashable, ReportRow {
  /// Who pays.
  public var asset: AssetLabel
  /// `dividend`, `rent`, `interest`, `staking` ...
  public var kind: String
  /// The day it was announced.
  public var declared: Day?
  /// The first day without entitlement.
  public var ex: Day?
  /// The day whose holders are entitled.
  public var record: Day?
  /// The day it is, or was, paid; nil when unknown.
  public var pay: Day?
  /// Where it stands.
  public var status: IncomeStatus
  /// Units entitled.
  public var entitledQuantity: Figure<Decimal>
  /// Per token.
  public var perToken: Figure<Price>
  /// Before tax: what arrived, or what is expected as long as nothing did.
  public var gross: Figure<Money>
  /// Withheld.
  public var tax: Figure<Money>
  /// After tax and fee.
  public var net: Figure<Money>
  /// The code of the currency of gross, tax and net.
  public var currency: String?
  /// Gross in base at the payment day's rate.
  public var grossBase: Figure<Decimal>
  /// Tax in base.
  public var taxBase: Figure<Decimal>
  /// Net in base.
  public var netBase: Figure<Decimal>
  /// A year of this payment's kind over what the open units cost, a fraction.
  public var yieldOnCost: Figure<Decimal>
  /// The event it arrived with; nil when it did not.
  public var event: EventID?
  /// What was to be paid, where a distribution says; unknown otherwise.
  public var expected: Figure<Money>
  /// Received - expected; negative is short. Unknown when either is.
  public var difference: Figure<Money>

  /// How often the asset pays; nil when too little was paid to tell.
  public var frequency: PaymentFrequency?

  /// Whether it gives back what was paid in, which is no income.
  public var isReturnOfCapital: Bool { Distribution.isReturnOfCapital(kind) }

  /// The columns, in the order of FORMATS 2.
  public static let columns = [
    Column("asset", "Asset", .text), Column("kind", "Kind", .text), Column("declared", "Declared", .day, quiet: true),
    Column("ex", "Ex", .day, quiet: true), Column("record", "Record", .day), Column("pay", "Pay", .day), Column("status", "Status", .text),
    Column("entitledQuantity", "Entitled", .quantity), Column("perToken", "Per token", .price), Column("gross", "Gross", .money),
    Column("tax", "Tax", .money), Column("net", "Net", .money), Column("currency", "Cur", .text),
    Column("grossBase", "Gross (base)", .money, quiet: true), Column("taxBase", "Tax (base)", .money, quiet: true),
    Column("netBase", "Net (base)", .money), Column("yieldOnCost", "On cost", .ratio), Column("event", "Event", .integer, quiet: true),
    Column("expected", "Expected", .money), Column("difference", "Difference", .money),
    Column("frequency", "Often", .text, quiet: true),
  ]

  /// The values, one for each column.
  public var cells: [Cell] {
    [
      .text(asset.text), .text(kind), Cell(declared), Cell(ex), Cell(record), Cell(pay), .text(status.rawValue), Cell(entitledQuantity),
      Cell(perToken), Cell(gross), Cell(tax), Cell(net), Cell(currency), Cell(grossBase), Cell(taxBase), Cell(netBase),
      .ratio(yieldOnCost), event.map { .integer(Int($0.raw)) } ?? .none, Cell(expected), Cell(difference),
      frequency.map { .text($0.rawValue) } ?? .unknown(.tooShort),
    ]
  }
}

/// The income of one month, quarter, year or asset, of one kind.
public struct IncomeGroupRow: Hashable, ReportRow {
  /// `2024-03`, `2024-Q1`, `2024` or a symbol.
  public var key: String
  /// The kind of income.
  public var kind: String
  /// Received before tax, in base, of what is known.
  public var grossBase: Decimal
  /// Withheld.
  public var taxBase: Decimal
  /// After tax and fee.
  public var netBase: Decimal

  /// The columns, in the order of FORMATS 2.
  public static let columns = [
    Column("key", "Key", .text), Column("kind", "Kind", .text), Column("grossBase", "Gross", .money), Column("taxBase", "Tax", .money),
    Column("netBase", "Net", .money),
  ]

  /// The values, one for each column.
  public var cells: [Cell] { [.text(key), .text(kind), .decimal(grossBase), .decimal(taxBase), .decimal(netBase)] }
}

/// Net income received, asset by period, in base. Periods are consecutive, so empty months are there.
public struct IncomeGrid: Hashable, Sendable {
  /// The length of a period.
  public enum Period: String, CaseIterable, Hashable, Sendable {
    case month, quarter, year
  }
  /// One asset's line.
  public struct Line: Hashable, Sendable {
    /// The asset.
    public var asset: AssetLabel
    /// Net received, one for each period; zero when nothing came.
    public var net: [Decimal]
    /// The sum of the line.
    public var total: Decimal
    /// Received in the last 12 months, net.
    public var trailing12: Decimal
    /// Expected in the next 12 months, gross: declared, else estimated.
    public var forward12: Figure<Decimal>
    /// Trailing 12 months / the 12 before - 1, a fraction.
    public var growth: Figure<Decimal>
    /// Gross of the last 12 months per token / unit value, a fraction.
    public var yieldTrailing: Figure<Decimal>
    /// Expected next 12 months per token / unit value, a fraction.
    public var yieldForward: Figure<Decimal>
    /// Expected next 12 months per token / average open unit cost, a fraction.
    public var yieldOnCost: Figure<Decimal>
  }
  /// The period length.
  public var period: Period
  /// `2024-03`, `2024-Q1`, `2024`; ascending and without gaps.
  public var keys: [String]
  /// By label.
  public var lines: [Line]
  /// The sum of each period.
  public var totals: [Decimal]
  /// The sum of all.
  public var total: Decimal
  /// Received in the last 12 months, net.
  public var trailing12: Decimal
  /// Expected in the next 12 months, gross.
  public var forward12: Decimal
  /// Trailing 12 months / the 12 before - 1.
  public var growth: Figure<Decimal>
  /// The next twelve months' expected gross, one for each calendar month from the report's on: the forward calendar.
  public var calendar: [CalendarMonth]

  /// One month of the forward calendar.
  public struct CalendarMonth: Hashable, Sendable {
    /// `2024-03`.
    public var key: String
    /// Declared, gross, in base.
    public var declared: Decimal
    /// Estimated, gross, in base.
    public var estimated: Decimal
  }
}

/// Income at the end of a day. Rows by pay date (none last), asset, kind.
public struct IncomeReport: Sendable {
  /// What the rows are.
  public enum Grouping: String, CaseIterable, Hashable, Sendable {
    case payment, month, quarter, year, asset
  }
  /// The last day that counts.
  public var asOf: Day
  /// The base currency's code.
  public var currency: String
  /// The payments; empty when grouped.
  public var rows: LazyRows<IncomeRow>
  /// The groups; empty by payment.
  public var groups: [IncomeGroupRow]
  /// Received before tax, in base, of what is known.
  public var grossBase: Decimal
  /// Withheld from it.
  public var taxBase: Decimal
  /// What is left after tax and fee.
  public var netBase: Decimal
  /// Expected payments that are overdue.
  public var overdue: Int
  /// What the sums leave out.
  public var excluded: [Exclusion]
}
