import Amounts
import Ledger

extension DemoScript {
  /// The bank: a salary, what is sent on every month, interest less tax, and the account's fee.
  mutating func playBank() {
    let bank = DemoCast.bank
    deposit(6_500_000, "EUR", to: bank, calendar.day(0, 1), "opening balance")
    for month in calendar.everyMonth {
      deposit(320_000, "EUR", to: bank, calendar.day(month, 25), "salary")
      move(cents(195_000), "EUR", from: bank, to: DemoCast.broker, calendar.day(month, 27))
      move(cents(70_000), "EUR", from: bank, to: DemoCast.northgate, calendar.day(month, 26))
      if month % 3 == 2 {
        let interest = 4_150 + month * 90
        receive(.interest, interest, "EUR", from: "EUR", entitled: interest * 1_000_000, at: bank, calendar.end(of: month))
        note(.fee, calendar.end(of: month), hour: 18, bank, "EUR", cents(975)) { $0.detail { $0.note = "account fee" } }
      }
      if month % 12 == 4 {
        note(.tax, calendar.day(month, 28), hour: 10, bank, "EUR", cents(118_000 + month * 2_500)) { $0.detail { $0.note = "wealth tax" } }
      }
    }
    move(cents(3_600_000), "EUR", from: bank, to: DemoCast.broker, calendar.day(0, 3))
    move(cents(1_500_000), "EUR", from: bank, to: DemoCast.northgate, calendar.day(0, 4))
    note(.feeRefund, calendar.day(20, 5), hour: 11, bank, "EUR", cents(975)) { $0.detail { $0.note = "fee charged twice" } }
    // A coupon and a gold bar paid from the bank account.
    note(.buy, calendar.day(8, 14), hour: 11, bank, "GOLDBAR", 2) { event in
      event.price = cents(588_000)
      event.currency = AssetRef("EUR")
      event.gross = cents(1_176_000)
    }
    // Sent yesterday and not yet there.
    note(.deposit, calendar.today - 1, hour: 16, bank, "EUR", cents(85_000)) { event in
      event.status = .pending
      event.detail { $0.note = "tax refund announced" }
    }
  }
}
