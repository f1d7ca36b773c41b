/// A column of a table.
public struct Column: Hashable, Sendable {
  /// The heading.
  public var title: String
  /// Where its cells sit.
  ///
  /// Right-aligned cells that do not fit show `###`.
  public var alignment: Alignment
  /// Cells it needs to make sense; below that a column is dropped.
  public var minWidth: Int
  /// Cells it would like.
  public var idealWidth: Int
  /// Its share of the room nobody asked for; 0 keeps it at its ideal.
  public var flex: Int
  /// The lowest is dropped first when the screen is narrow.
  public var priority: Int

  /// A column.
  public init(_ title: String, _ alignment: Alignment = .left, min: Int, ideal: Int, flex: Int = 0, priority: Int = 100) {
    self.title = title
    self.alignment = alignment
    minWidth = min
    idealWidth = max(min, ideal)
    self.flex = flex
    self.priority = priority
  }
}

/// What one cell of a table shows.
public struct TableCell: Sendable {
  /// A drawing in place of text.
  public enum Graphic: Hashable, Sendable {
    /// Text only.
    case none
    /// A bar, 0...1 of the width left beside the text.
    case bar(Double, Role)
    /// A sparkline in the width left beside the text; nil values are gaps.
    case spark([Double?], Role)
  }

  /// The text.
  public var text: String
  /// How it looks; the ground of a selected row is added.
  public var style: Style
  /// A drawing to the left of the text, or alone.
  public var graphic: Graphic
  // Hardly any cell is too narrow, and writing a number three ways takes three times as long.
  private var makeShorter: (@Sendable () -> [String])?

  /// A cell.
  public init(_ text: String, _ style: Style = .text, graphic: Graphic = .none) {
    self.text = text
    self.style = style
    self.graphic = graphic
  }

  /// A cell with shorter ways to say it, longest first, for a column the text does not fit into; made when they are needed.
  public init(_ text: String, _ style: Style = .text, graphic: Graphic = .none, shorter: @autoclosure @escaping @Sendable () -> [String]) {
    self.init(text, style, graphic: graphic)
    makeShorter = shorter
  }

  /// Shorter ways to say it, longest first.
  public var shorter: [String] { makeShorter?() ?? [] }

  /// The same with a word before it, however short it is said.
  public func prefixed(_ word: String) -> TableCell {
    var cell = self
    cell.text = word + text
    if let makeShorter { cell.makeShorter = { makeShorter().map { word + $0 } } }
    return cell
  }

  /// The longest way to say it that fits, else the text itself.
  public func text(fitting width: Int) -> String {
    guard makeShorter != nil, CellWidth.of(text) > width else { return text }
    return shorter.first { CellWidth.of($0) <= width } ?? text
  }
}

/// What one row of a table shows.
public struct TableRow: Sendable {
  /// As many cells as the table has columns, in their order.
  public var cells: [TableCell]
  /// True shows the mark.
  public var isMarked: Bool

  /// A row.
  public init(_ cells: [TableCell], isMarked: Bool = false) {
    self.cells = cells
    self.isMarked = isMarked
  }
}

/// A table with a heading, a selected row, a scroll bar and an optional line of totals.
///
/// Only visible rows are asked for, so a million rows cost no more than twenty.
public struct Table: Sendable {
  /// What a click on a table means.
  public enum Target: Hashable, Sendable {
    /// A row, counted from 0 in the whole list.
    case row(Int)
    /// A column heading, counted in `columns`.
    case header(Int)
    /// A place on the scroll bar: scroll so that this row is the first.
    case scroll(Int)
  }

  /// The columns, left to right.
  public var columns: [Column]
  /// Rows in the whole list.
  public var rowCount: Int
  /// The selected row, or nil.
  public var selected: Int?
  /// First visible row; drawing corrects it so that the list fills the room and the selected row shows.
  public var scroll: Int
  /// The column the list is sorted by.
  public var sortColumn: Int?
  /// Largest first.
  public var isDescending = false
  /// The column the column keys act on, or nil.
  public var cursorColumn: Int?
  /// True when the pane has the keys.
  public var isFocused = true
  /// Text for an empty list.
  public var emptyText = ""
  /// Totals below the rows, as many cells as columns.
  public var totals: TableRow?

  /// A table.
  public init(_ columns: [Column], rowCount: Int, selected: Int? = nil, scroll: Int = 0) {
    self.columns = columns
    self.rowCount = rowCount
    self.selected = selected
    self.scroll = scroll
  }

  /// Rows that fit between heading and totals.
  public func visibleRows(in rect: Rect) -> Int { max(0, rect.height - 1 - (totals == nil ? 0 : 1)) }

  /// The first visible row as drawn: near `scroll`, the selected row in sight, no blank rows while the list is longer.
  public func firstVisible(in rect: Rect) -> Int {
    let room = visibleRows(in: rect)
    guard room > 0, rowCount > 0 else { return 0 }
    var first = scroll
    if let selected {
      if selected < first { first = selected }
      if selected >= first + room { first = selected - room + 1 }
    }
    return min(max(0, first), max(0, rowCount - room))
  }

