import Glibc
import TestSupport
import Testing

/// What a person does about gains, typed by a script without a terminal: look, pick lots, save, take back, write a file.
@Suite(.enabled(if: EndToEnd.isPossible))
struct GainsScriptTests {
  /// 10 at 100 and 10 at 150; 4 sold at 200 in 2023, 2 in 2024.
  private static let events = """
    id,timestamp,type,account,asset,quantity,price,currency
    b1,2022-01-02T12:00:00Z,BUY,Desk,ABC,10,100,USD
    b2,2023-02-02T12:00:00Z,BUY,Desk,ABC,10,150,USD
    s1,2023-05-02T12:00:00Z,SELL,Desk,ABC,4,200,USD
    s2,2024-02-02T12:00:00Z,SELL,Desk,ABC,2,200,USD

    """

  /// A home with the events imported.
  private struct Home {
    let path: String

    init() throws {
      path = temporaryFolder("gains")
      try writeText(GainsScriptTests.events, to: path + "/events.csv")
      _ = try florin("import", path + "/events.csv")
    }

    func florin(_ words: String...) throws -> String {
      let environment = [
        "HOME=\(path)", "PATH=/usr/bin:/bin", "LANG=C.UTF-8", "FLORIN_NOW=2026-11-20T12:00:00Z", "FLORIN_DB=\(path)/test.db",
      ]
      return try Program.run(Program.beside("florin"), words, environment: environment, withErrors: true).output
    }

    /// The screens of a script, by name.
    func screens(_ keys: [String]) throws -> [String: String] {
      try writeText(keys.joined(separator: "\n") + "\n", to: path + "/keys.txt")
      let output = try florin("--script", path + "/keys.txt", "--size", "110x30")
      var found: [String: String] = [:]
      for part in output.split(separator: "--- ") {
        let lines = part.split(separator: "\n", maxSplits: 1).map(String.init)
        if lines.count == 2 { found[lines[0]] = lines[1] }
      }
      return found
    }

    func remove() { _ = try? Program.run("rm", ["-rf", path]) }
  }

  @Test func lotsArePickedSavedAndTakenBack() throws {
    let home = try Home()
    defer { home.remove() }
    let screens = try home.screens([
      "r", "dump:before", "Down", "Enter", "dump:lots", "w", "Down", "Space", "dump:picked", "s", "dump:asked", "Enter", "dump:after", "u",
      "dump:undone",
    ])
    // 4 x (200 - 100) and 2 x (200 - 100).
    #expect(screens["before"]?.contains("+600.00") == true)
    #expect(screens["lots"]?.contains("fifo, this account") == true)
    #expect(screens["picked"]?.contains("-200.00") == true)
    #expect(screens["asked"]?.contains("count under the method specific only.") == true)
    // 4 x (200 - 150) of the second lot, bought 89 days before.
    let after = screens["after"] ?? ""
    #expect(after.contains("picked by hand") && after.contains("+200.00") && after.contains("89 d"))
    #expect(screens["undone"]?.contains("fifo, this account") == true)
    #expect(screens["undone"]?.contains("taken back: pick lots for sell of 4 ABC") == true)
    #expect(try home.florin("history").contains("pick lots for sell of 4 ABC on 2023-05-02 (method specific)"))
  }

  @Test func theFileIsThatOfTheCommandLine() throws {
    let home = try Home()
    defer { home.remove() }
    let screens = try home.screens([
      "r", ":", "C-u", "text:export \(home.path)/all.csv", "Enter", "dump:written", "v", ":", "C-u", "text:export \(home.path)/assets.csv",
      "Enter", ":", "C-u", "text:export \(home.path)/assets.csv", "Enter", "dump:again", "Tab", ":", "C-u",
      "text:export \(home.path)/lots.csv", "Enter",
    ])
    #expect(screens["written"]?.contains("2 rows written") == true)
    #expect(screens["again"]?.contains("cannot write") == true)
    #expect(try readText(home.path + "/all.csv") == home.florin("gains", "--format", "csv"))
    #expect(try readText(home.path + "/assets.csv") == home.florin("gains", "--by", "asset", "--format", "csv"))
    #expect(try readText(home.path + "/lots.csv") == home.florin("lots", "--format", "csv"))
  }

  @Test func aClosedYearRefusesAnotherChoice() throws {
    let home = try Home()
    defer { home.remove() }
    _ = try home.florin("close", "2023")
    let screens = try home.screens(["r", "Down", "w", "dump:refused", "Esc", "7", "Down", "w", "v", "s", "dump:picker"])
    #expect(screens["refused"]?.contains("2023 is closed: what it took is frozen") == true)
    #expect(screens["picker"]?.contains("2023 is closed: what it took is frozen") == true)
  }

  @Test func aViewOfAPortfolioThatIsTakenBackShowsAllAgain() throws {
    let home = try Home()
    defer { home.remove() }
    _ = try home.florin("portfolios", "Trading", "--add", "Desk")
    let screens = try home.screens([
      ":", "C-u", "text:portfolio Trading", "Enter", "dump:viewed", "u", "dump:undone", "u", "C-r", "dump:on",
    ])
    #expect(screens["viewed"]?.split(separator: "\n").first?.contains("Trading") == true)
    #expect(screens["undone"]?.contains(#"there is no portfolio "Trading" any more"#) == true)
    #expect(screens["undone"]?.split(separator: "\n").first?.contains("Trading") == false)
    #expect(screens["on"]?.contains("could not") == false)
  }
}
