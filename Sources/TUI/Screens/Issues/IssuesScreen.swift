import Amounts
import Ledger
import Reports
import TermKit
import Workspace

/// What to look at before trusting the figures, heaviest first.
struct IssuesScreen: ListScreen {
  var list = ListState()
  /// The notices shown: indexes into the report.
  private(set) var order: [Int32] = []

  var title: String { "Issues" }
  var bindings: [Binding] {
    [
      Binding(.enter, .open, hint: "asset"), Binding(.char("f"), .fix, hint: "fix"), Binding(.char("l"), .link),
      Binding(.char("e"), .edit, hint: "edit"), Binding(.char("a"), .add, hint: "add"), Binding(.char("y"), .copy, hint: "copy"),
    ]
  }

  /// All notices.
  func notices(_ shared: Shared) -> [Notice] { shared.snapshot?.overview.notices ?? [] }

  func rowCount(_ shared: Shared) -> Int { order.count }

  mutating func refresh(_ shared: Shared) {
    let notices = notices(shared)
    let filter = Filter(list.filter)
    order = notices.indices.filter { filter.matches(notices[$0]) }.map { Int32($0) }
    list.clamp(rows: order.count, page: IssuesView.page(shared.size))
  }

  /// The selected notice.
  func selected(_ shared: Shared) -> Notice? {
    let notices = notices(shared)
    guard order.indices.contains(list.selected), notices.indices.contains(Int(order[list.selected])) else { return nil }
    return notices[Int(order[list.selected])]
  }

  func unavailable(_ command: Command, _ shared: Shared) -> String? {
    guard command == .open || command == .link || command == .fix else { return nil }
    guard let notice = selected(shared) else { return "no issue is selected" }
    if command == .fix { return notice.remedy == nil ? "nothing here can be filled in for it" : nil }
    if command == .link {
      return notice.partner == nil ? "this issue is about no transfer" : nil
    }
    return notice.asset == nil ? "this issue is about no asset" : nil
  }

  mutating func handle(_ command: Command, _ shared: Shared) -> [Effect]? {
    guard command == .link else { return handleList(command, shared) ? [] : nil }
    guard let notice = selected(shared), let event = notice.event, let partner = notice.partner else { return [] }
    return [.link(event, partner)]
  }

  func asset(_ shared: Shared) -> AssetID? { selected(shared)?.asset?.id }
  func opened(_ shared: Shared) -> ScreenState? { asset(shared).map { .asset(AssetScreen(asset: $0)) } }

  func copied(_ shared: Shared) -> String? { selected(shared).map { "\($0.message); \($0.fix)" } }

  func draw(_ shared: Shared, in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    IssuesView(screen: self, shared: shared).draw(in: area, on: &canvas)
  }
}
