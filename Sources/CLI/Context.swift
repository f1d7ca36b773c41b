import Amounts
import Engine
import Glibc
import Ledger
import Reports
import Workspace

/// Why a command failed.
enum Failure: Error {
  case usage(UsageError)
  case workspace(WorkspaceError)
  /// The path has no folder that could be made.
  case cannotMakeFolder(String, errno: Int32)
  /// No figure, or more than one, has the name.
  case noSuchFigure(ExplainError)
}

/// What a command works with: its arguments and the world.
struct Context: Sendable {
  let arguments: Arguments
  let environment: [String: String]
  let now: Instant
  private(set) var zone: Zone
  private(set) var asOf: Day
  let showsProgress: Bool
  private let channel: Channel

  /// Where words go. Commands run on one thread.
  private final class Channel: @unchecked Sendable {
    let output: ([UInt8]) -> Bool
    let errors: (String) -> Void
    init(output: @escaping ([UInt8]) -> Bool, errors: @escaping (String) -> Void) {
      self.output = output
      self.errors = errors
    }
  }

  init(_ arguments: Arguments, _ invocation: Invocation) throws(UsageError) {
    self.arguments = arguments
    environment = invocation.environment
    showsProgress = invocation.showsProgress
    channel = Channel(output: invocation.output, errors: invocation.errors)
    let name = arguments["timezone"] ?? invocation.environment["FLORIN_TIMEZONE"] ?? "UTC"
    if name == "UTC" {
      zone = .utc
    } else if let bytes = invocation.zoneFile(name), let zone = Zone(name: name, tzif: bytes) {
      self.zone = zone
    } else {
      throw .badZone(name)
    }
    if let text = arguments["now"] ?? invocation.environment["FLORIN_NOW"] {
      guard let instant = Instant(text) ?? Day(text).map({ Instant(day: $0) }) else { throw .badInstant("--now", text) }
      now = instant
    } else {
      now = invocation.clock()
    }
    asOf = try Context.day(arguments["as-of"], option: "--as-of") ?? zone.day(of: now)
  }

  /// Reads a date option.
  static func day(_ text: String?, option: String) throws(UsageError) -> Day? {
    guard let text else { return nil }
    guard let day = Day(text) else { throw .badDate(option, text) }
    return day
  }

  /// The same in another zone; the day that counts follows unless it was said.
  func using(zone name: String, _ tzif: [UInt8]) -> Context {
    guard let zone = Zone(name: name, tzif: tzif) else { return self }
    var context = self
    context.zone = zone
    if arguments["as-of"] == nil { context.asOf = zone.day(of: now) }
    return context
  }

  /// Where the database is.
  var databasePath: String {
    if let path = arguments["db"] ?? environment["FLORIN_DB"], !path.isEmpty { return path }
    return Context.dataFolder(environment) + "/florin.db"
  }

  /// The folder of Florin's data: `$XDG_DATA_HOME/florin`, else `~/.local/share/florin`.
  static func dataFolder(_ environment: [String: String]) -> String {
    if let folder = environment["XDG_DATA_HOME"], folder.hasPrefix("/") { return folder + "/florin" }
    return (environment["HOME"] ?? ".") + "/.local/share/florin"
  }

  /// Opens the database; the default folder is made when it is missing.
  func workspace() throws(Failure) -> Workspace {
    try makeDataFolder()
    do throws(WorkspaceError) { return try Workspace(path: databasePath, zone: zone) } catch { throw .workspace(error) }
  }

  /// Makes the default folder of databases when the default database is meant.
  func makeDataFolder() throws(Failure) {
    if arguments["db"] == nil && (environment["FLORIN_DB"] ?? "").isEmpty { try makeFolder(Context.dataFolder(environment)) }
  }

  func makeFolder(_ path: String) throws(Failure) {
    var made = ""
    for part in path.split(separator: "/") {
      made += "/" + part
      if mkdir(made, 0o700) != 0 && errno != EEXIST && errno != EISDIR && errno != EROFS && errno != EACCES {
        throw .cannotMakeFolder(made, errno: errno)
      }
    }
  }

  /// Reads the book in the wanted currency, seen from the wanted portfolios.
  func book() throws(Failure) -> Book {
    let workspace = try workspace()
    do throws(WorkspaceError) { return try viewed(try workspace.book(.full, base: base(workspace))) } catch { throw .workspace(error) }
  }

  /// The book and its positions, from what is kept ready when that is up to date: at a million events an answer at once.
  ///
  /// Lots, receipts and events may be missing.
  func positions() throws(Failure) -> (book: Book, booking: Booking) {
    let workspace = try workspace()
    do throws(WorkspaceError) {
      let snapshot = try workspace.snapshot(.head, asOf: asOf, base: base(workspace))
      let book = try viewed(snapshot.book)
      return (book, snapshot.booking.narrowed(to: book.view))
    } catch {
      throw .workspace(error)
    }
  }

  /// The filter, checked against the columns of a report.
  func filter(_ columns: [Column]) throws(Failure) -> Filter {
    let filter = Filter(arguments["filter"] ?? "")
    if let field = filter.unknownFields(in: columns).first { throw .usage(unknown(field, columns.map(\.key))) }
    return filter
  }

  /// The filter, checked against the fields of events.
  func eventFilter(_ book: Book) throws(Failure) -> Filter {
    let filter = Filter(arguments["filter"] ?? "")
    if let field = EventFilter(filter, book).unknownFields.first { throw .usage(unknown(field, EventFilter.fields)) }
    return filter
  }

  private func unknown(_ field: String, _ known: [String]) -> UsageError {
    .unknownField(field, known: known, nearest: Nearest.name(to: field, among: known))
  }

  /// The value of an option that names a case.
  func choice<Choice: RawRepresentable>(_ option: String, default fallback: Choice) -> Choice where Choice.RawValue == String {
    arguments[option].flatMap { Choice(rawValue: $0) } ?? fallback
  }

  /// Writes a document in the wanted form.
  func write(_ document: Document) {
    let shown = arguments["section"] == "summary" && arguments["format"] != "json" ? document.summary : document
    var output = Output(receive: channel.output)
    switch arguments["format"] {
    case "json": JSONWriter().write(shown, to: &output)
    case "csv": CSVWriter().write(shown, to: &output)
    default: TableWriter().write(shown, to: &output)
    }
    output.flush()
  }

  /// Writes a line for people, on standard output.
  func say(_ line: String) {
    _ = channel.output(Array((line + "\n").utf8))
  }

  /// Writes text for people as it is, on standard output.
  func print(_ text: String) {
    _ = channel.output(Array(text.utf8))
  }

  /// Writes a line on standard error.
  func warn(_ line: String) {
    channel.errors(line + "\n")
  }

  /// Writes on standard error without ending the line.
  func tell(_ text: String) {
    channel.errors(text)
  }
}

extension Context {
  /// Opens the demo's database, which is never the user's own: FLORIN_DB does not count, only `--db` does.
  func demoWorkspace() throws(Failure) -> Workspace {
    if arguments["db"] != nil { return try workspace() }
    try makeFolder(Context.dataFolder(environment))
    let path = CommandLineTool.demoPath(environment)
    do throws(WorkspaceError) { return try Workspace(path: path, zone: zone) } catch { throw .workspace(error) }
  }
}
