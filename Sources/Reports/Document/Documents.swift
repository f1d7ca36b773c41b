import Amounts
import Engine
import Ledger

extension HoldingsReport {
  /// The report as plain data.
  public var document: Document {
    Document(
      "holdings", asOf: asOf, currency: currency, rows: rows,
      totals: [
        .init("value", .decimal(totals.value)), .init("cost", .decimal(totals.cost)), .init("unrealized", .decimal(totals.unrealized)),
        .init("realized", .decimal(totals.realized)), .init("incomeNet", .decimal(totals.incomeNet)),
        .init("charges", .decimal(totals.charges)), .init("unknownCharges", .integer(totals.unknownCharges)),
        .init("carried", .decimal(totals.carried)),
        .init("totalReturn", .decimal(totals.totalReturn)), .init("unpriced", .integer(totals.unpriced)),
        .init("tradePriced", .integer(totals.tradePriced)), .init("tradeValue", .decimal(totals.tradeValue)),
        .init("unknownBasis", .integer(totals.unknownBasis)), .init("unrealizedCurrency", .decimal(totals.unrealizedCurrency)),
      ], excluded: excluded)
  }
}

extension LotsReport {
  /// The report as plain data.
  public var document: Document {
    Document(
      "lots", asOf: asOf, currency: currency, rows: rows,
      totals: [.init("costBase", .decimal(costBase)), .init("lots", .integer(rows.count))], excluded: excluded)
  }
}

extension GainsReport {
  /// The report as plain data: the groups when it is grouped, else the pieces.
  public func document(by grouping: Grouping) -> Document {
    let totals: [Cell.Field] = [
      .init("gainBase", .decimal(gainBase)), .init("gainPrice", Cell(gainPrice)), .init("gainCurrency", Cell(gainCurrency)),
    ]
    return grouping == .disposal
      ? Document("gains", asOf: asOf, currency: currency, rows: rows, totals: totals, excluded: excluded)
      : Document("gains", asOf: asOf, currency: currency, rows: groups, totals: totals, excluded: excluded)
  }
}

extension IncomeReport {
  /// The report as plain data: the groups when it is grouped, else the payments.
  public func document(by grouping: Grouping) -> Document {
    let totals: [Cell.Field] = [
      .init("grossBase", .decimal(grossBase)), .init("taxBase", .decimal(taxBase)), .init("netBase", .decimal(netBase)),
      .init("overdue", .integer(overdue)),
    ]
    return grouping == .payment
      ? Document("income", asOf: asOf, currency: currency, rows: rows, totals: totals, excluded: excluded)
      : Document("income", asOf: asOf, currency: currency, rows: groups, totals: totals, excluded: excluded)
  }
}

extension NavReport {
  /// The report as plain data.
  public var document: Document {
    Document(
      "nav", asOf: asOf, currency: currency, rows: rows, totals: [.init("stale", .integer(stale)), .init("missing", .integer(missing))])
  }
}

extension AllocationReport {
  /// The report as plain data.
  public var document: Document {
    Document(
      "allocation", asOf: asOf, currency: currency, rows: rows,
      totals: [.init("value", .decimal(value)), .init("hhi", .ratio(hhi)), .init("top5", .ratio(top5))], excluded: excluded,
      facts: [.init("by", .text(dimension.rawValue))] + (isOverlapping ? [.init("overlapping", .flag(true))] : []))
  }
}

extension EventsReport {
  /// The report as plain data, each row made when it is written.
  public var document: Document { Document("events", asOf: asOf, currency: currency, rows: self) }
}

extension Explanation {
  /// The explanation as plain data.
  public var document: Document {
    var facts: [Cell.Field] = [
      .init("figure", .text(figure.description)), .init("title", .text(title)), .init("value", value), .init("currency", Cell(unit)),
      .init("formula", .text(formula)),
      .init(
        "inputs",
        .list(
          inputs.map { input in
            .object([
              .init("name", .text(input.name)), .init("value", input.value), .init("currency", Cell(input.unit)),
              .init("date", Cell(input.date)), .init("source", Cell(input.source)),
              .init("event", input.event.map { .integer(Int($0.raw)) } ?? .none), .init("figure", Cell(input.figure?.description)),
            ])
          })), .init("rounding", .text(rounding)), .init("steps", .list(steps.map { .text($0) })),
      .init("excluded", .list(excluded.map { .text($0) })), .init("fixes", .list(fixes.map { .text($0) })),
    ]
    if let origin {
      facts.append(
        .init(
          "origin",
          .object([
            .init("batch", .integer(Int(origin.batch.raw))), .init("file", Cell(origin.file)), .init("source", Cell(origin.source)),
            .init("at", origin.at.map { .instant($0) } ?? .none), .init("line", origin.line.map { .integer($0) } ?? .none),
            .init("externalId", Cell(origin.externalID)), .init("raw", Cell(origin.raw)),
          ])))
    }
    return Document("explain", asOf: nil, currency: nil, facts: facts)
  }

