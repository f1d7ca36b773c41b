import Disk
import Glibc

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
  /// A backup that holds no records of Florin: an empty file, or a database without settings.
  case nothingToRestore(path: String)
  /// The file has the mark of Florin, but what is in it was not made by Florin: it may hold commands of somebody else.
  case tampered(path: String, detail: String)
  /// The file was deleted or moved while it was open.
  case gone(path: String)
  /// Another file, or an older copy, has taken the place of the one that was opened.
  case replaced(path: String)
  /// A new file was asked for where there is one.
  case exists(path: String)
  /// There is no room left.
  case diskFull(path: String)
  /// SQLite refused a statement.
  case sql(code: Int32, message: String, statement: String)
  /// A stored value is not what its column holds.
  case badValue(column: String, value: String)
}

extension ArchiveError {
  /// A file that could not be written.
  init(_ error: FileError) {
    switch error.code {
    case EEXIST: self = .exists(path: error.path)
    case ENOSPC, EDQUOT, EFBIG: self = .diskFull(path: error.path)
    default: self = .denied(path: error.path, detail: String(cString: strerror(error.code)))
    }
  }
}
