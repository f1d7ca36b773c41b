import CLI
import TestSupport
import Testing

/// Lot rules and portfolios through the command line.
struct PortfolioTests {
  /// Two purchases in each of two accounts, a transfer between them, and sales before and after the turn of the year.
  private static let events = """
    id,timestamp,type,account,to_account,asset,quantity,price,currency,gross,lot_selector
    b1,2024-01-02T12:00:00Z,BUY,Cold,,ABC,10,100,USD,,
    b2,2024-02-02T12:00:00Z,BUY,Cold,,ABC,10,150,USD,,
    b3,2024-03-02T12:00:00Z,BUY,Desk,,ABC,10,120,USD,,
    t1,2024-04-02T12:00:00Z,TRANSFER,Cold,Desk,ABC,4,,USD,,
    s1,2024-05-02T12:00:00Z,SELL,Desk,,ABC,2,200,USD,,
    s2,2025-05-02T12:00:00Z,SELL,Desk,,ABC,2,200,USD,,"{""event"":""b3""}"
    """

  private func rig(_ name: String = "portfolios") throws -> Rig {
    var rig = Rig(name)
    rig.environment["FLORIN_NOW"] = "2025-06-01T00:00:00Z"
    #expect(rig.run("import \(try rig.file("events.csv", PortfolioTests.events + "\n"))").code == .ok)
    return rig
  }

  private func gains(_ rig: Rig, _ options: String = "") -> [String] { column("gain", rig.run("gains --format csv \(options)").output) }

  private func column(_ name: String, _ csv: String) -> [String] {
    let rows = csv.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    guard let place = rows.first?.firstIndex(of: name) else { return [] }
    return rows.dropFirst().map { $0[place] }
  }

  @Test func aRuleFromADayOnIsSetListedUndoneAndRemoved() throws {
    let rig = try rig()
    // FIFO in the desk: the 4 that came from January at 100, of which 2 + 2 are sold.
    #expect(gains(rig) == ["200", "200"])
    #expect(rig.run("set method lifo --from 2025-01-01").output == "method is lifo from 2025-01-01\n")
    // The latest in the desk is March's at 120.
    #expect(gains(rig) == ["200", "160"])
    #expect(column("from", rig.run("rules --format csv").output) == ["", "2025-01-01"])
    #expect(column("method", rig.run("rules --format csv").output) == ["fifo", "lifo"])
    #expect(rig.run("undo").output.contains("set method lifo from 2025-01-01"))
    #expect(gains(rig) == ["200", "200"])
    _ = rig.run("redo")
    #expect(gains(rig) == ["200", "160"])
    // What is asked for on the command line replaces all rules: by HIFO February's at 150 were transferred, and are sold.
    #expect(gains(rig, "--method hifo") == ["100", "100"])
    #expect(rig.run("rules --remove 2025-01-01").code == .ok)
    #expect(gains(rig) == ["200", "200"])
    let again = rig.run("rules --remove 2025-01-01")
    #expect(again.code == .failed)
    #expect(again.errors == "florin: no lot rule: none begins on 2025-01-01: see florin rules\n")
  }

  @Test func aSelectorNamesTheIdOfTheImportedFile() throws {
    let rig = try rig()
    _ = rig.run("set method specific")
    // 2 at 200 less March's 120.
    #expect(gains(rig) == ["200", "160"])
    #expect(!rig.run("issues").output.contains("lot"))
  }

  @Test func accountsArePutIntoPortfoliosWithRulesOfTheirOwn() throws {
    let rig = try rig()
    #expect(rig.run("portfolios Trading --add Desk --currency USD").code == .ok)
    _ = rig.run("set method lifo --portfolio Trading")
    #expect(gains(rig) == ["160", "160"])
    #expect(column("portfolio", rig.run("portfolios --format csv").output) == ["default", "Trading"])
    #expect(column("method", rig.run("portfolios --format csv").output) == ["fifo", "lifo"])
    _ = rig.run("undo")
    _ = rig.run("undo")
    #expect(column("portfolio", rig.run("portfolios --format csv").output) == ["default"])
    #expect(gains(rig) == ["200", "200"])
  }

  @Test func aReportIsAboutTheAccountsOfThePortfoliosItNames() throws {
    let rig = try rig()
    _ = rig.run("portfolios Trading --add Desk")
    #expect(column("quantity", rig.run("holdings --format csv --filter ABC --portfolio Trading").output) == ["10"])
    #expect(column("quantity", rig.run("holdings --format csv --filter ABC --portfolio default").output) == ["16"])
    #expect(column("quantity", rig.run("holdings --format csv --filter ABC --portfolio default,Trading").output) == ["26"])
    // What arrived from the other portfolio kept its date and cost; 10 of March at 120.
    #expect(column("costBase", rig.run("lots --format csv --portfolio Trading").output) == ["1200"])
    #expect(gains(rig, "--portfolio default") == [])
    // The transfer belongs to both.
    #expect(column("kind", rig.run("events --format csv --portfolio default").output) == ["buy", "buy", "transfer"])
    #expect(column("kind", rig.run("events --format csv --portfolio Trading").output) == ["buy", "transfer", "sell", "sell"])
    let unknown = rig.run("holdings --portfolio Tradin")
    #expect(unknown.code == .failed)
    #expect(unknown.errors == "florin: no such portfolio: Tradin: there are default, Trading: see florin portfolios\n")
  }

  @Test func theCurrencyOfTotalsIsThatOfTheOnePortfolio() throws {
    let rig = try rig()
    _ = rig.run("portfolios Trading --add Desk --currency EUR")
    #expect(rig.run("holdings --format json --portfolio Trading").output.contains(#""currency":"EUR""#))
    #expect(rig.run("holdings --format json --portfolio Trading --currency USD").output.contains(#""currency":"USD""#))
    #expect(rig.run("holdings --format json --portfolio default,Trading").output.contains(#""currency":"USD""#))
  }

  @Test func exportedSettingsBringRulesAndPortfoliosBack() throws {
    let rig = try rig()
    _ = rig.run("portfolios Trading --add Desk --currency EUR")
    _ = rig.run("set method lifo --from 2025-01-01 --portfolio Trading")
    let folder = rig.folder + "/out"
    #expect(rig.run("export \(folder)").code == .ok)
    var other = Rig("portfolios-again")
    other.environment["FLORIN_NOW"] = "2025-06-01T00:00:00Z"
    for file in ["assets.csv", "accounts.csv", "events.csv", "settings.csv"] {
      #expect(other.run("import \(folder)/\(file)").code == .ok)
    }
    for report in ["rules --format csv", "portfolios --format csv", "gains --format csv"] {
      #expect(other.run(report).output == rig.run(report).output)
    }
  }
}
