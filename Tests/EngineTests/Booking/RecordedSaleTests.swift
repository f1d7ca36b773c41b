import Amounts
import Engine
import Ledger
import TestSupport
import Testing

/// What a recorded sale could have taken, and that a choice gains what was promised.
struct RecordedSaleTests {
  /// 10 at 100 and 10 at 150 are bought, 8 sold at 200, then 4 at 210.
  private func maker() -> BookMaker {
    var maker = BookMaker()
    maker.event(.buy, "2022-01-03", "Desk", "ABC", "10", price: "100", "USD")
    maker.event(.buy, "2023-01-03", "Desk", "ABC", "10", price: "150", "USD")
    maker.event(.sell, "2023-06-01", "Desk", "ABC", "8", price: "200", "USD")
    maker.event(.sell, "2023-07-01", "Desk", "ABC", "4", price: "210", "USD")
    return maker
  }

  @Test func theLotsAreThoseThatWereOpenRightBefore() throws {
    let maker = maker()
    let first = try #require(maker.book.recordedSale(EventID(3), of: maker.id(of: "ABC")))
    #expect(first.lots.map(\.quantity) == [10, 10])
    #expect(first.quantity == 8)
    #expect(first.proceeds.value?.amount == 1600)
    #expect(first.later == 1)
    // The first sale left 2 of the first lot.
    let second = try #require(maker.book.recordedSale(EventID(4), of: maker.id(of: "ABC")))
    #expect(second.lots.map(\.quantity) == [2, 10])
    #expect(second.later == 0)
  }

  @Test func everyMethodGainsWhatItWouldHave() throws {
    let maker = maker()
    let whatIf = SaleWhatIf(maker.book, try #require(maker.book.recordedSale(EventID(3), of: maker.id(of: "ABC"))))
    // 8 x (200 - 100), 8 x (200 - 150), 8 x (200 - 125).
    let gains = [LotMethod.fifo, .hifo, .average].map { whatIf.sale(by: $0).gain.value }
    #expect(gains == [800, 400, 600])
    // What it takes now is what fifo takes.
    #expect(whatIf.sale(of: try #require(maker.book.recordedSale(EventID(3), of: maker.id(of: "ABC"))).taken).gain.value == 800)
    // 8 of the second lot, whose other 2 stay.
    #expect(whatIf.picks(from: [1]) == [LotPick(event: EventID(2), quantity: 8)])
    // All 10 of the first would cover it; the second is not needed.
    #expect(whatIf.picks(from: [0, 1]) == [LotPick(event: EventID(1), quantity: 8)])
  }

  @Test func whatTakesNoLotsOfItsChoiceIsNoSale() {
    var maker = maker()
    maker.event(.transfer, "2023-08-01", "Desk", "ABC", "1") { $0.toAccount = AccountID(1) }
    #expect(!maker.book.isSale(EventID(1)))
    #expect(!maker.book.isSale(EventID(5)))
    #expect(!maker.book.isSale(EventID(99)))
  }

  /// Picks lots at random, writes them into the sale as a selector, and books.
  @Test func aChoiceGainsWhatThePickerPromised() throws {
    try withSeeds(200) { random in
      var maker = BookMaker()
      maker.settings {
        $0.method = .specific
        $0.scope = random.int(0...1) == 0 ? .account : .global
      }
      let accounts = ["Desk", "Vault"]
      for name in accounts { maker.account(name) }
      var bought = 0
      for day in 1...random.int(3...9) {
        let units = random.int(1...20)
        bought += units
        maker.event(
          .buy, "2023-01-0\(day)", random.pick(accounts), "ABC", "\(units)", price: "\(random.int(50...150)).\(random.int(0...9))", "USD")
      }
      maker.event(.transfer, "2023-02-01", "Desk", "ABC", "\(random.int(1...5))") { $0.toAccount = AccountID(2) }
      let sale = maker.event(
        .sell, "2023-03-01", random.pick(accounts), "ABC", "\(random.int(1...max(1, bought / 3)))", price: "\(random.int(50...150))", "USD")
      guard let recorded = maker.book.recordedSale(sale, of: maker.id(of: "ABC")) else { throw LawBroken("no sale") }
      let whatIf = SaleWhatIf(maker.book, recorded)
      let places = whatIf.lots.indices.shuffled(using: &random)
      let promised = whatIf.sale(from: places)
      // Units that were transferred without being there have no cost.
      if promised.missing.isPositive || !promised.gain.isKnown { return }
      let objects = whatIf.picks(from: places).map { pick in
        #"{"event":\#(pick.event.raw),"quantity":"\#(pick.quantity ?? .zero)""# + (pick.unitCost.map { #","unit_cost":"\#($0)""# } ?? "")
          + "}"
      }
      var events = maker.book.events.indices.map { maker.book.events[$0] }
      let place = events.count - 1
      var extra = events[place].extra ?? EventExtra()
      extra.lotSelector = "[" + objects.joined(separator: ",") + "]"
      events[place].extra = extra
      maker.replaceEvents(events)
      let booking = maker.book.booked(pieces: true)
      let gain = booking.pieces.filter { $0.event == sale }.reduce(Decimal.zero) { sum, piece in
        piece.gainBase.value.flatMap { try? sum.adding($0) } ?? sum
      }
      try law(booking.issues.allSatisfy { $0.kind != .lotNotFound }, "a picked lot is not found: \(objects)")
      try law(promised.gain.value == gain, "promised \(String(describing: promised.gain.value)), booked \(gain): \(objects)")
    }
  }
}

extension Book {
  /// Whether an event is a sale whose lots can be chosen.
  fileprivate func isSale(_ event: EventID) -> Bool {
    assets.keys.contains { recordedSale(event, of: $0) != nil }
  }
}

extension BookMaker {
  /// The id of an asset that is there.
  fileprivate func id(of symbol: String) -> AssetID {
    book.assets.values.first { $0.symbol == symbol }?.id ?? AssetID(0)
  }
}
