import Amounts

/// Questions about lots, their order, and what a disposal gained.
enum LotAnswers {
  /// `lots_after_sale`: what a sale took, what it cost, what is left, or that it could not be made.
  static func lotsAfterSale(_ run: inout CaseRun) throws(Failure) {
    let book = try run.book()
    let booking = Matching(run.oracle)
    if let wanted = run.take("error") {
      try refusal(&run, book, booking, wanted)
      return
    }
    let rows = try booking.gains(book)
    let convention = booking.convention(run.oracle)
    let sales = Disposal.all(rows)
    try run.expect("cost_of_sold", Sum.of(sales.map(\.cost)), or: convention)
    for (key, term) in [("cost_long_term", "long"), ("cost_short_term", "short")] {
      try run.expect(key, Sum.of(rows.filter { $0["term"]?.scalar == term }.map { Got($0, "cost") }))
    }
    if let wanted = run.take("costs_of_sales") {
      run.compareList("costs_of_sales", sales.map(\.cost), wanted.elements)
    }
    if let wanted = run.take("lots_consumed") {
      let parts = LotRecord.merged(rows.map { LotRecord(piece: $0) }, pooled: booking.isPooled)
      let expected = LotAnswers.merged(wanted.elements)
      // A gain's currency is that of its proceeds.
      run.compareLots("lots_consumed", parts, expected, or: convention, skipping: ["currency"])
    }
    if let wanted = run.take("lots_remaining") {
      run.compareLots("lots_remaining", try booking.lots(book), wanted.elements, or: convention)
    }
  }

  /// A sale that the source refuses. Florin takes every event in and reports what is wrong with it; before it, the lots are the same.
  private static func refusal(_ run: inout CaseRun, _ book: CaseBook, _ booking: Matching, _ wanted: JSONValue) throws(Failure) {
    let sale = run.oracle.activities.last { $0.type == "SELL" }
    try book.tell(["set", "method", booking.method])
    let issues = try book.rows(["issues"])
    let told = issues.first { issue in
      let text = (issue["subject"]?.scalar ?? "") + " " + (issue["message"]?.scalar ?? "")
      return ["oversold", "lotNotFound", "lotAmbiguous"].contains(issue["kind"]?.scalar ?? "") && text.contains(sale?["asset"] ?? "-")
        && (issue["since"]?.scalar ?? "").hasPrefix(sale?.dayText ?? "-")
        && (issue["amount"]?.scalar).flatMap { Decimal($0) }?.isZero == false
    }
    if booking.isPooled, Set(run.oracle.activities.map { $0["currency"] }).count > 1 {
      return try mixed(&run, book, booking, wanted)
    }
    let kinds = issues.map { CaseRun.brief($0) }.joined(separator: " ")
    if let told {
      run.note("error", got: CaseRun.brief(told["message"] ?? .null), expected: CaseRun.brief(wanted), .equal)
    } else if let convention = booking.convention(run.oracle) {
      let cost = Sum.of(Disposal.all(try booking.gains(book)).map(\.cost))
      run.note(
        "error", got: "sold, cost \(cost.text)", expected: CaseRun.brief(wanted),
        convention.isMet(by: cost) ? .byConvention(convention.reason) : .differs)
    } else {
      run.note("error", got: kinds.isEmpty ? "no issue" : kinds, expected: CaseRun.brief(wanted), .differs)
    }
    if let lots = run.take("lots_remaining"), let day = sale?.day {
      run.compareLots("lots_remaining", try booking.lots(book, asOf: day - 1), lots.elements)
    }
  }

  /// An average over lots that were paid in two currencies: Florin books the sale at the average of the units whose cost in the
  /// currency of totals is known.
  private static func mixed(_ run: inout CaseRun, _ book: CaseBook, _ booking: Matching, _ wanted: JSONValue) throws(Failure) {
    let known = run.oracle.activities.filter { $0.type == "SELL" || $0["currency"] == run.oracle.base }
    let rule = OwnRule(
      "a sale of an average of two currencies is refused; Florin takes the average of what cost is known of",
      demands: ReferenceLots(known, .average).costOfSales)
    let cost = Sum.of(Disposal.all(try booking.gains(book)).map(\.cost))
    run.note(
      "error", got: "sold, cost \(cost.text)", expected: CaseRun.brief(wanted), rule.isMet(by: cost) ? .byConvention(rule.reason) : .differs
    )
    if let lots = run.take("lots_remaining"), let day = run.oracle.activities.last(where: { $0.type == "SELL" })?.day {
      // Before the sale every lot has the cost it was bought at, which a method that keeps them apart shows.
      let apart = Matching(method: "fifo", scope: booking.scope, fees: booking.fees)
      run.compareLots("lots_remaining", try apart.lots(book, asOf: day - 1), lots.elements)
    }
  }

