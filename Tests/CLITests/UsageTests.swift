import CLI
import TestSupport
import Testing

/// What is said when a command line is not understood: what, where, the value, what to do.
struct UsageTests {
  @Test(arguments: [
    ("hodlings", 2, "florin: unknown command: hodlings: did you mean holdings?\n"),
    ("frobnicate", 2, "florin: unknown command: frobnicate: see florin --help\n"),
    ("holdings --fromat json", 2, "florin: unknown option: --fromat: did you mean --format?\n"),
    ("holdings --format jsn", 2, "florin: a value the option does not take: --format jsn: did you mean json? one of table, csv, json\n"),
    ("holdings --format", 2, "florin: an option without its value: --format: say --format FORM\n"),
    ("holdings --closed=yes", 2, "florin: a switch takes no value: --closed=yes: say --closed\n"),
    ("holdings --as-of yesterday", 2, "florin: not a date: --as-of yesterday: write YYYY-MM-DD\n"),
    ("holdings --as-of 2023-02-29", 2, "florin: not a date: --as-of 2023-02-29: write YYYY-MM-DD\n"),
    ("holdings --now noon", 2, "florin: not an instant: --now noon: write 2024-03-01T12:00:00Z\n"),
    ("holdings --timezone Nowhere", 2, "florin: unknown time zone: --timezone Nowhere: write a name such as Europe/Amsterdam\n"),
    ("import", 2, "florin: something is missing: FILE: see --help\n"),
    ("holdings --currency XXQ", 1, "florin: unknown currency: XXQ: import a file that uses it, or say a code such as USD\n"),
    ("undo", 1, "florin: nothing to undo: every change is taken back already\n"),
    ("import x.csv --as nope", 2, "florin: no such format: --as nope: see florin formats\n"),
    ("import x.csv --as krak", 2, "florin: no such format: --as krak: did you mean kraken.ledgers.v1?\n"),
    (
      "performance --from 2024-05-02 --to 2024-05-01", 2,
      "florin: nothing between the two: --from 2024-05-02 is after --to 2024-05-01: turn the dates round\n"
    ),
    ("performance --by month", 2, "florin: a value the option does not take: --by month: one of portfolio, account, asset, class\n"),
    ("performance --risk-free -1", 2, "florin: not a number: --risk-free -1: write digits such as 0.035\n"),
    ("performance --benchmark NOPE", 1, "florin: unknown asset: NOPE: see florin assets\n"),
    ("undo --batch x", 2, "florin: not the number of a batch: --batch x: see florin imports\n"),
    ("holdings extra", 2, "florin: one word too many: extra: see --help\n"),
    ("backup a.db b.db", 2, "florin: one word too many: b.db: see --help\n"),
    ("--frobnicate", 2, "florin: unknown option: --frobnicate: see --help\n"),
    ("--currncy", 2, "florin: unknown option: --currncy: did you mean --currency?\n"),
    (
      "holdings --currency \u{1B}[31m", 1, "florin: unknown currency: \u{FFFD}[31m: import a file that uses it, or say a code such as USD\n"
    ),
    ("undo --batch 77", 1, "florin: no such batch: 77: see florin imports\n"),
    ("import /nowhere/file.csv", 1, "florin: cannot read: /nowhere/file.csv: No such file or directory: check the path\n"),
  ]) func mistake(_ line: String, _ code: Int32, _ said: String) {
    let answer = Rig("usage").run(line)
    #expect(answer.code.rawValue == code)
    #expect(answer.errors == said)
    #expect(answer.output.isEmpty)
  }

  @Test func anUnknownFilterFieldIsNamed() {
    let answer = Rig("field").run("holdings --filter 'clas>3 vlaue>4'")
    #expect(answer.code == .usage)
    #expect(answer.errors.hasPrefix("florin: a field the report does not have: --filter vlaue: did you mean value? one of asset, class,"))
  }

  @Test func helpIsForEveryCommand() {
    let rig = Rig("help")
    let all = rig.run("--help")
    #expect(all.code == .ok)
    for line in all.output.split(separator: "\n") where line.hasPrefix("  ") && !line.hasPrefix("  --") && !line.hasPrefix("   ") {
      guard let name = line.split(separator: " ").first else { continue }
      let answer = rig.run("\(name) --help")
      #expect(answer.code == .ok)
      #expect(answer.output.hasPrefix("florin \(name) - "))
    }
    #expect(rig.run("--version").output == "florin \(CommandLineTool.version)\n")
    #expect(rig.run("").code == .usage)
  }

  @Test(arguments: ["completion bash", "completion zsh", "completion fish", "man"])
  func completionAndManualKnowEveryCommandAndItsOptions(_ line: String) {
    let rig = Rig("completion")
    let said = rig.run(line).output.split(separator: "\\").joined()
    for row in rig.run("--help").output.split(separator: "\n") where row.hasPrefix("  ") && !row.hasPrefix("   ") {
      guard let word = row.split(separator: " ").first else { continue }
      if word.hasPrefix("--") { continue }
      #expect(said.contains(word))
      for option in rig.run("\(word) --help").output.split(separator: "\n") where option.hasPrefix("  --") {
        guard let name = option.split(separator: " ").first else { continue }
        #expect(said.contains(line.hasSuffix("fish") ? "-l \(name.dropFirst(2))" : name))
      }
    }
  }

  @Test func onlyACommandKeepsTheAppClosed() {
    #expect(CommandLineTool.opensApp([]))
    #expect(CommandLineTool.opensApp(["--db", "x.db"]))
    #expect(!CommandLineTool.opensApp(["holdings"]))
    #expect(!CommandLineTool.opensApp(["--db", "x.db", "holdings"]))
    #expect(!CommandLineTool.opensApp(["--help"]))
  }
}
