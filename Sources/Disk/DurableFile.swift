import Glibc

/// The reason a file or folder could not be written.
public struct FileError: Error, Hashable, Sendable {
  /// The file that was asked for, not a temporary one beside it.
  public let path: String
  /// The system's number of the reason, as `errno` has it.
  public let code: Int32

  /// A reason that the system gave as `errno`.
  public init(path: String, code: Int32) {
    self.path = path
    self.code = code
  }
}

/// A new file that stands under its name only when all of it is on the disk.
///
/// The bytes go to a file of another name in the same folder; ``commit()`` flushes them and gives them their name in one step. Whatever
/// goes wrong before that (an error, a killed process, a power cut) leaves what was there as it was. The file's mode is 0600.
public final class DurableFile {
  /// What happens when the name is taken.
  public enum Policy: Sendable {
    /// The file is refused with `EEXIST`, at the start and again at the end.
    case mustBeNew
    /// The file that is there is replaced.
    case replaces
  }

  private let path: String
  private let part: String
  private let policy: Policy
  private var descriptor: Int32

  /// Starts a file.
  ///
  /// - Throws: `EEXIST` when the name must be new and is not; otherwise what the system says of the folder.
  public init(_ path: String, _ policy: Policy = .mustBeNew) throws(FileError) {
    self.path = path
    self.policy = policy
    if policy == .mustBeNew, Disk.exists(path) { throw FileError(path: path, code: EEXIST) }
    part = Disk.partName(of: path)
    descriptor = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if descriptor < 0 { throw FileError(path: path, code: errno) }
  }

  deinit {
    if descriptor < 0 { return }
    close(descriptor)
    unlink(part)
  }

  /// Adds bytes at the end.
  public func write(_ bytes: [UInt8]) throws(FileError) {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress.map { $0 + done }, bytes.count - done) }
      if count > 0 { done += count } else if errno != EINTR { throw FileError(path: path, code: errno) }
    }
  }

  /// Puts the file on the disk and gives it its name.
  public func commit() throws(FileError) {
    // A close that fails may have lost bytes: some file systems tell of a full disk only then.
    let flushed = fsync(descriptor) == 0 ? 0 : errno
    let closed = close(descriptor) == 0 ? 0 : errno
    descriptor = -1
    if flushed != 0 || closed != 0 {
      unlink(part)
      throw FileError(path: path, code: flushed != 0 ? flushed : closed)
    }
    try Disk.settle(part, as: path, policy)
  }

  /// Writes a small file whole.
  public static func write(_ bytes: [UInt8], to path: String, _ policy: Policy) throws(FileError) {
    let file = try DurableFile(path, policy)
    try file.write(bytes)
    try file.commit()
  }
}
