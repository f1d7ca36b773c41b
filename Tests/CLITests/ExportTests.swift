import CLI
import Disk
import Glibc
import TestSupport
import Testing

/// Leaving with everything, coming back with everything; settings that can be undone.
struct ExportTests {
  @Test func theFilesImportOneByOneInTheirOrder() throws {
    let rig = try CommandTests.tower("export")
    let answer = rig.run("export \(rig.folder)/out")
    #expect(answer.code == .ok, "\(answer.errors)")
    let other = Rig("export-back")
    for line in answer.output.split(separator: "\n") where !line.hasSuffix(": 0 rows") {
      let file = line.prefix { $0 != ":" }
      let imported = other.run("import \(file)")
      #expect(imported.code == .ok, "\(file): \(imported.errors)\(imported.output)")
    }
    #expect(ExportLawTests.told(other) == ExportLawTests.told(rig))
    #expect(rig.run("export \(rig.folder)/out").code == .failed)
  }

  @Test func anExportIsWholeOrNotThere() throws {
    let rig = try CommandTests.tower("export-whole")
    // A folder with something in it is not written into.
    let taken = rig.folder + "/taken"
    #expect(mkdir(taken, 0o700) == 0)
    _ = try rig.file("taken/notes.txt", "mine")
    #expect(rig.run("export \(taken)").errors == "florin: cannot write: TMP/taken: Directory not empty: choose another place\n")
    #expect(Disk.names(in: taken) == ["notes.txt"])
    // An empty one is taken, and is then an export with a list of its files.
    let empty = rig.folder + "/empty"
    #expect(mkdir(empty, 0o700) == 0)
    #expect(rig.run("export \(empty)/").code == .ok)
    #expect(Disk.names(in: empty)?.contains("manifest.csv") == true)
    #expect(rig.names.filter { $0.contains(".part") }.isEmpty)
  }

  @Test func aTornOrEditedExportIsNamedAndNotImported() throws {
    let rig = try CommandTests.tower("export-torn")
    func exported(_ name: String) -> String {
      #expect(rig.run("export \(rig.folder)/\(name)").code == .ok)
      return rig.folder + "/" + name
    }
    let torn = exported("torn")
    let text = try readText(torn + "/events.csv")
    try writeText(String(text.prefix(text.count - 30)), to: torn + "/events.csv")
    let missing = exported("missing")
    #expect(unlink(missing + "/prices.csv") == 0)
    let edited = exported("edited")
    try writeText(try readText(edited + "/accounts.csv") + "Other,wallet,,\n", to: edited + "/accounts.csv")
    let noList = exported("list")
    try writeText("file,rows\n", to: noList + "/manifest.csv")
    for (folder, told) in [
      (torn, "torn/events.csv: the file is torn or was edited"), (missing, "missing/prices.csv: the file is missing"),
      (edited, "edited/accounts.csv: the file is torn or was edited"), (noList, "list/manifest.csv: the list of the export is damaged"),
    ] {
      let other = Rig("export-torn-into")
      let answer = other.run("import \(folder)")
      #expect(answer.code == .failed)
      #expect(answer.errors.contains(told) && answer.errors.hasPrefix("florin: not as it was exported: "), "\(answer.errors)")
      #expect(other.run("history --format csv").output.split(separator: "\n").count == 1)
      // Who edited on purpose says so.
      #expect(unlink(folder + "/manifest.csv") == 0)
      if folder == edited { #expect(other.run("import \(folder)").code == .ok) }
    }
  }

  @Test func aSettingChangesReportsAndCanBeUndone() throws {
    let rig = try CommandTests.tower("set")
    #expect(rig.run("set holding-months 3").code == .ok)
    #expect(rig.run("lots --format csv").output.contains(",long,"))
    #expect(rig.run("undo").output == "undone: set holding-months 3\n")
    #expect(rig.run("lots --format csv").output.contains(",short,"))
    #expect(rig.run("redo").code == .ok)
    #expect(rig.run("set --format csv").output.contains("holding-months,3,false,"))
  }

  @Test func lotsAreMatchedAsSetOrAsAskedFor() throws {
    let rig = try CommandTests.tower("matching")
    for command in ["gains", "lots", "holdings"] {
      let asked = rig.run("\(command) --method hifo --scope global --fees separate --format csv")
      #expect(asked.code == .ok)
      for setting in ["method hifo", "scope global", "fees separate"] { #expect(rig.run("set \(setting)").code == .ok) }
      #expect(rig.run("\(command) --format csv").output == asked.output)
      #expect(rig.run("\(command) --method newest").code == .usage)
      for _ in 0..<3 { #expect(rig.run("undo").code == .ok) }
    }
  }

  @Test(arguments: [
    (
      "set colour red", 1,
      "florin: not a setting: colour red: one of base, method, scope, fees, holding-months, gifts, income_policy, assumed_openings, trade_prices\n"
    ),
    ("set fees free", 1, "florin: not a setting: fees free: one of capitalized, separate\n"),
    ("set holding-months 999", 1, "florin: not a setting: holding-months 999: one of 0 to 240\n"),
    ("set base QQQ", 1, "florin: unknown currency: QQQ: import a file that uses it, or say a code such as USD\n"),
    ("set base", 2, "florin: something is missing: VALUE: see --help\n"),
  ]) func badSettings(_ line: String, _ code: Int32, _ said: String) {
    let answer = Rig("badset").run(line)
    #expect(answer.code.rawValue == code)
    #expect(answer.errors == said)
  }
}
