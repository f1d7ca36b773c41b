import Amounts
import Engine
import Ledger

extension Explainer {
  /// The first screen's figures.
  static let overviewKeys = [
    "value", "cost", "unrealized", "realized", "incomeNet", "totalReturn", "change1d", "change30d", "income12", "forward12", "unpriced",
    "unknownBasis", "unrealizedCurrency", "valueAtDefaults", "charges", "unknownCharges", "carried", "tradePriced",
    "tradeValue",
  ]

  /// The key of a first screen's figure from what was typed.
  static func overviewKey(_ typed: String) -> String? {
    let aliases = [
      "total": "value", "income": "incomeNet", "income12m": "income12", "forward12m": "forward12", "expected": "forward12",
      "return": "totalReturn",
      "gain": "unrealized",
    ]
    let small = typed.lowercased()
    return overviewKeys.first { $0.lowercased() == small } ?? aliases[small]
  }

  /// `overview/FIGURE`, `overview/change1d|change30d/ASSET`.
  func explainOverview(_ rest: ArraySlice<String>) throws(ExplainError) -> Explanation {
    let parts = Array(rest)
    let typed = parts.first ?? "value"
    guard let key = Explainer.overviewKey(typed) else {
      throw .unknown(typed, near: near(typed, Explainer.overviewKeys) + Explainer.overviewKeys)
    }
    if parts.count > 1, key == "change1d" || key == "change30d" { return try effect(key, parts[1]) }
    var explanation = total(key)
    let path = FigurePath("overview")
    explanation.siblings = Explainer.overviewKeys.map { path.adding($0) }
    return explanation
  }

  func explainOverview(_ parts: [String]) throws(ExplainError) -> Explanation { try explainOverview(parts[...]) }
  func explainHolding(_ parts: [String]) throws(ExplainError) -> Explanation { try explainHolding(parts[...]) }
  func explainPerformance(_ parts: [String]) throws(ExplainError) -> Explanation { try explainPerformance(parts[...]) }
  func explainEvent(_ parts: [String]) throws(ExplainError) -> Explanation { try explainEvent(parts[...]) }
  func explainUnit(_ parts: [String]) throws(ExplainError) -> Explanation { try explainUnit(parts[...]) }

