import Amounts
import Engine
import Ledger

/// Explains what one unit is worth: prices, NAVs, exchange rates, and the quotes they were read from.
extension Explainer {
  /// `unit/ASSET`: the price that counts, and why that one.
  func explainUnit(_ rest: ArraySlice<String>) throws(ExplainError) -> Explanation {
    guard let first = rest.first else { throw .unknown("unit", near: []) }
    let (asset, _) = try place(first)
    let unit = valuer.unit(asset)
    let label = names.asset(asset).text
    let mode = book.assets[asset]?.valuationMode.rawValue ?? ""
    let used = unit.source.map { "the \($0.rawValue) counts" } ?? "there is no quote"
    var explanation = Explanation(
      FigurePath("unit", label), "unit value of \(label)", Cell(unit.price), names.currency(unit.price),
      formula: "valued by \(mode): \(used)" + (unit.isStale ? ", though it is stale" : ""), series(asset), rounding: .stated)
    if unit.source == .cash { explanation.formula = "money is worth itself" }
    if unit.source == .peg, let money = book.quotes.pegs[asset] {
      explanation.formula = "nothing prices it: it counts as one \(names.currency(money)), which it promises"
      explanation.inputs.append(.init("promised", .decimal(.one), names.currency(money), source: "peg"))
    }
    for (name, isStale, quote) in [("market price", unit.isMarketStale, unit.market), ("NAV", unit.isNavStale, unit.nav)] {
      guard let quote else { continue }
      let cadence = book.assets[asset]?.expectedCadence.rawValue ?? ""
      explanation.steps.append(
        "\(name): \(day - quote.day) days old on \(day), quoted \(cadence): \(isStale ? "stale" : "not stale")")
    }
    return explanation
  }

  /// The unit value as an input of another figure.
  func unitInput(_ asset: AssetID) -> Explanation.Input {
    let unit = valuer.unit(asset)
    let label = names.asset(asset).text
    let quote = unit.source == .nav ? unit.nav : unit.market
    let age = unit.ageDays.map { $0 > 0 ? ", \($0) days old" : "" } ?? ""
    return .init(
      unit.source.map { $0 == .nav ? "NAV per token" : $0 == .market ? "market price" : "unit value" } ?? "unit value", Cell(unit.price),
      names.currency(unit.price), date: unit.day, source: quote.map { (source(of: $0) ?? "") + age }.map { trimmed($0) },
      figure: FigurePath("unit", label))
  }

  private func trimmed(_ text: String) -> String { text.hasPrefix(", ") ? String(text.dropFirst(2)) : text }

  /// Market price and NAV of an asset as inputs.
  func series(_ asset: AssetID) -> [Explanation.Input] {
    let unit = valuer.unit(asset)
    var found: [Explanation.Input] = []
    for (name, kind, quote) in [("market price", QuoteDraft.Kind.close, unit.market), ("NAV per token", .nav, unit.nav)] {
      guard let quote else { continue }
      found.append(
        .init(
          name, .decimal(quote.price.perUnit), names.currency(quote.price.currency), date: quote.day, source: source(of: quote),
          figure: quotePath(kind, asset, day)))
    }
    return found
  }

  /// Who says so.
  func source(of quote: Quote) -> String? { quote.nav?.appraiser ?? (quote.source.isEmpty ? nil : quote.source) }

  func quotePath(_ kind: QuoteDraft.Kind, _ asset: AssetID, _ day: Day) -> FigurePath {
    FigurePath("quote", kind == .nav ? "nav" : kind == .fx ? "fx" : "market", names.asset(asset).text, day.description)
  }

  /// A holding's market price or NAV.
  func marketOrNav(_ key: String, _ found: HoldingRow, _ row: FigureRow) -> Explanation {
    let kind: QuoteDraft.Kind = key == "nav" ? .nav : .close
    let unit = valuer.unit(found.asset.id)
    let quote = kind == .nav ? unit.nav : unit.market
    let code = kind == .nav ? found.navCurrency : found.priceCurrency
    if found.assetClass == .cash {
      return Explanation(
        row.path.adding(key), "\(key) of \(row.label)", row[key], code, formula: "money is worth itself", rounding: .stated)
    }
    return quoted(row.path.adding(key), found.asset.id, kind, quote, row[key], day)
  }

