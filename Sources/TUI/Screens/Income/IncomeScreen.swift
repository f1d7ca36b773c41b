import TermKit

struct IncomeScreen: Screen {
  var title: String { "Income" }
  mutating func handle(_ command: Command, _ shared: Shared) -> [Effect]? { nil }
  func draw(_ shared: Shared, in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] { [] }
}
