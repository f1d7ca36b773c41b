public import Amounts
public import Ledger

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

  /// A trade of a pair as order books write it: so much base bought or sold at a price, against a quote.
  ///
  /// - Parameter total: the quote that moved, without fees; nil is quantity x price.
  public static func trade(
    at moment: Moment, buys: Bool, base: AssetRef, quantity: Decimal, quote: AssetRef, total: Decimal?, price: Decimal?
  ) -> EventDraft? {
    let product = price.flatMap { try? quantity.magnitude.multiplied(by: $0, places: 18) }
    guard let total = total ?? product else { return nil }
    let (a, b) = ((asset: base, quantity: quantity), (asset: quote, quantity: total))
    return trade(at: moment, gave: buys ? b : a, got: buys ? a : b, price: moneyRank(quote) > moneyRank(base) ? price : nil)
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
