import Amounts
import Testing

@testable import Importers

/// What an exporter leaves to its user: the order of day and month, points and commas.
@Suite struct UserChoiceTests {
  @Test(
    arguments: [
      ("25/4/2024 9:05", nil, "2024-04-25T09:05:00Z"), ("4/25/2024 9:05", nil, "2024-04-25T09:05:00Z"),
      ("4/4/2024 21:00:10", nil, "2024-04-04T21:00:10Z"),
      ("5/9/2017 21:14", true, "2017-09-05T21:14:00Z"), ("5/9/2017 21:14", false, "2017-05-09T21:14:00Z"),
      ("5/9/2017 3:14 PM", false, "2017-05-09T15:14:00Z"),
      ("05.09.2017 21:14", nil, "2017-09-05T21:14:00Z"), ("2017-09-05 21:14:00", nil, "2017-09-05T21:14:00Z"), ("5/9/2017 21:14", nil, nil),
    ] as [(String, Bool?, String?)])
  func daysAndMonths(_ text: String, _ dayFirst: Bool?, _ expected: String?) {
    let row = Row([("Date", text)])
    let moment = try? row.userMoment("Date", dayFirst: dayFirst)
    #expect(moment.map { "\($0.instant)" } == expected)
  }

  @Test func anUndecidedDateSaysWhichOptionDecides() {
    let row = Row([("Date", "5/9/2017")])
    do throws(RowProblem) {
      _ = try row.userMoment("Date", dayFirst: nil)
      Issue.record("nothing decides, yet it was read")
    } catch {
      #expect(error == RowProblem(line: 1, column: "Date", raw: "5/9/2017", reason: .ambiguousDate))
    }
  }

  @Test(arguments: [
    (["1,5", "1,250"], false, NumberStyle.comma), (["1.5", "1,250"], true, .point), (["98.300", "97.000"], false, .point),
    (["98.300", "97.000"], true, .comma),
    (["1.002,15", "355,9574"], true, .comma), (["12"], false, .point),
  ])
  func pointsAndCommas(_ cells: [String], _ isGerman: Bool, _ expected: NumberStyle) {
    let rows = cells.map { cell in
      var row = Row([("Price", cell)])
      row.style = .either
      return row
    }
    #expect(PerformanceCells.style(of: rows, ["Price"], isGerman: isGerman) == expected)
  }
}
