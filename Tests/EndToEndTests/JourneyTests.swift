import Glibc
import TestSupport
import Testing

/// What a person does from an empty database on: import, look, take back, come back, with keys and with the mouse.
@Suite(.enabled(if: EndToEnd.isPossible), .serialized)
struct JourneyTests {
  /// The invented export of an exchange: a deposit, two purchases, a reward, and a row nobody understands.
  private static let kraken = """
    "txid","refid","time","type","subtype","aclass","asset","amount","fee","balance"
    "L1","R1","2026-01-02 10:00:00","deposit","","currency","ZEUR","5000.0000","0.0000","5000.0000"
    "L2","R2","2026-01-03 11:00:00","trade","","currency","ZEUR","-2000.0000","5.2000","2994.8000"
    "L3","R2","2026-01-03 11:00:00","trade","","currency","XXBT","0.0500000000","0.0000000000","0.0500000000"
    "L4","R3","2026-02-05 09:30:00","trade","","currency","ZEUR","-1000.0000","2.6000","1992.2000"
    "L5","R3","2026-02-05 09:30:00","trade","","currency","XETH","0.4500000000","0.0000000000","0.4500000000"
    "L6","R4","2026-03-01 00:00:00","staking","","currency","XETH","0.0012000000","0.0000000000","0.4512000000"
    "L7","R5","2026-03-05 08:00:00","nonsense","","currency","XXBT","-0.0100000000","0.0001000000","0.0399000000"

    """

  /// The app on a database of its own, in a folder with the exchange's file.
  private func empty(columns: Int = 100, rows: Int = 30) throws -> TmuxScreen {
    let screen = try TmuxScreen(columns: columns, rows: rows)
    try writeText(JourneyTests.kraken, to: screen.home + "/kraken.csv")
    try start(screen)
    return screen
  }

  private func start(_ screen: TmuxScreen) throws {
    try screen.enter("cd $HOME; export FLORIN_DB=$HOME/my.db FLORIN_NOW=2026-11-20T12:00:00Z")
    try screen.florin("")
    try screen.wait(for: "Overview")
  }

  /// Imports the exchange's file through the prompt.
  private func importKraken(_ screen: TmuxScreen) throws {
    try screen.press(":")
    try screen.type("import kraken.csv")
    try screen.press("Enter")
    try screen.wait(for: "6 new rows")
    try screen.press("Enter")
    try screen.wait("the batch") { $0.contains("applied") && $0.contains("6 rows imported") }
  }

  @Test func aFileIsShownImportedKnownAgainTakenBackAndApplied() throws {
    let screen = try empty()
    try screen.wait(for: "This database is empty")
    try screen.press("i")
    try screen.wait(for: "kraken.csv")
    try screen.press("Enter")
    let preview = try screen.wait(for: "nothing is changed yet")
    #expect(preview.contains("6 new rows → 4 events") && preview.contains("! 1 problem") && preview.contains("Kraken ledgers"))
    try screen.press("Tab")
    try screen.wait(for: "\"nonsense\" is not one of")
    try screen.press("Enter")
    try screen.wait("the batch") { $0.contains("applied") && $0.contains("6 rows imported") }
    try screen.press("2")
    try screen.wait("what was bought") { $0.contains("BTC") && $0.contains("0.4512") && $0.contains("1,992.2") }

    try screen.press("i")
    try screen.wait(for: "Enter preview")
    try screen.press("Enter")
    try screen.wait(for: "6 known already")
    try screen.press("Enter")
    try screen.wait(for: "nothing new in this file")

    try screen.press("0")
    try screen.wait(for: "applied")
    try screen.press("x")
    try screen.wait(for: "Take back batch 1?")
    try screen.press("Enter")
    try screen.wait(for: "reverted")
    try screen.press("2")
    try screen.wait("no holdings") { !$0.contains("0.4512") }
    try screen.press("0", "x")
    try screen.wait(for: "Apply batch 1?")
    try screen.press("Enter")
    try screen.wait(for: "✓ applied")
    try screen.press("2")
    try screen.wait(for: "0.4512")
  }

  @Test func anEventShowsTheRowItCameFrom() throws {
    let screen = try empty(columns: 140, rows: 40)
    try importKraken(screen)
    try screen.press("7")
    try screen.wait(for: "Row of the file")
    try screen.press("/")
    try screen.type("btc")
    try screen.wait(for: "1 of 4")
    try screen.press("Enter")
    let text = try screen.wait("its row") { $0.contains("its own id") && $0.contains("R2") && $0.contains("trade") }
    #expect(text.contains("kraken.ledgers") && text.contains("0.05 BTC"))
    try screen.press("o")
    try screen.wait(for: "Esc back")
  }

  @Test func whatAnotherProgramImportsAppearsByItself() throws {
    let screen = try empty()
    try screen.wait(for: "This database is empty")
    let imported = try Program.run(
      Program.beside("florin"), ["import", screen.home + "/kraken.csv"],
      environment: ["HOME=\(screen.home)", "PATH=/usr/bin:/bin", "FLORIN_DB=\(screen.home)/my.db", "FLORIN_NOW=2026-11-20T12:00:00Z"])
    #expect(imported.status == 3)  // one row is a problem
    try screen.wait("the news") { $0.contains("another program has changed the database") && !$0.contains("database is empty") }
  }

