import Amounts
import Engine
import Ledger

/// A row of a report as the explanations of its figures share it.
struct FigureRow {
  /// The row's name.
  var path: FigurePath
  /// The row in words: `TOWR in Vault`.
  var label: String
  /// The row's columns and values.
  var columns: [Column]
  var cells: [Cell]
  /// The code of the currency of money that has no other.
  var currency: String?

  /// The value under a key.
  subscript(key: String) -> Cell { columns.firstIndex { $0.key == key }.map { cells[$0] } ?? .none }

  /// A figure of the row as an input of another one.
  func input(_ key: String, _ name: String? = nil, _ unit: String? = nil, date: Day? = nil) -> Explanation.Input {
    .init(name ?? TableWriter.heading(key), self[key], unit, date: date, figure: path.adding(key))
  }
}

extension Explainer {
  /// Totals of the holdings report, which are the overview's too.
  static let totalKeys = ["value", "cost", "unrealized", "realized", "incomeNet", "totalReturn", "unpriced", "unknownBasis"]

  static let holdingAliases = [
    "income": "incomeNet", "return": "totalReturn", "gain": "unrealized", "market": "price", "yield": "yieldForward",
    "ownership": "ownership",
  ]

  /// `holdings/ASSET[@ACCOUNT]/COLUMN`, or `holdings/TOTAL`.
  func explainHolding(_ rest: ArraySlice<String>) throws(ExplainError) -> Explanation {
    let parts = Array(rest)
    if parts.count <= 1, let key = Explainer.overviewKey(parts.first ?? "value"), Explainer.totalKeys.contains(key) {
      return try explainOverview([key])
    }
    let (asset, account) = try place(parts[0])
    if parts.count > 1, account == nil {
      // What other reports say about a holding is found here too.
      switch parts[1].lowercased() {
      case "yield", "yieldforward": return try explainIncome([parts[0], "yieldForward"])
      case "yieldtrailing", "yieldoncost": return try explainIncome([parts[0], parts[1]])
      case "ownership", "impliedunderlying", "implieddebt": return try explainNav([parts[0], parts[1]])
      case "unit": return try explainUnit([parts[0]])
      default: break
      }
    }
    let key = try key(parts.count > 1 ? parts[1] : nil, in: HoldingRow.columns, Explainer.holdingAliases, default: "value")
    let label = label(asset, account)
    let path = FigurePath("holdings", label)
    let rows = account == nil ? holdings.rows : holdingsByAccount.rows
    guard let found = rows.first(where: { $0.asset.id == asset && $0.account?.id == account }) else {
      return Explanation(
        path.adding(key), "\(TableWriter.heading(key)) of \(label)", .unknown(.nothing), base,
        formula: "nothing of it is or was held", rounding: .stated)
    }
    let row = FigureRow(path: path, label: label, columns: HoldingRow.columns, cells: found.cells, currency: base)
    var explanation = holding(key, found, row)
    explanation.siblings = siblings(path, HoldingRow.columns)
    return explanation
  }

