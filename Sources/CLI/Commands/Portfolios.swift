import Amounts
import Ledger
import Reports
import Workspace

extension Command {
  /// Choices of lot rule.
  static let rules = Command(
    "rules", "the lot rules: method, scope and fees, from which day and in which portfolio", usage: "[--remove DATE] [--portfolio NAME]",
    details: """
      A rule is made by: florin set method lifo --from 2025-01-01 [--portfolio NAME]. Disposals from that day take lots by it, of those
      then open: they keep dates and costs; into average, what is open costs its average; out of it, each lot its share of the average.
      Lots that tie leave earliest first. hifo and lofo rank by the cost of a unit in the currency of totals, at the rate of its day;
      average keeps dates in order; specific takes the lots an event's lot_selector names, as in
      florin edit event 17 lot_selector='{"date":"2024-03-01"}' (or event, unit_cost, label), and the earliest for the rest.
      A rule without a portfolio is for all that have none of their own. --method, --scope and --fees of a report replace them all.
      """,
    options: [Option("remove", "DATE", "forget the rule that begins on this day (`beginning` for one without a day)")]
  ) { (context) throws(Failure) in
    let removed = context.arguments["remove"]
    let day = removed.flatMap { Day($0) }
    if let removed, day == nil, removed != "beginning" { throw .usage(.badDate("--remove", removed)) }
    let workspace = try context.workspace()
    do throws(WorkspaceError) {
      if let removed {
        try workspace.removeRule(RuleScope(from: day, portfolio: context.arguments["portfolio"]), now: context.now)
        context.say("the rule from \(removed) is gone")
      } else {
        context.write(Document("rules", asOf: nil, currency: nil, rows: try workspace.ruleRows()))
      }
      return .ok
    } catch {
      throw .workspace(error)
    }
  }

  /// Portfolios.
  static let portfolios = Command(
    "portfolios", "the portfolios with their accounts, or change one", usage: "[NAME] [--add ACCOUNT,...]",
    details: """
      With a name a portfolio is made or changed: --currency is the currency of its totals, --timezone the zone of its days, --add puts
      accounts into it. Every account is in one portfolio, at first in `default`. Reports take --portfolio NAME[,NAME].
      """,
    options: [Option("add", "ACCOUNTS", "put these accounts into it (names, with commas between)")]
  ) { (context) throws(Failure) in
    let workspace = try context.workspace()
    do throws(WorkspaceError) {
      if let name = context.arguments.operands.first {
        let accounts = (context.arguments["add"] ?? "").split(separator: ",").map { String($0.drop { $0 == " " }) }
        try workspace.setPortfolio(
          name, PortfolioChange(base: context.arguments["currency"], zone: context.arguments["timezone"], accounts: accounts),
          now: context.now)
      }
      context.write(Document("portfolios", asOf: nil, currency: nil, rows: try workspace.portfolioRows(asOf: context.asOf)))
      return .ok
    } catch {
      throw .workspace(error)
    }
  }
}
