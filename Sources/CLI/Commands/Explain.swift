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
        income/ASSET/2024-05                     a cell of the income grid; also 2024-Q2, 2024, without ASSET for all
        income/ASSET/yieldOnCost                 total, trailing12, forward12, growth, yieldTrailing, yieldForward
        income/event/ID/COLUMN                   a payment that arrived; income/ASSET/DAY/COLUMN one that did not
        nav/ASSET/premium                        nav, market, ownership, impliedUnderlying, ageDays ...
        allocation/class/crypto/weight           value, weight, target, drift, trade; allocation/class/hhi
        performance/sharpe                       twr, xirr, volatility, drawdown ...; performance/2024-05, performance/DAY/return
        restrictions/ASSET@ACCOUNT/free          held, free, locked, frozen, pledged, vesting, nextQuantity
        events/ID                                an event and the line of the file it was read from
        unit/ASSET  quote/nav/ASSET/DAY  rate/EUR/USD/DAY     what values rest on

      Each input names the figure that explains it in turn. A slash inside a name is written %2F. The older form, a figure and an
      asset (explain premium BLDG), still works.
      """,
    options: [Option("complete", "TEXT", "lists the figures whose names begin so, one part further, instead of explaining")]
  ) { (context) throws(Failure) in
    let words = context.arguments.operands
    let book = try context.book()
    let explainer = Explainer(book, book.booked(asOf: context.asOf), asOf: context.asOf)
    if let text = context.arguments["complete"] {
      for name in explainer.completions(of: text) { context.say(name.plain) }
      return .ok
    }
    guard let first = words.first else { throw .usage(.missingOperand("FIGURE")) }
    let workspace = try context.workspace()
    explainer.originOfEvent = { workspace.origin(of: $0) }
    explainer.originOfQuote = { workspace.origin(of: $1, $0, $2) }
    let found: Explanation
    do throws(ExplainError) {
      found = try explainer.explain(Explainer.path(first, of: words.count > 1 ? words[1] : nil))
    } catch {
      throw .noSuchFigure(error)
    }
    if context.arguments["format"] == nil || context.arguments["format"] == "table" {
      context.print(found.table)
    } else {
      context.write(found.document)
    }
    return .ok
  }
}
