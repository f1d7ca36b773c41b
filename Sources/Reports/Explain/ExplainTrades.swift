import Amounts
import Engine
import Ledger

/// Explains trades: a disposal with the lots it took, or what is left in an account with its open lots.
extension Explainer {
  /// `trades/event/ID[/ASSET@ACCOUNT]/COLUMN`, `trades/ASSET@ACCOUNT/COLUMN` while it is held, `trades/closed`, `trades/open`.
  func explainTrade(_ rest: ArraySlice<String>) throws(ExplainError) -> Explanation {
    var parts = Array(rest)
    guard let first = parts.first else { throw .unknown("trades", near: trades.rows.prefix(5).map { tradePath($0).description }) }
    parts.removeFirst()
    if parts.isEmpty, first.lowercased() == "closed" || first.lowercased() == "open" { return tradeTotal(first.lowercased()) }
    var matching: [TradeRow]
    if first.lowercased() == "event" {
      guard let id = parts.first.flatMap({ Int64($0) }) else { throw .unknown(parts.first ?? first, near: []) }
      parts.removeFirst()
      matching = trades.rows.filter { $0.event?.raw == id }
      if matching.isEmpty { throw .unknown("\(id)", near: trades.rows.prefix(3).map { tradePath($0).description }) }
    } else {
      let (asset, account) = try place(first)
      matching = trades.rows.filter { $0.event == nil && $0.asset.id == asset && (account == nil || $0.account.id == account) }
      if matching.isEmpty { throw .unknown(first, near: trades.rows.suffix(5).map { tradePath($0).description }) }
    }
    if matching.count > 1, let next = parts.first, let (asset, account) = try? place(next) {
      matching = matching.filter { $0.asset.id == asset && (account == nil || $0.account.id == account) }
      parts.removeFirst()
    }
    guard let found = matching.first else { throw .unknown(first, near: []) }
    if matching.count > 1 { throw .ambiguous(first, matching.map { tradePath($0).description }) }
    let key = try key(parts.first, in: TradeRow.columns, default: "gain")
    return trade(found, key)
  }

  /// The name of a trade.
  func tradePath(_ row: TradeRow) -> FigurePath {
    let place = label(row.asset.id, row.account.id)
    guard let event = row.event else { return FigurePath("trades", place) }
    let path = FigurePath("trades", "event", "\(event.raw)")
    return tradesOfEvent[event] == 1 ? path : path.adding(place)
  }

  private func tradeTotal(_ key: String) -> Explanation {
    let rows = trades.rows.filter { ($0.event == nil) == (key == "open") }
    let known = rows.filter(\.gain.isKnown)
    return Explanation(
      FigurePath("trades", key), "gain of \(key) trades", .decimal(key == "open" ? trades.open : trades.closed), base,
      formula: "the sum of the gains of all \(key) trades of which it is known",
      shortened(
        known.map {
          .init(label($0.asset.id, $0.account.id), Cell($0.gain), base, date: $0.end, event: $0.event, figure: tradePath($0).adding("gain"))
        }),
      steps: sumLine(known.compactMap(\.gain.value), base), rounding: .sum,
      excluded: rows.filter { !$0.gain.isKnown }.map { "\(label($0.asset.id, $0.account.id)): \($0.gain.why?.text ?? "unknown")" })
  }

