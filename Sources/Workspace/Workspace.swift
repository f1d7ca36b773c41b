public import Amounts
import Archive
import Engine
public import Ledger
public import Reports

/// A database with everything that can be done to it.
///
/// One writing connection behind a lock: whoever changes something waits for whoever is changing something. Books and bookings
/// that come out of here are immutable values and may go to any thread.
public final class Workspace: Sendable {
  /// Where the database is.
  public let path: String
  /// The zone of days, months and years.
  public let zone: Zone
  let writer: Locked<WriterBox>
  let changeLog = Locked(ChangeLog())
  let kept = Locked<KeptBook?>(nil)

  /// The writing connection, which only travels together with the lock.
  final class WriterBox {
    let database: Database
    init(_ database: Database) { self.database = database }
  }

  /// Opens a database, makes it when it does not exist, and brings its schema up to date.
  ///
  /// - Throws: `.archive` when the file is foreign, newer, damaged, locked or may not be written; it is then untouched.
  public init(path: String, zone: Zone = .utc) throws(WorkspaceError) {
    self.path = path
    self.zone = zone
    keepApart(.whileReading)
    do throws(ArchiveError) {
      let database = try Database(path: path, mode: .readWrite)
      try database.migrate()
      writer = Locked(WriterBox(database))
    } catch {
      throw .archive(error)
    }
  }

  /// Runs work on the writing connection and gives its error a Workspace coat.
  func writing<Result>(_ work: (Database) throws(ArchiveError) -> Result) throws(WorkspaceError) -> Result {
    let outcome: Swift.Result<Result, ArchiveError> = writer.with { box in
      do throws(ArchiveError) {
        try box.database.verifyFile()
        let result = try work(box.database)
        box.database.settle()
        return .success(result)
      } catch {
        return .failure(error)
      }
    }
    switch outcome {
    case .success(let value): return value
    case .failure(let error): throw .archive(error)
    }
  }

  /// Writes a compact copy of the database to a new file.
  public func backup(to target: String) throws(WorkspaceError) {
    try writing { (database) throws(ArchiveError) in try database.backup(to: target) }
  }

  /// A number that changes whenever another process changes the database.
  public func dataVersion() throws(WorkspaceError) -> Int64 {
    try writing { (database) throws(ArchiveError) in try database.dataVersion() }
  }

  /// Counts the changes of the facts, whoever made them.
  public func generation() throws(WorkspaceError) -> Int64 {
    try writing { (database) throws(ArchiveError) in try database.generation() }
  }

  /// The row of an imported file that an event came from, as it was.
  public func rawRow(batch: BatchID, line: Int) throws(WorkspaceError) -> String? {
    try writing { (database) throws(ArchiveError) -> String? in
      var found: String?
      try database.forEachRawPage(batch: batch, line: line) { page in
        found = RawPage.record(line: line, in: page)
        return found == nil
      }
      return found
    }
  }

  /// Where all events came from.
  public func eventOrigins() throws(WorkspaceError) -> EventOrigins {
    var origins = EventOrigins()
    try writing { (database) throws(ArchiveError) in
      origins.externalIDs = try database.externalIDs()
      for batch in try database.batches() { origins.sources[batch.id.raw] = batch.source }
    }
    return origins
  }

  /// The source's own id of an event.
  public func externalID(of event: EventID) throws(WorkspaceError) -> String? {
    try writing { (database) throws(ArchiveError) in try database.externalID(of: event) }
  }
}

/// Raw records of a file, many to a page: for each its line and length in decimal, then the bytes.
enum RawPage {
  /// A page is closed when it has grown beyond this.
  static let size = 1 << 16

  static func append(_ bytes: ArraySlice<UInt8>, line: Int, to page: inout [UInt8]) {
    page.append(contentsOf: "\(line):\(bytes.count)\n".utf8)
    page.append(contentsOf: bytes)
  }

  static func record(line: Int, in page: [UInt8]) -> String? {
    var index = 0
    func number(until end: UInt8) -> Int? {
      var value = 0
      while index < page.count, page[index] != end {
        let digit = page[index] &- 0x30
        if digit > 9 { return nil }
        value = value * 10 + Int(digit)
        index += 1
      }
      index += 1
      return value
    }
    while index < page.count {
      guard let found = number(until: 0x3A), let count = number(until: 0x0A), index + count <= page.count else { return nil }
      if found == line { return String(decoding: page[index..<(index + count)], as: UTF8.self) }
      index += count
    }
    return nil
  }
}
