import TermKit

/// The names of panes that share one frame, on its upper edge.
struct PaneStrip {
  /// What they are called.
  var titles: [String]
  /// The one that shows.
  var active: Int
  /// Whether it has the keys.
  var isFocused = true

  /// Draws them over the upper edge of a frame; where not all fit, those around the open one.
  ///
  /// - Returns: where a click opens which pane.
  func draw(over frame: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    let room = frame.width - 4
    guard room > 0, titles.indices.contains(active) else { return [] }
    func width(_ range: ClosedRange<Int>) -> Int { range.reduce(0) { $0 + CellWidth.of(titles[$1]) + 3 } }
    var first = 0
    while first < active, width(first...active) > room { first += 1 }
    var x = frame.x + 2
    var hits: [HitRegion<Hit>] = []
    for index in first..<titles.count {
      // The open one stands in brackets, so that it shows without colour.
      let text = index == active ? "[\(titles[index])]" : " \(titles[index]) "
      let needed = CellWidth.of(text)
      guard x + needed <= frame.x + 2 + room || index == active else { break }
      let style = index == active ? Style(isFocused ? .title : .muted, .bold) : .muted
      canvas.put(text, x: x, y: frame.y, style, width: min(needed, frame.x + 2 + room - x))
      hits.append(HitRegion(Rect(x: x, y: frame.y, width: needed, height: 1), .pane(index)))
      x += needed + 1
    }
    return hits
  }
}

extension [HitRegion<Table.Target>] {
  /// What clicks on a screen's own list mean.
  ///
  /// - Parameter column: the number by which a column is sorted; nil for a column that is not.
  func asHits(column: (Int) -> Int?) -> [HitRegion<Hit>] {
    compactMap { region in
      switch region.target {
      case .row(let row): HitRegion<Hit>(region.rect, .row(row))
      case .header(let header): column(header).map { HitRegion<Hit>(region.rect, .header($0)) }
      case .scroll(let first): HitRegion<Hit>(region.rect, .scroll(first))
      }
    }
  }

  /// The same for a list that is not sorted.
  var asHits: [HitRegion<Hit>] { asHits { _ in nil } }
}
