import Amounts
import Engine
import Ledger
import TestSupport
import Testing

/// Closed years keep their matches and gains, and say what would differ.
struct ClosingTests {
  /// 10 at 100, 10 at 130, 10 at 110 in January 2024; 5 sold at 120 in May 2024 and 10 at 150 in May 2025.
  private func maker() -> BookMaker {
    var maker = BookMaker()
    for (day, price) in [("2024-01-02", "100"), ("2024-01-03", "130"), ("2024-01-04", "110")] {
      maker.event(.buy, day, "Wallet", "ABC", "10", price: price, "USD")
    }
    maker.event(.sell, "2024-05-05", "Wallet", "ABC", "5", price: "120", "USD")
    maker.event(.sell, "2025-05-05", "Wallet", "ABC", "10", price: "150", "USD")
    return maker
  }

  private func closing(_ year: Int, of book: Book, portfolio: String = "") -> Book {
    var book = book
    let (pins, gains) = book.matches(of: year, in: portfolio)
    book.closings.years.append(
      ClosedYear(id: Int64(book.closings.years.count + 1), portfolio: portfolio, year: year, base: "USD", at: Instant(microseconds: 0)))
    book.closings.pins += pins
    book.closings.gains += gains
    return book
  }

  /// The book with one event changed.
  private func edited(_ book: Book, _ id: Int64, _ edit: (inout Event) -> Void) -> Book {
    var (book, table) = (book, EventTable())
    for index in book.events.indices {
      var event = book.events[index]
      if event.id.raw == id { edit(&event) }
      table.append(event)
    }
    book.events = table
    return book
  }

  private func gains(_ book: Book) -> [Decimal?] { book.booked(pieces: true).pieces.map { $0.gain.value?.amount } }
  private func numbers(_ texts: String...) -> [Decimal?] { texts.map { number($0) } }

  @Test func closingChangesNothing() throws {
    for method in LotMethod.allCases {
      var book = maker().book
      book.settings.method = method
      let closed = closing(2024, of: book)
      let (a, b) = (book.booked(pieces: true), closed.booked(pieces: true))
      #expect(a.pieces == b.pieces)
      #expect(a.positions == b.positions)
      #expect(a.lots == b.lots)
      #expect(closed.closingDifferences().isEmpty)
    }
  }

  @Test func anotherMethodLeavesTheClosedYearAsItWas() {
    var book = closing(2024, of: maker().book)
    #expect(gains(book) == numbers("100", "250", "100"))
    book.settings.method = .lifo
    // 2024 by FIFO: 5 x (120 - 100). 2025 by LIFO of what that left, 5 at 100, 10 at 130, 10 at 110: 10 x (150 - 110).
    #expect(gains(book) == numbers("100", "400"))
    let differences = book.closingDifferences()
    #expect(differences.map(\.cause) == [.lots])
    // By LIFO 2024 would be 5 x (120 - 110).
    #expect(differences.map(\.gain) == [.known(number("100"))])
    #expect(differences.map(\.gainNow) == [.known(number("50"))])
    #expect(differences.map(\.event.raw) == [4])
  }

  @Test func aCorrectedPurchaseLeavesTheClosedGainAndChangesWhatIsOpen() {
    let book = edited(closing(2024, of: maker().book), 1) { $0.price = number("90") }
    // 100 as closed, though the units cost 90 each; in 2025 5 x (150 - 90) and 5 x (150 - 130).
    #expect(gains(book) == numbers("100", "300", "100"))
    let difference = book.closingDifferences().first
    #expect(difference?.cause == .cost)
    #expect(difference?.gainNow == .known(number("150")))
  }

  @Test func aLostDisposalKeepsItsGainAndGivesItsUnitsBack() {
    let book = edited(closing(2024, of: maker().book), 4) { $0.status = .void }
    // The closed gain stays; in 2025 the earliest ten are all there: 10 x (150 - 100).
    #expect(gains(book) == numbers("100", "500"))
    #expect(book.booked().positions.first { $0.asset.raw == 2 }?.quantity == number("20"))
    #expect(book.booked().positions.first { $0.asset.raw == 2 }?.realizedBase == number("600"))
    #expect(book.closingDifferences().map(\.cause) == [.gone])
  }

  @Test func aDisposalThatCameLaterMovesUnitsButHasNoGainInTheClosedYear() {
    let closed = closing(2024, of: maker().book)
    var later = maker()
    later.event(.sell, "2024-06-01", "Wallet", "ABC", "5", price: "200", "USD")
    var book = later.book
    book.events.sort(accountRank: [:])
    book.closings = closed.closings
    // It takes the 5 at 100 that are left: 2025 has 10 x (150 - 130).
    #expect(gains(book) == numbers("100", "200"))
    #expect(book.closingDifferences().map(\.cause) == [.new])
    #expect(book.closingDifferences().map(\.gainNow) == [.known(number("500"))])
    #expect(book.booked().positions.first { $0.asset.raw == 2 }?.quantity == number("10"))
  }

