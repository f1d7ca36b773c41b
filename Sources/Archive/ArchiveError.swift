/// Why the archive could not do what it was asked.
public enum ArchiveError: Error, Hashable, Sendable {
  /// The path is a directory or another thing that cannot hold a database.
  case notAFile(path: String)
  /// The file is not an SQLite database.
  case notADatabase(path: String)
  /// The file is an SQLite database of another program.
  case foreign(path: String, applicationID: UInt32)
  /// The file was written by a newer Florin.
  case newer(path: String, version: Int, known: Int)
  /// Another process holds the database.
  case locked(path: String)
  /// The file is damaged.
  case corrupt(path: String, detail: String)
  /// The folder or file may not be read or written.
  case denied(path: String, detail: String)
  /// A new file was asked for where there is one.
  case exists(path: String)
  /// There is no room left.
  case diskFull(path: String)
  /// SQLite refused a statement.
  case sql(code: Int32, message: String, statement: String)
  /// A stored value is not what its column holds.
  case badValue(column: String, value: String)
}
