import Amounts
import Engine
import Importers
import Ledger
import Reports
import TestSupport
import Testing
import Workspace

/// Distributions, restrictions, targets and policies: what an edit leaves in a database that is opened anew, what is refused, and what
/// undo and redo make of it.
struct EditPlanTests {
  private let rig = EditRig("plans")

  private func begin() throws {
    try rig.bring(
      "symbol,class,name,currency,decimals,pricing\nTOWR,security,Tower,USD,,monthly\nUSD,cash,,,,\n", "assets.csv")
    try rig.bring("timestamp,type,account,asset,quantity,price,currency\n2024-01-03,BUY,Alpha,TOWR,100,1,USD\n", "events.csv")
  }

  private func rows() throws -> [String] {
    Workspace.planRows(in: try rig.open().book()).map { "\($0.what) \($0.id) \($0.asset?.text ?? "-"): \($0.summary)" }
  }

  /// Undo brings `before`, redo brings what the edit made.
  private func expectTravel(from before: [String]) throws {
    let after = try rows()
    #expect(after != before)
    _ = try rig.open().undo()
    #expect(try rows() == before)
    _ = try rig.open().redo()
    #expect(try rows() == after)
  }

  @Test func aDistributionIsAddedChangedAndTakenAway() throws {
    try begin()
    let added = try rig.save(
      .new(.distribution),
      ["asset": "towr", "kind": "rent", "record": "2024-3-31", "pay": "2024/4/1", "amount_per_token": "0.0072", "currency": "usd"])
    #expect(added.step.title == "add rent of TOWR paid on 2024-04-01: 0.0072 USD")
    let first = "kind rent, record 2024-03-31, pay 2024-04-01, basis record, amount per token 0.0072, currency USD"
    #expect(try rows() == ["distribution 1 TOWR: \(first)"])
    try expectTravel(from: [])
    // 100 units x 0.0072.
    let book = try rig.open().book()
    let ledger = IncomeLedger(book, book.booked(asOf: day("2024-04-01")), asOf: day("2024-04-01"))
    #expect(
      IncomeReport(book, book.booked(), Valuer(book: book, on: day("2024-04-01")), ledger).rows.map(\.expected.value?.amount) == [
        number("0.72")
      ])
    let changed = try rig.save(.distribution("1"), ["pay": "2024-04-03", "amount_per_token": "0.00720"])
    #expect(changed.step.title == "edit rent of TOWR paid on 2024-04-01: pay 2024-04-01 -> 2024-04-03")
    try expectTravel(from: ["distribution 1 TOWR: \(first)"])
    let gone = try rig.delete(.distribution("1"))
    #expect(gone.step.title == "delete rent of TOWR paid on 2024-04-03: 0.0072 USD")
    #expect(try rows() == [])
    _ = try rig.open().undo()
    _ = try rig.open().undo()
    #expect(try rows() == ["distribution 1 TOWR: \(first)"])
  }

  @Test func whatAnImportBroughtIsEditedInItsBatchAndGoesWithIt() throws {
    try begin()
    let file = "asset,kind,pay,amount_per_token,currency\nTOWR,rent,2024-04-01,0.01,USD\n"
    let batch = try rig.bring(file, "distributions.csv").batch
    try rig.save(.distribution("1"), ["kind": "dividend"])
    #expect(try rows() == ["distribution 1 TOWR: kind dividend, pay 2024-04-01, basis record, amount per token 0.01, currency USD"])
    // The same file does not bring back what was deleted, and taking the batch back takes the edited row too.
    #expect(try rig.bring(file, "distributions.csv").imported == 0)
    if let batch { try rig.open().setReverted(true, batch: batch, now: rig.now) }
    #expect(try rows() == [])
    _ = try rig.open().undo()
    try rig.delete(.distribution("1"))
    #expect(try rig.bring(file, "distributions.csv").imported == 0)
    #expect(try rows() == [])
  }

  @Test func aRestrictionATargetAndAPolicy() throws {
    try begin()
    try rig.save(
      .new(.restriction), ["asset": "TOWR", "kind": "lock", "until": "2025-1-10", "account": "Alpha", "reason": "Rule 144"])
    try rig.save(.new(.target), ["dimension": "class", "key": "security", "target": "60 %", "band": "0.05"])
    try rig.save(.new(.policy), ["asset": "TOWR", "frequency": "monthly", "amount_per_token": "0.01", "day": "5"])
    let all = [
      "restriction 1 TOWR: account Alpha, kind lock, until 2025-01-10, reason Rule 144",
      "target 2 -: dimension class, key security, target 0.6, band 0.05",
      "policy 3 TOWR: frequency monthly, day 5, amount per token 0.01",
    ]
    #expect(try rows() == all)
    try rig.save(.plan(.target, "class/security"), ["target": "0.55"])
    try expectTravel(from: all)
    #expect(try rig.open().historyChanges(step: 6) == [ChangeRow(subject: "target 2", field: "target", before: "0.6", after: "0.55")])
    #expect(try rig.delete(.plan(.policy, "3")).step.title == "delete monthly policy of TOWR")
    #expect(try rows().count == 2)
    _ = try rig.open().undo()
    #expect(try rows().count == 3)
    // The number of one kind names none of another.
    #expect(try rig.problems(.delete(.plan(.restriction, "3"))) == ["restriction: \"3\" is no restriction: see florin plans for numbers"])
  }

  @Test func plansFollowTheNamesTheyUse() throws {
    try begin()
    try rig.save(.new(.restriction), ["asset": "TOWR", "kind": "frozen", "quantity": "10", "account": "Alpha"])
    try rig.save(.new(.target), ["dimension": "account", "key": "Alpha", "target": "1"])
    try rig.save(.new(.target), ["dimension": "asset", "key": "TOWR", "target": "0.5"])
    try rig.save(.account("Alpha"), ["account": "Vault"])
    try rig.save(.asset("TOWR"), ["symbol": "TWR"])
    #expect(
      try rows() == [
        "restriction 1 TWR: account Vault, kind frozen, quantity 10", "target 2 -: dimension account, key Vault, target 1",
        "target 3 -: dimension asset, key TWR, target 0.5",
      ])
    // 100 held, 10 frozen in Vault.
    let book = try rig.open().book()
    let restrictions = Restrictions(book, book.booked())
    let (asset, account) = (book.assets.values.first { $0.symbol == "TWR" }, book.accounts.values.first { $0.name == "Vault" })
    if let asset, let account {
      #expect(restrictions.state(of: asset.id, in: account.id, on: day("2024-06-01")).free == 90)
    } else {
      Issue.record("the names are gone")
    }
    _ = try rig.open().undo()
    _ = try rig.open().undo()
    #expect(try rows().first == "restriction 1 TOWR: account Alpha, kind frozen, quantity 10")
  }

  /// A case: what, its cells, and what is said.
  private static let refused: [(EditSubject, [String: String], [String])] = [
    (
      .distribution, [:],
      [
        "asset: is empty, but needed", "kind: is empty, but needed", "amount_per_token: is empty, but needed",
        "currency: is empty, but needed", "record: is empty, but needed: or give ex or pay",
      ]
    ),
    (
      .distribution,
      ["asset": "TWOR", "kind": "rent", "amount_per_token": "0", "currency": "USD", "record": "2024-05-01", "pay": "2024-04-01"],
      [
        "asset: \"TWOR\" is no asset that is known: did you mean TOWR? add the asset first",
        "amount_per_token: \"0\" is nothing: write a number above zero",
        "pay: \"2024-04-01\" is before record 2024-05-01: check the two days",
      ]
    ),
    (
      .distribution, ["asset": "TOWR", "kind": "interest", "amount_per_token": "0.1", "currency": "USD", "basis": "daily"],
      [
        "from: is empty, but needed: a daily accrual has a first and a last day",
        "to: is empty, but needed: a daily accrual has a first and a last day",
      ]
    ),
    (
      .restriction, ["asset": "TOWR", "kind": "lok", "account": "Alpa"],
      [
        "kind: \"lok\" is not one of them: write lock, vesting, frozen, pledged, whitelist, window",
        "account: \"Alpa\" is no account that is known: did you mean Alpha?",
      ]
    ),
    (
      .restriction, ["asset": "TOWR", "kind": "vesting", "quantity": "5", "schedule": "weekly"],
      ["schedule: \"weekly\" is no schedule: write linear, monthly, quarterly or 2025-01-01:100;2026-01-01:50"]
    ),
    (
      .restriction, ["asset": "TOWR", "kind": "lock", "quantity": "5", "lot": "1"],
      ["lot: \"1\" goes with a lock without a quantity only: empty one of them"]
    ),
    (
      .target, ["dimension": "klass", "key": "security", "target": "120 %"],
      [
        "dimension: \"klass\" is not one of them: write class, subtype, asset, issuer, chain, account, currency, jurisdiction, tag",
        "target: \"1.2\" is above 1: write a fraction such as 0.15, or 15 %",
      ]
    ),
    (
      .policy, ["asset": "TOWR", "frequency": "monthly", "day": "32"],
      ["amount_per_token: is empty, but needed: or give share_of_income", "day: \"32\" is not a day from 1 to 31: write digits"]
    ),
  ]

  @Test(arguments: refused.indices) func whatIsWrongIsNamed(_ index: Int) throws {
    try begin()
    let (subject, cells, said) = EditPlanTests.refused[index]
    #expect(try rig.problems(.save(.new(subject), cells)) == said)
    #expect(try rows() == [])
  }

  @Test func aSecondTargetOfAPartIsRefused() throws {
    try rig.save(.new(.target), ["dimension": "class", "key": "crypto", "target": "0.1"])
    let second = Edit.save(.new(.target), ["dimension": "class", "key": "crypto", "target": "0.2"])
    #expect(try rig.problems(second) == ["key: \"crypto\" has a target already: 0.1: edit that one: 1"])
  }

  /// What a book in memory makes of the change is what a book that is read anew makes of it.
  @Test func aBookInMemoryFollows() throws {
    try begin()
    let workspace = try rig.open()
    let on = day("2024-06-01")
    func check() throws {
      let kept = try workspace.snapshot(.full, asOf: on)
      let fresh = try rig.open().snapshot(.full, asOf: on)
      #expect(kept.book.plans == fresh.book.plans && kept.book.distributions == fresh.book.distributions)
      #expect(kept.overview.document.rows.count == fresh.overview.document.rows.count)
    }
    try check()
    let cells = ["asset": "TOWR", "kind": "rent", "pay": "2024-04-01", "amount_per_token": "0.01", "currency": "USD"]
    _ = try workspace.apply(.save(.new(.distribution), cells), now: rig.now)
    try check()
    _ = try workspace.apply(.save(.new(.target), ["dimension": "class", "key": "security", "target": "1"]), now: rig.now)
    try check()
    _ = try workspace.undo()
    try check()
  }
}
