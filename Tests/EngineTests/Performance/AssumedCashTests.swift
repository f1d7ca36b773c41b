import Amounts
import Engine
import Ledger
import TestSupport
import Testing

/// Cash that an account never had is taken as contributed when it was missing, so that returns are told on it.
struct AssumedCashTests {
  /// 10 units bought at 100 without a deposit; the price goes to 110, then to 121.
  private func maker() -> BookMaker {
    var maker = BookMaker()
    maker.asset("X", .stock, currency: "USD")
    for (on, price) in [("2024-01-01", "100"), ("2024-01-02", "110"), ("2024-01-03", "121")] { maker.quote(.close, on, "X", price) }
    maker.event(.buy, "2024-01-01", "A", "X", "10", gross: "1000", "USD")
    return maker
  }

  private func found(_ maker: BookMaker, to: String = "2024-01-03") -> Performance {
    Performance(maker.book, Performance.Question(to: day(to)))
  }

  private func isNear(_ figure: Figure<Double>, _ value: Double) -> Bool { abs((figure.value ?? .nan) - value) < 1e-12 }

  @Test func aTradesOnlyHistoryReturnsWhatThePriceDid() {
    let performance = found(maker())
    #expect(isNear(performance.twr, 0.21))  // 1.1 x 1.1 - 1
    // The amounts are those of the books: 1,210 of stock, -1,000 of cash, nothing came in.
    #expect(performance.endValue == 210 && performance.netFlows == 0 && performance.gain == 210)
    #expect(performance.shortfalls.map(\.amount) == [1000])
    #expect(performance.shortfalls.first?.since == day("2024-01-01"))
  }

  @Test func whatArrivesLaterIsNotUsedUpByIt() {
    var maker = maker()
    maker.event(.deposit, "2024-01-03", "A", "USD", "1000")
    // On 3 January: (1,210 + 1,000) / (1,100 + 1,000) - 1 on what was put to work with the 1,000 that came: 110 / 2,100.
    #expect(isNear(found(maker).twr, 1.1 * (1 + 110.0 / 2100) - 1))
  }

  @Test func onlyWhatIsNewlyMissingIsContributed() {
    var maker = maker()
    maker.event(.sell, "2024-01-02", "A", "X", "5", gross: "550", "USD")
    maker.event(.buy, "2024-01-03", "A", "X", "5", gross: "605", "USD")
    // -1,000, -450, -1,055: at most 1,055 were missing. 2 January: 1,100 of 1,000. 3 January: 55 more, and 550 of stock made 55.
    let performance = found(maker)
    #expect(performance.shortfalls.map(\.amount) == [1055])
    #expect(isNear(performance.twr, 1.1 * (1 + 55.0 / 1155) - 1))
  }

  @Test func loansMayOweAndAFundedAccountIsAsItWas() {
    var maker = BookMaker()
    maker.account("L", kind: "loan")
    maker.event(.fee, "2024-01-01", "L", "USD", "5")
    maker.event(.deposit, "2024-01-01", "A", "USD", "10")
    maker.event(.withdraw, "2024-01-02", "A", "USD", "10")
    #expect(found(maker).shortfalls.isEmpty)
  }

  @Test func whereItIsOffNoReturnIsTold() {
    var maker = maker()
    maker.settings { $0.assumedOpenings = false }
    let performance = found(maker)
    #expect(!performance.twr.isKnown && performance.gain == 210)
  }
}
