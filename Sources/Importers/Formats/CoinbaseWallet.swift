import Amounts
import Ledger

// Coinbase's report per wallet, 2013 to 2018. Amounts are signed; a purchase has a Transfer Total without the fee and a Transfer Fee,
// which some files repeat in a row of its own without an amount. Clock readings of some files have no zone.
extension ExportFormat {
  static let coinbaseWallet = ExportFormat(
    id: "coinbase.wallet.v1", title: "Coinbase report per wallet", account: "Coinbase",
    tables: [
      .init(
        [
          "Timestamp", "Balance", "Amount", "Currency", "To", "Notes", "Transfer Total", "Transfer Total Currency", "Transfer Fee",
          "Transfer Fee Currency",
        ], optional: ["Transfer ID", "Coinbase ID*", "Bitcoin Hash*"])
    ],
    idsAreUnique: true, decoding: .eachRow(CoinbaseWallet.decode))
}

enum CoinbaseWallet {
  static func decode(_ row: Row, _ file: FileContext) throws(RowProblem) -> RowOutcome {
    let moment = try row.moment("Timestamp", row.raw("Timestamp").contains("/") ? ["M/d/yy H:mm[:ss]", "M/d/yyyy H:mm[:ss]"] : [])
    guard let amount = try row.optionalDecimal("Amount") else {
      if row.raw("Notes").lowercased().contains("fee") { return .ignored("the fee is in the row of its purchase") }
      throw row.problem("Amount", .missing)
    }
    let asset = KnownMoney.asset(try row.text("Currency"))
    var event: EventDraft
    if let total = try row.optionalDecimal("Transfer Total") {
      let money = KnownMoney.asset(try row.text("Transfer Total Currency"))
      event = .trade(
        at: moment, gave: amount.isNegative ? (asset, amount) : (money, total), got: amount.isNegative ? (money, total) : (asset, amount))
      if let fee = try row.nonZeroDecimal("Transfer Fee") { event.charge(fee, KnownMoney.asset(try row.text("Transfer Fee Currency"))) }
    } else {
      event = amount.isNegative ? .withdrawal(at: moment, asset, amount) : .deposit(at: moment, asset, amount)
      if let hash = row.optionalText("Bitcoin Hash*") { event.detail { $0.txHash = hash } }
    }
    event.externalID = row.optionalText("Coinbase ID*")
    if let note = row.optionalText("Notes") { event.detail { $0.note = note } }
    return .event(event)
  }
}
