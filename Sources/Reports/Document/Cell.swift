public import Amounts

/// One value of a report, with enough type to write it exactly, for people or for programs.
public enum Cell: Hashable, Sendable {
  /// Words. Empty is the same as ``none``.
  case text(String)
  /// An exact number: a quantity, a price, an amount.
  case decimal(Decimal)
  /// An exact fraction: 0.125 is 12.5 %.
  case ratio(Decimal)
  /// A statistic, written with 15 significant digits.
  case statistic(Double)
  /// A count or an internal id.
  case integer(Int)
  /// A calendar day.
  case day(Day)
  /// A point in time.
  case instant(Instant)
  /// Yes or no.
  case flag(Bool)
  /// Several values.
  case list([Cell])
  /// Named values.
  case object([Field])
  /// No value, with the reason where one is known.
  case unknown(Why?)
  /// No value, with the reason in words.
  case unknownBecause(String)

  /// There is none, and that is no surprise: no account, no second date.
  public static let none = Cell.unknown(nil)

  /// A named value inside a cell.
  public struct Field: Hashable, Sendable {
    /// The key, camelCase.
    public var key: String
    /// The value.
    public var cell: Cell

    /// A named value.
    public init(_ key: String, _ cell: Cell) {
      self.key = key
      self.cell = cell
    }
  }

  /// A number that may be unknown.
  public init(_ figure: Figure<Decimal>) {
    switch figure {
    case .known(let value): self = .decimal(value)
    case .unknown(let why): self = .unknown(why)
    }
  }

  /// A fraction that may be unknown.
  public static func ratio(_ figure: Figure<Decimal>) -> Cell {
    switch figure {
    case .known(let value): .ratio(value)
    case .unknown(let why): .unknown(why)
    }
  }

  /// The amount of some money.
  public init(_ figure: Figure<Money>) { self.init(figure.map { (money) throws(DecimalError) in money.amount }) }

  /// The amount of a price.
  public init(_ figure: Figure<Price>) { self.init(figure.map { (price) throws(DecimalError) in price.perUnit }) }

  /// A day, or none.
  public init(_ day: Day?) { self = day.map { .day($0) } ?? .none }

  /// Words, or none.
  public init(_ text: String?) { self = text.map { $0.isEmpty ? .none : .text($0) } ?? .none }

  /// Whether there is a value.
  public var isKnown: Bool {
    switch self {
    case .unknown, .unknownBecause: false
    default: true
    }
  }
}

/// A column of a report.
public struct Column: Hashable, Sendable {
  /// What the values are, which decides how people see them.
  public enum Kind: Hashable, Sendable {
    case text, quantity, price, money, ratio, integer, day, instant, flag, nested
  }
  /// The key in JSON and CSV, camelCase.
  public let key: String
  /// The heading for people.
  public let title: String
  /// What the values are.
  public let kind: Kind
  /// Whether the table for people leaves it out.
  public let isQuiet: Bool

  /// A column.
  public init(_ key: String, _ title: String, _ kind: Kind, quiet: Bool = false) {
    self.key = key
    self.title = title
    self.kind = kind
    isQuiet = quiet
  }

  /// Whether values stand at the right edge.
  public var isNumeric: Bool {
    switch kind {
    case .quantity, .price, .money, .ratio, .integer: true
    case .text, .day, .instant, .flag, .nested: false
    }
  }
}

/// A row that can say its values in the order of its columns.
public protocol ReportRow: Sendable {
  /// The columns, in the order of FORMATS 2.
  static var columns: [Column] { get }
  /// The values, one for each column.
  var cells: [Cell] { get }
}

/// Something a total leaves out.
public struct Exclusion: Hashable, Sendable {
  /// The asset.
  public var asset: AssetLabel
  /// What is missing: `value`, `cost`, `gain`, `income`.
  public var what: String
  /// Why.
  public var why: Why

  /// Something left out.
  public init(asset: AssetLabel, what: String, why: Why) {
    self.asset = asset
    self.what = what
    self.why = why
  }
}
