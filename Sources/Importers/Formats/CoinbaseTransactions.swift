import Amounts
import Ledger

// Coinbase (retail), Reports > Transaction history. The same table in several generations: first with the currency inside the column
// names, then with a column for it, then with an id. Quantities were unsigned until 2023 and are signed since, so the type decides; a
// minus sign where something arrives takes it back. Money cells may carry a currency sign. Subtotal is without fees, Total with them.
extension ExportFormat {
  static let coinbaseTransactionsV1 = transactions(
    1, "currency in the headings, one amount",
    [.init(start + ["* Spot Price at Transaction", "* Amount Transacted (Inclusive of Coinbase Fees)"], optional: ["Address", "Notes"])])

  static let coinbaseTransactionsV2 = transactions(
    2, "currency in the headings",
    [
      .init(start + ["* Spot Price at Transaction", "* Subtotal", "* Total (inclusive of fees)"], optional: ["* Fees", "Notes"]),
      .init(start + ["* Spot Price at Transaction", "Subtotal", "Total (inclusive of fees)"], optional: ["Fees", "Notes"]),
    ])

  static let coinbaseTransactionsV3 = transactions(
    3, "spot price currency",
    [.init(start + ["Spot Price Currency", "Spot Price at Transaction", "Subtotal"], optional: totals + ["Notes"], absent: ["ID"])])

  static let coinbaseTransactionsV4 = transactions(
    4, "price currency",
    [
      .init(
        start + ["Price Currency", "Price at Transaction", "Subtotal"],
        optional: totals + ["ID", "Notes", "Sender Address", "Recipient Address"])
    ])

  private static let start = ["Timestamp", "Transaction Type", "Asset", "Quantity Transacted"]
  private static let totals = [
    "Total (inclusive of fees and/or spread)", "Total (inclusive of fees)", "Fees and/or Spread", "Fees",
  ]

  private static func transactions(_ version: Int, _ what: String, _ tables: [TableHeader]) -> ExportFormat {
    ExportFormat(
      id: "coinbase.transactions.v\(version)", title: "Coinbase transaction history (\(what))", account: "Coinbase", tables: tables,
      idsAreUnique: true, decoding: .grouped(by: CoinbaseTransactions.key, decode: CoinbaseTransactions.decode))
  }
}

enum CoinbaseTransactions {
  /// Rows that tell one thing together: both legs of a conversion, and both sides of a renamed asset.
  static func key(_ row: Row, _ file: FileContext) throws(RowProblem) -> String? {
    let type = row.raw("Transaction Type").lowercased()
    let minute = String(row.raw("Timestamp").prefix(16))
    switch type {
    case "convert":
      let note = row.raw("Notes")
      return note.isEmpty ? nil : "\(minute) \(note)"
    case "send" where row.raw("Asset") == "ETH2", "receive" where row.raw("Asset") == "ETH":
      return try "eth2 \(row.raw("Timestamp")) \(row.decimal("Quantity Transacted").magnitude)"
    case "retail eth2 deprecation", "retail staking transfer", "retail unstaking transfer", "asset migration":
      return try "\(type) \(minute) \(row.decimal("Quantity Transacted").magnitude)"
    case "retail simple dust": return "\(type) \(minute)"
    default: return nil
    }
  }

  /// A row's cells, the same for all generations.
  struct Entry {
    var row: Row
    var moment: Moment
    var type: String
    var asset: AssetRef
    var signed: Decimal
    var quantity: Decimal { signed.magnitude }
    var currency: AssetRef?
    var price: Decimal?
    var subtotal: Decimal?
    var total: Decimal?
    var fees: Decimal?
    var notes: String

