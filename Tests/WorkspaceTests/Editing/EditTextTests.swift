import Amounts
import TestSupport
import Testing
import Workspace

/// What people type in a field, and what is stored.
struct EditTextTests {
  private static let today = day("2024-06-01")

  private func field(_ name: String, _ subject: EditSubject = .event) throws -> EditField {
    try #require(EditField.all(subject).first { $0.name == name })
  }

  @Test(arguments: [
    ("2024-3-5", "2024-03-05"), ("2024/3/5", "2024-03-05"), ("2024.03.5", "2024-03-05"), ("today", "2024-06-01"),
    ("Yesterday", "2024-05-31"), (" 2024-03-05\n", "2024-03-05"),
    // A day that could be two, one that is none, and no day at all stay as they are.
    ("5/3/2024", "5/3/2024"), ("2024-02-30", "2024-02-30"), ("soon", "soon"),
  ]) func days(_ typed: String, _ stored: String) throws {
    #expect(try field("acquired").understood(typed, today: EditTextTests.today) == stored)
  }

  @Test(arguments: [
    ("2024-3-5 9:30", "2024-03-05T09:30"), ("today 14:05:06", "2024-06-01T14:05:06"), ("2024-03-05T10:00:00Z", "2024-03-05T10:00:00Z"),
    ("2024-3-5", "2024-03-05"), ("2024-3-5 25:00", "2024-3-5 25:00"),
  ]) func times(_ typed: String, _ stored: String) throws {
    #expect(try field("timestamp").understood(typed, today: EditTextTests.today) == stored)
  }

  @Test(arguments: [
    ("1,234.50", "1234.50"), ("12,345,678", "12345678"), ("1 234.5", "1234.5"), ("1\u{A0}234", "1234"), ("1_000", "1000"),
    ("1'000.25", "1000.25"), ("-1,234.5", "-1234.5"), ("0.5", "0.5"),
    // May be one and a bit, or is no grouping.
    ("1,234", "1,234"), ("1,5", "1,5"), ("1,23,456", "1,23,456"), ("1.234,5", "1.234,5"), ("ten", "ten"),
  ]) func numbers(_ typed: String, _ stored: String) throws {
    #expect(try field("price").understood(typed, today: EditTextTests.today) == stored)
  }

  @Test(arguments: [("75 %", "0.75"), ("12.5%", "0.125"), ("0.3", "0.3"), ("%", "%")]) func shares(_ typed: String, _ stored: String) throws
  {
    #expect(try field("target", .target).understood(typed, today: EditTextTests.today) == stored)
  }
}
