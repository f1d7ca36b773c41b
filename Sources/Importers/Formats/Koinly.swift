import Amounts
import Ledger

// Koinly: the universal template that people fill in for wallets Koinly does not know, and Koinly's own transaction export in two
// generations. Amounts are without fees.
extension ExportFormat {
  /// The template.
  static let koinlyTemplate = ExportFormat(
    id: "koinly.template.v1", title: "Koinly universal template", account: "Koinly",
    tables: [
      TableHeader(
        ["Date", "Sent Amount", "Sent Currency", "Received Amount", "Received Currency", "Fee Amount", "Fee Currency"],
        optional: ["Net Worth Amount", "Net Worth Currency", "Label", "Description", "TxHash"], absent: ["Sending Wallet", "Type"])
    ],
    idsAreUnique: true, decoding: .eachRow(Koinly.template))

  /// Transactions > Export.
  static let koinlyTransactions = ExportFormat(
    id: "koinly.transactions.v1", title: "Koinly transactions", account: "Koinly",
    tables: [
      TableHeader(
        [
          "Date", "Type", "Sending Wallet", "Sent Amount", "Sent Currency", "Receiving Wallet", "Received Amount", "Received Currency",
          "Fee Amount", "Fee Currency",
        ],
        optional: ["Label", "Tag", "Description", "TxHash"]),
      TableHeader(
        [
          "Date (UTC)", "Type", "Tag", "From Wallet (read-only)", "From Amount", "From Currency", "To Wallet (read-only)", "To Amount",
          "To Currency", "Fee Amount", "Fee Currency",
        ],
        optional: ["ID (read-only)", "Net Worth Amount", "Net Worth Currency", "Deleted", "Description", "TxHash"]),
    ],
    idsAreUnique: true, decoding: .eachRow(Koinly.transactions))
}

enum Koinly {
  private static let times = ["yyyy-MM-dd HH:mm[:ss][ Z]", "yyyy-MM-ddTHH:mm:ss[Z]", "yyyy-MM-dd"]

  private static let labels: [String: TrackerRow.Meaning] = {
    var all: [String: TrackerRow.Meaning] = [:]
    func add(_ meaning: TrackerRow.Meaning, _ names: String...) { for name in names { all[name] = meaning } }
    add(.into(.airdrop), "airdrop")
    add(.into(.airdrop, "fork"), "fork")
    add(.into(.mining), "mining")
    add(.into(.reward), "reward")
    add(.into(.reward, "staking"), "staking", "staking reward", "staking_reward")
    add(.into(.reward, "income"), "income", "other income", "other_income", "salary")
    add(.into(.reward, "interest"), "lending interest", "loan interest", "loan_interest", "lending_interest", "interest")
    add(.into(.reward, "cashback"), "cashback")
    add(.into(.reward, "margin"), "realized gain", "realized_gain", "margin profit", "futures profit")
    add(.into(.feeRefund), "fee refund", "fee_refund")
    add(.into(.borrow), "loan", "margin loan", "margin_loan")
    add(.out(.giftOut), "gift sent", "gift")
    add(.out(.writeoff, "lost"), "lost")
    add(.out(.writeoff, "stolen"), "stolen")
    add(.out(.donateOut), "donation")
    add(.out(.deliveryOut, "spending"), "cost", "expense", "payment")
    add(.out(.fee, "margin"), "margin fee", "margin_fee", "realized loss", "margin loss", "futures loss", "realized_loss")
    add(.out(.fee), "fee", "loan fee", "loan_fee")
    add(.out(.interestCharge, "loan"), "interest payment", "interest_payment", "margin interest")
    add(.out(.repay), "loan repayment", "loan_repayment", "margin repayment", "margin_repayment")
    add(.out(.stake), "stake", "to pool", "to_pool", "pool in", "sent to pool")
    add(.into(.unstake), "unstake", "from pool", "from_pool", "pool out", "received from pool")
    add(.trade, "swap", "liquidity in", "liquidity out", "liquidity_in", "liquidity_out", "wrap", "unwrap", "exchange")
    return all
  }()

