import TermKit

/// The keys of a screen and of everywhere, searched by typing.
struct HelpPage {
  let bindings: [Binding]
  let title: String
  let search: TextField
  let scroll: Int

  /// A line of the page: a heading, or keys with what they do.
  private enum Line {
    case heading(String)
    case keys(String, String)
  }

  private var lines: [Line] {
    let words = search.text.lowercased().split(separator: " ")
    func matches(_ keys: String, _ command: Command) -> Bool {
      words.allSatisfy { "\(keys) \(command.rawValue) \(command.summary)".lowercased().contains($0) }
    }
    func section(_ heading: String, _ commands: [Command], _ keys: (Command) -> [String]) -> [Line] {
      let found = commands.compactMap { command -> Line? in
        let names = keys(command).joined(separator: " ")
        return matches(names, command) ? .keys(names, command.summary + "  :" + command.rawValue) : nil
      }
      return found.isEmpty ? [] : [.heading(heading)] + found
    }
    var own: [Command] = []
    for binding in bindings where !own.contains(binding.command) { own.append(binding.command) }
    let rest = Command.allCases.filter { !own.contains($0) }
    return section(title, own) { Keymap.keys(for: $0, on: bindings) } + section("Everywhere", rest) { Keymap.keys(for: $0, on: bindings) }
  }

  /// Draws the page and returns the scroll that fits.
  func draw(in area: Rect, on canvas: inout Canvas) -> Int {
    let frame = area.centered(width: min(area.width - 2, 84), height: min(area.height - 2, lines.count + 4))
    let inside = Panel("Help", note: "type to search", footnote: "Esc closes", isFocused: true, ground: .dialog).draw(
      in: frame, on: &canvas)
    let first = inside.row(0)
    canvas.put("search ", x: first.x + 1, y: first.y, Style(.muted, on: .dialog))
    search.draw(
      in: Rect(x: first.x + 8, y: first.y, width: max(0, first.width - 9), height: 1), on: &canvas, placeholder: "import, sort, theme…")
    let body = inside.droppingRows(1)
    let all = lines
    let start = min(scroll, max(0, all.count - body.height))
    for (offset, line) in all.dropFirst(start).prefix(body.height).enumerated() {
      let row = body.row(offset)
      switch line {
      case .heading(let text): canvas.put(text, x: row.x + 1, y: row.y, Style(.title, .bold, on: .dialog), width: row.width - 2)
      case .keys(let keys, let text):
        canvas.put(keys, x: row.x + 2, y: row.y, Style(.key, on: .dialog), width: 16)
        canvas.put(text, x: row.x + 19, y: row.y, Style(.keyHint, on: .dialog), width: max(0, row.width - 20))
      }
    }
    if all.isEmpty { canvas.put("no key does that", x: body.x + 2, y: body.y, Style(.muted, on: .dialog)) }
    return start
  }
}
