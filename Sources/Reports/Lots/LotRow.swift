public import Amounts
public import Ledger

/// Whether a gain is long- or short-term.
public enum Term: String, CaseIterable, Hashable, Sendable {
  /// Disposed of after the holding period.
  case long
  /// Within the holding period.
  case short
}

/// An open lot.
public struct LotRow: Hashable, ReportRow {
  /// The asset.
  public var asset: AssetLabel
  /// Where it is held.
  public var account: AccountLabel
  /// The day it was acquired, in the reporting zone; nil when unknown.
  public var acquired: Day?
  /// Units left; negative is the short part of an oversold position.
  public var quantity: Decimal
  /// Cost / units, 18 places.
  public var unitCost: Figure<Price>
  /// Cost of what is left, in its own currency.
  public var cost: Figure<Money>
  /// The code of the cost's currency.
  public var currency: String?
  /// Cost in base at the acquisition's rate.
  public var costBase: Figure<Decimal>
  /// Worth in base.
  public var value: Figure<Decimal>
  /// Value - cost, in base.
  public var unrealized: Figure<Decimal>
  /// The term a sale on the report's day would have; nil when the acquisition is unknown.
  public var term: Term?
  /// Units no lock holds.
  public var free: Decimal
  /// The first free day of the latest lock.
  public var lockedUntil: Day?
  /// The event that made it.
  public var event: EventID
  /// The first day a sale is long-term; nil when the acquisition is unknown.
  public var longFrom: Day?
  /// Of the gain, what the price made.
  public var gainPrice: Figure<Decimal>
  /// Of the gain, what the currency of the cost made: cost x (rate now - rate at the acquisition).
  public var gainCurrency: Figure<Decimal>

  /// The columns, in the order of FORMATS 2.
  public static let columns = [
    Column("asset", "Asset", .text), Column("account", "Account", .text), Column("acquired", "Acquired", .day),
    Column("quantity", "Quantity", .quantity), Column("unitCost", "Unit cost", .price), Column("cost", "Cost", .money),
    Column("currency", "Cur", .text), Column("costBase", "Cost (base)", .money), Column("term", "Term", .text),
    Column("free", "Free", .quantity), Column("lockedUntil", "Locked until", .day), Column("event", "Event", .integer, quiet: true),
    Column("value", "Value", .money), Column("unrealized", "Unrealized", .money), Column("longFrom", "Long from", .day),
    Column("gainPrice", "By price", .money, quiet: true), Column("gainCurrency", "By currency", .money, quiet: true),
  ]

  /// The values, one for each column.
  public var cells: [Cell] {
    [
      .text(asset.text), .text(account.text), acquired.map { .day($0) } ?? .unknown(.unknownDate), .decimal(quantity), Cell(unitCost),
      Cell(cost), Cell(currency), Cell(costBase), term.map { .text($0.rawValue) } ?? .unknown(.unknownDate), .decimal(free),
      Cell(lockedUntil), .integer(Int(event.raw)), Cell(value), Cell(unrealized),
      longFrom.map { .day($0) } ?? .unknown(.unknownDate), Cell(gainPrice), Cell(gainCurrency),
    ]
  }
}

/// Open lots by asset, account, acquisition, event.
public struct LotsReport: Hashable, Sendable {
  /// The last day that counts.
  public var asOf: Day
  /// The base currency's code.
  public var currency: String
  /// The lots.
  public var rows: [LotRow]
  /// Sum of known costs in base.
  public var costBase: Decimal
  /// What the sum leaves out.
  public var excluded: [Exclusion]
}
