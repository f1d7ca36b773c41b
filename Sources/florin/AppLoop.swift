import Amounts
import TUI
import TermCurses
import TermKit
import Workspace

/// Paints, waits, takes what the user does and what workers answer, until the end.
final class AppLoop {
  private let terminal: Terminal
  private let glyphs: GlyphSet
  private let mailbox = Mailbox<Message>()
  private let runner: EffectRunner
  private var theme: Theme
  private var preferences: Preferences
  // What is to be done before the next frame.
  private var effects: [Effect] = []

  init(
    _ workspace: Workspace, _ terminal: Terminal, _ theme: Theme, _ glyphs: GlyphSet, _ preferences: Preferences, _ today: Day,
    _ clock: @escaping @Sendable () -> Instant
  ) {
    self.terminal = terminal
    self.theme = theme
    self.glyphs = glyphs
    self.preferences = preferences
    runner = EffectRunner(
      workspace, today: today, clock: clock, describe: \.sentence, onThread: System.beginWork, post: { [mailbox] in mailbox.send($0) })
  }

  /// Runs to the end and returns the exit code.
  ///
  /// - Parameters:
  ///   - start: what is asked for at once.
  ///   - typed: what was typed before the first frame.
  ///   - hasHead: whether there is something to show already.
  func run(_ state: inout AppState, _ start: [Effect], typed: [Input], hasHead: Bool) -> Int32 {
    effects = start
    if !hasHead {
      // A small database that has to be computed first takes less time than an eye notices.
      for effect in effects { _ = runner.run(effect) }
      effects = []
      listen(60, &state)
    }
    for input in typed { effects += state.update(input) }
    var name = state.theme
    // Two take turns: the terminal keeps what it shows, to tell what the next one changes.
    var (canvas, last) = (Canvas(terminal.size, glyphs: glyphs), Canvas(terminal.size, glyphs: glyphs))
    while true {
      for effect in effects where !runner.run(effect) {
        if let code = act(effect, &state) { return code }
      }
      if state.theme != name {
        name = state.theme
        theme = preferences.theme(name)?.theme ?? theme
      }
      swap(&canvas, &last)
      canvas.clear(to: terminal.size)
      state.draw(on: &canvas)
      terminal.paint(canvas, theme: theme)
      effects = []
      listen(state.patience, &state)
      effects += state.update(.tick(System.milliseconds()))
    }
  }

  private func listen(_ milliseconds: Int, _ state: inout AppState) {
    for input in terminal.wait(wake: mailbox.wake, timeoutMilliseconds: milliseconds) { effects += state.update(input) }
    for message in mailbox.drain() { effects += state.update(message) }
  }

  /// Does what is the terminal's or the process's; an exit code ends it all.
  private func act(_ effect: Effect, _ state: inout AppState) -> Int32? {
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
    return nil
  }
}
