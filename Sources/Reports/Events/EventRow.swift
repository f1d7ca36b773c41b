public import Amounts
public import Ledger

/// A recorded event with names instead of ids.
public struct EventRow: Hashable, ReportRow {
  /// A movement of the event.
  public struct LegRow: Hashable, Sendable {
    /// Where; nil when the event has no account.
    public var account: String?
    /// What.
    public var asset: String
    /// Positive arrives, negative leaves.
    public var quantity: Decimal
    /// Principal, fee or tax.
    public var role: LegRole
  }
  /// Its id.
  public var id: EventID
  /// The lower-case kind.
  public var kind: String
  /// When, in UTC.
  public var time: Instant
  /// Whether the source gave a date without a time.
  public var isDateOnly: Bool
  /// The day in the reporting zone.
  public var day: Day
  /// The account's name.
  public var account: String?
  /// The receiving account of a transfer.
  public var toAccount: String?
  /// The asset.
  public var asset: AssetLabel
  /// Units; positive except for an adjustment. Nil when the source gives none.
  public var quantity: Decimal?
  /// Per unit, in `currency`.
  public var price: Decimal?
  /// Cash that moves, without fee and tax.
  public var gross: Decimal?
  /// The code of the currency of price, gross and tax.
  public var currency: String?
  /// In units of `feeAsset`.
  public var fee: Decimal?
  /// What the fee is paid in.
  public var feeAsset: String?
  /// Withheld.
  public var tax: Decimal?
  /// All movements.
  public var legs: [LegRow]
  /// Whether it counts.
  public var status: EventStatus
  /// The import or edit it came with.
  public var batch: BatchID
  /// The line of its file; nil when it did not come from a file.
  public var line: Int?
  /// A remark.
  public var note: String?
  /// The source's own id; nil when it has none, or the report was made without.
  public var externalID: String?
  /// The id of the format it was read as; nil when the report was made without.
  public var source: String?

  /// The columns, in the order of FORMATS 2.
  public static let columns = [
    Column("kind", "Kind", .text), Column("time", "Time", .instant), Column("account", "Account", .text),
    Column("legs", "Legs", .nested, quiet: true), Column("value", "Value", .nested, quiet: true),
    Column("externalId", "External id", .text, quiet: true), Column("lines", "Lines", .nested, quiet: true),
    Column("id", "Id", .integer), Column("batch", "Batch", .integer, quiet: true), Column("source", "Source", .text, quiet: true),
    Column("line", "Line", .integer, quiet: true), Column("note", "Note", .text, quiet: true), Column("asset", "Asset", .text),
    Column("quantity", "Quantity", .quantity), Column("price", "Price", .price), Column("gross", "Gross", .money),
    Column("currency", "Cur", .text), Column("fee", "Fee", .quantity), Column("feeAsset", "In", .text), Column("tax", "Tax", .money),
    Column("toAccount", "To", .text), Column("status", "Status", .text, quiet: true),
  ]

  /// The values, one for each column.
  public var cells: [Cell] {
    let value: Cell =
      if let amount = gross, let currency {
        .object([.init("amount", .decimal(amount)), .init("currency", .text(currency))])
      } else {
        .none
      }
    let legs = legs.map { leg in
      Cell.object([
        .init("account", Cell(leg.account)), .init("asset", .text(leg.asset)), .init("quantity", .decimal(leg.quantity)),
        .init("role", .text(leg.role.code)),
      ])
    }
    func number(_ value: Decimal?) -> Cell { value.map { .decimal($0) } ?? .none }
    return [
      .text(kind), .instant(time), Cell(account), .list(legs), value, Cell(externalID), .list(line.map { [.integer($0)] } ?? []),
      .integer(Int(id.raw)), .integer(Int(batch.raw)), Cell(source), line.map { .integer($0) } ?? .none, Cell(note), .text(asset.text),
      number(quantity), number(price), number(gross), Cell(currency), number(fee), Cell(feeAsset), number(tax), Cell(toAccount),
      .text(status.code),
    ]
  }
}
