/// The row of live keys at the bottom.
public struct Footer<Target: Hashable & Sendable>: Hashable, Sendable {
  /// One key.
  public struct Hint: Hashable, Sendable {
    /// The key's name.
    public var key: String
    /// What it does.
    public var label: String
    /// What a click sends.
    public var target: Target
    /// False greys it.
    public var isEnabled: Bool

    /// A hint.
    public init(_ key: String, _ label: String, _ target: Target, isEnabled: Bool = true) {
      self.key = key
      self.label = label
      self.target = target
      self.isEnabled = isEnabled
    }
  }

  /// The keys, most useful first; those that do not fit are left out.
  public var hints: [Hint]
  /// Text at the right end: a date, a currency, a mode.
  public var status: [Span]

  /// A footer.
  public init(_ hints: [Hint], status: [Span] = []) {
    self.hints = hints
    self.status = status
  }

  /// Draws it in one row and returns where a click does what.
  @discardableResult
  public func draw(in rect: Rect, on canvas: inout Canvas) -> [HitRegion<Target>] {
    guard !rect.isEmpty else { return [] }
    canvas.fill(rect, Style(.text, on: .footer))
    var statusWidth = status.reduce(0) { $0 + CellWidth.of($1.text) }
    if statusWidth + 2 > rect.width / 2 { statusWidth = 0 }
    var hits: [HitRegion<Target>] = []
    var x = rect.x + 1
    let end = rect.maxX - (statusWidth > 0 ? statusWidth + 2 : 0)
    for hint in hints {
      let width = CellWidth.of(hint.key) + 1 + CellWidth.of(hint.label)
      guard x + width <= end else { continue }
      let key = Style(hint.isEnabled ? .key : .muted, on: .footer)
      let label = Style(hint.isEnabled ? .keyHint : .muted, on: .footer)
      canvas.put([Span(hint.key, key), Span(" ", label), Span(hint.label, label)], x: x, y: rect.y, width: width)
      hits.append(HitRegion(Rect(x: x, y: rect.y, width: width, height: 1), hint.target))
      x += width + 2
    }
    if statusWidth > 0 {
      canvas.put(status.map { Span($0.text, $0.style.on(.footer)) }, x: rect.maxX - 1 - statusWidth, y: rect.y, width: statusWidth)
    }
    return hits
  }
}
