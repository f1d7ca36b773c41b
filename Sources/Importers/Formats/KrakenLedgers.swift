import Amounts
import Ledger

// Kraken, History > Export > Ledgers. Every movement is a row; `refid` joins the legs of a trade. Amounts are signed and without the fee,
// which is in the same asset and comes on top. Times are UTC. A row without txid is an announcement that is written again when booked.
extension ExportFormat {
  static let krakenLedgersV1 = ledgers(
    "kraken.ledgers.v1", "Kraken ledgers (before subtypes)",
    TableHeader(["txid", "refid", "time", "type", "aclass", "asset", "amount", "fee", "balance"], absent: ["subtype"]))

  static let krakenLedgersV2 = ledgers(
    "kraken.ledgers.v2", "Kraken ledgers",
    TableHeader(
      ["txid", "refid", "time", "type", "subtype", "aclass", "asset", "amount", "fee", "balance"],
      optional: ["subclass", "wallet", "amountusd", "feeusd", "balanceusd"]))

  private static func ledgers(_ id: String, _ title: String, _ table: TableHeader) -> ExportFormat {
    ExportFormat(
      id: id, title: title, account: "Kraken", tables: [table],
      identity: .columns(["txid", "refid", "time", "type", "asset", "amount", "fee"]),
      idsAreUnique: true, decoding: .grouped(by: KrakenLedgers.key, decode: KrakenLedgers.decode))
  }
}

enum KrakenLedgers {
  /// The legs of one reference; old earn rows have the reference `Unknown`, and belong together by their second.
  static func key(_ row: Row, _ file: FileContext) throws(RowProblem) -> String? {
    switch row.raw("refid") {
    case "": nil
    case "Unknown": "\(row.raw("type")) \(row.raw("time")) \(KrakenAssets.form(row.raw("asset")).symbol)"
    case let refid: refid
    }
  }

  /// One movement.
  struct Entry {
    var row: Row
    var moment: Moment
    var type: String
    var subtype: String
    var form: KrakenAssets.Form
    var amount: Decimal
    var fee: Decimal
    var isStaked: Bool { form.isStaked || row.raw("wallet").lowercased().hasPrefix("earn") }

    init(_ row: Row) throws(RowProblem) {
      self.row = row
      moment = try row.moment("time", zone: .utc)
      type = try row.text("type").lowercased()
      subtype = row.raw("subtype").lowercased()
      form = KrakenAssets.form(try row.text("asset"))
      amount = try row.decimal("amount")
      fee = try row.optionalDecimal("fee") ?? .zero
    }
  }

  static func decode(_ group: inout RowGroup, _ file: FileContext) throws(RowProblem) {
    var entries: [Entry] = []
    var firstProblem: RowProblem?
    for row in group.rows {
      if row.raw("txid").isEmpty {
        group.ignore(row, "announced; the booked row has a txid")
        continue
      }
      do throws(RowProblem) {
        entries.append(try Entry(row))
      } catch {
        group.fail(row, error)
        firstProblem = firstProblem ?? error
      }
    }
    if let firstProblem { return group.failAll(firstProblem, entries.map(\.row)) }
    guard let first = entries.first else { return }
    for entry in entries { follow(entry, file) }
    switch first.type {
    case "trade", "spend", "receive", "conversion", "sale", "settled", "dustsweeping": try trade(entries, &group)
    case "transfer" where entries.contains { $0.subtype.contains("conversion") || $0.subtype.contains("delisting") }:
      try trade(entries, &group)
    case "deposit", "withdrawal": try movements(entries, &group)
    case "transfer": try transfers(entries, &group)
    case "staking", "dividend", "reward", "invite bonus", "credit": try rewards(entries, &group)
    case "earn": try earn(entries, &group)
    case "margin", "margin trade", "rollover": try margin(entries, &group)
    case "adjustment": try adjustments(entries, &group)
    default: throw first.row.unknown("type", known: knownTypes)
    }
  }

  /// Compares the balance a row states with the one before it and what the row moves; the file may run either way. The first row that
  /// differs is told: rows before it are missing, or were changed.
  private static func follow(_ entry: Entry, _ file: FileContext) {
    guard let balance = entry.row.number(entry.row.raw("balance")), let moved = try? entry.amount.subtracting(entry.fee) else { return }
    let ledger = entry.row.raw("asset") + " " + entry.row.raw("wallet")
    let last = file.running[ledger]
    file.running[ledger] = (balance, moved, last?.isTold ?? false)
    guard let last, !last.isTold, let onward = try? last.balance.adding(moved), let backward = try? balance.adding(last.moved),
      onward != balance, backward != last.balance
    else { return }
    file.running[ledger]?.isTold = true
    file.note(
      entry.row.line,
      "the file states a balance of \(balance) \(entry.form.symbol), but the row before and this one make \(onward): rows are missing or changed"
    )
  }

  static let knownTypes = [
    "deposit", "withdrawal", "trade", "spend", "receive", "conversion", "sale", "settled", "dustsweeping", "transfer", "staking",
    "dividend",
    "reward", "invite bonus", "credit", "earn", "margin", "margin trade", "rollover", "adjustment",
  ]

  /// An event of one row with its fee and id.
  static func event(_ kind: EventKind, _ entry: Entry, subtype: String? = nil) -> EventDraft {
    var event: EventDraft
    switch kind {
    case .deposit: event = .deposit(at: entry.moment, entry.form.ref, entry.amount)
    case .withdraw: event = .withdrawal(at: entry.moment, entry.form.ref, entry.amount)
    default: event = EventDraft(kind, at: entry.moment, asset: entry.form.ref, quantity: entry.amount.magnitude)
    }
    event.charge(entry.fee, entry.form.ref)
    event.externalID = entry.row.raw("txid")
    if let subtype { event.detail { $0.subtype = subtype } }
    return event
  }
}
