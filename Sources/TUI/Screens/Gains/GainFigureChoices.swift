import Amounts
import Engine
import Ledger
import Reports
import Workspace

/// The figures of realised gains and open lots that can be chosen to be explained.

extension GainsScreen {
  func figures(_ shared: Shared) -> [FigureGroup] {
    guard let answer = answer(shared) else { return [] }
    let base = shared.currency
    if let lot = answer.lot(list.selected), let path = explained(shared)?.parent {
      return [FigureGroup("lot of \(lot.asset.text) in \(lot.account.text)", path, lot, base: base)]
    }
    var groups: [FigureGroup] = []
    if let row = answer.disposal(list.selected) {
      let path = FigurePath("gains", "event", "\(row.event.raw)")
      let known = row.figures.known > 0
      let why = Figure<Decimal>.unknown(row.figures.why ?? .nothing)
      groups.append(
        FigureGroup(
          "\(row.kind.rawValue) of \(row.asset.text) on \(row.disposed)",
          [
            FigureChoice("quantity", .decimal(row.quantity), .quantity, row.asset.text, path.adding("quantity")),
            FigureChoice(money: "proceeds", row.proceeds, base, path.adding("proceedsBase")),
            FigureChoice(money: "cost", row.cost, base, path.adding("costBase")),
            FigureChoice(money: "gain", known ? .known(row.figures.gain) : why, base, path.adding("gainBase")),
            FigureChoice(money: "by price", known ? row.figures.byPrice : why, base, path.adding("gainPrice")),
            FigureChoice(money: "by currency", known ? row.figures.byCurrency : why, base, path.adding("gainCurrency")),
          ]))
    } else if let group = answer.group(list.selected), let path = explained(shared)?.parent {
      groups.append(FigureGroup("\(grouping.rawValue) \(group.key)", GainsScreen.sums(group.figures, base, path)))
    }
    // What a filter leaves of the total has no name.
    if let totals = answer.table?.totals, list.filter.isEmpty {
      groups.append(
        FigureGroup(
          "all realised gains",
          [
            FigureChoice(money: "gain", .known(totals.gain), base, FigurePath("gains")),
            FigureChoice(money: "by price", totals.byPrice, base, FigurePath("gains", "gainPrice")),
            FigureChoice(money: "by currency", totals.byCurrency, base, FigurePath("gains", "gainCurrency")),
          ]))
    }
    return groups
  }

  private static func sums(_ figures: GainFigures, _ base: String, _ path: FigurePath) -> [FigureChoice] {
    [
      FigureChoice(money: "gain", .known(figures.gain), base, path.adding("gainBase")),
      FigureChoice(money: "by price", figures.byPrice, base, path.adding("gainPrice")),
      FigureChoice(money: "by currency", figures.byCurrency, base, path.adding("gainCurrency")),
    ]
  }
}

extension DisposalScreen {
  func figures(_ shared: Shared) -> [FigureGroup] {
    guard let rows = report(shared)?.rows, rows.indices.contains(list.selected), let path = explained(shared)?.parent else { return [] }
    let lot = rows[list.selected].acquired.map { "lot of \($0)" } ?? "lot of an unknown day"
    return [FigureGroup(lot, path, rows[list.selected], base: shared.currency)]
  }
}
