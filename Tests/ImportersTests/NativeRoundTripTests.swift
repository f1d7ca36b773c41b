import Amounts
import Ledger
import TestSupport
import Testing

@testable import Importers

/// What Florin writes it reads back as equal facts.
@Suite struct NativeRoundTripTests {
  private var random = SplitMix64(seed: 7)

  private func decoded(_ facts: [Fact], _ file: NativeFile) throws -> [Fact] {
    var writer = NativeWriter(file)
    for fact in facts { writer.write(fact) }
    let session = try DecodeSession(.bytes(writer.take(), name: file.id))
    #expect(session.format.id == file.id)
    var found: [Fact] = []
    while let batch = try session.next() {
      for row in batch.rows { if case .problem(let problem) = row.state { Issue.record("\(problem)") } }
      found += batch.facts.map(\.fact)
    }
    return found
  }

  @Test mutating func events() throws {
    var facts: [Fact] = []
    for number in 0..<400 {
      var event = EventDraft(
        EventKind.allCases.randomElement(using: &random) ?? .buy,
        at: Instant(microseconds: Int64.random(in: 0..<4_000_000_000_000_000, using: &random)), asset: AssetRef(word()))
      event.quantity = amount()
      (event.price, event.gross, event.currency) = (maybe(amount()), maybe(amount()), AssetRef("EUR"))
      if Bool.random(using: &random) { (event.fee, event.feeAsset, event.feeValue) = (amount(), AssetRef(word()), maybe(amount())) }
      (event.tax, event.externalID, event.account, event.toAccount) = (maybe(amount()), maybe(word()), maybe(word()), maybe(word()))
      event.status = EventStatus.allCases.randomElement(using: &random) ?? .posted
      event.detail { d in
        (d.toAsset, d.toQuantity, d.ratio) = (AssetRef(word()), amount(), Ratio(new: 3, old: 2))
        (d.subtype, d.note, d.txHash, d.fxRate) = (maybe(word()), maybe("line one\n\"two\", three"), maybe("0xabc"), maybe(amount()))
        (d.settleCurrency, d.settleDate, d.acquired) = (maybe(AssetRef("CHF")), maybe(Day(ordinal: 19_000)), maybe(Day(ordinal: 18_000)))
        (d.basisShare, d.accrued, d.taxCountry, d.taxRate) = (
          maybe(Decimal("0.25") ?? 0), maybe(amount()), maybe("NL"), maybe(Decimal("0.15") ?? 0)
        )
        d.lotSelector = maybe(#"[{"event":"7","quantity":"1"}]"#)
        if number % 5 == 0 {
          d.legs = [
            LegDraft(asset: AssetRef("A\"B\\"), quantity: -amount()),
            LegDraft(account: "x y", asset: AssetRef("C"), quantity: amount(), role: .tax),
          ]
        }
      }
      event.lines = [0]
      facts.append(.event(event))
    }
    let back = try decoded(facts, .events)
    #expect(back.count == facts.count)
    for (before, after) in zip(facts, back) {
      guard case .event(var a) = before, case .event(var b) = after else { continue }
      (a.lines, b.lines) = ([], [])
      if a.quantity != b.quantity || a != b { Issue.record("\(Rendering.event(a))\n\(Rendering.event(b))") }
    }
  }

  @Test func datesWithoutTimeStayDates() throws {
    for kind in [EventKind.buy, .sell, .transfer, .dividend] {
      var event = EventDraft(kind, at: Moment(try #require(Day("2024-05-06"))), asset: AssetRef("X"), quantity: 5)
      (event.gross, event.currency) = (10, AssetRef("EUR"))
      guard case .event(var back) = try decoded([.event(event)], .events).first else { continue }
      back.lines = []
      #expect(back == event)
    }
  }

  @Test func theRest() throws {
    var quote = QuoteDraft(
      day: Day(ordinal: 19_000), asset: AssetRef("R"), currency: AssetRef("USD"), price: Decimal("1.000000000000000001") ?? 1, kind: .nav)
    var nav = NavFacts()
    (nav.method, nav.totalNav, nav.published, nav.debt) = ("audited, twice", 50_000_000, Day(ordinal: 19_005), 0)
    (quote.nav, quote.source, quote.isAdjusted, quote.line) = (nav, "Elm", true, 2)
    #expect(try decoded([.quote(quote)], .prices) == [.quote(quote)])
    let hint = AssetHint(assetClass: .security, name: "Elm, 12", currency: "USD", attributes: [.chain: "ethereum", .isin: "XX0000000001"])
    var asset = AssetDraft(ref: AssetRef("R", hint), decimals: 18, cadence: .monthly)
    asset.line = 2
    #expect(try decoded([.asset(asset)], .assets) == [.asset(asset)])
    var account = AccountDraft(name: "Broker, A", kind: "broker", venue: "V", portfolio: "P")
    account.line = 2
    #expect(try decoded([.account(account)], .accounts) == [.account(account)])
    var distribution = DistributionDraft(
      asset: AssetRef("R"), kind: "rent", amountPerToken: Decimal("0.0072") ?? 0, currency: AssetRef("USD"))
    (distribution.record, distribution.pay, distribution.note, distribution.line) = (Day(ordinal: 19_000), Day(ordinal: 19_001), "n", 2)
    #expect(try decoded([.distribution(distribution)], .distributions) == [.distribution(distribution)])
    for (kind, file, cells) in [
      (
        PlanDraft.Kind.restriction, NativeFile.restrictions,
        ["asset": "R", "kind": "lock", "from": "2024-01-01", "until": "2025-01-01", "quantity": "5.5"]
      ),
      (.target, .targets, ["dimension": "class", "key": "crypto", "target": "0.4"]),
      (.policy, .policies, ["asset": "R", "basis": "record", "frequency": "monthly", "share_of_income": "0.9"]),
    ] {
      var plan = PlanDraft(kind: kind, asset: cells["asset"].map { AssetRef($0) }, cells: cells)
      plan.line = 2
      #expect(try decoded([.plan(plan)], file) == [.plan(plan)])
    }
  }

  private mutating func word() -> String {
    ["ETH", "A Long Account, with comma", "é\"q\"", "x", "0xdeadbeefdeadbeefdeadbeef"].randomElement(using: &random) ?? "x"
  }

  private mutating func amount() -> Decimal {
    Decimal(mantissa: Int128(Int64.random(in: 1..<Int64.max, using: &random)), scale: UInt8.random(in: 0...24, using: &random))
  }

  private mutating func maybe<T>(_ value: T) -> T? { Bool.random(using: &random) ? value : nil }
}
