public import Amounts
public import Ledger

/// Where a figure comes from: the formula in words, what went into it, the calculation line by line, and what was left out.
public struct Explanation: Hashable, Sendable {
  /// Something the figure is made of.
  public struct Input: Hashable, Sendable {
    /// What it is: `quantity`, `NAV`, `USD per EUR`.
    public var name: String
    /// Its value.
    public var value: Cell
    /// What the value is measured in; nil for a number without a unit.
    public var unit: String?
    /// The day it holds for.
    public var date: Day?
    /// Where it comes from.
    public var source: String?
    /// The event behind it.
    public var event: EventID?
    /// The figure that explains it in turn; nil where there is nothing below.
    public var figure: FigurePath?

    /// An input.
    public init(
      _ name: String, _ value: Cell, _ unit: String? = nil, date: Day? = nil, source: String? = nil, event: EventID? = nil,
      figure: FigurePath? = nil
    ) {
      self.name = name
      self.value = value
      self.unit = unit
      self.date = date
      self.source = source.flatMap { $0.isEmpty ? nil : $0 }
      self.event = event
      self.figure = figure
    }
  }

  /// A recorded fact that figures rest on.
  public enum Fact {
    case event(EventRow)
    case quote(AssetID, QuoteDraft.Kind, Quote)
    /// By its id.
    case distribution(Int64)
    /// A restriction, target or policy, by its id.
    case plan(Int64)
  }

  /// The row of a file that a fact was read from.
  public struct Origin: Hashable, Sendable {
    /// The import or edit.
    public var batch: BatchID
    /// The file's name; empty when it came from no file.
    public var file: String
    /// The format it was read as.
    public var source: String
    /// When it was imported.
    public var at: Instant?
    /// The line in the file; nil when it is not kept.
    public var line: Int?
    /// The row as it was; nil when it is not kept.
    public var raw: String?
    /// The source's own id of the event.
    public var externalID: String?

    /// A place in a file.
    public init(
      batch: BatchID, file: String, source: String, at: Instant? = nil, line: Int? = nil, raw: String? = nil, externalID: String? = nil
    ) {
      self.batch = batch
      self.file = file
      self.source = source
      self.at = at
      self.line = line
      self.raw = raw
      self.externalID = externalID
    }
  }

  /// The figure's name; typing it explains it again.
  public var figure: FigurePath
  /// Which figure, in words: `value of TOWR`.
  public var title: String
  /// The figure, the very value the report shows.
  public var value: Cell
  /// What it is measured in; nil for a ratio, a count or a date.
  public var unit: String?
  /// How it is made, in words.
  public var formula: String
  /// What it is made of.
  public var inputs: [Input]
  /// The calculation with its intermediate values, line by line, so that it can be done again by hand.
  public var steps: [String]
  /// Where and how results are rounded.
  public var rounding: String
  /// What is left out, and why.
  public var excluded: [String] = []
  /// What would make an unknown figure known: what is wrong, and what to do about it.
  public var fixes: [String] = []
  /// The other figures of the same row, in the report's order, itself among them.
  public var siblings: [FigurePath] = []
  /// Where the event or quote was read from; nil for what is computed.
  public var origin: Origin?

  /// An explanation.
  public init(
    _ figure: FigurePath, _ title: String, _ value: Cell, _ unit: String? = nil, formula: String, _ inputs: [Input] = [],
    steps: [String] = [], rounding: Rounds = .product, excluded: [String] = []
  ) {
    self.figure = figure
    self.title = title
    self.value = value
    self.unit = unit
    self.formula = formula
    self.inputs = inputs
    self.steps = steps
    self.rounding = rounding.text
    self.excluded = excluded
  }

  /// Where rounding happens.
  public enum Rounds: Sendable {
    /// Nothing but additions.
    case sum
    /// Products and quotients.
    case product
    /// Floating point.
    case statistic
    /// A fact, as it was recorded.
    case stated

    var text: String {
      switch self {
      case .sum: "sums are exact, nothing is rounded; screens show money to 2 places"
      case .product:
        "each product or quotient is rounded half-even to 18 places, once; sums are exact; screens show money and percent to 2 places"
      case .statistic: "a statistic: computed in binary floating point from exact values, written with 15 significant digits"
      case .stated: "as recorded, never rounded; screens show up to 8 places"
      }
    }
  }
}

extension Cell {
  /// The value to the last digit, for people: grouped digits, a fraction with its percentage, the reason where there is none.
  public var exactText: String {
    switch self {
    case .decimal(let value): NumberText.grouped(value.description)
    case .ratio(let value): "\(value) (\(NumberText.percent(value)))"
    case .statistic(let value): Statistic.text(value)
    case .integer(let value): NumberText.count(value)
    case .text(let text): text.plain
    case .day(let day): day.description
    case .instant(let instant): instant.description
    case .flag(let flag): flag ? "yes" : "no"
    case .unknown(let why?): "n/a (\(why.text))"
    case .unknown(nil): "n/a"
    case .unknownBecause(let words): "n/a (\(words.plain))"
    case .list(let cells): cells.map(\.exactText).joined(separator: ", ")
    case .object(let fields): fields.map { "\($0.key) \($0.cell.exactText)" }.joined(separator: ", ")
    }
  }
}
