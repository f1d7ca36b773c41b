public import Amounts
public import Ledger

/// So much base bought or sold against a quote. (A value of its own: with seven arguments of 128 bits, Swift 6.3.1 passes them wrongly in
/// debug builds.)
public struct PairFill: Sendable {
  /// Whether the base is bought.
  public var buys: Bool
  /// What is bought or sold.
  public var base: AssetRef
  /// How much of it; the sign does not matter.
  public var quantity: Decimal
  /// What it is priced in.
  public var quote: AssetRef
  /// The quote that moved, without fees; nil is quantity x price.
  public var total: Decimal?
  /// Per unit of base.
  public var price: Decimal?

  /// A fill.
  public init(buys: Bool, base: AssetRef, quantity: Decimal, quote: AssetRef, total: Decimal? = nil, price: Decimal? = nil) {
    self.buys = buys
    self.base = base
    self.quantity = quantity
    self.quote = quote
    self.total = total
    self.price = price
  }
}

// How a trade becomes an event, the same for all formats.
//
// What is worth more as money (state currency, then stablecoin, then anything else) is the currency of the trade:
// - money paid, something received: BUY something, currency = money, gross = money paid;
// - something given, money received: SELL something, currency = money, gross = money received;
// - one state currency for another: CONVERT, asset = what arrives, currency and gross = what is paid;
// - everything else (coin for coin, stablecoin for stablecoin): SWAP, asset = what is given, toAsset = what is received.
// A price is kept only when quantity x price is exactly the cash that moved, since a lot costs quantity x price; a rounded price would
// change the cost, so then `gross` alone says it.
extension EventDraft {
  /// A trade of what was given for what was received.
  ///
  /// - Parameters:
  ///   - gave: what left, without fees; its sign does not matter.
  ///   - got: what arrived, without fees; its sign does not matter.
  ///   - price: per unit of what is not money, in money.
  public static func trade(
    at moment: Moment, gave: (asset: AssetRef, quantity: Decimal), got: (asset: AssetRef, quantity: Decimal), price: Decimal? = nil
  ) -> EventDraft {
    let (out, arrived) = (gave.quantity.magnitude, got.quantity.magnitude)
    let (rankOut, rankIn) = (moneyRank(gave.asset), moneyRank(got.asset))
    var event: EventDraft
    if rankOut > rankIn {
      event = EventDraft(.buy, at: moment, asset: got.asset, quantity: arrived)
      (event.currency, event.gross) = (gave.asset, out)
    } else if rankOut < rankIn {
      event = EventDraft(.sell, at: moment, asset: gave.asset, quantity: out)
      (event.currency, event.gross) = (got.asset, arrived)
    } else if rankOut == 2 {
      event = EventDraft(.convert, at: moment, asset: got.asset, quantity: arrived)
      (event.currency, event.gross) = (gave.asset, out)
    } else {
      event = EventDraft(.swap, at: moment, asset: gave.asset, quantity: out)
      event.detail { ($0.toAsset, $0.toQuantity) = (got.asset, arrived) }
    }
    if let price, let quantity = event.quantity, let gross = event.gross, let product = try? quantity.multiplied(by: price, places: 38),
      product == gross
    {
      event.price = price
    }
    return event
  }

  /// A trade of a pair as order books write it; nil when neither the total nor a price is known.
  public static func trade(at moment: Moment, _ fill: PairFill) -> EventDraft? {
    let product = fill.price.flatMap { try? fill.quantity.magnitude.multiplied(by: $0, places: 18) }
    guard let total = fill.total ?? product else { return nil }
    let (a, b) = ((asset: fill.base, quantity: fill.quantity), (asset: fill.quote, quantity: total))
    let price = moneyRank(fill.quote) > moneyRank(fill.base) ? fill.price : nil
    return trade(at: moment, gave: fill.buys ? b : a, got: fill.buys ? a : b, price: price)
  }

  /// Adds a fee that comes on top of what moved. Its worth is filled in where the trade itself tells it: the fee is in the event's
  /// currency, or in the asset traded (at the trade's own price).
  public mutating func charge(_ amount: Decimal?, _ feeAsset: AssetRef) {
    guard let amount, !amount.isZero else { return }
    (fee, self.feeAsset) = (amount, feeAsset)
    if feeAsset == currency {
      feeValue = amount
    } else if feeAsset == asset, let gross, let quantity, !quantity.isZero, currency != nil {
      feeValue = try? gross.share(amount, of: quantity)
    }
  }

  /// Units or cash from outside; for a state currency the cash is the gross as well.
  public static func deposit(at moment: Moment, _ asset: AssetRef, _ quantity: Decimal) -> EventDraft {
    movement(.deposit, moment, asset, quantity)
  }

  /// Units or cash to outside.
  public static func withdrawal(at moment: Moment, _ asset: AssetRef, _ quantity: Decimal) -> EventDraft {
    movement(.withdraw, moment, asset, quantity)
  }

  private static func movement(_ kind: EventKind, _ moment: Moment, _ asset: AssetRef, _ quantity: Decimal) -> EventDraft {
    var event = EventDraft(kind, at: moment, asset: asset, quantity: quantity.magnitude)
    if moneyRank(asset) == 2 { (event.currency, event.gross) = (asset, quantity.magnitude) }
    return event
  }

  private static func moneyRank(_ asset: AssetRef) -> Int {
    if let known = asset.hint?.assetClass { return known == .cash ? 2 : known == .stablecoin ? 1 : 0 }
    return KnownMoney.isFiat(asset.symbol) ? 2 : KnownMoney.isStablecoin(asset.symbol) ? 1 : 0
  }
}
