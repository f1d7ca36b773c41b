/// What a key did to a text field.
public enum TextFieldOutcome: Hashable, Sendable {
  /// The text changed.
  case edited
  /// The cursor or the completion moved.
  case moved
  /// Enter.
  case submitted
  /// Esc.
  case cancelled
  /// Not a key for a text field.
  case ignored
}

/// A one-line editor with history and a list of completions.
public struct TextField: Hashable, Sendable {
  /// The text.
  ///
  /// Setting it puts the cursor at the end.
  public var text: String {
    get { String(characters) }
    set {
      characters = Array(newValue)
      cursor = characters.count
    }
  }
  /// Cursor in characters from 0.
  public private(set) var cursor = 0
  /// Earlier entries, oldest first, for Up and Down.
  public var history: [String] = []
  /// What Tab offers; the caller sets it after each edit.
  public var completions: [String] = [] {
    didSet { if completions != oldValue { selectedCompletion = nil } }
  }
  /// The completion Tab has chosen.
  public private(set) var selectedCompletion: Int?
  private var characters: [Character] = []
  private var historyIndex: Int?
  private var draft = ""
  /// Where the text begins that the program proposed and the user has not touched.
  private var proposed: Int?

  /// A field with the cursor at the end.
  public init(_ text: String = "") { self.text = text }

  /// A field whose end is a proposal, marked as such: what is typed or rubbed out first takes its place, any other key keeps it.
  public init(_ text: String, proposing proposal: String) {
    self.init(text + proposal)
    if !proposal.isEmpty { proposed = characters.count - proposal.count }
  }

  /// Takes a key.
  public mutating func take(_ key: Key) -> TextFieldOutcome {
    if let start = proposed, ["Backspace", "C-w", "M-Backspace"].contains(key.description) {
      proposed = nil
      return remove(start..<characters.count)
    }
    defer { proposed = nil }
    if let scalar = key.typed { return insert(String(Character(scalar))) }
    switch key.description {
    case "Enter": return .submitted
    case "Esc", "C-c", "C-g": return .cancelled
    case "Left", "C-b": return move(to: cursor - 1)
    case "Right", "C-f": return move(to: cursor + 1)
    case "Home", "C-a": return move(to: 0)
    case "End", "C-e": return move(to: characters.count)
    case "M-b", "C-Left", "M-Left": return move(to: wordStart)
    case "M-f", "C-Right", "M-Right": return move(to: wordEnd)
    case "Backspace": return remove(cursor - 1..<cursor)
    case "Del", "C-d": return remove(cursor..<cursor + 1)
    case "C-w", "M-Backspace": return remove(wordStart..<cursor)
    case "M-d": return remove(cursor..<wordEnd)
    case "C-u": return remove(0..<cursor)
    case "C-k": return remove(cursor..<characters.count)
    case "Up", "C-p": return recall(-1)
    case "Down", "C-n": return recall(1)
    case "Tab": return complete(1)
    case "S-Tab": return complete(-1)
    default: return .ignored
    }
  }

  /// Inserts text at the cursor: a paste.
  ///
  /// Line breaks and tabs become spaces, control characters go.
  public mutating func insert(_ pasted: String) -> TextFieldOutcome {
    var clean = String.UnicodeScalarView()
    for scalar in pasted.unicodeScalars {
      if scalar == "\n" || scalar == "\t" {
        clean.append(" ")
      } else if scalar.value >= 0x20, scalar.value != 0x7F, !(0x80...0x9F).contains(scalar.value) {
        clean.append(scalar)
      }
    }
    if let start = proposed {
      proposed = nil
      _ = remove(start..<characters.count)
    }
    let head = String(characters[..<cursor]) + String(clean)
    let tail = String(characters[cursor...])
    characters = Array(head + tail)
    cursor = Array(head).count
    historyIndex = nil
    return .edited
  }

  private mutating func move(to place: Int) -> TextFieldOutcome {
    cursor = min(max(0, place), characters.count)
    return .moved
  }

  private mutating func remove(_ range: Range<Int>) -> TextFieldOutcome {
    let range = range.clamped(to: 0..<characters.count)
    guard !range.isEmpty else { return .moved }
    characters.removeSubrange(range)
    cursor = range.lowerBound
    historyIndex = nil
    return .edited
  }

  private var wordStart: Int {
    var at = cursor
    while at > 0, characters[at - 1].isWhitespace { at -= 1 }
    while at > 0, !characters[at - 1].isWhitespace { at -= 1 }
    return at
  }

