import Amounts
import Engine
import Ledger
import TestSupport
import Testing

@testable import Reports

/// Every number of every report has an explanation that says the very same number, in books made at random; and what an explanation
/// calls a sum is the sum of its parts, to the last digit.
struct EveryFigureTests {
  /// A report with the names of its rows and of its scalars.
  private struct Report {
    let name: String
    let document: Document
    let rows: [FigurePath]
    /// The name of a fact or total; nil where it is no number or is told by others.
    let scalar: (String) -> FigurePath?
  }

  private static let asOf = day("2024-04-29")

  /// Two portfolios, cash in two currencies, a token with NAVs, coins that are quoted late, and most kinds of events.
  private static func book(_ random: inout SplitMix64) -> Book {
    var maker = BookMaker()
    maker.asset("EUR", .cash)
    maker.asset("COIN", .crypto, currency: "EUR")
    maker.asset("TOKN", .security, [.issuer: "Harbour"])
    maker.asset("UTIL", .utility, cadence: .weekly)
    for account in ["A", "B", "C"] { maker.account(account) }
    maker.assign("B", to: "Family")
    func pick(_ count: Int) -> Int { random.int(0...(count - 1)) }
    let coinFrom = pick(2) * 60
    for offset in 0..<120 {
      let on = (day("2024-01-01") + offset).description
      if offset >= coinFrom, pick(3) > 0 { maker.quote(.close, on, "COIN", "\(100 + pick(50)).\(pick(100))", "EUR") }
      if pick(20) == 0 { maker.quote(.close, on, "TOKN", "1.\(pick(900))") }
      if pick(30) == 0 { maker.quote(.nav, on, "TOKN", "1.\(pick(900))") }
      if pick(9) == 0 { maker.quote(.close, on, "UTIL", "0.\(1 + pick(90))", "EUR") }
      if pick(4) > 0 { maker.quote(.fx, on, "EUR", "1.0\(1 + pick(90))") }
      if pick(70) == 0 {
        maker.split(on, "COIN", "3:1")
        maker.event(.split, on + "T00:00:00Z", nil, "COIN") {
          var extra = EventExtra()
          extra.ratio = Ratio("3:1")
          $0.extra = extra
        }
      }
      let symbol = ["COIN", "TOKN", "UTIL"][pick(3)]
      let account = ["A", "B", "C"][pick(3)]
      let currency = ["USD", "EUR"][pick(2)]
      switch pick(14) {
      case 0, 1:
        maker.event(.buy, on, account, symbol, "\(1 + pick(9)).\(pick(1000))", price: "3", gross: "\(10 + pick(90)).07", currency) {
          if pick(2) == 0 { $0.fee = number("0.35") }
        }
      case 2: maker.event(.sell, on, account, symbol, "0.\(1 + pick(9))", gross: "\(1 + pick(5)).3", currency) { $0.fee = number("0.01") }
      case 3: maker.event(.transfer, on, "A", symbol, "0.\(1 + pick(9))") { $0.toAccount = AccountID(2) }
      case 4: maker.event(.deposit, on, account, currency, "\(100 + pick(900))")
      case 5: maker.event(.withdraw, on, account, currency, "\(1 + pick(90))")
      case 6: maker.event(.dividend, on, account, "TOKN", "1", gross: "\(1 + pick(9)).11", currency) { $0.tax = number("0.17") }
      case 7: maker.event(.reward, on, account, symbol, "0.\(1 + pick(99))", price: pick(2) == 0 ? "2" : nil, currency)
      case 8: maker.event(.deposit, on, account, symbol, "0.\(1 + pick(99))")
      case 9:
        let target = maker.id(["COIN", "UTIL"][pick(2)])
        maker.event(.swap, on, account, "TOKN", "0.5", gross: "1.3", currency) {
          var extra = EventExtra()
          extra.toAsset = target
          extra.toQuantity = number("0.7")
          $0.extra = extra
        }
      default: break
      }
    }
    return maker.book
  }

  private static func isNumber(_ cell: Cell) -> Bool {
    switch cell {
    case .decimal, .ratio, .statistic, .integer: true
    default: false
    }
  }

