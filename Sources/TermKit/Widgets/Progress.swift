/// Work in progress: a bar and what is known about it.
public struct Progress: Hashable, Sendable {
  /// What is being done.
  public var title: String
  /// How far, 0...1; nil when the end is not known.
  public var part: Double?
  /// Rows, bytes, rate, time left: label and value.
  public var details: [KeyValues.Item]
  /// The keys that act on it.
  public var footnote: String

  /// Progress.
  public init(_ title: String, part: Double?, details: [KeyValues.Item] = [], footnote: String = "") {
    self.title = title
    self.part = part
    self.details = details
    self.footnote = footnote
  }

  /// Draws it in a frame in the middle of a rectangle.
  public func draw(in rect: Rect, on canvas: inout Canvas) {
    let box = rect.centered(width: min(rect.width, 64), height: details.count + (details.isEmpty ? 5 : 6))
    let inside = Panel(title, footnote: footnote, isFocused: true, ground: .dialog).draw(in: box, on: &canvas).inset(2, 1)
    drawBar(in: inside.row(0), on: &canvas)
    KeyValues(details, ground: .dialog).draw(in: inside.droppingRows(details.isEmpty ? 1 : 2), on: &canvas)
  }

  /// Draws the bar and the percentage alone, in one row.
  public func drawBar(in rect: Rect, ground: Role = .dialog, on canvas: inout Canvas) {
    let parts = rect.columns([.flex(), .fixed(5)])
    Bar(part ?? 0, ground: ground, showsTrack: true).draw(in: parts[0], on: &canvas)
    let percent = part.map { "\(Int(Scale.unit($0) * 100))%" } ?? "…"
    canvas.put(percent, in: parts[1], Style(.text, on: ground), align: .right)
  }
}