  /// `quote/market|nav|fx/ASSET[/DAY]`: the last quote at or before a day, in units of that day.
  func explainQuote(_ rest: ArraySlice<String>) throws(ExplainError) -> Explanation {
    let parts = Array(rest)
    let kinds: [String: QuoteDraft.Kind] = ["market": .close, "close": .close, "price": .close, "nav": .nav, "fx": .fx]
    guard let first = parts.first, let kind = kinds[first.lowercased()] else {
      throw .unknown(parts.first ?? "quote", near: ["market", "nav", "fx"])
    }
    guard parts.count > 1 else { throw .unknown(first, near: []) }
    let (asset, _) = try place(parts[1])
    let on = try day(parts.count > 2 ? parts[2] : nil)
    let quote = book.quotes.quote(kind, of: asset, on: on)
    let value: Cell = quote.map { .decimal($0.price.perUnit) } ?? .unknown(kind == .nav ? .noNav : kind == .fx ? .noRate : .noPrice)
    return quoted(quotePath(kind, asset, on), asset, kind, quote, value, on)
  }

  /// Reads a day; none is the last day that counts.
  func day(_ text: String?) throws(ExplainError) -> Day {
    guard let text else { return day }
    guard let on = Day(text) else { throw .unknown(text, near: [day.description]) }
    return on
  }

  /// A quote with its facts, and the splits it was brought over.
  private func quoted(
    _ path: FigurePath, _ asset: AssetID, _ kind: QuoteDraft.Kind, _ quote: Quote?, _ value: Cell, _ on: Day
  ) -> Explanation {
    let label = names.asset(asset).text
    let what = kind == .nav ? "NAV per token" : kind == .fx ? "exchange rate" : "market price"
    var explanation = Explanation(
      path, "\(what) of \(label)", value, quote.map { names.currency($0.price.currency) },
      formula: "the last \(what) at or before \(on)", rounding: .stated)
    guard let quote else { return explanation }
    explanation.origin = origin(.quote(asset, kind, quote))
    let series = kind == .nav ? book.quotes.nav[asset] : kind == .fx ? book.quotes.fx[asset] : book.quotes.market[asset]
    if let series, let place = series.position(atOrBefore: on) {
      let own = series[place]
      explanation.inputs.append(
        .init("as quoted", .decimal(own.price.perUnit), explanation.unit, date: own.day, source: source(of: own)))
      for point in book.quotes.splits[asset] ?? [] where !own.isAdjusted && point.day > own.day && point.day <= on {
        explanation.inputs.append(.init("split", .text("\(point.ratio)"), date: point.day))
        explanation.formula += "; a quote of before a split is divided by the ratio"
        explanation.steps.append("\(own.price.perUnit) x \(point.ratio.old) / \(point.ratio.new) = \(quote.price.perUnit)")
      }
    }
    if let facts = quote.nav { explanation.inputs += navFacts(facts, explanation.unit, quote.day) }
    return explanation
  }

  /// What stands behind a NAV.
  private func navFacts(_ facts: NavFacts, _ unit: String?, _ on: Day) -> [Explanation.Input] {
    var found: [Explanation.Input] = []
    func add(_ name: String, _ value: Decimal?, _ unit: String?) {
      if let value { found.append(.init(name, .decimal(value), unit, date: on)) }
    }
    add("total NAV", facts.totalNav, unit)
    add("underlying value", facts.underlyingValue, unit)
    add("debt", facts.debt, unit)
    add("supply", facts.supply, "tokens")
    for (name, text) in [("method", facts.method), ("document", facts.document)] {
      if let text, !text.isEmpty { found.append(.init(name, .text(text))) }
    }
    if let published = facts.published { found.append(.init("published", .day(published))) }
    return found
  }

