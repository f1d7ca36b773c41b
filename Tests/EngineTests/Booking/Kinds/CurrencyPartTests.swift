import Amounts
import Engine
import Ledger
import TestSupport
import Testing

/// What of a gain the price made, and what the currency.
struct CurrencyPartTests {
  /// A euro is worth 1.10 dollars on 2 January and 1.20 on 2 February.
  private func euros() -> BookMaker {
    var maker = BookMaker()
    maker.asset("EUR", .cash)
    maker.quote(.fx, "2024-01-02", "EUR", "1.10")
    maker.quote(.fx, "2024-02-02", "EUR", "1.20")
    return maker
  }

  private func parts(_ maker: BookMaker) -> [(price: Decimal?, currency: Decimal?)] {
    let pieces = maker.book.booked(pieces: true).pieces
    let parts = CurrencyParts(maker.book, pieces)
    return pieces.map { piece in
      let currency = parts.currencyPart(of: piece)
      let price = piece.gainBase.with(currency) { (gain, part) throws(DecimalError) in try gain.subtracting(part) }
      return (price.value, currency.value)
    }
  }

  @Test func theCostGainsWithItsCurrencyAndTheRestIsThePrice() {
    var maker = euros()
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "1", price: "100", "EUR")
    maker.event(.sell, "2024-02-02", "Wallet", "ABC", "1", price: "130", "EUR")
    // 130 x 1.20 - 100 x 1.10 = 46: 100 x (1.20 - 1.10) = 10 by the currency, 30 x 1.20 = 36 by the price.
    #expect(parts(maker).map(\.currency) == [number("10")])
    #expect(parts(maker).map(\.price) == [number("36")])
  }

  @Test func whatWasPaidInTheCurrencyOfTotalsHasNoCurrencyPart() {
    var maker = euros()
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "1", price: "100", "USD")
    maker.event(.sell, "2024-02-02", "Wallet", "ABC", "1", price: "130", "EUR")
    // 156 - 100.
    #expect(parts(maker).map(\.currency) == [.zero])
    #expect(parts(maker).map(\.price) == [number("56")])
  }

  @Test func theEventsOwnRateCountsBeforeTheDays() {
    var maker = euros()
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "1", price: "100", "EUR")
    maker.event(.sell, "2024-02-02", "Wallet", "ABC", "1", price: "130", "EUR", edit: extra { $0.fxRate = number("1.25") })
    // 130 x 1.25 - 110 = 52.5: 100 x (1.25 - 1.10) = 15, 30 x 1.25 = 37.5.
    #expect(parts(maker).map(\.currency) == [number("15")])
    #expect(parts(maker).map(\.price) == [number("37.5")])
  }

  @Test func aLossForNothingIsAtTheDaysRate() {
    var maker = euros()
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "1", price: "100", "EUR")
    maker.event(.writeoff, "2024-02-02", "Wallet", "ABC", "1", "EUR")
    // -110 in all: 10 by the currency, -120 by the price.
    #expect(parts(maker).map(\.currency) == [number("10")])
    #expect(parts(maker).map(\.price) == [number("-120")])
  }

  @Test func bothAddUpToTheGainWhateverTheNumbers() throws {
    try withSeeds(300) { random in
      var maker = euros()
      for step in 0..<12 {
        let units = "\(random.int(1...999))"
        let price = Decimal(mantissa: Int128(random.int(1...99_999)), scale: UInt8(random.int(0...5))).description
        maker.event(.buy, "2024-01-0\(2 + step % 6)", "Wallet", "ABC", units, price: price, "EUR")
        maker.event(.sell, "2024-02-0\(2 + step % 6)", "Wallet", "ABC", "\(random.int(1...99))", price: price, "EUR")
      }
      for (piece, part) in zip(maker.book.booked(pieces: true).pieces, parts(maker)) where piece.gainBase.isKnown {
        let sum = try part.price?.adding(part.currency ?? .zero)
        try law(sum == piece.gainBase.value, "\(String(describing: sum)) is not \(piece.gainBase)")
      }
    }
  }

  /// 100 euro come at 1.10 and 40 leave at 1.20: 60 are there, worth 72; they count 110 - 48 = 62.
  @Test func cashKeepsWhatItsMovementsWereWorth() {
    var maker = euros()
    maker.event(.deposit, "2024-01-02", "Bank", "EUR", "100")
    maker.event(.withdraw, "2024-02-02", "Bank", "EUR", "40")
    let position = maker.position("EUR", "Bank")
    #expect(position?.quantity == number("60"))
    #expect(position?.costBase == number("62"))
    #expect(position?.unknownBasisUnits == .zero)
    maker.event(.deposit, "2024-05-02", "Bank", "EUR", "5")
    #expect(maker.position("EUR", "Bank")?.unknownBasisUnits == number("5"))
  }
}