  @Test func escapeStopsAnImportAndNothingIsChanged() throws {
    let screen = try empty()
    var lines = ["\"txid\",\"refid\",\"time\",\"type\",\"subtype\",\"aclass\",\"asset\",\"amount\",\"fee\",\"balance\""]
    for row in 0..<400_000 {
      lines.append("\"L\(row)\",\"D\(row)\",\"2026-01-02 10:00:00\",\"deposit\",\"\",\"currency\",\"ZEUR\",\"1\",\"0\",\"1\"")
    }
    try writeText(lines.joined(separator: "\n") + "\n", to: screen.home + "/large.csv")
    try screen.press("i")
    try screen.wait(for: "large.csv")
    try screen.press("Down", "i")
    try screen.wait(for: "Importing large.csv")
    try screen.press("u")
    try screen.wait(for: "a file is being read")
    try screen.press("Escape")
    try screen.wait(for: "nothing was changed")
    try screen.press("0")
    try screen.wait(for: "Nothing has been imported yet")
    try screen.press("q")
    try screen.wait("the shell") { $0.contains("ready>") && !$0.contains("Imports") }
    #expect(try screen.flag("alternate_on") == "0")
  }

  /// The top line says when it is the demo.
  private func isDemo(_ text: String) -> Bool { text.prefix { $0 != "\n" }.contains("demo") }

  @Test func theDemoIsLookedAtAndLeftAgain() throws {
    let screen = try empty()
    try importKraken(screen)
    for there in [true, false] {
      try screen.press(":")
      try screen.type("demo")
      try screen.press("Enter")
      try screen.wait(there ? "the demo" : "my own") { isDemo($0) == there }
      try screen.press("2")
      try screen.wait(there ? "the demo" : "my own") { $0.contains("VENT") == there && $0.contains("BTC") }
    }
    // Nothing can be imported into the demo, and it says where to go.
    try screen.press(":")
    try screen.type("demo")
    try screen.press("Enter")
    try screen.wait("the demo again") { isDemo($0) }
    try screen.press("i")
    try screen.wait(for: "only to look at")
  }

  @Test func everyScreenOpensByItsKeyAndByAClickOnItsTab() throws {
    let screen = try TmuxScreen(columns: 120, rows: 40)
    try screen.florin("demo --now 2026-11-20T12:00:00Z")
    try screen.wait(for: "Demo portfolio")
    let screens = [
      ("2", "Largest", "Total"), ("7", "Total", "deposit"), ("9", "deposit", "Since"), ("0", "Since", "florin.demo"),
      ("1", "florin.demo", "Largest holdings"),
    ]
    for (key, before, after) in screens {
      try screen.press(key)
      try screen.wait("screen \(key)") { $0.contains(after) && !$0.contains(before) }
    }
    // The tabs again, with the mouse, at the column where the title stands.
    for (title, after) in [("Events", "deposit"), ("Issues", "Since"), ("Overview", "Largest holdings")] {
      try screen.click(column: try screen.column(of: title, row: 0), row: 0)
      try screen.wait(for: after)
    }
    try screen.click(column: 5, row: 25)
    try screen.press("9")
    try screen.wait(for: "Since")
    try screen.click(column: 10, row: 3)
    try screen.click(column: 10, row: 3)
    try screen.wait(for: "Esc back")
  }

  @Test func theChosenThemeIsThereAtTheNextStart() throws {
    let screen = try empty()
    try screen.press("t")
    try screen.wait(for: "florin-light")
    try screen.press("Down", "Enter")
    try screen.wait("the menu gone") { !$0.contains("florin-light") }
    try screen.press("q")
    try screen.wait("the shell") { $0.contains("ready>") && !$0.contains("Overview") }
    #expect(try readText(screen.home + "/.config/florin/config").contains("theme = florin-light"))
  }

  @Test(arguments: ["SEGV", "TRAP", "ABRT", "QUIT"]) func aCrashLeavesTheShellAsItWas(_ signal: String) throws {
    let screen = try empty()
    try screen.wait(for: "This database is empty")
    _ = try Program.run("pkill", ["-\(signal)", "-P", try screen.flag("pane_pid")])
    try screen.wait("the shell") { $0.contains("ready>") && !$0.contains("This database is empty") }
    for (flag, value) in [("alternate_on", "0"), ("cursor_flag", "1"), ("mouse_any_flag", "0")] {
      #expect(try screen.flag(flag) == value, "\(flag)")
    }
    try screen.enter("echo still $((40 + 2))")
    try screen.wait(for: "still 42")
  }

  @Test func aFileThatIsNoDatabaseIsRefusedBeforeTheTerminalIsTakenOver() throws {
    let screen = try TmuxScreen(columns: 100, rows: 30)
    try writeText(
      "just some text, more than a header, and certainly not a database of any kind whatsoever\n", to: screen.home + "/notes.txt")
    try screen.florin("--db $HOME/notes.txt; echo status $?")
    let text = try screen.wait(for: "status 1")
    #expect(text.contains("not a Florin database"))
    #expect(try screen.flag("alternate_on") == "0")
    #expect(try readText(screen.home + "/notes.txt").hasPrefix("just some text"))
  }

  @Test func aResizeStormAndATinyWindowAreSurvived() throws {
    let screen = try empty()
    try importKraken(screen)
    for step in 0..<30 {
      try screen.resize(columns: 20 + step * 37 % 160, rows: 3 + step * 13 % 45)
      try screen.press(String(step % 10))
    }
    try screen.resize(columns: 20, rows: 5)
    try screen.wait(for: "Florin needs")
    try screen.resize(columns: 100, rows: 30)
    try screen.press("0")
    try screen.wait(for: "applied")
  }
}
