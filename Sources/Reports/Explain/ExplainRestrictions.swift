import Amounts
import Engine
import Ledger

extension Explainer {
  /// `restrictions/ASSET[@ACCOUNT]/COLUMN`, `restrictions/freeValue`.
  func explainRestriction(_ rest: ArraySlice<String>) throws(ExplainError) -> Explanation {
    let parts = Array(rest)
    guard let first = parts.first, first.lowercased() != "freevalue" || parts.count > 1 else { return freeValue() }
    if first.lowercased() == "ladder" { return try rung(parts.dropFirst().first, nil, of: nil) }
    let (asset, account) = try place(first)
    let rows = restrictions.rows.filter { $0.asset.id == asset && (account == nil || $0.account.id == account) }
    if parts.count > 1, parts[1].lowercased() == "ladder", rows.count == 1 {
      return try rung(parts.dropFirst(2).first, parts.dropFirst(3).first, of: rows[0])
    }
    let key = try key(parts.count > 1 ? parts[1] : nil, in: RestrictionRow.columns, default: "free")
    let label = label(asset, account)
    if rows.count > 1 {
      throw .ambiguous(first, rows.map { FigurePath("restrictions", self.label($0.asset.id, $0.account.id), key).description })
    }
    guard let found = rows.first else {
      return Explanation(
        FigurePath("restrictions", label, key), "\(TableWriter.heading(key)) of \(label)", .unknown(.nothing), names.asset(asset).text,
        formula: "nothing restricts it: all that is held is free",
        [.init("quantity", .none, figure: FigurePath("holdings", label, "quantity"))], rounding: .stated)
    }
    let path = FigurePath("restrictions", self.label(found.asset.id, found.account.id))
    let row = FigureRow(path: path, label: path.parts[1], columns: RestrictionRow.columns, cells: found.cells)
    var explanation = restriction(key, found, row)
    explanation.siblings = siblings(path, RestrictionRow.columns)
    return explanation
  }

  private func restriction(_ key: String, _ found: RestrictionRow, _ row: FigureRow) -> Explanation {
    let state = found.state
    let code = found.asset.text
    func made(
      _ unit: String?, _ formula: String, _ inputs: [Explanation.Input], _ steps: [String] = [], _ rounds: Explanation.Rounds = .sum
    ) -> Explanation {
      Explanation(
        row.path.adding(key), "\(TableWriter.heading(key)) of \(row.label)", row[key], unit, formula: formula, inputs, steps: steps,
        rounding: rounds)
    }
    func column(_ keys: [String]) -> [Explanation.Input] { keys.map { row.input($0, nil, code) } }
    var explanation: Explanation
    switch key {
    case "held":
      let lots = lotRows(of: found.asset.id).filter { $0.row.account.id == found.account.id }
      explanation = made(
        code, "the sum of the open lots in the account", lots.map { lotInput($0, "quantity", code) },
        sumLine(lots.map(\.row.quantity), code))
    case "free":
      let kept = max(state.locked, max(state.frozen, state.vesting))
      explanation = made(
        code,
        "held - the larger of locked units and the largest floor (frozen, unvested) - reservations (pledged, staked), never below zero",
        column(["held", "locked", "frozen", "vesting", "pledged"]))
      if let left = try? state.held.subtracting(kept).subtracting(state.pledged) {
        explanation.steps = line("\(state.held) - \(kept) - \(state.pledged)", max(.zero, left), equals: row[key], code)
      }
    case "locked":
      let locked = lotRows(of: found.asset.id).filter {
        $0.row.account.id == found.account.id && $0.row.free.isZero && $0.row.quantity.isPositive
      }
      explanation = made(
        code, "units in lots that a lock holds, each once", locked.map { lotInput($0, "quantity", code) },
        sumLine(locked.map(\.row.quantity), code))
    case "nextQuantity":
      explanation = made(
        code, "units that become free on \(found.ladder.first?.until.description ?? "no day")",
        found.ladder.map { .init("free from", .decimal($0.quantity), code, date: $0.until) })
    case "freeValue":
      let unit = valuer.unit(found.asset.id)
      explanation = made(
        base, "free units x unit value x exchange rate",
        [row.input("free", nil, code), unitInput(found.asset.id)] + rateInput(unit.price.value?.currency, on: day),
        unit.price.value.map { worthSteps(state.free, $0, unit.rate, row[key]) } ?? [], .product)
    default:
      let plans = book.plans.filter {
        $0.kind == .restriction && $0.asset == found.asset.id && ($0.cells["kind"] == key || key == "pledged")
      }
      explanation = made(
        code, key == "pledged" ? "reservations without a named lot add up" : "of several floors the largest counts",
        plans.map { plan in
          .init(
            plan.cells["kind"] ?? "", plan.cells["quantity"].flatMap { Decimal($0) }.map { .decimal($0) } ?? .text("all"), code,
            date: plan.cells["until"].flatMap { Day($0) }, source: plan.cells["reason"])
        }, [], .stated)
    }
    explanation.excluded = state.reasons
    return explanation
  }

