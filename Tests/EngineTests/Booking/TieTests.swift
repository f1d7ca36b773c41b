import Amounts
import Engine
import Ledger
import TestSupport
import Testing

/// What happens at one instant: where the order of recording must not matter it does not, and where it decides it does so always.
struct TieTests {
  private struct Trade {
    let kind: EventKind
    let symbol: String
    let units: Int
    let price: Int
  }

  private func book(_ trades: [Trade], _ edit: (inout BookSettings) -> Void = { _ in }) -> Book {
    var maker = BookMaker()
    for symbol in ["ABC", "DEF"] { maker.id(symbol) }
    for trade in trades {
      maker.event(trade.kind, "2024-01-02", "Wallet", trade.symbol, "\(trade.units)", price: "\(trade.price)", "USD")
    }
    maker.event(.sell, "2024-02-01", "Wallet", "ABC", "7", price: "100", "USD")
    maker.settings(edit)
    var book = maker.book
    book.events.sort(accountRank: [:])
    return book
  }

  private func shuffled(_ trades: [Trade], _ random: inout SplitMix64) -> [Trade] {
    var trades = trades
    for place in trades.indices.dropFirst() { trades.swapAt(place, random.int(0...place)) }
    return trades
  }

  private func gain(_ book: Book, _ asset: AssetID) throws -> Decimal {
    try book.booked(pieces: true).pieces.filter { $0.asset == asset }.reduce(.zero) { try $0.adding($1.gainBase.value ?? .zero) }
  }

  @Test func ranksByCostAndAveragesDoNotLookAtTheOrderOfOneInstant() throws {
    try withSeeds(300) { random in
      // No sales among them: those would take what is there at their turn.
      let trades = (0..<random.int(3...9)).map { _ in
        Trade(kind: .buy, symbol: random.pick(["ABC", "ABC", "DEF"]), units: random.int(3...9), price: random.int(1...5))
      }
      let other = shuffled(trades, &random)
      for method in [LotMethod.hifo, .lofo, .average] {
        let (first, second) = (book(trades) { $0.method = method }, book(other) { $0.method = method })
        let asset = AssetID(2)
        // The sale may be parted elsewhere, and each part of an average is rounded: to 18 places, so 12 are the same.
        let gains = try [first, second].map { try gain($0, asset).rounded(to: 12) }
        try law(gains[0] == gains[1], "\(method): the gain depends on the order of recording")
        // Of lots that cost the same the earliest recorded leaves first, so only units and cost are the same of what is left.
        func left(_ book: Book) -> [Decimal?] { book.booked().positions.map { $0.cost.value?.amount.rounded(to: 12) } }
        try law(left(first) == left(second), "\(method): the cost left depends on the order of recording")
      }
    }
  }

  @Test func acquisitionsOfAnInstantComeBeforeItsDisposals() throws {
    try withSeeds(300) { random in
      let trades = [
        Trade(kind: .buy, symbol: "ABC", units: 10, price: 2), Trade(kind: .sell, symbol: "ABC", units: 4, price: 5),
        Trade(kind: .buy, symbol: "DEF", units: 9, price: 3), Trade(kind: .sell, symbol: "DEF", units: 9, price: 4),
      ]
      for method in LotMethod.allCases {
        let book = book(shuffled(trades, &random)) { $0.method = method }
        // 4 x (5 - 2) and, of the 6 left, 6 x (100 - 2) with one more unit short; 9 x (4 - 3).
        let gains = book.booked(pieces: true).pieces.map(\.gainBase.value)
        try law(gains == [12, 588, nil, 9].map { $0.map { Decimal($0) } }, "\(method): \(gains)")
      }
    }
  }

  @Test(arguments: [(LotMethod.fifo, [1, 2, 3]), (.lifo, [3, 2, 1]), (.hifo, [1, 2, 3]), (.lofo, [1, 2, 3]), (.average, [1, 2, 3])])
  func lotsThatAreAlikeLeaveByTheirEventsIds(_ method: LotMethod, _ wanted: [Int]) {
    let trades = (0..<3).map { _ in Trade(kind: .buy, symbol: "ABC", units: 3, price: 2) }
    let pieces = book(trades) { $0.method = method }.booked(pieces: true).pieces
    #expect(pieces.compactMap { $0.lotEvent.map { Int($0.raw) } } == wanted)
  }
}
