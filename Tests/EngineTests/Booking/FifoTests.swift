import Amounts
import Engine
import Ledger
import TestSupport
import Testing

/// Hand-worked cases of FIFO booking; the calculation stands beside each expectation.
struct FifoTests {
  private func gains(_ maker: BookMaker) -> [Decimal?] { maker.book.booked(pieces: true).pieces.map { $0.gain.value?.amount } }

  private func position(_ maker: inout BookMaker, _ symbol: String, _ account: String) -> Position? {
    let (asset, place) = (maker.id(symbol), maker.account(account))
    return maker.book.booked().positions.first { $0.asset == asset && $0.account == place }
  }

  /// 10 at 100 and 10 at 120; a fee of 5 on each. Selling 12 for 1,560 with a fee of 6 takes 10 of the first and 2 of the second.
  private func twoLots() -> BookMaker {
    var maker = BookMaker()
    func fee(_ amount: String) -> (inout Event) -> Void {
      { event in
        event.fee = number(amount)
        event.feeAsset = AssetID(1)
        event.feeValue = number(amount)
      }
    }
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "10", price: "100", gross: "1000", "USD", edit: fee("5"))
    maker.event(.buy, "2024-02-02", "Wallet", "ABC", "10", price: "120", gross: "1200", "USD", edit: fee("5"))
    maker.event(.sell, "2024-03-02", "Wallet", "ABC", "12", price: "130", gross: "1560", "USD", edit: fee("6"))
    return maker
  }

  @Test func underSeparateFeesTheSaleSpillsIntoTheNextLotAtPlainPrices() {
    var maker = twoLots()
    maker.settings { $0.feeRule = .separate }
    // 10 x (130 - 100) = 300; 2 x (130 - 120) = 20.
    #expect(gains(maker) == [number("300"), number("20")])
    // 8 left of the second lot at 120.
    #expect(position(&maker, "ABC", "Wallet")?.cost.value?.amount == number("960"))
  }

  @Test func underCapitalizedFeesTheyArePartOfCostAndProceeds() {
    var maker = twoLots()
    // Proceeds 1,560 - 6 = 1,554: 10/12 of it 1,295, 2/12 of it 259. Costs 1,005 and 2/10 of 1,205 = 241.
    #expect(gains(maker) == [number("290"), number("18")])
    #expect(position(&maker, "ABC", "Wallet")?.cost.value?.amount == number("964"))
  }

  @Test func lotsAreMatchedInsideTheirOwnAccount() {
    var maker = BookMaker()
    maker.event(.buy, "2024-01-02", "First", "ABC", "1", price: "10", "USD")
    maker.event(.buy, "2024-01-03", "Second", "ABC", "1", price: "50", "USD")
    maker.event(.sell, "2024-01-04", "Second", "ABC", "1", price: "60", "USD")
    #expect(gains(maker) == [number("10")])
  }

  @Test func aTransferCarriesDateAndCostAndItsFeeInKindIsADisposal() {
    var maker = BookMaker()
    maker.event(.buy, "2024-01-02", "Exchange", "ABC", "10", price: "100", "USD")
    let vault = maker.account("Vault")
    maker.event(.transfer, "2024-02-02", "Exchange", "ABC", "5", "USD") { event in
      event.toAccount = vault
      event.fee = number("1")
      event.feeAsset = event.asset
      event.feeValue = number("110")
    }
    // 4 arrive with cost 400; the fee unit cost 100 and is worth 110.
    #expect(gains(maker) == [number("10")])
    let booking = maker.book.booked(pieces: true)
    #expect(booking.pieces.first?.kind == .fee)
    let lots = booking.lots.filter { $0.account == vault }
    #expect(lots.map(\.quantity) == [number("4")])
    #expect(lots.map(\.cost.value?.amount) == [number("400")])
    #expect(lots.first?.acquired == Instant("2024-01-02T12:00:00Z"))
    #expect(lots.first?.path == 1)
  }

  @Test func aFeeInAThirdAssetIsADisposalOfThatAsset() {
    var maker = BookMaker()
    maker.event(.buy, "2024-01-02", "Wallet", "GAS", "2", price: "10", "USD")
    let gas = maker.id("GAS")
    maker.event(.buy, "2024-02-02", "Wallet", "ABC", "1", price: "100", "USD") { event in
      event.fee = number("0.5")
      event.feeAsset = gas
      event.feeValue = number("8")
    }
    // Half a GAS cost 5 and was worth 8; ABC costs 100 + 8.
    #expect(gains(maker) == [number("3")])
    #expect(position(&maker, "ABC", "Wallet")?.cost.value?.amount == number("108"))
    #expect(position(&maker, "GAS", "Wallet")?.quantity == number("1.5"))
  }

  @Test func aSplitKeepsCostAndDatesAndMultipliesUnits() {
    var maker = BookMaker()
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "10", price: "90", "USD")
    maker.event(.split, "2024-02-02", nil, "ABC") { event in
      var extra = EventExtra()
      extra.ratio = Ratio("3:2")
      event.extra = extra
    }
    maker.event(.sell, "2024-03-02", "Wallet", "ABC", "5", price: "70", "USD")
    // 15 units cost 900, so 5 cost 300 and sell for 350.
    #expect(gains(maker) == [number("50")])
    #expect(position(&maker, "ABC", "Wallet")?.quantity == number("10"))
  }

  @Test func unitsOfUnknownCostHaveNoGainInsteadOfAFalseOne() {
    var maker = BookMaker()
    maker.event(.deposit, "2024-01-02", "Wallet", "ABC", "10")
    maker.event(.sell, "2024-02-02", "Wallet", "ABC", "4", price: "70", "USD")
    let booking = maker.book.booked(pieces: true)
    #expect(booking.pieces.map(\.gain) == [.unknown(.unknownBasis)])
    #expect(booking.pieces.first?.proceeds.value?.amount == number("280"))
    #expect(position(&maker, "ABC", "Wallet")?.unknownBasisUnits == number("6"))
    #expect(booking.positions.first { $0.asset == AssetID(2) }?.unknownGains == 1)
    #expect(booking.issues.contains { $0.kind == .unknownBasis })
  }

  @Test func sellingMoreThanIsHeldIsReportedAndFilledByLaterAcquisitions() {
    var maker = BookMaker()
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "1", price: "10", "USD")
    let sale = maker.event(.sell, "2024-01-03", "Wallet", "ABC", "3", price: "20", "USD")
    maker.event(.buy, "2024-01-04", "Wallet", "ABC", "5", price: "30", "USD")
    let booking = maker.book.booked(pieces: true)
    // One unit gains 10; two were never there.
    #expect(booking.pieces.map(\.gain.value?.amount) == [number("10"), nil])
    let issue = booking.issues.first { $0.kind == .oversold }
    #expect(issue?.event == sale && issue?.amount == number("2"))
    // 5 bought for 150 fill the 2 short ones; 3 are left at 90.
    #expect(position(&maker, "ABC", "Wallet")?.quantity == number("3"))
    #expect(position(&maker, "ABC", "Wallet")?.cost.value?.amount == number("90"))
  }

  @Test func aRewardIsIncomeAndALotAtTheSameValue() {
    var maker = BookMaker()
    maker.event(.reward, "2024-01-02", "Wallet", "ABC", "2", price: "25", "USD")
    let booking = maker.book.booked()
    #expect(booking.receipts.map(\.gross.value?.amount) == [number("50")])
    #expect(position(&maker, "ABC", "Wallet")?.cost.value?.amount == number("50"))
    #expect(position(&maker, "ABC", "Wallet")?.incomeBase == number("50"))
  }

  @Test func aRewardWithoutAPriceIsIncomeOfUnknownValue() {
    var maker = BookMaker()
    maker.event(.reward, "2024-01-02", "Wallet", "ABC", "2")
    let booking = maker.book.booked()
    #expect(booking.receipts.map(\.gross) == [.unknown(.unknownBasis)])
    #expect(position(&maker, "ABC", "Wallet")?.unknownReceipts == 1)
    #expect(position(&maker, "ABC", "Wallet")?.incomeBase == .zero)
  }

  @Test func returnOfCapitalLowersCostByUnitsAndItsExcessIsGain() {
    var maker = BookMaker()
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "10", price: "1", "USD")
    maker.event(.buy, "2024-01-03", "Wallet", "ABC", "10", price: "9", "USD")
    maker.event(.returnOfCapital, "2024-02-02", "Wallet", "ABC", "20", gross: "60", "USD")
    // 30 on each lot: the first costs 10, so 20 is gain; the second falls from 90 to 60.
    #expect(gains(maker) == [number("20")])
    #expect(position(&maker, "ABC", "Wallet")?.cost.value?.amount == number("60"))
    #expect(position(&maker, "ABC", "Wallet")?.incomeBase == .zero)
  }

  @Test func aSwapSellsOneAndBuysTheOtherAtItsValue() {
    var maker = BookMaker()
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "2", price: "100", "USD")
    let other = maker.id("XYZ")
    maker.event(.swap, "2024-02-02", "Wallet", "ABC", "1", gross: "150", "USD") { event in
      var extra = EventExtra()
      extra.toAsset = other
      extra.toQuantity = number("30")
      event.extra = extra
    }
    #expect(gains(maker) == [number("50")])
    #expect(position(&maker, "XYZ", "Wallet")?.cost.value?.amount == number("150"))
    // No money moved.
    #expect(position(&maker, "USD", "Wallet")?.quantity == number("-200"))
  }

  @Test func aMigrationCarriesCostAndDates() {
    var maker = BookMaker()
    maker.event(.buy, "2024-01-02", "Wallet", "OLD", "10", price: "5", "USD")
    let new = maker.id("NEW")
    maker.event(.migration, "2024-02-02", "Wallet", "OLD", "10") { event in
      var extra = EventExtra()
      extra.toAsset = new
      extra.ratio = Ratio("1:4")
      event.extra = extra
    }
    let lots = maker.book.booked().lots
    #expect(lots.map(\.quantity) == [number("2.5")])
    #expect(lots.map(\.cost.value?.amount) == [number("50")])
    #expect(lots.first?.acquired == Instant("2024-01-02T12:00:00Z"))
  }

  @Test func costInBaseIsAtTheRateOfTheAcquisition() {
    var maker = BookMaker()
    maker.asset("EUR", .cash)
    maker.quote(.fx, "2024-01-02", "EUR", "1.10")
    maker.quote(.fx, "2024-02-02", "EUR", "1.20")
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "1", price: "100", "EUR")
    maker.event(.sell, "2024-02-02", "Wallet", "ABC", "1", price: "100", "EUR")
    let piece = maker.book.booked(pieces: true).pieces.first
    // Nothing gained in euro; 120 - 110 in dollars.
    #expect(piece?.gain.value?.amount == .zero)
    #expect(piece?.gainBase == .known(number("10")))
  }

  @Test func aRateOlderThanAWeekIsNoRate() {
    var maker = BookMaker()
    maker.asset("EUR", .cash)
    maker.quote(.fx, "2024-01-02", "EUR", "1.10")
    maker.event(.buy, "2024-01-10", "Wallet", "ABC", "1", price: "100", "EUR")
    #expect(maker.book.booked().lots.first?.costBase == .unknown(.noRate))
    maker = BookMaker()
    maker.asset("EUR", .cash)
    maker.quote(.fx, "2024-01-02", "EUR", "1.10")
    maker.event(.buy, "2024-01-09", "Wallet", "ABC", "1", price: "100", "EUR")
    #expect(maker.book.booked().lots.first?.costBase == .known(number("110")))
  }
}
