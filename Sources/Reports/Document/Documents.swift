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
        .init("totalReturn", .decimal(totals.totalReturn)), .init("unpriced", .integer(totals.unpriced)),
        .init("unknownBasis", .integer(totals.unknownBasis)),
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
    let totals: [Cell.Field] = [.init("gainBase", .decimal(gainBase))]
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
    Document(
      "explain", asOf: nil, currency: nil,
      facts: [
        .init("figure", .text(figure)), .init("value", value), .init("formula", .text(formula)),
        .init(
          "inputs",
          .list(
            inputs.map { input in
              .object([
                .init("name", .text(input.name)), .init("value", input.value), .init("date", Cell(input.date)),
                .init("source", Cell(input.source)), .init("event", input.event.map { .integer(Int($0.raw)) } ?? .none),
              ])
            })), .init("rounding", .text(rounding)), .init("steps", .list(steps.map { .text($0) })),
      ])
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
        .init("totalReturn", .decimal(totals.totalReturn)), .init("change1d", Cell(change1d)), .init("change30d", Cell(change30d)),
        .init("income12", .decimal(income12)), .init("forward12", .decimal(forward12)), .init("unpriced", .integer(totals.unpriced)),
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
    Column("event", "Event", .integer),
  ]
  /// The values, one for each column.
  public var cells: [Cell] {
    [
      .text(kind.rawValue), .text("\(severity)"), Cell(asset?.text), Cell(since), amount.map { .decimal($0) } ?? .none, .text(message),
      .text(fix), event.map { .integer(Int($0.raw)) } ?? .none,
    ]
  }
}
