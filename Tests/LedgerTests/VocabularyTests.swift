import Amounts
import Ledger
import Testing

@Test func everyKindOfEventIsReadBackFromItsCode() {
  for kind in EventKind.allCases {
    #expect(EventKind(code: kind.code) == kind)
    #expect(EventKind(code: kind.code.lowercased()) == kind)
  }
  #expect(Set(EventKind.allCases.map(\.code)).count == EventKind.allCases.count)
  #expect(EventKind(code: "PURCHASE") == nil)
}

@Test func reportsNameAKindInLowerCaseWithThreeExceptions() {
  #expect(EventKind.deliveryIn.reportName == "delivery_in")
  #expect(EventKind.withdraw.reportName == "withdrawal")
  #expect(EventKind.convert.reportName == "swap")
  #expect([EventKind.giftIn, .giftOut, .donateOut].map(\.reportName) == ["gift", "gift", "gift"])
}

@Test func atOneInstantUnitsComeBeforeTheyMoveBeforeTheyGo() {
  let order: [EventKind] = [.split, .merger, .buy, .swap, .reward, .stake, .transfer, .dividend, .sell, .withdraw, .fee, .adjust]
  #expect(zip(order, order.dropFirst()).allSatisfy { $0.rank < $1.rank })
}

@Test(arguments: [
  ("2:1", 2, 1), ("1:10", 1, 10), ("1.5:1", 3, 2), ("3:2", 3, 2), ("0.1:1", 1, 10), ("10.0:5", 10, 5), ("4:2", 4, 2),
])
func aRatioIsAPairOfIntegers(_ text: String, _ new: Int64, _ old: Int64) {
  #expect(Ratio(text)?.new == new && Ratio(text)?.old == old)
}

@Test(arguments: ["", ":", "2", "2:", "0:1", "1:0", "-2:1", "a:b", "1:2:3", "99999999999999999999:1"])
func textThatIsNoRatioIsRefused(_ text: String) {
  #expect(Ratio(text) == nil)
}

@Test(arguments: [
  (Cadence.daily, 1, false), (.daily, 2, true), (.business, 4, false), (.business, 5, true), (.monthly, 46, false), (.monthly, 47, true),
  (.quarterly, 138, false), (.quarterly, 139, true),
])
func aQuoteIsStaleAfterOneAndAHalfTimesItsCadence(_ cadence: Cadence, _ age: Int, _ isStale: Bool) {
  #expect(cadence.isStale(ageDays: age) == isStale)
}

@Test func aNavCadenceIsMonthly() {
  #expect(Cadence(text: "nav") == .monthly && Cadence(text: "weekly") == .weekly && Cadence(text: "often") == nil)
}

@Test func theClassDecidesWhatTheAssetDoesNotSay() {
  let token = Asset(id: AssetID(1), symbol: "HARB", assetClass: .security)
  let coin = Asset(id: AssetID(2), symbol: "BTC", assetClass: .crypto)
  #expect(token.valuationMode == .navElseMarket && token.expectedCadence == .monthly)
  #expect(coin.valuationMode == .marketElseNav && coin.expectedCadence == .daily)
  #expect(!Asset(id: AssetID(3), symbol: "USD", assetClass: .cash).hasLots && token.hasLots)
}
