import Amounts
import Ledger

// Bitstamp, Transactions > Export. Times are UTC. The old layout prints minutes and the coin behind each number, the new one seconds and
// columns of its own for the coins.
extension ExportFormat {
  /// Until 2023.
  static let bitstampTransactionsV1 = ExportFormat(
    id: "bitstamp.transactions.v1", title: "Bitstamp transactions (Sub Type)", account: "Bitstamp",
    tables: [TableHeader(["Type", "Datetime", "Account", "Amount", "Value", "Rate", "Fee", "Sub Type"])],
    idsAreUnique: true, decoding: .eachRow(Bitstamp.joined))

  /// Since 2023, also called RFC 4180.
  static let bitstampTransactionsV2 = ExportFormat(
    id: "bitstamp.transactions.v2", title: "Bitstamp transactions (Subtype, Amount currency)", account: "Bitstamp",
    tables: [
      TableHeader(
        ["Account", "Type", "Subtype", "Datetime", "Amount", "Amount currency", "Value", "Value currency", "Fee", "Fee currency"],
        optional: ["ID", "Rate", "Rate currency", "Order ID"])
    ],
    idsAreUnique: true, decoding: .eachRow(Bitstamp.apart))
}

enum Bitstamp {
  private struct Cells {
    var type: String
    var subtype: String
    var moment: Moment
    var amount: UnitAmount
    var value: UnitAmount?
    var rate: UnitAmount?
    var fee: UnitAmount?
    var subtypeName: String
  }

  static func joined(_ row: Row, _ file: FileContext) throws(RowProblem) -> RowOutcome {
    try outcome(
      row,
      Cells(
        type: try row.text("Type"), subtype: row.raw("Sub Type"),
        moment: try row.moment("Datetime", ["MMM. d, yyyy, hh:mm a", "MMM d, yyyy, hh:mm a", "yyyy-MM-dd HH:mm:ss"], zone: .utc),
        amount: try coin(row, "Amount", row.amount("Amount")), value: try row.optionalAmount("Value"), rate: try row.optionalAmount("Rate"),
        fee: try row.optionalAmount("Fee"), subtypeName: "Sub Type"))
  }

  static func apart(_ row: Row, _ file: FileContext) throws(RowProblem) -> RowOutcome {
    func amount(_ name: String) throws(RowProblem) -> UnitAmount? {
      guard let value = try row.optionalDecimal(name) else { return nil }
      return UnitAmount(value: value, unit: value.isZero ? row.raw(name + " currency") : try row.text(name + " currency"))
    }
    guard let main = try amount("Amount") else { throw row.problem("Amount", .missing) }
    return try outcome(
      row,
      Cells(
        type: try row.text("Type"), subtype: row.raw("Subtype"), moment: try row.moment("Datetime", zone: .utc),
        amount: try coin(row, "Amount currency", main), value: try amount("Value"), rate: row.has("Rate") ? try amount("Rate") : nil,
        fee: try amount("Fee"), subtypeName: "Subtype"))
  }

  /// The amount, if it names a coin. Nothing but the letter X is ISO 4217's code for no currency.
  private static func coin(_ row: Row, _ name: String, _ amount: UnitAmount) throws(RowProblem) -> UnitAmount {
    if amount.unit.allSatisfy({ $0 == "X" }) { throw row.problem(name, .inconsistent("names no coin")) }
    return amount
  }

  private static func outcome(_ row: Row, _ cells: Cells) throws(RowProblem) -> RowOutcome {
    var event = try event(row, cells)
    if let fee = cells.fee, !fee.value.isZero { event.charge(fee.value.magnitude, KnownMoney.asset(fee.unit)) }
    // The old layout has no ids and no seconds: the minute and both amounts name a trade in both.
    event.externalID = row.optionalText("ID")
    if let value = cells.value, event.kind != .deposit, event.kind != .withdraw {
      let minute = cells.moment.instant.microseconds / 60_000_000
      event.detail {
        $0.tradeKey = "bitstamp \(minute) \(cells.amount.value.magnitude) \(cells.amount.unit) \(value.value.magnitude) \(value.unit)"
      }
    }
    return .event(event)
  }

  private static let known = [
    "Market", "Deposit", "Withdrawal", "Card Deposit", "Ripple deposit", "Ripple payment", "Staking reward", "Referral reward", "Stake",
    "Unstake",
    "Sub Account Transfer", "Inter Account Transfer", "Settlement Transfer", "Credited assets", "Debited assets",
  ]

  private static func event(_ row: Row, _ cells: Cells) throws(RowProblem) -> EventDraft {
    let asset = KnownMoney.asset(cells.amount.unit)
    let quantity = cells.amount.value.magnitude
    switch cells.type.lowercased() {
    case "market", "card", "instant", "limit", "stop":
      guard let value = cells.value, !value.unit.isEmpty else { throw row.problem("Value", .missing) }
      let buys: Bool
      switch cells.subtype.lowercased() {
      case "buy": buys = true
      case "sell": buys = false
      default: throw row.unknown(cells.subtypeName, known: ["Buy", "Sell"])
      }
      let price = cells.rate.flatMap { $0.unit == value.unit ? $0.value : nil }
      let fill = PairFill(
        buys: buys, base: asset, quantity: quantity, quote: KnownMoney.asset(value.unit), total: value.value.magnitude, price: price)
      guard let event = EventDraft.trade(at: cells.moment, fill) else { throw row.problem(.notCovered) }
      return event
    case "deposit", "card deposit", "ripple deposit", "card deposit (via simplex)", "credited assets":
      return .deposit(at: cells.moment, asset, quantity)
    case "withdrawal", "ripple payment", "card withdrawal", "debited assets": return .withdrawal(at: cells.moment, asset, quantity)
    case "sub account transfer", "inter account transfer", "settlement transfer":
      return cells.amount.value.isNegative ? .withdrawal(at: cells.moment, asset, quantity) : .deposit(at: cells.moment, asset, quantity)
    case "staking reward", "staking rewards": return reward(cells.moment, asset, quantity, "staking")
    case "referral reward", "reward": return reward(cells.moment, asset, quantity, "referral")
    case "stake", "staked assets": return EventDraft(.stake, at: cells.moment, asset: asset, quantity: quantity)
    case "unstake", "unstaked assets": return EventDraft(.unstake, at: cells.moment, asset: asset, quantity: quantity)
    default: throw row.unknown("Type", known: known)
    }
  }

  private static func reward(_ moment: Moment, _ asset: AssetRef, _ quantity: Decimal, _ subtype: String) -> EventDraft {
    var event = EventDraft(.reward, at: moment, asset: asset, quantity: quantity)
    event.detail { $0.subtype = subtype }
    return event
  }
}
