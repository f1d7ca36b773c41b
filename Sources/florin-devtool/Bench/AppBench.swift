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

  /// From the start of the program to the last byte of its first frame, as a multiple of `sqlite3 db 'select 1'` right before.
  static func firstPaint(_ bench: Bench) throws(Failure) -> Double {
    // Opened once before: what the first screen needs is then kept ready, as it is for whoever opens the app a second time.
    let before = try open(bench, columns: 80, rows: 24)
    _ = before.settle(gap: 1500, atLeast: 1000)
    _ = before.type("q")
    _ = before.settle(gap: 500)
    var ratios: [Double] = []
    for _ in 0..<(bench.plan.runs * 4) {
      let yardstick = try bench.measureSelectOne(runs: 3)
      let terminal = try open(bench, columns: 80, rows: 24)
      // The frame is over when nothing follows for a moment; what is loaded behind it comes later.
      guard let painted = terminal.settle(gap: 4, atLeast: 1000), terminal.bytes > 1000 else {
        throw Failure(message: "nothing is painted")
      }
      ratios.append(painted / yardstick)
    }
    return median(ratios)
  }

  /// The 99th percentile from a key to its echo by `cat`: what the machine's own unrest adds to every key.
  static func echo(_ bench: Bench) throws(Failure) -> Double {
    do throws(LawBroken) {
      let terminal = try PseudoTerminal("cat", [], columns: 80, rows: 24, environment: environment(bench))
      usleep(50_000)
      var times: [Double] = []
      for _ in 0..<150 { if let seconds = terminal.paint(after: "j") { times.append(seconds) } }
      times.sort()
      return times.isEmpty ? 0 : times[times.count * 99 / 100]
    } catch {
      throw Failure(message: error.description)
    }
  }

  /// Seconds from key to last painted byte, the 99th percentile, and the memory afterwards.
  static func keys(_ bench: Bench, columns: Int, rows: Int) throws(Failure) -> (p99: Double, resident: Double) {
    let terminal = try open(bench, columns: columns, rows: rows)
    guard terminal.settle(gap: 1000, atLeast: 1000) != nil else { throw Failure(message: "nothing is painted") }
    var times: [(seconds: Double, key: String)] = []
    // Holdings, then every other screen: rows, pages, both ends.
    for round in 0..<10 {
      _ = terminal.paint(after: "2", gap: 50)
      for key in ["j", "j", "j", "k", "j", "\u{4}", "\u{4}", "\u{15}", "G", "g", "j", "j", "\u{4}"] {
        if let seconds = terminal.paint(after: key) { times.append((seconds, key)) }
      }
      let other = String(round == 9 ? 0 : round + 1)
      if let seconds = terminal.paint(after: other, gap: 50) { times.append((seconds, "screen \(other)")) }
    }
    if times.count < 80 { throw Failure(message: "only \(times.count) keys painted anything") }
    times.sort { $0.seconds < $1.seconds }
    let slowest = times.suffix(5).reversed().map { "\($0.key.debugDescription) \(rounded($0.seconds * 1000, 1))" }
    complain(
      "  \(columns)x\(rows): median \(rounded(times[times.count / 2].seconds * 1000, 2)) ms, slowest \(slowest.joined(separator: ", "))")
    guard let status = try? readText("/proc/\(terminal.process)/status"),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") }), let kilobytes = Double(line.filter(\.isNumber))
    else { throw Failure(message: "the program is gone") }
    return (times[times.count * 99 / 100].seconds, kilobytes * 1024)
  }
}
