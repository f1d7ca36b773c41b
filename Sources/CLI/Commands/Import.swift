import Amounts
import Importers
import Ledger
import Reports
import Workspace

extension Command {
  /// Imports files.
  static let `import` = Command(
    "import", "import files of exchanges, brokers, wallets and token platforms",
    usage: "FILE|FOLDER... [--dry-run] [--as FORMAT] [--account NAME]",
    details: """
      The format is found by content. Every row ends as imported, duplicate, changed, ignored or problem; the same file twice
      changes nothing, however its rows are printed. A row is changed when its exporter's id is known with another content: it is shown
      old beside new and left alone, or with --update put in the place of what it was. A file is one batch: `florin undo` takes it back whole. Exit code 3 when some rows are problems, 1 when all are.
      Of several files each is a batch; those that cannot be read are named, and the exit code is 3 when others were imported.
      A folder that florin export wrote is imported as a whole: into an empty database everything comes as it was, with settings, lot
      rules, portfolios, closed years and linked transfers, and one florin undo takes it back.
      Times without a zone are read in --timezone, amounts without a currency in --currency.
      """,
    options: [
      Option("dry-run", nil, "show what would happen and change nothing"),
      Option("update", nil, "put rows that changed since they were imported in the place of what they were"),
      Option("as", "FORMAT", "read the file as this format (see florin formats)"),
      Option("account", "NAME", "the account of rows that name none"),
      Option("decimal-comma", "ANSWER", "whether 1,234 is one and a bit", allowed: ["yes", "no"]),
      Option("day-first", "ANSWER", "whether 5/9 is the fifth of September", allowed: ["yes", "no"]),
      Option("asset", "SYMBOL", "the asset of a series that names none"),
    ]
  ) { (context) throws(Failure) in
    if context.arguments.operands.isEmpty { throw .usage(.missingOperand("FILE")) }
    if let source = context.arguments["as"], !source.isEmpty, !Registry.all.contains(where: { $0.isMeant(by: source) }) {
      let ids = Registry.all.map(\.id)
      throw .usage(
        .unknownFormat(source, nearest: Nearest.name(to: source, among: ids) ?? ids.first { $0.hasPrefix(source.prefix(4).lowercased()) }))
    }
    let workspace = try context.workspace()
    var code = ExitCode.ok
    let files = context.arguments.operands
    var failures = 0
    for file in files {
      let outcomes: [ImportOutcome]
      do throws(Failure) {
        outcomes = try importAny(file, workspace, context)
      } catch {
        // Each file is a batch of its own: one that cannot be read does not hinder the others.
        failures += 1
        if failures == files.count { throw error }
        context.warn("florin: " + Describe.failure(error).plain)
        continue
      }
      for outcome in outcomes {
        if outcome.problem > 0 { code = .doneWithProblems }
        if context.arguments["format"] == "json" { context.write(outcome.document) } else { tell(outcome, context) }
      }
    }
    return failures == 0 ? code : .doneWithProblems
  }

  private static func importAny(_ file: String, _ workspace: Workspace, _ context: Context) throws(Failure) -> [ImportOutcome] {
    let isFolder = file != "-" && Workspace.isExport(file)
    if !isFolder { return [try importFile(file, workspace, context)] }
    do throws(WorkspaceError) {
      var options = ImportOptions()
      options.zone = context.zone
      return try workspace.importFolder(file, options: options, isDryRun: context.arguments.has("dry-run"), now: context.now)
    } catch {
      throw .workspace(error)
    }
  }

