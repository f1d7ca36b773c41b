/// The row of screens at the top.
public struct Tabs: Hashable, Sendable {
  /// One screen.
  public struct Item: Hashable, Sendable {
    /// The key that opens it.
    public var key: String
    /// Its name.
    public var title: String
    /// A count beside it, or empty.
    public var badge: String

    /// A tab.
    public init(key: String, _ title: String, badge: String = "") {
      self.key = key
      self.title = title
      self.badge = badge
    }
  }

  /// The tabs, left to right.
  public var items: [Item]
  /// The open one.
  public var active: Int

  /// Tabs.
  public init(_ items: [Item], active: Int) {
    self.items = items
    self.active = active
  }

  /// Columns they need with every title whole.
  public var fullWidth: Int { items.indices.reduce(0) { $0 + width($1, Fit(letters: .max, padding: 1)) } }

  /// Columns they need with titles of four letters, the open one whole: below that names become hard to guess.
  public var shortWidth: Int { items.indices.reduce(0) { $0 + width($1, Fit(letters: 4, padding: 1)) } }

  /// Draws them in one row.
  ///
  /// Titles are shortened together until all tabs fit, the open one last; when even the keys alone do not fit the row scrolls
  /// to the open tab.
  ///
  /// - Returns: where a click opens which tab.
  @discardableResult
  public func draw(in rect: Rect, on canvas: inout Canvas) -> [HitRegion<Int>] {
    guard !rect.isEmpty else { return [] }
    let fits: [Fit] = [
      .init(letters: .max, padding: 2), .init(letters: .max, padding: 1), .init(letters: 4, padding: 1), .init(letters: 3, padding: 1),
    ]
    let fit = fits.first { fit in items.indices.reduce(0) { $0 + width($1, fit) } <= rect.width } ?? Fit(letters: 0, padding: 1)
    var first = 0
    if items.indices.contains(active) {
      while first < active, (first...active).reduce(0, { $0 + width($1, fit) }) > rect.width { first += 1 }
    }
    var hits: [HitRegion<Int>] = []
    var x = rect.x
    for index in items.indices.dropFirst(first) where x < rect.maxX {
      let item = items[index]
      let isActive = index == active
      let style = Style(isActive ? .tabActive : .tab)
      let wide = min(width(index, fit), rect.maxX - x)
      canvas.fill(Rect(x: x, y: rect.y, width: wide, height: 1), style)
      var spans = [Span(" "), Span(item.key, isActive ? style : Style(.key))]
      let title = title(index, fit)
      if !title.isEmpty { spans += [Span(" ", style), Span(title, style)] }
      if !item.badge.isEmpty { spans += [Span(" ", style), Span(item.badge, Style(.warning))] }
      spans[0].style = style
      canvas.put(spans, x: x, y: rect.y, width: wide)
      hits.append(HitRegion(Rect(x: x, y: rect.y, width: wide, height: 1), index))
      x += wide
    }
    return hits
  }

  private struct Fit {
    var letters: Int
    var padding: Int
  }

  private func title(_ index: Int, _ fit: Fit) -> String { String(items[index].title.prefix(index == active ? .max : fit.letters)) }

  private func width(_ index: Int, _ fit: Fit) -> Int {
    let title = title(index, fit)
    let badge = items[index].badge
    return CellWidth.of(items[index].key) + fit.padding + (title.isEmpty ? 0 : CellWidth.of(title) + 1)
      + (badge.isEmpty ? 0 : CellWidth.of(badge) + 1)
  }
}
