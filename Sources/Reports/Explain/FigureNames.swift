import Amounts
import Engine
import Ledger

extension Explainer {
  /// The figure that a command line names: a path, or in the older form a figure's word and an asset.
  public static func path(_ word: String, of asset: String?) -> FigurePath {
    guard let asset else {
      if let key = overviewKey(word), word == word.lowercased() { return FigurePath("overview", key) }
      return FigurePath(text: word)
    }
    switch word {
    case "total": return FigurePath("overview", asset)
    case "price": return FigurePath("unit", asset)
    case "yield": return FigurePath("income", asset, "yieldForward")
    case "ownership": return FigurePath("nav", asset, "ownership")
    default: return FigurePath("holdings", asset, word)
    }
  }

  /// The names that go on from what is typed, one part further: what the shell completes.
  ///
  /// `ho` gives `holdings/`, `holdings/B` the assets with B, `holdings/BTC/` the columns.
  public func completions(of typed: String) -> [String] {
    var parts = typed.split(separator: "/", omittingEmptySubsequences: false).map { String($0) }
    let last = parts.popLast() ?? ""
    let head = FigurePath(text: parts.joined(separator: "/"))
    let prefix = parts.isEmpty ? "" : parts.joined(separator: "/") + "/"
    return followers(of: head.parts, byAccount: last.contains("@")).compactMap { name, goesOn in
      let text = FigurePath.escaped(name)
      guard text.lowercased().hasPrefix(last.lowercased()) else { return nil }
      return prefix + text + (goesOn ? "/" : "")
    }
  }

  private func followers(of parts: [String], byAccount: Bool) -> [(String, Bool)] {
    func columns(_ columns: [Column]) -> [(String, Bool)] { columns.filter { Explainer.isFigure($0) }.map { ($0.key, false) } }
    // Accounts are offered once an @ asks for them.
    let held =
      byAccount ? holdingsByAccount.rows.map { (label($0.asset.id, $0.account?.id), true) } : holdings.rows.map { ($0.asset.text, true) }
    let report = parts.first?.lowercased()
    switch (report, parts.count) {
    case (nil, _):
      return Explainer.reports.map { ($0, true) } + holdings.rows.map { ($0.asset.text, false) }
        + ["total", "twr", "xirr"].map { ($0, false) }
    case ("overview", 1): return Explainer.overviewKeys.map { ($0, false) }
    case ("holdings", 1): return held + Explainer.totalKeys.map { ($0, false) }
    case ("holdings", 2): return columns(HoldingRow.columns)
    case ("lots", 1): return held
    case ("lots", 2): return (asset(named: parts[1]).map { lotRows(of: $0) } ?? []).compactMap { $0.path.parts.last }.map { ($0, true) }
    case ("lots", 3): return columns(LotRow.columns)
    case ("gains", 1):
      return groups(.year).map { ($0.key, false) } + groups(.asset).map { ($0.key, false) }
        + ["year", "asset", "account", "term", "event"].map { ($0, true) }
    case ("gains", 2):
      return (GainsReport.Grouping(rawValue: parts[1].lowercased()).map { groups($0).map { ($0.key, true) } })
        ?? columns(GainGroupRow.columns)
    case ("gains", 3): return columns(parts[1] == "event" ? GainRow.columns : GainGroupRow.columns)
    case ("income", 1):
      return grid.lines.map { ($0.asset.text, true) } + Explainer.incomeTotalKeys.map { ($0, false) }
        + grid.keys.suffix(24).map { ($0, false) }
    case ("income", 2): return Explainer.incomeLineKeys.map { ($0, false) } + grid.keys.suffix(24).map { ($0, false) }
    case ("income", 3): return columns(IncomeRow.columns)
    case ("nav", 1): return nav.rows.map { ($0.asset.text, true) } + [("stale", false), ("missing", false)]
    case ("nav", 2): return columns(NavRow.columns)
    case ("allocation", 1): return Dimension.allCases.map { ($0.rawValue, true) }
    case ("allocation", 2):
      return (Dimension(rawValue: parts[1].lowercased()).map { allocation($0).rows.map { ($0.key, true) } } ?? []) + [
        ("value", false), ("hhi", false), ("top5", false),
      ]
    case ("allocation", 3): return columns(AllocationRow.columns)
    case ("trades", 1):
      return trades.rows.filter { $0.event == nil }.map { (label($0.asset.id, $0.account.id), true) } + [
        ("event", true), ("closed", false), ("open", false),
      ]
    case ("trades", 2) where parts[1].lowercased() == "event":
      return trades.rows.compactMap { $0.event.map { ("\($0.raw)", true) } }
    case ("trades", 2): return columns(TradeRow.columns)
    case ("trades", 3): return columns(TradeRow.columns)
    case ("basis", 1): return [(day.description, true)] + holdings.rows.map { ($0.asset.text, true) }
    case ("basis", 2): return Day(parts[1]) == nil ? [(day.description, true)] : columns(BasisRow.columns)
    case ("basis", 3): return columns(BasisRow.columns)
    case ("events", 1): return book.events.ids.suffix(20).map { ("\($0)", true) }
    case ("events", 2): return Explainer.eventKeys.map { ($0, false) }
    case ("performance", 1):
      return performanceKeys.map { ($0, false) } + Breakdown.Dimension.allCases.map { ($0.rawValue, true) }
        + performance.years.map { ("\($0.year)", false) } + (scope.benchmark == nil ? [] : [("benchmark", true)])
    case ("performance", 2):
      if Day(parts[1]) != nil { return columns(PerformanceRow.columns) + [("index", false)] }
      if let dimension = Breakdown.Dimension(rawValue: parts[1].lowercased()) {
        return performanceKeys(by: dimension).map { ($0.name, true) }
      }
      return (try? explainedPerformance(["benchmark", "twr"])).map { figureKeys(of: $0.0).map { ($0, false) } } ?? []
    case ("performance", 3):
      return (try? explainedPerformance(parts.dropFirst() + ["twr"])).map { figureKeys(of: $0.0).map { ($0, false) } } ?? []
    case ("restrictions", 1): return restrictions.rows.map { (label($0.asset.id, $0.account.id), true) } + [("freeValue", false)]
    case ("restrictions", 2): return columns(RestrictionRow.columns)
    case ("unit", 1), ("rate", 1): return held.map { ($0.0, false) }
    case ("quote", 1): return [("market", true), ("nav", true), ("fx", true)]
    case ("quote", 2): return held.map { ($0.0, false) }
    default: return parts.count == 1 && asset(named: parts[0]) != nil ? columns(HoldingRow.columns) : []
    }
  }
}
