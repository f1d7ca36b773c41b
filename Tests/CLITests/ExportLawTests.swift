import CLI
import Glibc
import TestSupport
import Testing

/// Whatever a book holds: its export brought into an empty database gives every report byte for byte, and the same files again.
struct ExportLawTests {
  private static let reports = [
    "overview", "holdings --by account --closed", "lots", "gains", "gains --by year", "trades", "basis", "income", "income --by month",
    "nav",
    "allocation --by class", "allocation --by account", "performance", "restrictions", "restrictions --on 2024-12-15", "events", "issues",
    "assets", "accounts", "plans", "set", "rules", "portfolios", "close", "close --differences", "transfers", "holdings --portfolio Long",
    "gains --portfolio Long", "holdings --currency EUR --as-of 2024-03-01",
  ]
  /// What an export does not keep: where facts came from. Plans and accounts go by what they say, not by number.
  private static let unkept = ["batch", "source", "line", "lines"]

  static func told(_ rig: Rig) -> String {
    reports.map { report in
      let answer = rig.run(report + " --format csv")
      var dropped = unkept
      if report == "plans" || report == "accounts" { dropped.append("id") }
      return "\(report): \(answer.code.rawValue) \(answer.errors)\n" + without(dropped, answer.output)
    }.joined()
  }

  /// A CSV text without some of its columns. A cell in quotes may hold commas.
  private static func without(_ names: [String], _ text: String) -> String {
    let rows = text.split(separator: "\n", omittingEmptySubsequences: false).map { cells(of: $0) }
    let places = Set((rows.first ?? []).indices.filter { names.contains(rows[0][$0]) })
    return rows.map { row in row.indices.filter { !places.contains($0) }.map { row[$0] }.joined(separator: ",") }.joined(separator: "\n")
  }

  private static func cells(of line: Substring) -> [String] {
    var cells = [""]
    var isQuoted = false
    for character in line {
      if character == "\"" { isQuoted.toggle() }
      if character == ",", !isQuoted { cells.append("") } else { cells[cells.count - 1].append(character) }
    }
    return cells
  }

  /// The files of an export, by name.
  static func files(_ folder: String, _ answer: Rig.Answer) throws -> [String: String] {
    var found: [String: String] = [:]
    for line in answer.output.split(separator: "\n") {
      let path = String(line.prefix { $0 != ":" })
      found[path.split(separator: "/").last.map(String.init) ?? path] = String(decoding: try readBytes(path), as: UTF8.self)
    }
    return found
  }

  /// Exports, imports into an empty database, compares, exports again, compares.
  static func check(_ rig: Rig, _ what: @autoclosure () -> String) throws {
    let first = rig.run("export \(rig.folder)/out")
    try law(first.code == .ok, "\(first.errors)\n\(what())")
    let other = Rig("export-back")
    let answer = other.run("import \(rig.folder)/out")
    let isEmpty = try files("", first).values.allSatisfy { $0.split(separator: "\n").count <= 1 }
    if isEmpty { return }
    try law(answer.code == .ok, "\(answer.errors)\(answer.output)\n\(what())")
    let (before, after) = (told(rig), told(other))
    if before != after {
      let pairs = zip(before.split(separator: "\n"), after.split(separator: "\n"))
      let difference = pairs.first { $0 != $1 }.map { "- \($0)\n+ \($1)" } ?? "one is longer"
      throw LawBroken("the reports differ:\n\(difference)\n\(what())")
    }
    try law(other.run("check").output == rig.run("check").output, "the copy is not as sound\n\(what())")
    let second = other.run("export \(other.folder)/out")
    let (a, b) = (try files("", first), try files("", second))
    for name in Set(a.keys).union(b.keys).sorted() {
      try law(a[name] == b[name], "\(name) differs:\n\(a[name] ?? "nothing")\n\(b[name] ?? "nothing")\n\(what())")
    }
    // One step, which undo takes back whole.
    try law(other.run("undo").code == .ok && other.run("events --format csv").output.split(separator: "\n").count <= 1, "undo\n\(what())")
    try law(other.run("redo").code == .ok && told(other) == after, "redo\n\(what())")
  }

  @Test func aRandomBookComesBackAsItWas() throws {
    try withSeeds(15) { random in
      let rig = Rig("export-law")
      var history = RandomHistory(random, rig)
      var log: [String] = []
      for _ in 0..<30 {
        let line = try history.line()
        let answer = rig.run(line)
        log.append("\(line): \(answer.code.rawValue) \(answer.errors)")
      }
      try ExportLawTests.check(rig, log.joined(separator: "\n"))
    }
  }

  @Test func theDemoComesBackAsItWas() throws {
    let rig = Rig("export-demo")
    #expect(rig.run("demo --db \(rig.folder)/florin.db").code == .ok)
    for line in ["close 2023", "set method hifo", "set method lifo --from 2024-01-01", "portfolios Long --add 'Cold Vault'"] {
      #expect(rig.run(line).code == .ok, "\(line)")
    }
    try ExportLawTests.check(rig, "the demo")
  }

