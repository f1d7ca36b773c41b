import Testing

@testable import Importers

/// Strict JSON, exact numbers, rows from any array.
@Suite struct JSONTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String { text }
    var text: String
    var rows: [String]
    init(_ text: String, _ rows: [String]) { (self.text, self.rows) = (text, rows) }
  }

  static let valid: [Case] = [
    Case(#"[{"a":"1","b":2.50}]"#, ["1 <1><2.50>"]),
    Case(#"[{"a":{"x":1,"y":{"z":null}},"b":true}]"#, ["1 <1><><true>"]),
    Case(#"[{"a":[1,{"b":2}]}]"#, [#"1 <[1,{"b":2}]>"#]),
    Case(#"[{"a":"1"},{"b":"2"},{"b":"3","a":"4"}]"#, ["1 <1>", "2 <><2>", "3 <4><3>"]),
    Case(#"{"meta":{"deep":[1,[2,{"rows":3}]]},"rows":[{"a":1}],"more":{}}"#, ["1 <1>"]),
    Case(#"[{"a":"\u00e9\n\"\\\/ \ud83d\ude00"}]"#, ["1 <é\n\"\\/ 😀>"]),
    Case(#"[[1,"x"],[2,"y"]]"#, ["1 <1><x>", "2 <2><y>"]),
    Case(#"[1.0e-7,"s",-0]"#, ["1 <1.0e-7>", "2 <s>", "3 <-0>"]),
    Case(#"[{"a":1,"a":2}]"#, ["1 !is there twice in one object"]),
    Case(" [ \n ] ", []),
    Case(#"[{"é":"ü"}]"#, ["1 <ü>"]),
  ]

  @Test(arguments: valid) func reads(_ item: Case) throws {
    #expect(try Probe.rows(item.text) == item.rows)
  }

  static let invalid: [(String, JSONProblem.Reason)] = [
    (#"[{"a":1}"#, .truncated), (#"[{"a":"#, .truncated), (#"[{"a":"x"#, .truncated), ("[1,", .truncated), ("[", .truncated),
    (#"[{"a":1},]"#, .unexpected(0x5D)), (#"[{"a":1,}]"#, .unexpected(0x7D)), ("[1 2]", .unexpected(0x32)),
    (#"[{"a" 1}]"#, .unexpected(0x31)),
    ("[{'a':1}]", .unexpected(0x27)), ("[{a:1}]", .unexpected(0x61)), ("[01]", .badNumber), ("[1.]", .badNumber),
    ("[.5]", .unexpected(0x2E)),
    ("[+1]", .unexpected(0x2B)), ("[1e]", .badNumber), ("[-]", .badNumber), ("[NaN]", .unexpected(0x4E)), ("[tru]", .badLiteral),
    (#"["\x"]"#, .badEscape), (#"["\ud800"]"#, .badEscape), (#"["\udc00"]"#, .badEscape), (#"["\u12G4"]"#, .badEscape),
    ("[\"a\nb\"]", .controlCharacter(0x0A)), ("[1]]", .trailingContent), ("[1] 2", .trailingContent), ("[1}", .unexpected(0x7D)),
    (String(repeating: "[", count: 100_000), .tooDeep(limit: 200)),
  ]

  @Test func refuses() {
    for (text, reason) in JSONTests.invalid {
      do throws(ImportError) {
        let rows = try Probe.rows(text)
        Issue.record("\(text.prefix(40)) was read as \(rows)")
      } catch {
        guard case .json(let problem) = error else {
          Issue.record("\(text.prefix(40)): \(error)")
          continue
        }
        #expect(problem.reason == reason, "\(text.prefix(40))")
      }
    }
  }

  @Test func invalidUTF8IsRefusedWithItsPlace() {
    #expect(throws: ImportError.json(JSONProblem(offset: 4, line: 2, reason: .invalidUTF8))) {
      _ = try Probe.rows(.bytes([0x5B, 0x0A, 0x20, 0x22, 0x61, 0xFF, 0x22, 0x5D], name: "x"))
    }
  }

  @Test func elementsMayCrossTheWindow() throws {
    var text = "{\"rows\": ["
    for number in 0..<20_000 {
      text += (number > 0 ? ",\n" : "") + "{\"a\": \"\(number)\", \"b\": {\"c\": \"\(String(repeating: "é", count: number % 31))\"}}"
    }
    let rows = try Probe.rows(text + "], \"end\": true}")
    #expect(rows.count == 20_000)
    #expect(rows[19_999] == "20000 <19999><\(String(repeating: "é", count: 19_999 % 31))>")
  }

  @Test func membersOfAnObjectAreRowsToo() throws {
    let format = ExportFormat(
      id: "probe.members.v1", title: "members", account: "Probe", shapes: [.init(rows: ["result.trades{}"])],
      decoding: .eachRow { (row: Row, _: FileContext) throws(RowProblem) -> RowOutcome in
        .ignored("\(row.raw("$key")) \(try row.decimal("fee.amount")) \(try row.children("legs").map { try? $0.text("x") })")
      })
    let text =
      #"{"error":[],"result":{"count":2,"trades":{"T1":{"fee":{"amount":"0.10"},"legs":[{"x":"p"},{"x":"q"}]},"T2":{"fee":{"amount":2}}}}}"#
    #expect(try Probe.rows(.text(text), ImportOptions(), format) == [#"1 T1 0.1 [Optional("p"), Optional("q")]"#, "2 T2 2 []"])
  }
}
