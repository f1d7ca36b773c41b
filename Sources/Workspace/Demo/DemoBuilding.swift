import Amounts
import Ledger

extension DemoScript {
  /// The month Harborview Tower is bought, and the first of rent.
  static let harborviewMonth = 24
  /// The story's month in which 3,000 came instead of 3,600.
  static let harborviewShortMonth = 49
  /// The story's month in which nothing came.
  static let harborviewMissingMonth = 52

  /// Harborview Tower, the worked example: 50,000,000 tokens of one dollar, 500,000 of them held. Rent of 400,000 a month,
  /// 90 % of it paid out: 0.0072 a token, to whoever holds on the last day of the month, on the first of the next.
  mutating func playBuilding() {
    let platform = DemoCast.platform
    deposit(71_500_000, "USD", to: platform, calendar.day(13, 4), "sale of the family house")
    deposit(6_000_000, "EUR", to: platform, calendar.day(9, 4), "savings")
    note(.buy, calendar.day(DemoScript.harborviewMonth, 10), hour: 13, platform, "HARB", 500_000) { event in
      event.price = 1
      event.currency = AssetRef("USD")
      event.gross = 500_000
    }
    // The last two are announced before they are due.
    for month in DemoScript.harborviewMonth...(Demo.months + 1) {
      let pay = calendar.day(month + 1, 1)
      announce(
        "HARB", "rent", decimal(72, 4), "USD", declared: min(calendar.day(month, 20), calendar.today), record: calendar.end(of: month),
        pay: pay)
      if month + 1 == DemoScript.harborviewMissingMonth { continue }
      let gross = month + 1 == DemoScript.harborviewShortMonth ? 300_000 : 360_000
      receive(.dividend, gross, "USD", from: "HARB", entitled: 500_000 * 100_000_000, at: platform, pay, subtype: "rent")
    }
  }
}
