import CLI
import Glibc
import TestSupport
import Testing

/// Files that are no exports, or try to do harm: what is said, the exit code, and that nothing was changed.
struct HostileFileTests {
  private static let header = "id,timestamp,type,account,asset,quantity,price,currency,gross\n"
  private static let good = "1,2024-05-02T12:00:00Z,BUY,Vault,BTC,1,100,USD,100\n"

  private static let files: [(name: String, text: String, said: String)] = [
    ("empty.csv", "", "empty: TMP/empty.csv: there is nothing to import"),
    ("nul.csv", header + "1,2024\u{0}", "not a text file: TMP/nul.csv: byte 68 is binary: export it as CSV or JSON"),
    ("unknown.csv", "foo,bar\n1,2\n", "unknown format: TMP/unknown.csv:1: columns foo, bar: see florin formats"),
    (
      "long.csv", String(repeating: "a", count: 90_000),
      "unknown format: TMP/long.csv:1: columns \(String(repeating: "a", count: 40))…: see florin formats"
    ),
    ("numbers.csv", "1,2\n3,4\n", "unknown format: TMP/numbers.csv:1: no names of columns were found: see florin formats"),
    (
      "cut.json", "{\"format\":\"florin.events.v1\",\"rows\":[{\"id\":\"1\"}",
      "not JSON: TMP/cut.json:1: byte 47: the text ends in the middle: fix the file"
    ),
    (
      "deep.json", String(repeating: "[", count: 100_000),
      "not JSON: TMP/deep.json:1: byte 200: nested deeper than 200: fix the file"
    ),
    (
      "commas.csv", header + String(repeating: ",", count: 400_000),
      "not a table: TMP/commas.csv:2: more than 50000 cells: export it as CSV with the right delimiter"
    ),
    (
      "quotes.csv", header + String(repeating: "\"", count: 17 << 20),
      "a record without an end: TMP/quotes.csv:2: longer than 16777216 bytes: a quote may be missing"
    ),
    (
      "dates.csv", header + good.split(separator: "2024-05-02T12:00:00Z").joined(separator: "9999-99-99"),
      "nothing to import: TMP/dates.csv: all 1 rows are problems, the first: line 2: timestamp: \"9999-99-99\" is not a time of the form "
        + "YYYY-MM-DDTHH:MM:SSZ or YYYY-MM-DD: check the format with --as, nothing was changed"
    ),
  ]

  @Test func aFileThatIsNoExportIsRefusedAndNothingChanges() throws {
    let rig = Rig("hostile")
    #expect(rig.run("import \(try rig.file("good.csv", HostileFileTests.header + HostileFileTests.good))").code == .ok)
    let before = rig.run("events --format json").output + rig.run("imports --format json").output
    for (name, text, said) in HostileFileTests.files {
      let answer = rig.run("import \(try rig.file(name, text))")
      #expect(answer.code == .failed, "\(name)")
      #expect(answer.errors == "florin: \(said)\n")
      #expect(answer.output.isEmpty)
    }
    mkdir(rig.folder + "/folder.csv", 0o700)
    #expect(rig.run("import \(rig.folder)/folder.csv").errors == "florin: a folder: TMP/folder.csv: name the files in it\n")
    #expect(rig.run("events --format json").output + rig.run("imports --format json").output == before)
  }

  @Test func anImpossibleNumberIsAProblemOfItsRowAlone() throws {
    let rig = Rig("numbers")
    let cells = ["1e999999", "1e-999999", "inf", "0x10", "1.2.3", String(repeating: "9", count: 41), "-1"]
    let rows = cells.map { "2,2024-05-02T12:00:00Z,BUY,Vault,BTC,\($0),100,USD,100\n" }.joined()
    let answer = rig.run("import \(try rig.file("n.csv", HostileFileTests.header + HostileFileTests.good + rows))")
    #expect(answer.code == .doneWithProblems)
    #expect(answer.output.contains("8 rows: 1 imported, 0 duplicate, 0 ignored, 7 problem"))
    #expect(answer.errors.contains("TMP/n.csv:3: quantity: \"1e999999\" has more digits than 38\n"))
    #expect(rig.run("check").code == .ok)
  }

