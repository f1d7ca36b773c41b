public import Amounts
import Ledger

/// Money in hundredths of a currency: London quotes pence, Johannesburg cents, Tel Aviv agorot.
public enum MinorMoney {
  private static let majors: [String: (code: String, places: UInt8)] = [
    "GBp": ("GBP", 2), "GBX": ("GBP", 2), "GBx": ("GBP", 2), "ZAc": ("ZAR", 2), "ZAX": ("ZAR", 2), "ILA": ("ILS", 2), "ILa": ("ILS", 2),
    "USX": ("USD", 2), "EUX": ("EUR", 2), "KWF": ("KWD", 3),
  ]

  private static let always: Set<String> = ["GBp", "GBX", "GBx", "ZAc", "ZAX", "ILA", "ILa"]

  /// The currency that is meant, and the amount in it. Exact: only the decimal point moves.
  public static func major(_ code: String, _ amount: Decimal) -> (code: String, amount: Decimal) {
    guard let major = majors[code], Int(amount.scale) + Int(major.places) <= 38 else { return (code, amount) }
    return (major.code, Decimal(mantissa: amount.mantissa, scale: amount.scale + major.places))
  }

  /// Whether a symbol is a hundredth of a currency wherever it stands. Codes that are also tickers of coins are so in price files alone.
  public static func isMinor(_ symbol: String) -> Bool {
    let bytes = symbol.utf8
    guard bytes.count == 3, let first = bytes.first, first == 0x47 || first == 0x5A || first == 0x49 else { return false }
    return always.contains(symbol)
  }

  /// The currency for its hundredth; nil for anything else, such as a coin that bears the same ticker.
  @inline(__always)
  fileprivate static func major(_ ref: AssetRef?) -> AssetRef? {
    guard let ref, isMinor(ref.symbol) else { return nil }
    if let stated = ref.hint?.assetClass, stated != .cash { return nil }
    return KnownMoney.asset(major(ref.symbol, .one).code)
  }

  fileprivate static func hundredth(_ amount: Decimal?) -> Decimal? {
    guard let amount, amount.scale <= 36 else { return amount }
    return Decimal(mantissa: amount.mantissa, scale: amount.scale + 2)
  }

  fileprivate static func hundredfold(_ amount: Decimal?) -> Decimal? {
    guard let amount else { return nil }
    return amount.scale >= 2 ? Decimal(mantissa: amount.mantissa, scale: amount.scale - 2) : (try? amount.multiplied(by: 100)) ?? amount
  }
}

extension Fact {
  /// The fact with hundredths of a currency as the currency itself: pence are pounds, in whatever column they stand.
  mutating func settleMinorMoney() {
    switch self {
    case .event(var event):
      if event.hasMinorMoney {
        event.settleMinorMoney()
        self = .event(event)
      }
    case .quote(var quote):
      if quote.settleMinorMoney() { self = .quote(quote) }
    case .distribution(var distribution):
      guard let money = MinorMoney.major(distribution.currency) else { return }
      distribution.currency = money
      distribution.amountPerToken = MinorMoney.hundredth(distribution.amountPerToken) ?? distribution.amountPerToken
      self = .distribution(distribution)
    case .plan(var plan):
      guard let code = plan.cells["currency"], MinorMoney.isMinor(code) else { return }
      plan.cells["currency"] = MinorMoney.major(code, .one).code
      if let amount = plan.cells["amount_per_token"].flatMap({ Decimal($0) }) {
        plan.cells["amount_per_token"] = MinorMoney.hundredth(amount)?.description
      }
      self = .plan(plan)
    case .asset(var asset):
      guard let hint = asset.ref.hint, let code = hint.currency, MinorMoney.isMinor(code) else { return }
      asset.ref.hint = AssetHint(
        assetClass: hint.assetClass, likely: hint.likely, name: hint.name, currency: MinorMoney.major(code, .one).code,
        attributes: hint.attributes)
      self = .asset(asset)
    case .link(var link):
      link.side.settleMinorMoney()
      self = .link(link)
    case .account, .setting, .closing: return
    }
  }
}

extension EventDraft {
  /// Whether anything of it is in hundredths of a currency.
  @inline(__always)
  var hasMinorMoney: Bool {
    if MinorMoney.isMinor(asset.symbol) { return true }
    if let currency, MinorMoney.isMinor(currency.symbol) { return true }
    if let feeAsset, MinorMoney.isMinor(feeAsset.symbol) { return true }
    guard let details else { return false }
    return [details.toAsset, details.settleCurrency].contains { $0.map { MinorMoney.isMinor($0.symbol) } ?? false }
      || details.legs.contains { MinorMoney.isMinor($0.asset.symbol) }
  }

  /// Turns hundredths of a currency into the currency: amounts in it, units of it, prices per unit of it and rates.
  mutating func settleMinorMoney() {
    if let money = MinorMoney.major(currency) {
      currency = money
      price = MinorMoney.hundredth(price)
      gross = MinorMoney.hundredth(gross)
      feeValue = MinorMoney.hundredth(feeValue)
      tax = MinorMoney.hundredth(tax)
      if var details {
        details.accrued = MinorMoney.hundredth(details.accrued)
        details.fxRate = MinorMoney.hundredfold(details.fxRate)
        self.details = details
      }
    }
    if let money = MinorMoney.major(asset) {
      asset = money
      quantity = MinorMoney.hundredth(quantity)
      price = MinorMoney.hundredfold(price)
      if currency == nil {
        gross = MinorMoney.hundredth(gross)
        tax = MinorMoney.hundredth(tax)
      }
    }
    if let money = MinorMoney.major(feeAsset) { (fee, feeAsset) = (MinorMoney.hundredth(fee), money) }
    guard var details else { return }
    if let money = MinorMoney.major(details.toAsset) {
      (details.toAsset, details.toQuantity) = (money, MinorMoney.hundredth(details.toQuantity))
    }
    if let money = MinorMoney.major(details.settleCurrency) {
      (details.settleCurrency, details.fxRate) = (money, MinorMoney.hundredth(details.fxRate))
    }
    for index in details.legs.indices {
      guard let money = MinorMoney.major(details.legs[index].asset) else { continue }
      details.legs[index].asset = money
      details.legs[index].quantity = MinorMoney.hundredth(details.legs[index].quantity) ?? details.legs[index].quantity
    }
    self.details = details
  }
}

extension QuoteDraft {
  /// Turns hundredths of a currency into the currency.
  ///
  /// - Returns: whether there were any.
  fileprivate mutating func settleMinorMoney() -> Bool {
    var isChanged = false
    if let money = MinorMoney.major(currency) {
      (currency, price, isChanged) = (money, MinorMoney.hundredth(price) ?? price, true)
      if var facts = nav {
        facts.totalNav = MinorMoney.hundredth(facts.totalNav)
        facts.underlyingValue = MinorMoney.hundredth(facts.underlyingValue)
        facts.debt = MinorMoney.hundredth(facts.debt)
        nav = facts
      }
    }
    if let money = MinorMoney.major(asset) {
      (asset, price, isChanged) = (money, MinorMoney.hundredfold(price) ?? price, true)
    }
    return isChanged
  }
}