  /// The worth of what is free: of restricted holdings their free units', of the others all of it.
  private func freeValue() -> Explanation {
    let restricted = restrictions.rows.reduce(into: [FigurePath: RestrictionRow]()) {
      $0[FigurePath("restrictions", label($1.asset.id, $1.account.id))] = $1
    }
    var inputs: [Explanation.Input] = []
    var missing: [String] = []
    for position in booking.positions where position.quantity.isPositive && book.assets[position.asset]?.hasLots == true {
      let name = label(position.asset, position.account)
      let row = restricted[FigurePath("restrictions", name)]
      let worth = row?.freeValue ?? valuer.value(of: position.quantity, position.asset, costBase: costAgain(of: position))
      if let why = worth.why { missing.append("\(name): \(why.text)") }
      inputs.append(
        .init(
          name, Cell(worth), base, source: row == nil ? "without restriction" : nil,
          figure: row == nil ? FigurePath("holdings", name, "value") : FigurePath("restrictions", name, "freeValue")))
    }
    let parts = inputs.compactMap { Explainer.number($0.value) }
    return Explanation(
      FigurePath("restrictions", "freeValue"), "value that may be sold", .decimal(restrictions.freeValue), base,
      formula: "the worth of all holdings' free units, those without restriction included, cash left out", inputs,
      steps: Explainer.sum(parts) == restrictions.freeValue ? sumLine(parts, base) : [], rounding: .sum, excluded: missing)
  }

  /// A position's cost as the report of restrictions takes it: units x unit cost, which is rounded.
  private func costAgain(of position: Position) -> Figure<Decimal> {
    if let why = position.costBaseFigure.why { return .unknown(why) }
    return Figure.known(position.costBase).map { (cost) throws(DecimalError) in
      try cost.divided(by: position.quantity).multiplied(by: position.quantity)
    }
  }

  /// `restrictions/ladder/DAY`, and a row's `restrictions/ASSET@ACCOUNT/ladder/DAY/quantity|value`.
  private func rung(_ typed: String?, _ column: String?, of row: RestrictionRow?) throws(ExplainError) -> Explanation {
    let ladder = row?.ladder ?? restrictions.ladder
    guard let rung = ladder.first(where: { $0.until.description == typed }) else {
      throw .unknown(typed ?? "ladder", near: ladder.map(\.until.description))
    }
    let day = rung.until.description
    guard let row else {
      let rows = restrictions.rows.filter { row in row.ladder.contains { $0.until == rung.until } }
      let inputs = rows.map { row -> Explanation.Input in
        let name = label(row.asset.id, row.account.id)
        return .init(
          name, Cell(row.ladder.first { $0.until == rung.until }?.value ?? .unknown(.nothing)), base, date: rung.until,
          figure: FigurePath("restrictions", name, "ladder", day, "value"))
      }
      return Explanation(
        FigurePath("restrictions", "ladder", day), "value that becomes free on \(day)", Cell(rung.value), base,
        formula: "the worth today of all units that become free on the day", inputs,
        steps: sumLine(inputs.compactMap { Explainer.number($0.value) }, base), rounding: .sum)
    }
    let name = label(row.asset.id, row.account.id)
    let path = FigurePath("restrictions", name, "ladder", day)
    let units = Explanation.Input(
      "units that become free", .decimal(rung.quantity), row.asset.text, date: rung.until, figure: path.adding("quantity"))
    if column?.lowercased() == "quantity" {
      return Explanation(
        path.adding("quantity"), "units of \(name) that become free on \(day)", .decimal(rung.quantity), row.asset.text,
        formula: "what is free on the day less what is free the day before",
        [.init("held", .decimal(row.state.held), row.asset.text, figure: FigurePath("restrictions", name, "held"))], rounding: .sum)
    }
    let unit = valuer.unit(row.asset.id)
    return Explanation(
      path.adding("value"), "worth of the units of \(name) that become free on \(day)", Cell(rung.value), base,
      formula: "units x unit value x exchange rate, all of today",
      [units, unitInput(row.asset.id)] + rateInput(unit.price.value?.currency, on: self.day),
      steps: unit.price.value.map { worthSteps(rung.quantity, $0, unit.rate, Cell(rung.value)) } ?? [])
  }
}
