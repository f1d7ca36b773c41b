import Glibc
import TestSupport
import Testing

/// The finished binary as a command: files in, text out, exit codes.
@Suite(.enabled(if: EndToEnd.isPossible))
struct CommandTests {
  /// Runs florin with a home of its own, removed afterwards.
  private func withHome(_ body: ((String) throws -> Program.Ending, String) throws -> Void) throws {
    let home = temporaryFolder("command")
    let environment = [
      "HOME=\(home)", "PATH=/usr/bin:/bin", "LANG=C.UTF-8", "FLORIN_NOW=2026-11-20T12:00:00Z", "FLORIN_DB=\(home)/test.db",
    ]
    try body(
      { try Program.run(Program.beside("florin"), $0.split(separator: " ").map(String.init), environment: environment, withErrors: true) },
      home)
  }

  @Test func theDemoIsStoredReportedUndoneAndDoneAgain() throws {
    try withHome { florin, home in
      #expect(try florin("demo --db \(home)/test.db").status == 0)
      let holdings = try florin("holdings --format csv")
      #expect(holdings.status == 0 && holdings.output.contains("HARB"))
      #expect(try florin("holdings --format csv").output == holdings.output)
      #expect(try florin("check").status == 0)
      #expect(try florin("undo").status == 0)
      #expect(try !florin("holdings --format csv").output.contains("HARB"))
      #expect(try florin("redo").status == 0)
      #expect(try florin("holdings --format csv").output == holdings.output)
      // Nobody else may read a portfolio.
      var status = stat()
      #expect(stat(home + "/test.db", &status) == 0 && status.st_mode & 0o777 == 0o600)
    }
  }

  @Test func theSameFileTwiceChangesNothing() throws {
    try withHome { florin, home in
      let file = home + "/events.csv"
      try writeText(
        "id,timestamp,type,account,asset,quantity,price,currency,gross\n1,2026-01-05T10:00:00Z,DEPOSIT,Broker,USD,1000,,,\n"
          + "2,2026-01-06T10:00:00Z,BUY,Broker,ACME,10,12.5,USD,125.00\n", to: file)
      let first = try florin("import \(file) --format json")
      #expect(first.status == 0 && first.output.contains("\"imported\":2"))
      let second = try florin("import \(file) --format json")
      #expect(second.status == 0 && second.output.contains("\"duplicate\":2"))
      let holdings = try florin("holdings --format csv").output
      #expect(holdings.contains("ACME") && holdings.contains("875"))
    }
  }

  @Test func mistakesHaveTheirExitCodes() throws {
    try withHome { florin, home in
      #expect(try florin("holdings --as-of yesterday").status == 2)
      #expect(try florin("nonsense").status == 2)
      #expect(try florin("import \(home)/missing.csv").status == 1)
      try writeText("this,is\nnothing,known\n", to: home + "/odd.csv")
      #expect([1, 3].contains(try florin("import \(home)/odd.csv").status))
    }
  }
}
