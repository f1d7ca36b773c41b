import Amounts
import CLI
import Glibc
import TermCurses

/// The world outside: clock, environment, zones, standard output and error.
enum System {
  /// A run of the command line in this process. `onRefusal` gets `errno` when standard output takes no more.
  static func invocation(_ arguments: [String], onRefusal: @escaping (Int32) -> Void) -> Invocation {
    Invocation(
      arguments: arguments, environment: environment, clock: now, zoneFile: zoneFile, showsProgress: isatty(STDERR_FILENO) == 1,
      output: { bytes in
        if write(bytes, to: STDOUT_FILENO) { return true }
        onRefusal(errno)
        return false
      }, errors: { _ = write(Array($0.utf8), to: STDERR_FILENO) })
  }

  /// What a worker thread does first.
  ///
  /// Its own lower priority, which threads it makes inherit, lets a key be painted at once while a large database is read on all cores.
  @Sendable static func beginWork() {
    installCrashStackForThisThread()
    setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
  }

  /// The variables of the environment.
  static var environment: [String: String] {
    var found: [String: String] = [:]
    var entry = environ
    while let pointer = entry.pointee {
      let parts = String(cString: pointer).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { found[String(parts[0])] = String(parts[1]) }
      entry += 1
    }
    return found
  }

  /// The system's clock.
  static func now() -> Instant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
  }

  /// A clock that only goes forward, in milliseconds.
  static func milliseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }

  /// A zone's TZif file from the system's zone folder. Only names are taken, never paths that lead elsewhere.
  static func zoneFile(_ name: String) -> [UInt8]? {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard !name.isEmpty, parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }) else { return nil }
    guard let file = fopen("/usr/share/zoneinfo/" + name, "rb") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 18)
    let count = fread(&bytes, 1, bytes.count, file)
    return count > 0 ? Array(bytes[..<count]) : nil
  }

  /// Writes all bytes; false once nobody reads.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress.map { $0 + done }, bytes.count - done) }
      if count > 0 {
        done += count
      } else if errno != EINTR {
        return false
      }
    }
    return true
  }
}
