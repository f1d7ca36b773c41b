import Amounts
import Reports
import Workspace

extension Command {
  /// Freezes a year.
  static let close = Command(
    "close", "freeze the gains of a year, or show what is closed", usage: "[YEAR] [--portfolio NAME] [--differences]",
    details: """
      The lots that the year's events took and its gains stay as they are now, whatever is edited, imported or set later. What the facts
      would give instead is shown as a difference, here and among the issues; florin reopen YEAR lets the year follow them again. Both
      can be undone. Without a year the closed ones are listed; --differences lists each disposal that would change, then and now.
      A year is closed in one portfolio at a time: the default one, or --portfolio NAME.
      """,
    options: [
      Option("list", nil, "list the closed years (the default without a year)"),
      Option("differences", nil, "list the disposals that the facts would book otherwise now"),
    ]
  ) { (context) throws(Failure) in
    let year = try context.year()
    let workspace = try context.workspace()
    do throws(WorkspaceError) {
      if let year {
        let row = try workspace.close(year, portfolio: context.arguments["portfolio"], now: context.now)
        context.say("\(year) is closed\(context.inPortfolio): \(row?.pieces ?? 0) parts of disposals are frozen")
      } else if context.arguments.has("differences") {
        let book = try context.viewed(workspace.book(base: context.base(workspace)))
        let rows = ClosingDifferenceRow.all(in: book)
        context.write(Document("closeDifferences", asOf: nil, currency: context.code(of: book), rows: rows))
      } else {
        let book = try context.viewed(workspace.book(base: context.base(workspace)))
        context.write(Document("close", asOf: nil, currency: context.code(of: book), rows: ClosedYearRow.all(in: book)))
      }
      return .ok
    } catch {
      throw .workspace(error)
    }
  }

  /// Lets a closed year follow the facts again.
  static let reopen = Command(
    "reopen", "let a closed year follow the facts again", usage: "YEAR [--portfolio NAME]",
    details: "What was frozen is forgotten; florin undo brings it back."
  ) { (context) throws(Failure) in
    guard let year = try context.year() else { throw .usage(.missingOperand("YEAR")) }
    let workspace = try context.workspace()
    do throws(WorkspaceError) {
      try workspace.reopen(year, portfolio: context.arguments["portfolio"], now: context.now)
      context.say("\(year) is open again\(context.inPortfolio)")
      return .ok
    } catch {
      throw .workspace(error)
    }
  }
}

extension Context {
  /// The year that is named; nil when none is.
  fileprivate func year() throws(Failure) -> Int? {
    guard let text = arguments.operands.first else { return nil }
    guard let year = Int(text), (1900...9999).contains(year) else { throw .usage(.badNumber("YEAR", text)) }
    return year
  }

  fileprivate var inPortfolio: String { arguments["portfolio"].map { " in \($0)" } ?? "" }
}