  @Test func aDisposalOfMoreUnitsTakesThePinnedOnesFirst() {
    var book = closing(2024, of: maker().book)
    book.settings.method = .lifo
    book = edited(book, 4) { $0.quantity = number("7") }
    #expect(book.closingDifferences().map(\.cause) == [.quantity])
    // The 5 pinned at 100, then 2 by LIFO at 110: open are 5 at 100, 10 at 130, 8 at 110, of which 2025 takes 8 and 2 at 130.
    #expect(gains(book) == numbers("100", "320", "40"))
  }

  @Test func transfersAndGiftsArePinnedToo() {
    var maker = BookMaker()
    let cold = maker.account("Cold")
    for (day, price) in [("2024-01-02", "100"), ("2024-01-03", "130"), ("2024-01-04", "110")] {
      maker.event(.buy, day, "Desk", "ABC", "10", price: price, "USD")
    }
    maker.event(.transfer, "2024-03-01", "Desk", "ABC", "10", "USD") { $0.toAccount = cold }
    maker.event(.giftOut, "2024-04-01", "Desk", "ABC", "5")
    maker.event(.sell, "2024-05-01", "Cold", "ABC", "5", price: "120", "USD")
    var book = closing(2024, of: maker.book)
    let before = book.booked()
    book.settings.method = .lifo
    let after = book.booked()
    #expect(before.lots == after.lots)
    #expect(before.positions == after.positions)
  }

  @Test func aYearIsClosedForTheAccountsOfItsPortfolioAlone() {
    var maker = maker()
    maker.assign("Other", to: "Other")
    for (day, price) in [("2024-01-02", "10"), ("2024-01-03", "20")] {
      maker.event(.buy, day, "Other", "DEF", "1", price: price, "USD")
    }
    maker.event(.sell, "2024-05-06", "Other", "DEF", "1", price: "30", "USD")
    var book = maker.book
    book.events.sort(accountRank: [:])
    book = closing(2024, of: book)
    book.settings.method = .lifo
    let pieces = book.booked(pieces: true).pieces
    #expect(pieces.filter { $0.asset.raw == 2 }.first?.gain.value?.amount == number("100"))
    // LIFO in the other portfolio, which is open: 30 - 20.
    #expect(pieces.filter { $0.asset.raw == 3 }.map(\.gain.value?.amount) == numbers("10"))
    #expect(!book.isClosed(2024))
    #expect(closing(2024, of: book, portfolio: "Other").isClosed(2024))
  }

  @Test func asOfADayBeforeADisposalItsFrozenGainIsNotThereYet() {
    let book = closing(2024, of: maker().book)
    #expect(book.booked(asOf: day("2024-05-04"), pieces: true).pieces.isEmpty)
    #expect(book.booked(asOf: day("2024-05-05"), pieces: true).pieces.count == 1)
  }

  @Test func closingAnyYearOfAnyHistoryChangesNothing() throws {
    try withSeeds(500) { random in
      var maker = BookMaker()
      let accounts = ["One", "Two"].map { maker.account($0) }
      if random.int(0...1) == 0 { maker.assign("Two", to: "Other") }
      for index in 0..<random.int(5...40) {
        let day = Day(ordinal: Int32(19_600 + index * 30))
        let kind = random.pick([EventKind.buy, .buy, .buy, .sell, .transfer, .giftOut, .sell])
        let (units, price) = (random.int(1...20), random.int(1...9))
        maker.event(kind, "\(day)", random.pick(["One", "Two"]), random.pick(["ABC", "DEF"]), "\(units)", price: "\(price)", "USD") {
          if kind == .transfer { $0.toAccount = random.pick(accounts) }
        }
      }
      let (method, scope) = (random.pick(LotMethod.allCases), random.pick(LotScope.allCases))
      maker.settings { ($0.method, $0.scope) = (method, scope) }
      var book = maker.book
      let open = book.booked(pieces: true)
      for year in [2023, 2024, 2025] where random.int(0...1) == 0 {
        for portfolio in ["", "Other"] { book = closing(year, of: book, portfolio: portfolio) }
      }
      let closed = book.booked(pieces: true)
      try law(open.lots == closed.lots && open.positions == closed.positions, "\(method) \(scope): lots or positions differ")
      try law(Set(open.pieces) == Set(closed.pieces) && open.pieces.count == closed.pieces.count, "\(method) \(scope): gains differ")
      try law(book.closingDifferences().isEmpty, "\(method) \(scope): there are differences")
    }
  }
}
