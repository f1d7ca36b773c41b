import CLI
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
    ("set colour red", 1, "florin: not a setting: colour red: one of base, method, scope, fees, holding-months, gifts, income_policy\n"),
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
