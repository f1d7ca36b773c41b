import Amounts
import Reports
import TermKit

/// How the portfolio did: its index, the figures of return and risk, and every month.
struct PerformanceScreen: Screen {
  /// The chart's range: an index into ``OverviewScreen/ranges``.
  private(set) var range = 5
  /// Years scrolled away at the top of the table.
  private(set) var scroll = 0

  var title: String { "Performance" }
  var bindings: [Binding] {
    [Binding(.char("["), .shorterRange, hint: "range"), Binding(.char("]"), .longerRange, hint: "range")]
  }

  /// The years of the table.
  func years(_ shared: Shared) -> [Int] {
    var years: [Int] = []
    for month in shared.desk?.performance.months ?? [] where years.last != month.year { years.append(month.year) }
    return years
  }

  mutating func handle(_ command: Command, _ shared: Shared) -> [Effect]? {
    let last = max(0, years(shared).count - 1)
    switch command {
    case .shorterRange: range = max(0, range - 1)
    case .longerRange: range = min(OverviewScreen.ranges.count - 1, range + 1)
    case .up: scroll = max(0, scroll - 1)
    case .down: scroll = min(last, scroll + 1)
    case .first, .pageUp, .halfUp: scroll = 0
    case .last, .pageDown, .halfDown: scroll = last
    default: return nil
    }
    return []
  }

  func unavailable(_ command: Command, _ shared: Shared) -> String? {
    switch command {
    case .shorterRange where range == 0: "this is the shortest range"
    case .longerRange where range == OverviewScreen.ranges.count - 1: "this is everything"
    default: nil
    }
  }

  mutating func refresh(_ shared: Shared) { scroll = min(scroll, max(0, years(shared).count - 1)) }

  func draw(_ shared: Shared, in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    PerformanceView(screen: self, shared: shared).draw(in: area, on: &canvas)
    return []
  }
}