  private func total(_ key: String) -> Explanation {
    let totals = holdings.totals
    func ofHoldings(
      _ value: Decimal, _ words: String, _ column: KeyPath<HoldingRow, Figure<Decimal>>, _ rows: (HoldingRow) -> Bool = { _ in true },
      what: String? = nil
    ) -> Explanation {
      let shown = holdings.rows.filter { rows($0) && $0[keyPath: column].isKnown && $0[keyPath: column] != .known(.zero) }
        .sorted { ($0[keyPath: column].value ?? .zero).magnitude > ($1[keyPath: column].value ?? .zero).magnitude }
      return Explanation(
        FigurePath("overview", key), "total \(TableWriter.heading(key))", .decimal(value), base, formula: words,
        shown.map {
          .init(
            $0.asset.text, Cell($0[keyPath: column]), base, date: $0.ageDays.map { day - $0 },
            figure: FigurePath("holdings", $0.asset.text, key))
        },
        steps: sumLine(shown.compactMap { $0[keyPath: column].value }, base), rounding: .sum, excluded: excluded(what ?? key))
    }
    func ofCharges(_ value: Decimal, _ words: String, _ column: KeyPath<HoldingRow, Decimal>) -> Explanation {
      let shown = holdings.rows.filter { !$0[keyPath: column].isZero }
      return Explanation(
        FigurePath("overview", key), "total \(TableWriter.heading(key))", .decimal(value), base, formula: words,
        shown.map {
          .init($0.asset.text, .decimal($0[keyPath: column]), base, figure: FigurePath("holdings", $0.asset.text, key))
        }, steps: sumLine(shown.map { $0[keyPath: column] }, base), rounding: .sum)
    }
    switch key {
    case "value": return ofHoldings(totals.value, "the sum of all holdings' values, cash included", \.value)
    case "cost": return ofHoldings(totals.cost, "the sum of all open lots' costs, each at the rate of its acquisition", \.cost)
    case "unrealized":
      return ofHoldings(
        totals.unrealized, "the sum of value - cost over the holdings of which both are known", \.unrealized,
        { $0.value.isKnown && $0.cost.isKnown })
    case "unrealizedCurrency":
      return ofHoldings(
        totals.unrealizedCurrency,
        "the sum of cost x (today's rate - the rate of its acquisition) over all holdings, for cash over all its movements",
        \.unrealizedCurrency)
    case "realized": return ofHoldings(totals.realized, "the sum of all realised gains, assets no longer held included", \.realized)
    case "incomeNet": return ofHoldings(totals.incomeNet, "the sum of all income, net of tax and fee", \.incomeNet, what: "income")
    case "totalReturn":
      var parts = [("unrealized", totals.unrealized), ("realized", totals.realized), ("incomeNet", totals.incomeNet)]
      if !totals.charges.isZero { parts.append(("charges", -totals.charges)) }
      if !totals.carried.isZero { parts.append(("carried", totals.carried)) }
      var inputs = parts.map {
        Explanation.Input(TableWriter.heading($0.0), .decimal($0.1), base, figure: FigurePath("overview", $0.0))
      }
      var cash = Decimal.zero
      for row in holdings.rows where row.assetClass == .cash {
        cash = row.unrealizedCurrency.value.flatMap { try? cash.adding($0) } ?? cash
      }
      if !cash.isZero {
        parts.append(("cash", cash))
        inputs.append(.init("what currencies made of cash", .decimal(cash), base))
      }
      return Explanation(
        FigurePath("overview", key), "total return", .decimal(totals.totalReturn), base,
        formula: "unrealized gain + realised gain + net income - charges that are in none of these + carried gain + currency gain of cash",
        inputs, steps: sumLine(parts.map(\.1), base), rounding: .sum)
    case "charges":
      return ofCharges(
        totals.charges, "fees and taxes that are in no cost, no gain and no income: rows of their own, fees of transfers, taxes of trades",
        \.charges)
    case "carried":
      return ofCharges(totals.carried, "gain that units took along when they left at cost, less gain that units brought along", \.carried)
    case "tradePriced", "tradeValue":
      let shown = holdings.rows.filter { $0.mode == .trade && !$0.quantity.isZero }
      return Explanation(
        FigurePath("overview", key), key == "tradeValue" ? "worth of what counts at trade prices" : "holdings at trade prices",
        key == "tradeValue" ? .decimal(totals.tradeValue) : .integer(totals.tradePriced), key == "tradeValue" ? base : nil,
        formula: "what nobody quotes counts at the price of its last trade; florin set trade_prices off leaves it out",
        shown.map {
          .init(
            $0.asset.text, Cell($0.value), base, date: $0.priceDate, source: "trade", figure: FigurePath("holdings", $0.asset.text, "value")
          )
        }, rounding: .product)
    case "unknownCharges":
      let open = holdings.rows.filter { $0.unknownCharges > 0 }
      return Explanation(
        FigurePath("overview", key), "charges of unknown worth", .integer(totals.unknownCharges), nil,
        formula: "how many charges no price or rate of their day says the worth of",
        open.map { .init($0.asset.text, .integer($0.unknownCharges), nil, figure: FigurePath("holdings", $0.asset.text, key)) },
        rounding: .stated)
    case "change1d", "change30d": return change(key)
    case "income12":
      let since = day.adding(months: -12)
      return receiptSum(
        FigurePath("overview", key), "income of the last 12 months", .decimal(overview.income12),
        booking.receipts.filter { receipt in
          let on = on(receipt.time)
          return receipt.kind != .returnOfCapital && on > since && on <= day
        }, "what arrived after \(since), net of tax and fee, each at the rate of its day; returned capital is no income")
    case "forward12":
      let places = forwardPlaces { _ in true }
      var explanation = Explanation(
        FigurePath("overview", key), "income expected in 12 months", Cell(overview.forward12), base,
        formula: "declared, else estimated payments of the next 12 months, gross, at today's rate",
        shortened(places.map { expectedInput($0) }),
        rounding: .sum)
      explanation.steps = sumLine(places.compactMap { Explainer.number(expectedInput($0).value) }, base)
      return explanation
    case "valueAtDefaults":
      let plain = HoldingsReport(book, booking, asOf: day, modes: .defaults)
      return Explanation(
        FigurePath("overview", key), "total value at default modes",
        overview.valueAtDefaults.map { .decimal($0) } ?? .unknownBecause("no asset's mode was chosen"), base,
        formula: "the sum of all holdings' values, each by the default mode of its class",
        plain.rows.filter { $0.value.isKnown }.map { .init($0.asset.text, Cell($0.value), base, source: $0.mode?.rawValue) },
        steps: sumLine(plain.rows.compactMap(\.value.value), base), rounding: .sum)
    default:
      let what = key == "unpriced" ? "value" : "cost"
      let missing = holdings.excluded.filter { $0.what == what }
      return Explanation(
        FigurePath("overview", key), key == "unpriced" ? "holdings without a value" : "holdings of unknown cost",
        .integer(key == "unpriced" ? totals.unpriced : totals.unknownBasis),
        formula: key == "unpriced"
          ? "held assets that have no price and no NAV: they are in no total" : "held assets of which a lot's cost is unknown",
        missing.map { .init($0.asset.text, .unknown($0.why), figure: FigurePath("holdings", $0.asset.text, what)) }, rounding: .stated)
    }
  }