  private func holding(_ key: String, _ found: HoldingRow, _ row: FigureRow) -> Explanation {
    let (asset, account) = (found.asset.id, found.account?.id)
    let value = row[key]
    func made(
      _ unit: String?, _ formula: String, _ inputs: [Explanation.Input], _ steps: [String] = [], _ rounds: Explanation.Rounds = .product,
      excluded: [String] = []
    ) -> Explanation {
      Explanation(
        row.path.adding(key), "\(TableWriter.heading(key)) of \(row.label)", value, unit, formula: formula, inputs, steps: steps,
        rounding: rounds, excluded: excluded)
    }
    switch key {
    case "quantity": return quantity(found, row)
    case "price", "nav": return marketOrNav(key, found, row)
    case "premium": return premium(asset, row.path.adding(key), row.label, value)
    case "value": return worth(found, row)
    case "cost": return cost(found, row)
    case "unrealized":
      let steps = found.value.value.flatMap { a in
        found.cost.value.map { b in line("\(a) - \(b)", try? a.subtracting(b), equals: value, base) }
      }
      return made(base, "value - cost", [row.input("value", nil, base), row.input("cost", nil, base)], steps ?? [], .sum)
    case "unrealizedRatio":
      return made(
        nil, "unrealized gain / cost", [row.input("unrealized", nil, base), row.input("cost", nil, base)],
        quotient(found.unrealized.value, found.cost.value, value))
    case "realized": return realized(asset, account, row)
    case "incomeNet": return incomeNet(asset, account, row)
    case "totalReturn":
      return totalReturn(found, row, value)
    case "charges":
      return made(
        base, "fees and taxes that are in no cost, no gain and no income: rows of their own, fees of transfers, taxes of trades", [], [],
        .sum)
    case "unknownCharges":
      return made(nil, "how many charges no price or rate of their day says the worth of", [], [], .stated)
    case "carried":
      return made(
        base, "gain that units took along when they left at cost, less gain that units brought along", [], [], .sum)
    case "weight":
      let total = account == nil ? holdings.totals.value : holdingsByAccount.totals.value
      return made(
        nil, "value / total value",
        [row.input("value", nil, base), .init("total value", .decimal(total), base, date: day, figure: FigurePath("overview", "value"))],
        quotient(found.value.value, total, value), excluded: excluded("value"))
    case "change1d", "change30d": return change(found, row, days: key == "change1d" ? 1 : 30)
    case "unrealizedPrice":
      let pair = found.unrealized.value.flatMap { a in found.unrealizedCurrency.value.map { (a, $0) } }
      return made(
        base, "unrealized gain - its currency part: what the price did, at today's rate",
        [row.input("unrealized", nil, base), row.input("unrealizedCurrency", "by currency", base)],
        pair.map { line("\($0) - \($1)", try? $0.subtracting($1), equals: value, base) } ?? [], .sum)
    case "unrealizedCurrency": return currencyPart(found, row)
    case "pending":
      return made(
        found.asset.text, "units of events that are pending: in the value, shown apart, not free",
        [row.input("quantity", nil, found.asset.text)], [], .stated)
    case "unsettled":
      return made(
        found.asset.text, "units bought and not yet settled on \(day)", [row.input("quantity", nil, found.asset.text)], [], .stated)
    default: return made(row.currency, "as the holdings report has it", [])
    }
  }

  private func totalReturn(_ found: HoldingRow, _ row: FigureRow, _ value: Cell) -> Explanation {
    let first = found.assetClass == .cash ? "unrealizedCurrency" : "unrealized"
    var names = [first, "realized", "incomeNet"]
    var parts = [found.assetClass == .cash ? found.unrealizedCurrency : found.unrealized, found.realized, found.incomeNet]
    if !found.charges.isZero {
      names.append("charges")
      parts.append(.known(-found.charges))
    }
    if !found.carried.isZero {
      names.append("carried")
      parts.append(.known(found.carried))
    }
    let known = parts.compactMap(\.value)
    return Explanation(
      row.path.adding("totalReturn"), "Return of \(row.label)", value, base,
      formula: (found.assetClass == .cash ? "what its currency made" : "unrealized gain")
        + " + realised gain + net income - charges that are in none of these + carried gain",
      names.map { row.input($0, $0 == "incomeNet" ? "net income" : nil, base) },
      steps: known.count == parts.count ? sumLine(known, base) : [], rounding: .sum)
  }

  /// `a / b = value`, where it is right.
  func quotient(_ a: Decimal?, _ b: Decimal?, _ value: Cell, _ unit: String? = nil) -> [String] {
    guard let a, let b else { return [] }
    return line("\(a) / \(b)", try? a.divided(by: b), equals: value, unit)
  }

  /// `a x b = value`, where it is right.
  func product(_ a: Decimal?, _ b: Decimal?, _ value: Cell, _ unit: String? = nil) -> [String] {
    guard let a, let b else { return [] }
    return line("\(a) x \(b)", try? a.multiplied(by: b), equals: value, unit)
  }

  /// What a total of the holdings leaves out, in words.
  func excluded(_ what: String) -> [String] {
    holdings.excluded.filter { $0.what == what }.map { "\($0.asset.text): \($0.why.text)" }
  }

  // MARK: Worth

