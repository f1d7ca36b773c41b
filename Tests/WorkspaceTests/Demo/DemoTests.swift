import Amounts
import Ledger
import TestSupport
import Testing
import Workspace

/// The demo of one day, taken apart.
private struct Parts {
  var events: [EventDraft] = []
  var quotes: [QuoteDraft] = []
  var assets: [AssetDraft] = []
  var accounts: [AccountDraft] = []
  var distributions: [DistributionDraft] = []
  var plans: [PlanDraft] = []

  init(_ day: String) throws {
    for fact in Demo.facts(today: try #require(Day(day))) {
      switch fact {
      case .event(let event): events.append(event)
      case .quote(let quote): quotes.append(quote)
      case .asset(let asset): assets.append(asset)
      case .account(let account): accounts.append(account)
      case .distribution(let row): distributions.append(row)
      case .plan(let plan): plans.append(plan)
      case .setting, .closing, .link: break
      }
    }
  }

  func quotes(_ symbol: String, _ kind: QuoteDraft.Kind) -> [QuoteDraft] { quotes.filter { $0.asset.symbol == symbol && $0.kind == kind } }
  func events(_ kind: EventKind, _ symbol: String) -> [EventDraft] { events.filter { $0.kind == kind && $0.asset.symbol == symbol } }
}

private let days = ["2026-11-20", "2026-03-01", "2025-12-31", "2024-02-29", "2027-07-05"]

@Test func theDemoShowsEveryKindOfThing() throws {
  let demo = try Parts("2026-11-20")
  #expect(Set(demo.assets.compactMap { $0.ref.hint?.assetClass }) == Set(AssetClass.allCases))
  #expect(demo.assets.count == 32)
  #expect(demo.accounts.count == 6)
  #expect(Set(demo.accounts.map(\.kind)) == ["bank", "broker", "exchange", "wallet", "platform"])
  #expect(Set(demo.events.map(\.kind)).count >= 22)
  #expect(demo.events.count > 700)
  #expect(demo.quotes.count > 20_000)
  #expect(Set(demo.plans.map(\.kind)) == Set(PlanDraft.Kind.allCases))
  #expect(demo.events.contains { $0.status == .pending } && demo.events.contains { $0.status == .void })
  #expect(Set(demo.events.compactMap { $0.details?.taxCountry }) == ["DE", "US", "CH", "SE"])
  let today = try #require(Day("2026-11-20"))
  #expect(demo.distributions.filter { ($0.pay ?? today) > today }.count >= 4)
  #expect(demo.distributions.allSatisfy { ($0.declared ?? today) <= today })
}

@Test func theDemoIsTheSameEveryTime() throws {
  for day in days {
    let today = try #require(Day(day))
    #expect(Demo.facts(today: today) == Demo.facts(today: today))
  }
}

@Test func theDemoEndsOnTheDayItIsAskedFor() throws {
  for day in days {
    let demo = try Parts(day)
    let today = try #require(Day(day))
    #expect(demo.events.allSatisfy { $0.time.dayUTC <= today })
    #expect(demo.quotes.allSatisfy { $0.day <= today && ($0.nav?.published ?? today) <= today })
    #expect(demo.quotes("BTC", .close).last?.day == today)
    #expect(zip(demo.events, demo.events.dropFirst()).allSatisfy { $0.time <= $1.time })
    #expect(Set(demo.events.map(\.externalID)).count == demo.events.count)
  }
}

@Test func everyAssetAndAccountOfTheDemoIsIntroduced() throws {
  let demo = try Parts("2026-11-20")
  let known = Set(demo.assets.map(\.ref.symbol))
  let accounts = Set(demo.accounts.map(\.name))
  for event in demo.events {
    let named = [event.asset, event.currency, event.feeAsset, event.details?.toAsset].compactMap { $0?.symbol }
    #expect(Set(named).isSubset(of: known), "\(event)")
    #expect(Set([event.account, event.toAccount].compactMap { $0 }).isSubset(of: accounts))
  }
  #expect(Set(demo.quotes.map(\.asset.symbol)).isSubset(of: known))
  // What is held and has no quote is there on purpose.
  #expect(known.subtracting(demo.quotes.map(\.asset.symbol)) == ["USD", "MOTE"])
}

