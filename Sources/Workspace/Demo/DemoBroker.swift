import Amounts
import Ledger

extension DemoScript {
  private static let one = 100_000_000

  /// The broker: a savings plan, three shares with dividends and withholding tax, a split and a spin-off.
  mutating func playBroker() {
    exchangeMoney()
    playSavingsPlan()
    playAldine()
    playBrookwell()
    playCygnet()
  }

  private mutating func exchangeMoney() {
    let broker = DemoCast.broker
    for (month, currency, amount) in [
      (2, "USD", 700_000), (6, "CHF", 760_000), (13, "USD", 600_000), (29, "CHF", 320_000), (37, "USD", 450_000),
    ] {
      let day = calendar.day(month, 6)
      // EUR and CHF are quoted in dollars.
      let eur = market.price("EUR", day)
      let received = currency == "USD" ? amount * eur / DemoScript.one : amount * eur / market.price("CHF", day)
      note(.convert, day, hour: 10, broker, currency, cents(received)) { event in
        event.currency = AssetRef("EUR")
        event.gross = cents(amount)
        event.fee = cents(250)
        event.feeAsset = AssetRef("EUR")
        event.feeValue = cents(250)
      }
    }
  }

  private mutating func playSavingsPlan() {
    for month in calendar.everyMonth {
      let day = calendar.day(month, 28)
      buy(units(for: 160_000, of: "GLB", day, places: 4), "GLB", "EUR", at: DemoCast.broker, day, fee: 150)
    }
    sell(25 * DemoScript.one, "GLB", "EUR", at: DemoCast.broker, calendar.day(44, 9), fee: 490)
  }

  private mutating func playAldine() {
    let broker = DemoCast.broker
    buy(160 * DemoScript.one, "ALD", "EUR", at: broker, calendar.day(1, 8), fee: 790)
    buy(90 * DemoScript.one, "ALD", "EUR", at: broker, calendar.day(9, 16), fee: 790)
    sell(60 * DemoScript.one, "ALD", "EUR", at: broker, calendar.day(31, 11), fee: 790)
    for (year, perShare) in [165, 170, 178, 185, 190].enumerated() {
      let month = 4 + year * 12
      let held = year == 0 ? 160 : month < 31 ? 250 : 190
      let gross = held * perShare
      announce(
        "ALD", "dividend", cents(perShare), "EUR", declared: calendar.day(month - 1, 10), ex: calendar.day(month, 14),
        record: calendar.day(month, 15), pay: calendar.day(month, 17))
      receive(
        .dividend, gross, "EUR", from: "ALD", entitled: held * DemoScript.one, at: broker, calendar.day(month, 17),
        withheld: (gross * 26_375 / 100_000, decimal(26_375, 5), "DE"))
    }
  }

  private mutating func playBrookwell() {
    let broker = DemoCast.broker
    buy(16 * DemoScript.one, "BRK", "USD", at: broker, calendar.day(3, 9), fee: 650)
    buy(10 * DemoScript.one, "BRK", "USD", at: broker, calendar.day(14, 21), fee: 650)
    note(.split, calendar.day(DemoMarket.splitMonth, 1), hour: 0, broker, "BRK", nil) { event in
      event.account = nil
      event.detail { $0.ratio = Ratio(new: 3, old: 1) }
    }
    buy(20 * DemoScript.one, "BRK", "USD", at: broker, calendar.day(38, 7), fee: 650)
    sell(30 * DemoScript.one, "BRK", "USD", at: broker, calendar.day(47, 18), fee: 650) { event in
      event.detail { $0.note = "part of the oldest lot" }
    }
    for month in stride(from: 5, through: Demo.months + 2, by: 3) {
      // What is bought or sold after the 5th is too late for the month.
      let held = month <= 14 ? 16 : month < DemoMarket.splitMonth ? 26 : month <= 38 ? 78 : month <= 47 ? 98 : 68
      let perShare = (month < DemoMarket.splitMonth ? 84 : 30) + month / 12
      let pay = calendar.day(month, 20)
      announce(
        "BRK", "dividend", cents(perShare), "USD", declared: calendar.day(month - 2, 22), ex: calendar.day(month, 5),
        record: calendar.day(month, 6), pay: pay)
      let gross = held * perShare
      receive(
        .dividend, gross, "USD", from: "BRK", entitled: held * DemoScript.one, at: broker, pay,
        withheld: (gross * 15 / 100, decimal(15, 2), "US"))
    }
  }

  private mutating func playCygnet() {
    let broker = DemoCast.broker
    buy(80 * DemoScript.one, "CYG", "CHF", at: broker, calendar.day(7, 12), fee: 900)
    buy(30 * DemoScript.one, "CYG", "CHF", at: broker, calendar.day(30, 4), fee: 900)
    note(.spinoff, calendar.day(DemoMarket.spinoffMonth, 12), hour: 6, broker, "CYG", exact(110 * DemoScript.one)) { event in
      event.detail {
        $0.toAsset = AssetRef("CYL")
        $0.toQuantity = 22
        $0.basisShare = decimal(9, 2)
      }
    }
    sell(10 * DemoScript.one, "CYL", "CHF", at: broker, calendar.day(49, 23), fee: 900)
    for (year, perShare) in [240, 250, 250, 265].enumerated() {
      let month = 10 + year * 12
      let held = month < 30 ? 80 : 110
      let gross = held * perShare
      announce(
        "CYG", "dividend", cents(perShare), "CHF", declared: calendar.day(month - 1, 3), ex: calendar.day(month, 8),
        record: calendar.day(month, 9), pay: calendar.day(month, 12))
      receive(
        .dividend, gross, "CHF", from: "CYG", entitled: held * DemoScript.one, at: broker, calendar.day(month, 12),
        withheld: (gross * 35 / 100, decimal(35, 2), "CH"))
    }
    note(.taxRefund, calendar.day(41, 19), hour: 10, broker, "CHF", cents(3_800)) { $0.detail { $0.note = "withholding tax reclaimed" } }
  }
}
