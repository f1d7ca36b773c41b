import Amounts
import Ledger

/// Takes apart what Binance writes without a gap: `LTCBTC`, `0.48SOL`, `5.11INCH`.
enum BinancePairs {
  /// Coins that others are priced in. A pair ends in one of them.
  private static let quotes = [
    "FDUSD", "USDT", "USDC", "TUSD", "BUSD", "USDP", "USDS", "AEUR", "EURI", "BIDR", "BKRW", "IDRT", "BVND", "DOGE", "GYEN", "RLUSD",
    "XUSD",
    "BTC", "ETH", "BNB", "EUR", "GBP", "AUD", "TRY", "BRL", "RUB", "UAH", "ZAR", "NGN", "PLN", "RON", "CZK", "ARS", "JPY", "MXN", "COP",
    "DAI", "PAX", "VAI", "XRP", "TRX", "DOT", "SOL", "XMR", "UST", "USD",
  ]

  /// Base and quote of a pair; nil when it ends in no known quote.
  ///
  /// - Parameter units: coins named elsewhere in the row, which decide where several splits are possible.
  static func split(_ pair: String, units: [String] = []) -> (base: String, quote: String)? {
    let text = pair.uppercased()
    for mark in ["/", "-", "_"] where text.contains(mark) {
      let parts = text.split(separator: Character(mark))
      return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
    }
    let splits = quotes.filter { text.hasSuffix($0) && text.count > $0.count }.map { (base: String(text.dropLast($0.count)), quote: $0) }
    if let told = splits.first(where: { units.contains($0.base) || (units.contains($0.quote) && !units.contains { $0 == "BNB" }) }) {
      return told
    }
    guard let longest = splits.max(by: { $0.quote.count < $1.quote.count }) else { return nil }
    // AEUR, TUSD, BUSD, XUSD and FDUSD end in another quote: the base that is a known coin tells.
    if let known = splits.first(where: { common.contains($0.base) }) { return known }
    return longest
  }

  private static let common: Set<String> = [
    "1INCH", "AAVE", "ADA", "ALGO", "APE", "APT", "ARB", "ATOM", "AVAX", "AXS", "BCH", "BNB", "BTC", "BTT", "BUSD", "CAKE", "CHZ", "COMP",
    "CRV", "DASH", "DOGE", "DOT", "EGLD", "ENA", "ENJ", "ENS", "EOS", "ETC", "ETH", "FET", "FIL", "FTM", "GALA", "GMT", "GRT", "HBAR",
    "ICP",
    "INJ", "IOTA", "JUP", "KSM", "LDO", "LINK", "LTC", "LUNA", "LUNC", "MANA", "MATIC", "NEAR", "NEO", "OP", "PEPE", "POL", "QTUM", "ROSE",
    "RUNE", "SAND", "SHIB", "SOL", "SUI", "THETA", "TIA", "TON", "TRX", "UNI", "USDC", "USDT", "VET", "WIN", "WLD", "XLM", "XMR", "XRP",
    "XTZ", "ZEC", "ZRX",
  ]

  /// A number with the coin behind it, which may itself begin with a digit.
  ///
  /// - Parameter expected: coins it may be, the likeliest first; one of them wins over letters at the end.
  static func amount(_ row: Row, _ name: String, _ text: String, expected: [String]) throws(RowProblem) -> StatementLeg {
    let words = text.split { $0.isWhitespace }
    if words.count == 2, let quantity = row.number(words[0]), words[1].contains(where: \.isLetter) {
      return StatementLeg(coin: words[1].uppercased(), quantity: quantity)
    }
    let compact = text.filter { !$0.isWhitespace }.uppercased()
    for coin in expected where compact.hasSuffix(coin) && compact.count > coin.count {
      if let quantity = row.number(compact.dropLast(coin.count)) { return StatementLeg(coin: coin, quantity: quantity) }
    }
    let letters = compact.reversed().prefix { $0.isLetter }.count
    guard letters < compact.count, let quantity = row.number(compact.dropLast(letters)) else { throw row.problem(name, .notANumber) }
    return StatementLeg(coin: String(compact.suffix(letters)), quantity: quantity)
  }
}
