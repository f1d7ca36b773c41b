/// One horizontal bar in eighths of a cell.
public struct Bar: Hashable, Sendable {
  /// How much of the width, 0...1; more is cut.
  public var part: Double
  /// The role; its gradient runs along the filled part.
  public var role: Role
  /// The ground below.
  public var ground: Role
  /// True draws the empty part too.
  public var showsTrack: Bool

  /// A bar.
  public init(_ part: Double, role: Role = .bar, ground: Role = .background, showsTrack: Bool = false) {
    self.part = Scale.unit(part)
    self.role = role
    self.ground = ground
    self.showsTrack = showsTrack
  }

  /// Draws it in every row of a rectangle.
  ///
  /// A part above zero shows at least its first eighth.
  public func draw(in rect: Rect, on canvas: inout Canvas) {
    guard !rect.isEmpty else { return }
    var eighths = Int((part * Double(rect.width * 8)).rounded())
    if part > 0 { eighths = max(1, eighths) }
    for y in rect.y..<rect.maxY {
      for x in 0..<rect.width {
        let filled = min(8, max(0, eighths - x * 8))
        let style = Style(role, on: ground, position: UInt8(clamping: 255 * x / max(1, (eighths - 1) / 8)))
        switch (filled, canvas.glyphs.charts) {
        case (0, _):
          if showsTrack { canvas.set(canvas.glyphs.charts == .ascii ? 0x2E : 0x2500, x: rect.x + x, y: y, Style(.barTrack, on: ground)) }
        case (_, .ascii): if filled > 3 || x == 0 { canvas.set(0x23, x: rect.x + x, y: y, style) }
        default: canvas.set(0x2590 - UInt32(filled), x: rect.x + x, y: y, style)
        }
      }
    }
  }
}

/// Labelled bars one below the other: label, bar, percent.
public struct Bars: Hashable, Sendable {
  /// One bar.
  public struct Item: Hashable, Sendable {
    /// What it is.
    public var label: String
    /// How much, 0...1.
    public var part: Double
    /// The figure as text.
    public var value: String
    /// Its colour.
    public var role: Role
    /// A mark on the bar, 0...1, such as a target.
    public var target: Double?

    /// A bar.
    public init(_ label: String, part: Double, value: String, role: Role = .bar, target: Double? = nil) {
      self.label = label
      self.part = part
      self.value = value
      self.role = role
      self.target = target
    }
  }

  /// The bars, top to bottom.
  public var items: [Item]
  /// The selected one.
  public var selected: Int?

  /// Bars.
  public init(_ items: [Item], selected: Int? = nil) {
    self.items = items
    self.selected = selected
  }

  /// Draws as many as there are rows.
  public func draw(in rect: Rect, on canvas: inout Canvas) {
    let labels = min(items.map { CellWidth.of($0.label) }.max() ?? 0, max(4, rect.width / 3))
    let values = min(items.map { CellWidth.of($0.value) }.max() ?? 0, rect.width / 3)
    for (index, item) in items.prefix(rect.height).enumerated() {
      let base: Role = index == selected ? .selection : .background
      if index == selected { canvas.fill(rect.row(index), Style(.selection, on: .selection)) }
      let parts = rect.row(index).columns([.fixed(labels), .flex(), .fixed(values)], gap: 1)
      canvas.put(item.label, in: parts[0], Style(.text, on: base), align: .left)
      Bar(item.part, role: item.role, ground: base, showsTrack: true).draw(in: parts[1], on: &canvas)
      if let target = item.target, !parts[1].isEmpty {
        let x = parts[1].x + min(parts[1].width - 1, Int(Scale.unit(target) * Double(parts[1].width)))
        canvas.put(canvas.glyphs.lines == .ascii ? "|" : "┃", x: x, y: rect.y + index, Style(.accent, on: base))
      }
      canvas.put(item.value, in: parts[2], Style(.text, on: base), align: .right)
    }
  }
}

/// One bar of several parts that add up to the whole.
public struct StackedBar: Hashable, Sendable {
  /// The parts, left to right; `value` is for the legend.
  public var items: [Bars.Item]

  /// A stacked bar.
  public init(_ items: [Bars.Item]) { self.items = items }

  /// Cells of each part: largest remainders, and at least one cell for a part above zero while there is room.
  static func widths(_ parts: [Double], in width: Int) -> [Int] {
    let clean = parts.map { $0.isFinite ? max(0, $0) : 0 }
    let sum = clean.reduce(0, +)
    guard sum > 0, width > 0 else { return parts.map { _ in 0 } }
    let exact = clean.map { $0 / sum * Double(width) }
    var widths = zip(clean, exact).map { $0 > 0 ? max(1, Int($1)) : 0 }
    var left = width - widths.reduce(0, +)
    let order = exact.indices.sorted { (exact[$0] - exact[$0].rounded(.down), -$0) > (exact[$1] - exact[$1].rounded(.down), -$1) }
    for index in order where left > 0 && clean[index] > 0 {
      widths[index] += 1
      left -= 1
    }
    while left < 0, let largest = widths.indices.max(by: { (widths[$0], -$0) < (widths[$1], -$1) }), widths[largest] > 0 {
      widths[largest] -= 1
      left += 1
    }
    return widths
  }

  /// Draws the bar in the first row and a legend in the others.
  public func draw(in rect: Rect, on canvas: inout Canvas) {
    guard !rect.isEmpty else { return }
    var x = rect.x
    for (item, width) in zip(items, Self.widths(items.map(\.part), in: rect.width)) {
      for offset in 0..<width {
        // The last cell of a part is an eighth narrower: parts stay apart without colour.
        let solid: UInt32 = offset == width - 1 && x + width < rect.maxX ? 0x2589 : 0x2588
        let glyph: UInt32 = canvas.glyphs.charts == .ascii ? item.label.utf8.first.map(UInt32.init) ?? 0x23 : solid
        canvas.put(Unicode.Scalar(glyph) ?? "#", x: x + offset, y: rect.y, .gradient(item.role, 255 * offset / max(1, width - 1)))
      }
      x += width
    }
    x = rect.x
    var y = rect.y + 1
    for item in items where item.part > 0 {
      let words = item.value.isEmpty ? item.label : "\(item.label) \(item.value)"
      let needed = CellWidth.of(words) + 2
      if x > rect.x, x + needed > rect.maxX {
        x = rect.x
        y += 1
      }
      guard y < rect.maxY else { return }
      canvas.put(canvas.glyphs.charts == .ascii ? "#" : "■", x: x, y: y, Style(item.role))
      x = canvas.put(words, x: x + 2, y: y, .muted, width: rect.maxX - x - 2) + 2
    }
  }
}
