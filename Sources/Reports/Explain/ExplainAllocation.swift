import Amounts
import Engine
import Ledger

extension Explainer {
  /// `allocation/DIMENSION/KEY/COLUMN`, `allocation/[DIMENSION/]value|hhi|top5`.
  func explainAllocation(_ rest: ArraySlice<String>) throws(ExplainError) -> Explanation {
    var parts = Array(rest)
    var dimension = Dimension.assetClass
    if let first = parts.first, let found = Dimension(rawValue: first.lowercased()) {
      dimension = found
      parts.removeFirst()
    }
    let report = allocation(dimension)
    guard let first = parts.first else { return allocationTotal("value", report) }
    if parts.count == 1, let key = ["value", "hhi", "top5"].first(where: { $0 == first.lowercased() }),
      !report.rows.contains(where: { $0.key == first })
    {
      return allocationTotal(key, report)
    }
    guard
      let found = report.rows.first(where: { $0.key == first }) ?? report.rows.first(where: { $0.key.lowercased() == first.lowercased() })
    else {
      throw .unknown(
        first, near: near(first, report.rows.map(\.key) + Dimension.allCases.map(\.rawValue)) + report.rows.prefix(3).map(\.key))
    }
    let key = try key(parts.count > 1 ? parts[1] : nil, in: AllocationRow.columns, default: "weight")
    let path = FigurePath("allocation", dimension.rawValue, found.key)
    let row = FigureRow(path: path, label: found.key, columns: AllocationRow.columns, cells: found.cells, currency: base)
    var explanation = part(key, found, row, report)
    explanation.siblings = siblings(path, AllocationRow.columns)
    return explanation
  }

  private func part(_ key: String, _ found: AllocationRow, _ row: FigureRow, _ report: AllocationReport) -> Explanation {
    let value = row[key]
    let total = Explanation.Input("total value", .decimal(report.value), base, date: day, figure: FigurePath("overview", "value"))
    func made(
      _ unit: String?, _ formula: String, _ inputs: [Explanation.Input], _ steps: [String], _ rounds: Explanation.Rounds = .product
    ) -> Explanation {
      Explanation(
        row.path.adding(key), "\(TableWriter.heading(key)) of \(report.dimension.rawValue) \(row.label)", value, unit, formula: formula,
        inputs,
        steps: steps, rounding: rounds)
    }
    let target = AllocationReport.targets(book, report.dimension)[found.key]
    let goal = Explanation.Input("target", .ratio(found.target), source: "targets")
    switch key {
    case "value":
      let rows = members(of: found.key, report.dimension)
      var explanation = made(
        base, "the sum of the values of the holdings in the part",
        rows.map {
          .init(
            label($0.asset.id, $0.account?.id), Cell($0.value), base,
            figure: FigurePath("holdings", label($0.asset.id, $0.account?.id), "value"))
        },
        sumLine(rows.compactMap(\.value.value), base), .sum)
      explanation.excluded = excluded("value")
      return explanation
    case "weight":
      return made(nil, "value / total value", [row.input("value", nil, base), total], quotient(found.value, report.value, value))
    case "target": return made(nil, "as it was set", [goal], [], .stated)
    case "drift":
      let pair = found.weight.value.flatMap { a in found.target.value.map { (a, $0) } }
      return made(
        nil, "weight - target", [row.input("weight"), goal],
        pair.map { line("\($0) - \($1)", try? $0.subtracting($1), equals: value) } ?? [], .sum)
    case "trade":
      var explanation = made(
        base, "target x total value - value; + is to buy", [goal, total, row.input("value", nil, base)], [])
      if let band = target?.band { explanation.inputs.append(.init("band", .ratio(band), source: "targets")) }
      if let wanted = found.target.value, let sum = try? wanted.multiplied(by: report.value) {
        let steps = line(
          "\(wanted) x \(report.value) - \(found.value) = \(sum) - \(found.value)", try? sum.subtracting(found.value), equals: value, base)
        explanation.steps = steps.isEmpty && found.trade == .known(.zero) ? ["the drift is within the band: nothing to trade"] : steps
      }
      return explanation
    default:
      let unit = asset(named: found.key).map { valuer.unit($0).priceBase } ?? .unknown(.nothing)
      return made(
        report.dimension == .asset ? found.key : nil, "trade / unit value; only a part that is one asset has units",
        [
          row.input("trade", nil, base),
          .init("unit value", Cell(unit), base, figure: asset(named: found.key).map { FigurePath("unit", names.asset($0).text) }),
        ],
        quotient(found.trade.value, unit.value, value))
    }
  }

  /// The holdings in a part.
  private func members(of key: String, _ dimension: Dimension) -> [HoldingRow] {
    (dimension == .account ? holdingsByAccount : holdings).rows.filter { row in
      guard row.value.isKnown, !row.quantity.isZero, let asset = book.assets[row.asset.id] else { return false }
      return AllocationReport.keys(of: row, asset, valuer, dimension).contains(key)
    }
  }

  private func allocationTotal(_ key: String, _ report: AllocationReport) -> Explanation {
    let path = FigurePath("allocation", report.dimension.rawValue, key)
    let rows = key == "top5" ? Array(report.rows.prefix(5)) : report.rows
    let inputs = rows.map { row in
      Explanation.Input(
        row.key, key == "value" ? .decimal(row.value) : .ratio(row.weight), key == "value" ? base : nil,
        figure: FigurePath("allocation", report.dimension.rawValue, row.key, key == "value" ? "value" : "weight"))
    }
    let weights = rows.compactMap(\.weight.value)
    switch key {
    case "value":
      return Explanation(
        path, "total value", .decimal(report.value), base,
        formula: "the sum of all holdings' values" + (report.isOverlapping ? ", each once; parts overlap" : ""), inputs,
        steps: report.isOverlapping ? [] : sumLine(rows.map(\.value), base), rounding: .sum, excluded: excluded("value"))
    case "hhi":
      return Explanation(
        path, "concentration (HHI) by \(report.dimension.rawValue)", .ratio(report.hhi),
        formula: "the sum of the squared weights: 1 is everything in one part",
        inputs, steps: sumLine(weights.compactMap { try? $0.multiplied(by: $0) }, nil))
    default:
      return Explanation(
        path, "the five largest by \(report.dimension.rawValue)", .ratio(report.top5), formula: "the sum of the five largest weights",
        inputs,
        steps: sumLine(weights, nil), rounding: .sum)
    }
  }
}