  private func change(_ key: String) -> Explanation {
    let column: KeyPath<HoldingRow, Figure<Decimal>> = key == "change1d" ? \.change1d : \.change30d
    let effects = holdings.rows.compactMap { row -> (HoldingRow, Decimal)? in
      guard !row.quantity.isZero, let effect = OverviewReport.effect(of: row[keyPath: column], on: row.value).value else { return nil }
      return (row, effect)
    }
    return Explanation(
      FigurePath("overview", key), "change of the total over \(key == "change1d" ? "a day" : "30 days")",
      Cell(key == "change1d" ? overview.change1d : overview.change30d), base,
      formula: "the sum over the holdings of value x change / (1 + change): what prices did at today's quantities",
      effects.map { .init($0.0.asset.text, .decimal($0.1), base, figure: FigurePath("overview", key, $0.0.asset.text)) },
      steps: sumLine(effects.map(\.1), base),
      excluded: holdings.rows.filter { !$0.quantity.isZero && !$0[keyPath: column].isKnown }.compactMap { row in
        row[keyPath: column].why.map { "\(row.asset.text): \($0.text)" }
      })
  }

  /// What the change of an asset's unit value did to the total.
  private func effect(_ key: String, _ typed: String) throws(ExplainError) -> Explanation {
    let (asset, _) = try place(typed)
    let label = names.asset(asset).text
    guard let row = holdings.rows.first(where: { $0.asset.id == asset }) else { throw .unknown(typed, near: []) }
    let change = key == "change1d" ? row.change1d : row.change30d
    let value = Cell(OverviewReport.effect(of: change, on: row.value))
    var explanation = Explanation(
      FigurePath("overview", key, label), "effect of \(label)'s change on the total", value, base, formula: "value x change / (1 + change)",
      [
        .init("value", Cell(row.value), base, figure: FigurePath("holdings", label, "value")),
        .init("change", .ratio(change), figure: FigurePath("holdings", label, key)),
      ])
    if let worth = row.value.value, let ratio = change.value, let grown = try? ratio.adding(.one), !grown.isZero {
      explanation.steps = line("\(worth) x \(ratio) / \(grown)", try? worth.share(ratio, of: grown), equals: value, base)
    }
    return explanation
  }
}
