import Amounts
import Engine
public import Ledger

/// Events of a file as the import report shows them: names as the file gives them, movements as Florin understands them.
public enum DraftEvents {
  /// One nested value for each event.
  public static func cells(of drafts: [EventDraft]) -> [Cell] {
    var names = SymbolTable()
    return drafts.map { draft in
      var table = EventTable()
      table.append(names.event(draft))
      let legs = draft.details?.legs.isEmpty ?? true ? table.legs(at: 0) : names.legs(draft)
      let amount = draft.gross ?? draft.quantity.flatMap { quantity in draft.price.flatMap { try? quantity.multiplied(by: $0) } }
      let value: Cell =
        if let amount, let currency = draft.currency {
          .object([.init("amount", .decimal(amount)), .init("currency", .text(currency.symbol))])
        } else {
          .none
        }
      return .object([
        .init("kind", .text(draft.kind.reportName)), .init("time", .instant(draft.time)), .init("account", Cell(draft.account)),
        .init(
          "legs",
          .list(
            legs.map { leg in
              .object([
                .init("account", Cell(names.account(leg.account))), .init("asset", .text(names.symbol(leg.asset))),
                .init("quantity", .decimal(leg.quantity)), .init("role", .text(leg.role.code)),
              ])
            })), .init("value", value), .init("externalId", Cell(draft.externalID)),
        .init("lines", .list(draft.lines.map { .integer($0) })),
      ])
    }
  }
}

/// Numbers the names of a file, so that its events can be followed like stored ones.
private struct SymbolTable {
  private var symbols: [String] = [""]
  private var accounts: [String] = [""]
  private var symbolIDs: [String: Int32] = [:]
  private var accountIDs: [String: Int32] = [:]

  func symbol(_ id: AssetID) -> String { symbols[Int(id.raw)] }
  func account(_ id: AccountID) -> String? { id.raw == 0 ? nil : accounts[Int(id.raw)] }

  private mutating func asset(_ ref: AssetRef) -> AssetID {
    if let known = symbolIDs[ref.symbol] { return AssetID(known) }
    symbols.append(ref.symbol)
    symbolIDs[ref.symbol] = Int32(symbols.count - 1)
    return AssetID(Int32(symbols.count - 1))
  }

  private mutating func account(named name: String?) -> AccountID? {
    guard let name else { return nil }
    if let known = accountIDs[name] { return AccountID(known) }
    accounts.append(name)
    accountIDs[name] = Int32(accounts.count - 1)
    return AccountID(Int32(accounts.count - 1))
  }

  mutating func legs(_ draft: EventDraft) -> [Leg] {
    (draft.details?.legs ?? []).map { leg in
      Leg(
        account: account(named: leg.account ?? draft.account) ?? AccountID(0), asset: asset(leg.asset), quantity: leg.quantity,
        role: leg.role)
    }
  }

  mutating func event(_ draft: EventDraft) -> Event {
    var event = Event(id: EventID(1), kind: draft.kind, time: draft.time, asset: asset(draft.asset), batch: BatchID(0))
    event.account = account(named: draft.account)
    event.toAccount = account(named: draft.toAccount)
    event.quantity = draft.quantity
    event.price = draft.price
    event.currency = draft.currency.map { asset($0).asCurrency }
    event.gross = draft.gross
    event.fee = draft.fee
    event.feeAsset = draft.feeAsset.map { asset($0) }
    event.tax = draft.tax
    guard let details = draft.details else { return event }
    var extra = EventExtra()
    extra.toAsset = details.toAsset.map { asset($0) }
    extra.toQuantity = details.toQuantity
    extra.ratio = details.ratio
    extra.fxRate = details.fxRate
    extra.settleCurrency = details.settleCurrency.map { asset($0).asCurrency }
    event.extra = extra
    return event
  }
}
