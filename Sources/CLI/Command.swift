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
    .overview, .holdings, .lots, .gains, .trades, .basis, .income, .charges, .nav, .allocation, .performance, .restrictions, .events,
    .issues,
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

  /// Where to look for what.
  private static let tasks = """
    how to:
        see what may be sold, and when        florin restrictions; florin restrictions --on 2027-01-01
        see the gain of a year by term        florin gains --by term --filter disposed:2025
        see what was paid this year           florin income --by asset --filter pay:2026
        try a sale before it is made          florin whatif sell BTC 0.5
        change the lot method, from a day on  florin set method hifo --from 2026-01-01; florin help rules
        freeze a year that was declared       florin close 2025; florin reopen 2025
        join a withdrawal with its deposit    florin transfers --unmatched; florin link 12 13
        mend what is missing                  florin issues; florin add price asset=BTC date=2026-01-05 price=90000 currency=USD
        take back anything                    florin history; florin undo
        see where a figure comes from         florin explain gains/2025; florin help explain

    """

  /// The help page of the program.
  static var overallHelp: String {
    let width = all.map(\.name.count).max() ?? 0
    var text = "florin - a portfolio tracker for security tokens, utility tokens and crypto\n\n"
    text += "usage: florin                      open the app\n       florin COMMAND [options]    do one thing\n\ncommands:\n"
    for command in all {
      text += "  " + command.name + String(repeating: " ", count: width - command.name.count + 2) + command.summary + "\n"
    }
    text += "\n`florin COMMAND --help` says more.\n\n" + tasks + "\noptions of every command:\n" + list(common)
    return text + "\nexit codes: 0 done, 1 failed and nothing changed, 2 not understood, 3 done with problems\n"
  }
}
