import Amounts
import Engine
import Ledger
import TestSupport
import Testing

/// Hand-worked cases of every lot method and of the pool; the calculation stands beside each expectation.
struct MethodTests {
  /// 10 at 100, 10 at 130, 10 at 110, one day after the other; then 15 are sold at 120 each.
  private func threeLots(_ method: LotMethod, edit: (inout Event) -> Void = { _ in }) -> BookMaker {
    var maker = BookMaker()
    for (day, price) in [("2024-01-02", "100"), ("2024-01-03", "130"), ("2024-01-04", "110")] {
      maker.event(.buy, day, "Wallet", "ABC", "10", price: price, "USD")
    }
    maker.event(.sell, "2024-01-05", "Wallet", "ABC", "15", price: "120", "USD", edit: edit)
    maker.settings { $0.method = method }
    return maker
  }

  private func gains(_ maker: BookMaker) -> [Decimal?] { maker.book.booked(pieces: true).pieces.map { $0.gain.value?.amount } }
  private func numbers(_ texts: String...) -> [Decimal?] { texts.map { number($0) } }
  private func costs(_ maker: BookMaker) -> [Decimal?] { maker.book.booked().lots.map { $0.cost.value?.amount } }

  @Test func lifoTakesTheLatest() {
    // 10 x (120 - 110), then 5 x (120 - 130).
    #expect(gains(threeLots(.lifo)) == numbers("100", "-50"))
    #expect(costs(threeLots(.lifo)) == numbers("1000", "650"))
  }

  @Test func hifoTakesTheDearest() {
    // 10 x (120 - 130), then 5 x (120 - 110).
    #expect(gains(threeLots(.hifo)) == numbers("-100", "50"))
    #expect(costs(threeLots(.hifo)) == numbers("1000", "550"))
  }

  @Test func lofoTakesTheCheapest() {
    // 10 x (120 - 100), then 5 x (120 - 110).
    #expect(gains(threeLots(.lofo)) == numbers("200", "50"))
    #expect(costs(threeLots(.lofo)) == numbers("1300", "550"))
  }

  @Test func averageTakesEveryUnitAtTheSameCostAndDatesInOrder() {
    let booking = threeLots(.average).book.booked(pieces: true)
    // 3,400 for 30 units. 10 of them take 10/30 = 1133.333..., 5 of the 20 left a quarter of the 2266.666... left.
    #expect(booking.pieces.map(\.cost.value?.amount) == numbers("1133.333333333333333333", "566.666666666666666667"))
    #expect(booking.pieces.map { $0.acquired?.dayUTC } == [day("2024-01-02"), day("2024-01-03")])
    // 15 left cost the other half: 5 of January 3rd, 10 of January 4th.
    #expect(booking.lots.map(\.cost.value?.amount) == numbers("566.666666666666666667", "1133.333333333333333333"))
    #expect(booking.positions.last?.cost.value?.amount == number("1700"))
  }

