/// A list to pick from, in a frame.
public struct Menu: Hashable, Sendable {
  /// One choice.
  public struct Item: Hashable, Sendable {
    /// Its name.
    public var title: String
    /// At the right: a key, a value, why it cannot be picked.
    public var detail: String
    /// True shows a check mark.
    public var isChecked: Bool
    /// False greys it.
    public var isEnabled: Bool

    /// A choice.
    public init(_ title: String, detail: String = "", isChecked: Bool = false, isEnabled: Bool = true) {
      self.title = title
      self.detail = detail
      self.isChecked = isChecked
      self.isEnabled = isEnabled
    }
  }

  /// The title of the frame.
  public var title: String
  /// The choices.
  public var items: [Item]
  /// The selected one.
  public var selected: Int
  /// A filter above the list, or nil.
  public var filter: TextField?
  /// Text at the bottom of the frame, such as the keys.
  public var footnote = ""

  /// A list.
  public init(_ title: String, _ items: [Item], selected: Int = 0, filter: TextField? = nil) {
    self.title = title
    self.items = items
    self.selected = selected
    self.filter = filter
  }

  /// Draws it in the middle of a rectangle, as large as it needs, and returns where a click picks which choice.
  @discardableResult
  public func draw(in rect: Rect, on canvas: inout Canvas) -> [HitRegion<Int>] {
    let widest = items.map { CellWidth.of($0.title) + ($0.detail.isEmpty ? 0 : CellWidth.of($0.detail) + 3) }.max() ?? 0
    let head = filter == nil ? 0 : 1
    let width = max(widest + 7, CellWidth.of(title) + 6, CellWidth.of(footnote) + 6, 24)
    let box = rect.centered(width: width, height: max(1, items.count) + head + 2)
    let inside = Panel(title, footnote: footnote, isFocused: true, ground: .dialog).draw(in: box, on: &canvas)
    filter?.draw(in: inside.row(0).inset(1, 0), on: &canvas, placeholder: "type to filter")
    let area = inside.droppingRows(head)
    guard area.height > 0 else { return [] }
    if items.isEmpty { canvas.put("nothing matches", in: area.row(0), Style(.muted, on: .dialog), align: .center) }
    let first = min(max(0, selected - area.height / 2), max(0, items.count - area.height))
    var hits: [HitRegion<Int>] = []
    for (line, index) in (first..<min(items.count, first + area.height)).enumerated() {
      let item = items[index]
      let row = area.row(line)
      let ground: Role = index == selected ? .selection : .dialog
      canvas.fill(row, Style(.text, on: ground))
      let style = item.isEnabled ? Style(ground == .selection ? .selection : .text, on: ground) : Style(.muted, on: ground)
      if item.isChecked { canvas.put(canvas.glyphs.lines == .ascii ? "*" : "✓", x: row.x + 1, y: row.y, Style(.accent, on: ground)) }
      let detail = CellWidth.of(item.detail)
      canvas.put(item.title, x: row.x + 3, y: row.y, style, width: max(0, row.width - 4 - (detail > 0 ? detail + 2 : 0)))
      canvas.put(
        item.detail, x: max(row.x + 3, row.maxX - 2 - detail), y: row.y, Style(.muted, on: ground), width: min(detail, row.width - 4))
      hits.append(HitRegion(row, index))
    }
    if items.count > area.height {
      Scrollbar(total: items.count, visible: area.height, first: first)
        .draw(in: Rect(x: box.maxX - 1, y: area.y, width: 1, height: area.height), on: &canvas)
    }
    return hits
  }
}
