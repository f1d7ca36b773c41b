/// How much of a row or column of panes one pane takes.
public enum Extent: Hashable, Sendable {
  /// Exactly this many cells while there is room.
  case fixed(Int)
  /// A share of what the fixed ones leave, at least `min` cells while there is room.
  case flex(_ weight: Int = 1, min: Int = 0)
}

extension Rect {
  /// Splits top to bottom.
  ///
  /// As many rectangles as extents; late ones are empty when room runs out.
  public func rows(_ extents: [Extent], gap: Int = 0) -> [Rect] {
    var top = y
    return Self.lengths(extents, in: height, gap: gap).map { length in
      defer { top += length + gap }
      return Rect(x: x, y: top, width: width, height: length).intersection(self)
    }
  }

  /// Splits left to right.
  ///
  /// As many rectangles as extents; late ones are empty when room runs out.
  public func columns(_ extents: [Extent], gap: Int = 0) -> [Rect] {
    var left = x
    return Self.lengths(extents, in: width, gap: gap).map { length in
      defer { left += length + gap }
      return Rect(x: left, y: y, width: length, height: height).intersection(self)
    }
  }

  /// Fixed lengths first, then minimums, then the rest by weight; the remainder of the division goes to the first flexible panes.
  static func lengths(_ extents: [Extent], in total: Int, gap: Int) -> [Int] {
    var left = Swift.max(0, total - gap * Swift.max(0, extents.count - 1))
    var lengths = [Int](repeating: 0, count: extents.count)
    for (index, extent) in extents.enumerated() {
      switch extent {
      case .fixed(let length): lengths[index] = Swift.min(Swift.max(0, length), left)
      case .flex(_, let least): lengths[index] = Swift.min(Swift.max(0, least), left)
      }
      left -= lengths[index]
    }
    // A pane whose minimum exceeds its share keeps the minimum; the others share what is left.
    var open = extents.indices.filter { if case .flex(let weight, _) = extents[$0] { weight > 0 } else { false } }
    var pool = left + open.reduce(0) { $0 + lengths[$1] }
    func weight(_ index: Int) -> Int { if case .flex(let weight, _) = extents[index] { weight } else { 0 } }
    while true {
      let weights = open.reduce(0) { $0 + weight($1) }
      guard weights > 0 else { return lengths }
      if let full = open.first(where: { lengths[$0] > pool * weight($0) / weights }) {
        pool -= lengths[full]
        open.removeAll { $0 == full }
        continue
      }
      var rest = pool
      for index in open {
        lengths[index] = pool * weight(index) / weights
        rest -= lengths[index]
      }
      for index in open.prefix(rest) { lengths[index] += 1 }
      return lengths
    }
  }
}
