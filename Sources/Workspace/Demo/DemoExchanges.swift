import Amounts
import Ledger

extension DemoScript {
  private static let one = 100_000_000

  /// The two exchanges: savings in coins in euro, utility tokens in dollars with fees paid in the exchange's own token.
  mutating func playExchanges() {
    playNorthgate()
    playStaking()
    playTidewater()
  }

  private mutating func playNorthgate() {
    let northgate = DemoCast.northgate
    buy(12_000_000, "BTC", "EUR", at: northgate, calendar.day(0, 6), fee: 950)
    buy(150_000_000, "ETH", "EUR", at: northgate, calendar.day(0, 6), fee: 800)
    for month in 1...Demo.months {
      let day = calendar.day(month, 2)
      buy(units(for: 30_000, of: "BTC", day, places: 8), "BTC", "EUR", at: northgate, day, fee: 75)
      buy(units(for: 20_000, of: "ETH", day, places: 8), "ETH", "EUR", at: northgate, day, fee: 50)
    }
    // Profit taken near the top, and a loss taken in the first winter.
    sell(45_000_000, "ETH", "EUR", at: northgate, calendar.day(11, 20), fee: 150)
    sell(5_500_000, "BTC", "EUR", at: northgate, calendar.day(42, 17), fee: 1_200)
    sell(60_000_000, "ETH", "EUR", at: northgate, calendar.day(43, 8), fee: 450)
    note(.withdraw, calendar.day(43, 15), hour: 12, northgate, "EUR", cents(450_000)) { $0.detail { $0.note = "new kitchen" } }
    // A purchase that the exchange took back.
    let (price, gross) = (market.price("BTC", calendar.day(36, 13)), worth(1_000_000, of: "BTC", calendar.day(36, 13)))
    note(.buy, calendar.day(36, 13), hour: 13, northgate, "BTC", exact(1_000_000)) { event in
      event.price = exact(price)
      event.currency = AssetRef("EUR")
      event.gross = cents(gross)
      event.status = .void
      event.detail { $0.note = "cancelled by the exchange" }
    }
    for (year, amount) in [14_000_000, 6_000_000, 5_000_000, 3_000_000].enumerated() {
      let day = calendar.day(6 + year * 12, 22)
      move(
        exact(amount), "BTC", from: northgate, to: DemoCast.vault, day, fee: exact(12_000), feeCents: worth(12_000, of: "BTC", day),
        feeCurrency: "EUR", hash: hash("btc", year))
    }
    for (year, amount) in [120_000_000, 60_000_000].enumerated() {
      let day = calendar.day(7 + year * 12, 18)
      move(
        exact(amount), "ETH", from: northgate, to: DemoCast.vault, day, fee: exact(150_000), feeCents: worth(150_000, of: "ETH", day),
        feeCurrency: "EUR", hash: hash("eth", year))
    }
  }

  /// A made-up transaction hash, the same every time.
  func hash(_ chain: String, _ number: Int) -> String {
    var dice = DemoDice(seed: UInt64(number) &* 977 &+ UInt64(chain.utf8.reduce(0) { $0 * 31 + Int($1) }))
    var text = "0x"
    for _ in 0..<4 {
      let word = String(dice.next(), radix: 16)
      text += String(repeating: "0", count: 16 - word.utf8.count) + word
    }
    return text
  }

  /// Helixchain: bought, staked, rewarded every month, partly unstaked.
  private mutating func playStaking() {
    let northgate = DemoCast.northgate
    buy(800 * DemoScript.one, "HLX", "EUR", at: northgate, calendar.day(2, 11), fee: 600)
    buy(400 * DemoScript.one, "HLX", "EUR", at: northgate, calendar.day(15, 9), fee: 300)
    note(.stake, calendar.day(3, 1), hour: 12, northgate, "HLX", 800)
    note(.stake, calendar.day(15, 12), hour: 12, northgate, "HLX", 400)
    note(.unstake, calendar.day(45, 5), hour: 12, northgate, "HLX", 300)
    sell(250 * DemoScript.one, "HLX", "EUR", at: northgate, calendar.day(45, 20), fee: 350)
    for month in 3...Demo.months {
      let staked = month <= 15 ? 800 : month <= 45 ? 1200 : 900
      for day in [5, 19] { reward(staked * 210_000, "HLX", "EUR", at: northgate, calendar.day(month, day), "staking") }  // 0.42 % a month
    }
  }