  static func template(_ row: Row, _ file: FileContext) throws(RowProblem) -> RowOutcome {
    var tracker = TrackerRow(
      moment: try row.moment("Date", times, zone: file.zone), received: try row.amountPair("Received Amount", "Received Currency"),
      sent: try row.amountPair("Sent Amount", "Sent Currency"), fee: try row.amountPair("Fee Amount", "Fee Currency"))
    if row.has("Net Worth Amount") { tracker.worth = try row.amountPair("Net Worth Amount", "Net Worth Currency") }
    tracker.note = row.optionalText("Description")
    tracker.txHash = row.optionalText("TxHash")
    return .event(try event(row, tracker, row.raw("Label"), "Label"))
  }

  static func transactions(_ row: Row, _ file: FileContext) throws(RowProblem) -> RowOutcome {
    let isNew = row.has("From Amount")
    if ["true", "yes", "1"].contains(row.raw("Deleted").lowercased()) { return .ignored("deleted in Koinly") }
    var tracker = TrackerRow(
      moment: try row.moment(isNew ? "Date (UTC)" : "Date", times, zone: .utc),
      received: isNew ? try row.amountPair("To Amount", "To Currency") : try row.amountPair("Received Amount", "Received Currency"),
      sent: isNew ? try row.amountPair("From Amount", "From Currency") : try row.amountPair("Sent Amount", "Sent Currency"),
      fee: try row.amountPair("Fee Amount", "Fee Currency"))
    if row.has("Net Worth Amount") { tracker.worth = try row.amountPair("Net Worth Amount", "Net Worth Currency") }
    if !isNew, let currency = row.header.captured("Net Value (*)"), let value = try row.nonZeroDecimal("Net Value (*)") {
      tracker.worth = UnitAmount(value: value, unit: currency)
    }
    tracker.note = row.optionalText("Description")
    tracker.txHash = row.optionalText("TxHash")
    tracker.externalID = row.optionalText("ID (read-only)")
    let from = row.optionalText(isNew ? "From Wallet (read-only)" : "Sending Wallet")
    let to = row.optionalText(isNew ? "To Wallet (read-only)" : "Receiving Wallet")
    (tracker.account, tracker.toAccount) = (from ?? to, to)
    let label = row.has("Tag") ? "Tag" : "Label"
    if row.raw("Type").lowercased() == "transfer" { return .event(try transfer(row, tracker)) }
    return .event(try event(row, tracker, row.raw(label), label))
  }

  /// Between own wallets: what left and what arrived may differ by the fee.
  private static func transfer(_ row: Row, _ tracker: TrackerRow) throws(RowProblem) -> EventDraft {
    var tracker = tracker
    if let sent = tracker.sent, let received = tracker.received {
      guard sent.unit == received.unit else { throw row.problem(.inconsistent("a transfer changes \(sent.unit) into \(received.unit)")) }
      // FORMATS: the quantity is what left, a fee in the same asset reduces what arrives.
      if let fee = tracker.fee, fee.unit == sent.unit, sent.value == received.value, let all = try? sent.value.adding(fee.value) {
        tracker.sent = UnitAmount(value: all, unit: sent.unit)
      }
    }
    guard let event = tracker.event(.transfer) else { throw row.problem(.inconsistent("moves nothing")) }
    return event
  }

  private static func event(_ row: Row, _ tracker: TrackerRow, _ label: String, _ column: String) throws(RowProblem) -> EventDraft {
    let word = label.lowercased()
    let isBoth = tracker.sent != nil && tracker.received != nil
    var meaning = labels[word]
    if meaning == nil, !word.isEmpty { throw row.unknown(column, known: labels.keys.sorted()) }
    switch meaning {
    // A trade keeps its label as a remark: what was given still paid for what was received.
    case _ where isBoth: meaning = .trade
    case .out where tracker.sent == nil:
      meaning = word == "gift" || word == "gift received" ? .into(.giftIn) : nil
    case .into where tracker.received == nil: meaning = nil
    case nil, .trade: meaning = tracker.sent != nil ? .out(.withdraw) : .into(.deposit)
    default: break
    }
    guard let meaning, let event = tracker.event(meaning) else {
      throw row.problem(
        column, .inconsistent(tracker.sent == nil && tracker.received == nil ? "moves nothing" : "does not fit the side that moves"))
    }
    return event
  }
}
