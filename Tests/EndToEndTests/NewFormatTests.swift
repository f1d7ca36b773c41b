import Glibc
import TestSupport
import Testing

/// `florin-devtool new-format` on a copy of the places it writes to.
@Suite(.enabled(if: EndToEnd.isPossible))
struct NewFormatTests {
  private static let repository = folder(of: folder(of: folder(of: #filePath)))

  /// A folder with the registry and the folders of formats and fixtures.
  private func root() throws -> String {
    let root = temporaryFolder("new-format")
    for path in [
      "Sources", "Sources/Importers", "Sources/Importers/Formats", "Tests", "Tests/ImportersTests", "Tests/ImportersTests/Fixtures",
    ] {
      mkdir("\(root)/\(path)", 0o700)
    }
    try writeText(
      try readText(NewFormatTests.repository + "/Sources/Importers/Registry.swift"), to: root + "/Sources/Importers/Registry.swift")
    return root
  }

  private func run(_ id: String, _ sample: String, _ root: String) throws -> Program.Ending {
    try Program.run(Program.beside("florin-devtool"), ["new-format", id, sample, root], withErrors: true)
  }

  @Test func aTableBecomesAFileAFixtureAndALine() throws {
    let root = try root()
    let sample = root + "/sample.csv"
    try writeText("Northbank activity of 2024\nDate;Action;Shares \"net\";Shares\n2024-01-02;BUY;1;2\n", to: sample)
    let answer = try run("northbank.activity.v1", sample, root)
    #expect(answer.status == 0, "\(answer.output)")
    let text = try readText(root + "/Sources/Importers/Formats/NorthbankActivity.swift")
    #expect(text.contains("static let northbankActivity = ExportFormat(\n    id: \"northbank.activity.v1\", title: \"Northbank activity\""))
    #expect(text.contains("tables: [TableHeader([\"Date\", \"Action\", \"Shares \\\"net\\\"\", \"Shares\"])],"))
    #expect(text.contains("switch try row.text(\"Action\") {"))
    let fixture = root + "/Tests/ImportersTests/Fixtures/northbank.activity.v1"
    #expect(try readText(fixture + "/input.csv") == readText(sample))
    #expect(try readText(fixture + "/expected.txt").isEmpty)
    #expect(try !readText(fixture + "/notes.md").isEmpty)
    let registry = try readText(root + "/Sources/Importers/Registry.swift")
    #expect(registry.contains(".krakenTrades,\n    .northbankActivity,\n    .performancePrices,"))
    // A second time it is in the way of itself, and nothing is written.
    #expect(try run("northbank.activity.v1", sample, root).status == 1)
    #expect(try readText(root + "/Sources/Importers/Registry.swift") == registry)
  }

  @Test func aJSONTextHasPathsForColumns() throws {
    let root = try root()
    let sample = root + "/sample.json"
    try writeText("{\"made\":1,\"trades\":[{\"kind\":\"buy\",\"fee\":{\"amount\":\"1\"}}]}", to: sample)
    #expect(try run("aabank.trades.v2", sample, root).status == 0)
    let text = try readText(root + "/Sources/Importers/Formats/AabankTradesV2.swift")
    #expect(
      text.contains("shapes: [JSONHeader(rows: [\"trades[]\"], required: [\"trades[].fee\", \"trades[].kind\", \"trades[].fee.amount\"])],")
    )
    #expect(text.contains("row.text(\"kind\")"))
    #expect(try readText(root + "/Sources/Importers/Registry.swift").contains("= [\n    .aabankTradesV2,\n    .binance"))
  }

  @Test func whatIsInTheWayIsSaid() throws {
    let root = try root()
    let sample = root + "/sample.csv"
    try writeText("id,timestamp,type,account,asset,quantity\n", to: sample)
    #expect(try run("Northbank", sample, root).status == 2)
    #expect(try run("northbank.activity.v1", root + "/missing.csv", root).output.contains("missing.csv: No such file or directory"))
    #expect(try run("kraken.ledgers.v2", sample, root).output.contains("there is a format kraken.ledgers.v2 already"))
    try writeText("", to: sample)
    #expect(try run("northbank.activity.v1", sample, root).status == 1)
  }
}
