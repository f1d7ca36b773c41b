import Amounts
import Reports
import TestSupport
import Testing

/// Hostile text, unknown values and numbers at the edges, in all three forms.
struct EncodingTests {
  private struct Row: ReportRow {
    var cell: Cell
    static let columns = [Column("cell", "Cell", .text)]
    var cells: [Cell] { [cell] }
  }

  private func json(_ cell: Cell) -> String {
    let text = Output.string { JSONWriter().write(Document("t", asOf: nil, currency: nil, rows: [Row(cell: cell)]), to: &$0) }
    return String(text.split(separator: "\n")[1])
  }

  private func csv(_ cell: Cell) -> String {
    let text = Output.string { CSVWriter().write(Document("t", asOf: nil, currency: nil, rows: [Row(cell: cell)]), to: &$0) }
    return String(text.dropFirst("cell\n".count).dropLast())
  }

  @Test(arguments: [
    ("plain", "plain", "plain"), ("a\"b\\c", #"a\"b\\c"#, "\"a\"\"b\\c\""), ("a,b", "a,b", "\"a,b\""),
    ("two\nlines", #"two\nlines"#, "\"two\nlines\""), ("\u{1B}[2J", #"\u001b[2J"#, "\u{FFFD}[2J"),
    ("\u{202E}evil", #"\u202eevil"#, "\u{FFFD}evil"), ("\u{0}", #"\u0000"#, "\u{FFFD}"), ("\u{9B}31m", #"\u009b31m"#, "\u{FFFD}31m"),
    ("\u{E0041}x", #"\udb40\udc41x"#, "\u{FFFD}x"), ("東京", "東京", "東京"),
    ("=1+1", "=1+1", "'=1+1"), ("+1", "+1", "'+1"), ("-1", "-1", "'-1"), ("@SUM(A1)", "@SUM(A1)", "'@SUM(A1)"),
    ("=a,\"b\"", #"=a,\"b\""#, "\"'=a,\"\"b\"\"\""), ("\t=1", #"\t=1"#, "\u{FFFD}=1"),
  ]) func text(_ text: String, _ inJSON: String, _ inCSV: String) {
    #expect(json(.text(text)) == "{\"cell\":\"\(inJSON)\"}")
    #expect(csv(.text(text)) == inCSV)
  }

  @Test(arguments: [
    ("0", "0"), ("1.500", "1.5"), ("-0.000000000000000001", "-0.000000000000000001"), ("100000000000000000000", "100000000000000000000"),
    ("0.123456789012345678901234", "0.123456789012345678901234"), ("-12.345", "-12.345"),
  ]) func decimalsAreWrittenInFull(_ text: String, _ written: String) {
    #expect(json(.decimal(number(text))) == "{\"cell\":\"\(written)\"}")
    #expect(csv(.decimal(number(text))) == written)
  }

  @Test func unknownIsNullWithItsReason() {
    #expect(json(.unknown(.noPrice)) == "{\"cell\":null,\"cellWhy\":\"no price\"}")
    #expect(json(.none) == "{\"cell\":null}")
    #expect(json(.unknownBecause("under a year")) == "{\"cell\":null,\"cellWhy\":\"under a year\"}")
    #expect(csv(.unknown(.noPrice)).isEmpty)
  }

  @Test(arguments: [
    (0.1, "0.1"), (-1.5, "-1.5"), (1.0 / 3, "0.333333333333333"), (2.0 / 3, "0.666666666666667"), (123456.789, "123456.789"),
    (0.000012345, "0.000012345"), (0.0, "0"), (1e15, "1000000000000000"), (0.9999999999999999, "1"),
  ]) func statisticsHaveFifteenDigits(_ value: Double, _ text: String) {
    #expect(json(.statistic(value)) == "{\"cell\":\"\(text)\"}")
  }

  @Test(arguments: [
    ("1234567.891", "1,234,567.89", "1,234,567.891", "1,234,567.891"), ("0", "0.00", "0.00", "0"),
    ("-1000", "-1,000.00", "-1,000.00", "-1,000"),
    ("0.00001234", "0.00001234", "0.00001234", "0.00001234"), ("999.995", "1,000.00", "999.995", "999.995"),
    ("0.123456789", "0.12", "0.12345679", "0.12345679"), ("-0.004", "-0.004", "-0.004", "-0.004"),
  ]) func peopleReadGroupedDigits(_ text: String, _ money: String, _ price: String, _ quantity: String) {
    #expect(NumberText.money(number(text)) == money)
    #expect(NumberText.price(number(text)) == price)
    #expect(NumberText.quantity(number(text)) == quantity)
  }

  @Test func percentIsAFractionTimesAHundred() {
    #expect(NumberText.percent(number("0.125")) == "12.50 %")
    #expect(NumberText.percent(number("-0.109090909")) == "-10.91 %")
    #expect(NumberText.percent(number("12.345")) == "1,234.50 %")
  }

  @Test func aReaderThatLeavesStopsTheWriter() {
    final class Box { var pieces = 0 }
    let box = Box()
    var output = Output { _ in
      box.pieces += 1
      return false
    }
    let rows = (0..<200_000).map { Row(cell: .text("row \($0)")) }
    CSVWriter().write(Document("t", asOf: nil, currency: nil, rows: rows), to: &output)
    #expect(box.pieces == 1)
    #expect(output.isClosed)
  }

  @Test func wideCharactersAreAligned() {
    let rows = [Row(cell: .text("東京")), Row(cell: .text("Rome")), Row(cell: .text("e\u{301}"))]
    let table = Output.string { TableWriter().write(Document("t", asOf: nil, currency: nil, rows: rows), to: &$0) }
    #expect(table == "Cell\n----\n東京\nRome\ne\u{301}\n")
  }
}
