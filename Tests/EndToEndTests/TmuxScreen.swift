import Glibc
import TestSupport

/// The finished program in a private tmux server: real keys in, the real screen out.
///
/// Nothing sleeps: a test waits for content, and fails with the screen it has when the content does not come.
final class TmuxScreen {
  private static let counter = Counter()
  private let socket: String
  /// Where the program's database and configuration are; removed afterwards.
  let home: String

  /// Hands out a number to every server of this process.
  final class Counter: @unchecked Sendable {
    private var lock = pthread_mutex_t()
    private var value = 0
    init() { pthread_mutex_init(&lock, nil) }
    func next() -> Int {
      pthread_mutex_lock(&lock)
      defer { pthread_mutex_unlock(&lock) }
      value += 1
      return value
    }
  }

  /// Starts a shell of this size.
  ///
  /// - Parameter variables: for the shell and what runs in it, as `NAME=value`.
  init(columns: Int = 120, rows: Int = 40, variables: [String] = ["LANG=C.UTF-8"]) throws {
    let number = TmuxScreen.counter.next()
    socket = "florin-\(getpid())-\(number)"
    home = "/tmp/" + socket
    mkdir(home, 0o700)
    let environment =
      ["PATH=/usr/bin:/bin", "TERM=xterm-256color", "HOME=\(home)", "FLORIN=\(Program.beside("florin"))", "PS1=ready> "] + variables
    // The configuration: no status line, and no delay after Escape.
    try writeText("set -g status off\nset -s escape-time 0\nset -g default-terminal tmux-256color\n", to: home + "/tmux.conf")
    let started = try Program.run(
      "tmux",
      ["-L", socket, "-f", home + "/tmux.conf", "-u", "new-session", "-d", "-x", String(columns), "-y", String(rows), "env", "-i"]
        + environment + [
          "TERM=tmux-256color", "/bin/bash", "--norc", "--noprofile",
        ], environment: environment, withErrors: true)
    if started.status != 0 { throw LawBroken("tmux does not start: \(started.output)") }
    try wait(for: "ready>")
  }

  deinit {
    _ = try? tmux("kill-server")
    // The program may still be closing its database.
    for _ in 0..<100 where access(home, F_OK) == 0 {
      _ = try? Program.run("rm", ["-rf", home], withErrors: true)
      usleep(20_000)
    }
  }

  @discardableResult
  private func tmux(_ arguments: String...) throws -> String {
    try Program.run("tmux", ["-L", socket, "-f", "/dev/null"] + arguments, withErrors: true).output
  }

  /// Types keys by their tmux names: `j`, `Enter`, `C-z`, `Escape`.
  func press(_ keys: String...) throws {
    for key in keys { try tmux("send-keys", key) }
  }

  /// Types text as it is.
  func type(_ text: String) throws { try tmux("send-keys", "-l", text) }

  /// Presses and releases the left button of the mouse; both counted from 0.
  func click(column: Int, row: Int) throws {
    for end in ["M", "m"] {
      let report = "\u{1B}[<0;\(column + 1);\(row + 1)\(end)"
      _ = try Program.run("tmux", ["-L", socket, "send-keys", "-H"] + report.utf8.map { String($0, radix: 16) })
    }
  }

  /// The column where a text begins in a row.
  func column(of text: String, row: Int) throws -> Int {
    let line = try self.text.split(separator: "\n", omittingEmptySubsequences: false)[row]
    for (column, start) in line.indices.enumerated() where line[start...].hasPrefix(text) { return column }
    throw LawBroken("row \(row) has no \"\(text)\": \(line)")
  }

  /// Types a command for the shell and Enter.
  func enter(_ command: String) throws {
    try type(command)
    try press("Enter")
  }

  /// Starts the program; its path is in `$FLORIN`.
  func florin(_ arguments: String) throws { try enter("clear; $FLORIN \(arguments)") }

  /// What is on the screen, without trailing blanks.
  var text: String {
    get throws { try tmux("capture-pane", "-p") }
  }

  /// A value of tmux about the screen: `alternate_on`, `mouse_any_flag`, `cursor_flag`.
  func flag(_ name: String) throws -> String {
    String(try tmux("display-message", "-p", "#{\(name)}").prefix { $0 != "\n" })
  }

  /// Changes the size of the window.
  func resize(columns: Int, rows: Int) throws { try tmux("resize-window", "-x", String(columns), "-y", String(rows)) }

  /// Waits until the screen shows some text.
  ///
  /// - Returns: the screen.
  @discardableResult
  func wait(for text: String, seconds: Double = 20) throws -> String {
    try wait("\"\(text)\"", seconds: seconds) { $0.contains(text) }
  }

  /// Waits until the screen shows what is wanted.
  @discardableResult
  func wait(_ what: String, seconds: Double = 20, until isThere: (String) throws -> Bool) throws -> String {
    let end = Program.now + seconds
    var last = ""
    while Program.now < end {
      last = try text
      if try isThere(last) { return last }
      usleep(20_000)
    }
    throw LawBroken("\(what) does not come within \(Int(seconds)) s; the screen is:\n\(last)")
  }
}

/// Whether the machine can run these tests. `FLORIN_REQUIRE_E2E=1` makes a machine that cannot a failure.
enum EndToEnd {
  static let isPossible: Bool = {
    if Program.exists("tmux") && access(Program.beside("florin"), X_OK) == 0 { return true }
    if getenv("FLORIN_REQUIRE_E2E") != nil { return true }  // they run, and fail
    print("end-to-end tests are skipped: tmux or the florin binary is missing")
    return false
  }()
}