  private mutating func reward(_ quantity: Int, _ asset: String, _ currency: String, at account: String, _ day: Day, _ subtype: String) {
    let price = exact(market.price(asset, day))
    note(.reward, day, hour: 4, account, asset, exact(quantity)) { event in
      event.price = price
      event.currency = AssetRef(currency)
      event.detail { $0.subtype = subtype }
    }
  }

  private mutating func playTidewater() {
    let tidewater = DemoCast.tidewater
    let one = DemoScript.one
    deposit(2_600_000, "USD", to: tidewater, calendar.day(1, 10), "wire transfer")
    buy(60 * one, "TIDE", "USD", at: tidewater, calendar.day(1, 12), fee: 180)
    buy(5_000 * one, "DMK", "USD", at: tidewater, calendar.day(1, 12))
    let purchases: [(Int, Int, String, Int)] = [
      (2, 4, "NVA", 300), (2, 15, "VLT", 600), (4, 7, "GRD", 4_000), (5, 19, "QRY", 250), (10, 6, "NVA", 180), (12, 22, "GRD", 3_500),
      (17, 3, "VLT", 350), (21, 27, "QRY", 120), (28, 13, "GRD", 600), (35, 10, "NVA", 90),
    ]
    for (month, number, asset, quantity) in purchases {
      let day = calendar.day(month, number)
      buy(quantity * one, asset, "USD", at: tidewater, day, fee: worth(quantity * one, of: asset, day) / 1000, feeToken: "TIDE")
    }
    let sales: [(Int, Int, String, Int)] = [
      (25, 8, "GRD", 2_500), (26, 19, "QRY", 110), (39, 16, "NVA", 140), (46, 2, "GRD", 1_500), (51, 11, "TIDE", 15),
    ]
    for (month, number, asset, quantity) in sales {
      let day = calendar.day(month, number)
      sell(quantity * one, asset, "USD", at: tidewater, day, fee: worth(quantity * one, of: asset, day) / 1000, feeToken: "TIDE")
    }
    swap(200 * one, "VLT", for: "NVA", at: tidewater, calendar.day(24, 14))
    swap(1_500 * one, "DMK", for: "GRD", at: tidewater, calendar.day(33, 25))
    for (month, quantity) in [(9, 120_000_000), (22, 95_000_000)] {
      reward(quantity, "TIDE", "USD", at: tidewater, calendar.day(month, 17), "referral")
    }
    for month in stride(from: 6, through: Demo.months, by: 6) {
      reward(12 * one, "QRY", "USD", at: tidewater, calendar.day(month, 21), "governance")
    }
    note(.airdrop, calendar.day(27, 3), hour: 4, tidewater, "MOTE", 25_000) { $0.detail { $0.note = "no market yet" } }
    let price = market.price("GRD", calendar.day(19, 15))
    note(.airdrop, calendar.day(19, 15), hour: 4, tidewater, "GRD", 220) { event in
      event.price = exact(price)
      event.currency = AssetRef("USD")
    }
    move(
      exact(300 * one), "VLT", from: tidewater, to: DemoCast.vault, calendar.day(20, 9), fee: decimal(4, 1),
      feeCents: worth(40_000_000, of: "VLT", calendar.day(20, 9)), feeCurrency: "USD", hash: hash("vlt", 0))
    // Two files tell of one transfer and neither knows the other: until they are linked on Issues, nobody knows what the units cost.
    let sent = calendar.day(52, 8)
    note(.withdraw, sent, hour: 10, tidewater, "GRD", 150) { $0.detail { $0.note = "to my own wallet" } }
    note(.deposit, sent, hour: 11, DemoCast.vault, "GRD", decimal(1496, 1)) { $0.detail { $0.note = "from an exchange" } }
  }

  /// One asset for another, at the prices of the day.
  private mutating func swap(_ quantity: Int, _ asset: String, for other: String, at account: String, _ day: Day) {
    let value = worth(quantity, of: asset, day)
    let received = units(for: value * 997 / 1000, of: other, day, places: 2)
    let fee = units(for: value / 1000, of: "TIDE", day, places: 4)
    note(.swap, day, hour: 14, account, asset, exact(quantity)) { event in
      event.currency = AssetRef("USD")
      event.gross = cents(value)
      event.fee = exact(fee)
      event.feeAsset = AssetRef("TIDE")
      event.feeValue = cents(value / 1000)
      event.detail {
        $0.toAsset = AssetRef(other)
        $0.toQuantity = exact(received)
      }
    }
  }
}
