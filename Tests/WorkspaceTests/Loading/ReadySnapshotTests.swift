import Amounts
import Ledger
import Reports
import TestSupport
import Testing
import Workspace

/// The first screen of what is kept ready says what the whole database says.
struct ReadySnapshotTests {
  private let rig = EditRig("ready")
  private static let today = day("2024-12-31")

  private static let file = """
    id,timestamp,type,account,asset,quantity,price,currency,gross,fee,fee_asset,ratio
    A1,2024-01-03T10:00:00Z,BUY,Alpha,TOK,10,100,USD,1000,,,
    A2,2024-02-03T10:00:00Z,SELL,Alpha,TOK,4,150,USD,600,1,GAS,
    A3,2024-03-03T10:00:00Z,SPLIT,,TOK,,,,,,,2:1
    A4,2024-04-03T10:00:00Z,BUY,Beta,GAS,10,1,EUR,10,,,

    """

  @Test func theHeadIsTheWholesBeginning() throws {
    try rig.bring(ReadySnapshotTests.file)
    let workspace = try rig.open()
    #expect(try workspace.readySnapshot(asOf: ReadySnapshotTests.today)?.generation == nil)
    let now = try #require(Instant("2024-12-31T12:00:00Z"))
    func price(_ date: String, _ price: String, _ more: [String: String] = [:], of subject: EditSubject = .price) throws {
      let cells = ["date": date, "asset": "TOK", "price": price, "currency": "USD"].merging(more) { $1 }
      _ = try workspace.apply(.save(.new(subject), cells), now: now)
    }
    for day in 10...28 { try price("2024-12-\(day)", "6\(day)") }
    try price("2024-12-29", "700", ["method": "appraisal"], of: .nav)
    let full = try workspace.snapshot(.full, asOf: ReadySnapshotTests.today)
    let head = try #require(try rig.open().readySnapshot(asOf: ReadySnapshotTests.today))
    #expect(!head.isComplete)
    #expect(head.holdings.rows == full.holdings.rows)
    #expect(head.overview.totals == full.overview.totals)
    #expect(head.overview.history == full.overview.history)
    #expect(head.overview.movers == full.overview.movers)
    #expect(head.batches == full.batches)
    // What was kept is of another state of the facts now.
    try price("2024-12-30", "650")
    #expect(try rig.open().readySnapshot(asOf: ReadySnapshotTests.today)?.generation == nil)
  }
}
