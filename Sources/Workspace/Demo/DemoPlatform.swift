import Amounts
import Ledger

extension DemoScript {
  private static let one = 100_000_000

  /// The other security tokens: flats, a note, a fund, gold, carbon, a painting, bills, a company, songs, fibre.
  mutating func playPlatform() {
    playRent()
    playNote()
    playBills()
    playSongs()
    playHoldings()
  }

  /// A purchase at the issuer's price instead of the market's.
  private mutating func subscribe(_ quantity: Int, _ asset: String, _ currency: String, price: Decimal, gross: Int, _ day: Day) {
    note(.buy, day, hour: 13, DemoCast.platform, asset, Decimal(quantity)) { event in
      event.price = price
      event.currency = AssetRef(currency)
      event.gross = cents(gross)
    }
  }

  private mutating func playRent() {
    let platform = DemoCast.platform
    subscribe(2_500, "OAKM", "EUR", price: 10, gross: 2_500_000, calendar.day(10, 12))
    buy(800 * DemoScript.one, "OAKM", "EUR", at: platform, calendar.day(30, 17), fee: 900)
    for month in 10...(Demo.months + 1) {
      let held = month < 30 ? 2_500 : 3_300
      let pay = calendar.day(month + 1, 5)
      // The manager pays too much once, and takes nothing back.
      let gross = held * 46 / 10 + (month == 27 ? 1_500 : 0)
      announce(
        "OAKM", "rent", decimal(46, 3), "EUR", declared: min(calendar.day(month, 22), calendar.today), record: calendar.end(of: month),
        pay: pay)
      receive(.dividend, gross, "EUR", from: "OAKM", entitled: held * DemoScript.one, at: platform, pay, subtype: "rent")
    }
    subscribe(3_000, "FIBR", "EUR", price: 5, gross: 1_500_000, calendar.day(11, 3))
    for month in stride(from: 14, through: Demo.months + 2, by: 6) {
      let pay = calendar.day(month, 15)
      announce(
        "FIBR", "dividend", decimal(11, 2), "EUR", declared: calendar.day(month - 2, 28), record: calendar.end(of: month - 1), pay: pay)
      receive(
        .dividend, 33_000, "EUR", from: "FIBR", entitled: 3_000 * DemoScript.one, at: platform, pay,
        withheld: (9_900, decimal(30, 2), "SE"))
    }
  }

  /// A note of 100 with a coupon of 6.5 % in two halves; interest accrued before the purchase is paid with the price.
  private mutating func playNote() {
    let platform = DemoCast.platform
    note(.buy, calendar.day(15, 15), hour: 13, platform, "SOLB", 600) { event in
      event.price = 100
      event.currency = AssetRef("USD")
      event.gross = 60_000
      event.detail { $0.accrued = 325 }
    }
    for month in stride(from: 18, through: Demo.months + 2, by: 6) {
      let pay = calendar.day(month, 15)
      let held = month > 43 ? 500 : 600
      announce(
        "SOLB", "interest", decimal(325, 2), "USD", declared: calendar.day(month - 2, 15), record: calendar.end(of: month - 1), pay: pay)
      receive(.interest, held * 325, "USD", from: "SOLB", entitled: held * DemoScript.one, at: platform, pay, subtype: "coupon")
    }
    note(.redemption, calendar.day(43, 16), hour: 12, platform, "SOLB", 100) { event in
      event.price = cents(10_100)
      event.currency = AssetRef("USD")
      event.gross = 10_100
      event.detail { $0.note = "called by the issuer" }
    }
  }

  /// A treasury fund at one dollar whose income accrues every day and is paid once a month; some of it is reinvested.
  private mutating func playBills() {
    let platform = DemoCast.platform
    subscribe(40_000, "TBIL", "USD", price: 1, gross: 4_000_000, calendar.day(18, 1))
    for month in 18...Demo.months {
      let pay = calendar.day(month + 1, 3)
      let days = calendar.end(of: month) - calendar.day(month, 1) + 1
      let held = month < 46 ? 40_000 : 25_000
      accrue("TBIL", decimal(12, 5), "USD", month: month, pay: pay)
      receive(.interest, held * days * 12 / 1000, "USD", from: "TBIL", entitled: held * DemoScript.one, at: platform, pay)
    }
    note(.redemption, calendar.day(46, 1), hour: 0, platform, "TBIL", 15_000) { event in
      event.price = 1
      event.currency = AssetRef("USD")
      event.gross = 15_000
    }
  }

  private mutating func playSongs() {
    let platform = DemoCast.platform
    deposit(500_000, "USD", to: platform, calendar.day(10, 1), "first steps")
    subscribe(2_000, "KEST", "USD", price: 2, gross: 400_000, calendar.day(10, 20))
    for quarter in 0...14 {
      let month = 13 + quarter * 3
      let perToken = [38, 35, 52, 44, 41, 39, 57, 47, 45, 40, 61, 52, 48, 44, 66][quarter]  // thousandths; the fourth quarter sings most
      let pay = calendar.day(month, 25)
      announce(
        "KEST", "revenue share", decimal(perToken, 3), "USD", declared: calendar.day(month, 10), record: calendar.end(of: month - 1),
        pay: pay)
      receive(
        .dividend, 2_000 * perToken / 10, "USD", from: "KEST", entitled: 2_000 * DemoScript.one, at: platform, pay, subtype: "revenue share"
      )
    }
  }

  private mutating func playHoldings() {
    let platform = DemoCast.platform
    subscribe(6_000, "VENT", "USD", price: 10, gross: 6_000_000, calendar.day(14, 9))
    note(.returnOfCapital, calendar.day(41, 28), hour: 8, platform, "VENT", 6_000) { event in
      event.currency = AssetRef("USD")
      event.gross = 4_500
      event.detail { $0.note = "sale of a holding" }
    }
    announce(
      "VENT", "return of capital", decimal(75, 2), "USD", declared: calendar.day(41, 10), record: calendar.day(41, 20),
      pay: calendar.day(41, 28))
    buy(420 * DemoScript.one, "AURM", "USD", at: platform, calendar.day(16, 6), fee: 2_800)
    buy(180 * DemoScript.one, "AURM", "USD", at: platform, calendar.day(29, 23), fee: 1_400)
    sell(150 * DemoScript.one, "AURM", "USD", at: platform, calendar.day(48, 15), fee: 1_900)
    buy(450 * DemoScript.one, "CARB", "EUR", at: platform, calendar.day(13, 27), fee: 600)
    subscribe(800, "PICT", "USD", price: 25, gross: 2_000_000, calendar.day(14, 20))
    subscribe(3_200, "ROBO", "USD", price: decimal(125, 1), gross: 4_000_000, calendar.day(47, 6))
    note(.fee, calendar.day(38, 1), hour: 18, platform, "USD", cents(12_000)) { $0.detail { $0.note = "custody" } }
  }
}