  /// Quantity x unit value x rate, each step as the valuer takes it.
  private func worth(_ found: HoldingRow, _ row: FigureRow) -> Explanation {
    let unit = valuer.unit(found.asset.id)
    var explanation = Explanation(
      row.path.adding("value"), "value of \(row.label)", row["value"], base, formula: "quantity x unit value x exchange rate")
    explanation.inputs = [row.input("quantity", nil, found.asset.text)]
    if unit.source == .cost {
      explanation.formula = "valued at cost: the sum of the open lots' costs"
      explanation.inputs = [row.input("cost", nil, base)]
      return explanation
    }
    guard let price = unit.price.value else {
      explanation.formula += "; there is no unit value"
      explanation.inputs += [unitInput(found.asset.id)]
      return explanation
    }
    explanation.inputs += [unitInput(found.asset.id)] + rateInput(price.currency, on: day)
    explanation.steps = worthSteps(found.quantity, price, unit.rate, row["value"])
    if found.isStale { explanation.excluded = ["stale: the quote is \(found.ageDays ?? 0) days old"] }
    return explanation
  }

  /// `quantity x price = own currency`, `x rate = base`.
  func worthSteps(_ quantity: Decimal, _ price: Price, _ rate: Figure<Decimal>, _ value: Cell) -> [String] {
    guard let own = try? quantity.multiplied(by: price.perUnit) else { return [] }
    let first = "\(quantity) x \(price.perUnit) = \(own) \(names.currency(price.currency))"
    if price.currency == valuer.base { return line("\(quantity) x \(price.perUnit)", own, equals: value, base) }
    guard let rate = rate.value else { return [first, "no exchange rate into \(base)"] }
    return [first] + line("\(own) x \(rate)", try? own.multiplied(by: rate), equals: value, base)
  }

  private func change(_ found: HoldingRow, _ row: FigureRow, days: Int) -> Explanation {
    let unit = valuer.unit(found.asset.id)
    let value = row[days == 1 ? "change1d" : "change30d"]
    var explanation = Explanation(
      row.path.adding(days == 1 ? "change1d" : "change30d"), "change of \(row.label) over \(days == 1 ? "a day" : "\(days) days")", value,
      formula: "unit value now / unit value \(days == 1 ? "a day" : "\(days) days") before - 1, both from the series that counts now")
    guard let now = unit.price.value, unit.source == .market || unit.source == .nav else { return explanation }
    let kind: QuoteDraft.Kind = unit.source == .nav ? .nav : .close
    let code = names.currency(now.currency)
    explanation.inputs = [unitInput(found.asset.id)]
    guard let then = book.quotes.quote(kind, of: found.asset.id, on: day - days) else { return explanation }
    var before = then.price.perUnit
    if !then.isAdjusted { before = book.today(before, found.asset.id, since: day - days, day) }
    explanation.inputs.append(
      .init(
        "unit value before", .decimal(before), code, date: then.day, source: source(of: then),
        figure: quotePath(kind, found.asset.id, day - days)))
    if let ratio = try? now.perUnit.divided(by: before) {
      explanation.steps = line("\(now.perUnit) / \(before) - 1 = \(ratio) - 1", try? ratio.subtracting(.one), equals: value)
    }
    return explanation
  }

  /// What the money that was paid did by itself: the cost at today's rate less the cost at the rates of its acquisitions.
  private func currencyPart(_ found: HoldingRow, _ row: FigureRow) -> Explanation {
    let isCash = found.assetClass == .cash
    var explanation = Explanation(
      row.path.adding("unrealizedCurrency"), "currency part of the gain of \(row.label)", row["unrealizedCurrency"], base,
      formula: isCash
        ? "the balance at today's rate less what its movements were worth at the rates of their days"
        : "cost at today's rate - cost at the rates of the acquisitions")
    let own = booking.positions.filter { $0.asset == found.asset.id && (found.account == nil || $0.account == found.account?.id) }
    var (now, then): ([Decimal], [Decimal]) = ([], [])
    for position in own {
      let money: Figure<Money> = isCash ? .known(Money(position.quantity, position.asset.asCurrency)) : position.cost
      guard let cost = money.value, !cost.amount.isZero else { continue }
      let worth = valuer.inBase(cost, book.quotes)
      explanation.inputs.append(
        .init(
          "\(isCash ? "balance" : "cost") in \(names.account(position.account).text)", .decimal(cost.amount), names.currency(cost.currency),
          figure: FigurePath("holdings", label(position.asset, position.account), isCash ? "quantity" : "cost")))
      explanation.inputs += rateInput(cost.currency, on: day)
      explanation.inputs.append(.init("at the rates of its days", .decimal(position.costBase), base))
      if let worth = worth.value {
        now.append(worth)
        then.append(-position.costBase)
      }
    }
    if let sum = Explainer.sum(now + then), .decimal(sum) == explanation.value { explanation.steps = sumLine(now + then, base) }
    return explanation
  }

