import Amounts
import Ledger

// CoinTracking, Reports > Trade Prices or Enter Coins > Export CSV. Times are in the account's own zone (--timezone).
//
// By CoinTracking's own manual ("Entering fees") purchase and sale values already include a fee in the same currency, and a fee in a third
// currency moves nothing: it has a row of its own, of type Other Fee. So the fee is taken out of the side it is in, and put beside it.
extension ExportFormat {
  static let coinTracking = ExportFormat(
    id: "cointracking.trades.v1", title: "CoinTracking trades", account: "CoinTracking",
    tables: [
      TableHeader(
        ["Type", "Buy", "Cur.", "Sell", "Cur.#2", "Exchange", "Group", "Date"], optional: ["Fee", "Cur.#3", "Comment", "LPN", "Tx-ID"]),
      TableHeader(
        ["Typ", "Kauf", "Cur.", "Verkauf", "Cur.#2", "Börse", "Gruppe", "Datum"], optional: ["Gebühr", "Cur.#3", "Kommentar", "Tx-ID"]),
      TableHeader(
        ["Trade Type", "Buy", "Cur.", "Sell", "Cur.#2", "Exchange", "Trade Group", "Date"], optional: ["Fee", "Cur.#3", "Comment", "Tx-ID"]),
    ],
    decoding: .wholeFile(CoinTracking.decode))
}

enum CoinTracking {
  private static let english = ["Type", "Buy", "Sell", "Fee", "Exchange", "Comment", "Date"]
  private static let german = ["Typ", "Kauf", "Verkauf", "Gebühr", "Börse", "Kommentar", "Datum"]
  private static let older = ["Trade Type", "Buy", "Sell", "Fee", "Exchange", "Comment", "Date"]

  private static let meanings: [String: TrackerRow.Meaning] = {
    var all: [String: TrackerRow.Meaning] = [:]
    func add(_ meaning: TrackerRow.Meaning, _ names: String...) { for name in names { all[name] = meaning } }
    add(.trade, "trade", "margin trade", "swap (non taxable)", "tausch (steuerfrei)", "add liquidity", "remove liquidity", "handel")
    add(.into(.deposit), "deposit", "einzahlung", "receive lp token", "receive loan collateral")
    add(.out(.withdraw), "withdrawal", "auszahlung", "return lp token", "send loan collateral")
    add(.into(.giftIn), "gift/tip", "gift/tip(in)", "gift", "geschenk/trinkgeld", "geschenk")
    add(.out(.giftOut), "gift(out)", "gift (out)", "schenkung")
    add(
      .into(.reward, "income"), "income", "income (non taxable)", "other income", "einnahme", "einnahme (steuerfrei)", "sonstige einnahme")
    add(.into(.reward, "bonus"), "reward / bonus", "reward/bonus", "belohnung / bonus", "belohnung/bonus")
    add(.into(.reward, "staking"), "staking", "masternode", "minting", "lp rewards")
    add(.into(.reward, "interest"), "interest income", "lending income", "zinseinnahme", "lending einnahme", "zinsen")
    add(.into(.reward, "dividend"), "dividends income", "dividend income", "dividenden einnahme", "dividendeneinnahme")
    add(.into(.mining), "mining", "mining (commercial)", "mining (gewerblich)")
    add(.into(.airdrop), "airdrop", "airdrop (non taxable)", "airdrop (steuerfrei)", "hard fork", "hardfork")
    add(.into(.reward, "margin"), "margin profit", "margin gain", "derivatives / futures profit", "margin gewinn")
    add(
      .out(.fee, "margin"), "margin loss", "margin fee", "derivatives / futures loss", "margin verlust", "margin gebühr", "settlement fee")
    add(.out(.fee), "other fee", "sonstige gebühr", "fee", "gebühr")
    add(.out(.interestCharge, "loan"), "borrowing fee", "leihgebühr")
    add(
      .out(.deliveryOut, "spending"), "spend", "other expense", "expense (non taxable)", "ausgabe", "sonstige ausgabe",
      "ausgabe (steuerfrei)")
    add(.out(.donateOut), "donation", "spende")
    add(.out(.writeoff, "stolen"), "stolen", "gestohlen", "stolen/hacked")
    add(.out(.writeoff, "lost"), "lost", "verloren", "verlust")
    add(.into(.borrow), "receive loan", "kredit erhalten")
    add(.out(.repay), "repay loan", "kredit zurückzahlen")
    add(.out(.liquidation), "liquidation")
    return all
  }()

