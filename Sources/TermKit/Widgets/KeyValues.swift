/// Lines of a label and a value.
public struct KeyValues: Hashable, Sendable {
  /// One line.
  public struct Item: Hashable, Sendable {
    /// What it is.
    public var label: String
    /// Its value.
    public var value: String
    /// How the value looks.
    public var style: Style

    /// A line.
    public init(_ label: String, _ value: String, _ style: Style = .text) {
      self.label = label
      self.value = value
      self.style = style
    }
  }

  /// The lines; an empty label and value is a blank line.
  public var items: [Item]
  /// Where values sit.
  public var alignment: Alignment
  /// The ground below.
  public var ground: Role

  /// Lines.
  public init(_ items: [Item], alignment: Alignment = .left, ground: Role = .background) {
    self.items = items
    self.alignment = alignment
    self.ground = ground
  }

  /// Draws as many lines as there are rows; where both do not fit, labels are cut before values.
  public func draw(in rect: Rect, on canvas: inout Canvas) {
    let values = items.map { CellWidth.of($0.value) }.max() ?? 0
    let labels = min(items.map { CellWidth.of($0.label) }.max() ?? 0, max(rect.width / 4, rect.width - values - 2))
    for (index, item) in items.prefix(rect.height).enumerated() {
      let parts = rect.row(index).columns([.fixed(labels), .flex()], gap: 2)
      canvas.put(item.label, in: parts[0], Style(.muted, on: ground), align: .left)
      canvas.put(item.value, in: parts[1], item.style.on(ground), align: alignment)
    }
  }
}

/// Wrapped text.
public struct TextBlock: Hashable, Sendable {
  /// The text; a line break starts a new line.
  public var text: String
  /// How it looks.
  public var style: Style
  /// Lines above the first visible one.
  public var scroll: Int

  /// A text.
  public init(_ text: String, _ style: Style = .text, scroll: Int = 0) {
    self.text = text
    self.style = style
    self.scroll = scroll
  }

  /// Draws what fits and returns how many lines the whole text has at this width.
  @discardableResult
  public func draw(in rect: Rect, on canvas: inout Canvas) -> Int {
    let lines = Self.wrap(text, width: rect.width)
    for (index, line) in lines.dropFirst(max(0, scroll)).prefix(rect.height).enumerated() {
      canvas.put(line, x: rect.x, y: rect.y + index, style, width: rect.width)
    }
    return lines.count
  }

  /// Breaks text at spaces, and inside words longer than a line.
  ///
  /// Leading spaces of a line are kept. Empty for no width.
  public static func wrap(_ text: String, width: Int) -> [String] {
    guard width > 0 else { return [] }
    var lines: [String] = []
    for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
      var line = String(paragraph.prefix { $0 == " " }.prefix(max(0, width - 1)))
      var isFresh = true
      for word in paragraph.split(separator: " ") {
        let gap = isFresh ? 0 : 1
        if !isFresh, CellWidth.of(line) + gap + CellWidth.of(String(word)) > width {
          lines.append(line)
          line = ""
          isFresh = true
        }
        if !isFresh { line += " " }
        isFresh = false
        for character in word {
          if CellWidth.of(line) + CellWidth.of(String(character)) > width, !line.isEmpty {
            lines.append(line)
            line = ""
          }
          line.append(character)
        }
      }
      lines.append(line)
    }
    return lines
  }
}
