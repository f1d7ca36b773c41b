import Amounts
import Engine
import Ledger
import TestSupport
import Testing

/// What the parts contributed adds up to what the whole gained.
struct BreakdownTests {
  /// 1,000 in, 40 coins at 10 with a fee of 4; the coin goes to 12; half is sold at 12, a token pays 7, half the coins move to a vault.
  private func maker() -> BookMaker {
    var maker = BookMaker()
    maker.asset("COIN", .crypto, cadence: .yearly)
    maker.asset("TOKN", .security, cadence: .yearly)
    maker.quote(.close, "2024-01-01", "COIN", "10")
    maker.quote(.close, "2024-01-05", "COIN", "12")
    maker.quote(.nav, "2024-01-01", "TOKN", "5")
    maker.event(.deposit, "2024-01-01", "Bank", "USD", "1000")
    maker.event(.buy, "2024-01-02", "Bank", "COIN", "40", price: "10", gross: "400", "USD") {
      $0.fee = 4
      $0.feeAsset = AssetID(1)
    }
    maker.event(.buy, "2024-01-03", "Bank", "TOKN", "20", price: "5", gross: "100", "USD")
    maker.event(.sell, "2024-01-06", "Bank", "COIN", "20", price: "12", gross: "240", "USD")
    maker.event(.dividend, "2024-01-07", "Bank", "TOKN", "20", gross: "7", "USD")
    maker.account("Vault")
    maker.event(.transfer, "2024-01-08", "Bank", "COIN", "10") { $0.toAccount = AccountID(2) }
    return maker
  }

  private func whole(_ book: Book, from: String? = nil) -> Performance {
    Performance(book, .init(from: from.map { day($0) }, to: day("2024-01-10")))
  }

  @Test func byAssetPurchasesComeInAndSalesAndPaymentsGoOut() throws {
    let book = maker().book
    let whole = whole(book)
    let found = Breakdown(book, by: .asset, whole: whole)
    func part(_ id: Int32) throws -> Breakdown.Part { try #require(found.parts.first { $0.key == .asset(AssetID(id)) }) }
    // The coin: 20 left at 12 = 240; in 400 and a fee of 4, out 240: 240 - 164 = 76.
    let coin = try part(2)
    #expect(coin.endValue == 240 && coin.netFlows == 164 && coin.contribution == 76)
    // The token: 20 at 5 = 100; in 100, out 7: 7.
    let token = try part(3)
    #expect(token.endValue == 100 && token.netFlows == 93 && token.contribution == 7)
    // Cash: 1000 - 400 - 4 - 100 + 240 + 7 = 743, all of it flows.
    let cash = try part(1)
    #expect(cash.endValue == 743 && cash.netFlows == 743 && cash.contribution == 0)
    // 1083 at the end, of which 1000 came from outside.
    #expect(whole.gain == 83)
    #expect(found.parts.map(\.key) == [.asset(AssetID(2)), .asset(AssetID(3)), .asset(AssetID(1))])
    // The capital of ten days is 1000 from the first on: 8.3 % together.
    #expect(abs(found.parts.compactMap(\.share.value).reduce(0, +) - 0.083) < 1e-12)
    // The token: 107 out of 100 that came on the third day.
    #expect(token.twr.value.map { abs($0 - 0.07) < 1e-12 } ?? false)
  }

  @Test func byAccountWhatCrossesIsAFlowAtMarketValue() throws {
    let book = maker().book
    let found = Breakdown(book, by: .account, whole: whole(book))
    let vault = try #require(found.parts.first { $0.key == .account(AccountID(2)) })
    #expect(vault.endValue == 120 && vault.netFlows == 120 && vault.contribution == 0)
    let bank = try #require(found.parts.first { $0.key == .account(AccountID(1)) })
    // 1083 - 120 in the bank; 1000 in, 120 out to the vault.
    #expect(bank.endValue == 963 && bank.netFlows == 880 && bank.contribution == 83)
  }

  @Test func aPartOfItsOwnHasAllTheFigures() {
    let book = maker().book
    let coins = Performance(book, .init(to: day("2024-01-10"))) { asset, _ in asset == AssetID(2) }
    #expect(coins.gain == 76)
    #expect(coins.days.first?.day == day("2024-01-02"))
    // The first day: 400 out of 404; the fifth: 480 out of 400; the rest nothing: 400 / 404 x 1.2 - 1.
    #expect(coins.twr.value.map { abs($0 - (400.0 / 404 * 1.2 - 1)) < 1e-12 } ?? false)
    let inVault = Performance(book, .init(to: day("2024-01-10"))) { asset, account in asset == AssetID(2) && account == AccountID(2) }
    #expect(inVault.endValue == 120 && inVault.gain == 0)
  }

  @Test func aViewOfSomeAccountsHasItsOwnHistoryAndFlows() {
    var book = maker().book
    book.view = [AccountID(2)]
    let seen = whole(book)
    #expect(seen.days.first?.day == day("2024-01-08"))
    #expect(seen.netFlows == 120 && seen.endValue == 120)
    #expect(Breakdown(book, by: .asset, whole: seen).parts.map(\.key) == [.asset(AssetID(2))])
  }

  @Test func contributionsAndFlowsMakeTheEndValueInAnyBook() throws {
    try withSeeds(80) { random in
      let book = ValueHistoryTests.book(&random)
      let from = random.int(0...1) == 0 ? nil : day("2024-02-10")
      let whole = Performance(book, .init(from: from, to: day("2024-04-30")))
      for dimension in Breakdown.Dimension.allCases {
        let parts = Breakdown(book, by: dimension, whole: whole, wantsXIRR: false).parts
        func sum(_ amount: (Breakdown.Part) -> Decimal) throws -> Decimal { try parts.reduce(.zero) { try $0.adding(amount($1)) } }
        try law(try sum(\.startValue) == whole.startValue, "start values by \(dimension)")
        try law(try sum(\.endValue) == whole.endValue, "end values by \(dimension)")
        let contributions = try sum(\.contribution)
        try law(contributions == whole.gain, "contributions by \(dimension): \(contributions), not \(whole.gain)")
        let end = try whole.startValue.adding(whole.netFlows).adding(contributions)
        try law(end == whole.endValue, "start + flows + contributions by \(dimension)")
      }
    }
  }
}
