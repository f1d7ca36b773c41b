import Amounts
import Engine
import Ledger
import TestSupport
import Testing

/// Splits, migrations, mergers and spin-offs: what was paid is neither lost nor made.
struct CorporateActionTests {
  private func bought(_ units: String = "10", at price: String = "10") -> BookMaker {
    var maker = BookMaker()
    maker.event(.buy, "2024-01-02", "Wallet", "OLD", units, price: price, "USD")
    return maker
  }

  @Test func aConsolidationDividesUnits() {
    var maker = bought("25", at: "2")
    maker.event(.split, "2024-02-02", nil, "OLD", edit: extra { $0.ratio = Ratio("1:10") })
    // 2.5 units for the same 50.
    #expect(maker.lots("OLD").map(\.quantity) == [number("2.5")])
    #expect(amounts(maker.lots("OLD").map(\.cost)) == numbers("50"))
  }

  @Test func theFractionOfAConsolidationIsSoldForItsCash() {
    var maker = bought("25", at: "2")
    maker.event(
      .split, "2024-02-02", "Wallet", "OLD", gross: "12", "USD",
      edit: extra {
        $0.ratio = Ratio("1:10")
        $0.toQuantity = number("2")
      })
    // Half a unit of 20 each cost 10 and brings 12; 2 units cost 40.
    #expect(maker.pieces("OLD").map(\.gainBase) == [.known(number("2"))])
    #expect(amounts(maker.lots("OLD").map(\.cost)) == numbers("40"))
    #expect(maker.position("USD")?.quantity == number("-38"))
  }

  @Test func aSplitOfOneAccountLeavesTheOthers() {
    var maker = bought()
    maker.event(.buy, "2024-01-03", "Vault", "OLD", "10", price: "10", "USD")
    maker.event(.split, "2024-02-02", "Vault", "OLD", edit: extra { $0.ratio = Ratio("3:1") })
    #expect(maker.position("OLD", "Wallet")?.quantity == number("10"))
    #expect(maker.position("OLD", "Vault")?.quantity == number("30"))
  }

  @Test func aMigrationWithAFractionInCash() {
    var maker = bought("10", at: "3")
    let new = maker.id("NEW")
    maker.event(
      .migration, "2024-02-02", "Wallet", "OLD", "10", gross: "9", "USD",
      edit: extra {
        $0.toAsset = new
        $0.ratio = Ratio("1:4")
        $0.toQuantity = number("2")
      })
    // 2.5 NEW cost 30, 12 each. Half a unit cost 6 and is paid 9; 2 are left at 24.
    #expect(maker.pieces("NEW").map(\.gainBase) == [.known(number("3"))])
    #expect(amounts(maker.lots("NEW").map(\.cost)) == numbers("24"))
    #expect(maker.lots("NEW").first?.acquired == Instant("2024-01-02T12:00:00Z"))
  }

  @Test func aMigrationOfAllAccountsCarriesEachLotInItsPlace() {
    var maker = bought()
    maker.event(.buy, "2024-01-03", "Vault", "OLD", "5", price: "20", "USD")
    let new = maker.id("NEW")
    maker.event(
      .migration, "2024-02-02", nil, "OLD",
      edit: extra {
        $0.toAsset = new
        $0.ratio = Ratio("2:1")
      })
    #expect(maker.position("NEW", "Wallet")?.quantity == number("20"))
    #expect(maker.position("NEW", "Vault")?.quantity == number("10"))
    #expect(amounts(maker.lots("NEW").map(\.cost)) == numbers("100", "100"))
    #expect(maker.lots("OLD").isEmpty)
  }

  @Test func aMergerForStockCarriesCost() {
    var maker = bought()
    let new = maker.id("NEW")
    maker.event(
      .merger, "2024-02-02", "Wallet", "OLD", "10",
      edit: extra {
        $0.toAsset = new
        $0.toQuantity = number("4")
      })
    #expect(amounts(maker.lots("NEW").map(\.cost)) == numbers("100"))
    #expect(maker.pieces("OLD").isEmpty)
  }

  @Test func aMergerForCashIsASale() {
    var maker = bought()
    maker.event(.merger, "2024-02-02", "Wallet", "OLD", "10", gross: "170", "USD")
    #expect(maker.pieces("OLD").map(\.gainBase) == [.known(number("70"))])
    #expect(maker.lots("OLD").isEmpty)
    #expect(maker.position("USD")?.quantity == number("70"))
  }

  @Test(arguments: ["Wallet", nil] as [String?])
  func aMergerForBothSellsTheShareThatCashPays(_ account: String?) {
    var maker = bought()
    maker.quote(.close, "2024-02-01", "NEW", "15")
    let new = maker.id("NEW")
    maker.event(
      .merger, "2024-02-02", account, "OLD", account == nil ? nil : "10", gross: "40", "USD",
      edit: extra {
        $0.toAsset = new
        $0.ratio = Ratio("4:10")
      })
    // 4 NEW at 15 = 60, with 40 cash: 40 % of the cost of 100 leaves with the cash, a gain of 0; 60 stays.
    #expect(maker.pieces("OLD").map(\.gainBase) == [.known(.zero)])
    #expect(amounts(maker.lots("NEW").map(\.cost)) == numbers("60"))
    #expect(maker.lots("NEW").map(\.quantity) == [number("4")])
  }

