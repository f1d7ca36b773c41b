/// Why a file cannot be imported at all. Nothing has been decoded, or what has been decoded must not be kept.
public enum ImportError: Error, Hashable, Sendable {
  /// The system refuses; the number is `errno`.
  case cannotRead(path: String, errno: Int32)
  /// The path names a directory.
  case isDirectory(path: String)
  /// There is nothing but blanks in the file.
  case empty
  /// A NUL byte or other binary content at a byte offset.
  case binary(offset: Int)
  /// One record or JSON element is larger than the limit: a missing quote, or not a table at all.
  case recordTooLong(line: Int, limit: Int)
  /// One record has more cells than any table.
  case tooManyCells(line: Int, limit: Int)
  /// No format has this header or JSON shape. `missing` are the columns the nearest format would need.
  case unknownFormat(found: [String], line: Int, nearest: String?, missing: [String])
  /// Several formats fit; the user has to say which.
  case ambiguousFormat([String])
  /// `--as` names no format.
  case noSuchFormat(String, nearest: String?)
  /// `--as` names a format whose columns are not in the file.
  case notThisFormat(String, found: [String], missing: [String])
  /// The JSON is not JSON.
  case json(JSONProblem)
}

/// Where and why a text is not JSON.
public struct JSONProblem: Error, Hashable, Sendable {
  /// What is wrong.
  public enum Reason: Hashable, Sendable {
    case unexpected(UInt8)
    case truncated
    case badLiteral
    case badNumber
    case badEscape
    case controlCharacter(UInt8)
    case invalidUTF8
    case tooDeep(limit: Int)
    case tooManyKeys(limit: Int)
    case trailingContent
    case noRows(expected: [String])
  }
  /// Bytes from the start of the text.
  public var offset: Int
  /// The line, 1-based.
  public var line: Int
  /// What is wrong there.
  public var reason: Reason

  /// A problem at a place.
  public init(offset: Int, line: Int, reason: Reason) {
    self.offset = offset
    self.line = line
    self.reason = reason
  }
}

extension JSONProblem.Reason: CustomStringConvertible {
  /// The reason in words, without the place.
  public var description: String {
    func sign(_ byte: UInt8) -> String { byte > 0x20 && byte < 0x7F ? "'\(Character(Unicode.Scalar(byte)))'" : "byte \(byte)" }
    return switch self {
    case .unexpected(let byte): "\(sign(byte)) is not expected here"
    case .truncated: "the text ends in the middle"
    case .badLiteral: "not true, false or null"
    case .badNumber: "not a number as JSON writes it"
    case .badEscape: "an escape that does not exist"
    case .controlCharacter(let byte): "a raw control character (\(sign(byte))) in a string"
    case .invalidUTF8: "a string that is not UTF-8"
    case .tooDeep(let limit): "nested deeper than \(limit)"
    case .tooManyKeys(let limit): "more than \(limit) different keys"
    case .trailingContent: "something behind the end"
    case .noRows(let expected): "no array \(expected.joined(separator: ", "))"
    }
  }
}
