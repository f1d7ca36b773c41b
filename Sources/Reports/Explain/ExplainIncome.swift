import Amounts
import Engine
import Ledger

/// Explains income: grid cells and totals by receipt, yields by what is paid and held, payments by entitlement and receipt.
extension Explainer {
  static let incomeLineKeys = ["total", "trailing12", "forward12", "growth", "yieldTrailing", "yieldForward", "yieldOnCost"]
  static let incomeTotalKeys = ["total", "trailing12", "forward12", "growth", "grossBase", "taxBase", "netBase", "overdue"]

  /// `income/ASSET/PERIOD`, `income/PERIOD`, `income/[ASSET/]trailing12 ...`, `income/EVENT/COLUMN`, `income/ASSET/DAY[.N]/COLUMN`,
  /// `income/month|quarter|year|asset/KEY/KIND/COLUMN`, `income/calendar/MONTH/declared|estimated`.
  func explainIncome(_ rest: ArraySlice<String>) throws(ExplainError) -> Explanation {
    var parts = Array(rest)
    guard let first = parts.first else { return try incomeTotal("total") }
    parts.removeFirst()
    if let grouping = IncomeReport.Grouping(rawValue: first.lowercased()), grouping != .payment { return try incomeGroup(grouping, parts) }
    switch first.lowercased() {
    case "calendar": return try incomeCalendar(parts)
    case "event":
      guard let id = parts.first.flatMap({ Int64($0) }) else { throw .unknown(parts.first ?? first, near: []) }
      return try payment(ofEvent: EventID(id), parts.dropFirst().first)
    default: break
    }
    if parts.isEmpty, let key = Explainer.incomeTotalKeys.first(where: { $0.lowercased() == first.lowercased() }) {
      return try incomeTotal(key)
    }
    if let asset = asset(named: first) { return try income(of: asset, parts) }
    if Explainer.period(first) != nil { return try periodTotal(first) }
    if let id = Int64(first) { return try payment(ofEvent: EventID(id), parts.first) }
    throw .unknown(first, near: near(first, grid.lines.map(\.asset.text) + Explainer.incomeTotalKeys + grid.keys.suffix(3)))
  }

  func explainIncome(_ parts: [String]) throws(ExplainError) -> Explanation { try explainIncome(parts[...]) }