  /// All reports of a book, with the options a figure can be asked for with.
  private static func reports(_ explainer: Explainer) -> [Report] {
    let (book, booking) = (explainer.book, explainer.booking)
    func one(
      _ name: String, _ document: Document, _ rows: [FigurePath], _ scalar: @escaping (String) -> FigurePath? = { _ in nil }
    ) -> Report {
      Report(name: name, document: document, rows: rows, scalar: scalar)
    }
    func label(_ row: HoldingRow) -> String { row.asset.text + (row.account.map { "@" + $0.text } ?? "") }
    var all: [Report] = []
    let overview = OverviewReport(book, booking, asOf: asOf)
    all.append(Report(name: "overview", document: overview.document.withoutRows, rows: []) { FigurePath("overview", $0) })
    for byAccount in [false, true] {
      let report = HoldingsReport(book, booking, asOf: asOf, byAccount: byAccount, closed: true)
      // The total of accounts is rounded account by account; the one with a name of its own is by asset.
      all.append(
        one("holdings", report.document, report.rows.map { FigurePath("holdings", label($0)) }) {
          byAccount ? nil : FigurePath("overview", $0)
        })
    }
    let lots = LotsReport(book, booking, asOf: asOf)
    all.append(one("lots", lots.document, lots.figures) { FigurePath("lots", $0) })
    let gains = GainsReport(book, booking, asOf: asOf)
    all.append(
      one("gains", gains.document(by: .disposal), explainer.gainOrder.indices.map { explainer.gainPath($0) }) {
        $0 == "gainBase" ? FigurePath("gains") : FigurePath("gains", $0)
      })
    for grouping in GainsReport.Grouping.allCases where grouping != .disposal {
      let groups = GainsReport(book, booking, asOf: asOf, by: grouping)
      all.append(
        one("gains by \(grouping)", groups.document(by: grouping), groups.groups.map { FigurePath("gains", grouping.rawValue, $0.key) }))
    }
    let trades = TradesReport(book, booking, asOf: asOf)
    all.append(one("trades", trades.document, trades.rows.map { explainer.tradePath($0) }) { FigurePath("trades", $0) })
    let basis = BasisReport(book, asOf: asOf)
    all.append(
      one("basis", basis.document, basis.rows.map { FigurePath("basis", $0.date.description) }) {
        FigurePath("basis", asOf.description, $0)
      })
    let income = IncomeReport(book, booking, asOf: asOf)
    all.append(
      one("income", income.document(by: .payment), income.rows.indices.map { explainer.incomePath($0) }) { FigurePath("income", $0) })
    for grouping in IncomeReport.Grouping.allCases where grouping != .payment {
      let groups = IncomeReport(book, booking, asOf: asOf, by: grouping)
      let rows = groups.groups.map { FigurePath("income", grouping.rawValue, $0.key, $0.kind) }
      all.append(one("income by \(grouping)", groups.document(by: grouping), rows))
    }
    let nav = NavReport(book, booking, asOf: asOf)
    all.append(one("nav", nav.document, nav.rows.map { FigurePath("nav", $0.asset.text) }) { FigurePath("nav", $0) })
    for dimension in Dimension.allCases {
      let report = AllocationReport(book, booking, asOf: asOf, by: dimension)
      let path = FigurePath("allocation", dimension.rawValue)
      all.append(one("allocation by \(dimension)", report.document, report.rows.map { path.adding($0.key) }) { path.adding($0) })
    }
    let restrictions = RestrictionsReport(book, booking, asOf: asOf)
    all.append(
      one(
        "restrictions", restrictions.document,
        restrictions.rows.map { FigurePath("restrictions", explainer.label($0.asset.id, $0.account.id)) }
      ) { FigurePath("restrictions", $0) })
    let events = EventsReport(book, asOf: asOf)
    all.append(one("events", events.document, book.events.indices.map { FigurePath("events", "\(book.events.ids[$0])") }))
    return all + performances(explainer)
  }

  private static func performances(_ explainer: Explainer) -> [Report] {
    let whole = explainer.performance
    let path = FigurePath("performance")
    var all = [
      Report(
        name: "performance", document: whole.document(by: nil),
        rows: whole.performance.days.map { path.adding($0.day.description) }, scalar: { path.adding($0) })
    ]
    for dimension in Breakdown.Dimension.allCases {
      var report = whole
      report.breakdowns = [
        BreakdownReport(
          explainer.book, Breakdown(explainer.book, by: dimension, whole: whole.performance, of: explainer.performanceFilter))
      ]
      let parts = report.breakdowns[0].rows
      all.append(
        Report(
          name: "performance by \(dimension)", document: report.document(by: dimension),
          rows: parts.map { path.adding(dimension.rawValue).adding($0.key) }, scalar: { path.adding($0) }))
    }
    return all
  }

