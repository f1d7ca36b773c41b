import Amounts
import CLI
import Glibc
import Reports
import TUI
import TermCurses
import TermKit
import Workspace

/// The app in a terminal: opens the database, takes over the screen, and runs the loop.
enum App {
  static func run(_ options: AppOptions) -> Int32 {
    guard let zone = options.zone else {
      return fail("there is no time zone \"\(options.value("timezone", "FLORIN_TIMEZONE") ?? "")\"", code: 2)
    }
    if options.value("now", "FLORIN_NOW") != nil && options.now == nil {
      return fail("--now: \"\(options.value("now", "FLORIN_NOW") ?? "")\" is not an instant such as 2024-03-01T12:00:00Z", code: 2)
    }
    let fixed = options.now
    let clock: @Sendable () -> Instant = { fixed ?? System.now() }
    let today = zone.day(of: clock())
    var demoPath: String?
    defer { if let demoPath { Demo.remove(demoPath) } }
    do throws(WorkspaceError) {
      let workspace: Workspace
      if options.isDemo {
        let demo = try Demo.open(today: today, now: clock())
        (workspace, demoPath) = (demo.workspace, demo.path)
      } else {
        workspace = try Workspace(path: options.database, zone: zone)
      }
      return try show(workspace, options, today, clock)
    } catch {
      return fail(error.sentence, code: 1)
    }
  }

  private static func show(
    _ workspace: Workspace, _ options: AppOptions, _ today: Day, _ clock: @escaping @Sendable () -> Instant
  ) throws(WorkspaceError) -> Int32 {
    var preferences = Preferences(folder: options.configFolder)
    let isMono = AppOptions.environment("NO_COLOR") != nil
    var name = options.value("theme", "FLORIN_THEME") ?? preferences.values["theme"] ?? ThemeCatalog.standard
    guard let first = preferences.theme(name) else {
      let known = ThemeCatalog.embedded.map(\.name).joined(separator: ", ")
      return fail("there is no theme \"\(name)\"; built in are \(known)", code: 2)
    }
    if options.values["script"] != nil { return try Headless.run(workspace, options, today, clock, theme: name) }

    // What is kept ready is on the first frame: nothing flashes.
    let head = try workspace.readySnapshot(asOf: today)
    let terminal: Terminal
    do throws(TerminalError) { terminal = try Terminal(App.terminalOptions(options, isMono)) } catch {
      return fail(describe(error), code: 1)
    }
    defer { terminal.close() }

    let mailbox = Mailbox<Message>()
    let runner = EffectRunner(
      workspace, today: today, clock: clock, describe: \.sentence, onThread: { installCrashStackForThisThread() },
      post: { mailbox.send($0) })
    var state = AppState(
      size: terminal.size, today: today, theme: name, folder: App.startFolder, themes: preferences.themes, isDemo: options.isDemo)
    let glyphs = options.values["ascii"] == nil ? terminal.suggestedGlyphs : .ascii
    var theme = first.theme
    var effects = state.start(head, desk: nil)
    if let problem = first.problems.first { state.say(problem) }
    /// Takes what the user does and what workers answer.
    func listen(_ milliseconds: Int) {
      for input in terminal.wait(wake: mailbox.wake, timeoutMilliseconds: milliseconds) { effects += state.update(input) }
      for message in mailbox.drain() { effects += state.update(message) }
    }
    if head == nil {
      // A small database that has to be computed first takes less time than an eye notices.
      for effect in effects { _ = runner.run(effect) }
      effects = []
      listen(60)
    }
    while true {
      for effect in effects where !runner.run(effect) {
        switch effect {
        case .copy(let text):
          terminal.copy(text)
          state.say("copied")
        case .setMouse(let isOn): terminal.setMouse(isOn)
        case .remember(let key, let value): preferences.set(key, value)
        case .suspend: terminal.suspend()
        case .quit(let code): return code
        default: break
        }
      }
      if state.theme != name {
        name = state.theme
        theme = preferences.theme(name)?.theme ?? theme
      }
      var canvas = Canvas(terminal.size, glyphs: glyphs)
      state.draw(on: &canvas)
      terminal.paint(canvas, theme: theme)
      effects = []
      listen(state.patience)
      effects += state.update(.tick(System.milliseconds()))
    }
  }

  private static func terminalOptions(_ options: AppOptions, _ isMono: Bool) -> Terminal.Options {
    var result = Terminal.Options()
    result.isMono = isMono
    result.mouse = options.values["no-mouse"] == nil
    result.term = AppOptions.environment("TERM") ?? ""
    result.colorTerm = AppOptions.environment("COLORTERM") ?? ""
    return result
  }

  /// Where the file picker starts: the folder Florin was started in.
  static var startFolder: String {
    guard let path = getcwd(nil, 0) else { return AppOptions.environment("HOME") ?? "/" }
    defer { free(path) }
    return String(cString: path)
  }

  private static func describe(_ error: TerminalError) -> String {
    switch error {
    case .notATerminal: "the app needs a terminal; `florin help` lists the commands that do not"
    case .unknownTerminal(let name):
      "there is no description of the terminal \"\(name)\"; set TERM to one that is installed, such as xterm-256color"
    case .tooSimple(let name): "the terminal \"\(name)\" cannot move its cursor; set TERM, or use the commands (`florin help`)"
    case .refused(let name): "the terminal \"\(name)\" could not be opened"
    }
  }

  static func fail(_ sentence: String, code: Int32) -> Int32 {
    _ = System.write(Array("florin: \(sentence.plain)\n".utf8), to: STDERR_FILENO)
    return code
  }
}
