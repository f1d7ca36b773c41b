import Amounts
import Engine
import Ledger
import Reports
import Workspace

/// Which figures each screen offers to explain: those of what is selected first, then its totals.

extension Shared {
  /// The figures of the first screen, which are the totals of the holdings.
  var totalFigures: FigureGroup {
    guard let overview = snapshot?.overview else { return FigureGroup("Totals", []) }
    return FigureGroup(
      "Totals",
      overview.document.totals.map {
        FigureChoice(FigureGroup.name($0.key), $0.cell, .money, currency, FigurePath("overview", $0.key))
      })
  }

  /// The figures of a holding in all accounts.
  func holdingFigures(of asset: AssetID) -> FigureGroup? {
    guard let row = snapshot?.holdings.rows.first(where: { $0.asset.id == asset }) else { return nil }
    return FigureGroup(row.asset.text, FigurePath("holdings", row.asset.text), row, base: currency)
  }
}

extension HoldingsScreen {
  func figures(_ shared: Shared) -> [FigureGroup] {
    guard let row = selectedRow(shared) else { return [shared.totalFigures] }
    let label = row.asset.text + (row.account.map { "@" + $0.text } ?? "")
    let title = row.asset.text + (row.account.map { " in " + $0.text } ?? "")
    return [FigureGroup(title, FigurePath("holdings", label), row, base: shared.currency), shared.totalFigures]
  }
}

extension OverviewScreen {
  func figures(_ shared: Shared) -> [FigureGroup] {
    guard let overview = shared.snapshot?.overview else { return [] }
    var groups = [shared.totalFigures]
    switch pane {
    case .largest where overview.largest.indices.contains(selected):
      let row = overview.largest[selected]
      groups.insert(FigureGroup(row.asset.text, FigurePath("holdings", row.asset.text), row, base: shared.currency), at: 0)
    case .movers where overview.movers.indices.contains(selected):
      let mover = overview.movers[selected]
      let path = explained(shared) ?? FigurePath("overview", "change1d", mover.asset.text)
      let key = path.parts.count > 1 ? path.parts[1] : "change1d"
      let own = [
        FigureChoice(money: "effect on the total", mover.amount, shared.currency, path),
        FigureChoice("change", .ratio(mover.change), .ratio, "", FigurePath("holdings", mover.asset.text, key)),
      ]
      groups.insert(FigureGroup(mover.asset.text, own), at: 0)
    case .notices where overview.notices.indices.contains(selected):
      if let group = overview.notices[selected].figures(shared) { groups.insert(group, at: 0) }
    default: break
    }
    return groups
  }
}

extension Notice {
  /// The figure in question, among those of its asset.
  fileprivate func figures(_ shared: Shared) -> FigureGroup? {
    guard let asset, var group = shared.holdingFigures(of: asset.id) else { return nil }
    if let figure, !group.choices.contains(where: { $0.path == figure }) {
      group.choices.insert(
        FigureChoice("what is in question", amount.map { .decimal($0) } ?? .none, .quantity, "", figure), at: 0)
    }
    return group
  }
}

extension IssuesScreen {
  func figures(_ shared: Shared) -> [FigureGroup] { [selected(shared)?.figures(shared)].compactMap { $0 } }
}

extension NavScreen {
  func figures(_ shared: Shared) -> [FigureGroup] {
    guard let nav = shared.desk?.nav else { return [] }
    let totals = FigureGroup(
      "Counts",
      [
        FigureChoice("stale NAVs", .integer(nav.stale), .integer, "", FigurePath("nav", "stale")),
        FigureChoice("without NAV", .integer(nav.missing), .integer, "", FigurePath("nav", "missing")),
      ])
    guard let row = selectedRow(shared) else { return [totals] }
    return [FigureGroup(row.asset.text, FigurePath("nav", row.asset.text), row, base: shared.currency), totals]
  }
}

