import Amounts
import Ledger

/// Kraken's own asset codes: an X or Z in front of old ones, XBT and XDG, and suffixes for staked, earning or held forms of the same asset.
enum KrakenAssets {
  /// An asset and the form it is held in.
  struct Form: Hashable {
    var symbol: String
    /// Staked or earning, by the code alone.
    var isStaked: Bool
    var ref: AssetRef { KnownMoney.asset(symbol) }
  }

  private static let legacy: [String: String] = [
    "XXBT": "BTC", "XBT": "BTC", "XXDG": "DOGE", "XDG": "DOGE", "XETH": "ETH", "XETC": "ETC", "XLTC": "LTC", "XXRP": "XRP", "XXLM": "XLM",
    "XXMR": "XMR", "XZEC": "ZEC", "XREP": "REP", "XMLN": "MLN", "XICN": "ICN", "XDAO": "DAO", "XNMC": "NMC", "XXVN": "XVN", "ETH2": "ETH",
  ]
  private static let quotes = [
    "ZUSD", "ZEUR", "ZGBP", "ZCAD", "ZJPY", "ZAUD", "ZKRW", "XXBT", "XETH", "PYUSD", "RLUSD", "USDT", "USDC", "USDG", "USDQ", "USDR",
    "EURT",
    "EURQ", "EURR", "EURC", "TUSD", "DAI", "USD", "EUR", "GBP", "CAD", "JPY", "AUD", "CHF", "AED", "KRW", "XBT", "BTC", "ETH", "DOT", "SOL",
  ]

  /// Reads a code such as `XXBT`, `ZEUR`, `SOL03.S` or `EUR.HOLD`.
  static func form(_ code: String) -> Form {
    let upper = code.uppercased()
    guard let dot = upper.lastIndex(of: "."), ["S", "M", "B", "F", "P", "T", "HOLD"].contains(upper[upper.index(after: dot)...]) else {
      return Form(symbol: plain(upper), isStaked: upper == "ETH2")
    }
    var base = String(upper[..<dot])
    // SOL03.S, KAVA21.S: the bonding period in days.
    if base.utf8.count > 3, base.suffix(2).allSatisfy(\.isNumber) { base.removeLast(2) }
    return Form(symbol: plain(base), isStaked: !upper.hasSuffix(".HOLD"))
  }

  private static func plain(_ code: String) -> String {
    if let known = legacy[code] { return known }
    if code.utf8.count == 4, code.first == "Z", KnownMoney.isFiat(String(code.dropFirst())) { return String(code.dropFirst()) }
    return code
  }

  /// Splits a pair such as `XXBTZUSD`, `ETH/EUR`, `XTZUSD` into base and quote; nil when no known quote ends it.
  static func pair(_ text: String) -> (base: Form, quote: Form)? {
    if let slash = text.firstIndex(of: "/") {
      let (base, quote) = (String(text[..<slash]), String(text[text.index(after: slash)...]))
      return base.isEmpty || quote.isEmpty ? nil : (form(base), form(quote))
    }
    let upper = text.uppercased()
    for quote in quotes where upper.hasSuffix(quote) {
      let base = String(upper.dropLast(quote.count))
      // XTZUSD is XTZ/USD, not XT/ZUSD: a prefixed quote follows a prefixed base or a stablecoin.
      let isPrefixed = quote.utf8.count == 4 && (quote.hasPrefix("Z") || quote.hasPrefix("X"))
      if isPrefixed && legacy[base] == nil && !KnownMoney.isMoney(plain(base)) { continue }
      if base.utf8.count >= 2 { return (form(base), form(quote)) }
    }
    return nil
  }
}
