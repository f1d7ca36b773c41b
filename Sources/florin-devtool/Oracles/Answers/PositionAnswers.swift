import Amounts

/// Questions about what is held of one asset, and what it has done.
enum PositionAnswers {
  /// `position_performance`: cost without fees, gross performance without fees and dividends, net performance less fees.
  static func performance(_ run: inout CaseRun) throws(Failure) {
    let book = try run.book()
    guard let end = run.oracle.asked("as_of").flatMap({ Day($0) }), let asset = run.oracle.activities.first?["asset"] else {
      throw Failure(message: "the question has no as_of, or the case no activities")
    }
    func holding(_ fees: String) throws(Failure) -> JSONValue? {
      let method = Matching(run.oracle).method
      let words = ["holdings", "--closed", "--method", method, "--scope", "global", "--fees", fees, "--as-of", "\(end)"]
      return try book.rows(words).first { $0["asset"]?.scalar == asset }
    }
    let row = try holding("separate")
    let quantity = Got(row, "quantity")
    let isClosed = quantity.decimal?.isZero == true
    let gross = Sum.of([Got(row, "realized"), Got(row, "unrealized")])
    let withFees = try holding("capitalized")
    let net = Sum.of([Got(withFees, "realized"), Got(withFees, "unrealized")])
    try run.expect("quantity", quantity)
    let dust = OwnRule(
      "units that round to nothing close a position in the source; Florin is exact, and says that so little more was sold than held",
      demands: "unknown cost of a short part below the tolerance"
    ) { got in
      guard case .none = got, let left = quantity.decimal else { return false }
      return left.isNegative && left.magnitude <= (CaseNumber.decimal("0.000000000001") ?? .zero)
    }
    try run.expect("cost_basis", Got(row, "cost"), or: dust)
    try run.expect("average_price", Sum.quotient(Got(row, "cost"), quantity))
    try run.expect("market_value", Got(row, "value"))
    try run.expect("realized_gain", Got(row, "realized"))
    try run.expect("unrealized_gain", isClosed ? .exact(.zero) : Got(row, "unrealized"))
    try run.expect("dividends", Got(row, "incomeNet"))
    try run.expect("gross_performance", gross)
    try run.expect("net_performance", net)
    try run.expect("fees", Sum.difference(gross, net))
    let invested = try PositionAnswers.invested(run.oracle, book, asset, until: end)
    try run.expect("time_weighted_investment", invested)
    try run.expect("gross_percent", Sum.ratio(gross, invested))
    try run.expect("net_percent", Sum.ratio(net, invested))
    if let ranges = run.take("net_by_range") {
      for range in ranges.members {
        let from = first(of: range.key, upTo: end)
        var words = ["performance", "--to", "\(end)"]
        if let from { words += ["--from", "\(from)"] }
        run.compare("net of \(range.key)", from == nil ? .none("no such range") : Got(try book.ask(words), "gain"), range.value)
      }
    }
  }

  /// What was invested on average over the days on which anything was: the cost after each day with activity, times the days until the
  /// next.
  private static func invested(_ oracle: OracleCase, _ book: CaseBook, _ asset: String, until end: Day) throws(Failure) -> Got {
    let days = Set(oracle.activities.compactMap(\.day)).filter { $0 < end }.sorted()
    var weighted = 0.0
    var length = 0
    for (place, day) in days.enumerated() {
      let words = ["holdings", "--method", "average", "--scope", "global", "--fees", "separate", "--as-of", "\(day)"]
      guard let row = try book.rows(words).first(where: { $0["asset"]?.scalar == asset }), let cost = Got(row, "cost").double else {
        continue
      }
      let span = (place + 1 < days.count ? days[place + 1] : end) - day
      weighted += cost * Double(span)
      length += span
    }
    return length == 0 ? .none("nothing invested") : .rate(weighted / Double(length))
  }

  /// The first day of a range that ends on a day: one day, this week, month or year, or a year back.
  private static func first(of range: String, upTo end: Day) -> Day? {
    switch range {
    case "1d": end
    case "wtd": end - (end.weekday - 1)
    case "mtd": Day("\("\(end)".prefix(7))-01")
    case "ytd": Day("\("\(end)".prefix(4))-01-01")
    case "1y": end - 364
    default: nil
    }
  }

  /// `holdings`: units, cost, cash and realised gain at the end.
  static func holdings(_ run: inout CaseRun) throws(Failure) {
    let book = try run.book()
    let booking = Matching(run.oracle)
    guard let asset = run.oracle.activities.first?["asset"] else { throw Failure(message: "the case has no activities") }
    let row = try book.rows(["holdings", "--closed"] + booking.options).first { $0["asset"]?.scalar == asset }
    try run.expect("quantity", Got(row, "quantity"))
    try run.expect("cost_basis", Got(row, "cost"))
    try run.expect("average_cost", Sum.quotient(Got(row, "cost"), Got(row, "quantity")))
    let cash = try cash(book, run.oracle.base)
    try run.expect("cash", cash.decimal == nil ? .exact(.zero) : cash)
    try run.expect("realized_gain_net", Got(row, "realized"))
    let bare = Matching(method: booking.method, scope: booking.scope, fees: "separate")
    let gross = try book.rows(["holdings", "--closed"] + bare.options).first { $0["asset"]?.scalar == asset }
    try run.expect("realized_gain_gross", Got(gross, "realized"))
    if let wanted = run.take("by_account") {
      let rows = try book.rows(["holdings", "--closed", "--by", "account"]).filter { $0["asset"]?.scalar == asset }
      for member in wanted.members {
        let own = rows.first { $0["account"]?.scalar == member.key }
        run.compare("units in \(member.key)", Got(own, "quantity"), member.value)
      }
    }
    if let wanted = run.take("lots") { run.compareLots("lots", try booking.lots(book), wanted.elements) }
  }

  /// `cash`: what is left of each currency; null is none at all.
  static func cash(_ run: inout CaseRun) throws(Failure) {
    var content = CaseBook.Content(run.oracle)
    // Trades with a rate of their own are settled in the account's currency.
    content.activities = content.activities.map { row in
      guard let rate = row.number("fx_rate"), row["currency"] != run.oracle.base else { return row }
      // So is their fee, which is still worth what the row says.
      let fee = row.number("fee").flatMap { try? $0.multiplied(by: rate) }.map { "\($0)" } ?? ""
      return row.with([
        "settle_currency": run.oracle.base, "fee": fee, "fee_asset": fee.isEmpty ? "" : run.oracle.base,
      ])
    }
    let book = try run.book(content)
    for (key, _) in run.oracle.expected where key.hasPrefix("cash_") {
      try run.expect(key, try cash(book, String(key.dropFirst(5))))
    }
  }

  private static func cash(_ book: CaseBook, _ code: String) throws(Failure) -> Got {
    let row = try book.rows(["holdings", "--closed"]).first { $0["asset"]?.scalar == code && $0["class"]?.scalar == "cash" }
    return row.map { Got($0, "quantity") } ?? .none("none ever")
  }
}