  private func trade(_ found: TradeRow, _ key: String) -> Explanation {
    let path = tradePath(found)
    let isOpen = found.event == nil
    let row = FigureRow(
      path: path,
      label: label(found.asset.id, found.account.id) + (found.end.map { ", \(found.kind?.rawValue ?? "") on \($0)" } ?? ", held"),
      columns: TradeRow.columns, cells: found.cells, currency: base)
    var explanation = Explanation(
      path.adding(key), "\(TableWriter.heading(key)) of the trade of \(row.label)", row[key], base, formula: "", rounding: .sum)
    func sum(_ column: String, _ unit: String?) {
      explanation.inputs = shortened(tradeParts(found, column, unit))
      let parts = explanation.inputs.compactMap { Explainer.number($0.value) }
      if Explainer.sum(parts) == Explainer.number(explanation.value) { explanation.steps = sumLine(parts, unit) }
    }
    switch key {
    case "quantity":
      explanation.unit = found.asset.text
      explanation.formula = isOpen ? "the units of the open lots" : "the units that the disposal took from lots"
      sum("quantity", found.asset.text)
    case "cost":
      explanation.formula =
        isOpen ? "what the open lots cost, at the rates of their acquisitions" : "what the lots that were taken had cost"
      sum("costBase", base)
    case "proceeds":
      explanation.formula = isOpen ? "what the open lots are worth" : "what the disposal yielded, at its rate"
      sum(isOpen ? "value" : "proceedsBase", base)
    case "gain":
      explanation.formula = "proceeds - cost, tax not deducted"
      explanation.inputs = [row.input("proceeds", nil, base), row.input("cost", nil, base)]
      if let a = found.proceeds.value, let b = found.cost.value {
        explanation.steps = line("\(a) - \(b)", try? a.subtracting(b), equals: row[key], base)
      }
    case "return":
      explanation.unit = nil
      explanation.formula = "gain / cost"
      explanation.rounding = Explanation.Rounds.product.text
      explanation.inputs = [row.input("gain", nil, base), row.input("cost", nil, base)]
      explanation.steps = quotient(found.gain.value, found.cost.value, row[key])
    case "days":
      explanation.unit = "days"
      explanation.formula = "days from the earliest acquisition to the disposal, or to \(day)"
      explanation.inputs = [.init("start", Cell(found.start)), .init("end", .day(found.end ?? day))]
      explanation.steps = found.start.map { ["\(found.end ?? day) - \($0) = \((found.end ?? day) - $0) days"] } ?? []
    case "tax":
      explanation.formula = "the tax of the event at its rate"
      explanation.rounding = Explanation.Rounds.product.text
      explanation.inputs = found.event.flatMap { eventPlaces[$0.raw] }.map { [eventInput($0, nil, nil)] } ?? []
    default:
      explanation.unit = nil
      explanation.formula =
        "the rate r at which the sum of amount / (1 + r)^(days / 365) is zero: the lots' costs paid in, the proceeds paid out"
        + ((found.days ?? 0) >= 365 ? "" : "; under 365 days it is the return of the span")
      explanation.inputs =
        tradeParts(found, "costBase", base).map { part in
          var part = part
          if let cost = Explainer.number(part.value) { part.value = .decimal(-cost) }
          return part
        } + [row.input("proceeds", nil, base, date: found.end ?? day)]
      explanation.steps = found.irrRoots.map { "a root: \(Statistic.text($0))" }
      explanation.rounding = Explanation.Rounds.statistic.text
    }
    explanation.siblings = siblings(path, TradeRow.columns)
    if let why = found.cost.why { explanation.excluded.append("the cost is not known: \(why.text)") }
    return explanation
  }

  /// The pieces of a closed trade, or the lots of an open one.
  private func tradeParts(_ found: TradeRow, _ column: String, _ unit: String?) -> [Explanation.Input] {
    guard let event = found.event else {
      return lotRows(of: found.asset.id).filter { $0.row.account.id == found.account.id && $0.row.quantity.isPositive }.map {
        lotInput($0, column, unit)
      }
    }
    let places = (gainsOfEvent[event] ?? []).filter { place in
      let piece = pieced.pieces[gainOrder[place]]
      return piece.asset == found.asset.id && piece.account == found.account.id && piece.kind != .fee && piece.kind != .rocExcess
    }
    return places.map { place in
      let row = gains.rows[place]
      let cell = GainRow.columns.firstIndex { $0.key == column }.map { row.cells[$0] } ?? .none
      return .init(
        "lot of \(row.acquired?.description ?? "unknown day")", cell, unit, date: row.acquired,
        event: pieced.pieces[gainOrder[place]].lotEvent, figure: gainPath(place).adding(column))
    }
  }
}
