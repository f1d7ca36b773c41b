import Amounts
import Ledger
import Testing

@testable import Importers

/// What a decoder asks for is written down, and nothing else.
@Suite struct ColumnReadsTests {
  private static let format = ExportFormat(
    id: "northbank.cash.v1", title: "", account: "", tables: [TableHeader(["Day", "Amount"], optional: ["* Fee", "Note"])],
    shapes: [JSONHeader(rows: ["in[]", "out[]"], required: ["in"])], leavesOut: [LeftOut(["Balance", "Rate *"], "worked out anyway")],
    decoding: .eachRow { (row, _) throws(RowProblem) in
      _ = row.has("Note")
      if row.section == "in[]" { for part in try row.children("parts") { _ = part.raw("of") } }
      return .ignored("on \(row.raw("Day")) of \(row.raw("* Fee"))")
    })

  private func reads(_ text: String) throws -> ColumnReads {
    var options = ImportOptions()
    options.reads = ColumnReads()
    let session = try DecodeSession(.text(text), options, formats: [Self.format])
    while try session.next() != nil {}
    return try #require(options.reads)
  }

  @Test func lookingForAColumnIsNotReadingIt() throws {
    let reads = try reads("day,AMOUNT,EUR fee,note,,Balance\n2024-01-01,5,1,x,,6\n")
    #expect(reads.present == ["day", "AMOUNT", "EUR fee", "note", "Balance"])
    #expect(reads.asked == ["day", "EUR fee"])
  }

  @Test func theArraysOfAJSONTextAreToldApart() throws {
    let reads = try reads(#"{"in":[{"Day":"2024-01-01","parts":[{"of":1,"by":2}]}],"out":[{"Day":"2024-01-02","parts":[{"of":3}]}]}"#)
    #expect(reads.present == ["in[].Day", "in[].parts", "in[].parts[].of", "in[].parts[].by", "out[].Day", "out[].parts"])
    #expect(reads.asked == ["in[].Day", "in[].parts", "in[].parts[].of", "out[].Day"])
  }

  @Test func aFormatKnowsItsColumnsByNameAndPattern() {
    let format = Self.format
    #expect(format.columnsRead == ["Day", "Amount", "* Fee", "Note"])
    #expect(format.reads("usd FEE") && !format.reads("Fees") && !format.reads("balance"))
    #expect(format.reasonToLeaveOut("balance") == "worked out anyway" && format.reasonToLeaveOut("rate of the day") != nil)
    #expect(format.reasonToLeaveOut("Rate") == nil && format.reasonToLeaveOut("Note") == nil)
  }
}
