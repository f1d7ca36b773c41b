import Reports

/// A verb of the command line.
struct Command: Sendable {
  /// What is typed.
  let name: String
  /// One line for the list of commands.
  let summary: String
  /// The operands and own options as help shows them.
  let usage: String
  /// What help says beyond the summary.
  let details: String
  /// Its own options.
  let options: [Option]
  /// Words its operands can be, for completion; empty means files.
  let words: [String]
  /// Does the work.
  let run: @Sendable (Context) throws(Failure) -> ExitCode

  init(
    _ name: String, _ summary: String, usage: String = "", details: String = "", options: [Option] = [],
    words: [String] = [],
    run: @escaping @Sendable (Context) throws(Failure) -> ExitCode
  ) {
    self.name = name
    self.summary = summary
    self.usage = usage
    self.details = details
    self.options = options
    self.words = words
    self.run = run
  }

  /// All commands, in the order help lists them.
  static let all: [Command] = [
    .overview, .holdings, .lots, .gains, .trades, .basis, .income, .nav, .allocation, .performance, .restrictions, .events, .issues,
    .explain,
    .assets,
    .accounts, .plans, .import, .transfers, .link, .unlink, .add, .edit, .delete, .history, .undo, .redo, .imports, .formats, .check, .demo,
    .export, .backup, .restore, .set, .rules, .portfolios, .whatIf, .writeOff, .close, .reopen, .completion, .man,
  ]

  /// How many operands it takes, as its usage line says; nil means any number.
  var operands: Int? {
    let words = usage.split(separator: " ").prefix { !$0.hasPrefix("[--") }
    return words.contains { $0.hasSuffix("...") } ? nil : words.count
  }

  /// Options every command takes.
  static let common: [Option] = [
    Option("db", "FILE", "the database (FLORIN_DB; default: florin/florin.db in the data folder)"),
    Option("format", "FORM", "table, csv or json", allowed: ["table", "csv", "json"]),
    Option("as-of", "DATE", "what was true at the end of this day (default: today)"),
    Option("filter", "TEXT", "only rows that match: words, field:value, field>n, -term, a|b"),
    Option("currency", "CODE", "the currency of totals"),
    Option("portfolio", "NAMES", "only the accounts of these portfolios: names with commas between"),
    Option("timezone", "ZONE", "the zone of days, months and years (default: UTC)"),
    Option("now", "INSTANT", "replaces the clock (FLORIN_NOW)"),
    Option("section", "NAME", "rows (default) or summary: the totals alone", allowed: ["rows", "summary"]),
    Option("help", nil, "this help"),
  ]

  /// The help page.
  var help: String {
    var text = "florin \(name) - \(summary)\n\nusage: florin \(name)\(usage.isEmpty ? "" : " " + usage) [options]\n"
    if !details.isEmpty { text += "\n" + details + "\n" }
    if !options.isEmpty { text += "\noptions:\n" + Command.list(options) }
    return text + "\noptions of every command:\n" + Command.list(Command.common)
  }

  private static func list(_ options: [Option]) -> String {
    let heads = options.map { "  --" + $0.name + ($0.placeholder.map { " " + $0 } ?? "") }
    let width = heads.map(\.count).max() ?? 0
    var text = ""
    for (head, option) in zip(heads, options) {
      text += head + String(repeating: " ", count: width - head.count + 2) + option.help + "\n"
    }
    return text
  }

  /// The help page of the program.
  static var overallHelp: String {
    let width = all.map(\.name.count).max() ?? 0
    var text = "florin - a portfolio tracker for security tokens, utility tokens and crypto\n\n"
    text += "usage: florin                      open the app\n       florin COMMAND [options]    do one thing\n\ncommands:\n"
    for command in all {
      text += "  " + command.name + String(repeating: " ", count: width - command.name.count + 2) + command.summary + "\n"
    }
    text += "\n`florin COMMAND --help` says more.\n\noptions of every command:\n" + list(common)
    return text + "\nexit codes: 0 done, 1 failed and nothing changed, 2 not understood, 3 done with problems\n"
  }
}
