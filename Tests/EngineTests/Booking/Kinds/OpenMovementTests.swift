import Amounts
import Engine
import Ledger
import TestSupport
import Testing

/// Pending, void, unsettled, staked.
struct OpenMovementTests {
  @Test func pendingIsInTheQuantityShownApartAndNotFree() {
    var maker = BookMaker()
    let wallet = maker.account("Wallet")
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "10", price: "1", "USD")
    maker.event(.reward, "2024-01-03", "Wallet", "ABC", "2", price: "1", "USD") { $0.status = .pending }
    maker.event(.buy, "2024-01-04", "Wallet", "ABC", "7", price: "1", "USD") { $0.status = .void }
    let abc = maker.id("ABC")
    #expect(maker.position("ABC")?.quantity == number("12"))
    let open = OpenMovements(maker.book, asOf: day("2024-12-31"))
    #expect(open.pending(abc, wallet) == number("2"))
    #expect(OpenMovements(maker.book, asOf: day("2024-01-02")).isEmpty)
    let state = Restrictions(maker.book, maker.book.booked()).state(of: abc, in: wallet, on: day("2024-12-31"))
    #expect(state.free == number("10"))
    #expect(state.reasons == ["pending"])
  }

  @Test func whatIsAnnouncedToComeIsNotFreeWhateverIsAnnouncedToLeave() {
    var maker = BookMaker()
    let wallet = maker.account("Wallet")
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "10", price: "1", "USD")
    maker.event(.buy, "2024-01-03", "Wallet", "ABC", "2", price: "1", "USD") { $0.status = .pending }
    maker.event(.sell, "2024-01-04", "Wallet", "ABC", "3", price: "1", "USD") { $0.status = .pending }
    let abc = maker.id("ABC")
    let open = OpenMovements(maker.book, asOf: day("2024-12-31"))
    #expect(open.pending(abc, wallet) == number("-1"))
    let state = Restrictions(maker.book, maker.book.booked()).state(of: abc, in: wallet, on: day("2024-12-31"))
    // 10 + 2 - 3 are held, of which 2 have not come.
    #expect(state.held == number("9") && state.free == number("7"))
  }

  @Test func unitsStakedIntoAnAccountArePledgedThereUntilTheyComeBack() {
    var maker = BookMaker()
    let (wallet, pool) = (maker.account("Wallet"), maker.account("Pool"))
    let abc = maker.id("ABC")
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "10", price: "1", "USD")
    maker.event(.stake, "2024-01-03", "Wallet", "ABC", "4") { $0.toAccount = pool }
    maker.event(.unstake, "2024-01-05", "Pool", "ABC", "4") { $0.toAccount = wallet }
    func free(_ account: AccountID, _ on: String) -> Decimal {
      let booking = maker.book.booked(asOf: day(on))
      return Restrictions(maker.book, booking, asOf: day(on)).state(of: abc, in: account, on: day(on)).free
    }
    #expect(free(wallet, "2024-01-03") == number("6") && free(pool, "2024-01-03") == .zero)
    #expect(free(wallet, "2024-01-05") == number("10"))
  }

  @Test func aTradeIsUnsettledUntilItsDate() {
    var maker = BookMaker()
    let wallet = maker.account("Broker")
    maker.event(.buy, "2024-01-02", "Broker", "ABC", "10", price: "1", "USD", edit: extra { $0.settleDate = day("2024-01-04") })
    let abc = maker.id("ABC")
    #expect(OpenMovements(maker.book, asOf: day("2024-01-03")).unsettled(abc, wallet) == number("10"))
    #expect(OpenMovements(maker.book, asOf: day("2024-01-03")).unsettled(AssetID(1), wallet) == number("-10"))
    #expect(OpenMovements(maker.book, asOf: day("2024-01-04")).isEmpty)
  }

  /// 10 settled, 5 more traded the day before the record day and settled after it.
  @Test(arguments: [(true, "10"), (false, "15")])
  func aBrokerCountsWhatIsSettledWhereOnlyTheRecordDateIsKnown(_ isStock: Bool, _ entitled: String) {
    var maker = BookMaker()
    let asset = maker.asset("ABC", isStock ? .stock : .security, currency: "USD")
    maker.distribution("ABC", "dividend", record: "2024-03-15", pay: "2024-04-01", "1")
    maker.event(.buy, "2024-01-02", "Broker", "ABC", "10", price: "1", "USD", edit: extra { $0.settleDate = day("2024-01-04") })
    maker.event(.buy, "2024-03-14", "Broker", "ABC", "5", price: "1", "USD", edit: extra { $0.settleDate = day("2024-03-18") })
    let ledger = IncomeLedger(maker.book, maker.book.booked(), asOf: day("2024-03-31"))
    #expect(ledger.payments.first { $0.distribution.asset == asset }?.entitled == .known(number(entitled)))
  }

  @Test func whatIsSlashedWasStakedAndASplitMultipliesTheStake() {
    var maker = BookMaker()
    let (wallet, abc) = (maker.account("Wallet"), maker.id("ABC"))
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "10", price: "1", "USD")
    maker.event(.stake, "2024-01-03", "Wallet", "ABC", "8")
    maker.event(.slash, "2024-01-04", "Wallet", "ABC", "2")
    maker.event(.split, "2024-01-05", nil, "ABC", edit: extra { $0.ratio = Ratio("2:1") })
    func free(_ on: String) -> Decimal {
      let booking = maker.book.booked(asOf: day(on))
      return Restrictions(maker.book, booking, asOf: day(on)).state(of: abc, in: wallet, on: day(on)).free
    }
    // 10 - 0; 10 - 8; 8 - 6; 16 - 12.
    #expect(["2024-01-02", "2024-01-03", "2024-01-04", "2024-01-05"].map(free) == [number("10"), number("2"), number("2"), number("4")])
  }

  @Test func costBasisThroughTime() {
    var maker = BookMaker()
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "10", price: "10", "USD")
    maker.event(.buy, "2024-02-02", "Wallet", "DEF", "1", price: "70", "USD")
    maker.event(.sell, "2024-03-02", "Wallet", "ABC", "4", price: "99", "USD")
    maker.event(.deposit, "2024-04-02", "Wallet", "GHI", "1")
    let days = ["2024-01-01", "2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"].map { day($0) }
    let points = maker.book.costBasis(on: days)
    // 100; 170; 170 - 40.
    #expect(points.map(\.costBase) == ["0", "100", "170", "130", "130"].map { number($0) })
    #expect(points.last?.unknown == [maker.id("GHI")])
    #expect(maker.book.costBasis(on: days, of: [maker.id("DEF")]).map(\.costBase) == ["0", "0", "70", "70", "70"].map { number($0) })
    // The same as a booking as of each day.
    for point in points {
      let sum = maker.book.booked(asOf: point.day).lots.compactMap(\.costBase.value).reduce(Decimal.zero) { (try? $0.adding($1)) ?? $0 }
      #expect(point.costBase == sum)
    }
  }
}
