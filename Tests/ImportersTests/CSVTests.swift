import Testing

@testable import Importers

/// What separated text may look like.
@Suite struct CSVTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var text: String
    var rows: [String]
    init(_ name: String, _ text: String, _ rows: [String]) { (testDescription, self.text, self.rows) = (name, text, rows) }
  }

  static let cases: [Case] = [
    Case("plain", "a,b,c\n1,2,3\n", ["2 <1><2><3>"]),
    Case("no line end at the end", "a,b,c\n1,2,3", ["2 <1><2><3>"]),
    Case("CR LF", "a,b,c\r\n1,2,3\r\n4,5,6\r\n", ["2 <1><2><3>", "3 <4><5><6>"]),
    Case("CR alone", "a,b,c\r1,2,3\r4,5,6", ["2 <1><2><3>", "3 <4><5><6>"]),
    Case("semicolons", "a;b;c\n1,5;2;3\n", ["2 <1,5><2><3>"]),
    Case("tabs", "a\tb\tc\n1\t\t3\n", ["2 <1><><3>"]),
    Case("bars", "a|b|c\n1|2|3\n", ["2 <1><2><3>"]),
    Case("byte order mark", "\u{FEFF}a,b,c\n1,2,3\n", ["2 <1><2><3>"]),
    Case("names in quotes, other order and case", "\"C\",\" B \",A\n3,2,1\n", ["2 <3><2><1>"]),
    Case("blanks around cells", "a , b,c\n 1 ,  2,3  \n", ["2 <1><2><3>"]),
    Case("quotes", "a,b,c\n\"1\",\"2,2\",\"3\"\n", ["2 <1><2,2><3>"]),
    Case("doubled quotes", "a,b,c\n\"say \"\"hi\"\"\",\"\"\"\",x\n", ["2 <say \"hi\"><\"><x>"]),
    Case("a quote inside a cell is text", "a,b,c\n5\" pipe,2,3\n", ["2 <5\" pipe><2><3>"]),
    Case("text behind a closing quote", "a,b,c\n\"5\" pipe,2,3\n", ["2 <\"5\" pipe><2><3>"]),
    Case("blanks before a quote", "a,b,c\n1, \"2,2\" ,3\n", ["2 <1><2,2><3>"]),
    Case("a line end in quotes", "a,b,c\n1,\"two\nlines\",3\n4,5,6\n", ["2 <1><two\nlines><3>", "4 <4><5><6>"]),
    Case("blank lines and lines of commas are no rows", "a,b,c\n\n1,2,3\n,,\n   \n4,5,6\n", ["3 <1><2><3>", "6 <4><5><6>"]),
    Case(
      "lines before the header are ignored rows", "Report\nfor,me\n\na,b,c\n1,2,3\n",
      ["1 before the header", "2 before the header", "5 <1><2><3>"]),
    Case("a repeated header is no row", "a,b,c\n1,2,3\na,b,c\n4,5,6\n", ["2 <1><2><3>", "4 <4><5><6>"]),
    Case("another section", "a,b,c\n1,2,3\nb,a\n5,4\n", ["2 <1><2><3>", "4 <5><4>"]),
    Case("a row quoted as a whole", "a,b,c\n\"1,\"\"2,2\"\",3\"\n", ["2 <1><2,2><3>"]),
    Case("header and row quoted as a whole", "\"a,b,c\"\n\"1,2,3\"\n", ["2 <1><2><3>"]),
    Case("quoted as a whole and never closed", "a,b,c\n\"1,\"\"2\"\",3\n", ["2 <1><2><3>"]),
    Case("fewer cells", "a,b,c\n1\n1,2\n", ["2 <1><><>", "3 <1><2><>"]),
    Case("one empty cell more", "a,b,c\n1,2,3,\n", ["2 <1><2><3><>"]),
    Case("more cells", "a,b,c\n1,2,3,,\n1,2,3,4\n", ["2 !has 5 cells, the header has 3", "3 !has 4 cells, the header has 3"]),
    Case("an open quote costs its line", "a,b,c\n1,\"2,3\n4,5,6\n", ["2 !opens a quote that is never closed", "3 <4><5><6>"]),
    Case("a lone quote is a problem", "a,b,c\n\"\n4,5,6\n", ["2 !opens a quote that is never closed", "3 <4><5><6>"]),
    Case("columns of the same name", "a,b,b\n1,2,3\n", ["2 <1><2><3>"]),
  ]

  @Test(arguments: cases) func reads(_ item: Case) throws {
    #expect(try Probe.rows(item.text) == item.rows)
  }

  @Test func recordsMayCrossTheWindow() throws {
    // Chunks are 256 KiB; these rows have line ends in quotes, so that every kind of cut happens.
    var text = "a,b,c\n"
    for number in 0..<30_000 { text += "\(number),\"x \"\"\(number)\"\"\nsecond line\",\(String(repeating: "z", count: number % 37))\r\n" }
    let rows = try Probe.rows(text)
    #expect(rows.count == 30_000)
    #expect(rows[0] == "2 <0><x \"0\"\nsecond line><>")
    #expect(rows[29_999] == "60000 <29999><x \"29999\"\nsecond line><\(String(repeating: "z", count: 29_999 % 37))>")
  }

  @Test func offsetsAndRawBytesLeadBackToTheFile() throws {
    let text = "\u{FEFF}skip me\na,b,c\r\n1,\"two\nlines\",3\r\n\"4\",5,6"
    let bytes = Array(text.utf8)
    let session = try DecodeSession(.text(text), formats: [Probe.cells])
    let batch = try #require(try session.next())
    #expect(batch.rows.count == 3)
    for row in batch.rows { #expect(Array(bytes[row.offset..<(row.offset + row.raw.count)]) == Array(batch.raw[row.raw])) }
    #expect(batch.rows.map { batch.rawText(of: $0) } == ["skip me", "1,\"two\nlines\",3", "\"4\",5,6"])
  }

  @Test(arguments: [TextEncoding.utf16LittleEndian, .utf16BigEndian], [true, false])
  func readsUTF16(_ encoding: TextEncoding, _ hasMark: Bool) throws {
    let text = (hasMark ? "\u{FEFF}" : "") + "a,b,c\n1,€ 😀,3\n"
    var bytes: [UInt8] = []
    for unit in text.utf16 {
      let pair = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
      bytes += encoding == .utf16BigEndian ? pair : pair.reversed()
    }
    #expect(try Probe.rows(.bytes(bytes, name: "x")) == ["2 <1><€ 😀><3>"])
  }

  @Test func aCellThatIsNotUTF8IsWindows1252() throws {
    var bytes = Array("a,b,c\n1,".utf8)
    bytes += [0x80, 0x35, 0x2C, 0x63, 0x61, 0x66, 0xE9, 0x0A]
    bytes += Array("2,ünïcode,3\n".utf8)
    #expect(try Probe.rows(.bytes(bytes, name: "x")) == ["2 <1><€5><café>", "3 <2><ünïcode><3>"])
  }
}
