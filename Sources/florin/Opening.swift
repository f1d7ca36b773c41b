import Amounts
import TermCurses
import TermKit
import TUI
import Workspace

/// The database being opened and what it keeps ready being read, on a thread of its own while the main thread gets the terminal ready.
struct Opening {
  /// The database, what the first frame shows, and where the demo is that has to be removed at the end.
  struct Opened: Sendable {
    var workspace: Workspace
    var head: Snapshot?
    var demoPath: String?

    /// Takes the demo away again.
    func close() { if let demoPath { Demo.remove(demoPath) } }
  }

  private let answer = Mailbox<Result<Opened, WorkspaceError>>()
  private let thread: WorkerThread

  /// Begins.
  ///
  /// - Parameter open: runs on the other thread.
  init(_ open: @escaping @Sendable () throws(WorkspaceError) -> Opened) {
    thread = WorkerThread(onStart: installCrashStackForThisThread) { [answer] in
      do throws(WorkspaceError) { answer.send(.success(try open())) } catch { answer.send(.failure(error)) }
    }
  }

  /// Longer than this, and the screen says what it waits for.
  private static let patience = 300

  /// Waits for the end and takes everything away again.
  func abandon() {
    thread.join()
    if case .success(let opened) = answer.drain().first { opened.close() }
  }

  /// Waits for the end; what is typed meanwhile is kept. Nil when the user wants to go.
  func wait(on terminal: Terminal, _ theme: Theme, typed: inout [Input]) throws(WorkspaceError) -> Opened? {
    while true {
      if let found = answer.drain().first { return try found.get() }
      let before = System.milliseconds()
      typed += terminal.wait(wake: answer.wake, timeoutMilliseconds: Opening.patience)
      if typed.contains(where: Opening.ends) { return nil }
      guard System.milliseconds() - before >= Opening.patience else { continue }
      var canvas = Canvas(terminal.size)
      TextBlock("Opening the database…", .muted).draw(in: canvas.bounds.inset(2, 2), on: &canvas)
      terminal.paint(canvas, theme: theme)
    }
  }

  private static func ends(_ input: Input) -> Bool {
    switch input {
    case .key(let key): key == .control("c")
    case .terminate: true
    default: false
    }
  }
}
