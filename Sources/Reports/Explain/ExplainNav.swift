import Amounts
import Engine
import Ledger

extension Explainer {
  /// `nav/ASSET/COLUMN`, `nav/stale`, `nav/missing`.
  func explainNav(_ rest: ArraySlice<String>) throws(ExplainError) -> Explanation {
    let parts = Array(rest)
    guard let first = parts.first else { throw .unknown("nav", near: nav.rows.prefix(5).map(\.asset.text)) }
    if parts.count == 1, first == "stale" || first == "missing" { return navCount(first) }
    let (asset, _) = try place(first)
    let label = names.asset(asset).text
    let (held, cost) = HeldUnits(booking)[asset]
    let found = nav.rows.first { $0.asset.id == asset } ?? NavReport.row(of: asset, held, cost, book, valuer, names)
    let key = try key(
      parts.count > 1 ? parts[1] : nil, in: NavRow.columns, ["underlying": "impliedUnderlying", "debt": "impliedDebt", "age": "ageDays"],
      default: "nav")
    let path = FigurePath("nav", label)
    let row = FigureRow(path: path, label: label, columns: NavRow.columns, cells: found.cells, currency: found.navCurrency)
    var explanation = navFigure(key, asset, found, row)
    explanation.figure = path.adding(key)
    explanation.value = row[key]
    explanation.siblings = siblings(path, NavRow.columns)
    return explanation
  }

  func explainNav(_ parts: [String]) throws(ExplainError) -> Explanation { try explainNav(parts[...]) }

  private func navFigure(_ key: String, _ asset: AssetID, _ found: NavRow, _ row: FigureRow) -> Explanation {
    func made(_ title: String, _ unit: String?, _ formula: String, _ inputs: [Explanation.Input], _ steps: [String] = []) -> Explanation {
      Explanation(row.path.adding(key), "\(title) of \(row.label)", row[key], unit, formula: formula, inputs, steps: steps)
    }
    switch key {
    case "nav", "market":
      let path = quotePath(key == "nav" ? .nav : .close, asset, day)
      var explanation = (try? explain(path)) ?? made(key, row.currency, "no quote", [])
      explanation.title = key == "nav" ? "NAV per token of \(row.label)" : "market price of \(row.label)"
      return explanation
    case "premium": return premium(asset, row.path.adding(key), row.label, row[key])
    case "value", "quantity":
      return (try? explain(FigurePath("holdings", row.label, key))) ?? made(key, base, "nothing is held", [])
    case "ageDays":
      return made(
        "age of the NAV", "days", "days from the NAV's day to \(day)", [.init("NAV of", Cell(found.navDate)), .init("day", .day(day))],
        found.navDate.map { ["\(day) - \($0) = \(day - $0) days"] } ?? [])
    case "ownership":
      let supply = book.ownership(of: found.quantity, asset, on: day).supply
      return made(
        "ownership", nil, "quantity / outstanding supply",
        [row.input("quantity", nil, row.label), .init("supply", Cell(supply), "tokens", date: found.navDate, source: supplySource(asset))],
        quotient(found.quantity, supply.value, row[key]))
    default:
      let isDebt = key == "impliedDebt"
      let (whole, source) = underlying(asset, isDebt: isDebt)
      let supply = book.ownership(of: found.quantity, asset, on: day).supply
      var steps: [String] = []
      if let whole, let supply = supply.value {
        steps = line(
          "\(whole) x \(found.quantity) / \(supply)", try? whole.share(found.quantity, of: supply), equals: row[key], row.currency)
      }
      return made(
        isDebt ? "implied share of the debt" : "implied share of the underlying", row.currency,
        "ownership x \(isDebt ? "the issue's debt" : "the underlying's value")\(isDebt ? "" : ", debt apart")",
        [
          row.input("ownership"),
          .init(isDebt ? "debt" : "underlying value", whole.map { .decimal($0) } ?? .unknown(.notStated), row.currency, source: source),
          row.input("quantity", nil, row.label), .init("supply", Cell(supply), "tokens"),
        ], steps)
    }
  }

  /// The issue's value or debt, the last NAV row's that states it, else the asset's own.
  private func underlying(_ asset: AssetID, isDebt: Bool) -> (Decimal?, String) {
    if let series = book.quotes.nav[asset], let last = series.position(atOrBefore: day) {
      for place in series.navs.keys.filter({ $0 <= last }).sorted(by: >) {
        if let facts = series.navs[place], let value = isDebt ? facts.debt : facts.underlyingValue {
          return (value, "NAV of \(Day(ordinal: series.days[place]))")
        }
      }
    }
    let text = book.assets[asset]?.attributes[isDebt ? .underlyingDebt : .underlyingValue]
    return (text.flatMap { Decimal($0) }, "asset")
  }

  private func supplySource(_ asset: AssetID) -> String {
    guard let series = book.quotes.nav[asset], let last = series.position(atOrBefore: day),
      let place = series.navs.keys.filter({ $0 <= last && series.navs[$0]?.supply != nil }).max()
    else { return "asset" }
    return "NAV of \(Day(ordinal: series.days[place]))"
  }

  private func navCount(_ key: String) -> Explanation {
    let mine = nav.rows.filter { !$0.quantity.isZero && (key == "stale" ? $0.isStale == true : !$0.nav.isKnown) }
    return Explanation(
      FigurePath("nav", key), key == "stale" ? "stale NAVs" : "tokens without NAV", .integer(key == "stale" ? nav.stale : nav.missing),
      formula: key == "stale"
        ? "held assets whose NAV is older than one and a half times its cadence" : "held security tokens that have no NAV at all",
      mine.map {
        .init(
          $0.asset.text, $0.ageDays.map { .integer($0) } ?? .unknown(.noNav), "days", date: $0.navDate,
          figure: FigurePath("nav", $0.asset.text, "ageDays"))
      },
      rounding: .stated)
  }
}
