import Glibc

/// Other programs, for the benchmark and the tests that drive the finished binary.
public enum Program {
  /// How a program ended.
  public struct Ending: Sendable {
    /// Its exit status; -1 when a signal ended it.
    public var status: Int32
    /// What it wrote to standard output, and to standard error when that was asked for.
    public var output: String
    /// How long it took.
    public var seconds: Double
  }

  /// This program's own file.
  public static var me: String {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    return String(decoding: buffer[..<max(0, count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// A program in the folder of this one: tests, tools and products are built side by side.
  public static func beside(_ name: String) -> String { folder(of: me) + "/" + name }

  /// Whether a program of this name can be found.
  public static func exists(_ name: String) -> Bool {
    guard let path = getenv("PATH").map({ String(cString: $0) }) else { return false }
    return path.split(separator: ":").contains { access($0 + "/" + name, X_OK) == 0 }
  }

  /// Monotonic seconds.
  public static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Runs a program, found by its name or path, to its end.
  ///
  /// - Parameters:
  ///   - environment: all its variables, as `NAME=value`; nil means this program's own.
  ///   - withErrors: whether standard error is part of the output.
  public static func run(
    _ program: String, _ arguments: [String], environment: [String]? = nil, withErrors: Bool = false
  ) throws(LawBroken) -> Ending {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw LawBroken("no pipe") }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    if withErrors { posix_spawn_file_actions_adddup2(&actions, ends[1], 2) }
    let start = now
    let child = try spawn(program, arguments, &actions, environment: environment)
    close(ends[1])
    var output: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(ends[0], &chunk, chunk.count)
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { break }
      output += chunk[..<count]
    }
    close(ends[0])
    return Ending(status: wait(for: child), output: String(decoding: output, as: UTF8.self), seconds: now - start)
  }

  /// Waits for a child to end.
  static func wait(for child: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 && errno == EINTR {}
    return status & 0x7F == 0 ? status >> 8 & 0xFF : -1
  }

  /// Starts a program.
  ///
  /// - Parameter inNewSession: without a controlling terminal; the first it opens becomes its own.
  static func spawn(
    _ program: String, _ arguments: [String], _ actions: UnsafePointer<posix_spawn_file_actions_t>, environment: [String]?,
    inNewSession: Bool = false
  ) throws(LawBroken) -> pid_t {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Threads of a test block signals, and a program would inherit that: tmux then never ends.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK) | (inNewSession ? 0x80 : 0))  // POSIX_SPAWN_SETSID
    var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
    words.append(nil)
    var variables: [UnsafeMutablePointer<CChar>?] = (environment ?? []).map { strdup($0) }
    variables.append(nil)
    defer { for pointer in words + variables { free(pointer) } }
    // A server that the program leaves behind must not keep our files: neither a reader nor a lock waits for it.
    for file: Int32 in 3..<256 { _ = fcntl(file, F_SETFD, FD_CLOEXEC) }
    var child = pid_t()
    let result =
      environment == nil
      ? posix_spawnp(&child, program, actions, &attributes, words, environ)
      : posix_spawnp(&child, program, actions, &attributes, words, variables)
    guard result == 0 else { throw LawBroken("cannot run \(program): \(String(cString: strerror(result)))") }
    return child
  }
}