  @Test func theCashOfAMergerIsPaidOnceOverAllAccounts() {
    var maker = bought()
    maker.event(.buy, "2024-01-03", "Vault", "OLD", "10", price: "10", "USD")
    maker.quote(.close, "2024-02-01", "NEW", "15")
    let new = maker.id("NEW")
    maker.event(
      .merger, "2024-02-02", nil, "OLD", gross: "80", "USD",
      edit: extra {
        $0.toAsset = new
        $0.ratio = Ratio("4:10")
      })
    // 8 NEW at 15 = 120 with 80 cash: 40 % of 200 leaves for 80.
    #expect(amounts(maker.pieces("OLD").map(\.proceeds)) == numbers("40", "40"))
    #expect(maker.pieces("OLD").map(\.gainBase) == [.known(.zero), .known(.zero)])
    #expect(amounts(maker.lots("NEW").map(\.cost)) == numbers("60", "60"))
  }

  @Test func aSpinOffTakesItsShareLotByLotAndKeepsDates() {
    var maker = bought()
    maker.event(.buy, "2024-01-09", "Wallet", "OLD", "10", price: "30", "USD")
    let child = maker.id("NEW")
    maker.event(
      .spinoff, "2024-02-02", "Wallet", "OLD",
      edit: extra {
        $0.toAsset = child
        $0.toQuantity = number("4")
        $0.basisShare = number("0.25")
      })
    // A quarter of 100 and of 300 goes over, 2 units each.
    #expect(amounts(maker.lots("OLD").map(\.cost)) == numbers("75", "225"))
    #expect(amounts(maker.lots("NEW").map(\.cost)) == numbers("25", "75"))
    #expect(maker.lots("NEW").map(\.acquired) == [Instant("2024-01-02T12:00:00Z"), Instant("2024-01-09T12:00:00Z")])
  }

  /// In one pool the rows of several accounts together take the share once, whichever is first.
  @Test func theRowsOfASpinOffInAPoolTakeTheShareOfWhatWasThereBefore() {
    var maker = bought("30", at: "10")
    maker.event(.buy, "2024-01-03", "Vault", "OLD", "10", price: "10", "USD")
    let child = maker.id("NEW")
    for (account, units) in [("Wallet", "3"), ("Vault", "1")] {
      maker.event(
        .spinoff, "2024-02-02", account, "OLD",
        edit: extra {
          $0.toAsset = child
          $0.toQuantity = number(units)
          $0.basisShare = number("0.5")
        })
    }
    maker.settings { $0.scope = .global }
    // Half of 300 and half of 100 go over; per row from what was left it would be less.
    #expect(maker.lots("OLD").map(\.costBase) == [.known(number("150")), .known(number("50"))])
    let over = maker.lots("NEW").compactMap(\.costBase.value).reduce(Decimal.zero) { (try? $0.adding($1)) ?? $0 }
    #expect(over == number("200"))
  }

  @Test func aSpinOffWithoutAShareLeavesBothCostsUnknownAndSaysSo() {
    var maker = bought()
    let child = maker.id("NEW")
    maker.event(
      .spinoff, "2024-02-02", "Wallet", "OLD",
      edit: extra {
        $0.toAsset = child
        $0.toQuantity = number("4")
      })
    #expect(maker.lots("OLD").map(\.cost) == [.unknown(.unknownBasis)])
    #expect(maker.lots("NEW").map(\.cost) == [.unknown(.unknownBasis)])
    #expect(maker.issues.map(\.kind) == [.basisShareUnknown])
  }

  @Test func wrappingAndUnwrappingGainNothing() {
    var maker = bought()
    let wrapped = maker.id("WOLD")
    let plain = maker.id("OLD")
    maker.event(.wrap, "2024-02-02", "Wallet", "OLD", "10", edit: extra { $0.toAsset = wrapped })
    #expect(amounts(maker.lots("WOLD").map(\.cost)) == numbers("100"))
    maker.event(.unwrap, "2024-03-02", "Wallet", "WOLD", "10", edit: extra { $0.toAsset = plain })
    #expect(amounts(maker.lots("OLD").map(\.cost)) == numbers("100"))
    #expect(maker.lots("OLD").first?.acquired == Instant("2024-01-02T12:00:00Z"))
    #expect(maker.book.booked(pieces: true).pieces.isEmpty)
  }

  @Test func aRedemptionWithoutAPriceIsAtTheNavOfTheDay() {
    var maker = bought()
    maker.quote(.nav, "2024-01-31", "OLD", "12.5")
    maker.event(.redemption, "2024-02-02", "Wallet", "OLD", "4", "USD")
    // 4 x 12.5 = 50 for a cost of 40.
    #expect(maker.pieces("OLD").map(\.gainBase) == [.known(number("10"))])
    #expect(maker.pieces("OLD").first?.kind == .redemption)
    #expect(maker.position("USD")?.quantity == number("-50"))
  }
}
