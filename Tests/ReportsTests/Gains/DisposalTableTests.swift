import Amounts
import Engine
import Ledger
import Reports
import TestSupport
import Testing

/// Disposals, packed: every list adds up to the same gains as the matched parts do.
struct DisposalTableTests {
  /// 10 at 100 USD in 2022, 10 at 100 EUR in 2023; 15 sold in 2023 for 200 USD each, 5 of unknown cost sold in 2024, and 1 without price.
  /// A euro is 1.10 USD when bought, 1.20 when sold.
  private func book() -> Book {
    var maker = BookMaker()
    maker.asset("EUR", .cash)
    for (day, rate) in [("2023-02-01", "1.10"), ("2023-06-01", "1.20")] { maker.quote(.fx, day, "EUR", rate) }
    maker.event(.buy, "2022-01-03", "Desk", "ABC", "10", price: "100", "USD")
    maker.event(.buy, "2023-02-01", "Desk", "ABC", "10", price: "100", "EUR")
    maker.event(.sell, "2023-06-01", "Desk", "ABC", "15", price: "200", "USD")
    maker.event(.deposit, "2024-01-02", "Vault", "XYZ", "5")
    maker.event(.sell, "2024-02-01", "Vault", "XYZ", "5", price: "10", "USD")
    return maker.book
  }

  @Test func aDisposalIsTheSumOfTheLotsItTook() throws {
    let table = DisposalTable(book(), asOf: day("2024-03-01"))
    #expect(table.count == 2)
    let sale = table[0]
    // 10 x (200 - 100), and 5 x (200 - 110), of which 5 x 100 x (1.20 - 1.10) is the euro's.
    #expect(sale.quantity == 15)
    #expect(sale.proceeds.value == 3000)
    #expect(sale.cost.value == 1550)
    #expect(sale.figures.gain == 1450)
    #expect(sale.figures.byCurrency.value == 50)
    #expect(sale.figures.byPrice.value == 1400)
    #expect(sale.figures.long == 1000)
    #expect(sale.figures.short == 450)
    #expect(sale.termText == "mixed")
  }

  @Test func whatIsUnknownIsInNoSumAndSaysWhy() {
    let table = DisposalTable(book(), asOf: day("2024-03-01"))
    let unknown = table[1]
    #expect(unknown.proceeds.value == 50)
    #expect(unknown.cost.why == .unknownBasis)
    #expect(unknown.figures.known == 0)
    #expect(table.totals.proceeds == 3000)
    #expect(table.totals.gain == 1450)
    #expect(table.totals.unknown == 1)
    #expect(table.excluded.map { "\($0.exclusion.asset.text) \($0.exclusion.why.text) \($0.disposals)" } == ["XYZ unknown basis 1"])
  }

  @Test func groupsAndOrders() {
    let table = DisposalTable(book(), asOf: day("2024-03-01"))
    #expect(table.groups(by: .term).map { "\($0.key) \($0.disposals) \($0.figures.gain)" } == ["long 1 1000", "short 2 450"])
    #expect(table.groups(by: .year).map { "\($0.key) \($0.figures.gain) \($0.figures.unknown)" } == ["2023 1450 0", "2024 0 1"])
    // The newest first; by gain what is unknown comes last both ways.
    #expect(table.places(by: nil, descending: false) == [1, 0])
    #expect(table.places(by: .gain, descending: true) == [0, 1])
    #expect(table.places(by: .gain, descending: false) == [0, 1])
    let years = DisposalTable.sorted(table.groups(by: .year), of: .year, by: nil, descending: false)
    #expect(years.map(\.key) == ["2024", "2023"])
  }

  @Test func aFilterIsThatOfTheGainsReport() {
    let long = DisposalTable(book(), asOf: day("2024-03-01"), filter: Filter("term=long"))
    #expect(long.count == 1)
    #expect(long[0].quantity == 10)
    #expect(DisposalTable(book(), asOf: day("2024-03-01"), filter: Filter("asset=XYZ")).count == 1)
    #expect(DisposalTable(book(), asOf: day("2023-12-31")).count == 1)
  }

  /// The packed sums against those of the report that the command line writes.
  @Test func groupsAddUpToThoseOfTheReport() throws {
    try withSeeds(60) { random in
      var maker = BookMaker()
      maker.asset("EUR", .cash)
      for day in 1...9 { maker.quote(.fx, "2023-0\(day)-01", "EUR", "1.\(random.int(10...30))") }
      for month in 1...9 {
        for _ in 0...random.int(0...3) {
          let (asset, account) = (random.pick(["ABC", "XYZ", "QRS"]), random.pick(["Desk", "Vault"]))
          let currency = random.pick(["USD", "EUR"])
          let kind: EventKind = random.int(0...2) == 0 ? .sell : .buy
          maker.event(
            kind, "2023-0\(month)-0\(random.int(1...7))", account, asset, "\(random.int(1...9)).\(random.int(0...99))",
            price: random.int(0...5) == 0 && kind == .buy ? nil : "\(random.int(1...200)).\(random.int(0...9))", currency)
        }
      }
      var book = maker.book
      book.events.sort(accountRank: book.accountRanks)
      let asOf = day("2023-12-31")
      let table = DisposalTable(book, asOf: asOf)
      let booking = book.booked(asOf: asOf, pieces: true)
      for grouping in [GainsReport.Grouping.asset, .account, .year, .term] {
        let report = GainsReport(book, booking, asOf: asOf, by: grouping)
        let groups = table.groups(by: grouping)
        try law(groups.map(\.key) == report.groups.map(\.key), "\(grouping): \(groups.map(\.key)) and \(report.groups.map(\.key))")
        for (own, wanted) in zip(groups, report.groups) {
          try law(own.figures.gain == wanted.gainBase, "\(grouping) \(own.key): \(own.figures.gain) and \(wanted.gainBase)")
          try law(
            own.figures.byCurrency == wanted.gainCurrency,
            "\(grouping) \(own.key): by currency \(own.figures.byCurrency) and \(wanted.gainCurrency)")
        }
      }
      var sum = Decimal.zero
      for place in 0..<table.count { sum = try sum.adding(table[place].figures.gain) }
      try law(sum == table.totals.gain, "the disposals add up to \(sum), the total is \(table.totals.gain)")
    }
  }
}
