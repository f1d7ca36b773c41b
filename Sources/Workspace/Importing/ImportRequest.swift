public import Amounts
public import Importers
public import Ledger

/// A file to be imported, and how.
public struct ImportRequest: Sendable {
  /// Where the bytes come from.
  public var source: ByteSource
  /// What the user says about the file.
  public var options: ImportOptions
  /// Decode and compare, but change nothing.
  public var isDryRun = false
  /// Put rows that changed since they were imported in the place of what they were.
  public var updatesChanged = false
  /// Look for events that earlier imports made of the same rows, printed otherwise. Not for a folder of Florin's own, whose rows are facts.
  public var comparesEvents = true
  /// Hand back every event, not only the counts.
  public var wantsEvents = false
  /// How many of them at most, so that a look at a huge file stays small.
  public var eventLimit = Int.max
  /// The clock.
  public var now: Instant

  /// A request.
  public init(_ source: ByteSource, options: ImportOptions = ImportOptions(), now: Instant) {
    self.source = source
    self.options = options
    self.now = now
  }
}

/// How far an import is.
public struct ImportProgress: Hashable, Sendable {
  /// Rows decoded.
  public var rows: Int
  /// Bytes decoded.
  public var bytes: Int
  /// Bytes of the file; nil for a pipe.
  public var bytesTotal: Int?

  /// How far an import is.
  public init(rows: Int = 0, bytes: Int = 0, bytesTotal: Int? = nil) {
    self.rows = rows
    self.bytes = bytes
    self.bytesTotal = bytesTotal
  }
}

/// What became of a file.
public struct ImportOutcome: Sendable {
  /// A row that says nothing Florin keeps, or that was known already.
  public struct Remark: Hashable, Sendable {
    /// Its line (CSV) or element number (JSON).
    public var line: Int
    /// Why.
    public var reason: String
  }
  /// A row whose content is another one than when it was imported.
  public struct Change: Hashable, Sendable {
    /// Its line (CSV) or element number (JSON).
    public var line: Int
    /// The event that was made of it then.
    public var event: EventID
    /// What differs, field by field: the field, what it was, what it is now.
    public var fields: [[String]]
    /// Whether the event may be replaced: it was not edited, deleted or linked since.
    public var isOpen: Bool
  }
  /// The file's name as given.
  public var file: String
  /// The format's id.
  public var source = ""
  /// The account of facts that name none.
  public var account = ""
  /// The file's SHA-256 in hex.
  public var sha256 = ""
  /// Rows of the file: always the sum of the five counts.
  public var total: Int { imported + duplicate + changed + ignored + problem }
  /// Rows that became facts.
  public var imported = 0
  /// Rows that were known already.
  public var duplicate = 0
  /// Rows known by their exporter's id whose content is another one now; imported only when that is asked for.
  public var changed = 0
  /// Rows that say nothing Florin keeps.
  public var ignored = 0
  /// Rows that could not be read.
  public var problem = 0
  /// Events made, when asked for; each with the lines it came from.
  public var events: [EventDraft] = []
  /// How many events were made.
  public var eventCount = 0
  /// Transfers made of a withdrawal and a deposit with the same transaction hash, one of which was new.
  public var linked = 0
  /// How many facts of other kinds were made: quotes, assets, accounts, distributions, plans.
  public var otherFacts = 0
  /// The ignored rows; at most ``listLimit`` are kept.
  public var ignoredRows: [Remark] = []
  /// The problem rows; at most ``listLimit`` are kept.
  public var problems: [RowProblem] = []
  /// What changed rows were and are now; at most ``listLimit`` are kept.
  public var changes: [Change] = []
  /// How many events were replaced by what changed rows say now.
  public var updated = 0
  /// Remarks on the file; at most ``listLimit`` are kept.
  public var notes: [Remark] = []
  /// The batch; nil when nothing was changed.
  public var batch: BatchID?

  /// A file of which every row is a problem must not exhaust memory.
  public static let listLimit = 10_000

  init(file: String) { self.file = file }
}