  @Test func theAverageMovesWithEachPurchase() {
    var maker = BookMaker()
    maker.settings { $0.method = .average }
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "10", price: "100", "USD")
    maker.event(.sell, "2024-01-03", "Wallet", "ABC", "5", price: "120", "USD")
    maker.event(.buy, "2024-01-04", "Wallet", "ABC", "15", price: "140", "USD")
    maker.event(.sell, "2024-01-05", "Wallet", "ABC", "10", price: "150", "USD")
    // 5 x (120 - 100); then 5 at 100 and 15 at 140 are 130 each: 5 of the first date, 5 of the second, 20 each.
    #expect(gains(maker) == numbers("100", "100", "100"))
  }

  @Test func unitsOfUnknownCostStayOutOfTheAverage() {
    var maker = BookMaker()
    maker.settings { $0.method = .average }
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "10", price: "100", "USD")
    maker.event(.deposit, "2024-01-03", "Wallet", "ABC", "10")
    maker.event(.buy, "2024-01-04", "Wallet", "ABC", "10", price: "200", "USD")
    maker.event(.sell, "2024-01-05", "Wallet", "ABC", "25", price: "180", "USD")
    // 10 at the average 150; 10 of unknown cost; 5 at 150.
    #expect(gains(maker) == [number("300"), nil, number("150")])
  }

  @Test func whereCurrenciesMeetTheAverageIsInBase() {
    var maker = BookMaker()
    maker.settings { $0.method = .average }
    maker.asset("EUR", .cash)
    maker.quote(.fx, "2024-01-02", "EUR", "1.10")
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "1", price: "100", "EUR")
    maker.event(.buy, "2024-01-03", "Wallet", "ABC", "1", price: "90", "USD")
    maker.event(.sell, "2024-01-04", "Wallet", "ABC", "1", price: "130", "USD")
    // 110 and 90 dollars are 100 each.
    #expect(gains(maker) == numbers("30"))
  }

  @Test func hifoRanksByCostInBaseAtTheDayOfAcquisition() {
    var maker = BookMaker()
    maker.settings { $0.method = .hifo }
    maker.asset("EUR", .cash)
    maker.quote(.fx, "2024-01-02", "EUR", "1.10")
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "1", price: "100", "EUR")
    maker.event(.buy, "2024-01-03", "Wallet", "ABC", "1", price: "105", "USD")
    maker.event(.sell, "2024-01-04", "Wallet", "ABC", "1", price: "120", "USD")
    // 100 euro were 110 dollars, dearer than 105.
    #expect(maker.book.booked(pieces: true).pieces.map(\.gainBase) == [.known(number("10"))])
  }

  @Test func equallyDearLotsLeaveEarliestFirstAndUnknownOnesLast() {
    var maker = BookMaker()
    maker.settings { $0.method = .hifo }
    maker.event(.deposit, "2024-01-01", "Wallet", "ABC", "1")
    // Thirds: what is left of a parted lot must not be ranked behind by its rounding.
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "3", gross: "100", "USD")
    maker.event(.buy, "2024-01-03", "Wallet", "ABC", "3", gross: "100", "USD")
    maker.event(.sell, "2024-01-04", "Wallet", "ABC", "1", price: "50", "USD")
    maker.event(.sell, "2024-01-05", "Wallet", "ABC", "6", price: "50", "USD")
    let dates = maker.book.booked(pieces: true).pieces.map { $0.acquired?.dayUTC }
    #expect(dates == ["2024-01-02", "2024-01-02", "2024-01-03", "2024-01-01"].map { day($0) })
  }

  @Test func hifoFollowsSplitsAndReturnsOfCapital() {
    var maker = BookMaker()
    maker.settings { $0.method = .hifo }
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "1", price: "120", "USD")
    maker.event(.split, "2024-01-03", nil, "ABC") { event in
      var extra = EventExtra()
      extra.ratio = Ratio("2:1")
      event.extra = extra
    }
    maker.event(.buy, "2024-01-04", "Wallet", "ABC", "2", price: "70", "USD")
    maker.event(.returnOfCapital, "2024-01-05", "Wallet", "ABC", gross: "4", "USD")
    maker.event(.sell, "2024-01-06", "Wallet", "ABC", "3", price: "80", "USD")
    // Two at 60 and two at 70, less 1 each: 2 x (80 - 69), then 1 x (80 - 59).
    #expect(gains(maker) == numbers("22", "21"))
  }

  @Test func inThePoolATransferMovesNoLotAndASaleFindsThemAll() {
    var maker = BookMaker()
    maker.settings { $0.scope = .global }
    let (first, second) = (maker.account("First"), maker.account("Second"))
    maker.event(.buy, "2024-01-02", "First", "ABC", "10", price: "10", "USD")
    maker.event(.buy, "2024-01-03", "Second", "ABC", "10", price: "50", "USD")
    maker.event(.transfer, "2024-01-04", "First", "ABC", "4", "USD") { $0.toAccount = second }
    maker.event(.sell, "2024-01-05", "Second", "ABC", "12", price: "60", "USD")
    // The earliest of the pool: 10 x (60 - 10), then 2 x (60 - 50), though they left the second account.
    #expect(gains(maker) == numbers("500", "20"))
    let booking = maker.book.booked()
    // 6 in the first and 2 in the second, all of the lot at 50: its own account comes first.
    #expect(booking.positions.filter { $0.asset == maker.id("ABC") }.map(\.quantity) == [number("6"), number("2")])
    #expect(booking.lots.map(\.account) == [first, second])
    #expect(booking.lots.map(\.cost.value?.amount) == numbers("300", "100"))
    #expect(!booking.issues.contains { $0.kind == .oversold })
  }

  @Test func thePoolReportsAnAccountThatIsShortAlthoughAnotherOneHasEnough() {
    var maker = BookMaker()
    maker.settings { $0.scope = .global }
    maker.event(.buy, "2024-01-02", "First", "ABC", "10", price: "10", "USD")
    maker.event(.sell, "2024-01-03", "Second", "ABC", "4", price: "60", "USD")
    let booking = maker.book.booked(pieces: true)
    #expect(booking.pieces.map(\.gain.value?.amount) == numbers("200"))
    #expect(booking.issues.filter { $0.kind == .oversold }.map(\.amount) == numbers("4"))
    // 6 of known cost and 4 of unknown in the first, 4 too few in the second.
    #expect(booking.lots.map(\.quantity) == [number("6"), number("4"), number("-4")])
  }

  @Test func aSplitInOneAccountGrowsThePoolByWhatItAdds() {
    var maker = BookMaker()
    maker.settings { $0.scope = .global }
    maker.event(.buy, "2024-01-02", "First", "ABC", "10", price: "10", "USD")
    maker.event(.buy, "2024-01-03", "Second", "ABC", "30", price: "20", "USD")
    for account in ["First", "Second"] {
      maker.event(.split, "2024-01-04", account, "ABC") { event in
        var extra = EventExtra()
        extra.ratio = Ratio("3:1")
        event.extra = extra
      }
    }
    let lots = maker.book.booked().lots
    #expect(lots.map(\.quantity) == [number("30"), number("90")])
    #expect(lots.map(\.cost.value?.amount) == numbers("100", "600"))
  }

  @Test(arguments: [
    (#"{"event":2}"#, ["-100", "100"]),  // 10 x (120 - 130); 5 x (120 - 100) by FIFO
    (#"{"date":"2024-01-04"}"#, ["100", "100"]),  // 10 x (120 - 110); 5 x (120 - 100) by FIFO
    (#"[{"unit_cost":"110","quantity":"5"}, {"event":"2","quantity":10}]"#, ["50", "-100"]),
    (#"{"event":99}"#, ["200", "-50"]),
    (#"not json"#, ["200", "-50"]),
  ]) func specificTakesWhatIsSelectedAndTheEarliestForTheRest(_ selector: String, _ wanted: [String]) {
    let maker = threeLots(.specific) { event in
      var extra = EventExtra()
      extra.lotSelector = selector
      event.extra = extra
    }
    #expect(gains(maker) == wanted.map { number($0) })
    let missed = maker.book.booked().issues.filter { $0.kind == .lotNotFound }.map(\.amount)
    #expect(missed == (selector.hasPrefix("[") ? [] : [number(wanted == ["200", "-50"] ? "15" : "5")]))
  }

  private func selecting(_ selector: String) -> (inout Event) -> Void {
    { event in
      var extra = EventExtra()
      extra.lotSelector = selector
      event.extra = extra
    }
  }

  @Test func anEventIsSelectedByItsSourcesIdBeforeFlorinsOwn() {
    var maker = threeLots(.specific, edit: selecting(#"{"event":"2"}"#))
    // The source calls the third purchase 2: 10 x (120 - 110), then 5 x (120 - 100).
    maker.externalIDs(["2": [3], "sale": [4]])
    #expect(gains(maker) == numbers("100", "100"))
    // No source has a 2: it is Florin's own.
    maker.externalIDs(["sale": [4]])
    #expect(gains(maker) == numbers("-100", "100"))
  }

  @Test func aLotIsSelectedByItsLabel() {
    var maker = BookMaker()
    maker.settings { $0.method = .specific }
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "10", price: "100", "USD")
    maker.event(.buy, "2024-01-03", "Wallet", "ABC", "10", price: "130", "USD", edit: selecting(#"{"label":"the \"big\" one"}"#))
    maker.event(.buy, "2024-01-04", "Wallet", "ABC", "10", price: "110", "USD") { event in
      var extra = EventExtra()
      extra.note = "savings plan"
      event.extra = extra
    }
    maker.event(
      .sell, "2024-01-05", "Wallet", "ABC", "15", price: "120", "USD",
      edit: selecting(#"[{"label":"savings plan","quantity":"4"},{"label":"the \"big\" one"}]"#))
    // 4 x (120 - 110), 10 x (120 - 130), and one by FIFO: 120 - 100.
    #expect(gains(maker) == numbers("40", "-100", "20"))
    #expect(maker.book.booked().issues.filter { $0.kind == .lotNotFound }.map(\.amount) == numbers("1"))
  }

  @Test func aSelectorIsForWhatTheEventGivesAwayAndNotForItsFee() {
    var maker = BookMaker()
    maker.settings { $0.method = .specific }
    let gas = maker.id("GAS")
    maker.event(.buy, "2024-01-01", "Wallet", "GAS", "5", price: "1", "USD")
    for price in ["100", "130"] { maker.event(.buy, "2024-01-02", "Wallet", "ABC", "10", price: price, "USD") }
    maker.event(.sell, "2024-01-05", "Wallet", "ABC", "10", price: "120", "USD") { event in
      selecting(#"{"event":3}"#)(&event)
      (event.fee, event.feeAsset, event.feeValue) = (number("2"), gas, number("2"))
    }
    // The gas is worth what it cost; 10 x (120 - 130) less the fee of 2.
    #expect(gains(maker) == numbers("0", "-102"))
    #expect(!maker.book.booked().issues.contains { $0.kind == .lotNotFound })
  }

  @Test func everyOtherMethodIgnoresSelectors() {
    let maker = threeLots(.fifo) { event in
      var extra = EventExtra()
      extra.lotSelector = #"{"event":2}"#
      event.extra = extra
    }
    #expect(gains(maker) == numbers("200", "-50"))
  }
}
