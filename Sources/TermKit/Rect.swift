/// A width and a height in cells.
public struct Size: Hashable, Sendable {
  /// Columns.
  public var width: Int
  /// Rows.
  public var height: Int

  /// A size; negative numbers count as zero.
  public init(width: Int, height: Int) {
    self.width = max(0, width)
    self.height = max(0, height)
  }
}

/// A rectangle of cells; `x` and `y` from 0 at the top left, width and height never negative.
public struct Rect: Hashable, Sendable {
  /// First column.
  public var x: Int
  /// First row.
  public var y: Int
  /// Columns.
  public var width: Int
  /// Rows.
  public var height: Int

  /// A rectangle; a negative width or height counts as zero.
  public init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = max(0, width)
    self.height = max(0, height)
  }

  /// The whole of a screen.
  public init(_ size: Size) { self.init(x: 0, y: 0, width: size.width, height: size.height) }

  /// First column to the right of it.
  public var maxX: Int { x + width }
  /// First row below it.
  public var maxY: Int { y + height }
  /// True when it holds no cell.
  public var isEmpty: Bool { width == 0 || height == 0 }
  /// Its width and height.
  public var size: Size { Size(width: width, height: height) }

  /// True when the cell lies inside.
  public func contains(x: Int, y: Int) -> Bool { x >= self.x && x < maxX && y >= self.y && y < maxY }

  /// What both share; empty when they do not meet.
  public func intersection(_ other: Rect) -> Rect {
    let left = max(x, other.x)
    let top = max(y, other.y)
    return Rect(x: left, y: top, width: min(maxX, other.maxX) - left, height: min(maxY, other.maxY) - top)
  }

  /// The same with a margin taken off each side.
  public func inset(_ horizontal: Int, _ vertical: Int) -> Rect {
    Rect(x: x + horizontal, y: y + vertical, width: width - 2 * horizontal, height: height - 2 * vertical)
  }

  /// A rectangle of the given size in the middle of this one, cut to fit.
  public func centered(width: Int, height: Int) -> Rect {
    let w = min(max(0, width), self.width)
    let h = min(max(0, height), self.height)
    return Rect(x: x + (self.width - w) / 2, y: y + (self.height - h) / 2, width: w, height: h)
  }

  /// One row of it, counted from its top; empty when there is no such row.
  public func row(_ index: Int) -> Rect { Rect(x: x, y: y + index, width: width, height: 1).intersection(self) }

  /// Without its first `count` rows.
  public func droppingRows(_ count: Int) -> Rect {
    let cut = min(max(0, count), height)
    return Rect(x: x, y: y + cut, width: width, height: height - cut)
  }
}
