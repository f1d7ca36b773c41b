/// Why one row could not be understood: thrown inside the row, collected by the session.
public struct RowProblem: Error, Hashable, Sendable {
  /// What is wrong with a cell or a row.
  public enum Reason: Error, Hashable, Sendable {
    /// The cell is empty or its column is missing, and the row means nothing without it.
    case missing
    /// The text is not a number.
    case notANumber
    /// `1,234` may be two numbers; the import option that answers it is `--decimal-comma yes|no`.
    case ambiguousNumber
    /// More than 38 digits, or an exponent out of range.
    case numberOutOfRange
    /// The text is not a date or time of the expected form.
    case notATime(expected: String)
    /// `5/9/2024` may be two days; the import option that answers it is `--day-first yes|no`.
    case ambiguousDate
    /// An amount, or a series, does not say what it is in or of; the import option that answers it is named.
    case unnamed(what: String, option: String)
    /// A date outside first...2100.
    case implausibleYear(Int, first: Int = 1970)
    /// A word the format does not know.
    case unknownValue(known: [String])
    /// The row has more cells than the header.
    case tooManyCells(expected: Int, found: Int)
    /// A quote is opened and never closed.
    case unterminatedQuote
    /// A JSON object names a key twice.
    case duplicateKey
    /// The row needs another one that is not in the file, such as the second leg of a trade.
    case unpaired
    /// The row is part of a group of which another row is wrong.
    case groupFailed(line: Int)
    /// No rule of the format covers the row.
    case notCovered
    /// Two cells of the row contradict each other, or a value is impossible here.
    case inconsistent(String)
  }

  /// The row's line (CSV) or element number (JSON), 1-based.
  public var line: Int
  /// The column's name as the file writes it; nil when the whole row is meant.
  public var column: String?
  /// The text found, shortened to 200 characters.
  public var raw: String
  /// What is wrong with it.
  public var reason: Reason

  /// A problem with a cell, or with a whole row.
  public init(line: Int, column: String? = nil, raw: String = "", reason: Reason) {
    self.line = line
    self.column = column
    self.raw = raw.count > 200 ? String(raw.prefix(200)) + "..." : raw
    self.reason = reason
  }
}

extension RowProblem.Reason: CustomStringConvertible {
  /// The reason in words, without the place and the value.
  public var description: String {
    switch self {
    case .missing: "is empty, but the row needs it"
    case .notANumber: "is not a number"
    case .ambiguousNumber: "may be two different numbers; say which with --decimal-comma yes or no"
    case .numberOutOfRange: "has more digits than 38"
    case .notATime(let expected): "is not a time of the form \(expected)"
    case .ambiguousDate: "may be two different days; say which with --day-first yes or no"
    case .unnamed(let what, let option): "names no \(what); say which with \(option)"
    case .implausibleYear(let year, let first): "is in the year \(year), outside \(first)-2100"
    case .unknownValue(let known): "is not one of: " + known.joined(separator: ", ")
    case .tooManyCells(let expected, let found): "has \(found) cells, the header has \(expected)"
    case .unterminatedQuote: "opens a quote that is never closed"
    case .duplicateKey: "is there twice in one object"
    case .unpaired: "needs a second row with the same reference, which is not in the file"
    case .groupFailed(let line): "belongs together with line \(line), which has a problem"
    case .notCovered: "is not covered by any rule of this format"
    case .inconsistent(let what): what
    }
  }
}

extension RowProblem: CustomStringConvertible {
  /// `line 5: Shares: "ten" is not a number`.
  public var description: String {
    var text = "line \(line): "
    if let column { text += column + ": " }
    if !raw.isEmpty { text += "\"\(raw)\" " }
    return text + reason.description
  }
}
