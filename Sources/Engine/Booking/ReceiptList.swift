import Amounts
import Ledger

/// Receipts packed, one after the other.
///
/// A receipt has nine amounts, and most of them are nothing, or the same in base as in its own currency. Only what differs is kept, so that
/// a receipt takes about a third of the room.
struct ReceiptList: Sendable {
  /// What every receipt has.
  struct Row: Sendable {
    /// Microseconds UTC.
    let time: Int64
    let event: Int64
    let asset: Int32
    let account: Int32
    let currency: Int32
    /// The place of the first of its amounts, or with ``odd`` of the whole receipt.
    fileprivate let first: Int32
    fileprivate let kind: UInt8
    /// One more than the place of its text; 0 is none.
    fileprivate let subtype: UInt8
    /// Which amounts are kept, in the order of ``Amount``: a bit each, and the bits above for those in base that equal the own.
    fileprivate let shape: UInt16
  }

  /// The amounts that may be kept, in their order.
  private enum Amount: Int {
    case entitled, gross, tax, fee, accrued, grossBase, taxBase, feeBase, accruedBase
    var kept: UInt16 { 1 << UInt16(rawValue) }
    /// That an amount in base is the one in its own currency.
    var same: UInt16 { kept << 4 }
  }

  /// The shape of a receipt of which something is unknown: it is kept as it is.
  private static let odd = UInt16.max

  private(set) var rows: [Row] = []
  private var amounts: [Decimal] = []
  private var subtypes: [String] = []
  private var odd: [Receipt] = []

  var count: Int { rows.count }

  init() {}

  init(_ receipts: [Receipt]) {
    rows.reserveCapacity(receipts.count)
    for receipt in receipts { append(receipt) }
  }

  mutating func append(_ receipt: Receipt) {
    let first = Int32(amounts.count)
    var shape = UInt16.zero
    guard case .known(let gross) = receipt.gross, case .known(let grossBase) = receipt.grossBase,
      case .known(let taxBase) = receipt.taxBase, case .known(let feeBase) = receipt.feeBase,
      case .known(let accruedBase) = receipt.accruedBase, let subtype = place(of: receipt.subtype)
    else {
      odd.append(receipt)
      return rows.append(row(receipt, 0, Int32(odd.count - 1), 0, ReceiptList.odd))
    }
    func keep(_ value: Decimal, _ amount: Amount) {
      if value.isZero { return }
      amounts.append(value)
      shape |= amount.kept
    }
    func keep(_ value: Decimal, _ amount: Amount, unless own: Decimal) {
      if value == own { shape |= amount.same } else { keep(value, amount) }
    }
    if let entitled = receipt.entitled {
      amounts.append(entitled)
      shape |= Amount.entitled.kept
    }
    keep(gross.amount, .gross)
    keep(receipt.tax, .tax)
    keep(receipt.fee, .fee)
    keep(receipt.accrued, .accrued)
    keep(grossBase, .grossBase, unless: gross.amount)
    keep(taxBase, .taxBase, unless: receipt.tax)
    keep(feeBase, .feeBase, unless: receipt.fee)
    keep(accruedBase, .accruedBase, unless: receipt.accrued)
    rows.append(row(receipt, gross.currency.id, first, subtype, shape))
  }

  /// Takes out all but the first.
  mutating func cut(to count: Int) {
    for row in rows[min(count, rows.count)...].reversed() {
      if row.shape == ReceiptList.odd {
        odd.removeLast(odd.count - Int(row.first))
      } else {
        amounts.removeLast(amounts.count - Int(row.first))
      }
    }
    rows.removeLast(max(0, rows.count - count))
  }

  /// Whether these are others, unchanged: the same elements in the same place.
  func isSame(as other: ReceiptList) -> Bool {
    rows.count == other.rows.count
      && rows.withUnsafeBufferPointer { a in other.rows.withUnsafeBufferPointer { a.baseAddress == $0.baseAddress } }
  }

  /// What kind of income the receipt at a place is, its finer kind if it has one, and its event.
  func order(at place: Int) -> (kind: EventKind, subtype: String?, event: Int64) {
    let row = rows[place]
    if row.shape == ReceiptList.odd {
      let receipt = odd[Int(row.first)]
      return (receipt.kind, receipt.subtype, row.event)
    }
    return (EventKind(rawValue: row.kind) ?? .adjust, row.subtype == 0 ? nil : subtypes[Int(row.subtype) - 1], row.event)
  }

  private func row(_ receipt: Receipt, _ currency: Int32, _ first: Int32, _ subtype: UInt8, _ shape: UInt16) -> Row {
    Row(
      time: receipt.time.microseconds, event: receipt.event.raw, asset: receipt.asset.raw, account: receipt.account.raw, currency: currency,
      first: first, kind: receipt.kind.rawValue, subtype: subtype, shape: shape)
  }

  /// One more than the place of a text, which is noted if it is new; nil when there are too many.
  private mutating func place(of subtype: String?) -> UInt8? {
    guard let subtype else { return 0 }
    if let place = subtypes.firstIndex(of: subtype) { return UInt8(place + 1) }
    guard subtypes.count < 254 else { return nil }
    subtypes.append(subtype)
    return UInt8(subtypes.count)
  }

  /// The receipt at a place.
  subscript(place: Int) -> Receipt {
    let row = rows[place]
    if row.shape == ReceiptList.odd { return odd[Int(row.first)] }
    var next = Int(row.first)
    func take(_ amount: Amount) -> Decimal {
      if row.shape & amount.kept == 0 { return .zero }
      defer { next += 1 }
      return amounts[next]
    }
    func take(_ amount: Amount, orSame own: Decimal) -> Decimal { row.shape & amount.same == 0 ? take(amount) : own }
    let entitled: Decimal? = row.shape & Amount.entitled.kept == 0 ? nil : take(.entitled)
    let (gross, tax, fee, accrued) = (take(.gross), take(.tax), take(.fee), take(.accrued))
    var receipt = Receipt(
      asset: AssetID(row.asset), account: AccountID(row.account), kind: EventKind(rawValue: row.kind) ?? .adjust,
      subtype: row.subtype == 0 ? nil : subtypes[Int(row.subtype) - 1], time: Instant(microseconds: row.time), entitled: entitled,
      gross: .known(Money(gross, Currency(id: row.currency))), tax: tax, fee: fee,
      grossBase: .known(take(.grossBase, orSame: gross)), taxBase: .known(take(.taxBase, orSame: tax)),
      feeBase: .known(take(.feeBase, orSame: fee)), event: EventID(row.event))
    receipt.accrued = accrued
    receipt.accruedBase = .known(take(.accruedBase, orSame: accrued))
    return receipt
  }
}
