import Amounts
import Engine
import Ledger

/// Explains cost basis over time: by asset, and an asset's by the lots that were open on the day.
extension Explainer {
  /// `basis/[ASSET/]DAY/COLUMN`; a change is that since the row before of the months.
  func explainBasis(_ rest: ArraySlice<String>) throws(ExplainError) -> Explanation {
    var parts = Array(rest)
    var asset: AssetID?
    if let first = parts.first, Day(first) == nil, first.lowercased() != "costbase", first.lowercased() != "lots" {
      asset = try place(first).asset
      parts.removeFirst()
    }
    var on = day
    if let typed = parts.first.flatMap({ Day($0) }) {
      guard typed <= day else { throw .unknown(typed.description, near: [day.description]) }
      on = typed
      parts.removeFirst()
    }
    let key = try key(parts.first, in: BasisRow.columns, ["cost": "costBase"], default: "costBase")
    var path = FigurePath("basis")
    if let asset { path = path.adding(names.asset(asset).text) }
    let own = path.adding(on.description)
    let months = key == "change" ? BasisReport(book, asOf: day, by: .month, asset: asset).rows : []
    let row = months.first { $0.date == on } ?? BasisReport(book, asOf: on, from: on, asset: asset).rows.last
    guard let row else { throw .unknown(on.description, near: []) }
    let cells = FigureRow(path: own, label: "", columns: BasisRow.columns, cells: row.cells, currency: base)
    let whose = asset.map { " of " + names.asset($0).text } ?? ""
    var explanation = Explanation(
      own.adding(key), "\(TableWriter.heading(key))\(whose) on \(on)", cells[key], key == "costBase" || key == "change" ? base : nil,
      formula: "", rounding: .sum)
    switch key {
    case "change":
      explanation.formula = "cost on the day - cost at the end of the month before"
      explanation.inputs = [cells.input("costBase", "cost", base, date: on)]
      if let place = months.firstIndex(where: { $0.date == on }), place > 0 {
        let before = months[place - 1]
        explanation.inputs.append(
          .init(
            "cost before", .decimal(before.costBase), base, date: before.date,
            figure: path.adding(before.date.description).adding("costBase")))
        explanation.steps = line(
          "\(row.costBase) - \(before.costBase)", try? row.costBase.subtracting(before.costBase), equals: cells[key], base)
      }
    default:
      let booking = on == day ? self.booking : book.booked(asOf: on)
      let lots = booking.lots.filter { asset == nil || $0.asset == asset }
      explanation.formula =
        key == "costBase"
        ? "the sum of what the lots that were open at the end of the day had cost, each at the rate of its acquisition"
        : key == "lots" ? "how many lots were open at the end of the day" : "assets of which the cost of some units was not known"
      if asset == nil { ofAssets(&explanation, key, lots, path, on) } else { ofLots(&explanation, key, lots) }
    }
    explanation.siblings = siblings(own, BasisRow.columns)
    return explanation
  }

  private func ofAssets(_ explanation: inout Explanation, _ key: String, _ lots: [OpenLot], _ path: FigurePath, _ on: Day) {
    let byAsset = Dictionary(grouping: lots, by: \.asset)
    for asset in byAsset.keys.sorted() {
      let own = byAsset[asset] ?? []
      let unknown = own.filter { !$0.costBase.isKnown }
      let label = names.asset(asset).text
      let figure = path.adding(label).adding(on.description).adding(key)
      switch key {
      case "costBase":
        let sum = Explainer.sum(own.compactMap(\.costBase.value)) ?? .zero
        explanation.inputs.append(.init(label, .decimal(sum), base, date: on, figure: figure))
        if !unknown.isEmpty { explanation.excluded.append("\(label): \(unknown.count) lots of unknown cost") }
      case "lots": explanation.inputs.append(.init(label, .integer(own.count), date: on, figure: figure))
      default:
        if !unknown.isEmpty { explanation.inputs.append(.init(label, .integer(unknown.count), "lots", date: on, figure: figure)) }
      }
    }
    guard key == "costBase" else { return }
    let parts = explanation.inputs.compactMap { Explainer.number($0.value) }
    if Explainer.sum(parts) == Explainer.number(explanation.value) { explanation.steps = sumLine(parts, base) }
  }

  private func ofLots(_ explanation: inout Explanation, _ key: String, _ lots: [OpenLot]) {
    let shown = lots.filter { key != "costBase" || $0.costBase.isKnown }.filter { key != "unknownBasis" || !$0.costBase.isKnown }
    explanation.inputs = shortened(
      shown.map { lot in
        .init(
          "lot of \(NumberText.quantity(lot.quantity)) in \(names.account(lot.account).text)", Cell(lot.costBase), base,
          date: lot.acquired.map { self.on($0) }, event: lot.event, figure: FigurePath("events", "\(lot.event.raw)"))
      })
    guard key == "costBase" else { return }
    let parts = shown.compactMap(\.costBase.value)
    if Explainer.sum(parts) == Explainer.number(explanation.value) { explanation.steps = sumLine(parts, base) }
    explanation.excluded = lots.filter { !$0.costBase.isKnown }.map {
      "lot of \($0.quantity) in \(names.account($0.account).text): \($0.costBase.why?.text ?? "unknown basis")"
    }
  }
}
