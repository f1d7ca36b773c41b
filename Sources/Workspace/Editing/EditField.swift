import Engine
public import Ledger

/// A field that a person fills in: a column of FORMATS 1.
public struct EditField: Hashable, Sendable {
  /// What its text must be.
  public enum Form: Hashable, Sendable {
    case text, time, day, whole, ratio, asset, currency, account, portfolio
    /// A day of the month, 1 to 31.
    case monthDay
    /// A number above zero, or not below zero.
    case amount(allowsZero: Bool)
    /// A number of either sign but zero.
    case signed
    /// A number from 0 to 1, also written as `75 %`.
    case fraction
    /// One of a few words.
    case choice([String])
    /// Any text; these are what people usually write.
    case usual([String])

    /// Whether `10.00` is the same as `10` in it.
    var isNumber: Bool {
      switch self {
      case .amount, .signed, .fraction: true
      default: false
      }
    }
  }

  /// The column's name.
  public let name: String
  /// What its text must be.
  public let form: Form
  /// What it means, in a few words.
  public let help: String

  init(_ name: String, _ form: Form, _ help: String) {
    self.name = name
    self.form = form
    self.help = help
  }

  /// The name for people: `to_asset` is `to asset`.
  public var label: String { String(name.map { $0 == "_" ? " " : $0 }) }

  /// The fields of a subject, in the order people fill them in.
  public static func all(_ subject: EditSubject) -> [EditField] {
    switch subject {
    case .event: events
    case .price: quoteHead + [EditField("kind", .choice(["close", "fx"]), "close, or fx where the asset is a currency")] + quoteTail
    case .nav: quoteHead + navTail + quoteTail
    case .distribution: distributions
    case .restriction: restrictions
    case .target: targets
    case .policy: policies
    case .asset: assets
    case .account: accounts
    }
  }

  /// The words `type` takes.
  static let kinds = EventKind.allCases.map(\.code)

  private static let events: [EditField] = [
    EditField("type", .choice(kinds), "what happened"),
    EditField("timestamp", .time, "YYYY-MM-DD, with HH:MM where known; or today"),
    EditField("account", .account, "where; a new name makes a new account"),
    EditField("to_account", .account, "the account that receives"),
    EditField("asset", .asset, "the ticker, or SYMBOL~id"),
    EditField("class", .choice(AssetClass.allCases.map(\.rawValue)), "of an asset that is new"),
    EditField("quantity", .amount(allowsZero: false), "units"),
    EditField("price", .amount(allowsZero: true), "per unit, in currency"),
    EditField("currency", .currency, "of price, gross, fee value and tax"),
    EditField("gross", .amount(allowsZero: true), "the cash that moves, without fee and tax"),
    EditField("fee", .amount(allowsZero: true), "in units of fee asset"),
    EditField("fee_asset", .asset, "what the fee is paid in"),
    EditField("fee_value", .amount(allowsZero: true), "the fee's worth in currency"),
    EditField("tax", .amount(allowsZero: true), "withheld, in currency"),
    EditField("to_asset", .asset, "what arrives instead"),
    EditField("to_quantity", .amount(allowsZero: false), "how much of it"),
    EditField("ratio", .ratio, "new:old, such as 2:1"),
    EditField("basis_share", .fraction, "0 to 1 of the cost that goes along"),
    EditField("subtype", .text, "staking, rent, rebase ..."),
    EditField("acquired", .day, "the donor's date"),
    EditField("settle_date", .day, "where it differs"),
    EditField("settle_currency", .currency, "of the cash, where it differs"),
    EditField("fx_rate", .amount(allowsZero: false), "settle currency for 1 currency"),
    EditField("accrued", .amount(allowsZero: true), "interest paid on a purchase"),
    EditField("lot_selector", .text, "which lots leave, as JSON"),
    EditField("tax_country", .text, "who withheld"),
    EditField("tax_rate", .fraction, "as a fraction"),
    EditField("status", .choice(EventStatus.allCases.map(\.code)), "posted, pending or void"),
    EditField("tx_hash", .text, "of the transaction"),
    EditField("note", .text, "a remark"),
    EditField("id", .text, "the source's own id"),
    EditField("legs", .text, "all movements, as JSON"),
  ]
}

extension EventKind {
  /// The fields an event of the kind is told by, the commonest first; every other field may be given too.
  public var fields: [String] {
    let told: [String] =
      switch self {
      case .buy, .sell, .redemption, .liquidation:
        ["account", "asset", "quantity", "price", "currency", "gross", "fee", "fee_asset", "fee_value"]
      case .deposit, .withdraw, .deliveryIn, .deliveryOut: ["account", "asset", "quantity", "gross", "currency", "fee", "fee_asset"]
      case .convert, .swap:
        ["account", "asset", "quantity", "to_asset", "to_quantity", "gross", "currency", "fee", "fee_asset", "fee_value"]
      case .transfer: ["account", "to_account", "asset", "quantity", "fee", "fee_asset", "fee_value", "currency"]
      case .dividend, .interest, .returnOfCapital:
        ["account", "asset", "quantity", "gross", "currency", "tax", "tax_country", "to_asset", "to_quantity"]
      case .reward, .airdrop, .mining: ["account", "asset", "quantity", "price", "currency", "subtype"]
      case .writeoff, .slash, .giftOut, .donateOut: ["account", "asset", "quantity"]
      case .split: ["asset", "ratio", "account"]
      case .migration: ["account", "asset", "to_asset", "ratio", "to_quantity"]
      case .merger: ["account", "asset", "to_asset", "ratio", "to_quantity", "gross", "currency"]
      case .spinoff: ["account", "asset", "to_asset", "to_quantity", "basis_share"]
      case .giftIn: ["account", "asset", "quantity", "gross", "currency", "acquired"]
      case .fee, .tax, .feeRefund, .taxRefund, .interestCharge: ["account", "asset", "quantity", "gross", "currency"]
      case .borrow, .repay, .stake, .unstake: ["account", "to_account", "asset", "quantity"]
      case .wrap, .unwrap: ["account", "asset", "quantity", "to_asset", "to_quantity"]
      case .adjust: ["account", "asset", "quantity", "gross", "currency"]
      }
    return ["type", "timestamp"] + told + ["note"]
  }

  /// Fields an event of the kind means nothing without; of each group one is enough.
  var needs: [[String]] {
    let account: [[String]] = self == .split ? [] : [["account"]]
    let own: [[String]] =
      switch self {
      case .split: [["ratio"]]
      case .migration, .merger: [["to_asset"], ["ratio", "to_quantity"]]
      case .swap, .wrap, .unwrap: [["quantity"], ["to_asset"], ["to_quantity"]]
      case .spinoff: [["to_asset"], ["to_quantity"]]
      case .transfer: [["to_account"], ["quantity"]]
      case .dividend, .interest, .returnOfCapital: [["gross", "quantity", "to_quantity"]]
      case .fee, .tax, .feeRefund, .taxRefund, .interestCharge: [["quantity", "gross"]]
      default: [["quantity"]]
      }
    return [["timestamp"], ["asset"]] + account + own
  }

  /// The kind in words: `delivery in`.
  public var words: String { String(code.lowercased().map { $0 == "_" ? " " : $0 }) }
}
