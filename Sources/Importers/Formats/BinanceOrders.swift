import Amounts
import Ledger

// Binance, Orders > Order History > Export. An order's row is followed by a line that names the columns of its fills, and the fills, all
// with an empty first cell. The fills are booked, since the order's total is rounded; an order without fills is booked itself.
extension ExportFormat {
  static let binanceOrders = ExportFormat(
    id: "binance.orders.v1", title: "Binance order history with fills", account: "Binance",
    tables: [
      TableHeader(["Date(UTC)", "Pair", "Type", "Order Price", "Order Amount", "AvgTrading Price", "Filled", "Total", "status"]),
      TableHeader([
        "Date(UTC)", "Pair", "Type", "Order Price", "Order Amount", "AvgTrading Price", "Filled", "Total", "Trigger Condition", "status",
      ]),
    ],
    allowsExtraCells: true, decoding: .grouped(by: BinanceOrders.number, decode: BinanceOrders.decode))
}

enum BinanceOrders {
  private static let times = BinanceStatement.times + ["d.M.yyyy H:mm[:ss]", "dd/MM/yyyy HH:mm[:ss]"]

  /// An order with the lines below it.
  private struct Order {
    var head: Row
    var columns: [String: Int] = [:]
    var fills: [Row] = []
  }

  /// The order a row belongs to: lines below an order's row have an empty first cell.
  static func number(_ row: Row, _ file: FileContext) throws(RowProblem) -> String? {
    let last = file.memory["order"].flatMap(Int.init) ?? 0
    let number = row.raw(at: 0).isEmpty ? last : last + 1
    file.memory["order"] = "\(number)"
    return "\(number)"
  }

  static func decode(_ group: inout RowGroup, _ file: FileContext) throws(RowProblem) {
    var open: Order?
    for row in group.rows {
      if !row.raw(at: 0).isEmpty {
        book(open, &group)
        open = Order(head: row)
      } else if open == nil {
        group.fail(row, row.problem(.unpaired))
      } else if row.raw(at: 1).lowercased().hasPrefix("date") {
        for cell in 1..<max(2, row.count) where !row.raw(at: cell).isEmpty { open?.columns[row.raw(at: cell).lowercased()] = cell }
        group.ignore(row, "names the columns of an order's fills")
      } else {
        open?.fills.append(row)
      }
    }
    book(open, &group)
  }

  private static func book(_ order: Order?, _ group: inout RowGroup) {
    guard let order else { return }
    do throws(RowProblem) {
      let events = try events(order)
      if events.isEmpty {
        group.ignore(order.head, "nothing of the order was filled")
        return
      }
      for (event, rows) in events { group.add(event, from: rows) }
    } catch {
      for row in [order.head] + order.fills {
        let cause = row.line == error.line ? error : RowProblem(line: row.line, raw: row.rawText, reason: .groupFailed(line: error.line))
        group.fail(row, cause)
      }
    }
  }

  private static func events(_ order: Order) throws(RowProblem) -> [(EventDraft, [Row])] {
    let head = order.head
    let isBuy = try BinanceTrades.side(head, "Type")
    let status = try head.text("status").lowercased()
    let known = ["filled", "partially filled", "partially_filled", "canceled", "cancelled", "expired", "new", "rejected"]
    guard known.contains(status) else { throw head.unknown("status", known: known) }
    let fee = order.columns["fee"].map { column in order.fills.map { $0.raw(at: column) } } ?? []
    let units = fee.map { String($0.reversed().prefix { $0.isLetter }.reversed()) }
    let (base, quote) = try BinanceTrades.pair(head, "Pair", units: units)
    if order.fills.isEmpty {
      let filled = try head.decimal("Filled")
      if filled.isZero { return [] }
      let total = StatementLeg(coin: quote, quantity: try head.decimal("Total"))
      let moment = try head.moment("Date(UTC)", times, zone: .utc)
      let price = try head.optionalDecimal("AvgTrading Price")
      return [(try BinanceTrades.fill(head, moment, isBuy, StatementLeg(coin: base, quantity: filled), total, price: price), [head])]
    }
    var out: [(EventDraft, [Row])] = []
    for fill in order.fills {
      func cell(_ name: String) throws(RowProblem) -> String {
        guard let column = order.columns[name], !fill.raw(at: column).isEmpty else {
          throw RowProblem(line: fill.line, column: name, raw: fill.rawText, reason: .missing)
        }
        return fill.raw(at: column)
      }
      func number(_ name: String) throws(RowProblem) -> Decimal {
        let text = try cell(name)
        guard let value = fill.number(text) else { throw RowProblem(line: fill.line, column: name, raw: text, reason: .notANumber) }
        return value
      }
      // The cell of a fill's time stands under another name of the order's header.
      let timed = Row([("Date(UTC)", try cell("date(utc)"))], line: fill.line)
      let moment = try timed.moment("Date(UTC)", times, zone: .utc)
      let total = StatementLeg(coin: quote, quantity: try number("total"))
      let units = StatementLeg(coin: base, quantity: try number("filled"))
      var event = try BinanceTrades.fill(fill, moment, isBuy, units, total, price: try number("trading price"))
      if let column = order.columns["fee"], !fill.raw(at: column).isEmpty {
        let fee = try BinancePairs.amount(fill, "Fee", fill.raw(at: column), expected: [base, quote])
        event.charge(fee.quantity, KnownMoney.asset(fee.coin))
      }
      event.externalID = head.optionalText("clientOrderId")
      out.append((event, out.isEmpty ? [head, fill] : [fill]))
    }
    return out
  }
}