    init(_ row: Row) throws(RowProblem) {
      self.row = row
      moment = try row.moment("Timestamp", row.raw("Timestamp").contains("/") ? ["MM/dd/yyyy[ HH:mm[:ss]]"] : [], zone: .utc)
      type = try row.text("Transaction Type").lowercased()
      asset = KnownMoney.asset(try row.text("Asset"))
      signed = try row.decimal("Quantity Transacted")
      let code =
        row.optionalText("Price Currency") ?? row.optionalText("Spot Price Currency") ?? row.header.captured("* Spot Price at Transaction")
      currency = code.map { KnownMoney.asset($0) }
      price = try Entry.money(row, ["Price at Transaction", "Spot Price at Transaction", "* Spot Price at Transaction"])
      subtotal = try Entry.money(row, ["Subtotal", "* Subtotal"])
      total = try Entry.money(
        row,
        [
          "Total (inclusive of fees and/or spread)", "Total (inclusive of fees)", "* Total (inclusive of fees)",
          "* Amount Transacted (Inclusive of Coinbase Fees)",
        ])
      fees = try Entry.money(row, ["Fees and/or Spread", "Fees", "* Fees"])
      if fees == nil, let subtotal, let total { fees = (try? total.subtracting(subtotal))?.magnitude }
      notes = row.raw("Notes")
    }

    private static func money(_ row: Row, _ names: [String]) throws(RowProblem) -> Decimal? {
      for name in names where row.has(name) { return try row.optionalAmount(name)?.value.magnitude }
      return nil
    }
  }

  static func decode(_ group: inout RowGroup, _ file: FileContext) throws(RowProblem) {
    var entries: [Entry] = []
    for row in group.rows { entries.append(try Entry(row)) }
    switch entries[0].type {
    case "convert": try convert(entries, &group)
    case "send", "receive":
      if try !rename(entries, &group) { for entry in entries { group.add(try single(entry), from: [entry.row]) } }
    case "retail eth2 deprecation", "retail staking transfer", "retail unstaking transfer", "asset migration":
      if try rename(entries, &group) { return }
      for entry in entries {
        guard entry.type == "retail staking transfer" || entry.type == "retail unstaking transfer",
          entry.asset.symbol != "ETH2" || entries.count > 1
        else {
          throw entry.row.problem("Transaction Type", .unpaired)
        }
        group.ignore(entry.row, "a staking transfer between your own Coinbase wallets")
      }
    case "retail simple dust": try dust(entries, &group)
    case "vault withdrawal", "cash to savings", "savings to cash", "transfer":
      for entry in entries { group.ignore(entry.row, "a move between your own Coinbase wallets") }
    default:
      for entry in entries {
        if ["buy", "sell"].contains(entry.type), entry.asset == entry.currency {
          group.ignore(entry.row, "\(entry.asset.symbol) for \(entry.asset.symbol) is no trade")
        } else {
          group.add(try single(entry), from: [entry.row])
        }
      }
    }
  }

  /// What a row of one type is that means the same on its own.
  enum Meaning {
    case trade(buys: Bool)
    case deposit, withdrawal
    case reward(String)
    case simple(EventKind, String?)
  }

  static let meanings: [String: Meaning] = [
    "buy": .trade(buys: true), "advanced trade buy": .trade(buys: true), "advance trade buy": .trade(buys: true),
    "sell": .trade(buys: false), "advanced trade sell": .trade(buys: false), "advance trade sell": .trade(buys: false),
    "deposit": .deposit, "receive": .deposit, "exchange withdrawal": .deposit, "pro withdrawal": .deposit, "prime withdrawal": .deposit,
    "withdrawal": .withdrawal, "send": .withdrawal, "exchange deposit": .withdrawal, "pro deposit": .withdrawal,
    "prime deposit": .withdrawal,
    "retail mgx dex send": .withdrawal,
    "staking income": .reward("staking"), "staking reward": .reward("staking"), "inflation reward": .reward("staking"),
    "rewards income": .reward("staking"), "reward income": .reward("staking"), "incentives rewards payout": .reward("bonus"),
    "learning reward": .reward("learning"), "coinbase earn": .reward("learning"), "interest payout": .reward("interest"),
    "subscription": .simple(.fee, "subscription"), "subscription rebate": .simple(.feeRefund, "subscription"),
    "subscription rebates (24 hours)": .simple(.feeRefund, "subscription"),
    "card spend": .simple(.deliveryOut, "spending"), "paid for an order": .simple(.deliveryOut, "spending"),
    "order": .simple(.deliveryOut, "spending"), "card buy back": .simple(.deliveryIn, "refund"), "donation": .simple(.donateOut, nil),
    "admin debit": .simple(.adjust, nil), "admin credit": .simple(.adjust, nil), "credit": .simple(.adjust, nil),
  ]

