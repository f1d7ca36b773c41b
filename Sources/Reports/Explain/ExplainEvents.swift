import Amounts
import Engine
import Ledger

/// Explains an event: the last step before the line of the file it came from.
extension Explainer {
  /// The columns of the events report that are figures.
  public static let eventKeys = ["quantity", "price", "gross", "fee", "tax"]

  /// `events/ID[/COLUMN]`.
  func explainEvent(_ rest: ArraySlice<String>) throws(ExplainError) -> Explanation {
    let parts = Array(rest)
    guard let first = parts.first, let id = Int64(first), let place = eventPlaces[id] else {
      let newest = book.events.ids.suffix(3).map { String($0) }
      throw .unknown(parts.first ?? "events", near: parts.isEmpty ? newest : [])
    }
    let row = EventsReport.row(at: place, in: book, names)
    let fallback = row.gross != nil ? "gross" : "quantity"
    let key = try key(
      parts.count > 1 ? parts[1] : nil, in: EventRow.columns.filter { Explainer.eventKeys.contains($0.key) }, default: fallback)
    let figures = FigureRow(path: FigurePath("events", "\(id)"), label: "", columns: EventRow.columns, cells: row.cells)
    let unit =
      switch key {
      case "quantity": row.asset.text
      case "fee": row.feeAsset ?? row.currency
      default: row.currency
      }
    var explanation = Explanation(
      figures.path.adding(key), "\(key) of event \(id), \(Explainer.words(row.kind)) of \(row.asset.text) on \(row.day)", figures[key],
      unit,
      formula: "as the event was recorded" + (row.status == .posted ? "" : "; it is \(row.status.code)"), rounding: .stated)
    explanation.origin = origin(.event(row))
    explanation.inputs = facts(of: row, place)
    for leg in row.legs {
      explanation.steps.append(
        "\(leg.quantity.isNegative ? "" : "+")\(leg.quantity) \(leg.asset)" + (leg.account.map { " in \($0)" } ?? "")
          + (leg.role == .principal ? "" : ", \(leg.role.code)"))
    }
    explanation.siblings = Explainer.eventKeys.filter { figures[$0].isKnown }.map { figures.path.adding($0) }
    return explanation
  }

  /// `return_of_capital` as people write it.
  static func words(_ kind: String) -> String { kind.split(separator: "_").joined(separator: " ") }

  private func facts(of row: EventRow, _ place: Int) -> [Explanation.Input] {
    var found: [Explanation.Input] = [
      .init("time", .instant(row.time), row.isDateOnly ? "date only" : nil),
      .init("account", Cell([row.account, row.toAccount].compactMap { $0 }.joined(separator: " to "))),
    ]
    func add(_ name: String, _ value: Decimal?, _ unit: String?) {
      if let value { found.append(.init(name, .decimal(value), unit)) }
    }
    add("quantity", row.quantity, row.asset.text)
    add("price", row.price, row.currency)
    add("gross", row.gross, row.currency)
    add("fee", row.fee, row.feeAsset ?? row.currency)
    add("tax", row.tax, row.currency)
    if let extra = book.events.extra(at: place) {
      if let target = extra.toAsset { add("received", extra.toQuantity, names.asset(target).text) }
      add("exchange rate", extra.fxRate, extra.settleCurrency.map { names.currency($0) })
      if let ratio = extra.ratio { found.append(.init("ratio", .text("\(ratio)"))) }
      if let hash = extra.txHash { found.append(.init("transaction", .text(hash))) }
    }
    let currency = book.events[place].currency
    found += rateInput(currency, on: row.day)
    if gainsOfEvent[row.id] != nil {
      let path = FigurePath("gains", "event", "\(row.id.raw)")
      found.append(.init("gain it realised", (try? explain(path).value) ?? .none, base, figure: path))
    }
    if let place = incomePlaces[row.id]?.last {
      found.append(
        .init("income it brought", Cell(income.rows[place].netBase), base, figure: FigurePath("income", "event", "\(row.id.raw)")))
    }
    for entry in lotRows(of: row.asset.id) where entry.row.event == row.id { found.append(lotInput(entry, "costBase", base)) }
    return found.filter { $0.value != .none }
  }

  /// An event as an input of a figure.
  ///
  /// - Parameter value: what the event contributes; nil takes its own amount.
  func eventInput(_ place: Int, _ value: Cell?, _ unit: String?, name: String = "") -> Explanation.Input {
    let event = book.events[place]
    let own: Cell = (event.gross ?? event.quantity).map { .decimal($0) } ?? .none
    let ownUnit = event.gross == nil ? names.asset(event.asset).text : event.currency.map { names.currency($0) }
    return .init(
      name + Explainer.words(event.kind.reportName) + (event.account.map { " in " + names.account($0).text } ?? ""), value ?? own,
      value == nil ? ownUnit : unit, date: on(event.time), event: event.id, figure: FigurePath("events", "\(event.id.raw)"))
  }
}