  /// The explanation for people: the value, the formula, an aligned table of inputs, the calculation.
  public var table: String {
    var text = "\(title.plain) = \(value.exactText)" + (unit.map { " " + $0.plain } ?? "") + "\n\n"
    text += "figure    \(figure.description.plain)\nformula   \(formula.plain)\n"
    let rows = inputs.map { input in
      [
        input.name.plain, input.value.exactText, (input.unit ?? "").plain, input.date.map { "\($0)" } ?? "", (input.source ?? "").plain,
        input.figure.map { $0.description.plain } ?? "",
      ]
    }
    let widths = (0..<6).map { place in rows.map { $0[place].columns }.max() ?? 0 }
    for (index, row) in rows.enumerated() {
      var line = index == 0 ? "inputs    " : "          "
      for (place, cell) in row.enumerated() where widths[place] > 0 {
        let blank = String(repeating: " ", count: widths[place] - cell.columns)
        line += (place == 1 ? blank + cell : cell + blank) + "  "
      }
      while line.last == " " { line.removeLast() }
      text += line + "\n"
    }
    for (index, step) in steps.enumerated() { text += (index == 0 ? "steps     " : "          ") + step.plain + "\n" }
    for (index, left) in excluded.enumerated() { text += (index == 0 ? "left out  " : "          ") + left.plain + "\n" }
    for (index, fix) in fixes.enumerated() { text += (index == 0 ? "to mend   " : "          ") + fix.plain + "\n" }
    text += "rounding  \(rounding)\n"
    guard let origin else { return text }
    let line = origin.line.map { " line \($0)" } ?? ""
    text += "origin    \(origin.file.plain)\(line), import batch \(origin.batch.raw), \(origin.source.plain)\n"
    if let raw = origin.raw { text += "          \(raw.plain)\n" }
    return text
  }
}

extension OverviewReport {
  /// The report as plain data: scalars, and the notices as rows.
  public var document: Document {
    Document(
      "overview", asOf: asOf, currency: currency, rows: notices,
      totals: [
        .init("value", .decimal(totals.value)), .init("cost", .decimal(totals.cost)), .init("unrealized", .decimal(totals.unrealized)),
        .init("realized", .decimal(totals.realized)), .init("incomeNet", .decimal(totals.incomeNet)),
        .init("charges", .decimal(totals.charges)), .init("unknownCharges", .integer(totals.unknownCharges)),
        .init("carried", .decimal(totals.carried)), .init("totalReturn", .decimal(totals.totalReturn)), .init("change1d", Cell(change1d)),
        .init("change30d", Cell(change30d)),
        .init("income12", .decimal(income12)), .init("forward12", Cell(forward12)), .init("unpriced", .integer(totals.unpriced)),
        .init("tradePriced", .integer(totals.tradePriced)), .init("tradeValue", .decimal(totals.tradeValue)),
        .init("unknownBasis", .integer(totals.unknownBasis)),
      ], excluded: excluded)
  }
}

extension Notice: ReportRow {
  /// The columns of the `issues` report.
  public static let columns = [
    Column("kind", "Kind", .text), Column("severity", "Severity", .text), Column("subject", "Subject", .text),
    Column("since", "Since", .day),
    Column("amount", "Amount", .quantity), Column("message", "Message", .text), Column("fix", "What to do", .text),
    Column("event", "Event", .integer), Column("command", "Command", .text, quiet: true),
  ]
  /// The values, one for each column.
  public var cells: [Cell] {
    [
      .text(kind.rawValue), .text("\(severity)"), Cell(asset?.text), Cell(since), amount.map { .decimal($0) } ?? .none, .text(message),
      .text(fix), event.map { .integer(Int($0.raw)) } ?? .none, Cell(remedy?.command),
    ]
  }
}
