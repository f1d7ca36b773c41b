/// A chart one row high.
///
/// Unknown values are gaps; the line fills the width by averaging or repeating values.
public struct Sparkline: Hashable, Sendable {
  /// The values, oldest first; nil is unknown.
  public var values: [Double?]
  /// The role; its gradient follows the height.
  public var role: Role
  /// The ground below.
  public var ground: Role

  /// A sparkline.
  public init(_ values: [Double?], role: Role = .chart, ground: Role = .background) {
    self.values = values
    self.role = role
    self.ground = ground
  }

  /// Draws it in the first row of a rectangle.
  public func draw(in rect: Rect, on canvas: inout Canvas) {
    guard !rect.isEmpty else { return }
    let charts = canvas.glyphs.charts
    let dots = charts == .braille ? 2 : 1
    let steps = charts == .block ? 8 : charts == .braille ? 4 : 5
    let levels = Self.levels(Samples.fit(values, to: rect.width * dots), steps: steps)
    for x in 0..<rect.width {
      // Heights begin at 1, so 0 is unknown.
      let (left, right) = (levels[x * dots] ?? 0, levels[(x + 1) * dots - 1] ?? 0)
      let top = max(left, right)
      guard top > 0 else { continue }
      let glyph: UInt32 =
        switch charts {
        case .block: 0x2580 + UInt32(top)
        case .braille: Braille.columns(left: left, right: right)
        case .ascii: [0x5F, 0x2E, 0x2D, 0x3D, 0x23][top - 1]
        }
      let position = UInt8(clamping: 255 * (top - 1) / max(1, steps - 1))
      canvas.set(glyph, x: rect.x + x, y: rect.y, Style(role, on: ground, position: position))
    }
  }

  /// Heights 1...steps of the known values; a flat line sits in the middle.
  static func levels(_ values: [Double?], steps: Int) -> [Int?] {
    guard let scale = Scale(values) else { return values.map { _ in nil } }
    return values.map { value in
      value.map { scale.high > scale.low ? 1 + Int((scale.part(of: $0) * Double(steps - 1)).rounded()) : (steps + 1) / 2 }
    }
  }
}

/// The span of a chart's values. Charts draw whatever a file held, so nothing here overflows or divides by zero.
struct Scale: Hashable {
  var low: Double
  var high: Double

  init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }

  /// The span of the known, finite values; nil when there are none.
  init?(_ values: [Double?]) {
    var (low, high) = (Double.infinity, -Double.infinity)
    for case let value? in values where value.isFinite {
      if value < low { low = value }
      if value > high { high = value }
    }
    guard low <= high else { return nil }
    self.init(low: low, high: high)
  }

  /// Where a value lies, 0...1. Halves, because the distance between two doubles may be none.
  func part(of value: Double) -> Double { Self.unit((value / 2 - low / 2) / (high / 2 - low / 2)) }

  /// The value at a part of the span.
  func value(at part: Double) -> Double { low * (1 - part) + high * part }

  /// A number as a part of a whole: 0...1, and 0 for what is not a number.
  static func unit(_ number: Double) -> Double { number.isNaN ? 0 : min(max(0, number), 1) }
}

/// Resampling for charts.
enum Samples {
  /// Exactly `count` values: the mean of the known ones in each bucket, or the nearest value when there are fewer than `count`.
  ///
  /// Infinite and undefined values count as unknown.
  static func fit(_ values: [Double?], to count: Int) -> [Double?] {
    guard !values.isEmpty, count > 0 else { return Array(repeating: nil, count: max(0, count)) }
    return (0..<count).map { index -> Double? in
      let from = index * values.count / count
      let bucket = from..<max(from + 1, (index + 1) * values.count / count)
      var known = 0
      for place in bucket { if let value = values[place], value.isFinite { known += 1 } }
      if known == 0 { return nil }
      var mean = 0.0
      for place in bucket { if let value = values[place], value.isFinite { mean += value / Double(known) } }
      return mean
    }
  }
}

/// Dots of braille cells: two columns of four.
enum Braille {
  static let bits: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]

  /// A cell with two bars of 0...4 dots from the bottom.
  static func columns(left: Int, right: Int) -> UInt32 {
    var dots: UInt8 = 0
    for row in 0..<4 {
      if left >= 4 - row { dots |= bits[row][0] }
      if right >= 4 - row { dots |= bits[row][1] }
    }
    return 0x2800 + UInt32(dots)
  }
}
