import Amounts
import Engine
import Ledger
import Reports
import TestSupport
import Testing

@testable import Workspace

/// Every figure of every report of the demo explains itself: with the report's own value, and with inputs that make it.
struct ExplainDemoTests {
  private static func made() throws -> (book: Book, booking: Booking, day: Day) {
    let today = day("2026-11-20")
    let workspace = try Workspace(path: temporaryFolder("explain") + "/demo.db")
    _ = try workspace.addDemo(today: today, now: Instant(day: today, second: 43_200))
    let book = try workspace.book()
    return (book, book.booked(asOf: today), today)
  }

  /// Checks the figures of rows whose names are known.
  private func check<Row: ReportRow>(_ explainer: Explainer, _ rows: [(FigurePath, Row)], _ report: String) {
    var failed: [String] = []
    var seen: Set<FigurePath> = []
    for (path, row) in rows {
      for (column, cell) in zip(Row.columns, row.cells) where isFigure(column) {
        let figure = path.adding(column.key)
        do throws(ExplainError) {
          let found = try explainer.explain(figure)
          if found.value != cell { failed.append("\(figure): \(found.value) is not \(cell)") }
          if found.formula.isEmpty { failed.append("\(figure): no formula") }
          if found.figure != figure { failed.append("\(figure) calls itself \(found.figure)") }
          if let wrong = found.steps.first(where: { !isRight($0) }) { failed.append("\(figure): \(wrong)") }
          if let dead = found.inputs.compactMap(\.figure).first(where: { seen.insert($0).inserted && (try? explainer.explain($0)) == nil })
          {
            failed.append("\(figure): \(dead) is no figure")
          }
        } catch {
          failed.append("\(figure): \(error)")
        }
      }
    }
    #expect(!rows.isEmpty, "\(report) has rows")
    #expect(failed.isEmpty, "\(report): \(failed.count) figures, \(failed.prefix(5).joined(separator: "; "))")
  }

  private func isFigure(_ column: Reports.Column) -> Bool {
    switch column.kind {
    case .quantity, .price, .money, .ratio: true
    case .integer: column.key != "event" && column.key != "id"
    default: false
    }
  }

  /// Does a line of the calculation again: `a x b / c = d`, left to right, where every number is exact.
  private func isRight(_ line: String) -> Bool {
    let sides = line.split(separator: "=").map { $0.split(separator: " ").map(String.init) }
    guard sides.count >= 2, let result = sides[sides.count - 1].first.flatMap({ Decimal($0) }) else { return true }
    let words = sides[sides.count - 2]
    guard let first = words.first.flatMap({ Decimal($0) }) else { return true }
    var value = first
    var rest = words.dropFirst()
    // A product over a number is one fused step: the shares of lots are.
    if words.count == 5, words[1] == "x", words[3] == "/", let b = Decimal(words[2]), let c = Decimal(words[4]) {
      return (try? first.share(b, of: c)) == result
    }
    while rest.count >= 2, let sign = rest.popFirst(), let next = rest.popFirst().flatMap({ Decimal($0) }) {
      switch sign {
      case "x": value = (try? value.multiplied(by: next)) ?? value
      case "/": value = (try? value.divided(by: next, places: line.hasPrefix("1 / ") ? 24 : 18)) ?? value
      case "+": value = (try? value.adding(next)) ?? value
      case "-": value = (try? value.subtracting(next)) ?? value
      default: return true
      }
    }
    return value == result || value.rounded(to: 18) == result
  }

  @Test func holdingsExplainEveryFigure() throws {
    let (book, booking, day) = try ExplainDemoTests.made()
    let explainer = Explainer(book, booking, asOf: day)
    let plain = HoldingsReport(book, booking, asOf: day)
    check(explainer, plain.rows.map { (FigurePath("holdings", $0.asset.text), $0) }, "holdings")
    let split = HoldingsReport(book, booking, asOf: day, byAccount: true)
    check(explainer, split.rows.map { (FigurePath("holdings", "\($0.asset.text)@\($0.account?.text ?? "")"), $0) }, "holdings by account")
  }

