public import Amounts
import Engine
public import Ledger

/// A part of a disposal matched with one lot.
public struct GainRow: Hashable, ReportRow {
  /// The asset disposed of.
  public var asset: AssetLabel
  /// Where it left.
  public var account: AccountLabel
  /// What kind of disposal.
  public var kind: DisposalKind
  /// The day the lot was acquired; nil when unknown.
  public var acquired: Day?
  /// The day of the disposal.
  public var disposed: Day
  /// Units.
  public var quantity: Decimal
  /// Proceeds in their own currency.
  public var proceeds: Figure<Money>
  /// Cost in its own currency.
  public var cost: Figure<Money>
  /// Proceeds - cost; unknown when their currencies differ.
  public var gain: Figure<Money>
  /// The code of the proceeds' currency.
  public var currency: String?
  /// Proceeds in base at the disposal's rate.
  public var proceedsBase: Figure<Decimal>
  /// Cost in base at the acquisition's rate.
  public var costBase: Figure<Decimal>
  /// Proceeds - cost in base.
  public var gainBase: Figure<Decimal>
  /// Long or short; nil when the acquisition is unknown.
  public var term: Term?
  /// The event that disposed.
  public var event: EventID
  /// Of the gain in base, what the price made.
  public var gainPrice: Figure<Decimal>
  /// Of the gain in base, what the currency of the cost made.
  public var gainCurrency: Figure<Decimal>

  /// The event that acquired; nil for units that were not held.
  public var lotEvent: EventID?

  /// The columns, in the order of FORMATS 2.
  public static let columns = [
    Column("asset", "Asset", .text), Column("account", "Account", .text), Column("kind", "Kind", .text),
    Column("acquired", "Acquired", .day), Column("disposed", "Disposed", .day), Column("quantity", "Quantity", .quantity),
    Column("proceeds", "Proceeds", .money), Column("cost", "Cost", .money), Column("gain", "Gain", .money),
    Column("currency", "Cur", .text), Column("proceedsBase", "Proceeds (base)", .money, quiet: true),
    Column("costBase", "Cost (base)", .money, quiet: true), Column("gainBase", "Gain (base)", .money), Column("term", "Term", .text),
    Column("event", "Event", .integer, quiet: true), Column("gainPrice", "By price", .money, quiet: true),
    Column("gainCurrency", "By currency", .money, quiet: true),
  ]

  /// The values, one for each column.
  public var cells: [Cell] {
    [
      .text(asset.text), .text(account.text), .text(kind.rawValue), acquired.map { .day($0) } ?? .unknown(.unknownDate), .day(disposed),
      .decimal(quantity), Cell(proceeds), Cell(cost), Cell(gain), Cell(currency), Cell(proceedsBase), Cell(costBase), Cell(gainBase),
      term.map { .text($0.rawValue) } ?? .unknown(.unknownDate), .integer(Int(event.raw)),
      Cell(gainPrice), Cell(gainCurrency),
    ]
  }
}

extension GainRow {
  /// The row of a part of a disposal.
  init(_ piece: GainPiece, _ parts: CurrencyParts, _ names: Names, _ settings: BookSettings) {
    let acquired = piece.acquired.map { settings.zone.day(of: $0) }
    let disposed = settings.zone.day(of: piece.disposed)
    let byCurrency = parts.currencyPart(of: piece)
    self.init(
      asset: names.asset(piece.asset), account: names.account(piece.account), kind: piece.kind, acquired: acquired, disposed: disposed,
      quantity: piece.quantity, proceeds: piece.proceeds, cost: piece.cost, gain: piece.gain,
      currency: names.currency(piece.proceeds) ?? names.currency(piece.cost), proceedsBase: piece.proceedsBase,
      costBase: piece.costBase, gainBase: piece.gainBase,
      term: acquired.map { Term(from: $0, to: disposed, months: settings.holdingMonths) }, event: piece.event,
      gainPrice: piece.gainBase.with(byCurrency) { (gain, currency) throws(DecimalError) in try gain.subtracting(currency) },
      gainCurrency: byCurrency, lotEvent: piece.lotEvent)
  }

  /// Days the lot was held; nil when the acquisition is unknown.
  public var daysHeld: Int? { acquired.map { disposed - $0 } }
}

/// The gains of one asset, account, year or term.
public struct GainGroupRow: Hashable, ReportRow {
  /// What the gains have in common: a symbol, a name, `2024`, `long`.
  public var key: String
  /// The code of the one currency of all gains; nil when there are several.
  public var currency: String?
  /// The sum in that currency; unknown when there are several currencies.
  public var gain: Figure<Decimal>
  /// The sum in base of what is known.
  public var gainBase: Decimal
  /// Pieces whose gain in base is unknown.
  public var unknown: Int
  /// Of it what the price made; unknown when that is not known of every part.
  public var gainPrice: Figure<Decimal>
  /// Of it what currencies made.
  public var gainCurrency: Figure<Decimal>
  /// By year: whether it is closed in every portfolio in view; nil otherwise.
  public var isClosed: Bool?

  /// The columns, in the order of FORMATS 2.
  public static let columns = [
    Column("key", "Key", .text), Column("currency", "Cur", .text), Column("gain", "Gain", .money),
    Column("gainBase", "Gain (base)", .money), Column("unknown", "Unknown", .integer),
    Column("gainPrice", "By price", .money), Column("gainCurrency", "By currency", .money),
    Column("closed", "Closed", .flag),
  ]

  /// The values, one for each column.
  public var cells: [Cell] {
    [
      .text(key), Cell(currency), Cell(gain), .decimal(gainBase), .integer(unknown), Cell(gainPrice), Cell(gainCurrency),
      isClosed.map { .flag($0) } ?? .none,
    ]
  }
}

/// Realised gains by disposal, event, acquisition.
public struct GainsReport: Sendable {
  /// What the grouped rows have in common.
  public enum Grouping: String, CaseIterable, Hashable, Sendable {
    case disposal, asset, account, year, term
  }
  /// The last day that counts.
  public var asOf: Day
  /// The base currency's code.
  public var currency: String
  /// The matched parts; empty when grouped.
  public var rows: LazyRows<GainRow>
  /// The groups; empty by disposal.
  public var groups: [GainGroupRow]
  /// The sum in base of what is known.
  public var gainBase: Decimal
  /// Of the sum, what currencies made; unknown when that is not known of every part.
  public var gainCurrency: Figure<Decimal>
  /// What the sum leaves out.
  public var excluded: [Exclusion]

  /// Of the sum, what prices made.
  public var gainPrice: Figure<Decimal> {
    gainCurrency.map { (currency) throws(DecimalError) in try gainBase.subtracting(currency) }
  }
}
