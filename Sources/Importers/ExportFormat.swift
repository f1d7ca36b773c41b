// How to add a format: one file in Formats/, one fixture folder, one line in Registry.swift.
//
//   // Northbank (broker), Account > Activity > Export CSV. Prices are per share, fees positive.
//   extension ExportFormat {
//     static let northbankActivity = ExportFormat(
//       id: "northbank.activity.v1", title: "Northbank activity", account: "Northbank",
//       tables: [.init(["Date", "Action", "Symbol", "Shares", "Price", "Fee", "Currency"], optional: ["Note"])],
//       decoding: .eachRow(Northbank.activity))
//   }
//   enum Northbank {
//     static func activity(_ row: Row, _ file: FileContext) throws(RowProblem) -> RowOutcome {
//       let when = try row.moment("Date", ["dd/MM/yyyy HH:mm[:ss]"])
//       switch try row.text("Action") {
//       case "BUY", "SELL": ... return .event(event)
//       case "INFO": return .ignored("not a transaction")
//       case let other: throw row.unknown("Action", known: ["BUY", "SELL", "INFO"])
//       }
//     }
//   }
//
// - Detection is by content: the first record that has all required names of a table (any order, case, delimiter; `*` in a name stands
//   for text such as a currency) or a JSON text that has all required paths. Lines before the header are ignored rows by themselves.
//   A repeated header is skipped, another table of the same format switches `row.header`; `row.has("X")` tells them apart.
// - A row ends as `.event`, `.facts`, `.ignored(why)` or a thrown RowProblem; nothing else, nothing is dropped. Words the format does
//   not know are `throw row.unknown(...)`. Rows with more cells than the header are problems before the format sees them.
// - A trade that is split over rows: `.grouped(by:decode:)` with a key per row (nil = a group of its own). The function says for each
//   row what became of it: `group.add(event, from: rows)`, `group.ignore(row, why)`, `group.fail(problem)`; rows it forgets become
//   problems. Groups come in order of their first row. `.wholeFile` is one group of everything.
// - Trades are made by `EventDraft.trade(at:gave:got:)` (TradeDraft.swift), which decides BUY, SELL, CONVERT or SWAP, and fees by
//   `charge(_:_:)`, so that all formats agree. Leave `event.account` nil unless the file itself names the account; do not set `lines`.
// - Set `externalID` when the exporter has an id. `detail { $0.tradeKey = ... }` where two exports of a source carry the same trade.
// - Numbers: `row.decimal("Fee")` reads 1,234.50, (5), €5, 1e-7 exactly; `numbers: .comma` or `.either` for other places.
// - Every column is read or listed: what `tables` and `shapes` name (required or optional) is read in some fixture, everything else that
//   a file may have is in `leavesOut: [LeftOut(["Open", "High"], "the close alone values a holding")]`. `florin-devtool check` compares
//   this with what the decoder asks for.
// - `identity: .columns([...])` names the columns that make a row the same row in every generation of the export; by default all.
public import Amounts
public import Ledger

/// A table's header: the names that must be there, whatever their order and case, and those that may be.
public struct TableHeader: Hashable, Sendable {
  /// Names without which it is not this table.
  public var required: [String]
  /// Names the format reads when they are there.
  public var optional: [String]
  /// Names that must not be there: they tell an older generation from a newer one.
  public var absent: [String]

  /// A header.
  public init(_ required: [String], optional: [String] = [], absent: [String] = []) {
    self.required = required
    self.optional = optional
    self.absent = absent
  }
}

/// A JSON text: where its rows are, and what must be there.
public struct JSONHeader: Hashable, Sendable {
  /// Paths of the arrays whose elements are rows: `[]`, `activities[]`, `result.trades{}`.
  public var rows: [String]
  /// Paths without which it is not this shape: `activities[].symbol`. Only the text's front is looked at.
  public var required: [String]
  /// Paths inside the rows that the format reads when they are there.
  public var optional: [String]
  /// Scalars outside the rows that must have a value: `["format": "florin.events.v1"]`.
  public var scalars: [String: String]

  /// A shape.
  public init(rows: [String], required: [String] = [], optional: [String] = [], scalars: [String: String] = [:]) {
    self.rows = rows
    self.required = required
    self.optional = optional
    self.scalars = scalars
  }
}

/// What became of one row.
public enum RowOutcome: Sendable {
  /// One event.
  case event(EventDraft)
  /// Any number of facts, at least one.
  case facts([Fact])
  /// Nothing to import, and why.
  case ignored(String)
}

/// How a format reads rows.
public enum Decoding: Sendable {
  /// Row by row; memory is one batch whatever the file's size.
  case eachRow(@Sendable (Row, FileContext) throws(RowProblem) -> RowOutcome)
  /// Row by row with a decoder made for the file's header, for speed.
  case prepared(@Sendable (Header, FileContext) -> @Sendable (Row, FileContext) throws(RowProblem) -> RowOutcome)
  /// Rows with equal keys together, wherever they stand; a nil key is a group of one. The whole file is held in memory.
  case grouped(
    by: @Sendable (Row, FileContext) throws(RowProblem) -> String?,
    decode: @Sendable (inout RowGroup, FileContext) throws(RowProblem) -> Void)
  /// All rows as one group.
  case wholeFile(@Sendable (inout RowGroup, FileContext) throws(RowProblem) -> Void)
}

