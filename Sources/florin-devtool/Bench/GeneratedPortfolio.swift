import Amounts
import Glibc
import TestSupport

/// A portfolio of any size for a machine without genportfolio.py: the same files, from a seed.
///
/// 200 assets, 12 accounts, trades with fees, transfers, rewards, dividends; nothing is oversold.
/// Prices of every day of eight years for every asset, plus exchange rates.
enum GeneratedPortfolio {
  private static let accounts = (1...12).map {
    (name: "Account\($0 < 10 ? "0" : "")\($0)", kind: ["broker", "exchange", "wallet"][$0 % 3])
  }
  private static let days = 2922
  private static let first = Day(ordinal: 17_532)  // 2018-01-01

  private struct Asset {
    let symbol: String
    let assetClass: String
    let currency: String
    var price: Int  // millionths
    var held: [Int: Int] = [:]  // account -> millionths of units
  }

  static func write(events: Int, to folder: String) throws(Failure) {
    mkdir(folder, 0o755)
    var random = SplitMix64(seed: 1)
    var assets = (0..<200).map { index in
      Asset(
        symbol: (index < 60 ? "S" : index < 120 ? "U" : "C") + letters(index),
        assetClass: index < 60 ? "security" : index < 120 ? "utility" : "crypto",
        currency: index % 4 == 3 ? "EUR" : "USD", price: random.int(50_000...400_000_000))
    }
    var master = "symbol,class,name,currency,decimals,pricing\n"
    for asset in assets { master += "\(asset.symbol),\(asset.assetClass),Asset \(asset.symbol),\(asset.currency),6,daily\n" }
    master += "USD,cash,US dollar,USD,2,business\nEUR,cash,Euro,EUR,2,business\n"
    try put(master, folder + "/assets.csv")
    try put("account,kind\n" + accounts.map { "\($0.name),\($0.kind)\n" }.joined(), folder + "/accounts.csv")

    var activities = "id,timestamp,type,account,to_account,asset,quantity,price,currency,gross,fee,fee_asset,fee_value,tax,ratio\n"
    var prices = "date,asset,currency,price,kind\n"
    activities.reserveCapacity(events * 100)
    prices.reserveCapacity(days * 201 * 36)
    var written = 0
    for index in 0..<days {
      let day = first + index
      prices += "\(day),EUR,USD,\(decimal(1_100_000 + random.int(-60_000...60_000), 6)),fx\n"
      for asset in assets.indices {
        assets[asset].price = max(1_000, assets[asset].price + assets[asset].price / 1000 * random.int(-30...31) / 10)
        prices += "\(day),\(assets[asset].symbol),\(assets[asset].currency),\(decimal(assets[asset].price, 6)),close\n"
      }
      let target = events * (index + 1) / days
      while written < target {
        written += 1
        let second = (written * 7919) % 86_400
        activities += "\(written),\(Instant(day: day, second: second)),"
        activities += event(&assets[random.int(0...199)], &random) + "\n"
      }
    }
    try put(activities, folder + "/activities.csv")
    try put(prices, folder + "/prices.csv")
  }

  /// The cells behind the timestamp.
  private static func event(_ asset: inout Asset, _ random: inout SplitMix64) -> String {
    let account = random.int(0...11)
    let name = accounts[account].name
    let held = asset.held[account] ?? 0
    let kind = random.int(0...99)
    switch kind {
    case 0..<3: return "DEPOSIT,\(name),,USD,\(random.int(1...50) * 1000),,USD,,,,,,"
    case 3..<12 where held > 1_000_000:
      return
        "DIVIDEND,\(name),,\(asset.symbol),\(decimal(held, 6)),,\(asset.currency),\(decimal(held / 1000 * asset.price / 1_000_000 / 1_000, 2)),,,,0,"
    case 12..<20:
      let quantity = random.int(1_000...900_000)
      asset.held[account] = held + quantity
      return "REWARD,\(name),,\(asset.symbol),\(decimal(quantity, 6)),\(decimal(asset.price, 6)),\(asset.currency),,,,,,"
    case 20..<26 where held > 10:
      let quantity = held / 3
      let target = (account + 1 + random.int(0...10)) % 12
      asset.held[account] = held - quantity
      asset.held[target] = (asset.held[target] ?? 0) + quantity
      return "TRANSFER,\(name),\(accounts[target].name),\(asset.symbol),\(decimal(quantity, 6)),,\(asset.currency),,,,,,"
    case 26..<58 where held > 10:
      let quantity = held / random.int(1...5)
      asset.held[account] = held - quantity
      return trade("SELL", name, asset, quantity, &random)
    default:
      let quantity = random.int(1_000...50_000_000)
      asset.held[account] = held + quantity
      return trade("BUY", name, asset, quantity, &random)
    }
  }

  private static func trade(
    _ kind: String, _ account: String, _ asset: Asset, _ quantity: Int, _ random: inout SplitMix64
  ) -> String {
    let gross = Int(Int128(quantity) * Int128(asset.price) / 10_000_000_000)  // hundredths
    let fee = gross / 1000
    let start =
      "\(kind),\(account),,\(asset.symbol),\(decimal(quantity, 6)),\(decimal(asset.price, 6)),\(asset.currency),\(decimal(gross, 2)),"
    return start + (random.int(0...6) == 0 ? ",,," : "\(decimal(fee, 2)),\(asset.currency),\(decimal(fee, 2)),") + ","
  }

  private static func letters(_ index: Int) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return String([alphabet[index / 26], alphabet[index % 26]])
  }

  private static func decimal(_ mantissa: Int, _ scale: UInt8) -> String { Decimal(mantissa: Int128(mantissa), scale: scale).description }

  private static func put(_ text: String, _ path: String) throws(Failure) {
    do { try writeText(text, to: path) } catch { throw Failure(message: error.description) }
  }
}
