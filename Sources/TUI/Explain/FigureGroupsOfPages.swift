import Amounts
import Engine
import Ledger
import Reports
import Workspace

/// The figures of an asset's page and of Performance.

extension AssetScreen {
  func figures(_ shared: Shared) -> [FigureGroup] {
    guard let report = report(shared) else { return [] }
    let label = report.asset.text
    var groups: [FigureGroup] = []
    if let group = selectedFigures(report, shared) { groups.append(group) }
    if let row = report.holding { groups.append(FigureGroup(label, FigurePath("holdings", label), row, base: shared.currency)) }
    if let line = report.yields {
      let path = FigurePath("income", label)
      groups.append(
        FigureGroup(
          "Income of \(label)",
          [
            FigureChoice("trailing 12", .decimal(line.trailing12), .money, shared.currency, path.adding("trailing12")),
            FigureChoice(money: "forward 12", line.forward12, shared.currency, path.adding("forward12")),
            FigureChoice("yield, trailing", .ratio(line.yieldTrailing), .ratio, "", path.adding("yieldTrailing")),
            FigureChoice("yield, forward", .ratio(line.yieldForward), .ratio, "", path.adding("yieldForward")),
            FigureChoice("yield on cost", .ratio(line.yieldOnCost), .ratio, "", path.adding("yieldOnCost")),
          ]))
    }
    if let row = report.nav {
      var group = FigureGroup("NAV of \(label)", FigurePath("nav", label), row, base: shared.currency)
      let known = Set(groups.flatMap(\.choices).compactMap(\.path.parts.last))
      group.choices.removeAll { known.contains($0.path.parts.last ?? "") }
      groups.append(group)
    }
    return groups
  }

  /// The figures of the row that is selected in the pane.
  private func selectedFigures(_ report: AssetReport, _ shared: Shared) -> FigureGroup? {
    let label = report.asset.text
    let row = list.selected
    switch pane {
    case .lots where report.lots.indices.contains(row):
      let lot = report.lots[row]
      return FigureGroup(
        "Lot of \(lot.acquired.map { "\($0)" } ?? "an unknown day") in \(lot.account.text)", LotsReport.figures(of: report.lots)[row], lot,
        base: shared.currency)
    case .income where report.income.indices.contains(row): return report.income[row].figures(shared)
    case .events:
      guard let book = shared.desk?.events.book, report.events.indices.contains(row), book.events.indices.contains(report.events[row])
      else { return nil }
      return EventsReport.row(at: report.events[row], in: book, Names(book)).figures(shared)
    case .quotes:
      guard let path = explained(shared), let book = shared.snapshot?.book else { return nil }
      let (kind, quote) = AssetQuotes(of: asset, in: book)[row]
      return FigureGroup(
        "Quotes",
        [
          FigureChoice(
            "\(kind == .nav ? "NAV" : "price") on \(quote.day)", .decimal(quote.price.perUnit), .price,
            Names(book).currency(quote.price.currency), path)
        ])
    case .accounts where report.byAccount.indices.contains(row):
      let holding = report.byAccount[row]
      let account = holding.account?.text ?? ""
      return FigureGroup("\(label) in \(account)", FigurePath("holdings", "\(label)@\(account)"), holding, base: shared.currency)
    case .restrictions:
      return FigureGroup(
        "Restrictions of \(label)",
        report.byAccount.flatMap { holding -> [FigureChoice] in
          let place = "\(label)@\(holding.account?.text ?? "")"
          return [
            FigureChoice(
              "free in \(holding.account?.text ?? "")", .unknownBecause("Enter says how many"), .quantity, label,
              FigurePath("restrictions", place, "free"))
          ]
        })
    case .chart:
      return FigureGroup(
        "Chart", [FigureChoice("unit value", .unknownBecause("Enter says which"), .price, "", FigurePath("unit", label))])
    default: return nil
    }
  }
}

extension PerformanceScreen {
  func figures(_ shared: Shared) -> [FigureGroup] {
    guard let answer = shared.performance, let report = answer.report else { return [] }
    let query = performance(shared)
    var groups: [FigureGroup] = []
    switch pane {
    case .months, .falls:
      let years = years(shared)
      guard pane == .months, years.indices.contains(list.selected) else { break }
      let year = years[list.selected]
      var rate = 1.0
      var months: [FigureChoice] = []
      for month in answer.months where month.year == year {
        rate *= 1 + month.rate
        let key = "\(year)-" + (month.month < 10 ? "0" : "") + "\(month.month)"
        months.append(FigureChoice(key, .statistic(month.rate), .ratio, "", FigurePath("performance", key)))
      }
      // The table shows whole months, whatever period the figures above are of.
      let choices = [FigureChoice("\(year)", .statistic(rate - 1), .ratio, "", FigurePath("performance", "\(year)"))] + months
      let whole = PerformanceQuery(days: nil, benchmark: query?.benchmark)
      groups.append(FigureGroup("Returns of \(year)", choices.map { $0.about(whole) }))
    case .classes, .assets, .accounts, .portfolios:
      let parts = parts(shared)
      guard let dimension = pane.dimension, parts.indices.contains(list.selected) else { break }
      let row = parts[list.selected]
      var group = FigureGroup(row.key, FigurePath("performance", dimension.rawValue, row.key), row, base: report.currency)
      // The screen leaves this one out, which takes longest; its explanation works it out.
      group.choices.removeAll { $0.path.parts.last == "gain" }
      groups.append(group)
    }
    let ratios: Set<String> = ["sharpe", "sortino", "calmar"]
    let money: Set<String> = ["startValue", "endValue", "netFlows", "gain"]
    let keys = Set(Explainer.performanceKeys + Explainer.benchmarkKeys).subtracting(["xirrRoots"])
    let own = report.document(by: nil).facts.filter { keys.contains($0.key) }.map { field -> FigureChoice in
      let kind: Reports.Column.Kind = money.contains(field.key) ? .money : ratios.contains(field.key) ? .quantity : .ratio
      return FigureChoice(
        FigureGroup.name(field.key), field.cell, kind, kind == .money ? report.currency : "", FigurePath("performance", field.key))
    }
    groups.append(FigureGroup("Return and risk, \(OverviewScreen.ranges[range].name)", own))
    return groups.map { group in FigureGroup(group.title, group.choices.map { $0.performance == nil ? $0.about(query) : $0 }) }
  }
}

extension FigureChoice {
  /// The figure of a performance that is asked about so.
  fileprivate func about(_ query: PerformanceQuery?) -> FigureChoice {
    var choice = self
    choice.performance = query
    return choice
  }
}

extension PerformanceQuery {
  /// The question in the words of explanations.
  func scope(asOf day: Day) -> PerformanceScope {
    var scope = PerformanceScope(to: day)
    scope.question.from = days.map { day - $0 + 1 }
    scope.benchmark = benchmark
    return scope
  }
}