/// What makes a row the same row in another export.
public enum RowIdentity: Hashable, Sendable {
  /// All its non-empty cells.
  case allCells
  /// The non-empty cells of these columns.
  case columns([String])
}

/// One export of one exporter: how it is recognised and how its rows become facts.
public struct ExportFormat: Sendable {
  /// `exporter.kind.vN`; stored with each import, never changed.
  public let id: String
  /// For people.
  public let title: String
  /// The account the facts go to unless the file or the user names one.
  public let account: String
  /// The CSV headers it has.
  public let tables: [TableHeader]
  /// The JSON shapes it has.
  public let shapes: [JSONHeader]
  /// The columns it does not read, and why.
  public let leavesOut: [LeftOut]
  /// What commas and points mean.
  public let numbers: NumberStyle
  /// What makes a row the same row.
  public let identity: RowIdentity
  /// Whether the exporter's ids are its own and unique, one row or group of rows each: then a row with a known id is the same row,
  /// whatever its other cells say now.
  public let idsAreUnique: Bool
  /// Rows may have more cells than the header.
  public let allowsExtraCells: Bool
  /// Looks at the front of the file when the header alone does not say enough: preamble, names, first row.
  public let accepts: @Sendable (FileFront) -> Bool
  /// How rows are read.
  public let decoding: Decoding

  /// A format.
  public init(
    id: String, title: String, account: String, tables: [TableHeader] = [], shapes: [JSONHeader] = [], leavesOut: [LeftOut] = [],
    numbers: NumberStyle = .point, identity: RowIdentity = .allCells, idsAreUnique: Bool = false, allowsExtraCells: Bool = false,
    accepts: @escaping @Sendable (FileFront) -> Bool = { _ in true },
    decoding: Decoding
  ) {
    self.id = id
    self.title = title
    self.account = account
    self.tables = tables
    self.shapes = shapes
    self.leavesOut = leavesOut
    self.numbers = numbers
    self.identity = identity
    self.idsAreUnique = idsAreUnique
    self.allowsExtraCells = allowsExtraCells
    self.accepts = accepts
    self.decoding = decoding
  }

  /// The id without the version: what identity is bound to, so that a new generation of an export does not import everything again.
  public var family: String { id.lastIndex(of: ".").map { String(id[..<$0]) } ?? id }
  /// Whether `--as` may mean it: by its id, or by the beginning of the id up to a point.
  public func isMeant(by word: String) -> Bool { id == word.lowercased() || id.hasPrefix(word.lowercased() + ".") }
  /// The exporter: the id's first word.
  public var exporter: String { String(id.prefix { $0 != "." }) }
  /// A row wider than its header is wrong, but for one empty cell behind a last delimiter.
  @inline(__always)
  func checkWidth(_ row: Row) throws(RowProblem) {
    let width = row.header.names.count
    if row.count <= width || allowsExtraCells || row.section != "" || (row.count == width + 1 && row.bytes(width).isEmpty) { return }
    throw row.problem(.tooManyCells(expected: width, found: row.count))
  }

  /// File name extensions, without dots.
  public var extensions: [String] { (tables.isEmpty ? [] : ["csv"]) + (shapes.isEmpty ? [] : ["json"]) }
}

/// The front of a file, for formats that need more than the header to be sure.
public struct FileFront: Sendable {
  /// The records before the header, as text.
  public var preamble: [String]
  /// The header's names, or the JSON paths.
  public var names: [String]
  /// The first row behind the header; nil for JSON.
  public var firstRow: Row?
  /// The delimiter; nil for JSON.
  public var delimiter: Character?
}

/// What a format may want to know about the file while it decodes, and where it leaves remarks.
public final class FileContext {
  /// The zone of clock readings that name none.
  public let zone: Zone
  /// The account the user named.
  public let account: String?
  /// Whether the day stands before the month, as the user says.
  public let dayFirst: Bool?
  /// The currency of amounts that name none, as the user says.
  public let currency: String?
  /// The asset of a series that names none, as the user says.
  public let asset: String?
  /// The day of values without a date.
  public let day: Day?
  /// The delimiter; nil for JSON.
  public let delimiter: Character?
  /// The lines before the header.
  public let preamble: [String]
  /// Strings seen before, so that equal cells share one.
  let names = NamePool()
  /// Whatever the format remembers from row to row.
  public var memory: [String: String] = [:]
  /// The last stated balance of each ledger in the file, what its row moved, and whether a difference was told.
  var running: [String: (balance: Decimal, moved: Decimal, isTold: Bool)] = [:]
  private(set) var notes: [DecodedNote] = []

  init(_ options: ImportOptions, delimiter: Character?, preamble: [String]) {
    zone = options.zone
    account = options.account
    dayFirst = options.dayFirst
    currency = options.currency
    asset = options.asset
    day = options.day
    self.delimiter = delimiter
    self.preamble = preamble
  }

  /// Leaves a remark: nothing is wrong, but the user should know. At most 1000 are kept.
  public func note(_ line: Int, _ text: String) {
    if notes.count < 1000 { notes.append(DecodedNote(line: line, text: text)) }
  }

  func takeNotes() -> [DecodedNote] {
    defer { notes = [] }
    return notes
  }
}
