import Amounts
import Testing

@testable import Importers

/// Numbers and times as exporters write them: exact, or a problem that says why.
@Suite struct NumberAndTimeTests {
  private func number(_ text: String, _ style: NumberStyle) -> String {
    var row = Row([("n", text)])
    row.style = style
    do throws(RowProblem) {
      return try row.optionalDecimal("n")?.description ?? "nothing"
    } catch {
      return "!\(error.reason)"
    }
  }

  @Test func pointNumbers() {
    let cases: [(String, String)] = [
      ("", "nothing"), ("-", "nothing"), ("n/a", "nothing"), ("null", "nothing"), ("0", "0"), ("0.00", "0"), ("1.50", "1.5"),
      ("-1.5", "-1.5"), ("+1.5", "1.5"),
      ("1,234.56", "1234.56"), ("1,234,567", "1234567"), ("1,234", "1234"), ("-1,234.5", "-1234.5"), ("(1,234.50)", "-1234.5"),
      ("$1.50", "1.5"), ("-€597.49846", "-597.49846"), ("€-5", "-5"), ("€ 5", "5"), ("5 €", "5"), ("1.5-", "-1.5"), ("−2", "-2"),
      ("1'234.5", "1234.5"),
      ("1 234.5", "1234.5"), ("1\u{A0}234.5", "1234.5"), ("1\u{202F}234.5", "1234.5"), ("1e-7", "0.0000001"), ("2.103E-05", "0.00002103"),
      ("1.5e3", "1500"),
      ("1E+2", "100"), ("0e999999", "0"), (".5", "0.5"), ("5.", "5"), ("0.000000000000000000000001", "0.000000000000000000000001"),
      ("99999999999999999999999999999999999999", "99999999999999999999999999999999999999"),
      ("999999999999999999999999999999999999999", "!has more digits than 38"), ("1e999999", "!has more digits than 38"),
      ("1e-999999", "!has more digits than 38"), ("1e38", "100000000000000000000000000000000000000"), ("2e38", "!has more digits than 38"),
      ("1,23", "!is not a number"), ("12,34.5", "!is not a number"), ("1.2.3", "!is not a number"), ("1.234,5", "!is not a number"),
      ("ten", "!is not a number"),
      ("1.5 BTC", "!is not a number"), ("1/2", "!is not a number"), ("50%", "!is not a number"), ("--5", "!is not a number"),
      ("(-5)", "!is not a number"),
      ("1 2", "!is not a number"), ("=1+1", "!is not a number"), ("0x10", "!is not a number"), ("5 1", "!is not a number"),
    ]
    for (text, expected) in cases { #expect(number(text, .point) == expected, "\(text)") }
  }

  @Test func commaNumbers() {
    let cases: [(String, String)] = [
      ("1,50", "1.5"), ("1.234,56", "1234.56"), ("1.234", "1234"), ("2.506", "2506"), ("119,285", "119.285"),
      ("-1.234.567,8", "-1234567.8"),
      ("1.5", "!is not a number"), ("1,234.5", "!is not a number"), ("1,2,3", "!is not a number"), ("-0,5 €", "-0.5"), ("12", "12"),
    ]
    for (text, expected) in cases { #expect(number(text, .comma) == expected, "\(text)") }
  }

  @Test func eitherStyleRefusesToGuess() {
    let cases: [(String, String)] = [
      ("1.5", "1.5"), ("1,5", "1.5"), ("1,234.5", "1234.5"), ("1.234,5", "1234.5"), ("1,234,567", "1234567"), ("0,123", "0.123"),
      ("1234,567", "1234.567"),
      ("1,234", "!may be two different numbers; say which with --decimal-comma yes or no"),
      ("12.345", "!may be two different numbers; say which with --decimal-comma yes or no"), ("12", "12"),
    ]
    for (text, expected) in cases { #expect(number(text, .either) == expected, "\(text)") }
  }

  @Test func amountsWithUnits() throws {
    let cases: [(String, String, String)] = [
      ("0.05BTC", "0.05", "BTC"), ("2,500.0000000000ADA", "2500", "ADA"), ("1.5 ETH", "1.5", "ETH"), ("€6.65", "6.65", "€"),
      ("Kč2,771.82", "2771.82", "Kč"),
      ("-3 USDT", "-3", "USDT"), ("0.0000011INCH", "0.0000011", "INCH"), ("7", "7", ""), ("1e-5BTC", "0.00001", "BTC"),
      ("5 1INCH", "5", "1INCH"),
    ]
    for (text, value, unit) in cases {
      let amount = try Row([("n", text)]).amount("n")
      #expect(amount.value.description == value && amount.unit == unit, "\(text)")
    }
  }

  private func time(_ text: String, _ patterns: [String], _ zone: Zone = .utc) -> String {
    do throws(RowProblem) {
      let moment = try Row([("t", text)]).moment("t", patterns, zone: zone)
      return moment.dateOnly.map { "day \($0)" } ?? moment.instant.description
    } catch {
      return "!\(error.reason)"
    }
  }

  @Test func times() {
    let cases: [(String, [String], String)] = [
      ("2024-03-01T12:00:00Z", [], "2024-03-01T12:00:00Z"), ("2024-03-01 12:00:00.123456789", [], "2024-03-01T12:00:00.123456Z"),
      ("2024-03-01 12:00:00 UTC", [], "2024-03-01T12:00:00Z"), ("2024-03-01T12:00:00+05:30", [], "2024-03-01T06:30:00Z"),
      ("2024-03-01", [], "day 2024-03-01"), ("2024-02-30", [], "!is not a time of the form YYYY-MM-DD HH:MM:SS"),
      ("1969-12-31 00:00:00", [], "!is in the year 1969, outside 1970-2100"), ("2101-01-01", [], "!is in the year 2101, outside 1970-2100"),
      ("0001-01-01T00:00:00Z", [], "!is in the year 1, outside 1970-2100"), ("", [], "!is empty, but the row needs it"),
      ("31.12.2023 23:59", ["dd.MM.yyyy HH:mm[:ss]"], "2023-12-31T23:59:00Z"),
      ("31.12.2023 23:59:58", ["dd.MM.yyyy HH:mm[:ss]"], "2023-12-31T23:59:58Z"),
      ("3/4/24 1:05 PM", ["M/d/yy h:mm a"], "2024-03-04T13:05:00Z"), ("12/31/2023 12:00 AM", ["MM/dd/yyyy h:mm a"], "2023-12-31T00:00:00Z"),
      ("Mar 5, 2024", ["MMM d, yyyy"], "day 2024-03-05"), ("5 March 2024, 07:08:09", ["d MMM yyyy[, HH:mm:ss]"], "2024-03-05T07:08:09Z"),
      ("Tue, 05 Mar 2024 07:08:09 GMT+0200", ["EEE, dd MMM yyyy HH:mm:ss Z"], "2024-03-05T05:08:09Z"),
      ("20240305;070809", ["yyyyMMdd[;HHmmss]"], "2024-03-05T07:08:09Z"),
      ("01/02/2024", ["dd/MM/yyyy[ HH:mm[:ss]]"], "day 2024-02-01"),
      ("01/02/2024 3", ["dd/MM/yyyy[ HH:mm[:ss]]"], "!is not a time of the form dd/MM/yyyy[ HH:mm[:ss]]"),
      ("13/13/2024", ["dd/MM/yyyy", "MM/dd/yyyy"], "!is not a time of the form dd/MM/yyyy or MM/dd/yyyy"),
      ("05-Mar-2024", ["dd-MMM-yyyy"], "day 2024-03-05"),
      ("2024-03-01T10:00:00.5", ["yyyy-MM-ddTHH:mm:ss[.S]"], "2024-03-01T10:00:00.5Z"),
      ("25:00", ["HH:mm"], "!is not a time of the form HH:mm"),
    ]
    for (text, patterns, expected) in cases { #expect(time(text, patterns) == expected, "\(text)") }
  }

  @Test func clockReadingsAreInTheirZone() {
    let zone = Zone(fixed: 3600, name: "Test/One")
    #expect(time("2024-03-01 12:00:00", [], zone) == "2024-03-01T11:00:00Z")
    #expect(time("2024-03-01 12:00:00Z", [], zone) == "2024-03-01T12:00:00Z")
  }

  @Test func epochs() {
    func epoch(_ text: String) -> String {
      do throws(RowProblem) { return try Row([("t", text)]).epoch("t").instant.description } catch { return "!\(error.reason)" }
    }
    #expect(epoch("1709294400") == "2024-03-01T12:00:00Z")
    #expect(epoch("1709294400.25") == "2024-03-01T12:00:00.25Z")
    #expect(epoch("1709294400123") == "2024-03-01T12:00:00.123Z")
    #expect(epoch("1709294400123456") == "2024-03-01T12:00:00.123456Z")
    #expect(epoch("1709294400123456789") == "2024-03-01T12:00:00.123457Z")
    #expect(epoch("5000000000") == "!is in the year 2128, outside 1970-2100")
    #expect(epoch("-5") == "!is in the year 1969, outside 1970-2100")
    #expect(epoch("99999999999999999999999") == "!is not a time of the form seconds since 1970")
  }
}