  // MARK: Cost

  private func cost(_ found: HoldingRow, _ row: FigureRow) -> Explanation {
    let lots = lotRows(of: found.asset.id).filter { found.account == nil || $0.row.account.id == found.account?.id }
    let known = lots.compactMap(\.row.costBase.value)
    let unknown = lots.filter { !$0.row.costBase.isKnown }
    let isCash = found.assetClass == .cash
    return Explanation(
      row.path.adding("cost"), "cost of \(row.label)", row["cost"], base,
      formula: isCash
        ? "money has a balance, not lots: what it cost is no figure"
        : "the sum of the open lots' costs, each at the rate of its acquisition",
      shortened(lots.map { lotInput($0, "costBase", base) }),
      steps: unknown.isEmpty ? sumLine(known, base) : [], rounding: .sum,
      excluded: unknown.map { "lot of \($0.row.quantity) in \($0.row.account.text): \($0.row.costBase.why?.text ?? "unknown basis")" })
  }

  private func realized(_ asset: AssetID, _ account: AccountID?, _ row: FigureRow) -> Explanation {
    let places = gainOrder.indices.filter { place in
      let piece = pieced.pieces[gainOrder[place]]
      return piece.asset == asset && (account == nil || piece.account == account)
    }
    return gainSum(
      row.path.adding("realized"), "realised gain of \(row.label)", row["realized"], places,
      "the sum of proceeds - cost over all disposals, in \(base)")
  }

  private func incomeNet(_ asset: AssetID, _ account: AccountID?, _ row: FigureRow) -> Explanation {
    let receipts = booking.receipts.filter {
      $0.asset == asset && (account == nil || $0.account == account) && $0.kind != .returnOfCapital
    }
    return receiptSum(
      row.path.adding("incomeNet"), "net income of \(row.label)", row["incomeNet"], receipts,
      "the sum of gross - tax - fee over all receipts, each at the rate of its day; returned capital is no income")
  }

  // MARK: Units

  private func quantity(_ found: HoldingRow, _ row: FigureRow) -> Explanation {
    let label = found.asset.text
    let path = row.path.adding("quantity")
    if found.account == nil {
      let held = holdingsByAccount.rows.filter { $0.asset.id == found.asset.id && !$0.quantity.isZero }
      return Explanation(
        path, "quantity of \(row.label)", row["quantity"], label, formula: "the sum over all accounts",
        held.map {
          .init(
            $0.account?.text ?? "", .decimal($0.quantity), label,
            figure: FigurePath("holdings", self.label(found.asset.id, $0.account?.id), "quantity"))
        }, steps: sumLine(held.map(\.quantity), label), rounding: .sum)
    }
    let account = found.account?.id
    if book.assets[found.asset.id]?.hasLots == true {
      let lots = lotRows(of: found.asset.id).filter { $0.row.account.id == account }
      return Explanation(
        path, "quantity of \(row.label)", row["quantity"], label, formula: "the sum of the open lots in the account",
        shortened(lots.map { lotInput($0, "quantity", label) }), steps: sumLine(lots.map(\.row.quantity), label), rounding: .sum)
    }
    let moves = movements(of: found.asset.id, in: account)
    return Explanation(
      path, "balance of \(row.label)", row["quantity"], label, formula: "the sum of all movements of it in the account",
      shortened(moves), steps: sumLine(moves.compactMap { Explainer.number($0.value) }, label), rounding: .sum)
  }

  /// Every movement of an asset in an account, as one input an event.
  private func movements(of asset: AssetID, in account: AccountID?) -> [Explanation.Input] {
    let events = book.events
    let code = names.asset(asset).text
    var found: [Explanation.Input] = []
    for index in 0..<events.firstIndex(after: book.settings.zone.end(of: day)) where events.status(at: index) != .void {
      var sum = Decimal.zero
      try? events.forEachLeg(at: index) { (place, moved, quantity, _) throws(DecimalError) in
        if moved == asset.raw, place == account?.raw { sum = try sum.adding(quantity) }
      }
      if sum.isZero { continue }
      found.append(eventInput(index, .decimal(sum), code))
    }
    return found
  }
}
