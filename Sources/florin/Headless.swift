import Amounts
import Glibc
import TUI
import TermCurses
import TermKit
import Workspace

/// The app without a terminal: types the keys of a script and writes each screen as text. Test, bug report and screenshot in one.
///
/// `florin demo --script keys.txt --size 100x30 --dump folder`: one key name a line; `text:abc` types letters; `dump:name` writes
/// `folder/name.txt` (glyphs, then the role map); without `--dump` screens go to standard output. Between keys it waits until
/// nothing is running and no answer is awaited, so that a script needs no pauses.
enum Headless {
  static func run(
    _ workspace: Workspace, _ options: AppOptions, _ today: Day, _ clock: @escaping @Sendable () -> Instant, theme: String
  ) throws(WorkspaceError) -> Int32 {
    guard let path = options.values["script"], let bytes = Files.read(path) else {
      return App.fail("--script: the file cannot be read", code: 2)
    }
    guard let size = size(options.values["size"] ?? "100x30") else { return App.fail("--size: wanted is WIDTHxHEIGHT", code: 2) }
    let mailbox = Mailbox<Message>()
    let runner = EffectRunner(workspace, today: today, clock: clock, describe: \.sentence, post: { mailbox.send($0) })
    var state = AppState(size: size, today: today, theme: theme, folder: App.startFolder, isDemo: options.isDemo)
    let head = try workspace.snapshot(.head, asOf: today)
    var code: Int32?
    func settle(_ effects: [Effect]) {
      var effects = effects
      while true {
        for effect in effects where !runner.run(effect) {
          if case .quit(let end) = effect { code = end }
        }
        effects = []
        if code != nil { return }
        // Answers that nobody awaits any more are taken too, so that two runs of a script are equal.
        let messages = mailbox.drain()
        for message in messages { effects += state.update(message) }
        if messages.isEmpty && state.isIdle { return }
        if messages.isEmpty { usleep(1000) }
      }
    }
    settle(state.start(head, desk: head.isComplete ? runner.desk(head) : nil))
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") where !line.hasPrefix("#") {
      let word = String(line)
      if word.hasPrefix("dump:") {
        var canvas = Canvas(size, glyphs: options.values["ascii"] == nil ? .full : .ascii)
        state.draw(on: &canvas)
        write(canvas, String(word.dropFirst(5)), options.values["dump"])
      } else if word.hasPrefix("text:") {
        for scalar in word.dropFirst(5).unicodeScalars { settle(state.update(.key(.char(scalar)))) }
      } else if let key = Key(word) {
        // A click or a filter needs to know what was drawn, as it does on a screen.
        var canvas = Canvas(size)
        state.draw(on: &canvas)
        settle(state.update(.key(key)))
      } else {
        return App.fail("\(path): there is no key \"\(word)\"", code: 2)
      }
      if let code { return code }
    }
    return 0
  }

  private static func size(_ text: String) -> Size? {
    let parts = text.split(separator: "x").compactMap { Int($0) }
    guard parts.count == 2, (1...1000).contains(parts[0]), (1...1000).contains(parts[1]) else { return nil }
    return Size(width: parts[0], height: parts[1])
  }

  private static func write(_ canvas: Canvas, _ name: String, _ folder: String?) {
    if let folder {
      Files.write(canvas.dump(), to: "\(folder)/\(name).txt")
    } else {
      print("--- \(name)\n\(canvas.text())")
    }
  }
}