  /// Holds an explanation against the cell of the report, and a sum against its parts.
  private static func check(_ explainer: Explainer, _ figure: FigurePath, _ cell: Cell) throws {
    let found: Explanation
    do throws(ExplainError) { found = try explainer.explain(figure) } catch { throw LawBroken("\(figure): \(error.sentence)") }
    try law(found.value == cell, "\(figure) explains \(found.value), the report has \(cell)")
    try law(!found.formula.isEmpty, "\(figure) has no formula")
    let isSum =
      found.formula.hasPrefix("the sum") && !found.formula.contains("squared") && !found.formula.contains("overlap")
      || ["netFlows", "inflow", "outflow"].contains(figure.parts.last)
    guard isSum, let value = Explainer.number(found.value) else { return }
    let sum = Explainer.sum(found.inputs.filter { !$0.name.hasPrefix("disposed: ") }.compactMap { Explainer.number($0.value) })
    try law(sum == value, "\(figure): the parts make \(sum.map { "\($0)" } ?? "nothing"), not \(value)")
  }

  private static func checkAll(_ explainer: Explainer, _ reports: [Report]) throws {
    for report in reports {
      try law(report.rows.count == report.document.rows.count || report.rows.isEmpty, "\(report.name): rows")
      for (place, path) in report.rows.enumerated() {
        for (column, cell) in zip(report.document.columns, report.document.rows[place]) where Explainer.isFigure(column) {
          // What an event does not have is no figure of it.
          if report.name == "events", !cell.isKnown || !Explainer.eventKeys.contains(column.key) { continue }
          try check(explainer, path.adding(column.key), cell)
        }
      }
      for field in report.document.facts + report.document.totals where isNumber(field.cell) {
        guard let path = report.scalar(field.key) else { continue }
        try check(explainer, path, field.cell)
      }
    }
  }

  @Test func everyNumberOfEveryReportIsExplained() throws {
    try withSeeds(8) { random in
      let book = EveryFigureTests.book(&random)
      let explainer = Explainer(book, book.booked(asOf: EveryFigureTests.asOf, pieces: true), asOf: EveryFigureTests.asOf)
      try EveryFigureTests.checkAll(explainer, EveryFigureTests.reports(explainer))
    }
  }

  @Test func figuresOfPerformanceAreThoseThatWereAsked() throws {
    try withSeeds(8) { random in
      let book = EveryFigureTests.book(&random)
      let explainer = Explainer(book, book.booked(asOf: EveryFigureTests.asOf), asOf: EveryFigureTests.asOf)
      var scope = PerformanceScope(to: EveryFigureTests.asOf)
      scope.question.from = random.int(0...1) == 0 ? nil : day("2024-02-13")
      scope.question.timing = random.pick(FlowTiming.allCases)
      scope.question.calendar = random.pick(ReturnCalendar.allCases)
      scope.question.riskFree = 0.02
      scope.benchmark = book.assets.values.first { $0.symbol == "UTIL" }?.id
      if random.int(0...1) == 0 { scope.filter = Filter("class=security|utility account:A|B") }
      explainer.scope = scope
      try EveryFigureTests.checkAll(explainer, EveryFigureTests.performances(explainer))
      // Parts have days of their own, and those close as well.
      let days = explainer.performance.performance.days
      guard let last = days.last?.day else { return }
      for part in ["class/crypto", "asset/TOKN", "account/B", "portfolio/Family", "benchmark"] {
        for key in [
          "endValue", "twr", "netFlows", "volatility", "drawdown", "\(last)/value", "\(last)/inflow", "\(last)/outflow", "\(last)/return",
        ] {
          guard let found = try? explainer.explain(FigurePath(text: "performance/\(part)/\(key)")) else { continue }
          try EveryFigureTests.check(explainer, found.figure, found.value)
        }
      }
    }
  }

  /// Whoever follows the inputs comes to an end, and every name on the way is one.
  @Test func everyInputThatGoesOnIsAFigure() throws {
    try withSeeds(4) { random in
      let book = EveryFigureTests.book(&random)
      let explainer = Explainer(book, book.booked(asOf: EveryFigureTests.asOf, pieces: true), asOf: EveryFigureTests.asOf)
      var open = ["overview/value", "overview/cost", "gains", "income", "performance/twr", "trades/open", "lots/costBase"].map {
        FigurePath(text: $0)
      }
      var seen = Set(open)
      while let next = open.popLast(), seen.count < 3000 {
        let found: Explanation
        do throws(ExplainError) { found = try explainer.explain(next) } catch { throw LawBroken("\(next): \(error.sentence)") }
        for figure in found.inputs.compactMap(\.figure) where seen.insert(figure).inserted { open.append(figure) }
      }
    }
  }
}
