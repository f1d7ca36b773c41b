import Amounts
import Glibc

/// `roi`: values, flows, IRR and time-weighted return of an investment, period by period.
///
/// The source's rates rest on conventions that Florin does not have: a closing value that flows the day after, a year of 365.25 days,
/// and an IRR inside each span between valuations instead of daily returns. Where a rate differs, Florin's must be a root of the same
/// flows on their own days at actual/365, and the chain of returns between valuations.
enum RoiAnswers {
  private static let reason =
    "hledger's rates: closing value on the day after, a year of 365.25 days, IRR linked between valuations; Florin: actual/365, daily returns"

  static func roi(_ run: inout CaseRun) throws(Failure) {
    let oracle = run.oracle
    let atEnd = oracle.asked("valuation") == "end"
    let valuations = oracle.whole["valuations"]?.elements ?? []
    var content = CaseBook.Content(oracle)
    content.activities = valuations.isEmpty ? delivered(oracle.activities) : []
    if !valuations.isEmpty { hold(&content, oracle, valuations) }
    // With every amount at the rate of the end, rates are those of the currency the case was in.
    if !atEnd, let currency = oracle.asked("report_currency") { content.base = currency }
    let book = try run.book(content)
    let rate = atEnd ? RoiAnswers.rate(oracle) : .one
    for row in run.take("rows")?.elements ?? [] {
      guard let first = row["begin"]?.scalar.flatMap({ Day($0) }), let last = row["end"]?.scalar.flatMap({ Day($0) }) else {
        throw Failure(message: "a row has no begin and end")
      }
      let answer = try ReturnAnswers.report(book, after: first - 1, to: last)
      let name = "\(first)..\(last) "
      for (key, own) in [("value_begin", "startValue"), ("net_flow", "netFlows"), ("value_end", "endValue"), ("pnl", "gain")] {
        guard let wanted = row[key] else { continue }
        // The source prints cents.
        run.compare(name + key, Sum.quotient(Got(answer, own), .exact(rate)), wanted, within: "0.005")
      }
      compareRates(&run, answer, row, name)
    }
  }

  private static func compareRates(_ run: inout CaseRun, _ answer: JSONValue, _ row: JSONValue, _ name: String) {
    let rows = answer["rows"]?.elements ?? []
    let start = Got(answer, "startValue")
    let flows = cash(rows, start)
    let roots = (answer["xirrRoots"]?.elements ?? []).compactMap { $0.scalar.flatMap { Double($0) } }
    let isEmpty = flows.allSatisfy { $0.amount.isZero }
    if let wanted = row["irr"] {
      let got: Got = roots.min { abs($0) < abs($1) }.map { .rate($0) } ?? (isEmpty ? .exact(.zero) : .none("no solution"))
      let rule = OwnRule(reason, demands: "a root of the flows") { got in
        got.double.map { FlowAnswers.isRoot($0, flows) } ?? false
      }
      run.compare(name + "irr", got, wanted, or: rule)
    }
    let twr = isEmpty && rows.isEmpty ? Got.exact(.zero) : Got(answer, "twr")
    let chained = chain(rows, start.double ?? 0)
    if let wanted = row["twr"] { run.compare(name + "twr", twr, wanted, or: OwnRule(reason, demands: chained)) }
    if let wanted = row["twr_annual"] {
      let days = Double(rows.count)
      let rule = OwnRule(reason, demands: "\(days < 365 ? "nothing under a year" : "the same over \(days) days at 365")") { got in
        days < 365 ? got.double == nil : got.double.map { abs($0 - (pow(1 + chained, 365 / days) - 1)) < 1e-9 } ?? false
      }
      run.compare(name + "twr_annual", isEmpty && rows.isEmpty ? .exact(.zero) : Got(answer, "twrAnnual"), wanted, or: rule)
    }
  }

  /// The flows behind Florin's IRR, from the rows it gives.
  private static func cash(_ rows: [JSONValue], _ start: Got) -> [FlowAnswers.Flow] {
    guard let first = rows.first?["date"]?.scalar.flatMap({ Day($0) }), let last = rows.last,
      let lastDay = last["date"]?.scalar.flatMap({ Day($0) })
    else { return [] }
    var flows: [FlowAnswers.Flow] = []
    if let value = start.decimal, !value.isZero { flows.append(.init(day: first - 1, amount: -value)) }
    for row in rows {
      guard let day = row["date"]?.scalar.flatMap({ Day($0) }) else { continue }
      let net = Sum.difference(Got(row, "outflow"), Got(row, "inflow")).decimal ?? .zero
      if !net.isZero { flows.append(.init(day: day, amount: net)) }
    }
    flows.append(.init(day: lastDay, amount: Got(last, "value").decimal ?? .zero))
    return flows
  }