  @Test func escapeSequencesAndFormulasArriveHarmless() throws {
    let rig = Rig("escape")
    let rows =
      "1,2024-05-02T12:00:00Z,BUY,\u{1B}]0;pwn\u{7}Vault,\u{1B}[31mEVIL\u{202E},1,100,USD,100\n2,2024-05-02T12:00:00Z,BUY,Vault,=SUM(A1),1,1,USD,1\n"
    #expect(rig.run("import \(try rig.file("e.csv", HostileFileTests.header + rows))").code == .ok)
    for line in [
      "holdings", "holdings --format csv", "holdings --format json", "events", "events --format csv", "explain value", "accounts",
    ] {
      let answer = rig.run(line)
      #expect(!answer.output.unicodeScalars.contains { ["\u{1B}", "\u{7}", "\u{202E}"].contains($0) }, "\(line)")
    }
    #expect(rig.run("holdings --format csv").output.contains("'=SUM(A1)"))
    #expect(rig.run("holdings --format json").output.contains("\"\\u001b[31mEVIL\\u202e\""))
  }

  @Test func aFileThatCannotBeReadDoesNotHinderTheOthers() throws {
    let rig = Rig("several")
    let good = try rig.file("good.csv", HostileFileTests.header + HostileFileTests.good)
    let answer = rig.run("import \(rig.folder)/missing.csv \(good)")
    #expect(answer.code == .doneWithProblems)
    #expect(answer.errors == "florin: cannot read: TMP/missing.csv: No such file or directory: check the path\n")
    #expect(answer.output.contains("1 imported"))
    #expect(rig.run("import \(rig.folder)/missing.csv \(rig.folder)/gone.csv").code == .failed)
  }

  @Test func theWrongFormatIsSaidToBeWrong() throws {
    let rig = Rig("as")
    let good = try rig.file("good.csv", HostileFileTests.header + HostileFileTests.good)
    let answer = rig.run("import \(good) --as florin.prices")
    #expect(answer.code == .failed)
    #expect(answer.errors.contains("not a florin.prices file: TMP/good.csv: columns id, timestamp,"))
    #expect(rig.run("import \(good) --as kraken").errors.hasSuffix(": try without --as\n"))
  }

  @Test func theDemoNeverEntersABookOfOnesOwn() throws {
    let rig = Rig("demo")
    #expect(rig.run("import \(try rig.file("good.csv", HostileFileTests.header + HostileFileTests.good))").code == .ok)
    let before = rig.run("events --format json").output
    // FLORIN_DB names the user's database: the demo does not go there.
    #expect(rig.run("demo").output.hasSuffix("florin --db \(rig.folder)/.local/share/florin/demo.db\n"))
    let named = rig.run("demo --db \(rig.folder)/florin.db")
    #expect(named.code == .failed)
    #expect(named.errors == "florin: not empty: TMP/florin.db: the demo goes into a new database: name one with --db FILE\n")
    #expect(rig.run("events --format json").output == before)
    let fresh = rig.run("demo --db \(rig.folder)/fresh.db")
    #expect(fresh.code == .ok, "\(fresh.errors)")
  }

  @Test func aNameWithoutEndIsAProblem() throws {
    let rig = Rig("name")
    let rows = HostileFileTests.good + "2,2024-05-02T12:00:00Z,BUY,Vault,\(String(repeating: "B", count: 100_000)),1,100,USD,100\n"
    let answer = rig.run("import \(try rig.file("n.csv", HostileFileTests.header + rows))")
    #expect(answer.code == .doneWithProblems)
    #expect(answer.errors.hasSuffix("...\" has a name of more than 256 bytes\n"))
    #expect(answer.errors.utf8.count < 400)
  }

  @Test func undoLeavesNoAccountBehind() throws {
    let rig = Rig("account")
    #expect(rig.run("import \(try rig.file("good.csv", HostileFileTests.header + HostileFileTests.good))").code == .ok)
    let before = rig.run("accounts").output
    let other = HostileFileTests.good.split(separator: "Vault").joined(separator: "Cellar")
    #expect(rig.run("import \(try rig.file("other.csv", HostileFileTests.header + other))").code == .ok)
    #expect(rig.run("accounts").output.contains("Cellar"))
    #expect(rig.run("undo").code == .ok)
    #expect(rig.run("accounts").output == before)
  }

  @Test func aBackupNeverOverwrites() throws {
    let rig = Rig("backup")
    let taken = try rig.file("taken.db", "mine")
    #expect(rig.run("backup \(taken)").errors == "florin: there is a file already: TMP/taken.db: name a new one; nothing was changed\n")
    #expect(try readText(taken) == "mine")
  }
}
