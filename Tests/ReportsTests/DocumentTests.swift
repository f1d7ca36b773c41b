import Amounts
import Engine
import Ledger
import Reports
import TestSupport
import Testing

/// What FORMATS 2 promises about the bytes that come out.
struct DocumentTests {
  let asOf = day("2024-05-15")

  /// The tower, a coin in another account with unknown cost, and a token nobody prices, whose ticker is hostile.
  var book: Book {
    var maker = Tower.make()
    maker.asset("EUR", .cash)
    maker.asset("=EVIL\u{1B}[2J", .utility, name: "Formula, \"quoted\"")
    maker.asset("BTC", .crypto, name: "Bitcoin")
    maker.account("Exchange", kind: "exchange")
    maker.quote(.fx, "2024-05-13", "EUR", "1.08")
    maker.quote(.close, "2024-05-14", "BTC", "60000", "EUR")
    maker.quote(.close, "2024-05-15", "BTC", "61000.5", "EUR")
    maker.plan(.target, nil, ["dimension": "class", "key": "crypto", "target": "0.5", "band": "0.05"])
    maker.plan(.restriction, "TOWR", ["kind": "lock", "until": "2025-01-10", "reason": "Rule 144"])
    return maker.book
  }

  func booking(_ book: Book) -> Booking {
    var booking = Tower.booking(book)
    var evil = Position(asset: AssetID(4), account: AccountID(2))
    evil.quantity = number("10.5")
    evil.unknownBasisUnits = number("10.5")
    var coin = Position(asset: AssetID(5), account: AccountID(2))
    coin.quantity = number("0.25")
    coin.costBase = number("10000")
    coin.realizedBase = number("-12.345")
    coin.unknownGains = 1
    booking.positions += [evil, coin]
    booking.lots.append(
      OpenLot(
        asset: AssetID(4), account: AccountID(2), acquired: nil, quantity: number("10.5"), cost: .unknown(.unknownBasis),
        costBase: .unknown(.unknownBasis), event: EventID(9), leg: 0, path: 0))
    let sold = Instant(day: day("2024-05-02"), second: 0)
    booking.pieces = [
      GainPiece(
        asset: AssetID(5), account: AccountID(2), kind: .sell, acquired: Instant(day: day("2023-05-01"), second: 0), disposed: sold,
        quantity: number("0.1"), proceeds: .known(Money(number("5500"), Currency(id: 3))),
        cost: .known(Money(number("4000.25"), Currency(id: 3))), proceedsBase: .known(number("5940")),
        costBase: .known(number("4400.275")), event: EventID(8), lotEvent: EventID(7)),
      GainPiece(
        asset: AssetID(5), account: AccountID(2), kind: .swap, acquired: nil, disposed: sold, quantity: number("0.01"),
        proceeds: .known(Money(number("550"), Currency(id: 3))), cost: .unknown(.unknownBasis), proceedsBase: .known(number("594")),
        costBase: .unknown(.unknownBasis), event: EventID(8), lotEvent: nil),
    ]
    return booking
  }

  func all(_ document: Document) -> String {
    Output.string { output in
      JSONWriter().write(document, to: &output)
      output.text("\n")
      CSVWriter().write(document, to: &output)
      output.text("\n")
      TableWriter().write(document, to: &output)
    }
  }

  @Test func holdings() throws {
    let book = book
    try expectGolden(all(HoldingsReport(book, booking(book), asOf: asOf, byAccount: true).document), "holdings")
  }

  @Test func lots() throws {
    let book = book
    try expectGolden(all(LotsReport(book, booking(book), asOf: asOf).document), "lots")
  }

  @Test(arguments: GainsReport.Grouping.allCases) func gains(_ grouping: GainsReport.Grouping) throws {
    let book = book
    let report = GainsReport(book, booking(book), asOf: asOf, by: grouping)
    try expectGolden(all(report.document(by: grouping)), "gains-\(grouping.rawValue)")
  }

  @Test(arguments: IncomeReport.Grouping.allCases) func income(_ grouping: IncomeReport.Grouping) throws {
    let book = book
    let report = IncomeReport(book, booking(book), asOf: asOf, by: grouping)
    try expectGolden(all(report.document(by: grouping)), "income-\(grouping.rawValue)")
  }

  @Test func nav() throws {
    let book = book
    try expectGolden(all(NavReport(book, booking(book), asOf: asOf).document), "nav")
  }

  @Test func allocation() throws {
    let book = book
    try expectGolden(all(AllocationReport(book, booking(book), asOf: asOf).document), "allocation")
  }

  @Test func events() throws {
    try expectGolden(all(EventsReport(book, asOf: asOf).document), "events")
  }

  @Test func overview() throws {
    let book = book
    try expectGolden(all(OverviewReport(book, booking(book), asOf: asOf).document), "overview")
  }

  @Test func theKeysOfARowAreThoseOfTheFormatInItsOrder() {
    func keys<Row: ReportRow>(_ row: Row.Type, _ expected: String) {
      let wanted = expected.split(separator: " ").map(String.init)
      #expect(Array(Row.columns.map(\.key).prefix(wanted.count)) == wanted)
    }
    keys(
      HoldingRow.self,
      "asset class name account quantity price priceDate priceCurrency nav navDate premium mode value cost unrealized unrealizedRatio realized incomeNet totalReturn weight change1d change30d"
    )
    keys(LotRow.self, "asset account acquired quantity unitCost cost currency costBase term free lockedUntil event")
    keys(
      GainRow.self,
      "asset account kind acquired disposed quantity proceeds cost gain currency proceedsBase costBase gainBase term event")
    keys(
      IncomeRow.self,
      "asset kind declared ex record pay status entitledQuantity perToken gross tax net currency grossBase taxBase netBase yieldOnCost event"
    )
    keys(
      NavRow.self,
      "asset nav navCurrency navDate published method source ageDays stale market marketDate premium mode value ownership impliedUnderlying impliedDebt"
    )
    keys(AllocationRow.self, "key value weight target drift trade tradeQuantity")
    keys(EventRow.self, "kind time account legs value externalId lines id batch source line note")
    keys(ImportRow.self, "batch source file sha256 at rows reverted")
    keys(FormatRow.self, "id title kind extensions header")
    keys(CheckRow.self, "check ok detail")
    keys(Notice.self, "kind severity subject since amount message fix")
  }
}