  static func decode(_ group: inout RowGroup, _ file: FileContext) throws(RowProblem) {
    // One row with a day beyond the twelfth tells the order of day and month for all.
    let date = group.rows.first.map { names($0)[6] } ?? "Date"
    var dayFirst = file.dayFirst
    for row in group.rows where dayFirst == nil { dayFirst = row.dayFirst(date) }
    for row in group.rows {
      group.attempt([row]) { rows throws(RowProblem) in
        var events: [EventDraft] = []
        for row in rows { events.append(try event(row, dayFirst, file)) }
        return events
      }
    }
  }

  private static func names(_ row: Row) -> [String] { row.has("Kauf") ? german : row.has("Trade Type") ? older : english }

  private static func event(_ row: Row, _ dayFirst: Bool?, _ file: FileContext) throws(RowProblem) -> EventDraft {
    let names = names(row)
    let type = try row.text(names[0])
    guard let meaning = meanings[type.lowercased()] else { throw row.unknown(names[0], known: known) }
    let moment = try row.userMoment(names[6], dayFirst: dayFirst, zone: file.zone)
    var tracker = TrackerRow(
      moment: moment, received: try row.amountPair(names[1], "Cur."), sent: try row.amountPair(names[2], "Cur.#2"),
      fee: row.has(names[3]) ? try row.amountPair(names[3], "Cur.#3") : nil)
    tracker.account = row.optionalText(names[4])
    tracker.note = row.optionalText(names[5])
    tracker.externalID = row.optionalText("Tx-ID")
    takeFeeOut(&tracker, row)
    switch meaning {
    case .out where tracker.received != nil:
      file.note(row.line, "\(type) names \(row.raw(names[1])) \(row.raw("Cur.")) received, which is left out")
    case .into where tracker.sent != nil:
      file.note(row.line, "\(type) names \(row.raw(names[2])) \(row.raw("Cur.#2")) sent, which is left out")
    default: break
    }
    guard let event = tracker.event(meaning) else {
      let isReceipt: Bool
      if case .into = meaning { isReceipt = true } else { isReceipt = meaning == .trade && tracker.received == nil }
      throw row.problem(isReceipt ? names[1] : names[2], .inconsistent("is nothing, but \(type) needs an amount there"))
    }
    return event
  }

  /// A fee in the currency of a side is part of that side; one in a third currency is told by another row.
  private static func takeFeeOut(_ tracker: inout TrackerRow, _ row: Row) {
    guard let fee = tracker.fee else { return }
    if let sent = tracker.sent, sent.unit == fee.unit, sent.value > fee.value, let net = try? sent.value.subtracting(fee.value) {
      tracker.sent = UnitAmount(value: net, unit: sent.unit)
    } else if let received = tracker.received, received.unit == fee.unit, let gross = try? received.value.adding(fee.value) {
      tracker.received = UnitAmount(value: gross, unit: received.unit)
    } else {
      tracker.fee = nil
      let remark = "fee \(fee.value) \(fee.unit) stated, not deducted by this row"
      tracker.note = tracker.note.map { "\($0); \(remark)" } ?? remark
    }
  }

  private static let known = [
    "Trade", "Deposit", "Withdrawal", "Gift/Tip", "Income", "Reward / Bonus", "Staking", "Masternode", "Minting", "Interest Income",
    "Lending Income", "Dividends Income", "Mining", "Airdrop", "Hard Fork", "Margin Profit", "Margin Loss", "Margin Fee", "Other Fee",
    "Borrowing Fee", "Spend", "Other Expense", "Donation", "Gift(Out)", "Stolen", "Lost", "Receive Loan", "Repay Loan", "Liquidation",
  ]
}