  /// The kind of period a name is: `2024`, `2024-Q1`, `2024-05`.
  static func period(_ text: String) -> IncomeGrid.Period? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard let year = parts.first, year.count == 4, let number = Int(year), (1900..<2200).contains(number), parts.count <= 2 else {
      return nil
    }
    guard parts.count == 2 else { return .year }
    if parts[1].count == 2, let month = Int(parts[1]), (1...12).contains(month) { return .month }
    return ["Q1", "Q2", "Q3", "Q4"].contains(parts[1].uppercased()) ? .quarter : nil
  }

  // MARK: Sums

  /// A sum of receipts' net amounts, one input each.
  func receiptSum(_ path: FigurePath, _ title: String, _ value: Cell, _ receipts: [Receipt], _ formula: String) -> Explanation {
    let known = receipts.filter(\.netBase.isKnown)
    return Explanation(
      path, title, value, base, formula: formula, shortened(known.map { receiptInput($0) }),
      steps: sumLine(known.compactMap(\.netBase.value), base), rounding: .sum,
      excluded: receipts.filter { !$0.netBase.isKnown }.map {
        "\(names.asset($0.asset).text), event \($0.event.raw): \($0.netBase.why?.text ?? "unknown")"
      })
  }

  private func receiptInput(_ receipt: Receipt) -> Explanation.Input {
    .init(
      "\(receipt.incomeKind) of \(names.asset(receipt.asset).text)", Cell(receipt.netBase), base, date: on(receipt.time),
      event: receipt.event,
      figure: FigurePath("income", "event", "\(receipt.event.raw)", "netBase"))
  }

  /// Receipts that are income, up to the day.
  private func receipts(_ accepts: (Receipt, Day) -> Bool) -> [Receipt] {
    booking.receipts.filter { receipt in
      let on = on(receipt.time)
      return receipt.kind != .returnOfCapital && on <= day && accepts(receipt, on)
    }
  }

  private func periodTotal(_ typed: String) throws(ExplainError) -> Explanation {
    guard let period = Explainer.period(typed) else { throw .unknown(typed, near: []) }
    let key = typed.uppercased()
    let whole = grid(of: period)
    let value = whole.keys.firstIndex(of: key).map { whole.totals[$0] } ?? .zero
    let parts = whole.lines.compactMap { line -> (String, Decimal)? in
      guard let place = whole.keys.firstIndex(of: key), !line.net[place].isZero else { return nil }
      return (line.asset.text, line.net[place])
    }
    return Explanation(
      FigurePath("income", key), "net income of \(key)", .decimal(value), base,
      formula: "the sum over all assets of what arrived, net of tax and fee",
      parts.map { .init($0.0, .decimal($0.1), base, figure: FigurePath("income", $0.0, key)) }, steps: sumLine(parts.map(\.1), base),
      rounding: .sum)
  }

  private func grid(of period: IncomeGrid.Period) -> IncomeGrid {
    period == .month ? grid : IncomeGrid(book, booking, valuer, ledger, by: period)
  }

  func incomeTotal(_ key: String) throws(ExplainError) -> Explanation {
    let path = FigurePath("income", key)
    func byAsset(_ value: Cell, _ formula: String, _ column: String, _ amount: (IncomeGrid.Line) -> Decimal?) -> Explanation {
      let lines = grid.lines.filter { amount($0).map { !$0.isZero } ?? false }
      return Explanation(
        path, "\(TableWriter.heading(key)) income of all assets", value, base, formula: formula,
        lines.map {
          .init($0.asset.text, amount($0).map { .decimal($0) } ?? .none, base, figure: FigurePath("income", $0.asset.text, column))
        },
        steps: sumLine(lines.compactMap(amount), base), rounding: .sum)
    }
    switch key {
    case "total": return byAsset(.decimal(grid.total), "the sum over all assets of what arrived, net of tax and fee", key, \.total)
    case "trailing12":
      return byAsset(.decimal(grid.trailing12), "what arrived in the last 12 months, net of tax and fee", key, \.trailing12)
    case "forward12":
      return byAsset(.decimal(grid.forward12), "what is declared, else estimated, for the next 12 months, gross", key, \.forward12.value)
    case "growth": return growth(path, .ratio(grid.growth), { _ in true }, FigurePath("income", "trailing12"), "all assets")
    case "overdue":
      let late = income.rows.indices.filter { income.rows[$0].status == .overdue }
      let inputs = late.map { place -> Explanation.Input in
        let row = income.rows[place]
        return .init(row.asset.text, Cell(row.gross), row.currency, date: row.pay, figure: incomePath(place))
      }
      return Explanation(
        path, "overdue payments", .integer(income.overdue),
        formula: "expected payments that had not arrived seven days after their pay date",
        inputs, rounding: .stated)
    default:
      let value = key == "grossBase" ? income.grossBase : key == "taxBase" ? income.taxBase : income.netBase
      let rows = income.rows.indices.filter { income.rows[$0].status.isReceived && !income.rows[$0].isReturnOfCapital }
      return incomeSum(path, "\(TableWriter.heading(key)) income", value, rows, key)
    }
  }

  /// A sum over payments that arrived, by payment.
  private func incomeSum(
    _ path: FigurePath, _ title: String, _ value: Decimal, _ places: [Int], _ key: String
  ) -> Explanation {
    let known = places.filter { income.rows[$0].grossBase.isKnown }
    let amounts = known.map { place -> Decimal in
      let row = income.rows[place]
      switch key {
      case "grossBase": return row.grossBase.value ?? .zero
      case "taxBase": return row.taxBase.value ?? .zero
      default: return row.netBase.value ?? row.grossBase.value ?? .zero
      }
    }
    let inputs = zip(known, amounts).map { place, amount -> Explanation.Input in
      let row = income.rows[place]
      return .init(
        "\(row.kind) of \(row.asset.text)", .decimal(amount), base, date: row.pay, event: row.event, figure: incomePath(place).adding(key))
    }
    return Explanation(
      path, title, .decimal(value), base, formula: "the sum over the payments that arrived, each at the rate of its day",
      shortened(inputs), steps: sumLine(amounts, base), rounding: .sum,
      excluded: places.filter { !income.rows[$0].grossBase.isKnown }.map {
        "\(income.rows[$0].asset.text): \(income.rows[$0].grossBase.why?.text ?? "unknown")"
      })
  }

  private func incomeGroup(_ grouping: IncomeReport.Grouping, _ rest: [String]) throws(ExplainError) -> Explanation {
    let groups = IncomeReport(book, booking, valuer, ledger, by: grouping).groups
    guard rest.count >= 2 else { throw .unknown(rest.first ?? grouping.rawValue, near: groups.prefix(5).map { "\($0.key)/\($0.kind)" }) }
    guard let group = groups.first(where: { $0.key == rest[0] && $0.kind == rest[1] }) else {
      throw .unknown("\(rest[0])/\(rest[1])", near: near(rest[0], groups.map { "\($0.key)/\($0.kind)" }))
    }
    let key = try key(rest.count > 2 ? rest[2] : nil, in: IncomeGroupRow.columns, default: "netBase")
    let places = income.rows.indices.filter { place in
      let row = income.rows[place]
      return row.status.isReceived && !row.isReturnOfCapital && row.kind == group.kind && grouping.key(of: row) == group.key
    }
    let value = key == "grossBase" ? group.grossBase : key == "taxBase" ? group.taxBase : group.netBase
    let path = FigurePath("income", grouping.rawValue, group.key, group.kind)
    var explanation = incomeSum(path.adding(key), "\(TableWriter.heading(key)), \(group.kind) of \(group.key)", value, places, key)
    explanation.siblings = siblings(path, IncomeGroupRow.columns)
    return explanation
  }

  private func incomeCalendar(_ rest: [String]) throws(ExplainError) -> Explanation {
    guard let key = rest.first, let month = grid.calendar.first(where: { $0.key == key }) else {
      throw .unknown(rest.first ?? "calendar", near: grid.calendar.map(\.key))
    }
    let column = rest.count > 1 ? rest[1].lowercased() : month.declared.isZero ? "estimated" : "declared"
    guard column == "declared" || column == "estimated" else { throw .unknown(column, near: ["declared", "estimated"]) }
    let status: IncomeStatus = column == "declared" ? .declared : .estimated
    let shown = Set(grid.lines.map(\.asset.id))
    let places = income.rows.indices.filter { place in
      let row = income.rows[place]
      guard row.status == status, let pay = row.pay, pay > day, shown.contains(row.asset.id) else { return false }
      return IncomeGrid.Period.month.key(of: pay) == key
    }
    let path = FigurePath("income", "calendar", key)
    var explanation = Explanation(
      path.adding(column), "\(column) income of \(key)", .decimal(column == "declared" ? month.declared : month.estimated), base,
      formula: "what is \(column) to be paid in the month, gross, at today's rate",
      places.map { expectedInput($0) }, rounding: .sum)
    explanation.steps = sumLine(explanation.inputs.compactMap { Explainer.number($0.value) }, base)
    explanation.siblings = ["declared", "estimated"].map { path.adding($0) }
    return explanation
  }

  /// An expected payment in base at today's rate.
  func expectedInput(_ place: Int) -> Explanation.Input {
    let row = income.rows[place]
    let amount: Cell = row.expected.value.map { Cell(valuer.inBase($0, book.quotes)) } ?? Cell(row.grossBase)
    return .init(
      "\(row.status.rawValue) \(row.kind) of \(row.asset.text)", amount, base, date: row.pay, figure: incomePath(place).adding("expected"))
  }

  // MARK: One asset

  private func income(of asset: AssetID, _ rest: [String]) throws(ExplainError) -> Explanation {
    let label = names.asset(asset).text
    guard let next = rest.first else { return try incomeLine(asset, "total") }
    if let period = Explainer.period(next) {
      let key = next.uppercased()
      let lines = grid(of: period)
      let value =
        lines.lines.first { $0.asset.id == asset }.flatMap { line in lines.keys.firstIndex(of: key).map { line.net[$0] } } ?? .zero
      var explanation = receiptSum(
        FigurePath("income", label, key), "net income of \(label) in \(key)", .decimal(value),
        receipts { $0.asset == asset && period.key(of: $1) == key },
        "the sum of what arrived in the period: gross - tax - fee, each at the rate of its day; returned capital is no income")
      explanation.siblings = lines.keys.map { FigurePath("income", label, $0) }
      return explanation
    }
    if let key = Explainer.incomeLineKeys.first(where: { $0.lowercased() == next.lowercased() }) { return try incomeLine(asset, key) }
    let parts = next.split(separator: ".", maxSplits: 1).map(String.init)
    if parts.first == "undated" || parts.first.flatMap({ Day($0) }) != nil {
      let places = undone(asset, parts[0])
      let ordinal = parts.count > 1 ? Int(parts[1]) ?? 0 : 1
      if places.indices.contains(ordinal - 1) { return try payment(places[ordinal - 1], rest.dropFirst().first) }
      // A payment that arrived is found by its pay date too.
      let arrived = (incomeOfAsset[asset] ?? []).filter { income.rows[$0].pay?.description == parts[0] }
      if arrived.count == 1 { return try payment(arrived[0], rest.dropFirst().first) }
      if arrived.count > 1 { throw .ambiguous(next, arrived.map { incomePath($0).description }) }
    }
    throw .unknown(next, near: near(next, Explainer.incomeLineKeys + grid.keys.suffix(12)) + Explainer.incomeLineKeys)
  }

  /// Places of an asset's payments of a pay day that have no event.
  private func undone(_ asset: AssetID, _ pay: String) -> [Int] {
    (incomeOfAsset[asset] ?? []).filter { income.rows[$0].event == nil && (income.rows[$0].pay?.description ?? "undated") == pay }
  }

  /// The name of a row of the income report.
  func incomePath(_ place: Int) -> FigurePath {
    let row = income.rows[place]
    if let event = row.event { return FigurePath("income", "event", "\(event.raw)") }
    let pay = row.pay?.description ?? "undated"
    let all = undone(row.asset.id, pay)
    let ordinal = (all.firstIndex(of: place) ?? 0) + 1
    return FigurePath("income", row.asset.text, all.count == 1 ? pay : "\(pay).\(ordinal)")
  }

  private func incomeLine(_ asset: AssetID, _ key: String) throws(ExplainError) -> Explanation {
    let label = names.asset(asset).text
    let path = FigurePath("income", label)
    let only = IncomeGrid(book, booking, valuer, ledger, by: .year, only: [asset])
    let line = only.lines.first { $0.asset.id == asset }
    var explanation: Explanation
    switch key {
    case "total":
      explanation = receiptSum(
        path.adding(key), "all income of \(label)", .decimal(line?.total ?? .zero), receipts { receipt, _ in receipt.asset == asset },
        "the sum of everything that arrived, net of tax and fee")
    case "trailing12":
      let since = day.adding(months: -12)
      explanation = receiptSum(
        path.adding(key), "income of \(label) in 12 months", .decimal(line?.trailing12 ?? .zero),
        receipts { $0.asset == asset && $1 > since },
        "what arrived after \(since), net of tax and fee")
    case "forward12": explanation = forward(asset, path.adding(key), line.map { Cell($0.forward12) } ?? .unknown(.notStated))
    case "growth":
      explanation = growth(
        path.adding(key), line.map { .ratio($0.growth) } ?? .unknown(.tooShort), { $0.asset == asset }, path.adding("trailing12"), label)
    default: explanation = yields(asset, key, path, line)
    }
    explanation.siblings = Explainer.incomeLineKeys.map { path.adding($0) }
    return explanation
  }

  private func growth(
    _ path: FigurePath, _ value: Cell, _ accepts: (Receipt) -> Bool, _ trailing: FigurePath, _ label: String
  ) -> Explanation {
    let (year, before) = (day.adding(months: -12), day.adding(months: -24))
    func sum(_ from: Day, _ to: Day) -> Decimal {
      Explainer.sum(receipts { accepts($0) && $1 > from && $1 <= to }.compactMap(\.netBase.value)) ?? .zero
    }
    let (now, then) = (sum(year, day), sum(before, year))
    let ratio = then.isZero ? nil : try? now.divided(by: then)
    return Explanation(
      path, "growth of the income of \(label)", value, formula: "last 12 months / the 12 months before - 1",
      [
        .init("last 12 months", .decimal(now), base, date: day, figure: trailing),
        .init("the 12 months before", .decimal(then), base, date: year),
      ], steps: ratio.map { line("\(now) / \(then) - 1 = \($0) - 1", try? $0.subtracting(.one), equals: value) } ?? [])
  }
}
