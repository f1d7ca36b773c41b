import Amounts
public import Ledger

/// What mends an issue: a form that is filled in as far as it can be, or the command that does the same.
public enum Remedy: Hashable, Sendable {
  /// A column of FORMATS 1 and what stands in it.
  public struct Field: Hashable, Sendable {
    /// The column.
    public var key: String
    /// What is known; nil where only a person knows.
    public var value: String?
    /// What is to be written there: `AMOUNT`.
    public var blank: String

    /// A field that is filled in.
    public init(_ key: String, _ value: String) { (self.key, self.value, blank) = (key, value, "") }

    /// A field that a person has to fill in.
    public init(_ key: String, asking blank: String) { (self.key, value, self.blank) = (key, nil, blank) }
  }

  /// Changes an event.
  case edit(EventID, [Field])
  /// Adds an event, a price or a NAV.
  case add(Subject, [Field])
  /// Makes one transfer of two events.
  case link(EventID, EventID)
  /// Lets a closed year follow the facts again.
  case reopen(Int)
  /// Looks for a file that says more.
  case importFile

  /// What can be added.
  public enum Subject: String, Hashable, Sendable {
    case event, price, nav
  }

  /// The command line; words in capitals are for the person to fill in.
  public var command: String {
    switch self {
    case .edit(let event, let fields): (["florin edit event \(event.raw)"] + fields.map(\.word)).joined(separator: " ")
    case .add(let subject, let fields): (["florin add \(subject.rawValue)"] + fields.map(\.word)).joined(separator: " ")
    case .link(let out, let arrival): "florin link \(out.raw) \(arrival.raw)"
    case .reopen(let year): "florin reopen \(year)"
    case .importFile: "florin import FILE"
    }
  }

  /// The fields that are filled in already.
  public var known: [String: String] {
    switch self {
    case .edit(_, let fields), .add(_, let fields):
      Dictionary(fields.compactMap { field in field.value.map { (field.key, $0) } }, uniquingKeysWith: { a, _ in a })
    case .link, .reopen, .importFile: [:]
    }
  }

  /// The first field that a person has to fill in; nil when there is none.
  public var asked: String? {
    switch self {
    case .edit(_, let fields), .add(_, let fields): fields.first { $0.value == nil }?.key
    case .link, .reopen, .importFile: nil
    }
  }
}

extension Remedy.Field {
  /// `KEY=VALUE`, quoted for a shell where that is needed.
  fileprivate var word: String {
    let plain = value ?? blank
    let isSafe = plain.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
      case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "+"), UInt8(ascii: "~"): true
      default: false
      }
    }
    if isSafe { return "\(key)=\(plain)" }
    // A quote inside ends the quoted text, stands by itself, and begins it again.
    let quoted = plain.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#)
    return "\(key)='\(quoted)'"
  }
}
