import Amounts

/// Gains and income by year, kind and term, as a tax report has them.
enum YearAnswers {
  /// One line of the answer.
  private struct Line {
    var gain = Decimal.zero
    var quantity = Decimal.zero
    var proceeds = Decimal.zero
    var cost = Decimal.zero

    func value(_ key: String) -> Got {
      switch key {
      case "gain": .exact(gain)
      case "quantity": .exact(quantity)
      case "proceeds": .exact(proceeds)
      case "cost": .exact(cost)
      default: .none("no column \(key)")
      }
    }
  }
  /// What a line is about.
  private struct Key: Hashable {
    let year: String
    let kind: String
    let holding: String
  }

  /// `realized_gain_by_year_and_kind`.
  static func byYearAndKind(_ run: inout CaseRun) throws(Failure) {
    let book = try run.book(content(run.oracle))
    let booking = Matching(run.oracle)
    let kinds = try origins(book, run.oracle)
    var lines: [Key: Line] = [:]
    var costIn = Decimal.zero
    var unitsIn = Decimal.zero
    let rows = try booking.gains(book)
    for row in rows {
      guard let gain = Got(row, "gain").decimal, let quantity = Got(row, "quantity").decimal,
        let proceeds = Got(row, "proceeds").decimal, let cost = Got(row, "cost").decimal
      else { throw Failure(message: "a gain is not known: \(CaseRun.brief(row))") }
      let key = Key(
        year: String((row["disposed"]?.scalar ?? "").prefix(4)), kind: kind(of: row, kinds),
        holding: (row["term"]?.scalar ?? "").uppercased())
      add(&lines[key, default: Line()], gain, quantity, proceeds, cost)
      costIn = ReferenceLots.sum([costIn, cost])
      unitsIn = ReferenceLots.sum([unitsIn, quantity])
    }
    for row in try book.rows(["income"] + ["--filter", "status:received"]) {
      guard let origin = row["event"]?.scalar.flatMap({ kinds[$0] }), let gross = Got(row, "gross").decimal else { continue }
      let key = Key(year: String((row["pay"]?.scalar ?? "").prefix(4)), kind: origin["subtype"], holding: "SHORT")
      add(&lines[key, default: Line()], gross, origin.number("quantity") ?? .zero, gross, .zero)
    }
    let lots = try booking.lots(book)
    // With one pool for all accounts, what one of them has too much and another too little is of unknown cost on both sides.
    let strange = ReferenceLots.sum(lots.filter { $0.cost == nil }.map(\.quantity))
    let left: Got = strange.isZero ? .exact(ReferenceLots.sum(lots.compactMap(\.cost))) : .none("unknown cost of \(strange) units")
    let total = Sum.of([left, .exact(costIn)])
    let units = Sum.of([.exact(unitsIn)] + lots.map { .exact($0.quantity) })
    compare(&run, lines)
    let fees = feeRule(run.oracle, ReferenceLots.sum(lines.values.map(\.gain)))
    try run.expect("average_buy_price", Sum.quotient(total, units), or: fees)
    if let wanted = run.take("balances") {
      let held = try book.rows(["holdings", "--by", "account", "--closed"])
      for member in wanted.members {
        let row = held.first { $0["account"]?.scalar == member.key && $0["asset"]?.scalar == run.oracle.asked("asset") }
        run.compare("balance \(member.key)", row.map { Got($0, "quantity") } ?? .exact(.zero), member.value)
      }
    }
  }

  /// Gifts count at market value here, as sales. What a reward is worth is its gross where it has one, whatever the price says.
  private static func content(_ oracle: OracleCase) -> CaseBook.Content {
    var content = CaseBook.Content(oracle)
    content.assetClass = "crypto"
    content.activities = content.activities.map { row in
      switch row.type {
      case "GIFT_OUT", "DONATE_OUT": row.with(["type": "SELL"])
      case "REWARD": row["gross"].isEmpty ? row : row.with(["price": ""])
      default: row
      }
    }
    return content
  }

  /// Fees on rewards: income and cost in the source, an expense of their own in Florin. All gains together differ by no more than them.
  private static func feeRule(_ oracle: OracleCase, _ total: Decimal) -> OwnRule? {
    let fees = ReferenceLots.sum(oracle.activities.filter { $0.type == "REWARD" }.compactMap { $0.number("fee_value") })
    guard fees.isPositive else { return nil }
    let expected = ReferenceLots.sum(
      (oracle.answer("rows")?.elements ?? []).compactMap { $0["gain"]?.scalar.flatMap { CaseNumber.decimal($0) } })
    let distance = (try? total.subtracting(expected).magnitude) ?? .one
    return OwnRule(
      "a fee on a reward is income and cost in the source; in Florin it is an expense, income and cost are what arrived",
      demands: "all gains within \(fees) of \(expected)"
    ) { _ in distance <= fees }
  }