  @Test func twinsOfOneTickerStayTwo() throws {
    let rig = Rig("export-twins")
    for contract in ["0xaa", "0xbb"] {
      #expect(rig.run("add asset symbol=TWIN class=crypto chain=eth contract=\(contract) currency=USD").code == .ok)
    }
    let labels = rig.run("assets --filter TWIN --format csv").output.split(separator: "\n").dropFirst().map { $0.prefix { $0 != "," } }
    #expect(labels.count == 2)
    for (place, label) in labels.enumerated() {
      let buy = "add event type=BUY timestamp=2024-01-0\(place + 1) account=Vault asset=\(label) quantity=\(place + 1) price=5 currency=USD"
      #expect(rig.run(buy).code == .ok)
    }
    try ExportLawTests.check(rig, "twins")
  }

  /// Into a database where the numbers are taken: what goes by them follows.
  @Test func numbersThatAreTakenAreFollowed() throws {
    let rig = Rig("export-taken")
    let lines = [
      "set method specific", "add event type=BUY timestamp=2023-01-02 account=A asset=TOK class=crypto quantity=1 price=10 currency=USD",
      "add event type=BUY timestamp=2023-01-03 account=A asset=TOK quantity=1 price=30 currency=USD",
      "add event type=SELL timestamp=2023-02-03 account=A asset=TOK quantity=1 price=40 currency=USD lot_selector={\"event\":2}",
      "add restriction asset=TOK kind=lock until=2030-01-01 lot=1", "close 2023",
    ]
    for line in lines { #expect(rig.run(line).code == .ok, "\(line)") }
    // 40 - 30: the second lot was chosen.
    #expect(rig.run("gains --by asset --format csv").output.contains("TOK,USD,10,"))
    #expect(rig.run("export \(rig.folder)/out").code == .ok)
    let other = Rig("export-taken-into")
    for place in 1...4 {
      let line = "add event type=BUY timestamp=2022-01-0\(place) account=B asset=OTH class=crypto quantity=1 price=1 currency=USD"
      #expect(other.run(line).code == .ok)
    }
    let answer = other.run("import \(rig.folder)/out")
    #expect(answer.code == .ok, "\(answer.errors)")
    #expect(other.run("gains --by asset --format csv").output.contains("TOK,USD,10,"))
    #expect(other.run("close --differences --format csv").output.split(separator: "\n").count == 1)
    #expect(other.run("lots --filter TOK --format csv").output.contains("2030-01-01"))
    #expect(other.run("reopen 2023").code == .ok)
    #expect(other.run("gains --by asset --format csv").output.contains("TOK,USD,10,"))
  }

  @Test func aFolderThatCannotBeReadChangesNothing() throws {
    let rig = Rig("export-bad")
    #expect(rig.run("add event type=DEPOSIT timestamp=2023-01-02 account=A asset=USD quantity=5").code == .ok)
    #expect(rig.run("export \(rig.folder)/out").code == .ok)
    // Written by hand, so no list of the export vouches for it.
    #expect(unlink("\(rig.folder)/out/manifest.csv") == 0)
    try writeText("key,value,portfolio,from\nbase,QQQ,,\nmethod,newest,,\n", to: "\(rig.folder)/out/settings.csv")
    let other = Rig("export-bad-into")
    let answer = other.run("import \(rig.folder)/out")
    #expect(answer.code == .doneWithProblems)
    #expect(answer.errors.contains("settings.csv:2: \"base,QQQ,,\" base: \"QQQ\" is no currency that is known"))
    #expect(answer.errors.contains("method: \"newest\" is none of fifo, lifo"))
    #expect(other.run("set --format csv").output.contains("base,USD,true"))
    try writeText("not a Florin file\n", to: "\(rig.folder)/out/events.csv")
    let third = Rig("export-worse")
    #expect(third.run("import \(rig.folder)/out").code == .failed)
    #expect(third.run("history --format csv").output.split(separator: "\n").count == 1)
    #expect(third.run("import \(third.folder)").code == .failed)
  }

  @Test func settingsAreTakenBackInTheirTurnOnly() throws {
    let rig = Rig("export-settings")
    #expect(
      rig.run("import \(try rig.file("settings.csv", "key,value,portfolio,from\nmethod,lifo,,\nmethod,hifo,Long,2024-01-01\n"))").code
        == .ok)
    #expect(rig.run("set --format csv").output.contains("method,lifo,false"))
    #expect(rig.run("rules --format csv").output.contains("Long,2024-01-01,hifo,account,capitalized"))
    #expect(rig.run("undo --batch 1").errors.contains("it is taken back in its turn only"))
    #expect(rig.run("undo").code == .ok)
    #expect(rig.run("set --format csv").output.contains("method,fifo,true"))
  }
}
