public import Amounts
public import Ledger

/// How the rows of a file ended. The four parts always add up to the total.
public struct RowCounts: Hashable, Sendable {
  /// Data records in the file.
  public var total: Int
  /// Rows that became events, quotes or other facts.
  public var imported: Int
  /// Rows that were there already.
  public var duplicate: Int
  /// Rows known by their exporter's id with another content.
  public var changed: Int
  /// Rows that carry nothing for Florin.
  public var ignored: Int
  /// Rows that could not be read.
  public var problem: Int

  /// Counts.
  public init(total: Int = 0, imported: Int = 0, duplicate: Int = 0, changed: Int = 0, ignored: Int = 0, problem: Int = 0) {
    self.total = total
    self.imported = imported
    self.duplicate = duplicate
    self.changed = changed
    self.ignored = ignored
    self.problem = problem
  }

  /// The counts as a nested value.
  public var cell: Cell {
    .object([
      .init("total", .integer(total)), .init("imported", .integer(imported)), .init("duplicate", .integer(duplicate)),
      .init("changed", .integer(changed)),
      .init("ignored", .integer(ignored)), .init("problem", .integer(problem)),
    ])
  }
}

/// An import that was made.
public struct ImportRow: Hashable, ReportRow {
  /// Its batch.
  public var batch: BatchID
  /// The id of the format it was read as.
  public var source: String
  /// The file's name.
  public var file: String
  /// The file's fingerprint, hexadecimal.
  public var sha256: String
  /// When it was made.
  public var at: Instant
  /// How its rows ended.
  public var rows: RowCounts
  /// Events made.
  public var events: Int
  /// Whether it was undone.
  public var isReverted: Bool

  /// An import.
  public init(
    batch: BatchID, source: String, file: String, sha256: String, at: Instant, rows: RowCounts, events: Int = 0, isReverted: Bool
  ) {
    self.batch = batch
    self.source = source
    self.file = file
    self.sha256 = sha256
    self.at = at
    self.rows = rows
    self.events = events
    self.isReverted = isReverted
  }

  /// The columns, in the order of FORMATS 2.
  public static let columns = [
    Column("batch", "Batch", .integer), Column("source", "Source", .text), Column("file", "File", .text),
    Column("sha256", "SHA-256", .text, quiet: true), Column("at", "At", .instant), Column("rows", "Rows", .nested),
    Column("reverted", "Reverted", .flag),
  ]

  /// The values, one for each column.
  public var cells: [Cell] {
    [.integer(Int(batch.raw)), .text(source), .text(file), .text(sha256), .instant(at), rows.cell, .flag(isReverted)]
  }
}

/// A format Florin reads.
public struct FormatRow: ReportRow {
  /// `kraken.ledgers.v2`.
  public var id: String
  /// The name for people.
  public var title: String
  /// What it carries: `events`, `prices` ...
  public var kind: String
  /// File name extensions.
  public var extensions: [String]
  /// The column names or keys it is recognised by.
  public var header: [String]
  /// All columns it reads when a file has them.
  public var reads: [String]
  /// The columns it does not read, and why.
  public var leavesOut: [(columns: [String], why: String)]

  /// A format.
  public init(
    id: String, title: String, kind: String, extensions: [String], header: [String], reads: [String] = [],
    leavesOut: [(columns: [String], why: String)] = []
  ) {
    self.id = id
    self.title = title
    self.kind = kind
    self.extensions = extensions
    self.header = header
    self.reads = reads
    self.leavesOut = leavesOut
  }

  /// The columns, in the order of FORMATS 2.
  public static let columns = [
    Column("id", "Id", .text), Column("title", "Title", .text), Column("kind", "Kind", .text), Column("extensions", "Files", .nested),
    Column("header", "Recognised by", .nested, quiet: true), Column("reads", "Reads", .nested, quiet: true),
    Column("leavesOut", "Leaves out", .nested, quiet: true),
  ]

  /// The values, one for each column.
  public var cells: [Cell] {
    let left: [Cell] = leavesOut.map {
      .object([.init("columns", .list($0.columns.map { .text($0) })), .init("reason", .text($0.why))])
    }
    return [
      .text(id), .text(title), .text(kind), .list(extensions.map { .text($0) }), .list(header.map { .text($0) }),
      .list(reads.map { .text($0) }), .list(left),
    ]
  }
}

/// An invariant that was checked.
public struct CheckRow: Hashable, ReportRow {
  /// What was checked.
  public var check: String
  /// Whether it holds.
  public var isOK: Bool
  /// What was found; empty when there is nothing to say.
  public var detail: String

  /// A checked invariant.
  public init(check: String, isOK: Bool, detail: String = "") {
    self.check = check
    self.isOK = isOK
    self.detail = detail
  }

  /// The columns, in the order of FORMATS 2.
  public static let columns = [Column("check", "Check", .text), Column("ok", "OK", .flag), Column("detail", "Detail", .text)]

  /// The values, one for each column.
  public var cells: [Cell] { [.text(check), .flag(isOK), Cell(detail)] }
}

/// A setting with its value.
public struct SettingRow: Hashable, ReportRow {
  /// Its name.
  public var key: String
  /// Its value.
  public var value: String
  /// Whether nobody set it.
  public var isStandard: Bool
  /// What it is, in one line.
  public var help: String

  /// A setting.
  public init(key: String, value: String, isStandard: Bool, help: String) {
    self.key = key
    self.value = value
    self.isStandard = isStandard
    self.help = help
  }

  /// Name, value, whether it is the default, and what it is.
  public static let columns = [
    Column("key", "Setting", .text), Column("value", "Value", .text), Column("default", "Default", .flag),
    Column("help", "What it is", .text),
  ]

  /// The values, one for each column.
  public var cells: [Cell] { [.text(key), .text(value), .flag(isStandard), .text(help)] }
}

/// A row of a file that was not imported, with its place.
public struct RowRemark: Hashable, Sendable {
  /// The line (CSV) or element number (JSON), 1-based.
  public var line: Int
  /// The column's name; empty when the whole row is meant.
  public var column: String
  /// The text as written.
  public var raw: String
  /// Why.
  public var reason: String

  /// A remark.
  public init(line: Int, column: String = "", raw: String = "", reason: String) {
    self.line = line
    self.column = column
    self.raw = raw
    self.reason = reason
  }
}
