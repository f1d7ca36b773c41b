public import Amounts
import Engine
public import Ledger

/// Something a person should know before trusting the figures.
public struct Notice: Hashable, Sendable {
  /// How much it matters.
  public enum Severity: Int, Comparable, Hashable, Sendable {
    case info, warning, error
    /// Order of weight.
    public static func < (a: Severity, b: Severity) -> Bool { a.rawValue < b.rawValue }
  }
  /// What it is about.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    case unpriced, staleNav, stalePrice, unknownBasis, oversold, negativeCash, feeValueUnknown, overflow, overdue, shortPaid
    case overPaid, missingNav, lotNotFound, basisShareUnknown, unmatchedTransfer, closedYearDiffers, noRate, unknownDate, unknownProceeds,
      unknownIncome
    case unknownDays, debtOutside
  }
  /// How much it matters.
  public var severity: Severity
  /// What it is about.
  public var kind: Kind
  /// The asset.
  public var asset: AssetLabel?
  /// The account.
  public var account: AccountLabel?
  /// Since when.
  public var since: Day?
  /// How much: units, days or money, as the message says.
  public var amount: Decimal?
  /// One sentence.
  public var message: String
  /// What to do about it.
  public var fix: String
  /// The first event that shows it; nil when it is about no event.
  public var event: EventID?
  /// The event that linking it with would make one transfer; nil when there is nothing to link.
  public var partner: EventID?
  /// What mends it; nil when only a person can tell.
  public var remedy: Remedy?
}

/// An asset that moved.
public struct Mover: Hashable, Sendable {
  /// The asset.
  public var asset: AssetLabel
  /// Its class.
  public var assetClass: AssetClass
  /// Change of the unit value, a fraction.
  public var change: Decimal
  /// What that did to the holding, in base.
  public var amount: Figure<Decimal>
}

/// The next payment that is expected.
public struct NextPayment: Hashable, Sendable {
  /// Who pays.
  public var asset: AssetLabel
  /// The kind of income.
  public var kind: String
  /// When.
  public var pay: Day
  /// Whether it is declared, not estimated.
  public var isDeclared: Bool
  /// Before tax, in its own currency.
  public var gross: Figure<Money>
  /// The code of its currency.
  public var currency: String?
}

/// The first screen's figures. Amounts in base.
public struct OverviewReport: Hashable, Sendable {
  /// The last day that counts.
  public var asOf: Day
  /// The base currency's code.
  public var currency: String
  /// The sums over all holdings.
  public var totals: HoldingTotals
  /// What the sums leave out.
  public var excluded: [Exclusion]
  /// Total value by the classes' default modes, when some asset's mode was chosen otherwise; nil when no asset's was.
  public var valueAtDefaults: Decimal?
  /// Change of the total over a day at today's quantities, in base, of what is known.
  public var change1d: Figure<Decimal>
  /// The same over 30 days.
  public var change30d: Figure<Decimal>
  /// Net income received in the last 12 months.
  public var income12: Decimal
  /// Gross expected in the next 12 months.
  public var forward12: Figure<Decimal>
  /// The next expected payment.
  public var next: NextPayment?
  /// Largest changes of unit value over a day (30 days for assets quoted less often), by size.
  public var movers: [Mover]
  /// Largest holdings by value.
  public var largest: [HoldingRow]
  /// Value by class, for bars.
  public var classes: [AllocationRow]
  /// Heaviest first.
  public var notices: [Notice]
  /// Value by day, oldest first.
  public var history: [HistoryPoint]
}
