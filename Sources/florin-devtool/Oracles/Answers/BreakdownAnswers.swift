import Amounts

/// `performance_breakdown`: how the value at the start became the value at the end.
///
/// Values and flows are those of `performance`. For the gains within the span a second book begins with what was held at the end of
/// the first day, at its worth on that day: its realised and unrealised gains, income, fees and taxes are the span's.
enum BreakdownAnswers {
  static func breakdown(_ run: inout CaseRun) throws(Failure) {
    guard let first = run.oracle.asked("from").flatMap({ Day($0) }), let last = run.oracle.asked("to").flatMap({ Day($0) }) else {
      throw Failure(message: "the question has no from and to")
    }
    var content = CaseBook.Content(run.oracle)
    content.activities = funded(content.activities)
    let book = try run.book(content)
    let answer = try ReturnAnswers.report(book, after: first, to: last)
    try part(&run, "initial_value", Got(answer, "startValue"))
    try part(&run, "final_value", Got(answer, "endValue"))
    try part(&run, "transfers", Got(answer, "netFlows"))

    var span = content
    span.activities =
      try opening(book, first, run.oracle.base)
      + content.activities.filter { row in
        row.day.map { $0 > first && $0 <= last } ?? false
      }
    let within = try run.book(span)
    let until = ["--as-of", "\(last)"]
    let totals = try within.ask(["holdings", "--closed", "--fees", "separate"] + until)["totals"]
    let unrealized = Got(totals, "unrealized")
    let realized = Got(totals, "realized")
    let rates = Rates(run.oracle)
    let income = try Sum.of(
      [earned(within, until)] + span.activities.filter { $0.type == "INTEREST_CHARGE" }.map { rates.base($0, "gross", -.one) })
    let fees = charges(span.activities, rates, "fee_value", ["FEE": .one, "FEE_REFUND": -.one])
    let taxes = charges(span.activities, rates, "tax", ["TAX": .one, "TAX_REFUND": -.one])
    try part(&run, "capital_gains", unrealized)
    try part(&run, "realized_capital_gains", realized)
    try part(&run, "earnings", income)
    try part(&run, "fees", fees)
    try part(&run, "taxes", taxes)
    // What is left of the gain came from the rates of money held.
    let known = Sum.of([unrealized, realized, income])
    let rest = Sum.difference(Sum.of([Got(answer, "gain"), fees, taxes]), known)
    try part(&run, "currency_gains", rest)
  }

  /// Compares a part. The source rounds every item to cents before it adds them up.
  private static func part(_ run: inout CaseRun, _ key: String, _ got: Got) throws(Failure) {
    guard let wanted = run.oracle.answer(key)?.scalar.flatMap({ CaseNumber.decimal($0) }), !run.isExact else {
      return try run.expect(key, got)
    }
    let rule = OwnRule(
      "the source rounds every item to cents before it adds them up", demands: wanted, within: Decimal(mantissa: 1, scale: 2))
    try run.expect(key, got, or: rule)
  }

  private static func earned(_ book: CaseBook, _ until: [String]) throws(Failure) -> Got {
    Got(try book.ask(["income"] + until)["totals"], "grossBase")
  }

  /// A client without cash accounts buys with money from outside. Fees and taxes of deliveries come from outside as well.
  private static func funded(_ activities: [Activity]) -> [Activity] {
    let hasCash = activities.contains { $0.type == "DEPOSIT" }
    var rows: [Activity] = []
    for row in activities {
      let isDelivery = row.type == "DELIVERY_IN" || row.type == "DELIVERY_OUT"
      let costs = ReferenceLots.sum([row.number("fee_value") ?? .zero, row.number("tax") ?? .zero])
      if isDelivery, costs.isPositive {
        rows.append(
          Activity([
            "date": row.date, "type": "DEPOSIT", "account": row["account"], "asset": row["currency"], "quantity": "\(costs)",
            "gross": "\(costs)", "currency": row["currency"],
          ]))
      }
      rows.append(!hasCash && row.type == "BUY" ? row.with(["type": "DELIVERY_IN"]) : row)
    }
    return rows
  }

  /// What is held at the end of a day, as the first rows of a book: money deposited, everything else delivered at its worth.
  private static func opening(_ book: CaseBook, _ day: Day, _ base: String) throws(Failure) -> [Activity] {
    try book.rows(["holdings", "--by", "account", "--as-of", "\(day)"]).compactMap { row in
      guard let asset = row["asset"]?.scalar, let account = row["account"]?.scalar, let quantity = Got(row, "quantity").decimal else {
        return nil
      }
      let isCash = row["class"]?.scalar == "cash"
      let worth = isCash ? quantity.magnitude : Got(row, "value").decimal ?? .zero
      return Activity([
        "date": "\(day)", "type": isCash ? (quantity.isNegative ? "WITHDRAW" : "DEPOSIT") : "DELIVERY_IN", "account": account,
        "asset": asset, "quantity": "\(quantity.magnitude)", "gross": "\(worth)", "currency": isCash ? asset : base,
      ])
    }
  }

  /// Fees or taxes: those on rows, and rows that are nothing else.
  private static func charges(_ activities: [Activity], _ rates: Rates, _ column: String, _ kinds: [String: Decimal]) -> Got {
    Sum.of(
      activities.flatMap { row in
        [rates.base(row, column, .one)] + (kinds[row.type].map { [rates.base(row, "gross", $0)] } ?? [])
      })
  }

  /// The case's exchange rates.
  private struct Rates {
    private let oracle: OracleCase

    init(_ oracle: OracleCase) { self.oracle = oracle }

    /// An amount of a row in the base currency at the row's date, times a sign; nothing is zero.
    func base(_ row: Activity, _ column: String, _ sign: Decimal) -> Got {
      guard let amount = row.number(column), let signed = try? amount.multiplied(by: sign) else { return .exact(.zero) }
      if row["currency"] == oracle.base { return .exact(signed) }
      let quotes = oracle.prices.filter { $0["kind"]?.scalar == "fx" && ($0["date"]?.scalar ?? "9") <= row.dayText }
      for quote in quotes.reversed() {
        guard let price = quote["price"]?.scalar.flatMap({ CaseNumber.decimal($0) }) else { continue }
        let (of, into) = (quote["asset"]?.scalar, quote["currency"]?.scalar)
        if of == oracle.base, into == row["currency"] { return (try? signed.divided(by: price)).map { .exact($0) } ?? .none("overflow") }
        if into == oracle.base, of == row["currency"] { return (try? signed.multiplied(by: price)).map { .exact($0) } ?? .none("overflow") }
      }
      return .none("no rate for \(row["currency"])")
    }
  }
}
