import CLI
import TestSupport
import Testing

/// The tower of DESIGN 4 as files, imported and reported through the command line.
struct CommandTests {
  static let assets = """
    symbol,class,name,currency,decimals,pricing,issuer,total_supply,underlying_value,income_per_year
    TOWR,security,Harbour Tower,USD,0,monthly,Harbour SPV,50000000,50000000,4800000
    """
  static let events = """
    id,timestamp,type,account,to_account,asset,quantity,price,currency,gross,fee,fee_asset,fee_value,tax,ratio,subtype
    1,2024-01-02T12:00:00Z,DEPOSIT,Vault,,USD,600000,,USD,,,,,,,
    2,2024-01-10T12:00:00Z,BUY,Vault,,TOWR,500000,1,USD,500000,,,,,,
    3,2024-02-01T12:00:00Z,DIVIDEND,Vault,,TOWR,500000,,USD,3600,,,,,,rent
    4,2024-03-01T12:00:00Z,DIVIDEND,Vault,,TOWR,500000,,USD,3000,,,,,,rent
    5,2024-05-01T12:00:00Z,DIVIDEND,Vault,,TOWR,500000,,USD,3600,,,,,,rent
    """
  static let prices = """
    date,asset,currency,price,kind,supply,underlying_value,method,appraiser
    2024-01-31,TOWR,USD,1.00,nav,50000000,50000000,appraisal,Stone & Partners
    2024-04-30,TOWR,USD,1.10,nav,50000000,55000000,appraisal,Stone & Partners
    2024-05-14,TOWR,USD,0.98,close,,,,
    """
  static let distributions = """
    asset,kind,declared,ex,record,pay,basis,from,to,amount_per_token,currency
    TOWR,rent,,,2024-01-31,2024-02-01,record,,,0.0072,USD
    TOWR,rent,,,2024-02-29,2024-03-01,record,,,0.0072,USD
    TOWR,rent,,,2024-03-31,2024-04-01,record,,,0.0072,USD
    TOWR,rent,,,2024-04-30,2024-05-01,record,,,0.0072,USD
    """
  static let policies = """
    asset,basis,frequency,day,amount_per_token,share_of_income,currency,from
    TOWR,record,monthly,1,,0.9,USD,2024-01-01
    """

  static func tower(_ name: String) throws -> Rig {
    let rig = Rig(name)
    for (file, text) in [
      ("assets.csv", assets), ("events.csv", events), ("prices.csv", prices), ("distributions.csv", distributions),
      ("policies.csv", policies),
    ] {
      let answer = rig.run("import \(try rig.file(file, text + "\n"))")
      #expect(answer.code == .ok, "\(file): \(answer.errors)")
    }
    return rig
  }

  @Test(arguments: [
    "overview", "holdings", "holdings --by account --format csv", "lots --format json", "gains", "income", "income --by quarter", "nav",
    "nav --format json", "allocation --by issuer", "events", "events --format csv", "issues", "assets", "accounts", "check",
    "explain value TOWR", "explain premium TOWR --format json", "explain yield TOWR", "explain income/event/4/net --format json",
    "explain TOWR/vlaue", "explain --complete nav/", "holdings --section summary --format csv",
    "restrictions", "restrictions --on 2025-02-01", "performance", "performance --format csv --from 2024-05-10",
    "performance --format json --from 2024-05-10 --flows end", "performance --by asset", "performance --by class --format csv",
    "performance --benchmark TOWR --format csv --from 2024-05-13", "performance --filter asset=TOWR --section summary",
    "holdings --as-of 2024-02-15", "holdings --currency EUR", "income --filter 'status:overdue|shortPaid'",
  ]) func golden(_ line: String) throws {
    let rig = try CommandTests.tower("golden")
    let answer = rig.run(line)
    let name = String(line.map { $0.isLetter || $0.isNumber ? $0 : "-" })
    try expectGolden("florin \(line)\nexit \(answer.code.rawValue)\n\(answer.errors)\n\(answer.output)", name)
  }

  @Test func theSameFileTwiceChangesNothing() throws {
    let rig = try CommandTests.tower("twice")
    let before = rig.run("holdings --format json").output
    let again = rig.run("import \(rig.folder)/events.csv --format json")
    #expect(again.code == .ok)
    #expect(again.output.contains("\"rows\":{\"total\":5,\"imported\":0,\"duplicate\":5,\"changed\":0,\"ignored\":0,\"problem\":0}"))
    #expect(rig.run("holdings --format json").output == before)
  }