  static let knownTypes =
    (meanings.keys + [
      "convert", "retail eth2 deprecation", "retail staking transfer", "retail unstaking transfer", "asset migration", "retail simple dust",
      "vault withdrawal", "cash to savings", "savings to cash", "transfer",
    ]).sorted()

  static func single(_ entry: Entry) throws(RowProblem) -> EventDraft {
    guard let meaning = meanings[entry.type] else { throw entry.row.unknown("Transaction Type", known: knownTypes) }
    if entry.signed.isNegative, let reversal = try reversal(meaning, entry) { return reversal }
    var event: EventDraft
    switch meaning {
    case .trade(let buys): event = try CoinbaseTrade.event(entry, buys: buys)
    case .deposit: event = try movement(.deposit, entry)
    case .withdrawal: event = try movement(.withdraw, entry)
    case .reward(let subtype):
      event = EventDraft(.reward, at: entry.moment, asset: entry.asset, quantity: entry.quantity)
      event.detail { $0.subtype = subtype }
      if let price = entry.price, !price.isZero { (event.price, event.currency) = (price, entry.currency) }
    case .simple(let kind, let subtype):
      event = EventDraft(kind, at: entry.moment, asset: entry.asset, quantity: entry.quantity)
      if let subtype { event.detail { $0.subtype = subtype } }
      if kind == .adjust {
        event.quantity = entry.type == "admin debit" ? -entry.quantity : entry.quantity
      } else if kind != .donateOut, let value = entry.subtotal ?? entry.total, let currency = entry.currency {
        (event.gross, event.currency) = (
          KnownMoney.isFiat(entry.asset.symbol) ? entry.quantity : value, KnownMoney.isFiat(entry.asset.symbol) ? entry.asset : currency
        )
      }
    }
    event.externalID = entry.row.optionalText("ID")
    return event
  }

  /// A row that says that something arrived, with a minus sign: it is taken back. Nil where the sign belongs to the type.
  private static func reversal(_ meaning: Meaning, _ entry: Entry) throws(RowProblem) -> EventDraft? {
    var event: EventDraft
    switch meaning {
    case .trade(buys: true): throw entry.row.problem("Quantity Transacted", .inconsistent("is negative in a \(entry.type) row"))
    case .deposit: event = try movement(.withdraw, entry)
    case .reward, .simple(.feeRefund, _), .simple(.deliveryIn, _):
      event = EventDraft(.adjust, at: entry.moment, asset: entry.asset, quantity: entry.signed)
    default: return nil
    }
    event.detail { $0.note = entry.notes.isEmpty ? "\(entry.type) taken back" : entry.notes }
    event.externalID = entry.row.optionalText("ID")
    return event
  }

  private static func movement(_ kind: EventKind, _ entry: Entry) throws(RowProblem) -> EventDraft {
    var event: EventDraft =
      kind == .deposit
      ? .deposit(at: entry.moment, entry.asset, entry.quantity) : .withdrawal(at: entry.moment, entry.asset, entry.quantity)
    if let currency = entry.currency { event.charge(entry.fees, currency) }
    let notes = entry.notes
    if !notes.isEmpty { event.detail { $0.note = notes } }
    if notes.lowercased().hasSuffix("coinbase referral") { event.detail { $0.subtype = "referral" } }
    return event
  }
}
