import Ledger
import TermKit

struct AssetScreen: Screen {
  let asset: AssetID
  var title: String { "Asset" }
  mutating func handle(_ command: Command, _ shared: Shared) -> [Effect]? { nil }
  func draw(_ shared: Shared, in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] { [] }
}
