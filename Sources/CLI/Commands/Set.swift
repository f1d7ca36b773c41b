import Amounts
import Reports
import Workspace

extension Command {
  /// Settings.
  static let set = Command(
    "set", "show the settings, or change one", usage: "[KEY VALUE] [--from DATE] [--portfolio NAME]",
    details: Setting.allCases.map { setting in
      "\(setting.rawValue): \(setting.help)" + (setting.allowed.isEmpty ? "" : " (\(setting.allowed.joined(separator: ", ")))")
    }.joined(separator: "\n") + "\n"
      + """
      method, scope and fees may hold from a day on, and for one portfolio: florin set method lifo --from 2025-01-01 [--portfolio NAME].
      florin rules lists such rules. A change can be undone like any other.
      """,
    options: [Option("from", "DATE", "the first day it holds (method, scope, fees)")]
  ) { (context) throws(Failure) in
    let words = context.arguments.operands
    if words.count == 1 { throw .usage(.missingOperand("VALUE")) }
    let scope: RuleScope
    do throws(UsageError) {
      scope = RuleScope(from: try Context.day(context.arguments["from"], option: "--from"), portfolio: context.arguments["portfolio"])
    } catch {
      throw .usage(error)
    }
    let workspace = try context.workspace()
    do throws(WorkspaceError) {
      if words.count == 2 {
        try workspace.set(words[0], to: words[1], scope, now: context.now)
        context.say("\(words[0]) is \(words[1])\(scope.words)")
      } else {
        context.write(Document("settings", asOf: nil, currency: nil, rows: try workspace.settingRows()))
      }
      return .ok
    } catch {
      throw .workspace(error)
    }
  }

  /// Everything as files.
  static let export = Command(
    "export", "write everything as Florin's own CSV files into a folder", usage: "FOLDER",
    details: """
      florin import FOLDER into an empty database gives the same reports, byte for byte. Existing files are not overwritten. Dates
      without a time are those of --timezone, so a zone that is given here is to be given there too.
      Beside the files of facts, settings.csv holds settings, portfolios and lot rules (key, value, portfolio, from), closings.csv the
      closed years with the lots and gains they froze, links.csv the two sides of every linked transfer. Assets and events are written
      with Florin's own numbers (columns id and event), which chosen lots, locks and closed years go by; an import keeps numbers that are
      free, and where one is taken what goes by it follows.
      Not written: files as they were, with what was imported, edited and undone when. florin backup keeps those too.
      """
  ) { (context) throws(Failure) in
    guard let folder = context.arguments.operands.first else { throw .usage(.missingOperand("FOLDER")) }
    let workspace = try context.workspace()
    do throws(WorkspaceError) {
      for (file, rows) in try workspace.export(to: folder) { context.say("\(file): \(NumberText.count(rows)) rows") }
      return .ok
    } catch {
      throw .workspace(error)
    }
  }
}