  /// What a case lists sale by sale, lot by lot.
  private static func merged(_ parts: [JSONValue]) -> [JSONValue] {
    var found: [[String: JSONValue]] = []
    for part in parts {
      var members = Dictionary(part.members.map { ($0.key, $0.value) }) { $1 }
      let quantity = members.removeValue(forKey: "quantity")?.scalar.flatMap { CaseNumber.decimal($0) } ?? .zero
      let place = found.firstIndex { other in
        members.allSatisfy { other[$0.key].map(CaseRun.brief) == CaseRun.brief($0.value) }
      }
      if let place {
        let before = found[place]["quantity"]?.scalar.flatMap { CaseNumber.decimal($0) } ?? .zero
        found[place]["quantity"] = .text("\((try? before.adding(quantity)) ?? before)")
      } else {
        members["quantity"] = .text("\(quantity)")
        found.append(members)
      }
    }
    return found.map { .object($0) }
  }

  /// `realized_gain`: the gain of every sale, and what is left after each row.
  static func realizedGain(_ run: inout CaseRun) throws(Failure) {
    let book = try run.book()
    let booking = Matching(run.oracle)
    let sales = Disposal.all(try booking.gains(book))
    if run.oracle.method == "UK_POOL" { return try pool(&run, book, booking, sales) }
    if let wanted = run.take("gains") { run.compareList("gains", sales.map(\.gain), wanted.elements) }
    for (key, column) in [("total_cost_after", "cost"), ("quantity_after", "quantity")] {
      guard let wanted = run.take(key) else { continue }
      run.compareList(key, try LotAnswers.steps(&run, booking, column), wanted.elements)
    }
    if run.take("fees") != nil, let wanted = run.oracle.answer("fees") {
      run.compare("fees", EventLegs.sum(of: "fee", try book.rows(["events"])), wanted)
    }
    let marker = OwnFee.convention(run.oracle, sales)
    try run.expect("total_gain", Sum.of(sales.map(\.gain)), or: marker)
    try run.expect("gain_first_sale_without_fee_units", sales.first?.own("sell") ?? .none("no sale"))
    try run.expect("gain_second_sale", sales.dropFirst().first?.gain ?? .none("no sale"), or: marker)
  }

  /// Florin has no pool with a look ahead. Its own pool is the moving average: same units, same cost altogether.
  private static func pool(_ run: inout CaseRun, _ book: CaseBook, _ booking: Matching, _ sales: [Disposal]) throws(Failure) {
    let reference = ReferenceLots(run.oracle.activities, .average)
    let reason = "the UK's pool (same day, 30 days, section 104) is no method of Florin; its own pool is the moving average"
    let left = Sum.of(try booking.lots(book).map { $0.cost.map { .exact($0) } ?? .none("unknown") })
    let gain = Sum.of(sales.map(\.gain))
    try run.expect("total_gain", gain, or: OwnRule(reason, demands: reference.totalGain))
    try run.expect("pool_cost_left", left, or: OwnRule(reason, demands: reference.costLeft))
    if let wanted = run.take("rows") {
      let rule = OwnRule(reason, demands: reference.totalGain)
      run.note(
        "rows", got: "gain \(gain.text)", expected: CaseRun.brief(wanted), rule.isMet(by: gain) ? .byConvention(reason) : .differs)
    }
  }

  /// A figure after each row: books of the first row, the first two, and so on.
  private static func steps(_ run: inout CaseRun, _ booking: Matching, _ column: String) throws(Failure) -> [Got] {
    var found: [Got] = []
    for count in 1...max(1, run.oracle.activities.count) {
      var content = CaseBook.Content(run.oracle)
      content.activities = Array(run.oracle.activities.prefix(count))
      let lots = try booking.lots(try run.book(content))
      found.append(Sum.of(lots.map { column == "cost" ? $0.cost.map { .exact($0) } ?? .none("unknown") : .exact($0.quantity) }))
    }
    return found
  }

  /// `cost_basis`: the cost of what is left, by two methods.
  static func costBasis(_ run: inout CaseRun) throws(Failure) {
    let book = try run.book()
    let end = run.oracle.asked("as_of").flatMap { Day($0) }
    for name in ["FIFO", "AVERAGE"] {
      let booking = Matching(method: name, oracle: run.oracle)
      let lots = try booking.lots(book, asOf: end)
      try run.expect(name, Sum.of(lots.map { $0.cost.map { .exact($0) } ?? .none("unknown") }))
      try run.expect("open_lots", .exact(Decimal(lots.count)))
      try run.expect("realized_" + name, Sum.of(Disposal.all(try booking.gains(book, asOf: end)).map(\.gain)))
    }
  }

  /// `gains`: realised and unrealised, by two methods; `exact_` is given to twelve digits.
  static func gains(_ run: inout CaseRun) throws(Failure) {
    let book = try run.book()
    let end = run.oracle.asked("as_of").flatMap { Day($0) }
    for name in ["FIFO", "AVERAGE"] {
      let booking = Matching(method: name, oracle: run.oracle)
      let totals = try book.ask(["holdings", "--closed"] + booking.options + Matching.until(end))["totals"]
      for (key, total) in [("realized_", "realized"), ("unrealized_", "unrealized")] {
        try run.expect(key + name, Got(totals, total))
        if let wanted = run.take("exact_" + key + name) {
          run.compare("exact_" + key + name, Got(totals, total), wanted, within: "0.000000001")
        }
      }
    }
  }
}