  @Test func undoTakesAnImportBackWholeAndRedoBringsItAgain() throws {
    let rig = try CommandTests.tower("undo")
    let before = rig.run("holdings --format json").output
    let more = try rig.file(
      "more.csv",
      "id,timestamp,type,account,asset,quantity,price,currency,gross\n9,2024-05-02T12:00:00Z,SELL,Vault,TOWR,100000,1.2,USD,120000\n")
    #expect(rig.run("import \(more)").code == .ok)
    #expect(rig.run("gains --format csv").output.contains("TOWR,Vault,sell,2024-01-10,2024-05-02,100000,120000,100000,20000,USD"))
    #expect(rig.run("undo").code == .ok)
    #expect(rig.run("holdings --format json").output == before)
    #expect(rig.run("redo").code == .ok)
    #expect(rig.run("holdings --format csv").output.contains("TOWR,security,Harbour Tower,,400000"))
  }

  @Test func aDryRunShowsLegsAndChangesNothing() throws {
    let rig = Rig("dry")
    let file = try rig.file("events.csv", CommandTests.events + "\n")
    let answer = rig.run("import \(file) --dry-run --format json")
    #expect(answer.code == .ok)
    #expect(
      answer.output.contains(
        "\"legs\":[{\"account\":\"Vault\",\"asset\":\"TOWR\",\"quantity\":\"500000\",\"role\":\"principal\"},{\"account\":\"Vault\",\"asset\":\"USD\",\"quantity\":\"-500000\",\"role\":\"principal\"}]"
      ))
    #expect(rig.run("events --format csv").output.split(separator: "\n").count == 1)
  }

  @Test func someProblemRowsAreExitCodeThreeAndAllAreOne() throws {
    let rig = Rig("problems")
    let mixed = try rig.file("mixed.csv", CommandTests.events + "\n6,2024-05-02T12:00:00Z,BUY,Vault,,TOWR,ten,1,USD,10,,,,,,\n")
    let some = rig.run("import \(mixed)")
    #expect(some.code == .doneWithProblems)
    #expect(some.errors.contains("mixed.csv:7: quantity: \"ten\" is not a number"))
    let bad = try rig.file("bad.csv", "id,timestamp,type,account,asset,quantity,price,currency,gross\n1,x,BUY,Vault,TOWR,1,1,USD,1\n")
    #expect(rig.run("import \(bad)").code == .failed)
  }

  @Test func aClosedPipeEndsQuietly() throws {
    let rig = try CommandTests.tower("pipe")
    let answer = rig.run("events --format csv", listens: false)
    #expect(answer.code == .ok)
    #expect(answer.errors.isEmpty)
  }

  @Test func theSameInputsGiveTheSameBytes() throws {
    let (a, b) = (try CommandTests.tower("same-a"), try CommandTests.tower("same-b"))
    for command in ["holdings", "income", "nav", "events", "overview"] {
      #expect(a.run(command + " --format json").output == b.run(command + " --format json").output)
    }
  }

  @Test(arguments: ["holdings --by account", "nav", "allocation --by currency", "holdings --closed --mode market"])
  func whatIsKeptReadySaysTheSame(_ report: String) throws {
    let rig = Rig("kept")
    #expect(rig.run("demo --db \(rig.folder)/florin.db").code == .ok)
    let first = rig.run(report + " --format json").output  // books everything and keeps the positions
    #expect(rig.run(report + " --format json").output == first)
    #expect(rig.run("lots").code == .ok)
    #expect(rig.run(report + " --format json --currency EUR").output == rig.run(report + " --format json --currency EUR").output)
    #expect(rig.run(report + " --format json").output == first)
    #expect(rig.run("undo").code == .ok)
    #expect(rig.run(report + " --format csv").output.split(separator: "\n").count == 1)
  }

  @Test func aZoneMovesDays() throws {
    let rig = Rig("zone")
    let file = try rig.file(
      "late.csv", "id,timestamp,type,account,asset,quantity,price,currency,gross\n1,2024-05-14T23:30:00Z,BUY,Vault,BTC,1,1,USD,1\n")
    #expect(rig.run("import \(file)").code == .ok)
    #expect(rig.run("lots --format csv").output.contains("BTC,Vault,2024-05-14,"))
    #expect(rig.run("lots --format csv --timezone Europe/Amsterdam").output.contains("BTC,Vault,2024-05-15,"))
    #expect(rig.run("lots --timezone Mars/Olympus").code == .usage)
  }
}
