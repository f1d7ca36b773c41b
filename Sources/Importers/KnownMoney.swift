public import Ledger

/// Which symbols are money everywhere: state currencies and stablecoins. Formats ask here, so that all agree.
public enum KnownMoney {
  private static let fiat: Set<String> = [
    "AED", "ARS", "AUD", "BGN", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK", "EUR", "GBP", "HKD", "HRK", "HUF", "IDR",
    "ILS",
    "INR", "ISK", "JPY", "KES", "KRW", "KZT", "MAD", "MXN", "MYR", "NGN", "NOK", "NZD", "PEN", "PHP", "PKR", "PLN", "QAR", "RON", "RSD",
    "RUB",
    "SAR", "SEK", "SGD", "THB", "TRY", "TWD", "UAH", "USD", "UYU", "VND", "ZAR",
  ]
  private static let stable: Set<String> = [
    "BUSD", "CUSD", "DAI", "EURC", "EURI", "EUROC", "EURQ", "EURS", "EURT", "FDUSD", "FRAX", "GUSD", "HUSD", "LUSD", "MIM", "PAX", "PYUSD",
    "RLUSD", "SUSD", "TUSD", "USDC", "USDD", "USDE", "USDG", "USDP", "USDQ", "USDR", "USDS", "USDT", "UST", "XDAI",
  ]
  private static let cashHint = AssetHint(assetClass: .cash)
  private static let stableHint = AssetHint(assetClass: .stablecoin)

  /// Whether the symbol is a state currency.
  public static func isFiat(_ symbol: String) -> Bool { fiat.contains(symbol) || MinorMoney.isMinor(symbol) }
  /// Whether the symbol is a stablecoin.
  public static func isStablecoin(_ symbol: String) -> Bool { stable.contains(symbol) }
  /// The state currency a known stablecoin promises to be worth.
  public static func peg(of symbol: String) -> String? {
    stable.contains(symbol) ? (symbol.hasPrefix("EUR") ? "EUR" : "USD") : nil
  }
  /// Whether prices are quoted in it.
  public static func isMoney(_ symbol: String) -> Bool { isFiat(symbol) || isStablecoin(symbol) }

  /// The asset with this symbol, marked as money where it is.
  public static func asset(_ symbol: String) -> AssetRef {
    if isFiat(symbol) { return AssetRef(symbol, cashHint) }
    if stable.contains(symbol) { return AssetRef(symbol, stableHint) }
    return AssetRef(symbol)
  }
}
