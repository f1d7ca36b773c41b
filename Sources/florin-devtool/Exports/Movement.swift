import Amounts
import Ledger

/// One asset moving in or out, or a cost of doing so.
struct Movement: Hashable {
  /// The ticker after `AssetNames.common`; nil in an expectation means that the source does not say.
  var asset: String?
  /// Positive arrives, negative leaves.
  var quantity: Decimal
  /// Fee or tax rather than what the event is about.
  var isCost = false
  /// The source rounded; agreement within this is agreement.
  var tolerance = 0.0

  /// Whether two quantities are the same within the expected one's tolerance.
  func agrees(with quantity: Decimal) -> Bool {
    if self.quantity == quantity { return true }
    return abs(self.quantity.approximate - quantity.approximate) <= tolerance
  }
}

extension EventDraft {
  /// What moves, by the meaning FORMATS 1 gives each field. Locks move nothing and show their quantity.
  ///
  /// Written apart from the product on purpose: a comparison with the product's own reading would prove nothing.
  var movements: [Movement] {
    var out: [Movement] = []
    func add(_ ref: AssetRef?, _ quantity: Decimal?, cost: Bool = false) {
      guard let quantity, !quantity.isZero else { return }
      out.append(Movement(asset: ref.map { AssetNames.common($0.symbol) }, quantity: quantity, isCost: cost))
    }
    if let legs = details?.legs, !legs.isEmpty {
      for leg in legs { add(leg.asset, leg.quantity, cost: leg.role != .principal) }
      return out
    }
    var cash = gross
    if cash == nil, let quantity, let price { cash = try? quantity.multiplied(by: price) }
    switch kind {
    case .buy:
      add(asset, quantity)
      add(currency, cash.map { -$0 })
    case .sell, .redemption, .liquidation:
      add(asset, quantity.map { -$0 })
      add(currency, cash)
    case .convert where details?.toAsset == nil:
      add(asset, quantity)
      add(currency, cash.map { -$0 })
    case .swap, .convert, .migration, .merger:
      add(asset, quantity.map { -$0 })
      add(details?.toAsset, details?.toQuantity)
    case .dividend, .interest, .returnOfCapital:
      if let to = details?.toAsset {
        add(to, details?.toQuantity)
      } else if gross != nil {
        add(currency ?? asset, gross)
      } else {
        add(asset, quantity)
      }
    case .deposit, .deliveryIn, .reward, .airdrop, .mining, .giftIn, .borrow, .adjust, .split, .spinoff: add(asset, quantity)
    case .withdraw, .deliveryOut, .transfer, .giftOut, .donateOut, .repay, .writeoff, .slash: add(asset, quantity.map { -$0 })
    case .fee, .tax, .interestCharge:
      if let gross, let currency { add(currency, -gross) } else { add(asset, (quantity ?? gross).map { -$0 }) }
    case .feeRefund, .taxRefund:
      if let gross, let currency { add(currency, gross) } else { add(asset, quantity ?? gross) }
    case .stake, .unstake, .wrap, .unwrap: add(asset, quantity)
    }
    if let fee {
      add(feeAsset ?? currency, -fee, cost: true)
    } else if let feeValue {
      add(currency, -feeValue, cost: true)
    }
    add(currency, tax.map { -$0 }, cost: true)
    return out
  }
}

/// Names that mean the same asset in different sources.
enum AssetNames {
  /// Contracts by which one source names what the files call by ticker. Read off the chain explorers.
  private static let contracts: [String: String] = [
    "0x05ac103f68e05da35e78f6165b9082432fe64b58": "EURX", "0x1f9840a85d5af5bf1d1762f925bdaddc4201f984": "UNI",
    "0x71ab77b7dbb4fa7e017bc15090b2163221420282": "HIGH", "0x7d1afa7b718fb893db30a3abc0cfc608aacfebb0": "MATIC",
    "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48": "USDC", "0xb62132e35a6c13ee1ee0f84dc5d40bad8d815206": "NEXO",
    "0xb8c77482e45f1f44de1745f52c74426c631bdd52": "BNB", "0xe41d2489571d322189246dafa5ebde1f4699f498": "ZRX",
    "0x23ce9e926048273ef83be0a3a8ba9cb6d45cd978": "DAR", "0x08711d3b02c8758f2fb3ab4e80228418a7f8e39c": "ED",
    "0xb9e7f8568e08d5659f5d29c4997173d84cdf2607": "SWT",
  ]
  private static let aliases = ["XBT": "BTC", "ETH2": "BETH", "XDG": "DOGE", "POL(EX-MATIC ERC20)": "MATIC", "POL (EX-MATIC)": "MATIC"]

  /// The ticker to compare by.
  static func common(_ name: String) -> String {
    let upper = name.uppercased()
    if let address = upper.lowercased().split(separator: ":").last, let ticker = contracts[String(address)] { return ticker }
    return aliases[upper] ?? upper
  }

  /// Whether an expected name is one of the names an event gives the asset. A source may write `ISIN|NAME`.
  static func isSame(_ expected: String, _ found: String, aliases: Set<String>) -> Bool {
    if expected == found { return true }
    return expected.split(separator: "|").contains { $0 == found || aliases.contains(String($0)) }
  }
}
