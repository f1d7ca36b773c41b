import Amounts
import Ledger

/// What portfolio trackers print per row: something received, something sent, a fee, and a word that tells what for.
struct TrackerRow {
  var moment: Moment
  var received: UnitAmount?
  var sent: UnitAmount?
  var fee: UnitAmount?
  /// What the row was worth then, if the tracker says.
  var worth: UnitAmount?
  var account: String?
  var toAccount: String?
  var note: String?
  var txHash: String?
  var externalID: String?

  /// What the word of the row makes of units that come in, go out or change.
  enum Meaning: Hashable, Sendable {
    case trade
    case into(EventKind, String? = nil)
    case out(EventKind, String? = nil)
    case transfer
  }

  /// Kinds whose worth is their value. A worth of arriving units would pass for their cost.
  private static let valued: Set<EventKind> = [.swap, .reward, .airdrop, .mining, .deliveryIn, .deliveryOut]

  /// The event; nil when a side the meaning needs is missing.
  func event(_ meaning: Meaning) -> EventDraft? {
    guard var event = bare(meaning) else { return nil }
    event.account = account
    if let fee, !fee.value.isZero { event.charge(fee.value.magnitude, KnownMoney.asset(fee.unit)) }
    event.externalID = externalID
    if event.gross == nil, TrackerRow.valued.contains(event.kind), let worth, !worth.value.isZero, !worth.unit.isEmpty {
      (event.gross, event.currency) = (worth.value.magnitude, KnownMoney.asset(worth.unit))
    }
    if note != nil || txHash != nil { event.detail { ($0.note, $0.txHash) = (note, txHash) } }
    return event
  }

  private func bare(_ meaning: Meaning) -> EventDraft? {
    switch meaning {
    case .trade:
      guard let sent, let received else { return nil }
      return EventDraft.trade(
        at: moment, gave: (KnownMoney.asset(sent.unit), sent.value), got: (KnownMoney.asset(received.unit), received.value))
    case .into(let kind, let subtype): return received.map { one($0, kind, subtype) }
    case .out(let kind, let subtype): return sent.map { one($0, kind, subtype) }
    case .transfer:
      guard let moved = sent ?? received else { return nil }
      var event = one(moved, .transfer, nil)
      event.toAccount = toAccount
      return event
    }
  }

  private func one(_ amount: UnitAmount, _ kind: EventKind, _ subtype: String?) -> EventDraft {
    let asset = KnownMoney.asset(amount.unit)
    var event: EventDraft
    switch kind {
    case .deposit: event = .deposit(at: moment, asset, amount.value)
    case .withdraw: event = .withdrawal(at: moment, asset, amount.value)
    default: event = EventDraft(kind, at: moment, asset: asset, quantity: amount.value.magnitude)
    }
    // Income in money has the money as its gross.
    if [.interest, .dividend].contains(kind) { (event.currency, event.gross) = (asset, amount.value.magnitude) }
    if let subtype { event.detail { $0.subtype = subtype } }
    return event
  }
}

extension Row {
  /// A number and the unit in a column of its own; nil when the number is missing or zero.
  func amountPair(_ number: String, _ unit: String) throws(RowProblem) -> UnitAmount? {
    guard let value = try nonZeroDecimal(number) else { return nil }
    return UnitAmount(value: value, unit: try text(unit))
  }
}