  @Test func lotsGainsAndPaymentsExplainEveryFigure() throws {
    let (book, booking, day) = try ExplainDemoTests.made()
    let explainer = Explainer(book, booking, asOf: day)
    let lots = LotsReport(book, booking, asOf: day)
    check(explainer, Array(zip(lots.figures, lots.rows)), "lots")
    let pieces = book.booked(asOf: day, pieces: true)
    let gains = GainsReport(book, pieces, asOf: day)
    var seen: [EventID: Int] = [:]
    let several = gains.rows.reduce(into: [EventID: Int]()) { $0[$1.event, default: 0] += 1 }
    let named = gains.rows.map { row -> (FigurePath, GainRow) in
      seen[row.event, default: 0] += 1
      let path = FigurePath("gains", "event", "\(row.event.raw)")
      return (several[row.event] == 1 ? path : path.adding("\(seen[row.event] ?? 0)"), row)
    }
    check(explainer, named, "gains")
    for grouping in [GainsReport.Grouping.year, .asset, .account, .term] {
      let groups = GainsReport(book, pieces, asOf: day, by: grouping).groups
      check(explainer, groups.map { (FigurePath("gains", grouping.rawValue, $0.key), $0) }, "gains by \(grouping)")
    }
    let income = IncomeReport(book, booking, asOf: day)
    check(
      explainer, income.rows.filter { $0.event != nil }.map { (FigurePath("income", "event", "\($0.event?.raw ?? 0)"), $0) }, "received")
    var payments: [FigurePath: [IncomeRow]] = [:]
    for row in income.rows where row.event == nil {
      payments[FigurePath("income", row.asset.text, row.pay?.description ?? "undated"), default: []].append(row)
    }
    check(explainer, payments.filter { $0.value.count == 1 }.sorted { "\($0.key)" < "\($1.key)" }.map { ($0.key, $0.value[0]) }, "expected")
    for grouping in [IncomeReport.Grouping.month, .quarter, .year, .asset] {
      let groups = IncomeReport(book, booking, asOf: day, by: grouping).groups
      check(explainer, groups.map { (FigurePath("income", grouping.rawValue, $0.key, $0.kind), $0) }, "income by \(grouping)")
    }
  }

  @Test func navsSharesAndRestrictionsExplainEveryFigure() throws {
    let (book, booking, day) = try ExplainDemoTests.made()
    let explainer = Explainer(book, booking, asOf: day)
    check(explainer, NavReport(book, booking, asOf: day).rows.map { (FigurePath("nav", $0.asset.text), $0) }, "nav")
    for dimension in Dimension.allCases {
      let report = AllocationReport(book, booking, asOf: day, by: dimension)
      check(explainer, report.rows.map { (FigurePath("allocation", dimension.rawValue, $0.key), $0) }, "allocation by \(dimension)")
    }
    let restrictions = RestrictionsReport(book, booking, asOf: day)
    check(explainer, restrictions.rows.map { (FigurePath("restrictions", "\($0.asset.text)@\($0.account.text)"), $0) }, "restrictions")
  }

