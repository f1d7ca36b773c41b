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
    let open: @Sendable () throws(WorkspaceError) -> Opening.Opened = { () throws(WorkspaceError) in
      if options.isDemo {
        let (workspace, path) = try Demo.open(today: today, now: clock())
        return Opening.Opened(workspace: workspace, head: try workspace.readySnapshot(asOf: today), demoPath: path)
      }
      let workspace = try Workspace(path: options.database, zone: zone)
      return Opening.Opened(workspace: workspace, head: try workspace.readySnapshot(asOf: today))
    }
    do throws(WorkspaceError) {
      if options.values["script"] != nil { return try runScript(try open(), options, today, clock) }
      return try show(Opening(open), options, today, clock)
    } catch {
      return fail(error.sentence, code: 1)
    }
  }

  private static func themeName(_ options: AppOptions, _ preferences: Preferences) -> String {
    options.value("theme", "FLORIN_THEME") ?? preferences.values["theme"] ?? ThemeCatalog.standard
  }

  private static func refuse(theme: String) -> Int32 {
    fail("there is no theme \"\(theme)\"; built in are \(ThemeCatalog.embedded.map(\.name).joined(separator: ", "))", code: 2)
  }

  private static func runScript(
    _ opened: Opening.Opened, _ options: AppOptions, _ today: Day, _ clock: @escaping @Sendable () -> Instant
  ) throws(WorkspaceError) -> Int32 {
    defer { opened.close() }
    let preferences = Preferences(folder: options.configFolder)
    let name = themeName(options, preferences)
    if preferences.theme(name) == nil { return refuse(theme: name) }
    return try Headless.run(opened.workspace, options, today, clock, theme: name)
  }

  private static func show(
    _ opening: Opening, _ options: AppOptions, _ today: Day, _ clock: @escaping @Sendable () -> Instant
  ) throws(WorkspaceError) -> Int32 {
    let preferences = Preferences(folder: options.configFolder)
    let name = themeName(options, preferences)
    guard let (theme, problems) = preferences.theme(name) else {
      opening.abandon()
      return refuse(theme: name)
    }
    let terminal: Terminal
    do throws(TerminalError) {
      terminal = try Terminal(App.terminalOptions(options, isMono: AppOptions.environment("NO_COLOR") != nil))
    } catch {
      opening.abandon()
      return fail(describe(error), code: 1)
    }
    defer { terminal.close() }
    var typed: [Input] = []
    // What is kept ready is on the first frame: nothing flashes.
    guard var opened = try opening.wait(on: terminal, theme, typed: &typed) else { return 130 }
    defer { opened.close() }
    var state = AppState(
      size: terminal.size, today: today, theme: name, folder: App.startFolder, themes: preferences.themes, isDemo: options.isDemo,
      remembered: preferences.values)
    let glyphs = options.values["ascii"] == nil ? terminal.suggestedGlyphs : .ascii
    let start = state.start(opened.head, desk: nil)
    let hasHead = opened.head != nil
    // Kept here it would outlive the screens that show it.
    opened.head = nil
    if let problem = problems.first { state.say(problem) }
    let loop = AppLoop(opened.workspace, terminal, theme, glyphs, preferences, today, clock)
    return loop.run(&state, start, typed: typed, hasHead: hasHead)
  }

  private static func terminalOptions(_ options: AppOptions, isMono: Bool) -> Terminal.Options {
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