@Test func theTowerOfTheWorkedExampleIsInTheDemo() throws {
  for day in days {
    let demo = try Parts(day)
    let bought = try #require(demo.events(.buy, "HARB").first)
    #expect(bought.quantity == 500_000 && bought.price == 1 && bought.gross == 500_000)
    let nav = try #require(demo.quotes("HARB", .nav).last)
    let market = try #require(demo.quotes("HARB", .close).last)
    #expect(nav.price.description == "1.1" && market.price.description == "0.98")
    #expect(nav.nav?.supply == 50_000_000 && nav.nav?.totalNav == 55_000_000)
    #expect(demo.quotes("HARB", .nav).first?.price == 1)
    #expect(try Decimal(500_000).divided(by: 50_000_000).description == "0.01")
    #expect(try market.price.divided(by: nav.price).subtracting(1).description == "-0.109090909090909091")

    let rents = demo.distributions.filter { $0.asset.symbol == "HARB" }
    #expect(rents.count == 32)
    for rent in rents {
      let record = try #require(rent.record)
      let pay = try #require(rent.pay)
      #expect(rent.amountPerToken.description == "0.0072" && rent.kind == "rent")
      #expect(record + 1 == pay && pay.civil.day == 1)
      #expect(try Decimal(500_000).multiplied(by: rent.amountPerToken) == 3_600)
    }
    let received = demo.events(.dividend, "HARB").map { $0.gross }
    #expect(received.count == 29)
    #expect(received.filter { $0 == 3_600 }.count == 28 && received.filter { $0 == 3_000 }.count == 1)
    let paidDays = Set(demo.events(.dividend, "HARB").map(\.time.dayUTC))
    let today = try #require(Day(day))
    #expect(rents.compactMap(\.pay).filter { $0 <= today && !paidDays.contains($0) }.count == 1)
    #expect(try Decimal(3_600).multiplied(by: 12).divided(by: 500_000).description == "0.0864")
  }
}

/// Every account's balance of every asset after every event, by the plainest reading of FORMATS 1.
@Test func theDemoNeverSpendsWhatItDoesNotHave() throws {
  for day in days {
    var balances: [String: Decimal] = [:]
    func add(_ account: String?, _ asset: String?, _ amount: Decimal?, _ event: EventDraft) throws {
      guard let account, let asset, let amount else { return }
      let after = try (balances[account + "|" + asset] ?? .zero).adding(amount)
      balances[account + "|" + asset] = after
      if after.isNegative { Issue.record("\(event.time) \(event.kind) leaves \(account) \(after) \(asset)") }
    }
    for event in try Parts(day).events where event.status == .posted {
      let (symbol, account, quantity) = (event.asset.symbol, event.account, event.quantity)
      let money = event.currency?.symbol
      switch event.kind {
      case .deposit, .giftIn, .reward, .airdrop, .feeRefund, .taxRefund: try add(account, symbol, quantity, event)
      case .withdraw, .giftOut, .fee, .tax: try add(account, symbol, quantity.map { -$0 }, event)
      case .buy, .convert:
        try add(account, money, event.gross.map { -$0 }, event)
        try add(account, money, event.details?.accrued.map { -$0 }, event)
        try add(account, symbol, quantity, event)
      case .sell, .redemption:
        try add(account, symbol, quantity.map { -$0 }, event)
        try add(account, money, event.gross, event)
      case .swap:
        try add(account, symbol, quantity.map { -$0 }, event)
        try add(account, event.details?.toAsset?.symbol, event.details?.toQuantity, event)
      case .transfer:
        let isOwnFee = event.feeAsset == event.asset
        try add(account, symbol, quantity.map { -$0 }, event)
        try add(event.toAccount, symbol, isOwnFee ? try quantity?.subtracting(event.fee ?? .zero) : quantity, event)
        if isOwnFee { continue }
      case .dividend, .interest, .returnOfCapital: try add(account, money, try event.gross?.subtracting(event.tax ?? .zero), event)
      case .split:
        let held = try #require(balances["Meridian Brokers|" + symbol])
        try add("Meridian Brokers", symbol, try held.multiplied(by: 2), event)
      case .spinoff: try add(account, event.details?.toAsset?.symbol, event.details?.toQuantity, event)
      case .stake, .unstake: continue
      default: Issue.record("the demo uses \(event.kind), which this test does not know")
      }
      try add(account, event.feeAsset?.symbol, event.fee.map { -$0 }, event)
    }
    // What entitlements are written for is what is held.
    #expect(balances["Blockhaven|HARB"] == 500_000)
    #expect(balances["Meridian Brokers|BRK"] == 68 && balances["Meridian Brokers|ALD"] == 190 && balances["Meridian Brokers|CYG"] == 110)
    #expect(balances["Blockhaven|SOLB"] == 500 && balances["Blockhaven|TBIL"] == 25_000 && balances["Blockhaven|OAKM"] == 3_300)
  }
}
