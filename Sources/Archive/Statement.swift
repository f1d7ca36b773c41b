public import Amounts
import CSQLite
import Glibc

/// A prepared statement. Bind by position from 1, step, read columns from 0.
public final class Statement {
  let handle: OpaquePointer
  private let database: Unmanaged<Database>  // the database owns its statements and outlives them
  let sql: String

  init(_ sql: String, in database: Database) throws(ArchiveError) {
    var made: OpaquePointer?
    let code = sqlite3_prepare_v3(database.handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &made, nil)
    guard code == SQLITE_OK, let made else { throw database.failure(code, sql) }
    handle = made
    self.sql = sql
    self.database = Unmanaged.passUnretained(database)
  }

  deinit { sqlite3_finalize(handle) }

  /// Makes the statement ready for another run; bindings are cleared.
  public func reset() {
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
  }

  /// Advances; true when there is a row.
  @inline(__always)
  public func step() throws(ArchiveError) -> Bool {
    let code = sqlite3_step(handle)
    if code == SQLITE_ROW { return true }
    if code == SQLITE_DONE { return false }
    throw database.takeUnretainedValue().failure(code, sql)
  }

  /// Runs to the end and makes ready again.
  @inline(__always)
  public func execute() throws(ArchiveError) {
    let code = sqlite3_step(handle)
    sqlite3_reset(handle)
    if code != SQLITE_DONE && code != SQLITE_ROW { throw database.takeUnretainedValue().failure(code, sql) }
  }

  // MARK: Binding

  /// Binds an integer, or NULL.
  @inline(__always)
  public func bind(_ index: Int32, _ value: Int64?) {
    if let value { sqlite3_bind_int64(handle, index, value) } else { sqlite3_bind_null(handle, index) }
  }

  /// Binds an integer, or NULL.
  @inline(__always)
  public func bind(_ index: Int32, _ value: Int32?) {
    if let value { sqlite3_bind_int64(handle, index, Int64(value)) } else { sqlite3_bind_null(handle, index) }
  }

  /// Binds an integer.
  @inline(__always)
  public func bind(_ index: Int32, _ value: Int) { sqlite3_bind_int64(handle, index, Int64(value)) }

  /// Binds text, or NULL. SQLite copies it.
  @inline(__always)
  public func bind(_ index: Int32, _ value: String?) {
    guard var value else {
      sqlite3_bind_null(handle, index)
      return
    }
    value.withUTF8 { bytes in
      // An empty buffer may have no address, and a null pointer would bind NULL.
      if let base = bytes.baseAddress {
        _ = csq_bind_text_copy(handle, index, base, Int32(bytes.count))
      } else {
        _ = csq_bind_text_copy(handle, index, "", 0)
      }
    }
  }

  /// Binds a decimal as canonical text, or NULL. `scratch` holds 42 bytes and outlives the next step.
  @inline(__always)
  public func bind(_ index: Int32, _ value: Decimal?, scratch: UnsafeMutablePointer<UInt8>) {
    guard let value else {
      sqlite3_bind_null(handle, index)
      return
    }
    let count = value.normalized.write(to: scratch)
    _ = csq_bind_text_static(handle, index, scratch, Int32(count))
  }

  /// Binds a decimal as canonical text, or NULL. SQLite copies it.
  public func bind(_ index: Int32, _ value: Decimal?) { bind(index, value?.description) }

  /// Binds a day, or NULL.
  public func bind(_ index: Int32, _ value: Day?) { bind(index, value?.ordinal) }

  /// Binds bytes. SQLite copies them.
  public func bind(_ index: Int32, bytes: [UInt8]) {
    bytes.withUnsafeBytes { buffer in
      if let base = buffer.baseAddress {
        _ = csq_bind_blob_copy(handle, index, base, Int32(buffer.count))
      } else {
        sqlite3_bind_zeroblob(handle, index, 0)
      }
    }
  }

  // MARK: Reading

  /// Whether a column is NULL.
  @inline(__always) public func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }
  /// An integer; 0 for NULL.
  @inline(__always) public func int(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }
  /// An integer, or nil for NULL.
  @inline(__always) public func optionalInt(_ column: Int32) -> Int64? { isNull(column) ? nil : int(column) }

  /// Text; empty for NULL.
  public func text(_ column: Int32) -> String {
    guard let bytes = sqlite3_column_text(handle, column) else { return "" }
    return String(decoding: UnsafeBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(handle, column))), as: UTF8.self)
  }

  /// Text, or nil for NULL.
  public func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

  /// A decimal, or nil for NULL.
  @inline(__always)
  public func decimal(_ column: Int32) throws(ArchiveError) -> Decimal? {
    guard let bytes = sqlite3_column_text(handle, column) else { return nil }
    let count = Int(sqlite3_column_bytes(handle, column))
    guard let value = Decimal(utf8: UnsafeRawBufferPointer(start: bytes, count: count)) else {
      throw .badValue(column: String(cString: sqlite3_column_name(handle, column)), value: text(column))
    }
    return value
  }

  /// A day, or nil for NULL.
  public func day(_ column: Int32) -> Day? { optionalInt(column).map { Day(ordinal: Int32(truncatingIfNeeded: $0)) } }

  /// Bytes; empty for NULL.
  public func bytes(_ column: Int32) -> [UInt8] {
    guard let base = sqlite3_column_blob(handle, column) else { return [] }
    return Array(UnsafeRawBufferPointer(start: base, count: Int(sqlite3_column_bytes(handle, column))))
  }

  /// Works on the bytes of a column where SQLite has them; none for NULL.
  func withBytes<Result>(_ column: Int32, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    let base = sqlite3_column_blob(handle, column)
    return body(UnsafeRawBufferPointer(start: base, count: base == nil ? 0 : Int(sqlite3_column_bytes(handle, column))))
  }

  /// Calls `body` for every row, then makes the statement ready again.
  public func forEach(_ body: (Statement) throws(ArchiveError) -> Void) throws(ArchiveError) {
    defer { reset() }
    while try step() { try body(self) }
  }

  /// The first row's value, or nil when there is no row.
  public func first<Value>(_ read: (Statement) throws(ArchiveError) -> Value) throws(ArchiveError) -> Value? {
    defer { reset() }
    return try step() ? try read(self) : nil
  }
}