  @Test func totalsExplainThemselves() throws {
    let (book, booking, day) = try ExplainDemoTests.made()
    let explainer = Explainer(book, booking, asOf: day)
    let holdings = HoldingsReport(book, booking, asOf: day)
    for field in OverviewReport(book, booking, asOf: day).document.totals + holdings.document.totals {
      #expect(try explainer.explain(FigurePath("overview", field.key)).value == field.cell, "\(field.key)")
    }
    for field in PerformanceReport(book, booking, .init(to: day)).document(by: nil).facts {
      guard explainer.completions(of: "performance/").contains("performance/\(field.key)") else { continue }
      #expect(try explainer.explain(FigurePath("performance", field.key)).value == field.cell, "\(field.key)")
    }
    for field in IncomeReport(book, booking, asOf: day).document(by: .payment).totals {
      #expect(try explainer.explain(FigurePath("income", field.key)).value == field.cell, "\(field.key)")
    }
    #expect(
      try explainer.explain(FigurePath("gains")).value
        == .decimal(GainsReport(book, book.booked(asOf: day, pieces: true), asOf: day).gainBase))
  }

  @Test func theIncomeGridExplainsEveryCell() throws {
    let (book, booking, day) = try ExplainDemoTests.made()
    let explainer = Explainer(book, booking, asOf: day)
    for period in IncomeGrid.Period.allCases {
      let grid = IncomeGrid(book, booking, asOf: day, by: period)
      for line in grid.lines {
        for (key, net) in zip(grid.keys, line.net) {
          let found = try explainer.explain(FigurePath("income", line.asset.text, key))
          #expect(found.value == .decimal(net))
          // The receipts add up to the cell, whatever the report says.
          #expect(sum(found.inputs.map(\.value)) == net, "\(line.asset.text) \(key)")
        }
      }
      for (key, total) in zip(grid.keys, grid.totals) {
        let found = try explainer.explain(FigurePath("income", key))
        #expect(found.value == .decimal(total) && sum(found.inputs.map(\.value)) == total)
      }
    }
  }

  @Test func theInputsMakeTheFigure() throws {
    let (book, booking, day) = try ExplainDemoTests.made()
    let explainer = Explainer(book, booking, asOf: day)
    for row in HoldingsReport(book, booking, asOf: day).rows {
      let path = FigurePath("holdings", row.asset.text)
      if let value = row.value.value {
        // quantity x price x rate, from what the explanation names alone
        let inputs = try explainer.explain(path.adding("value")).inputs.compactMap { number($0.value) }
        var made = inputs[0]
        for factor in inputs.dropFirst() { made = try made.multiplied(by: factor) }
        #expect(made == value, "\(row.asset.text): \(inputs)")
      }
      for (key, figure) in [
        ("cost", row.cost), ("realized", row.realized), ("incomeNet", row.incomeNet), ("quantity", .known(row.quantity)),
      ] {
        guard let value = figure.value else { continue }
        #expect(sum(try explainer.explain(path.adding(key)).inputs.map(\.value)) == value, "\(key) of \(row.asset.text)")
      }
    }
    let totals = HoldingsReport(book, booking, asOf: day).totals
    for (key, total) in [("value", totals.value), ("cost", totals.cost), ("realized", totals.realized), ("incomeNet", totals.incomeNet)] {
      #expect(sum(try explainer.explain(FigurePath("overview", key)).inputs.map(\.value)) == total, "\(key)")
    }
  }

  /// From the total down to the line of the file, always through the first input that goes on.
  @Test func aTotalLeadsToAnEvent() throws {
    let (book, booking, day) = try ExplainDemoTests.made()
    let explainer = Explainer(book, booking, asOf: day)
    var trail = [FigurePath("overview", "cost")]
    while trail.count < 10, trail.last?.parts.first != "events" {
      let here = try explainer.explain(trail[trail.count - 1])
      guard let next = here.inputs.first(where: { $0.figure != nil })?.figure else { break }
      trail.append(next)
    }
    #expect(trail.map { $0.parts[0] } == ["overview", "holdings", "lots", "lots", "events"])
  }

  @Test func anExplanationOfAWarmBookIsQuick() throws {
    let (book, booking, day) = try ExplainDemoTests.made()
    let explainer = Explainer(book, booking, asOf: day)
    let paths = ["HARB", "BTC/cost", "gains", "income/2026", "performance/twr", "allocation/class/crypto"].map { FigurePath(text: $0) }
    for path in paths { _ = try explainer.explain(path) }
    let taken = try ContinuousClock().measure { for path in paths { _ = try explainer.explain(path) } }
    #expect(taken < .milliseconds(300), "six explanations took \(taken)")
  }

  private func number(_ cell: Reports.Cell) -> Decimal? {
    switch cell {
    case .decimal(let value), .ratio(let value): value
    default: nil
    }
  }

  private func sum(_ cells: [Reports.Cell]) -> Decimal? {
    var sum = Decimal.zero
    for cell in cells {
      guard let value = number(cell) else { continue }
      guard let next = try? sum.adding(value) else { return nil }
      sum = next
    }
    return sum
  }
}