extension AllocationScreen {
  func figures(_ shared: Shared) -> [FigureGroup] {
    guard let report = report(shared) else { return [] }
    let path = FigurePath("allocation", dimension.rawValue)
    let totals = FigureGroup(
      "By \(dimension.rawValue)",
      [
        FigureChoice("value", .decimal(report.value), .money, shared.currency, path.adding("value")),
        FigureChoice("concentration (HHI)", .ratio(report.hhi), .ratio, "", path.adding("hhi")),
        FigureChoice("five largest", .ratio(report.top5), .ratio, "", path.adding("top5")),
      ])
    guard let row = selectedRow(shared) else { return [totals] }
    return [FigureGroup(row.key, path.adding(row.key), row, base: shared.currency), totals]
  }
}

extension EventsScreen {
  func figures(_ shared: Shared) -> [FigureGroup] { selectedRow(shared).map { [$0.figures(shared)] } ?? [] }
}

extension EventRow {
  /// Its figures, those it has.
  func figures(_ shared: Shared) -> FigureGroup {
    var group = FigureGroup("Event \(id.raw) of \(day)", FigurePath("events", "\(id.raw)"), self, base: shared.currency)
    group.choices = group.choices.filter { $0.isKnown && Explainer.eventKeys.contains($0.path.parts.last ?? "") }
    return group
  }
}

extension IncomeScreen {
  func figures(_ shared: Shared) -> [FigureGroup] {
    guard let desk = shared.desk, let grid = grid(shared) else { return [] }
    switch pane {
    case .grid:
      // The newest period first, as the eye is there.
      let places = grid.keys.indices.reversed()
      func cells(_ net: [Decimal], _ path: FigurePath) -> [FigureChoice] {
        places.compactMap { place in
          net[place].isZero
            ? nil : FigureChoice(grid.keys[place], .decimal(net[place]), .money, shared.currency, path.adding(grid.keys[place]))
        }
      }
      let income = FigurePath("income")
      let totals = [
        FigureChoice("total", .decimal(grid.total), .money, shared.currency, income.adding("total")),
        FigureChoice("trailing 12", .decimal(grid.trailing12), .money, shared.currency, income.adding("trailing12")),
        FigureChoice("forward 12", .decimal(grid.forward12), .money, shared.currency, income.adding("forward12")),
        FigureChoice("growth", .ratio(grid.growth), .ratio, "", income.adding("growth")),
      ]
      let sums = FigureGroup("All assets", totals + cells(grid.totals, income))
      guard grid.lines.indices.contains(list.selected) else { return [sums] }
      let line = grid.lines[list.selected]
      let path = income.adding(line.asset.text)
      let own = [
        FigureChoice("total", .decimal(line.total), .money, shared.currency, path.adding("total")),
        FigureChoice("trailing 12", .decimal(line.trailing12), .money, shared.currency, path.adding("trailing12")),
        FigureChoice(money: "forward 12", line.forward12, shared.currency, path.adding("forward12")),
        FigureChoice("growth", .ratio(line.growth), .ratio, "", path.adding("growth")),
        FigureChoice("yield, trailing", .ratio(line.yieldTrailing), .ratio, "", path.adding("yieldTrailing")),
        FigureChoice("yield, forward", .ratio(line.yieldForward), .ratio, "", path.adding("yieldForward")),
        FigureChoice("yield on cost", .ratio(line.yieldOnCost), .ratio, "", path.adding("yieldOnCost")),
      ]
      return [FigureGroup(line.asset.text, own + cells(line.net, path)), sums]
    case .payments:
      guard let row = selectedPayment(shared) else { return [] }
      return [
        row.figures(shared),
        FigureGroup(
          "All payments",
          desk.income.document(by: .payment).totals.map {
            FigureChoice(FigureGroup.name($0.key), $0.cell, .money, shared.currency, FigurePath("income", $0.key))
          }),
      ]
    case .calendar:
      return desk.months.calendar.map { month in
        let path = FigurePath("income", "calendar", month.key)
        return FigureGroup(
          month.key,
          [
            FigureChoice("declared", .decimal(month.declared), .money, shared.currency, path.adding("declared")),
            FigureChoice("estimated", .decimal(month.estimated), .money, shared.currency, path.adding("estimated")),
          ])
      }
    }
  }
}

extension IncomeRow {
  func figures(_ shared: Shared) -> FigureGroup {
    let title = "\(kind) of \(asset.text)" + (pay.map { " on \($0)" } ?? "")
    return FigureGroup(title, figure, self, base: shared.currency)
  }
}
