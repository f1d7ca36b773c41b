import TermKit

struct ImportsScreen: Screen {
  var title: String { "Imports" }
  mutating func handle(_ command: Command, _ shared: Shared) -> [Effect]? { nil }
  func draw(_ shared: Shared, in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] { [] }
}
