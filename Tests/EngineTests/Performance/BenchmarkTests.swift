import Amounts
import Engine
import Ledger
import TestSupport
import Testing

/// One unit of an asset beside a portfolio.
struct BenchmarkTests {
  private func near(_ value: Double?, _ expected: Double) -> Bool { value.map { abs($0 - expected) < 1e-12 } ?? false }

  /// A portfolio of a coin that goes from 10 to 11, in dollars.
  private func maker() -> BookMaker {
    var maker = BookMaker()
    maker.asset("COIN", .crypto, cadence: .yearly)
    maker.quote(.close, "2024-01-01", "COIN", "10")
    maker.quote(.close, "2024-01-03", "COIN", "11")
    maker.event(.deposit, "2024-01-01", "A", "COIN", "5")
    return maker
  }

  @Test func itsPriceIsConvertedAtEachDaysRate() {
    var maker = maker()
    let index = maker.asset("INDX", .fund, cadence: .yearly)
    maker.asset("EUR", .cash)
    maker.quote(.close, "2023-12-31", "INDX", "100", "EUR")
    maker.quote(.close, "2024-01-03", "INDX", "90", "EUR")
    maker.quote(.fx, "2023-12-31", "EUR", "1.00")
    maker.quote(.fx, "2024-01-02", "EUR", "1.10")
    let whole = Performance(maker.book, .init(to: day("2024-01-04")))
    let found = Benchmark(maker.book, index, beside: whole)
    // 100, then 110 by the rate, then 90 x 1.1 = 99.
    #expect(found.index.map { $0.map { ($0 * 1e9).rounded() / 1e9 } } == [1, 1.1, 0.99, 0.99])
    #expect(near(found.performance.value?.twr.value, -0.01))
    #expect(near(found.performance.value?.drawdown?.depth, 0.1))  // 99 from 110
    #expect(near(found.excess.value, 0.11))  // 10 % less -1 %
  }

  @Test func aUnitGoesThroughItsSplit() {
    var maker = maker()
    let index = maker.asset("INDX", .fund, cadence: .yearly)
    maker.quote(.close, "2023-12-31", "INDX", "100")
    maker.split("2024-01-02", "INDX", "4:1")
    maker.quote(.close, "2024-01-03", "INDX", "26")
    let whole = Performance(maker.book, .init(to: day("2024-01-03")))
    // Four units of 26 for one of 100.
    #expect(near(Benchmark(maker.book, index, beside: whole).performance.value?.twr.value, 0.04))
  }

  @Test func withoutAPriceAtTheStartItHasALineAndNoFigures() {
    var maker = maker()
    let index = maker.asset("INDX", .fund, cadence: .yearly)
    maker.quote(.close, "2024-01-02", "INDX", "100")
    maker.quote(.close, "2024-01-03", "INDX", "105")
    let whole = Performance(maker.book, .init(to: day("2024-01-03")))
    let found = Benchmark(maker.book, index, beside: whole)
    #expect(found.index == [nil, 1, 1.05])
    #expect(found.performance.why == .noPrice)
    #expect(found.excess == .unknown(.noPrice))
  }

  @Test func fromALaterDayItStartsAtTheEveningBefore() {
    let maker = maker()
    let whole = Performance(maker.book, .init(from: day("2024-01-03"), to: day("2024-01-03")))
    let found = Benchmark(maker.book, AssetID(2), beside: whole)
    #expect(near(found.performance.value?.twr.value, 0.1))
    #expect(near(found.excess.value, 0))
  }
}
