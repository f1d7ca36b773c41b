import Testing

@testable import Importers

/// Files that are not what they should be end in an error that says so, never in a trap or in silence.
@Suite struct HostileFileTests {
  private func error(
    _ source: ByteSource, _ options: ImportOptions = ImportOptions(), formats: [ExportFormat] = Registry.all
  ) -> ImportError? {
    do throws(ImportError) {
      let session = try DecodeSession(source, options, formats: formats)
      while try session.next() != nil {}
      return nil
    } catch {
      return error
    }
  }

  @Test func nothingToRead() {
    #expect(error(.text("")) == .empty)
    #expect(error(.text("\u{FEFF}")) == .empty)
    #expect(error(.text(" \n\n\t\r\n")) == .empty)
    #expect(error(.file("/")) == .isDirectory(path: "/"))
    #expect(error(.file("/nowhere/at all.csv")) == .cannotRead(path: "/nowhere/at all.csv", errno: 2))
  }

  @Test func binaryContent() {
    #expect(error(.bytes([0x50, 0x4B, 0x03, 0x04, 0x14, 0x00, 0x00], name: "x.zip")) == .binary(offset: 5))
    var late = Array(("a,b,c\n" + String(repeating: "1,2,3\n", count: 60_000)).utf8)
    late[300_001] = 0
    #expect(error(.bytes(late, name: "x"), formats: [Probe.cells]) == .binary(offset: 300_001))
  }

  @Test func aRecordWithoutEnd() {
    var options = ImportOptions()
    options.recordLimit = 1 << 20
    #expect(
      error(.text("a,b,c\n" + String(repeating: "x", count: 3 << 20)), options, formats: [Probe.cells])
        == .recordTooLong(line: 2, limit: 1 << 20))
    #expect(error(.text(String(repeating: " ", count: 3 << 20) + "a"), options) != nil)
    #expect(
      error(.text("[\"" + String(repeating: "x", count: 3 << 20)), options, formats: [Probe.cells])
        == .recordTooLong(line: 1, limit: 1 << 20))
  }

  @Test func anOpenQuoteDoesNotSwallowAMillionLines() throws {
    let text = "a,b,c\n1,\"2,3\n" + String(repeating: "4,5,6\n", count: 50_000)
    let rows = try Probe.rows(text)
    #expect(rows.count == 50_001)
    #expect(rows[0] == "2 !opens a quote that is never closed")
  }

  @Test func anUnknownHeaderNamesTheNearestFormat() {
    #expect(
      error(.text("timestamp,type,thing,quantity\n1,2,3,4\n"))
        == .unknownFormat(found: ["timestamp", "type", "thing", "quantity"], line: 1, nearest: "florin.events.v1", missing: ["asset"]))
    #expect(error(.text("colour,taste\nred,sweet\n")) == .unknownFormat(found: ["colour", "taste"], line: 1, nearest: nil, missing: []))
  }

  @Test func sourceChoosesAndIsChecked() throws {
    let ledgers = "txid,refid,time,type,subtype,aclass,asset,amount,fee,balance\n"
    var options = ImportOptions()
    options.source = "kraken"
    #expect(try DecodeSession(.text(ledgers), options).format.id == "kraken.ledgers.v2")
    options.source = "kraken.ledgers"
    #expect(try DecodeSession(.text(ledgers), options).format.id == "kraken.ledgers.v2")
    options.source = "kraken.trades.v1"
    #expect(
      error(.text(ledgers), options)
        == .notThisFormat(
          "kraken.trades.v1", found: ["txid", "refid", "time", "type", "subtype", "aclass", "asset", "amount", "fee", "balance"],
          missing: ["ordertxid", "pair", "ordertype", "price", "cost", "vol"]))
    options.source = "krakn"
    #expect(error(.text(ledgers), options) == .noSuchFormat("krakn", nearest: "kraken.ledgers.v1"))
  }

  @Test func twoFormatsThatFitAreAnError() {
    let other = ExportFormat(
      id: "probe.other.v1", title: "other", account: "Probe", tables: [.init(["a", "c"])],
      decoding: .eachRow { (_: Row, _: FileContext) throws(RowProblem) -> RowOutcome in .ignored("") })
    #expect(error(.text("a,b,c\n1,2,3\n"), formats: [Probe.cells, other]) == .ambiguousFormat(["probe.cells.v1", "probe.other.v1"]))
    var options = ImportOptions()
    options.source = "probe.other.v1"
    #expect(error(.text("a,b,c\n1,2,3\n"), options, formats: [Probe.cells, other]) == nil)
  }

  @Test func aNarrowerHeaderYieldsToAWiderOne() throws {
    let wide = ExportFormat(
      id: "probe.wide.v1", title: "wide", account: "Probe", tables: [.init(["a", "b", "c"])],
      decoding: .eachRow { (_: Row, _: FileContext) throws(RowProblem) -> RowOutcome in .ignored("") })
    #expect(try DecodeSession(.text("a,b,c\n1,2,3\n"), formats: [Probe.cells, wide]).format.id == "probe.wide.v1")
    #expect(try DecodeSession(.text("a,b\n1,2\n"), formats: [Probe.cells, wide]).format.id == "probe.cells.v1")
  }

  @Test func aHeaderAloneHasNoRows() throws {
    let session = try DecodeSession(.text("timestamp,type,asset\n"))
    #expect(try session.next() == nil)
    #expect(session.counts.total == 0)
    #expect(try session.sha256() == "052821e67a7fcc75ae831b5d0f5927ece8f11ac8fce84d41dceeed46c1dece1d")
  }
}
