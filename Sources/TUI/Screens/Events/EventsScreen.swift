import TermKit

struct EventsScreen: ListScreen {
  var list = ListState()
  var title: String { "Events" }
  func rowCount(_ shared: Shared) -> Int { 0 }
  func draw(_ shared: Shared, in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] { [] }
}