  private var wordEnd: Int {
    var at = cursor
    while at < characters.count, characters[at].isWhitespace { at += 1 }
    while at < characters.count, !characters[at].isWhitespace { at += 1 }
    return at
  }

  /// Up and Down walk the history; below its newest entry waits what was being typed.
  private mutating func recall(_ step: Int) -> TextFieldOutcome {
    guard !history.isEmpty else { return .ignored }
    if historyIndex == nil { draft = text }
    let next = (historyIndex ?? history.count) + step
    guard next >= 0, next <= history.count else { return .moved }
    text = next == history.count ? draft : history[next]
    historyIndex = next == history.count ? nil : next
    return .edited
  }

  private mutating func complete(_ step: Int) -> TextFieldOutcome {
    guard !completions.isEmpty else { return .ignored }
    let next = selectedCompletion.map { ($0 + step + completions.count) % completions.count } ?? (step > 0 ? 0 : completions.count - 1)
    text = completions[next]
    selectedCompletion = next
    return .moved
  }

  /// Draws the text, scrolled so that the cursor shows. The cursor is a styled cell; the terminal's own stays hidden.
  public func draw(in rect: Rect, on canvas: inout Canvas, isFocused: Bool = true, placeholder: String = "") {
    guard !rect.isEmpty else { return }
    let ground = Style(.input, on: .input)
    canvas.fill(rect.row(0), ground)
    if characters.isEmpty { canvas.put(placeholder, x: rect.x, y: rect.y, Style(.muted, on: .input), width: rect.width) }
    var first = 0
    while first < cursor, CellWidth.of(String(characters[first..<cursor])) >= rect.width { first += 1 }
    canvas.clipped(to: rect) { canvas in
      canvas.put(String(characters[first...]), x: rect.x, y: rect.y, ground)
      guard isFocused else { return }
      if let proposed, proposed >= first {
        let start = rect.x + CellWidth.of(String(characters[first..<proposed]))
        let width = CellWidth.of(String(characters[proposed...]))
        canvas.restyle(Rect(x: start, y: rect.y, width: width, height: 1)) { _ in Style(.text, on: .selection) }
      }
      let x = rect.x + CellWidth.of(String(characters[first..<cursor]))
      canvas.restyle(Rect(x: x, y: rect.y, width: 1, height: 1)) { _ in Style(.cursor, on: .cursor) }
    }
  }
}

/// A text field with a label before it and its completions above it.
public struct Prompt: Hashable, Sendable {
  /// What stands before the field: `:`, `/`.
  public var label: String
  /// The field.
  public var field: TextField
  /// Shown while the field is empty.
  public var placeholder: String
  /// What is wrong with the text, or empty.
  public var problem: String
  /// What the text means, at the right while nothing is wrong.
  public var note = ""

  /// A prompt.
  public init(_ label: String, field: TextField = TextField(), placeholder: String = "", problem: String = "") {
    self.label = label
    self.field = field
    self.placeholder = placeholder
    self.problem = problem
  }

  /// Draws the field in the last row of `rect` and the completions in the rows above, as many as there is room for.
  public func draw(in rect: Rect, on canvas: inout Canvas) {
    guard rect.height > 0 else { return }
    let line = rect.row(rect.height - 1)
    canvas.fill(line, Style(.input, on: .input))
    let x = canvas.put(label, x: line.x, y: line.y, Style(.key, on: .input), width: line.width)
    let remark = problem.isEmpty ? note : problem
    let problemWidth = remark.isEmpty ? 0 : min(line.width / 2, CellWidth.of(remark) + 1)
    let room = Rect(x: x, y: line.y, width: line.maxX - x - problemWidth, height: 1)
    field.draw(in: room, on: &canvas, placeholder: placeholder)
    canvas.put(remark, x: line.maxX - problemWidth, y: line.y, Style(problem.isEmpty ? .muted : .error, on: .input), width: problemWidth)
    let shown = min(field.completions.count, rect.height - 1, 10)
    guard shown > 0 else { return }
    let width = min(rect.width, 2 + (field.completions.map { CellWidth.of($0) }.max() ?? 0))
    let first = min(max(0, (field.selectedCompletion ?? 0) - shown + 1), field.completions.count - shown)
    for row in 0..<shown {
      let place = Rect(x: rect.x, y: line.y - shown + row, width: width, height: 1)
      let style = Style(.text, on: first + row == field.selectedCompletion ? .selection : .dialog)
      canvas.fill(place, style)
      canvas.put(field.completions[first + row], x: place.x + 1, y: place.y, style, width: width - 2)
    }
  }
}
