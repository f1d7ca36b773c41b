import Glibc

/// A program on a pseudo terminal, for timing: what it writes is read and thrown away, only the moments count.
///
/// What a screen shows is checked in tmux, which is a terminal; this is only the wire.
public final class PseudoTerminal {
  private let wire: Int32
  /// The program's process.
  public let process: Int32
  private let started: Double
  /// Bytes read so far.
  public private(set) var bytes = 0

  /// Starts a program on a terminal of this size.
  public init(_ program: String, _ arguments: [String], columns: Int, rows: Int, environment: [String]) throws(LawBroken) {
    wire = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    // What unlockpt and ptsname do; glibc hides both from Swift.
    var (lock, number): (Int32, Int32) = (0, -1)
    guard wire >= 0, ioctl(wire, 0x4004_5431, &lock) == 0, ioctl(wire, 0x8004_5430, &number) == 0 else {
      throw LawBroken("no pseudo terminal")
    }
    let path = "/dev/pts/\(number)"
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(wire, UInt(TIOCSWINSZ), &size)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // A new session whose first opened terminal becomes its own.
    posix_spawn_file_actions_addopen(&actions, 0, path, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    started = Program.now
    process = try Program.spawn(program, arguments, &actions, environment: environment, inNewSession: true)
  }

  deinit {
    kill(process, SIGKILL)
    _ = Program.wait(for: process)
    close(wire)
  }

  /// Reads until nothing has come for `gap` milliseconds, but at least so many bytes.
  ///
  /// - Returns: seconds since the start of the program at the last byte read; nil when nothing came within `patience` milliseconds.
  public func settle(gap: Int32, atLeast: Int = 1, patience: Int32 = 5000) -> Double? {
    var last: Double?
    let goal = bytes + atLeast
    let end = Program.now + 20  // a program that never stops painting is not waited for
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      var waiting = pollfd(fd: wire, events: Int16(POLLIN), revents: 0)
      let ready = poll(&waiting, 1, bytes < goal ? patience : gap)
      if ready < 0 && errno == EINTR { continue }
      if ready <= 0 { return last.map { $0 - started } }
      let count = read(wire, &chunk, chunk.count)
      if count <= 0 { return last.map { $0 - started } }
      bytes += count
      last = Program.now
      if Program.now > end { return last.map { $0 - started } }
    }
  }

  /// Types text.
  ///
  /// - Returns: seconds since the start of the program at which it was typed.
  public func type(_ text: String) -> Double {
    let bytes = Array(text.utf8)
    let moment = Program.now - started
    _ = write(wire, bytes, bytes.count)
    return moment
  }

  /// Seconds from a key to the last byte of what it paints; nil when it paints nothing.
  public func paint(after text: String, gap: Int32 = 15) -> Double? {
    let typed = type(text)
    return settle(gap: gap, patience: 150).map { $0 - typed }
  }
}