  private static func importFile(_ file: String, _ workspace: Workspace, _ context: Context) throws(Failure) -> ImportOutcome {
    var options = ImportOptions()
    options.source = context.arguments["as"].flatMap { $0.isEmpty ? nil : $0 }
    options.account = context.arguments["account"].flatMap { $0.isEmpty ? nil : $0 }
    options.zone = context.zone
    options.decimalComma = context.arguments["decimal-comma"].map { $0 == "yes" }
    options.dayFirst = context.arguments["day-first"].map { $0 == "yes" }
    options.currency = context.arguments["currency"]
    options.asset = context.arguments["asset"]
    options.day = context.zone.day(of: context.now)
    var request = ImportRequest(.file(file == "-" ? "/dev/stdin" : file), options: options, now: context.now)
    request.isDryRun = context.arguments.has("dry-run")
    request.updatesChanged = context.arguments.has("update")
    request.wantsEvents = context.arguments["format"] == "json"
    var lastPercent = -1
    do throws(WorkspaceError) {
      let outcome = try workspace.importFile(request) { progress in
        guard context.showsProgress, let total = progress.bytesTotal, total > 0 else { return true }
        let percent = progress.bytes * 100 / total
        if percent != lastPercent {
          lastPercent = percent
          context.tell("\r\(NumberText.count(progress.rows)) rows, \(percent) %")
        }
        return true
      }
      if lastPercent >= 0 { context.tell("\r\u{1B}[K") }
      return outcome
    } catch {
      if lastPercent >= 0 { context.tell("\r\u{1B}[K") }
      if case .nothingUsable(let file, let problems) = error, problems.count > 1 { tell(problems, of: file, context) }
      throw .workspace(error)
    }
  }

  private static func tell(_ outcome: ImportOutcome, _ context: Context) {
    func count(_ number: Int) -> String { NumberText.count(number) }
    let verb = context.arguments.has("dry-run") ? "would import" : "imported"
    context.say(
      "\(outcome.file.plain): \(outcome.source): \(count(outcome.total)) rows: \(count(outcome.imported)) \(verb), "
        + "\(count(outcome.duplicate)) duplicate, " + (outcome.changed > 0 ? "\(count(outcome.changed)) changed, " : "")
        + "\(count(outcome.ignored)) ignored, \(count(outcome.problem)) problem")
    if outcome.linked > 0 { context.say("\(count(outcome.linked)) transfers linked by their transaction hash") }
    for change in outcome.changes.prefix(50) {
      let fields = change.fields.map { "\($0[0]) \($0[1].isEmpty ? "nothing" : $0[1]) -> \($0[2].isEmpty ? "nothing" : $0[2])" }
      let why = change.isOpen ? "" : " (event \(change.event.raw) was edited, deleted or linked since and stays as it is)"
      context.warn("\(outcome.file):\(change.line): changed: \(fields.joined(separator: ", "))\(why)".plain)
    }
    if outcome.changes.count > 50 { context.warn("and \(count(outcome.changes.count - 50)) more changed rows; --format json lists them") }
    if outcome.updated > 0 {
      context.say(
        "\(count(outcome.updated)) events \(context.arguments.has("dry-run") ? "would be " : "")replaced by what their rows say now")
    } else if outcome.changes.contains(where: \.isOpen) {
      context.say("changed rows are not imported; --update puts them in the place of what they were")
    }
    for note in outcome.notes.prefix(10) {
      context.warn("\(outcome.file):\(note.line > 0 ? "\(note.line):" : "") note: \(note.reason)".plain)
    }
    if outcome.notes.count > 10 { context.warn("and \(count(outcome.notes.count - 10)) more notes; --format json lists them") }
    tell(outcome.problems, of: outcome.file, context)
    if outcome.problem > 50 { context.warn("and \(count(outcome.problem - 50)) more problem rows; --format json lists them") }
  }

  private static func tell(_ problems: [RowProblem], of file: String, _ context: Context) {
    for problem in problems.prefix(50) {
      let place = "\(file):\(problem.line):" + (problem.column.map { " \($0):" } ?? "")
      let raw = problem.raw.isEmpty ? "" : " \"\(problem.raw)\""
      context.warn("\(place)\(raw) \(problem.reason)".plain)
    }
  }
}