  /// (value + out) / (value before + in) - 1, chained, from values and flows alone.
  private static func chain(_ rows: [JSONValue], _ start: Double) -> Double {
    var before = start
    var product = 1.0
    for row in rows {
      let value = Got(row, "value").double ?? 0
      let invested = before + (Got(row, "inflow").double ?? 0)
      if invested > 0 { product *= (value + (Got(row, "outflow").double ?? 0)) / invested }
      before = value
    }
    return product - 1
  }

  // MARK: Books

  /// An investment that holds no cash: what is bought comes in from outside at what was paid.
  private static func delivered(_ activities: [Activity]) -> [Activity] {
    activities.map { row in
      switch row.type {
      case "BUY": row.with(["type": "DELIVERY_IN", "gross": worth(row)])
      case "SELL": row.with(["type": "DELIVERY_OUT", "gross": worth(row)])
      case "DELIVERY_IN", "DELIVERY_OUT": row.with(["gross": worth(row)])
      default: row
      }
    }
  }

  /// What a row states; a price in another asset's units is left to the prices.
  private static func worth(_ row: Activity) -> String {
    if !row["gross"].isEmpty { return row["gross"] }
    guard let quantity = row.number("quantity"), let price = row.number("price"), let worth = try? quantity.multiplied(by: price) else {
      return ""
    }
    return "\(worth)"
  }

  /// The whole investment as one asset: its units at NAVs that make the valuations come out.
  private static func hold(_ content: inout CaseBook.Content, _ oracle: OracleCase, _ valuations: [JSONValue]) {
    var units = Decimal.zero
    var nav = Decimal.one
    var rest = valuations[...]
    let asset = "PORTFOLIO"
    func value(on day: String) {
      guard let found = rest.first, (found["date"]?.scalar ?? "") == day else { return }
      rest = rest.dropFirst()
      guard let total = found["value"]?.scalar.flatMap({ CaseNumber.decimal($0) }), !units.isZero else { return }
      nav = (try? total.divided(by: units, places: 24)) ?? nav
      content.prices.append([day, asset, oracle.base, "\(nav)", "nav"])
    }
    func values(before day: String) {
      while let next = rest.first?["date"]?.scalar, next < day { value(on: next) }
    }
    for (place, row) in oracle.activities.enumerated() {
      values(before: row.dayText)
      if place == 0 { content.prices.append([row.dayText, asset, oracle.base, "1", "nav"]) }
      guard let amount = row.number("gross") ?? row.number("quantity"), let part = try? amount.divided(by: nav, places: 24) else {
        continue
      }
      let isIn = row.type == "DEPOSIT"
      let isLast = !isIn && rest.first.map { $0["date"]?.scalar == row.dayText && $0["value"]?.scalar == "0" } ?? false
      // What leaves on a day that ends at nothing leaves with its share of the units, whatever they were worth before.
      let out = isLast ? share(of: row, units, oracle) : part
      units = (try? isIn ? units.adding(part) : units.subtracting(out)) ?? units
      content.activities.append(
        row.with(["type": isIn ? "DELIVERY_IN" : "DELIVERY_OUT", "asset": asset, "quantity": "\(isIn ? part : out)", "gross": "\(amount)"]))
      let isLastOfDay = oracle.activities.dropFirst(place + 1).first?.dayText != row.dayText
      if isLastOfDay { value(on: row.dayText) }
    }
    values(before: "9999")
  }

  /// The part of the units that goes with one of a day's withdrawals when all are withdrawn.
  private static func share(of row: Activity, _ units: Decimal, _ oracle: OracleCase) -> Decimal {
    let later = oracle.activities.drop { $0.dayText != row.dayText || $0["gross"] != row["gross"] }
    let isLast = later.dropFirst().allSatisfy { $0.dayText != row.dayText }
    guard !isLast else { return units }
    let sum = ReferenceLots.sum(later.filter { $0.dayText == row.dayText }.compactMap { $0.number("gross") })
    return (try? units.share(row.number("gross") ?? .zero, of: sum)) ?? units
  }

  /// Units of the case's currency for one of the reported.
  private static func rate(_ oracle: OracleCase) -> Decimal {
    let row = oracle.prices.last { $0["kind"]?.scalar == "fx" && $0["asset"]?.scalar == oracle.asked("report_currency") }
    return row?["price"]?.scalar.flatMap { CaseNumber.decimal($0) } ?? .one
  }
}
