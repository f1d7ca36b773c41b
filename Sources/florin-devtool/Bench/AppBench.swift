import Glibc
import TestSupport

/// Measures of the finished program on a pseudo terminal.
enum AppBench {
  /// What a terminal would set. No configuration of the user's own takes part.
  private static func environment(_ bench: Bench) -> [String] {
    ["TERM=xterm-256color", "LANG=C.UTF-8", "PATH=/usr/bin:/bin", "HOME=\(bench.work)", "XDG_CONFIG_HOME=\(bench.work)/config"]
  }

  private static func open(_ bench: Bench, columns: Int, rows: Int) throws(Failure) -> PseudoTerminal {
    guard access(bench.plan.app, X_OK) == 0 else { throw Failure(message: "no program \(bench.plan.app)") }
    do throws(LawBroken) {
      return try PseudoTerminal(
        bench.plan.app, ["--db", bench.plan.database], columns: columns, rows: rows, environment: environment(bench))
    } catch {
      throw Failure(message: error.description)
    }
  }

  /// The median seconds from the start of the program to the last byte of its first frame.
  static func firstPaint(_ bench: Bench) throws(Failure) -> Double {
    var times: [Double] = []
    for _ in 0..<(bench.plan.runs * 2) {
      let terminal = try open(bench, columns: 80, rows: 24)
      // The frame is over when nothing follows for a moment; what is loaded behind it comes later.
      guard let painted = terminal.settle(gap: 4, atLeast: 1000), terminal.bytes > 1000 else { throw Failure(message: "nothing is painted") }
      times.append(painted)
    }
    return median(times)
  }

  /// Seconds from key to last painted byte, the 99th percentile, and the memory afterwards.
  static func keys(_ bench: Bench, columns: Int, rows: Int) throws(Failure) -> (p99: Double, resident: Double) {
    let terminal = try open(bench, columns: columns, rows: rows)
    guard terminal.settle(gap: 1000, atLeast: 1000) != nil else { throw Failure(message: "nothing is painted") }
    var times: [Double] = []
    // Holdings, then every other screen: rows, pages, both ends.
    for round in 0..<10 {
      _ = terminal.paint(after: "2", gap: 50)
      for key in ["j", "j", "j", "k", "j", "\u{4}", "\u{4}", "\u{15}", "G", "g", "j", "j", "\u{4}"] {
        if let seconds = terminal.paint(after: key) { times.append(seconds) }
      }
      let other = String(round == 9 ? 0 : round + 1)
      if let seconds = terminal.paint(after: other, gap: 50) { times.append(seconds) }
    }
    if times.count < 80 { throw Failure(message: "only \(times.count) keys painted anything") }
    times.sort()
    guard let status = try? readText("/proc/\(terminal.process)/status"),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") }), let kilobytes = Double(line.filter(\.isNumber))
    else { throw Failure(message: "the program is gone") }
    return (times[times.count * 99 / 100], kilobytes * 1024)
  }
}
