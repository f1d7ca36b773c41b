import Amounts
import Archive
import Ledger

/// A ticker that several assets bear and nothing tells apart.
struct Unresolved: Error {
  let symbol: String
}

extension NameResolver {
  /// The event a draft tells, with ids for names; its own id is 0.
  ///
  /// - Parameter account: where the draft names none.
  func event(_ draft: EventDraft, account name: String, batch: BatchID) throws(ArchiveError) -> Result<Event, Unresolved> {
    guard let asset = try asset(draft.asset) else { return .failure(Unresolved(symbol: draft.asset.symbol)) }
    var event = Event(id: EventID(0), kind: draft.kind, time: draft.time, asset: asset, batch: batch)
    event.isDateOnly = draft.isDateOnly
    event.status = draft.status
    event.line = draft.lines.first ?? 0
    // A split without an account applies everywhere.
    if draft.account != nil || draft.kind != .split { event.account = try account(draft.account ?? name) }
    if draft.toAccount != nil || draft.kind == .transfer { event.toAccount = try account(draft.toAccount ?? name) }
    event.quantity = draft.quantity
    event.price = draft.price
    event.gross = draft.gross
    event.fee = draft.fee
    event.feeValue = draft.feeValue
    event.tax = draft.tax
    if let ref = draft.currency {
      guard let found = try self.asset(ref) else { return .failure(Unresolved(symbol: ref.symbol)) }
      event.currency = found.asCurrency
    }
    if let ref = draft.feeAsset {
      guard let found = try self.asset(ref) else { return .failure(Unresolved(symbol: ref.symbol)) }
      event.feeAsset = found
    }
    if let details = draft.details {
      switch try extra(details, event, account: name) {
      case .success(let extra): event.extra = extra
      case .failure(let unresolved): return .failure(unresolved)
      }
    }
    return .success(event)
  }

  private func extra(_ details: EventDetails, _ event: Event, account name: String) throws(ArchiveError) -> Result<EventExtra, Unresolved> {
    var extra = EventExtra()
    if let ref = details.toAsset {
      guard let found = try asset(ref) else { return .failure(Unresolved(symbol: ref.symbol)) }
      extra.toAsset = found
    }
    if let ref = details.settleCurrency {
      guard let found = try asset(ref) else { return .failure(Unresolved(symbol: ref.symbol)) }
      extra.settleCurrency = found.asCurrency
    }
    for leg in details.legs {
      guard let found = try asset(leg.asset) else { return .failure(Unresolved(symbol: leg.asset.symbol)) }
      let place: AccountID
      if let own = event.account, leg.account == nil { place = own } else { place = try account(leg.account ?? name) }
      extra.legs.append(Leg(account: place, asset: found, quantity: leg.quantity, role: leg.role))
    }
    extra.toQuantity = details.toQuantity
    extra.ratio = details.ratio
    extra.subtype = details.subtype
    extra.fxRate = details.fxRate
    extra.settleDate = details.settleDate
    extra.basisShare = details.basisShare
    extra.acquired = details.acquired
    extra.lotSelector = details.lotSelector
    extra.accrued = details.accrued
    extra.taxCountry = details.taxCountry
    extra.taxRate = details.taxRate
    extra.txHash = details.txHash
    extra.note = details.note
    extra.timeText = details.timeText
    extra.tradeKey = details.tradeKey
    return .success(extra)
  }
}
