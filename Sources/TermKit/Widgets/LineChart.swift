/// A chart of one or more series over the same span, with labels on both axes.
///
/// Unknown values are gaps.
public struct LineChart: Sendable {
  /// One line.
  public struct Series: Hashable, Sendable {
    /// Its name in the legend; empty hides it.
    public var name: String
    /// The values at equal steps; nil is unknown.
    public var values: [Double?]
    /// Its colour; the gradient follows the height.
    public var role: Role
    /// True fills the area below the line.
    public var isFilled: Bool
    /// True breaks the line into dashes, so that two lines differ without colour.
    public var isDashed: Bool
    /// True breaks the line into dots.
    public var isDotted: Bool

    /// A series.
    public init(
      _ name: String, _ values: [Double?], role: Role = .chart, isFilled: Bool = false, isDashed: Bool = false, isDotted: Bool = false
    ) {
      self.name = name
      self.values = values
      self.role = role
      self.isFilled = isFilled
      self.isDashed = isDashed
      self.isDotted = isDotted
    }
  }

  /// The series; the first is drawn on top.
  public var series: [Series]
  /// Labels below, each at 0...1 of the width.
  public var xLabels: [(part: Double, text: String)]
  /// How a value of the y axis is written.
  public var yLabel: @Sendable (Double) -> String
  /// A value to mark with a line across, such as zero or cost.
  public var baseline: Double?
  /// A cursor at 0...1 of the width, or nil.
  public var cursor: Double?
  /// Text when nothing is known.
  public var emptyText = "no data"

  /// A chart.
  public init(
    _ series: [Series], xLabels: [(part: Double, text: String)] = [], baseline: Double? = nil,
    yLabel: @escaping @Sendable (Double) -> String = { "\($0)" }
  ) {
    self.series = series
    self.xLabels = xLabels
    self.baseline = baseline
    self.yLabel = yLabel
  }

  /// Lowest and highest value, a little apart when they are one; nil when nothing is known.
  var scale: Scale? {
    guard var scale = Scale(series.flatMap(\.values)) else { return nil }
    if let baseline, baseline.isFinite { scale = Scale(low: min(scale.low, baseline), high: max(scale.high, baseline)) }
    guard scale.low == scale.high else { return scale }
    let air = scale.low == 0 ? 1 : abs(scale.low) * 0.05
    return Scale(low: scale.low - air, high: scale.high + air)
  }

  /// Draws it: labels at the left and below, a legend above when more than one series has a name.
  public func draw(in rect: Rect, on canvas: inout Canvas) {
    guard rect.width > 4, rect.height > 1 else { return }
    guard let scale else {
      canvas.put(emptyText, in: rect.row(rect.height / 2), .muted, align: .center)
      return
    }
    let named = series.filter { !$0.name.isEmpty }
    var area = rect
    if named.count > 1, area.height > 3 {
      drawLegend(named, in: area.row(0), on: &canvas)
      area = area.droppingRows(1)
    }
    if !xLabels.isEmpty, area.height > 2 { area.height -= 1 }
    let ticks = Self.tickRows(area.height)
    let texts = ticks.map { yLabel(Self.value(row: $0, of: area.height, scale)) }
    var gutter = (texts.map { CellWidth.of($0) }.max() ?? 0) + 1
    if gutter > area.width / 3 { gutter = 0 }
    let plot = Rect(x: area.x + gutter, y: area.y, width: area.width - gutter, height: area.height)
    for (row, text) in zip(ticks, texts) {
      for x in 0..<plot.width {
        canvas.set(canvas.glyphs.lines == .ascii ? 0x2E : 0x2508, x: plot.x + x, y: plot.y + row, Style(.chartGrid))
      }
      if gutter > 0 {
        canvas.put(text, in: Rect(x: area.x, y: area.y + row, width: gutter - 1, height: 1), Style(.chartAxis), align: .right)
      }
    }
    for item in xLabels where rect.maxY > plot.maxY {
      let width = CellWidth.of(item.text)
      let x = plot.x + Int(Scale.unit(item.part) * Double(plot.width - 1)) - width / 2
      canvas.put(item.text, x: min(max(plot.x, x), max(plot.x, plot.maxX - width)), y: plot.maxY, Style(.chartAxis))
    }
    ChartPlot(area: plot, scale: scale).draw(self, on: &canvas)
    if let cursor {
      let x = plot.x + Int(Scale.unit(cursor) * Double(plot.width - 1))
      for y in plot.y..<plot.maxY {
        if let cell = canvas[x, y], cell.scalar == 0x20 || cell.scalar == 0x2508 {
          canvas.put(canvas.glyphs.lines == .ascii ? "|" : "│", x: x, y: y, Style(.accent))
        }
      }
    }
  }

  private func drawLegend(_ named: [Series], in area: Rect, on canvas: inout Canvas) {
    var x = area.x
    for item in named where x < area.maxX {
      let isAscii = canvas.glyphs.charts == .ascii
      let sample = isAscii ? (item.isDashed ? "oo" : item.isDotted ? ".." : "**") : item.isDashed ? "╍╍" : item.isDotted ? "··" : "━━"
      canvas.put(sample, x: x, y: area.y, Style(item.role), width: area.maxX - x)
      x = canvas.put(item.name, x: x + 3, y: area.y, .muted, width: area.maxX - x - 3) + 3
    }
  }

  /// Rows that carry a label: top, bottom, and evenly between, three rows apart at least.
  static func tickRows(_ height: Int) -> [Int] {
    guard height > 1 else { return [0] }
    let steps = max(1, min(4, (height - 1) / 3))
    return (0...steps).map { $0 * (height - 1) / steps }
  }

  private static func value(row: Int, of height: Int, _ scale: Scale) -> Double {
    height > 1 ? scale.value(at: 1 - Double(row) / Double(height - 1)) : scale.high
  }
}