  /// The case's row of each event.
  private static func origins(_ book: CaseBook, _ oracle: OracleCase) throws(Failure) -> [String: Activity] {
    var found: [String: Activity] = [:]
    for row in try book.rows(["events"]) {
      guard let id = row["id"]?.scalar, let place = row["line"]?.scalar.flatMap({ Int($0) }),
        oracle.activities.indices.contains(place - 2)
      else { continue }
      // The head of the file is line 1.
      found[id] = oracle.activities[place - 2]
    }
    return found
  }

  /// SELL, GIFT, MOVE, FEE, ... as the source calls it. Fee units of a sale are part of the sale.
  private static func kind(of row: JSONValue, _ origins: [String: Activity]) -> String {
    guard let origin = row["event"]?.scalar.flatMap({ origins[$0] }) else { return "?" }
    switch origin.type {
    case "TRANSFER": return "MOVE"
    case "BUY": return "FEE"
    default: return origin["subtype"].isEmpty ? origin.type : origin["subtype"]
    }
  }

  private static func add(_ line: inout Line, _ gain: Decimal, _ quantity: Decimal, _ proceeds: Decimal, _ cost: Decimal) {
    line.gain = ReferenceLots.sum([line.gain, gain])
    line.quantity = ReferenceLots.sum([line.quantity, quantity])
    line.proceeds = ReferenceLots.sum([line.proceeds, proceeds])
    line.cost = ReferenceLots.sum([line.cost, cost])
  }

  private static func compare(_ run: inout CaseRun, _ lines: [Key: Line]) {
    let sum = ReferenceLots.sum(lines.values.map(\.gain))
    let rank = rankRule(run.oracle, sum) ?? feeRule(run.oracle, sum)
    var left = lines
    for wanted in run.take("rows")?.elements ?? [] {
      let key = Key(
        year: wanted["year"]?.scalar ?? "", kind: wanted["kind"]?.scalar ?? "", holding: wanted["holding"]?.scalar ?? "")
      let line = left.removeValue(forKey: key)
      for member in wanted.members where !["year", "kind", "holding"].contains(member.key) {
        run.compare(
          "\(key.year) \(key.kind) \(key.holding) \(member.key)", line?.value(member.key) ?? .none("no such line"), member.value, or: rank)
      }
    }
    for (key, line) in left.sorted(by: { ($0.key.year, $0.key.kind) < ($1.key.year, $1.key.kind) }) {
      run.note(
        "\(key.year) \(key.kind) \(key.holding)", got: "gain \(line.gain) of \(line.quantity) units", expected: "no such line",
        rank.map { .byConvention($0.reason) } ?? .differs)
    }
    guard let years = run.take("gain_by_year_kind") else { return }
    for year in years.members {
      for kind in year.value.members {
        let gains = lines.filter { $0.key.year == year.key && $0.key.kind == kind.key }.map(\.value.gain)
        let got: Got = gains.isEmpty ? .none("no such line") : .exact(ReferenceLots.sum(gains))
        run.compare("\(year.key) \(kind.key)", got, kind.value, or: rank)
      }
    }
  }

  /// The source ranks lots by price; Florin ranks them by what a unit cost with its fees. The case says by how much that changes the
  /// total gain.
  private static func rankRule(_ oracle: OracleCase, _ total: Decimal) -> OwnRule? {
    let mark = "changes the total gain by "
    for note in oracle.whole["notes"]?.elements ?? [] {
      guard let words = note.scalar, words.contains("by unit cost with fees instead of by price"),
        let change = words.split(separator: mark).last.flatMap({ CaseNumber.decimal(String($0)) })
      else { continue }
      let expected = (oracle.answer("rows")?.elements ?? []).compactMap { $0["gain"]?.scalar.flatMap { CaseNumber.decimal($0) } }
      let demanded = ReferenceLots.sum(expected + [change])
      let distance = (try? total.subtracting(demanded).magnitude) ?? .one
      return OwnRule(
        "lots are ranked by price, fees not counted; Florin ranks them by what a unit cost, fees included",
        demands: "a total gain of \(demanded)"
      ) { _ in distance <= Decimal(mantissa: 1, scale: 8) }
    }
    return nil
  }
}