  /// `rate/FROM/TO[/DAY]`.
  func explainRate(_ rest: ArraySlice<String>) throws(ExplainError) -> Explanation {
    let parts = Array(rest)
    guard parts.count >= 1 else { throw .unknown("rate", near: []) }
    let (from, _) = try place(parts[0])
    let to = parts.count > 1 ? try place(parts[1]).asset : AssetID(valuer.base)
    let on = try day(parts.count > 2 ? parts[2] : nil)
    let (a, b) = (names.asset(from).text, names.asset(to).text)
    let path = FigurePath("rate", a, b, on.description)
    let trail = book.quotes.rateTrail(from: from.asCurrency, to: to.asCurrency, on: on)
    var explanation = Explanation(
      path, "\(b) for 1 \(a)", trail.map { .decimal($0.rate) } ?? .unknown(.noRate), b,
      formula:
        "the last rate at or before \(on), at most 7 days old: direct, else inverse, else over one common currency, else by what a stablecoin promises"
    )
    explanation.rounding = "an inverse is rounded half-even to 24 places; a rate over another currency to 18 places"
    guard let trail else { return explanation }
    for step in trail.steps {
      let quote = book.quotes.quote(step.kind, of: step.asset, on: step.day)
      let (x, y) = (names.currency(step.from), names.currency(step.to))
      let (given, asked) = step.isInverse ? (y, x) : (x, y)
      explanation.inputs.append(
        .init(
          "\(asked) for 1 \(given)", quote.map { .decimal($0.price.perUnit) } ?? .decimal(step.rate), asked, date: step.day,
          source: step.source, figure: quotePath(step.kind, step.asset, step.day)))
      if step.isInverse, let quoted = quote?.price.perUnit { explanation.steps.append("1 / \(quoted) = \(step.rate)") }
    }
    for peg in trail.pegs {
      let (coin, money) = (names.currency(peg.coin), names.currency(peg.money))
      explanation.inputs.append(
        .init("\(coin) promises one \(money)", .decimal(.one), money, source: "peg", figure: FigurePath("unit", coin)))
    }
    if trail.steps.count == 2 {
      explanation.formula += "; here over \(names.currency(trail.steps[0].to))"
      explanation.steps += line(
        "\(trail.steps[0].rate) x \(trail.steps[1].rate)",
        try? trail.steps[0].rate.multiplied(by: trail.steps[1].rate, places: 24).rounded(to: 18),
        equals: explanation.value)
    }
    return explanation
  }

  /// Market / NAV - 1, with the market price in the NAV's currency.
  func premium(_ asset: AssetID, _ path: FigurePath, _ label: String, _ value: Cell) -> Explanation {
    let unit = valuer.unit(asset)
    var explanation = Explanation(
      path, "premium of \(label)", value, formula: "market price / NAV - 1; negative is a discount", series(asset))
    guard let market = unit.market, let nav = unit.nav else { return explanation }
    var price = market.price.perUnit
    if market.price.currency != nav.price.currency {
      let trail = book.quotes.rateTrail(from: market.price.currency, to: nav.price.currency, on: day)
      let (a, b) = (names.currency(market.price.currency), names.currency(nav.price.currency))
      explanation.inputs.append(
        .init(
          "\(b) for 1 \(a)", trail.map { .decimal($0.rate) } ?? .unknown(.noRate), date: trail?.steps.map(\.day).min(),
          source: trail.map { describe($0) }, figure: FigurePath("rate", a, b, day.description)))
      guard let rate = trail?.rate, let converted = try? price.multiplied(by: rate) else { return explanation }
      explanation.steps.append("\(price) x \(rate) = \(converted) \(b)")
      price = converted
    }
    guard let ratio = try? price.divided(by: nav.price.perUnit) else { return explanation }
    explanation.steps += line(
      "\(price) / \(nav.price.perUnit) - 1 = \(ratio) - 1", try? ratio.subtracting(.one), equals: value)
    return explanation
  }
}
