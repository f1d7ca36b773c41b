public import Amounts

/// A report as plain data, ready to be written as JSON, CSV or a table for people.
public struct Document: Sendable {
  /// The report's name: `holdings`.
  public var report: String
  /// The version of its fields.
  public var version = 1
  /// The last day that counts; nil when the report is not about a day.
  public var asOf: Day?
  /// The currency of amounts without one of their own; nil when there are none.
  public var currency: String?
  /// What each row has.
  public var columns: [Column]
  /// The rows, each with one cell a column.
  public var rows: LazyRows<[Cell]>
  /// The sums; empty when there are none.
  public var totals: [Cell.Field] = []
  /// What the sums leave out; nil when the report has no sums.
  public var excluded: [Exclusion]?
  /// Further facts of the whole report, written after `currency`.
  public var facts: [Cell.Field] = []
  /// Whether the rows are written; reports about one thing have only facts.
  public var hasRows = true

  /// A report of typed rows.
  public init<Row: ReportRow>(
    _ report: String, asOf: Day?, currency: String?, rows: some RandomAccessCollection<Row> & Sendable, totals: [Cell.Field] = [],
    excluded: [Exclusion]? = nil, facts: [Cell.Field] = []
  ) {
    self.report = report
    self.asOf = asOf
    self.currency = currency
    columns = Row.columns
    self.rows = LazyRows(count: rows.count) { place in rows[rows.index(rows.startIndex, offsetBy: place)].cells }
    self.totals = totals
    self.excluded = excluded
    self.facts = facts
  }

  /// A report about one thing, without rows.
  public init(_ report: String, asOf: Day?, currency: String?, facts: [Cell.Field]) {
    self.report = report
    self.asOf = asOf
    self.currency = currency
    columns = []
    rows = LazyRows(count: 0) { _ in [] }
    hasRows = false
    self.facts = facts
  }

  /// The document with its scalars alone.
  public var withoutRows: Document {
    var document = self
    document.hasRows = false
    return document
  }

  /// The scalars as rows of key and value: what `--section summary` writes.
  public var summary: Document {
    let fields = facts + totals
    var document = self
    document.columns = [Column("key", "Key", .text), Column("value", "Value", .nested)]
    document.rows = LazyRows(count: fields.count) { [.text(fields[$0].key), fields[$0].cell] }
    document.hasRows = true
    document.totals = []
    document.facts = []
    return document
  }
}
