import Engine
import Ledger
import Reports
import Workspace

extension Command {
  /// Where a figure comes from.
  static let explain = Command(
    "explain", "where a figure comes from: formula, inputs, calculation, the line of the file", usage: "FIGURE [ASSET]",
    details: """
      FIGURE names a figure of any report: report, row and column between slashes. An asset alone is its value.

        BTC  BTC/cost  BTC@Kraken/quantity      a holding's figure, in all accounts or one
        total  unrealized  income12  twr  xirr   a figure of the overview or of performance
        holdings/ASSET[@ACCOUNT]/COLUMN          any column of holdings
        lots/ASSET[@ACCOUNT]/EVENT/COLUMN        an open lot, by the event (or day) it was acquired with
        gains  gains/2024  gains/2024/ASSET      realised gains; gains/ASSET, gains/term/long, gains/account/NAME
        gains/event/ID[/N]/COLUMN                a disposal, its Nth matched lot
        trades/event/ID/irr  trades/ASSET@ACCOUNT/gain        a closed trade, an open one
        basis/2024-05-31/cost  basis/ASSET/DAY/cost           what was held had cost on a day
        income/ASSET/2024-05                     a cell of the income grid; also 2024-Q2, 2024, without ASSET for all
        income/ASSET/yieldOnCost                 total, trailing12, forward12, growth, yieldTrailing, yieldForward
        income/event/ID/COLUMN                   a payment that arrived; income/ASSET/DAY/COLUMN one that did not
        nav/ASSET/premium                        nav, market, ownership, impliedUnderlying, ageDays ...
        allocation/class/crypto/weight           value, weight, target, drift, trade; allocation/class/hhi
        performance/sharpe                       twr, xirr, volatility, drawdown ...; performance/2024-05, performance/DAY/return
        performance/class/crypto/contribution    a part's: class, asset, account or portfolio; also its twr, its days ...
        performance/benchmark/twr                the benchmark's, with --benchmark ASSET
        restrictions/ASSET@ACCOUNT/free          held, free, locked, frozen, pledged, vesting, nextQuantity
        events/ID                                an event and the line of the file it was read from
        unit/ASSET  quote/nav/ASSET/DAY  rate/EUR/USD/DAY     what values rest on

      Each input names the figure that explains it in turn. A slash inside a name is written %2F. The older form, a figure and an
      asset (explain premium BLDG), still works. --list TEXT lists the figures whose names begin so, one part further.

      A figure that was shown with options is explained with the same: --mode, --method, --scope, --fees for holdings, lots, gains and
      trades; --from, --to, --benchmark, --flows, --calendar, --risk-free for performance; --on for restrictions; --filter for the
      report that the figure is in; --as-of, --currency, --portfolio, --timezone for all.
      """,
    options: [
      Option("list", "TEXT", "lists the figures whose names begin so, one part further, instead of explaining"),
      Option("complete", "TEXT", "the same, for the shell"),
      Option("mode", "MODE", "one valuation mode for all assets", allowed: ValuationMode.allCases.map(\.rawValue)),
      Option("on", "DATE", "the day that figures of restrictions are about"),
    ] + Option.booking + Command.performance.options.filter { $0.name != "by" }
  ) { (context) throws(Failure) in
    let words = context.arguments.operands
    let book = try context.bookToExplain()
    var scope = PerformanceScope(to: context.asOf)
    scope.question = try Command.question(context)
    if let wanted = context.arguments["benchmark"] { scope.benchmark = try Command.asset(wanted, book) }
    let day = scope.question.to
    let explainer = Explainer(book, book.booked(asOf: day), asOf: day)
    do throws(UsageError) { explainer.restrictionsDay = try Context.day(context.arguments["on"], option: "--on") } catch {
      throw .usage(error)
    }
    if let text = context.arguments["complete"] ?? context.arguments["list"] {
      explainer.scope = scope
      for name in explainer.completions(of: text) { context.say(name.plain) }
      return .ok
    }
    guard let first = words.first else { throw .usage(.missingOperand("FIGURE")) }
    let figure = Explainer.path(first, of: words.count > 1 ? words[1] : nil)
    if context.arguments["filter"] != nil {
      let report = explainer.report(of: figure)
      let filter = try context.filter(Explainer.filterColumns(of: report))
      if report == "performance" { scope.filter = filter } else { explainer.filter = (report, filter) }
    }
    explainer.scope = scope
    let workspace = try context.workspace()
    explainer.origin = { workspace.origin(of: $0) }
    let found: Explanation
    do throws(ExplainError) { found = try explainer.explain(figure) } catch { throw .noSuchFigure(error) }
    if context.arguments["format"] == nil || context.arguments["format"] == "table" {
      context.print(found.table)
    } else {
      context.write(found.document)
    }
    return .ok
  }
}

extension Context {
  /// The book as the booking options and `--mode` say.
  fileprivate func bookToExplain() throws(Failure) -> Book {
    var book = try bookByOptions()
    if let mode = arguments["mode"].flatMap({ ValuationMode(rawValue: $0) }) {
      for id in book.assets.keys { book.assets[id]?.mode = mode }
    }
    return book
  }
}
