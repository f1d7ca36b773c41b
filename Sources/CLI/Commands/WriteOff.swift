import Amounts
import Reports
import Workspace

extension Command {
  /// A holding that is worth nothing.
  static let writeOff = Command(
    "writeoff", "write off all that is held of an asset, or dust: its cost becomes a loss",
    usage: "[ASSET] [--account A] [--date D] [--below VALUE]",
    details: """
      Writes a WRITEOFF event for each account that holds the asset at the end of the day; a part of it is written off with
      florin add event type=WRITEOFF ... quantity=N. --below writes off every asset of which all that is held is worth less than VALUE in
      the currency of totals; what has no price stays. florin undo takes it back as one step.
        florin writeoff MOTE --date 2024-12-31
        florin writeoff --below 0.50
      """,
    options: [
      Option("account", "A", "only what this account holds"), Option("date", "D", "the day it is worth nothing from (default: today)"),
      Option("below", "VALUE", "every asset that is worth less than this"),
    ]
  ) { (context) throws(Failure) in
    let words = context.arguments.operands
    let day: Day?
    do throws(UsageError) { day = try Context.day(context.arguments["date"], option: "--date") } catch { throw .usage(error) }
    var limit: Decimal?
    if let text = context.arguments["below"] {
      guard let amount = Decimal(text), amount.isPositive else { throw .usage(.badNumber("--below", text)) }
      if let odd = words.first { throw .usage(.tooManyOperands(odd)) }
      limit = amount
    } else if words.isEmpty {
      throw .usage(.missingOperand("ASSET"))
    }
    let workspace = try context.workspace()
    do throws(WorkspaceError) {
      let step: HistoryStep
      if let limit {
        step = try workspace.writeOffDust(below: limit, on: day, now: context.now)
      } else {
        step = try workspace.writeOff(words[0], account: context.arguments["account"], on: day, now: context.now)
      }
      context.say("done: " + step.title.plain)
      return .ok
    } catch {
      throw .workspace(error)
    }
  }
}