  /// Draws it.
  ///
  /// `row` is called once per visible row, with its index in the whole list.
  ///
  /// - Returns: what a click means, for `target(x:y:)`.
  @discardableResult
  public func draw(in rect: Rect, on canvas: inout Canvas, row: (Int) -> TableRow) -> [HitRegion<Target>] {
    guard rect.width > 2, rect.height > 0 else { return [] }
    var hits: [HitRegion<Target>] = []
    let room = visibleRows(in: rect)
    let first = firstVisible(in: rect)
    let slots = ColumnSlots.fit(columns, in: rect.width - 2)
    drawHeader(in: rect.row(0), slots, &hits, on: &canvas)
    for line in 0..<room where first + line < rowCount {
      let index = first + line
      let area = rect.row(line + 1)
      draw(row(index), slots, in: area, isSelected: index == selected, on: &canvas)
      hits.append(HitRegion(area, .row(index)))
    }
    if rowCount == 0, room > 0 { canvas.put(emptyText, in: rect.row(min(2, room)).inset(2, 0), .muted, align: .center) }
    if let totals, rect.height > 1 {
      draw(totals, slots, in: rect.row(rect.height - 1), isSelected: false, ground: .header, on: &canvas)
    }
    if room > 0, rowCount > room {
      let bar = Scrollbar(total: rowCount, visible: room, first: first)
      let track = Rect(x: rect.maxX - 1, y: rect.y + 1, width: 1, height: room)
      bar.draw(in: track, on: &canvas)
      for y in 0..<room { hits.append(HitRegion(track.row(y), .scroll(bar.first(at: y, of: room)))) }
    }
    return hits
  }

  private func drawHeader(in area: Rect, _ slots: [ColumnSlots.Slot], _ hits: inout [HitRegion<Target>], on canvas: inout Canvas) {
    canvas.fill(area, Style(.header))
    for slot in slots {
      let column = columns[slot.column]
      var title = column.title
      if slot.column == sortColumn { title += canvas.glyphs.lines == .ascii ? (isDescending ? " v" : " ^") : (isDescending ? " ▼" : " ▲") }
      let cell = Rect(x: area.x + 1 + slot.x, y: area.y, width: slot.width, height: 1)
      var style = Style(.header)
      if slot.column == sortColumn { style = Style(.accent, .bold, on: .header) }
      if slot.column == cursorColumn, isFocused { style = style.adding(.underline) }
      let needed = CellWidth.of(title)
      if needed > slot.width, slot.column == sortColumn { title = String(title.suffix(1)) + column.title }
      // A heading that is too long is cut, never replaced by ###.
      canvas.put(title, in: cell, style, align: column.alignment == .right && CellWidth.of(title) > slot.width ? .left : column.alignment)
      hits.append(HitRegion(cell, .header(slot.column)))
    }
  }

  private func draw(
    _ row: TableRow, _ slots: [ColumnSlots.Slot], in area: Rect, isSelected: Bool, ground: Role? = nil, on canvas: inout Canvas
  ) {
    let base: Role = isSelected ? (isFocused ? .selection : .selectionInactive) : ground ?? .background
    if base != .background { canvas.fill(area, Style(base == .header ? .header : .text, on: base)) }
    if isSelected {
      canvas.put(canvas.glyphs.lines == .ascii ? ">" : "▌", x: area.x, y: area.y, Style(isFocused ? .accent : .muted, on: base))
    }
    if row.isMarked { canvas.put(canvas.glyphs.lines == .ascii ? "*" : "●", x: area.x, y: area.y, Style(.mark, on: base)) }
    for slot in slots where slot.column < row.cells.count {
      let cell = row.cells[slot.column]
      let place = Rect(x: area.x + 1 + slot.x, y: area.y, width: slot.width, height: 1)
      let style = base == .selection && cell.style == .text ? Style(.selection, on: .selection) : cell.style.on(base)
      guard case .none = cell.graphic else {
        drawGraphic(cell, style, in: place, base, on: &canvas)
        continue
      }
      canvas.put(cell.text(fitting: place.width), in: place, style, align: columns[slot.column].alignment)
    }
  }

  private func drawGraphic(_ cell: TableCell, _ style: Style, in place: Rect, _ base: Role, on canvas: inout Canvas) {
    let needed = cell.text.isEmpty ? 0 : min(place.width, CellWidth.of(cell.text) + 1)
    let graph = Rect(x: place.x, y: place.y, width: place.width - needed, height: 1)
    switch cell.graphic {
    case .none: break
    case .bar(let part, let role): Bar(part, role: role, ground: base).draw(in: graph, on: &canvas)
    case .spark(let values, let role): Sparkline(values, role: role, ground: base).draw(in: graph, on: &canvas)
    }
    let text = Rect(x: graph.maxX, y: place.y, width: needed, height: 1)
    canvas.put(cell.text, in: text, style, align: .right)
  }
}
