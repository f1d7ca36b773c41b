internal import Glibc

/// A pipe that lets any thread wake the terminal loop.
///
/// Rings that arrive before the loop looks count once.
public final class Wake: Sendable {
  let reading: Int32
  private let writing: Int32

  /// Opens the pipe.
  ///
  /// Running out of file descriptors at the start of a program is not something to go on from.
  public init() {
    var ends: [Int32] = [-1, -1]
    precondition(pipe(&ends) == 0, "no file descriptor left for a pipe")
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    reading = ends[0]
    writing = ends[1]
  }

  deinit {
    close(reading)
    close(writing)
  }

  /// Wakes the loop.
  ///
  /// Safe on any thread; never blocks.
  public func ring() {
    var byte: UInt8 = 1
    _ = write(writing, &byte, 1)
  }

  /// Empties the pipe.
  func drain() {
    var bytes: [UInt8] = Array(repeating: 0, count: 64)
    while read(reading, &bytes, bytes.count) > 0 {}
  }
}
