import Amounts
import Ledger
import Reports
import Workspace

extension Command {
  private static let batch = Option("batch", "N", "this batch, whatever its place in the history (see florin imports)")

  /// Takes the last change back.
  static let undo = Command(
    "undo", "take the last change back, or the last N", usage: "[N] [--batch N]",
    details: """
      Imports, edits, settings and batches taken back: everything florin history lists, newest first. An import is taken back as a
      whole; nothing is deleted, so redo brings it again. With --batch one batch is taken back whatever came after it, which is a
      change of its own.
      """,
    options: [batch]
  ) { (context) throws(Failure) in try travel(back: true, context) }

  /// Does a change again.
  static let redo = Command(
    "redo", "do the change again that was taken back last, or the last N", usage: "[N] [--batch N]",
    details: "A new change makes what was taken back before it final.", options: [batch]
  ) { (context) throws(Failure) in try travel(back: false, context) }

  private static func travel(back: Bool, _ context: Context) throws(Failure) -> ExitCode {
    if let text = context.arguments["batch"], Int64(text).map({ $0 < 1 }) ?? true { throw .usage(.badBatch(text)) }
    var steps = 1
    if let text = context.arguments.operands.first {
      guard let count = Int(text), count >= 1 else { throw .usage(.badNumber("N", text)) }
      steps = count
    }
    let workspace = try context.workspace()
    do throws(WorkspaceError) {
      if let text = context.arguments["batch"] {
        try workspace.setReverted(back, batch: BatchID(Int64(text) ?? -1), now: context.now)
        context.say((back ? "undone: batch " : "redone: batch ") + text)
        return .ok
      }
      for done in 0..<steps {
        do throws(WorkspaceError) {
          let step = try back ? workspace.undo() : workspace.redo()
          context.say((back ? "undone: " : "redone: ") + step.title.plain)
        } catch {
          // Some steps were travelled: that is what was done, with a problem.
          if done == 0 { throw error }
          context.warn("florin: " + error.sentence)
          return .doneWithProblems
        }
      }
      return .ok
    } catch {
      throw .workspace(error)
    }
  }

  /// Every change that was made.
  static let history = Command(
    "history", "every change that was made, and which are taken back", usage: "[STEP]",
    details: "With the number of a step: every value it changed, before and after."
  ) { (context) throws(Failure) in
    let isOneStep = context.arguments.operands.first != nil
    let filter = try context.filter(isOneStep ? ChangeRow.columns : HistoryRow.columns)
    let workspace = try context.workspace()
    do throws(WorkspaceError) {
      guard let text = context.arguments.operands.first else {
        context.write(Document("history", asOf: nil, currency: nil, rows: try workspace.historyRows().filter(filter.matches)))
        return .ok
      }
      let count = try workspace.historyRows().count
      guard let step = Int(text), step >= 1, step <= count else { throw .noSuchStep(text, count: count) }
      let rows = try workspace.historyChanges(step: step).filter(filter.matches)
      context.write(Document("history", asOf: nil, currency: nil, rows: rows))
      return .ok
    } catch {
      throw .workspace(error)
    }
  }

  /// Imports that were made.
  static let imports = Command("imports", "the imports that were made, with what became of their rows") { (context) throws(Failure) in
    let workspace = try context.workspace()
    let filter = try context.filter(ImportRow.columns)
    do throws(WorkspaceError) {
      let rows = try workspace.importRows()
      context.write(Document("imports", asOf: nil, currency: nil, rows: rows.filter(filter.matches)))
      return .ok
    } catch {
      throw .workspace(error)
    }
  }

  /// Formats Florin reads.
  static let formats = Command("formats", "the file formats Florin reads, and what they are recognised by") { (context) throws(Failure) in
    let filter = try context.filter(FormatRow.columns)
    context.write(Document("formats", asOf: nil, currency: nil, rows: Workspace.formatRows.filter(filter.matches)))
    return .ok
  }

  /// Integrity.
  static let check = Command(
    "check", "whether the database is sound and the books agree with themselves",
    details: "Exit code 1 when a check fails."
  ) { (context) throws(Failure) in
    let workspace = try context.workspace()
    do throws(WorkspaceError) {
      let rows = try workspace.checkRows(asOf: context.asOf)
      context.write(Document("check", asOf: context.asOf, currency: nil, rows: rows))
      return rows.allSatisfy(\.isOK) ? .ok : .failed
    } catch {
      throw .workspace(error)
    }
  }

  /// The demo portfolio.
  static let demo = Command(
    "demo", "store a made-up portfolio to look around in",
    details:
      "Without --db it goes to demo.db in the data folder. Never into a database that has records of its own. `florin undo` takes it back."
  ) { (context) throws(Failure) in
    let workspace = try context.demoWorkspace()
    do throws(WorkspaceError) {
      let batches = try workspace.importRows().filter { !$0.isReverted }
      if batches.contains(where: { $0.source == "florin.demo" }) {
        context.say("the demo portfolio is there already: florin --db \(workspace.path)")
        return .ok
      }
      guard batches.isEmpty else { throw .notForTheDemo(workspace.path) }
      let outcome = try workspace.addDemo(today: context.asOf, now: context.now)
      context.say(
        "\(NumberText.count(outcome.eventCount)) events, \(NumberText.count(outcome.otherFacts)) other facts: florin --db \(workspace.path)"
      )
      return .ok
    } catch {
      throw .workspace(error)
    }
  }

  /// A backup put back.
  static let restore = Command(
    "restore", "put a backup in the place of the database", usage: "FILE [--force]",
    details: """
      The backup is checked first and only read. A database that holds something is replaced with --force alone, and what was there is
      kept in a file beside it, from which it can be restored in turn.
      """,
    options: [Option("force", nil, "replace a database that holds something")]
  ) { (context) throws(Failure) in
    guard let source = context.arguments.operands.first else { throw .usage(.missingOperand("FILE")) }
    let path = context.databasePath
    try context.makeDataFolder()
    do throws(WorkspaceError) {
      let kept = try Workspace.restore(path, from: source, force: context.arguments.has("force"), now: context.now)
      context.say("restored \(path) from \(source)")
      if let kept { context.say("what was there is kept in \(kept)") }
      return .ok
    } catch {
      throw .workspace(error)
    }
  }

  /// A copy of the database.
  static let backup = Command(
    "backup", "write a compact copy of the database to a new file", usage: "FILE"
  ) { (context) throws(Failure) in
    guard let target = context.arguments.operands.first else { throw .usage(.missingOperand("FILE")) }
    let workspace = try context.workspace()
    do throws(WorkspaceError) {
      try workspace.backup(to: target)
      context.say("backed up to \(target)")
      return .ok
    } catch {
      throw .workspace(error)
    }
  }
}
