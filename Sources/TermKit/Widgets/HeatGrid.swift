/// A grid of coloured cells, such as years by months.
public struct HeatGrid: Hashable, Sendable {
  /// One cell.
  public struct Item: Hashable, Sendable {
    /// What it says; the sign belongs to it, for screens without colour.
    public var text: String
    /// -1 is the worst, 0 neutral, 1 the best; nil is unknown and stays uncoloured.
    public var heat: Double?

    /// A cell.
    public init(_ text: String, heat: Double?) {
      self.text = text
      self.heat = heat
    }
  }

  /// One row.
  public struct Row: Hashable, Sendable {
    /// What stands before it.
    public var label: String
    /// Its cells; a missing one at the end stays blank.
    public var items: [Item]

    /// A row.
    public init(_ label: String, _ items: [Item]) {
      self.label = label
      self.items = items
    }
  }

  /// Headings of the columns.
  public var columns: [String]
  /// The rows, top to bottom.
  public var rows: [Row]

  /// A grid.
  public init(columns: [String], rows: [Row]) {
    self.columns = columns
    self.rows = rows
  }

  /// Draws it; cells get all the width there is, up to nine.
  public func draw(in rect: Rect, on canvas: inout Canvas) {
    guard !columns.isEmpty, rect.height > 1 else { return }
    let labels = (rows.map { CellWidth.of($0.label) }.max() ?? 0) + 1
    let width = min(9, max(3, (rect.width - labels) / columns.count))
    for (index, title) in columns.enumerated() {
      let cell = Rect(x: rect.x + labels + index * width, y: rect.y, width: width, height: 1).intersection(rect)
      canvas.put(title, in: cell, .muted, align: .center)
    }
    for (line, row) in rows.prefix(rect.height - 1).enumerated() {
      let y = rect.y + 1 + line
      canvas.put(row.label, x: rect.x, y: y, .muted, width: min(labels - 1, rect.width))
      for (index, item) in row.items.prefix(columns.count).enumerated() {
        let cell = Rect(x: rect.x + labels + index * width, y: y, width: width, height: 1).intersection(rect)
        guard cell.width == width else { continue }
        var style = Style.muted
        if let heat = item.heat, !heat.isNaN {
          style = .gradient(.heat, Int((128 + 127 * min(max(-1, heat), 1)).rounded()), .fill)
          canvas.fill(cell, style)
        }
        let text = CellWidth.of(item.text) > width ? String(item.text.prefix(1)) : item.text
        canvas.put(text, in: cell, style, align: .center)
      }
    }
  }
}
