import Amounts
import Ledger

// Smaller exports of Binance: coins in and out, interest, rebates, futures.
extension ExportFormat {
  /// Deposit History and Withdraw History of coins; the one with a fee is the withdrawals.
  static let binanceFlows = ExportFormat(
    id: "binance.flows.v1", title: "Binance deposit and withdrawal history", account: "Binance",
    tables: [
      TableHeader(["Date(UTC+0)", "Coin", "Network", "Amount", "Address", "TXID", "Status"], optional: ["Fee"]),
      TableHeader(
        ["Date(UTC)", "Coin", "Amount", "TransactionFee", "Address", "TXID", "SourceAddress", "PaymentID", "Status"], optional: ["Network"]),
    ],
    decoding: .eachRow(BinanceFlows.flow))

  /// Interest of flexible and locked products.
  static let binanceInterest = ExportFormat(
    id: "binance.interest.v1", title: "Binance earn and staking interest", account: "Binance",
    tables: [
      TableHeader(["Date(UTC)", "Product Name", "Coin", "Amount"]),
      TableHeader(["Time (UTC)", "Staked Currency", "Staked Amount", "APR", "Interest Currency", "Interest Amount", "Status"]),
      TableHeader(["Time (UTC)", "Trading Fee Currency", "Trading Fee Paid", "Rebate Currency", "Rebate Amount", "Status"]),
    ],
    decoding: .eachRow(BinanceFlows.interest))

  /// Transaction history of the futures wallets.
  static let binanceFutures = ExportFormat(
    id: "binance.futures.v1", title: "Binance futures transaction history", account: "Binance USD-M Futures",
    tables: [TableHeader(["Date(UTC)", "type", "Amount", "Asset", "Symbol", "Transaction ID"])],
    decoding: .eachRow(BinanceFlows.futures))
}

enum BinanceFlows {
  static func flow(_ row: Row, _ file: FileContext) throws(RowProblem) -> RowOutcome {
    guard try BinanceConvert.happened(row) else { return .ignored("the transfer did not happen") }
    let moment = try row.moment(row.has("Date(UTC+0)") ? "Date(UTC+0)" : "Date(UTC)", BinanceStatement.times, zone: .utc)
    let asset = KnownMoney.asset(try row.text("Coin"))
    let amount = try row.decimal("Amount")
    let fee = try row.nonZeroDecimal(row.has("Fee") ? "Fee" : "TransactionFee")
    let isWithdrawal: Bool
    if row.has("TransactionFee") {
      // One layout for both; a withdrawal costs something, a deposit has a source.
      let hasSource = row.optionalText("SourceAddress") != nil
      guard (fee != nil) != hasSource else {
        throw row.problem("TransactionFee", .inconsistent("does not tell whether this is a deposit or a withdrawal"))
      }
      isWithdrawal = fee != nil
    } else {
      isWithdrawal = row.has("Fee")
    }
    var event: EventDraft = isWithdrawal ? .withdrawal(at: moment, asset, amount) : .deposit(at: moment, asset, amount)
    event.charge(fee, asset)
    event.detail { $0.txHash = row.optionalText("TXID") }
    return .event(event)
  }

  static func interest(_ row: Row, _ file: FileContext) throws(RowProblem) -> RowOutcome {
    let (coin, amount, time, subtype): (String, String, String, String) =
      row.has("Interest Amount")
      ? ("Interest Currency", "Interest Amount", "Time (UTC)", "staking")
      : row.has("Rebate Amount")
        ? ("Rebate Currency", "Rebate Amount", "Time (UTC)", "rebate") : ("Coin", "Amount", "Date(UTC)", "interest")
    if row.optionalText("Status") != nil, try !BinanceConvert.happened(row) { return .ignored("nothing was paid") }
    let quantity = try row.decimal(amount)
    if quantity.isZero { return .ignored("the amount is zero") }
    let moment = try row.moment(time, BinanceStatement.times, zone: .utc)
    var event = EventDraft(.reward, at: moment, asset: KnownMoney.asset(try row.text(coin)), quantity: quantity)
    event.detail {
      $0.subtype = subtype
      $0.note = row.optionalText("Product Name")
    }
    return .event(event)
  }

  static func futures(_ row: Row, _ file: FileContext) throws(RowProblem) -> RowOutcome {
    let change = try row.decimal("Amount")
    if change.isZero { return .ignored("the amount is zero") }
    let kind: EventKind
    let subtype: String
    switch try row.text("type").uppercased() {
    case "REALIZED_PNL": (kind, subtype) = (change.isPositive ? .reward : .fee, "futures")
    case "COMMISSION": (kind, subtype) = (change.isPositive ? .feeRefund : .fee, "commission")
    case "FUNDING_FEE": (kind, subtype) = (change.isPositive ? .feeRefund : .fee, "funding")
    case "INSURANCE_CLEAR", "LIQUIDATION_FEE": (kind, subtype) = (change.isPositive ? .feeRefund : .fee, "insurance")
    case "REFERRAL_KICKBACK", "COMMISSION_REBATE": (kind, subtype) = (.reward, "referral")
    case "TRANSFER", "DEPOSIT", "WITHDRAW": (kind, subtype) = (change.isPositive ? .deposit : .withdraw, "transfer")
    default:
      throw row.unknown(
        "type",
        known: [
          "REALIZED_PNL", "COMMISSION", "FUNDING_FEE", "INSURANCE_CLEAR", "LIQUIDATION_FEE", "REFERRAL_KICKBACK", "COMMISSION_REBATE",
          "TRANSFER", "DEPOSIT", "WITHDRAW",
        ])
    }
    let moment = try row.moment("Date(UTC)", BinanceStatement.times, zone: .utc)
    var event = EventDraft(kind, at: moment, asset: KnownMoney.asset(try row.text("Asset")), quantity: change.magnitude)
    event.externalID = row.optionalText("Transaction ID")
    event.detail {
      $0.subtype = subtype
      $0.note = row.optionalText("Symbol")
    }
    return .event(event)
  }
}
