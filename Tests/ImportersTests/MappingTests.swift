import Ledger
import Testing

@testable import Importers

/// Tables nobody knows, read the way the user says.
@Suite struct MappingTests {
  private let text = """
    # florin mapping 1
    name = Northbank Gold
    account = Northbank
    decimal = comma
    time = dd/MM/yyyy HH:mm
    column.timestamp = Booked at
    column.type = Action
    column.asset = Ticker
    column.quantity = Units
    column.gross = Amount
    column.fee = Costs
    default.currency = EUR
    type.aankoop = BUY
    type.memo = ignore

    """

  private func decode(_ file: String, _ mapping: Mapping) throws -> (lines: [String], counts: RowCounts) {
    let session = try DecodeSession(.text(file), formats: Registry.all + [mapping.format])
    #expect(session.format.id == mapping.id)
    var lines: [String] = []
    while let batch = try session.next() {
      lines += batch.facts.map { Rendering.line($0.fact) }
      for row in batch.rows { if case .problem(let problem) = row.state { lines.append("\(problem.reason)") } }
    }
    return (lines, session.counts)
  }

  @Test func aMappingReadsItsTable() throws {
    let mapping = try Mapping(text: text)
    #expect(mapping.id == "mapped.northbank-gold.v1")
    let file = """
      Booked at;Action;Ticker;Units;Amount;Costs
      31/01/2024 10:00;Aankoop;GOLD;-1.000,5;1.250,75;2,50
      31/01/2024 11:00;Memo;GOLD;;;
      31/01/2024 12:00;DIVIDEND;GOLD;3;1,5;
      31/01/2024 13:00;Verkoop;GOLD;3;1,5;
      """
    let (lines, counts) = try decode(file, mapping)
    #expect(counts.imported == 2 && counts.ignored == 1 && counts.problem == 1)
    #expect(
      lines[0] == "event line 2: 2024-01-31T10:00:00Z BUY 1000.5 GOLD gross=1250.75 currency=EUR(cash) fee=2.5 EUR(cash) fee_value=2.5")
    #expect(lines[1] == "event line 4: 2024-01-31T12:00:00Z DIVIDEND 3 GOLD gross=1.5 currency=EUR(cash)")
  }

  @Test func aMappingIsAFile() throws {
    let mapping = try Mapping(text: text)
    #expect(try Mapping(text: mapping.text) == mapping)
  }

  @Test func aWrongLineIsNamed() {
    let cases: [(String, MappingError)] = [
      (
        "name = x\ncolour = red\n",
        MappingError(
          line: 2, text: "colour = red",
          reason: .unknownKey(known: ["name", "account", "decimal", "time", "rows", "column.FIELD", "default.FIELD", "type.WORD"]))
      ),
      ("name\n", MappingError(line: 1, text: "name", reason: .noEqualsSign)),
      (
        "name = x\ndecimal = dot\n",
        MappingError(line: 2, text: "decimal = dot", reason: .unknownValue(known: ["point", "comma", "either"]))
      ),
      ("name = x\n", MappingError(line: 0, text: "", reason: .missing(key: "column.timestamp"))),
      ("", MappingError(line: 0, text: "", reason: .missing(key: "name"))),
    ]
    for (text, expected) in cases {
      #expect(throws: expected) { _ = try Mapping(text: text) }
    }
  }

  @Test func withoutATypeTheSignTells() throws {
    var mapping = Mapping(name: "plain")
    mapping.columns = [.timestamp: "when", .asset: "coin", .quantity: "delta"]
    let (lines, _) = try decode("when,coin,delta\n2024-01-01,ETH,-2\n2024-01-02,ETH,3\n", mapping)
    #expect(
      lines == [
        "event line 2: 2024-01-01T23:59:59.999999Z WITHDRAW 2 ETH date-only", "event line 3: 2024-01-02T00:00:00Z DEPOSIT 3 ETH date-only",
      ])
  }

  @Test func aMappingReadsJSON() throws {
    var mapping = Mapping(name: "json")
    (mapping.rows, mapping.columns) = ("data.moves[]", [.timestamp: "at", .asset: "what.code", .quantity: "n"])
    let (lines, _) = try decode(#"{"data":{"moves":[{"at":"2024-01-01T00:00:00Z","what":{"code":"ETH"},"n":"0.5"}]}}"#, mapping)
    #expect(lines == ["event line 1: 2024-01-01T00:00:00Z DEPOSIT 0.5 ETH"])
  }

  @Test func columnsAreGuessed() throws {
    let table = try UnknownTable(
      .text(
        "My bank\n\nDatum;Transaction;Ticker;Units;Unit price;Total;Commission;Ccy;Memo\n31.12.2023;Purchase;GOLD;5;1.234,50;6.172,50;2,00;EUR;x\n"
      ))
    let mapping = table.guess(name: "bank")
    #expect(table.delimiter == ";")
    #expect(
      mapping.columns == [
        .timestamp: "Datum", .type: "Transaction", .asset: "Ticker", .quantity: "Units", .price: "Unit price", .gross: "Total",
        .fee: "Commission", .currency: "Ccy", .note: "Memo",
      ])
    #expect(mapping.times == ["dd.MM.yyyy[ HH:mm[:ss]]"])
    #expect(mapping.numbers == .comma)
    #expect(mapping.types == ["purchase": "BUY"])
    #expect(try Mapping(text: mapping.text) == mapping)
  }
}
