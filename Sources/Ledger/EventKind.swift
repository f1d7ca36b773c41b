/// What happened. The raw value is stored; never renumber.
public enum EventKind: UInt8, CaseIterable, Hashable, Sendable {
  case deposit = 1
  case withdraw = 2
  case deliveryIn = 3
  case deliveryOut = 4
  case buy = 5
  case sell = 6
  case convert = 7
  case swap = 8
  case transfer = 9
  case dividend = 10
  case interest = 11
  case returnOfCapital = 12
  case reward = 13
  case airdrop = 14
  case mining = 15
  case redemption = 16
  case writeoff = 17
  case split = 18
  case migration = 19
  case merger = 20
  case spinoff = 21
  case giftIn = 22
  case giftOut = 23
  case donateOut = 24
  case fee = 25
  case tax = 26
  case feeRefund = 27
  case taxRefund = 28
  case interestCharge = 29
  case borrow = 30
  case repay = 31
  case liquidation = 32
  case stake = 33
  case unstake = 34
  case wrap = 35
  case unwrap = 36
  case slash = 37
  case adjust = 38

  /// The `type` cell of florin.events.v1: `DELIVERY_IN`.
  public var code: String {
    switch self {
    case .deposit: "DEPOSIT"
    case .withdraw: "WITHDRAW"
    case .deliveryIn: "DELIVERY_IN"
    case .deliveryOut: "DELIVERY_OUT"
    case .buy: "BUY"
    case .sell: "SELL"
    case .convert: "CONVERT"
    case .swap: "SWAP"
    case .transfer: "TRANSFER"
    case .dividend: "DIVIDEND"
    case .interest: "INTEREST"
    case .returnOfCapital: "RETURN_OF_CAPITAL"
    case .reward: "REWARD"
    case .airdrop: "AIRDROP"
    case .mining: "MINING"
    case .redemption: "REDEMPTION"
    case .writeoff: "WRITEOFF"
    case .split: "SPLIT"
    case .migration: "MIGRATION"
    case .merger: "MERGER"
    case .spinoff: "SPINOFF"
    case .giftIn: "GIFT_IN"
    case .giftOut: "GIFT_OUT"
    case .donateOut: "DONATE_OUT"
    case .fee: "FEE"
    case .tax: "TAX"
    case .feeRefund: "FEE_REFUND"
    case .taxRefund: "TAX_REFUND"
    case .interestCharge: "INTEREST_CHARGE"
    case .borrow: "BORROW"
    case .repay: "REPAY"
    case .liquidation: "LIQUIDATION"
    case .stake: "STAKE"
    case .unstake: "UNSTAKE"
    case .wrap: "WRAP"
    case .unwrap: "UNWRAP"
    case .slash: "SLASH"
    case .adjust: "ADJUST"
    }
  }

  private static let byCode: [String: EventKind] = Dictionary(uniqueKeysWithValues: allCases.map { ($0.code, $0) })

  /// The kind with this code; case does not matter.
  public init?(code: String) {
    guard let kind = EventKind.byCode[code] ?? EventKind.byCode[code.uppercased()] else { return nil }
    self = kind
  }

  /// The `kind` of FORMATS 2: the lower-case type, with `withdrawal`, `swap` for CONVERT and `gift` for all gifts.
  public var reportName: String {
    switch self {
    case .withdraw: "withdrawal"
    case .convert: "swap"
    case .giftIn, .giftOut, .donateOut: "gift"
    default: code.lowercased()
    }
  }

  /// The order of events at one instant: what brings units comes before what moves them, before what takes them.
  ///
  /// Splits and other changes of the unit itself come first, so that a trade at the same instant is in new units.
  public var rank: UInt8 {
    switch self {
    case .split: 0
    case .migration, .merger, .spinoff: 1
    case .deposit, .deliveryIn, .buy, .giftIn, .borrow: 2
    case .convert, .swap: 3
    case .reward, .airdrop, .mining, .feeRefund, .taxRefund: 4
    case .stake, .unstake, .wrap, .unwrap: 5
    case .transfer: 6
    case .dividend, .interest, .returnOfCapital: 7
    case .sell, .redemption, .liquidation: 8
    case .deliveryOut, .withdraw, .giftOut, .donateOut, .repay: 9
    case .fee, .tax, .interestCharge, .slash, .writeoff: 10
    case .adjust: 11
    }
  }
}

/// Whether an event counts.
public enum EventStatus: UInt8, CaseIterable, Hashable, Sendable {
  /// Settled and counted.
  case posted = 0
  /// Announced: shown apart, in value, not free.
  case pending = 1
  /// Cancelled: kept for the record, counted nowhere.
  case void = 2

  /// The `status` cell.
  public var code: String {
    switch self {
    case .posted: "posted"
    case .pending: "pending"
    case .void: "void"
    }
  }

  /// The status with this code.
  public init?(code: String) {
    guard let status = EventStatus.allCases.first(where: { $0.code == code }) else { return nil }
    self = status
  }
}
