import Amounts
import Testing

private let usd = Currency(id: 1)
private let eur = Currency(id: 2)

@Test func aTotalSaysWhatItLeavesOut() {
  var total = Total(in: usd)
  total.add(.known(Money(10, usd)))
  total.add(.unknown(.noPrice))
  total.add(.known(Money(5, eur)))
  total.add(.known(Money(Decimal(mantissa: .max, scale: 0), usd)))
  #expect(total.sum == 10)
  #expect(total.included == 1)
  #expect(total.excluded == [.noPrice: 1, .mixedCurrencies: 1, .overflow: 1])
  #expect(total.excludedCount == 3)
}

@Test func anUnknownFigureStaysUnknownForItsReason() {
  let unknown = Figure<Decimal>.unknown(.unknownBasis)
  let known = Figure<Decimal>.known(2)
  #expect(unknown.map { $0 } == .unknown(.unknownBasis))
  #expect(known.with(unknown) { a, _ in a } == .unknown(.unknownBasis))
  #expect(known.with(known) { (a, b) throws(DecimalError) in try a.adding(b) } == .known(4))
  #expect(known.map { (a) throws(DecimalError) in try a.divided(by: 0) } == .unknown(.overflow))
}

@Test func ofTwoReasonsTheGraverIsToldWhicheverComesFirst() {
  let (costless, rateless) = (Figure<Decimal>.unknown(.unknownBasis), Figure<Decimal>.unknown(.noRate))
  #expect(costless.and(rateless) { a, _ in a } == .unknown(.unknownBasis))
  #expect(rateless.and(costless) { a, _ in a } == .unknown(.unknownBasis))
  #expect(rateless.and(.known(2)) { _, b in b } == .unknown(.noRate))
  #expect(Figure.known(Decimal(1)).and(.known(2)) { (a, b) throws(DecimalError) in try a.adding(b) } == .known(3))
  for a in Why.allCases { for b in Why.allCases { #expect(Why.graver(a, b) == Why.graver(b, a)) } }
  #expect(Why.graver(nil, .noPrice) == .noPrice && Why.graver(nil, nil) == nil)
}

@Test func moneyOfTwoCurrenciesDoesNotAdd() {
  #expect(Money(1, usd).adding(Money(2, eur)) == .unknown(.mixedCurrencies))
  #expect(Money(1, usd).adding(Money(2, usd)) == .known(Money(3, usd)))
}
