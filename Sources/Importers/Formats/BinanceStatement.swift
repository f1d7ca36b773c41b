import Amounts
import Ledger

// Binance, Wallet > Transaction History > Export ("account statement"). Change is signed and in the coin's units; times are UTC.
// One operation of the user is several rows with nothing but the time in common: see StatementLedger.
extension ExportFormat {
  static let binanceStatement = ExportFormat(
    id: "binance.statement.v1", title: "Binance account statement", account: "Binance",
    tables: [
      TableHeader(["UTC_Time", "Account", "Operation", "Coin", "Change"], optional: ["User_ID", "Remark"]),
      TableHeader(["Time", "Account", "Operation", "Coin", "Change"], optional: ["User ID", "Remark"]),
    ],
    identity: .columns(["UTC_Time", "Time", "Account", "Operation", "Coin", "Change", "Remark"]),
    decoding: .grouped(by: BinanceStatement.day, decode: BinanceStatement.decode))
}

enum BinanceStatement {
  static let times = ["yyyy-MM-dd HH:mm:ss", "yy-MM-dd HH:mm:ss", "yyyy/MM/dd HH:mm:ss", "yyyy-MM-dd H:mm"]

  /// A day's rows are looked at together, wherever they stand; rows that follow each other over midnight stay with the first.
  static func day(_ row: Row, _ file: FileContext) throws(RowProblem) -> String? {
    let time = try self.time(row)
    let last = file.memory["time"].flatMap(Int64.init)
    let isSequel = last.map { abs(time.microseconds - $0) <= StatementLedger.window } ?? false
    let key = isSequel ? file.memory["day"] ?? "\(time.dayUTC)" : "\(time.dayUTC)"
    (file.memory["time"], file.memory["day"]) = ("\(time.microseconds)", key)
    return key
  }

  private static func time(_ row: Row) throws(RowProblem) -> Instant {
    try row.moment(row.has("UTC_Time") ? "UTC_Time" : "Time", times, zone: .utc).instant
  }

  static func decode(_ group: inout RowGroup, _ file: FileContext) throws(RowProblem) {
    var byLine: [Int: Row] = [:]
    var rows: [StatementRow] = []
    for row in group.rows {
      byLine[row.line] = row
      do throws(RowProblem) {
        rows.append(try read(row))
      } catch {
        group.fail(row, error)
      }
    }
    for extra in earned(in: &rows, file) {
      if let row = byLine[extra.line], case .event(let event) = BinanceEvents.single(extra) { group.add(event, from: [row]) }
    }
    let ledger = StatementLedger(rows)
    for (event, lines) in ledger.events { group.add(event, from: lines.compactMap { byLine[$0] }) }
    for (line, reason) in ledger.ignored {
      if let row = byLine[line] { group.ignore(row, reason) }
    }
    for problem in ledger.problems {
      if let row = byLine[problem.line] { group.fail(row, problem) }
    }
  }

  /// What an earn product gave back beyond what went into it: income, printed as a part of the redemption.
  ///
  /// Rows that give back more lose the surplus, which comes as a row of its own. Where less of a product went in than comes out by far, it
  /// went in before the file began; and a file that runs backwards tells nothing.
  private static func earned(in rows: inout [StatementRow], _ file: FileContext) -> [StatementRow] {
    var found: [StatementRow] = []
    for place in rows.indices.sorted(by: { (rows[$0].time, rows[$0].line) < (rows[$1].time, rows[$1].line) }) {
      let row = rows[place]
      guard row.operation == .lock, BinanceEvents.receipt(row.coin) == nil else { continue }
      let key = "locked \(row.coin) \(product(row.name))"
      let before = file.memory[key].flatMap { Decimal($0) } ?? .zero
      guard let after = try? before.subtracting(row.change) else { continue }
      file.memory[key] = max(after, .zero).description
      guard row.change.isPositive, before.isPositive, after.isNegative, let most = try? before.divided(by: Decimal(5)),
        after.magnitude <= most
      else { continue }
      rows[place] = row.with(before, operation: .lock)
      found.append(row.with(after.magnitude, operation: .income(.reward, subtype: "interest")))
    }
    return found
  }

  /// The product an operation's name speaks of: `Simple Earn Flexible Redemption` -> `simple earn flexible`.
  private static func product(_ name: String) -> String {
    let movements: Set<String> = [
      "subscription", "redemption", "purchase", "principal", "staking", "unstaking", "add", "remove", "sell", "internal", "transfer",
    ]
    return name.lowercased().split { !$0.isLetter }.map(String.init).filter { !movements.contains($0) }.joined(separator: " ")
  }

  private static func read(_ row: Row) throws(RowProblem) -> StatementRow {
    let time = try self.time(row)
    let account = row.raw("Account")
    guard let wallet = StatementWallet(account: account) else {
      throw row.unknown(
        "Account", known: ["Spot", "Earn", "Funding", "USD-MFutures", "Coin-MFutures", "CrossMargin", "IsolatedMargin", "Card", "Option"])
    }
    let name = try row.text("Operation")
    guard let operation = StatementOperation.named(name) else {
      throw row.unknown("Operation", known: StatementOperation.known(near: name))
    }
    return StatementRow(
      line: row.line, time: time, wallet: wallet, operation: operation, name: name, coin: try row.text("Coin"),
      change: try row.decimal("Change"), remark: row.raw("Remark"))
  }
}
