import Amounts
import Ledger

/// Events out of statement rows.
enum BinanceEvents {
  /// What a row on its own is.
  enum Single {
    case event(EventDraft)
    case ignored(String)
  }

  /// An event about the row's coin, always with a positive quantity except for an adjustment.
  static func event(_ kind: EventKind, _ row: StatementRow, subtype: String? = nil) -> EventDraft {
    let quantity = kind == .adjust ? row.change : row.change.magnitude
    let moment = Moment(row.time)
    var event =
      switch kind {
      case .deposit: EventDraft.deposit(at: moment, KnownMoney.asset(row.coin), quantity)
      case .withdraw: EventDraft.withdrawal(at: moment, KnownMoney.asset(row.coin), quantity)
      default: EventDraft(kind, at: row.time, asset: KnownMoney.asset(row.coin), quantity: quantity)
      }
    event.account = row.wallet.accountName
    let note = row.remark.isEmpty ? row.name : "\(row.name): \(row.remark)"
    event.detail {
      $0.subtype = subtype
      $0.note = note
    }
    return event
  }

  /// A row that needs no other.
  static func single(_ row: StatementRow) -> Single {
    if row.change.isZero { return .ignored("the change is zero") }
    let isIn = row.change.isPositive
    switch row.operation {
    case .flow: return .event(event(isIn ? .deposit : .withdraw, row))
    case .income(let kind, let subtype):
      if !isIn { return .event(event(.adjust, row, subtype: subtype)) }
      return .event(income(kind, row, subtype))
    case .lock:
      if let coin = receipt(row.coin) { return .ignored("\(row.coin) is the receipt for locked \(coin), which stays yours") }
      return .event(event(isIn ? .unstake : .stake, row, subtype: "earn"))
    case .savingsDistribution:
      if let coin = receipt(row.coin) { return .ignored("\(row.coin) is the receipt for locked \(coin), which stays yours") }
      return .event(isIn ? income(.reward, row, "interest") : event(.stake, row, subtype: "earn"))
    case .profit: return .event(event(isIn ? .reward : .fee, row, subtype: "futures"))
    case .charge(let kind, let subtype): return .event(event(isIn ? .feeRefund : kind, row, subtype: subtype))
    case .fee: return .event(event(isIn ? .feeRefund : .fee, row))
    case .loan: return .event(event(isIn ? .borrow : .repay, row))
    case .spending:
      if isIn { return .event(event(.deposit, row, subtype: "refund")) }
      return .event(event(KnownMoney.isFiat(row.coin) ? .withdraw : .deliveryOut, row, subtype: "spending"))
    case .trade(.card): return .event(event(isIn ? .deposit : .withdraw, row))
    case .correction, .trade, .transfer: return .event(event(.adjust, row))
    }
  }

  private static func income(_ kind: EventKind, _ row: StatementRow, _ subtype: String) -> EventDraft {
    guard KnownMoney.isFiat(row.coin), kind == .reward else { return event(kind, row, subtype: subtype) }
    // Interest on cash has the currency as its asset and the amount as gross.
    var interest = event(subtype == "interest" ? .interest : .reward, row, subtype: subtype)
    if subtype == "interest" {
      interest.currency = interest.asset
      interest.gross = row.change
    }
    return interest
  }

  /// The coin a receipt of flexible savings stands for: `LDUSDT` -> `USDT`. Lido's token is called LDO and is none.
  static func receipt(_ coin: String) -> String? {
    guard coin.hasPrefix("LD"), coin.count >= 4 || coin == "LDT" else { return nil }
    return String(coin.dropFirst(2))
  }

  /// One side or both of a transfer between two wallets.
  static func transfer(_ row: StatementRow, _ other: StatementRow?) -> EventDraft {
    let leaves = row.change.isNegative ? row : other
    var from = leaves?.wallet
    var to = (row.change.isNegative ? other : row)?.wallet
    if other == nil, case .transfer(let first, let second) = row.operation {
      let partner = row.wallet == first ? second : row.wallet == second ? first : (first == .spot ? second : first)
      if from == nil { from = partner } else { to = partner }
    }
    var event = event(.transfer, row)
    event.account = from?.accountName
    event.toAccount = to?.accountName
    return event
  }

  /// A trade out of several rows; nil when nothing moves.
  static func trade(_ trade: StatementTrade, _ sample: StatementRow) -> EventDraft? {
    guard let gave = trade.given.first, let got = trade.received.first else { return costs(trade, sample) }
    let moment = Moment(trade.time)
    var event = EventDraft.trade(
      at: moment, gave: (KnownMoney.asset(gave.coin), gave.quantity), got: (KnownMoney.asset(got.coin), got.quantity))
    if case .trade(.redenomination) = sample.operation {
      event = EventDraft(.migration, at: moment, asset: KnownMoney.asset(gave.coin), quantity: gave.quantity)
      event.detail { ($0.toAsset, $0.toQuantity) = (KnownMoney.asset(got.coin), got.quantity) }
    }
    if trade.given.count == 1, trade.received.count == 1, trade.fees.count <= 1 {
      if let fee = trade.fees.first { event.charge(fee.quantity, KnownMoney.asset(fee.coin)) }
    } else {
      let legs = legs(trade)
      if trade.given.count + trade.received.count > 2 {
        event = EventDraft(.swap, at: moment, asset: KnownMoney.asset(gave.coin), quantity: gave.quantity)
        event.detail { ($0.toAsset, $0.toQuantity) = (KnownMoney.asset(got.coin), got.quantity) }
      }
      event.detail { $0.legs = legs }
    }
    event.account = sample.wallet.accountName
    event.detail {
      $0.note = sample.remark.isEmpty ? sample.name : "\(sample.name): \(sample.remark)"
      if trade.given.count == 1, trade.received.count == 1, sample.wallet == .spot, case .trade(.spot) = sample.operation {
        $0.tradeKey = tradeKey(trade.time, gave: gave, got: got)
      }
    }
    return event
  }

  /// What identifies a fill in the statement and in the trade history alike: its second and both amounts.
  static func tradeKey(_ time: Instant, gave: StatementLeg, got: StatementLeg) -> String {
    "binance \(time) -\(gave.quantity) \(gave.coin) +\(got.quantity) \(got.coin)"
  }

  private static func legs(_ trade: StatementTrade) -> [LegDraft] {
    trade.given.map { LegDraft(asset: KnownMoney.asset($0.coin), quantity: -$0.quantity) }
      + trade.received.map { LegDraft(asset: KnownMoney.asset($0.coin), quantity: $0.quantity) }
      + trade.fees.map { LegDraft(asset: KnownMoney.asset($0.coin), quantity: -$0.quantity, role: .fee) }
  }

  /// A trade of which only costs, or only one side after netting, are left.
  private static func costs(_ trade: StatementTrade, _ sample: StatementRow) -> EventDraft? {
    let left = trade.given.map { StatementLeg(coin: $0.coin, quantity: -$0.quantity) } + trade.received
    guard let leg = trade.fees.first.map({ StatementLeg(coin: $0.coin, quantity: -$0.quantity) }) ?? left.first else { return nil }
    let kind: EventKind = trade.fees.isEmpty ? .adjust : leg.quantity.isNegative ? .fee : .feeRefund
    var event = EventDraft(
      kind, at: Moment(trade.time), asset: KnownMoney.asset(leg.coin), quantity: kind == .adjust ? leg.quantity : leg.quantity.magnitude)
    event.account = sample.wallet.accountName
    let all = legs(trade)
    event.detail {
      $0.note = sample.name
      if all.count > 1 { $0.legs = all }
    }
    return event
  }
}
