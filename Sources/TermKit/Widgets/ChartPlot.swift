/// The dots of a line chart in its plot area.
struct ChartPlot {
  var area: Rect
  var scale: Scale

  func draw(_ chart: LineChart, on canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    let charts = canvas.glyphs.charts
    if let baseline = chart.baseline, baseline.isFinite {
      let y = area.y + row(baseline, of: area.height)
      for x in area.x..<area.maxX { canvas.set(charts == .ascii ? 0x2D : 0x2574, x: x, y: y, Style(.chartAxis)) }
    }
    // Areas first, so that no area hides another series' line; then lines, the first series last and so on top.
    if charts == .braille {
      let traces = chart.series.map { trace($0) }
      for (series, trace) in zip(chart.series, traces).reversed() { put(trace.area, series, on: &canvas) }
      for (series, trace) in zip(chart.series, traces).reversed() {
        let dots = zip(trace.line, trace.area).map { $0 == 0 ? 0 : $0 | $1 }
        put(dots, series, on: &canvas)
      }
    } else {
      for series in chart.series.reversed() where charts == .block && series.isFilled { drawBlocks(series, on: &canvas) }
      for series in chart.series.reversed() where charts == .ascii || !series.isFilled { drawPoints(series, on: &canvas) }
    }
  }

  /// The row of a value counted from the top, of `rows`.
  private func row(_ value: Double, of rows: Int) -> Int {
    Int(((1 - scale.part(of: value)) * Double(rows - 1)).rounded())
  }

  private func style(_ series: LineChart.Series, row: Int) -> Style {
    .gradient(series.role, area.height > 1 ? 255 - 255 * row / (area.height - 1) : 255)
  }

  /// The dots of the line and of the area below it, two by four a cell.
  ///
  /// With fewer values than dots they are joined, so that a year of months is a line. The area is a checkerboard, lighter than
  /// the line.
  private func trace(_ series: LineChart.Series) -> (line: [UInt8], area: [UInt8]) {
    let (width, height) = (area.width * 2, area.height * 4)
    var line = [UInt8](repeating: 0, count: area.width * area.height)
    var below = line
    func mark(_ x: Int, _ y: Int, in dots: inout [UInt8]) { dots[(y >> 2) * area.width + x >> 1] |= Braille.bits[y & 3][x & 1] }
    var last: (x: Int, y: Int)?
    var travelled = 0
    for point in points(series.values, width: width) {
      guard let value = point.value else {
        last = nil
        continue
      }
      let y = row(value, of: height)
      // The first dot of a stretch is the last one's end.
      for (x, y) in Self.line(last ?? (point.x, y), (point.x, y)).dropFirst(last == nil ? 0 : 1) {
        // Dashes of four dots, two apart, along the line: a steep stretch is dashed as well.
        let isDrawn = series.isDashed ? travelled % 6 < 4 : !series.isDotted || travelled % 3 == 0
        if isDrawn { mark(x, y, in: &line) }
        travelled += 1
        guard series.isFilled else { continue }
        for low in stride(from: y + (x + y) % 2, to: height, by: 2) { mark(x, low, in: &below) }
      }
      last = (point.x, y)
    }
    return (line, below)
  }

  private func put(_ dots: [UInt8], _ series: LineChart.Series, on canvas: inout Canvas) {
    for index in dots.indices where dots[index] != 0 {
      let (x, y) = (index % area.width, index / area.width)
      canvas.set(0x2800 + UInt32(dots[index]), x: area.x + x, y: area.y + y, style(series, row: y))
    }
  }

  /// Values as columns 0..<width: averaged when there are more, spread out when there are fewer.
  private func points(_ values: [Double?], width: Int) -> [(x: Int, value: Double?)] {
    if values.count >= width { return Samples.fit(values, to: width).enumerated().map { ($0.offset, $0.element) } }
    return values.enumerated().map { index, value in
      (values.count > 1 ? index * (width - 1) / (values.count - 1) : width / 2, value.flatMap { $0.isFinite ? $0 : nil })
    }
  }

  /// Bresenham.
  static func line(_ from: (x: Int, y: Int), _ to: (x: Int, y: Int)) -> [(x: Int, y: Int)] {
    var (x, y) = from
    let (dx, dy) = (abs(to.x - x), -abs(to.y - y))
    let (stepX, stepY) = (x < to.x ? 1 : -1, y < to.y ? 1 : -1)
    var error = dx + dy
    var path = [(x, y)]
    while x != to.x || y != to.y {
      let twice = 2 * error
      if twice >= dy {
        error += dy
        x += stepX
      }
      if twice <= dx {
        error += dx
        y += stepY
      }
      path.append((x, y))
    }
    return path
  }

  /// A filled series as columns of eighths.
  private func drawBlocks(_ series: LineChart.Series, on canvas: inout Canvas) {
    for (x, value) in Samples.fit(series.values, to: area.width).enumerated() {
      guard let value else { continue }
      let eighths = max(1, area.height * 8 - row(value, of: area.height * 8))
      for y in 0..<area.height {
        let filled = min(8, eighths - (area.height - 1 - y) * 8)
        if filled > 0 { canvas.set(0x2580 + UInt32(filled), x: area.x + x, y: area.y + y, style(series, row: y)) }
      }
    }
  }

  private func drawPoints(_ series: LineChart.Series, on canvas: inout Canvas) {
    let isAscii = canvas.glyphs.charts == .ascii
    let glyph: UInt32 = isAscii ? (series.isDashed ? 0x6F : 0x2A) : series.isDashed ? 0x25E6 : 0x2022
    var last: (x: Int, y: Int)?
    for point in points(series.values, width: area.width) {
      guard let value = point.value else {
        last = nil
        continue
      }
      let y = row(value, of: area.height)
      for (x, y) in Self.line(last ?? (point.x, y), (point.x, y)) {
        canvas.set(glyph, x: area.x + x, y: area.y + y, style(series, row: y))
      }
      last = (point.x, y)
    }
  }
}
