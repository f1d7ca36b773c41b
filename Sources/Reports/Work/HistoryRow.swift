public import Amounts

/// A step of the history of changes.
public struct HistoryRow: Hashable, ReportRow {
  /// Its number, from 1, in the order the changes were made.
  public var step: Int
  /// When it was made.
  public var at: Instant
  /// What it did.
  public var title: String
  /// What it is: `import`, `demo`, `edit`, `setting`, `batch`.
  public var what: String
  /// Whether it was taken back.
  public var isUndone: Bool

  /// A step.
  public init(step: Int, at: Instant, title: String, what: String, isUndone: Bool) {
    self.step = step
    self.at = at
    self.title = title
    self.what = what
    self.isUndone = isUndone
  }

  /// The columns of the history.
  public static let columns = [
    Column("step", "Step", .integer), Column("at", "At", .instant), Column("title", "Change", .text), Column("what", "What", .text),
    Column("undone", "Undone", .flag),
  ]

  /// The values, one for each column.
  public var cells: [Cell] { [.integer(step), .instant(at), .text(title), .text(what), .flag(isUndone)] }
}

/// One value that a step changed.
public struct ChangeRow: Hashable, ReportRow {
  /// The thing it belongs to.
  public var subject: String
  /// The column.
  public var field: String
  /// The value before; nil where there was none.
  public var before: String?
  /// The value after; nil where there is none.
  public var after: String?

  /// A changed value.
  public init(subject: String, field: String, before: String?, after: String?) {
    self.subject = subject
    self.field = field
    self.before = before
    self.after = after
  }

  /// The columns of a step.
  public static let columns = [
    Column("subject", "What", .text), Column("field", "Field", .text), Column("before", "Before", .text), Column("after", "After", .text),
  ]

  /// The values, one for each column.
  public var cells: [Cell] { [.text(subject), .text(field), Cell(before), Cell(after)] }
}
